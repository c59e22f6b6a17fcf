"""Two sets of draws mixed by source of uncertainty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.posterior.posterior import ConditionedDraws, Posterior
from sim.posterior.scores import filled
from sim.randomness import BLOCK, Array, Draws

#: What the second set of draws adds to the seed: as large as nobody's own seeds are.
SECOND = 2**40
#: The source that what the facts have settled goes with, past shocks and base figures included.
SETTLED = "parameters"


@dataclass(frozen=True, slots=True)
class MixedDraws(Draws):
    """Draws that take the sources in `taken` from `first`, and all others from `second`.

    Under a posterior the unknowns that the facts reach depend on each other, whatever their source: together they
    come from the side that gives the parameters.
    """

    first: Draws | None = None
    second: Draws | None = None
    taken: frozenset[str] = frozenset()

    def normal(self, source: str, name: str, rows: int = 1) -> Array:
        """Standard normals, shape (rows, draw)."""
        drawn = self._of(source).normal(source, name, rows)
        settled = self._of(SETTLED)
        return filled(drawn, settled.given().get((source, name))) if isinstance(settled, ConditionedDraws) else drawn

    def normals(self, source: str, names: Sequence[str], rows: int) -> Array:
        """Standard normals of several streams, shape (rows, name, draw)."""
        made = [self.normal(source, name, rows) for name in names]
        return np.stack(made, axis=1) if made else np.zeros((rows, 0, self.size))

    def uniform(self, source: str, name: str, rows: int = 1) -> Array:
        """Uniforms on [0, 1), shape (rows, draw); what a history of events says of them goes with what is settled."""
        drawn = Draws.uniform(self._of(source), source, name, rows)
        settled = self._of(SETTLED)
        return settled.settled(drawn, source, name) if isinstance(settled, ConditionedDraws) else drawn

    def _of(self, source: str) -> Draws:
        chosen = self.first if source in self.taken else self.second
        assert chosen is not None
        return chosen


def mixed_draws(
    seed: int, block: int, sources: frozenset[str], taken: frozenset[str], posterior: Posterior | None
) -> Draws:
    """Draws that share with those of `seed` only the sources in `taken`; other members of a posterior otherwise."""
    sides: list[Draws] = []
    for shift, each in enumerate((seed, seed + SECOND)):
        if posterior is None or not posterior.components:
            sides.append(Draws(each, block, sources))
        else:
            sides.append(ConditionedDraws(each, block, sources, BLOCK, posterior, shift))
    return MixedDraws(seed, block, sources, BLOCK, sides[0], sides[1], taken)
