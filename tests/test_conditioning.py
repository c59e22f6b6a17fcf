"""Conditioning against exact answers: linear algebra, integration on a grid, Bayes' rule by hand."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import multivariate_normal

from sim.conditioning.condition import Conditioned, condition
from sim.conditioning.problem import Problem, unknowns
from sim.conditioning.subspace import centre_of, informed_directions, sensitivities
from sim.conditioning.transport import linearised, log_weights, moved
from sim.conditioning.weights import log_mean
from sim.posterior.posterior import conditioned
from sim.posterior.scores import Score
from sim.randomness import BLOCK, SOURCES, Array, Draws, generator
from tests.conditioning_cases import ALWAYS, HISTORIES, draws_of, linear, on_a_grid, problem, strike

MATRIX = np.array([[1.0, 2.0, 0.0], [0.0, 1.0, -1.0]])


@pytest.fixture(scope="module")
def exact_case() -> Conditioned:
    return condition(linear(MATRIX, [3.0, -1.0], [0.5, 1.0]), 7, as_of=2021, members=2 * BLOCK)


def test_a_linear_problem_has_its_exact_mean_and_covariance(exact_case: Conditioned) -> None:
    noise = np.diag([0.25, 1.0])
    gain = MATRIX.T @ np.linalg.inv(MATRIX @ MATRIX.T + noise)
    mean, covariance = gain @ [3.0, -1.0], np.eye(3) - gain @ MATRIX
    drawn = draws_of(exact_case)
    # Five standard errors of 10240 draws; a correlation's is at most one.
    assert np.abs(drawn.mean(axis=1) - mean).max() < 5.0 / np.sqrt(2 * BLOCK)
    assert np.abs(np.cov(drawn) - covariance).max() < 5.0 * np.sqrt(2.0 / (2 * BLOCK))


def test_a_linear_problem_has_its_exact_evidence_and_needs_no_weights(exact_case: Conditioned) -> None:
    expected = multivariate_normal([0.0, 0.0], MATRIX @ MATRIX.T + np.diag([0.25, 1.0])).logpdf([3.0, -1.0])
    (found,) = exact_case.found
    assert found.log_evidence == pytest.approx(expected, abs=1e-5)
    assert (found.effective, found.kept_back) == pytest.approx((1.0, 0.0), abs=1e-5)
    assert (found.kind, exact_case.unsolved) == ("draws", 0.0)


def test_directions_no_fact_reaches_stay_what_the_prior_draws() -> None:
    two = problem(lambda a, b: [2.0 * a + 0.0 * b], 2, [1.0], [0.5])
    drawn = draws_of(condition(two, 3, as_of=2021, members=BLOCK))
    prior = Draws(3, 0, frozenset(SOURCES)).normal("parameters", "u01")[0]
    np.testing.assert_array_equal(drawn[1], prior)
    # 2 / (4 + 0.25) × 1 and 0.25 / 4.25: the normal posterior of one unknown.
    assert drawn[0].mean() == pytest.approx(8.0 / 17.0, abs=5.0 * np.sqrt(1.0 / 17.0 / BLOCK))
    assert drawn[0].var() == pytest.approx(1.0 / 17.0, rel=0.1)


def test_facts_that_repeat_each_other_count_as_their_mean() -> None:
    """Two equal reports of variance 2 say what one of variance 1 says; their matrix is singular."""
    twice = linear(np.array([[1.0, 1.0], [1.0, 1.0]]), [2.0, 2.0], [np.sqrt(2.0)] * 2)
    found = condition(twice, 5, as_of=2021, members=BLOCK)
    assert found.main.linear.directions.shape == (2, 1)
    drawn = draws_of(found).sum(axis=0)
    # The sum has prior variance 2 and is reported as 2 ± 1: mean 2 × 2/3, variance 2/3.
    assert drawn.mean() == pytest.approx(4.0 / 3.0, abs=5.0 * np.sqrt(2.0 / 3.0 / BLOCK))
    assert drawn.var() == pytest.approx(2.0 / 3.0, rel=0.1)


def test_facts_that_contradict_each_other_meet_in_the_middle_and_say_how_far_they_are() -> None:
    both = linear(np.array([[1.0], [1.0]]), [1.0, 9.0], [0.1, 0.1])
    found = condition(both, 5, as_of=2021, members=BLOCK)
    # Precision 1 + 100 + 100, mean (100 + 900) / 201; residuals in errors of 0.1.
    assert draws_of(found).mean() == pytest.approx(1000.0 / 201.0, abs=0.005)
    np.testing.assert_allclose(found.main.residuals, [(1.0 - 1000 / 201) / 0.1, (9.0 - 1000 / 201) / 0.1], atol=0.1)


BENT = (np.exp, 2.0, 0.5)


def test_weights_make_a_bent_problem_exact() -> None:
    rule, observed, error = BENT
    bent = problem(lambda a: [rule(a)], 1, [observed], [error])
    scores = unknowns(bent)
    centre, slopes = centre_of(bent, scores, ALWAYS)
    directions = informed_directions(slopes)
    map_ = linearised(directions, directions.T @ centre, -slopes @ directions)

    def residuals(values: Array) -> Array:
        return (observed - rule(values)) / error

    inside = generator(1, "test.inside", 0).standard_normal((1, 20000))
    found = moved(map_, residuals, inside, np.zeros((1, 20000)))
    logs = log_weights(map_, residuals, found)
    weights = np.exp(logs - logs.max()) / np.exp(logs - logs.max()).sum()
    mean, spread, evidence = on_a_grid(rule, observed, error)
    assert found.solved.all()
    drawn = (directions @ found.coordinates)[0]
    assert float(weights @ drawn) == pytest.approx(mean, abs=0.015)
    assert float(np.sqrt(weights @ (drawn - mean) ** 2)) == pytest.approx(spread, abs=0.015)
    assert log_mean(logs) - np.log(error * np.sqrt(2.0 * np.pi)) == pytest.approx(evidence, abs=0.015)


@pytest.mark.parametrize(("scale", "observed", "error"), [(1.0, 2.0, 0.5), (1.0, 2.0, 2.0), (2.0, 30.0, 3.0)])
def test_draws_of_a_bent_problem_are_as_good_as_their_effective_share_says(
    scale: float, observed: float, error: float
) -> None:
    """|E_q x − E_p x| = |cov_q(w, x)| ≤ sd_q(w) sd_q(x), and sd_q(w)² = 1/ESS − 1."""
    bent = problem(lambda a: [np.exp(scale * a)], 1, [observed], [error])
    found = condition(bent, 3, as_of=2021, members=BLOCK)
    mean, spread, evidence = on_a_grid(lambda u: np.exp(scale * u), observed, error)
    drawn = draws_of(found)[0]
    bound = np.sqrt(1.0 / found.main.effective - 1.0) * spread
    assert found.main.effective > 0.9
    assert abs(drawn.mean() - mean) < bound + 5.0 * spread / np.sqrt(BLOCK)
    assert found.main.log_evidence == pytest.approx(evidence, abs=0.03)


def test_histories_are_weighed_by_their_bayes_factor() -> None:
    found = condition(
        Problem(strike, np.array([2.0]), np.array([1.0]), ("f",), HISTORIES), 3, as_of=2021, members=4 * BLOCK
    )
    # 2 ± 1 where N(0, 1) or N(3, 1) is expected: N(2; 3, √2) / N(2; 0, √2) = e^(−1/4 + 4/4).
    struck = 0.2 * np.exp(0.75) / (0.2 * np.exp(0.75) + 0.8)
    np.testing.assert_allclose(found.weights, [1.0 - struck, struck], atol=1e-4)
    shares = [len(one.members) / (4 * BLOCK) for one in found.posterior.components]
    np.testing.assert_allclose(shares, [1.0 - struck, struck], atol=5.0 * np.sqrt(0.25 / (4 * BLOCK)))
    evidence = [f.log_evidence for f in found.found]
    np.testing.assert_allclose(evidence, [-1.0 - 0.5 * np.log(4 * np.pi), -0.25 - 0.5 * np.log(4 * np.pi)], atol=1e-4)


def test_every_draw_has_the_history_it_was_made_under() -> None:
    found = condition(
        Problem(strike, np.array([2.0]), np.array([0.1]), ("f",), HISTORIES), 3, as_of=2021, members=BLOCK
    )
    drawn = conditioned(Draws(9, 0, frozenset(SOURCES)), found.posterior)
    # Whoever was struck is three higher: every draw predicts 2 within its error.
    assert np.abs(strike(drawn) - 2.0).max() < 0.6
    uniform = drawn.uniform("shocks", "strike", 4)[1]
    struck = next(one for one in found.posterior.components if one.name == "struck")
    assert set(np.flatnonzero(uniform < 0.5)) == set(struck.members)


def test_a_history_next_to_impossible_is_left_out() -> None:
    found = condition(
        Problem(strike, np.array([-3.0]), np.array([0.3]), ("f",), HISTORIES), 3, as_of=2021, members=BLOCK
    )
    assert found.weights.tolist() == [1.0, 0.0]
    assert [one.name for one in found.posterior.components] == ["none"]


def test_unknowns_are_parameters_and_the_years_after_the_first() -> None:
    def predict(draws: Draws) -> Array:
        draws.normals("reporting", ["z", "b"], 2)
        draws.uniform("shocks", "chance", 3)
        return draws.normal("parameters", "a") + draws.normal("shocks", "c", 3)[2]

    found = unknowns(Problem(predict, np.zeros(1), np.ones(1), ("f",)))
    assert found == (
        Score("parameters", "a", 0), Score("reporting", "b", 1), Score("reporting", "z", 1), Score("shocks", "c", 1),
        Score("shocks", "c", 2),
    )  # fmt: skip


def test_sensitivities_are_the_slopes_in_errors() -> None:
    bent = problem(lambda a, b: [a * b, 3.0 * a], 2, [0.0, 0.0], [0.5, 2.0])
    found = sensitivities(bent, unknowns(bent), np.array([2.0, 5.0]), ALWAYS)
    np.testing.assert_allclose(found, [[10.0, 4.0], [1.5, 0.0]], atol=1e-9)


def test_the_centre_is_the_most_likely_point() -> None:
    """Of exp(u) = 2 ± 0.5: where u = (2 − e^u) e^u / 0.25."""
    bent = problem(lambda a: [np.exp(a)], 1, [2.0], [0.5])
    ((u,), _) = centre_of(bent, unknowns(bent), ALWAYS)
    assert u == pytest.approx((2.0 - np.exp(u)) * np.exp(u) / 0.25, abs=0.05)


def test_the_same_seed_gives_the_same_posterior(exact_case: Conditioned) -> None:
    again = condition(exact_case.problem, 7, as_of=2021, members=2 * BLOCK).posterior
    fewer = condition(exact_case.problem, 7, as_of=2021, members=BLOCK).posterior
    (one,), (two,), (part,) = exact_case.posterior.components, again.components, fewer.components
    np.testing.assert_array_equal(one.moves, two.moves)
    np.testing.assert_array_equal(one.moves[:, :BLOCK], part.moves)
