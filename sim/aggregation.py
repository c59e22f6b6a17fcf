"""Several regions as one: the accounts of a city from those of its districts and of the rest of it.

Amounts are summed; shares, intensities and growth are weighted by what they are shares or growth of. Bounded
indicators are the city's own and come from the first part. Nothing here moves anything: it only adds up.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Protocol, TypeVar

import numpy as np

from sim.blocks.capital import Capital
from sim.blocks.environment import Environment
from sim.blocks.finance import Finance
from sim.blocks.people import People
from sim.blocks.prices import Prices
from sim.blocks.reporting import Reporting
from sim.blocks.social import Social
from sim.blocks.trade import Trade
from sim.equations.population import logit, share_of_logit
from sim.randomness import Array


class Accounts(Protocol):
    """What indicators read: the state of one region, or of several taken together."""

    @property
    def reporting(self) -> Reporting:
        """Accounts as they are reported."""

    @property
    def people(self) -> People:
        """Residents and urbanisation."""

    @property
    def capital(self) -> Capital:
        """Capital and investment."""

    @property
    def prices(self) -> Prices:
        """Deflators, output at current prices, consumer prices."""

    @property
    def trade(self) -> Trade:
        """Trade and foreign capital."""

    @property
    def finance(self) -> Finance:
        """Revenue, income, research and jobs."""

    @property
    def environment(self) -> Environment:
        """Energy and emissions."""

    @property
    def social(self) -> Social:
        """Bounded indicators, doctors, metro lines."""


#: Reads one quantity of a part.
Read = Callable[[Accounts], Array]
Block = TypeVar("Block", Trade, Finance, Social)


def _heads(part: Accounts) -> Array:
    return part.people.population


def _output(part: Accounts) -> Array:
    return part.prices.gdp_nominal


@dataclass(frozen=True)
class Combined:
    """Accounts of a whole. `parts` begin with the one whose bounded indicators stand for the whole.

    patent_stock : (draw,) stock of patents of each part in the base year, in any one unit. A block is added up
    when it is asked for: most runs need only a few.
    """

    parts: tuple[Accounts, ...]
    patent_stock: tuple[Array, ...]

    def _sum(self, read: Read) -> Array:
        total = read(self.parts[0])
        for part in self.parts[1:]:
            total = total + read(part)
        return total

    def _mean(self, read: Read, weight: Read) -> Array:
        return self._sum(lambda part: read(part) * weight(part)) / self._sum(weight)

    def _log_growth(self, read: Read, level_before: Read) -> Array:
        """Log growth of a sum from that of its parts and their levels of the year before, in any one unit."""
        return np.log(self._mean(lambda part: np.exp(read(part)), level_before))

    def _stacked(self, read: Read) -> Array:
        """(cell, draw) arrays one below the other."""
        return np.concatenate([read(part) for part in self.parts])

    @cached_property
    def reporting(self) -> Reporting:
        """Reported accounts: cells of all parts, and their sums."""
        first = self.parts[0].reporting
        return replace(
            first,
            value_added_real=self._stacked(lambda part: part.reporting.value_added_real),
            value_added_nominal=self._stacked(lambda part: part.reporting.value_added_nominal),
            gdp_real=self._sum(lambda part: part.reporting.gdp_real),
            gdp=self._sum(lambda part: part.reporting.gdp),
            marine_gop=self._sum(lambda part: part.reporting.marine_gop),
            marine_volume=self._sum(lambda part: part.reporting.marine_volume),
        )

    @cached_property
    def people(self) -> People:
        """Residents, and urbanisation weighted by them."""
        urban = self._mean(lambda part: share_of_logit(log_odds=part.people.urbanisation), _heads)
        census = self._mean(lambda part: share_of_logit(log_odds=part.people.census_urbanisation), _heads)
        return replace(
            self.parts[0].people,
            population=self._sum(_heads),
            urbanisation=logit(share=urban),
            census_urbanisation=logit(share=census),
        )

    @cached_property
    def capital(self) -> Capital:
        """Capital of all cells; growth of reported investment weighted by capital formation."""
        growth = self._log_growth(
            lambda part: part.capital.reported_growth,
            lambda part: part.capital.formation_total * np.exp(-part.capital.reported_growth),
        )
        return replace(
            self.parts[0].capital,
            reported_growth=growth,
            capital_before=self._stacked(lambda part: part.capital.capital_before),
            investment=self._stacked(lambda part: part.capital.investment),
            depreciation=self._stacked(lambda part: part.capital.depreciation),
        )

    @cached_property
    def prices(self) -> Prices:
        """GDP at current prices before any revision; consumer prices weighted by residents."""
        return replace(
            self.parts[0].prices,
            gdp_nominal=self._sum(_output),
            consumer_price_growth=self._mean(lambda part: part.prices.consumer_price_growth, _heads),
        )

    @cached_property
    def trade(self) -> Trade:
        """Trade and foreign capital of all parts."""
        return _summed(self.parts[0].trade, [part.trade for part in self.parts], ("exports", "imports", "total", "fdi"))

    @cached_property
    def finance(self) -> Finance:
        """Revenue and jobs added up; income by residents, retail sales and research by GDP, patents by stock."""
        summed = _summed(
            self.parts[0].finance,
            [part.finance for part in self.parts],
            ("revenue", "jobs_base", "new_jobs", "new_jobs_cumulative"),
        )
        stocks = [part.finance.patents * stock for part, stock in zip(self.parts, self.patent_stock, strict=True)]
        return replace(
            summed,
            income=self._mean(lambda part: part.finance.income, _heads),
            income_real_growth=self._mean(lambda part: part.finance.income_real_growth, _heads),
            retail_growth=self._log_growth(
                lambda part: part.finance.retail_growth,
                lambda part: _output(part) * np.exp(-part.prices.nominal_growth),
            ),
            research_intensity=self._mean(lambda part: part.finance.research_intensity, _output),
            patents=np.add.reduce(stocks) / np.add.reduce(list(self.patent_stock)),
        )

    @cached_property
    def environment(self) -> Environment:
        """Energy and emissions: all parts start from the same use for a unit of GDP, as no level is reported."""
        energy = self._sum(lambda part: part.environment.energy)
        emissions = self._sum(lambda part: part.environment.emissions)
        output = self._sum(lambda part: part.environment.energy / part.environment.unit_energy)
        return replace(
            self.parts[0].environment,
            energy=energy,
            emissions=emissions,
            unit_energy=energy / output,
            unit_emissions=emissions / output,
        )

    @cached_property
    def social(self) -> Social:
        """Doctors and metro lines of all parts, bounded indicators of the first."""
        return _summed(self.parts[0].social, [part.social for part in self.parts], ("doctors", "rail_length"))


def _summed(first: Block, blocks: Sequence[Block], names: Sequence[str]) -> Block:
    """The first block with the named amounts of all."""
    known = {field.name for field in fields(first)}
    assert known.issuperset(names)
    return replace(first, **{name: np.add.reduce([getattr(block, name) for block in blocks]) for name in names})
