"""A scenario with a package on top of what it sets itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sim.scenario.distributions import Distribution, percentiles
from sim.scenario.parts import AssumptionPath, Scenario
from sim.solve.levers import Span, held_years

#: How many of the numbers of a distribution move with it; all of them unless named.
MOVED = {"normal": 1}


def packaged(scenario: Scenario, changes: Mapping[str, float], span: Span, base_year: int) -> Scenario:
    """The scenario with each lever changed in every year of the span; levers whose change is 0 stay as they are."""
    moved = {
        name: _moved(scenario.levers.get(name) or _nothing(name, base_year, scenario.horizon), amount,
                     held_years(name, span, scenario.horizon))
        for name, amount in changes.items() if amount
    }  # fmt: skip
    return replace(scenario, levers=dict(sorted({**scenario.levers, **moved}.items())))


def _nothing(name: str, base_year: int, horizon: int) -> AssumptionPath:
    years = tuple(range(base_year + 1, horizon + 1))
    return AssumptionPath(name, years, (0.0,) * len(years), (0.0,) * len(years))


def _moved(path: AssumptionPath, amount: float, years: range) -> AssumptionPath:
    """A path raised by `amount` in some years; ranges and distributions move as they are."""

    def raised(row: tuple[float | None, ...]) -> tuple[float | None, ...]:
        # Rounded, for 0.3 rather than 0.30000000000000004 where a person reads it.
        return tuple(
            round((value or 0.0) + amount, 10) if year in years else value
            for year, value in zip(path.years, row, strict=True)
        )

    if not any(path.shapes):
        return replace(path, low=raised(path.low), high=raised(path.high))
    shapes = tuple(
        None if shape is None else shape if year not in years else _shifted(shape, amount)
        for year, shape in zip(path.years, path.shapes, strict=True)
    )
    ends = list(zip(raised(path.low), raised(path.high), shapes, strict=True))
    spans = [(low, high) if shape is None else percentiles(shape) for low, high, shape in ends]
    return replace(path, low=tuple(low for low, _ in spans), high=tuple(high for _, high in spans), shapes=shapes)


def _shifted(shape: Distribution, amount: float) -> Distribution:
    count = MOVED.get(shape.name, len(shape.numbers))
    numbers = (round(number + amount, 10) if i < count else number for i, number in enumerate(shape.numbers))
    return Distribution(shape.name, tuple(numbers))
