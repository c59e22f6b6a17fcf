"""Pre-flight of single targets: passed or met already, in words, without a base, of another concept."""

from __future__ import annotations

import pytest

from sim.language import Text
from tests.preflight_cases import fact, findings, goal, kinds, only, pace_of


def test_a_sum_below_the_speed_on_record_is_vacuous() -> None:
    jobs = goal("plan.new_urban_jobs.2025", 25, "万人", operator="cumulative", first_year=2021)
    record = [
        fact("new_urban_jobs.2020", 8, "万人"),
        fact("new_urban_jobs_average.2016-2020", 14, "万人/年"),
    ]
    found = only(findings([jobs], record), "vacuous")
    assert found.others == ("new_urban_jobs.2020", "new_urban_jobs_average.2016-2020")
    # 25 over five years is 5 a year; 14 a year would bring 70.
    for part in ("5年平均每年5.0万人", "2020年每年8万人", "2016—2020年每年14万人", "5年可达70万人"):
        assert part in found.message.zh


def test_a_sum_above_the_speed_on_record_is_not() -> None:
    jobs = goal("plan.new_urban_jobs.2025", 41, "万人", operator="cumulative", first_year=2021)
    found = findings([jobs], [fact("new_urban_jobs.2020", 8, "万人")])  # 5 × 8 = 40
    assert "vacuous" not in kinds(found, "plan.new_urban_jobs.2025")


@pytest.mark.parametrize(
    ("operator", "value", "base", "kind"),
    [
        (">=", 53, 55, "vacuous"),
        (">=", 53, 53, "already_met"),
        (">=", 53, 52.38, None),
        ("<=", 4, 3, "vacuous"),
        ("<=", 4, 4.5, None),
        ("about", 53, 52.7, "vacuous"),  # 52.5 is enough with a tolerance of 0.5
    ],
)
def test_a_threshold_beside_its_base(operator: str, value: float, base: float, kind: str | None) -> None:
    tolerance = 0.5 if operator == "about" else None
    target = goal("plan.good_water_ratio.2025", value, operator=operator, tolerance=tolerance, base=base,
                  base_fact="good_water_ratio.2020")  # fmt: skip
    found = findings([target], [fact("good_water_ratio.2020", base)])
    assert kinds(found, "plan.good_water_ratio.2025") == ([] if kind is None else [kind])


def test_holding_the_line_is_said_to_be_that() -> None:
    target = goal("plan.forest_cover.2025", 23.09, base=23.09, base_fact="forest_cover.2020")
    message = only(findings([target], [fact("forest_cover.2020", 23.09)]), "already_met").message
    assert "保持型" in message.zh
    assert "holds the line" in message.en


def test_a_later_figure_of_the_same_scope_meets_a_target() -> None:
    target = goal("plan.rail_length.2025", 116, "公里", base=67.5, base_fact="rail_length.2020")
    record = [fact("rail_length.2020", 67.5, "公里"), fact("rail_length.2023", 120, "公里")]
    found = only(findings([target], record), "already_met")
    assert found.others == ("rail_length.2023",)
    other = [fact("rail_length.2020", 67.5, "公里"), fact("rail_length.2023", 120, "公里", scope="市区")]
    assert findings([target], other) == ()


@pytest.mark.parametrize(
    ("operator", "words"),
    [("assigned", "由上级下达"), ("in_step", "与经济增长相比"), ("direction", "只有方向"), ("above", "与某市相比")],
)
def test_a_target_without_a_number(operator: str, words: str) -> None:
    target = goal("plan.new_economy_share.2025", None, operator=operator, benchmark="city")
    assert words in only(findings([target], city="city"), "unquantified").message.zh


def test_which_side_lacks_a_base() -> None:
    target = goal("plan.new_economy_share.2025", None, operator="above", benchmark="city", base_text="-")
    both = only(findings([target], city="city"), "no_baseline").message.zh
    assert "缺某区、某市2020年或其后的基数" in both
    theirs = fact("new_economy_share.2020", 32.6, region="city")
    one = only(findings([target], [theirs], city="city"), "no_baseline")
    assert "缺某区2020年或其后的基数（某市2020年32.6%" in one.message.zh
    assert "应由甲局会同统计部门提供" in one.message.zh
    ours = fact("new_economy_share.2022", 33)
    assert kinds(findings([target], [theirs, ours], city="city"), "plan.new_economy_share.2025") == ["unquantified"]


def test_a_name_of_growth_over_a_ratio() -> None:
    name = Text("研发经费投入增长（%）", "growth of R&D")
    target = goal("plan.rd_intensity.2025", 3.0, label=name, base=2.8, base_fact="rd_intensity.2020")
    record = [fact("rd_intensity.2020", 2.8)]
    message = only(findings([target], record), "concept").message.zh
    assert "只差0.2个百分点" in message
    growth = goal("plan.rd_spending_growth.2025", 3.0, label=name, fact_price_basis="current")
    assert "concept" not in kinds(findings([growth], record), "plan.rd_spending_growth.2025")


def test_one_year_in_the_table_and_an_average_in_the_text() -> None:
    one = goal("plan.gdp_growth.2025", 8, fact_price_basis="constant")
    average = goal("plan.gdp_growth_average.2025", 8, first_year=2021, fact_price_basis="constant")
    found = only(findings([one, average]), "concept")
    assert (found.id, found.others) == ("plan.gdp_growth.2025", ("plan.gdp_growth_average.2025",))
    elsewhere = goal("plan.gdp_growth_average.2025", 8, first_year=2021, fact_price_basis="constant",
                     fact_document="report")  # fmt: skip
    assert "concept" not in kinds(findings([one, elsewhere]), "plan.gdp_growth.2025")


def test_one_years_cut_under_a_task_of_five() -> None:
    target = goal("plan.energy_intensity_reduction.2025", None, operator="assigned", first_year=2021, base=1.15,
                  base_fact="energy_intensity_reduction.2020")  # fmt: skip
    found = only(findings([target], [fact("energy_intensity_reduction.2020", 1.15)]), "concept")
    assert "5年累计任务" in found.message.zh
    assert found.others == ("energy_intensity_reduction.2020",)


@pytest.mark.parametrize(
    ("prices", "scope", "asked"),
    [("", "", True), ("", "未说明名义或实际", True), ("constant", "", False), ("", "名义", False)],
)
def test_income_growth_says_nominal_or_real(prices: str, scope: str, asked: bool) -> None:
    target = goal("plan.household_income_growth.2025", 7, fact_price_basis=prices, fact_scope=scope)
    found = findings([target], [fact("household_income_growth.2020", 6)])
    assert ("名义增长或实际增长" in "".join(f.message.zh for f in found)) is asked


def test_a_definition_that_changed_between_base_and_target() -> None:
    target = goal("plan.marine_share.2022", 42, base=37, base_fact="marine_share.2020")
    message = only(findings([target], [fact("marine_share.2020", 37)]), "concept").message.zh
    assert "GB/T 20794-2021" in message
    assert "尚无衔接系数" in message
    before = goal("plan.marine_share.2021", 42, base=37, base_fact="marine_share.2020")
    assert findings([before], [fact("marine_share.2020", 37)]) == ()


def test_units_of_different_kinds() -> None:
    target = goal("plan.doctors_per_1000.2025", 4.5, "张/千人", base=2.9, base_fact="doctors_per_1000.2020")
    message = only(findings([target], [fact("doctors_per_1000.2020", 2.9, "人/千人")]), "concept").message.zh
    assert "单位不同" in message


def test_an_open_population_concept() -> None:
    target = goal("plan.population.2025", 260, "万人", fact_scope="人口口径未说明")
    record = [fact("population.2020", 190, "万人", scope="第七次人口普查口径")]
    assert "人口口径未说明" in only(findings([target], record), "concept").message.zh


def test_a_city_figure_of_another_scope() -> None:
    target = goal("plan.good_air_ratio.2025", None, operator="above", benchmark="city", base=78,
                  base_fact="good_air_ratio.2020")  # fmt: skip
    ours = fact("good_air_ratio.2020", 78)
    for scope, expected in (("市区", ["concept", "unquantified"]), ("", ["unquantified"])):
        theirs = fact("good_air_ratio.2020.city", 86.3, region="city", scope=scope)
        assert kinds(findings([target], [ours, theirs], city="city"), "plan.good_air_ratio.2025") == expected


def test_speed_of_a_level() -> None:
    target = goal("plan.trade_total.2025", 3000, "亿元", base=2078, base_fact="trade_total.2020")
    record = [fact("trade_total.2018", 1800, "亿元"), fact("trade_total.2020", 2078, "亿元")]
    found = pace_of([target], record)
    assert found.required == pytest.approx(7.6205, abs=1e-4)  # (3000/2078)^(1/5) − 1
    assert found.achieved == pytest.approx(7.4451, abs=1e-4)  # (2078/1800)^(1/2) − 1
    assert (found.start, found.achieved_span, found.unit) == ("trade_total.2020", "2019—2020", "%")


def test_speed_never_joins_two_scopes() -> None:
    target = goal("plan.trade_total.2025", 3000, "亿元", base=2078, base_fact="trade_total.2020")
    wide = fact("trade_total.2020", 2078, "亿元", scope="宽口径")
    narrow = [
        fact("trade_total.2019", 1500, "亿元", scope="窄口径"),
        fact("trade_total.2021", 1890, "亿元", scope="窄口径"),
    ]
    found = pace_of([target], [wide, *narrow])
    assert (found.start, found.achieved) == ("trade_total.2020", None)
    later = fact("trade_total.2023", 2500, "亿元", scope="宽口径")
    again = pace_of([target], [wide, *narrow, later])
    assert again.start == "trade_total.2023"
    assert again.required == pytest.approx(9.5445, abs=1e-4)  # (3000/2500)^(1/2) − 1
    assert again.achieved == pytest.approx(6.3567, abs=1e-4)  # (2500/2078)^(1/3) − 1


def test_speed_of_shares_sums_and_averages() -> None:
    share = goal("plan.marine_share.2025", 42, base=37, base_fact="marine_share.2020")
    assert pace_of([share], [fact("marine_share.2020", 37)]).required == pytest.approx(1.0)
    jobs = goal("plan.new_urban_jobs.2025", 25, "万人", operator="cumulative", first_year=2021)
    done = [fact("new_urban_jobs.2021", 7, "万人"), fact("new_urban_jobs.2022", 8, "万人")]
    found = pace_of([jobs], done)
    assert found.required == pytest.approx(10 / 3)  # 25 − 15 in three years
    assert found.achieved == pytest.approx(7.5)
    growth = goal("plan.gdp_growth_average.2025", 8, first_year=2021)
    years = [fact("gdp_growth.2021", 10), fact("gdp_growth.2022", 5), fact("gdp_growth.2023", 6)]
    found = pace_of([growth], years)
    assert found.required == pytest.approx(9.5508, abs=1e-4)  # (1.08^5 / (1.10 × 1.05 × 1.06))^(1/2) − 1
    assert found.achieved == pytest.approx(6.9784, abs=1e-4)  # (1.10 × 1.05 × 1.06)^(1/3) − 1


def test_both_numbers_of_a_speed_are_in_the_unit_of_the_target() -> None:
    income = goal("plan.gdp_per_capita_usd.2025", 25000, "美元")
    found = pace_of([income], [fact("gdp_per_capita_usd.2020", 1.9, "万美元")])
    assert (found.start_value, found.value, found.target_unit) == (19000.0, 25000.0, "美元")
    # (25000/19000)^(1/5) = 1.0564
    assert found.required == pytest.approx(5.64, abs=0.005)
