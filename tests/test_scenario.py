"""Scenario files: values by year, inheritance, every mistake at once, what travels with a result."""

from __future__ import annotations

import hashlib
import json
import pickle
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import InputError
from sim.language import Text
from sim.levers import GRADES, LEVERS, WORLD
from sim.scenario import Scenario, list_scenarios, load_scenario, resolved_text
from sim.scenario_paths import interpolate

CELLS = ("fishery", "manufacturing_marine", "services_other")
INDICATORS = {"gdp", "gdp_growth", "marine_share"}
REAL_FOLDER = Path(__file__).resolve().parent.parent / "scenarios"


@pytest.fixture(autouse=True)
def in_a_project_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = tmp_path / "project"
    (project / "scenarios").mkdir(parents=True)
    monkeypatch.chdir(project)


def write(name: str, text: str) -> Path:
    path = Path(name)
    path.write_text(text, encoding="utf-8")
    return path


def load(reference: str, horizon: int | None = None, **other: Any) -> Scenario:
    given_values: dict[str, Any] = {
        "folder": Path("scenarios"), "base_year": 2020, "cells": CELLS, "indicators": INDICATORS,
        "region": "west_coast",
    }  # fmt: skip
    return load_scenario(reference, horizon=horizon, **(given_values | other))


def scenario(text: str, horizon: int | None = None) -> Scenario:
    write("scenarios/test.yaml", text)
    return load("test", horizon)


def problems(text: str, horizon: int | None = None) -> list[str]:
    with pytest.raises(InputError) as caught:
        scenario(text, horizon)
    return caught.value.show("zh").splitlines()


def by_year(text: str, lever: str = "fdi_growth", horizon: int = 2026) -> dict[int, tuple[Any, Any]]:
    path = scenario(text, horizon).levers[lever]
    return {year: (low, high) for year, low, high in zip(path.years, path.low, path.high, strict=True)}


def test_a_number_holds_in_every_year_after_the_base_year() -> None:
    assert by_year("levers: {fdi_growth: 3}", horizon=2022) == {2021: (3.0, 3.0), 2022: (3.0, 3.0)}


def test_a_range_is_its_fifth_and_ninety_fifth_percentile() -> None:
    assert by_year("levers: {fdi_growth: [-1, 2.5]}", horizon=2021) == {2021: (-1.0, 2.5)}


def test_a_path_is_default_before_linear_between_and_constant_after_its_points() -> None:
    assert by_year("levers: {fdi_growth: {2022: 2, 2025: [5, 8]}}") == {
        2021: (None, None), 2022: (2.0, 2.0), 2023: (3.0, 4.0), 2024: (4.0, 6.0), 2025: (5.0, 8.0), 2026: (5.0, 8.0),
    }  # fmt: skip


@given(st.dictionaries(st.integers(2021, 2035), st.tuples(st.floats(-9, 0), st.floats(0, 9)), min_size=1))
def test_a_path_passes_through_its_points_and_stays_between_them(points: dict[int, tuple[float, float]]) -> None:
    lows, highs = [low for low, _ in points.values()], [high for _, high in points.values()]
    for year in range(2021, 2036):
        value = interpolate(points, year)
        assert (value is None) == (year < min(points))
        if value is not None:
            assert min(lows) - 1e-9 <= value[0] <= max(lows) + 1e-9
            assert min(highs) - 1e-9 <= value[1] <= max(highs) + 1e-9
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
    assert (full.name, full.label, full.question) == ("高方案", Text("高方案", "高方案"), "若重点项目如期投产？")
    (project,) = full.projects
    assert project.label == Text("炼化一体化", "Refinery")
    assert (project.capex, project.start, project.commissioning, project.value_added) == (120.0, 2019, 2024, 60.0)
    assert (project.probability, project.delay, project.additional) == (0.8, (0.6, 0.3, 0.1), 0.5)
    slump, shock = full.events
    assert (slump.year, slump.probability, slump.size_low, slump.size_high, slump.duration) == (None, 0.1, -20, -5, 2)
    assert (shock.year, shock.probability, shock.size_low, shock.size_high, shock.duration) == (2023, None, -3, -3, 1)
    (target,) = full.targets
    assert (target.operator, target.value, target.value_high, target.benchmark) == ("between", 40.0, 42.0, None)
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
    assert (project.label.zh, project.probability, project.delay, project.additional) == ("p", 1.0, (1.0,), 1.0)


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


def test_inheritance_merges_by_id_and_the_child_wins() -> None:
    write("scenarios/a.yaml", "horizon: 2030\nlevers: {fdi_growth: 1, new_jobs: 1}\nquestion: 上级的问题\n"
          "events: [{id: e, kind: demand, year: 2022, size: 1}, {id: f, kind: demand, year: 2022, size: 2}]")  # fmt: skip
    child = scenario(
        "extends: a\nlevers: {fdi_growth: 5}\nevents: [{id: e, kind: demand, year: 2023, size: -1}]"
    )
    assert (child.levers["fdi_growth"].low[0], child.levers["new_jobs"].low[0], child.horizon) == (5.0, 1.0, 2030)
    assert {event.id: event.size_low for event in child.events} == {"e": -1.0, "f": 2.0}
    assert child.origins["levers.new_jobs"] == "scenarios/a.yaml:2"
    assert (child.name, child.question) == ("test", "")
    assert [file for file, _ in child.files] == ["scenarios/test.yaml", "scenarios/a.yaml"]


def test_a_key_of_two_parents_is_a_mistake_unless_the_child_sets_it() -> None:
    write("scenarios/a.yaml", "levers: {fdi_growth: 1}")
    write("scenarios/b.yaml", "levers: {fdi_growth: 1, new_jobs: 2}")
    (line,) = problems("name: x\nextends: [a, b]\n")
    assert line.startswith("scenarios/test.yaml:2:14: extends[1]: levers.fdi_growth ")
    assert "scenarios/a.yaml:1" in line
    assert "scenarios/b.yaml:1" in line
    resolved = scenario("extends: [a, b]\nlevers: {fdi_growth: 7}")
    assert (resolved.levers["fdi_growth"].low[0], resolved.levers["new_jobs"].low[0]) == (7.0, 2.0)


def test_a_common_ancestor_is_no_conflict_and_is_read_once() -> None:
    write("scenarios/root.yaml", "levers: {fdi_growth: 1}")
    write("scenarios/a.yaml", "extends: root")
    write("scenarios/b.yaml", "extends: root")
    loaded = scenario("extends: [a, b]")
    assert loaded.levers["fdi_growth"].low[0] == 1.0
    assert [file for file, _ in loaded.files].count("scenarios/root.yaml") == 1


def test_circles_and_missing_parents() -> None:
    write("scenarios/a.yaml", "extends: test")
    (line,) = problems("extends: a")
    assert line.startswith("scenarios/a.yaml:1:10: extends: ")
    assert "test → a → test" in line
    write("scenarios/baseline.yaml", "levers: {}")
    (line,) = problems("extends: baselin")
    assert "您是否想写“baseline”" in line


def test_problems_of_parents_are_reported_with_those_of_the_child() -> None:
    write("scenarios/a.yaml", "levers: {fdi_growth: 99}")
    write("scenarios/b.yaml", "levers：\n  x: 1\n")
    lines = problems("extends: [a, b]\nlevers: {new_jobs: 99}")
    assert [line.split(": ")[0] for line in lines] == [
        "scenarios/a.yaml:1:22", "scenarios/b.yaml:1:7", "scenarios/test.yaml:2:20",
    ]  # fmt: skip


@pytest.mark.parametrize("reference", ["../../secret/other", "{tmp}/secret/other.yaml", "link"])
def test_a_path_in_a_file_stays_in_the_project_or_beside_the_file(reference: str, tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    write(str(tmp_path / "secret" / "other.yaml"), "levers: {new_jobs: 1}")
    Path("scenarios/link.yaml").symlink_to(tmp_path / "secret" / "other.yaml")
    (line,) = problems(f"extends: {reference.format(tmp=tmp_path)}")
    assert "项目之外" in line
    assert load(str(tmp_path / "secret" / "other.yaml")).levers["new_jobs"].low[0] == 1.0


def test_references_of_people() -> None:
    write("scenarios/baseline.yaml", "label: 基准\nlevers: {}")
    for reference in ("baseline", "scenarios/baseline.yaml", "baseline.yaml", str(Path.cwd() / "scenarios/baseline.yaml")):
        assert load(reference).label.zh == "基准"
    for reference, words in (("baselne", "baseline"), ("scenarios", "文件夹"), ("x/y.yaml", "不存在")):
        with pytest.raises(InputError, match=words):
            load(reference)


PROJECT = "projects: [{id: p, cell: fishery, capex: 1, start: 2021, commissioning: 2022, value_added: 1, %s}]"
EVENT = "events: [{id: e, kind: demand, size: 1, %s}]"
TARGET = "targets: [^{id: t, indicator: gdp, year: 2025, %s}]"


@pytest.mark.parametrize(
    ("text", "key", "words"),  # ^ stands before what is wrong
    [
        ("levers: {^rd_intensty: 1}", "levers.rd_intensty", "rd_intensity"),
        ("world: {^fdi_growth: 1}", "world.fdi_growth", "可用"),
        ("levers: {new_jobs: ^5.1}", "levers.new_jobs", "-3 至 5（万人/年）"),
        ("levers: {new_jobs: [1, ^6]}", "levers.new_jobs[1]", "-3 至 5"),
        ("levers: {new_jobs: ^[3, 1]}", "levers.new_jobs", "p5 应不大于 p95"),
        ("levers: {new_jobs: ^[1]}", "levers.new_jobs", "两个数"),
        ("levers: {new_jobs: ^{}}", "levers.new_jobs", "没有任何年份"),
        ("levers: {new_jobs: {^2020: 1}}", "levers.new_jobs.2020", "晚于基年 2020"),
        ("levers: {new_jobs: {^2036: 1}}", "levers.new_jobs.2036", "期末 2035"),
        ("levers: {new_jobs: {^２０２５: 1}}", "levers.new_jobs.２０２５", "半角数字且不加引号：2025"),
        ("levers: {new_jobs: ^1e400}", "levers.new_jobs", "过大"),
        ("levers: {new_jobs: ^true}", "levers.new_jobs", "现为true"),
        ("levers: {new_jobs: ^3%}", "levers.new_jobs", "去掉百分号"),
        ("levers: ^[1]", "levers", "键: 值"),
        ("^lever: {}", "lever", "您是否想写“levers”"),
        ("horizon: ^2019", "horizon", "晚于基年 2020"),
        ("horizon: ^20350", "horizon", "2060"),
        ("region: ^qingdao", "region", "--region qingdao"),
        ("name: ^a/b", "name", "文件夹名"),
        (PROJECT % "probability: ^80", "projects[0].probability", "请写 0.8"),
        (PROJECT % "additional: ^50", "projects[0].additional", "请写 0.5"),
        (PROJECT % "delay: ^[0.5, 0.6]", "projects[0].delay", "现为 1.1"),
        (PROJECT.replace("fishery", "^fishry") % "", "projects[0].cell", "您是否想写“fishery”"),
        (PROJECT.replace("2022", "^2020") % "", "projects[0].commissioning", "晚于基年"),
        (PROJECT.replace("2021", "2023").replace("2022", "^2022") % "", "projects[0].commissioning", "开工年 2023"),
        (EVENT.replace("{", "^{") % "", "events[0]", "只写其一"),
        (EVENT % "year: ^2036", "events[0].year", "期末 2035"),
        (EVENT.replace("size: 1", "size: ^[1]") % "year: 2022", "events[0].size", "两个数"),
        (EVENT % "year: 2022, duration: ^6", "events[0].duration", "不大于 5"),
        (EVENT % "year: 2022, probability: ^0.1", "events[0].probability", "只写其一"),
        (TARGET.replace("gdp", "^gpd").replace("[^", "[") % "operator: '>=', value: 1", "targets[0].indicator", "“gdp”"),
        (TARGET % "operator: above", "targets[0]", "benchmark"),
        (TARGET % "operator: about", "targets[0]", "value"),
    ],
)  # fmt: skip
def test_mistakes_are_placed_and_explained(text: str, key: str, words: str) -> None:
    (line,) = problems(text.replace("^", ""))
    assert line.startswith(f"scenarios/test.yaml:1:{text.index('^') + 1}: {key}: ")
    assert words in line


def test_every_mistake_at_once() -> None:
    lines = problems(
        "horizon: 2019\nfoo: 1\nlevers: {x: 1, new_jobs: 9}\nworld: {exchange_rate: 70}\nprojects:\n"
        "  - {id: p, cell: x, capex: -1, start: 2021, commissioning: 2030, value_added: a, probability: 80}\n"
        "  - {id: p, cell: fishery, capex: 1, start: 2021, commissioning: 2030, value_added: 010}\n",
        horizon=2000,
    )
    places = [line.split(": ")[0].removeprefix("scenarios/test.yaml:") for line in lines]
    assert places == ["--horizon", "1:10", "2:1", "3:10", "3:26", "4:24", "6:19", "6:29", "6:80", "6:96", "7:10", "7:85"]


def test_list_scenarios_tolerates_broken_files() -> None:
    write("scenarios/baseline.yaml", "label: 基准情景\nlabel_en: Baseline\nquestion: 问\nlevers: {x: 1}")
    write("scenarios/broken.yaml", "a: [")
    write("scenarios/odd.yml", "label: [1]")
    write("scenarios/notes.txt", "not a scenario")
    Path("scenarios/sweeps.yaml").mkdir()
    listed = list_scenarios(Path("scenarios"))
    assert [(each.name, each.label.zh, each.readable) for each in listed] == [
        ("baseline", "基准情景", True), ("broken", "broken", False), ("odd", "odd", True),
    ]  # fmt: skip
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
    assert (len(LEVERS), len(WORLD)) == (28, 5)
    assert (LEVERS["doctors"].low, LEVERS["doctors"].high, LEVERS["doctors"].unit.zh) == (-500, 2000, "人/年")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6)
    | st.sampled_from(["gdp", "fishery", "demand", "p", 2025, 0.5]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.text(max_size=3) | st.integers(2019, 2040) | st.sampled_from(["id", "cell", "year", "size", "fdi_growth"]),
        inner, max_size=4),
    max_leaves=10,
)  # fmt: skip
SECTIONS = st.sampled_from(
    ["name", "extends", "horizon", "region", "levers", "world", "projects", "events", "targets", "label", "x"]
)


@given(st.dictionaries(SECTIONS, JSON, max_size=6))
def test_random_scenarios_never_raise_anything_but_input_errors(data: dict[str, Any]) -> None:
    try:
        loaded = scenario(yaml.safe_dump(data, allow_unicode=True))
    except InputError as error:
        error.show("en")
    else:
        json.dumps(resolved_text(loaded), allow_nan=False)
