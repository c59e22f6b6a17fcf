"""Targets before any draw: how the pack's file is read and checked, which can be judged, what a scenario changes."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from sim.errors import InputError
from sim.language import Text
from sim.region.reading import read_pack
from sim.scenario.parts import ScenarioTarget
from sim.targets import Target, read_targets, status_of, with_scenario_targets
from tests.running import call

CALIBRATION = Path(__file__).resolve().parents[1] / "calibration"


def target(operator: str, year: int, **more: float | str | None) -> Target:
    """A target on gdp_growth."""
    return Target("t", "gdp_growth", year, operator, Text("目标", "target"), "%", **more)  # type: ignore[arg-type]


def mistakes(tmp_path: Path, id: str, **changes: str) -> dict[str, tuple[int, str]]:
    """Line and Chinese text of each mistake of the pack's targets with other values in the entry `id`, by key.

    A line is counted from that of the entry's id.
    """
    shutil.copytree(CALIBRATION, tmp_path, dirs_exist_ok=True)
    path = tmp_path / "west_coast" / "targets" / "plan14.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    start = lines.index(f"  - id: {id}")
    for key, value in changes.items():
        place = next(i for i in range(start, len(lines)) if lines[i].startswith(f"    {key}: "))
        lines[place] = f"    {key}: {value}"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_targets(read_pack(tmp_path, "west_coast"))
    return {p.key.split(".")[-1]: ((p.line or 0) - start - 1, p.text.pick("zh")) for p in caught.value.problems}


# Each stands so many lines below the entry's id.
GROWTH, BAND = "plan14.gdp_growth.2025", "plan14.gdp_growth.2025.band"
INCOME, JOBS = "plan14.household_income_growth.2025", "plan14.new_urban_jobs.2025"


def test_between_needs_both_ends(tmp_path: Path) -> None:
    assert mistakes(tmp_path, BAND, value_high="null") == {"value_high": (14, "between 需要 value_high")}
    assert mistakes(tmp_path, BAND, value="null") == {"value": (13, "between 需要 value")}


def test_the_benchmark_of_in_step_is_an_indicator(tmp_path: Path) -> None:
    found = mistakes(tmp_path, INCOME, benchmark="gdp_growth_averag")
    assert list(found) == ["benchmark"]
    assert found["benchmark"][0] == 17
    assert "您是否想写“gdp_growth_average”？" in found["benchmark"][1]
    # a region is the benchmark of "above", not of "in_step"
    assert list(mistakes(tmp_path, INCOME, benchmark="qingdao")) == ["benchmark"]


def test_an_indicator_without_figures_is_no_benchmark(tmp_path: Path) -> None:
    assert list(mistakes(tmp_path, INCOME, benchmark="new_economy_share")) == ["benchmark"]


def test_the_benchmark_of_a_scenarios_in_step_is_an_indicator(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(
        "targets:\n- {id: x, indicator: gdp_growth, year: 2025, operator: in_step, benchmark: gdp_growth_averag}\n",
        encoding="utf-8",
    )
    code, _, err = call("run", str(path), "--draws", "3", "--no-figures", "--out", str(tmp_path / "r"))
    assert code == 2
    assert "您是否想写“gdp_growth_average”？" in err


@pytest.mark.parametrize("changes", [{"first_year": "2026"}, {"first_year": "2021", "year": "2020"}])
def test_a_sum_begins_no_later_than_it_ends(tmp_path: Path, changes: dict[str, str]) -> None:
    assert mistakes(tmp_path, JOBS, **changes) == {"year": (10, "first_year 应不晚于 year")}


@pytest.mark.parametrize("operator", ["'>='", "'<='", "about", "cumulative", "change"])
def test_what_is_measured_by_a_number_needs_it(tmp_path: Path, operator: str) -> None:
    found = mistakes(tmp_path, GROWTH, operator=operator, value="null")
    assert found == {"value": (13, operator.strip("'") + " 需要 value")}


def test_all_mistakes_of_an_entry_are_told_at_once(tmp_path: Path) -> None:
    found = mistakes(tmp_path, BAND, value="null", value_high="null", base="gdp", indicator="gdp_grwth", fact="gdp")
    assert set(found) == {"value", "value_high", "base", "indicator", "fact"}
    assert "您是否想写“gdp_growth”？" in found["indicator"][1]


@pytest.mark.parametrize(
    ("wanted", "status"),
    [
        (target(">=", 2025, value=8.0), "evaluated"),
        (target(">=", 2035, value=8.0), "evaluated"),
        (target(">=", 2036, value=8.0), "beyond_horizon"),
        (target("assigned", 2025), "not_quantified"),
        (target("assigned", 2025, value=13.5), "evaluated"),
        (target("above", 2025, benchmark="qingdao"), "evaluated"),
        (target("above", 2025, benchmark="jinan"), "no_baseline"),
        (target("above", 2025, benchmark="china"), "evaluated"),
        (replace(target("above", 2025, benchmark="china"), indicator="gdp"), "no_baseline"),
        (replace(target("above", 2025, benchmark="qingdao"), indicator="gdp_per_capita"), "evaluated"),
        (replace(target("above", 2025, benchmark="qingdao"), indicator="rd_intensity"), "no_baseline"),
        (replace(target(">=", 2025, value=8.0), indicator="new_economy_share"), "no_baseline"),
        (replace(target(">=", 2025, value=8.0), not_modelled=Text("模型不涉及", "outside")), "not_modelled"),
        (target(">=", 2020, value=3.9), "reported"),  # the plan's table prints 3.9 for 2020
        (replace(target(">=", 2020, value=3.9), indicator="childcare_places_per_1000"), "no_baseline"),
        (target("direction", 2020), "no_baseline"),
        (replace(target("cumulative", 2025, value=9.0, first_year=2019), indicator="fdi"), "no_baseline"),
        (replace(target("cumulative", 2025, value=9.0, first_year=2021), indicator="fdi"), "evaluated"),
    ],
)
def test_status_before_a_run(wanted: Target, status: str) -> None:
    found, why = status_of(wanted, 2035, read_pack(CALIBRATION, "west_coast"))
    assert found == status
    assert (why is None) == (status in ("evaluated", "reported"))


def test_a_scenario_adds_a_target_or_moves_one_and_keeps_what_it_does_not_name() -> None:
    plan = replace(target("about", 2025, value=8.0, tolerance=0.5), row=1, category="高质量发展", target_text="8%")
    new = ScenarioTarget("t", "gdp_growth", 2026, ">=", 6.0, None, None, None, None, Text("新目标", "new target"), None)
    (moved,) = with_scenario_targets([plan], [new], "s.yaml")
    assert (moved.operator, moved.value, moved.tolerance, moved.year) == (">=", 6.0, None, 2026)
    assert (moved.row, moved.category, moved.target_text, moved.source) == (1, "高质量发展", "≥6", "s.yaml")
    both = with_scenario_targets([plan], [replace(new, id="own")], "s.yaml")
    assert [t.id for t in both] == ["t", "own"]
    assert both[0] == plan
    assert (both[1].unit, both[1].label.pick("en")) == ("%", "new target")


def test_a_scenario_gives_a_target_in_words_a_number(tmp_path: Path) -> None:
    """plan14.household_income.2035 says nothing that can be measured; a scenario that puts a number to it is judged."""
    pack = read_pack(CALIBRATION, "west_coast")
    (words,) = [t for t in read_targets(pack) if t.id == "plan14.household_income.2035"]
    assert status_of(words, 2035, pack)[0] == "not_modelled"
    new = ScenarioTarget(
        words.id, "household_income", 2035, ">=", 1e5, None, None, None, None, Text("收入", "income"), None
    )
    (moved,) = with_scenario_targets([words], [new], "s.yaml")
    assert (moved.value, status_of(moved, 2035, pack)) == (1e5, ("evaluated", None))


def test_a_scenario_that_names_another_indicator_does_not_judge_the_old_one() -> None:
    """Either the target is of the new indicator or the scenario is refused; 20 亿美元 is no growth rate."""
    plan = target("about", 2025, value=8.0, tolerance=0.5)
    new = ScenarioTarget("t", "fdi", 2025, ">=", 20.0, None, None, None, None, Text("外资", "investment"), None)
    try:
        (moved,) = with_scenario_targets([plan], [new], "s.yaml")
    except InputError:
        return
    assert (moved.indicator, moved.unit) == ("fdi", "亿美元")
