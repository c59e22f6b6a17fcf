"""`scenario show`: every value of a resolved scenario with the file and line it was written in."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.running import call

PARENT = """\
label: 上级
horizon: 2026
levers:
  fdi_growth: 1
  trade_growth:
    2022: 1
    2024: [2, 4]
events:
  - id: slump
    kind: demand
    year: 2023
    size: -3
"""
CHILD = """\
label: 下级
extends: parent
question: 问？
asked_by: 区长
rests_on:
  - {document: plan14, line: 7, quote: 原文}
levers:
  fdi_growth: {triangular: [0, 1, 3]}
  doctors: {steps: {2022: 100, 2025: 0}}
  new_jobs: {growth: {from: 2024, value: 1, rate: 10}}
projects:
  - {id: port, cell: services_marine, capex: 60, start: 2021, commissioning: 2023, value_added: 12}
targets:
  - id: plan14.trade_total.2025
    indicator: trade_total
    year: 2025
    operator: ">="
    value: 3300
"""


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("parent.yaml").write_text(PARENT, encoding="utf-8")
    Path("child.yaml").write_text(CHILD, encoding="utf-8")


def shown(*arguments: str) -> dict[str, Any]:
    code, out, err = call("scenario", "show", *arguments, "--json")
    assert (code, err) == (0, "")
    document: dict[str, Any] = json.loads(out)
    return document


def by_key(document: dict[str, Any]) -> dict[tuple[str, int | None], dict[str, Any]]:
    return {(record["key"], record["year"]): record for record in document["values"]}


def test_every_year_of_a_lever_has_its_value_and_its_lines() -> None:
    values = by_key(shown("child.yaml"))

    def of(lever: str, year: int) -> tuple[Any, str, list[str]]:
        record = values[f"levers.{lever}", year]
        value = record["value"]
        return None if value is None else (value["p5"], value["p95"]), record["way"], record["origins"]

    assert of("trade_growth", 2021) == (None, "default", [])
    assert of("trade_growth", 2022) == ((1, 1), "written", ["parent.yaml:6"])
    assert of("trade_growth", 2023) == ((1.5, 2.5), "between", ["parent.yaml:6", "parent.yaml:7"])
    assert of("trade_growth", 2026) == ((2, 4), "held", ["parent.yaml:7"])
    assert of("doctors", 2024) == ((100, 100), "held", ["child.yaml:9"])
    assert of("doctors", 2025) == ((0, 0), "written", ["child.yaml:9"])
    assert of("new_jobs", 2026) == (pytest.approx((1.21, 1.21)), "growth", ["child.yaml:10"])
    assert of("fdi_growth", 2024)[1:] == ("constant", ["child.yaml:8"])
    assert values["levers.fdi_growth", 2024]["value"]["distribution"] == {"triangular": [0, 1, 3]}
    assert values["levers.doctors", 2024]["unit"] == "人/年"


def test_every_key_of_projects_events_and_targets_has_its_line() -> None:
    values = {key: (record["value"], record["origins"]) for (key, _), record in by_key(shown("child.yaml")).items()}
    assert values["projects.port.capex"] == (60, ["child.yaml:12"])
    assert values["projects.port.probability"] == (1.0, [])
    assert values["events.slump.size"] == (-3, ["parent.yaml:12"])
    assert values["events.slump.duration"] == (1, [])
    assert values["targets.plan14.trade_total.2025.value"] == (3300, ["child.yaml:18"])
    assert values["question"] == ("问？", ["child.yaml:3"])
    assert values["asked_by"] == ("区长", ["child.yaml:4"])
    assert values["rests_on[0]"] == ({"document": "plan14", "line": 7, "quote": "原文"}, ["child.yaml:6"])
    assert values["horizon"] == (2026, ["parent.yaml:2"])
    assert not any(key.startswith("label_en") for key in values)


def test_nothing_that_the_scenario_holds_is_left_out() -> None:
    document = shown("child.yaml")
    scenario, keys = document["scenario"], {record["key"] for record in document["values"]}
    for section in ("levers", "world"):
        written = {key.removeprefix(f"{section}.") for key in keys if key.startswith(f"{section}.")}
        assert written == set(scenario[section])
    for section in ("projects", "events", "targets"):
        for item in scenario[section]:
            assert f"{section}.{item['id']}.id" in keys
    assert [record["file"] for record in scenario["files"]] == ["child.yaml", "parent.yaml"]


def test_the_horizon_of_the_command_line_is_named_as_such() -> None:
    horizon = by_key(shown("child.yaml", "--horizon", "2030"))["horizon", None]
    assert (horizon["value"], horizon["origins"]) == (2030, ["--horizon"])
    assert by_key(shown("baseline"))["horizon", None]["way"] == "default"


def test_a_target_in_the_place_of_the_plans_is_told() -> None:
    (replaced,) = shown("child.yaml")["replaces"]
    assert replaced["id"] == "plan14.trade_total.2025"
    assert replaced["target_text"] == "≥3000"
    page = call("scenario", "show", "child.yaml")[1]
    assert re.search(r"替换规划目标：plan14.trade_total.2025（.*原为≥3000）", page)
    arguments = ("run", "child.yaml", "--draws", "50", "--no-figures", "--json", "--out", "r")
    targets = {target["id"]: target for target in json.loads(call(*arguments)[1])["targets"]}
    assert targets["plan14.trade_total.2025"]["note"].startswith("由情景替换，原目标为“≥3000”")
    assert targets["plan14.trade_total.2025"]["note_en"].startswith('replaced by the scenario, was "≥3000"')
    assert "替换" not in (targets["plan14.marine_share.2025"]["note"] or "")


def test_the_table_has_a_row_for_years_alike_in_both_languages() -> None:
    code, page, err = call("scenario", "show", "child.yaml")
    assert (code, err) == (0, "")
    assert re.search(r"doctors\n +2022—2024 +100 人/年 +写明 +child.yaml:9\n +2025—2026 +0 人/年", page)
    assert re.search(r"2023 +\[1.5, 2.5\] 百分点/年 +两点间直线 +parent.yaml:6, 7", page)
    assert re.search(r"三角分布 \[0, 1, 3\]", page)
    assert "没有列出的杠杆为 0" in page
    english = call("scenario", "show", "child.yaml", "--lang", "en")[1]
    assert re.search(r"2022–2024 +100 persons a year +written +child.yaml:9", english)
    assert not re.search("[\u4e00-\u9fff]", re.sub("下级|上级|问？|区长|原文|plan14.*", "", english))


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("show", "bad.yaml"), "bad.yaml:1:10: levers.fdi_grwth: 未知的名称“fdi_grwth”，您是否想写“fdi_growth”"),
        (("show", "impossible.yaml"), "impossible.yaml:2:62: targets[0].value: 应为正数，现为 -5"),
        (("show", "nothing.yaml"), "文件不存在"),
        (("show",), "缺少参数"),
        (("shw", "x"), "没有命令“shw”，您是否想写“show”"),
        (("show", "baseline", "--region", "west_cost"), "您是否想写“west_coast”"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_printed(words: tuple[str, ...], message: str) -> None:
    Path("bad.yaml").write_text("levers: {fdi_grwth: 1}\n", encoding="utf-8")
    target = "targets:\n- {id: x, indicator: gdp, year: 2025, operator: '>=', value: -5}\n"
    Path("impossible.yaml").write_text(target, encoding="utf-8")
    code, out, err = call("scenario", *words)
    assert (code, out) == (2, "")
    assert message in err


def test_help_names_the_subcommands_in_both_languages() -> None:
    assert re.search(r"show +列出情景的每一个值", call("scenario", "--help")[1])
    assert re.search(r"schema +the JSON Schema", call("scenario", "--help", "--lang", "en")[1])
    assert "--region" in call("scenario", "show", "--help")[1]
