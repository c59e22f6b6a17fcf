"""Draws that note which streams a simulation asks for, and draws that push one stream at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from sim.randomness import SOURCES, Array, Draws


@dataclass(frozen=True, slots=True, order=True)
class Stream:
    """A named stream of random numbers: its source of uncertainty, name, and whether it is uniform or normal."""

    source: str
    name: str
    uniform: bool = False

    def values(self, draws: Draws, rows: int) -> Array:
        """Its numbers, (rows, draw)."""
        return (draws.uniform if self.uniform else draws.normal)(self.source, self.name, rows)


@dataclass(frozen=True, slots=True)
class RecordingDraws(Draws):
    """Draws that note every stream asked for in `seen`, with the most rows asked for."""

    seen: dict[Stream, int] = field(default_factory=dict)

    def normal(self, source: str, name: str, rows: int = 1) -> Array:
        """Standard normals, shape (rows, draw)."""
        self._note(Stream(source, name), rows)
        return Draws.normal(self, source, name, rows)

    def normals(self, source: str, names: Sequence[str], rows: int) -> Array:
        """Standard normals of several streams, shape (rows, name, draw)."""
        for name in names:
            self._note(Stream(source, name), rows)
        return Draws.normals(self, source, names, rows)

    def uniform(self, source: str, name: str, rows: int = 1) -> Array:
        """Uniforms on [0, 1), shape (rows, draw)."""
        self._note(Stream(source, name, True), rows)
        return Draws.uniform(self, source, name, rows)

    def _note(self, stream: Stream, rows: int) -> None:
        self.seen[stream] = max(rows, self.seen.get(stream, 0))


#: How far a normal is pushed, in standard deviations, and the paths on which every stream is pushed.
PUSH, PATHS = 2.0, 8
#: Uniforms of the paths: in steps so small that pushing a probability crosses one, so that what strikes rarely shows;
#: the last is 0, where everything strikes that can.
LEVELS = np.array([0.5**k for k in range(1, PATHS)] + [0.0])


@dataclass(frozen=True, slots=True)
class PushedDraws(Draws):
    """A few random paths, and for each stream in `position` the same paths with that stream alone pushed.

    Draw PATHS * i + k is path k with the stream in position i pushed; position 0 is pushed in none.
    """

    position: Mapping[Stream, int] = field(default_factory=dict)

    def normal(self, source: str, name: str, rows: int = 1) -> Array:
        """Standard normals, shape (rows, draw); pushed towards the middle and beyond, never far into a tail."""
        few = Draws(self.seed, self.block, self.sources, PATHS).normal(source, name, rows)
        return self._pushed(Stream(source, name), few, few - np.copysign(PUSH, few))

    def normals(self, source: str, names: Sequence[str], rows: int) -> Array:
        """Standard normals of several streams, shape (rows, name, draw)."""
        made = [self.normal(source, name, rows) for name in names]
        return np.stack(made, axis=1) if made else np.zeros((rows, 0, self.size))

    def uniform(self, source: str, name: str, rows: int = 1) -> Array:
        """Every level on another path in each row, shape (rows, draw); pushed to the other end."""
        few = np.stack([np.roll(LEVELS, row) for row in range(rows)])
        return self._pushed(Stream(source, name, True), few, np.nextafter(1.0, 0.0) - few)

    def _pushed(self, stream: Stream, few: Array, pushed: Array) -> Array:
        out: Array = np.tile(few, self.size // PATHS)
        start = PATHS * self.position.get(stream, 0)
        if start:
            out[:, start : start + PATHS] = pushed
        return out


def pushed_draws(seed: int, streams: Sequence[Stream]) -> PushedDraws:
    """PATHS paths without a push, then PATHS for each of the streams."""
    position = {stream: i for i, stream in enumerate(streams, start=1)}
    return PushedDraws(seed, 0, frozenset(SOURCES), PATHS * (len(streams) + 1), position)
