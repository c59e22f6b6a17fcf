"""Growth of a whole from the growth of its parts: each part counts by its share.

The weights are the reported levels of the same period. Statistics offices weigh by levels of a base year, so
the weights are allowed an error, in points, that the table of plausible ranges states.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import product

from sim.facts.definitions import Definitions
from sim.facts.rules import Sum
from sim.language import Text
from sim.reconcile.links import Constraint, Link
from sim.reconcile.quantities import Quantity, Reading, same_basis

LABEL = Text("分项增速按占比加权等于总量增速", "growth of the parts, weighted by their shares, is growth of the whole")


def contribution_links(readings: Sequence[Reading], definitions: Definitions) -> Iterator[Link]:
    """A link for every growth at constant prices whose parts report growth and levels on the same basis."""
    index = {quantity: number for number, quantity in enumerate(dict.fromkeys(one.quantity for one in readings))}
    values: dict[Quantity, float] = {}
    by_name: dict[tuple[str, str, str], list[Quantity]] = defaultdict(list)
    for reading in readings:
        values.setdefault(reading.quantity, reading.natural(reading.value))
    for quantity in values:
        by_name[quantity.name].append(quantity)
    margin = definitions.plausible.contribution_weight.value / 100
    for total in definitions.identities.sums:
        for growth in [one for one in values if one.indicator == f"{total.whole}_growth" and one.price == "constant"]:
            for combo in _combos(growth, total, by_name):
                yield _link(growth, combo, values, index, margin)


def _combos(
    growth: Quantity, total: Sum, by_name: dict[tuple[str, str, str], list[Quantity]]
) -> Iterator[tuple[Quantity, ...]]:
    """Growth of each part, then the level of each part, all on the basis of the growth of the whole."""
    names = (*(f"{part}_growth" for part in total.parts), *total.parts)
    choices = [
        [
            one
            for one in by_name[growth.region, name, growth.period]
            if same_basis(one.tags, growth.tags) and one.vintage == "" and one.price in ("", "constant")
        ]
        for name in names
    ]
    yield from product(*choices)


def _link(
    growth: Quantity,
    combo: Sequence[Quantity],
    values: dict[Quantity, float],
    index: dict[Quantity, int],
    margin: float,
) -> Link:
    half = len(combo) // 2
    rates, levels = combo[:half], [values[one] for one in combo[half:]]
    weights = [level / sum(levels) for level in levels]
    speeds = [values[one] for one in rates]
    slack = margin * (max(speeds) - min(speeds))
    variables = (index[growth], *(index[one] for one in rates))
    return Link((Constraint(variables, (-1.0, *weights), False, -slack, slack),), False, LABEL, variables)
