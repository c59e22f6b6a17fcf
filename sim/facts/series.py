"""One indicator of one region by year. Figures on two sides of a definition break need a stated bridge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sim.errors import SimError
from sim.facts.definitions import Definitions
from sim.facts.ledger import Fact


class SpliceError(SimError):
    """Figures that are not one series; the message names the two that do not go together."""


def splice(facts: Sequence[Fact], definitions: Definitions) -> Mapping[int, float]:
    """Value by year, ascending, in the unit of the first fact and on the definition of the latest one.

    Figures before a break are multiplied by the middle of the bridge stated for it. Raises SpliceError for facts of
    several regions, indicators or price bases, for two figures of one year and for a break without a bridge.
    """
    ordered = sorted(facts, key=lambda fact: fact.last_year)
    values: dict[int, float] = {}
    for fact in ordered:
        first = ordered[0]
        if (fact.region, fact.indicator, fact.price_basis) != (first.region, first.indicator, first.price_basis):
            raise SpliceError(f"not one series: {_said(first)}; {_said(fact)}")
        if fact.last_year in values:
            other = next(one for one in ordered if one.last_year == fact.last_year)
            raise SpliceError(f"two figures of one year: {_said(other)}; {_said(fact)}")
        values[fact.last_year] = fact.in_unit(facts[0].unit) * _bridged(fact, ordered, definitions)
    return values


def _bridged(fact: Fact, ordered: Sequence[Fact], definitions: Definitions) -> float:
    """The factor that takes a figure to the definition of the latest one that states it."""
    factor = 1.0
    for axis, tag in definitions.basis(fact).items():
        latest = next(one for one in reversed(ordered) if axis in definitions.basis(one))
        wanted = definitions.basis(latest)[axis]
        while tag != wanted:
            change = next((one for one in definitions.breaks if one.axis == axis and one.before == tag), None)
            bridge = definitions.bridge(change, fact.region, fact.indicator) if change else None
            if change is None or bridge is None:
                name = change.label.zh if change else definitions.axes[axis].label.zh
                raise SpliceError(f"口径不同（{name}），没有衔接系数，不能连成一列：{_said(fact)}；{_said(latest)}")
            factor *= (bridge.low + bridge.high) / 2
            tag = change.after
    return factor


def _said(fact: Fact) -> str:
    """A fact with its number as printed."""
    return f"{fact.id} {fact.period} {fact.printed}{fact.unit}"
