"""Figure of the proof where the truth is known: how far ranks of truths are from uniform, quantity by quantity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.charts.fonts import ChartFont, find_font
from sim.charts.save import save
from sim.charts.style import (
    GREY,
    INK,
    PAGE_WIDTH,
    RULE,
    SMALL,
    TINY,
    blank_figure,
    drawing_style,
    number,
    place_axes,
    write,
)
from sim.conditioning.proof import AS_DRAWN, Result
from sim.conditioning.ranks import DRAWS, Band, Ranks, band_of, shares
from sim.conditioning.synthetic import label_of
from sim.language import Text

COLUMNS = 4
PANEL_HEIGHT, GAP, LABEL, LEFT, TOP, BOTTOM = 58.0, 8.0, 14.0, 26.0, 20.0, 44.0
BAND_COLOUR, OUTSIDE_COLOUR = "#c9dbe3", "#a33b20"
TITLE = Text("真值在后验中的秩：经验分布与均匀分布之差", "Ranks of truths: empirical less uniform distribution")
EXPLAINED = Text(
    "阴影为{count}个合成地区的95%同时置信带；曲线出带者标红。横轴为秩（0—1），纵轴为差。",
    "shaded: simultaneous 95 % band for {count} made-up regions; curves that leave it are red. Across: rank, 0 to 1.",
)


def draw_proof(results: Iterable[Result], folder: Path, lang: str = "zh") -> tuple[Path, ...]:
    """Write the figure of the regions as drawn into `folder` as proof.png and proof.svg."""
    ranks: dict[str, list[int]] = {}
    for one in results:
        for name, rank in one.ranks.items() if one.cohort == AS_DRAWN else ():
            ranks.setdefault(name, []).append(rank)
    labels = {name: label for name in ranks if (label := label_of(name)) is not None}
    return save(proof_figure({name: ranks[name] for name in labels}, labels, lang), folder, "proof")


def proof_figure(ranks: Mapping[str, Sequence[int]], labels: Mapping[str, Text], lang: str = "zh") -> Figure:
    """One panel for each quantity, in the order given: difference of the distribution of its ranks to the uniform.

    ranks : quantity -> ranks, 0 to DRAWS; labels : what quantities are called, their names where none is given.
    Raises ValueError without quantities, ChartError for a glyph the font lacks.
    """
    if not ranks:
        raise ValueError("no quantities")
    font = find_font()
    rows = -(-len(ranks) // COLUMNS)
    pitch = PANEL_HEIGHT + LABEL + GAP
    height = TOP + rows * pitch + BOTTOM
    width = (PAGE_WIDTH - LEFT) / COLUMNS
    limit = _limit(ranks)
    with drawing_style():
        figure = blank_figure(PAGE_WIDTH, height)
        write(figure, font, LEFT, height - TOP + 6.0, TITLE.pick(lang), SMALL)
        for place, (name, values) in enumerate(ranks.items()):
            row, column = divmod(place, COLUMNS)
            bottom = height - TOP - (row + 1) * pitch + GAP
            left = LEFT + column * width
            axes = place_axes(figure, left, bottom, width - 10.0, PANEL_HEIGHT)
            label = labels[name].pick(lang) if name in labels else name
            write(figure, font, left, bottom + PANEL_HEIGHT + 3.0, label, TINY)
            _panel(axes, np.asarray(values), limit)
            _ticks(axes, font, limit, first=column == 0, last=place + COLUMNS >= len(ranks), lang=lang)
        most = max(len(values) for values in ranks.values())
        write(figure, font, LEFT, 12.0, EXPLAINED.pick(lang).format(count=most), TINY, color=GREY)
    return figure


def _limit(ranks: Mapping[str, Sequence[int]]) -> float:
    """Largest difference shown, the same in all panels."""
    points = np.arange(1, DRAWS + 1) / (DRAWS + 1.0)
    largest = 0.0
    for values in ranks.values():
        band = band_of(len(values))
        curve = shares(np.asarray(values)) - points
        largest = max(largest, float(np.abs(curve).max()), float((band.high - points).max()))
    return float(np.ceil(largest * 20.0) / 20.0)


def _panel(axes: Axes, values: Ranks, limit: float) -> None:
    band: Band = band_of(len(values))
    curve = shares(values)
    inside = bool(((curve >= band.low) & (curve <= band.high)).all())
    axes.fill_between(band.points, band.low - band.points, band.high - band.points, color=BAND_COLOUR, linewidth=0)
    axes.axhline(0.0, color=RULE, linewidth=0.6)
    axes.plot(band.points, curve - band.points, color=INK if inside else OUTSIDE_COLOUR, linewidth=0.9)
    axes.set_xlim(0.0, 1.0)
    axes.set_ylim(-limit, limit)


def _ticks(axes: Axes, font: ChartFont, limit: float, *, first: bool, last: bool, lang: str) -> None:
    axes.set_xticks([0.0, 0.5, 1.0])
    axes.set_yticks([-limit, 0.0, limit])
    axes.set_xticklabels(["0", number(0.5, 1, lang), "1"] if last else [], fontproperties=font.properties(TINY))
    shown = [number(value, 2, lang) for value in (-limit, 0.0, limit)]
    axes.set_yticklabels(shown if first else [], fontproperties=font.properties(TINY))
    axes.tick_params(length=2.0, width=0.5, color=RULE, pad=2.0)
    for side in axes.spines.values():
        side.set_color(RULE)
        side.set_linewidth(0.5)
