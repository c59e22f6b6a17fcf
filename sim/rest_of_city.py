"""The rest of a city in the base year: reported figures of the city less those of its districts.

Amounts are subtracted; a share is solved from city share × city amount = Σ part share × part amount. What either
side does not report stays missing (NaN), never a guess.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from sim.randomness import Array

Numbers = Mapping[str, Array]

AMOUNTS = ("gdp", "primary", "secondary", "trade_total", "exports", "fdi", "budget_revenue", "population",
           "new_urban_jobs")  # fmt: skip
#: Shares and intensities by the amount they are weighted with.
WEIGHTED = {
    "manufacturing_share": "gdp",
    "marine_share": "gdp",
    "research_intensity": "gdp",
    "energy_intensity_reduction": "gdp",
    "urbanisation": "population",
    "patents": "population",
    "income": "population",
    "income_growth": "population",
    "doctors_per_1000": "population",
}
PERCENTAGES = ("manufacturing_share", "marine_share", "urbanisation")
#: How the message begins when districts and city cannot both be right.
EXCEEDED = "districts leave nothing of their city's "
#: Growth in percent by the level of the same year that it led to.
GROWTH = {"gdp_growth": "gdp", "budget_revenue_growth": "budget_revenue"}


def rest_of_city(city: Numbers, districts: Sequence[Numbers]) -> dict[str, Array]:
    """Numbers of the base year for what is left of a city, by name, each (draw,); NaN where unknown.

    Levels are at current prices while growth is real: with last year's levels deflated alike the difference is of
    second order.
    """
    rest = dict(city)  # assumptions are about the rest already
    for name in AMOUNTS:
        rest[name] = _less([numbers[name] for numbers in (city, *districts)])
    for name, weight in WEIGHTED.items():
        rest[name] = _less([numbers[name] * numbers[weight] for numbers in (city, *districts)]) / rest[weight]
    for name, level in GROWTH.items():
        before = _less([numbers[level] / (1.0 + numbers[name] / 100.0) for numbers in (city, *districts)])
        rest[name] = 100.0 * (rest[level] / before - 1.0)
    rest["export_share"] = rest["exports"] / rest["trade_total"]
    _check(rest)
    return rest


def _check(rest: Numbers) -> None:
    """Raises ValueError when districts report more than the whole city, or leave it an impossible share."""
    exceeded = [name for name in AMOUNTS if (rest[name] <= 0.0).any()]
    exceeded += [name for name in PERCENTAGES if ((rest[name] <= 0.0) | (rest[name] >= 100.0)).any()]
    if exceeded:
        raise ValueError(f"{EXCEEDED}{', '.join(exceeded)}")


def _less(amounts: Sequence[Array]) -> Array:
    """The first amount less all others."""
    left: Array = np.subtract.reduce(list(amounts))
    return left
