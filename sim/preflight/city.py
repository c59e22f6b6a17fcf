"""Targets of a region held against those of the city it is a part of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.facts.ledger import Fact
from sim.facts.units import UNITS
from sim.language import Text
from sim.preflight.accounting import NOTHING_LEFT, WORTH_SAYING, growth_to, yearly
from sim.preflight.finding import Finding, derived, figure, moves, plain, who_confirms
from sim.preflight.record import Record
from sim.preflight.statements import Statement


def part_of_the_city(
    everything: Sequence[Statement], record: Record, region: str, city: str | None, name: Text
) -> Iterator[Finding]:
    """Growth of the region and of the city: the share it leads to, and what the rest of the city would have to do."""
    if city is None:
        return
    total = record.definitions.identities.total
    for s in everything:
        if (
            s.region != region
            or s.indicator != f"{total}_growth_average"
            or s.value is None
            or s.value <= NOTHING_LEFT
            or not (s.listed and s.first_reading)
        ):
            continue
        first = s.first_year or s.year
        theirs, share = (
            growth_to(everything, city, first, s.year, total),
            _share(record, region, city, total, first - 1),
        )
        if theirs is None or share is None or share[0] >= 1.0:
            continue
        yield from _finding(s, theirs.statement, share, name)
        return


def _share(record: Record, region: str, city: str, total: str, year: int) -> tuple[float, tuple[Fact, ...]] | None:
    """Share of the region in the city before the span [fraction], and the facts it is from."""
    mine, its = record.yearly(region, total).get(year), record.yearly(city, total).get(year)
    if mine is not None and its is not None and its.number > 0.0:
        return mine.number_in("亿元") / its.number_in("亿元"), (mine, its)
    stated = record.yearly(region, f"{total}_share_of_city").get(year)
    return None if stated is None else (stated.number / 100.0, (stated,))


def _finding(s: Statement, theirs: Statement, start: tuple[float, tuple[Fact, ...]], name: Text) -> Iterator[Finding]:
    share, facts = start
    assert s.value is not None
    assert theirs.value is not None
    years = s.years
    mine, whole = (1 + s.value / 100.0) ** years, (1 + theirs.value / 100.0) ** years
    after = share * mine / whole
    left = (whole - share * mine) / (1.0 - share)
    if left <= 0.0 or abs(s.value - theirs.value) < WORTH_SAYING:
        return
    rest = yearly(left, years)
    grounds = "、".join(figure(f).zh for f in facts)
    grounds_en = ", ".join(figure(f).en for f in facts)
    yield Finding(s.id, "inconsistent", Text(
        f"{s.told().zh}，{name.zh}{theirs.told().zh}。按{grounds}推算，占全市比重由{derived(100 * share)}%到"
        f"{derived(100 * after)}%（{s.year}年），全市其余部分年均{moves(rest)}%，与本地相差"
        f"{derived(abs(s.value - rest))}个百分点，两级目标需衔接。{who_confirms(s.owners).zh}",
        f"{s.told().en}, {name.en}: {theirs.told().en}. From {grounds_en} the share of the city goes from "
        f"{derived(100 * share)} % to {derived(100 * after)} % in {s.year}, and the rest of the city grows "
        f"{derived(rest)} % a year, {derived(abs(s.value - rest))} points apart. {who_confirms(s.owners).en}",
    ), (theirs.id, *(f.id for f in facts)))  # fmt: skip


def more_than_the_city(
    everything: Sequence[Statement], record: Record, city: str | None, name: Text
) -> Iterator[Finding]:
    """A target for something that adds up over regions that is more than the city's."""
    extensive = record.definitions.identities.extensive
    theirs = {(s.indicator, s.first_year, s.year): s for s in everything if s.region == city and s.value is not None}
    for s in everything:
        other = theirs.get((s.indicator, s.first_year, s.year))
        if not s.listed or s.value is None or other is None or s.indicator not in extensive:
            continue
        if s.operator == "<=" or _basic(s) <= _basic(other):
            continue
        yield Finding(s.id, "inconsistent", Text(
            f"{s.told().zh}，而{name.zh}{other.told().zh}：区的数为{plain(_basic(s))}，大于全市的{plain(_basic(other))}，"
            f"统计范围可能不同，需衔接。{who_confirms(s.owners).zh}",
            f"{s.told().en}, {name.en}: {other.told().en}; a district cannot be more than its city unless the scopes "
            f"differ. {who_confirms(s.owners).en}",
        ), (other.id,))  # fmt: skip


def _basic(s: Statement) -> float:
    return (s.value or 0.0) * UNITS.get(s.unit, ("", 1.0))[1]
