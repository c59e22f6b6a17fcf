"""What conditioning refuses, resamples or steps back from: few effective draws, wrong figures, no value at all."""

from __future__ import annotations

import numpy as np
import pytest

from sim.conditioning.condition import condition
from sim.conditioning.problem import ConditioningError, Problem, predicted, unknowns
from sim.conditioning.weights import effective_share, log_mean, pareto_k, pareto_shape
from sim.posterior.posterior import conditioned
from sim.randomness import BLOCK, SOURCES, Array, Draws, generator
from tests.conditioning_cases import ALWAYS, HISTORIES, draws_of, linear, many, on_a_grid, problem


def test_draws_are_used_or_resampled_by_their_effective_share() -> None:
    used = condition(many(1), 3, as_of=2021, members=BLOCK)
    resampled = condition(many(6), 3, as_of=2021, members=BLOCK)
    assert (used.main.kind, resampled.main.kind) == ("draws", "resampled")
    assert used.main.effective >= 0.30 > resampled.main.effective >= 0.05
    mean, spread, _ = on_a_grid(np.exp, 5.0, 2.0)
    off = [np.abs(draws_of(one).mean(axis=1) - mean).max() / spread for one in (used, resampled)]
    assert off[1] < 0.5 * off[0]


def test_too_few_effective_draws_are_refused_with_the_fact_that_is_furthest() -> None:
    with pytest.raises(ConditioningError) as caught, np.errstate(under="ignore"):
        condition(many(30, 2.0, apart=[0.0, 8.0]), 3, as_of=2021, members=BLOCK)
    # Two reports of one unknown that expects 0: its mean is 8/3, and 8 is 5.3 errors away, 0 is 2.7.
    assert caught.value.facts[:2] == ("fact31", "fact30")
    assert "fact31" in str(caught.value)


@pytest.mark.parametrize("error", [0.0, -1.0, float("nan"), float("inf")])
def test_an_error_that_is_none_is_refused_with_the_name_of_its_fact(error: float) -> None:
    with pytest.raises(ConditioningError, match="fact1") as caught:
        linear(np.eye(2), [1.0, 2.0], [1.0, error])
    assert caught.value.facts == ("fact1",)


@pytest.mark.parametrize("value", [float("nan"), float("-inf")])
def test_a_report_that_is_no_number_is_refused(value: float) -> None:
    with pytest.raises(ConditioningError, match="fact0"):
        linear(np.eye(2), [value, 2.0], [1.0, 1.0])


def test_a_simulation_without_a_value_names_the_fact() -> None:
    broken = problem(lambda a: [a, np.where(a > 0.5, np.nan, a)], 1, [1.0, 1.0], [1.0, 1.0])
    with pytest.raises(ConditioningError, match="fact1") as caught:
        predicted(broken, unknowns(broken), np.array([[0.0, 1.0]]), ALWAYS)
    assert caught.value.facts == ("fact1",)


def test_no_facts_leave_the_prior() -> None:
    nothing = Problem(lambda draws: draws.normal("parameters", "a")[:0], np.zeros(0), np.zeros(0), ())
    found = condition(nothing, 3, as_of=2020)
    draws = Draws(3, 0, frozenset(SOURCES))
    assert conditioned(draws, found.posterior) is draws


def test_facts_that_say_nothing_leave_the_prior() -> None:
    nothing = problem(lambda a: [0.0 * a], 1, [1.0], [1.0])
    found = condition(nothing, 3, as_of=2021, members=BLOCK)
    np.testing.assert_array_equal(draws_of(found)[0], Draws(3, 0, frozenset(SOURCES)).normal("parameters", "u00")[0])
    # 1 ± 1 where 0 is certain: e^(−1/2) / √2π.
    assert found.main.log_evidence == pytest.approx(-0.5 - 0.5 * np.log(2.0 * np.pi))


def test_a_place_without_a_value_is_stepped_back_from() -> None:
    """A logarithm of what may be negative: the centre of some draws is no place at all."""

    def rule(a: Array, b: Array) -> list[Array]:
        with np.errstate(invalid="ignore"):
            return [np.log(6.0 + 2.0 * a + 0.4 * a * b)]

    narrow = problem(rule, 2, [0.0], [0.05])
    found = condition(narrow, 3, as_of=2021, members=BLOCK)
    drawn = draws_of(found)
    assert np.abs(rule(*drawn)[0]).max() < 0.05 * 6.0
    assert found.unsolved < 0.01


def test_a_history_that_cannot_be_met_refuses_no_other() -> None:
    """Under the second history nothing predicts anything near the facts, and draws are worth nothing."""

    def rule(draws: Draws) -> Array:
        u = draws.normals("parameters", [f"u{i}" for i in range(30)], 1)[0]
        up = draws.uniform("shocks", "strike", 2)[1] < 0.5
        return np.asarray(np.where(up, 60.0 + np.exp(np.minimum(2.0 * u, 20.0)), u))

    facts = Problem(rule, np.full(30, 0.5), np.full(30, 2.0), tuple(f"f{i}" for i in range(30)), HISTORIES)
    with np.errstate(under="ignore"):
        found = condition(facts, 3, as_of=2021, members=BLOCK)
    assert found.weights.tolist() == [1.0, 0.0]


def test_effective_share_and_tail() -> None:
    assert effective_share(np.zeros(50)) == pytest.approx(1.0)
    # Weights 1, 1, 0, 0 of four: two draws' worth.
    assert effective_share(np.array([0.0, 0.0, -300.0, -300.0])) == pytest.approx(0.5)
    assert log_mean(np.log([1.0, 3.0])) == pytest.approx(np.log(2.0))
    chance = np.sort(generator(1, "test.pareto", 0).random(4000))
    # Quantiles of generalised Pareto tails: shape k from ((1 − p)^−k − 1) / k.
    for shape in (0.3, 0.9):
        with np.errstate(over="ignore", under="ignore"):
            found = pareto_shape(((1.0 - chance) ** -shape - 1.0) / shape)
        assert found == pytest.approx(shape, abs=0.08)
    assert pareto_k(np.zeros(100)) == 0.0
