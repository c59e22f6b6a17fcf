"""What the pre-flight compares: the targets of the list, and the target figures of the ledger that none of them is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sim.facts.checks import PERIOD
from sim.facts.ledger import Fact
from sim.facts.units import factor
from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.preflight.finding import place
from sim.region.pack import NATION, Pack
from sim.targets import Target

_GROWTH = re.compile(r"_growth(_nominal|_average|_cumulative)*$")
#: A number printed without its unit, as tables do.
_BARE = re.compile(r"[≥≤<>\[\]\d.,\-—~]+(左右|以上|以内|以下)?")
#: How drafts say that an indicator is proposed and its value still open.
_PROPOSED = ("候选", "沿用", "未定值")
#: Units in which a difference says more than a percentage.
_OWN_UNIT = ("岁", "年", "天")


@dataclass(frozen=True, slots=True)
class Statement:
    """A target in the form in which it is compared.

    `family` is the id of its first reading: readings of one target are not held against each other. `listed` is
    False for a target figure that stands in the ledger only. `first_year` is None for a target of one year.
    """

    id: str
    family: str
    region: str
    indicator: str
    year: int
    first_year: int | None
    operator: str
    value: float | None
    value_high: float | None
    tolerance: float
    unit: str
    label: Text
    text: str
    owners: tuple[str, ...]
    benchmark: str | None
    base_text: str | None
    fact: Fact | None
    base: Fact | None
    listed: bool
    #: Whose target it is where a target of another region is set beside the region's own figures: 全国.
    above: Text | None = None

    @property
    def place(self) -> str:
        """Document and line."""
        return "" if self.fact is None else place(self.fact)

    @property
    def scope(self) -> frozenset[str]:
        """Tags of its scope."""
        return tags(self.fact)

    @property
    def is_growth(self) -> bool:
        """Whether the number is a rate of growth."""
        return is_growth(self.indicator)

    @property
    def kind(self) -> str:
        """`growth`, `sum` over a span, `ratio` that moves in points, `own` unit, or `level` that grows in percent."""
        if self.is_growth:
            return "growth"
        if self.operator == "cumulative" or self.indicator.endswith("_cumulative"):
            return "sum"
        if self.unit in ("%", "百分点"):
            return "ratio"
        return "own" if self.unit in _OWN_UNIT else "level"

    @property
    def proposed(self) -> bool:
        """Whether it is an indicator that a draft proposes without a value."""
        return self.value is None and self.above is None and says_proposed(self.text)

    @property
    def first_reading(self) -> bool:
        """Whether it is the first reading of its target."""
        return self.id == self.family

    @property
    def years(self) -> int:
        """Years of its span; 1 without one."""
        return 1 if self.first_year is None else self.year - self.first_year + 1

    def told(self) -> Text:
        """Label, year, number in the plan's words, and place; a figure that no target lists is told by its quote."""
        span = f"{self.first_year}—{self.year}" if self.first_year not in (None, self.year) else f"{self.year}"
        bare = _BARE.fullmatch(self.text) is not None and self.unit not in self.label.zh
        unit, unit_en = (f"（{self.unit}）", f" ({self.unit})") if bare and self.unit else ("", "")
        if not self.listed:
            return Text(f"{span}年目标“{self.text}”（{self.place}）", f'{span}: "{self.text}" ({self.place})')
        label = self.label.zh.replace("“", "‘").replace("”", "’")
        word, word_en = "目标", ""
        if self.above is not None:
            word, word_en = f"上级目标（{self.above.zh}）", f" ({self.above.en}, not a target of the region)"
        zh = f"“{label}”{span}年{word}“{self.text}”{unit}（{self.place}）"
        return Text(zh, f'"{self.label.en}" {span}{word_en}: "{self.text}"{unit_en} ({self.place})')


def is_growth(indicator: str) -> bool:
    """Whether a name is that of a rate of growth."""
    return _GROWTH.search(indicator) is not None


def stem(indicator: str) -> str:
    """The level behind a rate of growth, an average, a sum, a change."""
    return re.sub(r"(_growth|_nominal|_average|_cumulative|_change|_multiple)+$", "", indicator)


def tags(fact: Fact | None) -> frozenset[str]:
    """Tags of a scope."""
    return frozenset() if fact is None else frozenset(fact.scopes)


def same_kind(unit: str, other: str) -> bool:
    """Whether two units measure the same thing."""
    return factor(unit, other) is not None


def statements(pack: Pack, targets: Sequence[Target]) -> tuple[Statement, ...]:
    """All that is compared, the list of targets first, then target figures of the region and of its city."""
    facts = pack.ledger.facts
    by_id = {fact.id: fact for fact in facts}
    names = region_names(pack)
    listed = [_of_target(target, by_id, pack.id, names) for target in targets]
    used = {s.fact.id for s in listed if s.fact is not None}
    # The upper end of a range is a row of its own in the ledger, and no target of its own.
    ends = {(s.place, s.indicator, s.value_high) for s in listed if s.value_high is not None}
    regions = (pack.id, pack.city)
    free = [f for f in facts if f.nature == "target" and f.id not in used and f.region in regions]
    rest = [f for f in free if (place(f), f.indicator, f.value) not in ends]
    return (*listed, *map(_of_fact, rest))


def region_names(pack: Pack) -> dict[str, Text]:
    """How the regions that a pack knows are called."""
    known = [pack, *pack.districts, *([] if pack.surroundings is None else [pack.surroundings])]
    return {NATION: Text("全国", "the nation"), **{region.id: region.label for region in known}}


def says_proposed(text: str) -> bool:
    """Whether the wording of a target says that it is a draft's proposal."""
    return any(word in text for word in _PROPOSED)


def is_from_above(target: Target, facts: Mapping[str, Fact], region: str) -> bool:
    """Whether a target of the list is that of another region, set beside the region's own figures."""
    fact = facts.get(target.fact or "")
    return fact is not None and fact.region != region


def _of_target(target: Target, facts: Mapping[str, Fact], region: str, names: Mapping[str, Text]) -> Statement:
    fact = facts.get(target.fact or "")
    above = None
    if fact is not None and is_from_above(target, facts, region):
        above = names.get(fact.region, Text(fact.region, fact.region))
    first = target.first_year
    if first is None and fact is not None and fact.first_year < fact.last_year == target.year:
        first = fact.first_year
    return Statement(
        id=target.id, family=target.reading_of or target.id, region=region, indicator=target.indicator,
        year=target.year, first_year=first, operator=target.operator or ">=", value=target.value,
        value_high=target.value_high, tolerance=target.tolerance or 0.0, unit=target.unit, label=target.label,
        text=target.target_text, owners=target.owners, benchmark=target.benchmark, base_text=target.base_text,
        fact=fact, base=facts.get(target.base_fact or ""), listed=True, above=above,
    )  # fmt: skip


def _of_fact(fact: Fact) -> Statement:
    match = PERIOD.fullmatch(fact.period)
    span = fact.first_year if match and match["last"] else None
    known = INDICATORS.get(stem(fact.indicator)) or INDICATORS.get(fact.indicator)
    label = Text(fact.indicator, fact.indicator) if known is None else known.label
    sums = span is not None and not is_growth(fact.indicator) and not fact.indicator.endswith(
        ("_average", "_change", "_multiple", "_reduction")
    )  # fmt: skip
    return Statement(
        id=fact.id, family=fact.id, region=fact.region, indicator=fact.indicator, year=fact.last_year,
        first_year=span, operator="cumulative" if sums else "about" if fact.rounding == "左右" else ">=",
        value=fact.value, value_high=None, tolerance=0.0, unit=fact.unit, label=label, text=fact.quote, owners=(),
        benchmark=None, base_text=None, fact=fact, base=None, listed=False,
    )  # fmt: skip
