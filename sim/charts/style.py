"""Sizes, colours, numbers and the drawing context that the figures share.

Lengths are in points (1/72 inch), so that text and drawing share one unit on the page.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import matplotlib.style
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import LinearSegmentedColormap, to_rgb
from matplotlib.figure import Figure
from matplotlib.text import Text as DrawnText

from sim.charts.fonts import ChartFont
from sim.language import Text

POINTS_PER_CM = 72 / 2.54
PAGE_WIDTH = 15.6 * POINTS_PER_CM  # width of the type area of GB/T 9704
PAGE_HEIGHT = 22.5 * POINTS_PER_CM
SIZE, SMALL, TINY = 9.0, 8.0, 7.0  # points
LINE = 1.35  # line height as a multiple of the size
MIDDLE_OF_LETTERS = 0.365  # of a digit or a hanzi above the baseline, as a multiple of the size
COLOURS = LinearSegmentedColormap.from_list("attainment", ["#fbecd0", "#9db9c4", "#17507a"])
INK, GREY, RULE = "#1a1a1a", "#5a5a5a", "#c4c4c4"

# Settings for drawing and saving: hash salt and font types decide whether files are equal byte by byte.
SETTINGS: dict[str, Any] = {
    "svg.fonttype": "path",
    "svg.hashsalt": "regional-simulator",
    "pdf.fonttype": 42,
    "text.hinting": "no_hinting",
    "text.usetex": False,
    "text.parse_math": False,
    "axes.unicode_minus": True,
    "hatch.linewidth": 0.5,
}

MODEL_VALUES = Text("模型推算值，非统计数据", "model values, not official statistics")
SOURCE = Text("资料来源：", "Source: ")
NOTE = Text("注：", "Note: ")
UNIT = Text("单位：", "Unit: ")


@contextmanager
def drawing_style() -> Iterator[None]:
    """matplotlib's own defaults plus `SETTINGS`, whatever the user's matplotlibrc says; then restored."""
    with matplotlib.style.context(["default", SETTINGS]):
        yield


def blank_figure(width: float, height: float) -> Figure:
    """An empty white figure of `width` × `height` points."""
    return Figure(figsize=(width / 72, height / 72), facecolor="white")


def place_axes(figure: Figure, left: float, bottom: float, width: float, height: float) -> Axes:
    """Axes at a place given in points from the lower left corner of `figure`."""
    total_width, total_height = (inches * 72 for inches in figure.get_size_inches())
    box = (left / total_width, bottom / total_height, width / total_width, height / total_height)
    return figure.add_axes(box)


def write(
    figure: Figure, font: ChartFont, x: float, y: float, text: str, size: float = SMALL, **options: Any
) -> DrawnText:
    """Text at (`x`, `y`) points from the lower left corner; raises ChartError for a missing glyph."""
    font.require(text)
    width, height = (inches * 72 for inches in figure.get_size_inches())
    settings: dict[str, Any] = {"color": INK, "linespacing": LINE, "va": "baseline"} | options
    return figure.text(x / width, y / height, text, fontproperties=font.properties(size), parse_math=False, **settings)


def write_block(
    figure: Figure,
    font: ChartFont,
    x: float,
    y: float,
    text: str,
    size: float = SMALL,
    anchor: str = "middle",
    **options: Any,
) -> None:
    """The lines of `text` at an even pitch, hung by their "top", "middle" or "bottom" at height `y`.

    Each line is a text of its own: matplotlib's pitch depends on which letters a line happens to hold, and
    neighbours in a table would not share a baseline.
    """
    lines = text.split("\n")
    height = block_height(text, size)
    top = y + {"top": 0.0, "middle": height / 2, "bottom": height}[anchor]
    for index, line in enumerate(lines):
        baseline = top - (index + 0.5) * size * LINE - MIDDLE_OF_LETTERS * size
        write(figure, font, x, baseline, line, size, **options)


def block_height(text: str, size: float) -> float:
    """Height in points of the lines of `text`; zero for an empty one."""
    return size * LINE * (text.count("\n") + 1) if text else 0.0


def footer(font: ChartFont, source: str, notes: str, lang: str, width: float) -> str:
    """The lines below a figure: the note that these are model values, then the source."""
    stop = "。" if lang == "zh" else "."
    said = MODEL_VALUES.pick(lang) + (("；" if lang == "zh" else "; ") + notes if notes else "")
    said = said[:1].upper() + said[1:]
    lines = [NOTE.pick(lang) + said.rstrip("。.") + stop]
    if source:
        lines.append(SOURCE.pick(lang) + source.rstrip("。.") + stop)
    return font.wrap("\n".join(lines), TINY, width)


def number(value: float, decimals: int, lang: str) -> str:
    """`value` with a true minus sign; English groups thousands, Chinese statistics do not."""
    rounded = round(value, decimals) + 0.0  # adding zero turns −0.0 into 0.0
    shown = f"{rounded:,.{decimals}f}" if lang == "en" else f"{rounded:.{decimals}f}"
    return shown.replace("-", "−")


def shown_probability(probability: float) -> float:
    """The probability as printed, rounded half up to 5 points; 0 and 1 stand for `<5%` and `>95%`.

    Raises ValueError outside 0–1.
    """
    if not 0.0 <= probability <= 1.0:
        raise ValueError(f"probability {probability!r} outside 0–1")
    if probability < 0.05:
        return 0.0
    if probability > 0.95:
        return 1.0
    return math.floor(probability * 20 + 0.5 + 1e-9) / 20


def probability_words(probability: float) -> str:
    """A probability in the words of the tables: `<5%`, `5%`, `10%`, …, `95%`, `>95%`."""
    shown = shown_probability(probability)
    return "<5%" if shown == 0.0 else ">95%" if shown == 1.0 else f"{round(shown * 100)}%"


def _boxes(figure: Figure) -> list[tuple[str, float, float, float, float]]:
    """Every visible text with its box in points: (text, left, bottom, right, top)."""
    with drawing_style():
        canvas = FigureCanvasAgg(figure)
        figure.draw_without_rendering()  # sets the places of tick labels; text need not be drawn to be measured
        renderer = canvas.get_renderer()  # type: ignore[no-untyped-call]
        found = []
        for drawn in figure.findobj(DrawnText):
            assert isinstance(drawn, DrawnText)
            if drawn.get_visible() and drawn.get_text().strip():
                box = drawn.get_window_extent(renderer)
                scale = 72 / figure.dpi
                found.append((drawn.get_text(), *(edge * scale for edge in (box.x0, box.y0, box.x1, box.y1))))
    return found


def overflowing(figure: Figure, tolerance: float = 0.5) -> tuple[str, ...]:
    """Texts that leave the figure by more than `tolerance` points."""
    width, height = (inches * 72 for inches in figure.get_size_inches())
    return tuple(
        text
        for text, left, bottom, right, top in _boxes(figure)
        if min(left, bottom) < -tolerance or right > width + tolerance or top > height + tolerance
    )


def overlapping(figure: Figure, tolerance: float = 1.0) -> tuple[tuple[str, str], ...]:
    """Pairs of texts whose boxes run into each other by more than `tolerance` points both ways."""
    boxes = _boxes(figure)
    return tuple(
        (one[0], other[0])
        for index, one in enumerate(boxes)
        for other in boxes[index + 1 :]
        if _shared(one[1:], other[1:]) > tolerance
    )


def _shared(one: Sequence[float], other: Sequence[float]) -> float:
    across = min(one[2], other[2]) - max(one[0], other[0])
    along = min(one[3], other[3]) - max(one[1], other[1])
    return min(across, along)


def _luminance(colour: str) -> float:
    """Relative luminance of WCAG 2: 0 for black, 1 for white."""
    parts = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour))
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours after WCAG 2, from 1 (equal) to 21 (black on white)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def cell_colours(probability: float) -> tuple[str, str]:
    """Fill and ink of a cell; one colour for each printed number."""
    red, green, blue, _ = COLOURS(shown_probability(probability))
    fill = "#" + "".join(f"{round(part * 255):02x}" for part in (red, green, blue))
    with_white, with_ink = contrast(fill, "#ffffff"), contrast(fill, INK)
    return fill, "#ffffff" if with_white > with_ink else INK
