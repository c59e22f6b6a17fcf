"""The files of a run: what they hold, and what becomes of a folder that exists already."""

from __future__ import annotations

import csv
import getpass
import json
import re
from pathlib import Path

import pytest

from tests.running import CELLS, DRAWS, FEW, INDICATOR_FIELDS, YEARS, Finished, call, files, project, refused


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Finished:
    """The baseline."""
    return project(tmp_path_factory.mktemp("run") / "baseline")


# The files


def read_csv(path: Path) -> list[dict[str, str]]:
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_folder_holds_the_files_of_the_contract_and_nothing_else(done: Finished) -> None:
    assert set(files(done.folder)) == {
        "targets.csv", "indicators.csv", "contributions.csv", "manifest.json", "result.json", "draws.npz",
        "inputs.zip",
    }  # fmt: skip


def test_targets_csv_is_the_document(done: Finished) -> None:
    rows = read_csv(done.folder / "targets.csv")
    assert [row["id"] for row in rows] == [t["id"] for t in done.document["targets"]]
    for row, t in zip(rows, done.document["targets"], strict=True):
        assert row["probability"] == ("" if t["probability"] is None else repr(t["probability"]))
        assert row["owner"] == "、".join(t["owner"])
        assert (row["label"], row["target_text"]) == (t["label"], t["target_text"])


def test_indicators_csv_is_long_and_complete(done: Finished) -> None:
    rows = read_csv(done.folder / "indicators.csv")
    assert list(rows[0]) == ["region", "scenario", "indicator", "unit", "year", "quantile", "value"]
    values = {(r["indicator"], int(r["year"]), r["quantile"]): float(r["value"]) for r in rows}
    assert len(values) == len(rows)
    wanted = {
        (r["indicator"], r["year"], q): r[q]
        for r in done.document["indicators"]
        for q in INDICATOR_FIELDS[3:]
        if r[q] is not None
    }
    assert values == wanted
    assert {(r["region"], r["scenario"]) for r in rows} == {("west_coast", "baseline")}


def test_the_manifest_says_what_made_the_numbers_and_nothing_of_the_machines_owner(tmp_path: Path) -> None:
    path = tmp_path / "我的情景.yaml"
    path.write_text("extends: baseline\nlevers: {fdi_growth: 1}\n", encoding="utf-8")
    folder = project(tmp_path / "out", str(path)).folder
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert {"scenario", "inputs", "seed", "draws", "packages", "warnings", "model", "outputs"} <= set(manifest)
    # Every file behind the numbers: of the region, of the city it is part of, and what all regions share.
    assert {
        "west_coast/facts.csv", "west_coast/choices.yaml", "west_coast/targets/plan14.yaml", "qingdao/facts.csv",
        "qingdao/region.yaml", "qingdao/priors.yaml", "reference/facts.csv", "world.yaml", "rounding.yaml",
    } <= set(manifest["inputs"])  # fmt: skip
    assert manifest["scenario"]["levers"]["fdi_growth"]["2021"] == [1.0, 1.0]
    assert manifest["scenario"]["origins"]["levers.fdi_growth"] == "我的情景.yaml:2"
    text = "".join(files(folder)[name].decode("utf-8") for name in ("manifest.json", "result.json", "targets.csv"))
    user = getpass.getuser()
    assert str(tmp_path) not in text
    assert str(Path.home()) not in text
    assert re.search(rf"\b{re.escape(user)}\b", text) is None
    assert re.search(r"\d\d:\d\d:\d\d|20\d\d-\d\d-\d\dT", text) is None


def test_draws_have_one_row_a_draw_and_one_column_a_year(done: Finished) -> None:
    quantities = ("value_added_real", "value_added_nominal", "capital", "investment", "depreciation")
    assert {f"{quantity}/{cell}" for quantity in quantities for cell in CELLS} <= set(done.draws)
    assert {r["indicator"] for r in done.document["indicators"]} <= set(done.draws)
    assert {array.shape for array in done.draws.values()} == {(DRAWS, len(YEARS))}


# Folders that exist already


def test_an_identical_finished_folder_is_reused(tmp_path: Path) -> None:
    folder = tmp_path / "r"
    first = call("run", *FEW, "--out", str(folder))
    before = {p.name: p.stat().st_mtime_ns for p in folder.iterdir()}
    assert call("run", *FEW, "--out", str(folder)) == first
    assert {p.name: p.stat().st_mtime_ns for p in folder.iterdir()} == before


def test_force_rewrites_the_same_bytes(tmp_path: Path) -> None:
    folder = tmp_path / "r"
    assert call("run", *FEW, "--out", str(folder))[0] == 0
    before, written = files(folder), (folder / "result.json").stat().st_mtime_ns
    assert call("run", *FEW, "--force", "--out", str(folder))[0] == 0
    assert files(folder) == before
    assert (folder / "result.json").stat().st_mtime_ns > written


@pytest.mark.parametrize("name", ["targets.csv", "result.json", "indicators.csv"])
@pytest.mark.parametrize("gone", [False, True])
def test_a_damaged_folder_is_computed_again(tmp_path: Path, name: str, gone: bool) -> None:
    folder = tmp_path / "r"
    first = call("run", *FEW, "--out", str(folder))
    before = files(folder)
    (folder / name).write_bytes(before[name][:-7])
    if gone:
        (folder / name).unlink()
    assert call("run", *FEW, "--out", str(folder)) == first
    assert files(folder) == before


def test_a_folder_whose_manifest_is_damaged_needs_force(tmp_path: Path) -> None:
    folder = tmp_path / "r"
    first = call("run", *FEW, "--out", str(folder))
    before = files(folder)
    (folder / "manifest.json").write_bytes(before["manifest.json"][:-7])
    assert "--force" in refused(*FEW, "--out", str(folder))
    assert call("run", *FEW, "--force", "--out", str(folder)) == first
    assert files(folder) == before


def test_a_note_laid_into_a_result_is_not_deleted(tmp_path: Path) -> None:
    folder = tmp_path / "r"
    assert call("run", *FEW, "--out", str(folder))[0] == 0
    (folder / "说明.txt").write_bytes(b"mine")
    before = files(folder)
    assert "不是本程序写的文件" in refused(*FEW, "--force", "--out", str(folder))
    assert files(folder) == before


def test_keeping_the_draws_later_adds_them(tmp_path: Path) -> None:
    folder = tmp_path / "r"
    assert call("run", *FEW, "--out", str(folder))[0] == 0
    before = files(folder)
    assert call("run", *FEW, "--keep-draws", "--out", str(folder))[0] == 0
    after = files(folder)
    assert set(after) - set(before) == {"draws.npz"}
    assert after["result.json"] == before["result.json"]


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "报告.docx").write_bytes(b"mine")
    for more in ((), ("--force",)):
        assert "不是本程序写的文件" in refused(*FEW, "--out", str(tmp_path), *more)
    assert files(tmp_path) == {"报告.docx": b"mine"}
    assert list(tmp_path.parent.glob(f".{tmp_path.name}-*")) == []


def test_the_result_of_another_run_is_replaced_only_by_force(tmp_path: Path) -> None:
    folder = tmp_path / "r"
    assert call("run", *FEW, "--out", str(folder))[0] == 0
    before = files(folder)
    assert "--force" in refused(*FEW, "--seed", "2", "--out", str(folder))
    assert files(folder) == before
    assert call("run", *FEW, "--seed", "2", "--force", "--out", str(folder))[0] == 0
    assert files(folder)["result.json"] != before["result.json"]
    assert [p.name for p in tmp_path.iterdir()] == ["r"]


def test_what_changes_numbers_changes_the_folders_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.cli.run.document.results_folder", lambda: tmp_path)
    for more in ((), ("--seed", "0"), ("--horizon", "2030"), ("--without", "facts"), ("--chunk", "1")):
        assert call("run", *FEW, *more)[0] == 0
    assert call("run", "stress", *FEW)[0] == 0
    names = sorted(p.name for p in tmp_path.iterdir())
    assert len(names) == 5  # --chunk changes nothing
    assert [re.sub(r"-[0-9a-f]{12}$", "", name) for name in names] == ["baseline"] * 4 + ["stress"]
