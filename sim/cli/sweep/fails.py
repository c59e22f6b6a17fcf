"""`sweep --fails TARGET<P`: in which boxes of its axes the points of a sweep fail."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.cli.inputs import refused
from sim.cli.sweep.boxes import boxes_lines, boxes_part
from sim.failure.sweeps import SweepInput
from sim.output.store import cell, write_csv
from sim.sweep.points_table import input_names, inputs_and_probabilities

if TYPE_CHECKING:
    from sim.sweep.parts import Sweep
    from sim.sweep.store import Finished

OPTION = "--fails"


def asked_failure(sweep: Sweep, written: str) -> tuple[str, float | None]:
    """The target of `TARGET` or `TARGET<P` and the probability, 0 to 1, below which a point fails.

    P is a share or, with a percent sign, percent. Raises InputError for what is neither.
    """
    target, sign, limit = (part.strip() for part in written.replace("＜", "<").replace("％", "%").partition("<"))
    sweep.target_place(target, OPTION)
    if not sign:
        return target, None
    number = limit.removesuffix("%")
    try:
        share = float(number) / (100.0 if limit.endswith("%") else 1.0)
    except ValueError:
        share = -1.0
    if not 0.0 < share < 1.0:
        zh = f"“{limit}”应为 0 与 1 之间的概率，如 {target}<0.5 或 {target}<50%（写在引号里）"
        raise refused(OPTION, zh, f'"{limit}" must be a probability between 0 and 1, as in "{target}<0.5"')
    return target, share


def failures(sweep: Sweep, finished: Finished, written: str, folder: Path) -> dict[str, Any]:
    """The boxes as a document; their table is written to the folder."""
    target, threshold = asked_failure(sweep, written)
    axes, rows, probability = inputs_and_probabilities(sweep, finished, target)
    names = zip(axes, input_names(sweep), strict=True)
    inputs = [SweepInput(axis.id, name, axis.unit, axis.kind.is_switch) for axis, name in names]
    chosen = sweep.targets[sweep.target_place(target, OPTION)]
    part = boxes_part(inputs, rows, probability, chosen, threshold, sweep.plan.seed)
    for table in part.tables:
        cells = [[cell(value) for value in row] for row in table.rows]
        write_csv(folder / f"{table.name}.csv", table.header, cells)
    return dict(part.document)


def failure_lines(document: dict[str, Any], lang: str) -> list[str]:
    """What is printed of them."""
    return boxes_lines(document, lang)
