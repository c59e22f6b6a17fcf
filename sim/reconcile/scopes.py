"""Findings about names rather than numbers: scopes, concepts, price basis, names of a plan's rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from sim.facts.definitions import PLAIN, Definitions, level_name
from sim.facts.ledger import Fact
from sim.facts.naming import split_indicator
from sim.language import Text
from sim.reconcile.conflict import Conflict
from sim.reconcile.quantities import GROWTHS, price_of
from sim.reconcile.wording import Labels, four_sentences

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


def _distance(pair: tuple[Fact, Fact]) -> tuple[bool, bool, bool, int]:
    one, other = pair
    derived = any(split_indicator(fact.indicator)[1] for fact in pair)
    return one.indicator != other.indicator, derived, one.period != other.period, abs(one.last_year - other.last_year)


def _scope_conflict(one: Fact, other: Fact, by_tag: dict[str, list[Fact]], axis: Text, labels: Labels) -> Conflict:
    ids = tuple(fact.id for group in by_tag.values() for fact in group) if PLAIN not in by_tag else (one.id, other.id)
    names = [one.scope or "未标注", other.scope or "未标注"]
    third = Text(
        f"两者{axis.zh}不一致（{names[0]}；{names[1]}），不是同一列数，不作比较和衔接",
        f"Their {axis.en.lower()} differs ({names[0]}; {names[1]}): not one series, neither compared nor spliced",
    )
    message = four_sentences(labels.cite(one), labels.cite(other), third, None)
    return Conflict("scope", ids, None, (), message, None, "scope")


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
        second = Text(
            f"共{len(group)}个增速未说明名义或实际", f"{len(group)} growth figures say neither nominal nor real"
        )
        third = Text(
            f"名义与实际增速一年可相差{low:g}至{high:g}个百分点（{entry.reason}），需说明口径，可能因现价与不变价不同而待核实",
            f"Nominal and real growth may differ by {low:g} to {high:g} points a year ({entry.reason_en})",
        )
        message = four_sentences(labels.cite(group[-1]), second, third, None)
        yield Conflict("price_basis", tuple(fact.id for fact in group), None, (), message, None, "price_basis")


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
