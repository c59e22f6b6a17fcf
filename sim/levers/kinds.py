"""What a lever and a world assumption are, and how far the evidence behind one goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from sim.language import Text

#: How well the strength of an effect is known; `I` says nothing of a strength, because there is none to know.
GRADES: Mapping[str, Text] = MappingProxyType(
    {
        "I": Text(
            "恒等式：按定义直接计入指标，不说明作用强弱", "identity: enters the indicator, no effect to estimate"
        ),
        "A": Text("准实验", "quasi-experiment"),
        "B": Text("他处的因果或结构估计", "causal or structural estimates made elsewhere"),
        "C": Text("面板相关，不等于因果", "association in a panel, not causation"),
        "D": Text("判断", "judgement"),
    }
)

#: Groups of levers, then of world assumptions: what one would ask about together.
FAMILIES: Mapping[str, Text] = MappingProxyType(
    {
        "investment": Text("投资", "investment"),
        "structure": Text("投资投向", "direction of investment"),
        "productivity": Text("生产率与创新", "productivity and innovation"),
        "openness": Text("对外开放", "openness"),
        "people": Text("人口与就业", "people and jobs"),
        "environment": Text("能源与环境", "energy and environment"),
        "services": Text("公共服务与设施", "public services and facilities"),
        "finance": Text("收入与财政", "income and revenue"),
        "world_growth": Text("全国经济", "the nation's economy"),
        "world_trade": Text("世界贸易", "world trade"),
        "world_prices": Text("价格与汇率", "prices and exchange rate"),
        "rare_events": Text("罕见冲击", "rare events"),
    }
)

#: By what the bound of a ceiling is multiplied: nothing, the share of a group of cells in value added of the base
#: year, or what one unit of people adds to the population of the base year.
Per = Literal["unit", "manufacturing", "marine", "services", "head"]


@dataclass(frozen=True, slots=True)
class Seen:
    """The range of yearly values seen in history, in the unit of the lever, and where it comes from."""

    low: float
    high: float
    source: Text


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The most that the record supports for the effect of one unit, held from the first year on.

    effect : points of growth (`of` is `gdp_growth`) in any year, or percent of the level (`gdp_real`), times what
    `per` says. within : years after the base year in which it holds; None is all years up to the usual horizon.
    grade : a key of `GRADES`, that of the record.
    """

    effect: float
    of: Literal["gdp_growth", "gdp_real"]
    per: Per
    within: int | None
    grade: str
    source: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """What a scenario may set by year.

    `low` and `high` bound the values a scenario may give, in `unit`; `step` is the change whose effect is measured.
    `moves` says which indicators it is meant to move and in which direction (1 or -1) a higher value moves them;
    `through` are all it can move on the way. `grade` is a key of `GRADES`, `family` one of `FAMILIES`. `history` is
    None where there is no comparable record; `ceilings` are empty where it does not act on output at all.
    """

    id: str
    family: str
    label: Text
    unit: Text
    low: float
    high: float
    step: float
    meaning: Text
    evidence: Text
    grade: str
    moves: Mapping[str, int]
    through: tuple[str, ...] = ()
    history: Seen | None = None
    ceilings: tuple[Ceiling, ...] = ()

    @property
    def acts_on(self) -> tuple[str, ...]:
        """Indicators it is meant to move; the rest follows through the model."""
        return tuple(self.moves)

    @property
    def reaches(self) -> tuple[str, ...]:
        """Indicators that move with it, beside those it is meant to move."""
        return tuple(name for name in self.through if name not in self.moves)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lever(_Kind):
    """One thing a planner may change; 0 is no change against the calibrated path."""

    @property
    def is_amount(self) -> bool:
        """Whether it adds persons or money rather than percent: an amount is not the same for a part."""
        return self.unit.zh.startswith(("万人", "人", "亿元"))


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldAssumption(_Kind):
    """One absolute value outside the region; given in a scenario, it replaces the calibrated central path.

    There is no default value, only the calibrated path.
    """


POINTS = Text("百分点", "percentage points")
POINTS_A_YEAR = Text("百分点/年", "percentage points a year")
PERCENT = Text("%", "%")
PERCENT_A_YEAR = Text("%/年", "% a year")
