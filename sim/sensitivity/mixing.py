"""Draws in which one unknown is held, and draws that take some groups of streams from a second set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from sim.experiment.mixing import SECOND
from sim.experiment.shared import SharedDraws
from sim.posterior.posterior import ConditionedDraws, Posterior
from sim.posterior.scores import Given, StreamKey, filled
from sim.randomness import BLOCK, Array, Draws
from sim.sensitivity.streams import SETTLED, Grouping


@dataclass(frozen=True, slots=True)
class HeldDraws(Draws):
    """Draws of `base` with every normal of one stream, `key`, at `value`; everything else is as drawn."""

    base: Draws | None = None
    key: StreamKey = ("", "")
    value: float = 0.0

    def normal(self, source: str, name: str, rows: int = 1) -> Array:
        """Standard normals, shape (rows, draw)."""
        assert self.base is not None
        if (source, name) == self.key:
            return np.full((rows, self.size), self.value)
        return self.base.normal(source, name, rows)

    def normals(self, source: str, names: Sequence[str], rows: int) -> Array:
        """Standard normals of several streams, shape (rows, name, draw)."""
        assert self.base is not None
        drawn = self.base.normals(source, names, rows)
        for i, name in enumerate(names):
            if (source, name) == self.key:
                drawn[:, i] = self.value
        return drawn

    def uniform(self, source: str, name: str, rows: int = 1) -> Array:
        """Uniforms on [0, 1), shape (rows, draw)."""
        assert self.base is not None
        return self.base.uniform(source, name, rows)


def held_draws(base: Draws, key: StreamKey, value: float) -> HeldDraws:
    """The draws of `base` with one unknown held at a standard normal."""
    return HeldDraws(base.seed, base.block, base.sources, base.size, base, key, value)


@dataclass(frozen=True, slots=True)
class Sets:
    """Two independent sets of draws of one block; streams are kept, so that they are drawn once."""

    first: SharedDraws
    second: SharedDraws
    grouping: Grouping


def two_sets(seed: int, block: int, sources: frozenset[str], posterior: Posterior | None, grouping: Grouping) -> Sets:
    """The draws of `seed`, and others: those of a seed that is nobody's own, of other members of a posterior."""
    sides = []
    for shift, each in enumerate((seed, seed + SECOND)):
        whole = Draws(each, block, sources)
        if posterior is not None and posterior.components:
            whole = ConditionedDraws(each, block, sources, BLOCK, posterior, shift)
        sides.append(SharedDraws(each, block, sources, whole.size, whole=whole))
    return Sets(sides[0], sides[1], grouping)


@dataclass(frozen=True, slots=True)
class GroupedDraws(Draws):
    """Draws of the first of two sets with the groups in `taken` from the second.

    What the facts have settled depends on each other, whatever its group: it travels together, as the group SETTLED.
    Groups that are asked for are noted in `seen`.
    """

    sets: Sets | None = None
    taken: frozenset[str] = frozenset()
    seen: set[str] = field(default_factory=set)

    def normal(self, source: str, name: str, rows: int = 1) -> Array:
        """Standard normals, shape (rows, draw)."""
        given = self._given().get((source, name))
        known = 0 if given is None else int((given[0] < rows).sum())
        drawn = self._side(source, name, note=known < rows).normal(source, name, rows)
        if known:
            self.seen.add(SETTLED)
        return filled(drawn, given)[:, : self.size]

    def normals(self, source: str, names: Sequence[str], rows: int) -> Array:
        """Standard normals of several streams, shape (rows, name, draw)."""
        made = [self.normal(source, name, rows) for name in names]
        return np.stack(made, axis=1) if made else np.zeros((rows, 0, self.size))

    def uniform(self, source: str, name: str, rows: int = 1) -> Array:
        """Uniforms on [0, 1), shape (rows, draw); what a history of events says of them goes with what is settled."""
        settled = self._settled()
        drawn = self._side(source, name, note=True)
        if settled is None:
            return drawn.uniform(source, name, rows)[:, : self.size]
        fresh = Draws(drawn.seed, self.block, self.sources).uniform(source, name, rows)
        return settled.settled(fresh, source, name)[:, : self.size]

    def _side(self, source: str, name: str, note: bool) -> SharedDraws:
        assert self.sets is not None
        group = self.sets.grouping.of(source, name)
        if note:
            self.seen.add(group)
        return self.sets.second if group in self.taken else self.sets.first

    def _settled(self) -> ConditionedDraws | None:
        """The side from which comes what the facts have settled; None without a posterior."""
        assert self.sets is not None
        whole = (self.sets.second if SETTLED in self.taken else self.sets.first).whole
        return whole if isinstance(whole, ConditionedDraws) else None

    def _given(self) -> Mapping[StreamKey, Given]:
        settled = self._settled()
        return {} if settled is None else settled.given()


def grouped_draws(sets: Sets, taken: frozenset[str], size: int) -> GroupedDraws:
    """The first set with some groups of the second, its first `size` draws."""
    first = sets.first
    return GroupedDraws(first.seed, first.block, first.sources, size, sets, taken)
