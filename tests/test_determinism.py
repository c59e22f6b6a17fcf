"""The same question gives the same bytes, whatever the machine's settings, chunks and workers."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.randomness import BLOCK
from tests.running import call, files, project

PROJECT = Path(__file__).resolve().parent.parent
#: More than one block of draws, so that chunks and workers have something to divide.
SEVERAL_BLOCKS = BLOCK + 505
QUANTILES = ("p05", "p10", "p25", "p50", "p75", "p90", "p95")


def in_a_process(folder: Path, draws: int, *more: str, **environment: str) -> tuple[bytes, dict[str, bytes]]:
    """Standard output and files of a run in a process of its own, writing to `folder`/r."""
    folder.mkdir()
    words = ["run", "--draws", str(draws), "--no-figures", "--json", "--out", "r", *more]
    done = subprocess.run(
        [sys.executable, str(PROJECT / "run.py"), *words],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout, files(folder / "r")


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, dict[str, bytes]]:
    """A run of several blocks with the settings of this machine."""
    return in_a_process(tmp_path_factory.mktemp("large") / "a", SEVERAL_BLOCKS)


@pytest.mark.parametrize(
    "more",
    [
        ("--chunk", "1"),
        ("--chunk", "5000"),
        ("--chunk", "100000"),
        ("--workers", "2"),
        ("--workers", "2", "--chunk", "1"),
    ],
    ids=" ".join,
)
def test_chunks_and_workers_change_no_byte(
    large: tuple[bytes, dict[str, bytes]], tmp_path: Path, more: tuple[str, ...]
) -> None:
    assert in_a_process(tmp_path / "b", SEVERAL_BLOCKS, *more) == large


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, dict[str, bytes]]:
    """A small run with the settings of this machine."""
    return in_a_process(tmp_path_factory.mktemp("small") / "a", 200, "--keep-draws")


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "zh_CN.GB18030", "LANG": "zh_CN.GB18030", "PYTHONUTF8": "0", "PYTHONIOENCODING": "gbk"},
        {"LC_ALL": "de_DE.UTF-8", "LC_NUMERIC": "de_DE.UTF-8"},
        {"TZ": "Asia/Shanghai"},
        {"TZ": "America/New_York"},
        {"PYTHONHASHSEED": "1"},
        {"PYTHONHASHSEED": "2"},
        {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
    ],
    ids=lambda environment: " ".join(f"{k}={v}" for k, v in environment.items()),
)
def test_the_machines_settings_change_no_byte(
    small: tuple[bytes, dict[str, bytes]], tmp_path: Path, environment: dict[str, str]
) -> None:
    assert in_a_process(tmp_path / "b", 200, "--keep-draws", **environment) == small


def test_a_console_in_another_encoding_still_gets_its_page(tmp_path: Path) -> None:
    words = ["run", "--draws", "50", "--no-figures", "--out", "r"]
    done = subprocess.run(
        [sys.executable, str(PROJECT / "run.py"), *words],
        cwd=tmp_path,
        env={**os.environ, "PYTHONUTF8": "0", "PYTHONIOENCODING": "gbk"},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode("gbk").startswith("仅使用2020年及以前数据")


def test_a_shorter_horizon_leaves_the_years_it_has_as_they_were(tmp_path: Path) -> None:
    long, short = project(tmp_path / "long"), project(tmp_path / "short", "--horizon", "2030")
    assert set(long.draws) == set(short.draws)
    for name, values in short.draws.items():
        assert values.shape[1] == 11
        assert np.array_equal(values, long.draws[name][:, :11], equal_nan=True), name
    kept = [r for r in long.document["indicators"] if r["year"] <= 2030]
    assert short.document["indicators"] == kept
    probabilities = {t["id"]: t["probability"] for t in long.document["targets"] if t["year"] <= 2030}
    assert probabilities == {t["id"]: t["probability"] for t in short.document["targets"] if t["year"] <= 2030}
    judged = {t["id"] for t in long.document["targets"] if t["status"] == "evaluated"}
    later = {t["id"]: t["status"] for t in short.document["targets"] if t["year"] > 2030}
    assert {status for id, status in later.items() if id in judged} == {"beyond_horizon"}
    assert {status for id, status in later.items() if id not in judged} <= {"not_modelled", "no_baseline"}


@pytest.mark.parametrize(("fewer", "more"), [(2000, 3000), (4090, 4100)])
def test_more_draws_leave_the_first_ones_as_they_were(tmp_path: Path, fewer: int, more: int) -> None:
    kept: list[dict[str, Any]] = []
    for draws in (fewer, more):
        folder = tmp_path / str(draws)
        words = ("--draws", str(draws), "--no-figures", "--keep-draws", "--horizon", "2025", "--out", str(folder))
        assert call("run", *words)[0] == 0
        with np.load(folder / "draws.npz") as archive:
            kept.append({name: archive[name] for name in archive.files})
    for name, values in kept[0].items():
        assert np.array_equal(values, kept[1][name][:fewer], equal_nan=True), name


def test_streaming_quantiles_are_the_exact_ones_within_the_width_of_a_bin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The draw whose rank is level × draws, rounded up, lies in the bin from which the quantile is read."""
    words = ("--draws", str(SEVERAL_BLOCKS), "--no-figures", "--json")
    exact = json.loads(call("run", *words, "--keep-draws", "--out", str(tmp_path / "exact"))[1])
    monkeypatch.setattr("sim.experiment.run.EXACT_LIMIT", 1000)
    streamed = json.loads(call("run", *words, "--out", str(tmp_path / "a"))[1])
    again = json.loads(call("run", *words, "--chunk", "1", "--out", str(tmp_path / "b"))[1])
    assert {**again, "result": None} == {**streamed, "result": None}
    with np.load(tmp_path / "exact" / "draws.npz") as archive:
        draws = {name: archive[name] for name in archive.files}
    different = 0
    for a, b in zip(exact["indicators"], streamed["indicators"], strict=True):
        if a["p50"] is None:
            assert b["p50"] is None
            continue
        values = draws[a["indicator"]][:, a["year"] - 2020]
        low, high = np.quantile(values[:BLOCK], (0.05, 0.95))
        # 4096 bins over 24 robust standard deviations, or over the range of the first block and a little more
        width = 24.0 / 4096.0 * max((high - low) / 3.29, np.ptp(values[:BLOCK]) / 22.0)
        for name in QUANTILES:
            rank = math.ceil(int(name[1:]) / 100.0 * SEVERAL_BLOCKS)
            gap = abs(b[name] - np.sort(values)[rank - 1])
            assert gap <= 1.0001 * width + 1e-9 * abs(b[name]), (a["indicator"], a["year"], name)
            different += a[name] != b[name]
        assert b["mean"] == pytest.approx(a["mean"], rel=1e-9, abs=1e-9)
    assert different > 1000  # the streaming path has really been taken
    for a, b in zip(exact["targets"], streamed["targets"], strict=True):
        assert (a["id"], a["probability"], a["first_year"]) == (b["id"], b["probability"], b["first_year"])
