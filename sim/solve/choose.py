"""Which levers a package is made of, on a linear model: few ones, and packages that differ."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sim.randomness import Array
from sim.solve.linear import Linear
from sim.solve.smallest import most_likely, smallest
from sim.solve.space import Space

#: Levers with less than this share of the cost are left out at once.
TRIFLE = 1e-4
#: A package may cost this many times the smallest one and still be called almost as small.
ALMOST = 2.0
#: Two packages that use each other's leading lever differ where they have less than this share of cost in common.
IN_COMMON = 0.5


@dataclass(frozen=True, slots=True)
class Choice:
    """A package on a linear model: its changes, and whether it has more levers than were allowed."""

    change: Array
    too_many: bool

    @property
    def levers(self) -> list[int]:
        """Places of the levers that are changed."""
        return [int(i) for i in np.flatnonzero(self.change)]


def held(model: Linear, levers: Collection[int]) -> Linear:
    """The model with only some levers free."""
    size = model.space.size
    free = np.array([i % size in levers for i in range(2 * size)])
    return replace(model, most=model.most * free)


def few_levers(model: Linear, probability: float, most: int, slack: float) -> Choice | None:
    """The smallest package, levers left out one by one, the least share of cost first.

    Levers go while there are more than `most`, and further while what is left costs at most `slack` (0.05: five
    percent) more. None where not even all levers reach the probability.
    """
    y = smallest(model, probability)
    if y is None:
        return None
    change = model.change(y)
    levers = _ordered(model.space, change)
    bare = smallest(held(model, levers), probability)
    change = change if bare is None else model.change(bare)
    reference: float | None = None
    while len(levers) > 1:
        if len(levers) <= most and reference is None:
            reference = model.space.cost(change)
        shorter = _one_less(model, probability, levers)
        if shorter is None:
            break
        if reference is not None and model.space.cost(shorter) > reference * (1.0 + slack):
            break
        change = shorter
        levers = _ordered(model.space, change)
    return Choice(change, len(levers) > most)


def _ordered(space: Space, change: Array) -> list[int]:
    """Levers that carry a package, the least first."""
    shares = space.shares(change)
    return [int(i) for i in np.argsort(shares, kind="stable") if shares[i] > TRIFLE]


def _one_less(model: Linear, probability: float, levers: Sequence[int]) -> Array | None:
    """The smallest package without one of its levers, the first that can be spared; None where none can."""
    for spared in levers:
        y = smallest(held(model, set(levers) - {spared}), probability)
        if y is not None:
            return model.change(y)
    return None


def few_most_likely(model: Linear, probability: float, most: int, starts: Sequence[Array] = ()) -> Array:
    """The most likely package of at most so many levers: those go first without which most draws still meet it."""
    y = most_likely(model, probability, starts)
    levers = _ordered(model.space, model.change(y))
    if len(levers) <= most:
        return model.change(y)
    while len(levers) > most:
        chances = [model.probability(_freed(model, y, set(levers) - {spared})) for spared in levers]
        del levers[int(np.argmax(chances))]
    few = held(model, levers)
    return model.change(most_likely(few, probability, [_freed(model, y, levers)]))


def _freed(model: Linear, y: Array, levers: Collection[int]) -> Array:
    """The y of a package with the other levers at nothing."""
    return np.where(held(model, levers).most > 0.0, y, 0.0)


def alternatives(model: Linear, probability: float, most: int, slack: float, first: Choice) -> Iterator[Choice]:
    """Packages without the leading levers of earlier ones, then without each lever of the first; all it can find."""
    barred: set[int] = set()
    seen: set[frozenset[int]] = set()
    package: Choice | None = first
    chain = []
    while package is not None and package.levers:
        barred = barred | {_leading(model.space, package.change)}
        chain.append(frozenset(barred))
        package = _barring(model, probability, most, slack, barred)
        if package is not None and not package.too_many:
            yield package
    for one in [frozenset((lever,)) for lever in first.levers] + [frozenset(first.levers)]:
        if one not in chain and one not in seen:
            seen.add(one)
            package = _barring(model, probability, most, slack, one)
            if package is not None and not package.too_many:
                yield package


def _barring(model: Linear, probability: float, most: int, slack: float, barred: Collection[int]) -> Choice | None:
    allowed = set(range(model.space.size)) - set(barred)
    return few_levers(held(model, allowed), probability, most, slack) if allowed else None


def _leading(space: Space, change: Array) -> int:
    return int(space.shares(change).argmax())


def differ(space: Space, one: Array, two: Array) -> bool:
    """Whether one does without the other's leading lever, or they have less than half of their cost in common.

    Which of two levers leads means nothing where both use both: a little more of one changes it.
    """
    same_side = np.sign(one) == np.sign(two)
    if not (same_side[_leading(space, one)] and same_side[_leading(space, two)]):
        return True
    return float((np.minimum(space.shares(one), space.shares(two)) * same_side).sum()) < IN_COMMON


def different(space: Space, first: Array, others: Sequence[Array]) -> list[Array]:
    """Of other packages those that differ from the first and from each other, the cheapest first, none too dear."""
    chosen = [first]
    for one in sorted(others, key=space.cost):
        dear = space.cost(one) > ALMOST * space.cost(first)
        if not dear and all(differ(space, one, other) for other in chosen):
            chosen.append(one)
    return chosen[1:]
