"""Names of indicators: complete for every ledger and target file, none idle, and put together as people say them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from sim.errors import InputError
from sim.facts.names import entry_of, name_of, read_names
from sim.facts.naming import SUFFIXES
from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.reading.source import read

CALIBRATION = Path(__file__).resolve().parent.parent / "calibration"
LEDGERS = (*sorted(CALIBRATION.glob("[!_]*/facts.csv")), CALIBRATION / "peers.csv")
TARGETS = tuple(sorted(CALIBRATION.glob("[!_]*/targets/*.yaml")))
CHINESE = re.compile("[一-龥]")
REMARK = re.compile("（[^（）]*）$")
# The run and the ledgers differ in words: the model's growth of industry is that of manufacturing, and a ledger
# names nominal growth in the name because the remark of the run is not part of it.
OWN_WORDS = {"industry_value_added_growth", "household_income_growth_nominal"}


@pytest.fixture(scope="module")
def names() -> Mapping[str, Text]:
    return read_names(CALIBRATION / "indicators.yaml")


@pytest.fixture(scope="module")
def used() -> frozenset[str]:
    return frozenset((*of_ledgers(), *of_targets()))


def of_ledgers() -> Iterator[str]:
    for path in LEDGERS:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from (row["indicator"] for row in csv.DictReader(file))


def of_targets() -> Iterator[str]:
    for path in TARGETS:
        yield from (target["indicator"] for target in read(path).data["targets"] if target.get("indicator"))


def test_the_files_are_all_there() -> None:
    """The other tests would pass on empty lists."""
    assert {path.parent.name for path in LEDGERS} == {"west_coast", "qingdao", "reference", "calibration"}
    assert {path.name for path in TARGETS} >= {"plan14.yaml", "plan15_draft.yaml", "report2025.yaml"}


def test_every_indicator_has_a_chinese_name(names: Mapping[str, Text], used: frozenset[str]) -> None:
    assert [id for id in sorted(used) if not CHINESE.search(name_of(id, names).zh)] == []


def test_every_english_name_is_words(names: Mapping[str, Text], used: frozenset[str]) -> None:
    assert [id for id in sorted(used) if re.search("_|[一-龥]", name_of(id, names).en)] == []


def test_no_entry_is_idle(names: Mapping[str, Text], used: frozenset[str]) -> None:
    assert sorted(set(names) - {entry_of(id, names) for id in used}) == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_two_indicators_share_a_name(lang: str, names: Mapping[str, Text], used: frozenset[str]) -> None:
    by_name: dict[str, list[str]] = {}
    for id in sorted(used):
        by_name.setdefault(name_of(id, names).pick(lang), []).append(id)
    assert [ids for ids in by_name.values() if len(ids) > 1] == []


def test_sorted_by_id(names: Mapping[str, Text]) -> None:
    assert list(names) == sorted(names)


def test_same_words_as_in_a_run(names: Mapping[str, Text], used: frozenset[str]) -> None:
    """Up to the remark in parentheses, which says what of several concepts the model computes."""
    differing = set()
    for id in used & set(INDICATORS):
        label, name = INDICATORS[id].label.zh, name_of(id, names).zh
        if name not in (label, REMARK.sub("", label)):
            differing.add(id)
    assert differing == OWN_WORDS


@pytest.mark.parametrize(
    ("indicator", "zh", "en"),
    [
        ("gdp", "地区生产总值", "GDP"),
        ("gdp_growth", "地区生产总值增速", "GDP, growth"),
        ("gdp_growth_average", "地区生产总值年均增速", "GDP, average growth"),
        ("gdp_growth_cumulative", "地区生产总值累计增速", "GDP, cumulative growth"),
        ("gdp_multiple", "地区生产总值倍数", "GDP, multiple"),
        ("jobs_average", "年均新增就业", "New jobs, yearly average"),
        ("sea_share", "海洋经济增加值占地区生产总值比重", "Marine economy, share of GDP"),
        ("sea_share_of_city", "海洋经济增加值占全市比重", "Marine economy, share of the city"),
        ("sea_share_of_province", "海洋经济增加值占全省比重", "Marine economy, share of the province"),
        ("sea_share_of_nation", "海洋经济增加值占全国比重", "Marine economy, share of the nation"),
        ("sea_share_change", "海洋经济增加值占地区生产总值比重变化", "Marine economy, share of GDP, change"),
        ("jobs_cumulative_share_of_city", "累计新增就业占全市比重", "New jobs, cumulative, share of the city"),
        ("price_growth", "价格涨幅", "Rise of prices"),  # an entry of its own wins
        ("price_growth_change", "价格涨幅变化", "Rise of prices, change"),
        ("price_multiple", "price_multiple", "price_multiple"),  # nothing it is derived from has a name
        ("port_depth", "port_depth", "port_depth"),
    ],
)
def test_composition(indicator: str, zh: str, en: str) -> None:
    names = {
        "gdp": Text("地区生产总值", "GDP"),
        "jobs": Text("新增就业", "New jobs"),
        "sea": Text("海洋经济增加值", "Marine economy"),
        "price_growth": Text("价格涨幅", "Rise of prices"),
    }
    assert name_of(indicator, names) == Text(zh, en)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_suffix_has_words(suffix: str) -> None:
    name = name_of(f"gdp_{suffix}", {"gdp": Text("产值", "Output")})
    assert "产值" in name.zh
    assert len(name.zh) > len("产值")
    assert name.en.startswith("Output, ")


@pytest.mark.parametrize(
    ("indicator", "zh"),
    [
        ("industry_value_added_growth", "规模以上工业增加值增速"),
        ("industry_value_added_growth_change", "规模以上工业增加值增速变化"),
        ("budget_revenue_growth_average", "一般公共预算收入年均增速"),
        ("trade_total_cumulative_share_of_city", "累计外贸进出口总额占全市比重"),
        ("consumer_price_growth", "居民消费价格涨幅"),
        ("urbanisation_rate_change", "常住人口城镇化率变化"),
        ("primary_schools_built_cumulative", "累计新建、扩建小学数"),
        ("primary_school_places_added_cumulative", "累计新增小学学位"),
        ("co2_intensity_reduction_cumulative", "单位地区生产总值二氧化碳排放累计降低"),
    ],
)
def test_names_of_the_file(indicator: str, zh: str, names: Mapping[str, Text]) -> None:
    assert name_of(indicator, names).zh == zh


GDP = "  gdp: {label: 地区生产总值, label_en: GDP}\n"


@pytest.mark.parametrize(
    ("rows", "line", "said"),
    [
        (GDP + GDP, 3, "gdp"),
        (GDP + "  output: {label: 地区生产总值, label_en: Output}\n", 3, "已是 gdp 的名称"),
        (GDP + "  output: {label: 产值, label_en: GDP}\n", 3, "已是 gdp 的名称"),
        ("  output: {label: Output, label_en: Output}\n", 2, "中文"),
        ("  output: {label: '', label_en: Output}\n", 2, "label"),
        ("  output: {label: 产值}\n", 2, "label_en"),
        ("  output: {label: 产值, label_en: Output, unit: 亿元}\n", 2, "unit"),
        ("  Output: {label: 产值, label_en: Output}\n", 2, "小写"),
    ],
)
def test_wrong_files_are_refused(tmp_path: Path, rows: str, line: int, said: str) -> None:
    path = tmp_path / "indicators.yaml"
    path.write_text("indicators:\n" + rows, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_names(path)
    (problem,) = caught.value.problems
    assert problem.line == line
    assert said in problem.show("zh")
