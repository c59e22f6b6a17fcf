"""Importance weights: how many draws they are worth, and how heavy their tail is."""

from __future__ import annotations

import numpy as np

from sim.randomness import Array


def normalised(log_weights: Array) -> Array:
    """Weights that sum to one along the last axis."""
    raw = np.exp(log_weights - log_weights.max(axis=-1, keepdims=True))
    return np.asarray(raw / raw.sum(axis=-1, keepdims=True))


def effective_share(log_weights: Array) -> Array:
    """Effective sample size as a share of the draws, along the last axis (Kong 1992)."""
    return np.asarray(1.0 / np.square(normalised(log_weights)).sum(axis=-1) / log_weights.shape[-1])


def log_mean(log_weights: Array) -> float:
    """Logarithm of the mean weight."""
    top = float(log_weights.max())
    return top + float(np.log(np.exp(log_weights - top).mean()))


def pareto_k(log_weights: Array) -> float:
    """Shape of the tail of the weights, (draw,): below 0.7 their mean can be trusted (Vehtari et al. 2024, JMLR 25)."""
    weights = np.sort(normalised(log_weights))
    count = int(min(len(weights) / 5, 3.0 * np.sqrt(len(weights))))
    return pareto_shape(weights[-count:] - weights[-count - 1])


def pareto_shape(excess: Array) -> float:
    """Shape k of a generalised Pareto distribution fitted to rising excesses over a threshold.

    Source: Zhang and Stephens (2009), Technometrics 51, with the weak prior of Vehtari et al. (2024).
    """
    count = len(excess)
    if count < 5 or not excess[-1] > 0.0:
        return 0.0
    points = 30 + int(np.sqrt(count))
    quarter = excess[max(int(count / 4 + 0.5) - 1, 0)]
    if not quarter > 0.0:
        quarter = excess[excess > 0.0][0]
    rates = (1.0 - np.sqrt(points / (np.arange(1, points + 1) - 0.5))) / (3.0 * quarter) + 1.0 / excess[-1]
    shapes = np.log1p(-rates[:, None] * excess).mean(axis=1)
    profile = count * (np.log(-rates / shapes) - shapes - 1.0)
    weights = 1.0 / np.exp(np.minimum(profile[None, :] - profile[:, None], 700.0)).sum(axis=1)
    rate = float((rates * weights).sum() / weights.sum())
    shape = float(np.log1p(-rate * excess).mean())
    return (count * shape + 5.0) / (count + 10.0)
