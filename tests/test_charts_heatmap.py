"""The attainment heat map: cells, colours, wrapped names, and that it is legible."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from sim.charts import ChartError, HeatmapCell, attainment_heatmap, heatmap_caption, style
from sim.language import Text
from tests.chart_examples import LONG_NAME, by_gid, heat, is_legible, texts


@pytest.mark.parametrize(
    ("probability", "shown"),
    [
        (0.0, "<5%"), (0.0499, "<5%"), (0.05, "5%"), (0.074, "5%"), (0.125, "15%"), (0.575, "60%"),
        (0.43, "45%"), (0.95, "95%"), (0.9501, ">95%"), (1.0, ">95%"),
    ],
)  # fmt: skip
def test_probabilities_are_rounded_to_five_points(probability: float, shown: str) -> None:
    assert style.probability_words(probability) == shown


@pytest.mark.parametrize("probability", [-0.1, 1.1, math.nan])
def test_a_probability_outside_its_range_is_refused(probability: float) -> None:
    with pytest.raises(ValueError, match="outside"):
        style.probability_words(probability)


def test_heatmap_prints_each_cell_and_merges_equal_reasons() -> None:
    figure = attainment_heatmap(heat(3, 5))
    assert [by_gid(figure, f"cell:0:{column}") for column in range(3)] == ["<5%", "10%", "20%"]
    assert by_gid(figure, "cell:4:0") == "无基数"
    patches = {patch.get_gid(): patch for patch in figure.axes[0].patches if patch.get_gid()}
    assert patches["cell:4:0"].get_hatch()
    assert patches["cell:4:0"].get_width() > 2 * patches["cell:0:0"].get_width()
    assert "cell:4:1" not in patches
    assert patches["cell:0:0"].get_facecolor()[:3] == pytest.approx(to_rgb("#fbecd0"), abs=0.005)
    assert by_gid(figure, "scenario:2") == "海洋经济加速情景2"
    assert by_gid(figure, "target:0") == "地区生产总值增长率（%）"


def test_different_reasons_stay_apart() -> None:
    row = (HeatmapCell(None, Text("无基数", "no baseline")), HeatmapCell(None, Text("未量化", "not quantified")))
    figure = attainment_heatmap(replace(heat(2, 1), cells=(row,)))
    assert (by_gid(figure, "cell:0:0"), by_gid(figure, "cell:0:1")) == ("无基数", "未量化")


def test_colours_are_fixed_and_darken_steadily() -> None:
    fills = [to_rgb(style.cell_colours(step / 20)[0]) for step in range(21)]
    for step, colour in ((0, "#fbecd0"), (10, "#9db9c4"), (20, "#17507a")):
        assert fills[step] == pytest.approx(to_rgb(colour), abs=0.005)
    grey = [float(np.dot(fill, (0.299, 0.587, 0.114))) for fill in fills]
    assert all(lighter - darker > 0.01 for lighter, darker in pairwise(grey))
    for step in range(21):
        fill, ink = style.cell_colours(step / 20)
        assert style.contrast(fill, ink) >= 4.0


def test_contrast_of_black_and_white() -> None:
    assert style.contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert style.contrast("#ffffff", "#ffffff") == 1.0


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("scenarios", "targets"), [(1, 3), (1, 40), (5, 25), (10, 3), (10, 40)])
def test_heatmap_is_legible_at_every_size(scenarios: int, targets: int, lang: str) -> None:
    figure = attainment_heatmap(heat(scenarios, targets), lang)
    is_legible(figure)
    width, height = figure.get_size_inches() * 2.54
    assert width == pytest.approx(15.6)
    assert height <= 22.5
    assert min(drawn.get_fontsize() for drawn in figure.texts) >= 6.0


def test_long_wordings_of_targets_are_legible() -> None:
    data = heat(6, 8)
    wording = Text("高于全市1—2个百分点，增速高于地区生产总值", "1 to 2 points above the city, faster than GDP")
    rows = tuple(replace(target, target_text=wording) for target in data.targets)
    for lang in ("zh", "en"):
        is_legible(attainment_heatmap(replace(data, targets=rows), lang))


def test_long_names_are_wrapped_and_kept_whole() -> None:
    figure = attainment_heatmap(heat(6, 4, LONG_NAME))
    assert by_gid(figure, "target:1") == LONG_NAME
    assert sum(drawn.get_gid() == "target:1" for drawn in figure.texts) > 1
    is_legible(figure)


def test_categories_head_their_rows() -> None:
    data = heat(2, 4)
    groups = ("创新", "创新", "民生", "民生")
    rows = tuple(replace(t, category=Text(g, g)) for t, g in zip(data.targets, groups, strict=True))
    shown = texts(attainment_heatmap(replace(data, targets=rows)))
    assert (shown.count("创新"), shown.count("民生")) == (1, 1)


def test_heatmap_caption() -> None:
    assert heatmap_caption(heat(1, 3)) == "各情景下规划目标的达成概率（取整到5个百分点，抽样标准误不超过0.4个百分点）"


def test_wrong_heatmap_data_are_refused() -> None:
    data = heat(2, 3)
    with pytest.raises(ChartError, match="行列数"):
        replace(data, cells=data.cells[:2])
    with pytest.raises(ChartError, match="没有原因"):
        replace(data, cells=((HeatmapCell(None), HeatmapCell(0.5)), *data.cells[1:]))
    with pytest.raises(ChartError, match="不在0至1"):
        replace(data, cells=((HeatmapCell(1.5), HeatmapCell(0.5)), *data.cells[1:]))
