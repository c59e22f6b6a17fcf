"""How many points faster or slower a region grew than the city, the province and the nation."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sim.facts.ledger import Fact
from sim.facts.naming import read_period, split_indicator
from sim.language import Text
from sim.peers.figures import NATURE_LABELS, Figures, Pair, natures

FASTER, SLOWER, WITHIN_ROUNDING = "faster", "slower", "within_rounding"
PLAN = 5  # years of a plan; plans end in years divisible by it
_TOLD: Mapping[str | None, Text] = {
    FASTER: Text("快{}个百分点", "{} points faster"),
    SLOWER: Text("慢{}个百分点", "{} points slower"),
    WITHIN_ROUNDING: Text("相差在修约范围内", "within rounding"),
}


@dataclass(frozen=True, slots=True)
class Gap:
    """Growth of the region and of another [%], and the difference `points` in percentage points.

    `low` and `high` are what rounding leaves of the difference, `verdict` is faster, slower or, where it may be
    either, within_rounding; None where there is no difference. `own` and `theirs` are the figures compared; both are
    None where averages were `computed`, compounded from the yearly rates `facts` over the years of `period`.
    """

    indicator: str
    period: str
    other: str
    own_growth: float | None
    other_growth: float | None
    points: float | None
    low: float | None
    high: float | None
    verdict: str | None
    own: Fact | None
    theirs: Fact | None
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
    return _gap(figures, indicator, period, other, pair, remarks)


def _gap(figures: Figures, indicator: str, period: str, other: str, pair: Pair, remarks: tuple[Text, ...]) -> Gap:
    one, two = pair.own, pair.other
    own_growth = None if one is None else one.number
    other_growth = None if two is None else two.number
    points, low, high = None, None, None
    if pair.comparable and one is not None and two is not None:
        points, low, high = _difference(figures, one, two)
    used = [fact for fact in (one, two) if fact is not None]
    return Gap(
        indicator, period, other, own_growth, other_growth, points, low, high, _verdict(low, high), one, two, False,
        tuple(fact.id for fact in used), tuple(fact.nature for fact in used), remarks,
    )  # fmt: skip


def _difference(figures: Figures, one: Fact, two: Fact) -> tuple[float, float, float]:
    """Points by which one rate is above another, and the range that rounding leaves."""
    above, below = one.interval(figures.words), two.interval(figures.words)
    return round(one.number - two.number, 6), round(above.low - below.high, 6), round(above.high - below.low, 6)


def _verdict(low: float | None, high: float | None) -> str | None:
    if low is None or high is None:
        return None
    return FASTER if low >= 0.0 else SLOWER if high <= 0.0 else WITHIN_ROUNDING


def _like_with_like(figures: Figures, pair: Pair, other: str) -> tuple[Text, ...]:
    """What the gap is when the other's figure of the same vintage is taken, where there is one."""
    if not pair.comparable or pair.own is None or pair.other is None or pair.own.nature == pair.other.nature:
        return ()
    for fact in figures.reports(other, pair.own.indicator, pair.own.period):
        if fact.nature == pair.own.nature and figures.beside(pair.own, fact)[0] and fact.number != pair.other.number:
            points, low, high = _difference(figures, pair.own, fact)
            size, kind = f"{abs(points):g}", NATURE_LABELS[fact.nature]
            told = _TOLD[_verdict(low, high)]
            zh = f"对方同为{kind.zh}时为{fact.printed}%（{fact.id}），{told.zh.format(size)}"
            return (Text(zh, f"its {kind.en} figure is {fact.printed} % ({fact.id}): {told.en.format(size)}"),)
    return ()


def _average(figures: Figures, region: str, other: str, indicator: str, last: int) -> Gap:
    """The printed averages of a plan; without them the yearly rates that both report from its first year on."""
    period = f"{last - PLAN + 1}-{last}"
    average = f"{indicator}_average"
    pair = figures.pair(region, other, average, period)
    if pair.comparable or pair.own is not None:
        return _gap(figures, average, period, other, pair, pair.remarks)
    run = _run(figures, region, other, indicator, last)
    if len(run) < 2:
        return Gap(average, period, other, None, None, None, None, None, None, None, None, False, (), (), ())
    ours, theirs = [one for one, _ in run], [two for _, two in run]
    own, rival = _average_range(figures, ours), _average_range(figures, theirs)
    low, high = own[1] - rival[2], own[2] - rival[1]
    kinds = tuple(fact.nature for fact in (*ours, *theirs))
    vintages = tuple(dict.fromkeys(remark for one, two in run for remark in natures(one, two)))
    return Gap(
        average, f"{last - PLAN + 1}-{last - PLAN + len(run)}", other, own[0], rival[0], own[0] - rival[0],
        low, high, _verdict(low, high), None, None, True, tuple(fact.id for fact in (*ours, *theirs)), kinds,
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


def _average_range(figures: Figures, facts: Sequence[Fact]) -> tuple[float, float, float]:
    """Average growth [%] of yearly rates, and its range were all of them rounded the same way."""
    ranges = [fact.interval(figures.words) for fact in facts]
    return (
        _compounded([fact.number for fact in facts]),
        _compounded([one.low for one in ranges]),
        _compounded([one.high for one in ranges]),
    )


def _compounded(rates: Sequence[float]) -> float:
    """Average [%] of yearly rates [%]."""
    product = math.prod(1.0 + rate / 100.0 for rate in rates)
    return 100.0 * (product ** (1.0 / len(rates)) - 1.0)


def _incomplete(years: int) -> tuple[Text, ...]:
    if years == PLAN:
        return (Text("由各年增速计算", "from yearly growth"),)
    return (
        Text(f"由前{years}年增速计算，其余年份暂缺", f"from growth in the first {years} years; the rest is missing"),
    )
