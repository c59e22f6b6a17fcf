"""Budget revenue, household income, retail sales, research, patents and new jobs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.blocks.demand import Demand
from sim.blocks.people import People
from sim.blocks.prices import Prices
from sim.drivers.arrays import Drivers
from sim.equations.production import autoregressive
from sim.equations.public_finance import (
    income_growth,
    new_jobs,
    patent_growth,
    research_intensity_next,
    retail_growth,
    revenue_growth,
)
from sim.equations.trade import level_next
from sim.parameters.names import Parameters
from sim.randomness import Array


@dataclass(frozen=True, slots=True)
class Finance:
    """Revenue, income, research and jobs of the year; all (draw,)."""

    revenue: Array  # 亿元
    income_real_growth: Array  # log, a head
    income: Array  # 元 a head, current prices
    income_real: Array  # index, base year = 1
    retail_growth: Array  # log, current prices
    research_intensity: Array  # fraction of GDP
    patents: Array  # stock, base year = 1
    jobs_base: Array  # 万人 of the base year
    jobs_noise: Array  # log
    new_jobs: Array  # 万人 of the year
    new_jobs_cumulative: Array  # 万人 since the base year


def finance_next(
    before: Finance,
    demand: tuple[Demand, Demand],
    prices: Prices,
    people: People,
    parameters: Parameters,
    drivers: Drivers,
    t: int,
) -> Finance:
    """One year of public and household finance. `demand` holds last year's and this year's."""
    shocks, policy = drivers.shocks, drivers.policy
    earlier, now = demand
    collected = revenue_growth(
        elasticity=parameters.revenue_elasticity,
        nominal_growth=prices.nominal_growth,
        drift=parameters.revenue_drift,
        property_response=parameters.revenue_property_response,
        property_change=now.property_gap
        + policy.property_demand[t]
        - earlier.property_gap
        - policy.property_demand[t - 1],
        lever_growth=policy.revenue_growth[t],
        shock=shocks.revenue[t],
    )
    income = income_growth(
        elasticity=parameters.income_elasticity,
        growth_per_head=now.growth - people.population_growth,
        drift=parameters.income_drift,
        lever_growth=policy.income_growth[t],
        shock=shocks.income[t],
    )
    research = research_intensity_next(
        research_intensity=before.research_intensity,
        drift=parameters.research_drift,
        lever_change=policy.research_intensity[t] - policy.research_intensity[t - 1],
        shock=shocks.research[t],
    )
    patents = patent_growth(
        trend=parameters.patent_trend,
        research_response=parameters.patent_research_response,
        research_growth=np.log(research / before.research_intensity),
        lever_growth=policy.patent_growth[t],
        shock=shocks.patents[t],
    )
    noise = autoregressive(level=before.jobs_noise, persistence=parameters.jobs_persistence, innovation=shocks.jobs[t])
    jobs = new_jobs(
        base=before.jobs_base,
        trend=parameters.jobs_trend,
        years=np.asarray(float(t)),
        elasticity=parameters.jobs_elasticity,
        growth_surprise=now.growth_surprise,
        extra=policy.new_jobs[t],
        noise=noise,
    )
    return Finance(
        revenue=level_next(level=before.revenue, log_growth=collected),
        income_real_growth=income,
        income=level_next(level=before.income, log_growth=income + prices.consumer_price_growth),
        income_real=level_next(level=before.income_real, log_growth=income),
        retail_growth=retail_growth(
            income_growth=income,
            population_growth=people.population_growth,
            price_growth=prices.consumer_price_growth,
            shock=shocks.retail[t],
        ),
        research_intensity=research,
        patents=level_next(level=before.patents, log_growth=patents),
        jobs_base=before.jobs_base,
        jobs_noise=noise,
        new_jobs=jobs,
        new_jobs_cumulative=before.new_jobs_cumulative + jobs,
    )
