"""First and total Sobol indices from pick-and-freeze samples, with a bootstrap that is one matrix product.

First order as in Saltelli et al. (2010), Computer Physics Communications 181, 259-270, table 2 (b); total as in
Jansen (1999), there table 2 (f); both with outputs about their mean (Sobol' and Levitan 1999). The same numbers as
`scipy.stats.sobol_indices`.

Every estimate is a ratio of means over samples. A resample only weighs the samples, so that all resamples of all
inputs are the product of a matrix of counts with a matrix of per-sample products.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sim.randomness import Array, generator

#: Steps to a unit of the products that resamples sum: sums of whole steps are exact, whatever order threads add in.
STEPS = 2.0**20
#: Counts of resamples held at once: 64 MB.
MOST_COUNTS = 8_000_000
#: 95 % of the bootstrap distribution.
TAILS = (2.5, 97.5)


@dataclass(frozen=True, slots=True)
class Limits:
    """Percentile limits of the bootstrap, first axis low and high.

    first, total : (2, output, input); added : (2, output), of the sum of first indices.
    """

    first: Array
    total: Array
    added: Array


def indices(a: Array, b: Array, ab: Array) -> tuple[Array, Array]:
    """First and total indices, each (output, input).

    a, b : (output, sample) of two independent samples; ab : (input, output, sample) of the first with one input from
    the second. An output that does not vary has indices of NaN.
    """
    made = [_ratios(_products(a[i], b[i], ab[:, i]).mean(axis=0)[None]) for i in range(len(a))]
    return np.stack([first[0] for first, _ in made]), np.stack([total[0] for _, total in made])


def bootstrap_limits(a: Array, b: Array, ab: Array, resamples: int, seed: int, name: str = "sobol") -> Limits:
    """95 % limits of the indices of `indices` from resamples of the samples, all outputs on the same resamples."""
    drawn: list[list[tuple[Array, Array]]] = [[] for _ in a]
    for counts in _counts(a.shape[1], resamples, seed, name):
        for i, found in enumerate(drawn):
            products = np.rint(_products(a[i], b[i], ab[:, i]) * STEPS) / STEPS
            found.append(_ratios(counts @ products / a.shape[1]))
    first = np.stack([np.concatenate([f for f, _ in found]) for found in drawn], axis=1)
    total = np.stack([np.concatenate([t for _, t in found]) for found in drawn], axis=1)
    return Limits(_limits(first), _limits(total), _limits(first.sum(axis=2)))


def _limits(drawn: Array) -> Array:
    found: Array = np.percentile(drawn, TAILS, axis=0)
    return found


def _products(a: Array, b: Array, ab: Array) -> Array:
    """What the estimates are means of, (sample, 2 + 2 inputs), of one output in units of its own spread."""
    both = np.stack([a, b])
    middle, spread = both.mean(), both.std()
    with np.errstate(divide="ignore", invalid="ignore"):  # what does not vary becomes NaN
        one, two = (a - middle) / spread, (b - middle) / spread
        moved = (ab - a) / spread
    pooled = np.stack([(one + two) / 2.0, (one * one + two * two) / 2.0], axis=1)
    return np.concatenate([pooled, (two * moved).T, (moved * moved).T], axis=1)


def _ratios(means: Array) -> tuple[Array, Array]:
    """First and total indices, each (resample, input), of means of products, (resample, 2 + 2 inputs)."""
    inputs = (means.shape[1] - 2) // 2
    variance = (means[:, 1] - means[:, 0] ** 2)[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        return means[:, 2 : 2 + inputs] / variance, 0.5 * means[:, 2 + inputs :] / variance


def _counts(samples: int, resamples: int, seed: int, name: str) -> Iterator[Array]:
    """How often each resample takes each sample, (some resamples, sample), until there are all resamples."""
    random = generator(seed, f"{name}.bootstrap", 0)
    at_once = max(1, MOST_COUNTS // samples)
    for start in range(0, resamples, at_once):
        rows = min(at_once, resamples - start)
        picked = random.integers(0, samples, (rows, samples)) + np.arange(rows)[:, None] * samples
        yield np.bincount(picked.ravel(), minlength=rows * samples).reshape(rows, samples).astype(np.float64)
