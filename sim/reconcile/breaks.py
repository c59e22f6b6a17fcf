"""Figures on the two sides of a definition break: never linked, and what linking them would imply.

What a splice would agree with is not reported, unless the reported growth itself runs across the break.
"""

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
from sim.reconcile.wording import LEVEL, Labels, four_sentences, higher, implied, minus, number

MOST_YEARS = 3  # between the last figure before a break and the first after it; further apart nobody splices


def break_conflicts(
    network: Network, broken: Sequence[Broken], definitions: Definitions, chosen: Collection[str], labels: Labels
) -> Iterator[Conflict]:
    """Identities across a break, then levels before and after one. `chosen` are the reports to use."""
    for one in broken:
        changes = _breaks_of(one, definitions)
        if changes and _worth_saying(one):
            found = _across(network, one, changes, chosen, labels)
            if found is not None:
                yield found
    yield from _pairs(network, definitions, chosen, labels)


def _breaks_of(one: Broken, definitions: Definitions) -> list[Break]:
    """The breaks between the quantities, those on the axis of `one` first; none when they differ otherwise there."""
    found = [change for change in definitions.breaks if _lies_between(change, one, definitions)]
    own = [change for change in found if change.axis == one.axis]
    return [*own, *(change for change in found if change not in own)] if own else []


def _lies_between(change: Break, one: Broken, definitions: Definitions) -> bool:
    """Whether quantities stand on both sides of a break; the tags of an axis follow each other in time."""
    order = _order(change.axis, definitions)
    tags = (dict(item.tags).get(change.axis) for item in one.quantities if item is not None)
    places = [order[tag] for tag in tags if tag in order]
    return bool(places) and min(places) <= order[change.before] < max(places)


def _order(axis: str, definitions: Definitions) -> dict[str, int]:
    """Place in time of the tags of an axis with breaks."""
    tags = (tag for change in definitions.breaks if change.axis == axis for tag in (change.before, change.after))
    return {tag: place for place, tag in enumerate(dict.fromkeys(tags))}


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


def _across(
    network: Network, one: Broken, changes: Sequence[Break], chosen: Collection[str], labels: Labels
) -> Conflict | None:
    """An identity that would join figures before and after breaks; None where the splice says nothing new."""
    facts = [None if item is None else _reading_of(network, item, chosen) for item in one.quantities]
    known = [fact for fact in facts if fact is not None]
    missing = facts.index(None) if None in facts else 0
    low, middle, high = _implied(network, one, facts, missing)
    before = [fact for fact in known if dict(network.readings[fact].quantity.tags).get(one.axis) == changes[0].before]
    after = [fact for fact in known if fact not in before]
    reported = network.readings[known[missing]] if None not in facts else None
    agrees = reported is not None and _agrees(reported, low, high)
    if agrees and (one.template.soft or not _runs_across(network, known, changes)):
        return None
    slot, label = one.template.slots[missing], one.template.label
    subject = labels.subject(slot.region, slot.indicator, slot.period)
    value, between = _shown(slot.indicator, low, middle, high)
    note, told = _allowance(one), _told(reported, agrees)
    names = Text("和".join(change.label.zh for change in changes), " and ".join(change.label.en for change in changes))
    third = Text(
        f"两者之间隔着{names.zh}，口径不一致，“{label.zh}”在此不作衔接；"
        f"若直接衔接，{subject.zh}约为{value.zh}（{between.zh}{note.zh}）{told.zh}",
        f"Between them: {names.en}; not linked under “{label.en}”; "
        f"spliced, {subject.en} would be about {value.en} ({between.en}{note.en}){told.en}",
    )
    return _conflict(network, before, after, third, chosen, labels)


def _agrees(reported: Reading, low: float, high: float) -> bool:
    """Whether a reported figure, within its rounding, is what the splice implies."""
    first, last = (reported.natural(value) for value in reported.narrow)
    return first <= high and low <= last


def _runs_across(network: Network, facts: Sequence[int], changes: Sequence[Break]) -> bool:
    """Whether the years of the figures lie on both sides of a break, not only their vintages."""
    years = [year for fact in facts for year in _years_of(network.readings[fact])]
    return any(min(years) <= change.last_before < max(years) for change in changes)


def _years_of(reading: Reading) -> tuple[int, int]:
    return reading.fact.first_year, reading.fact.last_year


def _allowance(one: Broken) -> Text:
    """What a range holds beside rounding: only where the growth is not at the prices of the levels."""
    if not one.template.soft:
        return Text("", "")
    return Text("，含价格变动的合理幅度", ", the plausible change of prices included")


def _told(reported: Reading | None, agrees: bool) -> Text:
    """What is reported beside an implied number."""
    if reported is None:
        return Text("", "")
    printed, unit = minus(reported.fact.printed), reported.fact.unit
    if agrees:
        return Text(f"，所报{printed}{unit}与之相符，可能未扣除口径变动", f"; {printed} {unit} as reported suits it")
    return Text(f"，所报为{printed}{unit}", f", reported {printed} {unit}")


def _conflict(
    network: Network, before: Sequence[int], after: Sequence[int], third: Text, chosen: Collection[str], labels: Labels
) -> Conflict:
    """Nothing is spliced, so the figure in use is told only where a recorded choice or the base year made it so."""
    first, last = ([network.readings[fact].fact for fact in side] for side in (before, after))
    used = next((fact for fact in (*last, *first) if fact.id in chosen), None)
    figure = None if used is None else labels.figure(used)
    message = four_sentences(labels.cite_all(first), labels.cite_all(last), third, figure, spliced=False)
    ids = tuple(fact.id for fact in (*first, *last))
    return Conflict("definition_break", ids, None, (), message, None if used is None else used.id, "definition_break")


def _implied(network: Network, one: Broken, facts: Sequence[int | None], missing: int) -> tuple[float, float, float]:
    """Lowest, middle and highest value of one slot when all others hold as reported, by their rounding alone.

    The range of a judgement (`soft`) is added, the small allowance of an identity is not.
    """
    template = one.template
    least, most = (template.low, template.high) if template.soft else (template.middle, template.middle)
    low = middle = high = 0.0
    for place, (slot, fact) in enumerate(zip(template.slots, facts, strict=True)):
        if place == missing or fact is None:
            continue
        reading = network.readings[fact]
        ends = [_scale(reading.natural(end), template.product) * slot.coefficient for end in reading.narrow]
        low, high = low + min(ends), high + max(ends)
        middle += _scale(reading.natural(reading.value), template.product) * slot.coefficient
    weight = template.slots[missing].coefficient
    bounds = ((least - high) / weight, (most - low) / weight)
    found = (min(bounds), (template.middle - middle) / weight, max(bounds))
    return (math.exp(found[0]), math.exp(found[1]), math.exp(found[2])) if template.product else found


def _scale(value: float, product: bool) -> float:
    return math.log(max(value, SMALLEST)) if product else value


def _shown(indicator: str, low: float, middle: float, high: float) -> tuple[Text, Text]:
    """Middle and range of an implied growth or part in percent."""
    offset = 1.0 if split_indicator(indicator)[1] in GROWTHS else 0.0
    low, middle, high = (100 * (value - offset) for value in (low, middle, high))
    return implied(low, middle, high, "%")


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
                yield _pairs_conflict(network, found, change, chosen, labels)


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


def _pairs_conflict(
    network: Network, pairs: Sequence[tuple[int, int]], change: Break, chosen: Collection[str], labels: Labels
) -> Conflict:
    said = [_difference(network.readings[one], network.readings[other], labels) for one, other in pairs]
    third = Text(
        f"两者之间隔着{change.label.zh}（{change.date}），口径不一致，不能连成一列；若直接衔接，"
        + "、".join(one.zh for one in said)
        + "，其中含口径变动",
        f"{change.label.en} ({change.date}) lies between them: not one series; spliced, "
        + ", ".join(one.en for one in said)
        + ", the change of definition included",
    )
    return _conflict(network, [one for one, _ in pairs], [other for _, other in pairs], third, chosen, labels)


def _difference(first: Reading, second: Reading, labels: Labels) -> Text:
    """Change between two levels as printed: in points for parts, else in percent."""
    start, end = first.natural(first.value), second.natural(second.value)
    part = first.quantity.kind == "part"
    change = 100 * (end - start) if part else 100 * (end / start - 1)
    quantity = second.quantity
    subject = labels.subject(quantity.region, quantity.indicator, quantity.period)
    year, unit = first.fact.first_year, Text("个百分点", "points") if part else Text("%", "%")
    if year == second.fact.first_year:
        size = number(abs(change))
        return Text(
            f"{subject.zh}两种口径相差{size}{unit.zh}", f"{subject.en} {size} {unit.en} apart by two definitions"
        )
    apart = higher(change, unit)
    zh, en = ("比", "than") if apart is not LEVEL else ("与", "as")
    return Text(f"{subject.zh}{zh}{year}年{apart.zh}", f"{subject.en} {apart.en} {en} in {year}")
