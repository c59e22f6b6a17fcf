"""Regions side by side in one year: GDP, growth, GDP per head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.facts.ledger import Fact
from sim.facts.units import factor
from sim.language import Text
from sim.peers.figures import NATURE_LABELS, Figures, scope_words
from sim.peers.regions import PeerRegion


@dataclass(frozen=True, slots=True)
class Beside:
    """One region in one year. Missing figures are None; `per_head` [万元], `computed` from GDP and population if so."""

    region: PeerRegion
    year: int
    gdp: Fact | None
    growth: Fact | None
    per_head: float | None
    computed: bool
    facts: tuple[str, ...]
    remarks: tuple[Text, ...]


def side_by_side(
    figures: Figures, regions: Sequence[PeerRegion], years: Sequence[int], always: str = "new_area"
) -> tuple[Beside, ...]:
    """Lines by year, the largest GDP first and those without one last.

    Regions of the kind `always` are listed in every year, others only where they report GDP or growth.
    """
    lines = []
    for year in years:
        found = [_beside(figures, region, year) for region in regions]
        kept = [line for line in found if line.region.kind == always or line.gdp or line.growth]
        lines += sorted(kept, key=lambda line: -_size(line.gdp))
    return tuple(lines)


def _size(gdp: Fact | None) -> float:
    return 0.0 if gdp is None else gdp.in_unit("亿元")


def _beside(figures: Figures, region: PeerRegion, year: int) -> Beside:
    total = figures.definitions.identities.total
    gdp = figures.best(region.id, total, str(year))
    growth = figures.best(region.id, f"{total}_growth", str(year))
    per_head, computed, used = _per_head(figures, region.id, year, gdp)
    facts = tuple(dict.fromkeys(fact.id for fact in (gdp, growth, *used) if fact is not None))
    return Beside(region, year, gdp, growth, per_head, computed, facts, _remarks(figures, gdp, growth, computed))


def _per_head(
    figures: Figures, region: str, year: int, gdp: Fact | None
) -> tuple[float | None, bool, tuple[Fact, ...]]:
    """GDP per head [万元]: printed, else GDP over the population reported for the year."""
    total = figures.definitions.identities.total
    printed = figures.best(region, f"{total}_per_capita", str(year))
    if printed is not None and factor(printed.unit, "万元") is not None:
        return printed.in_unit("万元"), False, (printed,)
    for people in figures.reports(region, "population", str(year)):
        if gdp is not None and factor(people.unit, "万人") is not None:
            return gdp.in_unit("亿元") / people.in_unit("万人"), True, (people,)
    return None, False, ()


def _remarks(figures: Figures, gdp: Fact | None, growth: Fact | None, computed: bool) -> tuple[Text, ...]:
    """Vintage, own words of scope, and how the figure per head was made."""
    remarks = []
    if gdp is not None and gdp.nature != "preliminary":
        remarks.append(NATURE_LABELS[gdp.nature])
    for fact, name in ((gdp, Text("总量", "GDP")), (growth, Text("增速", "growth"))):
        words = "、".join(scope_words(fact)) if fact is not None else ""
        if words:
            remarks.append(Text(f"{name.zh}为{words}", f"{name.en}: {words}"))
    if computed:
        remarks.append(Text("人均按当年公布人口计算", "per head: over the reported population"))
    return tuple(remarks)
