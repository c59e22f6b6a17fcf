"""`sweep SPEC`: what it prints, its exit codes, and that the same command resumes."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.cli.main import main
from sim.cli.sweep.command import ProgressLine
from sim.cli.sweep.fails import failure_lines, failures
from sim.posterior.posterior import Posterior
from sim.region.reading import read_pack
from sim.resources import data_path
from sim.sweep.points import read_sweep
from sim.sweep.seeds import seeds_said
from sim.sweep.store import Finished

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
    assert document["axes"][1] == {
        "id": "trade_growth", "label": "外贸与港口开放", "label_en": "Port and trade openness", "unit": "百分点/年",
        "values": [-5, 0, 5],
    }  # fmt: skip
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
    assert printed.out.rstrip().endswith("points.csv、joint.csv")
    assert printed.err == ""  # no terminal: no progress
    assert command(tmp_path, "--lang", "en") == 0
    assert "0 computed, 6 found in the store" in capsys.readouterr().out


def test_ctrl_c_says_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(*given: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("sim.sweep.store.write_tables", interrupt)
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


def test_a_map_is_printed_drawn_and_in_the_document(tmp_path: Path, capfdbinary: Any) -> None:
    asked = ("--map", "investment_growth,trade_growth", "--map-target", "plan14.trade_total.2025", "--iamc")
    assert command(tmp_path, *asked, "--draws", "50") == 0
    printed = capfdbinary.readouterr().out.decode()
    assert "达成概率：外贸进出口总额（亿元）" in printed
    assert "纵：外贸与港口开放 百分点/年；横：固定资产投资增长 百分点" in printed
    assert printed.rstrip().endswith(
        "points.csv、joint.csv、iamc.csv、datapackage.json、figures/map.png、figures/map.svg"
    )
    assert (tmp_path / "out" / "figures" / "map.png").read_bytes().startswith(b"\x89PNG")
    assert command(tmp_path, *asked, "--draws", "50", "--json") == 0
    document = json.loads(capfdbinary.readouterr().out)
    rows = [r for r in table(tmp_path / "out") if r["target"] == "plan14.trade_total.2025"]
    at = {(float(r["trade_growth"]), float(r["investment_growth"])): float(r["probability"]) for r in rows}
    found = document["map"]
    assert (found["across"]["marks"], found["up"]["marks"]) == ([-4, 4], [-5, 0, 5])
    for row, trade in zip(found["probability"], found["up"]["marks"], strict=True):
        assert row == [at[trade, investment] for investment in found["across"]["marks"]]
    together = document["joint"]
    assert together["targets"] == ["plan14.gdp_growth.2025", "plan14.trade_total.2025"]
    assert 0.0 <= together["probability_low"] <= together["probability_high"] <= 1.0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--map", "investment_growth"), "--map: 应写两条不同的轴"),
        (("--map", "investment_growth,fdi"), "--map: 未知的名称“fdi”"),
        (("--map-target", "joint"), "--map-target: 只与 --map 同用"),
        (("--map", "investment_growth,trade_growth", "--map-target", "gdp"), "--map-target: 未知的名称“gdp”"),
        (("--scheduler", "here"), "--scheduler: "),
        (("--scheduler", "tcp://127.0.0.1:1"), "--scheduler: tcp://127.0.0.1:1 "),
        (("--scheduler", "tcp://127.0.0.1:1", "--workers", "2"), "--workers: "),
        (("--fails", "gdp<0.5"), "--fails: 未知的名称“gdp”"),
        (("--fails", "plan14.gdp_growth.2025<50"), "--fails: “50”应为 0 与 1 之间的概率"),
    ],
)
def test_what_cannot_be_done_is_told_before_the_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    assert command(tmp_path, *words) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_lost_points_are_named_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command(tmp_path, "--draws", "50") == 0
    store = tmp_path / "out" / "points.bin"
    store.write_bytes(store.read_bytes()[: store.stat().st_size // 2])
    capsys.readouterr()
    assert command(tmp_path, "--draws", "50", "--json") == 0
    printed = capsys.readouterr()
    assert printed.err.startswith("存储被截短，丢失第 4–6 号点（共 3 个），重新计算")
    document = json.loads(printed.out)
    assert (document["lost"], document["computed"], document["resumed"]) == ([4, 5, 6], 3, 3)


def test_seeds_on_reported_figures_are_told_apart(tmp_path: Path) -> None:
    """With facts the posterior's members are the same for all seeds; without, nothing needs to be said."""
    (tmp_path / "seeds.yaml").write_text(
        SPEC.replace("trade_growth:", "seed:").replace("-5, to: 5", "1, to: 3"), encoding="utf-8"
    )
    pack = read_pack(data_path("calibration"), "west_coast")
    sweep = read_sweep(tmp_path / "seeds.yaml", pack=pack, scenarios=data_path("scenarios"))
    assert seeds_said(sweep) == []
    facts = Posterior(2023, "key", 1, 5120, (), (), ())
    (said,) = seeds_said(replace(sweep, plan=replace(sweep.plan, posterior=facts)))
    assert "种子之间的散布小于全部抽样误差" in said.zh


def test_where_points_fail_is_said_in_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Made-up probabilities: low exactly where the first axis is below 3, whatever the others."""
    axes = "investment_growth: {from: 0, to: 9}, trade_growth: {from: -5, to: 5}"
    text = SPEC[: SPEC.index("axes:")] + f"design: sobol\nsize: 256\naxes: {{{axes}}}\n"
    (tmp_path / "sobol.yaml").write_text(text, encoding="utf-8")
    pack = read_pack(data_path("calibration"), "west_coast")
    sweep = read_sweep(tmp_path / "sobol.yaml", pack=pack, scenarios=data_path("scenarios"))
    values = np.full((256, 2, 5), 0.8)
    values[sweep.design.column("investment_growth") < 3.0, 0, 0] = 0.1
    done = Finished(values, np.zeros((256, 0, 1, 4)), np.zeros((256, 2)), 256, 0, 0, ())
    for written in ("plan14.gdp_growth.2025<0.5", "plan14.gdp_growth.2025 ＜ 50％"):
        found = failures(sweep, done, written, tmp_path)
        assert found["threshold"] == 0.5
        (restricted,) = found["boxes"][0]["restrictions"]
        assert (restricted["input"], restricted["low"]) == ("investment_growth", None)
        assert restricted["high"] == pytest.approx(3.0, abs=0.2)
        assert any("固定资产投资增长" in line for line in failure_lines(found, "zh"))
    with (tmp_path / "boxes.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert {row["input"] for row in csv.DictReader(stream)} == {"investment_growth"}
