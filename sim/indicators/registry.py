"""The registry of indicators: what each is, its unit and mechanism, and how it is read off the states.

Definitions are here, in Python; which of them a plan sets targets for stands in the region pack. An indicator
is a function of this year's state, last year's and the base year's, and returns one value for each draw.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from sim.language import Text
from sim.model import State
from sim.randomness import Array
from sim.region.pack import Pack

Mechanism = Literal["structural", "flow", "capacity", "bounded", "land", "none"]


@dataclass(frozen=True, slots=True)
class Moment:
    """What an indicator may look at: three states, the pack, the years gone by, and reported base figures.

    `reported` holds figures of the base year that the state cannot give, such as growth rates, (draw,);
    `exchange_rate` and `city_gdp` are (draw,) of this year.
    """

    now: State
    before: State
    base: State
    pack: Pack
    elapsed: int
    reported: Mapping[str, Array]
    exchange_rate: Array
    city_gdp: Array | None


Compute = Callable[[Moment], Array]


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator; `direction` is 1 where more is better, -1 where less is, 0 where neither."""

    id: str
    label: Text
    unit: str
    direction: int
    mechanism: Mechanism
    source: str
    compute: Compute | None
    missing: Text | None = None


INDICATORS: dict[str, Indicator] = {}


def indicator(
    id: str,
    zh: str,
    en: str,
    unit: str,
    direction: int = 1,
    mechanism: Mechanism = "structural",
    source: str = "",
) -> Callable[[Compute], Compute]:
    """Register a function as an indicator."""

    def register(compute: Compute) -> Compute:
        """Put the function into the registry."""
        INDICATORS[id] = Indicator(id, Text(zh, en), unit, direction, mechanism, source, compute)
        return compute

    return register


def unavailable(id: str, zh: str, en: str, unit: str, missing: Text) -> None:
    """Register an indicator that has no figure to start from: it is never given an invented value."""
    INDICATORS[id] = Indicator(id, Text(zh, en), unit, 1, "none", "", None, missing)


def percent_growth(now: Array, before: Array) -> Array:
    """Growth in percent."""
    return 100.0 * (now / before - 1.0)


def base_or(moment: Moment, name: str, value: Callable[[], Array]) -> Array:
    """A reported figure in the base year (NaN where there is none), the model's value afterwards."""
    if moment.elapsed > 0:
        return value()
    found = moment.reported.get(name)
    return np.full_like(moment.now.reporting.gdp, np.nan) if found is None else found


def nominal_share(moment: Moment, chosen: Array) -> Array:
    """Share in GDP at current prices of the cells chosen by a (cell, 1) column of ones and zeros, in percent."""
    nominal = moment.now.reporting.value_added_nominal
    return 100.0 * np.add.reduce(nominal * chosen, axis=0) / moment.now.reporting.gdp
