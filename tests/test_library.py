"""The scenarios of scenarios/: each says who asks, quotes its documents and does what it is called after.

The effects are paired differences to the baseline on one block of draws, that of docs/library.md.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from sim.cli.documents import open_documents
from sim.cli.inputs import load_pack, load_scenarios
from sim.errors import InputError
from sim.facts.quotes import said
from sim.scenario.parts import Scenario

PROJECT = Path(__file__).resolve().parent.parent
sys.path.append(str(PROJECT / "docs"))

import library_runs  # noqa: E402 - the generator of docs/library.md lies outside the package

SOURCES = PROJECT.parent / "shared" / "sources"
FILES = sorted((PROJECT / "scenarios").glob("*.yaml"))
WORLD = ("weak_external_demand", "trade_friction", "pandemic_shock")
#: Everything else is policy: the district's own levers, projects and targets.
NEITHER = ("baseline", "stress")
POLICY = tuple(path.stem for path in FILES if path.stem not in (*WORLD, *NEITHER))


@pytest.fixture(scope="module")
def scenarios() -> dict[str, Scenario]:
    return {s.name: s for s in load_scenarios(load_pack("west_coast"), [path.stem for path in FILES], None)}


def test_the_page_shows_every_file() -> None:
    assert sorted(library_runs.NAMES) == [path.stem for path in FILES]
    page = (PROJECT / "docs" / "library.md").read_text(encoding="utf-8")
    assert [name for name in library_runs.NAMES if f"`{name}`" not in page] == []


def test_a_file_is_called_what_it_names(scenarios: dict[str, Scenario]) -> None:
    assert sorted(scenarios) == [path.stem for path in FILES]
    assert all(s.label.zh != s.label.en for s in scenarios.values())


def test_each_says_what_is_asked_and_by_whom(scenarios: dict[str, Scenario]) -> None:
    for scenario in scenarios.values():
        assert scenario.question.endswith("？"), scenario.name
        assert scenario.asked_by, scenario.name


def test_all_but_the_baseline_rest_on_statements(scenarios: dict[str, Scenario]) -> None:
    """The baseline reads no plan: facts and priors only, as its file says."""
    assert [name for name, scenario in scenarios.items() if not scenario.rests_on] == ["baseline"]
    assert "没有 rests_on" in (PROJECT / "scenarios" / "baseline.yaml").read_text(encoding="utf-8")


@pytest.mark.skipif(not SOURCES.is_dir(), reason="the documents (../shared/sources beside the checkout) are not here")
def test_every_statement_stands_where_it_says(scenarios: dict[str, Scenario]) -> None:
    documents = open_documents(str(SOURCES))
    for scenario in scenarios.values():
        for told in scenario.rests_on:
            found = documents.layout(told.document).lines(told.quote)
            assert told.line in found, (scenario.name, told.quote, found)


def quoted(text: str) -> Iterator[str]:
    """What stands between outermost “ and ”, quotes inside quotes kept."""
    depth, start = 0, 0
    for place, letter in enumerate(text):
        if letter == "“":
            depth += 1
            start = place + 1 if depth == 1 else start
        elif letter == "”":
            depth -= 1
            if depth == 0:
                yield text[start:place]


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_number_says_what_it_reads_or_that_it_is_judgement(path: Path, scenarios: dict[str, Scenario]) -> None:
    """Above each entry a comment; what it puts in quotation marks is one of the statements, word for word."""
    known = {squeezed(told.quote) for told in scenarios[path.stem].rests_on}
    found = library_runs.entries(path)
    scenario = scenarios[path.stem]
    own = (scenario.levers, scenario.world, scenario.projects, scenario.events, scenario.targets)
    assert len(found) == sum(map(len, own))
    for entry in found:
        quotes = [squeezed(quote) for quote in quoted(entry.comment)]
        assert set(quotes) <= known, (path.stem, entry.id, quotes)
        assert quotes or "判断" in entry.comment or "同上" in entry.comment, (path.stem, entry.id)


def numbers_quoted(scenario: Scenario) -> set[Decimal]:
    return {number for told in scenario.rests_on for number in said(told.quote)}


def test_project_totals_and_target_values_are_those_of_the_quotes(scenarios: dict[str, Scenario]) -> None:
    """Parts of one statement (ids with the same beginning) add up to its amount."""
    checked = 0
    for scenario in scenarios.values():
        totals: dict[str, float] = {}
        for project in scenario.projects:
            stem = project.id.rsplit("_", 1)[0]
            totals[stem] = totals.get(stem, 0.0) + project.capex
        values = [*totals.values(), *(t.value for t in scenario.targets if t.value is not None)]
        missing = [value for value in values if Decimal(repr(value)) not in numbers_quoted(scenario)]
        assert missing == [], scenario.name
        checked += len(values)
    assert checked >= 10


def test_scenarios_of_the_world_leave_policy_alone(scenarios: dict[str, Scenario]) -> None:
    for name in WORLD:
        scenario = scenarios[name]
        assert (scenario.levers, scenario.projects, scenario.targets) == ({}, (), ()), name
        assert scenario.world or scenario.events


def test_scenarios_of_policy_leave_the_world_alone(scenarios: dict[str, Scenario]) -> None:
    assert len(POLICY) >= 8
    for name in POLICY:
        assert (scenarios[name].world, scenarios[name].events) == ({}, ()), name
        assert scenarios[name].levers


def test_stress_says_that_it_is_more_than_the_world(scenarios: dict[str, Scenario]) -> None:
    assert set(scenarios["stress"].levers) == {"property_demand", "fdi_growth"}
    assert "房地产和外资也随之走弱" in scenarios["stress"].question


def test_what_reads_the_district_is_for_the_district(scenarios: dict[str, Scenario]) -> None:
    assert {name for name, s in scenarios.items() if s.region == "west_coast"} == set(POLICY)
    assert {s.region for name, s in scenarios.items() if name not in POLICY} == {None}
    city = load_pack("qingdao")
    assert len(load_scenarios(city, [*WORLD, *NEITHER], None)) == 5
    for name in POLICY:
        with pytest.raises(InputError) as refused:
            load_scenarios(city, [name], None)
        assert all(problem.line is not None for problem in refused.value.problems), name
        assert "--region west_coast" in str(refused.value), name


def difference(scenario: str, indicator: str, year: int) -> float:
    """Paired difference of means to the baseline; more than three standard errors or it does not count."""
    found = library_runs.difference_of("indicator", indicator, year, scenario)
    assert abs(found.difference) > 3 * found.standard_error, (scenario, indicator, year)
    return found.difference


UP = (
    ("plan_targets", "gdp_growth", 2025),
    ("manufacturing_power", "manufacturing_share", 2025),
    ("manufacturing_power", "industry_value_added_growth", 2025),
    ("marine", "marine_share", 2025),
    ("marine", "marine_gop_growth", 2025),
    ("investment_push", "fixed_asset_investment_growth", 2021),
    ("investment_push", "gdp_growth", 2021),
    ("open_hub", "trade_total", 2025),
    ("open_hub", "fdi", 2025),
    ("green_transition", "co2_intensity_reduction", 2025),
    ("people_and_talent", "population", 2025),
    ("people_and_talent", "gdp_growth", 2025),
    ("digital_district", "rd_intensity", 2025),
    ("digital_district", "gdp_growth", 2025),
    ("livelihood", "doctors_per_1000", 2025),
    ("livelihood", "schooling_years", 2025),
    ("livelihood", "pension_coverage", 2025),
    ("plan15_base", "gdp_growth", 2030),
    ("pandemic_shock", "gdp_growth", 2026),  # most of it comes back
    ("trade_friction", "gdp_growth", 2028),  # when it is over
)
DOWN = (
    ("green_transition", "co2_emissions", 2030),
    ("people_and_talent", "household_income_growth", 2025),  # the same output among more
    ("weak_external_demand", "trade_total", 2025),
    ("weak_external_demand", "gdp_growth", 2025),
    ("weak_external_demand", "manufacturing_share", 2030),
    ("trade_friction", "trade_total", 2025),
    ("trade_friction", "gdp_growth", 2025),
    ("pandemic_shock", "gdp_growth", 2025),
    ("pandemic_shock", "budget_revenue_growth", 2025),
    ("stress", "gdp_growth", 2025),
    ("stress", "trade_total", 2025),
)


@pytest.mark.parametrize(("scenario", "indicator", "year"), UP)
def test_raises_what_it_is_called_after(scenario: str, indicator: str, year: int) -> None:
    assert difference(scenario, indicator, year) > 0


@pytest.mark.parametrize(("scenario", "indicator", "year"), DOWN)
def test_lowers_what_it_is_called_after(scenario: str, indicator: str, year: int) -> None:
    assert difference(scenario, indicator, year) < 0


@pytest.mark.parametrize(
    ("scenario", "indicator", "year"),
    [
        ("livelihood", "gdp_growth", 2025),  # its levers enter their own figures by definition
        ("plan15_base", "gdp_growth", 2025),  # its levers start after 2026
        ("trade_friction", "gdp", 2024),
        ("pandemic_shock", "gdp", 2024),
        ("weak_external_demand", "trade_total", 2021),
    ],
)
def test_changes_nothing_where_it_says_nothing(scenario: str, indicator: str, year: int) -> None:
    found = library_runs.difference_of("indicator", indicator, year, scenario)
    assert (found.difference, found.standard_error) == (0.0, 0.0)


def test_manufacturing_stops_falling_but_does_not_gain_a_point_a_year() -> None:
    """Even with both levers at their bounds; the page says so."""
    rises = [
        library_runs.mean(name, "manufacturing_share", 2025) - library_runs.mean(name, "manufacturing_share", 2020)
        for name in ("baseline", "manufacturing_power", library_runs.AT_BOUNDS)
    ]
    assert rises[0] < 0 < rises[1] < rises[2] < 5.0


def test_no_path_goes_beyond_what_its_statement_says() -> None:
    """Marine output: 10 % in 2021, 8 % in 2025; investment: 25 %; people: 2.6 million; two rows of the plan's table."""
    assert 8.5 < library_runs.mean("marine", "marine_gop_growth", 2021) <= 10.0
    assert 7.5 < library_runs.mean("marine", "marine_gop_growth", 2025) <= 8.0
    assert library_runs.mean("investment_push", "fixed_asset_investment_growth", 2021) == pytest.approx(25.0, abs=0.5)
    assert library_runs.mean("people_and_talent", "population", 2025) < 260.0
    assert library_runs.mean("livelihood", "doctors_per_1000", 2025) < 4.5
    assert library_runs.mean("livelihood", "schooling_years", 2025) < 14.5


def test_a_push_of_investment_stays_below_the_record() -> None:
    """The panel's association, an upper bound: 0.05 points of growth in the year and the next for a point."""
    pushed = difference("investment_push", "fixed_asset_investment_growth", 2021)
    assert pushed == pytest.approx(18.0, abs=0.5)
    for year in (2021, 2022):
        assert 0 < difference("investment_push", "gdp_growth", year) < 0.055 * pushed


def test_the_pandemic_is_as_deep_as_that_of_2020() -> None:
    """3.9 % after 8 % a year: four points; not all of it is made good in the next year."""
    fall, rise = (difference("pandemic_shock", "gdp_growth", year) for year in (2025, 2026))
    assert fall == pytest.approx(3.9 - 8.0, abs=0.5)
    assert 0 < rise < -fall


def test_the_base_path_holds_the_reports_growth() -> None:
    for year in range(2026, 2031):
        assert library_runs.mean("plan15_base", "gdp_growth", year) == pytest.approx(5.5, abs=0.15)
    for year in range(2026, 2031):
        found = library_runs.target_of("plan15_base", f"plan15_base.gdp_growth.{year}")
        assert found.probability == pytest.approx(0.5, abs=0.1)


def test_the_green_path_peaks_before_the_baseline() -> None:
    peaks = [
        max(range(2020, 2036), key=lambda year: library_runs.mean(name, "co2_emissions", year))
        for name in ("green_transition", "baseline")
    ]
    assert peaks[0] <= 2030 < peaks[1]
    assert library_runs.difference_of("target", "plan14.co2_peak.2035", 2035, "green_transition").difference > 0.05
