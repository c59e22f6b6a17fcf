"""Turn a scenario's levers, projects and events into arrays by year that the model takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace

import numpy as np

from sim.drivers.arrays import Policy
from sim.drivers.world import event_level
from sim.equations.social import project_ramp
from sim.levers.catalogue import LEVERS, WORLD
from sim.parameters.names import Parameters
from sim.parameters.priors import Z95
from sim.randomness import Array, Draws
from sim.region.pack import Pack
from sim.scenario.distributions import values_at
from sim.scenario.parts import AssumptionPath, Project, Scenario

#: Years from commissioning to full output of a project. Judgement.
RAMP_YEARS = 3

#: A lever's values by year in the model's unit: lever(id, scale) -> (year, draw or 1).
Lever = Callable[..., Array]


def assumption_values(path: AssumptionPath, draws: Draws, years: Sequence[int], default: float) -> Array:
    """Values of a lever or world assumption, (year, draw) with a range and (year, 1) without one.

    One standard normal moves a range in all years together. Years the file leaves out hold `default`. Draws of a named
    distribution end at the bounds of the catalogue.
    """
    middle = np.full((len(years), 1), default)
    spread = np.zeros((len(years), 1))
    for year, low, high in zip(path.years, path.low, path.high, strict=True):
        if year in years and low is not None and high is not None:
            row = years.index(year)
            middle[row] = (low + high) / 2.0
            spread[row] = (high - low) / 2.0 / Z95
    if not spread.any():
        return middle
    normal = draws.normal("scenario", path.id)
    values: Array = middle + spread * normal
    for year, shape in zip(path.years, path.shapes, strict=False):
        if shape is not None and year in years:
            kind = LEVERS.get(path.id) or WORLD[path.id]
            values[years.index(year)] = np.clip(values_at(shape, normal[0]), kind.low, kind.high)
    return values


def world_assumptions(scenario: Scenario, draws: Draws, years: Sequence[int]) -> Mapping[str, Array]:
    """World assumptions of a scenario by id, NaN where the calibrated world applies."""
    return {name: assumption_values(path, draws, years, np.nan) for name, path in scenario.world.items()}


def build_policy(
    scenario: Scenario, pack: Pack, parameters: Parameters, base_share: Array, draws: Draws, years: Sequence[int]
) -> Policy:
    """Build the policy of one block of draws.

    base_share : (cell, draw) shares of the cells in capital formation of the base year.
    """

    def lever(name: str, scale: float = 1.0) -> Array:
        path = scenario.levers.get(name)
        return np.zeros((len(years), 1)) if path is None else scale * assumption_values(path, draws, years, 0.0)

    def programme(name: str, scale: float = 1.0) -> Array:
        asked = lever(name, scale)
        return asked * parameters.programme_delivery if asked.any() else asked

    fdi_growth = lever("fdi_growth", 0.01)
    fdi_level = np.cumsum(fdi_growth, axis=0)
    research = lever("rd_intensity", 0.01)
    digital = lever("digital_economy", 0.01)
    spending, output = project_flows(scenario.projects, pack, draws, years)
    investment_events = event_level(scenario.events, "investment", years, draws)
    return Policy(
        investment_growth=lever("investment_growth", 0.01) + _news(investment_events),
        allocation=_allocation(lever, pack, base_share),
        productivity=_productivity(lever, pack, parameters, research, digital, fdi_level),
        research_intensity=research,
        fdi_growth=fdi_growth,
        trade_growth=lever("trade_growth", 0.01),
        net_migration=lever("net_migration"),
        property_demand=lever("property_demand", 0.01),
        demand=event_level(scenario.events, "demand", years, draws),
        energy_efficiency=lever("energy_efficiency", 0.01),
        fuel_mix=lever("fuel_mix", 0.01),
        doctors=programme("doctors"),
        bounded=_stacked([programme(b.lever, b.lever_scale) for b in pack.bounded], len(years)),
        patent_growth=lever("high_value_patents", 0.01),
        new_jobs=lever("new_jobs"),
        income_growth=lever("household_income", 0.01),
        revenue_growth=lever("revenue_growth", 0.01),
        project_spending=spending,
        project_output=output,
        rail_opening=rail_openings(pack, draws, lever("rail_delay")[-1]),
    )


def after(known: int, policy: Policy) -> Policy:
    """The policy from the year after `known` reported ones on: what was done until then is in the figures.

    Metro lines keep their years of opening.
    """
    if known <= 0:
        return policy
    changed = {}
    for part in fields(policy):
        rows = getattr(policy, part.name)
        if part.name != "rail_opening" and rows[1 : known + 1].any():
            changed[part.name] = np.concatenate([np.zeros_like(rows[: known + 1]), rows[known + 1 :]])
    return replace(policy, **changed)


def _stacked(rows: Sequence[Array], years: int) -> Array:
    """Levers of the bounded indicators on one draw axis: (year, bounded, draw or 1)."""
    return np.stack(np.broadcast_arrays(*rows), axis=1) if rows else np.zeros((years, 0, 1))


def _news(level: Array) -> Array:
    """Change of an event's level from year to year; nothing at all without events."""
    return np.diff(level, axis=0, prepend=level[:1]) if level.any() else np.zeros((len(level), 1))


def _allocation(lever: Lever, pack: Pack, base_share: Array) -> Array:
    """Shift of shares of formation, (year, cell, draw or 1): to the named cells, from all others in proportion."""
    total: Array = np.zeros((1, 1, 1))
    for name, chosen in (
        ("manufacturing_investment_share", pack.group("manufacturing")),
        ("marine_investment_share", pack.marine),
        ("services_investment_share", pack.group("services")),
    ):
        points = lever(name, 0.01)
        if not points.any() or not chosen.any():
            continue
        inside = base_share * chosen
        outside = base_share * (1.0 - chosen)
        weights = inside / inside.sum(axis=0) - outside / outside.sum(axis=0)
        total = total + points[:, None, :] * weights
    return np.broadcast_to(total, (len(lever("investment_growth")), *total.shape[1:]))


def _productivity(
    lever: Lever, pack: Pack, parameters: Parameters, research: Array, digital: Array, fdi_level: Array
) -> Array:
    """Log growth of productivity by levers, (year, cell, draw or 1)."""
    growth: Array = np.zeros((len(research), len(pack.cells), 1))
    for name, chosen in (
        ("manufacturing_productivity", pack.group("manufacturing")),
        ("marine_productivity", pack.marine),
        ("services_productivity", pack.group("services")),
    ):
        points = lever(name, 0.01)
        if points.any():
            growth = growth + points[:, None, :] * chosen
    technology = pack.group("manufacturing") + pack.group("services")
    if research.any():
        # Last year's spending works on this year's growth.
        lagged = np.concatenate([np.zeros_like(research[:1]), research[:-1]])
        growth = growth + (parameters.research_effect * lagged)[:, None, :] * technology
    if digital.any():
        growth = growth + (parameters.digital_effect * digital)[:, None, :] * technology
    if fdi_level.any():
        lagged = np.concatenate([np.zeros_like(fdi_level[:1]), fdi_level[:-1]])
        growth = growth + (parameters.foreign_capital_effect * lagged)[:, None, :] * pack.group("manufacturing")
    return growth


def project_flows(projects: Sequence[Project], pack: Pack, draws: Draws, years: Sequence[int]) -> tuple[Array, Array]:
    """Spending and output of named projects [亿元], each (year, cell, draw or 1).

    A project goes ahead or not and is late by whole years: discrete draws. Capital spending is even from its
    start to its (delayed) commissioning; only the part that the trend does not hold already counts.
    """
    if not projects:
        empty: Array = np.zeros((len(years), len(pack.cells), 1))
        return empty, empty
    spending = np.zeros((len(years), len(pack.cells), draws.size))
    output = np.zeros_like(spending)
    for project in projects:
        cell = pack.cell_ids.index(project.cell)
        happens = (draws.uniform("shocks", f"project.{project.id}")[0] < project.probability).astype(np.float64)
        chance = draws.uniform("shocks", f"project_delay.{project.id}")[0]
        delay = np.searchsorted(np.cumsum(project.delay), chance, side="right").astype(np.float64)
        commissioning = project.commissioning + np.minimum(delay, len(project.delay) - 1)
        length = np.maximum(commissioning - project.start, 1.0)
        for t, year in enumerate(years):
            if t == 0:
                continue
            building = ((year >= project.start) & (year < project.start + length)).astype(np.float64)
            spending[t, cell] += happens * project.additional * project.capex / length * building
            ramp = project_ramp(
                year=np.asarray(float(year)), commissioning=commissioning, ramp_years=np.asarray(float(RAMP_YEARS))
            )
            output[t, cell] += happens * project.additional * project.value_added * ramp
    return spending, output


def rail_openings(pack: Pack, draws: Draws, delay: Array) -> Array:
    """Year in which each line opens, (line, draw); `delay` adds whole years to lines not yet open."""
    rows = []
    for line in pack.rail:
        chance = draws.uniform("shocks", f"{pack.id}.rail.{line.id}")[0]
        late = np.searchsorted(np.cumsum(line.delay), chance, side="right").astype(np.float64)
        late = np.minimum(late, len(line.delay) - 1)
        extra = np.zeros_like(late) if line.opening <= pack.base_year else np.round(delay) + late
        rows.append(line.opening + extra)
    return np.stack(rows) if rows else np.zeros((0, draws.size))
