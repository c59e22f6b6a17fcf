"""Regions side by side in one year: GDP, growth, GDP per head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.facts.ledger import Fact
from sim.facts.units import factor
from sim.language import Text
from sim.peers.figures import NATURE_LABELS, Figures, rounded
from sim.peers.regions import PeerRegion


@dataclass(frozen=True, slots=True)
class Beside:
    """One region in one year; missing figures are None.

    `per_head` [万元] is `printed` or, where that is None, computed from GDP and population; `per_head_range` is there
    where a word such as 突破 rounds one of the two.
    """

    region: PeerRegion
    year: int
    gdp: Fact | None
    growth: Fact | None
    per_head: float | None
    per_head_range: tuple[float, float] | None
    printed: Fact | None
    facts: tuple[str, ...]
    remarks: tuple[Text, ...]

    @property
    def computed(self) -> bool:
        """Whether GDP per head is computed."""
        return self.per_head is not None and self.printed is None


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
    printed = figures.best(region.id, f"{total}_per_capita", str(year))
    if printed is not None and factor(printed.unit, "万元") is None:
        printed = None
    people = _people(figures, region.id, year) if gdp is not None and printed is None else None
    per_head = printed.in_unit("万元") if printed is not None else None
    per_head_range = None
    if gdp is not None and people is not None:
        per_head = gdp.in_unit("亿元") / people.in_unit("万人")
        per_head_range = _range(figures, gdp, people)
    facts = tuple(dict.fromkeys(fact.id for fact in (gdp, growth, printed, people) if fact is not None))
    remarks = _remarks(gdp, growth, people is not None)
    return Beside(region, year, gdp, growth, per_head, per_head_range, printed, facts, remarks)


def _people(figures: Figures, region: str, year: int) -> Fact | None:
    """The population reported for the year."""
    reports = figures.reports(region, "population", str(year))
    return next((people for people in reports if factor(people.unit, "万人") is not None), None)


def _range(figures: Figures, gdp: Fact, people: Fact) -> tuple[float, float] | None:
    """Range of GDP per head [万元] where a word rounds one of the two."""
    above, below = gdp.interval(figures.words, "亿元"), people.interval(figures.words, "万人")
    return (above.low / below.high, above.high / below.low) if rounded(gdp, people) else None


def _remarks(gdp: Fact | None, growth: Fact | None, computed: bool) -> tuple[Text, ...]:
    """Vintage, own words of scope, and how the figure per head was made."""
    remarks = []
    if gdp is not None and gdp.nature != "preliminary":
        remarks.append(NATURE_LABELS[gdp.nature])
    for fact, name in ((gdp, Text("总量", "GDP")), (growth, Text("增速", "growth"))):
        words = "、".join(fact.scopes) if fact is not None else ""
        if words:
            remarks.append(Text(f"{name.zh}为{words}", f"{name.en}: {words}"))
    if computed:
        remarks.append(Text("人均按当年公布人口计算", "per head: over the reported population"))
    return tuple(remarks)
