"""Whether draws meet a target: every operator on three draws and four years by hand, and what always holds.

Rows are years 2020 (the base year) to 2023, columns are draws A, B and C.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from sim.language import Text
from sim.targets import Outcome, Target, evaluate

YEARS = (2020, 2021, 2022, 2023)
NAN = float("nan")
# A rises to 11; B falls from 12; C is above 10 in 2021 only.
SERIES = np.array([[8.0, 12.0, 5.0], [9.0, 9.0, 10.5], [10.0, 9.0, 9.9], [11.0, 9.0, 9.0]])


def target(operator: str, year: int = 2022, **more: float | str | None) -> Target:
    """A target on gdp_growth."""
    return Target("t", "gdp_growth", year, operator, Text("目标", "target"), "%", **more)  # type: ignore[arg-type]


def judge(wanted: Target, series: np.ndarray = SERIES, **others: np.ndarray) -> Outcome:
    """Judge draws of the indicator; `others` are the indicators and benchmarks it is compared with."""
    table = {wanted.indicator: series, **{name.replace("__", "/"): rows for name, rows in others.items()}}
    return evaluate(wanted, table.__getitem__, YEARS)


def check(found: Outcome, value: list[float], met: list[bool], gap: list[float], first: list[int]) -> None:
    assert found.value == pytest.approx(value)
    assert found.met.tolist() == met
    assert found.gap == pytest.approx(gap)
    assert found.first.tolist() == first


def test_at_least() -> None:
    """B reaches 10 in the base year only, which does not count; C had it in 2021 and lost it."""
    check(judge(target(">=", value=10.0)), [10.0, 9.0, 9.9], [True, False, False], [0, 1.0, 0.1], [2022, 0, 2021])


@pytest.mark.parametrize("operator", ["assigned", "about"])
def test_an_assigned_number_and_about_without_a_tolerance_are_at_least_the_number(operator: str) -> None:
    check(judge(target(operator, value=10.0)), [10.0, 9.0, 9.9], [True, False, False], [0, 1, 0.1], [2022, 0, 2021])


def test_at_most() -> None:
    """The mirror of the above about 10: A 10, B 11, C 10.1 in 2022."""
    found = judge(target("<=", value=10.0), 20.0 - SERIES)
    check(found, [10.0, 11.0, 10.1], [True, False, False], [0, 1.0, 0.1], [2022, 0, 2021])


def test_about_is_one_sided() -> None:
    """About 9.5 within 0.5 is at least 9: more is no miss. C comes down to 8.9."""
    series = SERIES - np.array([0.0, 0.0, 1.0])
    check(
        judge(target("about", value=9.5, tolerance=0.5), series),
        [10.0, 9.0, 8.9], [True, True, False], [0, 0, 0.1], [2021, 2021, 2021],
    )  # fmt: skip


def test_between_misses_on_either_side() -> None:
    """From 9.2 to 9.9: A too high by 0.1, B too low by 0.2, C at the upper end; A and B are never inside."""
    check(
        judge(target("between", value=9.2, value_high=9.9)),
        [10.0, 9.0, 9.9], [False, False, True], [0.1, 0.2, 0], [0, 0, 2022],
    )  # fmt: skip


FLOW = np.array([[100.0, 100.0, 100.0], [4.0, 6.0, 1.0], [4.0, 6.0, 1.0], [4.0, 6.0, 1.0]])


def test_cumulative_counts_from_the_year_after_the_base_year() -> None:
    check(
        judge(target("cumulative", 2023, value=12.0, first_year=2021), FLOW),
        [12.0, 18.0, 3.0], [True, True, False], [0, 0, 9.0], [2023, 2022, 0],
    )  # fmt: skip
    assert judge(target("cumulative", 2023, value=12.0), FLOW).value.tolist() == [12.0, 18.0, 3.0]


def test_cumulative_counts_from_its_first_year() -> None:
    check(
        judge(target("cumulative", 2023, value=8.0, first_year=2022), FLOW),
        [8.0, 12.0, 2.0], [True, True, False], [0, 0, 6.0], [2023, 2023, 0],
    )  # fmt: skip


def test_cumulative_by_an_earlier_year_stops_there() -> None:
    assert judge(target("cumulative", 2022, value=9.0, first_year=2021), FLOW).met.tolist() == [False, True, False]


# Growth of income; growth of GDP on average since 2020 beside it. The base year is known to nobody.
INCOME = np.array([[NAN, NAN, NAN], [9.0, 4.0, 5.0], [3.0, 5.0, 6.0], [6.0, 9.0, 4.0]])
AVERAGE = np.array([[NAN, NAN, NAN], [6.0, 5.0, 6.0], [6.0, 5.0, 6.0], [6.0, 6.5, 6.0]])


def test_in_step_compares_averages() -> None:
    """Averages to 2023: A 18/3 = 6, B 18/3 = 6, C 15/3 = 5; to 2022: 6, 4.5, 5.5; to 2021: 9, 4, 5.

    B falls short of 6.5 by 0.5 and C of 6 by 1. A is in step from 2021.
    """
    check(
        judge(target("in_step", 2023, first_year=2021, benchmark="average"), INCOME, average=AVERAGE),
        [6.0, 6.0, 5.0], [True, False, False], [0, 0.5, 1.0], [2021, 0, 0],
    )  # fmt: skip


def test_in_step_within_half_a_point_and_with_a_margin() -> None:
    """Tolerance 0.5: B 6 against 6.0 is met, B first in 2022 (4.5 against 4.5), C first in 2022 (5.5)."""
    wanted = target("in_step", 2023, first_year=2021, benchmark="average", tolerance=0.5)
    check(
        judge(wanted, INCOME, average=AVERAGE),
        [6.0, 6.0, 5.0], [True, True, False], [0, 0, 0.5], [2021, 2022, 2022],
    )  # fmt: skip
    assert judge(replace(wanted, margin=0.75), INCOME, average=AVERAGE).gap == pytest.approx([0.25, 0.75, 1.25])


def test_in_step_with_growth_when_no_benchmark_is_named() -> None:
    found = judge(target("in_step", 2023, first_year=2021), INCOME, gdp_growth_average=AVERAGE)
    assert found.met.tolist() == [True, False, False]


def test_above_a_benchmark_region_with_its_margin() -> None:
    """2022: A 10 against 8 + 1, B 9 against 9 + 1, C 9.9 against 9.5 + 1."""
    city = np.array([[1.0, 1.0, 1.0], [9.0, 7.5, 8.0], [8.0, 9.0, 9.5], [12.0, 12.0, 12.0]])
    check(
        judge(target("above", benchmark="city", margin=1.0), benchmark__city__gdp_growth=city),
        [10.0, 9.0, 9.9], [True, False, False], [0, 1.0, 0.6], [2022, 2021, 2021],
    )  # fmt: skip
    assert judge(target("above", benchmark="city"), benchmark__city__gdp_growth=city).met.all()


def test_change_is_measured_from_the_base_year() -> None:
    """Until 2022: A +2, B -3, C +4.9; C has +5.5 in 2021."""
    check(judge(target("change", value=2.0)), [2.0, -3.0, 4.9], [True, False, True], [0, 5.0, 0], [2022, 0, 2021])


# A peaks in 2021 and falls; B is still rising; C only falls.
EMISSIONS = np.array([[100.0, 100.0, 100.0], [108.0, 104.0, 97.0], [105.0, 107.0, 95.0], [101.0, 109.0, 92.0]])


@pytest.mark.parametrize("year", [2022, 2023])
def test_falling_is_past_the_peak(year: int) -> None:
    found = judge(target("direction", year, direction="falling"), EMISSIONS)
    assert found.value.tolist() == EMISSIONS[YEARS.index(year)].tolist()
    assert found.met.tolist() == [True, False, True]
    assert found.gap.tolist() == [0.0, 3.0 if year == 2022 else 2.0, 0.0]
    # years of the peaks; that of B lies beyond the horizon
    assert found.first.tolist() == [2021, 0, 2020]


def test_falling_is_not_met_in_the_year_of_the_peak() -> None:
    found = judge(target("direction", 2021, direction="falling"), EMISSIONS)
    assert found.met.tolist() == [False, False, True]
    assert found.gap.tolist() == [8.0, 4.0, 0.0]


def test_rising_is_the_mirror_of_falling() -> None:
    found = judge(target("direction", 2022, direction="rising"), -EMISSIONS)
    assert found.met.tolist() == [True, False, True]
    assert found.gap.tolist() == [0.0, 3.0, 0.0]


def test_first_of_a_direction_is_the_year_of_the_last_peak_before_the_target() -> None:
    """A peaks twice, higher in 2022; B stands still on its peak; C fell from 2020 and rises again below it."""
    series = np.array([[100.0, 100.0, 120.0], [104.0, 107.0, 90.0], [109.0, 107.0, 95.0], [108.0, 107.0, 96.0]])
    found = judge(target("direction", 2023, direction="falling"), series)
    assert found.met.tolist() == [True, True, False]
    assert found.gap.tolist() == [0.0, 0.0, 1.0]
    assert found.first.tolist() == [2022, 2021, 0]


@pytest.mark.parametrize(
    ("indicator", "meant"),
    [("co2_emissions", "falling"), ("energy_use", "falling"), ("gdp_growth", "rising"), ("doctors_per_1000", "rising")],
)
def test_a_direction_that_is_not_named_is_the_one_that_is_better(indicator: str, meant: str) -> None:
    """Less is better for emissions and energy use, more for the others."""
    wanted = replace(target("direction", 2023), indicator=indicator)
    named = replace(wanted, direction=meant)
    opposite = replace(wanted, direction="rising" if meant == "falling" else "falling")
    found = judge(wanted, EMISSIONS)
    assert found.met.tolist() == judge(named, EMISSIONS).met.tolist()
    assert found.first.tolist() == judge(named, EMISSIONS).first.tolist()
    assert found.met.tolist() == ([True, False, True] if meant == "falling" else [False, True, False])
    assert judge(opposite, EMISSIONS).met.tolist() != found.met.tolist()


def test_a_draw_without_figures_has_no_direction() -> None:
    series = EMISSIONS.copy()
    series[:, 0] = NAN
    found = judge(target("direction", 2023, direction="falling"), series)
    assert found.met.tolist() == [False, False, True]
    assert found.first.tolist() == [0, 0, 2020]


def test_sums_of_printed_figures_reach_the_printed_target() -> None:
    """0.7 + 0.1 is 0.8 on paper and a little less in binary arithmetic; a millionth less is less."""
    assert 0.7 + 0.1 < 0.8
    found = judge(target(">=", value=0.8), np.full((4, 3), [0.7 + 0.1, 0.8 - 1e-6, 0.8]))
    assert found.met.tolist() == [True, False, True]
    assert found.gap == pytest.approx([0.0, 1e-6, 0.0], rel=1e-3)


@pytest.mark.parametrize("operator", [">=", "<=", "about", "between", "cumulative", "change"])
def test_a_draw_without_figures_meets_nothing_and_spoils_no_other(operator: str) -> None:
    wanted = target(operator, value=1.0, value_high=99.0)
    series = SERIES.copy()
    series[:, 1] = NAN
    found, whole = judge(wanted, series), judge(wanted)
    assert not found.met[1]
    assert found.first[1] == 0
    assert np.isnan(found.value[1])
    assert np.array_equal(found.met[[0, 2]], whole.met[[0, 2]])
    assert np.array_equal(found.first[[0, 2]], whole.first[[0, 2]])


# --- What always holds --------------------------------------------------------------------------------------

TENTHS = st.integers(-500, 500).map(lambda n: n / 10.0)
DRAWS = hnp.arrays(np.float64, (4, 6), elements=TENTHS)
KINDS: dict[str, Callable[[float], Target]] = {
    ">=": lambda x: target(">=", value=x),
    "<=": lambda x: target("<=", value=x),
    "about": lambda x: target("about", value=x, tolerance=0.55),
    "between": lambda x: target("between", value=x, value_high=x + 10.0),
    "cumulative": lambda x: target("cumulative", value=x, first_year=2021),
    "change": lambda x: target("change", value=x),
    "in_step": lambda x: target("in_step", margin=x),
    "above": lambda x: target("above", margin=x, benchmark="city"),
    "direction": lambda x: target("direction", direction="falling" if x < 0.0 else "rising"),
}
every_kind = pytest.mark.parametrize("kind", KINDS)


def judged(wanted: Target, series: np.ndarray, other: np.ndarray) -> Outcome:
    return judge(wanted, series, gdp_growth_average=other, benchmark__city__gdp_growth=other)


@every_kind
@settings(max_examples=30)
@given(series=DRAWS, other=DRAWS, threshold=TENTHS)
def test_no_gap_exactly_where_met(kind: str, series: np.ndarray, other: np.ndarray, threshold: float) -> None:
    found = judged(KINDS[kind](threshold), series, other)
    assert np.array_equal(found.gap == 0.0, found.met)
    assert (found.gap >= 0.0).all()
    if kind != "direction":
        reached = (found.first >= 2021) & (found.first <= 2022)
        assert (reached | ~found.met).all()  # met in 2022: not first met later


@every_kind
@settings(max_examples=30)
@given(series=DRAWS, other=DRAWS, threshold=TENTHS, order=st.permutations(range(6)))
def test_draws_are_judged_alone(
    kind: str, series: np.ndarray, other: np.ndarray, threshold: float, order: list[int]
) -> None:
    found = judged(KINDS[kind](threshold), series, other)
    turned = judged(KINDS[kind](threshold), series[:, order], other[:, order])
    for part in ("value", "met", "gap", "first"):
        assert np.array_equal(getattr(turned, part), getattr(found, part)[order]), part


@pytest.mark.parametrize("kind", [">=", "<=", "about", "cumulative", "change", "in_step", "above"])
@settings(max_examples=30)
@given(series=DRAWS, other=DRAWS, threshold=TENTHS, harder=st.integers(1, 50))
def test_a_harder_target_is_met_by_fewer_draws_later_and_by_less(
    kind: str, series: np.ndarray, other: np.ndarray, threshold: float, harder: int
) -> None:
    step = -harder / 10.0 if kind == "<=" else harder / 10.0
    easy = judged(KINDS[kind](threshold), series, other)
    hard = judged(KINDS[kind](threshold + step), series, other)
    assert (hard.met <= easy.met).all()
    assert (hard.gap >= easy.gap).all()
    assert (np.where(hard.first, hard.first, 9999) >= np.where(easy.first, easy.first, 9999)).all()
    assert hard.gap[~easy.met] - easy.gap[~easy.met] == pytest.approx(abs(step))


@settings(max_examples=30)
@given(series=DRAWS, other=DRAWS, threshold=TENTHS)
def test_later_years_do_not_change_what_a_year_is_worth(
    series: np.ndarray, other: np.ndarray, threshold: float
) -> None:
    for make in KINDS.values():
        changed = series.copy()
        changed[3] += 7.0
        before, after = judged(make(threshold), series, other), judged(make(threshold), changed, other)
        assert np.array_equal(before.met, after.met)
        assert np.array_equal(before.gap, after.gap)
