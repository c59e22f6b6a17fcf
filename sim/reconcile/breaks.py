"""Figures on the two sides of a definition break: never linked, and what linking them would imply."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from sim.facts.definitions import Break, Definitions
from sim.facts.naming import read_period, split_indicator
from sim.language import Text
from sim.reconcile.conflict import Conflict
from sim.reconcile.links import Broken
from sim.reconcile.network import Network
from sim.reconcile.quantities import GROWTHS, SMALLEST, Quantity, Reading
from sim.reconcile.reports import preference
from sim.reconcile.wording import Labels, four_sentences, number, span

MOST_YEARS = 3  # between the last figure before a break and the first after it; further apart nobody splices


def break_conflicts(
    network: Network, broken: Sequence[Broken], definitions: Definitions, chosen: Collection[str], labels: Labels
) -> Iterator[Conflict]:
    """Identities across a break, then levels before and after one. `chosen` are the reports to use."""
    for one in broken:
        change = _break_of(one, definitions)
        if change is not None and _worth_saying(one):
            yield _across(network, one, change, chosen, labels)
    yield from _pairs(network, definitions, chosen, labels)


def _break_of(one: Broken, definitions: Definitions) -> Break | None:
    """The break that lies between the quantities, None when they differ otherwise."""
    tags = [dict(item.tags).get(one.axis) for item in one.quantities if item is not None]
    stated = list(dict.fromkeys(tag for tag in tags if tag is not None))
    return definitions.break_between(one.axis, *stated[:2]) if len(stated) > 1 else None


def _worth_saying(one: Broken) -> bool:
    """An equation of which nothing is missing, or only a growth that the splice would imply."""
    template = one.template
    missing = [slot for slot, item in zip(template.slots, one.quantities, strict=True) if item is None]
    growth = all(split_indicator(slot.indicator)[1] in GROWTHS for slot in missing)
    return growth and len(template.slots) > 2 and math.isfinite(template.high)


def _reading_of(network: Network, quantity: Quantity, chosen: Collection[str]) -> int:
    """The preferred fact of a quantity."""
    facts = network.facts_of[network.quantities.index(quantity)]
    return min(facts, key=lambda fact: preference(network.readings[fact], fact, chosen))


def _across(network: Network, one: Broken, change: Break, chosen: Collection[str], labels: Labels) -> Conflict:
    """An identity that would join figures before and after the break."""
    facts = [None if item is None else _reading_of(network, item, chosen) for item in one.quantities]
    known = [fact for fact in facts if fact is not None]
    missing = facts.index(None) if None in facts else 0
    low, middle, high = _implied(network, one, facts, missing)
    before = [fact for fact in known if dict(network.readings[fact].quantity.tags).get(one.axis) == change.before]
    after = [fact for fact in known if fact not in before]
    slot = one.template.slots[missing]
    subject = labels.subject(slot.region, slot.indicator, slot.period)
    value, between = _shown(slot.indicator, low, middle, high)
    reported = facts[missing]
    said = network.readings[reported].fact if reported is not None else None
    zh, en = (f"，所报为{said.printed}{said.unit}", f", reported {said.printed} {said.unit}") if said else ("", "")
    third = Text(
        f"两者之间隔着{change.label.zh}，口径不一致，“{one.template.label.zh}”在此不作衔接；若直接衔接，{subject.zh}约为{value}（{between.zh}）{zh}",
        f"{change.label.en} lies between them and they are not linked under “{one.template.label.en}”; "
        f"spliced, {subject.en} would be about {value} ({between.en}){en}",
    )
    return _conflict(network, before, after, third, labels)


def _conflict(network: Network, before: Sequence[int], after: Sequence[int], third: Text, labels: Labels) -> Conflict:
    readings = network.readings
    cited = [labels.cite_all([readings[fact].fact for fact in side]) for side in (before, after)]
    used = min((readings[fact].fact for fact in after), key=lambda fact: (-fact.first_year, fact.id))
    message = four_sentences(cited[0], cited[1], third, labels.figure(used))
    ids = tuple(readings[fact].fact.id for fact in (*before, *after))
    return Conflict("definition_break", ids, None, (), message, used.id, "definition_break")


def _implied(network: Network, one: Broken, facts: Sequence[int | None], missing: int) -> tuple[float, float, float]:
    """Lowest, middle and highest value of one slot when all others hold as reported."""
    template = one.template
    low = middle = high = 0.0
    for place, (slot, fact) in enumerate(zip(template.slots, facts, strict=True)):
        if place == missing or fact is None:
            continue
        reading = network.readings[fact]
        ends = [_scale(bound, template.product) * slot.coefficient for bound in reading.bounds()]
        low, high = low + min(ends), high + max(ends)
        middle += _scale(reading.natural(reading.value), template.product) * slot.coefficient
    weight = template.slots[missing].coefficient
    bounds = ((template.low - high) / weight, (template.high - low) / weight)
    centre = ((template.low + template.high) / 2 - middle) / weight
    found = (min(bounds), centre, max(bounds))
    return (math.exp(found[0]), math.exp(found[1]), math.exp(found[2])) if template.product else found


def _scale(value: float, product: bool) -> float:
    return math.log(max(value, SMALLEST)) if product else value


def _shown(indicator: str, low: float, middle: float, high: float) -> tuple[str, Text]:
    """Middle and range of an implied growth or part in percent."""
    offset = 1.0 if split_indicator(indicator)[1] in GROWTHS else 0.0
    low, middle, high = (100 * (value - offset) for value in (low, middle, high))
    return f"{number(middle)}%", span(low, high, "%")


def _pairs(network: Network, definitions: Definitions, chosen: Collection[str], labels: Labels) -> Iterator[Conflict]:
    """For each region and break the last levels before it and the first ones after it."""
    levels: dict[tuple[str, str], list[int]] = defaultdict(list)
    for fact, reading in enumerate(network.readings):
        quantity = reading.quantity
        period = read_period(quantity.period)
        if split_indicator(quantity.indicator)[1] in ("", "share") and not period.part and not period.is_span:
            levels[quantity.region, quantity.indicator].append(fact)
    pairs: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for (region, indicator), facts in levels.items():
        for change in definitions.breaks:
            pair = _pair(network, facts, change, chosen) if change.concerns(indicator) else None
            if pair is not None:
                pairs[region, change.id].append(pair)
    for change in definitions.breaks:
        for (_, id), found in pairs.items():
            if id == change.id:
                yield _pairs_conflict(network, found, change, labels)


def _pair(network: Network, facts: Sequence[int], change: Break, chosen: Collection[str]) -> tuple[int, int] | None:
    """The figures of one indicator nearest to the break on its two sides."""
    readings = network.readings
    tags = {fact: dict(readings[fact].quantity.tags).get(change.axis) for fact in facts}
    pairs = [
        (one, other)
        for one in facts
        for other in facts
        if tags[one] == change.before and tags[other] == change.after
        if readings[one].quantity.kind == readings[other].quantity.kind
        if 0 <= _years(network, one, other) <= MOST_YEARS
    ]

    def order(pair: tuple[int, int]) -> tuple[object, ...]:
        years = _years(network, *pair)
        distance = abs(readings[pair[1]].fact.first_year - change.first_after) + years
        return distance, years, *(preference(readings[fact], fact, chosen) for fact in pair)

    return min(pairs, key=order) if pairs else None


def _years(network: Network, one: int, other: int) -> int:
    return network.readings[other].fact.first_year - network.readings[one].fact.first_year


def _pairs_conflict(network: Network, pairs: Sequence[tuple[int, int]], change: Break, labels: Labels) -> Conflict:
    said = [_difference(network.readings[one], network.readings[other], labels) for one, other in pairs]
    third = Text(
        f"两者之间隔着{change.label.zh}（{change.date}），口径不一致，不能连成一列；若直接衔接，"
        + "、".join(one.zh for one in said)
        + "，其中含口径变动",
        f"{change.label.en} ({change.date}) lies between them: not one series; spliced, "
        + ", ".join(one.en for one in said)
        + ", the change of definition included",
    )
    return _conflict(network, [one for one, _ in pairs], [other for _, other in pairs], third, labels)


def _difference(first: Reading, second: Reading, labels: Labels) -> Text:
    """Change between two levels as printed: in points for parts, else in percent."""
    start, end = first.natural(first.value), second.natural(second.value)
    part = first.quantity.kind == "part"
    change = 100 * (end - start) if part else 100 * (end / start - 1)
    quantity = second.quantity
    subject = labels.subject(quantity.region, quantity.indicator, quantity.period)
    year = first.fact.first_year
    zh, en = ("个百分点", "points") if part else ("%", "%")
    return Text(f"{subject.zh}与{year}年相差{number(change)}{zh}", f"{subject.en} {number(change)} {en} from {year}")
