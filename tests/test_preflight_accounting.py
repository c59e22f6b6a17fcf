"""Targets held against each other: stated twice, two values for one thing, and what the accounts would ask for."""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Sequence

import pytest

from sim.language import Text
from sim.preflight import KINDS, Finding, preflight
from sim.region.reading import read_pack
from sim.targets import read_targets
from tests.preflight_cases import PROJECT, fact, findings, goal, kinds, only

COMPARED = ("duplicate", "inconsistent")
FORBIDDEN = ("错误", "矛盾", "可疑", "冲突")


def compared(found: Sequence[Finding]) -> list[str]:
    """Kinds of the findings about targets held against each other."""
    return [finding.finding for finding in found if finding.finding in COMPARED]


def test_good_days_and_their_share_are_one_target() -> None:
    share = goal("plan.good_air_ratio.2025", 80)
    days = goal("plan.good_air_days.2025", 292, "天")
    found = only(findings([share, days]), "duplicate")
    assert (found.id, found.others) == ("plan.good_air_ratio.2025", ("plan.good_air_days.2025",))
    assert "292/365＝80.0%" in found.message.zh


def test_good_days_of_a_leap_year() -> None:
    # 292 days are 79.8 % of 366: within what 80 leaves open, while 285 are 77.9 %.
    share = goal("plan.good_air_ratio.2028", 80)
    assert only(findings([share, goal("plan.good_air_days.2028", 292, "天")]), "duplicate")
    apart = only(findings([share, goal("plan.good_air_days.2028", 285, "天")]), "inconsistent")
    assert "285/366＝77.9%" in apart.message.zh
    assert "2.1个百分点" in apart.message.zh


def test_one_target_in_two_documents() -> None:
    first = goal("plan.gdp_growth_average.2025", 8, first_year=2021)
    second = goal("report.gdp_growth_average.2025", 8, first_year=2021, fact_document="report")
    found = only(findings([first, second]), "duplicate")
    assert (found.id, found.others) == ("plan.gdp_growth_average.2025", ("report.gdp_growth_average.2025",))


def test_a_target_figure_that_only_the_ledger_holds() -> None:
    jobs = goal("plan.new_urban_jobs.2025", 25, "万人", operator="cumulative", first_year=2021)
    text = fact("plan.new_urban_jobs.2021-2025", 25, "万人", nature="target")
    assert only(findings([jobs], [text]), "duplicate").others == ("plan.new_urban_jobs.2021-2025",)
    other = fact("plan.new_urban_jobs.2021-2025", 30, "万人", nature="target")
    assert only(findings([jobs], [other]), "inconsistent").others == ("plan.new_urban_jobs.2021-2025",)


def test_the_upper_end_of_a_range_is_no_target_of_its_own() -> None:
    parks = goal("plan.parks.2025", 3, "个", operator="between", value_high=5)
    high = fact("plan.parks.2025", 5, "个", nature="target")
    assert compared(findings([parks], [dataclasses.replace(high, id="plan.parks.2025.high")])) == []


def test_a_yearly_mean_and_a_sum_are_one_target() -> None:
    total = goal("plan.new_urban_jobs.2025", 40, "万人", operator="cumulative", first_year=2021)
    mean = goal("plan.new_urban_jobs_average.2025", 8, "万人", first_year=2021)
    found = only(findings([total, mean]), "duplicate")
    assert "×5年" in found.message.zh


def test_a_change_and_a_level_are_one_target() -> None:
    level = goal("plan.new_economy_share.2025", 37.6)
    change = goal("plan.new_economy_share_change.2025", 5, "百分点", first_year=2021)
    found = only(findings([level, change], [fact("new_economy_share.2020", 32.6)]), "duplicate")
    assert "32.6%＋5" in found.message.zh


def test_a_level_and_nominal_growth_are_one_target() -> None:
    level = goal("plan.investment.2020", 2490, "亿元")
    growth = goal("plan.investment_growth.2020", 25, fact_price_basis="current")
    found = findings([level, growth], [fact("investment.2019", 1992, "亿元")])  # 1992 × 1.25 = 2490
    assert only(found, "duplicate").others == ("plan.investment_growth.2020",)
    real = goal("plan.investment_growth.2020", 25, fact_price_basis="constant")
    assert findings([level, real], [fact("investment.2019", 1992, "亿元")]) == ()


def test_two_values_for_one_year() -> None:
    plan = goal("plan.gdp_growth.2025", 8)
    report = goal("report.gdp_growth.2025", 5.5, fact_document="report")
    found = only(findings([plan, report]), "inconsistent")
    assert (found.id, found.others) == ("plan.gdp_growth.2025", ("report.gdp_growth.2025",))
    assert "相差2.5个百分点" in found.message.zh


def test_units_and_printed_digits_are_no_difference() -> None:
    first = goal("plan.gdp.2025", 1.24, "万亿元")
    second = goal("report.gdp.2025", 12400.56, "亿元", fact_document="report")
    assert compared(findings([first, second])) == ["duplicate"]


def test_targets_of_two_scopes_or_readings_are_not_held_against_each_other() -> None:
    wide = goal("plan.trade_total.2025", 3000, "亿元", fact_scope="宽口径")
    narrow = goal("report.trade_total.2025", 2000, "亿元", fact_scope="窄口径", fact_document="report")
    assert compared(findings([wide, narrow])) == []
    first = goal("plan.gdp_growth.2025", 8)
    band = goal("plan.gdp_growth.2025.band", 7.5, reading_of="plan.gdp_growth.2025")
    assert compared(findings([first, band])) == []


def test_a_floor_and_a_ceiling_are_two_things() -> None:
    floor = goal("plan.registered_unemployment_rate.2025", 3)
    ceiling = goal("report.registered_unemployment_rate.2025", 4, operator="<=", fact_document="report")
    assert compared(findings([floor, ceiling])) == []


def _share_and_growth(share: float, growth: float = 8.0) -> list[str]:
    target = goal("plan.manufacturing_share.2024", share, base=30, base_fact="manufacturing_share.2020")
    pace = goal("plan.gdp_growth_average.2025", growth, first_year=2021, fact_price_basis="constant")
    found = findings([target, pace], [fact("manufacturing_share.2020", 30)])
    return [f.message.zh for f in found if f.finding == "inconsistent"]


def test_a_rising_share_shows_what_everything_else_would_do() -> None:
    # Over 2020–2024: 1.08⁴ × 35/30 = 1.5872 → 12.24 % a year; 1.08⁴ × 65/70 = 1.2633 → 6.02 %.
    (message,) = _share_and_growth(35)
    for part in ("30%→35%", "总量年均增长8%", "该部分年均需增长12.2%", "其余各部分合计年均增长6.0%", "相差6.2个百分点"):
        assert part in message
    assert _share_and_growth(30.4) == []  # 8.4 % and 7.8 %: not worth a line


def test_growth_of_a_part_below_what_its_share_asks_for() -> None:
    share = goal("plan.marine_share.2021", 38, base=37, base_fact="marine_share.2020")
    whole = goal("plan.gdp_growth_average.2025", 8, first_year=2021)
    slow = goal("plan.marine_gop_growth.2021", 10, fact_price_basis="current")
    found = only(findings([share, whole, slow], [fact("marine_share.2020", 37)]), "inconsistent")
    assert "低于所需的10.9%" in found.message.zh  # 1.08 × 38/37 = 1.1092
    assert "plan.marine_gop_growth.2021" in found.others


def test_population_growth_and_gdp_per_head() -> None:
    people = goal("plan.population.2025", 260, "万人")
    growth = goal("plan.gdp_growth_average.2025", 8, first_year=2021)
    record = [
        fact("gdp.2020", 3721.68, "亿元"),
        fact("population.2020", 1903595, "人", scope="第七次人口普查口径"),
        fact("gdp_per_capita_usd.2020", 3.5, "万美元"),
        fact("exchange_rate.2020", 6.9042, "元/美元", region="china"),
    ]
    found = only(findings([people, growth], record), "inconsistent")
    # (260/190.36)^(1/5) = 1.0643; 3721.68/(3.5 × 6.9042) = 154.0 → 1.1104; 3721.68 × 1.08⁵/260 = 21.03.
    for part in ("从190.4万人", "年均需增长6.4%", "从154.0万人", "年均需增长11.0%", "到21.03万元", "年均下降2.7%"):
        assert part in found.message.zh
    assert "gdp_per_capita_usd.2020" in found.others
    modest = goal("plan.population.2025", 195, "万人")
    assert "inconsistent" not in kinds(findings([modest, growth], record[:2]), "plan.population.2025")


def _city(rate: float) -> list[str]:
    ours = goal("plan.gdp_growth_average.2025", 8, first_year=2021)
    theirs = fact("cityplan.gdp_growth_average.2021-2025", rate, nature="target", region="city")
    record = [fact("gdp.2020", 3000, "亿元"), fact("gdp.2020.city", 10000, "亿元", region="city"), theirs]
    found = findings([ours], record, city="city")
    return [f.message.zh for f in found if f.finding == "inconsistent"]


def test_growth_of_a_district_and_its_city() -> None:
    # 30 % × (1.08/1.06)⁵ = 32.94 %; rest (1.06⁵ − 0.3 × 1.08⁵)/0.7 = 1.2821 → 5.10 % a year.
    (message,) = _city(6)
    for part in ("由30.0%到32.9%", "全市其余部分年均增长5.1%", "相差2.9个百分点"):
        assert part in message
    assert _city(7.5) == []


def test_a_district_cannot_be_more_than_its_city() -> None:
    ours = goal("plan.fdi.2025", 17, "亿美元")
    theirs = fact("cityplan.fdi.2025", 15, "亿美元", nature="target", region="city")
    assert "大于全市的15" in only(findings([ours], [theirs], city="city"), "inconsistent").message.zh


def test_shares_of_three_industries_sum_to_a_hundred() -> None:
    goals = [goal(f"plan.{name}.2025", value) for name, value in
             (("primary_share", 2), ("secondary_share", 40), ("services_share", 60))]  # fmt: skip
    assert "2 + 40 + 60＝102" in only(findings(goals), "inconsistent").message.zh
    fitting = [*goals[:2], goal("plan.services_share.2025", 58)]
    assert compared(findings(fitting)) == []


def test_a_part_is_not_more_than_its_whole() -> None:
    goals = [goal("plan.manufacturing_share.2025", 40), goal("plan.secondary_share.2025", 37)]
    assert only(findings(goals), "inconsistent").id == "plan.manufacturing_share.2025"


@pytest.fixture(scope="module")
def district() -> dict[str, dict[str, str]]:
    pack = read_pack(PROJECT / "calibration", "west_coast")
    found = preflight(pack, read_targets(pack))
    out: dict[str, dict[str, str]] = {}
    for finding in found:
        out.setdefault(finding.id, {})[finding.finding] = finding.message.zh
    return out


@pytest.mark.parametrize(
    ("id", "kind", "part"),
    [
        ("new_urban_jobs", "vacuous", "14万人"),
        ("new_urban_jobs", "concept", "一年的数"),
        ("good_air_ratio", "duplicate", "292/365＝80.0%"),
        ("rd_intensity", "concept", "指标名称为增长"),
        ("gdp_growth", "concept", "年均"),
        ("energy_intensity_reduction", "concept", "5年累计任务"),
        ("household_income_growth", "concept", "名义增长或实际增长"),
        ("forest_cover", "already_met", "保持型"),
        ("manufacturing_share", "inconsistent", "该部分年均需增长11.4%"),
        ("marine_share", "inconsistent", "该部分年均需增长10.8%"),
        ("marine_share", "concept", "GB/T 20794-2021"),
        ("population", "inconsistent", "从154.0万人"),
        ("labour_productivity", "no_baseline", "青岛西海岸新区、青岛市"),
        ("digital_core_share", "no_baseline", "青岛西海岸新区、青岛市"),
        ("childcare_places_per_1000", "no_baseline", "区卫健局"),
    ],
)
def test_the_traps_of_the_plan_are_found(district: dict[str, dict[str, str]], id: str, kind: str, part: str) -> None:
    assert part in district[f"plan14.{id}.2025"][kind]


def test_six_targets_of_the_table_have_no_number(district: dict[str, dict[str, str]]) -> None:
    table = read_targets(read_pack(PROJECT / "calibration", "west_coast"))
    rows = {t.id for t in table if t.row is not None and "unquantified" in district.get(t.id, {})}
    names = ("labour_productivity", "new_economy_share", "digital_core_share", "energy_intensity_reduction",
             "co2_intensity_reduction", "household_income_growth")  # fmt: skip
    assert rows == {f"plan14.{name}.2025" for name in names}


@pytest.mark.parametrize("region", ["west_coast", "qingdao"])
def test_messages_are_neutral_and_in_both_languages(region: str) -> None:
    pack = read_pack(PROJECT / "calibration", region)
    found = preflight(pack, read_targets(pack))
    assert found
    for finding, word in itertools.product(found, FORBIDDEN):
        assert word not in finding.message.zh, finding
    for finding in found:
        assert finding.finding in KINDS
        assert finding.message.en.strip()
        assert not re.search("[。；]", re.sub('["“].*?["”]', "", finding.message.en)), finding.message.en
        assert not re.search(r"\{|None|\bnan\b", finding.message.zh), finding.message.zh


def test_sources_of_messages_are_neutral() -> None:
    commands = PROJECT / "sim" / "cli"
    for path in (*(PROJECT / "sim" / "preflight").glob("*.py"), *(commands / "check").glob("*.py")):
        text = path.read_text(encoding="utf-8")
        assert [word for word in FORBIDDEN if word in text] == [], path.name


def test_labels_are_quoted_once() -> None:
    label = Text("“四新”经济占比", "four new")
    (target, row) = goal("plan.new_economy_share.2025", None, operator="above", benchmark="city", label=label)
    message = only(findings([(target, row)], city="city"), "unquantified").message.zh
    assert "“‘四新’经济占比”" in message


@pytest.mark.parametrize(
    ("people", "gdp", "growth"), [(0, 3721.68, 8), (-190, 3721.68, 8), (190, -1, 8), (190, 0, -150)]
)
def test_numbers_that_cannot_be_are_left_out_of_the_arithmetic(people: float, gdp: float, growth: float) -> None:
    """They are refused where a pack is read; what is computed from a ledger made otherwise must not break down."""
    goals = [
        goal("plan.population.2025", 260, "万人"),
        goal("plan.gdp_growth_average.2025", growth, first_year=2021),
        goal("plan.marine_share.2025", 42, base=37, base_fact="marine_share.2020"),
    ]
    record = [
        fact("population.2020", people, "万人"), fact("gdp.2020", gdp, "亿元"), fact("marine_share.2020", 37),
        fact("gdp_growth.2021", growth), fact("gdp.2020.city", gdp, "亿元", region="city"),
    ]  # fmt: skip
    found = findings(goals, record, "city")
    assert "population.2020" not in {id for f in found if f.finding == "inconsistent" for id in f.others}


def test_the_direction_of_a_change_is_said_in_words() -> None:
    """From 50 % to 30 % in five years while the whole grows 1 %: 1.01 × 0.6^(1/5) − 1 = −8.8 %."""
    share = goal("plan.marine_share.2025", 30, base=50, base_fact="marine_share.2020")
    growth = goal("plan.gdp_growth_average.2025", 1, first_year=2021)
    found = only(findings([share, growth], [fact("marine_share.2020", 50)]), "inconsistent")
    assert "总量年均增长1%，该部分年均需下降8.8%" in found.message.zh


def test_a_target_of_the_nation_is_not_held_against_those_of_the_region() -> None:
    ours = goal("plan.good_air_ratio.2030", 80)
    nation = goal("draft.good_air_ratio.2030", 85, fact_region="china")
    city = goal("later.good_air_ratio.2030", 82)
    record = [fact("good_air_ratio.2020", 78)]
    assert findings([ours, nation], record) == ()
    assert only(findings([ours, city], record), "inconsistent").others == ("later.good_air_ratio.2030",)
