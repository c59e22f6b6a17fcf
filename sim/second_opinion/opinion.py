"""The second opinion on one target: growth targets that far above last growth, and how many of them were met.

Shown beside the model's probability, never mixed into it. The record is of provinces and of targets for the year
that follows, so that it speaks of the plan's region only by analogy.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from sim.region.pack import Pack
from sim.second_opinion.table import MET_FILE, MetTable, ShareMet, read_met, share_at
from sim.targets import Target, known

#: Indicators that are real growth of GDP, and operators that ask for at least so much of it.
GROWTH = ("gdp_growth", "gdp_growth_average")
AT_LEAST = (">=", "about")


@dataclass(frozen=True, slots=True)
class Opinion:
    """The line of the record that a target falls on.

    asked : growth that the target asks for from here, percent a year; distance : the same less last known growth,
    percentage points; last_growth of last_year in percent; record : of which cut-off, regions and years.
    """

    asked: float
    distance: float
    last_growth: float
    last_year: int
    met: ShareMet
    record: MetTable


def second_opinion(target: Target, pack: Pack, as_of: int) -> Opinion | None:
    """What the record says of a target for real growth of GDP, None for all others.

    The record is the latest one made of outcomes up to `as_of`, last growth the latest figure of a year up to
    `as_of`; None where there is no such record or figure. Of an average whose first years are over, what the years
    left must bring counts. Raises InputError for a file that is wrong.
    """
    if target.indicator not in GROWTH or target.operator not in AT_LEAST or target.value is None:
        return None
    record, last = _record(pack, as_of), _last_growth(pack, as_of)
    if record is None or last is None:
        return None
    year, growth = last
    asked = _asked(target, target.value, pack, as_of)
    distance = round(asked - growth, 9)
    return Opinion(asked, distance, growth, year, share_at(record.lines, distance), record)


def _asked(target: Target, value: float, pack: Pack, as_of: int) -> float:
    """Growth in percent a year that the years left must bring; the target itself where no year of it is over."""
    first = target.year if target.first_year is None else target.first_year
    figures = [known(pack, GROWTH[0], year) for year in range(first, min(as_of, target.year - 1) + 1)]
    rates = [figure.value for figure in figures if figure is not None]
    if not rates or len(rates) < len(figures):
        return value
    years = target.year - first + 1
    left = (1.0 + value / 100.0) ** years / math.prod(1.0 + rate / 100.0 for rate in rates)
    return 100.0 * (left ** (1.0 / (years - len(rates))) - 1.0)


def _record(pack: Pack, as_of: int) -> MetTable | None:
    path = pack.folder.parent.joinpath(*MET_FILE)
    if not path.exists():
        return None
    return next((table for table in reversed(read_met(path)) if table.cut_off <= as_of), None)


def _last_growth(pack: Pack, as_of: int) -> tuple[int, float] | None:
    found = ((year, known(pack, GROWTH[0], year)) for year in range(as_of, pack.base_year - 1, -1))
    return next(((year, figure.value) for year, figure in found if figure is not None), None)
