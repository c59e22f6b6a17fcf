"""How many points faster or slower a region grew than the city, the province and the nation."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sim.facts.ledger import Fact
from sim.facts.naming import read_period, split_indicator
from sim.language import Text
from sim.peers.figures import Figures, Pair, natures

PLAN = 5  # years of a plan; plans end in years divisible by it


@dataclass(frozen=True, slots=True)
class Gap:
    """Growth of the region and of another [%], and the difference `points` in percentage points.

    `facts` are the ids of all figures used; `computed` says that averages were compounded from yearly rates, over the
    years of `period`. A missing side is None.
    """

    indicator: str
    period: str
    other: str
    own_growth: float | None
    other_growth: float | None
    points: float | None
    computed: bool
    facts: tuple[str, ...]
    natures: tuple[str, ...]
    remarks: tuple[Text, ...]


def faster(figures: Figures, region: str, others: Sequence[str]) -> tuple[Gap, ...]:
    """Gaps by indicator: for the total every year from the region's first, then the plans; for others what is known.

    Growth of another indicator is listed in years in which at least one of `others` reports it too.
    """
    lines: list[Gap] = []
    for indicator in _indicators(figures, region, others):
        for year in _years(figures, region, others, indicator):
            lines += [_yearly(figures, region, other, indicator, str(year)) for other in others]
        for last in _plans(figures, region, indicator):
            averages = [_average(figures, region, other, indicator, last) for other in others]
            known = any(line.points is not None for line in averages)
            lines += averages if known or _is_total(figures, indicator) else []
    return tuple(lines)


def _indicators(figures: Figures, region: str, others: Sequence[str]) -> tuple[str, ...]:
    """Growth indicators that can be compared, that of the total first."""
    total = f"{figures.definitions.identities.total}_growth"
    names = sorted(
        {fact.indicator for fact in figures.of_region(region) if split_indicator(fact.indicator)[1] == "growth"}
    )
    shared = [name for name in names if any(_common(figures, region, other, name) for other in others)]
    return tuple(sorted(shared, key=lambda name: name != total))


def _is_total(figures: Figures, indicator: str) -> bool:
    return indicator == f"{figures.definitions.identities.total}_growth"


def _common(figures: Figures, region: str, other: str, indicator: str) -> bool:
    periods = set(figures.periods(region, indicator)) & set(figures.periods(other, indicator))
    return any(_is_year(period) for period in periods)


def _is_year(period: str) -> bool:
    read = read_period(period)
    return not read.part and not read.is_span


def _years(figures: Figures, region: str, others: Sequence[str], indicator: str) -> tuple[int, ...]:
    own = [int(period) for period in figures.periods(region, indicator) if _is_year(period)]
    theirs = [int(p) for other in others for p in figures.periods(other, indicator) if _is_year(p)]
    if not _is_total(figures, indicator):
        return tuple(year for year in own if year in theirs)
    return tuple(range(min(own), max((*own, *theirs)) + 1))


def _plans(figures: Figures, region: str, indicator: str) -> tuple[int, ...]:
    """Last years of the plans on which the region reports anything: an average, or growth in two years."""
    spans = [read_period(period) for period in figures.periods(region, f"{indicator}_average")]
    ends = {span.last for span in spans if span.years == PLAN}
    years = [int(period) for period in figures.periods(region, indicator) if _is_year(period)]
    plan_ends = [math.ceil(year / PLAN) * PLAN for year in years]
    return tuple(sorted(ends | {last for last in plan_ends if plan_ends.count(last) > 1}))


def _yearly(figures: Figures, region: str, other: str, indicator: str, period: str) -> Gap:
    pair = figures.pair(region, other, indicator, period)
    remarks = (*pair.remarks, *_like_with_like(figures, pair, other))
    return _gap(indicator, period, other, pair, remarks)


def _gap(indicator: str, period: str, other: str, pair: Pair, remarks: tuple[Text, ...]) -> Gap:
    one, two = pair.own, pair.other
    own_growth = None if one is None else one.number
    other_growth = None if two is None else two.number
    points = None
    if pair.comparable and own_growth is not None and other_growth is not None:
        points = round(own_growth - other_growth, 6)
    used = [fact for fact in (one, two) if fact is not None]
    return Gap(
        indicator, period, other, own_growth, other_growth, points, False,
        tuple(fact.id for fact in used), tuple(fact.nature for fact in used), remarks,
    )  # fmt: skip


def _like_with_like(figures: Figures, pair: Pair, other: str) -> tuple[Text, ...]:
    """What the gap is when the other's figure of the same vintage is taken, where there is one."""
    if not pair.comparable or pair.own is None or pair.other is None or pair.own.nature == pair.other.nature:
        return ()
    for fact in figures.reports(other, pair.own.indicator, pair.own.period):
        if fact.nature == pair.own.nature and figures.beside(pair.own, fact)[0] and fact.number != pair.other.number:
            gap = round(pair.own.number - fact.number, 6)
            zh = f"对方同为初步数时为{fact.number:g}%（{fact.id}），相差{gap:g}个百分点"
            zh = zh.replace("-", "−") if gap < 0 else zh
            return (
                Text(zh, f"against its figure of the same vintage, {fact.number:g} % ({fact.id}): {gap:+g} points"),
            )
    return ()


def _average(figures: Figures, region: str, other: str, indicator: str, last: int) -> Gap:
    """The printed averages of a plan; without them the yearly rates that both report from its first year on."""
    period = f"{last - PLAN + 1}-{last}"
    average = f"{indicator}_average"
    pair = figures.pair(region, other, average, period)
    if pair.comparable or pair.own is not None:
        return _gap(average, period, other, pair, pair.remarks)
    run = _run(figures, region, other, indicator, last)
    if len(run) < 2:
        return Gap(average, period, other, None, None, None, False, (), (), ())
    ours, theirs = [one for one, _ in run], [two for _, two in run]
    own_growth, other_growth = _compounded(ours), _compounded(theirs)
    kinds = tuple(fact.nature for fact in (*ours, *theirs))
    vintages = tuple(dict.fromkeys(remark for one, two in run for remark in natures(one, two)))
    return Gap(
        average, f"{last - PLAN + 1}-{last - PLAN + len(run)}", other, own_growth, other_growth,
        own_growth - other_growth, True, tuple(fact.id for fact in (*ours, *theirs)), kinds,
        (*_incomplete(len(run)), *vintages),
    )  # fmt: skip


def _run(figures: Figures, region: str, other: str, indicator: str, last: int) -> list[tuple[Fact, Fact]]:
    """Yearly rates of both from the first year of a plan, without a gap and on one basis."""
    run: list[tuple[Fact, Fact]] = []
    for one, two in _pairs(figures, region, other, indicator, last):
        ours, theirs = [*(fact for fact, _ in run), one], [*(fact for _, fact in run), two]
        if not (figures.in_one_row(ours) and figures.in_one_row(theirs)):
            break
        run.append((one, two))
    return run


def _pairs(figures: Figures, region: str, other: str, indicator: str, last: int) -> Iterator[tuple[Fact, Fact]]:
    for year in range(last - PLAN + 1, last + 1):
        pair = figures.pair(region, other, indicator, str(year))
        if not pair.comparable or pair.own is None or pair.other is None:
            return
        yield pair.own, pair.other


def _compounded(facts: Sequence[Fact]) -> float:
    """Average growth [%] of yearly rates."""
    product = math.prod(1.0 + fact.number / 100.0 for fact in facts)
    return 100.0 * (product ** (1.0 / len(facts)) - 1.0)


def _incomplete(years: int) -> tuple[Text, ...]:
    if years == PLAN:
        return (Text("由各年增速计算", "from yearly growth"),)
    return (
        Text(f"由前{years}年增速计算，其余年份暂缺", f"from growth in the first {years} years; the rest is missing"),
    )
