"""Facts that cannot be true: negative levels, shares over 100 %, growth that leaves less than nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sim.errors import Problem
from sim.facts.checks import COLUMNS
from sim.facts.ledger import Fact
from sim.language import Text

#: How the names of percentages end that are parts of a whole; growth rates and reductions are not.
PARTS = ("_share", "_share_of_city", "_ratio", "_rate", "_coverage", "_cover")
#: How the names of growth rates end: after −100 % nothing is left.
GROWTHS = ("_growth", "_growth_average", "_growth_cumulative", "_growth_nominal")
#: Units in which a number may be negative: growth and changes.
SIGNED = ("%", "百分点")
#: What other figures are divided by, and so is never zero.
DIVISORS = ("gdp", "population", "exchange_rate")


def impossible_facts(facts: Iterable[Fact], starting: Collection[str]) -> list[Problem]:
    """Every number of a ledger that cannot be, with row and column; `starting` are ids of figures of base years."""
    column = COLUMNS.index("value") + 1
    problems = []
    for fact in facts:
        if fact.value is None:
            continue
        divides = fact.id in starting or fact.indicator in DIVISORS
        text = impossible(fact.value, fact.indicator, fact.unit, fact.id in starting, divides)
        if text is not None:
            problems.append(Problem(fact.shown, fact.row, column, fact.id, text))
    return problems


def impossible(value: float, name: str, unit: str, starting: bool = False, never_zero: bool = False) -> Text | None:
    """Why a value of an indicator cannot be; None when it can."""
    if unit == "%" and name.endswith(PARTS) and not 0.0 <= value <= 100.0:
        return Text(f"比重应在 0 至 100% 之间，现为 {value:g}", f"a share lies between 0 and 100 %, not {value:g}")
    if unit == "%" and name.endswith(GROWTHS) and value <= -100.0:
        return Text(f"增速应大于 −100%，现为 {value:g}", f"growth is above -100 %, not {value:g}")
    if unit not in SIGNED and (value < 0.0 or (never_zero and value == 0.0)):
        return Text(f"应为正数，现为 {value:.10g}", f"must be positive, not {value:.10g}")
    if unit == "%" and name.endswith(PARTS) and 0.0 < value < 1.0 and not starting:
        zh = f"单位是百分数，现为 {value:g}；若指 {100 * value:g}%，请写 {100 * value:g}"
        return Text(zh, f"is in percent, not {value:g}; write {100 * value:g} for {100 * value:g} %")
    return None
