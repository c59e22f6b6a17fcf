"""The finding about one clash between figures tied by identities."""

from __future__ import annotations

import math

from sim.language import Text
from sim.reconcile.conflict import Conflict
from sim.reconcile.localise import Clash
from sim.reconcile.network import Network
from sim.reconcile.quantities import LARGEST, SMALLEST
from sim.reconcile.wording import (
    CAUSE_TEXTS,
    Labels,
    four_sentences,
    implied,
    minus,
    number,
    three_digits,
)

POINTS = Text("个百分点", "points")
MOST_TIMES = 100  # a gap beyond it is not told in numbers


def identity_conflict(network: Network, clash: Clash, gap: float | None, cause: str, labels: Labels) -> Conflict:
    """The clash in four sentences; `plausibility` when it rests on a bound that is a judgement."""
    readings = network.readings
    first = _first(clash)
    others = [fact for fact in clash.facts if fact != first]
    used = _used(network, clash)
    label, soft = _identity(network, clash)
    said = _beyond_text(network, clash, first) if soft else [_implied_text(network, clash, first), _gap_text(gap)]
    parts = [*said, *_other_implied(network, clash, first, labels)]
    third = Text(
        f"按“{label.zh}”，" + "；".join(part.zh for part in parts) + f"，{CAUSE_TEXTS[cause].zh}",
        f"Under “{label.en}”, " + "; ".join(part.en for part in parts) + f"; {CAUSE_TEXTS[cause].en}",
    )
    second = labels.cite_all([readings[fact].fact for fact in others])
    message = four_sentences(labels.cite(readings[first].fact), second, third, labels.figure(readings[used].fact))
    ids = tuple(readings[fact].fact.id for fact in clash.facts)
    suspects = tuple(readings[fact].fact.id for fact in clash.suspects)
    kind, gap = "plausibility" if soft else "identity", three_digits(gap)
    return Conflict(kind, ids, gap, suspects, message, readings[used].fact.id, cause)


def _used(network: Network, clash: Clash) -> int:
    """The figure used until confirmed: of those not suspected the one that the suspects put in doubt."""
    weight = {fact: network.readings[fact].weight for fact in clash.facts}
    others = [fact for fact in clash.facts if fact not in clash.suspects]
    if others:
        return min(others, key=lambda fact: (weight[fact], fact))
    return max(clash.facts, key=lambda fact: (weight[fact], -fact))


def _first(clash: Clash) -> int:
    """The suspect the message begins with: of the clash itself if possible."""
    within = [fact for fact in clash.suspects if fact in clash.facts]
    return within[0] if within else clash.facts[0]


def _identity(network: Network, clash: Clash) -> tuple[Text, bool]:
    """What the links of the clash say, and whether one of them is a judgement."""
    link = network.clash(clash.facts)[2]
    variables = {network.variable_of[fact] for fact in clash.facts}
    whole = [one for one in network.links if variables <= set(one.variables)]
    if whole:
        hard = [one for one in whole if not one.soft]
        return (hard or whole)[0].label, not hard and whole[0].soft
    last = network.links[link] if link is not None else None
    label = last.label if last else Text("合理幅度", "plausible range")
    return label, last.soft if last else True


def _implied(network: Network, clash: Clash, fact: int) -> tuple[float, float] | None:
    """What the other facts of the clash say about one, in its printed unit."""
    state = network.clash([other for other in clash.facts if other != fact])[1]
    variable = network.variable_of[fact]
    low, high = state.low[variable], state.high[variable]
    if not network.signed[variable]:
        low, high = math.exp(low), math.exp(high)
    if high >= LARGEST / 10 or 0 < low <= 10 * SMALLEST:
        return None
    reading = network.readings[fact]
    return reading.printed(low), reading.printed(high)


def _implied_text(network: Network, clash: Clash, fact: int) -> Text:
    found, reported = _implied(network, clash, fact), network.readings[fact].fact
    if found is None:
        return Text("两者不能同时成立", "the two do not go together")
    between, printed = _shown(found, reported.unit)[1], minus(reported.printed)
    return Text(
        f"由后者推算，前者应在{between.zh}之间，与所报{printed}{reported.unit}不一致",
        f"the former should lie in {between.en}, not at {printed} {reported.unit}",
    )


def _shown(found: tuple[float, float], unit: str) -> tuple[Text, Text]:
    """Middle and range of what other figures imply."""
    low, high = found
    return implied(low, math.sqrt(low * high) if low > 0 else (low + high) / 2, high, unit)


def _beyond_text(network: Network, clash: Clash, fact: int) -> list[Text]:
    """By how much a fact lies beyond the plausible range: a judgement, so nothing is said of rounding."""
    found, reading = _implied(network, clash, fact), network.readings[fact]
    if found is None or found[0] <= reading.value <= found[1]:
        return [Text("合在一起超出合理幅度", "together they lie beyond the plausible range")]
    low, high = found
    below = reading.value < low
    bound = low if below else high
    points = reading.offset != 0 or reading.quantity.kind == "part"
    beyond = abs(reading.value - bound) if points else 100 * abs(reading.value / bound - 1)
    size, unit = number(float(f"{beyond:.3g}")), POINTS if points else Text("%", "%")
    between, printed = _shown(found, reading.fact.unit)[1], minus(reading.fact.printed)
    zh, en = ("下限", "lower") if below else ("上限", "upper")
    return [
        Text(
            f"由后者推算，前者的合理幅度为{between.zh}，所报{printed}{reading.fact.unit}超出合理幅度的{zh}{size}{unit.zh}",
            f"the plausible range of the former is {between.en}; {printed} {reading.fact.unit} as reported lies "
            f"{size} {unit.en} beyond its {en} end",
        )
    ]


def _gap_text(gap: float | None) -> Text:
    if gap is None:
        return Text("相差远超修约所能解释的范围", "far more than rounding explains")
    if gap > MOST_TIMES:
        return Text(f"相差超过修约所能解释的{MOST_TIMES}倍", f"more than {MOST_TIMES} times what rounding explains")
    return Text(f"相差为修约所能解释的{gap:.3g}倍", f"{gap:.3g} times what rounding explains")


def _other_implied(network: Network, clash: Clash, first: int, labels: Labels) -> list[Text]:
    """What the least reliable of the other figures would have to be were the first one right."""
    others = [fact for fact in clash.facts if fact != first]
    if not others:
        return []
    weakest = min(others, key=lambda fact: (network.readings[fact].weight, fact))
    found, reported = _implied(network, clash, weakest), network.readings[weakest].fact
    if found is None:
        return []
    middle, between = _shown(found, reported.unit)
    subject = labels.subject(reported.region, reported.indicator, reported.period)
    return [
        Text(
            f"若以前者为准，{subject.zh}约为{middle.zh}（{between.zh}）",
            f"were the former right, {subject.en} would be about {middle.en} ({between.en})",
        )
    ]
