"""What a run says of its scenario: parts that change nothing, and values never seen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sim.cli.scenario.warnings import warnings_of
from sim.language import Text
from sim.lever_effects.steps import held, nothing
from sim.levers.catalogue import LEVERS
from sim.region.pack import Pack
from sim.region.reading import read_pack
from sim.scenario.parts import Event, Project, Scenario

CALIBRATION = Path(__file__).resolve().parents[1] / "calibration"
YEARS = range(2021, 2036)
IDLE = "在本次测算中没有改变任何指标"


@pytest.fixture(scope="module")
def district() -> Pack:
    return read_pack(CALIBRATION, "west_coast")


def always(id_: str, value: float) -> Scenario:
    return held(id_, [value] * 15, YEARS)


def said(pack: Pack, scenario: Scenario, as_of: int = 2020) -> list[str]:
    return [warning.zh for warning in warnings_of(pack, scenario, as_of)]


def project(start: int, probability: float = 1.0) -> Project:
    return Project(
        "p", Text("码头", "quay"), "services_marine", 50.0, start, start + 2, 10.0, probability, (1.0,), 1.0
    )  # fmt: skip


def event(year: int | None, probability: float | None = None, size: float = -5.0) -> Event:
    return Event("e", Text("台风", "storm"), "demand", year, probability, size, size, 1)


def test_a_scenario_that_changes_something_everywhere_is_not_warned_of(district: Pack) -> None:
    assert said(district, nothing(2035)) == []
    many = always("doctors", 100.0)
    many = replace(many, levers={**many.levers, **always("investment_growth", 2.0).levers})
    assert said(district, replace(many, projects=(project(2022),), events=(event(2024),))) == []


def test_zero_throughout_is_said_once(district: Pack) -> None:
    assert said(district, always("doctors", 0.0)) == ["杠杆“执业医师”全部为 0，对结果没有影响"]


def test_no_baseline_is_said_once(district: Pack) -> None:
    assert said(district, always("childcare_places", 500.0)) == ["杠杆“托位”所作用的指标没有基数，对结果没有影响"]


def test_a_city_without_the_figures_says_so() -> None:
    """Qingdao's pack has no foreign investment, yet the lever would act on its districts' manufacturing."""
    city = read_pack(CALIBRATION, "qingdao")
    assert said(city, always("rail_delay", 2.0)) == ["杠杆“轨道交通延期”所作用的指标没有基数，对结果没有影响"]
    assert said(city, always("manufacturing_investment_share", 2.0)) == []


def test_less_than_half_a_year_of_delay_is_none(district: Pack) -> None:
    assert said(district, always("rail_delay", 0.4)) == [f"杠杆“轨道交通延期”{IDLE}"]
    assert said(district, always("rail_delay", 0.6)) == []
    # A range of which only the far end rounds to a year is found to act on more draws.
    path = always("rail_delay", 0.0).levers["rail_delay"]
    rarely = replace(path, low=(-0.2,) * 15, high=(0.4,) * 15)
    assert said(district, replace(nothing(2035), levers={"rail_delay": rarely})) == []


def test_only_the_last_year_of_a_delay_counts(district: Pack) -> None:
    early = held("rail_delay", [2.0] * 14 + [0.0], YEARS)
    assert said(district, early) == [f"杠杆“轨道交通延期”{IDLE}"]


def test_a_lever_that_comes_too_late_to_act(district: Pack) -> None:
    """Research works a year later on output, but its own intensity is raised at once: not idle."""
    assert said(district, held("rd_intensity", [0.0] * 14 + [1.0], YEARS)) == []


def test_projects_and_events_without_effect(district: Pack) -> None:
    idle_project, idle_event = f"项目“码头”{IDLE}", f"事件“台风”{IDLE}"
    assert said(district, replace(nothing(2035), projects=(project(2036),))) == [idle_project]
    assert said(district, replace(nothing(2035), projects=(project(2022, 0.0),))) == [idle_project]
    assert said(district, replace(nothing(2035), projects=(project(2022, 0.01),))) == []
    assert said(district, replace(nothing(2035), events=(event(2024, size=0.0),))) == [idle_event]
    assert said(district, replace(nothing(2035), events=(event(None, 0.002),))) == []


def test_no_chance_means_no_rare_event(district: Pack) -> None:
    odds = always("rare_event_probability", 20.0)
    assert said(district, odds) == []
    (warning,) = warnings_of(district, odds, 2020, frozenset())
    assert warning.zh == f"外部假设“罕见冲击概率”{IDLE}"
    assert warning.en == 'world assumption "Probability of a rare event" changes no indicator in this run'


def test_what_is_over_is_told_of_once(district: Pack) -> None:
    """Years with figures: said by the check of past years, not again by the comparison."""
    early = held("property_demand", [5.0, 5.0] + [0.0] * 13, YEARS)
    (told,) = said(district, early, 2023)
    assert "2021—2022年" in told
    assert "不起作用" in told
    (told,) = said(district, replace(nothing(2035), events=(event(2021),)), 2023)
    assert "不起作用" in told
    prices = {"producer_prices": held("producer_prices", [2.0, 2.0, 2.0], (2021, 2022, 2023)).world["producer_prices"]}
    assert len(said(district, replace(nothing(2035), world=prices), 2023)) == 1


def test_extrapolation_names_both_ranges(district: Pack) -> None:
    assert said(district, always("investment_growth", 11.0)) == []
    assert said(district, always("investment_growth", 20.0)) == [
        "外推：杠杆“固定资产投资增长”的历史记录为−11.5至11.5百分点（16省2001—2014年面板，"
        "一省一年投资增速偏离自身均值，5%—95%），本情景为20"
    ]
    fall = held("investment_growth", [0.0] * 14 + [-12.0], YEARS)
    assert said(district, fall)[0].endswith("本情景为−12至0")
    assert said(district, always("doctors", 2000.0)) == []  # no record, nothing to compare with


def test_extrapolation_of_the_world(district: Pack) -> None:
    """Growth of the nation was between 2.3 and 8.1 in the years of the ledger, the exchange rate above 6.1."""
    assert said(district, always("national_growth", 5.0)) == []
    (warning,) = warnings_of(district, always("national_growth", 9.0), 2020)
    assert warning.zh.startswith("外推：外部假设“全国经济增速”的历史记录为2.3至8.1%/年（数据账本中")
    assert warning.en.startswith('extrapolation: world assumption "National growth" was 2.3 to 8.1 % a year')
    assert warning.en.endswith("here 9")
    assert len(said(district, always("exchange_rate", 5.0))) == 1
    assert said(district, always("exchange_rate", 7.0)) == []


def test_what_was_said_for_known_years_is_no_extrapolation(district: Pack) -> None:
    early = held("investment_growth", [20.0] + [0.0] * 14, YEARS)
    assert len([one for one in said(district, early, 2020) if one.startswith("外推")]) == 1
    assert [one for one in said(district, early, 2023) if one.startswith("外推")] == []


def test_small_growth_is_probably_a_fraction(district: Pack) -> None:
    told = said(district, always("national_growth", 0.05))
    assert "“全国经济增速”的单位是百分数，各值都小于0.3：5%应写 5，不写 0.05" in told


def test_every_lever_of_the_catalogue_can_be_warned_of(district: Pack) -> None:
    """Twenty and more levers at once: none of them is idle but the one without a baseline."""
    levers = {name: always(name, lever.step).levers[name] for name, lever in LEVERS.items()}
    told = [one for one in said(district, replace(nothing(2035), levers=levers)) if not one.startswith("外推")]
    assert told == ["杠杆“托位”所作用的指标没有基数，对结果没有影响"]
