"""The record behind the second opinion: how often targets that far above last growth were met.

`sim.second_opinion` reads what is written here and shows it beside the model's probability.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from sim.errors import SimError
from sim.hindcast.reliability import frequency
from sim.hindcast.target_table import TargetTable, read_targets
from sim.randomness import Array
from sim.second_opinion.table import MetTable, ShareMet, met_csv

#: Cut-offs of the committed record: the years that forecasts were tuned on, and all that there are.
CUT_OFFS = (2009, 2014)
#: Bounds of the distance target - growth of the year before, percentage points
BOUNDS = (-np.inf, -3.0, -2.0, -1.0, 0.0, 1.0, np.inf)


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


def met_table(table: TargetTable, cut_off: int) -> MetTable:
    """`targets_met` with what it rests on: regions and years of the outcomes known at `cut_off`."""
    known = table.up_to(cut_off)
    known = known.where(~np.isnan(known.outcome))
    lines = targets_met(table, cut_off)
    return MetTable(cut_off, len(set(known.regions)), min(known.years), max(known.years), lines)


def write_met(targets_path: str | Path, out_path: str | Path, cut_offs: Iterable[int] = CUT_OFFS) -> None:
    """Write the record at these cut-offs from a file of targets; raises InputError as `read_targets` does."""
    table = read_targets(targets_path)
    Path(out_path).write_bytes(met_csv(met_table(table, cut_off) for cut_off in cut_offs))
