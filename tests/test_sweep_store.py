"""The folder of a sweep: killed, torn, damaged, cut short, full, shared or another's, it keeps what is whole.

Most tests put made-up numbers in the place of the model's: what is stored does not depend on them.
"""

from __future__ import annotations

import errno
import functools
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.errors import InputError
from sim.language import Text
from sim.region.pack import Pack
from sim.region.reading import read_pack
from sim.resources import data_path
from sim.sweep import store as sweep_store
from sim.sweep.parts import PointResult, Sweep
from sim.sweep.points import read_sweep
from sim.sweep.store import Finished, carry_out, point_ranges

SPEC = """\
name: small
scenario: baseline
draws: 300
targets: [plan14.gdp_growth.2025, plan14.trade_total.2025]
axes:
  investment_growth: {values: [-4, 4]}
  trade_growth: {from: -5, to: 5, steps: 3}
"""
FILES = ("manifest.json", "points.csv", "joint.csv", "tables.json")


@functools.cache
def the_pack() -> Pack:
    return read_pack(data_path("calibration"), "west_coast")


def small(folder: Path, text: str = SPEC, calibration: Path | None = None) -> Sweep:
    file = folder / "small.yaml"
    file.write_text(text, encoding="utf-8")
    pack = the_pack() if calibration is None else read_pack(calibration, "west_coast")
    return read_sweep(file, pack=pack, scenarios=data_path("scenarios"))


def made_up(sweep: Sweep, points: Sequence[int], workers: int) -> Iterator[list[PointResult]]:
    """A batch for each point, whose numbers tell the point."""
    for point in points:
        values = point + np.arange(10.0).reshape(2, 5) / 7.0
        values[1, 4] = np.nan
        yield [PointResult(point, values, np.zeros((0, 1, 4)), np.array([0.5, 1.0 / point]))]


@pytest.fixture
def without_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweep_store, "compute", made_up)


@pytest.fixture
def finished(tmp_path: Path, without_model: None) -> Path:
    """The folder of the small sweep with made-up numbers, run without interruption."""
    carry_out(small(tmp_path), tmp_path / "whole", workers=1)
    return tmp_path / "whole"


def resumed(finished: Path, tmp_path: Path, store: bytes, was_finished: bool = False) -> tuple[Finished, str]:
    """Runs the sweep again in a copy of its folder with another store; also what was told at once."""
    folder = tmp_path / "out"
    shutil.copytree(finished, folder)
    for name in ("points.csv", "joint.csv", *([] if was_finished else ["tables.json"])):
        (folder / name).unlink()
    (folder / "points.bin").write_bytes(store)
    told: list[Text] = []
    outcome = carry_out(small(tmp_path), folder, workers=1, tell=told.append)
    for name in FILES:
        assert (folder / name).read_bytes() == (finished / name).read_bytes()
    whole = (finished / "points.bin").read_bytes()
    after = (folder / "points.bin").read_bytes()
    length = len(whole) // 6
    assert sorted(after[i : i + length] for i in range(0, len(after), length)) == sorted(
        whole[i : i + length] for i in range(0, len(whole), length)
    )
    return outcome, "".join(text.zh for text in told)


@pytest.mark.parametrize("part", [0.0, 0.001, 0.05, 0.2, 0.5, 0.77, 0.999, 1.0])
def test_a_torn_store_is_mended(finished: Path, tmp_path: Path, part: float) -> None:
    whole = (finished / "points.bin").read_bytes()
    length, cut = len(whole) // 6, int(part * len(whole))
    kept, torn = divmod(cut, length)
    outcome, told = resumed(finished, tmp_path, whole[:cut])
    assert (outcome.resumed, outcome.computed, outcome.dropped) == (kept, 6 - kept, int(torn > 0))
    assert ("最后一条记录没有写完" in told) == (torn > 0)
    # The number of a point stands in the first 24 bytes of its record.
    assert outcome.lost == ((kept + 1,) if torn >= 24 else ())


def test_a_store_that_was_finished_and_is_cut_short_names_what_is_lost(finished: Path, tmp_path: Path) -> None:
    whole = (finished / "points.bin").read_bytes()
    outcome, told = resumed(finished, tmp_path, whole[: len(whole) // 3], was_finished=True)
    assert outcome.lost == (3, 4, 5, 6)
    assert "存储被截短，丢失第 3–6 号点（共 4 个），重新计算；其余的点都在" in told
    assert (outcome.resumed, outcome.computed, outcome.dropped) == (2, 4, 0)


def test_damaged_records_are_named_and_the_others_kept(finished: Path, tmp_path: Path) -> None:
    whole = bytearray((finished / "points.bin").read_bytes())
    length = len(whole) // 6
    whole[length + 40] ^= 1  # a bit of a number of point 2
    whole[3 * length : 3 * length + 8] = bytes(8)  # the mark of point 4
    whole[5 * length + 3] = 0xFF  # the mark of point 6
    outcome, told = resumed(finished, tmp_path, bytes(whole))
    assert (outcome.resumed, outcome.computed, outcome.dropped, outcome.lost) == (3, 3, 3, (2, 4, 6))
    assert "存储有 3 处损坏，丢失第 2、4、6 号点（共 3 个）" in told


def test_bytes_put_in_or_taken_out_cost_one_record(finished: Path, tmp_path: Path) -> None:
    whole = (finished / "points.bin").read_bytes()
    length = len(whole) // 6
    shifted = whole[: length + 50] + whole[length + 53 : 4 * length] + b"rubbish" + whole[4 * length :] + whole[:length]
    outcome, told = resumed(finished, tmp_path, shifted)
    assert (outcome.resumed, outcome.computed, outcome.lost) == (5, 1, (2,))
    assert outcome.dropped == 3  # the record, the rubbish, and a record that is there twice
    assert "丢失第 2 号点" in told


def test_records_of_another_sweep_are_none(finished: Path, tmp_path: Path) -> None:
    other = small(tmp_path, SPEC.replace("draws: 300", "draws: 301"))
    carry_out(other, tmp_path / "other", workers=1)
    outcome, _ = resumed(finished, tmp_path, (tmp_path / "other" / "points.bin").read_bytes())
    assert (outcome.resumed, outcome.computed) == (0, 6)


def test_ranges_of_points_are_short() -> None:
    assert point_ranges([3, 4, 5, 8, 10, 11], "、") == "3–5、8、10–11"
    assert point_ranges(range(1, 60, 2), ", ", most=3) == "1, 3, 5…"
    assert point_ranges([], "、") == ""


def test_a_finished_sweep_computes_nothing_and_mends_its_tables(
    finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {name: (finished / name).read_bytes() for name in FILES}
    times = {name: (finished / name).stat().st_mtime_ns for name in FILES}
    outcome = carry_out(small(tmp_path), finished, workers=1)
    assert (outcome.computed, outcome.resumed, outcome.lost) == (0, 6, ())
    assert {name: (finished / name).stat().st_mtime_ns for name in FILES} == times  # not so much as written again
    (finished / "joint.csv").write_bytes(before["joint.csv"][:-3])
    carry_out(small(tmp_path), finished, workers=1)
    assert {name: (finished / name).read_bytes() for name in FILES} == before


def test_a_full_disk_keeps_what_is_stored(
    tmp_path: Path, without_model: None, finished: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced, real = [], os.fsync

    def full(handle: int) -> None:
        synced.append(handle)
        if len(synced) == 4:  # the manifest, two points, then no more
            raise OSError(errno.ENOSPC, "No space left on device")
        real(handle)

    sweep = small(tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr("sim.sweep.records.os.fsync", full)
        with pytest.raises(InputError) as caught:
            carry_out(sweep, tmp_path / "out", workers=1)
    assert "--out: 无法写入：磁盘已满。已存盘的点不会丢失" in caught.value.show("zh")
    assert "No space left on device" in caught.value.show("en")
    outcome = carry_out(small(tmp_path), tmp_path / "out", workers=1)
    assert outcome.resumed >= 2
    assert outcome.resumed + outcome.computed == 6
    for name in FILES:
        assert (tmp_path / "out" / name).read_bytes() == (finished / name).read_bytes()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("draws: 300", "draws: 301", "清单（draws）"),
        ("[-4, 4]", "[4, -4]", "清单（axes）"),
        ("scenario: baseline", "scenario: other", "基准情景（levers）"),
        ("targets:", "indicators: [gdp]\nyears: [2030]\ntargets:", "清单（indicators、years）"),
    ],
)
def test_a_changed_sweep_is_refused(finished: Path, tmp_path: Path, old: str, new: str, words: str) -> None:
    (tmp_path / "other.yaml").write_text("name: other\nlevers: {fdi_growth: 1}\n", encoding="utf-8")
    refuses(small(tmp_path, SPEC.replace(old, new)), finished, words)


@pytest.mark.parametrize(
    "file",
    ["west_coast/facts.csv", "west_coast/priors.yaml", "west_coast/targets/plan14.yaml", "qingdao/facts.csv",
     "qingdao/region.yaml", "reference/facts.csv", "world.yaml"],
)  # fmt: skip
def test_changed_facts_and_priors_are_refused(finished: Path, tmp_path: Path, file: str) -> None:
    shutil.copytree(data_path("calibration"), tmp_path / "calibration")
    with (tmp_path / "calibration" / file).open("ab") as stream:
        stream.write(b"\n" if file.endswith("csv") else b"# a word\n")
    refuses(small(tmp_path, calibration=tmp_path / "calibration"), finished, f"事实与先验文件（{file}）")


@pytest.mark.parametrize(
    ("part", "value", "words"),
    [
        ("format", 1, "由另一版程序存下（存储格式 1，本程序为 2）"),
        ("model", "of last year", "程序本身与已存的点不同"),
        ("versions", {"numpy": "1.0"}, "程序库版本（"),
    ],
)
def test_a_store_of_another_version_is_refused(
    finished: Path, tmp_path: Path, part: str, value: Any, words: str
) -> None:
    stored = json.loads((finished / "manifest.json").read_bytes())
    (finished / "manifest.json").write_text(json.dumps(stored | {part: value}), encoding="utf-8")
    refuses(small(tmp_path), finished, words)


def refuses(sweep: Sweep, folder: Path, words: str) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(InputError) as caught:
        carry_out(sweep, folder, workers=1)
    assert words in caught.value.show("zh")
    assert len(caught.value.problems) == 1
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.docx").write_bytes(b"mine")
    refuses(small(tmp_path), tmp_path / "out", "不是批量测算的结果")
    (tmp_path / "out" / "manifest.json").write_text('{"format": 1}', encoding="utf-8")
    refuses(small(tmp_path), tmp_path / "out", "另一种结果")
    (tmp_path / "out" / "manifest.json").write_text("{", encoding="utf-8")
    refuses(small(tmp_path), tmp_path / "out", "已损坏")


def test_two_in_one_folder_are_refused(tmp_path: Path, without_model: None) -> None:
    sweep = small(tmp_path)
    refusals = []

    def second(points: int) -> None:
        with pytest.raises(InputError, match="另一个程序正在这个文件夹中测算") as caught:
            carry_out(sweep, tmp_path / "out", workers=1)
        refusals.append(caught.value)

    carry_out(sweep, tmp_path / "out", 1, second)
    assert len(refusals) == 7  # told at the start and after each of six points


def test_nothing_private_is_stored(finished: Path) -> None:
    for name in (*FILES, "points.bin"):
        content = (finished / name).read_bytes()
        assert str(finished.parent).encode() not in content
        assert str(data_path("calibration").parent).encode() not in content
