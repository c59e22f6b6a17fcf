"""What the project set out to reach in hindcasts, beside what the record holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sim.cli.hindcast.tables import FORECASTERS, VARIABLES, Table, between, known_as, number, same
from sim.hindcast.board import FLEXIBLE, MODEL, Contest, Line, ceiling, contests, lines
from sim.hindcast.grades import GOOD, NO_WORSE
from sim.hindcast.record import YearScore
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
    for aim in growth_aims(found):
        yield aim.text, _reached(aim.contest), aim.met
    by_subject = _by_subject(found)
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


@dataclass(frozen=True, slots=True)
class GrowthAim:
    """An aim for cumulative growth against a rival: its words, the most allowed, and what was reached.

    of_interval : whether it is the upper end of the ratio's interval that counts, not the ratio.
    """

    text: Text
    contest: Contest
    most: float
    of_interval: bool

    @property
    def met(self) -> bool:
        """Whether the record meets it."""
        return self.measure(self.contest.rival) <= self.most

    def measure(self, line: Line) -> float:
        """What counts of a line."""
        return line.high if self.of_interval else line.ratio


def growth_aims(found: Sequence[Line]) -> Iterator[GrowthAim]:
    """The aims against the best rival, then against the best simple one."""
    yield from _growth(_by_subject(found), Text("最强对照", "the best rival"))
    yield from _growth(_by_subject(found, FLEXIBLE), Text("最强简单对照", "the best simple rival"))


def _growth(by_subject: dict[tuple[str, int], Contest], who: Text) -> Iterator[GrowthAim]:
    first = by_subject.get((CUMULATIVE, 1))
    if first is not None:
        zh, en = f"累计增长1年：与{who.zh}之比的区间上端≤{NO_WORSE}", f"1 y, {who.en}: upper end of the ratio"
        yield GrowthAim(Text(zh, f"{en} ≤ {NO_WORSE}"), first, NO_WORSE, True)
    for horizon, (most, hoped) in RATIOS.items():
        contest = by_subject.get((CUMULATIVE, horizon))
        if contest is not None:
            zh = f"累计增长{horizon}年：与{who.zh}之比≤{most:.2f}（力争{hoped:.2f}）"
            text = Text(zh, f"{horizon} y, {who.en}: ratio ≤ {most:.2f} (hoped for: {hoped:.2f})")
            yield GrowthAim(text, contest, most, False)


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


OUT_OF_REACH = Text("够不到的原因", "why aims are out of reach")


def out_of_reach(rows: Sequence[YearScore]) -> list[Text]:
    """Of every growth aim that is not met: what was reached, the most that hindsight could reach, and why."""
    return [_why(aim, ceiling(rows, aim.contest)) for aim in growth_aims(lines(rows)) if not aim.met]


def _why(aim: GrowthAim, most: Line) -> Text:
    reached, bound = _reached(aim.contest), f"{number(most.ratio, 3)}（{between(most.low, most.high)}）"
    zh = f"**{aim.text.zh}**：达到 {reached.zh}。上限 {bound}：每个起点都在事后改挑本表中最好的方法，事前做不到。"
    en = f"{aim.text.en}: reached {reached.en}. Ceiling {bound}: the best forecaster of the table, chosen afterwards "
    en += "for every origin, which nobody can do in advance. "
    reasons = (_beyond(aim, most), _informed(aim.contest), _few_years(aim.contest))
    said = [reason for reason in reasons if reason is not None]
    return Text(f"{zh}原因：{'；'.join(one.zh for one in said)}。", f"{en}Why: {'; '.join(one.en for one in said)}.")


def _beyond(aim: GrowthAim, most: Line) -> Text:
    if aim.measure(most) > aim.most:
        return Text("连这个上限也达不到目标", "even that ceiling misses the aim")
    return Text("目标在上限以内，但须事先知道哪年该用哪种方法", "within the ceiling, but who is best is known too late")


def _informed(contest: Contest) -> Text | None:
    if contest.rival.forecaster != FLEXIBLE:
        return None
    zh = "灵活统计预测同样利用各地区的共同涨落，信息与模型相同"
    return Text(zh, "the flexible forecaster uses the same common factor, thus the same information")


def _few_years(contest: Contest) -> Text | None:
    """How little the years can tell; nothing to say of one origin, which has no interval."""
    held = contest.rival
    if held.origins < 2:
        return None
    half, worth = number((held.high - held.low) / 2.0), number(held.effective_years, 1)
    zh = f"{held.origins} 个起点只抵约 {worth} 个独立年份，比值最多只能定到 ±{half}（90%区间的半宽）"
    en = f"{held.origins} origins are worth {worth} independent years, which fix the ratio to ±{half} at best"
    return Text(zh, en)
