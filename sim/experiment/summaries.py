"""Summaries of draws: exact quantiles for a run of ordinary size, streaming histograms for a large one.

Both take blocks in order and give the same bytes for any chunk size and number of workers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.randomness import Array

LEVELS = (0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95)
#: From these a reader of a stored result can ask for the probability of any other target value.
FINE_LEVELS = tuple(sorted({*(k / 40 for k in range(2, 39)), *(k / 100 for k in (1, 2, 3, 4, 96, 97, 98, 99))}))
#: Up to this many draws all values are kept and quantiles are exact; beyond, they come from histograms.
EXACT_LIMIT = 40_960
BINS = 4096
#: Half-width of the histogram in robust standard deviations of the first block.
REACH = 12.0
#: Rows of an exact summary that are sorted at a time.
SORTED_TOGETHER = 16


@dataclass(slots=True)
class ExactSummary:
    """Keeps every value: (row, draw)."""

    rows: int
    draws: int
    values: Array = field(init=False)

    def __post_init__(self) -> None:
        """Allocate the store."""
        self.values = np.empty((self.rows, self.draws))

    def add(self, first: int, *parts: Array) -> None:
        """Take draws `first`.. of one block: one or more parts one below the other, (row, draw) each."""
        row = 0
        for part in parts:
            self.values[row : row + len(part), first : first + part.shape[1]] = part
            row += len(part)

    def quantiles(self, levels: tuple[float, ...] = LEVELS) -> Array:
        """(level, row), linear between order statistics, as numpy's default."""
        position: Array = np.asarray(levels) * (self.draws - 1)
        low = np.floor(position).astype(int)
        high = np.minimum(low + 1, self.draws - 1)
        weight = (position - low)[:, None]
        below, above = np.empty((len(levels), self.rows)), np.empty((len(levels), self.rows))
        # A few rows at a time: sorting all at once would hold every value twice.
        for first in range(0, self.rows, SORTED_TOGETHER):
            rows = slice(first, first + SORTED_TOGETHER)
            ordered = np.sort(self.values[rows], axis=1)
            below[:, rows], above[:, rows] = ordered[:, low].T, ordered[:, high].T
        # A row with a value that is not a number has no quantiles; sorted, such values come last.
        bad = ~np.asarray(np.isfinite(self.values).all(axis=1))
        below[:, bad] = above[:, bad] = np.nan
        # As numpy does it: interpolate from the nearer end, so that equal neighbours give exactly themselves.
        step = above - below
        found: Array = np.where(weight < 0.5, below + step * weight, above - step * (1.0 - weight))
        return found

    def mean(self) -> Array:
        """(row,)."""
        mean: Array = self.values.mean(axis=1)
        return mean


def histogram_frame(values: Array) -> tuple[Array, Array]:
    """Lower end and bins per unit of each row's histogram, from the first block: (row,) each.

    The frame reaches REACH robust standard deviations from the median, and over all values of the first
    block where these are few and far apart, as lengths of metro lines are.
    """
    finite = np.asarray(np.isfinite(values).all(axis=1))
    known = np.where(finite[:, None], values, 0.0)
    low, middle, high = np.quantile(known, (0.05, 0.5, 0.95), axis=1)
    whole = known.max(axis=1) - known.min(axis=1)
    spread = np.maximum((high - low) / 3.29, whole / (2.0 * REACH - 2.0))
    spread = np.maximum(spread, np.maximum(np.abs(middle), 1.0) * 1e-12)
    # Around the median where the values allow it, else moved until all of them lie inside, a spread from the ends.
    highest, lowest = known.min(axis=1) - spread, known.max(axis=1) + spread - 2.0 * REACH * spread
    start = np.maximum(np.minimum(middle - REACH * spread, highest), lowest)
    return start, BINS / (2.0 * REACH * spread)


@dataclass(frozen=True, slots=True)
class BlockCounts:
    """Histogram of one block, and what else can be added up in order."""

    counts: NDArray[np.unsignedinteger[Any]]  # (row, bin)
    total: Array  # (row,)
    low: Array
    high: Array
    finite: Array  # (row,) 1 where all values are finite


def count_block(values: Array, start: Array, per_unit: Array) -> BlockCounts:
    """Histogram the draws of one block, (row, draw)."""
    low, high = values.min(axis=1), values.max(axis=1)
    # A row with a value that is not a number has such extremes, one with an infinite value infinite ones.
    finite = np.isfinite(low) & np.isfinite(high)
    # Small counts travel from a worker four times as fast.
    counts = np.zeros((len(values), BINS), dtype=np.min_scalar_type(values.shape[1]))
    # Row by row, so that what is between values and counts stays in the cache.
    for row in range(len(values)):
        if not finite[row]:
            counts[row, 0] = values.shape[1]
            continue
        place = (values[row] - start[row]) * per_unit[row]
        np.maximum(place, 0.0, out=place)
        np.minimum(place, BINS - 1.0, out=place)
        counts[row] = np.bincount(place.astype(np.intp), minlength=BINS)
    return BlockCounts(counts, values.sum(axis=1), low, high, finite.astype(float))


def joined_counts(*parts: BlockCounts) -> BlockCounts:
    """Histograms of several parts of one block, one below the other."""
    return BlockCounts(
        np.concatenate([p.counts for p in parts]),
        np.concatenate([p.total for p in parts]),
        np.concatenate([p.low for p in parts]),
        np.concatenate([p.high for p in parts]),
        np.concatenate([p.finite for p in parts]),
    )


@dataclass(slots=True)
class StreamingSummary:
    """Histograms with a frame set by the first block; memory does not grow with the draws."""

    start: Array
    per_unit: Array
    draws: int = 0
    counts: NDArray[np.int32] = field(init=False)
    total: Array = field(init=False)
    low: Array = field(init=False)
    high: Array = field(init=False)
    finite: Array = field(init=False)

    def __post_init__(self) -> None:
        """Allocate the store."""
        rows = len(self.start)
        self.counts = np.zeros((rows, BINS), dtype=np.int32)  # at most ten million draws
        self.total = np.zeros(rows)
        self.low, self.high = np.full(rows, np.inf), np.full(rows, -np.inf)
        self.finite = np.ones(rows)

    def add_counts(self, block: BlockCounts, draws: int) -> None:
        """Take the histogram of the next block."""
        self.counts += block.counts
        self.total += block.total
        self.low, self.high = np.fmin(self.low, block.low), np.fmax(self.high, block.high)
        self.finite *= block.finite
        self.draws += draws

    def quantiles(self, levels: tuple[float, ...] = LEVELS) -> Array:
        """(level, row), linear inside a bin, never outside the values seen."""
        cumulative = np.cumsum(self.counts, axis=1)
        out = np.empty((len(levels), len(self.start)))
        for i, level in enumerate(levels):
            wanted = level * self.draws
            place = np.minimum((cumulative < wanted).sum(axis=1), BINS - 1)
            rows = np.arange(len(place))
            inside = self.counts[rows, place]
            before = cumulative[rows, place] - inside
            part = np.where(inside > 0, (wanted - before) / np.maximum(inside, 1), 0.0)
            out[i] = self.start + (place + part) / self.per_unit
        return np.where(self.finite > 0.0, np.clip(out, self.low, self.high), np.nan)

    def mean(self) -> Array:
        """(row,)."""
        return np.where(self.finite > 0.0, self.total / self.draws, np.nan)
