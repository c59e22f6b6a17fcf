"""`sweep SPEC`: what it prints, its exit codes, and that the same command resumes."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from sim.cli.main import main
from sim.cli.sweep import ProgressLine

SPEC = """\
name: small
label: 小网格
draws: 300
targets: [plan14.gdp_growth.2025, plan14.trade_total.2025]
axes:
  investment_growth: {values: [-4, 4]}
  trade_growth: {from: -5, to: 5, steps: 3}
"""


def table(folder: Path) -> list[dict[str, str]]:
    with (folder / "points.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def command(tmp_path: Path, *more: str) -> int:
    (tmp_path / "small.yaml").write_text(SPEC, encoding="utf-8")
    return main(["sweep", str(tmp_path / "small.yaml"), "--out", str(tmp_path / "out"), *more])


def test_the_command_prints_one_json_document(tmp_path: Path, capfdbinary: Any) -> None:
    assert command(tmp_path, "--json", "--draws", "50") == 0
    out, err = capfdbinary.readouterr()
    document = json.loads(out)
    assert err == b""
    assert (document["points"], document["computed"], document["resumed"], document["draws"]) == (6, 6, 0, 50)
    assert document["axes"][1] == {"id": "trade_growth", "unit": "百分点/年", "values": [-5, 0, 5]}
    found = {t["id"]: t for t in document["targets"]}["plan14.trade_total.2025"]
    rows = [r for r in table(tmp_path / "out") if r["target"] == "plan14.trade_total.2025"]
    shares = [float(r["probability"]) for r in rows]
    assert (found["probability_low"], found["probability_high"]) == (min(shares), max(shares))
    assert found["low_at"]["trade_growth"] == -5


def test_the_command_prints_a_summary(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command(tmp_path) == 0
    printed = capsys.readouterr()
    assert "共 6 点" in printed.out
    assert "plan14.trade_total.2025" in printed.out
    assert printed.out.rstrip().endswith("points.csv")
    assert printed.err == ""  # no terminal: no progress
    assert command(tmp_path, "--lang", "en") == 0
    assert "0 computed, 6 found in the store" in capsys.readouterr().out


def test_ctrl_c_says_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(*given: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("sim.sweep.store._write_table", interrupt)
        assert command(tmp_path) == 130
    printed = capsys.readouterr()
    assert (printed.out, printed.err.count("\n")) == ("", 1)
    assert "6 点中已存盘 6 点" in printed.err
    assert command(tmp_path) == 0
    assert "沿用已存 6 点" in capsys.readouterr().out


def test_wrong_input_ends_with_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sweep", str(tmp_path / "nothing.yaml")]) == 2
    assert "文件不存在" in capsys.readouterr().err


def test_progress_says_rate_and_time_left(capsys: pytest.CaptureFixture[str]) -> None:
    line = ProgressLine(100, "zh", 1, quiet=False)
    line.first, line.done = (10, 50.0), 40
    assert line.text(60.0) == "40/100 点，每秒 3.0 点，还需 0:00:20"  # 30 points in 10 seconds, 60 to go
