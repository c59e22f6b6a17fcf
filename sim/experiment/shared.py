"""Draws of one block that many scenarios share: made once, kept, and cut to the draws that count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from sim.experiment.drawing import Block, block_of
from sim.experiment.plan import Plan, evaluated
from sim.posterior.posterior import conditioned
from sim.randomness import BLOCK, Array, Draws

#: The indicator of a district that needs the whole city.
OF_CITY = "gdp_share_of_city"


@dataclass(frozen=True, slots=True)
class SharedDraws(Draws):
    """Draws of one block that are made once and kept; `size` may cut the block short.

    The values are those of `whole`, all draws of the block: the first `size` of each row. Every call gives
    a copy, as those who ask for fresh draws may write into them. Every method of `Draws` is replaced here.
    """

    kept: dict[tuple[str, str, str, int], Array] = field(default_factory=dict)
    whole: Draws | None = None

    def normal(self, source: str, name: str, rows: int = 1) -> Array:
        """Standard normals, shape (rows, draw)."""
        return self._once(("normal", source, name, rows)).copy()

    def normals(self, source: str, names: Sequence[str], rows: int) -> Array:
        """Standard normals of several streams, shape (rows, name, draw): a view whose streams are contiguous."""
        out = np.empty((len(names), rows, self.size))
        for name, stream in zip(names, out, strict=True):
            stream[:] = self._once(("normal", source, name, rows))
        return out.transpose(1, 0, 2)

    def uniform(self, source: str, name: str, rows: int = 1) -> Array:
        """Uniforms on [0, 1), shape (rows, draw)."""
        return self._once(("uniform", source, name, rows)).copy()

    def _once(self, key: tuple[str, str, str, int]) -> Array:
        if key not in self.kept:
            kind, source, name, rows = key
            assert self.whole is not None
            drawn = (self.whole.normal if kind == "normal" else self.whole.uniform)(source, name, rows)
            self.kept[key] = drawn[:, : self.size].copy()
        return self.kept[key]


def shared_block(plan: Plan, block: int, indicators: Sequence[str] = ()) -> Block:
    """Draws, parameters and base year that scenarios have in common in one block.

    Only what the plan's evaluated targets and the asked `indicators` look at is right in it: the rest of the city is
    drawn and simulated where one of them needs it.
    """
    size = min(BLOCK, plan.draws - block * BLOCK)
    whole = conditioned(Draws(plan.seed, block, plan.sources), plan.posterior)
    draws = SharedDraws(plan.seed, block, plan.sources, size, whole=whole)
    beside = any(region == plan.pack.city for region, _ in plan.compared)
    judged = evaluated(plan, 0)
    share = OF_CITY in indicators or any(OF_CITY in (target.indicator, target.benchmark) for target in judged)
    pack = plan.pack if plan.pack.districts or beside or share else replace(plan.pack, surroundings=None)
    return block_of(pack, draws, plan.years, plan.known_until)
