"""Consistent ledgers raise no alarm, and errors put into one are found and localised."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.facts.ledger import Fact
from sim.reconcile.power import power
from tests.reconcile_cases import DEFINITIONS, PARENTS, WORDS, fact, numeric, real

SHARES = {"primary": "primary", "secondary": "secondary", "services": "tertiary"}
RATES = (1.02, 1.04, 1.07)  # real growth of the three industries
PRICES = 1.02


def year(number: int, levels: tuple[float, ...], decimals: int, region: str = "") -> list[Fact]:
    """Levels and shares of one year as a bulletin prints them."""
    total = sum(levels)
    lead = f"{region}." if region else ""
    facts = [fact(f"{lead}gdp.{number}", f"{total:.{decimals}f}", "亿元")]
    for (share, industry), level in zip(SHARES.items(), levels, strict=True):
        facts.append(fact(f"{lead}{industry}_value_added.{number}", f"{level:.{decimals}f}", "亿元"))
        facts.append(fact(f"{lead}{share}_share.{number}", f"{100 * level / total:.1f}", "%"))
    return facts


def ledger(levels: tuple[float, ...], part: float, decimals: int = 2) -> list[Fact]:
    """Two years of a region and its city, consistent but for rounding."""
    later = tuple(level * rate * PRICES for level, rate in zip(levels, RATES, strict=True))
    city = tuple(level / part for level in later)
    growth = sum(level * rate for level, rate in zip(levels, RATES, strict=True)) / sum(levels)
    rates = [
        real(f"{industry}_value_added_growth.2022", f"{100 * (rate - 1):.1f}")
        for industry, rate in zip(SHARES.values(), RATES, strict=True)
    ]
    return [
        *year(2021, levels, decimals),
        *year(2022, later, decimals),
        *year(2022, city, decimals, "city"),
        *rates,
        real("gdp_growth.2022", f"{100 * (growth - 1):.1f}"),
        fact("gdp_growth.2022.nominal", f"{100 * (sum(later) / sum(levels) - 1):.1f}", "%", price_basis="current"),
        fact("gdp_share_of_city.2022", f"{100 * part:.1f}", "%"),
        fact("gdp_per_capita.2022", f"{sum(later) / 200:.2f}", "万元"),
        fact("population.2022", "200", "万人"),
    ]


@settings(max_examples=60, deadline=None)
@given(
    st.tuples(st.floats(5, 500), st.floats(50, 5000), st.floats(50, 5000)),
    st.floats(0.05, 0.95),
    st.integers(0, 2),
)
def test_rounding_alone_never_raises_an_alarm(levels: tuple[float, ...], part: float, decimals: int) -> None:
    assert numeric(ledger(levels, part, decimals)) == []


@settings(max_examples=40, deadline=None)
@given(st.tuples(st.floats(50, 500), st.floats(500, 5000), st.floats(500, 5000)), st.data())
def test_a_level_ten_times_too_large_is_found(levels: tuple[float, ...], data: st.DataObject) -> None:
    facts = ledger(levels, 0.3)
    wrong = data.draw(st.sampled_from([one for one in facts if one.unit == "亿元"]))
    printed = f"{wrong.number * 10:.2f}"
    conflicts = numeric([fact(wrong.id, printed, "亿元") if one is wrong else one for one in facts])
    assert any(wrong.id in one.suspects for one in conflicts)


def test_the_power_table_counts_what_was_put_in_and_found() -> None:
    # Shares 2.5, 40.0 and 57.5; industries 100, 1600, 2300 of 4000.
    facts = [*year(2021, (100.0, 1600.0, 2300.0), 2), fact("rail_length.2021", "67.5", "公里")]
    table = power(facts, WORDS, DEFINITIONS, PARENTS)
    assert (table.linked, table.unlinked, table.set_aside, table.alarms, table.missed) == (7, 1, 0, 0, ())
    rows = {row.kind: row for row in table.rows}
    for kind in ("times_ten", "a_fifth_more", "swapped_unit"):
        # A fifth more of 2.5 % is half a point: the sum of the shares allows 0.15 and the industry 0.05.
        assert (rows[kind].injected, rows[kind].within_room, rows[kind].detected) == (7, 0, 7)
        assert rows[kind].localised == 7
    assert rows["neighbouring_year"].injected == 0  # only one year is reported


def test_a_change_that_rounding_hides_is_counted_apart() -> None:
    facts = [
        fact("gdp.2021", "4000", "亿元"),
        fact("gdp.2022", "4200", "亿元"),
        real("gdp_growth.2022", "4.0"),  # prices up 1 %, and with 4.8 % up 0.2 %
    ]
    rows = {row.kind: row for row in power(facts, WORDS, DEFINITIONS, PARENTS).rows}
    # A fifth more of 4200 or of 4000 moves prices by 18 points; of the growth by 0.8.
    assert (rows["a_fifth_more"].injected, rows["a_fifth_more"].within_room) == (3, 1)
    assert rows["a_fifth_more"].detected == 2
    # Growth of 40 % is not plausible, and prices would have fallen by a quarter.
    assert rows["times_ten"].detected == 3
    # 4200 for 4000 leaves prices up 1 − 1 / 1.04: −3.8 %, inside; and 4000 for 4200 likewise. Growth has no neighbour.
    assert (rows["neighbouring_year"].injected, rows["neighbouring_year"].within_room) == (2, 2)


def test_findings_of_the_ledger_are_set_aside() -> None:
    facts = [*year(2021, (100.0, 1600.0, 2300.0), 2), fact("gdp.2021.other", "4100.00", "亿元")]
    table = power(facts, WORDS, DEFINITIONS, PARENTS, ["gdp.2021"])
    assert (table.set_aside, table.alarms, table.linked) == (1, 0, 7)


@pytest.mark.parametrize("kind", ["times_ten", "a_fifth_more"])
def test_a_change_seen_by_one_link_only_names_its_figures(kind: str) -> None:
    facts = [
        fact("trade_total.2020", "100.0", "亿元"),
        fact("exports.2020", "60.0", "亿元"),
        fact("imports.2020", "40.0", "亿元"),
    ]
    row = next(row for row in power(facts, WORDS, DEFINITIONS, PARENTS).rows if row.kind == kind)
    # Three figures, each of which would mend the sum: found, and three suspects are few enough.
    assert (row.injected, row.detected, row.localised) == (3, 3, 3)
