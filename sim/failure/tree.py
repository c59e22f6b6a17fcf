"""A second opinion on when a target is missed: a small classification tree (Breiman et al. 1984).

scikit-learn is an optional extra (`tree`); without it there is no second opinion, and the page says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np

from sim.failure.boxes import Measured, measure, rounded
from sim.failure.prim import Bools, Box
from sim.randomness import Array

#: Questions in a row, least share of the cases in a leaf, and the seed of scikit-learn's choice between equal splits.
DEPTH, LEAST_LEAF, SEED = 3, 0.05, 0
#: A question must explain this part of the variance of failures: the best of some dozens of useless inputs explains a
#: tenth of it among thousands of cases.
LEAST_GAIN = 0.005
#: And this part over the number of cases that count: chance alone gives the best of some hundreds of useless inputs,
#: cut where it fits best, up to some 25 times what it gives an input by itself.
CHANCE_GAIN = 25.0


@dataclass(frozen=True, slots=True, eq=False)
class Tree:
    """The leaf that fails most, measured on the other half, and the inputs the tree asks for, the first first."""

    leaf: Box
    measured: Measured
    inputs: tuple[int, ...]


def available() -> bool:
    """Whether scikit-learn is installed."""
    return find_spec("sklearn") is not None


def small_tree(
    cases: Array, failed: Array, fitting: Bools, steps: Array, weight: float, measuring: Bools | None = None
) -> Tree | None:
    """A tree grown on the fitting half; None where it asks nothing. Arguments as of `find_boxes`.

    Raises ImportError without scikit-learn: ask `available` first.
    """
    # Where boxes describe the very cases they were found on, as few points of a sweep, so does the tree.
    chance = 0.0 if measuring is not None else CHANCE_GAIN / max(weight * float(fitting.sum()), 1.0)
    # Least squares on 0 and 1 splits as Gini's index does, and takes shares of failures too.
    grown = (
        import_module("sklearn.tree")
        .DecisionTreeRegressor(
            max_depth=DEPTH,
            min_samples_leaf=max(int(LEAST_LEAF * fitting.sum()), 1),
            random_state=SEED,
            min_impurity_decrease=max(LEAST_GAIN, chance) * float(failed[fitting].var()),
        )
        .fit(cases[fitting], failed[fitting])
    )
    tree = grown.tree_
    if tree.node_count == 1:
        return None
    leaves = [node for node in range(tree.node_count) if tree.children_left[node] < 0]
    worst = max(leaves, key=lambda node: float(tree.value[node].ravel()[0]))
    leaf = rounded(_leaf(tree, worst, cases, steps), steps)
    measured = ~fitting if measuring is None else measuring
    everything = np.ones(len(failed), dtype=np.bool_)
    asked = tuple(dict.fromkeys(int(tree.feature[node]) for node in _questions(tree)))
    return Tree(leaf, measure(cases, failed, leaf, measured, everything, weight), asked)


def _questions(tree: Any) -> list[int]:
    """Nodes that ask, level by level."""
    level, out = [0], list[int]()
    while level:
        asking = [node for node in level if tree.children_left[node] >= 0]
        out += asking
        level = [child for node in asking for child in (tree.children_left[node], tree.children_right[node])]
    return out


def _leaf(tree: Any, leaf: int, cases: Array, steps: Array) -> Box:
    """The bounds on the way to a leaf; those of inputs with few values are values of theirs."""
    parent = {int(tree.children_left[node]): (node, True) for node in _questions(tree)}
    parent |= {int(tree.children_right[node]): (node, False) for node in _questions(tree)}
    box = Box(np.full(cases.shape[1], -np.inf), np.full(cases.shape[1], np.inf))
    while leaf in parent:
        leaf, is_left = parent[leaf]
        place, bound = int(tree.feature[leaf]), float(tree.threshold[leaf])
        if not np.isfinite(steps[place]):
            values = cases[:, place]
            bound = float(values[values <= bound].max() if is_left else values[values > bound].min())
        low, high = float(box.low[place]), float(box.high[place])
        box = box.with_bounds(place, low if is_left else max(low, bound), min(high, bound) if is_left else high)
    return box
