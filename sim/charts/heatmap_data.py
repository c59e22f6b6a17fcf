"""What an attainment heat map shows, and the words of its caption; no drawing here."""

from __future__ import annotations

from dataclasses import dataclass, field

from sim.charts.fonts import ChartError
from sim.language import Text

TARGET = Text("目标值", "Target")


@dataclass(frozen=True, slots=True)
class HeatmapCell:
    """One probability in 0–1, or None with a short reason such as 无基数, 未量化."""

    probability: float | None
    reason: Text | None = None


@dataclass(frozen=True, slots=True)
class HeatmapTarget:
    """One row: the indicator's name and the target, both verbatim; `category` heads a group of rows."""

    label: Text
    target_text: Text
    year: int
    category: Text | None = None


@dataclass(frozen=True, slots=True)
class HeatmapData:
    """`cells[i][j]`: target i in scenario j. `standard_error`: the largest of the cells, 0–1."""

    scenarios: tuple[Text, ...]
    targets: tuple[HeatmapTarget, ...]
    cells: tuple[tuple[HeatmapCell, ...], ...]
    source: Text
    notes: Text = field(default=Text("", ""))
    standard_error: float | None = None

    def __post_init__(self) -> None:
        """Raise ChartError when the table is empty, ragged, or a cell holds no probability and no reason."""
        shape_fits = len(self.cells) == len(self.targets) > 0 and len(self.scenarios) > 0
        if not shape_fits or any(len(row) != len(self.scenarios) for row in self.cells):
            wrong = Text("热力图的行列数与指标、情景数不符。", "cells do not match targets × scenarios.")
            raise ChartError(wrong)
        for target, row in zip(self.targets, self.cells, strict=True):
            for cell in row:
                _require_meaning(target, cell)


def _require_meaning(target: HeatmapTarget, cell: HeatmapCell) -> None:
    zh, en = target.label.zh, target.label.en
    if cell.probability is None and cell.reason is None:
        raise ChartError(Text(f"“{zh}”没有概率，也没有原因。", f'"{en}" has no probability and no reason.'))
    if cell.probability is not None and not 0.0 <= cell.probability <= 1.0:
        shown = cell.probability
        wrong = Text(f"“{zh}”的概率 {shown} 不在0至1之间。", f'"{en}": probability {shown} outside 0–1.')
        raise ChartError(wrong)


def target_shown(data: HeatmapData, target: HeatmapTarget, lang: str) -> str:
    """The wording of a target, with its year when the rows differ in year."""
    text = target.target_text.pick(lang)
    if len({other.year for other in data.targets}) == 1:
        return text  # the common year stands in the head of the column
    return f"{text}（{target.year}年）" if lang == "zh" else f"{text} ({target.year})"


def target_header(data: HeatmapData, lang: str) -> str:
    """Head of the column of targets, with the year that all rows share."""
    years = {target.year for target in data.targets}
    if len(years) > 1:
        return TARGET.pick(lang)
    return f"{years.pop()}年{TARGET.zh}" if lang == "zh" else f"{TARGET.en} {years.pop()}"


def heatmap_caption(data: HeatmapData, lang: str = "zh") -> str:
    """The figure's title with what a reader needs to read the numbers."""
    error = data.standard_error
    if lang == "zh":
        said = "各情景下规划目标的达成概率（取整到5个百分点"
        return said + (f"，抽样标准误不超过{error * 100:.1f}个百分点）" if error is not None else "）")
    said = "Probability of reaching each target by scenario (rounded to 5 points"
    limit = f", sampling standard error at most {error * 100:.1f} points)" if error is not None else ")"
    return said + limit
