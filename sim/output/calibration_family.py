"""The draws that a calibration is told from: of single regions as the simulation takes them, and what moved them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.conditioning.problem import EVERY
from sim.experiment.drawing import own_draws
from sim.language import Text
from sim.posterior.posterior import ConditionedDraws, Posterior
from sim.provenance.effects import parts_of
from sim.randomness import BLOCK, Array, Draws
from sim.region.pack import Pack

#: A number has moved when its mean is so far from the prior's, or its spread so much smaller, in the prior's s.d.
MEAN_MOVED, SPREAD_LEFT = 0.3, 0.9
#: Facts named for each number.
NAMED = 3
QUANTILES = (0.05, 0.5, 0.95)
Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Family:
    """The packs of a posterior that are simulated together, and draws before and after the facts, block by block."""

    parts: tuple[Pack, ...]
    before: tuple[Draws, ...]
    after: tuple[Draws, ...]

    def scores(self, part: Pack | None, source: str, name: str, row: int) -> Array:
        """Normal scores of a number after the facts, (member,)."""
        return np.concatenate(
            [(draws if part is None else own_draws(part, draws)).normal(source, name, row + 1)[row]
             for draws in self.after]
        )  # fmt: skip


def family_of(pack: Pack, posterior: Posterior) -> Family:
    """The family of a pack with all members of the posterior."""
    blocks = range(posterior.blocks)
    return Family(
        parts_of(pack.whole or pack),
        tuple(Draws(posterior.seed, block, EVERY) for block in blocks),
        tuple(ConditionedDraws(posterior.seed, block, EVERY, BLOCK, posterior) for block in blocks),
    )


def moved(scores: Array) -> tuple[float, float] | None:
    """Mean and s.d. of scores that moved; None of those that did not."""
    mean, spread = float(scores.mean()), float(scores.std())
    return (mean, spread) if abs(mean) >= MEAN_MOVED or spread <= SPREAD_LEFT else None


@dataclass(frozen=True, slots=True)
class Causes:
    """Facts behind a move, from the movements of single unknowns that the record keeps."""

    kept: Mapping[tuple[str, str, int], Sequence[Any]]
    words: Mapping[str, Text]

    def of(self, part: Pack | None, source: str, name: str, row: int) -> list[Record]:
        """The facts with the largest parts, in s.d. of the prior: [{id, label, label_en, part}]."""
        sums: dict[str, float] = {}
        for weight, stream in unknowns_of(part, source, name):
            for id, value in self.kept.get((source, stream, row), ()):
                sums[id] = sums.get(id, 0.0) + weight * value
        order = sorted(sums, key=lambda id: (-abs(sums[id]), id))[:NAMED]
        named = {id: self.words.get(id, Text(id, id)) for id in order}
        return [{"id": id, "label": named[id].zh, "label_en": named[id].en, "part": sums[id]} for id in order]


def causes_of(posterior: Posterior, words: Mapping[str, Text]) -> Causes:
    """The causes that the record of a posterior keeps, with the names of its facts."""
    kept = {(m["source"], m["stream"], m["row"]): m["facts"] for m in posterior.record.get("movements", ())}
    return Causes(kept, words)


def unknowns_of(part: Pack | None, source: str, name: str) -> list[tuple[float, str]]:
    """The unknowns that a number is made of, with their weights, as `RelatedDraws` mixes them.

    part : the pack whose own draws it is taken from; None where no other region has a share in it.
    """
    if part is None or not part.districts:
        return [(1.0, name)]
    rest = name.removeprefix(f"{part.id}.")
    shared = part.related.get(source if source == "parameters" else rest.partition(".")[0], 0.0)
    return [(float(np.sqrt(1.0 - shared**2)), name), (shared, f"{part.districts[0].id}.{rest}")]
