"""What a lever and a world assumption are, and how far the evidence behind one goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sim.language import Text

GRADES: Mapping[str, Text] = MappingProxyType(
    {
        "A": Text("按定义直接计入指标（核算关系）", "enters the indicator by definition (accounting)"),
        "B": Text("有他处的因果估计", "causal estimates made elsewhere"),
        "C": Text("面板相关，不等于因果", "association in a panel, not causation"),
        "D": Text("判断", "judgement"),
    }
)


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a scenario may set by year.

    `low` and `high` bound the values a scenario may give, in `unit`. `acts_on` names the indicators that are
    moved first; the rest follows through the model. `grade` is a key of `GRADES`.
    """

    id: str
    label: Text
    unit: Text
    low: float
    high: float
    meaning: Text
    evidence: Text
    grade: str
    acts_on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lever(_Kind):
    """One thing a planner may change; 0 is no change against the calibrated path."""

    @property
    def is_amount(self) -> bool:
        """Whether it adds persons or money rather than percent: an amount is not the same for a part."""
        return self.unit.zh.startswith(("万人", "人", "亿元"))


@dataclass(frozen=True, slots=True)
class WorldAssumption(_Kind):
    """One absolute value outside the region; given in a scenario, it replaces the calibrated central path.

    There is no default value, only the calibrated path.
    """


POINTS = Text("百分点", "percentage points")
POINTS_A_YEAR = Text("百分点/年", "percentage points a year")
PERCENT = Text("%", "%")
PERCENT_A_YEAR = Text("%/年", "% a year")

BY_DEFINITION = Text(
    "按定义直接改变该指标的年度变化，只回答“若做到则如何”，不说明如何做到、花费多少。",
    "Changes the yearly change of the indicator by definition: it answers what if, not how or at what cost.",
)
