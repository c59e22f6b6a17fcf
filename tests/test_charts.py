"""Figures: what they say, that it is legible, and that files come out equal byte by byte."""

from __future__ import annotations

import math
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.text import Text as DrawnText

from sim.charts import (
    ChartError,
    FanData,
    FanTarget,
    HeatmapCell,
    HeatmapData,
    HeatmapTarget,
    attainment_heatmap,
    fan_caption,
    fan_chart,
    find_font,
    heatmap_caption,
    save,
    style,
)
from sim.charts.fan_data import QUANTILES
from sim.charts.labels import Obstacle, clear_place, spread
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


def line(figure: Figure, gid: str):
    return next(line for line in figure.axes[0].lines if line.get_gid() == gid)


def is_legible(figure: Figure) -> None:
    assert style.overflowing(figure) == ()
    assert style.overlapping(figure) == ()


# Fan chart


def test_fan_chart_shows_names_units_and_years() -> None:
    figure = fan_chart(fan())
    axes = figure.axes[0]
    assert axes.get_xlabel() == "年份"
    assert axes.get_label() == "海洋经济增加值占比 [%]"
    assert by_gid(figure, "indicator") == "海洋经济增加值占比"
    assert by_gid(figure, "unit") == "单位：%"
    assert by_gid(figure, "target") == "目标 ≥42（2025年）"
    assert "注：模型推算值，非统计数据。" in by_gid(figure, "foot")
    assert "资料来源：规划纲要。" in by_gid(figure, "foot")
    assert {"已公布", "推算", "2025年推算"} <= set(texts(figure))
    assert figure.get_size_inches()[0] * 2.54 == pytest.approx(15.6)
    is_legible(figure)


def test_fan_chart_in_english() -> None:
    figure = fan_chart(fan(), "en")
    assert figure.axes[0].get_xlabel() == "Year"
    assert by_gid(figure, "unit") == "Unit: %"
    assert by_gid(figure, "target") == "Target ≥42 (2025)"
    assert "Note: Model values, not official statistics." in by_gid(figure, "foot")
    assert not [text for text in texts(figure) if any("\u4e00" <= letter <= "\u9fff" for letter in text)]
    is_legible(figure)


def test_fan_chart_draws_the_data() -> None:
    figure = fan_chart(fan())
    np.testing.assert_array_equal(line(figure, "reported").get_xydata(), [[2019, 36.5], [2020, 37.0]])
    # The fan opens from the last reported figure.
    expected = [[2020, 37], [2021, 38], [2022, 39], [2023, 40], [2024, 41], [2025, 42]]
    np.testing.assert_array_equal(line(figure, "median").get_xydata(), expected)
    np.testing.assert_array_equal(line(figure, "target_point").get_xydata(), [[2025, 42.0]])
    assert line(figure, "reported").get_linestyle() == "-"
    assert line(figure, "median").get_linestyle() == "--"


def test_bands_reach_from_their_lower_to_their_upper_quantile() -> None:
    bands = fan_chart(fan()).axes[0].collections[:3]
    assert [band.get_label() for band in bands] == ["90%区间", "80%区间", "50%区间"]
    for band, half in zip(bands, (3.0, 2.0, 1.0), strict=True):
        at_2025 = [y for path in band.get_paths() for x, y in path.vertices if x == 2025]
        assert (min(at_2025), max(at_2025)) == (42.0 - half, 42.0 + half)


def test_end_labels_state_the_intervals() -> None:
    assert {"90%区间 39.0～45.0", "80%区间 40.0～44.0", "50%区间 41.0～43.0", "中位数 42.0"} <= set(
        texts(fan_chart(fan()))
    )


def test_bands_differ_in_grey_print() -> None:
    colours = [band.get_facecolor()[0][:3] for band in fan_chart(fan()).axes[0].collections[:3]]
    grey = [float(np.dot(colour, (0.299, 0.587, 0.114))) for colour in colours]
    assert all(lighter - darker > 0.08 for lighter, darker in pairwise(grey))


def test_later_reports_are_hollow_and_explained() -> None:
    figure = fan_chart(fan(reported=((2020, 37.0), (2022, 40.5))))
    later = line(figure, "reported_later")
    np.testing.assert_array_equal(later.get_xydata(), [[2022, 40.5]])
    assert later.get_markerfacecolor() == "white"
    assert "空心圆点为推算时未使用的已公布数" in by_gid(figure, "foot")


def test_missing_years_leave_a_gap() -> None:
    gap = {name: tuple(None if i == 2 else v for i, v in enumerate(fan().quantile(name))) for name in ("p50", "p95")}
    values = line(fan_chart(fan(**gap)), "median").get_ydata()
    assert [math.isnan(value) for value in values] == [False, False, False, True, False, False]


def test_a_year_between_gaps_is_still_seen() -> None:
    alone = {
        name: tuple(math.nan if i in (2, 4) else v for i, v in enumerate(fan().quantile(name))) for name in QUANTILES
    }
    drawn = line(fan_chart(fan(**alone)), "median").get_xydata()
    near = drawn[np.abs(drawn[:, 0] - 2024) < 0.5]
    assert len(near) == 2
    assert np.all(near[:, 1] == 41.0)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "changes",
    [
        {"reported": ()},
        {"reported": ((2020, 37.0),)},
        {"targets": ()},
        {"indicator": Text(LONG_NAME * 2, "a long name of an indicator " * 8)},
        {"targets": (FanTarget(Text("5%以上", "above 5%"), 39.0), FanTarget(Text("38—40", "38–40"), 38.0, 2023, 40.0))},
        {"targets": tuple(FanTarget(Text(f"≥{v}", f"≥{v}"), v, 2025) for v in (40.0, 41.0, 42.0, 43.0))},
        {"unit": Text("亿元（2020年不变价）", "100 million yuan, 2020 prices")},
    ],
)  # fmt: skip
def test_fan_chart_is_legible(changes: dict[str, object], lang: str) -> None:
    is_legible(fan_chart(fan(**changes), lang))


def test_fan_chart_without_any_spread_is_legible() -> None:
    flat = dict.fromkeys(QUANTILES, (37.0,) * 5)
    is_legible(fan_chart(fan(**flat, targets=())))


def test_negative_values_carry_a_minus_sign() -> None:
    below = {name: tuple(v - 60 for v in fan().quantile(name)) for name in QUANTILES}
    shown = texts(fan_chart(fan(**below, reported=(), targets=())))
    assert "90%区间 −21.0～−15.0" in shown
    assert not [text for text in shown if "-" in text]


def test_ticks_do_not_go_below_zero_when_values_do_not() -> None:
    near_zero = {name: tuple(v - 35 for v in fan().quantile(name)) for name in QUANTILES}  # the lowest is 0
    axes = fan_chart(fan(**near_zero, reported=(), targets=())).axes[0]
    assert axes.get_ylim()[0] == 0.0


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"p50": (1.0,)}, "个数不同"),
        ({"p25": (50.0,) * 5}, "大小颠倒"),
        ({"years": (2021, 2021, 2022, 2023, 2024)}, "年份"),
        ({"p50": (None,) * 5}, "没有任何推算值"),
    ],
)
def test_wrong_fan_data_are_refused(changes: dict[str, object], said: str) -> None:
    with pytest.raises(ChartError, match=said):
        fan(**changes)


def test_fan_caption_holds_probability_range_and_error() -> None:
    assert fan_caption(fan()) == (
        "海洋经济增加值占比推算（基准情景，2021—2025年）：目标 ≥42（2025年），达成概率约45%"
        "（考虑参数与模型误差为30%～60%，抽样标准误0.4个百分点）"
    )
    assert fan_caption(fan(), "en") == (
        "Marine share, projection (Baseline, 2021–2025): Target ≥42 (2025): probability about 45% "
        "(30% to 60% over priors and model error, sampling standard error 0.4 points)"
    )


@pytest.mark.parametrize(("probability", "shown"), [(0.0, "达成概率<5%"), (1.0, "达成概率>95%")])
def test_fan_caption_at_the_ends(probability: float, shown: str) -> None:
    target = FanTarget(Text("≥42", "≥42"), 42.0, 2025, probability=probability)
    assert fan_caption(fan(targets=(target,))).endswith(shown)


# Heat map


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


# Fonts and line breaks


def test_a_missing_glyph_is_named() -> None:
    with pytest.raises(ChartError, match="“₂”（U\\+2082 SUBSCRIPT TWO）") as caught:
        fan_chart(fan(indicator=Text("CO₂排放", "CO₂")))
    assert "SUBSCRIPT TWO" in caught.value.show("en")


def test_text_of_another_font_is_refused(tmp_path: Path) -> None:
    figure = fan_chart(fan())
    figure.text(0.5, 0.5, "plain")
    with pytest.raises(ChartError, match="未指定字体"):
        save(figure, tmp_path, "figure")


def test_font_comes_from_the_package_and_not_from_the_system() -> None:
    figure = fan_chart(fan())
    files = {drawn.get_fontproperties().get_file() for drawn in figure.findobj(DrawnText) if drawn.get_text()}
    assert {Path(str(name)).name for name in files} == {"NotoSansSC-Regular.ttf"}


def test_users_font(tmp_path: Path) -> None:
    copy = tmp_path / "own.ttf"
    copy.write_bytes(find_font().path.read_bytes())
    figure = fan_chart(fan(), font=find_font(copy))
    assert {t.get_fontproperties().get_file() for t in figure.texts} == {str(copy)}
    with pytest.raises(ChartError, match="找不到字体"):
        find_font(tmp_path / "absent.ttf")
    (tmp_path / "broken.ttf").write_text("no font", encoding="utf-8")
    with pytest.raises(ChartError, match="不是可用的字体文件"):
        find_font(tmp_path / "broken.ttf")


def test_drawing_leaves_matplotlib_as_it_was(tmp_path: Path) -> None:
    program = (
        "import sys, matplotlib as mpl, matplotlib.style\n"
        "from matplotlib import font_manager\n"
        "before = dict(mpl.rcParams), len(font_manager.fontManager.ttflist)\n"
        "from tests.test_charts import fan, heat\n"
        "from sim.charts import attainment_heatmap, fan_chart, save\n"
        f"save(fan_chart(fan()), {str(tmp_path)!r}, 'a'); attainment_heatmap(heat(2, 3))\n"
        "assert before == (dict(mpl.rcParams), len(font_manager.fontManager.ttflist))\n"
        "assert 'matplotlib.pyplot' not in sys.modules and 'zhplot' not in sys.modules\n"
    )
    root = Path(__file__).parent.parent
    subprocess.run([sys.executable, "-c", program], cwd=root, check=True)


def test_lines_obey_chinese_typesetting() -> None:
    font = find_font()
    lines = font.wrap("城镇（新增），就业人数。占比100.5%以上", 10.0, 41.0).split("\n")
    assert "".join(lines) == "城镇（新增），就业人数。占比100.5%以上"
    assert all(font.width(line, 10.0) <= 41.0 or len(line) <= 1 for line in lines)
    assert not [line for line in lines if line[0] in "），。%" or line[-1] == "（"]
    assert any("100.5%" in line for line in lines)


def test_even_lines_leave_no_hanzi_alone() -> None:
    font = find_font()
    assert font.wrap("制造业强基", 10.0, 41.0) == "制造业强\n基"
    assert font.wrap_evenly("制造业强基", 10.0, 41.0) == "制造业\n强基"
    assert font.wrap_evenly("Manufacturing core", 10.0, 80.0) == "Manufacturing\ncore"


def test_dollar_signs_are_not_mathematics(tmp_path: Path) -> None:
    figure = fan_chart(fan(indicator=Text("外资$x_1$额", "FDI $x_1$")))
    assert by_gid(figure, "indicator") == "外资$x_1$额"
    assert len(save(figure, tmp_path, "dollar")) == 2


# Places of labels


def test_spread_keeps_what_fits_and_parts_what_does_not() -> None:
    assert spread([90.0, 50.0, 10.0], 10.0, 0.0, 100.0) == (90.0, 50.0, 10.0)
    assert spread([50.0, 50.0, 50.0], 10.0, 0.0, 100.0) == (60.0, 50.0, 40.0)
    assert spread([99.0, 99.0], 10.0, 0.0, 100.0) == (100.0, 90.0)
    assert spread([1.0, 1.0], 10.0, 0.0, 100.0) == (10.0, 0.0)


def test_labels_keep_clear() -> None:
    wall = [Obstacle(float(x), 0.0, 60.0) for x in range(0, 101, 2)]
    box = clear_place((50.0, 50.0, 50.0, 50.0), (20.0, 8.0), (0.0, 0.0, 100.0, 100.0), wall, [])
    assert box[1] >= 63.0


# Files


@pytest.mark.parametrize("name", ["png", "svg", "pdf"])
@pytest.mark.parametrize("draw", [lambda: fan_chart(fan()), lambda: attainment_heatmap(heat(3, 5))])
def test_files_are_equal_byte_by_byte(draw, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (first,) = save(draw(), tmp_path / "one", "figure", (name,), description="标题 run 1a2b")
    with mpl.rc_context({"svg.hashsalt": None, "font.size": 20.0, "savefig.dpi": 50}):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
        (second,) = save(draw(), tmp_path / "two", "figure", (name,), description="标题 run 1a2b")
    assert first.read_bytes() == second.read_bytes()
    assert mpl.__version__.encode() not in first.read_bytes()
    assert [path.name for path in (tmp_path / "one").iterdir()] == [f"figure.{name}"]


def test_one_figure_saved_twice_is_equal(tmp_path: Path) -> None:
    figure = fan_chart(fan())
    for name in ("png", "svg", "pdf"):
        (first,) = save(figure, tmp_path, "first", (name,))
        (second,) = save(figure, tmp_path, "second", (name,))
        assert first.read_bytes() == second.read_bytes()


def test_png_has_300_dots_per_inch(tmp_path: Path) -> None:
    (path,) = save(fan_chart(fan()), tmp_path, "figure", ("png",))
    assert int.from_bytes(path.read_bytes()[16:20], "big") == int(15.6 / 2.54 * 300)


def test_svg_holds_letters_as_outlines_and_no_date(tmp_path: Path) -> None:
    (path,) = save(fan_chart(fan()), tmp_path, "figure", ("svg",), description="标题")
    content = path.read_text(encoding="utf-8")
    assert "<text" not in content
    assert "dc:date" not in content
    assert "标题" in content


def test_text_outside_the_figure_is_an_error(tmp_path: Path) -> None:
    figure = fan_chart(fan())
    figure.text(0.99, 0.5, "溢出的文字", fontproperties=find_font().properties(9))
    assert style.overflowing(figure) == ("溢出的文字",)
    with pytest.raises(ChartError, match="溢出的文字"):
        save(figure, tmp_path, "figure")
    assert list(tmp_path.iterdir()) == []


def test_overlapping_texts_are_found() -> None:
    figure = fan_chart(fan())
    for text in ("甲乙丙", "丁戊己"):
        figure.text(0.5, 0.02, text, fontproperties=find_font().properties(9))
    assert ("甲乙丙", "丁戊己") in style.overlapping(figure)


@pytest.mark.parametrize(
    ("stem", "name", "said"), [("a/b", "png", "文件名"), ("", "png", "文件名"), ("a", "jpg", "jpg")]
)
def test_wrong_names_are_refused(stem: str, name: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(ChartError, match=said):
        save(fan_chart(fan()), tmp_path, stem, (name,))


def test_a_failed_write_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError("full")

    monkeypatch.setattr("os.replace", refuse)
    with pytest.raises(OSError, match="full"):
        save(fan_chart(fan()), tmp_path, "figure", ("svg",))
    assert list(tmp_path.iterdir()) == []
