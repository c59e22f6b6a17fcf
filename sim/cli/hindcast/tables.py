"""The tables of the hindcast's record, in both languages: what the terminal and docs/hindcast.md both show."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sim.facts.names import name_of, read_names
from sim.hindcast.board import LINEARISED, MODEL, Contest, Line, contests, is_rival, lines
from sim.hindcast.record import PIT_BINS, TargetYear, YearScore
from sim.hindcast.region import INTERVALS, Count, Fallen, counts
from sim.hindcast.target_board import TargetLine, target_lines
from sim.language import Text
from sim.resources import data_path

VARIABLES = {
    "gdp_growth": Text("年度增速", "annual growth"),
    "gdp_growth_cumulative": Text("累计增长", "cumulative growth"),
    "secondary_share": Text("第二产业比重", "secondary share"),
    "tertiary_share": Text("第三产业比重", "tertiary share"),
}
FORECASTERS = {
    MODEL: Text("模型", "model"),
    LINEARISED: Text("模型（线性化后验）", "model, linearised"),
    "without_prices": Text("去掉价格", "without prices"),
    "without_capital": Text("去掉资本", "without capital"),
    "without_reference_class": Text("去掉参照类先验", "without reference class"),
    "persistence": Text("与上年相同", "persistence"),
    "past_drift": Text("沿以往变化外推", "past drift"),
    "five_year_mean": Text("五年平均", "five-year mean"),
    "pooled_ar1": Text("合并一阶自回归", "pooled AR(1)"),
    "random_walk": Text("随机游走", "random walk"),
    "target_itself": Text("以目标为预测", "the target itself"),
    "flexible": Text("灵活统计预测", "flexible statistical forecaster"),
}
READINGS = {
    "exactly": Text("左右按原数", "around = the number itself"),
    "one_sided": Text("左右只看下限", "around = one-sided"),
    "band": Text("左右为上下区间", "around = a band"),
}
VERDICTS = {
    "better": Text("优于", "better"),
    "level": Text("分不出高下", "cannot be told apart"),
    "worse": Text("不及", "worse"),
}
BINS = (Text("低（0—1/3）", "low (0-1/3)"), Text("中（1/3—2/3）", "middle"), Text("高（2/3—1）", "high (2/3-1)"))


@dataclass(frozen=True, slots=True)
class Table:
    """A table to print: its title, the heads of its columns and its cells; `left` columns hold words."""

    title: Text
    header: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]
    left: int = 1


def same(text: str) -> Text:
    """A cell that is alike in both languages."""
    return Text(text, text)


def known_as(names: dict[str, Text], name: str) -> Text:
    """What a thing is called; its own name where nobody gave it another."""
    return names.get(name, same(name))


def number(value: float, digits: int = 2) -> str:
    """A number, or a dash for what cannot be said."""
    return "—" if math.isnan(value) else f"{value:.{digits}f}"


def between(low: float, high: float) -> str:
    """An interval, or a dash."""
    return "—" if math.isnan(low) else f"{low:.2f}—{high:.2f}"


def _subject(line: Line) -> tuple[Text, Text]:
    return known_as(VARIABLES, line.variable), Text(f"{line.horizon}年", f"{line.horizon} y")


def best_rival_table(found: Sequence[Line]) -> Table:
    """The model against the best rival, with coverage and how much the years are worth."""
    header = [
        *(Text("变量", "variable"), Text("年限", "years"), Text("模型CRPS", "model CRPS")),
        *(Text("最强对照", "best rival"), Text("其CRPS", "its CRPS"), Text("模型/对照", "ratio")),
        *(Text("90%区间", "90 % interval"), Text("有效年数", "effective years")),
        *(Text(f"{level}%覆盖", f"{level} % cover") for level in INTERVALS),
        *(Text("起点数", "origins"), Text("样本", "n"), Text("结论", "verdict")),
    ]
    rows = []
    for contest in contests(found):
        own, rival = contest.model, contest.rival
        cover = [f"{100.0 * share:.0f}%" for share in (own.coverage_50, own.coverage_80, own.coverage_90)]
        numbers = [number(rival.crps), number(rival.ratio), between(rival.low, rival.high)]
        worth = number(rival.effective_years, 1)
        rows.append(
            (
                *_subject(own),
                same(number(own.crps)),
                known_as(FORECASTERS, rival.forecaster),
                *map(same, (*numbers, worth, *cover, str(own.origins), str(own.cases))),
                VERDICTS[contest.verdict],
            )
        )
    title = Text("模型与最强对照（CRPS越小越好，单位：百分点）", "the model and its best rival (CRPS in points)")
    return Table(title, tuple(header), tuple(rows), 2)


def all_scores_table(found: Sequence[Line]) -> Table:
    """Mean CRPS of the model and every rival."""
    names = list(dict.fromkeys(line.forecaster for line in found if line.forecaster == MODEL or is_rival(line)))
    return _by_subject(
        Text("各方法的平均CRPS（百分点）", "mean CRPS of every forecaster (points)"),
        found,
        names,
        lambda line: number(line.crps),
    )


def ablation_table(found: Sequence[Line]) -> Table:
    """What each part of the model buys."""
    names = list(dict.fromkeys(line.forecaster for line in found if line.forecaster.startswith("without_")))
    if any(line.forecaster == LINEARISED for line in found):
        names.append(LINEARISED)
    title = Text(
        "结构值多少：完整模型的CRPS与去掉一部分后之比（小于1即这部分有用；括号内为90%区间）",
        "what structure buys: CRPS of the whole model over that without a part (below 1: the part helps)",
    )
    return _by_subject(title, found, names, lambda line: f"{number(line.ratio)}（{between(line.low, line.high)}）")


def _by_subject(title: Text, found: Sequence[Line], names: Sequence[str], cell: Callable[[Line], str]) -> Table:
    """A row for each variable and horizon, a column for each forecaster."""
    by_key = {(line.variable, line.horizon, line.forecaster): line for line in found}
    rows = []
    for own in (line for line in found if line.forecaster == MODEL):
        cells = [by_key.get((own.variable, own.horizon, name)) for name in names]
        rows.append((*_subject(own), *(same("—" if line is None else cell(line)) for line in cells)))
    header = (Text("变量", "variable"), Text("年限", "years"), *(known_as(FORECASTERS, name) for name in names))
    return Table(title, header, tuple(rows), 2)


def pit_table(found: Sequence[Line]) -> Table:
    """How many outcomes fell into each tenth of the model's forecasts."""
    rows = tuple(
        (*_subject(line), *(same(str(count)) for count in line.pit), same(number(line.place)))
        for line in found
        if line.forecaster == MODEL
    )
    tenths = (same(f"{10 * i}—{10 * (i + 1)}%") for i in range(PIT_BINS))
    title = Text(
        "结果落在模型预测分布的哪一段（PIT，各段次数；校准良好时大致相等）", "outcomes by tenth of the forecast"
    )
    return Table(title, (Text("变量", "variable"), Text("年限", "years"), *tenths, Text("平均", "mean")), rows, 2)


def target_table(found: Sequence[TargetLine]) -> Table:
    """Brier scores of "target met"."""
    heads = (
        *(Text("读法", "reading"), Text("方法", "forecaster"), Text("Brier", "Brier")),
        *(Text("随机游走的Brier", "random walk's"), Text("之比", "ratio"), Text("90%区间", "90 % interval")),
        *(Text("样本", "n"), Text("年数", "years")),
    )
    rows = tuple(
        (
            known_as(READINGS, line.reading),
            known_as(FORECASTERS, line.forecaster),
            *(same(number(value, 3)) for value in (line.brier, line.reference)),
            *(same(text) for text in (number(line.ratio), between(line.low, line.high))),
            *(same(str(count)) for count in (line.cases, line.years)),
        )
        for line in found
        if not line.forecaster.startswith("without_") and line.forecaster not in (LINEARISED, "random_walk")
    )
    title = Text("年度增速目标是否完成的概率（Brier分数，越小越好）", "annual growth targets met (Brier score)")
    return Table(title, heads, rows, 2)


def reliability_table(found: Sequence[TargetLine]) -> Table:
    """What the model said of targets against how often they were met."""
    heads = (
        *(Text("读法", "reading"), Text("概率", "probability"), Text("次数", "n"), Text("平均概率", "mean")),
        *(Text("实际完成", "met"), Text("标准误", "standard error"), Text("有效年数", "effective years")),
    )
    rows = tuple(
        (
            known_as(READINGS, line.reading),
            label,
            same(str(part.cases)),
            *(same(number(100.0 * value, 0) + ("" if math.isnan(value) else "%")) for value in
              (part.forecast, part.frequency, part.standard_error)),
            same(number(part.effective_years, 1)),
        )
        for line in found
        if line.forecaster == MODEL
        for label, part in zip(BINS, line.bins, strict=True)
    )  # fmt: skip
    return Table(Text("模型概率的可靠性", "reliability of the model's probabilities"), heads, rows, 2)


def rivals_ahead(found: Sequence[Line]) -> list[Text]:
    """One sentence for every variable and horizon where a rival's mean score is the better one; one if none."""
    said = [_ahead(contest) for contest in contests(found) if contest.rival_wins]
    return said or [Text("没有对照方法的平均CRPS低于模型。", "No rival has a lower mean CRPS than the model.")]


def _ahead(contest: Contest) -> Text:
    variable, years = _subject(contest.model)
    rival, held = known_as(FORECASTERS, contest.rival.forecaster), contest.rival
    interval = between(held.low, held.high)
    sure = contest.verdict == "worse"
    zh = f"**{rival.zh}胜过模型**：{variable.zh}{years.zh}，模型/对照 {held.ratio:.2f}（90%区间 {interval}"
    en = f"{rival.en} beats the model: {variable.en}, {years.en}: ratio {held.ratio:.2f} (90 % interval {interval}"
    zh += "）。" if sure else "，可能出于偶然）。"
    return Text(zh, en + (")." if sure else ", perhaps by chance)."))


def stages(rows: Sequence[YearScore]) -> list[tuple[Text, list[YearScore]]]:
    """The rows scored once under a lock, then those on which the model was tuned, each with what to call them."""
    found = []
    for lock in sorted({row.locked for row in rows}, key=lambda lock: lock == ""):
        own = [row for row in rows if row.locked == lock]
        first, last = min(row.origin for row in own), max(row.origin for row in own)
        span = f"{first}—{last}" if last > first else f"{first}"
        if lock:
            found.append(
                (Text(f"锁定后计分的起点 {span}（提交 {lock[:12]}）", f"origins {span}, scored under a lock"), own)
            )
        else:
            found.append((Text(f"调试所用的起点 {span}", f"origins {span}, on which the model was tuned"), own))
    return found


def score_tables(rows: Sequence[YearScore]) -> list[Table]:
    """All tables of the scores given."""
    found = lines(rows)
    tables = [best_rival_table(found), all_scores_table(found), ablation_table(found), pit_table(found)]
    return [table for table in tables if table.rows and len(table.header) > 2]


def target_tables(rows: Sequence[TargetYear]) -> list[Table]:
    """All tables of the targets given."""
    found = target_lines(rows)
    return [target_table(found), reliability_table(found)] if found else []


def how_many(found: Sequence[Fallen]) -> Text:
    """How many comparisons there are, and of how many different figures."""
    different = len({(figure.indicator, figure.year) for figure in found})
    return Text(
        f"n = {len(found)}，其中不同的公布数 {different} 个", f"n = {len(found)}, of {different} different figures"
    )


def region_counts(found: Sequence[Fallen]) -> Table:
    """How many figures of one region lay in which interval."""
    heads = [Text("以哪年数据预测", "as of"), Text("向前几年", "years ahead"), Text("可比公布数", "figures")]
    heads += [Text(f"{width}%区间内", f"in {width} %") for width in INTERVALS]
    rows = tuple(_count_row(count) for count in counts(found))
    title = Text("公布数落在预测区间内的个数（记录，不是评分）", "figures inside the intervals (a record, not a score)")
    return Table(title, tuple(heads), rows, 0)


def _count_row(count: Count) -> tuple[Text, ...]:
    inside = (f"{n}（{100 * n / count.figures:.0f}%）" for n in count.inside)
    return tuple(map(same, (str(count.as_of), str(count.horizon), str(count.figures), *inside)))


def region_figures(found: Sequence[Fallen], as_of: int | None = None) -> Table:
    """Where each figure fell; `as_of` picks one year."""
    names = read_names(data_path("calibration") / "indicators.yaml")
    heads = (
        *(Text("指标", "indicator"), Text("单位", "unit"), Text("以哪年", "as of"), Text("年份", "year")),
        *(Text("公布数", "reported"), same("p05"), same("p50"), same("p95"), Text("百分位", "percentile")),
    )
    rows = tuple(
        (
            name_of(figure.indicator, names),
            same(figure.unit),
            *(same(str(year)) for year in (figure.as_of, figure.year)),
            *(same(f"{value:.4g}") for value in (figure.reported, figure.p05, figure.p50, figure.p95)),
            same(place(figure.percentile)),
        )
        for figure in found
        if as_of in (None, figure.as_of)
    )
    return Table(Text("各公布数落在预测的哪里", "where each reported figure fell"), heads, rows, 2)


def place(percentile: float) -> str:
    """A percentile as printed: the ends are not certain."""
    return "<1" if percentile < 0.5 else ">99" if percentile > 99.5 else f"{percentile:.0f}"
