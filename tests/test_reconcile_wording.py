"""Numbers in the sentences of findings: signs, units, digits; and numbers that arithmetic cannot take."""

from __future__ import annotations

import pytest

from tests.reconcile_cases import fact, found, numeric, only, real


def test_a_plausible_range_is_no_matter_of_rounding() -> None:
    jobs = [fact("new_urban_jobs.2020", "8", "万人"), fact("new_urban_jobs_average.2016-2020", "14", "万人/年")]
    one = only(found(jobs), "plausibility")
    # From 13.5 × 5 = 67.5 on: 67.5 × 0.625 / 4.625 = 9.122, and 8 is 12.3 % less.
    assert "0.625—1.6倍" in one.message.zh
    assert "所报8万人超出合理幅度的下限12.3%" in one.message.zh
    assert "修约" not in one.message.zh
    # With widths w of both: (70 − 2.5 w) × 0.625 / 4.625 = 8 + 0.5 w at w = 1.7419.
    assert one.gap == pytest.approx(1.74, abs=0.011)
    levels = [fact("gdp.2021", "112.0", "亿元"), fact("gdp.2020", "100.0", "亿元")]
    growth = [*levels, real("gdp_growth.2021", "25", grade="press")]
    one = only(numeric(growth), "plausibility")
    # Nominal 111.95 / 100.05 to 112.05 / 99.95; prices down by 4 % at most: up to 1.12106 / 0.96 = 1.16777.
    assert "超出合理幅度的上限8.22个百分点" in one.message.zh


def test_negative_numbers_are_printed_with_a_minus_sign() -> None:
    reports = [fact("fdi_growth.2020", "-11.2", "%"), fact("fdi_growth.2020.press", "16.5", "%", grade="press")]
    message = only(found(reports), "reports").message
    assert "fdi_growth −11.2%" in message.zh
    assert "后者比前者高27.7个百分点" in message.zh
    assert "27.7 points higher" in message.en
    lower = [fact("gdp.2016", "2871", "亿元"), fact("gdp.2016.press", "2766", "亿元", grade="press")]
    assert "后者比前者低105亿元（3.657%）" in only(found(lower), "reports").message.zh  # 105 / 2871
    assert only(found(lower), "reports").gap == 105


def test_a_gap_beyond_a_hundred_is_not_told_in_numbers() -> None:
    sums = [fact("exports.2020", "10.00", "亿元"), fact("imports.2020", "20.00", "亿元")]
    far = only(numeric([*sums, fact("trade_total.2020", "90.00", "亿元")]), "identity")
    assert far.gap == pytest.approx(4000, rel=0.01)  # 60 apart, rounding 0.015
    assert "超过修约所能解释的100倍" in far.message.zh


@pytest.mark.parametrize("printed", ["0", "-5", "0.0", "1" + 25 * "0"])
@pytest.mark.parametrize("name", ["gdp.2020", "gdp.2020.other", "gdp.2018", "trade_total.2021", "fdi.2021"])
def test_a_number_that_cannot_be_is_in_no_link(name: str, printed: str) -> None:
    rest = [
        fact("gdp.2020", "3721.68", "亿元"),
        fact("gdp.2020.other", "3721.7", "亿元"),
        fact("gdp.2018", "3517", "亿元"),
        fact("trade_total.2020", "2078", "亿元", scope="宽口径"),
        fact("trade_total.2021", "1890", "亿元", scope="窄口径"),
        fact("trade_total_growth.2021", "65", "%", scope="窄口径"),
        fact("fdi.2020", "19", "亿美元"),
        fact("fdi.2021", "20", "亿美元"),
    ]
    ledger = [fact(one.id, printed, one.unit, scope=one.scope) if one.id == name else one for one in rest]
    named = {id for one in numeric(ledger) for id in one.facts}
    assert (name in named) == (float(printed) > 0)


@pytest.mark.parametrize("printed", ["-100", "-150"])
def test_growth_that_leaves_nothing_is_in_no_link(printed: str) -> None:
    levels = [fact("gdp.2021", "112.0", "亿元"), fact("gdp.2020", "100.0", "亿元")]
    assert numeric([*levels, fact("gdp_growth.2021", printed, "%", price_basis="current")]) == []
    lost = fact("gdp_growth.2021", "-60", "%", price_basis="current")
    assert [one.kind for one in numeric([*levels, lost])] == ["identity"]
