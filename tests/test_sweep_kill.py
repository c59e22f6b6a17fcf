"""Sweeps and workers that are killed: nothing that was stored is lost, computed again or told twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from sim.errors import InputError
from sim.region.reading import read_pack
from sim.resources import data_path
from sim.sweep import workers as sweep_workers
from sim.sweep.points import Evaluator, Sweep, read_sweep
from sim.sweep.store import carry_out

PROJECT = Path(__file__).resolve().parent.parent
sys.path.append(str(PROJECT / "docs"))

import sweep_record  # noqa: E402 - the proof of docs/sweep.md lies outside the package

SPEC = """\
name: small
draws: 20
targets: [plan14.gdp_growth.2025, plan14.trade_total.2025]
axes:
  investment_growth: {values: [-4, 4]}
  trade_growth: {from: -5, to: 5, steps: 3}
"""


def small(folder: Path) -> Sweep:
    (folder / "small.yaml").write_text(SPEC, encoding="utf-8")
    pack = read_pack(data_path("calibration"), "west_coast")
    return read_sweep(folder / "small.yaml", pack=pack, scenarios=data_path("scenarios"), horizon=2025)


def test_a_sweep_killed_at_random_ends_equal(tmp_path: Path) -> None:
    """docs/sweep_record.py does it with 10,000 points and ten kills."""
    kills, equal = sweep_record.prove(tmp_path, points=200, kills=3, draws=20, seed=5, workers=1)
    assert equal
    stored = [kill.stored for kill in kills]
    assert stored == sorted(stored)
    assert 0 < stored[0] <= stored[-1] < 200
    assert all(kill.stored >= kill.wanted for kill in kills)


def test_the_record_of_the_page_is_of_such_a_proof() -> None:
    lines = (PROJECT / "docs" / "sweep_record.csv").read_text(encoding="utf-8").splitlines()
    assert lines[-1] == "end,10000,10000,equal byte for byte"
    assert len(lines) == 1 + 10 + 1


KILLED = """
import os, signal, sys
from pathlib import Path
from sim.sweep import workers as sweep_workers
from sim.region.reading import read_pack
from sim.resources import data_path
from sim.sweep.points import read_sweep
from sim.sweep.store import carry_out

if __name__ == "__main__":
    sweep_workers.POINTS_TOGETHER = 1
    file, out = map(Path, sys.argv[1:])
    sweep = read_sweep(
        file, pack=read_pack(data_path("calibration"), "west_coast"), scenarios=data_path("scenarios"), horizon=2025
    )

    def kill(points):
        if points == 3:
            os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))

    carry_out(sweep, out, 2, kill)
"""


def test_workers_end_with_a_program_that_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sweep = small(tmp_path)
    script = tmp_path / "killed.py"
    script.write_text(f"import sys\nsys.path.insert(0, {str(PROJECT)!r})\n{KILLED}", encoding="utf-8")
    # The workers share the output, so that this waits for them too: one that stayed behind would block it.
    ended = subprocess.run(
        [sys.executable, str(script), str(tmp_path / "small.yaml"), str(tmp_path / "out")],
        capture_output=True, timeout=300, check=False,
    )  # fmt: skip
    assert ended.returncode != 0
    assert not (tmp_path / "out" / "points.csv").exists()
    outcome = carry_out(sweep, tmp_path / "out", workers=1)
    assert (outcome.resumed, outcome.computed, outcome.dropped) == (3, 3, 0), ended.stderr
    carry_out(sweep, tmp_path / "whole", workers=1)
    for name in sweep_record.TABLES:
        place = tmp_path / "out" / name
        assert not place.exists() or place.read_bytes() == (tmp_path / "whole" / name).read_bytes()


class _Dying(Evaluator):
    """A worker whose process ends at the third point, as the system ends one that takes all memory."""

    def points(self, numbers: Sequence[int]):  # type: ignore[no-untyped-def]
        """Result of a point, but for the third."""
        if 3 in numbers:
            os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
        return super().points(numbers)


def test_a_worker_that_dies_is_told_and_costs_its_points_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sweep = small(tmp_path)
    monkeypatch.setattr(sweep_workers, "POINTS_TOGETHER", 1)
    monkeypatch.setattr(sweep_workers, "_work", _work_dying)
    with pytest.raises(InputError) as caught:
        carry_out(sweep, tmp_path / "out", workers=2)
    assert "--workers: 一个计算进程意外终止" in caught.value.show("zh")
    monkeypatch.undo()
    outcome = carry_out(sweep, tmp_path / "out", workers=1)
    assert outcome.resumed + outcome.computed == 6
    assert outcome.computed >= 1


def _work_dying(pipe):  # type: ignore[no-untyped-def]
    sweep_workers.Evaluator = _Dying  # type: ignore[misc]
    sweep_workers._work(pipe)


STDIN = """
from pathlib import Path
from sim.region.reading import read_pack
from sim.resources import data_path
from sim.sweep.points import read_sweep
from sim.sweep.store import carry_out

pack = read_pack(data_path("calibration"), "west_coast")
sweep = read_sweep(Path({file!r}), pack=pack, scenarios=data_path("scenarios"), horizon=2025)
carry_out(sweep, Path({out!r}), 2)
"""


def test_workers_that_end_before_they_begin_are_told(tmp_path: Path) -> None:
    """A program on standard input has no file that workers could begin with: they end at once, all of them."""
    small(tmp_path)
    script = STDIN.format(file=str(tmp_path / "small.yaml"), out=str(tmp_path / "out"))
    ended = subprocess.run(
        [sys.executable, "-"], input=script, cwd=PROJECT, capture_output=True, encoding="utf-8", timeout=300,
        check=False,
    )  # fmt: skip
    assert ended.returncode == 1
    assert "InputError: --workers: 一个计算进程意外终止" in ended.stderr
