"""Quantities: what reported figures are figures of. Several facts may report one quantity.

A quantity is a region, an indicator, a period, a price basis, the basis of its definition and a vintage. Inside
the reconciliation levels are in basic units (yuan, persons), parts are fractions and growth is a factor.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sim.facts.definitions import Definitions
from sim.facts.ledger import Fact
from sim.facts.naming import split_indicator
from sim.facts.rounding import Interval, Rounding, interval
from sim.facts.units import UNITS

Tags = frozenset[tuple[str, str]]
GROWTHS = ("growth", "growth_average", "growth_cumulative")
SMALLEST, LARGEST = 1e-12, 1e18  # of a positive quantity in basic units; wide enough never to decide anything
REVISED = ("revised", "final")
# Basic units of the ledger in still more basic ones, so that yuan and 亿元 meet in one equation.
_BASIC: Mapping[str, tuple[str, float]] = {
    "亿元": ("yuan", 1e8), "万元": ("yuan", 1e4), "元": ("yuan", 1.0), "万元/人": ("yuan", 1e4),
    "亿美元": ("dollar", 1e8), "万美元": ("dollar", 1e4), "美元": ("dollar", 1.0), "元/美元": ("rate", 1.0),
    "万人": ("person", 1e4), "万人/年": ("person", 1e4), "人": ("person", 1.0), "%": ("part", 0.01),
    "百分点": ("part", 0.01), "倍": ("multiple", 1.0), "天": ("day", 1.0),
}  # fmt: skip
_INCOME_PRICES = {"名义": "current", "实际": "constant"}


@dataclass(frozen=True, slots=True)
class Quantity:
    """The key of one quantity. `kind` is its basic unit, `price` the price basis of a growth, else empty."""

    region: str
    indicator: str
    period: str
    price: str
    kind: str
    tags: Tags
    vintage: str

    @property
    def name(self) -> tuple[str, str, str]:
        """Region, indicator and period."""
        return self.region, self.indicator, self.period


@dataclass(frozen=True, slots=True)
class Reading:
    """One fact as the reconciliation reads it, in the unit of the fact: printed value and its range.

    `narrow` is the range by rounding alone, without what a weak source adds. `weight` is its reliability.
    `scale` turns the unit into the basic one; growth is 1 + scale × value.
    """

    fact: Fact
    quantity: Quantity
    value: float
    low: float
    high: float
    weight: float
    scale: float
    offset: float
    narrow: tuple[float, float]

    def natural(self, value: float) -> float:
        """A value of the fact's unit in the unit of the quantity."""
        return self.offset + self.scale * value

    def printed(self, natural: float) -> float:
        """A value of the quantity in the fact's unit."""
        return (natural - self.offset) / self.scale

    def bounds(self, widths: float = 1.0) -> tuple[float, float]:
        """Range of the quantity when the rounding is taken as `widths` times as wide."""
        more = (widths - 1.0) * (self.high - self.low) / 2
        return self.natural(self.low - more), self.natural(self.high + more)


def price_of(fact: Fact, definitions: Definitions) -> str:
    """Price basis of a growth: constant, current or empty for not said; empty for anything but growth."""
    base, suffix = split_indicator(fact.indicator)
    if suffix not in GROWTHS:
        return ""
    if base not in definitions.plausible.deflated and fact.price_basis != "constant":
        return "current"
    return _INCOME_PRICES.get(definitions.tags_of(fact).get("income_prices", ""), fact.price_basis)


def read_facts(facts: Iterable[Fact], words: Mapping[str, Rounding], definitions: Definitions) -> list[Reading]:
    """All facts with a number, targets left out, each with its quantity; first and revised figures kept apart.

    Everything but a change is positive (growth as a factor). A fact that is not, such as output of 0, is in no link:
    there is no ratio to it.
    """
    finite = (fact for fact in facts if fact.value is not None and math.isfinite(fact.value))
    numbers = [_reading(fact, words, definitions) for fact in finite]
    plain = [reading for reading in numbers if is_signed(reading.quantity) or reading.natural(reading.value) > 0]
    groups: dict[Quantity, list[Reading]] = defaultdict(list)
    for reading in plain:
        groups[reading.quantity].append(reading)
    return [replaced for reading in plain for replaced in [_with_vintage(reading, groups[reading.quantity])]]


def _reading(fact: Fact, words: Mapping[str, Rounding], definitions: Definitions) -> Reading:
    reliability, word = definitions.reliability, words[fact.rounding]
    # A floor such as 以上 leaves more room beyond it than the centre of its range says.
    room = reliability.floor_margin.value if word.low == 0.0 else 1.0
    wide, narrow = (
        _with_room(one, fact.number, room) for one in (fact.interval(words), interval(fact.number, fact.decimals, word))
    )
    basic, factor = UNITS[fact.unit]
    kind, scale = _BASIC.get(basic, (basic, 1.0))
    growth = split_indicator(fact.indicator)[1] in GROWTHS
    weight = reliability.weights.get(fact.grade, 1.0)
    weight -= reliability.rounding_word_discount if fact.rounding != "exact" else 0.0
    tags = frozenset((axis, tag) for axis, tag in definitions.basis(fact).items() if axis != "income_prices")
    quantity = Quantity(fact.region, fact.indicator, fact.period, price_of(fact, definitions), kind, tags, "")
    return Reading(
        fact,
        quantity,
        fact.number,
        *wide,
        weight,
        factor * scale,
        1.0 if growth else 0.0,
        narrow,
    )


def _with_room(one: Interval, value: float, room: float) -> tuple[float, float]:
    """Range of a number, `room` times as wide away from zero."""
    if value < 0:
        return value + room * (one.low - value), one.high
    return one.low, value + room * (one.high - value)


def _with_vintage(reading: Reading, group: Sequence[Reading]) -> Reading:
    """The reading as one of a revised quantity, when the revision differs from what was first published."""
    if reading.fact.nature not in REVISED:
        return reading
    first = [other for other in group if other.fact.nature not in REVISED]
    if not first or any(_much_the_same(reading, other) for other in first):
        return reading
    quantity = reading.quantity
    revised = Quantity(*quantity.name, quantity.price, quantity.kind, quantity.tags, "revised")
    return replace(reading, quantity=revised)


def _much_the_same(one: Reading, other: Reading) -> bool:
    """Whether the ranges of two reports share at least half of the narrower one."""
    (low, high), (other_low, other_high) = one.narrow, other.narrow
    shared = min(high, other_high) - max(low, other_low)
    return shared >= 0.5 * min(high - low, other_high - other_low)


def is_signed(quantity: Quantity) -> bool:
    """Whether a quantity may be zero or negative: a change may."""
    return split_indicator(quantity.indicator)[1] == "change"


def same_basis(one: Tags, other: Tags) -> bool:
    """Whether no axis is stated differently."""
    tags = dict(one)
    return all(tags.get(axis, tag) == tag for axis, tag in other)


def same_price(one: str, other: str) -> bool:
    """Price bases that do not contradict each other; one that is not said fits both."""
    return not one or not other or one == other
