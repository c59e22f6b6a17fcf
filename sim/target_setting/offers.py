"""The four values of one quantity with their errors and ranges: what a plan may choose from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.randomness import Array
from sim.target_setting.chances import Chance, Event, Judge
from sim.target_setting.periods import Period
from sim.target_setting.reach import PROBABILITIES, meets, reached, reached_error

#: Probabilities at which the range is looked up, to find the value that keeps its probability at the range's low end.
LEVELS = (0.30, 0.40, 0.50, 0.60, 0.70, 0.80, 0.90, 0.95, 0.975, 0.99, 0.995)


@dataclass(frozen=True, slots=True)
class Offer:
    """Values of a period, in the unit of its indicator, in the order of `PROBABILITIES`.

    errors : standard errors of the values; chances : probability of reaching each, with its range; cautious : the
    values that still have these probabilities at the low end of the range, None where no draw reaches that far out;
    low, high : 80 % interval of the draws; random : whether draws differ at all.
    """

    period: Period
    values: tuple[float, ...]
    errors: tuple[float, ...]
    chances: tuple[Chance, ...]
    cautious: tuple[float | None, ...]
    low: float
    high: float
    random: bool


def offers(judge: Judge, quantities: Sequence[tuple[Period, Array, bool]]) -> list[Offer]:
    """Offers of several quantities: (period, its value in every draw, whether less is better)."""
    events: list[Event] = []
    for period, values, less in quantities:
        random = bool(values.min() < values.max())
        events += [
            Event(meets(values, reached(values, level, less), less), period.indicator, period.year, random)
            for level in LEVELS
        ]
    chances = judge.chances(events)
    return [
        _offer(judge, quantity, chances[i * len(LEVELS) : (i + 1) * len(LEVELS)])
        for i, quantity in enumerate(quantities)
    ]


def _offer(judge: Judge, quantity: tuple[Period, Array, bool], chances: Sequence[Chance]) -> Offer:
    period, values, less = quantity
    independent = judge.bench.independent
    low, high = np.quantile(values, (0.1, 0.9))
    random = bool(values.min() < values.max())
    return Offer(
        period=period,
        values=tuple(reached(values, p, less) for p in PROBABILITIES),
        errors=tuple(reached_error(values, p if less else 1.0 - p, independent) for p in PROBABILITIES),
        chances=tuple(chances[LEVELS.index(p)] for p in PROBABILITIES),
        cautious=tuple(_cautious(p, values, less, chances) if random else None for p in PROBABILITIES),
        low=float(low),
        high=float(high),
        random=random,
    )


def _cautious(probability: float, values: Array, less: bool, chances: Sequence[Chance]) -> float | None:
    """The value whose probability is still so high at the low end of its range: between the levels looked up."""
    ends = [chance.low for chance in chances]
    known = [(low, level) for low, level in zip(ends, LEVELS, strict=True) if low is not None]
    lows = np.maximum.accumulate([low for low, _ in known])  # falls nowhere, but for chance
    if len(lows) < len(LEVELS) or not lows[0] <= probability <= lows[-1]:
        return None
    level = _between(probability, lows, np.asarray([level for _, level in known]))
    return reached(values, level, less)


def _between(wanted: float, lows: Array, levels: Array) -> float:
    """The level whose low end is the wanted probability, linear on the probit scale."""
    from scipy.special import ndtr, ndtri  # slow to import

    return float(ndtr(np.interp(ndtri(wanted), ndtri(lows), ndtri(levels))))
