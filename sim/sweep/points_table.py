"""A finished sweep as a table of inputs and one probability: what boxes of failure are looked for in."""

from __future__ import annotations

from sim.language import Text
from sim.randomness import Array
from sim.sweep.design import Axis
from sim.sweep.parts import MEASURES, Sweep
from sim.sweep.store import Finished


def inputs_and_probabilities(sweep: Sweep, finished: Finished, target_id: str) -> tuple[tuple[Axis, ...], Array, Array]:
    """Axes (id, label, unit), their values at all points, (point, axis), and the probability of a target, (point,).

    NaN on an axis: the base scenario's own setting, which is not one number. Raises InputError at `--fails` for a
    target that the sweep does not have.
    """
    place = sweep.target_place(target_id, "--fails")
    return sweep.axes, sweep.design.rows, finished.values[:, place, MEASURES.index("probability")]


def input_names(sweep: Sweep) -> list[Text]:
    """The axes as a sentence about conditions names them: a project that is in or out by its own name."""
    projects = {project.id: project.label for project in sweep.base.projects}
    return [projects[axis.kind.project or ""] if axis.kind.is_switch else axis.label for axis in sweep.axes]
