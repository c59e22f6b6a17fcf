"""Designs of a sweep: which points there are, in which order, and what they do to the base scenario."""

from __future__ import annotations

import itertools
import math
from pathlib import Path

import numpy as np
import pytest

from sim.errors import InputError
from sim.region.pack import Pack
from sim.region.reading import read_pack
from sim.resources import data_path
from sim.sweep.design import Design
from sim.sweep.points import Sweep, read_sweep
from sim.sweep.workers import batches_of, in_good_order

HEAD = "name: s\ndraws: 300\n"
PLANNED = "name: s\nscenario: plan_targets\ndraws: 300\n"
FLAT = "name: flat\nlevers: {trade_growth: 2}\nworld: {world_trade: [1, 4]}\n"


@pytest.fixture(scope="module")
def pack() -> Pack:
    return read_pack(data_path("calibration"), "west_coast")


def swept(path: Path, pack: Pack, text: str, **given: int) -> Sweep:
    path.write_text(text, encoding="utf-8")
    return read_sweep(path, pack=pack, scenarios=data_path("scenarios"), **given)


def rows(design: Design) -> list[tuple[float, ...]]:
    return [design.values(point) for point in range(1, design.size + 1)]


def test_a_list_is_its_rows_in_their_order(tmp_path: Path, pack: Pack) -> None:
    text = HEAD + "points:\n  - {world_trade: 3, trade_growth: 1}\n  - {trade_growth: 0, world_trade: -6.5}\n"
    design = swept(tmp_path / "s.yaml", pack, text).design
    assert [axis.id for axis in design.axes] == ["world_trade", "trade_growth"]
    assert rows(design) == [(3.0, 1.0), (-6.5, 0.0)]
    assert not design.is_grid


def test_one_at_a_time_has_the_base_once(tmp_path: Path, pack: Pack) -> None:
    """Base values: trade_growth 2 and fdi_growth 0 are numbers, world_trade is a range and has none."""
    (tmp_path / "flat.yaml").write_text(FLAT, encoding="utf-8")
    axes = "trade_growth: {values: [2, 3]}, fdi_growth: {values: [-1, 0, 1]}, world_trade: {values: [0]}"
    text = f"name: s\nscenario: flat\ndesign: one_at_a_time\naxes: {{{axes}, seed: {{values: [1, 2]}}}}\n"
    sweep = swept(tmp_path / "s.yaml", pack, text)
    own = math.nan
    expected = [
        (2.0, 0.0, own, 1.0), (3.0, 0.0, own, 1.0), (2.0, -1.0, own, 1.0), (2.0, 1.0, own, 1.0), (2.0, 0.0, 0.0, 1.0),
        (2.0, 0.0, own, 2.0),
    ]  # fmt: skip
    assert np.array_equal(sweep.design.rows, np.array(expected), equal_nan=True)
    base = sweep.scenario_of(1)
    assert base.world == sweep.base.world  # the range stays
    assert set(base.levers["trade_growth"].low) == {2.0}
    assert set(sweep.scenario_of(5).world["world_trade"].high) == {0.0}
    assert [sweep.plan_of(point).seed for point in (1, 6)] == [1, 2]


def test_a_latin_hypercube_has_a_point_in_every_slice(tmp_path: Path, pack: Pack) -> None:
    axes = "axes: {trade_growth: {from: -2, to: 6}, world_trade: {from: 0, to: 1}, seed: {from: 1, to: 5}}\n"
    text = HEAD + "design: latin_hypercube\nsize: 40\n" + axes
    design = swept(tmp_path / "s.yaml", pack, text).design
    assert design.size == 40
    slices = np.floor((design.column("trade_growth") + 2.0) / 8.0 * 40.0 - 1e-9)
    assert sorted(slices.tolist()) == list(range(40))
    assert sorted(np.floor(design.column("world_trade") * 40.0 - 1e-9).tolist()) == list(range(40))
    assert [int((design.column("seed") == seed).sum()) for seed in range(1, 6)] == [8] * 5  # whole, equally often
    again = swept(tmp_path / "s.yaml", pack, text).design
    assert np.array_equal(again.rows, design.rows)
    other = swept(tmp_path / "s.yaml", pack, text + "design_seed: 2\n").design
    assert not np.array_equal(other.rows, design.rows)
    assert np.array_equal(swept(tmp_path / "s.yaml", pack, text, horizon=2030).design.rows, design.rows)


def test_a_sobol_sequence_is_balanced(tmp_path: Path, pack: Pack) -> None:
    """A (0, m, 2) net: of 64 points, each of 64 boxes of 2^-k by 2^(k-6) holds one (Sobol 1967; Owen 1998)."""
    text = HEAD + "design: sobol\nsize: 64\naxes: {trade_growth: {from: 0, to: 1}, fdi_growth: {from: 0, to: 1}}\n"
    unit = swept(tmp_path / "s.yaml", pack, text).design.rows
    for k in range(7):
        boxes = np.floor(unit[:, 0] * 2**k) * 2 ** (6 - k) + np.floor(unit[:, 1] * 2 ** (6 - k))
        assert sorted(boxes.tolist()) == list(range(64))


def test_the_numbers_drawn_are_short(tmp_path: Path, pack: Pack) -> None:
    text = HEAD + "design: sobol\nsize: 8\naxes: {trade_growth: {from: -1, to: 2}, fdi_growth: {from: 1, to: 3}}\n"
    for value in swept(tmp_path / "s.yaml", pack, text).design.rows.ravel().tolist():
        assert value == float(f"{value:.6g}")


CROSSED = """\
cross:
  - {design: sobol, size: 4, axes: {trade_growth: {from: 0, to: 1}}}
  - points: [{world_trade: 3, national_growth: 6}, {world_trade: -3, national_growth: 4}]
  - axes: {seed: {values: [9, 7]}, fdi_growth: {values: [1, 2, 3]}}
"""


def test_crossed_designs_have_every_combination(tmp_path: Path, pack: Pack) -> None:
    sweep = swept(tmp_path / "s.yaml", pack, HEAD + CROSSED)
    assert [axis.id for axis in sweep.axes] == ["trade_growth", "world_trade", "national_growth", "seed", "fdi_growth"]
    drawn = sweep.design.column("trade_growth")[::12].tolist()
    stories, seeds, levers = [(3.0, 6.0), (-3.0, 4.0)], [9.0, 7.0], [1.0, 2.0, 3.0]
    expected = [
        (one, *story, seed, lever) for one, story, seed, lever in itertools.product(drawn, stories, seeds, levers)
    ]
    assert rows(sweep.design) == expected
    assert sweep.size == 4 * 2 * 2 * 3


def test_two_sampled_designs_of_one_seed_are_not_alike(tmp_path: Path, pack: Pack) -> None:
    one = "{design: latin_hypercube, size: 8, axes: {%s: {from: 0, to: 1}}}"
    text = HEAD + f"cross: [{one % 'trade_growth'}, {one % 'fdi_growth'}]\n"
    design = swept(tmp_path / "s.yaml", pack, text).design
    assert design.column("trade_growth")[::8].tolist() != design.column("fdi_growth")[:8].tolist()


def test_points_are_computed_beside_those_they_share_a_seed_and_a_world_with(tmp_path: Path, pack: Pack) -> None:
    sweep = swept(tmp_path / "s.yaml", pack, HEAD + CROSSED)
    order = in_good_order(sweep, range(1, sweep.size + 1))
    assert sorted(order) == list(range(1, 49))
    changes = [(sweep.plan_of(point).seed, sweep.design.values(point)[1]) for point in order]
    assert [key for key, _ in itertools.groupby(changes)] == [(7, -3.0), (7, 3.0), (9, -3.0), (9, 3.0)]
    batches = batches_of(sweep, order, workers=2)
    assert [point for batch in batches for point in batch] == order
    assert all(len({sweep.plan_of(point).seed for point in batch}) == 1 for batch in batches)
    assert max(map(len, batches)) == 8
    assert max(map(len, batches_of(sweep, order[:5], workers=2))) == 1  # few points: some for each worker


def test_projects_are_switched_moved_and_changed(tmp_path: Path, pack: Pack) -> None:
    """key_industry_27 starts in 2020, is ready in 2022, with a probability of 0.8 and a delay of 0 to 2 years."""
    axes = (
        "projects.key_industry_27: {values: [true, false]}, projects.key_industry_27.start: {values: [2024]}, "
        "projects.key_industry_27.delay: {values: [3]}, projects.key_industry_27.probability: {values: [0.5]}, "
        "projects.key_industry_27.capex: {values: [100]}, projects.key_industry_27.value_added: {values: [20]}, "
        "projects.key_industry_27.additional: {values: [1]}"
    )
    sweep = swept(tmp_path / "s.yaml", pack, PLANNED + f"axes: {{{axes}}}\n")
    assert sweep.design.column("projects.key_industry_27").tolist() == [1.0, 0.0]
    (moved,) = sweep.scenario_of(1).projects
    assert (moved.start, moved.commissioning, moved.delay) == (2024, 2026, (0.0, 0.0, 0.0, 1.0))
    assert (moved.probability, moved.capex, moved.value_added, moved.additional) == (0.5, 100.0, 20.0, 1.0)
    assert sweep.scenario_of(2).projects == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("points: []", "2:9: points: 没有任何点"),
        ("axes: {}", "2:7: axes: 没有任何轴"),
        ("cross: []", "2:8: cross: 没有任何设计"),
        ("question: 无", "1:1: 没有设计：请写 axes（轴）、points（逐点列出）或 cross"),
        ("size: 8\naxes: {seed: {values: [1]}}", "2:1: size: size 只用于 latin_hypercube、sobol；请写明 design"),
        ("points: [{seed: 1}]\naxes: {fdi_growth: {values: [1]}}", "2:1: points: points 只用于 list；请写明 design"),
        ("design: sobol\naxes: {fdi_growth: {from: 0, to: 1}}", "design 为 sobol（Sobol 序列）时必须写 size"),
        ("design: sobol\nsize: 48\naxes: {fdi_growth: {from: 0, to: 1}}", "可写 32 或 64，现为 48"),
        ("design: sobol\nsize: 8\naxes: {seed: {from: 1, to: 3}}", "一共只有 3 种组合，少于 8 个点"),
        ("design: sobol\nsize: 1000000000000\naxes: {fdi_growth: {from: 0, to: 1}}", "共 1,000,000,000,000 个点"),
        ("axes: {seed: {from: 1, to: 1000000000000}}", "2:1: axes: 共 1,000,000,000,000 个点，超过上限 100,000 个"),
        ("cross: [{axes: {seed: {from: 1, to: 1000}}}, {design: sobol, size: 1024, axes: {fdi_growth: {from: 0, to: "
         "1}}}]", "2:1: cross: 共 1,000 × 1,024 = 1,024,000 个点"),
        ("design: latin_hypercube\nsize: 8\naxes: {fdi_growth: {values: [1, 2]}}", "只写 from 和 to"),
        ("design: latin_hypercube\nsize: 8\naxes: {fdi_growth: {from: 2, to: 1}}", "from 应小于 to，现为 2 与 1"),
        ("cross: [{axes: {seed: {values: [1]}}}, {points: [{seed: 2}]}]", "轴“seed”在第 2 行的设计里已有"),
        ("cross: [{axes: {seed: {values: [1]}}}]\nsize: 8", "3:1: size: 写了 cross 就不能再写 size"),
        ("axes: {seed: {values: [1, 2, 1]}}", "axes.seed.values[2]: 1 重复"),
        ("axes: {seed: {values: [1.5]}}", "应为整数，现为 1.5"),
        ("axes: {seed: {from: 1, to: 4, steps: 3}}", "1 至 4 不能等分成 3 个整数"),
        ("axes: {fdi_growth: {values: [true]}}", "应为数值，现为true"),
        ("seed: 3\naxes: {seed: {values: [1]}}", "2:1: seed: 已有 seed 轴，种子由轴给出"),
        ("axes: {projects.port: {values: [1]}}", "基准情景没有项目，不能有轴“projects.port”"),
        ("points: [{seed: 1, fdi_growth: 2}, {seed: 2}]", "points[1]: 缺少轴 fdi_growth"),
        ("points: [{seed: 1, fdi_growth: 2}, {seed: 1, fdi_grwth: 2}]", "没有轴“fdi_grwth”，您是否想写“fdi_growth”"),
        ("points:\n - {seed: 1, fdi_growth: 2}\n - {fdi_growth: 2.0, seed: 1}", "4:4: points[1]: 与第 3 行的点相同"),
        ("points: [{fdi_growth: 99}]", "points[0].fdi_growth: 应在 -30 至 30"),
        ("years: [2030]\naxes: {seed: {values: [1]}}", "2:1: years: years 是 indicators 的年份"),
        ("indicators: [gdp]\nyears: [2020]\naxes: {seed: {values: [1]}}", "years[0]: 应在 2021 至 2035 之间"),
        ("indicators: [gpd]\naxes: {seed: {values: [1]}}", "indicators[0]: 未知的名称“gpd”，您是否想写“gdp”"),
    ],
)  # fmt: skip
def test_designs_that_are_refused(tmp_path: Path, pack: Pack, text: str, words: str) -> None:
    with pytest.raises(InputError) as caught:
        swept(tmp_path / "s.yaml", pack, f"name: s\n{text}\n")
    (problem,) = caught.value.problems
    assert words in problem.show("zh")
    assert "s.yaml" in str(problem.file)


def test_an_unknown_project_is_told_with_the_near_one(tmp_path: Path, pack: Pack) -> None:
    with pytest.raises(InputError, match=r"您是否想写“projects\.key_industry_27\.delay”"):
        swept(tmp_path / "s.yaml", pack, PLANNED + "axes: {projects.key_industry_27.delays: {values: [1]}}\n")


def test_a_seed_of_the_command_beside_an_axis_of_seeds_is_refused(tmp_path: Path, pack: Pack) -> None:
    with pytest.raises(InputError, match=r"^--seed: 已有 seed 轴"):
        swept(tmp_path / "s.yaml", pack, HEAD + "axes: {seed: {from: 1, to: 3}}\n", seed=4)


def test_whole_numbers_need_no_steps(tmp_path: Path, pack: Pack) -> None:
    design = swept(tmp_path / "s.yaml", pack, HEAD + "axes: {seed: {from: 2, to: 5}}\n").design
    assert rows(design) == [(2.0,), (3.0,), (4.0,), (5.0,)]
