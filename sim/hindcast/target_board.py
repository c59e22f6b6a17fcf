"""The scoreboard of annual growth targets: probabilities that they are met, year by year and put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.hindcast.board import Made
from sim.hindcast.growth_targets import READINGS, dressed_random_walk, from_quantiles, met, probability
from sim.hindcast.record import TargetYear
from sim.hindcast.reliability import EDGES, Bin, brier, frequency
from sim.hindcast.scores import INTERVAL, resampled_years
from sim.hindcast.target_table import TargetTable
from sim.randomness import Array

VARIABLE = "gdp_growth"
BINS = ("low", "middle", "high")


def target_years(
    made: Made, names: Sequence[str], table: TargetTable, origin: int, locked: str = ""
) -> list[TargetYear]:
    """Rows of every forecaster and reading for the targets of the year after the origin.

    `table` holds the earlier years too, from whose errors the dressed random walk takes its spread. Only cases with
    an outcome and a probability of both count.
    """
    now = np.array([year == origin + 1 for year in table.years], dtype=bool)
    this = table.where(now)
    rows = []
    for reading in READINGS:
        walk = probability(dressed_random_walk(table), table, reading)[now]
        truth = met(this, reading)
        for name in names:
            chance = _chance(made[name], this, reading)
            known = ~np.isnan(chance + walk + truth)
            if known.any():
                rows.append(_year(name, reading, origin, chance[known], walk[known], truth[known], locked))
    return rows


def _chance(forecast: tuple[Sequence[str], Mapping[str, Array]], table: TargetTable, reading: str) -> Array:
    """Probability (case,) that each target is met; NaN without a forecast."""
    regions, found = forecast
    quantiles = np.full((len(table.regions), 99), np.nan)
    if VARIABLE in found:
        for place, region in enumerate(table.regions):
            if region in regions:
                quantiles[place] = found[VARIABLE][list(regions).index(region), 0]
    return probability(from_quantiles(quantiles), table, reading)


def _year(
    name: str, reading: str, origin: int, chance: Array, walk: Array, truth: Array, locked: str
) -> TargetYear:  # fmt: skip
    place = np.searchsorted(EDGES, chance, side="right")
    bins: dict[str, Any] = {}
    for index, label in enumerate(BINS):
        there = place == index
        bins[f"{label}_cases"] = int(there.sum())
        bins[f"{label}_sum"] = float(chance[there].sum())
        bins[f"{label}_met"] = int(truth[there].sum())
    return TargetYear(
        name, reading, origin, len(chance), brier(chance, truth), brier(walk, truth), **bins, locked=locked
    )


@dataclass(frozen=True, slots=True)
class TargetLine:
    """Brier score of a forecaster beside that of the dressed random walk on the same cases.

    ratio : brier / reference, below 1 where the forecaster is better; low, high : its 90 % interval from resampled
    years, NaN with one year; bins : low, middle and high probabilities against how often they came true.
    """

    forecaster: str
    reading: str
    brier: float
    reference: float
    ratio: float
    low: float
    high: float
    bins: tuple[Bin, ...]
    cases: int
    years: int


def target_lines(rows: Sequence[TargetYear]) -> list[TargetLine]:
    """The scoreboard of the rows given, in their order."""
    groups: dict[tuple[str, str], list[TargetYear]] = {}
    for row in rows:
        groups.setdefault((row.forecaster, row.reading), []).append(row)
    return [_line(group) for group in groups.values()]


def _line(rows: Sequence[TargetYear]) -> TargetLine:
    ordered = sorted(rows, key=lambda row: row.origin)
    weight = np.array([row.cases for row in ordered], dtype=np.float64)
    ours = weight * np.array([row.brier for row in ordered])
    theirs = weight * np.array([row.reference_brier for row in ordered])
    low = high = float("nan")
    if len(ordered) > 1:
        picked = resampled_years(len(ordered), 1)
        low, high = (float(x) for x in np.quantile(ours[picked].sum(axis=1) / theirs[picked].sum(axis=1), INTERVAL))
    total = weight.sum()
    bins = tuple(_bin(ordered, index) for index in range(len(BINS)))
    return TargetLine(
        ordered[0].forecaster,
        ordered[0].reading,
        float(ours.sum() / total),
        float(theirs.sum() / total),
        float(ours.sum() / theirs.sum()),
        low,
        high,
        bins,
        int(total),
        len(ordered),
    )


def _bin(rows: Sequence[TargetYear], index: int) -> Bin:
    """One third of the probabilities over all years, each case as it was."""
    happened: list[float] = []
    years: list[int] = []
    total = 0.0
    for row in rows:
        count, chance, hit = row.bin(BINS[index])
        happened += [1.0] * hit + [0.0] * (count - hit)
        years += [row.origin] * count
        total += chance
    share, error, worth = frequency(np.array(happened), np.array(years))
    bounds = (0.0, *EDGES, 1.0)
    mean = total / len(years) if years else float("nan")
    return Bin(bounds[index], bounds[index + 1], mean, share, error, len(years), worth)
