"""What a distance from a target comes to in 亿元, with published totals only; nothing where none is published."""

from __future__ import annotations

from sim.facts.ledger import Fact
from sim.facts.naming import split_indicator
from sim.facts.units import factor
from sim.output.tables import number_text
from sim.region.pack import Pack
from sim.report.brief.sources import Page
from sim.targets import comparable_fact
from sim.targets.outcome import reported_fact

MONEY = "亿元"
#: Ratios to GDP whose names do not end with `share`.
_RATIOS = ("rd_intensity",)


def total_of(indicator: str) -> str | None:
    """The total whose hundredth part a point of the indicator is: GDP of its shares, the level of a rate of growth."""
    base, suffix = split_indicator(indicator)
    if suffix in ("growth", "growth_average"):
        return base
    return "gdp" if suffix == "share" or indicator in _RATIOS else None


def money_text(indicator: str, unit: str, points: float | None, year: int, page: Page) -> str:
    """What a distance of so many points, or one point, comes to by the total published last up to a year."""
    if unit == MONEY:
        return ""
    name = total_of(indicator)
    if name is None or unit != "%":
        return page.pick("本指标不折算成亿元", "not a matter of money")
    fact = latest_total(page.pack, name, year)
    if fact is None:
        return page.pick("没有可用的总量公布数，不折算成亿元", "no total is published to turn it into money")
    total = fact.number * (factor(fact.unit, MONEY) or 1.0)
    size = 1.0 if points is None or points == 0.0 else abs(points)
    worth = number_text(total * size / 100.0, 0 if total * size >= 1000 else 1)
    said = f"{size:.1f}个百分点约合{worth}亿元"
    zh = f"按{page.period(fact.period)}总量{page.value(fact)}折算，{said}（{page.cite(fact)}）"
    en = f"{size:.1f} points come to about {worth}{page.unit(MONEY)} by the total of {fact.period}, {page.value(fact)}"
    return page.pick(zh, f"{en} ({page.cite(fact)})")


def latest_total(pack: Pack, indicator: str, year: int) -> Fact | None:
    """The published total of the last year up to `year` since the base year, comparable if there is one."""
    for at in range(year, pack.base_year - 1, -1):
        fact = comparable_fact(pack, indicator, at) or reported_fact(pack, indicator, at)
        if fact is not None and factor(fact.unit, MONEY) is not None:
            return fact
    return None
