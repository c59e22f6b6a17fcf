"""A large sweep killed at random moments and resumed, against the same sweep that was left alone: byte for byte.

`python docs/sweep_record.py --write` makes the record that docs/sweep.md cites, sweep_record.csv, in a few minutes;
the tests do the same with fewer points and kills.
"""

from __future__ import annotations

import argparse
import csv
import io
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

DOCS = Path(__file__).resolve().parent
sys.path[:0] = [str(DOCS.parent)]

from sim.cli.inputs import load_pack  # noqa: E402 - the checkout must be on the path first
from sim.randomness import generator  # noqa: E402
from sim.resources import data_path  # noqa: E402
from sim.sweep.points import read_sweep  # noqa: E402
from sim.sweep.records import Records  # noqa: E402
from sim.sweep.store import carry_out  # noqa: E402

RECORD = DOCS / "sweep_record.csv"
POINTS, KILLS, HORIZON = 10_000, 10, 2022
#: Levers by a Latin hypercube, each with two stories of the world and two seeds.
SPEC = """\
name: killed
draws: {draws}
targets: [report2021.gdp_growth.2021, report2021.household_income_growth.2021.nominal]
indicators: [gdp, gdp_growth]
years: [2021, 2022]
cross:
  - design: latin_hypercube
    size: {size}
    axes:
      investment_growth: {{from: -5, to: 5}}
      trade_growth: {{from: -5, to: 5}}
      net_migration: {{from: -1, to: 3}}
  - points:
      - {{world_trade: 3, national_growth: 6}}
      - {{world_trade: -6, national_growth: 3}}
  - axes:
      seed: {{values: [1, 2]}}
"""
TABLES = ("manifest.json", "points.csv", "indicators.csv", "joint.csv", "tables.json")
_NUMBERS = 2 * 5 + 2 * 2 * 4 + 2  # of a point: targets, indicators by year, the targets together
_LONGEST = 600.0  # seconds that a kill is waited for


@dataclass(frozen=True, slots=True)
class Kill:
    """A kill: how many points were wanted before it, and what was stored whole and not whole after it."""

    wanted: int
    stored: int
    damaged: int


def prove(folder: Path, points: int, kills: int, draws: int, seed: int, workers: int = 2) -> tuple[list[Kill], bool]:
    """The kills, and whether every file came out equal. `points` is a multiple of 4."""
    spec = folder / "killed.yaml"
    spec.write_text(SPEC.format(size=points // 4, draws=draws), encoding="utf-8")
    chosen = generator(seed, "sweep.kills", 0)
    moments = sorted(int(moment) for moment in chosen.choice(points * 9 // 10, kills, replace=False))
    delays = chosen.uniform(0.0, 0.05, kills).tolist()
    broken, whole = folder / "broken", folder / "whole"
    plans = zip(moments, delays, strict=True)
    done = [_killed(_command(spec, broken, workers), broken, moment, delay, points) for moment, delay in plans]
    sweep = read_sweep(spec, pack=load_pack("west_coast"), scenarios=data_path("scenarios"), horizon=HORIZON)
    for place in (broken, whole):
        carry_out(sweep, place, workers)
    equal = all((broken / name).read_bytes() == (whole / name).read_bytes() for name in TABLES)
    once = (broken / "points.bin").stat().st_size == (whole / "points.bin").stat().st_size
    return done, equal and once


def _command(spec: Path, out: Path, workers: int) -> list[str]:
    options = {"--horizon": HORIZON, "--out": out, "--workers": workers}
    words = [str(word) for option in options.items() for word in option]
    return [sys.executable, str(DOCS.parent / "run.py"), "sweep", str(spec), *words]


def _killed(command: Sequence[str], out: Path, wanted: int, delay: float, points: int) -> Kill:
    """Runs the sweep until so many points are stored and a moment longer, then kills it."""
    store, length = out / "points.bin", Records(b"", points, _NUMBERS).length
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    since = time.monotonic()
    while not (store.exists() and store.stat().st_size >= wanted * length):
        if running.poll() is not None or time.monotonic() - since > _LONGEST:
            raise RuntimeError(f"the sweep ended by itself with code {running.poll()}")
        time.sleep(0.002)
    time.sleep(delay)
    os.kill(running.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
    running.wait()
    size = store.stat().st_size
    return Kill(wanted, size // length, size % length)


def record_text(kills: Sequence[Kill], points: int, equal: bool) -> str:
    """The record as a CSV: a row for each kill, then whether the results are equal."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["kill", "wanted", "stored_points", "bytes_of_a_torn_record"])
    for place, kill in enumerate(kills, 1):
        writer.writerow([place, kill.wanted, kill.stored, kill.damaged])
    writer.writerow(["end", points, points, "equal byte for byte" if equal else "NOT EQUAL"])
    return stream.getvalue()


def main() -> int:
    """Print the record, or with --write keep it; 1 where the results differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"write {RECORD.name}")
    parser.add_argument("--seed", type=int, default=1, help="of the moments at which the sweep is killed")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="sweep-") as folder:
        kills, equal = prove(Path(folder), POINTS, KILLS, 20, asked.seed)
    text = record_text(kills, POINTS, equal)
    if asked.write:
        RECORD.write_text(text, encoding="utf-8", newline="\n")
    print(text, end="")
    return 0 if equal else 1


if __name__ == "__main__":
    sys.exit(main())
