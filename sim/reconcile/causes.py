"""Why figures may not go together: hypotheses are put in the place of a suspect and the clash is tried again."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence

from sim.facts.definitions import Definitions
from sim.facts.naming import read_period, split_indicator
from sim.reconcile.localise import NEIGHBOURHOOD, Clash
from sim.reconcile.network import Network
from sim.reconcile.quantities import REVISED, Reading

POWERS = {1: "factor_ten", 2: "factor_ten", 4: "unit_slip", 8: "unit_slip", 3: "unit_slip"}
SAME_SIZE = 1.6  # populations of two concepts differ by less than this factor


def likely_cause(network: Network, clash: Clash, active: Collection[int], definitions: Definitions) -> str:
    """The first hypothesis about a suspect that makes the clash go away."""
    around = network.near(clash.facts, NEIGHBOURHOOD) & set(active)
    for suspect in clash.suspects:
        others = [fact for fact in around if fact != suspect]
        found = _slip(network, suspect, others) or _other_figure(network, suspect, others)
        if found:
            return found
    readings = [network.readings[fact] for fact in clash.facts]
    return _by_kind(network, clash, readings, definitions)


def _slip(network: Network, suspect: int, others: Iterable[int]) -> str | None:
    """A power of ten that closes the gap."""
    facts = [*others, suspect]
    for power, cause in POWERS.items():
        for factor in (10.0**power, 10.0**-power):
            if not network.clash(facts, {suspect: network.replaced(suspect, factor)})[0]:
                return cause
    return None


def _other_figure(network: Network, suspect: int, others: Iterable[int]) -> str | None:
    """The figure of a neighbouring year, or one of another scope, that closes the gap in the suspect's place."""
    reading = network.readings[suspect]
    quantity, facts = reading.quantity, [*others, suspect]
    year = read_period(quantity.period)
    near = {year.at(year.first - 1), year.at(year.first + 1)} if not year.is_span else set()
    for fact, other in enumerate(network.readings):
        same = (other.quantity.region, other.quantity.indicator) == (quantity.region, quantity.indicator)
        if not same or fact == suspect or other.quantity.kind != quantity.kind:
            continue
        if other.quantity.period in near and other.value == reading.value and other.scale == reading.scale:
            return "neighbouring_year"
        scope = other.quantity.period == quantity.period and other.quantity.tags != quantity.tags
        if (scope or other.quantity.period in near) and not network.clash(facts, {suspect: network.ranges[fact]})[0]:
            return "scope" if scope else "neighbouring_year"
    return None


def _by_kind(network: Network, clash: Clash, readings: list[Reading], definitions: Definitions) -> str:
    """What the figures of the clash are, when no other figure closes it."""
    per_head = {entry.per_head for entry in definitions.identities.per_head}
    heads = [fact for fact in clash.facts if network.readings[fact].quantity.indicator == "population"]
    tied = heads and any(reading.quantity.indicator in per_head for reading in readings)
    if tied and all(_ratio(network, clash, fact) < SAME_SIZE for fact in heads):
        return "population_concept"
    if any(_may_be_other_prices(reading, definitions) for reading in readings):
        return "price_basis"
    if any(_beside_break(reading, readings, definitions) for reading in readings):
        return "definition_break"
    if len({reading.fact.nature in REVISED for reading in readings}) > 1:
        return "revision"
    return "unexplained"


def _beside_break(reading: Reading, readings: Sequence[Reading], definitions: Definitions) -> bool:
    """Whether figures of an indicator that a break concerns lie around it, where tags by year alone may be late."""
    years = {other.fact.first_year for other in readings}
    return any(
        len(years) > 1 and min(years) <= change.first_after <= max(years)
        for change in definitions.breaks
        if change.concerns(reading.quantity.indicator)
    )


def _ratio(network: Network, clash: Clash, fact: int) -> float:
    """Reported over implied value of a fact, or its inverse, whichever is larger than 1."""
    state = network.clash([other for other in clash.facts if other != fact])[1]
    variable = network.variable_of[fact]
    implied = (state.low[variable] + state.high[variable]) / 2
    low, high = network.ranges[fact]
    return math.exp(min(abs((low + high) / 2 - implied), 700.0))


def _may_be_other_prices(reading: Reading, definitions: Definitions) -> bool:
    """Whether a growth of a quantity with a deflator is given in prices that it may not be in."""
    base, suffix = split_indicator(reading.quantity.indicator)
    stated = reading.quantity.price == "current"
    return stated and suffix.startswith("growth") and base in definitions.plausible.deflated
