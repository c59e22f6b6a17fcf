"""Indicators by year: of the region asked for, and those of its city and nation that targets look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sim.aggregation import Accounts, Combined
from sim.base_year import Base
from sim.drivers.arrays import World
from sim.growth_accounting.accounting import GrowthAccounting
from sim.indicators.catalogue import INDICATORS, Moment, missing_of
from sim.randomness import Array
from sim.region.pack import NATION, Pack

#: Indicators that the model computes, in the order of the registry.
COMPUTED = tuple(name for name, item in INDICATORS.items() if item.compute is not None)
#: What is always measured of a city beside its district; of the nation only growth is part of the world.
OF_CITY, OF_NATION = ("gdp", "gdp_growth"), "gdp_growth"


def shown_pack(pack: Pack) -> Pack:
    """The pack whose cells are those of the accounts shown: for a city, of the rest of it and of its districts."""
    theirs = tuple(
        replace(cell, id=f"{district.id}.{cell.id}") for district in pack.districts for cell in district.cells
    )
    return replace(pack, cells=(*pack.cells, *theirs)) if theirs else pack


def measure(moment: Moment, out: Array, rows: Iterable[int]) -> None:
    """Write the values of the computed indicators in `rows` in one year into `out`, (indicator, draw)."""
    for row in rows:
        compute = INDICATORS[COMPUTED[row]].compute
        assert compute is not None
        out[row] = compute(moment)


@dataclass(frozen=True, slots=True)
class Whole:
    """A city: its pack, drawn figures of the base year, and base years of its parts, the rest of it first."""

    pack: Pack
    numbers: Mapping[str, Array]
    bases: tuple[Base, ...]

    def accounts(self, states: Sequence[Accounts]) -> Combined:
        """The city's accounts of one year from those of its parts."""
        return Combined(tuple(states), tuple(base["patents"] * base["population"] for base in self.bases))


class Measurement:
    """Values of all indicators and benchmarks, filled in year by year.

    values : (indicator, year, draw) in the order of COMPUTED, NaN where the pack has no baseline; benchmarks :
    `benchmark/<region>/<indicator>` -> (year, draw).
    """

    def __init__(
        self, pack: Pack, numbers: Mapping[str, Array], city: Whole | None, world: World,
        compared: Iterable[tuple[str, str]], accounting: GrowthAccounting | None = None,
    ) -> None:  # fmt: skip
        """`numbers` are drawn figures of the base year; `compared` are (region, indicator) pairs of other regions.

        `accounting` is told of every year too: of the region asked for, or of all parts of the city.
        """
        years, draws = world.national_growth.shape
        self.pack, self.numbers, self.city, self.world = shown_pack(pack), numbers, city, world
        self.accounting = accounting
        self.is_city = city is not None and city.pack.id == pack.id
        self.rows = [i for i, name in enumerate(COMPUTED) if missing_of(INDICATORS[name], pack) is None]
        self.values: Array = np.full((len(COMPUTED), years, draws), np.nan)
        self.benchmarks: dict[str, Array] = {f"benchmark/{NATION}/{OF_NATION}": 100.0 * np.expm1(world.national_growth)}
        self.of_city: dict[str, Array] = {}
        if city is not None and not self.is_city:
            asked = {*OF_CITY, *(name for region, name in compared if region == city.pack.id)}
            self.city_pack = shown_pack(city.pack)
            # A target that looks at what the city does not report is not evaluated: there is nothing to measure.
            able = (name for name in COMPUTED if name in asked and missing_of(INDICATORS[name], city.pack) is None)
            self.of_city = {name: np.empty((years, draws)) for name in able}
            self.benchmarks |= {f"benchmark/{city.pack.id}/{name}": row for name, row in self.of_city.items()}
        self.first: tuple[Accounts, Accounts | None] | None = None
        self.before: tuple[Accounts, Accounts | None] | None = None

    def year(self, t: int, own: Accounts, parts: Sequence[Accounts]) -> Accounts:
        """Measure year t and give the accounts of the region asked for: `own`, or those of the whole city.

        `parts` are those of the city in the order of its bases, empty without a city.
        """
        whole = None if self.city is None else self.city.accounts(parts)
        shown: Accounts = whole if self.is_city and whole is not None else own
        if self.accounting is not None:
            self.accounting.year(t, parts if self.is_city else [own])
        now = (shown, whole)
        self.first = self.first or now
        before, first = self.before or now, self.first
        rate = self.world.exchange_rate[t]
        city_gdp = None if whole is None or self.is_city else whole.reporting.gdp
        moment = Moment(shown, before[0], first[0], self.pack, t, self.numbers, rate, city_gdp)
        measure(moment, self.values[:, t], self.rows)
        if self.of_city and whole is not None and before[1] is not None and first[1] is not None:
            assert self.city is not None
            around = Moment(whole, before[1], first[1], self.city_pack, t, self.city.numbers, rate, None)
            for name, row in self.of_city.items():
                compute = INDICATORS[name].compute
                assert compute is not None
                row[t] = compute(around)
        self.before = now
        return shown
