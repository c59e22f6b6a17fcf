"""A sweep ready to run, and what one of its points gives."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sim.errors import InputError, Problem, unknown_name
from sim.experiment.plan import Plan
from sim.experiment.tallies import of_plan
from sim.language import Text
from sim.randomness import Array
from sim.scenario.parts import Scenario
from sim.sweep.design import Axis, Design
from sim.sweep.kinds import SEED, scenario_at
from sim.targets import Target

#: What is kept of every target at a point, in this order.
MEASURES = ("probability", "standard_error", "p10", "p50", "p90")
#: What is kept of every indicator in every year asked for, in this order.
FIGURES = ("p10", "p50", "p90", "mean")
#: What is kept of the targets together.
JOINT = ("probability", "standard_error")


@dataclass(frozen=True, slots=True)
class Sweep:
    """A design, what it asks of every point, and the plan that all points share.

    `listed` says whether the file names its targets; `indicators` are asked for in each of `years`.
    """

    name: str
    label: Text
    question: str
    scenario: str
    design: Design
    targets: tuple[Target, ...]
    plan: Plan
    indicators: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    listed: bool = False

    @property
    def base(self) -> Scenario:
        """The scenario that points differ from."""
        return self.plan.scenarios[0]

    @property
    def axes(self) -> tuple[Axis, ...]:
        """The axes, the last running fastest where they are crossed."""
        return self.design.axes

    @property
    def size(self) -> int:
        """Number of points."""
        return self.design.size

    @property
    def together(self) -> tuple[int, ...]:
        """Positions of the targets whose joint probability is kept.

        Those that the file names; without names the plan's own, each row once, or all targets where none is the plan's.
        """
        everything = tuple(range(len(self.targets)))
        return everything if self.listed else tuple(of_plan(self.targets)) or everything

    def scenario_of(self, point: int) -> Scenario:
        """The scenario of a point, 1 to `size`."""
        kinds = [axis.kind for axis in self.axes]
        return scenario_at(self.base, kinds, self.design.values(point), self.plan.pack.base_year)

    def plan_of(self, point: int) -> Plan:
        """The plan of a point: the sweep's, with the seed that an axis may give."""
        seeds = [axis.id for axis in self.axes]
        if SEED not in seeds:
            return self.plan
        seed = int(self.design.values(point)[seeds.index(SEED)])
        return self.plan if seed == self.plan.seed else replace(self.plan, seed=seed)

    def target_place(self, id: str, option: str) -> int:
        """Position of a target; raises InputError at `option` for a name that is none."""
        names = [target.id for target in self.targets]
        if id not in names:
            raise InputError(Problem(None, None, None, option, unknown_name(id, names)))
        return names.index(id)


@dataclass(frozen=True, slots=True, eq=False)
class PointResult:
    """What one point gives. values : (target, measure) in the order of MEASURES;

    indicators : (indicator, year, figure) in the order of FIGURES; joint : (2,) in the order of JOINT.
    """

    point: int
    values: Array
    indicators: Array
    joint: Array

    def flat(self) -> Array:
        """All numbers in one row."""
        return np.concatenate([self.values.ravel(), self.indicators.ravel(), self.joint])


def numbers_of(sweep: Sweep) -> int:
    """How many numbers a point has."""
    return len(sweep.targets) * len(MEASURES) + len(sweep.indicators) * len(sweep.years) * len(FIGURES) + len(JOINT)
