"""`run --replay`: a finished result is made again byte for byte, or it is said what differs."""

from __future__ import annotations

import json
import os
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import pytest

from sim.cli.run.archived import archived_posterior, unpacked
from sim.errors import InputError
from sim.output.inputs_archive import archive_of, read_archive
from sim.output.store import digest
from sim.posterior.store import read_posterior
from sim.region.reading import read_pack
from sim.revision.replayed import apart
from sim.revision.stored import read_stored
from tests.result_cases import (
    PROJECT,
    commented,
    copied,
    other_program,
    own_project,
    replaced,
    replay,
    result,
    rewritten,
    signed,
)
from tests.running import call, files

OWN = """extends: baseline
label: 自己的情景
levers: {fdi_growth: [1, 3], investment_growth: {2021: 1, 2025: 3}}
world: {national_growth: 5}
targets:
  - {id: own.gdp, indicator: gdp, year: 2030, operator: ">=", value: 7000, label: 总量}
"""


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The baseline."""
    return result(tmp_path_factory.mktemp("replay") / "baseline")


@pytest.fixture
def copy(done: Path, tmp_path: Path) -> Path:
    """A copy that may be changed, under another name."""
    return copied(done, tmp_path / "改了名")


def document(folder: Path) -> tuple[int, dict[str, Any]]:
    code, out, _ = replay(folder, "--json")
    return code, json.loads(out)


# --- The same again


def test_a_result_is_made_again_and_neither_it_nor_anything_else_is_written(
    done: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = files(done)
    code, out, err = replay(done)
    assert (code, err) == (0, "")
    assert out.startswith("逐字节一致")
    assert files(done) == before
    assert list(tmp_path.iterdir()) == []
    assert f"{len(set(before) - {'manifest.json', 'inputs.zip'})}个文件" in out


def test_every_option_that_shapes_the_files_is_in_the_manifest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From a scenario that is gone since, with draws, other words, a single source off, and from another folder."""
    (tmp_path / "own.yaml").write_text(OWN, encoding="utf-8")
    folder = tmp_path / "done"
    arguments = (
        "--keep-draws",
        "--lang",
        "en",
        "--without",
        "shocks",
        "--horizon",
        "2031",
        "--seed",
        "7",
        "--fan",
        "gdp",
    )
    assert call("run", str(tmp_path / "own.yaml"), *arguments, "--draws", "30", "--out", str(folder))[0] == 0
    (tmp_path / "own.yaml").unlink()
    moved = tmp_path / "elsewhere" / "moved"
    moved.parent.mkdir()
    os.rename(folder, moved)
    monkeypatch.chdir(moved.parent)
    code, found = document(Path("moved"))
    assert (code, found["verdict"]) == (0, "identical")
    assert {"draws.npz", "figures/fan_gdp_en.png", "figures/attainment_en.png"} <= set(found["checked"])


def test_the_same_run_from_another_folder_gives_the_same_bytes(
    done: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    again = result(tmp_path / "again")
    assert {k: v for k, v in files(again).items() if k != "manifest.json"} == {
        k: v for k, v in files(done).items() if k != "manifest.json"
    }
    assert str(tmp_path).encode() not in (again / "result.json").read_bytes()


def test_the_archive_holds_the_files_of_the_manifest_and_is_small(done: Path) -> None:
    with zipfile.ZipFile(done / "inputs.zip") as archive:
        listed = json.loads((done / "manifest.json").read_text(encoding="utf-8"))["inputs"]
        assert {name: digest(archive.read(name)) for name in listed} == listed
    assert (done / "inputs.zip").stat().st_size < 300_000


# --- Something else


def test_files_edited_missing_or_strange_are_named_with_what_was_changed(copy: Path) -> None:
    document_path = copy / "result.json"
    found = json.loads(document_path.read_text(encoding="utf-8"))
    target = next(t for t in found["targets"] if t["status"] == "evaluated" and t["probability"] > 0.2)
    right, target["probability"] = target["probability"], target["probability"] / 2.0
    document_path.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    (copy / "targets.csv").unlink()
    (copy / "notes.txt").write_text("x", encoding="utf-8")
    code, found = document(copy)
    assert (code, found["verdict"], found["files"], found["strange"]) == (2, "different", [], ["notes.txt"])
    assert found["damaged"] == ["result.json", "targets.csv"]
    numbers = found["numbers"]
    assert numbers["place"] == f"targets[{target['id']}].probability"
    assert (numbers["differing"], numbers["relative"]) == (1, 0.5)
    assert (numbers["old"], numbers["new"]) == (repr(right / 2.0), repr(right))


def test_other_numbers_are_told_with_how_far_apart_they_are(copy: Path) -> None:
    """A manifest with another seed stands for a program that gives other numbers."""
    signed(copy, lambda manifest: manifest.update(seed=2))
    code, out, _ = replay(copy)
    assert code == 2
    assert out.startswith("不能逐字节重现")
    assert "result.json：重算的与清单不同" in out
    assert "相对差" in out


def test_facts_and_program_that_have_changed_since_are_named_and_what_they_give_is_judged(
    copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The facts are those of the result; another version of the program that gives the same bytes is as good."""
    other_program(copy)
    signed(copy, lambda manifest: manifest["packages"].update(numpy="0.9"))
    calibration = own_project(tmp_path / "project", monkeypatch)
    replaced(calibration / "west_coast" / "facts.csv", "gdp_growth.2020,west_coast,gdp_growth,2020,3.9,",
             "gdp_growth.2020,west_coast,gdp_growth,2020,4.1,")  # fmt: skip
    commented(calibration / "world.yaml")
    (calibration / "west_coast" / "targets" / "new.yaml").write_text("no: targets", encoding="utf-8")
    code, out, _ = replay(copy)
    assert code == 0
    assert out.startswith("逐字节一致")
    assert "程序版本不同：当时000000000000" in out
    assert "numpy版本不同：当时0.9" in out
    told = [line.strip() for line in out.splitlines() if line.startswith("  ")]
    assert told == [
        "west_coast/facts.csv gdp_growth.2020（修改）：value=3.9 → value=4.1",
        "west_coast/targets/new.yaml（新增）",
        "world.yaml（只动了注释或排版）",
    ]


def test_without_its_inputs_a_result_is_made_from_the_project_only_where_that_is_the_same(
    copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (copy / "inputs.zip").write_bytes(b"PK\x03\x04 torn")
    code, found = document(copy)
    assert (code, found["files"], found["damaged"], found["inputs_from"]) == (2, [], ["inputs.zip"], "project")
    calibration = own_project(tmp_path, monkeypatch)
    commented(calibration / "world.yaml")
    code, out, err = replay(copy)
    assert (code, out) == (2, "")
    assert "inputs.zip" in err
    assert "已损坏" in err


@pytest.mark.parametrize("name", ["../evil.yaml", "/evil.yaml", "a\\..\\evil.yaml", "C:evil.yaml"])
def test_an_archive_that_leaves_its_folder_is_refused(copy: Path, name: str) -> None:
    assert read_archive(copy / "inputs.zip").files
    with zipfile.ZipFile(copy / "inputs.zip", "a") as archive:
        archive.writestr(name, "x")
    with pytest.raises(InputError, match="已损坏"):
        read_archive(copy / "inputs.zip")


def test_an_archive_larger_than_all_packs_together_is_refused(copy: Path) -> None:
    with zipfile.ZipFile(copy / "inputs.zip", "a", zipfile.ZIP_DEFLATED) as archive:
        for number in range(11):
            archive.writestr(f"west_coast/{number}.csv", b"0" * 1_900_000)
    with pytest.raises(InputError, match="已损坏"):
        read_archive(copy / "inputs.zip")


def test_an_archive_with_files_that_the_manifest_does_not_name_is_refused(copy: Path) -> None:
    with zipfile.ZipFile(copy / "inputs.zip", "a") as archive:
        archive.writestr("west_coast/targets/more.yaml", "x")
    with pytest.raises(InputError, match=r"west_coast/targets/more\.yaml"):
        read_stored(copy).archive()


def test_the_posterior_of_unpacked_facts_is_that_of_the_project(tmp_path: Path) -> None:
    """The committed file fits facts unpacked from an archive; it is used as it is, and only a copy of it."""
    committed = PROJECT / "calibration" / "posterior" / "qingdao-2023.npz"
    before = committed.stat().st_mtime_ns
    calibration = unpacked(archive_of(read_pack(PROJECT / "calibration", "west_coast")).files, tmp_path)
    pack = read_pack(calibration, "west_coast")
    found = archived_posterior(pack, 2023, False)
    assert found is not None
    assert found.key == read_posterior(committed).key
    assert archived_posterior(pack, 2020, False) is None
    assert committed.stat().st_mtime_ns == before


def test_options_that_would_change_nothing_are_refused(done: Path) -> None:
    code, out, err = replay(done, "--draws", "100", "--seed", "3")
    assert (code, out) == (2, "")
    assert "--draws" in err
    assert "--seed" in err
    assert call("run", "stress", "--replay", str(done))[0] == 2


def test_numbers_apart_are_counted_and_measured(copy: Path) -> None:
    """Of 10 and 8 the relative difference is 2 / 10."""
    rewritten(copy, lambda found: found["joint"].update(expected_count=10.0))
    made = json.loads((copy / "result.json").read_text(encoding="utf-8"))
    assert apart(made, made).differing == 0
    other = json.loads(json.dumps(made))
    other["joint"]["expected_count"] = 8.0
    found = apart(made, other)
    assert (found.differing, found.place, found.relative) == (1, "joint.expected_count", pytest.approx(0.2))
