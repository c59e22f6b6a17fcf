"""A province as a region of the model: a first state from its accounts, and what moves it from there.

Three cells, no policy, no projects, no social indicators. Blocks that do not reach output, prices or structure run
on neutral parameters; the step is that of every other region.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np

from sim.blocks.capital import Capital, Formation
from sim.blocks.demand import Demand
from sim.blocks.environment import environment_of
from sim.blocks.finance import Finance
from sim.blocks.people import People
from sim.blocks.prices import Prices
from sim.blocks.reporting import reported_accounts
from sim.blocks.social import Social
from sim.blocks.supply import Supply
from sim.blocks.trade import Trade
from sim.drivers.arrays import Drivers, Policy, Shocks, World
from sim.equations.investment import depreciation, reference_formation
from sim.equations.production import base_log_productivity
from sim.model import State
from sim.panel.growth import PARTS
from sim.parameters.names import Parameters
from sim.parameters.priors import Prior, Priors
from sim.randomness import Array, Draws, heavy_tailed

#: Harvests have fat tails, as in `sim.drivers.shocks`.
HARVEST_TAILS = 5.0


@dataclass(frozen=True, slots=True)
class Province:
    """A region and the figures it starts from: `base` (cell,) value added of the base year [亿元]."""

    name: str
    base: Array

    @property
    def prefix(self) -> str:
        """First word of its streams."""
        return f"province.{self.name}"


def province_parameters(priors: Priors, province: Province, draws: Draws) -> Parameters:
    """Parameters of one province from the priors of any province.

    The streams of `sim.parameters.priors.sample`, but for lines that are one number: most are, and every stream asked
    for is an unknown to be conditioned.
    """

    def one(prior: Prior) -> Array:
        if prior.low == prior.high:
            return prior.value(np.zeros(draws.size))
        return prior.value(draws.normal(prior.part, f"{province.prefix}.{prior.name}")[0])

    values = {name: one(prior) for name, prior in priors.scalars.items()}
    none = np.zeros((0, draws.size))
    values |= {name: np.stack([one(p) for p in vector]) if vector else none for name, vector in priors.vectors.items()}
    # The base year is no trough: its gap closes as any other.
    return Parameters(**values | {"rebound_share": 1.0 - values["demand_persistence"]})


def first_state(province: Province, parameters: Parameters, world: World, draws: Draws) -> State:
    """State at the end of the base year: accounts as reported, the rest from priors.

    Relative growth of the region and of its cells starts in its stationary distribution; growth of the base year
    itself is the trend, since only what follows is compared with reports.
    """
    size = draws.size
    value_added = np.repeat(province.base[:, None], size, axis=1)
    gdp = np.add.reduce(value_added, axis=0)
    weight = value_added / gdp
    premium = parameters.cell_premium - np.add.reduce(weight * parameters.cell_premium, axis=0)
    memory, of_cells = parameters.relative_persistence, parameters.cell_relative_persistence
    relative = _start(draws, f"{province.prefix}.relative_start") * parameters.relative_volatility
    relative /= np.sqrt(1.0 - memory**2)
    started = np.stack([_start(draws, f"{province.prefix}.cell_relative_start.{part}") for part in PARTS])
    cell_relative = started * parameters.cell_relative_volatility / np.sqrt(1.0 - of_cells**2)
    potential = world.national_trend_growth[0] + parameters.mature_premium + relative
    gap = parameters.demand_gap_profile * parameters.base_demand_gap
    capital = parameters.capital_output_ratio * value_added
    demand = Demand(gap, np.zeros(size), value_added, gdp, potential, np.zeros(size))
    prices = Prices(np.ones_like(value_added), value_added, gdp, potential, np.zeros(size))
    one, none = np.ones(size), np.zeros(size)
    return State(
        people=People(one, none, none, none, none, none, none),
        supply=Supply(
            growth_gap=parameters.mature_premium,
            relative_growth=relative,
            potential_growth=potential,
            cell_relative=cell_relative,
            cell_trend_growth=potential + premium + cell_relative,
            log_productivity=base_log_productivity(
                value_added=value_added, demand_gap=gap, capital=capital, capital_share=parameters.capital_share
            ),
            potential_output=value_added * np.exp(-gap),
        ),
        formation=Formation(none, none),
        capital=_capital(capital, parameters),
        demand=demand,
        prices=prices,
        trade=Trade(one, one, one, one, one, none),
        finance=Finance(one, none, one, one, none, one, one, one, none, one, none),
        environment=environment_of(np.ones_like(value_added), one, value_added, gdp),
        social=Social(np.zeros((0, size)), np.zeros((0, 1)), one, none),
        reporting=reported_accounts(one, np.ones_like(value_added), none, demand, prices, parameters),
        premium=premium,
    )


def _start(draws: Draws, name: str) -> Array:
    return draws.normal("shocks", name)[0]


def _capital(before: Array, parameters: Parameters) -> Capital:
    growth = parameters.base_capital_growth
    spent = reference_formation(
        reference_capital=before, reference_capital_growth=growth, depreciation_rate=parameters.depreciation_rate
    )
    worn = depreciation(capital=before, depreciation_rate=parameters.depreciation_rate)
    after = before + spent - worn
    nothing = np.zeros_like(after)
    total = np.add.reduce(spent, axis=0)
    return Capital(after, after, growth, nothing, before, spent, worn, total, np.full(total.shape, np.nan))


def without_shifts(world: World, premium: Array, province: Province) -> World:
    """The world with a trend for cells in place of one for GDP.

    Cells with a lasting lead gain weight at base-year prices, which alone lifts the growth of their sum year by year.
    What provinces have in common is growth of GDP, shifts of weight included, so the lift is taken off the trend.
    `premium` is (cell, draw), averaging zero over base-year weights. Source: growth of a sum with lasting leads.
    """
    rows = np.arange(len(world.national_trend_growth), dtype=np.float64)[:, None, None]
    weight = province.base[:, None] * np.exp(premium * rows)
    lift = np.add.reduce(weight * premium, axis=1) / np.add.reduce(weight, axis=1)
    return replace(world, national_trend_growth=world.national_trend_growth - lift)


def drivers(province: Province, parameters: Parameters, world: World, draws: Draws, years: Sequence[int]) -> Drivers:
    """What moves a province from its base year `years[0]` on: the world, its own chance, and no policy."""
    nothing = np.zeros(len(years))
    return Drivers(
        world=world,
        shocks=province_shocks(province, parameters, draws, len(years)),
        policy=no_policy(len(years)),
        rail_length=np.zeros((0, 1)),
        secondary=np.array([[float(part == "secondary")] for part in PARTS]),
        target_growth=np.full(len(years), np.nan),
        census=nothing,
        marine_standard=nothing,
        years=np.array(years, dtype=np.float64),
    )


def province_shocks(province: Province, parameters: Parameters, draws: Draws, rows: int) -> Shocks:
    """Chance in one province, (year, draw) or (year, cell, draw); zero where it does not reach output or prices."""
    quiet, by_cell = np.zeros((rows, 1)), np.zeros((rows, len(PARTS), 1))

    def of(name: str, volatility: Array) -> Array:
        return draws.normal("shocks", f"{province.prefix}.{name}", rows) * volatility

    def by(name: str) -> Array:
        return draws.normals("shocks", [f"{province.prefix}.{name}.{part}" for part in PARTS], rows)

    own = np.ascontiguousarray(by("cell"))
    own[:, 0] = heavy_tailed(own[:, 0], HARVEST_TAILS)
    live = {
        "relative": of("relative", parameters.relative_volatility),
        "cell_relative": by("cell_relative") * parameters.cell_relative_volatility,
        "cell": own * parameters.cell_volatility + of("home", parameters.home_volatility)[:, None, :],
        "investment": of("investment", parameters.investment_volatility),
        "price": by("price") * parameters.price_volatility,
        "energy": by_cell,
        "bounded": np.zeros((rows, 0, 1)),
    }
    return Shocks(**{field.name: live.get(field.name, quiet) for field in fields(Shocks)})


def no_policy(rows: int) -> Policy:
    """A policy that changes nothing."""
    quiet, by_cell = np.zeros((rows, 1)), np.zeros((rows, len(PARTS), 1))
    special = {
        "allocation": by_cell,
        "productivity": by_cell,
        "project_spending": by_cell,
        "project_output": by_cell,
        "bounded": np.zeros((rows, 0, 1)),
        "rail_opening": np.zeros((0, 1)),
    }
    return Policy(**{field.name: special.get(field.name, quiet) for field in fields(Policy)})
