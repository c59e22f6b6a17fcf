"""A worked example: the year 2021 of the seven cells by hand, every source of uncertainty off.

Plain floats from the data files: the centre of every prior, each step written out in full, in the order of the
model's blocks. It imports nothing of `sim`, so an error in an equation cannot hide in both.
`test_model_by_hand.py` holds it to the program, and `docs/model.md` prints it.
"""

from __future__ import annotations

import csv
import functools
from math import exp, expm1, log, log1p
from pathlib import Path
from typing import Any

import yaml

CALIBRATION = Path(__file__).resolve().parents[1] / "calibration"
PACK = CALIBRATION / "west_coast"

CELLS = (
    "agriculture", "fishery", "manufacturing_marine", "manufacturing_other",
    "construction_utilities", "services_marine", "services_other",
)  # fmt: skip
SECONDARY = ("manufacturing_marine", "manufacturing_other", "construction_utilities")

Work = dict[str, Any]


def load(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def centre(numbers: list[float], shape: str, unit: str) -> float:
    """The p50 of a prior: given, or the middle between p5 and p95 on the scale of the shape."""
    if len(numbers) in {1, 3}:
        middle = numbers[len(numbers) // 2]
    elif shape == "lognormal":
        middle = exp((log(numbers[0]) + log(numbers[1])) / 2.0)
    elif shape == "logit":
        odds = (log(numbers[0] / (1.0 - numbers[0])) + log(numbers[1] / (1.0 - numbers[1]))) / 2.0
        middle = 1.0 / (1.0 + exp(-odds))
    else:
        middle = (numbers[0] + numbers[1]) / 2.0
    if unit in {"%", "pp"}:
        return middle / 100.0
    return log(1.0 + middle / 100.0) if unit == "growth %" else middle


def scalars(lines: dict[str, Any]) -> dict[str, float]:
    return {n: centre(v["range"], v.get("shape", "normal"), v["unit"]) for n, v in lines.items()}


def vectors(lines: dict[str, Any], inner: str) -> dict[str, dict[str, float]]:
    return {
        n: {c: centre(r, v.get("shape", "normal"), v["unit"]) for c, r in v[inner].items()} for n, v in lines.items()
    }


def reported() -> dict[str, float]:
    """The middle of every ledger figure by id, its rounding word taken into account, in the printed unit."""
    words = load(CALIBRATION / "rounding.yaml")["words"]
    out = {}
    with (PACK / "facts.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["value"]:
                value, word = float(row["value"]), words[row["rounding"]]
                # The mean of a triangle with its mode at zero is a third of the sum of its ends.
                shift = (word["low"] + word["high"]) / (2.0 if word["shape"] == "uniform" else 3.0)
                out[row["id"]] = value + shift * (abs(value) if word["basis"] == "value" else 1.0)
    return out


@functools.cache
def work() -> Work:
    """All numbers of 2020 and 2021: of the district as floats, of the cells as dictionaries."""
    w: Work = {}
    priors, world, base = load(PACK / "priors.yaml"), load(CALIBRATION / "world.yaml"), load(PACK / "base_year.yaml")
    p, cells = scalars(priors["parameters"]), vectors(priors["cells"], "cells")
    drift = vectors(priors["bounded"], "indicators")["bounded_drift"]
    o = scalars(world["parameters"])
    share = scalars(base["assumptions"])
    facts = reported()
    fact = {name: facts[id_] for name, id_ in base["facts"].items() if id_ is not None}

    # —— base year: value added of the cells ——
    gdp0 = fact["gdp"]
    tertiary = gdp0 - fact["primary"] - fact["secondary"]
    manufacturing = gdp0 * fact["manufacturing_share"] / 100.0
    m = cells["marine_share"]
    y0 = {
        "fishery": fact["primary"] * share["fishery_share"],
        "agriculture": fact["primary"] * (1.0 - share["fishery_share"]),
        "manufacturing_marine": manufacturing * share["marine_manufacturing_share"],
        "manufacturing_other": manufacturing * (1.0 - share["marine_manufacturing_share"]),
        "construction_utilities": fact["secondary"] - manufacturing,
    }
    known = sum(m[c] * y0[c] for c in y0)
    wanted = gdp0 * fact["marine_share"] / 100.0 - known
    y0["services_marine"] = (wanted - m["services_other"] * tertiary) / (m["services_marine"] - m["services_other"])
    y0["services_other"] = tertiary - y0["services_marine"]
    w["value_added_2020"] = y0

    # —— base year: gap, capital, productivity ——
    z0 = {c: p["base_demand_gap"] * cells["demand_gap_profile"][c] for c in CELLS}
    alpha, delta = cells["capital_share"], p["depreciation_rate"]
    capital_2020 = {c: cells["capital_output_ratio"][c] * y0[c] for c in CELLS}  # at the start of 2020
    k0 = cells["base_capital_growth"]
    i0 = {c: (expm1(k0[c]) + delta) * capital_2020[c] for c in CELLS}
    capital = {c: capital_2020[c] + i0[c] - delta * capital_2020[c] for c in CELLS}  # at the start of 2021
    a0 = {c: log(y0[c]) - z0[c] - alpha[c] * log(capital_2020[c]) for c in CELLS}
    w |= {"demand_gap_2020": z0, "capital_start_2020": capital_2020, "investment_2020": i0}
    w |= {"capital_start_2021": capital, "log_productivity_2020": a0}

    # —— people ——
    natural = p["natural_rate"] + p["natural_rate_drift"]
    lead = log1p(fact["gdp_growth"] / 100.0) - o["national_growth_base"]
    migration = p["migration_base_rate"] + p["migration_pull"] * lead
    people0 = fact["population"] / 1e4
    people = people0 * (1.0 + natural + migration)
    people_growth = log(people / people0)
    log_employment = people_growth + p["participation_trend"]
    employment_reference = log(1.0 + natural + p["migration_base_rate"]) + p["participation_trend"]
    w |= {"population": people, "population_growth": people_growth, "migration_rate": migration}
    w |= {"log_employment": log_employment, "reference_employment_growth": employment_reference}

    # —— supply: trend growth, the productivity residual, potential output ——
    # The lead over the nation starts where the first step gives the prior of the first year's growth exactly.
    potential = o["national_growth_2021"] + (p["potential_growth_first_year"] - o["national_growth_2021"])
    potential += p["trend_error"]
    mean_premium = sum(y0[c] * cells["cell_premium"][c] for c in CELLS) / gdp0
    premium = {c: cells["cell_premium"][c] - mean_premium for c in CELLS}
    trend = {c: potential + premium[c] for c in CELLS}
    residual = {c: trend[c] - alpha[c] * k0[c] - (1.0 - alpha[c]) * employment_reference for c in CELLS}
    a1 = {c: a0[c] + residual[c] for c in CELLS}
    y_potential = {c: exp(a1[c] + alpha[c] * log(capital[c]) + (1.0 - alpha[c]) * log_employment) for c in CELLS}
    w |= {"potential_growth": potential, "premium": premium, "trend_growth": trend}
    w |= {"productivity_growth": residual, "log_productivity": a1, "potential_output": y_potential}

    # —— investment: deviation of reported growth, then of formation; last year's surprise drives it ——
    surprise0 = log1p(fact["gdp_growth"] / 100.0) - p["potential_growth_first_year"]
    d = p["accelerator"] * surprise0
    f = p["formation_response"] * d
    k1 = {c: k0[c] + p["capital_convergence"] * (trend[c] - k0[c]) for c in CELLS}
    i_reference = {c: (expm1(k1[c]) + delta) * capital[c] for c in CELLS}
    spent = {c: i_reference[c] * exp(f) for c in CELLS}
    worn = {c: delta * capital[c] for c in CELLS}
    capital_2022 = {c: capital[c] + spent[c] - worn[c] for c in CELLS}
    reported_growth = log(sum(i_reference.values()) / sum(i0.values())) + p["investment_price_growth"] + d
    w |= {"investment_deviation": d, "formation_deviation": f, "reference_capital_growth": k1}
    w |= {"investment": spent, "depreciation": worn, "capital_start_2022": capital_2022}
    w["fixed_asset_investment_growth"] = 100.0 * expm1(reported_growth)

    # —— demand gap: what is left of the trough, world trade, investment ——
    rho = 1.0 - p["rebound_share"]
    gap_trade0 = o["world_trade_base_gap"]
    gap_trade1 = o["world_trade_persistence"] * gap_trade0
    left = {c: rho * z0[c] for c in CELLS}
    by_trade = {c: cells["trade_exposure"][c] * (gap_trade1 - rho * gap_trade0) for c in CELLS}
    by_investment = {c: cells["investment_exposure"][c] * (f - rho * 0.0) for c in CELLS}
    z1 = {c: left[c] + by_trade[c] + by_investment[c] for c in CELLS}
    w |= {"gap_left": left, "gap_by_trade": by_trade, "gap_by_investment": by_investment, "demand_gap": z1}

    # —— output ——
    y1 = {c: y_potential[c] * exp(z1[c]) for c in CELLS}
    gdp1 = sum(y1.values())
    growth = log(gdp1 / gdp0)
    surprise = growth - potential
    w |= {"value_added": y1, "gdp_real": gdp1, "growth": growth, "growth_surprise": surprise}

    # —— deflators and nominal values ——
    ppi_news = o["producer_price_persistence"] * (o["producer_price_base"] - o["producer_price_mean"])
    pi = {c: cells["price_trend"][c] + cells["producer_price_response"][c] * ppi_news for c in CELLS}
    deflator = {c: exp(pi[c]) for c in CELLS}
    n1 = {c: y1[c] * deflator[c] for c in CELLS}
    nominal1 = sum(n1.values())
    nominal_growth = log(nominal1 / gdp0)
    cpi = p["consumer_price_mean"] + p["consumer_price_response"] * ppi_news
    w |= {"deflator": deflator, "value_added_nominal": n1, "gdp_nominal": nominal1, "consumer_price_growth": cpi}

    # —— trade and foreign capital ——
    world_growth = o["world_trade_trend"] + gap_trade1 - gap_trade0
    de = o["exchange_rate_first_year"]
    relative_price = o["producer_price_mean"] + ppi_news - o["world_price_growth"] - de
    x = p["export_demand_elasticity"] * world_growth + p["export_price_elasticity"] * relative_price
    im = (1.0 - p["processing_share"]) * p["import_output_elasticity"] * growth + p["processing_share"] * x
    price = exp(p["trade_price_trend"] + p["trade_price_response"] * ppi_news + p["exchange_rate_response"] * de)
    exports = fact["trade_total"] * share["export_share"] * exp(x)
    imports = fact["trade_total"] * (1.0 - share["export_share"]) * exp(im)
    w |= {"exports": exports, "imports": imports, "trade_price": price, "trade_total": (exports + imports) * price}
    w["fdi"] = fact["fdi"] * exp(p["fdi_trend"] + p["fdi_growth_response"] * surprise)

    # —— revenue, income, retail ——
    w["budget_revenue"] = fact["budget_revenue"] * exp(p["revenue_elasticity"] * nominal_growth + p["revenue_drift"])
    income_growth = p["income_elasticity"] * (growth - people_growth) + p["income_drift"]
    income0 = fact["income_level"] * exp(share["income_growth_before"]) * (1.0 + fact["income_growth"] / 100.0)
    w["household_income"] = income0 * exp(income_growth + cpi)
    w["household_income_growth"] = 100.0 * (exp(income_growth) - 1.0)
    w["retail_sales_growth"] = 100.0 * (exp(income_growth + people_growth + cpi) - 1.0)

    # —— research, patents, jobs ——
    w["rd_intensity"] = fact["research_intensity"] * exp(p["research_drift"])
    stock = exp(p["patent_trend"] + p["patent_research_response"] * p["research_drift"])
    w["high_value_patents"] = fact["patents"] * stock / (people / people0)
    w["new_urban_jobs"] = fact["new_urban_jobs"] * exp(p["jobs_trend"] + p["jobs_elasticity"] * surprise)

    # —— energy and carbon dioxide ——
    relative = cells["energy_intensity"]
    mean_intensity = sum(relative[c] * y0[c] for c in CELLS) / gdp0
    e1 = {c: relative[c] / mean_intensity * exp(-p["efficiency_trend"]) for c in CELLS}
    unit_energy = sum(e1[c] * y1[c] for c in CELLS) / gdp1  # 1 in 2020
    w |= {"energy_intensity": e1, "energy_intensity_reduction": 100.0 * (1.0 - unit_energy)}
    w["co2_intensity_reduction"] = 100.0 * (1.0 - unit_energy * exp(-p["fuel_trend"]))

    # —— social ——
    def odds(percent: float, step: float) -> float:
        log_odds = log(percent / (100.0 - percent)) + step
        return 100.0 / (1.0 + exp(-log_odds))

    for name in ("good_air_ratio", "good_water_ratio", "pension_coverage"):
        w[name] = odds(facts[f"{name}.2020"], drift[name])
    for name in ("forest_cover", "life_expectancy", "schooling_years", "grain_capacity"):
        w[name] = facts[f"{name}.2020"] + drift[name]
    w["doctors_per_1000"] = fact["doctors_per_1000"] * exp(p["doctors_growth"]) * people0 / people
    # The logistic curve, and the migrants above the base rate, who settle in town.
    urban_step = p["urbanisation_speed"] + p["urbanisation_migration_response"] * p["migration_pull"] * lead
    w["urbanisation_step"] = urban_step
    w["urbanisation_rate"] = odds(fact["urbanisation"], urban_step)
    w["urbanisation_rate_census"] = odds(fact["urbanisation"] + 100.0 * share["census_urbanisation_shift"], urban_step)
    # Line 1 opens on time at even odds (the chance of no delay is 0.8): 17.7 km, added to the 67.5 in operation.
    w["rail_length"] = 67.5 + 17.7

    # —— reporting is off: what is reported is what happened ——
    w |= {"reporting_factor": 1.0, "gdp": nominal1, "gdp_growth": 100.0 * (gdp1 / gdp0 - 1.0)}
    w["manufacturing_share"] = 100.0 * (n1["manufacturing_marine"] + n1["manufacturing_other"]) / nominal1
    w["secondary_share"] = 100.0 * sum(n1[c] for c in SECONDARY) / nominal1
    w["services_share"] = 100.0 * (n1["services_marine"] + n1["services_other"]) / nominal1
    w["marine_gop"] = sum(m[c] * n1[c] for c in CELLS)
    w["marine_share"] = 100.0 * w["marine_gop"] / nominal1
    w["marine_gop_growth"] = 100.0 * (sum(m[c] * y1[c] for c in CELLS) / sum(m[c] * y0[c] for c in CELLS) - 1.0)
    w["gdp_per_capita"] = nominal1 / people * 1e4
    w["gdp_per_capita_usd"] = w["gdp_per_capita"] / (o["exchange_rate_base"] * exp(de))

    # —— with the centre of the lean instead, growth goes this part of the way to the target of 8 % ——
    actual = gdp1 / gdp0 - 1.0
    w["reporting_lean"] = p["reporting_lean"]
    w["growth_with_lean"] = 100.0 * (actual + p["reporting_lean"] * (0.08 - actual))
    w["factor_with_lean"] = (1.0 + w["growth_with_lean"] / 100.0) / (1.0 + actual)
    return w
