"""Links: identities with their slots filled by reported quantities and, where none is reported, free ones.

Figures on different definitions are never put into one link. A quantity reported in several ways that all suit
(population of two concepts, first and revised figures) gives alternatives, one of which must hold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from sim.facts.definitions import Definitions
from sim.facts.naming import split_indicator
from sim.facts.rules import Plausible
from sim.language import Text
from sim.reconcile.place import Slot, Template
from sim.reconcile.quantities import GROWTHS, Quantity, Tags, same_basis, same_price
from sim.reconcile.templates import templates_of

MOST_ALTERNATIVES = 24  # of one link; more would say nothing


@dataclass(frozen=True, slots=True)
class Constraint:
    """low ≤ Σ coefficient × (logarithm of) variable ≤ high."""

    variables: tuple[int, ...]
    coefficients: tuple[float, ...]
    product: bool
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Link:
    """One identity between quantities: at least one of the alternatives holds."""

    alternatives: tuple[Constraint, ...]
    soft: bool
    label: Text
    variables: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Broken:
    """An identity that is not asserted because its quantities stand on different definitions of `axis`."""

    template: Template
    quantities: tuple[Quantity | None, ...]
    axis: str


@dataclass(frozen=True, slots=True)
class Links:
    """All quantities, the reported ones first, the links between them and those not asserted."""

    quantities: tuple[Quantity, ...]
    links: tuple[Link, ...]
    broken: tuple[Broken, ...]


class _Builder:
    """Fills templates; `index` numbers every quantity met."""

    def __init__(self, reported: Sequence[Quantity], definitions: Definitions) -> None:
        self.definitions = definitions
        self.index = {quantity: number for number, quantity in enumerate(reported)}
        self.by_name: dict[tuple[str, str, str], list[Quantity]] = defaultdict(list)
        for quantity in reported:
            self.by_name[quantity.name].append(quantity)

    def variants(self, slot: Slot) -> list[Quantity]:
        """Reported quantities that can stand in a slot."""
        found = self.by_name.get((slot.region, slot.indicator, slot.period), [])
        return [item for item in found if slot.price is None or same_price(slot.price, item.price)]

    def beside(self, start: Quantity, slot: Slot) -> list[Quantity]:
        """Variants of a slot, in the same period only those of the same vintage: revised shares of revised GDP."""
        found = self.variants(slot)
        if slot.period != start.period or start.vintage == "":
            first = [item for item in found if item.vintage == ""]
            return first if first and slot.period == start.period else found
        return [item for item in found if item.vintage == start.vintage]

    def free(self, slot: Slot, tags: Tags, kind: str, vintage: str) -> int:
        """The number of a quantity that nobody reports, on the basis of the others."""
        kept = frozenset((axis, tag) for axis, tag in tags if self.definitions.applies(axis, slot.indicator))
        quantity = Quantity(slot.region, slot.indicator, slot.period, slot.price or "", kind, kept, vintage)
        return self.index.setdefault(quantity, len(self.index))

    def fill(self, start: Quantity, template: Template) -> Link | Broken | None:
        """The link of a template that starts at a reported quantity."""
        choices: list[Sequence[Quantity | None]] = []
        for slot in template.slots:
            own = (slot.region, slot.indicator, slot.period) == start.name
            choices.append([start] if own else self.beside(start, slot) or [None])
        if template.needs_all and [None] in choices:
            return None
        suiting = [combo for combo in product(*choices) if _one_basis(template, combo)]
        if suiting:
            return self._link(start, template, suiting[:MOST_ALTERNATIVES])
        return self._partial(start, template, choices)

    def _partial(
        self, start: Quantity, template: Template, choices: Sequence[Sequence[Quantity | None]]
    ) -> Link | Broken | None:
        """With some quantities left free where those reported stand on another basis; or not asserted at all."""
        opened = [[*options, None] if start not in options else options for options in choices]
        most: list[tuple[Quantity | None, ...]] = []
        fewest = len(choices) + 1
        for combo in product(*opened):
            missing = combo.count(None)
            if missing <= fewest and _one_basis(template, combo):
                most = [combo] if missing < fewest else [*most, combo]
                fewest = missing
        for combo in product(*choices):
            axis = _different_axis(combo)
            if axis is not None and combo.count(None) <= 1 and _kinds_tied(template, combo):
                return Broken(template, combo, axis)
        return self._link(start, template, most[:MOST_ALTERNATIVES]) if most else None

    def _link(self, start: Quantity, template: Template, combos: Iterable[tuple[Quantity | None, ...]]) -> Link:
        alternatives = []
        for combo in combos:
            tags = frozenset(tag for item in combo if item is not None for tag in item.tags)
            kinds = [item.kind for item, slot in zip(combo, template.slots, strict=True) if item and slot.tied]
            variables = tuple(
                self.index[item]
                if item
                else self.free(
                    slot,
                    tags,
                    slot.kind or (kinds[0] if slot.tied and kinds else ""),
                    start.vintage if slot.period == start.period else "",
                )
                for item, slot in zip(combo, template.slots, strict=True)
            )
            coefficients = tuple(slot.coefficient for slot in template.slots)
            alternatives.append(Constraint(variables, coefficients, template.product, template.low, template.high))
        every = tuple(dict.fromkeys(number for one in alternatives for number in one.variables))
        return Link(tuple(alternatives), template.soft, template.label, every)


def build_links(reported: Sequence[Quantity], definitions: Definitions, parents: Mapping[str, str]) -> Links:
    """Every link that the names of the reported quantities say, without those that can say nothing."""
    builder = _Builder(reported, definitions)
    links: list[Link] = []
    broken: list[Broken] = []
    asserted: set[tuple[Slot, ...]] = set()
    for quantity in reported:
        for template in templates_of(quantity, definitions, parents):
            if _leads(builder, quantity, template):
                made = builder.fill(quantity, template)
                if isinstance(made, Link):
                    links.append(made)
                    asserted.add(template.slots)
                elif made is not None:
                    broken.append(made)
    quantities = tuple(builder.index)
    kept = _informative(links, quantities, len(reported), definitions.plausible)
    return Links(quantities, tuple(kept), tuple(one for one in broken if one.template.slots not in asserted))


def _leads(builder: _Builder, quantity: Quantity, template: Template) -> bool:
    """Whether this quantity is the first reported one of a template, so that each is filled once."""
    for slot in template.slots:
        if (slot.region, slot.indicator, slot.period) == quantity.name:
            return True
        if builder.variants(slot):
            return False
    return False


def _one_basis(template: Template, combo: Sequence[Quantity | None]) -> bool:
    items = [item for item in combo if item is not None]
    pairs = ((one, other) for number, one in enumerate(items) for other in items[:number])
    return _kinds_tied(template, combo) and all(same_basis(one.tags, other.tags) for one, other in pairs)


def _kinds_tied(template: Template, combo: Sequence[Quantity | None]) -> bool:
    """Whether the quantities that must share a unit do."""
    tied = {item.kind for item, slot in zip(combo, template.slots, strict=True) if item is not None and slot.tied}
    return len(tied) <= 1


def _different_axis(combo: Sequence[Quantity | None]) -> str | None:
    seen: dict[str, str] = {}
    for item in combo:
        for axis, tag in sorted(item.tags) if item is not None else ():
            if seen.setdefault(axis, tag) != tag:
                return axis
    return None


def _informative(
    links: Sequence[Link], quantities: Sequence[Quantity], reported: int, plausible: Plausible
) -> list[Link]:
    """Without links that a quantity nobody reports and no other link holds leaves open, again and again."""
    bounded = [number < reported or bound_of(item, plausible) is not None for number, item in enumerate(quantities)]
    kept, before = list(links), -1
    while len(kept) != before:
        before = len(kept)
        uses: dict[int, int] = defaultdict(int)
        for link in kept:
            for variable in link.variables:
                uses[variable] += 1
        held = [known or uses[number] > 1 for number, known in enumerate(bounded)]
        kept = [link for link in kept if all(_says(one, held, reported) for one in link.alternatives)]
    return kept


def _says(one: Constraint, held: Sequence[bool], reported: int) -> bool:
    """Whether an alternative can fail. A sum of positive quantities can, even with one left open."""
    if sum(number < reported for number in one.variables) < (1 if one.product else 2):
        return False
    return not one.product or all(held[number] for number in one.variables)


def bound_of(quantity: Quantity, plausible: Plausible) -> tuple[float, float] | None:
    """Plausible range of a quantity in its own unit, where the table states one."""
    base, suffix = split_indicator(quantity.indicator)
    bound = plausible.bound(base, suffix)
    if bound is None or quantity.kind not in ("part", ""):
        return None
    offset = 1.0 if suffix in GROWTHS else 0.0
    return offset + bound.low / 100, offset + bound.high / 100
