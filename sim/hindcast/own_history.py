"""What a province's own years say of it: the facts it is conditioned on, and the simulation that predicts them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.conditioning.problem import Problem
from sim.hindcast.outlook import FIRST_YEAR, Outlook
from sim.hindcast.province import Province, drivers, first_state, province_parameters, without_shifts
from sim.model import simulate_years
from sim.panel import Panel
from sim.panel.growth import PARTS
from sim.parameters.priors import Priors
from sim.randomness import Array, Draws

#: Years between base year and origin, where the panel has them: what lies further back says little of today.
YEARS_BACK = 8
#: Errors of reports [points]: growth of GDP; growth of an industry, which is measured at other base prices than the
#: model's, and shares, which revisions move.
GROWTH_ERROR, INDUSTRY_ERROR, SHARE_ERROR = 0.2, 0.5, 0.3


@dataclass(frozen=True, slots=True)
class Path:
    """What of a province is compared and forecast, (year, draw) from the year after the base year on.

    growth, industry : 100 x log growth of GDP and, (industry, year, draw), of secondary and tertiary industry;
    shares : (industry, year, draw) of the same two in percent of GDP at current prices.
    """

    growth: Array
    industry: Array
    shares: Array


@dataclass(frozen=True, slots=True)
class Case:
    """One province at one origin: its reports, the outlook it shares and the priors of any province."""

    province: Province
    base_year: int
    origin: int
    growth: Array  # (year,) reported, 100 x log
    industry: Array  # (2, year)
    shares: Array  # (2, year)
    outlook: Outlook
    priors: Priors

    def simulate(self, draws: Draws, last: int) -> Path:
        """The province from its base year to `last`, by the step of every region."""
        years = range(self.base_year, last + 1)
        world = self.outlook.world(draws, years)
        parameters = province_parameters(self.priors, self.province, draws)
        initial = first_state(self.province, parameters, world, draws)
        world = without_shifts(world, initial.premium, self.province)
        moved = drivers(self.province, parameters, world, draws, years)
        growth, industry, shares = [], [], []
        before = initial.demand.value_added
        for state in simulate_years(initial, parameters, moved):
            growth.append(state.demand.growth)
            industry.append(np.log(state.demand.value_added[1:] / before[1:]))
            shares.append(state.prices.nominal[1:] / state.prices.gdp_nominal)
            before = state.demand.value_added
        return Path(
            100.0 * np.stack(growth[1:]), 100.0 * np.stack(industry[1:], axis=1), 100.0 * np.stack(shares[1:], axis=1)
        )


def case_of(panel: Panel, region: str, outlook: Outlook, priors: Priors, years_back: int = YEARS_BACK) -> Case:
    """The case of one region of a panel that ends at the origin."""
    place, origin = panel.regions.index(region), panel.years[-1]
    levels = np.stack([panel.values[f"{part}_va"][place] for part in PARTS])
    known = [year for year, level in zip(panel.years, levels.T, strict=True) if np.isfinite(level).all()]
    base_year = max(known[0], origin - years_back, FIRST_YEAR)
    at = panel.years.index(base_year)

    def since(values: Sequence[Array]) -> Array:
        return np.stack([value[place, at + 1 :] for value in values])

    return Case(
        Province(region, levels[:, at]),
        base_year,
        origin,
        100.0 * since([panel.growth("gdp_index")])[0],
        100.0 * since([panel.growth(f"{part}_index") for part in PARTS[1:]]),
        since([panel.share(part) for part in PARTS[1:]]),
        outlook,
        priors,
    )


def problem_of(case: Case) -> Problem:
    """Growth, growth of industries and shares of the years after the base year, as far as they are reported."""
    observed = np.concatenate([case.growth, case.industry.ravel(), case.shares.ravel()])
    count = len(case.growth)
    error = np.repeat([GROWTH_ERROR, INDUSTRY_ERROR, SHARE_ERROR], [count, 2 * count, 2 * count])
    years = range(case.base_year + 1, case.origin + 1)
    names = ("gdp_growth", *(f"{part}_growth" for part in PARTS[1:]), *(f"{part}_share" for part in PARTS[1:]))
    ids = [f"{case.province.name}.{name}.{year}" for name in names for year in years]
    known = np.isfinite(observed)

    def predict(draws: Draws) -> Array:
        path = case.simulate(draws, case.origin)
        size = path.growth.shape[-1]
        return np.concatenate([path.growth, path.industry.reshape(-1, size), path.shares.reshape(-1, size)])[known]

    kept = tuple(name for name, is_known in zip(ids, known, strict=True) if is_known)
    return Problem(predict, observed[known], error[known], kept)
