"""The ratio of a region's GDP to another's: first and last common year on one basis, change, years to parity."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from sim.facts.ledger import Fact
from sim.language import Text
from sim.peers.figures import Figures, natures, rounded
from sim.peers.regions import PeerRegion
from sim.peers.shares import ratio

AHEAD, CLOSING, WIDENING, WITHIN_ROUNDING, MISSING = "ahead", "closing", "widening", "within_rounding", "missing"
Pairing = tuple[Fact, Fact]
Range = tuple[float, float]


@dataclass(frozen=True, slots=True)
class CatchUp:
    """Ratio of own GDP to the peer's [%] in two years; `change` is points a year with the range rounding leaves.

    `first_range` and `last_range` are there where a word such as 突破 rounds a figure of that year, `years_range` where
    one rounds any; its end is infinite where the slowest pace that the words leave closes nothing.

    `verdict`: ahead (already as large), closing (`years` to parity at this pace, counted from the last year),
    widening (不追赶), within_rounding (the change may be either), missing (fewer than two common years on a basis).
    """

    peer: PeerRegion
    first_year: int | None
    last_year: int | None
    first: float | None
    first_range: Range | None
    last: float | None
    last_range: Range | None
    change: float | None
    low: float | None
    high: float | None
    years: float | None
    years_range: Range | None
    verdict: str
    facts: tuple[str, ...]
    remarks: tuple[Text, ...]


def catch_up(figures: Figures, region: str, peers: Sequence[PeerRegion]) -> tuple[CatchUp, ...]:
    """One line for each peer, in their order."""
    return tuple(_line(figures, region, peer) for peer in peers)


def _line(figures: Figures, region: str, peer: PeerRegion) -> CatchUp:
    common = _common(figures, region, peer.id)
    ends = _widest(figures, common)
    if ends is None:
        used = tuple(fact.id for pair in common for fact in pair)
        year = common[0][0].first_year if common else None
        only = ratio(figures, *common[0])[0] if common else None
        low_high = _range(figures, common[0]) if common else None
        few = Text("同一口径的共同年份不足两年", "fewer than two common years on one basis")
        return CatchUp(
            peer, year, None, only, low_high, None, None, None, None, None, None, None, MISSING, used, (few,)
        )  # fmt: skip
    (one, two), (later_one, later_two) = ends
    first, last = ratio(figures, one, two), ratio(figures, later_one, later_two)
    span = later_one.first_year - one.first_year
    change, low, high = (last[0] - first[0]) / span, (last[1] - first[2]) / span, (last[2] - first[1]) / span
    verdict = _verdict(last[0], change, low, high)
    years = (100.0 - last[0]) / change if verdict == CLOSING else None
    remarks = tuple(dict.fromkeys((*natures(one, two), *natures(later_one, later_two), *_words(figures, ends))))
    used = tuple(fact.id for pair in ends for fact in pair)
    unsure = years is not None and rounded(one, two, later_one, later_two)
    years_range = ((100.0 - last[2]) / high, (100.0 - last[1]) / low if low > 0.0 else math.inf) if unsure else None
    return CatchUp(
        peer, one.first_year, later_one.first_year, first[0], _range(figures, ends[0]), last[0],
        _range(figures, ends[1]), change, low, high, years, years_range, verdict, used, remarks,
    )  # fmt: skip


def _range(figures: Figures, pair: Pairing) -> Range | None:
    """Range of a ratio where a word rounds one of the figures."""
    _, low, high = ratio(figures, *pair)
    return (low, high) if rounded(*pair) else None


def _verdict(last: float, change: float, low: float, high: float) -> str:
    if last >= 100.0:
        return AHEAD
    if low <= 0.0 <= high:
        return WITHIN_ROUNDING
    return CLOSING if change > 0.0 else WIDENING


def _common(figures: Figures, region: str, peer: str) -> list[Pairing]:
    """GDP of both in every year in which the two figures are comparable."""
    total = figures.definitions.identities.total
    years = set(figures.periods(region, total)) & set(figures.periods(peer, total))
    pairs = [figures.pair(region, peer, total, year) for year in sorted(years) if year.isdigit()]
    return [(p.own, p.other) for p in pairs if p.comparable and p.own is not None and p.other is not None]


def _widest(figures: Figures, pairs: Sequence[Pairing]) -> tuple[Pairing, Pairing] | None:
    """The longest span whose two ends stand on one basis on either side; of equal ones the latest."""
    spans = [
        (one, two)
        for one, two in combinations(pairs, 2)
        if figures.in_one_row((one[0], two[0])) and figures.in_one_row((one[1], two[1]))
    ]
    return max(
        spans, key=lambda ends: (ends[1][0].first_year - ends[0][0].first_year, ends[1][0].first_year), default=None
    )


def _words(figures: Figures, ends: tuple[Pairing, Pairing]) -> tuple[Text, ...]:
    """Words of scope that stand at only one end."""
    words = {word for pair in ends for fact in pair for word in figures.definitions.unknown_tags(fact)}
    return tuple(Text(f"部分数字标注“{word}”", f"some figures are marked {word}") for word in sorted(words))
