"""`compare`: the contract of its JSON, its files, and what is refused before anything is computed."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from sim.output.comparison import compare_tables
from sim.output.layout import cell_width
from tests.running import call, files

FEW = ("--draws", "300", "--no-figures")
OTHER = """
name: other
label: 另一情景
extends: baseline
horizon: 2030
levers:
  trade_growth: 3
  doctors: 200
"""


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("compare")
    (folder / "other.yaml").write_text(OTHER, encoding="utf-8")
    code, out, err = call(
        "compare", "baseline", str(folder / "other.yaml"), *FEW, "--horizon", "2030", "--json", "--out",
        str(folder / "out"),
    )  # fmt: skip
    assert (code, err) == (0, "")
    return folder, json.loads(out)


def test_every_difference_is_explained_by_the_families_that_differ(compared: tuple[Path, dict[str, Any]]) -> None:
    _, document = compared
    found = {(r.get("indicator") or r["target"], r["year"]): r for r in document["attribution"]}
    assert len(found) == len(document["differences"])
    for d in document["differences"]:
        record = found[d.get("indicator") or d["target"], d["year"]]
        assert set(record["contributions"]) == {"openness", "services"}
        assert record["total"] == pytest.approx(d["difference"], abs=1e-9 * max(1.0, abs(d["first"])))
        assert sum(record["contributions"].values()) == pytest.approx(record["total"], abs=1e-7)
    labels = {group["id"]: group["inputs"] for group in document["groups"]["other"]}
    assert labels == {"openness": ["levers.trade_growth"], "services": ["levers.doctors"]}


def test_files_hold_what_the_document_holds(compared: tuple[Path, dict[str, Any]]) -> None:
    folder, document = compared
    assert set(files(folder / "out")) == {"attribution.csv", "differences.csv", "manifest.json", "result.json"}
    with (folder / "out" / "attribution.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    # A row for each group, and one for what only appears when they come together.
    assert len(rows) == 3 * len(document["attribution"])
    chosen = [r for r in rows if (r["id"], r["year"], r["group"]) == ("trade_total", "2030", "openness")]
    record = next(r for r in document["attribution"] if (r.get("indicator"), r["year"]) == ("trade_total", 2030))
    assert [float(r["contribution"]) for r in chosen] == [record["contributions"]["openness"]]


def test_the_same_comparison_is_read_again_and_another_one_not_overwritten(
    compared: tuple[Path, dict[str, Any]],
) -> None:
    folder, _ = compared
    before = files(folder / "out")
    arguments = ("compare", "baseline", str(folder / "other.yaml"), *FEW, "--out", str(folder / "out"))
    code, out, _ = call(*arguments, "--horizon", "2030")
    assert code == 0
    assert "为什么不同" in out
    assert files(folder / "out") == before
    code, out, err = call(*arguments, "--horizon", "2029")
    assert (code, out) == (2, "")
    assert "--force" in err
    assert files(folder / "out") == before


def test_identical_scenarios_say_so_everywhere(tmp_path: Path) -> None:
    code, out, err = call("compare", "baseline", "baseline", *FEW, "--out", str(tmp_path / "same"), "--json")
    document = json.loads(out)
    assert (code, err) == (0, "")
    assert {(d["difference"], d["standard_error"], d["distinguishable"]) for d in document["differences"]} == {
        (0.0, 0.0, False)
    }
    assert document["attribution"] == []


def test_two_scenarios_of_one_name_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(OTHER, encoding="utf-8")
    (tmp_path / "b.yaml").write_text(OTHER.replace("200", "300"), encoding="utf-8")
    code, out, err = call("compare", str(tmp_path / "a.yaml"), str(tmp_path / "b.yaml"), *FEW)
    assert (code, out) == (2, "")
    assert "b.yaml" in err
    assert "同为“other”" in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "需要2至10个情景"),
        (("baseline",), "需要2至10个情景"),
        (("baseline",) * 11, "现为11个"),
        (("baseline", "strss"), "您是否想写“stress”"),
        (("baseline", "stress", "--by", "famly"), "您是否想写“family”"),
        (("baseline", "stress", "--group", "x"), "应写成 名称=输入,输入"),
        (("baseline", "stress", "--group", "x=fdi_growt"), "您是否想写“fdi_growth”"),
        (("baseline", "stress", "--group", "investment=world_trade"), "重名"),
        (("baseline", "stress", "--group", "x=world_trade", "--no-attribution"), "不能一起用"),
        (("baseline", "stress", "--group", "x=doctors"), "在各情景中相同"),
        (("baseline", "stress", "--group", "x=fdi_growth", "--group", "y=fdi_growth"), "已在“x”组中"),
        (("baseline", "stress", "--group", "x=fdi_growth", "--group", "x=world_trade"), "用了两次"),
        (("baseline", "plan_targets", "--by", "input"), "最多10组"),
    ],
)
def test_what_is_refused(arguments: tuple[str, ...], said: str) -> None:
    code, out, err = call("compare", *arguments, *FEW)
    assert (code, out) == (2, "")
    assert said in err
    assert "Traceback" not in err


def test_a_copy_of_a_scenario_is_that_scenario_and_what_is_named_twice_stands_once(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(OTHER, encoding="utf-8")
    both = (str(tmp_path / "a.yaml"), str(tmp_path / "b.yaml"))
    arguments = (*FEW, "--no-attribution", "--horizon", "2024", "--json", "--out", str(tmp_path / "out"))
    code, out, err = call("compare", "baseline", *both, *arguments)
    document = json.loads(out)
    assert (code, document["scenarios"]) == (0, ["baseline", "other"])
    assert "“另一情景”写了两次" in err
    about = [(d.get("indicator") or d["target"], d["year"], d["scenario"]) for d in document["differences"]]
    assert len(set(about)) == len(about)


def test_warnings_say_which_scenario_they_are_about(tmp_path: Path) -> None:
    arguments = (*FEW, "--no-attribution", "--json", "--out", str(tmp_path / "out"))
    document = json.loads(call("compare", "baseline", "stress", *arguments)[1])
    beyond = [said for said in document["warnings"] if "外推" in said]
    assert beyond
    assert all("压力情景" in said for said in beyond)


@pytest.mark.parametrize("columns", [80, 160])
def test_tables_fit_the_page(compared: tuple[Path, dict[str, Any]], columns: int) -> None:
    _, document = compared
    text = compare_tables(document, "zh", columns)
    rows = [row for row in text.split("\n") if row.startswith(("━", "plan14", "地区生产总值"))]
    assert len(rows) > 20
    assert max(map(cell_width, rows)) <= columns
