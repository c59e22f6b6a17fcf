"""The levers of the catalogue as a search space: bounds against a scenario, and what a change costs."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.indicators.catalogue import INDICATORS
from sim.levers.catalogue import LEVERS, Lever
from sim.parameters.priors import Z95
from sim.scenario.distributions import extremes
from sim.scenario.parts import AssumptionPath, Scenario
from sim.solve.space import Space

#: Without a record, this share of the wider side of the bounds stands for a standard deviation.
SUBSTITUTE = 1.0 / 3.0
#: A change is written in steps of about this share of the range, rounded down to a power of ten.
STEPS = 500.0
#: Of this lever only the value of the last year counts, and whole years.
LAST_YEAR_ONLY = "rail_delay"
#: Distributions that cannot be moved without changing their form.
FIXED_FORMS = frozenset(("lognormal",))


@dataclass(frozen=True, slots=True)
class Measure:
    """What a change of a lever is measured in: `deviation` in its unit, and whether that is on record."""

    deviation: float
    on_record: bool


@dataclass(frozen=True, slots=True)
class Span:
    """The years in which a package holds: the first after the facts to the last year of a target."""

    first: int
    last: int

    @property
    def years(self) -> int:
        """How many."""
        return self.last - self.first + 1


def measure_of(lever: Lever) -> Measure:
    """One standard deviation of a year: of the record, whose range is the 5th to the 95th percentile; or a third of
    the wider side of the bounds where there is none."""
    if lever.history is not None:
        return Measure((lever.history.high - lever.history.low) / (2.0 * Z95), True)
    return Measure(SUBSTITUTE * max(abs(lever.low), abs(lever.high)), False)


def grid_of(lever: Lever) -> float:
    """Steps in which its changes are written."""
    if lever.id == LAST_YEAR_ONLY:
        return 1.0
    return 10.0 ** math.floor(math.log10((lever.high - lever.low) / STEPS) + 1e-9)


def sides(lever: Lever) -> tuple[bool, bool]:
    """Whether lowering and raising a lever does anything good by what the catalogue says it is meant to move.

    A side that only makes its own indicators worse (less productive services, dirtier air) is no policy, even where
    it helps a target by lowering what the target is a share of. Where the indicators have no better direction, both
    sides are open.
    """
    ways = [sign * INDICATORS[name].direction for name, sign in lever.moves.items()]
    good, bad = any(way > 0 for way in ways), any(way < 0 for way in ways)
    return (bad or not good, good or not bad)


def held_years(lever: str, span: Span, horizon: int) -> range:
    """The years in which a package moves a lever."""
    return range(span.first, (horizon if lever == LAST_YEAR_ONLY else span.last) + 1)


def room(scenario: Scenario, lever: Lever, span: Span, any_way: bool = False) -> tuple[float, float]:
    """How far a lever may be lowered and raised against the scenario in every year of the span; (0, 0) for none.

    Only where that does anything good (see `sides`), unless `any_way`.
    """
    path = scenario.levers.get(lever.id)
    lows, highs = [0.0], [0.0]
    if path is not None:
        ends = list(_ends(path, held_years(lever.id, span, scenario.horizon)))
        lows, highs = [low for low, _ in ends], [high for _, high in ends]
    lowering, raising = (True, True) if any_way else sides(lever)
    return min(0.0, lever.low - min(lows)) * lowering, max(0.0, lever.high - max(highs)) * raising


def _ends(path: AssumptionPath, years: Collection[int]) -> Sequence[tuple[float, float]]:
    """What has to stay within the bounds, year by year: 0 where nothing is set."""
    shapes = path.shapes or (None,) * len(path.years)
    rows = zip(path.years, path.low, path.high, shapes, strict=True)
    chosen = [(low, high, shape) for year, low, high, shape in rows if year in years]
    return [
        (0.0, 0.0) if low is None or high is None else (low, high) if shape is None else extremes(shape)
        for low, high, shape in chosen
    ] or [(0.0, 0.0)]


def movable(scenario: Scenario, lever: str, span: Span) -> bool:
    """Whether a change can be added to what a scenario sets: not to a distribution that cannot be moved."""
    path = scenario.levers.get(lever)
    if path is None or not path.shapes:
        return True
    years = held_years(lever, span, scenario.horizon)
    shapes = [shape for year, shape in zip(path.years, path.shapes, strict=True) if year in years]
    return not any(shape is not None and shape.name in FIXED_FORMS for shape in shapes)


def space_of(
    scenario: Scenario,
    levers: Sequence[str],
    span: Span,
    cost: str = "distance",
    costs: Mapping[str, float] | None = None,
    any_way: bool = False,
) -> Space:
    """The space of some levers against a scenario.

    cost : `distance` or `sum` in historical standard deviations, or `money`, whose `costs` are 100 million yuan for
    one unit of a lever in one year; any_way : see `room`. Every lever must be movable, and have a cost where money is
    asked for.
    """
    rooms = [room(scenario, LEVERS[name], span, any_way) for name in levers]
    if costs is not None and cost == "money":
        units = [1.0 / (costs[name] * span.years) for name in levers]
    else:
        units = [measure_of(LEVERS[name]).deviation for name in levers]
    return Space(
        tuple(levers),
        np.array([low for low, _ in rooms]),
        np.array([high for _, high in rooms]),
        np.array(units),
        np.array([grid_of(LEVERS[name]) for name in levers]),
        cost == "distance",
    )
