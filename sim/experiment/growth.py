"""Growth accounting in a run: whose growth it is, and the result of its sums."""

from __future__ import annotations

from collections.abc import Sequence

from sim.drivers.arrays import Drivers
from sim.experiment.drawing import Part
from sim.experiment.measurement import shown_pack
from sim.experiment.plan import Plan
from sim.growth_accounting.accounting import GrowthAccounting
from sim.growth_accounting.contributions import Contributions, contributions_of
from sim.growth_accounting.factors import Inputs
from sim.growth_accounting.sums import PointSums
from sim.region.pack import Pack


def accounting_of(
    pack: Pack, parts: Sequence[Part], drivers: Sequence[Drivers], order: Sequence[int], accounted: int
) -> GrowthAccounting | None:
    """Growth accounting of the region asked for, or of all parts of a city in `order`.

    `parts` and `drivers` begin with the region asked for; `accounted` draws count, None for none of them.
    """
    if not accounted:
        return None
    chosen = order if pack.districts else [0]
    inputs = [Inputs(parts[i].parameters.capital_share, drivers[i].policy) for i in chosen]
    industries = [cell.industry for cell in shown_pack(pack).cells]
    return GrowthAccounting(inputs, industries, len(drivers[0].years), accounted)


def joined(sums: PointSums | None, block: PointSums | None) -> PointSums | None:
    """Sums of the blocks so far and of the next one."""
    return block if sums is None or block is None else sums.plus(block)


def told(plan: Plan, sums: PointSums | None) -> Contributions | None:
    """What a plan tells of growth, None where it was not asked for."""
    if sums is None:
        return None
    cells = shown_pack(plan.pack).cells
    return contributions_of(sums, plan.years[1:], [cell.id for cell in cells], [cell.industry for cell in cells])
