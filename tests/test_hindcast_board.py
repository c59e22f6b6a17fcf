"""The scoreboard put together from yearly rows: figures worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import ndtri

from sim.cli.hindcast.aims import aims_table, out_of_reach
from sim.cli.hindcast.tables import ablation_table, best_rival_table, pit_table, reliability_table, rivals_ahead, stages
from sim.hindcast.board import (
    MODEL,
    ceiling,
    contests,
    forecasts_at,
    line,
    lines,
    model_forecasters,
    rival_forecasters,
    standardised,
    year_scores,
)
from sim.hindcast.record import TargetYear, YearScore
from sim.hindcast.target_board import target_lines, target_years
from sim.hindcast.target_table import TargetTable
from sim.panel import Panel
from sim.randomness import Array
from tests.hindcast_cases import row, two_years
from tests.panel_cases import grown

# — Lines —


def test_a_line_by_hand() -> None:
    own, good, bad = lines(two_years())
    assert (own.crps, own.ratio, own.cases, own.origins) == (1.5, 1.0, 20, 2)
    assert own.coverage_90 == pytest.approx(0.9)  # (10 + 8) / 20
    assert own.pit == (2,) * 10
    assert good.ratio == pytest.approx(0.75)  # (1 + 2) / (2 + 2)
    # Years drawn anew, two at a time: both the first (1/2), one of each (3/4) or both the second (1), so the
    # 5th and 95th percentile are the outer two, each with a probability of a quarter.
    assert (good.low, good.high) == pytest.approx((0.5, 1.0))
    assert (bad.low, bad.high) == pytest.approx((0.25, 0.5))


def test_one_origin_has_no_interval() -> None:
    found = line([row("persistence", 2005, 2.0, 1.0)])
    assert found.ratio == 0.5
    assert np.isnan([found.low, found.high]).all()


def test_years_count_alike_however_many_regions() -> None:
    few = row("persistence", 2005, 1.0, 1.0, regions=2, inside_90=0)
    found = line([few, row("persistence", 2006, 3.0, 1.0, inside_90=10)])
    assert found.crps == 2.0
    assert found.coverage_90 == 0.5


def test_the_best_rival_is_the_nearest_one() -> None:
    (contest,) = contests(lines(two_years()))
    assert contest.rival.forecaster == "persistence"
    assert (contest.verdict, contest.rival_wins) == ("level", False)  # the interval reaches 1
    only_bad = [found for found in two_years() if found.forecaster != "persistence"]
    (contest,) = contests(lines(only_bad))
    assert (contest.rival.forecaster, contest.verdict) == ("flexible", "better")


def test_a_rival_may_be_left_out() -> None:
    (contest,) = contests(lines(two_years()), "persistence")
    assert contest.rival.forecaster == "flexible"


def test_aims_name_what_was_reached() -> None:
    rows = []
    for year in (2005, 2006):
        rows += [row(MODEL, year, 0.92, 0.92, variable="gdp_growth_cumulative", horizon=3)]
        rows += [row("flexible", year, 0.95, 0.92, variable="gdp_growth_cumulative", horizon=3)]
        rows += [row("persistence", year, 1.0, 0.92, variable="gdp_growth_cumulative", horizon=3)]
    cells = [[cell.zh for cell in line] for line in aims_table(lines(rows), []).rows]
    assert cells == [
        ["累计增长3年：与最强对照之比≤0.95（力争0.85）", "0.97（0.97—0.97）灵活统计预测", "未达到"],
        ["累计增长3年：与最强简单对照之比≤0.95（力争0.85）", "0.92（0.92—0.92）与上年相同", "达到"],
        ["累计增长3年90%区间覆盖85%—95%", "90%", "达到"],
    ]


def cumulative(name: str, scores: tuple[float, float], model: tuple[float, float], **other: int) -> list[YearScore]:
    """Rows of 2005 and 2006, five years ahead."""
    pairs = zip((2005, 2006), scores, model, strict=True)
    kind = {"variable": "gdp_growth_cumulative", "horizon": 5}
    return [row(name, year, own, reference, **(kind | other)) for year, own, reference in pairs]


def test_the_ceiling_by_hand() -> None:
    """Best of 2005 is the five-year mean (1.0), best of 2006 the flexible forecaster (1.0): 2 / (2.0 + 1.0)."""
    model = (1.9, 1.1)
    rows = [*cumulative(MODEL, model, model), *cumulative("flexible", (2.0, 1.0), model)]
    rows += cumulative("five_year_mean", (1.0, 9.0), model)
    rows += cumulative("target_itself", (0.1, 9.0), model, regions=5)  # not of all regions: no part of it
    rows += [row("persistence", year, 0.01, 0.01) for year in (2005, 2006)]  # of another variable
    contest = next(one for one in contests(lines(rows), "target_itself") if one.model.horizon == 5)
    found = ceiling(rows, contest)
    assert contest.rival.forecaster == "flexible"
    assert found.ratio == pytest.approx(2 / 3)
    # Both years 2005 (1 / 2) or both 2006 (1 / 1), each with a probability of a quarter.
    assert (found.low, found.high) == pytest.approx((0.5, 1.0))


def test_a_rival_of_few_regions_meets_the_model_on_its_own() -> None:
    rows = [*cumulative(MODEL, (0.5, 0.5), (0.5, 0.5)), *cumulative("flexible", (0.1, 0.1), (0.5, 0.5))]
    rows += cumulative("target_itself", (1.0, 2.0), (1.5, 1.5), regions=5)
    (contest,) = contests(lines(rows), "flexible")
    assert ceiling(rows, contest).ratio == pytest.approx(2.5 / 3.0)  # the rival's own 1.0, then the model's 1.5


def test_why_an_aim_is_out_of_reach() -> None:
    """The ratio is 2.99 / 3, from 1.9 / 2 to 1.09 / 1; a ceiling of (1.8 + 1) / 3 misses 0.90 as well.

    Two origins five years ahead share four years each: 2 / (1 + 2 x 1/2 x (4/5)^2) = 1.2 independent years.
    """
    model = (1.9, 1.09)
    rows = [*cumulative(MODEL, model, model), *cumulative("flexible", (2.0, 1.0), model)]
    rows += cumulative("persistence", (1.8, 4.2), model)  # simple and far behind: 2.99 / 6 meets the aim
    (said,) = out_of_reach(rows)
    assert said.zh == (
        "**累计增长5年：与最强对照之比≤0.90（力争0.75）**：达到 1.00（0.95—1.09）灵活统计预测。"
        "上限 0.933（0.90—1.00）：每个起点都在事后改挑本表中最好的方法，事前做不到。"
        "原因：连这个上限也达不到目标；灵活统计预测同样利用各地区的共同涨落，信息与模型相同；"
        "2 个起点只抵约 1.2 个独立年份，比值最多只能定到 ±0.07（90%区间的半宽）。"
    )


def test_a_ceiling_beyond_the_aim_is_said() -> None:
    rows = [*cumulative(MODEL, (2.0, 2.0), (2.0, 2.0)), *cumulative("persistence", (1.0, 3.0), (2.0, 2.0))]
    found = out_of_reach(rows)
    assert len(found) == 2  # persistence is the best rival and the best simple one
    assert all("上限 0.750（" in one.zh and "目标在上限以内" in one.zh for one in found)
    assert not any("灵活" in one.zh for one in found)
    assert out_of_reach([*cumulative(MODEL, (1, 1), (1, 1)), *cumulative("persistence", (2, 2), (1, 1))]) == []


def test_forms_of_the_model_are_no_rivals() -> None:
    rows = [*two_years(), *(row("without_prices", y, 0.1, 1.0) for y in (2005, 2006))]
    rows += [row("model_linearised", y, 0.1, 1.0) for y in (2005, 2006)]
    (contest,) = contests(lines(rows))
    assert contest.rival.forecaster == "persistence"


def test_a_rival_that_wins_is_printed_plainly() -> None:
    rows = [row(MODEL, y, 2.0, 2.0, horizon=5) for y in (2005, 2006)]
    rows += [row("flexible", y, 1.0, 2.0, horizon=5) for y in (2005, 2006)]
    (sentence,) = rivals_ahead(lines(rows))
    assert sentence.zh == "**灵活统计预测胜过模型**：年度增速5年，模型/对照 2.00（90%区间 2.00—2.00）。"
    (nobody,) = rivals_ahead(lines(two_years()))
    assert nobody.en == "No rival has a lower mean CRPS than the model."


def test_tables_say_what_the_lines_say() -> None:
    found = lines([*two_years(), *(row("without_prices", y, 2.0, 1.0) for y in (2005, 2006))])
    (best,) = best_rival_table(found).rows
    cells = [cell.zh for cell in best]
    assert cells[:7] == ["年度增速", "1年", "1.50", "与上年相同", "2.00", "0.75", "0.50—1.00"]
    assert cells[8:] == ["50%", "80%", "90%", "2", "20", "分不出高下"]
    assert [cell.zh for cell in ablation_table(found).rows[0]][2:] == ["0.50（0.50—0.50）"]
    assert [cell.zh for cell in pit_table(found).rows[0]][2:] == ["2"] * 10 + ["0.50"]


def test_stages_put_the_lock_first() -> None:
    rows = [row(MODEL, 2009, 1.0, 1.0), row(MODEL, 2010, 1.0, 1.0, locked="abc1234")]
    assert [title.zh for title, _ in stages(rows)] == [
        "锁定后计分的起点 2010（提交 abc1234）",
        "调试所用的起点 2009",
    ]


# — Rows from forecasts —


def panel() -> Panel:
    growth = {"甲": [10, 11, 9, 10, 12, 11, 10, 9], "乙": [8, 9, 8, 7, 9, 8, 8, 7]}
    return grown({name: [float(g) for g in rates] for name, rates in growth.items()})


def normal(centre: float, spread: float) -> Array:
    return np.asarray(centre + spread * ndtri(np.arange(1, 100) / 100.0))


def test_rows_of_one_origin_by_hand() -> None:
    # 2007 brings 10 and 8; both are forecast as 9 ± 2: half a standard deviation above and below.
    flat = np.stack([normal(9.0, 2.0), normal(9.0, 2.0)])[:, None, :]
    (found,) = year_scores(
        {MODEL: (("甲", "乙"), {"gdp_growth": flat})}, {MODEL: MODEL}, panel(), 2006, (1,)
    )  # fmt: skip
    assert (found.regions, found.inside_50, found.inside_90) == (2, 2, 2)  # half widths 1.35 and 3.29
    assert found.error == pytest.approx(0.0, abs=1e-9)
    assert found.square == pytest.approx(0.25, rel=1e-6)
    # Places 0.69 and 0.31: the seventh and the fourth tenth.
    assert found.pit == (0, 0, 0, 1, 0, 0, 1, 0, 0, 0)
    assert found.crps == found.reference_crps


def test_errors_in_standard_deviations() -> None:
    assert standardised(normal(1.0, 2.0), np.array(5.0)) == pytest.approx(2.0, rel=1e-6)


def test_only_what_both_forecast_is_compared() -> None:
    known = normal(9.0, 2.0)
    whole = np.stack([known, known])[:, None, :]
    half = np.stack([known, np.full(99, np.nan)])[:, None, :]
    made = {MODEL: (("甲", "乙"), {"gdp_growth": whole}), "r": (("甲", "乙"), {"gdp_growth": half})}
    own, rival = year_scores(made, {MODEL: MODEL, "r": MODEL}, panel(), 2006, (1,))
    assert (own.regions, rival.regions) == (2, 1)
    assert rival.reference_crps == rival.crps


def test_rivals_see_nothing_after_the_origin() -> None:
    late = panel()
    for values in late.values.values():
        values[:, 6:] *= 1.2
    forecasters = [rival for rival, _ in rival_forecasters(None)]
    first, second = (forecasts_at(one, 2006, 2, forecasters) for one in (panel(), late))
    for name, (_, forecast) in first.items():
        for variable, quantiles in forecast.items():
            assert np.array_equal(quantiles, second[name][1][variable], equal_nan=True), (name, variable)


def test_ablations_stand_beside_the_model_conditioned_the_same_way() -> None:
    exact = {one.name: reference for one, reference in model_forecasters(1, 1, quick=False)}
    assert exact["without_prices"] == "model_linearised"
    assert exact["model_linearised"] == MODEL
    quick = {one.name: reference for one, reference in model_forecasters(1, 1, quick=True)}
    assert quick == {
        "model": MODEL, "without_prices": MODEL, "without_capital": MODEL, "without_reference_class": MODEL
    }  # fmt: skip


# — Growth targets —


def targets() -> TargetTable:
    """One region; growth as last year with errors of ±1 in 2001-2003, then a target of 9 in 2004."""
    return TargetTable(
        ("甲",) * 4,
        (2001, 2002, 2003, 2004),
        np.array([8.0, 9.0, 8.0, 9.0]),
        np.array([8.0, 8.0, 8.0, 9.5]),
        ("", "", "", "around"),
        np.array([9.0, 8.0, 9.0, 9.2]),
    )


def test_targets_by_hand() -> None:
    made = {"model": (("甲",), {"gdp_growth": normal(9.0, 1.0)[None, None, :]})}
    rows = {found.reading: found for found in target_years(made, ["model"], targets(), 2003)}
    # One-sided, 9 or more: an even chance, and 9.2 meets it. The walk says 9 ± 1, the same.
    assert rows["one_sided"].brier == pytest.approx(0.25, abs=1e-3)
    assert rows["one_sided"].reference_brier == pytest.approx(0.25, abs=1e-3)
    assert rows["one_sided"].bin("middle") == pytest.approx((1, 0.5, 1), abs=1e-3)
    # At its number, 9.5 or more: 31 in 100, and 9.2 does not meet it.
    assert rows["exactly"].bin("low") == pytest.approx((1, 0.3085, 0), abs=1e-3)
    # From 9 to 10: 34 in 100.
    assert rows["band"].brier == pytest.approx((1 - 0.3413) ** 2, abs=1e-3)


def test_target_lines_by_hand() -> None:
    def year(origin: int, cases: int, brier: float, met: int) -> TargetYear:
        return TargetYear(MODEL, "exactly", origin, cases, brier, 0.25, cases, 0.2 * cases, met, 0, 0.0, 0, 0, 0.0, 0)

    (found,) = target_lines([year(2004, 1, 0.1, 0), year(2005, 3, 0.3, 2)])
    assert found.brier == pytest.approx(0.25)  # (1 x 0.1 + 3 x 0.3) / 4
    assert found.ratio == pytest.approx(1.0)
    assert (found.cases, found.years) == (4, 2)
    low, middle, _ = found.bins
    assert (low.cases, low.frequency) == (4, 0.5)
    assert low.forecast == pytest.approx(0.2)
    assert low.effective_years == pytest.approx(16 / 10)  # 4^2 / (1^2 + 3^2)
    assert middle.cases == 0
    assert np.isnan(middle.forecast)
    cells = [cell.zh for cell in reliability_table([found]).rows[0]]
    assert cells[:5] == ["左右按原数", "低（0—1/3）", "4", "20%", "50%"]
