"""Identities that the table of definitions names: sums, products, figures per head, days, parts and wholes."""

from __future__ import annotations

import calendar
import math
from collections.abc import Iterator

from sim.language import Text
from sim.reconcile.place import Place, Slot, Template, exact


def by_table(place: Place) -> Iterator[Template]:
    """Identities of the table that name the indicator."""
    indicator, table = place.quantity.indicator, place.identities
    for total in table.sums:
        if indicator == total.whole or indicator in total.parts:
            tied = total.whole is not None
            whole = (place.here(total.whole, -1, tied=tied),) if total.whole else ()
            slots = (*whole, *(place.here(part, 1, tied=tied) for part in total.parts))
            amount = 0.0 if total.whole else 1.0
            yield Template(slots, False, amount, amount, False, Text(total.label, total.label_en))
    for product in table.products:
        if indicator in (product.result, *product.factors):
            # The result and the first factor are counted alike, the others are parts.
            first, *others = product.factors
            counted = (place.here(product.result, -1, tied=True), place.here(first, 1, tied=True))
            slots = (*counted, *(place.here(factor, 1) for factor in others))
            yield exact(slots, Text(product.label, product.label_en))
    yield from _per_head(place)
    if indicator in table.days:
        days = math.log(366 if calendar.isleap(place.period.first) else 365)
        margin = math.log1p(place.plausible.valid_days.value / 100)
        slots = (place.own(1), place.here(table.days[indicator], -1))
        label = Text("天数等于比率乘全年天数", "days are the ratio times the days of the year")
        yield Template(slots, True, days - margin, days + margin, False, label)
    yield from _inequalities(place)
    yield from _neighbours(place)


def _per_head(place: Place) -> Iterator[Template]:
    table, period = place.identities, place.quantity.period
    for entry in table.per_head:
        if entry.per_head != place.quantity.indicator:
            continue
        rate = (Slot(table.nation, table.exchange_rate, period, 1),) if entry.dollars else ()
        people = Slot(place.quantity.region, "population", period, 1, kind="person")
        amount = Slot(place.quantity.region, entry.of, period, -1, kind="yuan")
        slots = (place.own(1), people, *rate, amount)
        zh, en = "人均数乘人口等于总量", "the figure per head times the population is the total"
        label = (
            Text(zh.replace("乘人口", "乘人口、乘汇率"), en.replace("is", "and the exchange rate is"))
            if rate
            else Text(zh, en)
        )
        yield exact(slots, label, percent=place.plausible.population_mean.value)


def _inequalities(place: Place) -> Iterator[Template]:
    """Parts are not more than wholes: of an industry, of a larger region, of the year."""
    indicator, table = place.quantity.indicator, place.identities
    label = Text("部分不大于全体", "a part is not more than the whole")
    for part, whole in table.parts:
        if indicator == part:
            slots = (place.own(-1, tied=True), place.here(whole, 1, tied=True))
            yield Template(slots, True, 0.0, math.inf, False, label)
    parent = place.parents.get(place.quantity.region)
    if indicator in table.extensive and parent is not None:
        slots = (place.own(-1, tied=True), Slot(parent, indicator, place.quantity.period, 1, tied=True))
        yield Template(slots, True, 0.0, math.inf, False, label)
    months = place.period.months
    if indicator in table.flows and place.period.part and months:
        bounds, steady = place.plausible.part_of_year, indicator in table.steady
        slots = (
            place.own(1, tied=True),
            Slot(place.quantity.region, indicator, str(place.period.first), -1, tied=True),
        )
        low = math.log(bounds.low * months / 12) if steady else -math.inf
        high = min(0.0, math.log(bounds.high * months / 12)) if steady else 0.0
        label = Text("年内累计数与全年数相当", "the part of the year suits the year")
        yield Template(slots, True, low, high, steady, label)


def _neighbours(place: Place) -> Iterator[Template]:
    """A level against that of the year before: nothing exact, but a slipped decimal point shows."""
    measured = place.quantity.kind in ("yuan", "dollar", "person") and place.suffix == ""
    if not measured or place.period.is_span or place.period.part:
        return
    bounds = place.plausible.yearly_change
    before = Slot(place.quantity.region, place.quantity.indicator, str(place.period.first - 1), -1, tied=True)
    label = Text("同一口径相邻两年的数相当", "two successive years of one definition")
    low, high = math.log1p(bounds.low / 100), math.log1p(bounds.high / 100)
    yield Template((place.own(1, tied=True), before), True, low, high, True, label, needs_all=True)
