"""Value of information: against closed forms, and what chance alone may look like."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import ndtr
from scipy.stats import kstest, norm

from sim.randomness import Array, generator
from sim.sensitivity.information import Judgement, clear, level_of, same_order, worth_of

DRAWS = 20_000
#: met = 1 where a.x + e exceeds a bound, x and e standard normal.
WEIGHTS, BOUND = np.array([1.5, 1.0, 0.5, 0.2, 0.0]), 1.0
WHOLE = math.sqrt(float(WEIGHTS @ WEIGHTS) + 1.0)


def linear(seed: int = 1) -> tuple[Array, Judgement]:
    """The numbers, (number, draw), and what they are held against."""
    numbers = generator(seed, "test.numbers", 0).standard_normal((len(WEIGHTS), DRAWS))
    value = WEIGHTS @ numbers + generator(seed, "test.rest", 0).standard_normal(DRAWS)
    return numbers, judgement(value > BOUND, value)


def judgement(met: Array, value: Array | None = None, independent: int | None = None) -> Judgement:
    met = np.atleast_2d(met).astype(np.float64)
    value = met if value is None else np.atleast_2d(value)
    return Judgement(met, value - value.mean(axis=1, keepdims=True), independent or met.shape[1])


def exact(correlation: float, bound: float) -> tuple[float, float, float]:
    """Standard deviation of the probability given a normal of this correlation, and the probability at p10 and p90."""
    share, rest = float(ndtr(-bound)), math.sqrt(1.0 - correlation**2)

    def given(x: float) -> float:
        return float(ndtr((correlation * x - bound) / rest))

    variance = quad(lambda x: norm.pdf(x) * (given(x) - share) ** 2, -9.0, 9.0, limit=200, epsabs=1e-12)[0]
    return math.sqrt(variance), given(float(norm.ppf(0.1))), given(float(norm.ppf(0.9)))


@pytest.mark.parametrize("place", range(len(WEIGHTS)))
def test_a_linear_gaussian_case_against_quadrature(place: int) -> None:
    numbers, judged = linear()
    worth = worth_of(numbers[place], judged)
    assert worth is not None
    moved, low, high = exact(WEIGHTS[place] / WHOLE, BOUND / WHOLE)
    assert abs(worth.variance[0] - moved**2) < 4.0 * worth.error[0]
    assert worth.low[0] == pytest.approx(low, abs=0.025)
    assert worth.high[0] == pytest.approx(high, abs=0.025)
    narrowed = 1.0 - math.sqrt(1.0 - (WEIGHTS[place] / WHOLE) ** 2)
    assert worth.narrowed[0] == pytest.approx(narrowed, abs=0.01)
    assert bool(clear(worth, judged, level_of(5))[0]) == bool(WEIGHTS[place] > 0.0)


@pytest.mark.parametrize(("correlation", "bound"), [(0.9, 0.0), (0.9, 1.645), (0.98, 0.0), (0.6, -1.0)])
def test_numbers_that_nearly_settle_a_target(correlation: float, bound: float) -> None:
    """Where polynomials do not reach, groups do; what is left is the width of the groups, 2 % at most."""
    x, e = generator(2, "test.strong", 0).standard_normal((2, DRAWS))
    value = correlation * x + math.sqrt(1.0 - correlation**2) * e
    judged = judgement(value > bound, value)
    worth = worth_of(x, judged)
    assert worth is not None
    moved, _, _ = exact(correlation, bound)
    assert worth.moved[0] == pytest.approx(moved, abs=0.02 * moved + 4.0 * worth.moved_error[0])


def test_a_number_of_few_values_is_exact() -> None:
    """Met with 0.9 where a project is in time (80 %), with 0.2 where it is late: 0.76, moved by 0.7 sqrt(0.16)."""
    random = generator(3, "test.few", 0)
    late = (random.random(DRAWS) < 0.2).astype(np.float64)
    judged = judgement(random.random(DRAWS) < np.where(late, 0.2, 0.9))
    worth = worth_of(late, judged)
    assert worth is not None
    assert worth.moved[0] == pytest.approx(0.28, abs=4.0 * worth.moved_error[0])
    assert worth.moved_error[0] < 0.004
    # Half of the draws about the tenth percentile are of one kind only; about the ninetieth all are late.
    assert worth.low[0] == pytest.approx(0.9, abs=0.02)
    assert worth.high[0] == pytest.approx(0.2, abs=0.03)


def test_the_error_is_that_of_repeated_runs() -> None:
    """Over 40 runs the estimates scatter about the truth as their errors say."""
    moved, _, _ = exact(WEIGHTS[1] / WHOLE, BOUND / WHOLE)
    scores = []
    for seed in range(40):
        numbers, judged = linear(seed)
        worth = worth_of(numbers[1], judged)
        assert worth is not None
        scores.append((worth.variance[0] - moved**2) / worth.error[0])
    assert abs(np.mean(scores)) < 4.0 / math.sqrt(40)
    assert 0.65 < np.std(scores) < 1.35


def test_chance_alone_is_uniform_and_its_variance_nothing_on_average() -> None:
    """Numbers that say nothing: levels are uniform on 0 to 1, and the variance is not pushed up by their number."""
    met = generator(4, "test.null", 0).random(4000) < 0.3
    numbers = generator(4, "test.null.numbers", 0).standard_normal((400, 4000))
    found = [worth_of(number, judgement(met)) for number in numbers]
    chance = np.array([worth.chance[0] for worth in found if worth is not None])
    variance = np.array([worth.variance[0] for worth in found if worth is not None])
    assert len(chance) == 400
    assert kstest(chance, "uniform").pvalue > 0.001
    assert abs(variance.mean()) < 4.0 * variance.std() / math.sqrt(400)


def test_rarely_met_targets_do_not_seem_to_depend_on_everything() -> None:
    """A thousand targets met in 30 of 20,000 draws at random: levels below 0.001 are about one in a thousand.

    On cubes of normal scores it would be eleven.
    """
    random = generator(5, "test.rare", 0)
    met = np.zeros((1000, DRAWS))
    for row in met:
        row[random.permutation(DRAWS)[:30]] = 1.0
    worth = worth_of(random.standard_normal(DRAWS), Judgement(met, met, DRAWS))
    assert worth is not None
    assert int((worth.chance < 0.001).sum()) <= 5  # a Poisson number of mean one is beyond that once in 1,700
    assert abs(float((worth.chance < 0.05).mean()) - 0.05) < 4.0 * math.sqrt(0.05 * 0.95 / 1000)


def test_order_is_all_that_counts() -> None:
    numbers, judged = linear()
    plain, other = worth_of(numbers[0], judged), worth_of(np.exp(3.0 * numbers[0]) - 7.0, judged)
    assert plain is not None
    assert other is not None
    assert plain.variance[0] == other.variance[0]
    assert plain.low[0] == other.low[0]
    assert same_order([numbers[0], numbers[1], np.exp(numbers[0])]) == [0, 1]


def test_fewer_independent_draws_make_errors_wider_and_claims_rarer() -> None:
    numbers, judged = linear()
    fewer = Judgement(judged.met, judged.value, DRAWS // 16)
    all_count, some_count = worth_of(numbers[2], judged), worth_of(numbers[2], fewer)
    assert all_count is not None
    assert some_count is not None
    assert some_count.error[0] == pytest.approx(4.0 * all_count.error[0], rel=0.2)
    assert some_count.chance[0] > all_count.chance[0]


def test_a_number_without_spread_and_a_target_without_chance_say_nothing() -> None:
    numbers, judged = linear()
    assert worth_of(np.full(DRAWS, 3.0), judged) is None
    settled = judgement(np.ones(DRAWS, dtype=bool))
    worth = worth_of(numbers[0], settled)
    assert worth is not None
    assert worth.moved[0] == 0.0
    assert worth.low[0] == worth.high[0] == 1.0
    assert not clear(worth, settled, 1.0).any()
    rare = judgement(np.arange(DRAWS) < 90)  # 90 draws are too few to say anything of
    found = worth_of(np.arange(DRAWS, dtype=np.float64), rare)
    assert found is not None
    assert not clear(found, rare, 0.01).any()
