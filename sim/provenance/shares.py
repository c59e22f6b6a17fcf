"""How much of the variance of a quantity each stream explains by itself (its first-order share)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from sim.provenance.recording import Stream
from sim.randomness import Array

#: A row whose squared correlation is this many times that of pure chance is fitted together with the others.
CLEAR = 9.0
#: Uniforms stand for discrete chances: their effect is the variance between the means of bins with these upper ends,
#: narrow where rare events strike.
ENDS = np.concatenate([np.arange(1, 5) / 100.0, np.arange(1, 21) / 20.0])


@dataclass(frozen=True, slots=True)
class Share:
    """Part of a variance, not cut at zero, and its sampling variance."""

    share: float
    variance: float

    def plus(self, other: Share) -> Share:
        """Both together: streams are independent."""
        return Share(self.share + other.share, self.variance + other.variance)


def first_order(values: Array, streams: Mapping[Stream, int], fetch: Callable[[Stream], Array]) -> dict[Stream, Share]:
    """Shares of the streams in the variance of `values`, (draw,).

    `streams` gives the rows of each, `fetch` its numbers, (rows, draw). The share of a row of normals is its squared
    correlation less the level of chance, about 1/draws. The rows with a clear effect are fitted together by least
    squares first, and all others looked at in what that leaves: the same shares, without the chance of the large ones.
    A quantity that does not vary has shares of zero.
    """
    spread = values.std()
    if spread == 0.0:
        return dict.fromkeys(streams, Share(0.0, 0.0))
    quantity = (values - values.mean()) / spread
    normal = [stream for stream in streams if not stream.uniform]
    clear: list[tuple[Stream, int]] = []
    kept: list[Array] = []
    for stream in normal:
        numbers = _centred(fetch(stream))
        for row in np.flatnonzero(_correlation(numbers, quantity) ** 2 > CLEAR / len(values)):
            clear.append((stream, int(row)))
            kept.append(numbers[row].copy())
    rows = np.stack(kept) if kept else np.zeros((0, len(values)))
    slopes = np.linalg.solve(rows @ rows.T, rows @ quantity) if kept else np.zeros(0)
    left = quantity - slopes @ rows
    fitted = dict(zip(clear, slopes, strict=True))
    # Fitting takes one draw for each row.
    free = max(len(values) - len(slopes) - 1, 1) / len(values)
    out = {stream: _of_normals(stream, _centred(fetch(stream)), left, free, fitted) for stream in normal}
    return out | {stream: _of_uniforms(fetch(stream), left) for stream in streams if stream.uniform}


def _centred(numbers: Array) -> Array:
    centred: Array = numbers - numbers.mean(axis=1, keepdims=True)
    return centred


def _correlation(numbers: Array, quantity: Array) -> Array:
    """Of each row, centred, with a quantity of mean zero; in units of its standard deviation 1: (row,)."""
    norms = np.sqrt(np.einsum("ij,ij->i", numbers, numbers) * len(quantity))
    correlation: Array = numbers @ quantity / norms
    return correlation


def _of_normals(
    stream: Stream, numbers: Array, left: Array, free: float, fitted: Mapping[tuple[Stream, int], float]
) -> Share:
    slopes = _correlation(numbers, left)
    for row in range(len(slopes)):
        slopes[row] = fitted.get((stream, row), slopes[row])
    squares = np.square(numbers)
    # Squared error of each slope, right also where what is left is wider far out (White 1980, Econometrica 48).
    chance = squares @ np.square(left) / squares.sum(axis=1) / len(left) / free
    return _share(slopes**2, chance, len(left))


def _share(squares: Array, chance: Array, draws: int) -> Share:
    """Sum of squared slopes less what chance adds to each, with the variance of that sum."""
    alone = squares - chance
    # Of the slopes, of chance itself, and of the variance of the quantity that all is divided by.
    variance = 4.0 * np.maximum(alone, 0.0) * chance + 2.0 * chance**2 + 2.0 * squares**2 / draws
    return Share(float(alone.sum()), float(variance.sum()))


def _of_uniforms(numbers: Array, left: Array) -> Share:
    draws, noise = len(left), float(left @ left) / len(left)
    total = Share(0.0, 0.0)
    for row in numbers:
        which = np.searchsorted(ENDS, row, side="right")
        count = np.bincount(which, minlength=len(ENDS))
        sums = np.bincount(which, weights=left, minlength=len(ENDS))
        between = float((sums**2 / np.maximum(count, 1)).sum()) / draws
        chance = (len(ENDS) - 1) * noise / draws
        variance = 4.0 * max(between - chance, 0.0) * noise / draws + 2.0 * chance * noise / draws
        total = total.plus(Share(between - chance, variance + 2.0 * between**2 / draws))
    return total
