"""What rounding words, unstated scopes and weak sources do to comparisons of reported figures, by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.facts.sources import Source
from sim.output.tables import NATURES_OF_FACTS
from sim.peers import catch_up, faster, shares, side_by_side
from sim.peers.figures import NATURE_LABELS, doubtful
from tests.peer_cases import RIVAL, TOWN, WORDS, fact, figures, growth


def test_a_share_of_a_city_that_does_not_say_its_scope_is_not_computed() -> None:
    found = figures(
        fact("town", "trade_total", "2020", "300", scope="宽口径"), fact("city", "trade_total", "2020", "1000"),
        fact("town", "trade_total", "2021", "200", scope="窄口径"), fact("city", "trade_total", "2021", "1000"),
        fact("city", "trade_total", "2021", "800", scope="窄口径", id="city.narrow"),
    )  # fmt: skip
    wide, narrow = shares(found, "town", ("city", None, None))
    assert (wide.computed, wide.other and wide.other.id) == (None, "city.trade_total.2020")
    assert wide.remarks[0].zh == "一方外贸统计范围为“宽口径”，另一方未说明，不相除、不相减"
    # 200 / 800 = 25 %: of two reports of the city the one of the same scope is used.
    assert (narrow.computed, narrow.other and narrow.other.id) == (pytest.approx(25.0), "city.narrow")


@pytest.mark.parametrize(
    ("own", "other", "verdict"),
    [
        ("6", "5.9", "within_rounding"),  # 5.5 to 6.5 against 5.85 to 5.95
        ("6", "6.0", "within_rounding"),
        ("6", "5.2", "faster"),  # 5.5 against 5.25
        ("3.9", "3.8", "faster"),  # the ranges meet at 3.85 and do not overlap
        ("3.8", "3.9", "slower"),
        ("3.9", "3.9", "within_rounding"),
    ],
)
def test_no_verdict_on_a_difference_that_rounding_may_explain(own: str, other: str, verdict: str) -> None:
    (line,) = faster(figures(growth("town", "2021", own), growth("city", "2021", other)), "town", ("city",))
    assert line.verdict == verdict
    assert line.points == pytest.approx(float(own) - float(other))


def test_the_range_of_a_difference_is_that_of_both_rates_and_their_source() -> None:
    """6 % from a mirror is 5.5 − 0.06 to 6.5 + 0.06, against 5.85 to 5.95: −0.51 to 0.71."""
    found = figures(growth("town", "2021", "6", grade="mirror"), growth("city", "2021", "5.9"))
    (line,) = faster(found, "town", ("city",))
    assert (line.low, line.high) == (pytest.approx(-0.51), pytest.approx(0.71))


def test_growth_on_two_scopes_or_an_unstated_one_is_not_subtracted() -> None:
    for scope in ("宽口径", ""):
        found = figures(
            fact("town", "trade_total_growth", "2021", "65", "%", scope="窄口径"),
            fact("city", "trade_total_growth", "2021", "32.4", "%", scope=scope),
        )
        (line,) = [g for g in faster(found, "town", ("city",)) if g.indicator == "trade_total_growth"]
        assert (line.own_growth, line.other_growth, line.points, line.verdict) == (65.0, 32.4, None, None)
        assert "窄口径" in line.remarks[0].zh


def test_a_figure_is_doubtful_where_its_id_its_note_or_its_source_says_so() -> None:
    source = Source("paper", "甲", "乙", "2021", None, "mirror", "转载页面，可靠性低")
    plain = fact("town", "gdp", "2021", "300")
    assert doubtful(plain, source)
    assert doubtful(fact("town", "gdp", "2021", "300", id="town.gdp.2021.low_reliability"), None)
    assert doubtful(fact("town", "gdp", "2021", "300", note="原文有误，可靠性低"), None)
    assert not doubtful(plain, replace(source, note="转载页面"))
    assert not doubtful(plain, None)


def test_vintages_have_the_names_that_the_page_of_a_fact_gives_them() -> None:
    assert {id: NATURES_OF_FACTS[id] for id in NATURE_LABELS} == NATURE_LABELS


def test_a_ratio_to_a_figure_with_a_word_is_a_range() -> None:
    """突破 1000.00 is 1000 to 1090 (with half a unit), so 400.00 is 36.7 % to 40 % of it; 46 % stays as it is."""
    found = figures(
        fact("town", "gdp", "2020", "400.00"), fact("rival", "gdp", "2020", "1000.00", rounding="突破"),
        fact("town", "gdp", "2023", "552.00"), fact("rival", "gdp", "2023", "1200.00"),
    )  # fmt: skip
    (line,) = catch_up(found, "town", [RIVAL])
    low, high = 1.0 + WORDS["突破"].low, 1.0 + WORDS["突破"].high
    assert line.first_range == (pytest.approx(40.0 / high, abs=0.01), pytest.approx(40.0 / low, abs=0.01))
    assert line.last_range is None
    # 54 points left at (46 − 40) / 3 = 2 points a year or at (46 − 40 / high) / 3
    slow, fast = 54.0 / 2.0, 54.0 * 3.0 / (46.0 - 40.0 / high)
    assert line.years_range == (pytest.approx(fast, rel=0.01), pytest.approx(slow, rel=0.01))


def test_gdp_per_head_from_a_figure_with_a_word_is_a_range() -> None:
    """近 300 亿元 is 282 to 300, over 19.5 to 20.5 万人: 13.76 to 15.38 万元."""
    town = fact("town", "gdp", "2021", "300", rounding="近")
    found = figures(town, fact("town", "population", "2021", "20", "万人"))
    (line,) = side_by_side(found, [TOWN], [2021])
    assert line.per_head_range == (pytest.approx(282 / 20.5), pytest.approx(300 / 19.5))
    assert (line.printed, line.computed) == (None, True)
