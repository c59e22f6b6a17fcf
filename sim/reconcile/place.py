"""What an identity is before it is filled: slots for quantities, and the place where it starts."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from sim.facts.definitions import Definitions
from sim.facts.naming import Period
from sim.facts.rules import Identities, Plausible
from sim.language import Text
from sim.reconcile.quantities import GROWTHS, Quantity


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for a quantity. `price` is None for anything that is not growth; `tied` slots share one unit.

    `kind` is the unit of the quantity where it follows from the identity alone.
    """

    region: str
    indicator: str
    period: str
    coefficient: float
    tied: bool = False
    price: str | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """One identity. `product` in logarithms, else a sum; `soft` when a bound is a judgement; `label` says it.

    One that `needs_all` is made only between reported quantities, since with a free one it would say nothing.
    """

    slots: tuple[Slot, ...]
    product: bool
    low: float
    high: float
    soft: bool
    label: Text
    needs_all: bool = False

    @property
    def middle(self) -> float:
        """Half way between both ends."""
        return (self.low + self.high) / 2


@dataclass(frozen=True, slots=True)
class Place:
    """Where a template starts: the quantity with its name taken apart, and what is known beside it."""

    quantity: Quantity
    base: str
    suffix: str
    period: Period
    definitions: Definitions
    parents: Mapping[str, str]

    @property
    def identities(self) -> Identities:
        """Identities by name."""
        return self.definitions.identities

    @property
    def plausible(self) -> Plausible:
        """Bounds that are judgements."""
        return self.definitions.plausible

    def here(self, indicator: str, coefficient: float, *, tied: bool = False) -> Slot:
        """Another indicator of the same region and period."""
        return Slot(self.quantity.region, indicator, self.quantity.period, coefficient, tied)

    def level(self, indicator: str, year: int, coefficient: float) -> Slot:
        """A level of the same region in another year."""
        return Slot(self.quantity.region, indicator, self.period.at(year), coefficient, tied=True)

    def own(self, coefficient: float, *, tied: bool = False) -> Slot:
        """The quantity itself."""
        price = self.quantity.price if self.suffix in GROWTHS else None
        return Slot(*self.quantity.name, coefficient, tied, price)


def exact(slots: tuple[Slot, ...], label: Text, *, product: bool = True, percent: float = 0.0) -> Template:
    """An identity, up to `percent` of unavoidable difference."""
    margin = math.log1p(percent / 100)
    return Template(slots, product, -margin, margin, False, label)
