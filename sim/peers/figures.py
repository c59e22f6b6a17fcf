"""Which of several reports of a figure is used, and whether two figures may be set beside each other."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sim.facts.definitions import Definitions
from sim.facts.ledger import Fact
from sim.facts.naming import split_indicator
from sim.facts.rounding import EXACT, Rounding
from sim.facts.sources import Source
from sim.language import Text

# Best first. A department's figure is its own, not that of the statistics bureau.
_NATURES = ("final", "revised", "actual", "preliminary", "department")
_GRADES = ("official", "press", "dataset", "mirror", "memory")
NATURE_LABELS: Mapping[str, Text] = {
    "final": Text("最终核实数", "final"),
    "revised": Text("修订数", "revised"),
    "actual": Text("实际数", "actual"),
    "preliminary": Text("初步数", "preliminary"),
    "department": Text("部门数", "department"),
}
_DOUBT = re.compile("可靠性低|不可靠|low_reliability$")


@dataclass(frozen=True, slots=True)
class Pair:
    """The same figure of two regions. `comparable` only when both are there and on one basis."""

    own: Fact | None
    other: Fact | None
    comparable: bool
    remarks: tuple[Text, ...]


class Figures:
    """Reported figures by region, indicator and period, targets left out."""

    def __init__(
        self,
        facts: Sequence[Fact],
        definitions: Definitions,
        words: Mapping[str, Rounding],
        chosen: Collection[str] = (),
    ) -> None:
        """`chosen` are ids preferred over other reports of the same figure; then earlier facts win ties."""
        self.definitions, self.words = definitions, words
        self._chosen = frozenset(chosen)
        self._facts: dict[tuple[str, str], dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
        for fact in facts:
            if fact.value is not None and fact.nature != "target":
                self._facts[fact.region, fact.indicator][fact.period].append(fact)

    def of_region(self, region: str) -> tuple[Fact, ...]:
        """All figures of a region."""
        return tuple(
            fact
            for (at, _), periods in self._facts.items()
            if at == region
            for found in periods.values()
            for fact in found
        )

    def periods(self, region: str, indicator: str) -> tuple[str, ...]:
        """Periods of which an indicator of a region is reported, in order."""
        return tuple(sorted(self._facts.get((region, indicator), ())))

    def reports(self, region: str, indicator: str, period: str) -> tuple[Fact, ...]:
        """All reports of one figure, the one to be used first."""
        return tuple(sorted(self._facts.get((region, indicator), {}).get(period, ()), key=self._order))

    def best(self, region: str, indicator: str, period: str) -> Fact | None:
        """The report to be used, None where there is none."""
        found = self.reports(region, indicator, period)
        return found[0] if found else None

    def pair(self, region: str, other: str, indicator: str, period: str) -> Pair:
        """The figure of two regions: the best reports on a common basis, else the best of each with the reason."""
        ours, theirs = self.reports(region, indicator, period), self.reports(other, indicator, period)
        if not ours or not theirs:
            return Pair(ours[0] if ours else None, theirs[0] if theirs else None, False, ())
        for one in ours:
            for two in theirs:
                comparable, remark = self.beside(one, two)
                if comparable:
                    return Pair(one, two, True, (*_told(remark), *natures(one, two)))
        return Pair(ours[0], theirs[0], False, _told(self.beside(ours[0], theirs[0])[1]))

    def beside(self, one: Fact, two: Fact) -> tuple[bool, Text | None]:
        """Whether two figures of different regions may be compared, and what is to be said of it."""
        if one.price_basis != two.price_basis:
            zh = "价格口径不同（一为现价，一为不变价，或一方未说明），不作比较"
            return False, Text(zh, "prices differ (current, constant or not said); not compared")
        found = self.definitions.comparable(one, two)
        unstated = self._unstated_coverage(one, two) if found.comparable else None
        return (found.comparable, found.note) if unstated is None else (False, unstated)

    def _unstated_coverage(self, one: Fact, two: Fact) -> Text | None:
        """Why figures are not compared of which only one says how much of the thing it counts (wide or narrow trade).

        Where a definition changed at some date, a figure without a tag is placed by its year; here it cannot be.
        """
        first, second = self.definitions.basis(one), self.definitions.basis(two)
        changing = {change.axis for change in self.definitions.breaks}
        for id, axis in self.definitions.axes.items():
            concerned = axis.indicators and id not in changing and self.definitions.applies(id, one.indicator)
            if concerned and (id in first) != (id in second):
                tag = first.get(id) or second[id]
                zh = f"一方{axis.label.zh}为“{tag}”，另一方未说明，不相除、不相减"
                return Text(zh, f"{axis.label.en}: one says {tag}, the other does not say; not compared")
        return None

    def in_one_row(self, facts: Sequence[Fact]) -> bool:
        """Whether figures of one region may stand in one row of years: no difference of scope anywhere."""
        return all(
            self.beside(one, two)[0] and _same_words(self._words_of(one), self._words_of(two))
            for i, one in enumerate(facts)
            for two in facts[i + 1 :]
        )

    def _words_of(self, fact: Fact) -> frozenset[str]:
        """Parts of the scope that the definitions do not know, such as 全域 or 直管区."""
        return frozenset(self.definitions.unknown_tags(fact))

    def _order(self, fact: Fact) -> tuple[bool, bool, int, bool, int, int]:
        """Sort key of reports: chosen, usual prices, vintage, without a rounding word, digits, grade."""
        base, suffix = split_indicator(fact.indicator)
        real = suffix.startswith("growth") and base in self.definitions.plausible.deflated
        nominal = real and fact.price_basis == "current"
        digits = -math.floor(math.log10(abs(fact.number))) if fact.value else 0
        precision = -(fact.decimals - digits) if fact.value else 0
        return (
            fact.id not in self._chosen,
            nominal,
            _NATURES.index(fact.nature),
            fact.rounding != EXACT,
            precision,
            _GRADES.index(fact.grade),
        )


def rounded(*facts: Fact) -> bool:
    """Whether a word such as 近 or 突破 rounds one of the figures."""
    return any(fact.rounding != EXACT for fact in facts)


def doubtful(fact: Fact, source: Source | None) -> bool:
    """Whether the ledger or its list of sources says that a figure is hardly to be relied on."""
    said = (fact.id, fact.note, (source.note or "") if source is not None else "")
    return any(_DOUBT.search(text) for text in said)


def natures(own: Fact, other: Fact) -> tuple[Text, ...]:
    """A remark where one figure is preliminary and the other final or otherwise of another vintage."""
    settled = ("final", "revised")
    if own.nature == other.nature or not (own.nature in settled or other.nature in settled):
        return ()
    one, two = NATURE_LABELS[own.nature], NATURE_LABELS[other.nature]
    return (Text(f"本区为{one.zh}，对方为{two.zh}", f"own: {one.en}; other: {two.en}"),)


def _same_words(one: frozenset[str], two: frozenset[str]) -> bool:
    """Unknown words differ only when both figures have some; a figure without any is of unstated scope."""
    return not one or not two or one == two


def _told(remark: Text | None) -> tuple[Text, ...]:
    return () if remark is None else (remark,)
