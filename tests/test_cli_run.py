"""`run` from outside: what it prints, and its document."""

from __future__ import annotations

import math
import re
import unicodedata
from typing import Any

import numpy as np
import pytest

from tests.running import DRAWS, FEW, INDICATOR_FIELDS, YEARS, Finished, call, project

HANZI = re.compile(r"[\u3400-\u9fff]")

# Indicator, label and 2020 column, typed from the printed table of the plan (page break of the PDF taken out).
PLAN_TABLE = [
    ("gdp_growth", "地区生产总值增速", "3.9"),
    ("labour_productivity", "全员劳动生产率（万元/人）", None),
    ("manufacturing_share", "制造业增加值占地区生产总值比重（%）", "30"),
    ("marine_share", "海洋经济增加值占地区生产总值比重（%）", "37"),
    ("rd_intensity", "研发经费投入增长（%）", "2.8"),
    ("high_value_patents", "每万人口高价值发明专利拥有量（件）", "57"),
    ("new_economy_share", "四新经济增加值占生产总值比重（%）", None),
    ("digital_core_share", "数字经济核心产业增加值占生产总值比重（%）", None),
    ("fdi", "实际利用外资（亿美元）", "13.3"),
    ("trade_total", "外贸进出口总额（亿元）", "2078"),
    ("urbanisation_rate", "常住人口城镇化率（%）", "80.7"),
    ("rail_length", "轨道交通营运里程（公里）", "67.5"),
    ("energy_intensity_reduction", "单位地区生产总值能源消耗降低（%）", "1.15"),
    ("co2_intensity_reduction", "单位地区生产总值二氧化碳排放降低（%）", None),
    ("good_air_ratio", "空气质量优良天数比率（%）", "78"),
    ("good_water_ratio", "地表水达到或好于三类水体比例（%）", "52.38"),
    ("forest_cover", "森林覆盖率（%）", "23.09"),
    ("life_expectancy", "人均预期寿命（岁）", "81.4"),
    ("household_income_growth", "居民人均可支配收入增长（%）", "6"),
    ("new_urban_jobs", "城镇新增就业人数", "8"),
    ("doctors_per_1000", "每千人口拥有执业（助理）医师数（人）", "2.9"),
    ("schooling_years", "劳动年龄人口平均受教育年限（年）", "13"),
    ("pension_coverage", "基本养老保险参保率（%）", "97"),
    ("childcare_places_per_1000", "每千人口拥有3岁以下婴幼儿托位数（个）", None),
    ("grain_capacity", "粮食综合生产能力（万吨）", "25.65"),
]
#: GDP of 2020 is in the text of the plan, not in its table.
REPORTED = {"gdp": "3721.68", **{name: base for name, _, base in PLAN_TABLE if base is not None}}

TARGET_FIELDS = (
    "id indicator row category label target_text nature owner year operator value value_high benchmark margin base "
    "unit status probability standard_error probability_low probability_high confidence_word p10 p50 p90 shortfall "
    "first_year actual outcome source note"
)
#: No figure of 2020 exists for these; a growth rate has none when the year before is unknown.
NO_BASE_YEAR = {
    "gdp_growth_average", "marine_gop_growth", "industry_value_added_growth", "fixed_asset_investment_growth",
    "retail_sales_growth", "budget_revenue_growth", "rd_spending_growth", "trade_total_growth",
    "co2_intensity_reduction",
}  # fmt: skip


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Finished:
    """The baseline."""
    return project(tmp_path_factory.mktemp("run") / "baseline")


def printed_half_unit(printed: str) -> float:
    """Half a unit of the last printed digit: 30 stands for 29.5 to 30.5."""
    return 0.5 * 10.0 ** -len(printed.partition(".")[2])


# The page


def columns(line: str) -> str:
    """The line with a filler after every wide character, so that an index is a terminal cell."""
    return "".join(c + "\0" if unicodedata.east_asian_width(c) in "WF" else c for c in line)


def plan_rows(page: str) -> list[tuple[str, str]]:
    """(number, label) of the rows of the first table of a page, wrapped cells put together again."""
    table = page.split("━\n")[2]
    header = columns(next(line for line in page.splitlines() if line.startswith("类别")))
    number, label, unit = (header.index(columns(word)) for word in ("序号", "指标", "单位"))
    rows = []
    spans = ((number, label), (label, unit))
    for block in re.split(r"^─+\n", table.split("\n━")[0], flags=re.MULTILINE):
        lines = [columns(line) for line in block.splitlines()]
        parts = ["".join(line[a:b].replace("\0", "").strip() for line in lines) for a, b in spans]
        rows.append((parts[0], parts[1]))
    return rows


def test_the_first_line_says_what_data_is_used(done: Finished) -> None:
    code, page, err = call("run", *FEW, "--keep-draws", "--out", str(done.folder))
    assert (code, err) == (0, "")
    assert page.splitlines()[0].startswith("仅使用2020年及以前数据")
    assert "模型推算值，非统计数据" in page.splitlines()[0]


def test_the_table_has_the_plans_25_rows_in_its_words(done: Finished) -> None:
    page = call("run", *FEW, "--keep-draws", "--out", str(done.folder))[1]
    numbered = [(number, label) for number, label in plan_rows(page) if number]
    assert numbered == [(str(i), label) for i, (_, label, _) in enumerate(PLAN_TABLE, 1)]


def test_the_page_goes_on_to_2035_and_ends_with_the_folder(done: Finished) -> None:
    page = call("run", *FEW, "--keep-draws", "--out", str(done.folder))[1]
    assert "2030年中位数" in page
    assert "2035年中位数" in page
    assert str(done.folder) in page.splitlines()[-1]


def test_english_keeps_chinese_for_verbatim_words_only(done: Finished) -> None:
    code, page, _ = call("run", *FEW, "--keep-draws", "--out", str(done.folder), "--lang", "en")
    assert code == 0
    assert page.splitlines()[0].startswith("Uses figures up to 2020 only")
    verbatim = {t["category"] for t in done.document["targets"]} | {t["unit"] for t in done.document["targets"]}
    verbatim |= {t["target_text"] for t in done.document["targets"]} | {r["unit"] for r in done.document["indicators"]}
    verbatim |= {owner for t in done.document["targets"] for owner in t["owner"]} | {"八左右"}
    # Cells are wrapped, so words cannot be looked up whole; those outside the plan's table can.
    assert set(HANZI.findall(page)) - set("".join(verbatim)) == set()
    outlook = page[page.index("Outlook") :]
    for unit in sorted(verbatim, key=len, reverse=True):
        outlook = outlook.replace(unit, "") if unit else outlook
    assert HANZI.findall(outlook.replace(str(done.folder), "")) == []


# The document


def numbers(value: Any) -> list[float]:
    if isinstance(value, dict):
        return [n for v in value.values() for n in numbers(v)]
    if isinstance(value, list):
        return [n for v in value for n in numbers(v)]
    return [value] if isinstance(value, float) else []


def test_the_document_has_the_fields_of_the_contract(done: Finished) -> None:
    document = done.document
    expected = {
        "region": "west_coast", "scenario": "baseline", "seed": 1, "draws": DRAWS, "as_of": 2020, "horizon": 2035,
    }  # fmt: skip
    assert {key: document[key] for key in expected} == expected
    assert document["result"] == str(done.folder)
    assert [t["id"] for t in document["targets"] if set(TARGET_FIELDS.split()) - set(t)] == []
    assert [r for r in document["indicators"] if set(INDICATOR_FIELDS) - set(r)] == []
    assert {"all", "expected_count", "evaluated", "conflict"} <= set(document["joint"])
    assert all(math.isfinite(number) for number in numbers(document))


def test_every_target_is_whole(done: Finished) -> None:
    for t in done.document["targets"]:
        if t["status"] == "evaluated":
            assert 0.0 <= t["probability"] <= 1.0
            assert t["standard_error"] > 0.0
            assert t["p10"] <= t["p50"] <= t["p90"]
            assert t["confidence_word"]
            assert 0.0 <= t["first_year"]["never"] <= 1.0
            assert t["shortfall"] is None if t["probability"] == 1.0 else t["shortfall"] >= 0.0
        else:
            assert t["status"] in ("not_quantified", "no_baseline", "not_modelled", "beyond_horizon")
            assert (t["probability"], t["standard_error"], t["p50"], t["first_year"]) == (None, None, None, None)


def test_at_least_18_rows_have_a_probability_and_the_others_name_what_is_missing(done: Finished) -> None:
    first = {t["row"]: t for t in done.document["targets"] if t["row"] and t["reading_of"] is None}
    assert [first[i + 1]["indicator"] for i in range(25)] == [name for name, _, _ in PLAN_TABLE]
    assert [first[i + 1]["label"] for i in range(25)] == [label for _, label, _ in PLAN_TABLE]
    without = [t for t in first.values() if t["probability"] is None]
    assert len(without) <= 7
    for t in without:
        assert re.search("缺.*(数|率|占比|托位数)|下达数未列", t["note"]), t["id"]
        assert "提供" in t["note"], t["id"]  # who would have it


def test_every_indicator_and_year_is_there(done: Finished) -> None:
    records = {(r["indicator"], r["year"]): r for r in done.document["indicators"]}
    names = {name for name, _ in records}
    assert set(records) == {(name, year) for name in names for year in YEARS}
    empty = {key for key, r in records.items() if any(r[q] is None for q in INDICATOR_FIELDS)}
    assert {year for _, year in empty} <= {2020}
    assert {name for name, _ in empty} <= NO_BASE_YEAR
    quantiles = ("p05", "p10", "p25", "p50", "p75", "p90", "p95")
    whole = [[r[q] for q in quantiles] for key, r in records.items() if key not in empty]
    assert all(row == sorted(row) for row in whole)


@pytest.mark.parametrize(("name", "printed"), REPORTED.items())
def test_2020_is_the_plans_in_every_draw(done: Finished, name: str, printed: str) -> None:
    start = done.draws[name][:, 0]
    assert np.abs(start - float(printed)).max() <= printed_half_unit(printed) + 1e-9


def test_the_document_agrees_with_the_draws(done: Finished) -> None:
    for r in done.document["indicators"]:
        values = done.draws[r["indicator"]][:, r["year"] - 2020]
        if r["p50"] is not None:
            assert r["p10"] == pytest.approx(np.quantile(values, 0.1), rel=1e-12, abs=1e-12)
            assert r["p50"] == pytest.approx(np.median(values), rel=1e-12, abs=1e-12)
            assert r["mean"] == pytest.approx(values.mean(), rel=1e-9, abs=1e-9)
    by_id = {t["id"]: t for t in done.document["targets"]}
    share = by_id["plan14.marine_share.2025"]
    reached = (done.draws["marine_share"][:, 5] >= 42.0).mean()
    assert share["probability"] == pytest.approx(reached, abs=1e-12)
    jobs = by_id["plan14.new_urban_jobs.2025"]
    assert jobs["probability"] == pytest.approx((done.draws["new_urban_jobs"][:, 1:6].sum(axis=1) >= 25.0).mean())
