"""Pasted charts: what is drawn solid and what hatched, that lengths are the values, and that everything is legible."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from sim.charts import (
    columns_line,
    contribution_columns,
    dumbbell,
    progress_bars,
    ranked_bars,
    scenario_lines,
    stacked_shares,
)
from sim.charts.fonts import ChartError, find_font, require_glyphs
from sim.charts.save import rendered
from sim.charts.style import PAGE_HEIGHT, PAGE_WIDTH, overflowing, overlapping
from sim.charts.yearly import NOTHING, beside_line
from sim.language import LANGUAGES, Text
from tests import pasted_charts as made
from tests.chart_examples import by_gid, line

FONT = find_font()
CASES: dict[str, Callable[[str], Figure]] = {
    "columns": lambda lang: columns_line.columns_line_chart(made.columns(), lang, FONT),
    "columns of 16 years": lambda lang: columns_line.columns_line_chart(made.columns(made.LONG, 16, 5), lang, FONT),
    "one column": lambda lang: columns_line.columns_line_chart(made.columns(years=1, published=0), lang, FONT),
    "shares": lambda lang: stacked_shares.shares_chart(made.shares(), lang, FONT),
    "shares of long names": lambda lang: stacked_shares.shares_chart(made.shares(made.LONG), lang, FONT),
    "two regions": lambda lang: ranked_bars.ranked_chart(made.ranked(count=2), lang, FONT),
    "regions below zero": lambda lang: ranked_bars.ranked_chart(made.ranked(made.LONG, 14), lang, FONT),
    "one scenario": lambda lang: scenario_lines.lines_chart(made.lines(1), lang, FONT),
    "ten scenarios": lambda lang: scenario_lines.lines_chart(made.lines(10, made.LONG), lang, FONT),
    "contributions": lambda lang: contribution_columns.contribution_chart(made.contributions(made.LONG), lang, FONT),
    "3 rows": lambda lang: progress_bars.progress_chart(made.progress(3), lang, FONT),
    "40 rows": lambda lang: progress_bars.progress_chart(made.progress(40), lang, FONT),
    "3 pairs": lambda lang: dumbbell.dumbbell_chart(made.pairs(3), lang, FONT),
    "40 pairs": lambda lang: dumbbell.dumbbell_chart(made.pairs(40), lang, FONT),
}


def patch(figure: Figure, gid: str) -> Rectangle:
    return next(found for found in figure.axes[0].patches if found.get_gid() == gid)  # type: ignore[return-value]


def texts(figure: Figure) -> list[str]:
    return [drawn.get_text() for drawn in figure.texts]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", CASES)
def test_nothing_is_cut_or_overlaps_and_it_fits_a_page(name: str, lang: str) -> None:
    figure = CASES[name](lang)
    width, height = (72 * inches for inches in figure.get_size_inches())
    assert (overflowing(figure), overlapping(figure)) == ((), ())
    assert width == pytest.approx(PAGE_WIDTH)
    assert height <= PAGE_HEIGHT
    require_glyphs(figure)


def test_columns_are_as_high_as_their_values_and_hatched_where_projected() -> None:
    figure = columns_line.columns_line_chart(made.columns(), "zh", FONT)
    first, last = (patch(figure, f"level:{year}") for year in (2020, 2025))
    assert last.get_height() / first.get_height() == pytest.approx(6.0)
    assert [bool(patch(figure, f"level:{year}").get_hatch()) for year in range(2020, 2026)] == [False] * 4 + [True] * 2
    assert texts(figure).count("−3.0") == 2  # of 2020 and 2024; that of 2022 is not known
    assert by_gid(figure, "value:3") == "400.0"


def test_the_line_is_dashed_where_an_end_is_projected_and_open_where_a_year_is_missing() -> None:
    figure = columns_line.columns_line_chart(made.columns(), "zh", FONT)
    rates = [drawn for drawn in figure.axes[0].lines if drawn.get_linewidth() == 1.3]
    assert [drawn.get_linestyle() for drawn in rates] == ["-", "--", "--"]  # 2020–2021, 2023–2024, 2024–2025
    assert line(figure, "rate:2021").get_markerfacecolor() != "white"
    assert line(figure, "rate:2025").get_markerfacecolor() == "white"


def test_a_value_on_another_basis_is_a_mark_beside_its_column() -> None:
    beside = (NOTHING, NOTHING, NOTHING, NOTHING, replace(made.at(520.0, True), text="520*"), NOTHING)
    figure = columns_line.columns_line_chart(replace(made.columns(), beside=beside), "zh", FONT)
    assert "520*" in texts(figure)
    assert "500.0" in texts(figure)
    assert overlapping(figure) == ()


def test_shares_fill_the_column_in_proportion() -> None:
    figure = stacked_shares.shares_chart(made.shares(), "zh", FONT)
    heights = [patch(figure, f"share:{place}:0").get_height() for place in range(3)]
    assert [height / sum(heights) for height in heights] == pytest.approx([0.6, 0.3, 0.1])
    assert not patch(figure, "share:0:0").get_hatch()
    assert patch(figure, "share:0:2").get_hatch()
    assert texts(figure).count("1.0") == 2  # both shares too low for a number inside have it outside


def test_regions_are_ranked_from_zero_and_the_own_one_stands_out() -> None:
    figure = ranked_bars.ranked_chart(made.ranked(), "en", FONT)
    bars = [patch(figure, f"bar:Region {i}") for i in range(5)]
    assert [bar.get_width() / bars[0].get_width() for bar in bars] == pytest.approx([1.0, 2 / 3, 1 / 3, 0.0, 1 / 3])
    assert bars[4].get_x() + bars[4].get_width() == pytest.approx(bars[0].get_x())  # to the left of zero
    assert len({bars[i].get_facecolor() for i in (0, 2, 3, 4)}) == 1
    assert bars[1].get_facecolor() != bars[0].get_facecolor()
    assert made.ranked().rank(made.ranked().bars[3]) == 4


def test_every_scenario_is_dashed_and_named_at_its_end() -> None:
    figure = scenario_lines.lines_chart(made.lines(3), "zh", FONT)
    drawn = [line(figure, f"scenario:{place}") for place in range(3)]
    assert [one.get_linestyle() for one in drawn] == ["--"] * 3
    assert [by_gid(figure, f"name:{place}") for place in range(3)] == ["情景 5.3", "情景 4.3", "情景 3.3"]
    assert {one.get_xdata()[0] for one in drawn} == {line(figure, "published:2022").get_xdata()[0]}  # type: ignore[index]
    falls = [one.get_ydata()[1] - one.get_ydata()[-1] for one in drawn]  # type: ignore[index,operator]
    assert falls == pytest.approx([falls[0]] * 3)


def test_ranks_need_three_scenarios_in_one_order_throughout() -> None:
    assert scenario_lines.ranks([(None, 2.0, 2.0), (None, 3.0, 3.0), (None, 1.0, 1.5)]) == (1, 0, 2)
    assert scenario_lines.ranks([(2.0, 3.0), (3.0, 2.0), (1.0, 1.0)]) is None  # they cross
    assert scenario_lines.ranks([(2.0, 2.0), (2.0, 3.0), (1.0, 1.0)]) is None  # equal in one year
    assert scenario_lines.ranks([(2.0,), (1.0,)]) is None
    assert scenario_lines.ranks([(3.0,), (2.0,), (1.0,), (0.0,)]) is None
    assert scenario_lines.ranked_name(2, Text("压力情景", "Stress")).zh == "低方案（压力情景）"
    assert scenario_lines.ranked_name(None, Text("压力情景", "Stress")).zh == "压力情景"


def test_negative_contributions_go_down_from_zero_and_small_ones_stand_in_the_table() -> None:
    figure = contribution_columns.contribution_chart(made.contributions(), "zh", FONT)
    for said in ("2.0/60.0", "−0.2/60.0", "−0.4/—", "0.0/57.0"):
        assert said in texts(figure)
    assert {"2.8", "1.4"} <= set(texts(figure))
    assert line(figure, "growth:0").get_markerfacecolor() != "white"
    assert line(figure, "growth:1").get_markerfacecolor() == "white"


def test_all_forty_rows_stand_and_bars_are_as_long_as_their_progress() -> None:
    figure = progress_bars.progress_chart(made.progress(40), "zh", FONT)
    shown = texts(figure)
    assert all(str(number) in shown for number in range(1, 41))
    full, half = (patch(figure, f"progress:{number}").get_width() for number in (6, 4))
    assert half / full == pytest.approx(0.5)
    assert patch(figure, "progress:3").get_width() == pytest.approx(full)  # 170 % is cut at 100 % and says so
    assert patch(figure, "progress:2").get_width() == 0.0
    assert {"170%", "−30%", "0%"} <= set(shown)


def test_a_row_without_progress_gives_its_reason() -> None:
    data = made.progress(3)
    rows = (replace(data.rows[0], said=Text("缺2021年数", "2021 missing")), *data.rows[1:])
    assert "缺2021年数" in texts(progress_bars.progress_chart(replace(data, rows=rows), "zh", FONT))


def test_pairs_are_grouped_by_what_can_share_a_scale() -> None:
    data = made.pairs(5)
    groups = {title.en: [row.number for row in rows] for title, rows in data.groups()}
    assert groups == {"Change (%)": ["4"], "Change (points)": ["1", "5"], "": ["2", "3"]}
    changes = [row.change for row in data.rows]
    assert changes == [2.0, None, None, pytest.approx(-90.0), -5.0]
    figure = dumbbell.dumbbell_chart(data, "zh", FONT)
    assert "10.0 → 12.0（+2.0）" in texts(figure)
    assert "20.0 → 2.0（−90.0%）" in texts(figure)
    assert line(figure, "start:4").get_markerfacecolor() != "white"
    assert line(figure, "median:1").get_markerfacecolor() == "white"


def test_numbers_keep_clear_of_the_line() -> None:
    level = [(0.0, 0.0), (20.0, 0.5), (40.0, 0.0)]
    assert beside_line(level, 1, 8.0) == (0.0, 8.0, "center")
    valley = [(0.0, 30.0), (20.0, 0.0), (40.0, 30.0)]
    assert beside_line(valley, 1, 8.0) == (0.0, -8.5, "center")
    assert beside_line([(0.0, 60.0), (20.0, 30.0), (40.0, 0.0)], 1, 8.0)[2] == "left"
    assert beside_line([(0.0, 0.0), (20.0, 30.0), (40.0, 60.0)], 1, 8.0)[2] == "right"


BROKEN: dict[str, Callable[[], Any]] = {
    "years repeat": lambda: replace(made.columns(), years=(2020, 2020, 2021, 2022, 2023, 2024)),
    "a value too few": lambda: replace(made.columns(), levels=made.columns().levels[1:]),
    "no value": lambda: replace(made.columns(), levels=(NOTHING,) * 6, rates=(NOTHING,) * 6),
    "not finite": lambda: replace(made.columns(), rates=(made.at(float("nan")),) * 6),
    "a negative level": lambda: replace(made.columns(), levels=(made.at(-1.0),) * 6),
    "no whole": lambda: replace(made.shares(), parts=made.shares().parts[1:]),
    "no own region": lambda: replace(made.ranked(), bars=made.ranked().bars[2:]),
    "no other region": lambda: replace(made.ranked(), bars=made.ranked().bars[1:2]),
    "no scenario": lambda: replace(made.lines(), scenarios=()),
    "no rows": lambda: replace(made.progress(), rows=()),
    "more than all the time": lambda: replace(made.progress(), elapsed=1.2),
    "no pairs": lambda: replace(made.pairs(), rows=()),
    "years out of order": lambda: replace(made.pairs(), last=2020),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_be_drawn_truthfully_is_refused(name: str) -> None:
    with pytest.raises(ChartError):
        BROKEN[name]()


def test_a_character_that_the_font_lacks_is_refused() -> None:
    with pytest.raises(ChartError, match="U\\+1F600"):
        scenario_lines.lines_chart(made.lines(1, Text("情景\U0001f600", "x")), "zh", FONT)


def test_equal_data_give_equal_bytes() -> None:
    once, again = (rendered(CASES["columns"]("zh"), "svg") for _ in range(2))
    assert once == again


def test_native_charts_hold_the_same_numbers() -> None:
    chart = columns_line.native(made.columns())
    assert chart.categories == ("2020年", "2021年", "2022年", "2023年", "2024年", "2025年")
    assert [series.name for series in chart.series] == ["总量·已公布", "总量·推算", "总量"]
    assert chart.series[0].values == (100.0, 200.0, 300.0, 400.0, None, None)
    assert chart.series[1].values == (None, None, None, None, 500.0, 600.0)
    assert chart.series[1].pattern
    assert (chart.series[2].dashed_from, chart.series[2].second) == (4, True)
    assert stacked_shares.native(made.shares()).stack == "percent"
    assert stacked_shares.native(made.shares()).categories[2] == "2022年（推算）"
    assert ranked_bars.native(made.ranked()).series[0].values == (None, 2.0, None, None, None)
    opened = scenario_lines.native(made.lines(1)).series[1]
    assert opened.values[2:5] == (10.0, 6.0, 5.9)
    assert opened.dashed_from == 3
    bars = progress_bars.native(made.progress(4))
    assert bars is not None
    assert bars.categories == ("2 指标", "3 指标", "4 指标")  # the first row has none
    assert bars.series[0].values == pytest.approx((-30.0, 170.0, 50.0))
    assert bars.low is None  # a bar may lead to the left
    assert progress_bars.native(made.progress(3)) is None  # two bars are no chart
    assert contribution_columns.native(made.contributions()).series[-1].values == (2.8, -0.4, 1.4)
    assert dumbbell.native(made.pairs()).series[0].values == (2.0, -5.0)
