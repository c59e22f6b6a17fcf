"""The JSON Schema of scenario files: current, true to every file, and what editors show is in Chinese."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from sim.cli.scenario.pages import schema_text
from sim.levers.catalogue import LEVERS, WORLD
from sim.reading.source import read
from sim.scenario.schema import ENTRIES, ScenarioFile
from sim.scenario.words import OPERATORS, SCENARIO, SECTIONS
from tests.running import call
from tests.schema_check import wrong

PROJECT = Path(__file__).resolve().parent.parent
COMMITTED = PROJECT / "scenarios" / "scenario.schema.json"
SCHEMA: dict[str, Any] = json.loads(COMMITTED.read_text(encoding="utf-8"))
EXAMPLES = [PROJECT / "docs" / "examples" / name for name in ("first.yaml", "port_and_talent.yaml")]
FILES = [*sorted((PROJECT / "scenarios").glob("*.yaml")), *EXAMPLES]


def breaches(data: Any) -> list[str]:
    """Where a value breaks the committed schema; keys become text as they do in JSON."""
    return list(wrong(json.loads(json.dumps(data)), SCHEMA, SCHEMA))


def test_the_committed_schema_is_the_generated_one() -> None:
    told = "run: python run.py scenario schema --out scenarios/scenario.schema.json"
    assert COMMITTED.read_bytes() == schema_text().encode("utf-8"), told


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_scenario_file_satisfies_it(path: Path) -> None:
    assert breaches(read(path).data) == []


@pytest.mark.parametrize(
    ("text", "breach"),
    [
        ("lever: {}", ".lever: unknown"),
        ("levers: {fdi_grwth: 1}", ".levers.fdi_grwth: unknown"),
        ("levers: {trade_growth: 21}", ".levers.trade_growth: no branch fits"),
        ("levers: {trade_growth: [1, 2, 3]}", ".levers.trade_growth: no branch fits"),
        ("levers: {trade_growth: {2022: abc}}", ".levers.trade_growth: no branch fits"),
        ("levers: {trade_growth: {step: {2022: 1}}}", ".levers.trade_growth: no branch fits"),
        ("levers: {trade_growth: {growth: {from: 2022, value: 1}}}", ".levers.trade_growth: no branch fits"),
        ("levers: {trade_growth: {triangular: [1, 2]}}", ".levers.trade_growth: no branch fits"),
        ("projects: [{id: p}]", ".projects[0].cell: missing"),
        ("events: [{id: e, kind: demand, size: -3, duration: 9}]", ".events[0].duration: 9 against 5"),
        ("events: [{id: e, kind: war, size: -3}]", ".events[0].kind: 'war' against ['world_trade', 'demand', 'invest"),
        ("rests_on: [{document: d, line: 0, quote: q}]", ".rests_on[0].line: 0 against 1"),
        ("question: [x]", ".question: not string"),
    ],
)  # fmt: skip
def test_it_refuses_what_the_program_refuses(text: str, breach: str) -> None:
    assert any(found.startswith(breach) for found in breaches(yaml.safe_load(text)))


def test_every_form_of_a_value_is_allowed() -> None:
    for value in (
        "3", "[1, 2]", "{2022: 1, 2025: [1, 2]}", "{steps: {2022: 3, 2026: 0}}", "{uniform: [0, 1]}",
        "{growth: {from: 2022, value: 3, rate: 5, to: 2030}}", "{normal: [2, 0.5]}", "{lognormal: [1, 3]}",
        "{2022: {triangular: [0, 1, 2]}}", "{steps: {2022: {uniform: [0, 1]}}}",
    ):  # fmt: skip
        assert breaches(yaml.safe_load(f"levers: {{trade_growth: {value}}}")) == []


def test_editors_show_every_key_in_chinese_with_unit_and_bounds() -> None:
    properties = SCHEMA["properties"]
    assert set(properties) == set(ScenarioFile.model_fields) == set(SCENARIO)
    for section, kinds in (("levers", LEVERS), ("world", WORLD)):
        shown = properties[section]["properties"]
        assert set(shown) == set(kinds)
        for name, kind in kinds.items():
            assert shown[name]["title"] == kind.label.zh
            assert f"单位：{kind.unit.zh}；取值 {kind.low:g} 至 {kind.high:g}" in shown[name]["description"]
    for section, words in SECTIONS.items():
        items = properties[section]["items"]["properties"]
        assert set(items) == set(ENTRIES[section].model_fields) == set(words)
        described = [each["title"] + each["description"] for each in items.values()]
        assert [text for text in described if not re.search("[\u4e00-\u9fff]", text)] == []
    operators = properties["targets"]["items"]["properties"]["operator"]
    assert operators["enum"] == list(OPERATORS)
    assert len(operators["enumDescriptions"]) == len(OPERATORS)


def test_examples_name_the_schema_on_their_first_line() -> None:
    for path in EXAMPLES:
        first = path.read_text(encoding="utf-8").splitlines()[0]
        found = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
        assert found is not None
        assert (path.parent / found[1]).resolve() == COMMITTED


def test_the_command_prints_it_or_writes_it(tmp_path: Path) -> None:
    assert call("scenario", "schema")[:2] == (0, COMMITTED.read_text(encoding="utf-8"))
    path = tmp_path / "new" / "schema.json"
    assert call("scenario", "schema", "--out", str(path))[0] == 0
    assert path.read_bytes() == COMMITTED.read_bytes()
    code, out, err = call("scenario", "schema", "--out", str(tmp_path))
    assert (code, out) == (2, "")
    assert "文件夹" in err
