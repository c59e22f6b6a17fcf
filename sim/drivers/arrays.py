"""What moves a region from outside its equations: the world, chance, and policy, as arrays by year.

Row 0 is the base year; row t is t years later. All arrays are read-only.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim.randomness import Array


@dataclass(frozen=True, slots=True)
class World:
    """The world of one block of draws, shared by all regions: (year, draw) unless said otherwise."""

    national_trend_growth: Array  # log growth, the lasting part of shocks included
    calibrated_first_growth: Array  # (draw,) trend growth of the first year before any scenario names another
    national_growth: Array  # log growth, cycle and rare events included
    national_shock: Array  # passing news in national demand, log
    rare_event_gap: Array  # demand lost to rare events, log
    producer_price_growth: Array  # log growth
    producer_price_mean: Array  # (draw,)
    world_trade_growth: Array  # log growth of volume
    world_trade_gap: Array  # log deviation from trend
    world_price_growth: Array  # (draw,) log growth, in dollars
    exchange_rate: Array  # 元 for a dollar, average of the year
    exchange_rate_growth: Array  # log growth


@dataclass(frozen=True, slots=True)
class Shocks:
    """Chance in one region, scaled to the unit of what it moves: (year, draw) or (year, cell, draw)."""

    relative: Array
    cell_relative: Array
    cell: Array  # home and own shock of each cell together
    property: Array
    investment: Array
    trade: Array
    fdi: Array
    migration: Array
    urbanisation: Array
    revenue: Array
    income: Array
    consumer_price: Array
    price: Array
    retail: Array
    research: Array
    patents: Array
    jobs: Array
    energy: Array
    fuel: Array
    doctors: Array
    bounded: Array
    release: Array
    coverage: Array
    census_level: Array  # 0 in years without a census
    census_shift: Array


@dataclass(frozen=True, slots=True)
class Policy:
    """What levers, programmes, projects and events of a scenario do: (year, draw or 1), or with a cell axis."""

    investment_growth: Array
    allocation: Array  # (year, cell, draw or 1) shift of shares of formation, summing to zero
    productivity: Array  # (year, cell, draw or 1) log growth
    research_intensity: Array  # level added, fraction of GDP
    fdi_growth: Array
    trade_growth: Array
    net_migration: Array  # 万人
    property_demand: Array
    demand: Array  # demand events, log
    energy_efficiency: Array
    fuel_mix: Array
    doctors: Array  # 人
    bounded: Array  # (year, bounded, draw or 1) in the unit of the indicator
    patent_growth: Array
    new_jobs: Array  # 万人
    income_growth: Array
    revenue_growth: Array
    project_spending: Array  # (year, cell, draw or 1) 亿元
    project_output: Array  # (year, cell, draw or 1) 亿元
    rail_opening: Array  # (line, draw) year of opening


@dataclass(frozen=True, slots=True)
class Drivers:
    """Everything from outside, for one block of draws and one region."""

    world: World
    shocks: Shocks
    policy: Policy
    rail_length: Array  # (line, 1) 公里
    secondary: Array  # (cell, 1) 1 for cells of the secondary industry
    target_growth: Array  # (year,) reported-growth target, NaN in years without one
    census: Array  # (year,) 1 in the year whose first releases follow an economic census
    marine_standard: Array  # (year,) 1 in the year a new marine standard takes effect
    years: Array  # (year,) calendar years
