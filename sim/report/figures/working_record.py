"""The record of forecasts: what was said beside what was found, from the hindcasts that come with the program."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.errors import InputError
from sim.hindcast.board import MODEL, Line, lines
from sim.hindcast.record import REGIONS, SCORES, TARGETS, TargetYear, YearScore, committed, read_rows
from sim.hindcast.region import INTERVALS, Fallen
from sim.hindcast.target_board import target_lines
from sim.language import Text
from sim.material import Material
from sim.report.blocks import Figure, Missing
from sim.report.editions import Edition
from sim.report.figures.working_parts import drawn, missing

if TYPE_CHECKING:
    from sim.charts.reliability import ReliabilityData, ReliabilityRow, Section

WHAT = Text("回测可靠性", "reliability in hindcasts")
VARIABLES = {
    "gdp_growth": Text("年度增速", "Annual growth"),
    "gdp_growth_cumulative": Text("累计增长", "Cumulative growth"),
    "secondary_share": Text("第二产业比重", "Secondary share"),
    "tertiary_share": Text("第三产业比重", "Tertiary share"),
}
BINS = (
    Text("概率低于1/3", "Probability below 1/3"),
    Text("概率1/3—2/3", "1/3 to 2/3"),
    Text("概率高于2/3", "above 2/3"),
)
READING = "one_sided"  # 左右 as it is counted in results: met from the lower end up
NOTES = Text(
    "数字为“所说→实际”：区间覆盖依次为50%、80%、90%区间里应有和实有的比例，概率为所报平均值和实际完成的比例；同年各省同涨同落，"
    "独立的样本远少于个数；横线为两倍标准误，按年份计算",
    "numbers are said→found: shares that 50, 80 and 90 % ranges should hold and held, mean probability and share met; "
    "regions move together within a year, so that there are far fewer independent cases; lines: two standard errors, "
    "by years",
)
SOURCE = Text(
    "随程序提交的回测记录（calibration/hindcast），历年只用当年已有的数推算，再与后来的公布数相比",
    "hindcasts that come with the program (calibration/hindcast), made with the figures of their year only",
)


def reliability(material: Material, edition: Edition, lang: str) -> Figure | Missing:
    """What was said and what was found, under a lock where there is one, and the region's own record."""
    try:
        scores = [row for row in read_rows(committed(SCORES), YearScore) if row.forecaster == MODEL]
        targets = [row for row in read_rows(committed(TARGETS), TargetYear) if row.forecaster == MODEL]
        figures = [row for row in read_rows(committed(REGIONS), Fallen) if row.region == material.pack.id]
    except InputError as error:
        return missing(WHAT, error.problems[0].text)
    data = reliability_data(scores, targets, figures, material.pack.label)
    if data is None:
        return missing(WHAT, Text("还没有回测记录", "there is no record of hindcasts yet"))

    title = data.title.pick(lang)
    return Figure(
        "reliability",
        title,
        drawn("reliability:reliability_chart", data, lang),
        _spoken(data, title, lang),
        None,
        "reliability",
    )


def _spoken(data: ReliabilityData, title: str, lang: str) -> str:
    told = [
        f"{row.label.pick(lang)} " + "、".join(f"{100 * k.said:.0f}%→{100 * k.found:.0f}%" for k in row.shares)
        for section in data.sections
        for row in section.rows
    ]
    return f"{title}。{'；'.join(told)}。" if lang == "zh" else f"{title}. {'; '.join(told)}.".replace("、", ", ")


def reliability_data(
    scores: Sequence[YearScore], targets: Sequence[TargetYear], figures: Sequence[Fallen], region: Text
) -> ReliabilityData | None:
    """Sections for ranges, for probabilities of targets and for the region's own figures, those that there are."""
    from sim.charts.reliability import ReliabilityData

    locked = [row for row in scores if row.locked] or list(scores)
    judged = [row for row in targets if row.reading == READING and row.origin in {s.origin for s in locked}]
    sections = [s for s in (_ranges(locked), _targets(judged), _own(figures, region)) if s is not None]
    if not sections:
        return None
    title = Text(
        "所说的把握与实际：回测中的区间覆盖和完成概率", "Said and found: coverage and probabilities in hindcasts"
    )
    return ReliabilityData(title, tuple(sections), SOURCE, NOTES)


def _origins(origins: Sequence[int], locked: bool) -> Text:
    first, last = min(origins), max(origins)
    zh, en = (f"{first}—{last}年" if first < last else f"{first}年"), f"{first}–{last}" if first < last else f"{first}"
    return Text(
        f"{zh}为起点{'，锁定后计分' if locked else ''}", f"origins {en}{', scored under a lock' if locked else ''}"
    )


def _ranges(rows: Sequence[YearScore]) -> Section | None:
    from sim.charts.reliability import Section

    if not rows:
        return None
    made = _origins([row.origin for row in rows], all(row.locked for row in rows))
    count = max(row.regions for row in rows)
    heading = Text(f"{count}个地区：落在预测区间里的比例（{made.zh}）", f"{count} regions: within ranges ({made.en})")
    return Section(heading, tuple(_range_row(line) for line in lines(rows)))


def _range_row(line: Line) -> ReliabilityRow:
    from sim.charts.reliability import Kept, ReliabilityRow

    name = VARIABLES[line.variable]
    label = Text(f"{name.zh}，{line.horizon}年", f"{name.en}, {line.horizon} y")
    found = (line.coverage_50, line.coverage_80, line.coverage_90)
    shares = tuple(Kept(width / 100.0, share) for width, share in zip(INTERVALS, found, strict=True))
    return ReliabilityRow(label, _cases(line.cases), shares)


def _targets(rows: Sequence[TargetYear]) -> Section | None:
    from sim.charts.reliability import Kept, ReliabilityRow, Section

    board = target_lines(rows)
    bins = [(BINS[place], one) for place, one in enumerate(board[0].bins) if one.cases] if board else []
    if not bins:
        return None
    made = _origins([row.origin for row in rows], all(row.locked for row in rows))
    heading = Text(f"年度增速目标：完成的比例（{made.zh}）", f"Annual growth targets: share met ({made.en})")
    return Section(
        heading,
        tuple(
            ReliabilityRow(label, _cases(one.cases), (Kept(one.forecast, one.frequency, _finite(one.standard_error)),))
            for label, one in bins
        ),
    )


def _finite(value: float) -> float | None:
    return None if value != value else value


def _own(figures: Sequence[Fallen], region: Text) -> Section | None:
    """The region's own figures, by how far ahead they were."""
    from sim.charts.reliability import Kept, ReliabilityRow, Section

    rows = []
    for horizon in sorted({figure.horizon for figure in figures}):
        own = [figure for figure in figures if figure.horizon == horizon]
        shares = tuple(Kept(w / 100.0, sum(f.inside(w) for f in own) / len(own)) for w in INTERVALS)
        rows.append(
            ReliabilityRow(Text(f"{horizon}年后的公布数", f"Figures {horizon} y ahead"), _cases(len(own)), shares)
        )
    heading = Text(
        f"{region.zh}自己的公布数（只作记录：彼此牵连，先验写于部分数字公布之后）",
        f"Figures of {region.en} itself (a record only: they hang together)",
    )
    return Section(heading, tuple(rows)) if rows else None


def _cases(count: int) -> Text:
    return Text(f"{count}个", f"n={count}")
