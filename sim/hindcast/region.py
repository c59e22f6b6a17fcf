"""A region's own record: where reported figures fell in the forecasts that a run as of an earlier year would make.

A record, not a score: a few figures of one region that hang together, and priors written by people who knew some of
the later ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.experiment.drawing import draw_block
from sim.experiment.measurement import COMPUTED
from sim.experiment.simulation import simulate_scenarios
from sim.facts.ledger import Fact
from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.posterior.posterior import Posterior
from sim.randomness import BLOCK, SOURCES, Array
from sim.region.pack import Pack
from sim.region.reading import list_regions, read_pack
from sim.resources import data_path
from sim.scenario.parts import Scenario
from sim.targets.comparable import comparable_fact, latest_known

#: Draws behind the percentiles, and their seed.
DRAWS, SEED = 4 * BLOCK, 1
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
INTERVALS = (50, 80, 90)


@dataclass(frozen=True, slots=True)
class Fallen:
    """A reported figure and its place in the forecast of an earlier year.

    percentile : share of the draws below it, in percent, ties half; p05 … p95 in the unit of the indicator.
    """

    region: str
    as_of: int
    year: int
    indicator: str
    unit: str
    reported: float
    fact: str
    p05: float
    p25: float
    p50: float
    p75: float
    p95: float
    percentile: float

    @property
    def horizon(self) -> int:
        """Years between what was known and the figure."""
        return self.year - self.as_of

    def inside(self, width: int) -> bool:
        """Whether it lies in the central interval of `width` percent."""
        edge = (100.0 - width) / 2.0
        return edge <= self.percentile <= 100.0 - edge


@dataclass(frozen=True, slots=True)
class Count:
    """How many of the figures lie in the central 50, 80 and 90 % intervals."""

    as_of: int
    horizon: int
    figures: int
    inside: tuple[int, int, int]


def label_of(region: str) -> Text:
    """What people call a region; its name where it has no pack any more."""
    packs = data_path("calibration")
    return read_pack(packs, region).label if region in list_regions(packs) else Text(region, region)


def origins_of(pack: Pack) -> tuple[int, ...]:
    """Years as of which something that is known today was still to come: base year to the last but one."""
    return tuple(range(pack.base_year, latest_known(pack)))


def fallen(pack: Pack, scenario: Scenario, as_of: int, posterior: Posterior | None, draws: int = DRAWS) -> list[Fallen]:
    """All comparable figures of the years after `as_of`, placed in the forecast of a run as of that year.

    `posterior` is that of `as_of`, None as of the base year. Figures of indicators without a baseline are left out.
    """
    last = latest_known(pack)
    found = [
        (name, year, fact)
        for name in COMPUTED
        for year in range(as_of + 1, last + 1)
        if (fact := comparable_fact(pack, name, year)) is not None
    ]
    values = _forecasts(pack, scenario, posterior, last, draws)
    return [
        _placed(pack, as_of, name, year, fact, drawn)
        for name, year, fact in found
        if not np.isnan(drawn := values[COMPUTED.index(name), year - pack.base_year]).any()
    ]


def _forecasts(pack: Pack, scenario: Scenario, posterior: Posterior | None, last: int, draws: int) -> Array:
    """Values (indicator, year, draw) of the scenario, every source of uncertainty on."""
    blocks = []
    for number in range(-(-draws // BLOCK)):
        block = draw_block(pack, SEED, number, last, frozenset(SOURCES), posterior)
        (path,) = simulate_scenarios(pack, (scenario,), block, keep_states=False)
        blocks.append(path.values)
    return np.concatenate(blocks, axis=-1)[..., :draws]


def _placed(pack: Pack, as_of: int, name: str, year: int, fact: Fact, drawn: Array) -> Fallen:
    unit = INDICATORS[name].unit
    reported = fact.in_unit(unit)
    p05, p25, p50, p75, p95 = (float(x) for x in np.quantile(drawn, QUANTILES))
    place = percentile(drawn, reported)
    return Fallen(pack.id, as_of, year, name, unit, reported, fact.id, p05, p25, p50, p75, p95, place)


def percentile(drawn: Array, value: float) -> float:
    """Share of draws below a value in percent, those equal to it counted half."""
    return float(50.0 * (np.mean(drawn < value) + np.mean(drawn <= value)))


def counts(found: Sequence[Fallen]) -> list[Count]:
    """How many figures lie in each interval, by as-of year and horizon."""
    groups: dict[tuple[int, int], list[Fallen]] = {}
    for figure in found:
        groups.setdefault((figure.as_of, figure.horizon), []).append(figure)
    return [_count(*key, groups[key]) for key in sorted(groups)]


def _count(as_of: int, horizon: int, figures: Sequence[Fallen]) -> Count:
    fifty, eighty, ninety = (sum(figure.inside(width) for figure in figures) for width in INTERVALS)
    return Count(as_of, horizon, len(figures), (fifty, eighty, ninety))
