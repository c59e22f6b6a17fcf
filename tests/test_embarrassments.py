"""What must never be shown to a planner: each embarrassment on real runs, at few draws."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.experiment.drawing import draw_block
from sim.experiment.simulation import simulate_scenarios
from sim.language import Text
from sim.levers.catalogue import LEVERS
from sim.output.document import idle
from sim.randomness import SOURCES, Array
from sim.reference_class.estimates import read_estimates
from sim.region.pack import Pack
from sim.resources import data_path
from sim.scenario.parts import AssumptionPath, Scenario
from sim.targets import read_targets
from tests.running import FEW, call, project

PROJECT = Path(__file__).resolve().parent.parent
YEARS = tuple(range(2021, 2036))
#: Of these nothing but an index of the model's own exists.
WITHOUT_DATA = ("energy_use", "co2_emissions", "energy_intensity_reduction_cumulative",
                "co2_intensity_reduction_cumulative")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """A run as of one year: its document and its page in Chinese."""

    document: Mapping[str, Any]
    page: str

    def target(self, id: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = next(t for t in self.document["targets"] if t["id"] == id)
        return found

    def row(self, start: str) -> str:
        """A row of the outlook, by how it starts."""
        outlook = self.page[self.page.index("推算到期末") :]
        return next(line for line in outlook.splitlines() if line.startswith(start))


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Mapping[int, Told]:
    """The baseline as of 2020 and 2023; a posterior that does not fit the pack is made."""
    folder = tmp_path_factory.mktemp("told")
    found = {}
    for year in (2020, 2023):
        with np.errstate(under="ignore"):  # a posterior is stored in half precision
            words = ("--as-of", str(year), "--keep-draws", "--out", str(folder / str(year)))
            code, page, _ = call("run", *FEW, *words)
            assert code == 0
            found[year] = Told(project(folder / str(year), "--as-of", str(year)).document, page)
    return found


def flowed(page: str) -> str:
    """The page without line ends and blanks, in which wrapped cells can be found where only one is long."""
    return re.sub(r"[\s─━]+", "", page)


# The manufacturing share


def test_the_manufacturing_share_of_35_is_out_of_reach_as_of_2023(told: Mapping[int, Told]) -> None:
    record = told[2023].target("plan14.manufacturing_share.2025")
    assert (record["operator"], record["value"]) == (">=", 35.0)
    assert record["probability"] < 0.02
    # The whole of secondary industry was 34.02 % in 2023.
    reported = {(r["indicator"], r["year"]): r["reported"] for r in told[2023].document["indicators"]}
    assert reported["secondary_share", 2023] == 34.02


# Urbanisation, jobs, foreign capital


@pytest.mark.parametrize("year", [2020, 2023])
def test_urbanisation_is_judged_on_both_population_concepts(told: Mapping[int, Told], year: int) -> None:
    plan, census = (told[year].target(f"plan14.urbanisation_rate.2025{end}") for end in ("", ".census"))
    assert (plan["indicator"], census["indicator"]) == ("urbanisation_rate", "urbanisation_rate_census")
    assert census["reading_of"] == plan["id"]
    assert None not in (plan["probability"], census["probability"])
    assert plan["p50"] != census["p50"]
    assert "其中：按普查口径理解" in told[year].page


@pytest.mark.parametrize("year", [2020, 2023])
def test_the_target_of_new_jobs_is_flagged_and_not_celebrated(told: Mapping[int, Told], year: int) -> None:
    # 25 in five years are 5 a year; 8 were created in 2020 alone.
    for id in ("plan14.new_urban_jobs.2025", "plan14.new_urban_jobs.2025.text"):
        record = told[year].target(id)
        assert record["non_binding"]
        assert "目标折合每年5，低于基年8，按基年水平即可完成，不具约束力。" in record["note"]
    page = told[year].page
    assert not [line for line in page.splitlines() if "新增就业" in line and "把握" in line and "2025" in line[:60]]
    assert "不具约束力" in next(line for line in page.splitlines() if "累计25万人" in line)


def test_a_target_below_what_there_is_binds_nobody_and_a_growth_rate_is_never_called_so(district: Pack) -> None:
    found = {t.id for t in read_targets(district) if idle(t, district, "zh") is not None}
    # 11.7 years of schooling against 13 in 2020, a life of 80 years against 81.4, and the jobs.
    assert found == {
        "plan14.new_urban_jobs.2025", "plan14.new_urban_jobs.2025.text", "plan15_draft.schooling_years.2030",
        "plan15_draft.life_expectancy.2030",
    }  # fmt: skip


@pytest.mark.parametrize("year", [2020, 2023])
def test_no_probability_of_foreign_capital_without_the_year_of_the_last_figure(
    told: Mapping[int, Told], year: int
) -> None:
    judged = [t for t in told[year].document["targets"] if t["indicator"] == "fdi" and t["probability"] is not None]
    assert judged
    assert all("最近一期公布数为2021年" in t["note"] for t in judged)
    assert "最近一期公布数为2021年" in flowed(told[year].page)


# Levers


def path_of(lever: str, values: Mapping[int, float], otherwise: float = 0.0) -> AssumptionPath:
    line = tuple(values.get(year, otherwise) for year in YEARS)
    return AssumptionPath(lever, YEARS, line, line)


def scenario(*levers: AssumptionPath) -> Scenario:
    return Scenario("s", Text("", ""), "", None, 2035, {path.id: path for path in levers}, {}, (), (), (), {}, ())


def effects(pack: Pack, sources: frozenset[str], tried: Scenario, names: tuple[str, ...]) -> dict[str, Array]:
    """What a scenario changes on the same draws: by indicator (year, draw) from 2021."""
    block = draw_block(pack, 1, 0, 2035, sources)
    before, after = simulate_scenarios(pack, [scenario(), tried], block)
    return {name: after.value(name)[1:] - before.value(name)[1:] for name in names}


@pytest.mark.parametrize("years", [(2023,), YEARS])
def test_ten_points_of_investment_add_at_most_one_point_of_growth_in_two_years(
    district: Pack, years: tuple[int, ...]
) -> None:
    # Record of 16 provinces: 0.055 points the same year and 0.049 the next per point of investment growth, an
    # association and so an upper bound; ten points: 1.04.
    tried = scenario(path_of("investment_growth", dict.fromkeys(years, 10.0)))
    added = effects(district, frozenset(), tried, ("gdp_growth",))["gdp_growth"].mean(axis=1)
    start = years[0] - 2021
    assert 0.3 < added[start : start + 2].sum() < 1.1


@pytest.mark.parametrize("lever", sorted(LEVERS))
def test_no_lever_at_its_bound_moves_growth_farther_than_provinces_ever_differed(district: Pack, lever: str) -> None:
    record = read_estimates(data_path("calibration", "reference_class", "estimates.csv")).at(2014)
    own, between = (record.value(f"relative_growth_{name}") for name in ("idiosyncratic", "mean_spread"))
    most = 3.0 * float(np.hypot(own, between))  # three standard deviations of a province's growth from the others'
    assert 3.0 < most < 5.0
    for bound in (LEVERS[lever].low, LEVERS[lever].high):
        tried = scenario(path_of(lever, {}, bound))
        added = effects(district, frozenset(), tried, ("gdp_growth",))["gdp_growth"].mean(axis=1)
        assert np.abs(added[:5]).max() < most, bound


# What only reporting did


def test_policy_has_no_credit_for_what_reporting_does(district: Pack) -> None:
    tried = scenario(path_of("investment_growth", {}, 10.0))
    names = ("gdp_growth", "energy_use", "population", "budget_revenue")
    whole = effects(district, frozenset(SOURCES), tried, names)
    plain = effects(district, frozenset(SOURCES) - {"reporting"}, tried, names)
    for name in names[1:]:
        assert np.abs(plain[name]).max() > 0.1
        assert np.array_equal(whole[name], plain[name])  # what happens is the same, whatever is reported of it
    # Reports lean to a target that no lever moves, which can only hide part of an effect.
    assert (np.abs(whole["gdp_growth"]) <= np.abs(plain["gdp_growth"]) + 1e-9).all()
    assert whole["gdp_growth"].mean() < plain["gdp_growth"].mean()


HIGHER = """
name: higher
label: 只提高目标
label_en: A higher target and nothing else
question: 只把增速目标写高，增速会高吗？
extends: baseline
targets:
  - id: plan14.gdp_growth.2025
    indicator: gdp_growth
    year: 2025
    operator: ">="
    value: 11
    label: 地区生产总值增速
    label_en: growth
    note: 只改目标
"""


def test_a_higher_target_alone_changes_no_indicator(tmp_path: Path) -> None:
    path = tmp_path / "higher.yaml"
    path.write_text(HIGHER, encoding="utf-8")
    done = project(tmp_path / "plain"), project(tmp_path / "high", str(path))
    chances = [next(t for t in d.document["targets"] if t["id"] == "plan14.gdp_growth.2025") for d in done]
    assert chances[1]["probability"] < chances[0]["probability"]
    for name in ("gdp_growth", "gdp", "gdp_growth_average"):
        assert np.array_equal(done[0].draws[name], done[1].draws[name], equal_nan=True)


# Digits, years behind a count, and what nobody knows


@pytest.mark.parametrize("year", [2020, 2023])
def test_no_two_decimals_on_a_quantity_without_data(told: Mapping[int, Told], year: int) -> None:
    page = told[year].page
    starts = ("能源消费总量", "二氧化碳排放总量", "单位地区生产总值能源消耗", "单位地区生产总值二氧化碳排放")
    rows = [told[year].row(start) for start in starts]
    rows += [line for line in page.splitlines() if "2020年=100" in line or "以全国目标对照" in line]
    assert len(rows) >= 2 * len(WITHOUT_DATA) - 1
    assert [row for row in rows if re.search(r"\d\.\d\d", row)] == []


def test_a_count_of_provinces_has_the_effective_years_beside_it(told: Mapping[int, Told]) -> None:
    counted = re.compile(r"\d+个?省(?!级)")
    for page in (told[2020].page, told[2023].page):
        parts = [part for part in flowed(page).split("历史对照：")[1:] if counted.search(part[:90])]
        assert parts
        assert all("有效年数" in part[:140] for part in parts)
    records = [t["second_opinion"] for t in told[2023].document["targets"] if t["second_opinion"]]
    assert records
    assert all(r["effective_years"] < r["n"] and r["effective_years"] <= 14.0 for r in records)


def test_pages_that_count_provinces_say_what_their_years_are_worth() -> None:
    # The list of pages only names the page that says it.
    pages = [page for page in sorted((PROJECT / "docs").glob("*.md")) if page.name != "README.md"]
    pages += [PROJECT / "README.md", PROJECT / "README.zh-CN.md"]
    # 31个省重点项目 counts projects.
    counted = re.compile(r"\d+ ?个省(?!重点)|\d+ provinces")
    found = {page.name: text for page in pages if counted.search(text := page.read_text(encoding="utf-8"))}
    assert "reference_class.md" in found
    silent = [name for name, text in found.items() if not re.search("有效年数|effective.years|独立年数", text)]
    assert silent == []


@pytest.mark.parametrize("year", [2020, 2023])
def test_the_joint_probability_has_its_range_over_correlations(told: Mapping[int, Told], year: int) -> None:
    joint = told[year].document["joint"]
    assert joint["all_low"] <= joint["all"] <= joint["all_high"] < 0.05
    assert joint["all_high"] > 0.0  # that no draw shows it does not make it impossible
    assert "真实相关未知，相关系数取0～0.6时为<5%" in told[year].page


@pytest.mark.parametrize("year", [2020, 2023])
def test_every_probability_says_whether_such_forecasts_were_ever_tested(told: Mapping[int, Told], year: int) -> None:
    judged = [t for t in told[year].document["targets"] if t["probability"] is not None]
    assert all(t["grade"] in ("A", "B", "C", "none") and "回测" in t["grade_text"] for t in judged)
    assert all((t["probability_low"] is None) == (t["range_reason"] is not None) for t in judged)
    others = [t for t in told[year].document["targets"] if t["probability"] is None]
    assert {t["grade"] for t in others} == {None}
