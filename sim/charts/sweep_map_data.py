"""What the map of a sweep over two axes shows, and the words of its caption; no drawing here."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sim.charts.fonts import ChartError
from sim.language import Text

PROBABILITY = Text("达成概率", "Probability")


@dataclass(frozen=True, slots=True)
class MapScale:
    """One axis of the map: its name with the unit, and its cells.

    `marks` are the values of the cells or, where `between` says so, the ends of the cells, one more than there are.
    """

    label: Text
    marks: tuple[float, ...]
    between: bool = False

    @property
    def cells(self) -> int:
        """Number of cells along the axis."""
        return len(self.marks) - 1 if self.between else len(self.marks)


@dataclass(frozen=True, slots=True)
class SweepMapData:
    """`probability[i][j]`: cell i upwards and j across, None where no point of the sweep lies.

    `target` is what is reached; `notes` say what a cell stands for; `standard_error` is the largest of the cells, 0-1.
    """

    target: Text
    across: MapScale
    up: MapScale
    probability: tuple[tuple[float | None, ...], ...]
    notes: Text
    source: Text
    standard_error: float

    def __post_init__(self) -> None:
        """Raise ChartError when the cells do not match the axes or hold no probability at all."""
        shape_fits = len(self.probability) == self.up.cells > 0 and self.across.cells > 0
        if not shape_fits or any(len(row) != self.across.cells for row in self.probability):
            raise ChartError(Text("热力图的格数与两条轴不符。", "cells do not match the axes."))
        known = [cell for row in self.probability for cell in row if cell is not None]
        if not known or not all(math.isfinite(cell) and 0.0 <= cell <= 1.0 for cell in known):
            raise ChartError(Text("热力图没有概率，或不在0至1之间。", "no probability, or one outside 0–1."))

    @property
    def has_gaps(self) -> bool:
        """Whether some cell holds no point."""
        return any(cell is None for row in self.probability for cell in row)


def map_title(data: SweepMapData, lang: str) -> str:
    """What the colours say."""
    return PROBABILITY.pick(lang) + ("：" if lang == "zh" else ": ") + data.target.pick(lang)


def sweep_map_caption(data: SweepMapData, lang: str = "zh") -> str:
    """The figure's title with what a reader needs to read the numbers."""
    error = f"{100 * data.standard_error:.1f}"
    across, up = data.across.label.pick(lang), data.up.label.pick(lang)
    if lang == "zh":
        said = f"{map_title(data, lang)}，横轴：{across}，纵轴：{up}"
        return f"{said}（取整到5个百分点，抽样标准误不超过{error}个百分点）"
    said = f"{map_title(data, lang)}; across: {across}, upwards: {up}"
    return f"{said} (rounded to 5 points, sampling standard error at most {error} points)"
