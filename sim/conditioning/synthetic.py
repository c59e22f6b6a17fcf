"""Made-up regions for the proof: a region pack whose truth is drawn from its own prior."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from sim.conditioning.observations import Observation, observations
from sim.conditioning.problem import EVERY, Problem
from sim.conditioning.proof import AS_DRAWN, OUTLIER, Result, Told, Trial, prove
from sim.conditioning.region import NOTHING_DONE, RARE_EVENT, RegionProblem
from sim.conditioning.service import key_of, reporting_errors
from sim.experiment.drawing import Block, block_of
from sim.experiment.simulation import simulate_family, worlds
from sim.facts.ledger import Fact
from sim.language import Text
from sim.randomness import Array, Draws, generator
from sim.region.pack import Pack

#: Seed of the proof that comes with the program, and digits of the fingerprint of what it proves.
SEED, KEY = 20, 12
#: How many standard deviations a wrong fact is off.
OFF = 5.0
#: Years after the last facts whose forecasts are ranked.
AHEAD = 2
#: What is ranked of indicators: the last known year's share, and forecasts with their future shocks.
INDICATORS_NOW = ("secondary_share",)
INDICATORS_AHEAD = (
    "gdp", "gdp_growth", "secondary_share", "manufacturing_share", "marine_gop", "population", "household_income",
)  # fmt: skip
#: Parameters of the region and of the world whose posteriors are ranked.
PARAMETERS = (
    "potential_growth_first_year", "convergence_speed", "mature_premium", "trend_error", "relative_persistence",
    "demand_persistence", "base_demand_gap", "accelerator", "capital_convergence", "reporting_lean",
)  # fmt: skip
VOLATILITIES = ("home_volatility", "relative_volatility", "release_error")
WORLD = (
    "national_growth_2021", "national_growth_2025", "national_persistence", "producer_price_mean",
    "exchange_rate_drift", "rare_event_size",
)  # fmt: skip
WORLD_VOLATILITIES = ("national_volatility", "producer_price_volatility", "exchange_rate_volatility")
#: Shocks of the region in a known year that are ranked, and their source.
SHOCKS = {"home": "shocks", "relative": "shocks", "release": "reporting"}

#: What quantities are called on paper, those that a figure shows.
LABELS = {
    "secondary_share": Text("二产比重", "secondary share"),
    "gdp": Text("生产总值", "GDP"),
    "gdp_growth": Text("生产总值增速", "GDP growth"),
    "manufacturing_share": Text("制造业比重", "manufacturing share"),
    "marine_gop": Text("海洋生产总值", "marine GOP"),
    "population": Text("常住人口", "population"),
    "household_income": Text("居民收入", "household income"),
    "potential_growth_first_year": Text("首年潜在增长", "first potential growth"),
    "convergence_speed": Text("收敛速度", "convergence speed"),
    "mature_premium": Text("成熟期超额增长", "mature premium"),
    "trend_error": Text("趋势误差", "trend error"),
    "demand_persistence": Text("需求惯性", "demand persistence"),
    "reporting_lean": Text("发布向目标靠拢", "lean of reports"),
    "cell_premium.manufacturing_other": Text("其他制造业超额增长", "manufacturing premium"),
    "home_volatility": Text("本地需求波动", "home volatility"),
    "relative_volatility": Text("相对增长波动", "relative volatility"),
    "world.national_growth_2025": Text("全国趋势增速2025", "national trend 2025"),
    "world.producer_price_mean": Text("PPI均值", "producer price mean"),
    "world.national_volatility": Text("全国波动", "national volatility"),
    "world.exchange_rate_volatility": Text("汇率波动", "exchange rate volatility"),
    "shock.home": Text("本地需求冲击", "home shock"),
    "shock.relative": Text("相对增长冲击", "relative shock"),
    "shock.release": Text("发布误差", "release error"),
    "misfit": Text("对发布数的偏离", "misfit to reports"),
}


def label_of(quantity: str) -> Text | None:
    """What a quantity is called where people read it; None for one that the figure leaves out."""
    if quantity in LABELS:
        return LABELS[quantity]
    name, _, year = quantity.rpartition(".")
    return Text(LABELS[name].zh + year, f"{LABELS[name].en} {year}") if name in LABELS and year.isdigit() else None


@dataclass(frozen=True, slots=True)
class Synthetic:
    """Regions that are like `pack`, alone in the world, with reports of the kinds and errors of `facts`."""

    pack: Pack
    facts: tuple[Observation, ...]
    as_of: int
    seed: int

    @property
    def years(self) -> tuple[int, ...]:
        """Base year to the last forecast."""
        return tuple(range(self.pack.base_year, self.as_of + AHEAD + 1))

    def trial(self, cohort: str, region: int) -> Trial:
        """One region: its truth from the prior, its world's history as data, its reports with their errors."""
        truth = Draws(self.seed, region, EVERY, 1)
        untold = replace(self.pack, world_history={})
        reported = RegionProblem(untold, self.facts, self.as_of).predict(truth)[:, 0]
        noise = generator(self.seed, "proof.reports", region).standard_normal(len(self.facts))
        values = reported + noise * np.array([o.error for o in self.facts])
        wrong = ""
        if cohort == OUTLIER:
            chosen = int(generator(self.seed, "proof.wrong", region).integers(len(self.facts)))
            values[chosen] += OFF * self.facts[chosen].error
            wrong = self.facts[chosen].id
        facts = tuple(replace(o, value=float(value)) for o, value in zip(self.facts, values, strict=True))
        pack = replace(self.pack, world_history=self.history(untold, truth))
        asked = Asked(pack, facts, self.as_of, self.years)
        found = asked.quantities(truth)
        return Trial(
            asked.problem,
            self.as_of,
            {name: float(value[0]) for name, value in found.items()},
            asked.quantities,
            self.struck(truth),
            wrong,
        )

    def history(self, untold: Pack, truth: Draws) -> Mapping[str, Mapping[int, Fact]]:
        """What happened in the world of a truth, as facts of the same names and years as the pack's own."""
        block = block_of(untold, truth, self.years)
        (world,) = worlds((NOTHING_DONE,), block)
        series = {
            "national_growth": 100.0 * np.expm1(world.national_growth),
            "producer_prices": 100.0 * np.expm1(world.producer_price_growth),
            "world_trade": 100.0 * np.expm1(world.world_trade_growth),
            "exchange_rate": world.exchange_rate,
        }
        return {
            name: {
                year: replace(by_year[year], value=float(series[name][year - self.pack.base_year, 0]))
                for year in range(self.pack.base_year + 1, self.as_of + 1)
            }
            for name, by_year in self.pack.world_history.items()
        }

    def struck(self, truth: Draws) -> str:
        """Name of the history that is true: that of one rare event or none; "several" is no hypothesis."""
        block = block_of(self.pack, truth, self.years)
        chance = truth.uniform("shocks", RARE_EVENT, len(self.years))[:, 0]
        known = range(1, self.as_of - self.pack.base_year + 1)
        years = [self.years[t] for t in known if chance[t] < block.world_parameters.rare_event_probability[0]]
        return "several" if len(years) > 1 else f"rare_event.{years[0]}" if years else ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of draws of a made-up region."""

    pack: Pack
    facts: tuple[Observation, ...]
    as_of: int
    years: tuple[int, ...]

    @property
    def reports(self) -> RegionProblem:
        """The region with its reports."""
        return RegionProblem(self.pack, self.facts, self.as_of)

    @property
    def problem(self) -> Problem:
        """What is conditioned."""
        return self.reports.problem()

    def quantities(self, draws: Draws) -> dict[str, Array]:
        """Everything that is ranked, quantity -> (draw,)."""
        block = block_of(self.pack, draws, self.years, self.as_of)
        path = simulate_family(self.pack, NOTHING_DONE, block)[self.pack.id]
        now = self.as_of - self.pack.base_year
        out = {f"{name}.{self.as_of}": path.value(name)[now] for name in INDICATORS_NOW}
        out |= {
            f"{name}.{self.years[t]}": path.value(name)[t]
            for name in INDICATORS_AHEAD
            for t in range(now + 1, len(self.years))
        }
        return out | self._unknowns(draws, block) | {"misfit": self._misfit(draws)}

    def _unknowns(self, draws: Draws, block: Block) -> dict[str, Array]:
        rows = self.as_of - self.pack.base_year
        out = {name: getattr(block.parameters, name) for name in (*PARAMETERS, *VOLATILITIES)}
        premiums = zip(self.pack.cell_ids, block.parameters.cell_premium, strict=True)
        out |= {f"cell_premium.{cell}": value for cell, value in premiums}
        out |= {f"world.{name}": getattr(block.world_parameters, name) for name in (*WORLD, *WORLD_VOLATILITIES)}
        for name, source in SHOCKS.items():
            out[f"shock.{name}.{self.as_of - 1}"] = draws.normal(source, f"{self.pack.id}.{name}", rows)[rows - 1]
        return out

    def _misfit(self, draws: Draws) -> Array:
        """Sum of squares of the reports' residuals in errors: tells a posterior from the prior, which ranks alone do
        not (Modrák et al. 2023, Bayesian Analysis 18).
        """
        found = self.reports.predict(draws)[: len(self.facts)]
        values, errors = (np.array([getattr(o, name) for o in self.facts]) for name in ("value", "error"))
        total: Array = np.square((values[:, None] - found) / errors[:, None]).sum(axis=0)
        return total


def prove_region(
    pack: Pack,
    as_of: int,
    out: Path,
    seed: int = SEED,
    *,
    regions: int = 500,
    outliers: int = 40,
    told: Told = lambda text: None,
) -> tuple[Result, ...]:
    """The long proof with made-up regions like `pack`, a district or a region without districts, taken by itself.

    Ranks and their summary go to `out`; an interrupted proof goes on where it stopped. Raises InputError where `out`
    holds a proof of something else.
    """
    alone = replace(pack, districts=(), surroundings=None)
    made = Synthetic(alone, observations(alone, as_of, reporting_errors(pack)), as_of, seed)
    key = key_of(made.trial(AS_DRAWN, 0).problem)[:KEY]
    return prove(made.trial, out, seed, regions=regions, outliers=outliers, key=key, told=told)
