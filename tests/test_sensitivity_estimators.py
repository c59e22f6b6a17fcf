"""Sobol indices: published analytic values, scipy's and SALib's numbers, and limits that hold what they promise."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from scipy.stats import qmc, sobol_indices

from sim.randomness import Array
from sim.sensitivity import estimators
from sim.sensitivity.estimators import bootstrap_limits, indices

# Saltelli et al. (2000), Sensitivity Analysis, and Ishigami and Homma (1990), with a = 7 and b = 0.1.
ISHIGAMI_FIRST, ISHIGAMI_TOTAL = (0.3139, 0.4424, 0.0), (0.5576, 0.4424, 0.2437)
G_COEFFICIENTS = np.array([0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0])


def ishigami(x: Array) -> Array:
    value: Array = np.sin(x[0]) + 7.0 * np.sin(x[1]) ** 2 + 0.1 * x[2] ** 4 * np.sin(x[0])
    return value


def g_function(x: Array) -> Array:
    a = G_COEFFICIENTS[:, None]
    value: Array = ((np.abs(4.0 * x - 2.0) + a) / (1.0 + a)).prod(axis=0)
    return value


def g_indices() -> tuple[Array, Array]:
    """Sobol' (1993): the variance of each factor is 1 / (3 (1 + a)²); the factors multiply."""
    own = 1.0 / (3.0 * (1.0 + G_COEFFICIENTS) ** 2)
    whole = np.prod(1.0 + own) - 1.0
    return own / whole, own * np.prod(1.0 + own) / (1.0 + own) / whole


def samples(
    function: Callable[[Array], Array], inputs: int, size: int, seed: int, low: float, high: float
) -> tuple[Array, Array, Array]:
    """Outputs on a Sobol sequence of both samples and on the first with each input from the second."""
    points = qmc.Sobol(2 * inputs, rng=np.random.default_rng(seed)).random(size).T
    a, b = low + (high - low) * points[:inputs], low + (high - low) * points[inputs:]
    mixed = []
    for i in range(inputs):
        one = a.copy()
        one[i] = b[i]
        mixed.append(function(one)[None])
    return function(a)[None], function(b)[None], np.stack(mixed)


def test_the_ishigami_function_has_its_published_indices() -> None:
    first, total = indices(*samples(ishigami, 3, 2**14, 1, -np.pi, np.pi))
    assert first[0] == pytest.approx(ISHIGAMI_FIRST, abs=0.01)
    assert total[0] == pytest.approx(ISHIGAMI_TOTAL, abs=0.01)


def test_the_g_function_has_its_analytic_indices_within_the_limits() -> None:
    made = samples(g_function, 8, 2**13, 2, 0.0, 1.0)
    (first, total), limits = indices(*made), bootstrap_limits(*made, 400, 1)
    for found, known, both in zip((first, total), g_indices(), (limits.first, limits.total), strict=True):
        assert found[0] == pytest.approx(known, abs=0.02)
        assert ((both[0, 0] <= known) & (known <= both[1, 0])).all()
    assert limits.added[0, 0] <= g_indices()[0].sum() <= limits.added[1, 0]


def test_indices_and_limits_are_those_of_scipy() -> None:
    a, b, ab = samples(ishigami, 3, 1024, 3, -np.pi, np.pi)
    first, total = indices(a, b, ab)
    theirs = sobol_indices(func={"f_A": a.copy(), "f_B": b.copy(), "f_AB": ab.copy()}, n=1024)
    assert first[0] == pytest.approx(theirs.first_order, abs=1e-12)
    assert total[0] == pytest.approx(theirs.total_order, abs=1e-12)
    limits, drawn = bootstrap_limits(a, b, ab, resamples=499, seed=1), theirs.bootstrap(n_resamples=499)
    width = limits.first[1, 0] - limits.first[0, 0]
    # Theirs are corrected for bias (BCa) and of other resamples: the same to a tenth of their width or so.
    assert np.abs(limits.first[0, 0] - drawn.first_order.confidence_interval.low).max() < 0.15 * width.max()
    assert np.abs(limits.first[1, 0] - drawn.first_order.confidence_interval.high).max() < 0.15 * width.max()


def test_salib_gives_the_same_indices() -> None:
    sobol = pytest.importorskip("SALib.analyze.sobol", reason="SALib is no dependency: a check for developers")
    a, b, ab = samples(ishigami, 3, 2048, 4, -np.pi, np.pi)
    order = np.concatenate([a, *ab, b]).T.ravel()
    problem = {"num_vars": 3, "names": ["x", "y", "z"], "bounds": [[-np.pi, np.pi]] * 3}
    theirs = sobol.analyze(problem, order, calc_second_order=False, num_resamples=50, seed=1)
    first, total = indices(a, b, ab)
    # They centre by the mean of all outputs, mixed ones too, and this by that of the two samples.
    assert first[0] == pytest.approx(theirs["S1"], abs=2e-3)
    assert total[0] == pytest.approx(theirs["ST"], abs=1e-9)


def additive(size: int, outputs: int) -> tuple[Array, Array, Array]:
    """3 u + 2 v + 0 w of independent normals: shares 9/13, 4/13 and 0; every output a sample of its own."""
    random = np.random.default_rng(5)
    a, b = random.standard_normal((2, 3, outputs, size))
    weights = np.array([3.0, 2.0, 0.0])[:, None, None]
    value = (weights * a).sum(axis=0)
    return value, (weights * b).sum(axis=0), value + weights * (b - a)


def test_limits_hold_the_true_index_about_as_often_as_they_say() -> None:
    a, b, ab = additive(600, 300)
    limits = bootstrap_limits(a, b, ab, resamples=300, seed=2)
    for share, first, total in zip((9 / 13, 4 / 13), limits.first.T, limits.total.T, strict=False):
        for low, high in (first.T, total.T):
            held = ((low <= share) & (share <= high)).mean()
            assert 0.90 <= held <= 0.99  # 95 % ± three standard errors of 300 samples, and small samples' bias


def test_an_input_that_does_nothing_has_an_index_of_exactly_nothing() -> None:
    a, b, ab = additive(200, 1)
    (first, total), limits = indices(a, b, ab), bootstrap_limits(a, b, ab, resamples=50, seed=1)
    assert first[0, 2] == total[0, 2] == 0.0
    assert not limits.first[:, 0, 2].any()
    assert not limits.total[:, 0, 2].any()


def test_an_output_that_does_not_vary_has_no_index() -> None:
    a, b, ab = additive(50, 2)
    a[1] = b[1] = ab[:, 1] = 4.0
    first, total = indices(a, b, ab)
    assert np.isnan(first[1]).all()
    assert np.isnan(total[1]).all()
    assert np.isfinite(first[0]).all()


def test_limits_depend_neither_on_how_many_resamples_are_held_nor_on_other_outputs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    a, b, ab = additive(101, 3)
    whole = bootstrap_limits(a, b, ab, resamples=40, seed=7)
    monkeypatch.setattr(estimators, "MOST_COUNTS", 7 * 101)
    parts = bootstrap_limits(a, b, ab, resamples=40, seed=7)
    alone = bootstrap_limits(a[1:2], b[1:2], ab[:, 1:2], resamples=40, seed=7)
    assert (whole.first == parts.first).all()
    assert (whole.total == parts.total).all()
    assert (whole.first[:, 1] == alone.first[:, 0]).all()
    assert (whole.added[:, 1] == alone.added[:, 0]).all()
    assert (whole.first != bootstrap_limits(a, b, ab, resamples=40, seed=8).first).any()
