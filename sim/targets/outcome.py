"""Targets whose year is over: what was reported, and whether it meets them. No model is involved."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sim.facts.ledger import Fact
from sim.facts.preference import preferred
from sim.language import Text
from sim.region.pack import NATION, Pack
from sim.targets.reading import Target

#: What sums of printed figures may miss by in binary arithmetic, where 0.7 + 0.1 < 0.8.
ROUND_OFF = 1e-9


@dataclass(frozen=True, slots=True)
class Reported:
    """A target against a reported figure: `outcome` is met, missed or not_comparable, with the reason for that."""

    actual: float
    outcome: str
    facts: tuple[str, ...]
    reason: Text | None = None


def figures(pack: Pack, indicator: str, year: int, region: str = "") -> list[Fact]:
    """All reports of one indicator and whole year, of whatever scope, targets left out."""
    wanted = region or pack.id
    return [
        fact
        for fact in pack.ledger.facts
        if fact.indicator == indicator and fact.period == str(year) and fact.region == wanted
        and fact.nature != "target" and fact.value is not None
    ]  # fmt: skip


def reported_fact(pack: Pack, indicator: str, year: int, scope: Collection[str] = (), region: str = "") -> Fact | None:
    """The figure of one indicator and year to be used: the recorded choice, else the best publication's first release.

    With `scope` only figures of that scope, whatever the order of its parts, count.
    """
    found = figures(pack, indicator, year, region)
    return preferred((fact for fact in found if not scope or set(scope) == set(fact.scopes)), pack.chosen)


def reported(target: Target, pack: Pack, as_of: int) -> Reported | None:
    """How a target stands against the figures reported up to `as_of`; None while its year is not over or unreported."""
    if target.year > as_of or target.operator in (None, "assigned", "direction"):
        return None
    if target.operator == "cumulative":
        return _cumulative(target, pack)
    row = None if target.fact is None else pack.ledger.get(target.fact)
    wanted = () if row is None else row.scopes
    found = (reported_fact(pack, target.indicator, target.year, scope) for scope in (wanted, ()))
    fact = next((fact for fact in found if fact is not None), None)
    if fact is None:
        return None
    actual = fact.number_in(target.unit)
    if row is not None and wanted and set(fact.scopes) != set(wanted):
        zh = f"口径不同：目标为“{row.scope}”，公布数为“{fact.scope or '未注明'}”"
        return Reported(actual, "not_comparable", (fact.id,), Text(zh, "the figure is of another scope"))
    return _judged(target, pack, fact, actual)


def _judged(target: Target, pack: Pack, fact: Fact, actual: float) -> Reported | None:
    """The verdict on one figure by the target's operator."""
    used: tuple[str, ...] = (fact.id,)
    low = target.value
    high: float | None = None
    if target.operator == "about":
        low = (target.value or 0.0) - (target.tolerance or 0.0)
    elif target.operator == "between":
        high = target.value_high
    elif target.operator == "<=":
        low, high = None, target.value
    elif target.operator in ("above", "in_step"):
        other = _benchmark(target, pack)
        if other is None:
            return None
        used = (fact.id, other.id)
        low = other.number_in(target.unit) + (target.margin or 0.0)
        if target.operator == "in_step":
            low -= target.tolerance or 0.0
        elif abs(actual - low) <= ROUND_OFF:
            return Reported(actual, "missed", used)
    elif target.operator == "change":
        base = None if target.base_fact is None else pack.ledger.get(target.base_fact)
        if base is None or base.value is None:
            return None
        used = (fact.id, base.id)
        low = base.number_in(target.unit) + (target.value or 0.0)
    met = (low is None or actual >= low - ROUND_OFF) and (high is None or actual <= high + ROUND_OFF)
    return Reported(actual, "met" if met else "missed", used)


def _benchmark(target: Target, pack: Pack) -> Fact | None:
    """The figure that a relative target is compared with."""
    if target.operator == "in_step":
        return reported_fact(pack, target.benchmark or "gdp_growth", target.year)
    if target.benchmark in (*pack.parents.values(), NATION):
        return reported_fact(pack, target.indicator, target.year, region=target.benchmark or "")
    return None


def _cumulative(target: Target, pack: Pack) -> Reported | None:
    """The sum over the years of the target, only where every year is reported."""
    years = range(target.first_year or target.year, target.year + 1)
    facts = [reported_fact(pack, target.indicator, year) for year in years]
    found = [fact for fact in facts if fact is not None]
    if len(found) < len(facts) or target.value is None:
        return None
    total = sum(fact.number_in(target.unit) for fact in found)
    met = total >= target.value - ROUND_OFF
    return Reported(total, "met" if met else "missed", tuple(fact.id for fact in found))
