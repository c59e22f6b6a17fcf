"""Differing reports, definition breaks, scopes, concepts and price bases, and how all findings are worded."""

from __future__ import annotations

import pytest

from sim.language import Text
from sim.reconcile import Labels, reconcile
from sim.reconcile.conflict import CAUSES, KINDS
from tests.reconcile_cases import DEFINITIONS, PARENTS, PROJECT, WORDS, fact, found, numeric, only, real

NEVER_SAID = ("错误", "矛盾", "可疑", "冲突")
GROWTH = [
    real("gdp_growth.2016", "12.3"),
    real("gdp_growth.2017", "11.1"),
    real("gdp_growth.2018", "10.9"),
    real("gdp_growth.2020", "3.9"),
    real("gdp_growth_average.2016-2020", "8"),
]


def test_reports_that_agree_within_rounding_pass() -> None:
    city = [fact("city.gdp.2020", "1.24", "万亿元"), fact("city.gdp.2020.press", "12400.56", "亿元")]
    assert numeric(city) == []
    estimate = [fact("gdp.2018", "3517", "亿元"), fact("gdp.2018.estimate", "3500", "亿元", rounding="预计")]
    assert numeric(estimate) == []


def test_reports_that_differ_use_the_better_source() -> None:
    reports = [
        fact("budget_revenue_growth.2018.press", "10.5", "%", grade="press"),
        fact("budget_revenue_growth.2018", "7.8", "%"),
    ]
    one = only(found(reports), "reports")
    assert (one.used, one.suspects) == ("budget_revenue_growth.2018", ("budget_revenue_growth.2018.press",))
    # 2.7 points apart, each rounded to 0.1: 27 roundings.
    assert one.gap == pytest.approx(27)
    assert "后者比前者高2.7个百分点" in one.message.zh


def test_a_recorded_choice_goes_before_the_better_source() -> None:
    reports = [fact("gdp.2016", "2871", "亿元"), fact("gdp.2016.press", "2766", "亿元", grade="press")]
    assert only(found(reports), "reports").used == "gdp.2016"
    assert only(found(reports, ["gdp.2016.press"]), "reports").used == "gdp.2016.press"


def test_other_figures_decide_between_two_reports() -> None:
    reports = [fact("gdp.2020", "3721.68", "亿元"), fact("gdp.2020.other", "3751.16", "亿元")]
    parts = [
        fact("primary_value_added.2020", "82.25", "亿元"),
        fact("secondary_value_added.2020", "1399.31", "亿元"),
        fact("tertiary_value_added.2020", "2240.12", "亿元"),
    ]
    assert only(found(reports), "reports").suspects == ("gdp.2020", "gdp.2020.other")
    assert only(found([*reports, *parts]), "reports").suspects == ("gdp.2020.other",)


def test_a_revision_has_no_suspect() -> None:
    vintages = [fact("gdp.2015", "9300.07", "亿元"), fact("gdp.2015.later", "9472.40", "亿元", nature="revised")]
    one = only(found(vintages), "reports")
    assert (one.suspects, one.cause, one.used) == ((), "revision", "gdp.2015")


def test_growth_across_a_census_is_not_asserted_but_worked_out() -> None:
    conflicts = found(GROWTH)
    assert [one.kind for one in conflicts] == ["definition_break"]
    # 1.08^5 / (1.123 × 1.111 × 1.109 × 1.039) = 1.46933 / 1.43761 = 1.02206
    # With 8 as 7.5 to 8.5 and each year ±0.05: 1.43563 / 1.44020 = 0.9968, 1.50366 / 1.43503 = 1.0478.
    assert "gdp_growth约为2.206%（−0.320—4.786%）" in conflicts[0].message.zh
    assert conflicts[0].used is None
    assert conflicts[0].message.zh.endswith("核实以前，本处不作衔接，各用各的口径。")
    assert "2019年" in conflicts[0].message.zh
    assert set(conflicts[0].facts) == {one.id for one in GROWTH}


def test_levels_on_both_sides_of_a_break_are_shown_together() -> None:
    levels = [
        fact("secondary_share.2018", "45.6", "%", rounding="预计"),
        fact("secondary_share.2020", "37.6", "%"),
        fact("city.gdp.2018", "12001.5", "亿元"),
        fact("city.gdp.2019", "11741.3", "亿元"),
    ]
    first, second = found(levels)
    assert (first.kind, first.facts) == ("definition_break", ("secondary_share.2018", "secondary_share.2020"))
    assert "secondary_share比2018年低8个百分点" in first.message.zh
    assert second.facts == ("city.gdp.2018", "city.gdp.2019")
    assert "gdp比2018年低2.168%" in second.message.zh  # 11741.3 / 12001.5 = 0.97832
    assert all("第四次全国经济普查" in one.message.zh for one in (first, second))


def test_the_new_marine_classification_is_a_break() -> None:
    marine = [fact("marine_gop.2021", "1600", "亿元"), fact("marine_gop.2022", "1900", "亿元")]
    one = only(found(marine), "definition_break")
    assert "GB/T 20794-2021" in one.message.zh
    assert one.used is None
    chosen = only(found(marine, ["marine_gop.2021"]), "definition_break")
    assert chosen.used == "marine_gop.2021"
    assert chosen.message.zh.endswith("本处不作衔接，各用各的口径；其中已选用here 2021年 marine_gop 1600亿元。")


def test_two_populations_of_one_year_are_not_two_years() -> None:
    people = [
        fact("city.population.2020", "950", "万人", scope="普查前人口口径"),
        fact("city.population.2020.census", "1007.17", "万人", scope="第七次人口普查口径"),
    ]
    message = only(found(people), "definition_break").message.zh
    assert "city 2020年 population两种口径相差6.018%" in message  # 1007.17 / 950 = 1.06018
    assert "与2020年" not in message


def test_a_share_that_did_not_move_is_level() -> None:
    shares = [fact("primary_share.2018", "3.4", "%"), fact("primary_share.2020", "3.4", "%")]
    assert "primary_share与2018年持平" in only(found(shares), "definition_break").message.zh


def test_what_a_splice_agrees_with_is_no_finding() -> None:
    levels = [
        fact("gdp.2013", "2121", "亿元", scope="四经普后口径"),
        fact("gdp.2016", "2871", "亿元"),
    ]
    # (2871 / 2121)^(1/3) = 1.1062: at current prices 10.6 %, and prices rise by −2 to 6 % a year.
    assert found([*levels, real("gdp_growth_average.2014-2016", "9")]) == ()
    one = only(found([*levels, real("gdp_growth_average.2014-2016", "15")]), "definition_break")
    assert "含价格变动的合理幅度" in one.message.zh
    assert "所报为15%" in one.message.zh


def test_growth_across_two_breaks_names_both() -> None:
    marine = [
        fact("marine_gop.2013", "494", "亿元"),
        fact("marine_gop.2023", "2000", "亿元"),
        fact("marine_gop_growth_average.2014-2023", "15.0", "%", price_basis="current"),
    ]
    (one,) = (one for one in found(marine) if "marine_gop_growth_average.2014-2023" in one.facts)
    assert "第四次全国经济普查修订和《海洋及相关产业分类》改版（GB/T 20794-2021）" in one.message.zh
    # (2000 / 494)^(1/10) = 1.15009
    assert "约为15.01%（" in one.message.zh
    assert "所报15.0%与之相符" in one.message.zh


def test_two_scopes_are_not_one_series() -> None:
    trade = [
        fact("trade_total.2020", "2078", "亿元", scope="宽口径"),
        fact("trade_total.2021", "1890", "亿元", scope="窄口径"),
        fact("trade_total_growth.2021", "65", "%", scope="窄口径"),
    ]
    (one,) = found(trade)
    assert (one.kind, one.cause, one.suspects, one.used) == ("scope", "scope", (), None)
    assert "外贸统计范围" in one.message.zh
    # 1890 / 1.65 = 1145.5: like is set against like, in 2020.
    assert "trade_total在窄口径下约为1145亿元，同期所报为2078亿元" in one.message.zh
    assert found(trade[1:]) == ()
    quarter = fact("trade_total.2020-Q1", "275.1", "亿元", scope="窄口径")
    (one,) = found([*trade, quarter])
    assert "275.1" not in one.message.zh  # a quarter is not compared with a year
    assert "1890亿元" in one.message.zh


def test_only_the_tag_that_differs_is_named() -> None:
    halves = [
        fact("gdp.2019-H1", "1828.3", "亿元", scope="四经普前口径"),
        fact("gdp.2019-H1.without", "1762.8", "亿元", scope="四经普前口径；不含保税港区"),
    ]
    message = only(found(halves), "scope").message.zh
    assert "（未标注；不含保税港区）" in message


def test_concepts_taken_for_each_other() -> None:
    both = [fact("grain_capacity.2020", "25.65", "万吨"), fact("grain_output.2020", "22.55", "万吨")]
    (one,) = found(both)
    assert (one.kind, one.facts) == ("concept", ("grain_capacity.2020", "grain_output.2020"))
    core = [fact("marine_gop.2023", "2000", "亿元"), fact("marine_core_value_added.2023", "900", "亿元")]
    assert only(found(core), "concept").facts == ("marine_gop.2023", "marine_core_value_added.2023")


def test_a_row_of_a_plan_named_otherwise_than_it_is_read() -> None:
    quote = {"attribute": "预期性", "quote": "研发经费投入增长（%） 预期性 2.8"}
    (one,) = found([fact("rd_intensity.2020", "2.8", "%", **quote)])
    assert (one.kind, one.cause, one.suspects) == ("concept", "misnamed_indicator", ("rd_intensity.2020",))
    assert found([fact("rd_spending_growth.2020", "2.8", "%", **quote)]) == ()
    later = {"attribute": "预期性", "quote": "预期性 2.8 增长"}  # not in the name of the row
    assert found([fact("rd_intensity.2020", "2.8", "%", **later)]) == ()


def test_growth_of_income_that_says_neither_nominal_nor_real() -> None:
    income = fact("household_income_growth.2020", "6", "%", scope="未说明名义或实际")
    assert only(found([income]), "price_basis").facts == ("household_income_growth.2020",)
    for scope in ("名义", "实际"):
        assert found([fact("household_income_growth.2020", "6", "%", scope=scope)]) == ()
    assert found([fact("fdi_growth.2020", "6", "%")]) == ()  # by convention always nominal
    (one,) = found([income, fact("household_income_growth.2018", "8.7", "%")])
    assert "2020年 household_income_growth 6%" in one.message.zh
    assert "2018年 household_income_growth 8.7%" in one.message.zh
    assert "低2个百分点至高7个百分点" in one.message.zh


def test_four_sentences_with_both_documents_and_lines() -> None:
    jobs = [
        fact("new_urban_jobs.2020", "8", "万人", document="a", line=684, quote="城镇新增就业人数 8"),
        fact("new_urban_jobs_average.2016-2020", "14", "万人/年", document="b", line=209, quote="年均新增就业 14 万人"),
    ]
    labels = Labels(
        documents={"a": "甲文", "b": "乙文"},
        regions={"here": Text("本区", "the district")},
        indicators={"new_urban_jobs": Text("城镇新增就业", "new urban jobs")},
    )
    (one,) = reconcile(jobs, WORDS, DEFINITIONS, PARENTS, (), labels)
    sentences = one.message.zh.removesuffix("。").split("。")
    assert len(sentences) == 4
    assert "《甲文》第684行载“城镇新增就业人数 8”（本区2020年 城镇新增就业 8万人）" in sentences[0]
    assert "《乙文》第209行" in sentences[1]
    assert "合理幅度" in sentences[2]
    assert "核实以前" in sentences[3]
    assert "line 684" in one.message.en


def everything() -> list[str]:
    """All that the module can say about a ledger in which every kind of finding occurs."""
    ledger = [
        *GROWTH,
        fact("gdp.2020", "3721.68", "亿元"),
        fact("gdp.2020.other", "3751.16", "亿元"),
        fact("gdp.2021", "9000", "亿元"),
        fact("gdp_growth.2021", "8", "%", price_basis="current"),
        fact("fdi.2021", "20", "亿美元"),
        fact("fdi_average.2019-2021", "10", "亿美元"),
        fact("trade_total.2020", "2078", "亿元", scope="宽口径"),
        fact("trade_total.2021", "1890", "亿元", scope="窄口径"),
        fact("grain_capacity.2020", "25.65", "万吨"),
        fact("grain_output.2020", "22.55", "万吨"),
        fact("household_income_growth.2020", "6", "%"),
    ]
    conflicts = found(ledger)
    assert {one.kind for one in conflicts} == set(KINDS)
    assert {one.cause for one in conflicts} <= set(CAUSES)
    assert [one.kind for one in conflicts] == sorted((one.kind for one in conflicts), key=KINDS.index)
    return [one.message.zh for one in conflicts]


def test_no_published_figure_is_called_wrong() -> None:
    sources = [path.read_text(encoding="utf-8") for path in sorted((PROJECT / "sim" / "reconcile").glob("*.py"))]
    sources.append((PROJECT / "calibration" / "definitions.yaml").read_text(encoding="utf-8"))
    assert len(sources) > 10
    for text in [*everything(), *sources]:
        for word in NEVER_SAID:
            assert word not in text


def test_the_order_of_findings_is_stable() -> None:
    assert everything() == everything()
