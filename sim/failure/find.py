"""When each target of a scenario is missed: boxes and a tree on the same draws, with a sentence for each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from sim.experiment.plan import Plan
from sim.experiment.results import independent_draws
from sim.failure.boxes import Found, Ints, Search, find_boxes, half_of, step_of
from sim.failure.draws import Misses, misses_of
from sim.failure.features import Feature, Features, parameter_features
from sim.failure.prim import Bools, Box
from sim.failure.sentences import DRAWS, Wording, box_sentence, conditions_text
from sim.failure.tree import Tree, available, small_tree
from sim.language import Text
from sim.randomness import Array, generator
from sim.targets import Target

#: Parameters that are looked at for each target, those that go most with missing it in the half that shapes boxes.
PARAMETERS = 12
#: Name of a parameter's stream -> what people call it.
Labels = Callable[[str], Text]


@dataclass(frozen=True, slots=True, eq=False)
class Inputs:
    """Inputs of cases: features, values (case, feature), and the steps bounds are rounded to, (feature,)."""

    features: tuple[Feature, ...]
    values: Array
    steps: Array


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """What was found, with conditions and sentences of the boxes, and the tree's opinion.

    tree is None without scikit-learn, where boxes were not looked for, or where it asks nothing; agrees : whether it
    asks first for an input of the first box, None where either is missing.
    """

    inputs: Inputs
    search: Search
    conditions: tuple[Text, ...]
    sentences: tuple[Text, ...]
    tree: Tree | None
    tree_conditions: Text | None
    agrees: bool | None


@dataclass(frozen=True, slots=True, eq=False)
class Failure:
    """When one target is missed."""

    target: Target
    told: Told


def inputs_of(features: Features) -> Inputs:
    """Features of draws, (feature, draw), as cases; bounds of numbers are rounded to a step of theirs."""
    steps = [
        step_of(row) if feature.kind == "number" else np.nan
        for feature, row in zip(features.features, features.values, strict=True)
    ]
    return Inputs(features.features, np.ascontiguousarray(features.values.T), np.array(steps))


def failures_of(
    plan: Plan, targets: Sequence[Target], labels: Labels, workers: int, told: Callable[[int], None]
) -> list[Failure]:
    """When each of some targets is missed in the plan's first scenario; `told` of blocks and targets done."""
    misses = misses_of(plan, targets, workers, told)
    independent = independent_draws(plan.draws, plan.posterior)
    fitting = half_of(misses.members, generator(plan.seed, "failure.half", 0))
    found: dict[tuple[int, bytes], Told] = {}
    out = []
    for i, target in enumerate(targets):
        # Two readings that every draw judges alike are one question.
        key = target.year, np.packbits(misses.missed[i]).tobytes()
        if key not in found:
            cases = Cases(
                _inputs(misses, i, target.year, fitting, labels), misses.missed[i].astype(np.float64), fitting,
                misses.members, independent,
            )  # fmt: skip
            random = generator(plan.seed, f"failure.{target.id}", 0)
            found[key] = told_of(cases, random, span_text(plan.known_until + 1, target.year))
        out.append(Failure(target, found[key]))
        told(1)
    return out


def span_text(first: int, last: int) -> Text:
    """The years of the averages."""
    return Text(f"{first}年", f"{first}") if first == last else Text(f"{first}—{last}年", f"{first}–{last}")


def _inputs(misses: Misses, place: int, year: int, fitting: Bools, labels: Labels) -> Inputs:
    """What is looked at for one target: features up to its year, and the parameters that go most with missing it."""
    known = misses.features[year]
    missed = misses.missed[place, fitting].astype(np.float64)
    together = np.abs(misses.normals[:, fitting] @ (missed - missed.mean()))
    best = np.sort(np.argsort(-together, kind="stable")[:PARAMETERS])
    parameters = parameter_features([misses.priors[i] for i in best], misses.normals[best], labels)
    return inputs_of(
        Features((*known.features, *parameters.features), np.concatenate([known.values, parameters.values], axis=0))
    )


@dataclass(frozen=True, slots=True, eq=False)
class Cases:
    """Draws or points of a sweep; arguments as of `find_boxes`."""

    inputs: Inputs
    failed: Array
    fitting: Bools
    units: Ints
    independent: int
    measuring: Bools | None = None


def told_of(cases: Cases, random: np.random.Generator, span: Text, wording: Wording = DRAWS) -> Told:
    """Boxes in words, with a tree beside them where scikit-learn is there."""
    inputs, failed, fitting = cases.inputs, cases.failed, cases.fitting
    search = find_boxes(
        inputs.values, failed, fitting, random, inputs.steps, cases.units, cases.independent, cases.measuring
    )
    conditions = tuple(_conditions(found.box, inputs) for found in search.boxes)
    sentences = tuple(
        _sentence(found, text, span, place, wording)
        for place, (found, text) in enumerate(zip(search.boxes, conditions, strict=True))
    )
    tree = None
    if search.reason in ("", "none") and available():
        weight = min(cases.independent / len(failed), 1.0)
        tree = small_tree(inputs.values, failed, fitting, inputs.steps, weight, cases.measuring)
    agrees = None
    if tree is not None and search.boxes:
        agrees = tree.inputs[0] in search.boxes[0].box.restricted
    leaf = None if tree is None else _conditions(tree.leaf, inputs)
    return Told(inputs, search, conditions, sentences, tree, leaf, agrees)


def _conditions(box: Box, inputs: Inputs) -> Text:
    return conditions_text(box, inputs.features, [float(step) for step in inputs.steps])


def _sentence(found: Found, conditions: Text, span: Text, place: int, wording: Wording) -> Text:
    measured = found.measured
    return box_sentence(conditions, measured.density, measured.base, measured.coverage, span, place, wording)
