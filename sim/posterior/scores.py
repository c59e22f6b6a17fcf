"""Normal scores: every continuous unknown of a run as one standard normal, named by its stream and row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from sim.randomness import Array, Draws

#: A stream as draws know it: source of uncertainty and name.
StreamKey: TypeAlias = tuple[str, str]
#: Rows of a stream that are given, and their values, (row, draw).
Given: TypeAlias = tuple[NDArray[np.intp], Array]


@dataclass(frozen=True, slots=True, order=True)
class Score:
    """One entry of the vector of unknowns: row `row` of a stream (0 for parameters, the year for shocks)."""

    source: str
    stream: str
    row: int

    @property
    def key(self) -> StreamKey:
        """The stream."""
        return (self.source, self.stream)


@dataclass(frozen=True, slots=True)
class Restriction:
    """What the facts, or a hypothesis, say of one discrete draw: its uniform lies in [low, high)."""

    source: str
    stream: str
    row: int
    low: float
    high: float


def rows_by_stream(scores: Sequence[Score]) -> dict[StreamKey, tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """For each stream its rows, and where these stand in the vector."""
    found: dict[StreamKey, list[tuple[int, int]]] = {}
    for place, score in enumerate(scores):
        found.setdefault(score.key, []).append((score.row, place))
    return {key: (np.array([r for r, _ in pairs]), np.array([p for _, p in pairs])) for key, pairs in found.items()}


def filled(drawn: Array, given: Given | None) -> Array:
    """`drawn`, (rows, draw), with the given rows in their places; rows beyond those drawn are left out."""
    if given is not None:
        rows, values = given
        known = rows < len(drawn)
        drawn[rows[known]] = values[known]
    return drawn


def restricted(drawn: Array, stream: StreamKey, restrictions: Sequence[Restriction]) -> Array:
    """Uniforms, (rows, draw), moved into the intervals that restrictions leave."""
    for one in restrictions:
        if (one.source, one.stream) == stream and one.row < len(drawn):
            drawn[one.row] = one.low + (one.high - one.low) * drawn[one.row]
    return drawn


@dataclass(frozen=True, slots=True)
class GivenDraws(Draws):
    """Draws with a vector of scores given, (score, draw); normals that are not in it are zero, the centre.

    Uniforms are random as ever, but for the restrictions.
    """

    given: Mapping[StreamKey, Given] = field(default_factory=dict)
    restrictions: tuple[Restriction, ...] = ()

    def normal(self, source: str, name: str, rows: int = 1) -> Array:
        """Standard normals, shape (rows, draw)."""
        return filled(np.zeros((rows, self.size)), self.given.get((source, name)))

    def normals(self, source: str, names: Sequence[str], rows: int) -> Array:
        """Standard normals of several streams, shape (rows, name, draw)."""
        made = [self.normal(source, name, rows) for name in names]
        return np.stack(made, axis=1) if made else np.zeros((rows, 0, self.size))

    def uniform(self, source: str, name: str, rows: int = 1) -> Array:
        """Uniforms on [0, 1), shape (rows, draw)."""
        drawn = Draws.uniform(self, source, name, rows)
        return restricted(drawn, (source, name), self.restrictions)


def given_draws(
    scores: Sequence[Score], values: Array, sources: frozenset[str], restrictions: Sequence[Restriction] = ()
) -> GivenDraws:
    """Draws in which the scores have these values, (score, draw)."""
    given = {key: (rows, values[places]) for key, (rows, places) in rows_by_stream(scores).items()}
    return GivenDraws(0, 0, sources, values.shape[1], given, tuple(restrictions))
