"""The base year: from reported facts, assumptions and parameters to the first state of the model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

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
from sim.drivers.arrays import World
from sim.equations.investment import depreciation, reference_formation
from sim.equations.population import logit
from sim.equations.prices import total
from sim.equations.production import base_log_productivity
from sim.facts.ledger import Fact
from sim.facts.rounding import Interval
from sim.model import State
from sim.parameters.names import Parameters
from sim.randomness import Array, Draws
from sim.region.pack import Pack
from sim.region.schema import BASE_ASSUMPTIONS, UNITS

#: The least part of an aggregate that a closing cell keeps, and the share of draws in which it may be needed.
LEAST_PART, MOST_MENDED = 0.01, 0.001


@dataclass(frozen=True, slots=True)
class Base:
    """Drawn numbers of the base year, by name, each (draw,); NaN where the pack has no figure."""

    numbers: Mapping[str, Array]
    value_added: Array  # (cell, draw) 亿元

    def __getitem__(self, name: str) -> Array:
        return self.numbers[name]


def draw_fact(fact: Fact, pack: Pack, draws: Draws, unit: str | None = None) -> Array:
    """True values behind a reported figure, (draw,): inside its rounding interval, or its centre."""
    interval = fact.interval(pack.words, unit)
    if "facts" not in draws.sources:
        return np.full(draws.size, interval.centre)
    # Regions name their figures alike, but what was rounded off is not the same in two of them.
    return _quantile(interval, ndtr(draws.normal("facts", f"{pack.id}.{fact.id}")[0]))


def _quantile(interval: Interval, level: Array) -> Array:
    low, high = interval.low, interval.high
    if interval.shape == "uniform":
        return low + (high - low) * level
    mode, width = interval.mode, high - low
    split = (mode - low) / width
    rising = low + np.sqrt(np.maximum(level * width * (mode - low), 0.0))
    falling = high - np.sqrt(np.maximum((1.0 - level) * width * (high - mode), 0.0))
    return np.where(level < split, rising, falling)


def draw_numbers(pack: Pack, draws: Draws) -> dict[str, Array]:
    """Draw all numbers of the base year and what follows from two of them, by name, each (draw,).

    A figure the pack does not have is NaN, and so is all that rests on it.
    """
    missing = np.full(draws.size, np.nan)
    numbers: dict[str, Array] = dict.fromkeys(BASE_ASSUMPTIONS, missing)
    for name, fact in pack.base_facts.items():
        unit = "%" if fact is not None and fact.unit == "%" else UNITS.get(name)
        numbers[name] = missing if fact is None else draw_fact(fact, pack, draws, unit)
    for name, prior in pack.base_assumptions.items():
        numbers[name] = prior.value(draws.normal("parameters", f"{pack.id}.{prior.name}")[0])
    for name in ("primary", "secondary"):
        fact = pack.base_facts[name]
        if fact is not None and fact.unit == "%":  # a share of GDP where no level is reported
            numbers[name] = numbers["gdp"] * numbers[name] / 100.0
    level = pack.base_facts["income_level"]
    numbers["income"] = income_of(numbers, pack.base_year - (pack.base_year if level is None else level.last_year))
    if pack.base_facts["exports"] is None:
        numbers["exports"] = numbers["trade_total"] * numbers["export_share"]
    else:
        numbers["export_share"] = numbers["exports"] / numbers["trade_total"]
    return numbers


def income_of(numbers: Mapping[str, Array], years: int) -> Array:
    """Household income of the base year [元] from a level that is 0, 1 or 2 years older."""
    income = numbers["income_level"]
    if years >= 1:
        income = income * (1.0 + numbers["income_growth"] / 100.0)
    return income * np.exp(numbers["income_growth_before"]) if years >= 2 else income


def compose(pack: Pack, numbers: Mapping[str, Array], marine_share: Array) -> Array:
    """Value added of each cell [亿元], (cell, draw): the pack's composition applied to its figures.

    Raises ValueError when the reported shares leave a cell without positive value added.
    """

    def number(name: str) -> Array:
        return numbers[name]

    gdp = number("gdp")
    aggregates = {"primary": number("primary"), "secondary": number("secondary")}
    aggregates["tertiary"] = gdp - aggregates["primary"] - aggregates["secondary"]
    aggregates["manufacturing"] = gdp * number("manufacturing_share") / 100.0
    cells: dict[str, Array] = {}
    for line in pack.composition:
        if line.part == "share":
            assert line.share is not None
            cells[line.cell] = aggregates[line.of] * number(line.share)
    manufacturing = {line.cell for line in pack.composition if line.of == "manufacturing"}
    closure = next((line for line in pack.composition if line.part == "marine_closure"), None)

    def rest(of: str, cell: str) -> Array:
        others = [c for line in pack.composition if line.of == of and (c := line.cell) != cell]
        left = aggregates[of] - sum((cells[c] for c in others if c in cells), np.zeros(1))
        return left - aggregates["manufacturing"] if of == "secondary" and manufacturing else left

    for line in pack.composition:
        if line.part == "rest" and (closure is None or line.of != closure.of):
            cells[line.cell] = rest(line.of, line.cell)
    if closure is not None:
        remainder = next(line.cell for line in pack.composition if line.of == closure.of and line.part == "rest")
        index = {cell: i for i, cell in enumerate(pack.cell_ids)}
        known = sum((marine_share[index[c]] * value for c, value in cells.items()), np.zeros(1))
        wanted = gdp * number("marine_share") / 100.0 - known
        # m_s S + m_r (T - S) = wanted, solved for S.
        m_s, m_r = marine_share[index[closure.cell]], marine_share[index[remainder]]
        cells[closure.cell] = _inside((wanted - m_r * aggregates[closure.of]) / (m_s - m_r), aggregates[closure.of])
        cells[remainder] = aggregates[closure.of] - cells[closure.cell]
    value_added = np.stack([np.broadcast_to(cells[c], gdp.shape) for c in pack.cell_ids])
    if not (value_added > 0.0).all():
        bad = [c for c in pack.cell_ids if not (cells[c] > 0.0).all()]
        raise ValueError(f"composition leaves no value added for {', '.join(bad)}")
    return value_added


def _inside(part: Array, whole: Array) -> Array:
    """A part that closes an account, kept a part of its whole in the few draws whose assumptions leave none of it.

    Assumed shares have tails: about one draw in 100 000 gives other cells more than the whole marine economy. Where
    that is common, figures contradict each other, and nothing is mended here.
    """
    least = LEAST_PART * whole
    kept = np.clip(part, least, whole - least)
    rare = max(1.0, MOST_MENDED * kept.size)
    return kept if kept.size > 1 and np.count_nonzero(kept != part) <= rare else part


def initial_state(pack: Pack, base: Base, parameters: Parameters, world: World, draws: Draws) -> State:
    """State of the base year: it reproduces the reported figures within their rounding."""
    value_added = base.value_added
    gap = parameters.base_demand_gap * parameters.demand_gap_profile
    capital0 = parameters.capital_output_ratio * value_added
    growth = np.log1p(base["gdp_growth"] / 100.0)
    weight = value_added / np.add.reduce(value_added, axis=0)
    premium = parameters.cell_premium - np.add.reduce(weight * parameters.cell_premium, axis=0)
    potential = parameters.potential_growth_first_year
    productivity = base_log_productivity(
        value_added=value_added, demand_gap=gap, capital=capital0, capital_share=parameters.capital_share
    )
    gdp = total(values=value_added)
    demand = Demand(gap, np.zeros(draws.size), value_added, gdp, growth, growth - potential)
    prices = Prices(
        deflator=np.ones_like(value_added),
        nominal=value_added,
        gdp_nominal=gdp,
        nominal_growth=growth,
        consumer_price_growth=parameters.consumer_price_mean,
    )
    intensity = parameters.energy_intensity / np.add.reduce(weight * parameters.energy_intensity, axis=0)
    one = np.ones(draws.size)
    return State(
        people=_people(base, parameters),
        supply=Supply(
            growth_gap=_first_gap(parameters, world),
            relative_growth=np.zeros(draws.size),
            potential_growth=potential,
            cell_relative=np.zeros_like(value_added),
            cell_trend_growth=potential + premium,
            log_productivity=productivity,
            potential_output=value_added * np.exp(-gap),
        ),
        formation=Formation(np.zeros(draws.size), np.zeros(draws.size)),
        capital=_capital(capital0, parameters),
        demand=demand,
        prices=prices,
        trade=_trade(base, draws),
        finance=_finance(base, draws),
        environment=environment_of(intensity, one, value_added, gdp),
        social=_social(pack, base, draws),
        reporting=reported_accounts(one, np.ones_like(value_added), np.zeros(draws.size), demand, prices, parameters),
        premium=premium,
    )


def _first_gap(parameters: Parameters, world: World) -> Array:
    """Lead over the nation such that the first step gives the prior of the first year's potential growth."""
    first = parameters.potential_growth_first_year - world.calibrated_first_growth
    return parameters.mature_premium + (first - parameters.mature_premium) / (1.0 - parameters.convergence_speed)


def _people(base: Base, parameters: Parameters) -> People:
    share = base["urbanisation"] / 100.0
    shifted = share + base["census_urbanisation_shift"]
    natural = parameters.natural_rate
    return People(
        population=base["population"],
        population_growth=np.zeros_like(natural),
        natural_rate=natural,
        reference_growth=np.log1p(natural + parameters.migration_base_rate) + parameters.participation_trend,
        log_employment=np.zeros_like(natural),
        urbanisation=logit(share=share),
        census_urbanisation=logit(share=shifted),
    )


def _capital(capital0: Array, parameters: Parameters) -> Capital:
    growth = parameters.base_capital_growth
    spent = reference_formation(
        reference_capital=capital0, reference_capital_growth=growth, depreciation_rate=parameters.depreciation_rate
    )
    worn = depreciation(capital=capital0, depreciation_rate=parameters.depreciation_rate)
    after = capital0 + spent - worn
    return Capital(
        capital=after,
        reference_capital=after,
        reference_capital_growth=growth,
        project_capital=np.zeros_like(after),
        capital_before=capital0,
        investment=spent,
        depreciation=worn,
        formation_total=np.add.reduce(spent, axis=0),
        reported_growth=np.full(capital0.shape[-1], np.nan),
    )


def _trade(base: Base, draws: Draws) -> Trade:
    total_trade, share = base["trade_total"], base["export_share"]
    return Trade(
        exports=total_trade * share,
        imports=total_trade * (1.0 - share),
        price=np.ones(draws.size),
        total=total_trade,
        fdi=base["fdi"],
        fdi_deviation=np.zeros(draws.size),
    )


def _finance(base: Base, draws: Draws) -> Finance:
    return Finance(
        revenue=base["budget_revenue"],
        income_real_growth=np.log1p(base["income_growth"] / 100.0),
        income=base["income"],
        income_real=np.ones(draws.size),
        retail_growth=np.full(draws.size, np.nan),
        research_intensity=base["research_intensity"] / 100.0,
        patents=np.ones(draws.size),
        jobs_base=base["new_urban_jobs"],
        jobs_noise=np.zeros(draws.size),
        new_jobs=base["new_urban_jobs"],
        new_jobs_cumulative=np.zeros(draws.size),
    )


def _social(pack: Pack, base: Base, draws: Draws) -> Social:
    rows = []
    for bounded in pack.bounded:
        value = draw_fact(bounded.fact, pack, draws)
        rows.append(logit(share=value / 100.0) if bounded.scale == "ratio" else value)
    opened = sum(line.length[0] for line in pack.rail if line.opening <= pack.base_year)
    return Social(
        bounded=np.stack(rows) if rows else np.zeros((0, draws.size)),
        is_ratio=np.array([[1.0 if b.scale == "ratio" else 0.0] for b in pack.bounded]).reshape(-1, 1),
        # 人 for 1000 residents times 万人 times 10: people on the population of the figure's own concept.
        doctors=base["doctors_per_1000"] * base["population"] * 10.0,
        rail_length=np.full(draws.size, float(opened)),
    )
