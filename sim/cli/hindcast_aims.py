"""What the project set out to reach in hindcasts, beside what the record holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.cli.hindcast_tables import FORECASTERS, VARIABLES, Table, between, known_as, number, same
from sim.hindcast.board import FLEXIBLE, MODEL, Contest, Line, contests
from sim.hindcast.grades import GOOD, NO_WORSE
from sim.hindcast.target_board import TargetLine
from sim.language import Text

CUMULATIVE = "gdp_growth_cumulative"
#: Ratio of mean CRPS of cumulative growth to the best rival's, by horizon: at most, and hoped for. The first is the
#: upper end of the interval.
RATIOS = {3: (0.95, 0.85), 5: (0.90, 0.75)}
SHARE_HORIZONS = (3, 5)
MET = {True: Text("达到", "met"), False: Text("未达到", "not met")}

#: An aim, what was reached, and whether that meets it.
Aim = tuple[Text, Text, bool]


def aims_table(found: Sequence[Line], targets: Sequence[TargetLine]) -> Table:
    """Every aim of which the record says something."""
    rows = tuple((aim, reached, MET[met]) for aim, reached, met in _aims(found, targets))
    title = Text("目标与实际", "aims and what was reached")
    return Table(title, (Text("目标", "aim"), Text("达到", "reached"), Text("结论", "verdict")), rows, 1)


def _aims(found: Sequence[Line], targets: Sequence[TargetLine]) -> Iterator[Aim]:
    by_subject = _by_subject(found)
    yield from _growth(by_subject, Text("最强对照", "the best rival"))
    yield from _growth(_by_subject(found, FLEXIBLE), Text("最强简单对照", "the best simple rival"))
    for horizon in (1, 3, 5):
        contest = by_subject.get((CUMULATIVE, horizon))
        if contest is not None:
            inside = contest.model.coverage_90
            zh, en = f"累计增长{horizon}年90%区间覆盖85%—95%", f"cumulative growth, {horizon} y: 85-95 % in the 90 %"
            yield Text(zh, en), same(f"{100.0 * inside:.0f}%"), GOOD[0] <= inside <= GOOD[1]
    for line in targets:
        if line.forecaster == MODEL and line.reading == "exactly":
            text = Text("增速目标完成概率的Brier低于随机游走", "Brier of targets met below the random walk's")
            yield text, same(f"{number(line.brier, 3)} / {number(line.reference, 3)}"), line.brier < line.reference
    yield from _shares(found)


def _by_subject(found: Sequence[Line], leaving_out: str = "") -> dict[tuple[str, int], Contest]:
    return {(c.model.variable, c.model.horizon): c for c in contests(found, leaving_out)}


def _growth(by_subject: dict[tuple[str, int], Contest], who: Text) -> Iterator[Aim]:
    first = by_subject.get((CUMULATIVE, 1))
    if first is not None:
        zh, en = f"累计增长1年：与{who.zh}之比的区间上端≤{NO_WORSE}", f"1 y, {who.en}: upper end of the ratio"
        text = Text(zh, f"{en} ≤ {NO_WORSE}")
        yield text, _reached(first), first.rival.high <= NO_WORSE
    for horizon, (most, hoped) in RATIOS.items():
        contest = by_subject.get((CUMULATIVE, horizon))
        if contest is not None:
            zh = f"累计增长{horizon}年：与{who.zh}之比≤{most:.2f}（力争{hoped:.2f}）"
            text = Text(zh, f"{horizon} y, {who.en}: ratio ≤ {most:.2f} (hoped for: {hoped:.2f})")
            yield text, _reached(contest), contest.rival.ratio <= most


def _reached(contest: Contest) -> Text:
    held = contest.rival
    name, interval = known_as(FORECASTERS, held.forecaster), between(held.low, held.high)
    return Text(f"{number(held.ratio)}（{interval}）{name.zh}", f"{number(held.ratio)} ({interval}) {name.en}")


def _shares(found: Sequence[Line]) -> Iterator[Aim]:
    for line in found:
        if line.forecaster == "past_drift" and line.horizon in SHARE_HORIZONS:
            name = VARIABLES[line.variable]
            text = Text(
                f"{name.zh}{line.horizon}年优于沿以往变化外推", f"{name.en}, {line.horizon} y: below past drift"
            )
            yield text, same(f"{number(line.ratio)}（{between(line.low, line.high)}）"), line.ratio < 1.0
