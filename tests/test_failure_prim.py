"""PRIM on cases whose boxes are known: found where they are, and nowhere else."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.failure.boxes import Search, find_boxes, half_of, measure, rounded, step_of
from sim.failure.prim import Box, Rule, chance_of, chosen, fitted, pasted, trajectory, wanted_density
from sim.randomness import Array, generator

CASES = 6000


def uniforms(name: str, inputs: int = 6, cases: int = CASES) -> Array:
    return generator(1, f"test.{name}", 0).random((cases, inputs))


def failures(name: str, inside: Array, high: float, low: float) -> Array:
    """1 with probability `high` inside and `low` outside."""
    chance = generator(1, f"test.{name}.failed", 0).random(len(inside))
    return (chance < np.where(inside, high, low)).astype(np.float64)


def searched(cases: Array, failed: Array, step: float = 0.01) -> Search:
    random = generator(1, "test.search", 0)
    fitting = half_of(np.arange(len(failed)), random)
    return find_boxes(cases, failed, fitting, random, np.full(cases.shape[1], step))


def open_box(width: int) -> Box:
    return Box(np.full(width, -np.inf), np.full(width, np.inf))


def test_a_corner_box_in_two_of_six_inputs_is_found() -> None:
    cases = uniforms("corner")
    failed = failures("corner", (cases[:, 0] > 0.6) & (cases[:, 2] < 0.5), 0.9, 0.1)
    found = searched(cases, failed)
    assert found.reason == ""
    first = found.boxes[0]
    assert first.box.restricted == (0, 2)
    assert first.box.low[0] == pytest.approx(0.6, abs=0.03)
    assert math.isinf(first.box.high[0])
    assert first.box.high[2] == pytest.approx(0.5, abs=0.03)
    assert math.isinf(first.box.low[2])
    # A fifth of the cases, of which 0.9 fail; 0.1 of the others: 0.18 of 0.26 failures are in the box.
    assert abs(first.measured.density - 0.9) < 4 * math.sqrt(0.9 * 0.1 / 600) + 0.03
    assert abs(first.measured.coverage - 0.18 / 0.26) < 4 * math.sqrt(0.69 * 0.31 / 780) + 0.03
    assert abs(first.measured.base - 0.26) < 4 * math.sqrt(0.26 * 0.74 / 3000)
    assert set(first.reproduced.values()) == {1.0}
    assert max(first.chance.values()) < 1e-6


def test_two_disjoint_boxes_are_both_found() -> None:
    cases = uniforms("disjoint")
    one, two = (cases[:, 0] < 0.25) & (cases[:, 1] < 0.4), cases[:, 3] > 0.8
    found = searched(cases, failures("disjoint", one | two, 0.95, 0.05))
    boxes = {box.box.restricted: box for box in found.boxes}
    assert set(boxes) == {(3,), (0, 1)}
    assert boxes[(3,)].box.low[3] == pytest.approx(0.8, abs=0.02)
    assert boxes[(0, 1)].box.high[0] == pytest.approx(0.25, abs=0.03)
    assert boxes[(0, 1)].box.high[1] == pytest.approx(0.4, abs=0.04)
    assert all(abs(box.measured.density - 0.95) < 0.06 for box in found.boxes)


@pytest.mark.parametrize("seed", range(4))
def test_pure_chance_gives_no_box(seed: int) -> None:
    cases = uniforms(f"null.{seed}")
    found = searched(cases, failures(f"null.{seed}", np.zeros(CASES, dtype=bool), 0.0, 0.4))
    assert found.boxes == ()
    assert found.reason == "none"
    assert abs(found.base - 0.4) < 4 * found.base_error


def test_too_few_failures_and_nearly_all_failures_are_not_searched() -> None:
    cases = uniforms("few")
    inside = cases[:, 0] > 0.9
    rare = np.zeros(CASES)
    rare[np.flatnonzero(inside)[:20]] = 1.0
    assert searched(cases, rare).reason == "few"
    assert searched(cases, failures("all", inside, 1.0, 0.97)).reason == "all"


def test_a_monotone_transform_leaves_the_same_cases_in_the_box() -> None:
    cases = uniforms("monotone", cases=3000)
    failed = failures("monotone", (cases[:, 1] > 0.55) & (cases[:, 4] < 0.6), 0.85, 0.1)[:3000]
    stretched = np.column_stack([np.exp(5.0 * column) if i % 2 else column**3 for i, column in enumerate(cases.T)])
    plain, other = (fitted(table, failed, range(6), Rule()) for table in (cases, stretched))
    assert plain is not None
    assert other is not None
    assert plain.restricted == (1, 4)
    assert (plain.holds(cases) == other.holds(stretched)).all()


def test_values_that_are_equal_stay_together() -> None:
    """An input of 0 and 1, one of five levels: bounds are values of theirs."""
    random = generator(1, "test.levels", 0)
    cases = np.column_stack([random.integers(0, 2, CASES), random.integers(0, 5, CASES), random.random(CASES)])
    failed = failures("levels", (cases[:, 0] == 1) & (cases[:, 1] <= 1), 0.9, 0.15)
    found = searched(cases.astype(np.float64), failed, math.nan)
    box = found.boxes[0].box
    assert box.restricted == (0, 1)
    assert box.low[0] == 1.0
    assert box.high[1] == 1.0


def test_shares_of_failures_do_as_well_as_failures() -> None:
    cases = uniforms("shares")
    inside = (cases[:, 0] > 0.5) & (cases[:, 5] > 0.5)
    noise = generator(1, "test.shares.noise", 0).normal(0.0, 0.02, CASES)
    found = searched(cases, np.where(inside, 0.8, 0.2) + noise)
    box = found.boxes[0]
    assert box.box.restricted == (0, 5)
    assert box.measured.density == pytest.approx(0.8, abs=0.03)
    # The box holds nearly a quarter of the cases: 0.2 of 0.35 of all failures.
    assert box.measured.coverage == pytest.approx(0.2 / 0.35, abs=0.04)


def test_cases_of_one_unit_are_never_in_both_halves() -> None:
    units = np.repeat(np.arange(50), 3)
    half = half_of(units, generator(1, "test.units", 0))
    assert half.sum() == 75
    assert all(len(set(half[units == unit])) == 1 for unit in range(50))


def test_errors_are_those_of_the_draws_that_count() -> None:
    """Of 400 cases in a box half fail: an error of sqrt(0.25 / 400), of twice that when only a quarter count."""
    failed = np.tile([0.0, 1.0], 400)
    cases = np.repeat([0.0, 1.0], 400)[:, None]
    everything = np.ones(800, dtype=bool)
    box = open_box(1).with_bounds(0, 1.0, math.inf)
    full = measure(cases, failed, box, everything, everything, 1.0)
    quarter = measure(cases, failed, box, everything, everything, 0.25)
    assert full.density == 0.5
    assert full.coverage == 0.5
    assert full.mass == 0.5
    assert full.cases == 400
    assert full.density_error == pytest.approx(0.025)
    assert quarter.density_error == pytest.approx(0.05)
    assert full.coverage_error == pytest.approx(0.025)
    assert not full.clear


# --- Pieces, by hand ------------------------------------------------------------------------------------------


def test_a_trajectory_by_hand() -> None:
    """Ten cases in a row, the last four fail. Peeling a fifth at a time takes two from the low end, three times."""
    cases = np.arange(10.0)[:, None]
    failed = np.array([0, 0, 0, 0, 0, 0, 1, 1, 1, 1], dtype=np.float64)
    steps = trajectory(cases, failed, [0], Rule(peel=0.2, least_mass=0.3))
    assert [step.box.low[0] for step in steps] == [-math.inf, 2.0, 3.0, 4.0, 5.0, 6.0]
    assert [step.density for step in steps] == [0.4, 0.5, 4 / 7, 4 / 6, 0.8, 1.0]
    assert [step.coverage for step in steps] == [1.0] * 6
    assert [round(step.mass, 9) for step in steps] == [1.0, 0.8, 0.7, 0.6, 0.5, 0.4]


def test_pasting_gives_back_what_peeling_took_too_much() -> None:
    cases = np.arange(100.0)[:, None]
    failed = (cases[:, 0] >= 60).astype(np.float64)
    failed[85] = 0.0  # one success inside keeps the density below one, so that more of the same raises it
    tight = open_box(1).with_bounds(0, 80.0, math.inf)
    # A tenth at a time: 20, 22, 24, 26, 28, 30, 33, 36, 39 cases; the next three would bring two successes.
    wide = pasted(cases, failed, tight, Rule(peel=0.1))
    assert wide.low[0] == 61.0
    assert math.isinf(wide.high[0])


def test_the_quasi_p_value_is_the_binomial_one() -> None:
    """Without the bound 5 of 10 fail, with it 4 of 4: chance gives that with probability 1/16."""
    cases = np.arange(10.0)[:, None]
    failed = np.array([1, 0, 0, 0, 0, 0, 1, 1, 1, 1], dtype=np.float64)
    box = open_box(1).with_bounds(0, 6.0, math.inf)
    assert chance_of(cases, failed, box) == {0: pytest.approx(0.5**4)}
    partial = open_box(1).with_bounds(0, 5.0, math.inf)  # 4 of 5: 5 / 32 + 1 / 32
    assert chance_of(cases, failed, partial) == {0: pytest.approx(6 / 32)}


@pytest.mark.parametrize(("base", "wanted"), [(0.1, 0.2), (0.3, 0.6), (0.5, 0.75), (0.9, 0.95)])
def test_a_box_worth_telling_doubles_failures_or_halves_successes(base: float, wanted: float) -> None:
    assert wanted_density(base) == pytest.approx(wanted)


def test_of_boxes_that_are_dense_enough_the_one_with_most_coverage_times_density_is_chosen() -> None:
    cases = np.arange(10.0)[:, None]
    failed = np.array([0, 0, 0, 0, 0, 0, 1, 1, 1, 1], dtype=np.float64)
    steps = trajectory(cases, failed, [0], Rule(peel=0.2, least_mass=0.2))
    box = chosen(steps, 0.4, Rule())
    assert box is not None
    assert box.low[0] == 6.0
    assert chosen(steps[:1], 0.4, Rule()) is None


def test_bounds_are_rounded_to_what_the_spread_supports() -> None:
    box = Box(np.array([2.1234, -math.inf]), np.array([math.inf, 7.0]))
    told = rounded(box, np.array([0.1, math.nan]))
    assert told.low.tolist() == [2.1, -math.inf]
    assert told.high.tolist() == [math.inf, 7.0]
    spread = np.array([-1.0, 1.0])
    assert [step_of(scale * spread) for scale in (1.0, 3.0, 0.3, 30.0)] == pytest.approx([0.1, 1.0, 0.1, 10.0])
    assert math.isnan(step_of(np.zeros(5)))
