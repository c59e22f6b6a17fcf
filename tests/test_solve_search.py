"""The search of `solve` on judges whose best packages are known by hand or in closed form."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.stats import norm

from sim.randomness import Array, generator
from sim.solve.choose import differ
from sim.solve.search import Aim, Found, search
from sim.solve.space import Space

DRAWS = 4000
ERROR = float(np.sqrt(0.8 * 0.2 / DRAWS))


class Gaussian:
    """Targets effect(a x) + noise >= threshold, all of them in a draw.

    Noise is evenly spaced in probability and shuffled, so that shares of draws are those of the normal distribution
    to within 1 / DRAWS for one target. Fresh draws are the same noise in another order, lowered by `worse`.
    """

    def __init__(self, a: object, threshold: object, worse: float = 0.0, bend: float = 0.0) -> None:
        self.a, self.threshold = np.atleast_2d(np.asarray(a, float)), np.atleast_1d(np.asarray(threshold, float))
        self.bend, self.worse = bend, worse
        even = norm.ppf((np.arange(DRAWS) + 0.5) / DRAWS)
        rows = range(self.threshold.size)
        self.seen = np.stack([generator(3, f"seen{i}", 0).permutation(even) for i in rows])
        self.new = np.stack([generator(4, f"new{i}", 0).permutation(even) for i in rows]) - worse

    def short(self, change: Array, noise: Array) -> Array:
        effect = self.a @ change
        return (self.threshold - effect - self.bend * np.abs(effect) * effect)[:, None] - noise

    def shortfalls(self, changes: Sequence[Array]) -> list[Array]:
        return [self.short(change, self.seen) for change in changes]

    def probabilities(self, changes: Sequence[Array]) -> list[float]:
        return [float((self.short(change, self.seen) <= 0.0).all(axis=0).mean()) for change in changes]

    def fresh(self, changes: Sequence[Array]) -> list[float]:
        return [float((self.short(change, self.new) <= 0.0).all(axis=0).mean()) for change in changes]


class Band(Gaussian):
    """One target that is met between 1 and 2: more of a lever is good first and bad then. Noise of 0.5."""

    def short(self, change: Array, noise: Array) -> Array:
        value = self.a @ change + 0.5 * noise[0]
        return np.stack([1.0 - value, value - 2.0])


def space(low: object, high: object, unit: object, square: bool = True) -> Space:
    bounds = np.asarray(low, float), np.asarray(high, float)
    names = tuple("abcdefgh"[: bounds[0].size])
    return Space(names, *bounds, np.asarray(unit, float), np.zeros(bounds[0].size), square)


def found_by(judge: Gaussian, levers: Space, probability: float, **aim: float) -> Found:
    given = {"most": 5, "packages": 1, "slack": 0.0, "error": ERROR} | aim
    return search(judge, levers, Aim(probability, **given))  # type: ignore[arg-type]


# Met with probability p where a x = threshold + z_p. Of all x with that sum the one of least |x / unit| is in
# proportion to unit^2 a.
A, UNIT = np.array([1.0, -0.5, 2.0, 0.1]), np.array([1.0, 2.0, 0.5, 1.0])
NEEDED = 2.0 + norm.ppf(0.8)


def test_the_smallest_package_of_a_linear_target_is_that_of_the_closed_form() -> None:
    levers = space([-9] * 4, [9] * 4, UNIT)
    found = found_by(Gaussian(A, 2.0), levers, 0.8)
    best = NEEDED * UNIT**2 * A / (UNIT**2 * A**2).sum()
    (package,) = found.packages
    assert package.change == pytest.approx(best, rel=0.01)
    assert levers.cost(package.change) == pytest.approx(NEEDED / np.sqrt((UNIT**2 * A**2).sum()), rel=0.005)
    assert 0.8 <= package.probability < 0.8 + 3 / DRAWS
    assert found.best is None


def test_the_closed_form_holds_where_the_effect_bends() -> None:
    # e + 0.2 e^2 = NEEDED has the root e below; the target depends on a x alone, so the proportions stay.
    e = (np.sqrt(1.0 + 0.8 * NEEDED) - 1.0) / 0.4
    found = found_by(Gaussian(A, 2.0, bend=0.2), space([-9] * 4, [9] * 4, UNIT), 0.8)
    assert found.packages[0].change == pytest.approx(e * UNIT**2 * A / (UNIT**2 * A**2).sum(), rel=0.01)


def test_the_cheapest_package_by_the_sum_of_costs_is_one_lever() -> None:
    # Per unit of cost the levers bring 1, 1.2, 0.5: the second alone, as far as it must.
    found = found_by(Gaussian([1.0, 2.0, 0.5], 2.0), space([-9] * 3, [9] * 3, [1.0, 0.6, 1.0], False), 0.8)
    assert found.packages[0].change == pytest.approx([0.0, NEEDED / 2.0, 0.0], abs=0.01)


def test_what_a_bound_holds_back_the_others_make_up_for() -> None:
    # Unbounded 2 : 1 would be (1.137, 0.568); with the first at 1 the second has to bring NEEDED - 2.
    found = found_by(Gaussian([2.0, 1.0], 2.0), space([-1, -1], [1, 1], [1, 1]), 0.8)
    assert found.packages[0].change == pytest.approx([1.0, NEEDED - 2.0], abs=0.005)


def test_two_targets_together_against_a_grid() -> None:
    a = [[1.0, 0.3], [-0.2, 1.0]]
    found = found_by(Gaussian(a, [1.0, 1.0]), space([-9, -9], [9, 9], [1, 1]), 0.7)
    x, y = np.meshgrid(np.linspace(0, 4, 801), np.linspace(0, 4, 801))
    chance = norm.cdf(x + 0.3 * y - 1.0) * norm.cdf(-0.2 * x + y - 1.0)
    least = np.hypot(x, y)[chance >= 0.7].min()
    # The two noises of the judge are as good as independent: their joint shares are off by a Monte Carlo error.
    assert np.hypot(*found.packages[0].change) == pytest.approx(least, rel=0.01)


def test_a_band_is_reached_from_below_and_no_further() -> None:
    found = found_by(Band([1.0, 0.2], 0.0), space([-9, -9], [9, 9], [1, 1]), 0.6)
    middle = brentq(lambda m: norm.cdf((2 - m) / 0.5) - norm.cdf((1 - m) / 0.5) - 0.6, 0.5, 1.5)
    assert found.packages[0].change == pytest.approx(middle * np.array([1.0, 0.2]) / 1.04, rel=0.01)


def test_a_band_that_cannot_be_hit_often_enough_is_held_by_no_bound() -> None:
    found = found_by(Band([1.0, 0.2], 0.0), space([-9, -9], [9, 9], [1, 1]), 0.8)
    assert found.packages == ()
    assert found.best is not None
    assert found.best.probability == pytest.approx(norm.cdf(1.0) - norm.cdf(-1.0), abs=0.005)
    assert found.best.held == ()


def test_out_of_reach_gives_the_greatest_probability_and_its_bounds() -> None:
    found = found_by(Gaussian([0.5, -0.5, 0.0], 2.5), space([-1] * 3, [2] * 3, [1] * 3), 0.8)
    assert (found.packages, found.needs, found.idle) == ((), None, ("c",))
    assert found.best is not None
    assert found.best.change == pytest.approx([2.0, -1.0, 0.0])
    assert found.best.probability == pytest.approx(norm.cdf(1.0 + 0.5 - 2.5), abs=1 / DRAWS)
    assert [held.name for held in found.best.held] == ["a", "b"]
    assert [held.without for held in found.best.held] == pytest.approx(norm.cdf([-2.0, -1.5]), abs=1 / DRAWS)


def test_more_levers_than_allowed_are_counted() -> None:
    # Each lever brings 1.5 at most: one gives Phi(-0.5), two are needed for 80 percent.
    found = found_by(Gaussian([1.0, 1.0], 2.0), space([-1.5] * 2, [1.5] * 2, [1] * 2), 0.8, most=1)
    assert (found.packages, found.needs) == ((), 2)
    assert found.best is not None
    assert np.count_nonzero(found.best.change) == 1
    assert found.best.probability == pytest.approx(norm.cdf(-0.5), abs=1 / DRAWS)


def test_levers_that_hardly_matter_are_left_out() -> None:
    # Without the two small ones the cost is sqrt(1.005) times the least, half a percent more.
    found = found_by(Gaussian([1.0, 0.05, 0.05], 2.0), space([-9] * 3, [9] * 3, [1] * 3), 0.8, slack=0.05)
    assert found.packages[0].change == pytest.approx([NEEDED, 0.0, 0.0], rel=0.001)


def test_other_packages_do_without_the_leading_lever() -> None:
    judge, levers = Gaussian([1.0, 0.9, 0.8], 2.0), space([-9] * 3, [9] * 3, [1] * 3)
    found = found_by(judge, levers, 0.8, packages=5)
    costs = [levers.cost(package.change) for package in found.packages]
    # All three; then without the first; then the last alone would cost 1.96 times as much: still below twice.
    assert costs == pytest.approx([NEEDED / np.sqrt(s) for s in (2.45, 1.45, 0.64)], rel=0.005)
    assert [np.flatnonzero(package.change).tolist() for package in found.packages] == [[0, 1, 2], [1, 2], [2]]
    changes = [package.change for package in found.packages]
    assert all(differ(levers, one, two) for i, one in enumerate(changes) for two in changes[:i])


def test_a_package_twice_as_dear_is_no_alternative() -> None:
    found = found_by(Gaussian([1.0, 0.4], 2.0), space([-9] * 2, [9] * 2, [1] * 2), 0.8, packages=5)
    assert len(found.packages) == 1


def test_what_is_reached_already_costs_nothing() -> None:
    found = found_by(Gaussian(A, -1.0), space([-9] * 4, [9] * 4, UNIT), 0.8)
    assert found.already
    assert found.packages[0].fresh == pytest.approx(norm.cdf(1.0), abs=1 / DRAWS)


def test_levers_that_move_nothing_leave_the_probability_where_it_is() -> None:
    found = found_by(Gaussian([0.0, 0.0], 1.0), space([-1] * 2, [1] * 2, [1] * 2), 0.8)
    assert found.idle == ("a", "b")
    assert found.best is not None
    assert not found.best.change.any()
    assert found.best.fresh == pytest.approx(norm.cdf(-1.0), abs=1 / DRAWS)


def test_a_package_that_falls_short_on_fresh_draws_is_made_larger() -> None:
    levers = space([-9] * 4, [9] * 4, UNIT)
    (package,) = found_by(Gaussian(A, 2.0, worse=0.1), levers, 0.8).packages
    assert package.raises >= 1
    assert package.fresh >= 0.8
    assert package.probability == pytest.approx(norm.cdf(norm.ppf(package.fresh) + 0.1), abs=0.002)
    # Not much larger than the package that the worse draws need.
    assert levers.cost(package.change) == pytest.approx((NEEDED + 0.1) / np.sqrt((UNIT**2 * A**2).sum()), rel=0.02)


def test_a_package_is_written_in_steps_away_from_zero() -> None:
    levers = Space(("a", "b"), np.array([-2.0, -2.0]), np.array([2.0, 1.55]), np.ones(2), np.array([0.1, 0.1]))
    assert levers.written(np.array([-0.31, 1.54])).tolist() == [-0.4, 1.55]
    assert levers.written(np.array([0.3, -0.7])).tolist() == [0.3, -0.7]


def test_a_probability_within_reach_but_for_the_margin_is_reached() -> None:
    # One lever brings Phi(1.5 - 2) = 30.9 percent at most: enough for 30, not for 30 and a margin of 2.
    levers = space([-1.5] * 2, [1.5] * 2, [1] * 2)
    found = found_by(Gaussian([1.0, 1.0], 2.0), levers, 0.3, most=1, margin=0.02)
    (package,) = found.packages
    assert (found.best, found.needs) == (None, None)
    assert int(np.count_nonzero(package.change)) == 1
    assert levers.cost(package.change) == pytest.approx(2.0 + norm.ppf(0.3), rel=0.005)
    assert package.fresh >= 0.3


def test_what_fresh_draws_do_not_confirm_is_no_package() -> None:
    # At its bound the lever brings 80.9 percent of the draws of the search and 77.9 of the worse, fresh ones.
    bound = 2.0 + norm.ppf(0.8) + 0.03
    found = found_by(Gaussian([1.0], 2.0, worse=0.1), space([-bound], [bound], [1]), 0.8)
    assert found.packages == ()
    assert found.best is not None
    assert found.best.probability == pytest.approx(norm.cdf(bound - 2.0), abs=1 / DRAWS)
    assert found.best.fresh == pytest.approx(norm.cdf(bound - 2.1), abs=1 / DRAWS)
    assert found.best.fresh < 0.8


def test_whether_nothing_is_needed_is_for_the_fresh_draws_to_say() -> None:
    levers = space([-9] * 4, [9] * 4, UNIT)
    judge = Gaussian(A, -norm.ppf(0.803), worse=0.02)  # 79.7 percent of the fresh draws
    (package,) = found_by(judge, levers, 0.8).packages
    assert package.change.any()
    assert package.fresh >= 0.8
    assert found_by(Gaussian(A, -norm.ppf(0.799), worse=-0.02), levers, 0.8).already


def test_packages_that_share_their_levers_do_not_differ_by_which_of_them_leads() -> None:
    levers = space([-9] * 3, [9] * 3, [1] * 3)
    one, two, three = np.array([1.0, 0.9, 0.0]), np.array([0.9, 1.0, 0.0]), np.array([0.0, 1.0, 0.0])
    assert not differ(levers, one, two)
    assert differ(levers, one, three)  # without the leading lever of the first
    assert differ(levers, one, np.array([1.0, -0.9, 0.0]) * [0.1, 1.0, 1.0])
