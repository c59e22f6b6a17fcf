"""A region's part of the region it belongs to: the printed figure beside the one computed from the levels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sim.facts.ledger import Fact
from sim.facts.naming import read_period, split_indicator
from sim.facts.units import factor
from sim.language import Text
from sim.peers.figures import Figures

#: Suffix of a printed share by how far up its whole stands: city, province, nation.
SUFFIXES = ("share_of_city", "share_of_province", "share_of_nation")


@dataclass(frozen=True, slots=True)
class Share:
    """Part of a larger region [%]. `low` and `high` are what rounding leaves of `computed`.

    `agrees` says whether printed and computed share overlap, None where one of them is missing.
    """

    indicator: str
    period: str
    whole: str
    printed: Fact | None
    own: Fact | None
    other: Fact | None
    computed: float | None
    low: float | None
    high: float | None
    agrees: bool | None
    remarks: tuple[Text, ...]

    @property
    def facts(self) -> tuple[str, ...]:
        """Ids of the figures that the line rests on."""
        return tuple(fact.id for fact in (self.printed, self.own, self.other) if fact is not None)


def shares(figures: Figures, region: str, wholes: Sequence[str | None]) -> tuple[Share, ...]:
    """Shares of `region` in its city, province and nation (`wholes`, None where there is none).

    Of the city (for a city of its province) every indicator of which the region reports a level or a share, missing
    parts included; else only what can be read or computed. In the order of the definitions, then by year.
    """
    lines = []
    for suffix, whole in zip(SUFFIXES, wholes, strict=True):
        if whole is not None:
            nearest = next((name for name in wholes[:-1] if name is not None), None)
            lines += list(_of(figures, region, whole, suffix, whole == nearest))
    return tuple(lines)


def _of(figures: Figures, region: str, whole: str, suffix: str, complete: bool) -> Iterator[Share]:
    """Shares in one larger region; `complete` keeps lines that can be neither read nor computed."""
    identities = figures.definitions.identities
    printed = _printed(figures, region, suffix)
    usual = dict.fromkeys((*identities.extensive, *identities.flows))
    for indicator in (*usual, *(name for name in printed if name not in usual)):
        known = printed.get(indicator, {})
        periods = {p for p in (*figures.periods(region, indicator), *known) if not read_period(p).part}
        for period in sorted(periods):
            line = _share(figures, region, whole, indicator, period, known.get(period))
            if line.printed or line.computed is not None or complete:
                yield line


def _printed(figures: Figures, region: str, suffix: str) -> dict[str, dict[str, Fact]]:
    """Printed shares by the indicator of the level, then by period. marine_share_of_city is of the level marine_gop."""
    levels = figures.definitions.identities.shares
    found: dict[str, dict[str, Fact]] = {}
    for fact in figures.of_region(region):
        base, own_suffix = split_indicator(fact.indicator)
        if own_suffix == suffix:
            best = figures.best(region, fact.indicator, fact.period)
            if best is not None:
                found.setdefault(levels.get(f"{base}_share", base), {})[fact.period] = best
    return found


def _share(figures: Figures, region: str, whole: str, indicator: str, period: str, printed: Fact | None) -> Share:
    pair = figures.pair(region, whole, indicator, period)
    own, remarks = pair.own, list(pair.remarks)
    computed = low = high = agrees = None
    if pair.comparable and own is not None and pair.other is not None and factor(own.unit, pair.other.unit) is not None:
        computed, low, high = ratio(figures, own, pair.other)
    elif printed is not None:
        own = _on_the_basis(figures, printed, figures.reports(region, indicator, period))
    if printed is not None and low is not None and high is not None and _suits(figures, printed, own):
        said = printed.interval(figures.words)
        agrees = said.low <= high and low <= said.high
        if not agrees:
            zh, en = "公布比重与计算值之差超出修约，待核实", "printed and computed differ by more than rounding"
            remarks.append(Text(zh, en))
    return Share(
        indicator, period, whole, printed, own, pair.other, computed, low, high, agrees, tuple(remarks)
    )  # fmt: skip


def _on_the_basis(figures: Figures, printed: Fact, reports: Sequence[Fact]) -> Fact | None:
    """The region's figure on the basis of the printed share; the first one where none is."""
    suiting = [fact for fact in reports if _suits(figures, printed, fact)]
    return (*suiting, *reports, None)[0]


def _suits(figures: Figures, printed: Fact, own: Fact | None) -> bool:
    return own is not None and figures.definitions.comparable(printed, own).comparable


def ratio(figures: Figures, one: Fact, two: Fact) -> tuple[float, float, float]:
    """One positive figure in percent of another, and the range that rounding leaves."""
    above, below = one.interval(figures.words), two.interval(figures.words, one.unit)
    return 100.0 * one.number / two.in_unit(one.unit), 100.0 * above.low / below.high, 100.0 * above.high / below.low
