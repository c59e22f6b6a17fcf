"""How a plan would write a value: the one table of rules from draws to words, tried in order, the first that applies.

A suggestion takes the value reached with 70 % (预期值), rounded towards what is easier to reach. What it asks for is
an event on the draws, so that its own probability stands beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from sim.language import Text
from sim.target_setting.periods import PLAN_YEARS, Kind
from sim.target_setting.rounding import (
    LEAST_PART,
    PART,
    down,
    finer_step,
    nearest,
    shown_unit,
    spread_step,
    step_above,
    up,
    written,
)
from sim.target_setting.words import tenths

#: Written as 左右 rather than as a floor: growth of GDP, missed by no more than half a point, and the population.
ABOUT_GROWTH = ("gdp_growth",)
ABOUT_LEVEL = ("population",)
GROWTH_TOLERANCE = 0.5
#: A rounded value that is likelier than this gave away too much: it is rounded more finely. Printed, that is 85 %.
TOO_SAFE = 0.825
#: A value set from above is taken over when it is at least this likely; else it is left to be negotiated.
TAKEN_OVER = 0.5


@dataclass(frozen=True, slots=True)
class Case:
    """What the rules look at: values of one quantity in the unit of its indicator.

    safe, expected, middle, ambitious : reached with 90, 70, 50 and 30 %; base : of the year the plan starts from,
    None of a period; direction : 1, -1 or 0; index : whether the unit is the model's own; binding : 约束性;
    kept : what the last plan asked to keep, None where it asked for more; above : what is set from above for the very
    same quantity, None without a number; likely : share of draws that reach a value;
    years : how many years an average, a reduction or a sum counts; last : year and figure last reported of a level.
    """

    indicator: str
    kind: Kind
    unit: str
    direction: int
    safe: float
    expected: float
    middle: float
    ambitious: float
    likely: Callable[[float], float]
    base: float | None = None
    index: bool = False
    binding: bool = False
    kept: float | None = None
    above: float | None = None
    years: int = PLAN_YEARS
    last: tuple[int, float] | None = None

    @property
    def less(self) -> bool:
        """Whether less is better."""
        return self.direction < 0

    @property
    def step(self) -> float:
        """What the spread of the draws lets one round to."""
        return spread_step(self.safe, self.ambitious, self.middle)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """How to write it: the rule, the words, the number in them, and what a draw must reach for it to count as met.

    value, threshold : None of words without a number; step : by which one would move the number; shown : the power of
    ten to which values beside it are shown.
    """

    rule: str
    words: Text
    value: float | None
    threshold: float | None
    step: float
    remark: Text | None = None

    @property
    def shown(self) -> float:
        """The power of ten to which values are shown: that of the step, and as fine as a number carried on."""
        unit = shown_unit(self.step)
        if self.rule != "kept" or self.value is None:
            return unit
        return min(unit, 10.0 ** -len(written(self.value).partition(".")[2]))


Rule = Callable[[Case], Suggestion | None]


def suggested(case: Case) -> Suggestion:
    """The suggestion of the first rule that applies, as the last one always does, and where it falls behind."""
    found = next(found for rule in RULES if (found := rule(case)) is not None)
    said = [text for text in (found.remark, _behind(case, found)) if text is not None]
    remark = Text("；".join(text.zh for text in said), "; ".join(text.en for text in said)) if said else None
    return replace(found, remark=remark)


def _behind(case: Case, found: Suggestion) -> Text | None:
    """That a value asks for less than was reported last, by a step of its rounding or more."""
    if case.last is None or found.value is None or not _better(case, case.last[1], found.value):
        return None
    year, value = case.last
    if abs(value - found.value) < found.step:
        return None
    zh = f"{'高于' if case.less else '低于'}最近公布的{value:.6g}（{year}年）"
    return Text(zh, f"{'above' if case.less else 'below'} the {value:.6g} reported for {year}")


def _index(case: Case) -> Suggestion | None:
    if not case.index:
        return None
    remark = Text(
        "模型指数，没有公布的总量，不宜写入规划", "an index of the model without a reported total: not written"
    )
    return Suggestion("index", Text("—", "—"), None, None, case.step, remark)


def _interval(case: Case) -> Suggestion | None:
    if case.direction:
        return None
    remark = Text(
        "没有好坏方向，只给80%区间，不建议设为目标", "neither direction is better: an 80 % interval, no target"
    )
    return Suggestion("interval", Text("—", "—"), None, None, case.step, remark)


def _kept(case: Case) -> Suggestion | None:
    """What the last plan only asked to keep."""
    if case.kept is None:
        return None
    value = written(case.kept)
    remark = Text("保持型目标，沿用原值", "a target to keep, carried on")
    return Suggestion("kept", Text(f"≥{value}", f"≥ {value}"), case.kept, case.kept, case.step, remark)


def _above(case: Case) -> Suggestion | None:
    """What is set from above, where it is not reached already and asks at least what one would write oneself."""
    if case.above is None or (case.base is not None and _better(case, case.base, case.above)):
        return None
    own = down(case.expected, case.step)
    if case.likely(case.above) < TAKEN_OVER or (not case.binding and _better(case, own, case.above)):
        return None
    remark = Text("与上级目标衔接", "as set from above")
    return Suggestion("above", _in_words(case, case.above), case.above, case.above, case.step, remark)


def _assigned(case: Case) -> Suggestion | None:
    """Binding targets are set from above; no value is invented for them."""
    if not case.binding:
        return None
    remark = Text("约束性指标由上级下达，不自行定值", "binding: the value is set from above")
    return Suggestion("assigned", Text("完成上级下达", "as assigned from above"), None, None, case.step, remark)


def _about(case: Case) -> Suggestion | None:
    """Growth of GDP and the population: 左右."""
    growth = case.indicator in ABOUT_GROWTH and case.kind == "average"
    if not growth and case.indicator not in ABOUT_LEVEL:
        return None
    coarse = step_above(PART * abs(case.ambitious - case.safe) or case.step)
    step = max(case.step, GROWTH_TOLERANCE) if growth else coarse
    tolerance = GROWTH_TOLERANCE if growth else step / 2.0
    value = down(case.expected + tolerance, step)
    number = written(value)
    words = (
        Text(f"{'年均' if case.years > 1 else ''}增长{number}%左右", f"about {number} % a year")
        if growth
        else Text(f"{number}左右", f"about {number}")
    )
    remark = Text(f"“左右”按不低于{written(value - tolerance)}计", f"met from {written(value - tolerance)} on")
    return Suggestion("about", words, value, value - tolerance, step, remark)


def _growth(case: Case) -> Suggestion | None:
    """Average growth: so much and above, or 总体稳定 where hardly any is likely."""
    if case.kind != "average":
        return None
    value, step = _rounded(case)
    if value > 0.0:
        return Suggestion("growth", _in_words(case, value), value, value, step)
    words = Text("规模总体稳定", "broadly stable")
    remark = Text("七成把握的年均增速不到一个取整单位，不列数", "hardly any growth is likely: no number")
    return Suggestion("growth", words, None, 0.0, case.step, remark)


def _counted(case: Case) -> Suggestion | None:
    """Sums in square brackets, reductions cumulated."""
    if case.kind not in ("sum", "reduction"):
        return None
    value, step = _rounded(case)
    return Suggestion(case.kind, _in_words(case, value), value, value, step)


def _less(case: Case) -> Suggestion | None:
    if not case.less:
        return None
    value, step = _rounded(case)
    return Suggestion("less", _in_words(case, value), value, value, step)


def _rise(case: Case) -> Suggestion | None:
    """A level above the base year's: rounded as coarsely as still leaves it above."""
    value, step = _rounded(case)
    if case.base is not None and value <= case.base:
        return None
    return Suggestion("rise", _in_words(case, value), value, value, step)


def _steady(case: Case) -> Suggestion | None:
    """A level that may as well rise as fall: kept."""
    assert case.base is not None
    step = case.step
    value = nearest(case.base, step)
    if case.middle < value - step:
        return None
    low = written(value - step)
    who = Text("预期值", "expected") if case.expected >= value - step else Text("只有中位", "only the median is")
    remark = Text(f"{who.zh}与起点相当，按不低于{low}计", f"{who.en} about where it starts from; met from {low} on")
    words = Text(f"保持在{written(value)}左右", f"kept at about {written(value)}")
    return Suggestion("steady", words, value, value - step, step, remark)


def _fall(case: Case) -> Suggestion | None:
    """A level that falls on the present course."""
    assert case.base is not None
    value, step = _rounded(case)
    steady = case.likely(case.base - case.step)
    kept = written(nearest(case.base, case.step))
    zh = f"按现有趋势低于起点；若写“保持基本稳定（{kept}左右）”，把握只有{tenths(steady).zh}"
    en = f"falls on the present course; keeping about {kept} is reached in {tenths(steady).en}"
    words = Text(f"不低于{written(value)}", f"at least {written(value)}")
    return Suggestion("fall", words, value, value, step, Text(zh, en))


#: The table: name, rule. Documented in docs/target_values.md.
RULES: tuple[Rule, ...] = (
    _index, _interval, _kept, _above, _assigned, _about, _growth, _counted, _less, _rise, _steady, _fall,
)  # fmt: skip


def _rounded(case: Case) -> tuple[float, float]:
    """The expected value rounded towards what is easier to reach, and the step.

    The step is the coarsest that the spread allows, made finer where the rounded value gives away too much, or where a
    level that should rise would not.
    """
    step, least = case.step, LEAST_PART * abs(case.ambitious - case.safe)
    while True:
        value = up(case.expected, step) if case.less else down(case.expected, step)
        flat = case.base is not None and not case.less and value <= case.base < case.expected
        if finer_step(step) < least or not (flat or case.likely(value) > TOO_SAFE):
            return value, step
        step = finer_step(step)


def _better(case: Case, one: float, other: float) -> bool:
    """Whether a value is better than another one."""
    return one < other if case.less else one > other


def _in_words(case: Case, value: float) -> Text:
    """A number as the plan's table prints it, by the way it is counted."""
    number = written(value)
    several = case.years > 1
    if case.kind == "average":
        return Text(f"{'年均' if several else ''}增长{number}%以上", f"{number} % a year and above")
    if case.kind == "reduction":
        return Text(f"{'累计' if several else ''}降低{number}%", f"down {number} % in all")
    if case.kind == "sum" and case.years == PLAN_YEARS:  # square brackets stand for the five years of a plan
        return Text(f"[{number}]", f"[{number}]")
    if case.kind == "sum":
        return Text(f"{'累计' if several else ''}{number}", f"{number} in all")
    if case.less:
        return Text(f"控制在{number}以内", f"at most {number}")
    return Text(f"≥{number}", f"≥ {number}")
