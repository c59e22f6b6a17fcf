"""The second opinion on one target: growth targets that far above last growth, and how many of them were met.

Shown beside the model's probability, never mixed into it. The record is of provinces and of targets for the year
that follows, so that it speaks of the plan's region only by analogy.
"""

from __future__ import annotations

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

    distance : target less last known growth, percentage points; last_growth of last_year in percent; record : of
    which cut-off, regions and years.
    """

    distance: float
    last_growth: float
    last_year: int
    met: ShareMet
    record: MetTable


def second_opinion(target: Target, pack: Pack, as_of: int) -> Opinion | None:
    """What the record says of a target for real growth of GDP, None for all others.

    The record is the latest one made of outcomes up to `as_of`, last growth the latest figure of a year up to
    `as_of`; None where there is no such record or figure. Raises InputError for a file that is wrong.
    """
    if target.indicator not in GROWTH or target.operator not in AT_LEAST or target.value is None:
        return None
    record, last = _record(pack, as_of), _last_growth(pack, as_of)
    if record is None or last is None:
        return None
    year, growth = last
    distance = round(target.value - growth, 9)
    return Opinion(distance, growth, year, share_at(record.lines, distance), record)


def _record(pack: Pack, as_of: int) -> MetTable | None:
    path = pack.folder.parent.joinpath(*MET_FILE)
    if not path.exists():
        return None
    return next((table for table in reversed(read_met(path)) if table.cut_off <= as_of), None)


def _last_growth(pack: Pack, as_of: int) -> tuple[int, float] | None:
    found = ((year, known(pack, GROWTH[0], year)) for year in range(as_of, pack.base_year - 1, -1))
    return next(((year, figure.value) for year, figure in found if figure is not None), None)
