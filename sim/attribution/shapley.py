"""Shapley values: each group's average effect over every order in which groups may be switched (Shapley 1953)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from math import factorial

import numpy as np

from sim.randomness import Array

#: Groups of which every coalition is still evaluated: 1,024 of them.
MOST_GROUPS = 10


def coalitions(groups: Sequence[str]) -> tuple[frozenset[str], ...]:
    """Every set of groups, from none to all of them."""
    return tuple(frozenset(chosen) for size in range(len(groups) + 1) for chosen in combinations(groups, size))


def weight(size: int, groups: int) -> float:
    """Share of the orders of `groups` in which exactly a given set of `size` comes before a given group."""
    return factorial(size) * factorial(groups - size - 1) / factorial(groups)


def shapley(values: Mapping[frozenset[str], Array], groups: Sequence[str]) -> dict[str, Array]:
    """Shapley value of each group from the values of all coalitions; they sum to that of all less that of none.

    phi_g = sum over S without g of |S|! (n - |S| - 1)! / n! * (v(S + g) - v(S)); exactly 0 for a group that changes
    nothing.

    values : coalition -> array of any one shape and unit, for every set of `groups`.

    Raises KeyError for a missing coalition and ValueError for more than MOST_GROUPS groups.
    """
    if len(groups) > MOST_GROUPS:
        raise ValueError(f"{len(groups)} groups, at most {MOST_GROUPS}")
    found: dict[str, Array] = {}
    for group in groups:
        without = [chosen for chosen in coalitions(groups) if group not in chosen]
        steps = [weight(len(one), len(groups)) * (values[one | {group}] - values[one]) for one in without]
        found[group] = np.add.reduce(steps)
    return found
