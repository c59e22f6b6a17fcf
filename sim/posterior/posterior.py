"""A posterior in a few directions, and draws from it.

The unknowns u are standard normals through their priors. Facts move them in at most as many directions as there are
facts; everywhere else u stays what the prior draws, N(0, I). A posterior keeps, for a number of draws of the prior
(its members), how far the facts move each along the directions: the prior's own draws are made again from their names
when they are needed, so that the file is small and streams stay what they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.posterior.scores import Given, Restriction, Score, StreamKey, filled, restricted, rows_by_stream
from sim.randomness import BLOCK, SOURCES, Array, Draws


@dataclass(frozen=True, slots=True)
class Component:
    """The posterior under one hypothesis about discrete events.

    directions : (score, direction), orthonormal columns; members : (member,) whose history this is, rising;
    moves : (direction, member), what the facts add to the coordinates of each.
    """

    name: str
    weight: float
    restrictions: tuple[Restriction, ...]
    directions: Array
    members: NDArray[np.intp]
    moves: Array

    def of_block(self, block: int) -> tuple[NDArray[np.intp], Array]:
        """Places of the component's members in a block of draws, and their moves."""
        first, last = np.searchsorted(self.members, (block * BLOCK, (block + 1) * BLOCK))
        return self.members[first:last] - block * BLOCK, self.moves[:, first:last]


@dataclass(frozen=True, slots=True)
class Posterior:
    """What the facts of periods up to `as_of` say of the unknowns of a region, of its city and of the world.

    `key` is the fingerprint of facts, priors and model; `seed` that of the draws which were moved; `members` their
    number, whole blocks; `facts` the ids used; `record` what judges it and what moved, as people are shown it.
    """

    as_of: int
    key: str
    seed: int
    members: int
    scores: tuple[Score, ...]
    components: tuple[Component, ...]
    facts: tuple[str, ...]
    record: Mapping[str, Any] = field(default_factory=dict)

    @property
    def blocks(self) -> int:
        """Blocks of members; later blocks of draws begin again with the first."""
        return self.members // BLOCK

    def moved(self, chance: Array, block: int) -> Array:
        """The members of a block from the prior's draws, (score, draw), in their own place."""
        for one in self.components:
            places, moves = one.of_block(block)
            if len(places):
                chance[:, places] += one.directions @ moves
        return chance

    def member_scores(self, block: int) -> Array:
        """All scores of the members of a block, (score, draw)."""
        chance = np.empty((len(self.scores), BLOCK))
        draws = Draws(self.seed, block, frozenset(SOURCES))
        for (source, name), (rows, places) in rows_by_stream(self.scores).items():
            chance[places] = draws.normal(source, name, int(rows.max()) + 1)[rows]
        return self.moved(chance, block)

    def mean(self) -> Array:
        """Mean of the scores, (score,): the prior's zero, moved."""
        total = np.zeros(len(self.scores))
        for one in self.components:
            total += one.directions @ one.moves.sum(axis=1)
        return total / max(self.members, 1)

    def main(self) -> Component:
        """The most likely history."""
        return max(self.components, key=lambda one: one.weight)


@dataclass(frozen=True, slots=True)
class ConditionedDraws(Draws):
    """Draws of the posterior under the names of the prior's streams.

    Block after block of members; years the facts do not reach, and streams they do not touch, are drawn as ever. A
    source of uncertainty that is switched off takes the posterior's mean, as the prior takes its own centre.
    """

    posterior: Posterior | None = None
    shift: int = 0  # blocks of members that are passed over
    made: dict[StreamKey, Given] = field(default_factory=dict)

    def normal(self, source: str, name: str, rows: int = 1) -> Array:
        """Standard normals of the prior, moved by the facts, shape (rows, draw)."""
        drawn = Draws.normal(self, source, name, rows)
        return filled(drawn, self.given().get((source, name)))

    def normals(self, source: str, names: Sequence[str], rows: int) -> Array:
        """Those of several streams, shape (rows, name, draw)."""
        drawn = Draws.normals(self, source, names, rows)
        given = self.given()
        for i, name in enumerate(names):
            filled(drawn[:, i], given.get((source, name)))
        return drawn

    def uniform(self, source: str, name: str, rows: int = 1) -> Array:
        """Uniforms on [0, 1), shape (rows, draw), where the facts leave them."""
        return self.settled(Draws.uniform(self, source, name, rows), source, name)

    def settled(self, drawn: Array, source: str, name: str) -> Array:
        """Uniforms of a stream, (rows, draw), moved to where each member's history of events has them."""
        assert self.posterior is not None
        if source not in self.sources:
            return restricted(drawn, (source, name), self.posterior.main().restrictions)
        for one in self.posterior.components:
            if any((r.source, r.stream) == (source, name) for r in one.restrictions):
                places, _ = one.of_block(self._member_block)
                drawn[:, places] = restricted(drawn[:, places], (source, name), one.restrictions)
        return drawn

    @property
    def _member_block(self) -> int:
        assert self.posterior is not None
        return (self.block + self.shift) % self.posterior.blocks

    def given(self) -> Mapping[StreamKey, Given]:
        """The scores by stream, made once for a block."""
        assert self.posterior is not None
        if not self.made:
            scores = self.posterior.scores
            mean = self.posterior.mean()
            on = np.array([score.source in self.sources for score in scores])
            values = np.repeat(mean[:, None], self.size, axis=1)
            if on.any():
                values[on] = self.posterior.member_scores(self._member_block)[on]
            for key, (rows, places) in rows_by_stream(scores).items():
                self.made[key] = (rows, values[places])
        return self.made


def conditioned(draws: Draws, posterior: Posterior | None) -> Draws:
    """The same draws as the facts leave them; the draws themselves without a posterior."""
    if posterior is None or not posterior.components:
        return draws
    return ConditionedDraws(draws.seed, draws.block, draws.sources, draws.size, posterior)
