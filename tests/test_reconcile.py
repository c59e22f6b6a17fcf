"""Identities between reported figures: what is reported, what passes, which figure is suspected. Worked by hand."""

from __future__ import annotations

import pytest

from tests.reconcile_cases import fact, found, numeric, only, real

GDP = fact("gdp.2020", "3721.68", "亿元")
INDUSTRIES = [
    fact("primary_value_added.2020", "82.25", "亿元"),
    fact("secondary_value_added.2020", "1399.31", "亿元"),
    fact("tertiary_value_added.2020", "2240.12", "亿元"),
]
CENSUS = {"scope": "第七次人口普查口径", "grade": "mirror"}
HEADS = [
    GDP,
    *INDUSTRIES,
    fact("gdp_per_capita_usd.2020", "3.5", "万美元", scope="人口口径未说明"),
    fact("population.2020", "1903595", "人", **CENSUS),
    fact("population_share_of_city.2020", "18.9", "%", **CENSUS),
    fact("city.population.2020", "10071722", "人", **CENSUS),
    fact("china.exchange_rate.2020", "6.9042", "元/美元", grade="dataset"),
    # The city's figure per head, on 950万 before the census, fits the same exchange rate.
    fact("city.gdp.2020", "1.24", "万亿元"),
    fact("city.gdp_per_capita_usd.2020", "1.9", "万美元", scope="普查前人口口径", rounding="接近"),
    fact("city.population.2020.plan", "950", "万人", scope="普查前人口口径", rounding="突破"),
]
CITY_POPULATIONS = ("city.population.2020.plan", "city.population.2020")


def test_a_figure_per_head_that_needs_another_population() -> None:
    (one,) = numeric(HEADS)
    assert only(found(HEADS), "definition_break").facts == CITY_POPULATIONS
    assert one.kind == "identity"
    assert one.suspects == ("gdp_per_capita_usd.2020",)
    assert one.cause == "population_concept"
    # 3721.68亿 ÷ 6.9042 ÷ 3.5万 = 154.0万, against the 190.4万 counted.
    assert "population约为154.0万人（" in one.message.zh
    assert "修约所能解释" in one.message.zh
    assert one.gap is not None
    # 3721.68亿 ÷ 6.9042 ÷ 190.3595万 = 2.8317万: 0.668 from 3.5, whose rounding is 0.05; the mean population and a
    # copied census add 2.5 % of 2.83, together 0.12 of which 0.071 do not grow with the rounding.
    assert 5 < one.gap < 15


def test_the_census_population_is_confirmed_by_its_share_of_the_city() -> None:
    without = [one for one in HEADS if one.indicator not in ("population_share_of_city", "secondary_value_added")]
    (one,) = numeric(without)  # the share is away: the copied count itself is the lighter suspect
    assert one.suspects == ("population.2020",)


def test_a_figure_per_head_is_tried_on_every_population_there_is() -> None:
    old = fact("population.2020.plan", "154", "万人", scope="户籍口径")
    assert numeric([*HEADS, old]) == []
    stated = [
        fact("gdp_per_capita_usd.2020", "3.5", "万美元", scope="第七次人口普查口径") if "usd" in one.id else one
        for one in HEADS
    ]
    assert [one.kind for one in numeric([*stated, old])] == ["identity"]


def test_marine_figures_that_agree_within_rounding_pass() -> None:
    city = [fact("city.gdp.2020", "1.24", "万亿元"), fact("city.marine_share.2020", "30", "%", rounding="左右")]
    own = [
        fact("marine_gop.2020", "1400", "亿元", rounding="近"),
        fact("marine_share.2020", "37", "%"),
        fact("marine_share.2020.text", "37", "%"),
        fact("marine_share_of_city.2020", "38", "%"),
        fact("gdp_share_of_city.2020", "30", "%"),
    ]
    assert found([GDP, *own, *city]) == ()
    # The links are there: 30 % of the city's 3720亿 would be 1116亿, and 27 % of 3721.68亿 is 1005亿.
    for wrong in ("marine_share_of_city.2020", "marine_share.2020"):
        lower = [
            fact(one.id, "27", "%") if one.id == wrong else one for one in own if one.id != "marine_share.2020.text"
        ]
        assert [one.kind for one in numeric([GDP, *lower, *city])] == ["identity"]


def test_industries_sum_to_the_total() -> None:
    assert numeric([GDP, *INDUSTRIES]) == []
    shares = [fact(f"{name}_share.2020", value, "%") for name, value in (("primary", "2.2"), ("secondary", "37.6"))]
    assert numeric([GDP, *INDUSTRIES, *shares]) == []
    wrong = [fact("primary_value_added.2020", "822.5", "亿元"), *INDUSTRIES[1:]]
    one = only(numeric([GDP, *wrong, *shares]), "identity")
    assert one.suspects == ("primary_value_added.2020",)
    assert one.cause == "factor_ten"
    assert "前者应在82.2" in one.message.zh  # 3721.68 − 1399.31 − 2240.12 = 82.25, within 0.015


def test_shares_sum_to_a_hundred() -> None:
    shares = {"primary": "2.2", "secondary": "37.6", "services": "60.2"}
    assert numeric([fact(f"{name}_share.2020", value, "%") for name, value in shares.items()]) == []
    shares["services"] = "60.4"  # 100.2, while rounding explains 0.15
    assert only(numeric([fact(f"{name}_share.2020", value, "%") for name, value in shares.items()]), "identity")


@pytest.mark.parametrize(
    ("basis", "growth", "kinds"),
    [
        ("current", "12", []),
        ("current", "13", []),  # 112 on a base revised by 1 % is 13 %
        ("current", "15", ["identity"]),
        ("constant", "8", []),  # prices up 3.7 %
        ("constant", "1", ["plausibility"]),  # prices up 10.9 %
        ("constant", "18", ["plausibility"]),  # prices down 5.1 %
        ("", "13", []),
        ("", "1", ["plausibility"]),
    ],
)
def test_growth_and_levels(basis: str, growth: str, kinds: list[str]) -> None:
    levels = [fact("gdp.2021", "112.0", "亿元"), fact("gdp.2020", "100.0", "亿元")]
    given = fact("gdp_growth.2021", growth, "%", price_basis=basis)
    assert [one.kind for one in numeric([*levels, given])] == kinds


def test_money_that_is_never_deflated_grows_by_its_levels() -> None:
    levels = [fact("fdi.2021", "14.5", "亿美元"), fact("fdi.2020", "13.3", "亿美元")]  # 9.0 %
    assert numeric([*levels, fact("fdi_growth.2021", "9", "%")]) == []
    assert only(numeric([*levels, fact("fdi_growth.2021", "12", "%")]), "identity")


def test_average_growth_and_yearly_growth() -> None:
    years = [real(f"gdp_growth.{2020 + number}", value) for number, value in enumerate(("3.0", "8.0", "5.0", "6.0"))]
    average = real("gdp_growth_average.2020-2023", "5.5")  # (1.03 × 1.08 × 1.05 × 1.06)^(1/4) = 1.0549
    assert numeric([*years, average]) == []
    assert only(numeric([*years, real("gdp_growth_average.2020-2023", "6.5")]), "identity")


def test_growth_of_the_parts_gives_growth_of_the_whole() -> None:
    # (82.25 × 3.4 + 1399.31 × 2.1 + 2240.12 × 5.1) / 3721.68 = 3.93
    rates = [
        real("primary_value_added_growth.2020", "3.4"),
        real("secondary_value_added_growth.2020", "2.1"),
        real("tertiary_value_added_growth.2020", "5.1"),
    ]
    assert numeric([GDP, *INDUSTRIES, *rates, real("gdp_growth.2020", "3.9")]) == []
    one = only(numeric([GDP, *INDUSTRIES, *rates, real("gdp_growth.2020", "4.9")]), "identity")
    assert "gdp_growth.2020" in one.suspects


def test_one_year_against_the_mean_of_the_others() -> None:
    jobs = fact("new_urban_jobs.2020", "8", "万人")
    one = only(
        found([jobs, fact("new_urban_jobs_average.2016-2020", "14", "万人/年", rounding="以上")]), "plausibility"
    )
    # 14 × 5 = 70 leaves 62 for four years, 15.5 each: 8 is 0.52 of that.
    assert set(one.facts) == {"new_urban_jobs.2020", "new_urban_jobs_average.2016-2020"}
    assert found([jobs, fact("new_urban_jobs_average.2016-2020", "11", "万人/年", rounding="以上")]) == ()
    # 13.3 of more than 90 in five years: 76.7 for the others, 19.2 each, 0.69.
    fdi = [fact("fdi.2020", "13.3", "亿美元"), fact("fdi_cumulative.2016-2020", "90", "亿美元", rounding="超过")]
    assert found(fdi) == ()


def test_a_sum_is_not_less_than_its_years() -> None:
    total = fact("fdi_cumulative.2019-2021", "30", "亿美元")
    years = [fact("fdi.2019", "14", "亿美元"), fact("fdi.2020", "13", "亿美元"), fact("fdi.2021", "15", "亿美元")]
    assert only(numeric([total, *years]), "identity")
    assert numeric([fact("fdi_cumulative.2019-2021", "42", "亿美元"), *years]) == []


def test_change_multiple_days_and_urban_population() -> None:
    assert (
        numeric(
            [
                fact("fdi.2015", "10", "亿美元"),
                fact("fdi.2020", "20", "亿美元"),
                fact("fdi_multiple.2016-2020", "2", "倍"),
            ]
        )
        == []
    )
    assert numeric(
        [fact("fdi.2015", "10", "亿美元"), fact("fdi.2020", "30", "亿美元"), fact("fdi_multiple.2016-2020", "2", "倍")]
    )
    forest = [fact("forest_cover.2015", "20.0", "%"), fact("forest_cover.2020", "23.1", "%")]
    assert numeric([*forest, fact("forest_cover_change.2016-2020", "3.1", "百分点")]) == []
    assert numeric([*forest, fact("forest_cover_change.2016-2020", "2.1", "百分点")])
    air = fact("good_air_ratio.2021", "80.0", "%")  # 292 of 365
    assert numeric([air, fact("good_air_days.2021", "292", "天")]) == []
    assert numeric([air, fact("good_air_days.2021", "320", "天")])
    people = [fact("population.2022", "199.35", "万人"), fact("urbanisation_rate.2022", "82.86", "%")]
    assert numeric([*people, fact("urban_population.2022", "165.18", "万人")]) == []
    assert numeric([*people, fact("urban_population.2022", "161.58", "万人")])


def test_parts_are_not_more_than_wholes() -> None:
    city = fact("city.trade_total.2020", "6407.0", "亿元")
    assert numeric([fact("trade_total.2020", "2078", "亿元"), city]) == []
    assert only(numeric([fact("trade_total.2020", "20780", "亿元"), city]), "identity").cause == "factor_ten"
    assert numeric([fact("manufacturing_share.2020", "30", "%"), fact("secondary_share.2020", "37.6", "%")]) == []
    assert numeric([fact("manufacturing_share.2020", "39", "%"), fact("secondary_share.2020", "37.6", "%")])
    year = fact("trade_total.2021", "1890", "亿元")
    assert numeric([fact("trade_total.2021-Q1", "400", "亿元"), year]) == []
    assert only(numeric([fact("trade_total.2021-Q1", "40", "亿元"), year]), "plausibility")


def test_an_untagged_growth_may_be_of_either_scope() -> None:
    levels = [
        fact("trade_total.2020", "2078", "亿元", scope="宽口径"),
        fact("trade_total.2021", "2400", "亿元", scope="宽口径"),
        fact("trade_total.2020.narrow", "1145", "亿元", scope="窄口径"),
        fact("trade_total.2021.narrow", "1890", "亿元", scope="窄口径"),
    ]
    assert numeric([*levels, fact("trade_total_growth.2021", "65", "%")]) == []  # narrow
    assert numeric([*levels, fact("trade_total_growth.2021", "15.5", "%")]) == []  # wide
    assert only(numeric([*levels, fact("trade_total_growth.2021", "40", "%")]), "identity")
    wide = fact("trade_total_growth.2021", "65", "%", scope="宽口径")
    assert only(numeric([*levels, wide]), "identity").cause == "unexplained"


def test_growth_may_be_on_the_first_or_the_revised_base() -> None:
    levels = [
        fact("trade_total.2021", "120.0", "亿元"),
        fact("trade_total.2020", "100.0", "亿元"),
        fact("trade_total.2020.revised", "105.0", "亿元", nature="revised"),
    ]
    for growth in ("20", "14.3"):  # 120 / 100, 120 / 105
        kinds = [one.kind for one in numeric([*levels, fact("trade_total_growth.2021", growth, "%")])]
        assert kinds == ["reports"]  # the revision itself
    kinds = [one.kind for one in numeric([*levels, fact("trade_total_growth.2021", "30", "%")])]
    assert sorted(kinds) == ["identity", "reports"]


def test_levels_of_successive_years_are_alike() -> None:
    fdi = fact("fdi.2020", "13.3", "亿美元")
    assert numeric([fdi, fact("fdi.2021", "14.5", "亿美元")]) == []
    assert only(numeric([fdi, fact("fdi.2021", "145", "亿美元")]), "plausibility").cause == "factor_ten"
    quarters = [fact("fdi.2020-Q1", "1.3", "亿美元"), fact("fdi.2021-Q1", "7.0", "亿美元")]
    assert numeric(quarters) == []  # a single project can fill a quarter
    zone = fact("fdi.2021", "1.45", "亿美元", scope="功能区")
    assert numeric([fdi, zone]) == []


@pytest.mark.parametrize(
    ("exports", "cause"),
    [("600000", "unit_slip"), ("600.0", "factor_ten"), ("55.0", "neighbouring_year"), ("52.0", "unexplained")],
)
def test_likely_causes(exports: str, cause: str) -> None:
    facts = [
        fact("trade_total.2020", "100.0", "亿元", grade="official"),
        fact("exports.2020", exports, "亿元", grade="press"),
        fact("imports.2020", "40.0", "亿元", grade="official"),
        fact("exports.2019", "55.0", "亿元", grade="official"),
    ]
    one = only(numeric(facts), "identity")
    assert (one.suspects, one.cause) == (("exports.2020",), cause)


def test_a_gap_around_a_census_may_be_its_revision() -> None:
    # The year after a census was still compared with a base published before it: 921.26 / 0.925 = 996.
    sales = [
        fact("retail_sales.2019", "1233.36", "亿元", grade="press"),
        fact("retail_sales.2020", "921.26", "亿元"),
        fact("retail_sales_growth.2020", "-7.5", "%"),
    ]
    one = only(numeric(sales), "identity")
    assert (one.suspects, one.cause) == (("retail_sales.2019",), "definition_break")
    later = [fact(row.id.replace("2020", "2016").replace("2019", "2015"), row.printed, row.unit) for row in sales]
    assert only(numeric(later), "identity").cause == "unexplained"


def test_average_growth_and_levels() -> None:
    levels = [fact("gdp.2022", "133.1", "亿元"), fact("gdp.2019", "100.0", "亿元")]
    # 5 % a year in real terms leaves (1.331 / 1.157625)^(1/3) = 4.8 % a year for prices, 2 % leaves 7.8 %.
    assert numeric([*levels, real("gdp_growth_average.2020-2022", "5.0")]) == []
    assert only(numeric([*levels, real("gdp_growth_average.2020-2022", "2.0")]), "plausibility")


def test_what_either_population_allows_is_allowed() -> None:
    # Nobody reports GDP: 2 × 180 = 360 or 2 × 190 = 380, and 36 % or 38 % of the city's 1000.
    facts = [
        fact("gdp_per_capita.2020", "2.00", "万元"),
        fact("population.2020.old", "180", "万人", scope="普查前人口口径"),
        fact("population.2020.new", "190", "万人", scope="第七次人口普查口径"),
        fact("city.gdp.2020", "1000", "亿元"),
    ]
    for share, kinds in (("36", []), ("38", []), ("45", ["identity"]), ("30", ["identity"])):
        assert [one.kind for one in numeric([*facts, fact("gdp_share_of_city.2020", share, "%")])] == kinds


def test_targets_are_no_actual_figures() -> None:
    target = fact("gdp.2020.target", "9999", "亿元", nature="target")
    assert found([GDP, *INDUSTRIES, target]) == ()
