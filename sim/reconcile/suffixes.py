"""Identities that follow from the suffix of a name: growth, averages, sums over years, changes, shares."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping

from sim.facts.rules import Deflator
from sim.language import Text
from sim.reconcile.place import Place, Slot, Template, exact


def _growth(place: Place) -> Iterator[Template]:
    year = place.period.last
    if place.period.is_span:
        return
    low, high = _price_range(place, 1)
    slots = (place.own(-1), place.level(place.base, year, 1), place.level(place.base, year - 1, -1))
    label = Text(
        "当年数、上年数与增速相互对应", "the level, the level of the year before and the growth belong together"
    )
    yield Template(slots, True, low, high, place.quantity.price != "current", label)


def _growth_average(place: Place) -> Iterator[Template]:
    first, last, years = place.period.first, place.period.last, place.period.years
    power = years if place.suffix == "growth_average" else 1
    low, high = _price_range(place, years)
    levels = (place.own(-power), place.level(place.base, last, 1), place.level(place.base, first - 1, -1))
    label = Text("期初、期末数与年均增速相互对应", "both levels and the average growth")
    yield Template(levels, True, low, high, place.quantity.price != "current", label)
    yearly = tuple(
        Slot(place.quantity.region, f"{place.base}_growth", str(year), 1, price=place.quantity.price)
        for year in range(first, last + 1)
    )
    label = Text("年均增速由各年增速连乘得出", "the average growth follows from the yearly growth")
    yield exact((place.own(-power), *yearly), label, percent=years * place.plausible.growth_revision.value)


def _price_range(place: Place, years: int) -> tuple[float, float]:
    """Logarithm of nominal change over real change that is possible; the revision of the base is in it."""
    revision = math.log1p(place.plausible.base_revision.value / 100)
    if place.quantity.price == "current":
        return -revision, revision
    entry: Deflator = place.plausible.deflator(place.base)
    percent = entry.average if years >= 3 else entry.one_year
    low, high = (years * math.log1p(value / 100) for value in percent)
    return (low, high) if place.quantity.price == "constant" else (min(low, -revision), max(high, revision))


def _cumulative(place: Place) -> Iterator[Template]:
    years = range(place.period.first, place.period.last + 1)
    levels = tuple(place.level(place.base, year, 1) for year in years)
    label = Text("累计数等于各年数之和", "the sum over the years")
    yield exact((place.own(-1, tied=True), *levels), label, product=False)
    yield from _year_to_rest(place, 0.0)


def _average(place: Place) -> Iterator[Template]:
    shift = math.log(place.period.years)
    label = Text("累计数等于年均数乘年数", "the sum is the yearly mean times the years")
    slots = (place.own(-1, tied=True), place.here(f"{place.base}_cumulative", 1, tied=True))
    yield Template(slots, True, shift, shift, False, label)
    yield from _year_to_rest(place, shift)


def _year_to_rest(place: Place, shift: float) -> Iterator[Template]:
    """One year against the mean of the remaining years, from the sum or the mean of all."""
    rest, factor = place.period.years - 1, place.plausible.year_to_rest.value
    if rest < 1:
        return
    low, high = (math.log(ratio / (rest + ratio)) + shift for ratio in (1 / factor, factor))
    label = Text(
        f"一年的数应在其余各年均数的{1 / factor:.4g}—{factor:.4g}倍之间", "one year against the mean of the others"
    )
    for year in range(place.period.first, place.period.last + 1):
        yield Template((place.own(-1), place.level(place.base, year, 1)), True, low, high, True, label)


def _change(place: Place) -> Iterator[Template]:
    slots = (
        place.own(-1),
        place.level(place.base, place.period.last, 1),
        place.level(place.base, place.period.first - 1, -1),
    )
    yield exact(slots, Text("期末数减期初数等于增减量", "the change is the difference of the levels"), product=False)


def _multiple(place: Place) -> Iterator[Template]:
    slots = (
        place.own(-1),
        place.level(place.base, place.period.last, 1),
        place.level(place.base, place.period.first - 1, -1),
    )
    label = Text("期末数等于期初数乘倍数", "the last level is a multiple of the first")
    yield exact(slots, label, percent=place.plausible.base_revision.value)


def _share(place: Place) -> Iterator[Template]:
    total = place.identities.total
    part = place.identities.total_of_share(place.base)
    slots = (place.own(1), place.here(total, 1, tied=True), place.here(part, -1, tied=True))
    yield exact(slots, Text("占比乘总量等于分项", "the share of the total is the part"))


def _share_of(place: Place) -> Iterator[Template]:
    whole = _whole_region(place)
    if whole is None:
        return
    # marine_share_of_city is of the level that marine_share is a part of: marine_gop.
    level = place.identities.shares.get(f"{place.base}_share", place.base)
    other = Slot(whole, level, place.quantity.period, 1, tied=True)
    label = Text("占上级地区的比重乘上级数等于本区数", "the share of the larger region's figure is the region's")
    yield exact((place.own(1), other, place.here(level, -1, tied=True)), label)


def _whole_region(place: Place) -> str | None:
    """The region of which a share is taken: the next larger one, the largest below the nation, the nation."""
    chain: list[str] = []
    region = place.quantity.region
    while region in place.parents and len(chain) < len(place.parents):
        region = place.parents[region]
        chain.append(region)
    below = [name for name in chain if name != place.identities.nation]
    if place.suffix == "share_of_nation":
        return place.identities.nation
    if not below:
        return None
    return below[0] if place.suffix == "share_of_city" else below[-1]


BY_SUFFIX: Mapping[str, Callable[[Place], Iterator[Template]]] = {
    "growth": _growth,
    "growth_average": _growth_average,
    "growth_cumulative": _growth_average,
    "cumulative": _cumulative,
    "average": _average,
    "change": _change,
    "multiple": _multiple,
    "share": _share,
    "share_of_city": _share_of,
    "share_of_province": _share_of,
    "share_of_nation": _share_of,
}
