"""The unknown numbers of the model, by name: one field for each line of the priors files.

What each means, its range, unit, source and date stand in `calibration/<region>/priors.yaml` and
`calibration/world.yaml`; a name that is in one place only is an error when the files are read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from sim.randomness import Array

PerCell = Annotated[Array, "cells"]
PerBounded = Annotated[Array, "bounded"]


@dataclass(frozen=True, slots=True)
class WorldParameters:
    """Parameters that all regions of a run share, each (draw,); rates and growth as fractions or logs."""

    national_growth_2021: Array
    national_growth_2025: Array
    national_growth_2030: Array
    national_growth_2035: Array
    national_growth_base: Array
    national_persistence: Array
    national_volatility: Array
    national_permanent_share: Array
    national_base_gap: Array
    producer_price_mean: Array
    producer_price_persistence: Array
    producer_price_volatility: Array
    producer_price_base: Array
    world_trade_trend: Array
    world_trade_persistence: Array
    world_trade_volatility: Array
    world_trade_base_gap: Array
    world_price_growth: Array
    exchange_rate_base: Array
    exchange_rate_first_year: Array
    exchange_rate_drift: Array
    exchange_rate_volatility: Array
    rare_event_probability: Array
    rare_event_size: Array
    rare_event_recovery: Array
    rare_event_trade_multiple: Array


@dataclass(frozen=True, slots=True)
class Parameters:
    """Parameters of one region, in the model's units."""

    # Of the district: (draw,)
    potential_growth_first_year: Array
    convergence_speed: Array
    mature_premium: Array
    relative_persistence: Array
    relative_volatility: Array
    trend_error: Array
    cell_relative_persistence: Array
    research_effect: Array
    digital_effect: Array
    foreign_capital_effect: Array
    depreciation_rate: Array
    capital_convergence: Array
    investment_own_lag: Array
    accelerator: Array
    investment_volatility: Array
    formation_retention: Array
    formation_response: Array
    investment_price_growth: Array
    demand_persistence: Array
    base_demand_gap: Array
    rebound_share: Array
    home_volatility: Array
    property_persistence: Array
    property_volatility: Array
    export_demand_elasticity: Array
    export_price_elasticity: Array
    import_output_elasticity: Array
    processing_share: Array
    trade_price_trend: Array
    trade_price_response: Array
    exchange_rate_response: Array
    trade_volatility: Array
    fdi_trend: Array
    fdi_growth_response: Array
    fdi_persistence: Array
    fdi_volatility: Array
    urbanisation_migration_response: Array
    natural_rate: Array
    natural_rate_drift: Array
    migration_base_rate: Array
    migration_pull: Array
    migration_volatility: Array
    participation_trend: Array
    urbanisation_speed: Array
    urbanisation_volatility: Array
    revenue_elasticity: Array
    revenue_drift: Array
    revenue_property_response: Array
    revenue_volatility: Array
    income_elasticity: Array
    income_drift: Array
    income_volatility: Array
    consumer_price_mean: Array
    consumer_price_response: Array
    consumer_price_volatility: Array
    retail_volatility: Array
    research_drift: Array
    research_volatility: Array
    patent_trend: Array
    patent_research_response: Array
    patent_volatility: Array
    jobs_trend: Array
    jobs_elasticity: Array
    jobs_persistence: Array
    jobs_volatility: Array
    efficiency_trend: Array
    fuel_trend: Array
    fuel_volatility: Array
    doctors_growth: Array
    doctors_volatility: Array
    programme_delivery: Array
    reporting_lean: Array
    release_error: Array
    census_level_mean: Array
    census_level_volatility: Array
    census_shift_mean: Array
    census_shift_volatility: Array
    coverage_persistence: Array
    coverage_volatility: Array
    coverage_break: Array

    # Of each production cell: (cell, draw)
    cell_premium: PerCell
    cell_relative_volatility: PerCell
    cell_volatility: PerCell
    capital_share: PerCell
    capital_output_ratio: PerCell
    base_capital_growth: PerCell
    demand_gap_profile: PerCell
    trade_exposure: PerCell
    investment_exposure: PerCell
    property_exposure: PerCell
    national_exposure: PerCell
    entrepot_exposure: PerCell
    price_trend: PerCell
    producer_price_response: PerCell
    price_volatility: PerCell
    marine_share: PerCell
    energy_intensity: PerCell
    energy_volatility: PerCell

    # Of each bounded indicator: (bounded, draw)
    bounded_drift: PerBounded
    bounded_volatility: PerBounded
