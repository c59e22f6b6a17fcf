"""The fan chart: what it shows, what its caption says, and that it is legible."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest

from sim.charts import ChartError, FanTarget, fan_caption, fan_chart
from sim.charts.fan_data import QUANTILES
from sim.language import Text
from tests.chart_examples import LONG_NAME, by_gid, fan, is_legible, line, texts


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


def test_targets_of_one_year_share_a_label_from_high_to_low() -> None:
    targets = tuple(FanTarget(Text(f"≥{v}", f"≥{v}"), v, 2025) for v in (40.0, 42.0, 41.0))
    shown = [drawn.get_text() for drawn in fan_chart(fan(targets=targets)).texts if drawn.get_gid() == "target"]
    assert shown == ["目标 ≥42.0（2025年）", "目标 ≥41.0（2025年）", "目标 ≥40.0（2025年）"]


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
