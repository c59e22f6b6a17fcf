"""Bars of the tornado on a model whose probabilities are known in closed form, and the screening before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from scipy.stats import norm

from sim.experiment.ranges import moments_of, sensitivity_of
from sim.sensitivity.bars import Bools, bar_near, bar_of, counted
from sim.sensitivity.screening import screened
from sim.sensitivity.settings import Z90
from sim.sensitivity.tornado import paired_counts

DRAWS = 40_000
#: A target is met where SLOPE * u + SHIFT * lever + e > BOUND, with u and e standard normal.
SLOPE, SHIFT, BOUND = 0.8, 0.5, 0.3
RANDOM = np.random.default_rng(11)
U, V, E = RANDOM.standard_normal((3, DRAWS))


def judged(cases: Sequence[tuple[float, float | None]]) -> Iterator[Bools]:
    """Two targets of the toy: the second is the first with a bound a unit higher. A case is (lever, u held or None)."""
    for lever, held in cases:
        value = SLOPE * (U if held is None else held) + SHIFT * lever + E
        yield np.stack([value > BOUND, value > BOUND + 1.0])


def test_a_lever_moves_a_probability_as_the_normal_says() -> None:
    _, (counts,) = paired_counts(judged, (0.0, None), [((-1.0, None), (1.0, None))])
    spread = np.hypot(SLOPE, 1.0)
    for target, bound in enumerate((BOUND, BOUND + 1.0)):
        bar = bar_of(counts[target], DRAWS)
        known = [norm.sf(bound - SHIFT * lever, scale=spread) for lever in (-1.0, 0.0, 1.0)]
        assert [bar.low, bar.base, bar.high] == pytest.approx(known, abs=0.01)
        assert bar.swing.points == pytest.approx(known[2] - known[0], abs=4 * bar.swing.error)
        assert bar.swing.points == pytest.approx(bar.to_high.points - bar.to_low.points, abs=1e-12)
        # More of the lever never turns met into missed, so that the draws that change are the difference.
        assert bar.flips == pytest.approx(bar.swing.points)
        flips = known[2] - known[0]
        assert bar.swing.error == pytest.approx(np.sqrt(flips * (1 - flips) / DRAWS), rel=0.05)
        assert bar.swing.distinguishable


def test_an_unknown_held_at_p10_and_p90_gives_the_conditional_probabilities() -> None:
    _, (counts,) = paired_counts(judged, (0.0, None), [((0.0, -Z90), (0.0, Z90))])
    bar = bar_of(counts[0], DRAWS)
    known = [norm.sf(BOUND - SLOPE * u) for u in (-Z90, Z90)]
    assert [bar.low, bar.high] == pytest.approx(known, abs=0.01)
    # The same without simulating again, from the draws near the quantiles: bands a tenth of all draws wide.
    near = bar_near(judged_once()[0], U, DRAWS, 0.05, (0.1, 0.9))
    assert [near.low, near.high] == pytest.approx(known, abs=0.03)
    assert near.swing.error == pytest.approx(
        np.sqrt(sum(p * (1 - p) for p in (near.low, near.high)) / (0.1 * DRAWS)), rel=0.01
    )
    assert near.flips is None
    assert near.swing.distinguishable


def judged_once() -> Bools:
    return next(judged([(0.0, None)]))


def test_what_reaches_nothing_is_exactly_nothing_and_what_is_chance_is_said_to_be() -> None:
    _, (nothing,) = paired_counts(judged, (0.0, None), [((0.0, None), (0.0, None))])
    bar = bar_of(nothing[0], DRAWS)
    assert bar.nothing
    assert (bar.swing.points, bar.swing.error, bar.flips) == (0.0, 0.0, 0.0)
    assert not bar.swing.distinguishable
    # An unknown that is not in the model: near its quantiles there are other draws, and other chance.
    chance = bar_near(judged_once()[0], V, DRAWS, 0.05, (0.1, 0.9))
    assert chance.swing.points != 0.0
    assert not chance.swing.distinguishable


def test_counts_are_those_of_a_hand_example() -> None:
    low = np.array([[True, False, False, False]])
    base = np.array([[True, True, False, False]])
    high = np.array([[True, True, True, False]])
    counts = counted(low, base, high)
    assert counts.tolist() == [[1, 1, 0, 1, 0, 0, 0, 1]]  # none; high only; base and high; all
    bar = bar_of(counts[0], 4)
    assert (bar.low, bar.base, bar.high, bar.flips) == (0.25, 0.5, 0.75, 0.5)
    assert (bar.to_low.points, bar.to_high.points, bar.swing.points) == (-0.25, 0.25, 0.5)
    # Two of four changed, and one more is allowed for: (3 / 5 - (2 / 5)²) / 4.
    assert bar.swing.error == pytest.approx(np.sqrt((0.6 - 0.16) / 4))


def test_one_draw_that_changes_is_no_proof() -> None:
    for draws in (1, 1000):
        base = np.zeros((1, draws), np.bool_)
        high = base.copy()
        high[0, 0] = True
        assert not bar_of(counted(base, base, high)[0], draws).swing.distinguishable


def test_counts_of_parts_add_up_and_pairs_do_not_depend_on_their_order() -> None:
    pairs = [((-1.0, None), (1.0, None)), ((0.0, -Z90), (0.0, Z90)), ((-0.2, None), (0.4, None))]
    usual, counts = paired_counts(judged, (0.0, None), pairs)
    _, turned = paired_counts(judged, (0.0, None), pairs[::-1])
    assert (counts == turned[::-1]).all()
    assert (counts.sum(axis=2) == DRAWS).all()
    (low, high) = judged(pairs[0])
    half = DRAWS // 2
    first, second = (counted(low[:, part], usual[:, part], high[:, part]) for part in (slice(half), slice(half, None)))
    assert (first + second == counts[0]).all()


def test_the_screening_finds_what_matters_without_a_run() -> None:
    met = np.stack([*judged_once()]).astype(np.float64)
    normals = np.stack([V, U, RANDOM.standard_normal(DRAWS)])
    sums = sensitivity_of(met, moments_of(normals))
    found = screened([int(row.sum()) for row in met], DRAWS, DRAWS, sums, [True] * 3)
    # By Stein's lemma E[u 1(SLOPE u + e > c)] is SLOPE times the density of the sum at c.
    known = 2 * Z90 * SLOPE * norm.pdf(BOUND, scale=np.hypot(SLOPE, 1.0))
    assert found.swings[0, 1] == pytest.approx(known, abs=4 * found.errors[0, 1])
    assert found.chosen == (1,)
    assert found.left(0) == max(abs(found.swings[0, 0]), abs(found.swings[0, 2]))
    # Draws that repeat each other count once: a tenth of them, errors sqrt(10) times as wide.
    fewer = screened([int(row.sum()) for row in met], DRAWS, DRAWS // 10, sums, [True] * 3)
    assert fewer.errors == pytest.approx(found.errors * np.sqrt(10.0))


def test_from_draws_as_they_are_only_what_clearly_tells_has_a_bar() -> None:
    """Near two quantiles of many unknowns chance alone sets some apart: an inexact look needs a clear covariance."""
    met = np.stack([judged_once()[0], RANDOM.random(DRAWS) < 0.5]).astype(np.float64)
    normals = np.stack([V, U, RANDOM.standard_normal(DRAWS)])
    sums = sensitivity_of(met, moments_of(normals))
    counts = [int(row.sum()) for row in met]
    for exact in (True, False):
        found = screened(counts, DRAWS, DRAWS, sums, [exact] * 3)
        assert found.chosen[0] == 1
        assert found.told(0, 1)
        assert found.told(1, 1) is exact
        # What has no bar is within what is said of all that have none.
        assert bool(found.left(1) >= abs(found.swings[1, 1])) is not exact
