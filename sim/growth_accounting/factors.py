"""Log changes of the factors of each cell's value added from one year to the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np

from sim.aggregation import Accounts
from sim.blocks.demand import Demand
from sim.blocks.supply import Supply
from sim.drivers.arrays import Policy
from sim.growth_accounting.channels import NOMINAL, REAL
from sim.growth_accounting.logarithmic_mean import logarithmic_mean
from sim.randomness import Array


@runtime_checkable
class Grown(Accounts, Protocol):
    """What growth is accounted for from: the accounts of a region, and how its output came about."""

    @property
    def supply(self) -> Supply:
        """Productivity and potential output."""

    @property
    def demand(self) -> Demand:
        """The demand gap."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the states of a region do not hold: capital's share (cell, draw), and what a scenario adds by year."""

    capital_share: Array
    policy: Policy


@dataclass(frozen=True, slots=True)
class Levels:
    """One year of one account, (cell, draw): value added [亿元] and the named projects in potential output [亿元]."""

    value_added: Array
    potential_output: Array
    projects: Array
    gdp: Array  # (draw,)


@dataclass(frozen=True, slots=True)
class Change:
    """Growth of one region's cells in one account.

    parts : contributions by channel as pairs of factors whose product is in 亿元, (cell, draw); channels
    that did not move are left out. total : change of value added; gdp_before : (draw,) of the year before.
    """

    parts: dict[str, tuple[Array, Array]]
    total: Array
    gdp_before: Array


def productive_capital(state: Grown) -> Array:
    """Capital at the start of the next year without that of named projects, (cell, draw) [亿元]."""
    return state.capital.capital - state.capital.project_capital


def supply_logs(inputs: Inputs, t: int, states: tuple[Grown, Grown], capital: tuple[Array, Array]) -> dict[str, Array]:
    """Log changes of what makes potential output, named projects left out: d ln A + alpha d ln K + (1 - alpha) d ln L.

    `states` and `capital`, the productive capital (cell, draw), are those of years t - 1 and t.
    """
    before, now = states
    share = inputs.capital_share
    out = {
        "productivity": now.supply.log_productivity - before.supply.log_productivity,
        "capital": share * np.log(capital[1] / capital[0]),
        "labour": (1.0 - share) * (now.people.log_employment - before.people.log_employment),
    }
    levers = inputs.policy.productivity[t]
    if levers.any():
        out["productivity_levers"] = np.broadcast_to(levers, share.shape)
        out["productivity"] = out["productivity"] - levers
    return out


def use_logs(before: Grown, now: Grown) -> dict[str, Array]:
    """Log changes of reported real value added over potential output: the demand gap, and how output is reported."""
    gap = now.demand.demand_gap - before.demand.demand_gap
    factor = np.log(now.reporting.factor / before.reporting.factor)
    return {"demand": gap, "reporting": np.broadcast_to(factor, gap.shape)}


def changes(inputs: Inputs, t: int, states: tuple[Grown, Grown], capital: tuple[Array, Array]) -> dict[str, Change]:
    """Growth of one region's cells from year t - 1 to t by account, at constant and at current prices."""
    supply, use = supply_logs(inputs, t, states, capital), use_logs(*states)
    nominal = {**use, "prices": np.log(states[1].prices.deflator / states[0].prices.deflator)}
    revisions = [state.reporting.census_factor for state in states]
    if revisions[1] is not revisions[0]:
        nominal["reporting"] = use["reporting"] + np.log(revisions[1] / revisions[0])
    projects = inputs.policy.project_output[t - 1 : t + 1]
    real_levels, nominal_levels = [], []
    for state, output in zip(states, projects, strict=True):
        reported, potential = state.reporting, state.supply.potential_output
        real_levels.append(Levels(reported.value_added_real, potential, output, reported.gdp_real))
        nominal_levels.append(Levels(reported.value_added_nominal, potential, output, reported.gdp))
    own = sum(supply.values(), start=np.zeros_like(inputs.capital_share))
    return {
        REAL: split(supply, use, own, *real_levels),
        NOMINAL: split(supply, nominal, own, *nominal_levels),
    }


def split(supply: dict[str, Array], use: dict[str, Array], own: Array, before: Levels, now: Levels) -> Change:
    """Contributions by channel from log changes.

    Value added is potential output times its use h (demand, reporting, prices), potential output the sum of what the
    cell's own factors make, Y0, and named projects P:

        d(Y0 h) = L(Y0 h) (sum d ln own factors + sum d ln h),   d(P h) = mean(h) dP + mean(P) L(h) sum d ln h

    with logarithmic means L over the two years. Nothing is left over, and a project that stands at full output adds
    nothing any more. `own` is the sum of `supply`.
    """
    common = sum(use.values(), start=np.zeros_like(own))
    change = now.value_added - before.value_added
    if not (now.projects.any() or before.projects.any()):
        weight = logarithmic_mean(before.value_added, change, own + common)
        return Change({name: (log, weight) for name, log in {**supply, **use}.items()}, change, before.gdp)
    ratio, ratio_now = before.value_added / before.potential_output, now.value_added / now.potential_output
    built, built_now = before.projects * ratio, now.projects * ratio_now
    weight = logarithmic_mean(before.value_added - built, change - (built_now - built), own + common)
    mean_projects = 0.5 * (before.projects + now.projects)
    of_use = weight + mean_projects * logarithmic_mean(ratio, ratio_now - ratio, common)
    parts: dict[str, tuple[Array, Array]] = {name: (log, weight) for name, log in supply.items()}
    parts |= {name: (log, of_use) for name, log in use.items()}
    parts["projects"] = (now.projects - before.projects, 0.5 * (ratio + ratio_now))
    return Change(parts, change, before.gdp)
