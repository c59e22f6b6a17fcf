"""Targets proposed as a set: each one's chance, all of them together, and what relaxing one by a step would bring."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sim.experiment.bench import Bench
from sim.experiment.results import Joint, Z, standard_error
from sim.experiment.tallies import joint_of, tally_block
from sim.language import Text
from sim.randomness import Array
from sim.target_setting.chances import Chance
from sim.targets import Outcome, Target
from sim.targets.outcome import ROUND_OFF

#: Document under which a set is tallied: the rows of one plan.
SET = "set"


@dataclass(frozen=True, slots=True)
class Goal:
    """One target of a set on the draws.

    value : the quantity judged; gap : how far it falls short, 0 where met, both (draw,) in the target's unit;
    ambition : share of draws that do worse than the stated value; step : by which one would relax it, None where a
    step means nothing; counted : whether it is one of the set, not another reading of one.
    """

    id: str
    indicator: str
    year: int
    label: Text
    target_text: str
    unit: str
    ambition: float
    step: float | None
    counted: bool
    value: Array = field(repr=False, compare=False)
    gap: Array = field(repr=False, compare=False)
    chance: Chance | None = None

    @property
    def met(self) -> NDArray[np.bool_]:
        """Which draws meet it, (draw,)."""
        return np.asarray(self.gap <= ROUND_OFF)


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The set with one target eased by a step: probability of all, its rise, and the error of the rise (paired)."""

    id: str
    step: float
    all_met: float
    gain: float
    standard_error: float

    @property
    def distinguishable(self) -> bool:
        """Whether the rise is more than chance, at 95 %."""
        return self.gain > Z * self.standard_error


@dataclass(frozen=True, slots=True)
class SetResult:
    """A set of targets together, and each of its members relaxed, the most helpful first."""

    goals: tuple[Goal, ...]
    joint: Joint
    error: float | None
    relaxed: tuple[Relaxed, ...]


def judged_set(goals: Sequence[Goal], bench: Bench) -> SetResult:
    """Judge a set on the draws of its goals."""
    counted = [goal for goal in goals if goal.counted]
    joint = _joint(counted, bench)
    error = None if joint.all_met is None else bench.error(joint.all_met)
    return SetResult(tuple(goals), joint, error, relaxations(counted, bench.independent))


def relaxations(goals: Sequence[Goal], independent: int) -> tuple[Relaxed, ...]:
    """What easing each target by its step does to the probability of all, on the same draws."""
    if not goals:
        return ()
    met = np.stack([goal.met for goal in goals])
    all_met = met.all(axis=0)
    out = []
    for place, goal in enumerate(goals):
        if goal.step is None:
            continue
        others = np.delete(met, place, axis=0).all(axis=0)
        eased = others & (goal.gap <= goal.step + ROUND_OFF)
        gain = float((eased & ~all_met).mean())
        out.append(Relaxed(goal.id, goal.step, float(eased.mean()), gain, standard_error(gain, independent)))
    return tuple(sorted(out, key=lambda one: -one.gain))


def _joint(goals: Sequence[Goal], bench: Bench) -> Joint:
    """All of the set, as a run judges the rows of its plan."""
    rows = [
        Target(f"{SET}.{place}", goal.indicator, goal.year, ">=", goal.label, goal.unit, row=place + 1)
        for place, goal in enumerate(goals)
    ]
    none = np.zeros(bench.plan.draws, dtype=np.int64)
    outcomes = [Outcome(goal.value, goal.met, goal.gap, none) for goal in goals]
    tally = tally_block(rows, outcomes, bench.plan.draws, (0,), np.zeros((2, 0, bench.plan.draws)))
    joint = joint_of(rows, tally, bench.independent)
    names = {row.id: goal.id for row, goal in zip(rows, goals, strict=True)}
    pair = None if joint.conflict is None else (names[joint.conflict[0]], names[joint.conflict[1]])
    return Joint(
        tuple(names[id] for id in joint.ids), joint.all_met, joint.expected_count, pair, joint.correlation,
        joint.draws, joint.all_low, joint.all_high,
    )  # fmt: skip
