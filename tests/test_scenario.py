"""Scenario files: values by year, inheritance, every mistake at once, what travels with a result."""

from __future__ import annotations

import hashlib
import json
import pickle
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.cli.inputs import load_pack, load_scenarios
from sim.errors import InputError
from sim.language import Text
from sim.levers.catalogue import GRADES, LEVERS, WORLD
from sim.scenario.load import list_scenarios, resolved_text
from sim.scenario.paths import Spread, interpolate
from tests.scenario_files import enter_project, load, scenario, write

REAL_FOLDER = Path(__file__).resolve().parent.parent / "scenarios"


@pytest.fixture(autouse=True)
def in_a_project_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    enter_project(tmp_path, monkeypatch)


def by_year(text: str, lever: str = "fdi_growth", horizon: int = 2026) -> dict[int, tuple[Any, Any]]:
    path = scenario(text, horizon).levers[lever]
    return {year: (low, high) for year, low, high in zip(path.years, path.low, path.high, strict=True)}


def test_a_number_holds_in_every_year_after_the_base_year() -> None:
    assert by_year("levers: {fdi_growth: 3}", horizon=2022) == {2021: (3.0, 3.0), 2022: (3.0, 3.0)}


def test_a_range_is_its_fifth_and_ninety_fifth_percentile() -> None:
    assert by_year("levers: {fdi_growth: [-1, 2.5]}", horizon=2021) == {2021: (-1.0, 2.5)}


def test_a_path_is_default_before_linear_between_and_constant_after_its_points() -> None:
    assert by_year("levers: {fdi_growth: {2022: 2, 2025: [5, 8]}}") == {
        2021: (None, None),
        2022: (2.0, 2.0),
        2023: (3.0, 4.0),
        2024: (4.0, 6.0),
        2025: (5.0, 8.0),
        2026: (5.0, 8.0),
    }


@given(st.dictionaries(st.integers(2021, 2035), st.tuples(st.floats(-9, 0), st.floats(0, 9)), min_size=1))
def test_a_path_passes_through_its_points_and_stays_between_them(
    written: dict[int, tuple[float, float]],
) -> None:
    points = {year: Spread(low, high) for year, (low, high) in written.items()}
    lows, highs = [low for low, _ in written.values()], [high for _, high in written.values()]
    for year in range(2021, 2036):
        value = interpolate(points, year)
        assert (value is None) == (year < min(points))
        if value is not None:
            assert min(lows) - 1e-9 <= value.low <= max(lows) + 1e-9
            assert min(highs) - 1e-9 <= value.high <= max(highs) + 1e-9
    assert all(interpolate(points, year) == point for year, point in points.items())


def test_horizon_of_the_command_line_wins_over_the_file_and_that_over_2035() -> None:
    assert scenario("levers: {}").horizon == 2035
    assert scenario("levers: {}").origins["horizon"] == "default"
    stated = scenario("question: x\nhorizon: 2030")
    assert (stated.horizon, stated.origins["horizon"]) == (2030, "scenarios/test.yaml:2")
    asked = scenario("horizon: 2030", horizon=2025)
    assert (asked.horizon, asked.origins["horizon"]) == (2025, "--horizon")


def test_a_shorter_horizon_cuts_a_path_without_changing_it() -> None:
    text = "levers: {fdi_growth: {2021: 0, 2031: 10}}"
    assert by_year(text, horizon=2023) == {2021: (0.0, 0.0), 2022: (1.0, 1.0), 2023: (2.0, 2.0)}


FULL = """\
name: 高方案
label: 高方案
question: 若重点项目如期投产？
levers:
  fdi_growth: 3
world: {exchange_rate: 7.1}
projects:
  - id: refinery
    label: 炼化一体化
    label_en: Refinery
    cell: manufacturing_marine
    capex: 120
    start: 2019
    commissioning: 2024
    value_added: 60
    probability: 0.8
    delay: [0.6, 0.3, 0.1]
    additional: 0.5
events:
  - {id: slump, kind: world_trade, probability: 0.1, size: [-20, -5], duration: 2}
  - {id: shock, kind: demand, year: 2023, size: -3}
targets:
  - {id: mine, indicator: marine_share, year: 2025, operator: between, value: 40, value_high: 42, label: 海洋}
"""


def test_every_part_of_a_scenario() -> None:
    full = scenario(FULL)
    assert (full.name, full.label, full.question) == (
        "高方案",
        Text("高方案", "高方案"),
        "若重点项目如期投产？",
    )
    (project,) = full.projects
    assert project.label == Text("炼化一体化", "Refinery")
    assert (project.capex, project.start, project.commissioning, project.value_added) == (
        120.0,
        2019,
        2024,
        60.0,
    )
    assert (project.probability, project.delay, project.additional) == (0.8, (0.6, 0.3, 0.1), 0.5)
    slump, shock = full.events
    assert (slump.year, slump.probability, slump.size_low, slump.size_high, slump.duration) == (
        None,
        0.1,
        -20,
        -5,
        2,
    )
    assert (shock.year, shock.probability, shock.size_low, shock.size_high, shock.duration) == (
        2023,
        None,
        -3,
        -3,
        1,
    )
    (target,) = full.targets
    assert (target.operator, target.value, target.value_high, target.benchmark) == (
        "between",
        40.0,
        42.0,
        None,
    )
    assert full.world["exchange_rate"].low[0] == 7.1
    assert full.origins["levers.fdi_growth"] == "scenarios/test.yaml:5"
    assert full.origins["projects.refinery"] == "scenarios/test.yaml:8"
    assert full.origins["events.shock"] == "scenarios/test.yaml:21"
    digest = hashlib.sha256(FULL.encode("utf-8")).hexdigest()
    assert full.files == (("scenarios/test.yaml", digest),)


def test_a_project_is_certain_punctual_and_wholly_additional_unless_said() -> None:
    (project,) = scenario(
        "projects: [{id: p, cell: fishery, capex: 1, start: 2021, commissioning: 2022, value_added: 1}]"
    ).projects
    assert (project.label.zh, project.probability, project.delay, project.additional) == (
        "p",
        1.0,
        (1.0,),
        1.0,
    )


def test_a_scenario_crosses_a_process_boundary() -> None:
    full = scenario(FULL)
    assert pickle.loads(pickle.dumps(full)) == full


def test_resolved_text_is_json_with_sorted_keys_and_without_the_default() -> None:
    text = resolved_text(scenario("levers: {new_jobs: {2023: 1}, fdi_growth: [1, 2]}\nhorizon: 2024"))
    assert json.loads(json.dumps(text)) == text
    assert list(text) == sorted(text)
    assert list(text["levers"]) == ["fdi_growth", "new_jobs"]
    assert text["levers"]["new_jobs"] == {"2023": [1.0, 1.0], "2024": [1.0, 1.0]}
    assert text["levers"]["fdi_growth"]["2021"] == [1.0, 2.0]


def test_no_private_folder_travels_with_a_result(tmp_path: Path) -> None:
    outside = tmp_path / "private"
    outside.mkdir()
    write(str(outside / "parent.yaml"), "levers: {new_jobs: 1}")
    path = write(str(outside / "mine.yaml"), "extends: parent\nlevers: {fdi_growth: 1}")
    loaded = load(str(path))
    assert loaded.name == "mine"
    assert loaded.origins["levers.fdi_growth"] == "mine.yaml:2"
    assert loaded.origins["levers.new_jobs"] == "parent.yaml:1"
    assert "private" not in json.dumps(resolved_text(loaded))


def test_library_files_are_named_alike_wherever_the_program_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    pack = load_pack("west_coast")
    found = []
    for folder in (REAL_FOLDER, REAL_FOLDER.parent, REAL_FOLDER.parent / "tests"):
        monkeypatch.chdir(folder)
        found += load_scenarios(pack, ["stress"], None)
    assert found[0] == found[1] == found[2]
    assert [name for name, _ in found[0].files] == ["scenarios/stress.yaml", "scenarios/baseline.yaml"]


def test_references_of_people() -> None:
    write("scenarios/baseline.yaml", "label: 基准\nlevers: {}")
    for reference in (
        "baseline",
        "scenarios/baseline.yaml",
        "baseline.yaml",
        str(Path.cwd() / "scenarios/baseline.yaml"),
    ):
        assert load(reference).label.zh == "基准"
    for reference, words in (("baselne", "baseline"), ("scenarios", "文件夹"), ("x/y.yaml", "不存在")):
        with pytest.raises(InputError, match=words):
            load(reference)


def test_list_scenarios_tolerates_broken_files() -> None:
    write("scenarios/baseline.yaml", "label: 基准情景\nlabel_en: Baseline\nquestion: 问\nlevers: {x: 1}")
    write("scenarios/broken.yaml", "a: [")
    write("scenarios/odd.yml", "label: [1]")
    write("scenarios/notes.txt", "not a scenario")
    Path("scenarios/sweeps.yaml").mkdir()
    listed = list_scenarios(Path("scenarios"))
    assert [(each.name, each.label.zh, each.readable) for each in listed] == [
        ("baseline", "基准情景", True),
        ("broken", "broken", False),
        ("odd", "odd", True),
    ]
    assert listed[0].label.en == "Baseline"
    assert list_scenarios(Path("nowhere")) == ()


def test_the_baseline_changes_nothing() -> None:
    baseline = load("baseline", folder=REAL_FOLDER)
    assert (baseline.name, baseline.label.zh, baseline.horizon) == ("baseline", "基准情景", 2035)
    assert not (baseline.levers)
    assert not (baseline.world)
    assert not (baseline.projects)
    assert not (baseline.events)
    assert not (baseline.targets)


def test_levers_are_honest_and_bounded() -> None:
    for kind in (*LEVERS.values(), *WORLD.values()):
        texts = (kind.label, kind.unit, kind.meaning, kind.evidence)
        assert all(text.zh and text.en for text in texts)
        assert kind.low < kind.high
        assert kind.grade in GRADES
        assert kind.acts_on
    assert all(lever.low <= 0 <= lever.high for lever in LEVERS.values()), "0 is no change"
    assert len(LEVERS) >= 25
    assert (LEVERS["doctors"].low, LEVERS["doctors"].high, LEVERS["doctors"].unit.zh) == (-500, 2000, "人/年")
