"""Findings about names rather than numbers: scopes, concepts, price basis, names of a plan's rows."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence

from sim.facts.definitions import PLAIN, Definitions, level_name
from sim.facts.ledger import Fact
from sim.facts.naming import read_period, split_indicator
from sim.language import Text
from sim.reconcile.conflict import Conflict
from sim.reconcile.quantities import GROWTHS, price_of
from sim.reconcile.wording import Labels, four_sentences, implied, minus, number

NOT_SAID = Text("该增速未说明名义或实际", "It says neither nominal nor real")
ATTRIBUTES = ("预期性", "约束性")  # the column after the name in a plan's table


def scope_conflicts(facts: Sequence[Fact], definitions: Definitions, labels: Labels) -> Iterator[Conflict]:
    """Levels of one region and indicator that are reported in two scopes and so are not one series."""
    with_break = {change.axis for change in definitions.breaks}
    groups: dict[tuple[str, str, str], dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for fact in facts:
        for axis, tag in definitions.basis(fact).items():
            if axis not in with_break and definitions.applies(axis, fact.indicator):
                name = fact.indicator if definitions.axes[axis].distinct else level_name(fact.indicator)
                groups[fact.region, name, axis][tag].append(fact)
    for (_, _, axis), by_tag in groups.items():
        if len(by_tag) > 1:
            pair = _nearest(by_tag, same_period=definitions.axes[axis].distinct)
            if pair is not None:
                yield _scope_conflict(*pair, by_tag, definitions.axes[axis].label, labels)


def _nearest(by_tag: dict[str, list[Fact]], *, same_period: bool) -> tuple[Fact, Fact] | None:
    """The two figures of different tags nearest in time, levels before growth."""
    tags = list(by_tag)
    pairs = [
        (one, other)
        for number, tag in enumerate(tags)
        for later in tags[number + 1 :]
        for one in by_tag[tag]
        for other in by_tag[later]
        if not same_period or (one.period == other.period and PLAIN in (tag, later))
    ]
    return min(pairs, key=_distance, default=None)


def _distance(pair: tuple[Fact, Fact]) -> tuple[bool, bool, bool, bool, int]:
    """Figures of one kind first, for the same months or span, then near in time: a quarter is no year."""
    one, other = pair
    derived = any(split_indicator(fact.indicator)[1] for fact in pair)
    first, second = read_period(one.period), read_period(other.period)
    unlike = (first.part, first.years) != (second.part, second.years)
    apart = abs(one.last_year - other.last_year)
    return one.indicator != other.indicator, derived, unlike, one.period != other.period, apart


def _scope_conflict(one: Fact, other: Fact, by_tag: dict[str, list[Fact]], axis: Text, labels: Labels) -> Conflict:
    ids = tuple(fact.id for group in by_tag.values() for fact in group) if PLAIN not in by_tag else (one.id, other.id)
    tag_of = {fact.id: tag for tag, group in by_tag.items() for fact in group}
    names = [tag_of[fact.id] for fact in (one, other)]
    growth, same_year = _same_year(one, other, by_tag, labels)
    third = Text(
        f"两者{axis.zh}不一致（{names[0]}；{names[1]}），不是同一列数，不作比较和衔接{same_year.zh}",
        f"Their {axis.en.lower()} differs ({names[0]}; {names[1]}): not one series, neither compared nor spliced"
        f"{same_year.en}",
    )
    message = four_sentences(labels.cite(one), labels.cite_all([other, *growth]), third, None)
    return Conflict("scope", ids, None, (), message, None, "scope")


def _same_year(one: Fact, other: Fact, by_tag: dict[str, list[Fact]], labels: Labels) -> tuple[tuple[Fact, ...], Text]:
    """What the later of two levels and its growth say of the year of the earlier one, so that like meets like."""
    early, late = sorted((one, other), key=lambda fact: fact.last_year)
    group = next((group for group in by_tag.values() if late in group), [])
    name = f"{late.indicator}_growth"
    growth = next((fact for fact in group if (fact.indicator, fact.period) == (name, late.period)), None)
    successive = late.last_year == early.last_year + 1 and early.indicator == late.indicator
    if growth is None or not successive or not _positive(late.number, 100 + growth.number):
        return (), Text("", "")
    middle = late.number / (1 + growth.number / 100)
    value = implied(middle, middle, middle, late.unit)[0]
    subject = labels.subject(late.region, late.indicator, early.period)
    tag = next(tag for tag, facts in by_tag.items() if late in facts)
    rate = f"{minus(growth.printed)}{growth.unit}"
    return (growth,), Text(
        f"；按{tag}增速{rate}推算，{subject.zh}在{tag}下约为{value.zh}，同期所报为{early.printed}{early.unit}",
        f"; with growth of {rate} in that scope ({tag}), {subject.en} would be about {value.en} there, "
        f"against {early.printed} {early.unit} as reported",
    )


def _positive(*values: float) -> bool:
    return all(0 < value < math.inf for value in values)


def concept_conflicts(facts: Sequence[Fact], definitions: Definitions, labels: Labels) -> Iterator[Conflict]:
    """Two indicators often taken for each other, both reported of one region."""
    by_level: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in (fact for fact in facts if fact.value is not None):
        base, suffix = split_indicator(level_name(fact.indicator))
        level = definitions.identities.total_of_share(base) if suffix == "share" else base
        by_level[fact.region, level].append(fact)
    for region in dict.fromkeys(fact.region for fact in facts):
        for concept in definitions.concepts:
            first, second = by_level.get((region, concept.one)), by_level.get((region, concept.other))
            if first and second and not concept.quiet:
                yield _concept_conflict(first, second, concept.reason, labels)


def _concept_conflict(first: Sequence[Fact], second: Sequence[Fact], reason: Text, labels: Labels) -> Conflict:
    pairs = ((one, other) for one in first for other in second)
    one, other = min(pairs, key=lambda pair: (any(fact.nature == "target" for fact in pair), *_distance(pair)))
    third = Text(f"两者是不同的指标，需衔接：{reason.zh}", f"These are two indicators: {reason.en}")
    message = four_sentences(labels.cite(one), labels.cite(other), third, None)
    return Conflict("concept", (one.id, other.id), None, (), message, None, "unexplained")


def price_conflicts(facts: Sequence[Fact], definitions: Definitions, labels: Labels) -> Iterator[Conflict]:
    """Growth of an amount of money that says neither nominal nor real."""
    groups: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        base, suffix = split_indicator(fact.indicator)
        if suffix in GROWTHS and base in definitions.plausible.deflated and price_of(fact, definitions) == "":
            groups[fact.region, base].append(fact)
    for (_, base), group in groups.items():
        entry = definitions.plausible.deflator(base)
        low, high = entry.one_year
        second = labels.cite_all(group[1:], len(group)) if len(group) > 1 else NOT_SAID
        count = Text(f"这{len(group)}个增速都未说明名义或实际；", f"None of these {len(group)} says which; ")
        said = count if len(group) > 1 else Text("", "")
        third = Text(
            f"{said.zh}名义增速一年可比实际增速{_room(low, high)}（{entry.reason}），"
            "需说明口径，可能因现价与不变价不同而待核实",
            f"{said.en}nominal growth may be {minus(f'{low:g}')} to {minus(f'{high:g}')} points a year above "
            f"real growth ({entry.reason_en})",
        )
        message = four_sentences(labels.cite(group[0]), second, third, None)
        yield Conflict("price_basis", tuple(fact.id for fact in group), None, (), message, None, "price_basis")


def _room(low: float, high: float) -> str:
    """By how much nominal growth may differ from real growth, in words."""
    ends = [f"{'高' if value > 0 else '低'}{number(abs(value))}个百分点" for value in (low, high)]
    return "至".join(ends)


def name_conflicts(facts: Sequence[Fact], definitions: Definitions, labels: Labels) -> Iterator[Conflict]:
    """Rows of a plan's table whose name says another kind of figure than the one they are read as."""
    groups: dict[tuple[str, str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        name = _row_name(fact)
        for entry in definitions.names:
            if entry.word in name and split_indicator(fact.indicator)[1] not in entry.suffixes:
                groups[fact.document, fact.indicator, entry.word].append(fact)
    for (_, indicator, word), group in groups.items():
        entry = next(entry for entry in definitions.names if entry.word == word)
        figure = labels.subject(group[0].region, indicator, group[0].period)
        second = Text(f"台账按“{figure.zh}”登记，不按{entry.meaning}登记", f"The ledger reads it as {figure.en}")
        third = Text(
            f"行名含“{word}”，按字面是{entry.meaning}，名称与含义不一致，可能因指标名称省略而待核实",
            f"The name of the row says “{word}”, which is {entry.meaning_en}; the name may be shortened",
        )
        message = four_sentences(labels.cite(group[0]), second, third, labels.figure(group[0]))
        ids = tuple(fact.id for fact in group)
        yield Conflict("concept", ids, None, ids, message, group[0].id, "misnamed_indicator")


def _row_name(fact: Fact) -> str:
    """The name of a plan's row as quoted: what stands before its attribute."""
    if not fact.attribute:
        return ""
    quote = fact.quote
    for attribute in ATTRIBUTES:
        quote = quote.partition(attribute)[0]
    return quote
