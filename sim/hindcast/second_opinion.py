"""The second opinion: how often targets that far above last growth were met, whatever the model says.

Shown beside the model's probability, never mixed into it.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.errors import SimError
from sim.hindcast.reliability import frequency
from sim.hindcast.target_table import TargetTable
from sim.randomness import Array

#: Bounds of the distance target - growth of the year before, percentage points
BOUNDS = (-np.inf, -3.0, -2.0, -1.0, 0.0, 1.0, np.inf)


@dataclass(frozen=True, slots=True)
class ShareMet:
    """How often targets at one distance from last growth were met.

    low <= target - last growth < high, `distance` its mean over the cases, percentage points; `seen` the share met
    in these cases, `share` the same made to fall with the distance; standard_error of the share with years as
    blocks; `cases`, and how many independent years they are worth.
    """

    low: float
    high: float
    distance: float
    seen: float
    share: float
    standard_error: float
    cases: int
    effective_years: float


def targets_met(table: TargetTable, cut_off: int) -> tuple[ShareMet, ...]:
    """Share of targets met by distance from last growth, from outcomes up to the year `cut_off`.

    Distances without a case are left out. The shares are the isotonic regression of those seen (pool adjacent
    violators, weighted by cases): a target farther off is not met more often but by chance. The standard error is
    that over years as blocks, at least that of as many independent cases as there are effective years k, with the
    share taken as (k x seen + 1/2) / (k + 1): that all of few targets were met does not make it certain. Raises
    SimError when no outcome is known at `cut_off`.
    """
    known = table.up_to(cut_off)
    known = known.where(~np.isnan(known.outcome))
    if not known.years:
        raise SimError(f"no growth target with an outcome up to {cut_off}")
    distance = np.round(known.target - known.baseline, 9)
    happened = (known.outcome >= known.target).astype(float)
    found = []
    for low, high in itertools.pairwise(BOUNDS):
        there = (distance >= low) & (distance < high)
        if there.any():
            seen, error, worth = frequency(happened[there], np.array(known.years)[there])
            found.append(((low, high, float(distance[there].mean()), seen), error, int(there.sum()), worth))
    shares = falling([part[0][3] for part in found], [part[2] for part in found])
    return tuple(
        ShareMet(*place, float(share), _at_least(error, place[3], worth), count, worth)
        for (place, error, count, worth), share in zip(found, shares, strict=True)
    )


def _at_least(error: float, share: float, years: float) -> float:
    """The standard error, no smaller than that of `years` independent cases."""
    cautious = (years * share + 0.5) / (years + 1.0)
    return float(np.fmax(error, np.sqrt(cautious * (1.0 - cautious) / years)))


def falling(shares: Sequence[float], weights: Sequence[float]) -> Array:
    """The closest sequence to `shares` that never rises, least squares with these weights."""
    blocks: list[tuple[float, float, int]] = []  # mean, weight, length
    for share, weight in zip(shares, weights, strict=True):
        blocks.append((share, weight, 1))
        while len(blocks) > 1 and blocks[-1][0] > blocks[-2][0]:
            (later, heavy, long), (earlier, light, short) = blocks.pop(), blocks.pop()
            mean = (later * heavy + earlier * light) / (heavy + light)
            blocks.append((mean, heavy + light, long + short))
    return np.concatenate([np.full(length, mean) for mean, _, length in blocks])


def share_at(table: Sequence[ShareMet], distance: float) -> ShareMet:
    """The line of the table for a target `distance` points above last growth: the nearest where none holds it."""
    return min(table, key=lambda line: (max(line.low - distance, distance - line.high, 0.0), -line.low))
