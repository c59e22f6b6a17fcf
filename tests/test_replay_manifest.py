"""Manifests that are damaged, edited, of other commands or other versions: refused in words, every mistake at once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.result_cases import copied, replay, result, signed


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The baseline."""
    return result(tmp_path_factory.mktemp("manifest") / "baseline")


@pytest.fixture
def copy(done: Path, tmp_path: Path) -> Path:
    return copied(done, tmp_path / "copy")


def test_an_edited_number_in_the_manifest_is_noticed(copy: Path) -> None:
    text = (copy / "manifest.json").read_text(encoding="utf-8").replace('"seed": 1', '"seed": 3')
    (copy / "manifest.json").write_text(text, encoding="utf-8")
    code, out, err = replay(copy)
    assert (code, out) == (2, "")
    assert "清单写成后被改动过" in err


def test_a_lever_that_this_program_does_not_know_is_named(copy: Path) -> None:
    signed(copy, lambda manifest: manifest["scenario"]["levers"].update(fdi_grwth={"2021": [1, 1]}))
    code, out, err = replay(copy)
    assert (code, out) == (2, "")
    assert "fdi_growth" in err


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"format": 1}, "较早版本"),
        ({"format": 99}, "较新版本"),
        ({"kind": "calibration"}, "calibrate 写的"),
        ({"comparison": "x"}, "compare 写的"),
        ({"kind": "revision"}, "compare 写的"),
        ({"spec": {}}, "sweep 写的"),
        ({"draws": "many"}, "draws"),
        ({"draws": 0}, "draws"),
        ({"model": "abc"}, "model"),
        ({"region": "../west_coast"}, "region"),
        ({"extra": 1}, "extra"),
        ({"outputs": {"../x": "0" * 64}}, "超出了文件夹"),
        ({"outputs": {}}, "不完整"),
        ({"sources": ["luck"]}, "luck"),
        ({"scenario": {}}, "情景"),
        ({"horizon": 2019}, "期末"),
    ],
    ids=lambda value: next(iter(value.items())).__repr__() if isinstance(value, dict) else None,
)
def test_what_is_no_manifest_of_a_run_is_refused_in_words(copy: Path, change: dict[str, Any], said: str) -> None:
    signed(copy, lambda manifest: manifest.update(change))
    code, out, err = replay(copy)
    assert (code, out) == (2, "")
    assert said in err
    assert "manifest.json" in err


@pytest.mark.parametrize("text", ["", "[1, 2]", "{", '{"format": 2}', "null", "[" * 5000])
def test_a_damaged_manifest_is_refused_in_words(copy: Path, text: str) -> None:
    (copy / "manifest.json").write_text(text, encoding="utf-8")
    code, out, err = replay(copy)
    assert (code, out) == (2, "")
    assert "manifest.json" in err


@pytest.mark.parametrize(("key", "value"), [("fan", "gpd"), ("lang", "fr"), ("keep", "yes"), ("fingerprint", "x")])
def test_what_files_are_written_is_checked_too(copy: Path, key: str, value: object) -> None:
    path = copy / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["written"][key] = value
    path.write_text(json.dumps(manifest), encoding="utf-8")
    code, out, err = replay(copy)
    assert (code, out) == (2, "")
    assert f"written.{key}" in err


def test_every_mistake_of_a_manifest_is_told_at_once(copy: Path) -> None:
    signed(copy, lambda manifest: manifest.update(seed="one", horizon="late", python=3))
    err = replay(copy)[2]
    assert all(word in err for word in ("seed", "horizon", "python"))


def test_what_is_no_folder_of_a_result_is_refused(done: Path, tmp_path: Path) -> None:
    assert "没有这个文件夹" in replay(tmp_path / "nowhere")[2]
    assert "不是 run 写完的结果" in replay(tmp_path)[2]
    assert "这是文件" in replay(done / "result.json")[2]
