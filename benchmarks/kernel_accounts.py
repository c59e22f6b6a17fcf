"""Hand-written equations of prices, trade, finance, energy, social indicators and reporting.

Arguments as in `benchmarks.kernel`: values, parameters, world, shocks, policy, year.
"""

from __future__ import annotations

from types import SimpleNamespace as Arrays

import numpy as np

from sim.drivers.arrays import Drivers

add, multiply, subtract, divide = np.add, np.multiply, np.subtract, np.divide


def prices(v: Arrays, p: Arrays, w: Arrays, s: Arrays, t: int) -> None:
    """Deflators and nominal value added."""
    A, a, b = v.A, v.a, v.b
    subtract(w.producer_price_growth[t], w.producer_price_mean, out=a)
    multiply(p.producer_price_response, a, out=A)
    A += p.price_trend
    A += s.price[t]
    v.prices_deflator *= np.exp(A, out=A)
    multiply(v.demand_value_added, v.prices_deflator, out=v.prices_nominal)
    b[:] = v.prices_gdp_nominal
    np.add.reduce(v.prices_nominal, axis=0, out=v.prices_gdp_nominal)
    divide(v.prices_gdp_nominal, b, out=v.prices_nominal_growth)
    np.log(v.prices_nominal_growth, out=v.prices_nominal_growth)
    multiply(p.consumer_price_response, a, out=v.prices_consumer_price_growth)
    v.prices_consumer_price_growth += p.consumer_price_mean
    v.prices_consumer_price_growth += s.consumer_price[t]


def trade(v: Arrays, p: Arrays, w: Arrays, s: Arrays, q: Arrays, t: int) -> None:
    """Exports, imports and foreign capital."""
    a, b = v.a, v.b
    subtract(w.producer_price_growth[t], w.world_price_growth, out=a)
    a -= w.exchange_rate_growth[t]
    a *= p.export_price_elasticity
    a += multiply(p.export_demand_elasticity, w.world_trade_growth[t], out=b)
    a += q.trade_growth[t]
    a += s.trade[t]
    multiply(p.import_output_elasticity, v.demand_growth, out=b)
    b += q.trade_growth[t]
    b += s.trade[t]
    b *= p.own_share
    b += p.processing_share * a
    v.trade_exports *= np.exp(a, out=a)
    v.trade_imports *= np.exp(b, out=b)
    subtract(w.producer_price_growth[t], w.producer_price_mean, out=a)
    a *= p.trade_price_response
    a += p.trade_price_trend
    a += multiply(p.exchange_rate_response, w.exchange_rate_growth[t], out=b)
    v.trade_price *= np.exp(a, out=a)
    add(v.trade_exports, v.trade_imports, out=v.trade_total)
    v.trade_total *= v.trade_price
    multiply(p.fdi_growth_response, v.demand_growth_surprise, out=a)
    a += p.fdi_trend
    a += q.fdi_growth[t]
    a -= v.trade_fdi_deviation
    v.trade_fdi_deviation *= p.fdi_persistence
    v.trade_fdi_deviation += s.fdi[t]
    a += v.trade_fdi_deviation
    v.trade_fdi *= np.exp(a, out=a)


def finance(v: Arrays, p: Arrays, s: Arrays, q: Arrays, t: int) -> None:
    """Revenue, income, retail sales, research, patents and jobs."""
    a, b, income = v.a, v.b, v.finance_income_real_growth
    multiply(p.revenue_elasticity, v.prices_nominal_growth, out=a)
    a += p.revenue_drift
    a += multiply(p.revenue_property_response, v.property_change, out=b)
    a += q.revenue_growth[t]
    a += s.revenue[t]
    v.finance_revenue *= np.exp(a, out=a)
    subtract(v.demand_growth, v.people_population_growth, out=income)
    income *= p.income_elasticity
    income += p.income_drift
    income += q.income_growth[t]
    income += s.income[t]
    v.finance_income_real *= np.exp(income, out=a)
    add(income, v.prices_consumer_price_growth, out=a)
    add(a, v.people_population_growth, out=v.finance_retail_growth)
    v.finance_retail_growth += s.retail[t]
    v.finance_income *= np.exp(a, out=a)
    b[:] = v.finance_research_intensity
    v.finance_research_intensity *= np.exp(add(p.research_drift, s.research[t], out=a), out=a)
    v.finance_research_intensity += q.research_intensity[t] - q.research_intensity[t - 1]
    np.maximum(v.finance_research_intensity, 0.001, out=v.finance_research_intensity)
    np.log(divide(v.finance_research_intensity, b, out=a), out=a)
    a *= p.patent_research_response
    a += p.patent_trend
    a += q.patent_growth[t]
    a += s.patents[t]
    v.finance_patents *= np.exp(a, out=a)
    v.finance_jobs_noise *= p.jobs_persistence
    v.finance_jobs_noise += s.jobs[t]
    multiply(p.jobs_elasticity, v.demand_growth_surprise, out=a)
    a += multiply(p.jobs_trend, t, out=b)
    a += v.finance_jobs_noise
    multiply(v.finance_jobs_base, np.exp(a, out=a), out=v.finance_new_jobs)
    v.finance_new_jobs += q.new_jobs[t]
    np.maximum(v.finance_new_jobs, 0.0, out=v.finance_new_jobs)
    v.finance_new_jobs_cumulative += v.finance_new_jobs


def environment(v: Arrays, p: Arrays, s: Arrays, q: Arrays, t: int) -> None:
    """Energy and emissions."""
    A, a = v.A, v.a
    add(p.efficiency_trend, q.energy_efficiency[t], out=a)
    subtract(s.energy[t], a, out=A)
    v.environment_energy_intensity *= np.exp(A, out=A)
    multiply(v.environment_energy_intensity, v.demand_value_added, out=A)
    np.add.reduce(A, axis=0, out=v.environment_energy)
    subtract(s.fuel[t], p.fuel_trend, out=a)
    a -= q.fuel_mix[t]
    v.environment_emission_factor *= np.exp(a, out=a)
    multiply(v.environment_energy, v.environment_emission_factor, out=v.environment_emissions)
    divide(v.environment_energy, v.demand_gdp, out=v.environment_unit_energy)
    divide(v.environment_emissions, v.demand_gdp, out=v.environment_unit_emissions)


def social(v: Arrays, p: Arrays, s: Arrays, q: Arrays, t: int, drivers: Drivers) -> None:
    """Bounded indicators, doctors and urban rail."""
    a, programme = v.a, q.bounded[t]
    if programme.any():
        share = 1.0 / (1.0 + np.exp(-np.where(v.is_ratio, v.social_bounded, 0.0)))
        reached = np.clip(share + programme, np.minimum(share, 0.0005), np.maximum(share, 0.9995))
        change = np.log(reached / (1.0 - reached)) - np.log(share / (1.0 - share))
        programme = np.where(v.is_ratio, change, programme)
    v.social_bounded += p.bounded_drift
    v.social_bounded += programme
    v.social_bounded += s.bounded[t]
    add(p.doctors_growth, s.doctors[t], out=a)
    v.social_doctors *= np.exp(a, out=a)
    v.social_doctors += q.doctors[t]
    np.maximum(v.social_doctors, 0.0, out=v.social_doctors)
    opened = q.rail_opening <= drivers.years[t]
    np.add.reduce(drivers.rail_length * opened, axis=0, out=v.social_rail_length)


def reporting(v: Arrays, p: Arrays, s: Arrays, t: int, drivers: Drivers) -> None:
    """Reported accounts."""
    A, a, b, factor, revision = v.A, v.a, v.b, v.reporting_factor, v.reporting_census_factor
    target = drivers.target_growth[t]
    np.expm1(v.demand_growth, out=b)
    if np.isfinite(target):
        subtract(target, b, out=a)
        a *= p.reporting_lean
        a += s.release[t]
    else:
        a[:] = s.release[t]
    b += 1.0
    a /= b
    a += 1.0
    factor *= a
    if drivers.census[t]:
        census(v, s, t, drivers)
    coverage = v.reporting_log_coverage
    coverage *= p.coverage_persistence
    coverage += s.coverage[t]
    coverage += multiply(p.coverage_break, drivers.marine_standard[t], out=a)
    real, current = v.reporting_value_added_real, v.reporting_value_added_nominal
    multiply(v.demand_value_added, factor, out=real)
    multiply(factor, revision, out=current)
    current *= v.prices_nominal
    np.add.reduce(real, axis=0, out=v.reporting_gdp_real)
    np.add.reduce(current, axis=0, out=v.reporting_gdp)
    np.add.reduce(multiply(p.marine_share, current, out=A), axis=0, out=v.reporting_marine_gop)
    v.reporting_marine_gop *= np.exp(coverage, out=a)
    np.add.reduce(multiply(p.marine_share, real, out=A), axis=0, out=v.reporting_marine_volume)


def census(v: Arrays, s: Arrays, t: int, drivers: Drivers) -> None:
    """Revision of nominal levels in the year of a census: once in five years, so written without buffers."""
    secondary, revision = drivers.secondary, v.reporting_census_factor
    current = v.prices_nominal * revision
    share = np.add.reduce(current * secondary, axis=0) / np.add.reduce(current, axis=0)
    shift = np.clip(s.census_shift[t], -0.5 * share, 0.5 * (1.0 - share))
    inside, outside = (share + shift) / share, (1.0 - share - shift) / (1.0 - share)
    revision *= (1.0 + s.census_level[t]) * (secondary * inside + (1.0 - secondary) * outside)
