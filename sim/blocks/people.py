"""Population, urbanisation and employment."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.drivers.arrays import Drivers
from sim.equations.population import log_employment_next, migration_rate, population_next, urbanisation_next
from sim.parameters.names import Parameters
from sim.randomness import Array


@dataclass(frozen=True, slots=True)
class People:
    """State of the population; all (draw,)."""

    population: Array  # 万人, census concept
    population_growth: Array  # log
    natural_rate: Array
    reference_growth: Array  # log growth of employment when neither shock, pull nor lever moves migration
    log_employment: Array  # base year = 0
    urbanisation: Array  # log odds, concept of the plan
    census_urbanisation: Array  # log odds, census concept


def people_next(before: People, relative_growth: Array, parameters: Parameters, drivers: Drivers, t: int) -> People:
    """One year of population. `relative_growth` is last year's growth of the region less the nation's, (draw,)."""
    migration = migration_rate(
        base_rate=parameters.migration_base_rate,
        growth_pull=parameters.migration_pull,
        relative_growth=relative_growth,
        shock=drivers.shocks.migration[t],
    )
    natural = before.natural_rate + parameters.natural_rate_drift
    population = population_next(
        population=before.population,
        natural_rate=natural,
        migration_rate=migration,
        extra_migrants=drivers.policy.net_migration[t],
    )
    growth = np.log(population / before.population)
    surprise = migration + drivers.policy.net_migration[t] / before.population - parameters.migration_base_rate

    def urban(log_odds: Array) -> Array:
        return urbanisation_next(
            log_odds=log_odds,
            speed=parameters.urbanisation_speed,
            migration_response=parameters.urbanisation_migration_response,
            migration_surprise=surprise,
            shock=drivers.shocks.urbanisation[t],
        )

    return People(
        population=population,
        population_growth=growth,
        natural_rate=natural,
        reference_growth=np.log1p(natural + parameters.migration_base_rate) + parameters.participation_trend,
        log_employment=log_employment_next(
            log_employment=before.log_employment,
            population_growth=growth,
            participation_trend=parameters.participation_trend,
        ),
        urbanisation=urban(before.urbanisation),
        census_urbanisation=urban(before.census_urbanisation),
    )
