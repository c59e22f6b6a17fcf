"""Tags, breaks and bridges of `calibration/definitions.yaml`, and series that must not cross a break."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sim.errors import InputError
from sim.facts.definitions import PLAIN, level_name, read_definitions
from sim.facts.naming import read_period, split_indicator
from sim.facts.rules import BridgeModel
from sim.facts.series import SpliceError, splice
from tests.reconcile_cases import DEFINITIONS, PROJECT, fact

TABLE = PROJECT / "calibration" / "definitions.yaml"


@pytest.mark.parametrize(
    ("indicator", "base", "suffix"),
    [
        ("gdp", "gdp", ""),
        ("gdp_growth", "gdp", "growth"),
        ("gdp_growth_average", "gdp", "growth_average"),
        ("marine_share_of_city", "marine", "share_of_city"),
        ("marine_share_change", "marine_share", "change"),
        ("gdp_share_of_province", "gdp", "share_of_province"),
        ("change", "change", ""),
    ],
)
def test_suffixes(indicator: str, base: str, suffix: str) -> None:
    assert split_indicator(indicator) == (base, suffix)


def test_periods() -> None:
    span, months = read_period("2016-2020"), read_period("2021-9M")
    assert (span.first, span.last, span.years, span.is_span) == (2016, 2020, 5, True)
    assert (months.first, months.months, months.is_span, months.at(2020)) == (2021, 9, False, "2020-9M")
    with pytest.raises(ValueError, match="2021年"):
        read_period("2021年")


@pytest.mark.parametrize(
    ("id", "unit", "axis", "tag"),
    [
        ("gdp.2018", "亿元", "census", "四经普前口径"),
        ("gdp.2019", "亿元", "census", "四经普后口径"),
        ("gdp_growth.2023", "%", "census", "四经普后口径"),
        ("gdp.2024", "亿元", "census", "五经普后口径"),
        ("gdp_growth_average.2016-2020", "%", "census", "四经普后口径"),
        ("secondary_share.2018", "%", "census", "四经普前口径"),
        ("population.2019", "万人", "population", "普查前人口口径"),
        ("population.2020", "万人", "population", None),  # the year of the census: either
        ("population.2021", "万人", "population", "第七次人口普查口径"),
        ("marine_gop.2021", "亿元", "marine", "海洋2006年版分类"),
        ("marine_gop.2022", "亿元", "marine", "海洋2021年版分类"),
        ("budget_revenue.2018", "亿元", "census", None),  # not national accounts
    ],
)
def test_the_year_implies_the_definition(id: str, unit: str, axis: str, tag: str | None) -> None:
    assert DEFINITIONS.basis(fact(id, "1", unit)).get(axis) == tag


def test_a_stated_tag_goes_before_the_year() -> None:
    revised = fact("gdp.2018", "3400", "亿元", scope="四经普后口径")
    assert DEFINITIONS.tags_of(revised) == {"census": "四经普后口径"}
    assert DEFINITIONS.basis(revised)["census"] == "四经普后口径"


def test_tags_with_a_remark_and_words_that_are_no_tags() -> None:
    row = fact("trade_total.2020", "2078", "亿元", scope="宽口径：含保税港区；规模以上；未知口径")
    assert DEFINITIONS.tags_of(row) == {"trade": "宽口径", "industry": "规模以上"}
    assert DEFINITIONS.unknown_tags(row) == ("未知口径",)


def test_a_tag_that_says_nothing_leaves_the_scope_open() -> None:
    income = fact("household_income_growth.2020", "6", "%", scope="未说明名义或实际")
    assert "income_prices" in DEFINITIONS.tags_of(income)
    assert "income_prices" not in DEFINITIONS.basis(income)


def test_an_area_without_a_tag_is_the_whole_area() -> None:
    whole, zone = fact("good_air_ratio.2020", "78", "%"), fact("good_air_ratio.2020", "86", "%", scope="功能区")
    assert DEFINITIONS.basis(whole)["area"] == PLAIN
    assert not DEFINITIONS.comparable(whole, zone).comparable


def test_comparison_names_the_axis() -> None:
    wide, narrow = (fact("trade_total.2020", "1", "亿元", scope=scope) for scope in ("宽口径", "窄口径"))
    found = DEFINITIONS.comparable(wide, narrow)
    assert (found.comparable, found.axis) == (False, "trade")
    assert found.note is not None
    assert "宽口径" in found.note.zh
    assert "窄口径" in found.note.zh


def test_an_untagged_population_is_comparable_with_a_wider_note() -> None:
    census = fact("population.2020", "190", "万人", scope="第七次人口普查口径")
    found = DEFINITIONS.comparable(fact("population.2020", "180", "万人"), census)
    assert (found.comparable, found.axis) == (True, "population")
    assert found.note is not None
    assert "较宽" in found.note.zh
    same = DEFINITIONS.comparable(fact("budget_revenue.2019", "1", "亿元"), fact("budget_revenue.2020", "1", "亿元"))
    assert (same.comparable, same.axis, same.note) == (True, None, None)


def test_levels_behind_names() -> None:
    assert [level_name(name) for name in ("gdp_growth_average", "marine_share_change", "fdi_share_of_city")] == [
        "gdp",
        "marine_share",
        "fdi",
    ]


def test_a_series_on_one_definition() -> None:
    facts = [fact("gdp.2021", "4368.53", "亿元"), fact("gdp.2020", "0.372168", "万亿元")]
    values = splice(facts, DEFINITIONS)
    assert list(values) == [2020, 2021]
    assert values[2020] == pytest.approx(3721.68)


def test_a_series_across_a_break_names_both_figures() -> None:
    facts = [fact("city.gdp.2018", "12001.5", "亿元"), fact("city.gdp.2019", "11741.3", "亿元")]
    with pytest.raises(SpliceError) as raised:
        splice(facts, DEFINITIONS)
    for part in ("city.gdp.2018 2018 12001.5亿元", "city.gdp.2019 2019 11741.3亿元", "第四次全国经济普查"):
        assert part in str(raised.value)


def test_a_bridge_carries_a_series_across_its_break() -> None:
    line = {
        "break": "economic_census_4",
        "region": "city",
        "indicator": "gdp",
        "low": 0.90,
        "high": 0.94,
        "source": "x",
    }
    bridged = replace(DEFINITIONS, bridges=(BridgeModel.model_validate(line),))
    facts = [fact("city.gdp.2018", "12000", "亿元"), fact("city.gdp.2019", "11741.3", "亿元")]
    assert splice(facts, bridged) == {2018: pytest.approx(11040), 2019: 11741.3}  # 12000 × 0.92
    with pytest.raises(SpliceError):  # a bridge of the city says nothing of another region
        splice([replace(one, region="here") for one in facts], bridged)


def test_scopes_regions_and_years_are_not_mixed_in_a_series() -> None:
    wide = fact("trade_total.2020", "2078", "亿元", scope="宽口径")
    with pytest.raises(SpliceError, match="外贸统计范围"):
        splice([wide, fact("trade_total.2021", "1890", "亿元", scope="窄口径")], DEFINITIONS)
    with pytest.raises(SpliceError, match="not one series"):
        splice([wide, fact("city.trade_total.2021", "8498", "亿元")], DEFINITIONS)
    with pytest.raises(SpliceError, match="two figures of one year"):
        splice([wide, fact("trade_total.2020.other", "2079", "亿元", scope="宽口径")], DEFINITIONS)


def test_the_table_holds_the_breaks_that_change_results() -> None:
    breaks = {change.id: change for change in DEFINITIONS.breaks}
    assert [(breaks[id].kind, breaks[id].date) for id in ("economic_census_4", "marine_classification_2021")] == [
        ("vintage", "2019-11"),
        ("classification", "2022-07-01"),
    ]
    assert breaks["population_census_7"].date == "2020-11-01"
    assert breaks["economic_census_5"].first_after == 2024
    assert all(change.sources and change.indicators for change in DEFINITIONS.breaks)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("    before: 四经普前口径", "    before: 四经普以前", "四经普以前"),
        ("    axis: marine\n", "    axis: sea\n", "sea"),
        ("    last_before: 2018", "    last_before: 2030", "first_after"),
        ("      窄口径: {", "      宽口径: {", "宽口径"),
        ("bridges: []", "bridges: [{break: no_such, region: a, indicator: b, low: 1, high: 2, source: c}]", "no_such"),
        ("    kind: classification", "    kind: other", "kind"),
    ],
)
def test_mistakes_in_the_table_are_reported(tmp_path: Path, old: str, new: str, message: str) -> None:
    text = TABLE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "definitions.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_definitions(path)
