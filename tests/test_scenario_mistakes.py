"""Scenario files that extend others, and files that are wrong: every mistake at once, with its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import InputError
from sim.scenario.load import resolved_text
from tests.scenario_files import enter_project, load, scenario, write


@pytest.fixture(autouse=True)
def in_a_project_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    enter_project(tmp_path, monkeypatch)


def problems(text: str, horizon: int | None = None) -> list[str]:
    with pytest.raises(InputError) as caught:
        scenario(text, horizon)
    return caught.value.show("zh").splitlines()


def test_inheritance_merges_by_id_and_the_child_wins() -> None:
    write(
        "scenarios/a.yaml",
        "horizon: 2030\nlevers: {fdi_growth: 1, new_jobs: 1}\nquestion: 上级的问题\n"
        "events: [{id: e, kind: demand, year: 2022, size: 1}, {id: f, kind: demand, year: 2022, size: 2}]",
    )
    child = scenario("extends: a\nlevers: {fdi_growth: 5}\nevents: [{id: e, kind: demand, year: 2023, size: -1}]")
    assert (child.levers["fdi_growth"].low[0], child.levers["new_jobs"].low[0], child.horizon) == (
        5.0,
        1.0,
        2030,
    )
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
        "scenarios/a.yaml:1:22",
        "scenarios/b.yaml:1:7",
        "scenarios/test.yaml:2:20",
    ]


@pytest.mark.parametrize("reference", ["../../secret/other", "{tmp}/secret/other.yaml", "link"])
def test_a_path_in_a_file_stays_in_the_project_or_beside_the_file(reference: str, tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    write(str(tmp_path / "secret" / "other.yaml"), "levers: {new_jobs: 1}")
    Path("scenarios/link.yaml").symlink_to(tmp_path / "secret" / "other.yaml")
    (line,) = problems(f"extends: {reference.format(tmp=tmp_path)}")
    assert "项目之外" in line
    assert load(str(tmp_path / "secret" / "other.yaml")).levers["new_jobs"].low[0] == 1.0


PROJECT = "projects: [{id: p, cell: fishery, capex: 1, start: 2021, commissioning: 2022, value_added: 1, %s}]"
EVENT = "events: [{id: e, kind: demand, size: 1, %s}]"
TARGET = "targets: [^{id: t, indicator: gdp, year: 2025, %s}]"


@pytest.mark.parametrize(
    ("text", "key", "words"),  # ^ stands before what is wrong
    [
        ("levers: {^rd_intensty: 1}", "levers.rd_intensty", "rd_intensity"),
        ("world: {^fdi_growth: 1}", "world.fdi_growth", "应写在 levers 之下"),
        ("world: {^oil_price: 1}", "world.oil_price", "可用"),
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
        (
            PROJECT.replace("2021", "2023").replace("2022", "^2022") % "",
            "projects[0].commissioning",
            "开工年 2023",
        ),
        (EVENT.replace("{", "^{") % "", "events[0]", "只写其一"),
        (EVENT % "year: ^2036", "events[0].year", "期末 2035"),
        (EVENT.replace("size: 1", "size: ^[1]") % "year: 2022", "events[0].size", "两个数"),
        (EVENT % "year: 2022, duration: ^6", "events[0].duration", "不大于 5"),
        (EVENT % "year: 2022, probability: ^0.1", "events[0].probability", "只写其一"),
        (
            TARGET.replace("gdp", "^gpd").replace("[^", "[") % "operator: '>=', value: 1",
            "targets[0].indicator",
            "“gdp”",
        ),
        (TARGET % "operator: above", "targets[0]", "benchmark"),
        (TARGET % "operator: about", "targets[0]", "value"),
    ],
)
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
    assert places == [
        "--horizon",
        "1:10",
        "2:1",
        "3:10",
        "3:26",
        "4:24",
        "6:19",
        "6:29",
        "6:80",
        "6:96",
        "7:10",
        "7:85",
    ]


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=6)
    | st.sampled_from(["gdp", "fishery", "demand", "p", 2025, 0.5]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.text(max_size=3)
            | st.integers(2019, 2040)
            | st.sampled_from(["id", "cell", "year", "size", "fdi_growth"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=10,
)
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
