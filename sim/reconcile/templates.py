"""Identities that follow from the name of a quantity: which quantities it is tied to, and how.

A template is written for quantities that may or may not be reported; `sim.reconcile.links` fills its slots.
Products are sums of logarithms: low ≤ Σ coefficient × log(quantity) ≤ high.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sim.facts.definitions import Definitions
from sim.facts.naming import read_period, split_indicator
from sim.reconcile.place import Place, Template
from sim.reconcile.quantities import Quantity
from sim.reconcile.suffixes import BY_SUFFIX
from sim.reconcile.tables import by_table


def templates_of(quantity: Quantity, definitions: Definitions, parents: Mapping[str, str]) -> Iterator[Template]:
    """Every identity that the name of a quantity says."""
    base, suffix = split_indicator(quantity.indicator)
    place = Place(quantity, base, suffix, read_period(quantity.period), definitions, parents)
    if suffix in BY_SUFFIX:
        yield from BY_SUFFIX[suffix](place)
    yield from by_table(place)
