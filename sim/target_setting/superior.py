"""What the levels above ask for: targets of city, province and nation in the ledger for the very same quantity."""

from __future__ import annotations

from dataclasses import dataclass

from sim.facts.ledger import Fact
from sim.facts.units import factor
from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.region.pack import NATION, Pack
from sim.target_setting.periods import Kind, Period

#: What the ledgers call a quantity beside the name of its indicator.
ENDINGS: dict[Kind, tuple[str, ...]] = {
    "level": ("",),
    "average": ("_average", ""),
    "reduction": ("_cumulative", ""),
    "sum": ("_cumulative", ""),
}
#: Totals that grow with the size of a region: those of a larger one are no yardstick for its part.
TOTALS = ("亿元", "亿美元", "万人", "万吨", "公里", "件")


@dataclass(frozen=True, slots=True)
class Superior:
    """A target from above. value : in the indicator's unit, None where it is in words or a total of the larger region.

    share : whether it is a total of the larger region, shown and not compared.
    """

    region: str
    fact: Fact
    value: float | None
    share: bool


def superiors(pack: Pack, period: Period) -> tuple[Superior, ...]:
    """Targets of the levels above for a period, the nearest level first."""
    regions = levels_above(pack)
    names = [period.indicator + ending for ending in ENDINGS[period.kind]]
    found = [
        fact
        for fact in pack.ledger.facts
        if fact.nature == "target" and fact.region in regions and fact.indicator in names
        and fact.last_year == period.year and _same_years(fact, period)
    ]  # fmt: skip
    found.sort(key=lambda fact: (regions.index(fact.region), names.index(fact.indicator)))
    return tuple(_superior(fact, INDICATORS[period.indicator].unit) for fact in found)


def levels_above(pack: Pack) -> list[str]:
    """The regions that a region is part of, the nearest first, the nation last."""
    out: list[str] = []
    at: str | None = pack.id
    while at is not None and (at := pack.parents.get(at)) is not None and at not in out:
        out.append(at)
    return out if NATION in out else [*out, NATION]


def level_word(pack: Pack, region: str) -> Text:
    """What a region is to one of its parts: 全国, 全市, 全省; to itself 本区, or 本地 where it is no district."""
    if region == pack.id:
        return Text("本地", "own") if pack.city is None else Text("本区", "own")
    if region == NATION:
        return Text("全国", "the nation")
    return Text("全市", "the city") if region == pack.city else Text("全省", "the province")


def _same_years(fact: Fact, period: Period) -> bool:
    """Whether a target counts the same years: one for growth of a single year is another quantity."""
    if period.kind == "level":
        return fact.first_year == fact.last_year
    return fact.first_year == period.first


def _superior(fact: Fact, unit: str) -> Superior:
    total = unit in TOTALS
    comparable = fact.value is not None and factor(fact.unit, unit) is not None and not total
    return Superior(fact.region, fact, fact.in_unit(unit) if comparable else None, total and fact.value is not None)
