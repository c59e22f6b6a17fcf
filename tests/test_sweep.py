"""Sweeps: the numbers of a point, the store that survives anything, and the command."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from sim.errors import InputError
from sim.experiment.plan import Plan
from sim.experiment.run import run
from sim.indicators.catalogue import INDICATORS
from sim.randomness import Draws
from sim.region.reading import read_pack
from sim.resources import data_path
from sim.scenario.load import load_scenario
from sim.sweep import workers as sweep_workers
from sim.experiment.shared import SharedDraws
from sim.sweep.points import Sweep, read_sweep
from sim.sweep.store import Finished, carry_out
from sim.targets import read_targets

SPEC = """\
name: small
label: 小网格
scenario: baseline
draws: 300
targets: [plan14.gdp_growth.2025, plan14.trade_total.2025]
axes:
  investment_growth: {values: [-4, 4]}
  trade_growth: {from: -5, to: 5, steps: 3}
"""


@pytest.fixture(autouse=True)
def one_point_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweep_workers, "POINTS_TOGETHER", 1)


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the small sweep, run without interruption."""
    place = tmp_path_factory.mktemp("sweep")
    carry_out(small(place), place / "out", workers=1)
    return place / "out"


def small(folder: Path, text: str = SPEC, calibration: Path | None = None, region: str = "west_coast") -> Sweep:
    file = folder / "small.yaml"
    file.write_text(text, encoding="utf-8")
    pack = read_pack(calibration or data_path("calibration"), region)
    return read_sweep(file, pack=pack, scenarios=data_path("scenarios"))


def table(folder: Path) -> list[dict[str, str]]:
    with (folder / "points.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_table_has_a_row_for_each_point_and_target(finished: Path) -> None:
    assert (finished / "points.csv").read_bytes().startswith(b"\xef\xbb\xbfpoint,investment_growth,trade_growth,")
    rows = table(finished)
    measures = ["probability", "standard_error", "p10", "p50", "p90"]
    assert list(rows[0]) == ["point", "investment_growth", "trade_growth", "target", *measures]
    assert [(r["point"], r["investment_growth"], r["trade_growth"]) for r in rows[::2]] == [
        ("1", "-4", "-5"), ("2", "-4", "0"), ("3", "-4", "5"), ("4", "4", "-5"), ("5", "4", "0"), ("6", "4", "5")
    ]  # fmt: skip
    assert [r["target"] for r in rows] == ["plan14.gdp_growth.2025", "plan14.trade_total.2025"] * 6
    growth = [float(r["p50"]) for r in rows if r["target"] == "plan14.gdp_growth.2025"]
    trade = [float(r["p50"]) for r in rows if r["target"] == "plan14.trade_total.2025"]
    assert growth[3] > growth[0]  # more investment
    assert trade[0] < trade[1] < trade[2]  # more trade


OF_CITY = "plan14.gdp_per_capita_usd.2035, plan14.household_income_growth.2025"


@pytest.mark.parametrize(
    ("region", "targets", "draws"),
    [  # less than a block of draws, and more than one; two documents; a city
        ("west_coast", "plan14.gdp_growth.2025, plan14.trade_total.2025", 300),
        ("west_coast", "plan14.gdp_growth.2025, plan14.trade_total.2025", 6000),
        ("west_coast", "plan14.gdp_growth.2025, report2021.gdp_growth.2021", 300),
        ("qingdao", OF_CITY, 300),
    ],
)
def test_a_point_is_what_run_gives_for_its_scenario(tmp_path: Path, region: str, targets: str, draws: int) -> None:
    text = SPEC.replace("draws: 300", f"draws: {draws}").replace("[-4, 4]", "[4]").replace("steps: 3", "steps: 2")
    text = text.replace("plan14.gdp_growth.2025, plan14.trade_total.2025", targets)
    carry_out(small(tmp_path, text, region=region), tmp_path / "out", workers=1)
    file = tmp_path / "alone.yaml"
    file.write_text("name: alone\nlevers: {investment_growth: 4, trade_growth: 5}\n", encoding="utf-8")
    pack = read_pack(data_path("calibration"), region)
    scenario = load_scenario(
        str(file), folder=data_path("scenarios"), base_year=2020, horizon=2035, cells=pack.cell_ids,
        indicators=list(INDICATORS), region=region,
    )  # fmt: skip
    (alone,), _ = run(Plan(pack, (scenario,), (read_targets(pack),), draws=draws))
    rows = table(tmp_path / "out")[2:]
    assert {row["target"] for row in rows} == set(targets.split(", "))
    for row in rows:
        found = next(t for t in alone.targets if t.target.id == row["target"])
        assert found.quantiles is not None
        expected = [found.probability, found.standard_error, *(found.quantiles[q] for q in (0.1, 0.5, 0.9))]
        assert [float(row[m]) for m in ("probability", "standard_error", "p10", "p50", "p90")] == expected


def test_kept_draws_are_the_first_of_the_block() -> None:
    fresh = Draws(3, 1, frozenset(["shocks"]))
    kept = SharedDraws(3, 1, frozenset(["shocks"]), 10, whole=fresh)
    asked = {name for name, value in vars(Draws).items() if callable(value) and not name.startswith("_")}
    assert asked == {"normal", "normals", "uniform"}, "a new method of Draws needs its like in SharedDraws"
    for _ in range(2):  # the second time from what is kept, whatever was written into the first
        for source in ("shocks", "facts"):
            for method in ("normal", "uniform"):
                part = getattr(kept, method)(source, "x", 3)
                assert np.array_equal(part, getattr(fresh, method)(source, "x", 3)[:, :10])
                part += 1.0
            several = kept.normals(source, ["x", "y"], 3)
            assert np.array_equal(several, fresh.normals(source, ["x", "y"], 3)[:, :, :10])
            several += 1.0


@pytest.mark.parametrize("together", [1, 4])
def test_workers_change_no_byte(finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, together: int) -> None:
    monkeypatch.setattr(sweep_workers, "POINTS_TOGETHER", together)
    carry_out(small(tmp_path), tmp_path / "out", workers=2)
    for name in ("points.csv", "manifest.json"):
        assert (tmp_path / "out" / name).read_bytes() == (finished / name).read_bytes()


def resumed(finished: Path, tmp_path: Path, store: bytes) -> Finished:
    """Runs the sweep again in a copy of its folder with another store and without the table."""
    folder = tmp_path / "out"
    shutil.copytree(finished, folder)
    (folder / "points.csv").unlink()
    (folder / "points.jsonl").write_bytes(store)
    outcome = carry_out(small(tmp_path), folder, workers=1)
    assert (folder / "points.csv").read_bytes() == (finished / "points.csv").read_bytes()
    lines = (folder / "points.jsonl").read_bytes().splitlines()
    assert sorted(json.loads(line.partition(b" ")[2])[0] for line in lines) == [1, 2, 3, 4, 5, 6]
    return outcome


@pytest.mark.parametrize("part", [0.0, 0.001, 0.2, 0.5, 0.77, 0.999, 1.0])
def test_a_torn_store_is_mended(finished: Path, tmp_path: Path, part: float) -> None:
    whole = (finished / "points.jsonl").read_bytes()
    kept = whole[: int(part * len(whole))]
    outcome = resumed(finished, tmp_path, kept)
    assert outcome.resumed == kept.count(b"\n")
    assert outcome.computed == 6 - kept.count(b"\n")
    assert outcome.dropped == (1 if kept and not kept.endswith(b"\n") else 0)


def test_a_line_without_its_end_is_torn_too(finished: Path, tmp_path: Path) -> None:
    outcome = resumed(finished, tmp_path, (finished / "points.jsonl").read_bytes()[:-1])
    assert (outcome.resumed, outcome.computed, outcome.dropped) == (5, 1, 1)


def test_damaged_and_repeated_lines_are_dropped(finished: Path, tmp_path: Path) -> None:
    lines = (finished / "points.jsonl").read_bytes().splitlines(keepends=True)
    lines[1] = lines[1].replace(b"0.", b"1.", 1)  # a number changed: the checksum tells
    lines[3] = b"\xff\x00 rubbish\n"
    lines.append(lines[0])
    outcome = resumed(finished, tmp_path, b"".join(lines))
    assert (outcome.resumed, outcome.computed, outcome.dropped) == (4, 2, 3)


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
        file, pack=read_pack(data_path("calibration"), "west_coast"), scenarios=data_path("scenarios")
    )

    def kill(points):
        if points == 3:
            os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))

    carry_out(sweep, out, 2, kill)
"""


def test_a_killed_sweep_is_resumed(finished: Path, tmp_path: Path, project: Path) -> None:
    sweep = small(tmp_path)
    script = tmp_path / "killed.py"
    script.write_text(f"import sys\nsys.path.insert(0, {str(project)!r})\n{KILLED}", encoding="utf-8")
    # The workers share the output, so that this waits for them too: one that stayed behind would block it.
    ended = subprocess.run(
        [sys.executable, str(script), str(tmp_path / "small.yaml"), str(tmp_path / "out")],
        capture_output=True, timeout=300, check=False,
    )  # fmt: skip
    assert ended.returncode != 0
    assert (tmp_path / "out" / "points.jsonl").read_bytes().count(b"\n") == 3, ended.stderr
    assert not (tmp_path / "out" / "points.csv").exists()
    outcome = carry_out(sweep, tmp_path / "out", workers=1)
    assert (outcome.resumed, outcome.computed, outcome.dropped) == (3, 3, 0)
    assert (tmp_path / "out" / "points.csv").read_bytes() == (finished / "points.csv").read_bytes()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("draws: 300", "draws: 301", "清单（draws）"),
        ("[-4, 4]", "[4, -4]", "清单（axes）"),
        ("scenario: baseline", "scenario: other", "基准情景（levers）"),
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


def refuses(sweep: Sweep, folder: Path, words: str) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(InputError) as caught:
        carry_out(sweep, folder, workers=1)
    assert words in caught.value.show("zh")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.docx").write_bytes(b"mine")
    refuses(small(tmp_path), tmp_path / "out", "不是批量测算的结果")
    (tmp_path / "out" / "manifest.json").write_text('{"format": 1}', encoding="utf-8")
    refuses(small(tmp_path), tmp_path / "out", "另一种结果")
    (tmp_path / "out" / "manifest.json").write_text("{", encoding="utf-8")
    refuses(small(tmp_path), tmp_path / "out", "已损坏")


def test_two_in_one_folder_are_refused(tmp_path: Path) -> None:
    sweep = small(tmp_path)
    refusals = []

    def second(points: int) -> None:
        with pytest.raises(InputError, match="另一个程序正在这个文件夹中测算") as caught:
            carry_out(sweep, tmp_path / "out", workers=1)
        refusals.append(caught.value)

    carry_out(sweep, tmp_path / "out", 1, second)
    assert len(refusals) == 7  # told at the start and after each of six points


def test_nothing_private_is_stored(finished: Path) -> None:
    for name in ("manifest.json", "points.jsonl", "points.csv"):
        content = (finished / name).read_bytes()
        assert str(finished.parent).encode() not in content
        assert str(data_path("calibration").parent).encode() not in content
