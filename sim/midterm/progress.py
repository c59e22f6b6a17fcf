"""The rule of 评估结论: progress against elapsed time, in planners' words. Numbers only, no region and no model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sim.language import Text
from sim.targets.outcome import ROUND_OFF

#: Every conclusion that the table may print. Nothing else is said of a target.
CONCLUSIONS: Mapping[str, Text] = {
    "early": Text("提前实现", "reached early"),
    "faster": Text("快于预期", "ahead of time"),
    "in_time": Text("基本符合", "about in time"),
    "behind": Text("滞后", "behind"),
    "kept": Text("达到", "met"),
    "not_kept": Text("未达到", "not met"),
    "done": Text("完成", "fulfilled"),
    "not_done": Text("未完成", "not fulfilled"),
    "not_comparable": Text("口径调整不可比", "scope changed, not comparable"),
    "no_data": Text("暂缺数据", "no data yet"),
    "not_quantified": Text("目标未量化", "no number set"),
}
#: What of the elapsed share of time still counts as in time, and by how much an average of growth may miss.
LEAST_PACE = 0.9
GROWTH_POINTS = 0.5


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a target stands: a key of `CONCLUSIONS` with what it was judged by.

    progress : share of the way from base to target, None where there is no way to go; elapsed : share of the time
    of the plan that is over in the year judged; average : mean growth so far in percent, of targets for growth;
    year : the last year whose figure counts.
    """

    conclusion: str
    progress: float | None = None
    elapsed: float | None = None
    average: float | None = None
    year: int | None = None


def level_standing(base: float, target: float, actual: float, elapsed: float, less: bool, binding: bool) -> Standing:
    """A level against the straight line from base to target: progress = (actual − base) / (target − base).

    `less` for targets of at most so much. A binding target, and one that only asks to keep what the base year had
    already, is met or not met.
    """
    sign = -1.0 if less else 1.0
    reached = sign * (actual - target) >= -ROUND_OFF
    way = sign * (target - base)
    progress = (actual - base) / (target - base) if abs(way) > ROUND_OFF else None
    if binding or way <= ROUND_OFF or progress is None:
        return Standing("kept" if reached else "not_kept", progress if way > ROUND_OFF else None, elapsed)
    return Standing("early" if reached else _against_time(progress, elapsed), progress, elapsed)


def _against_time(progress: float, elapsed: float) -> str:
    if progress > elapsed + ROUND_OFF:
        return "faster"
    return "in_time" if progress >= LEAST_PACE * elapsed - ROUND_OFF else "behind"


def growth_standing(average: float, wanted: float, elapsed: float) -> Standing:
    """The average growth of the years so far against the rate asked for, both in percent."""
    if average > wanted + ROUND_OFF:
        word = "faster"
    else:
        word = "in_time" if wanted - average <= GROWTH_POINTS + ROUND_OFF else "behind"
    return Standing(word, None, elapsed, average)


def sum_standing(total: float, target: float, elapsed: float, binding: bool) -> Standing:
    """A sum since the plan began against its share of the time."""
    return level_standing(0.0, target, total, elapsed, less=False, binding=binding)
