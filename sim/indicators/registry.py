"""The registry of indicators: what each is, its unit and mechanism, and how it is read off the states.

Definitions are here, in Python; which of them a plan sets targets for stands in the region pack. An indicator
is a function of this year's state, last year's and the base year's, and returns one value for each draw.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from sim.aggregation import Accounts
from sim.indicators.holders import HOLDERS
from sim.language import Text
from sim.randomness import Array
from sim.region.pack import Pack

Mechanism = Literal["structural", "flow", "capacity", "bounded", "land", "none"]


@dataclass(frozen=True, slots=True)
class Moment:
    """What an indicator may look at: the accounts of three years, the pack, and reported base figures.

    `reported` holds figures of the base year that the state cannot give, such as growth rates, (draw,);
    `exchange_rate` and `city_gdp` are (draw,) of this year.
    """

    now: Accounts
    before: Accounts
    base: Accounts
    pack: Pack
    elapsed: int
    reported: Mapping[str, Array]
    exchange_rate: Array
    city_gdp: Array | None


Compute = Callable[[Moment], Array]


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator; `direction` is 1 where more is better, -1 where less is, 0 where neither.

    `needs` is what a pack must have for it: figures of the base year, `rail`, `city`, or a bounded indicator; the
    first is what it starts from.
    """

    id: str
    label: Text
    unit: str
    direction: int
    mechanism: Mechanism
    source: str
    compute: Compute | None
    missing: Text | None = None
    needs: tuple[str, ...] = ()


INDICATORS: dict[str, Indicator] = {}


def indicator(
    id: str,
    zh: str,
    en: str,
    unit: str,
    direction: int = 1,
    mechanism: Mechanism = "structural",
    source: str = "",
    needs: str | tuple[str, ...] = (),
) -> Callable[[Compute], Compute]:
    """Register a function as an indicator."""

    def register(compute: Compute) -> Compute:
        """Put the function into the registry."""
        needed = (needs,) if isinstance(needs, str) else needs
        INDICATORS[id] = Indicator(id, Text(zh, en), unit, direction, mechanism, source, compute, needs=needed)
        return compute

    return register


def unavailable(id: str, zh: str, en: str, unit: str, missing: Text) -> None:
    """Register an indicator that has no figure to start from: it is never given an invented value."""
    INDICATORS[id] = Indicator(id, Text(zh, en), unit, 1, "none", "", None, missing)


def missing_of(indicator: Indicator, pack: Pack) -> Text | None:
    """Which figure a pack lacks for an indicator; None when it has what the indicator starts from.

    Of a city every part must have the figure: what is left of it is the city's less those of its districts.
    """
    if indicator.compute is None:
        return indicator.missing
    if "city" in indicator.needs:
        why = Text("没有所属市的地区包，不能与全市相比", "there is no pack of the city that the region is part of")
        return None if pack.city else why
    for needed in indicator.needs:
        for part in (pack, *pack.districts) if needed in pack.base_facts else (pack,):
            if not _has(part, needed):
                return _no_baseline(indicator, needed, part)
    return None


def _has(pack: Pack, needed: str) -> bool:
    if needed == "rail":
        return bool(pack.rail)
    if needed in pack.base_facts:
        return pack.base_facts[needed] is not None
    return any(line.indicator == needed for line in pack.bounded)


def _no_baseline(indicator: Indicator, needed: str, pack: Pack) -> Text:
    """Which figure is missing, by the name of the indicator that starts from it, and who has it."""
    label = indicator.label
    if needed != indicator.needs[0]:
        label = next(item.label for item in INDICATORS.values() if item.needs[:1] == (needed,))
    zh, en = f"缺{pack.label.zh}{pack.base_year}年“{label.zh}”的基数", f"no baseline of {pack.base_year}: {label.en}"
    holder = HOLDERS.get(needed)
    if holder is not None:
        zh, en = f"{zh}，可向{holder.zh}索取", f"{en}; ask {holder.en}"
    return Text(zh, f"{en} ({pack.label.en})")


def percent_growth(now: Array, before: Array) -> Array:
    """Growth in percent."""
    return 100.0 * (now / before - 1.0)


def base_or(moment: Moment, name: str, value: Callable[[], Array]) -> Array:
    """A reported figure in the base year (NaN where there is none), the model's value afterwards."""
    if moment.elapsed > 0:
        return value()
    found = moment.reported.get(name)
    return np.full_like(moment.now.reporting.gdp, np.nan) if found is None else found


def nominal_share(moment: Moment, chosen: Array) -> Array:
    """Share in GDP at current prices of the cells chosen by a (cell, 1) column of ones and zeros, in percent."""
    nominal = moment.now.reporting.value_added_nominal
    return 100.0 * np.add.reduce(nominal * chosen, axis=0) / moment.now.reporting.gdp
