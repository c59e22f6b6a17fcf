"""The problem of a region: what the model predicts for every reported figure, and the world's own surprises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.conditioning.observations import INDUSTRY_GROWTH, Observation, regions_of
from sim.conditioning.problem import Hypothesis, Problem
from sim.drivers.history import VOLATILITIES, stretches, surprises
from sim.experiment.drawing import block_of
from sim.experiment.simulation import Path, simulate_family, worlds
from sim.language import Text
from sim.posterior.scores import Restriction
from sim.randomness import Array, Draws
from sim.region.pack import Pack
from sim.scenario.parts import DEFAULT_HORIZON, Scenario

#: The past as it was: what policy did is in the figures.
NOTHING_DONE = Scenario(
    "history", Text("已经过去的各年", "the past"), "", None, DEFAULT_HORIZON, {}, {}, (), (), (), {}, ()
)
RARE_EVENT = "world.rare_event"
#: Score of a volatility below which none is looked for.
LOWEST = -8.0
#: A uniform that is below every probability, and one that is above.
STRIKES, SPARES = (0.0, 0.0), (1.0 - 1e-12, 1.0)


@dataclass(frozen=True, slots=True)
class RegionProblem:
    """Predicts the observations of a city with its districts, or of a region that stands alone."""

    pack: Pack
    facts: tuple[Observation, ...]
    as_of: int

    @property
    def years(self) -> tuple[int, ...]:
        """Base year to `as_of`; a year more where that is the base year, so that there is a step."""
        return tuple(range(self.pack.base_year, max(self.as_of, self.pack.base_year + 1) + 1))

    def predict(self, draws: Draws) -> Array:
        """Facts, then the world's surprises of the known years: (fact, draw)."""
        whole = self.pack.whole or self.pack
        block = block_of(whole, draws, self.years, self.as_of)
        found = simulate_family(whole, NOTHING_DONE, block)
        rows = [_measured(found[o.region], o, self.pack) for o in self.facts]
        (world,) = worlds((NOTHING_DONE,), block)
        known = [t for t, year in enumerate(self.years) if self.pack.base_year < year <= self.as_of]
        told = np.zeros((0, draws.size))
        if known and block.history:
            stretched = stretches(block.world_parameters, self._lowest(), len(known))
            told = np.concatenate([surprises(world, block.world_parameters, known), stretched])
        return np.concatenate([np.stack(rows) if rows else np.zeros((0, draws.size)), told])

    def _lowest(self) -> dict[str, float]:
        normal = np.array(LOWEST)
        return {name: float(self.pack.world.scalars[name].value(normal)) for name in VOLATILITIES}

    def surprises(self) -> tuple[str, ...]:
        """Names of the world's surprises, in the order of `predict`."""
        years = [year for year in self.years if self.pack.base_year < year <= self.as_of]
        series = ("national_growth", "producer_prices", "exchange_rate")
        if not years or not self.pack.world_history:
            return ()
        return (*(f"world.{name}.{year}" for year in years for name in series), *(f"world.{v}" for v in VOLATILITIES))

    def problem(self) -> Problem:
        """The facts with their errors, the surprises as standard normals, and the discrete histories."""
        names = self.surprises()
        return Problem(
            self.predict,
            np.array([o.value for o in self.facts] + [0.0] * len(names)),
            np.array([o.error for o in self.facts] + [1.0] * len(names)),
            (*(o.id for o in self.facts), *names),
            rare_events(self.pack, self.as_of),
            frozenset(f"world.{name}" for name in VOLATILITIES),
        )


def _measured(path: Path, one: Observation, pack: Pack) -> Array:
    t = one.year - pack.base_year
    if one.indicator not in INDUSTRY_GROWTH:
        return path.value(one.indicator)[t]
    owner = next(region for region in regions_of(pack) if region.id == one.region)
    now, before = (_real(path, owner, INDUSTRY_GROWTH[one.indicator], year) for year in (t, t - 1))
    return 100.0 * (now / before - 1.0)


def _real(path: Path, pack: Pack, industry: str, t: int) -> Array:
    """Real value added of an industry: of a whole the cells of all its parts, (draw,)."""
    parts = (pack, *pack.districts)
    chosen = np.concatenate([part.industry(industry) for part in parts])
    real: Array = np.add.reduce(path.states[t].reporting.value_added_real * chosen, axis=0)
    return real


def rare_events(pack: Pack, as_of: int) -> tuple[Hypothesis, ...]:
    """Histories of rare events between the base year and `as_of`: none, or one in any of the years."""
    years = range(pack.base_year + 1, as_of + 1)
    chance = float(pack.world.scalars["rare_event_probability"].centre)
    out = [_history("", 1.0 - chance * len(years), pack, years, None)]
    return (*out, *(_history(f"rare_event.{year}", chance, pack, years, year) for year in years))


def _history(name: str, probability: float, pack: Pack, years: Sequence[int], struck: int | None) -> Hypothesis:
    rows = tuple(
        Restriction("shocks", RARE_EVENT, year - pack.base_year, *(STRIKES if year == struck else SPARES))
        for year in years
    )
    return Hypothesis(name, probability, rows)


#: What a history is called where people read it.
def history_label(name: str) -> Text:
    """A discrete history in words."""
    if not name:
        return Text("没有罕见冲击", "no rare event")
    year = name.rpartition(".")[2]
    return Text(f"{year}年发生罕见冲击", f"a rare event in {year}")
