"""Small figures with known content, and ways to read them, for the tests of figures."""

from __future__ import annotations

from dataclasses import replace

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text as DrawnText

from sim.charts import FanData, FanTarget, HeatmapCell, HeatmapData, HeatmapTarget, style
from sim.language import Text

SOURCE = Text("规划纲要", "the plan")
LONG_NAME = "规模以上工业企业中有研发活动的企业占比与战略性新兴产业增加值占规模以上工业增加值比重之和（%）"


def fan(**changes: object) -> FanData:
    """Marine share from 37 in 2020; the median gains 1 a year, quantiles lie 1, 2, 3 to each side."""
    years = tuple(range(2021, 2026))
    median = tuple(37.0 + year - 2020 for year in years)
    offsets = {"p05": -3, "p10": -2, "p25": -1, "p50": 0, "p75": 1, "p90": 2, "p95": 3}
    quantiles = {name: tuple(value + offset for value in median) for name, offset in offsets.items()}
    target = FanTarget(Text("≥42", "≥42"), 42.0, 2025, None, 0.43, 0.0035, 0.31, 0.58)
    data = FanData(
        indicator=Text("海洋经济增加值占比", "Marine share"),
        unit=Text("%", "%"),
        scenario=Text("基准情景", "Baseline"),
        base_year=2020,
        reported=((2019, 36.5), (2020, 37.0)),
        years=years,
        **quantiles,
        source=SOURCE,
        targets=(target,),
    )
    return replace(data, **changes)


def heat(scenarios: int, targets: int, label: str = "地区生产总值增长率（%）") -> HeatmapData:
    cells = tuple(
        tuple(
            HeatmapCell(None, Text("无基数", "no baseline"))
            if row % 5 == 4
            else HeatmapCell(((row + column) % 11) / 10)
            for column in range(scenarios)
        )
        for row in range(targets)
    )
    names = tuple(Text(f"海洋经济加速情景{index}", f"Manufacturing {index}") for index in range(scenarios))
    rows = tuple(
        HeatmapTarget(Text(label, "GDP growth (%)"), Text("8左右", "about 8"), 2025 + row % 2) for row in range(targets)
    )
    return HeatmapData(names, rows, cells, SOURCE, standard_error=0.0035)


def texts(figure: Figure) -> list[str]:
    return [drawn.get_text() for drawn in figure.findobj(DrawnText) if drawn.get_visible() and drawn.get_text()]


def by_gid(figure: Figure, gid: str) -> str:
    return "".join(drawn.get_text() for drawn in figure.texts if drawn.get_gid() == gid)


def line(figure: Figure, gid: str) -> Line2D:
    return next(line for line in figure.axes[0].lines if line.get_gid() == gid)


def is_legible(figure: Figure) -> None:
    assert style.overflowing(figure) == ()
    assert style.overlapping(figure) == ()
