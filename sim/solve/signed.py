"""Signed shortfalls of targets: how far they are met, too, which a run does not keep.

A judged target has a gap where it is missed and none where it is met. A companion of it that asks for very much more
is missed in every draw; its gap less what was added is the signed shortfall. A band has two companions, one a side.
A target that only asks for a direction is judged by the change of its indicator on the year before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from sim.experiment.bench import Asked, Judged
from sim.indicators.catalogue import INDICATORS
from sim.randomness import Array
from sim.targets import Target
from sim.targets.outcome import ROUND_OFF

#: Added to what a companion asks for: more than any indicator, little enough for differences of 1e-9.
FAR = 1e6
RELATIVE = ("above", "in_step")


def companions(target: Target) -> list[Target]:
    """Targets whose gaps tell the signed shortfalls, one for each side; none for a direction."""
    if target.operator == "direction":
        return []
    low, high = f"{target.id}.asked-more", f"{target.id}.asked-less"
    if target.operator in RELATIVE:
        return [replace(target, id=low, margin=(target.margin or 0.0) + FAR)]
    value = target.value or 0.0
    if target.operator == "<=":
        return [replace(target, id=high, value=value - FAR)]
    if target.operator == "between":
        floor = replace(target, id=low, operator=">=", value=value + FAR, value_high=None)
        if target.value_high is None:
            return [floor]
        return [floor, replace(target, id=high, operator="<=", value=target.value_high - FAR, value_high=None)]
    return [replace(target, id=low, value=value + FAR)]


def asked_of(targets: Sequence[Target]) -> tuple[Asked, ...]:
    """Indicators by year that directions are judged by: the year of the target, then the year before."""
    rows = [
        (target.indicator, year)
        for target in targets if target.operator == "direction" for year in (target.year, target.year - 1)
    ]  # fmt: skip
    return tuple(rows)


def shortfalls(targets: Sequence[Target], judged_targets: Sequence[Target], judged: Judged) -> Array:
    """Signed shortfalls, (side, draw), of `targets`, whose companions are among `judged_targets`; met at 0 or less."""
    place = {target.id: i for i, target in enumerate(judged_targets)}
    rows, next_asked = [], 0
    for target in targets:
        if target.operator == "direction":
            change = judged.asked[next_asked] - judged.asked[next_asked + 1]
            rows.append(change if _falls(target) else -change)
            next_asked += 2
        rows += [judged.gap[place[one.id]] - FAR - ROUND_OFF for one in companions(target)]
    return np.stack(rows)


def _falls(target: Target) -> bool:
    if target.direction is None:
        return INDICATORS[target.indicator].direction < 0
    return target.direction == "falling"
