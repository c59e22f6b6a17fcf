"""The sentences of boxes, boxes among the points of a sweep, and the tree beside them."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.cli.sweep import boxes as page
from sim.cli.sweep.boxes import boxes_lines, boxes_part
from sim.failure import find, tree
from sim.failure.boxes import half_of
from sim.failure.features import Feature
from sim.failure.prim import Box
from sim.failure.sentences import (
    box_sentence,
    conditions_text,
    coverage_text,
    of_ten,
    points_wording,
    restriction_text,
    shares_text,
)
from sim.failure.sweeps import SweepInput, sweep_boxes
from sim.failure.tree import small_tree
from sim.language import Text
from sim.output.store import to_json
from sim.randomness import Array, generator
from sim.region.pack import Pack
from sim.targets import Target, read_targets

TRADE = Feature("world_trade", Text("世界贸易年均增速", "average growth of world trade"), Text("%", "%"))
STRIKE = Feature(
    "rare", Text("发生罕见冲击", "a rare event strikes"), kind="yes", opposite=Text("未发生罕见冲击", "none strikes")
)
LATE = Feature("late", Text("“6号线”推迟", "delay of line 6"), Text("年", " years"), "count")
INF = math.inf


@pytest.mark.parametrize(
    ("feature", "low", "high", "step", "zh", "en"),
    [
        (TRADE, -INF, 2.1, 0.1, "世界贸易年均增速低于2.1%", "average growth of world trade is below 2.1%"),
        (TRADE, 2.0, INF, 0.1, "世界贸易年均增速高于2.0%", "average growth of world trade is above 2.0%"),
        (TRADE, -1.5, 2.0, 0.1, "世界贸易年均增速在−1.5至2.0%之间",
         "average growth of world trade is between −1.5 and 2.0%"),
        (TRADE, -INF, 0.0, 0.01, "世界贸易年均增速低于0%", "average growth of world trade is below 0%"),
        (STRIKE, 1.0, INF, math.nan, "发生罕见冲击", "a rare event strikes"),
        (STRIKE, -INF, 0.0, math.nan, "未发生罕见冲击", "none strikes"),
        (LATE, 2.0, INF, math.nan, "“6号线”推迟2年及以上", "delay of line 6 is 2 years or more"),
        (LATE, -INF, 1.0, math.nan, "“6号线”推迟不高于1年", "delay of line 6 is at most 1 years"),
    ],
)  # fmt: skip
def test_a_condition_in_words(feature: Feature, low: float, high: float, step: float, zh: str, en: str) -> None:
    assert restriction_text(feature, low, high, step) == Text(zh, en)


def test_the_sentence_of_the_brief() -> None:
    box = Box(np.array([-INF, 1.0]), np.array([2.1, INF]))
    conditions = conditions_text(box, (TRADE, STRIKE), (0.1, math.nan))
    said = box_sentence(conditions, 0.81, 0.42, 0.447, Text("2021—2025年", "2021–2025"))
    assert said.zh == (
        "2021—2025年，当世界贸易年均增速低于2.1%，且发生罕见冲击时，该目标10次中约8次落空（覆盖全部落空情形的约45%）；"
        "不限定时10次中约4次。"
    )
    assert said.en == (
        "In 2021–2025, when average growth of world trade is below 2.1% and a rare event strikes, the target is missed "
        "in about 8 of 10 draws (about 45% of all misses); without conditions in about 4 of 10 draws."
    )


@pytest.mark.parametrize(
    ("share", "zh"), [(0.0, "10次中不到1次"), (0.049, "10次中不到1次"), (0.05, "10次中约1次"), (0.8499, "10次中约8次"),
                      (0.94, "10次中约9次"), (0.95, "10次中超过9次"), (1.0, "10次中超过9次")],
)  # fmt: skip
def test_shares_are_told_to_a_tenth_and_never_as_certain(share: float, zh: str) -> None:
    assert of_ten(share).zh == zh


def test_shares_that_round_alike_are_told_in_twentieths() -> None:
    assert [text.zh for text in shares_text(0.84, 0.76)] == ["20次中约17次", "20次中约15次"]
    assert [text.zh for text in shares_text(0.84, 0.74)] == ["10次中约8次", "10次中约7次"]
    assert coverage_text(0.99).zh == "覆盖几乎全部落空情形"
    assert coverage_text(0.01).zh == "覆盖全部落空情形的不到5%"
    below = points_wording("50%")
    assert of_ten(0.3, below).zh == "10个点中约3个点"


# --- Points of a sweep ----------------------------------------------------------------------------------------

AXES = (
    SweepInput("levers.investment_growth", Text("投资增速", "investment"), Text("百分点", "points")),
    SweepInput("world.world_trade", Text("世界贸易增速", "world trade"), Text("%", "%")),
    SweepInput("projects.refinery", Text("炼化项目", "the refinery"), Text("", ""), True),
    SweepInput("seed", Text("随机种子", "seed"), Text("", "")),
)


def grid() -> tuple[Array, Array]:
    """Six values of trade, five of investment, with and without the project, three seeds; 0.2 where trade is weak
    and the project is missing, else 0.8."""
    rows = np.array([
        (a, b, c, s) for a in range(-2, 3) for b in range(6) for c in (0, 1) for s in (1, 2, 3)
    ], dtype=np.float64)  # fmt: skip
    return rows, np.where((rows[:, 1] <= 2) & (rows[:, 2] == 0), 0.2, 0.8)


@pytest.fixture(scope="module")
def target(district: Pack) -> Target:
    return read_targets(district)[0]


def test_the_points_of_a_grid_at_which_a_target_fails(target: Target) -> None:
    """A quarter of the points, all of them told; the seed is no condition."""
    rows, probability = grid()
    part = boxes_part(AXES, rows, probability, target, 0.5, 1)
    (box,) = part.document["boxes"]
    assert [(r["input"], r["low"], r["high"]) for r in box["restrictions"]] == [
        ("world.world_trade", None, 2.0), ("projects.refinery", None, 0.0),
    ]  # fmt: skip
    assert (box["density"], box["coverage"], box["mass"]) == (1.0, 1.0, 0.25)
    assert box["sentence"] == (
        "当世界贸易增速不高于2%，且没有炼化项目时，该目标10个点中超过9个点把握低于50%（覆盖几乎全部这类点）；"
        "不限定时10个点中约3个点。"
    )
    assert [row[4] for row in part.tables[0].rows] == ["world.world_trade", "projects.refinery"]
    assert all(len(row) == len(part.tables[0].header) for row in part.tables[0].rows)
    assert boxes_lines(part.document, "zh")[0].endswith("在哪些点上把握低于50%")
    to_json(part.document)


def test_without_a_threshold_misses_are_counted(target: Target) -> None:
    rows, probability = grid()
    found = sweep_boxes(AXES, rows, probability, None, 1)
    assert found is not None
    first = found.told.search.boxes[0]
    assert first.measured.density == pytest.approx(0.8)
    assert first.measured.base == pytest.approx(0.35)
    # A quarter of the points at 0.8 of misses: 0.2 of 0.35.
    assert first.measured.coverage == pytest.approx(0.2 / 0.35)


def test_points_left_to_the_base_scenario_are_told(target: Target) -> None:
    rows, probability = grid()
    some = rows.copy()
    some[:10, 1] = np.nan
    part = boxes_part(AXES, some, probability, target, 0.5, 1)
    assert part.document["left_out"] == 10
    every = rows.copy()
    every[:, 0] = np.nan
    nothing = boxes_part(AXES, every, probability, target, 0.5, 1)
    assert nothing.document["boxes"] == []
    assert nothing.document["reason"] == page.BY_BASE.zh
    assert any("基础情景" in line for line in boxes_lines(nothing.document, "zh"))


# --- The tree -------------------------------------------------------------------------------------------------


def tree_cases() -> tuple[Array, Array, Array]:
    cases = generator(1, "test.tree", 0).random((4000, 5))
    inside = (cases[:, 1] < 0.3) & (cases[:, 3] > 0.5)
    chance = generator(1, "test.tree.failed", 0).random(4000)
    failed = (chance < np.where(inside, 0.9, 0.1)).astype(np.float64)
    return cases, failed, half_of(np.arange(4000), generator(1, "test.tree.half", 0))


@pytest.mark.skipif(not tree.available(), reason="scikit-learn, the optional extra `tree`, is not installed")
def test_the_tree_finds_the_box_too() -> None:
    cases, failed, fitting = tree_cases()
    found = small_tree(cases, failed, fitting, np.full(5, 0.01), 1.0)
    assert found is not None
    assert found.inputs[0] in (1, 3)
    assert found.leaf.restricted == (1, 3)
    assert found.leaf.high[1] == pytest.approx(0.3, abs=0.02)
    assert found.leaf.low[3] == pytest.approx(0.5, abs=0.02)
    assert abs(found.measured.density - 0.9) < 4 * found.measured.density_error + 0.02
    chance = (generator(1, "test.tree.null", 0).random(4000) < 0.4).astype(np.float64)
    assert small_tree(cases, chance, fitting, np.full(5, 0.01), 1.0) is None


@pytest.mark.skipif(not tree.available(), reason="scikit-learn, the optional extra `tree`, is not installed")
def test_the_tree_asks_nothing_of_the_best_of_many_useless_inputs() -> None:
    """As parameters are: the 12 of 400 that go most with missing a target in the half that the tree is grown on."""
    asked = 0
    for seed in range(10):
        random = generator(seed, "test.tree.useless", 0)
        cases, failed = random.standard_normal((1000, 400)), (random.random(1000) < 0.3).astype(np.float64)
        fitting = half_of(np.arange(1000), random)
        together = np.abs(cases[fitting].T @ (failed[fitting] - failed[fitting].mean()))
        best = cases[:, np.argsort(-together)[:12]]
        asked += small_tree(best, failed, fitting, np.full(12, 0.01), 1.0) is not None
    assert asked <= 1


def test_without_scikit_learn_there_is_no_tree(monkeypatch: pytest.MonkeyPatch, target: Target) -> None:
    monkeypatch.setattr(find, "available", lambda: False)
    rows, probability = grid()
    part = boxes_part(AXES, rows, probability, target, 0.5, 1)
    assert part.document["tree"] is None
    assert len(part.document["boxes"]) == 1
    assert not any("决策树" in line for line in boxes_lines(part.document, "zh"))
