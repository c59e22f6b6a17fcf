"""Effects on output held against the most that the record supports."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.experiment.drawing import Block
from sim.experiment.simulation import simulate_scenarios
from sim.lever_effects.measure import difference
from sim.lever_effects.steps import central_world, pair_of
from sim.levers.catalogue import ENTRIES, Ceiling
from sim.randomness import Array
from sim.region.pack import Pack


def allowed(ceiling: Ceiling, pack: Pack, block: Block) -> float:
    """The most that one unit may do in this region, in the unit of the ceiling's indicator."""
    if ceiling.per == "unit":
        return ceiling.effect
    if ceiling.per == "head":
        return ceiling.effect / float(block.base["population"].mean())
    chosen: Array = pack.marine if ceiling.per == "marine" else pack.group(ceiling.per)
    value_added = block.base.value_added
    return ceiling.effect * float(((value_added * chosen).sum(axis=0) / value_added.sum(axis=0)).mean())


def largest(id_: str, amount: float, pack: Pack, block: Block) -> Sequence[tuple[Ceiling, float]]:
    """For each ceiling the largest mean effect of one unit in the years it covers, when `amount` is held."""
    years = block.years[1:]
    pair = pair_of(id_, amount, years, central_world(pack, years[-1]))
    before, after = simulate_scenarios(pack, pair, block, keep_states=False)
    found = []
    for ceiling in ENTRIES[id_].ceilings:
        means = difference(before, after, ceiling.of)[1:].mean(axis=1) / amount
        found.append((ceiling, float(np.abs(means[: ceiling.within]).max())))
    return found
