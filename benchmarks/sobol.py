"""Sobol indices with bootstrap limits: the vectorised estimators against those of SALib, on the same outputs."""

from __future__ import annotations

from importlib.util import find_spec

import numpy as np

from benchmarks.measure import Measured, in_turn
from sim.randomness import Array, generator
from sim.sensitivity.estimators import bootstrap_limits, indices

INPUTS, SAMPLES = 40, 2**13
#: SALib's own default; both sides draw as many.
RESAMPLES = 100
_WEIGHTS = 0.5 * np.arange(INPUTS)  # of Sobol's g-function: inputs matter less and less


def outputs() -> tuple[Array, Array, Array]:
    """Outputs of Sobol's g-function on two independent samples, and on the first with one input from the second.

    Shapes (1, sample), (1, sample) and (input, 1, sample).
    """
    one, two = generator(1, "benchmark.sobol", 0).random((2, INPUTS, SAMPLES))
    moved = np.empty((INPUTS, 1, SAMPLES))
    for i in range(INPUTS):
        mixed = one.copy()
        mixed[i] = two[i]
        moved[i, 0] = _g_function(mixed)
    return _g_function(one)[None], _g_function(two)[None], moved


def _g_function(x: Array) -> Array:
    found: Array = np.prod((np.abs(4.0 * x - 2.0) + _WEIGHTS[:, None]) / (1.0 + _WEIGHTS[:, None]), axis=0)
    return found


def against_salib(repeats: int) -> tuple[Measured, Measured, Measured] | None:
    """Time of SALib, of the estimators here, and their ratio; None where SALib is not installed."""
    if find_spec("SALib") is None:
        return None
    from SALib.analyze.sobol import analyze

    a, b, ab = outputs()
    problem = {"num_vars": INPUTS, "names": [f"x{i}" for i in range(INPUTS)], "bounds": [[0.0, 1.0]] * INPUTS}
    flat = np.concatenate([a[0][:, None], ab[:, 0].T, b[0][:, None]], axis=1).ravel()
    np.random.seed(1)  # noqa: NPY002 - SALib draws its resamples from it

    def theirs() -> Array:
        return np.asarray(analyze(problem, flat, calc_second_order=False, num_resamples=RESAMPLES)["S1"])

    def ours() -> Array:
        bootstrap_limits(a, b, ab, RESAMPLES, seed=1)
        return indices(a, b, ab)[0][0]

    np.testing.assert_allclose(ours(), theirs(), atol=0.05)  # the same question, or the ratio says nothing
    return in_turn(theirs, ours, repeats)
