"""A figure drawn in points: one pair of axes over the whole of it, scales across, and the lines below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from sim.charts.fonts import ChartFont
from sim.charts.style import (
    GREY,
    MIDDLE_OF_LETTERS,
    PAGE_WIDTH,
    RULE,
    SMALL,
    TINY,
    blank_figure,
    place_axes,
    write,
    write_block,
)

MARGIN = 6.0  # points
INNER = PAGE_WIDTH - 2 * MARGIN
TICK_ROOM = TINY * 1.35 + 3.0  # below a scale, for its numbers


@dataclass(frozen=True, slots=True)
class Page:
    """A figure with axes whose units are points from its lower left corner."""

    figure: Figure
    axes: Axes
    font: ChartFont
    lang: str

    def text(self, x: float, y: float, text: str, size: float = SMALL, anchor: str = "middle", **options: Any) -> None:
        """Lines of text hung at height `y` by their "top", "middle" or "bottom"."""
        if text:
            write_block(self.figure, self.font, x, y, text, size, anchor, **options)

    def line(self, xs: tuple[float, ...], ys: tuple[float, ...], **options: Any) -> None:
        """A line through points; black and thin unless told otherwise."""
        settings: dict[str, Any] = {"color": GREY, "linewidth": 0.6} | options
        self.axes.add_line(Line2D(xs, ys, **settings))

    def box(self, x: float, y: float, width: float, height: float, **options: Any) -> None:
        """A rectangle from its lower left corner."""
        settings: dict[str, Any] = {"linewidth": 0} | options
        gid = settings.pop("gid", None)
        patch = Rectangle((x, y), width, height, **settings)
        patch.set_gid(gid)
        self.axes.add_patch(patch)

    def whisker(self, low: float, high: float, y: float, colour: str, cap: float = 2.2, **options: Any) -> None:
        """A range drawn across: a line with caps."""
        self.line((low, high), (y, y), color=colour, linewidth=0.9, solid_capstyle="butt", **options)
        for x in (low, high):
            self.line((x, x), (y - cap, y + cap), color=colour, linewidth=0.9)

    def mark(self, x: float, y: float, shape: str, size: float, colour: str, **options: Any) -> None:
        """A mark of `size` points."""
        settings: dict[str, Any] = {"marker": shape, "markersize": size, "color": colour, "linestyle": "none"}
        self.axes.add_line(Line2D([x], [y], **(settings | options)))


@dataclass(frozen=True, slots=True)
class Scale:
    """Values across the page: `low` stands at `left`, `high` at `right`, in points."""

    low: float
    high: float
    left: float
    right: float

    def x(self, value: float) -> float:
        """Points from the left edge of the page."""
        return self.left + (value - self.low) / (self.high - self.low) * (self.right - self.left)

    def draw(self, page: Page, bottom: float, top: float, ticks: dict[float, str], drop: float = 2.0) -> None:
        """Thin lines upwards at the ticks, their numbers `drop` points below."""
        for value, text in ticks.items():
            x = self.x(value)
            page.line((x, x), (bottom, top), color=RULE, linewidth=0.45, zorder=0.5)
            y = bottom - drop - TINY * 0.5 - MIDDLE_OF_LETTERS * TINY
            write(page.figure, page.font, x, y, text, TINY, ha="center", color=GREY)


def blank_page(height: float, font: ChartFont, lang: str, name: str, width: float = PAGE_WIDTH) -> Page:
    """An empty page of `height` points; `name` is what programs read of its axes."""
    figure = blank_figure(width, height)
    axes = place_axes(figure, 0, 0, width, height)
    axes.set(xlim=(0, width), ylim=(0, height), label=name)
    axes.set_axis_off()
    return Page(figure, axes, font, lang)


def with_unit(name: str, unit: str, lang: str) -> str:
    """A name with its unit in brackets, unless it ends with brackets of its own that hold it."""
    if not unit or name.rstrip("）) ").endswith(unit):
        return name
    return f"{name}（{unit}）" if lang == "zh" else f"{name} ({unit})"


def round_ticks(low: float, high: float, most: int = 6, least: float | None = None) -> tuple[list[float], int]:
    """Round values below, between and above, none below `least`, and the decimals they need."""
    locator = MaxNLocator(nbins=most, steps=[1, 2, 2.5, 5, 10])
    ticks = [float(tick) for tick in locator.tick_values(low, high)]
    if least is not None:
        ticks = [tick for tick in ticks if tick >= least]
    step = ticks[1] - ticks[0]
    decimals = next((d for d in range(6) if abs(round(step, d) - step) < 1e-9 * abs(step)), 6)
    return ticks, decimals
