"""Sweep files: what a grid is, and every mistake of a file at once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sim.errors import InputError
from sim.region.reading import read_pack
from sim.resources import data_path
from sim.sweep.points import Sweep, read_sweep
from sim.sweep.spec import locate_sweep

HEAD = "name: s\nscenario: baseline\ndraws: 300\n"


def swept(path: Path, text: str, **given: int) -> Sweep:
    path.write_text(text, encoding="utf-8")
    pack = read_pack(data_path("calibration"), "west_coast")
    return read_sweep(path, pack=pack, scenarios=data_path("scenarios"), **given)


def complaints(path: Path, text: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        swept(path, text)
    return [f"{p.line}:{p.key}: {p.text.zh}" for p in caught.value.problems]


def test_the_last_axis_runs_fastest(tmp_path: Path) -> None:
    text = HEAD + "axes:\n  trade_growth: {values: [5, -1]}\n  world_trade: {from: 1, to: 2, steps: 3}\n"
    grid = swept(tmp_path / "s.yaml", text).design
    assert grid.size == 6
    points = [grid.values(point) for point in range(1, 7)]
    assert points == [(5, 1), (5, 1.5), (5, 2), (-1, 1), (-1, 1.5), (-1, 2)]


def test_steps_are_the_numbers_people_write(tmp_path: Path) -> None:
    sweep = swept(tmp_path / "s.yaml", HEAD + "axes:\n  schooling: {from: 0, to: 0.3, steps: 4}\n")
    assert sweep.axes[0].values == (0.0, 0.1, 0.2, 0.3)


def test_a_point_holds_its_values_in_every_year(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(
        "name: base\nhorizon: 2025\nlevers: {trade_growth: {2023: 4}, fdi_growth: 2}\n", encoding="utf-8"
    )
    text = "name: s\nscenario: base\naxes:\n  trade_growth: {values: [5]}\n  world_trade: {values: [-3]}\n"
    scenario = swept(tmp_path / "s.yaml", text).scenario_of(1)
    assert scenario.levers["trade_growth"].years == (2021, 2022, 2023, 2024, 2025)
    assert scenario.levers["trade_growth"].low == (5.0,) * 5 == scenario.levers["trade_growth"].high
    assert scenario.world["world_trade"].low == (-3.0,) * 5
    assert scenario.levers["fdi_growth"].low == (2.0,) * 5  # the base scenario's own stays


def test_options_win_over_the_file(tmp_path: Path) -> None:
    text = HEAD + "seed: 7\naxes:\n  trade_growth: {values: [5]}\n"
    plan = swept(tmp_path / "s.yaml", text, draws=40, seed=0, horizon=2030).plan
    assert (plan.draws, plan.seed, plan.horizon) == (40, 0, 2030)
    plan = swept(tmp_path / "s.yaml", text).plan
    assert (plan.draws, plan.seed, plan.horizon) == (300, 7, 2035)


def test_targets_are_those_asked_for(tmp_path: Path) -> None:
    axes = "axes:\n  trade_growth: {values: [5]}\n"
    some = swept(tmp_path / "s.yaml", HEAD + "targets: [plan14.fdi.2025, plan14.gdp_growth.2025]\n" + axes)
    assert [t.id for t in some.targets] == ["plan14.gdp_growth.2025", "plan14.fdi.2025"]  # in the plan's order
    assert len(swept(tmp_path / "s.yaml", HEAD + axes).targets) >= 18


def test_every_mistake_is_reported_at_once(tmp_path: Path) -> None:
    text = (
        "name: s/t\n"
        "scenario: basline\n"
        "drawz: 10\n"
        "draws: 0\n"
        "axes:\n"
        "  investment_growht: {values: [1]}\n"
        "  trade_growth: {from: 30, to: -5, steps: 1}\n"
        "  world_trade: {values: []}\n"
        "  fdi_growth: {values: [1, 1, high, 99]}\n"
        "  fuel_mix: {values: [1], from: 0}\n"
        "  doctors: {from: 0, to: 5}\n"
    )
    found = complaints(tmp_path / "s.yaml", text)
    wanted = [
        ("1:name:", "文件夹"), ("2:scenario:", "baseline"), ("3:drawz:", "draws"), ("4:draws:", "不小于 1"),
        ("6:axes.investment_growht:", "您是否想写“investment_growth”"),
        ("7:axes.trade_growth.from:", "-20 至 20"), ("7:axes.trade_growth.from:", "from 应小于 to"),
        ("7:axes.trade_growth.steps:", "不小于 2"), ("8:axes.world_trade.values:", "没有任何值"),
        ("9:axes.fdi_growth.values[1]:", "重复"), ("9:axes.fdi_growth.values[2]:", "应为数值"),
        ("9:axes.fdi_growth.values[3]:", "-30 至 30"), ("10:axes.fuel_mix:", "二者择一"),
        ("11:axes.doctors:", "二者择一"),
    ]  # fmt: skip
    for place, words in wanted:
        assert any(line.startswith(place) and words in line for line in found), (place, words, found)
    assert len(found) == len(wanted)


@pytest.mark.parametrize(
    ("targets", "words"),
    [
        ("[plan14.gdp_growht.2025]", "您是否想写“plan14.gdp_growth.2025”"),
        ("[plan14.fdi.2025, plan14.fdi.2025]", "重复"),
        ("[]", "没有任何目标"),
    ],
)
def test_wrong_targets(tmp_path: Path, targets: str, words: str) -> None:
    found = complaints(tmp_path / "s.yaml", HEAD + f"targets: {targets}\naxes:\n  trade_growth: {{values: [5]}}\n")
    assert len(found) == 1
    assert words in found[0]


@pytest.mark.parametrize(
    ("axes", "words"),
    [
        ("{}", "没有任何轴"),
        (
            "{trade_growth: {from: 0, to: 1, steps: 1000000}, fdi_growth: {from: 0, to: 1, steps: 1000000}}",
            "1,000,000 × 1,000,000 = 1,000,000,000,000 个点，超过上限 100,000",
        ),
        ("{trade_growth: {from: 1, to: 1, steps: 3}}", "from 应小于 to，现为 1 与 1"),
        ("{trade_growth: {values: null}}", "二者择一"),
        ("{trade_growth: 3}", "键: 值"),
    ],
)
def test_grids_that_are_refused(tmp_path: Path, axes: str, words: str) -> None:
    found = complaints(tmp_path / "s.yaml", HEAD + f"axes: {axes}\n")
    assert len(found) == 1
    assert words in found[0]


def test_a_horizon_before_every_target_is_refused(tmp_path: Path) -> None:
    """The reports have targets for 2021; the plan's own, left alone, begin in 2025."""
    shutil.copytree(data_path("calibration"), tmp_path / "calibration")
    for path in (tmp_path / "calibration" / "west_coast" / "targets").glob("report*.yaml"):
        path.unlink()
    pack = read_pack(tmp_path / "calibration", "west_coast")
    file = tmp_path / "s.yaml"
    file.write_text(HEAD + "axes:\n  trade_growth: {values: [5]}\n", encoding="utf-8")
    with pytest.raises(InputError, match="没有任何目标可以测算概率"):
        read_sweep(file, pack=pack, scenarios=data_path("scenarios"), horizon=2021)


def test_the_example_is_a_grid_of_two_levers() -> None:
    folder = data_path("scenarios", "sweeps")
    pack = read_pack(data_path("calibration"), "west_coast")
    sweep = read_sweep(locate_sweep("investment_by_trade", folder), pack=pack, scenarios=data_path("scenarios"))
    assert [axis.id for axis in sweep.axes] == ["investment_growth", "trade_growth"]
    assert sweep.size == 21 * 13
    assert sweep.plan.draws == 2000
    with pytest.raises(InputError, match="您是否想写“investment_by_trade”"):
        locate_sweep("investment_by_trad", folder)
