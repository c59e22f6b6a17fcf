"""Numbers that are missing: no target is judged on one, and figures that do not fit the base year are refused."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim.errors import InputError, SimError
from sim.experiment.drawing import draw_block
from sim.experiment.measurement import COMPUTED
from sim.experiment.simulation import Path as Run
from sim.experiment.simulation import simulate_scenarios
from sim.experiment.tallies import judged_outcomes
from sim.indicators.catalogue import INDICATORS, missing_of
from sim.randomness import SOURCES
from sim.region.pack import Pack
from sim.region.reading import read_pack
from sim.targets import status_of
from tests.city_runs import CALIBRATION, HORIZON, scenario
from tests.test_target_evaluation import NAN, SERIES, YEARS, judge, target

# Judging


def test_a_target_that_is_not_a_number_in_some_draw_is_an_error() -> None:
    """Otherwise that draw would count as a miss."""
    table = {"gdp_growth": SERIES.copy()}
    assert judged_outcomes([target(">=", 2022, value=9.5)], table.__getitem__, YEARS, 3)[0].met.sum() == 2
    table["gdp_growth"][2, 1] = NAN
    with pytest.raises(SimError, match=r"^t: gdp_growth of 2022 is not a number in 1 of 3 draws$"):
        judged_outcomes([target(">=", 2022, value=9.5)], table.__getitem__, YEARS, 3)
    # Another year, or a draw that does not count, does no harm.
    assert len(judged_outcomes([target(">=", 2023, value=9.5)], table.__getitem__, YEARS, 3)) == 1
    assert len(judged_outcomes([target(">=", 2022, value=9.5)], table.__getitem__, YEARS, 1)) == 1


def test_a_threshold_that_is_not_a_number_is_an_error() -> None:
    table = {"gdp_growth": SERIES, "benchmark/city/gdp_growth": np.full_like(SERIES, NAN)}
    with pytest.raises(SimError, match="3 of 3 draws"):
        judged_outcomes([target("above", 2022, benchmark="city")], table.__getitem__, YEARS, 3)


def test_the_peak_of_growth_is_not_in_the_base_year_which_has_none() -> None:
    """9, 12, 11 after a year without a figure: past its peak of 2022, none the higher in 2023."""
    series = np.array([NAN, 9.0, 12.0, 11.0])[:, None]
    found = judge(target("direction", 2023, direction="falling"), series)
    assert (found.met.tolist(), found.first.tolist()) == ([True], [2022])


@pytest.mark.parametrize(
    ("operator", "indicator", "first", "status"),
    [
        ("in_step", "household_income_growth", 2020, "no_baseline"),
        ("in_step", "household_income_growth", 2021, "evaluated"),
        (">=", "gdp_growth_average", 2019, "no_baseline"),
        (">=", "gdp_growth_average", 2021, "evaluated"),
        (">=", "gdp_growth", 2019, "evaluated"),
        ("cumulative", "new_urban_jobs", 2020, "evaluated"),
    ],
)
def test_averages_that_begin_before_the_base_year_are_not_evaluated(
    district: Pack, operator: str, indicator: str, first: int, status: str
) -> None:
    wanted = replace(target(operator, 2025, value=5.0, first_year=first), indicator=indicator)
    assert status_of(wanted, 2035, district)[0] == status


# Indicators


def run_of(pack: Pack) -> Run:
    sources = frozenset(SOURCES)
    compared = [(pack.city or "", name) for name in COMPUTED]
    return simulate_scenarios(pack, [scenario()], draw_block(pack, 7, 0, HORIZON, sources), False, compared)[0]


@pytest.mark.parametrize(
    "name", ["research_intensity", "income_level", "fdi", "urbanisation", "trade_total", "patents"]
)
def test_an_indicator_has_numbers_or_says_which_figure_is_missing(district: Pack, name: str) -> None:
    pack = replace(district, surroundings=None, base_facts={**district.base_facts, name: None})
    run = run_of(pack)
    lacking = {id for id in COMPUTED if missing_of(INDICATORS[id], pack) is not None}
    assert {id for id in COMPUTED if not np.isfinite(run.value(id)[1:]).all()} == lacking
    if name == "research_intensity":
        why = missing_of(INDICATORS["high_value_patents"], pack)
        assert why is not None
        assert "“研发经费投入强度”的基数" in why.zh


def test_a_city_lacks_what_one_of_its_districts_lacks(city: Pack) -> None:
    """Its own figure less that of the district is unknown, and so is their sum later on."""
    part = city.districts[0]
    pack = replace(city, districts=(replace(part, base_facts={**part.base_facts, "doctors_per_1000": None}),))
    why = missing_of(INDICATORS["doctors_per_1000"], pack)
    assert why is not None
    assert part.label.zh in why.zh
    assert np.isnan(run_of(pack).value("doctors_per_1000")).all()


def test_what_the_city_does_not_report_is_not_measured_beside_the_district(district: Pack) -> None:
    run = run_of(district)
    assert "benchmark/qingdao/forest_cover" in run.benchmarks
    assert "benchmark/qingdao/life_expectancy" not in run.benchmarks
    assert all(np.isfinite(values[1:]).all() for values in run.benchmarks.values())


def test_the_order_of_a_city_does_not_depend_on_the_district_asked_for(city: Pack) -> None:
    """The second of two districts: the same sums to the last bit, as the parts are added in the city's order."""
    first = city.districts[0]
    share = first.base_facts["marine_share"]
    assert share is not None
    # Less of the sea than the first, or nothing of it is left for the rest.
    second = replace(first, id="second", base_facts={**first.base_facts, "marine_share": replace(share, value=28.0)})
    both = replace(city, districts=(*city.districts, second))
    whole = run_of(both)
    beside = run_of(replace(second, surroundings=both))
    for name in ("gdp", "services_share", "marine_share", "population"):
        assert np.array_equal(beside.value(f"benchmark/qingdao/{name}"), whole.value(name), equal_nan=True), name


# The base year

WRONG = {
    "another region": ("gdp: gdp.2020", "gdp: wrong.gdp", "facts.gdp: “wrong.gdp”是qingdao的数"),
    "another year": (
        "secondary: secondary_value_added.2020", "secondary: wrong.secondary",
        "facts.secondary: 应为2020年的数，“wrong.secondary”是2019年的",
    ),
    "half a year": (
        "primary: primary_value_added.2020", "primary: wrong.primary",
        "facts.primary: 应为2020年的数，“wrong.primary”是2020-H1年的",
    ),
    "another unit": ("gdp: gdp.2020", "gdp: gdp_growth.2020", "facts.gdp: 单位应为亿元或其倍数"),
    "income three years old": (
        "income_level: household_income.2018", "income_level: wrong.income",
        "facts.income_level: 应为2018—2020年的数，“wrong.income”是2017年的",
    ),
    "income without growth": (
        "income_growth: household_income_growth.2020", "income_growth: null",
        "facts.income_level: 早于基年的收入水平需要 facts 中的 income_growth",
    ),
}  # fmt: skip
ADDED = (
    ("wrong.gdp", "qingdao", "gdp", "2020", "亿元"),
    ("wrong.secondary", "west_coast", "secondary_value_added", "2019", "亿元"),
    ("wrong.primary", "west_coast", "primary_value_added", "2020-H1", "亿元"),
    ("wrong.income", "west_coast", "household_income", "2017", "元"),
)


@pytest.mark.parametrize(("old", "new", "message"), WRONG.values(), ids=list(WRONG))
def test_figures_that_do_not_fit_the_base_year_are_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    shutil.copytree(CALIBRATION, tmp_path / "calibration")
    folder = tmp_path / "calibration" / "west_coast"
    with (folder / "facts.csv").open("a", encoding="utf-8", newline="") as file:
        for id, region, indicator, period, unit in ADDED:
            file.write(f"{id},{region},{indicator},{period},50,{unit},,,exact,actual,,003_7526d0927c5bbb45,1,五十,\n")
    path = folder / "base_year.yaml"
    text = path.read_text(encoding="utf-8")
    assert f"  {old}\n" in text
    path.write_text(text.replace(f"  {old}\n", f"  {new}\n"), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_pack(tmp_path / "calibration", "west_coast")
    assert len(caught.value.problems) == 1, caught.value.show("zh")
    (problem,) = caught.value.problems
    assert message in problem.show("zh")
    assert problem.line == text[: text.index(old)].count("\n") + 1 or "income_growth" in old
