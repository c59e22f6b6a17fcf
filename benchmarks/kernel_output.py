"""Hand-written equations of people, supply, demand and capital.

Arguments as in `benchmarks.kernel`: values, parameters, world, shocks, policy, year.
"""

from __future__ import annotations

from types import SimpleNamespace as Arrays

import numpy as np

add, multiply, subtract, divide = np.add, np.multiply, np.subtract, np.divide


def people(v: Arrays, p: Arrays, w: Arrays, s: Arrays, q: Arrays, t: int) -> None:
    """Population, employment and urbanisation."""
    a, population, growth = v.a, v.people_population, v.people_population_growth
    subtract(v.demand_growth, w.national_growth[t - 1], out=a)
    a *= p.migration_pull
    a += p.migration_base_rate
    a += s.migration[t]
    v.people_natural_rate += p.natural_rate_drift
    a += v.people_natural_rate
    a += 1.0
    a *= population
    a += q.net_migration[t]
    divide(a, population, out=growth)
    population[:] = a
    subtract(growth, 1.0, out=a)
    a -= v.people_natural_rate
    a -= p.migration_base_rate
    a *= p.urbanisation_migration_response
    a += p.urbanisation_speed
    a += s.urbanisation[t]
    v.people_urbanisation += a
    v.people_census_urbanisation += a
    np.log(growth, out=growth)
    add(v.people_natural_rate, p.migration_base_rate, out=v.people_reference_growth)
    np.log1p(v.people_reference_growth, out=v.people_reference_growth)
    v.people_reference_growth += p.participation_trend
    v.people_log_employment += growth
    v.people_log_employment += p.participation_trend


def supply(v: Arrays, p: Arrays, w: Arrays, s: Arrays, q: Arrays, t: int) -> None:
    """Trend growth, productivity, potential output."""
    A, trend, growth = v.A, v.supply_cell_trend_growth, v.supply_potential_growth
    productivity, potential = v.supply_log_productivity, v.supply_potential_output
    v.supply_growth_gap -= p.mature_premium
    v.supply_growth_gap *= p.gap_left
    v.supply_growth_gap += p.mature_premium
    v.supply_relative_growth *= p.relative_persistence
    v.supply_relative_growth += s.relative[t]
    add(w.national_trend_growth[t], v.supply_growth_gap, out=growth)
    growth += v.supply_relative_growth
    growth += p.trend_error
    v.supply_cell_relative *= p.cell_relative_persistence
    v.supply_cell_relative += s.cell_relative[t]
    add(v.premium, v.supply_cell_relative, out=trend)
    trend += growth
    productivity += trend
    productivity += q.productivity[t]
    productivity -= multiply(p.capital_share, v.capital_reference_capital_growth, out=A)
    productivity -= multiply(p.labour_share, v.people_reference_growth, out=A)
    subtract(v.capital_capital, v.capital_project_capital, out=potential)
    np.log(potential, out=potential)
    potential *= p.capital_share
    potential += multiply(p.labour_share, v.people_log_employment, out=A)
    potential += productivity
    np.exp(potential, out=potential)
    potential += q.project_output[t]


def formation(v: Arrays, p: Arrays, s: Arrays, q: Arrays, t: int) -> None:
    """Deviation of investment from its reference path; b keeps last year's."""
    growth, deviation = v.formation_growth_deviation, v.formation_deviation
    growth -= q.investment_growth[t - 1]
    growth *= p.investment_own_lag
    growth += multiply(p.accelerator, v.demand_growth_surprise, out=v.a)
    growth += q.investment_growth[t]
    growth += s.investment[t]
    v.b[:] = deviation
    deviation *= p.formation_retention
    deviation += multiply(p.formation_response, growth, out=v.a)


def demand(v: Arrays, p: Arrays, w: Arrays, s: Arrays, q: Arrays, t: int) -> None:
    """Demand gap and output. Takes last year's deviation of formation from b."""
    A, a, b, gap, held = v.A, v.a, v.b, v.demand_demand_gap, v.demand_property_gap
    persistence = p.rebound_persistence if t == 1 else p.demand_persistence
    gap *= persistence
    b *= persistence
    gap += multiply(p.investment_exposure, subtract(v.formation_deviation, b, out=a), out=A)
    multiply(persistence, w.world_trade_gap[t - 1], out=a)
    gap += multiply(p.trade_exposure, subtract(w.world_trade_gap[t], a, out=a), out=A)
    multiply(persistence, w.rare_event_gap[t - 1], out=a)
    subtract(w.rare_event_gap[t], a, out=a)
    a += w.national_shock[t]
    gap += multiply(p.national_exposure, a, out=A)
    add(held, q.property_demand[t - 1], out=b)
    held *= p.property_persistence
    held += s.property[t]
    add(held, q.property_demand[t], out=a)
    subtract(a, b, out=v.property_change)
    b *= persistence
    a -= b
    gap += multiply(p.property_exposure, a, out=A)
    gap += multiply(p.entrepot_exposure, add(q.trade_growth[t], s.trade[t], out=a), out=A)
    gap += s.cell[t]
    gap += q.demand[t] - persistence * q.demand[t - 1]
    np.exp(gap, out=v.demand_value_added)
    v.demand_value_added *= v.supply_potential_output
    a[:] = v.demand_gdp
    np.add.reduce(v.demand_value_added, axis=0, out=v.demand_gdp)
    divide(v.demand_gdp, a, out=v.demand_growth)
    np.log(v.demand_growth, out=v.demand_growth)
    subtract(v.demand_growth, v.supply_potential_growth, out=v.demand_growth_surprise)


def capital(v: Arrays, p: Arrays, q: Arrays, t: int) -> None:
    """Investment and capital."""
    A, a, growth = v.A, v.a, v.capital_reference_capital_growth
    spent, total = v.capital_investment, v.capital_formation_total
    subtract(v.supply_cell_trend_growth, growth, out=A)
    A *= p.capital_convergence
    growth += A
    np.expm1(growth, out=spent)
    spent += p.depreciation_rate
    spent *= v.capital_reference_capital
    a[:] = total
    np.add.reduce(spent, axis=0, out=total)
    reported = v.capital_reported_growth
    divide(total, a, out=reported)
    np.log(reported, out=reported)
    reported += p.investment_price_growth
    reported += v.formation_growth_deviation
    divide(spent, total, out=A)
    divide(q.allocation[t], A, out=A)
    np.maximum(A, -0.9, out=A)
    A += 1.0
    spent *= A
    spent *= np.exp(v.formation_deviation, out=a)
    spent += q.project_spending[t]
    v.capital_capital, v.capital_capital_before = v.capital_capital_before, v.capital_capital
    multiply(p.depreciation_rate, v.capital_capital_before, out=v.capital_depreciation)
    add(v.capital_capital_before, spent, out=v.capital_capital)
    v.capital_capital -= v.capital_depreciation
    v.capital_reference_capital *= np.exp(growth, out=A)
    v.capital_project_capital *= p.capital_left
    v.capital_project_capital += q.project_spending[t]
