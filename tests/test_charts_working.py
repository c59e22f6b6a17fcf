"""Charts of the working table: what stands where, what is printed, and that everything stays legible."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.charts import Step, WaterfallData, waterfall_chart
from sim.charts.box import box_caption, box_chart
from sim.charts.cells import Part, cells_chart
from sim.charts.chances import Chance, ChanceRow, ChancesData, chances_chart
from sim.charts.fonts import ChartError
from sim.charts.reliability import Kept, ReliabilityRow, Section, reliability_chart
from sim.charts.style import PAGE_HEIGHT
from sim.charts.target_curve import target_curve_caption, target_curve_chart
from sim.charts.tornado import TornadoBar, tornado_chart
from tests.chart_examples import LONG_NAME, SOURCE, by_gid, is_legible, texts
from tests.working_charts import BOX, CELLS, CURVE, TORNADO, chances, mark, patch, reliability, same


def test_a_probability_is_as_long_as_its_printed_number_and_its_range_runs_between_printed_ends() -> None:
    figure = chances_chart(chances(4))
    full = patch(figure, "bar:2:0").get_width() / 0.975
    assert patch(figure, "bar:0:0").get_width() / full == pytest.approx(0.40)
    assert patch(figure, "bar:1:0").get_width() / full == pytest.approx(0.025)
    left = patch(figure, "bar:0:0").get_x()
    low, high = mark(figure, "range:0:0").get_xdata()
    assert ((low - left) / full, (high - left) / full) == pytest.approx((0.15, 0.50))
    assert [by_gid(figure, f"number:{row}:0") for row in range(3)] == ["40%", "<5%", ">95%"]
    assert by_gid(figure, "reason:3:0") == "缺基数"
    assert "15%～50%" in texts(figure)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("rows", "scenarios"), [(1, 1), (3, 3), (40, 1), (40, 3)])
def test_three_and_forty_targets_in_one_to_three_scenarios_fit_a_page(rows: int, scenarios: int, lang: str) -> None:
    figure = chances_chart(chances(rows, scenarios), lang)
    assert figure.get_size_inches()[1] * 72 <= PAGE_HEIGHT
    is_legible(figure)


def test_long_names_of_targets_and_scenarios_are_set_in_lines() -> None:
    is_legible(chances_chart(chances(4, 3, LONG_NAME)))


def test_chances_without_rows_or_reasons_are_refused() -> None:
    with pytest.raises(ChartError, match="情景数不符"):
        chances(0)
    with pytest.raises(ChartError, match="没有概率，也没有原因"):
        ChancesData((same("基准"),), (ChanceRow(same("占比"), same("≥42"), (Chance(None),)),), SOURCE)


def test_bars_of_a_tornado_lie_on_the_side_to_which_they_move_the_probability() -> None:
    figure = tornado_chart(TORNADO)
    low, high = patch(figure, "low:0"), patch(figure, "high:0")
    zero = high.get_x()
    assert low.get_x() + low.get_width() == pytest.approx(zero)
    assert low.get_width() / high.get_width() == pytest.approx(14.2 / 15.9)
    assert patch(figure, "low:1").get_x() == pytest.approx(zero)  # the low value raises it here
    both = patch(figure, "low:2"), patch(figure, "high:2")
    assert both[0].get_y() == pytest.approx(both[1].get_y() + both[1].get_height())  # above each other, none hidden
    assert [by_gid(figure, f"number:0:{end}") for end in (0, 1)] == ["−14", "+16"]


def test_what_cannot_be_told_from_chance_is_grey_and_says_so() -> None:
    figure = tornado_chart(TORNADO)
    assert by_gid(figure, "noise:3") == "不可区分"
    assert by_gid(figure, "number:3:0") == ""
    grey, blue = patch(figure, "low:3").get_facecolor(), patch(figure, "high:0").get_facecolor()
    assert max(grey[:3]) - min(grey[:3]) < 0.01 < max(blue[:3]) - min(blue[:3])
    assert by_gid(figure, "steps").startswith("没有历史记录的杠杆")
    is_legible(figure)
    is_legible(tornado_chart(TORNADO, "en"))


def test_a_tornado_with_long_names_is_legible_and_one_without_bars_refused() -> None:
    bar = TornadoBar(same(LONG_NAME), same("−20～20 百分点/年"), -0.3, 0.2)
    figure = tornado_chart(replace(TORNADO, bars=(bar,) * 14))
    is_legible(figure)
    assert by_gid(figure, "number:0:0") == "<1"
    with pytest.raises(ChartError, match="没有一项输入"):
        replace(TORNADO, bars=())


def test_the_marine_part_lies_within_the_total_and_is_never_stacked_on_it() -> None:
    figure = cells_chart(CELLS)
    first, last, marine = patch(figure, "part:0:2"), patch(figure, "part:2:2"), patch(figure, "overlay:2")
    total = last.get_y() + last.get_height() - first.get_y()
    assert marine.get_y() == pytest.approx(first.get_y())  # from the same ground, not from the top
    assert marine.get_height() / total == pytest.approx(1800.0 / 4720.0)
    assert first.get_height() / total == pytest.approx(120.0 / 4720.0)
    assert marine.get_hatch()
    assert by_gid(figure, "total:2022") == "4720"
    is_legible(figure)


def test_solid_edges_are_reported_and_dashed_ones_projected() -> None:
    figure = cells_chart(CELLS)
    styles = {gid: patch(figure, gid).get_linestyle() for gid in ("part:1:1", "part:1:2", "overlay:0", "overlay:1")}
    assert [styles[gid] for gid in ("part:1:1", "overlay:0")] == ["-", "-"]
    assert styles["part:1:2"] == styles["overlay:1"] != "-"


def test_a_marine_part_above_the_total_is_refused() -> None:
    with pytest.raises(ChartError, match="大于合计"):
        replace(CELLS, overlay=Part(same("海洋经济"), (1400.0, 1600.0, 4721.0)))


def test_many_years_and_one_year_are_legible() -> None:
    years = tuple(range(2010, 2036))
    many = tuple(Part(part.label, tuple(100.0 * (n + 1) for n in range(26))) for part in CELLS.parts)
    wide = replace(CELLS, years=years, parts=many, overlay=Part(same("海洋经济"), (50.0,) * 26))
    is_legible(cells_chart(wide))
    one = tuple(Part(part.label, part.values[:1]) for part in CELLS.parts)
    is_legible(cells_chart(replace(CELLS, years=(2020,), parts=one, overlay=Part(same("海洋经济"), (10.0,))), "en"))


def test_points_of_a_target_curve_stand_at_their_value_and_probability() -> None:
    figure = target_curve_chart(CURVE)
    low, high, asked = (mark(figure, gid) for gid in ("point:0", "point:1", "suggested"))
    (x0, y0), (x1, y1), (x2, y2) = ((line.get_xdata()[0], line.get_ydata()[0]) for line in (low, high, asked))
    assert (x2 - x0) / (x1 - x0) == pytest.approx((37.0 - 34.0) / (38.0 - 34.0))
    assert (y2 - y1) / (y0 - y1) == pytest.approx((0.6 - 0.5) / (0.9 - 0.5))
    assert "海洋经济占比（%）" in texts(figure)  # the unit is not said twice
    assert "34.0：90%" in texts(figure)
    assert "全国目标 40" in texts(figure)
    is_legible(figure)
    is_legible(target_curve_chart(CURVE, "en"))


def test_the_caption_of_a_target_curve_holds_the_suggestion_with_its_range() -> None:
    expected = (
        "海洋经济占比（%）目标值与达到的概率（2030年）：建议“保持在38左右（按不低于37计）”，概率约60%（40%～85%）"
    )
    assert target_curve_caption(CURVE) == expected
    assert "建议" not in target_curve_caption(replace(CURVE, suggested=None))


def test_a_curve_that_turns_is_refused_and_one_where_less_is_better_is_drawn() -> None:
    with pytest.raises(ChartError, match="不单调"):
        replace(CURVE, curve=((30.0, 0.9), (31.0, 0.5), (32.0, 0.7)))
    rising = ((30.0, 0.1), (38.0, 0.5), (46.0, 0.9))
    is_legible(target_curve_chart(replace(CURVE, curve=rising, points=(), suggested=None, marks=())))


def test_the_side_on_which_a_target_fails_is_thick_and_the_rates_are_to_scale() -> None:
    figure = box_chart(BOX)
    inside, span = patch(figure, "inside:0"), patch(figure, "span:0")
    end = inside.get_x() + inside.get_width()
    assert (end - span.get_x()) / span.get_width() == pytest.approx((5.3 - 4.2) / (6.4 - 4.2))
    other = patch(figure, "inside:1")
    assert other.get_x() > inside.get_x()  # from its bound upwards
    assert other.get_x() + other.get_width() > end
    rates = [patch(figure, f"rate:{place}").get_width() for place in range(3)]
    assert (rates[1] / rates[0], rates[2] / rates[0]) == pytest.approx((0.62 / 0.79, 0.55 / 0.79))
    assert [by_gid(figure, f"share:{place}") for place in range(3)] == ["80%", "60%", "55%"]
    assert by_gid(figure, "bound:0") == "低于5.3%"
    is_legible(figure)
    is_legible(box_chart(BOX, "en"))


def test_the_sentence_is_the_caption_and_no_condition_is_no_box() -> None:
    assert box_caption(BOX) == "“地区生产总值增速”（2025年）在什么情形下落空：当全国增速低于5.3%时，10次中约8次落空。"
    with pytest.raises(ChartError, match="没有找到"):
        replace(BOX, restrictions=())
    is_legible(box_chart(replace(BOX, target=same(LONG_NAME), restrictions=BOX.restrictions * 2)))


def test_marks_of_the_record_stand_at_what_was_said_and_found() -> None:
    figure = reliability_chart(reliability())
    said = [mark(figure, f"said:0:0:{place}").get_xdata()[0] for place in range(3)]
    found = [mark(figure, f"found:0:0:{place}").get_xdata()[0] for place in range(3)]
    unit = (said[2] - said[0]) / 0.4
    assert (found[0] - said[0]) / unit == pytest.approx(0.19)
    assert (found[2] - said[2]) / unit == pytest.approx(0.10)
    assert by_gid(figure, "number:0:0:0") == "50→69%"
    is_legible(figure)
    is_legible(reliability_chart(reliability(), "en"))
    with pytest.raises(ChartError, match="0至1"):
        replace(
            reliability(), sections=(Section(same("区间"), (ReliabilityRow(same("a"), same("1"), (Kept(0.5, 1.1),)),)),)
        )


def test_steps_of_a_waterfall_that_cannot_be_told_from_chance_are_grey_and_named() -> None:
    steps = (Step(same("生产率"), 11.6, 0.2), Step(same("开放"), 0.3, 0.2), Step(same("财政"), 0.0, 0.0))
    data = WaterfallData(same("占比"), same("%"), 2025, same("基准"), same("规划"), 38.0, steps, 1, SOURCE)
    figure = waterfall_chart(data)
    assert [by_gid(figure, f"number:{row}") for row in (1, 2, 3)] == ["+11.6 ± 0.2", "不可区分", "0"]
    sure, unsure = (patch(figure, f"step:{place}").get_facecolor()[:3] for place in (0, 1))
    assert max(unsure) - min(unsure) < 0.01 < max(sure) - min(sure)
