"""Growth accounting worked by hand: log changes to points that sum, their means and spreads, differences."""

from __future__ import annotations

from math import log
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.growth_accounting.accounting import GrowthAccounting
from sim.growth_accounting.channels import NOMINAL, OF_ACCOUNT, REAL, TOTAL
from sim.growth_accounting.contributions import Contributions, contributions_of, difference_of
from sim.growth_accounting.factors import Inputs
from sim.growth_accounting.logarithmic_mean import logarithmic_mean

NEAR = 1e-12
FILLER = ("trade", "finance", "environment", "social")


def column(*values: float) -> Any:
    """One draw of cells, (cell, 1)."""
    return np.array(values)[:, None]


def state(
    productivity: Any, capital: Any, employment: float, own: Any, *, project: Any = 0.0, gap: Any = 0.0,
    factor: float = 1.0, deflator: Any = 1.0, revision: Any = None,
) -> Any:  # fmt: skip
    """A year of a region: `own` is what the cells make before projects [亿元], `capital` what works next year."""
    potential = own + project
    real = potential * np.exp(gap) * factor
    census = np.ones_like(own) if revision is None else revision
    current = real * deflator * census
    reporting = SimpleNamespace(
        factor=np.array([factor]), census_factor=census, value_added_real=real, value_added_nominal=current,
        gdp_real=real.sum(axis=0), gdp=current.sum(axis=0),
    )  # fmt: skip
    return SimpleNamespace(
        supply=SimpleNamespace(log_productivity=productivity, potential_output=potential),
        demand=SimpleNamespace(demand_gap=np.broadcast_to(gap, own.shape)),
        people=SimpleNamespace(log_employment=np.array([employment])),
        capital=SimpleNamespace(capital=capital, project_capital=np.zeros_like(own), capital_before=capital),
        prices=SimpleNamespace(deflator=np.broadcast_to(deflator, own.shape)),
        reporting=reporting,
        **dict.fromkeys(FILLER),
    )


def policy(levers: Any, project: Any) -> Any:
    """Levers of year 1 and project output of years 0 and 1."""
    return SimpleNamespace(
        productivity=np.stack([np.zeros_like(levers), levers]),
        project_output=np.stack([np.zeros_like(project), project]),
    )


def accounted(states: list[Any], share: Any, levers: Any, project: Any, industries: list[str]) -> Contributions:
    """Contributions of the second year; working capital of year 1 is that at the end of year 0."""
    found = GrowthAccounting([Inputs(share, policy(levers, project))], industries, 2, share.shape[-1])
    for t, now in enumerate(states):
        found.year(t, [now])
    return contributions_of(found.sums, [2021], [f"cell{i}" for i in range(len(industries))], industries)


def test_a_year_of_two_cells_worked_by_hand() -> None:
    """Cell 0 makes 100 and then 110 by capital alone; cell 1 makes 300, then 360 that sell as 324."""
    before = state(column(0.0, 0.0), column(100.0, 50.0), 0.0, column(100.0, 300.0))
    before.capital.capital = column(121.0, 50.0)  # 121 is to 100 as 1.1 to 1, squared: a share of one half makes 1.1
    now = state(column(0.0, log(1.2)), column(0.0, 0.0), 0.0, column(110.0, 360.0), gap=column(0.0, log(0.9)))
    none = column(0.0, 0.0)
    found = accounted([before, now], column(0.5, 0.5), none, none, ["primary", "tertiary"])
    weight = 24.0 / log(1.08) / 4.0  # logarithmic mean of 300 and 324 in percent of a GDP of 400
    expected = {
        ("cell0", "capital"): 2.5,
        ("cell0", TOTAL): 2.5,
        ("cell1", "productivity"): weight * log(1.2),
        ("cell1", "demand"): weight * log(0.9),
        ("cell1", TOTAL): 6.0,
        ("primary", "capital"): 2.5,
        ("primary", TOTAL): 2.5,
        ("tertiary", "productivity"): weight * log(1.2),
        ("tertiary", "demand"): weight * log(0.9),
        ("tertiary", TOTAL): 6.0,
        (TOTAL, "capital"): 2.5,
        (TOTAL, "productivity"): weight * log(1.2),
        (TOTAL, "demand"): weight * log(0.9),
        (TOTAL, TOTAL): 8.5,
    }
    for member in found.members:
        for channel in OF_ACCOUNT[REAL]:
            points = found.of(REAL, 2021, member, channel)
            assert points == pytest.approx(expected.get((member, channel), 0.0), abs=NEAR), (member, channel)
    assert expected["cell1", "productivity"] == pytest.approx(14.2141, abs=5e-5)  # 0.182322 * 24 / 0.0769610 / 4
    assert found.share(REAL)[0, found.members.index("tertiary"), -1] == pytest.approx(6.0 / 8.5)


def test_labour_and_levers_have_their_own_channels() -> None:
    """Employment up by 21 % at a labour share of one half makes 1.1; of productivity's 1.3 a lever makes 1.04."""
    before = state(column(0.0), column(80.0), 0.0, column(100.0))
    now = state(column(log(1.3)), column(80.0), log(1.21), column(143.0))
    found = accounted([before, now], column(0.5), column(log(1.04)), column(0.0), ["secondary"])
    weight = 43.0 / log(1.43)
    assert found.of(REAL, 2021, TOTAL, "labour") == pytest.approx(weight * log(1.1), abs=NEAR)
    assert found.of(REAL, 2021, TOTAL, "productivity_levers") == pytest.approx(weight * log(1.04), abs=NEAR)
    assert found.of(REAL, 2021, TOTAL, "productivity") == pytest.approx(weight * log(1.25), abs=NEAR)
    assert found.of(REAL, 2021, TOTAL) == pytest.approx(43.0, abs=NEAR)


def test_a_project_adds_what_it_makes_and_nothing_once_it_stands() -> None:
    """A cell of 100 gets a project of 50 while demand rises by a tenth: 52.5 from it, 10 + 2.5 from demand."""
    before = state(column(0.0), column(80.0), 0.0, column(100.0))
    now = state(column(0.0), column(80.0), 0.0, column(100.0), project=column(50.0), gap=column(log(1.1)))
    found = accounted([before, now], column(0.5), column(0.0), column(50.0), ["secondary"])
    assert found.of(REAL, 2021, TOTAL, "projects") == pytest.approx(52.5, abs=NEAR)
    assert found.of(REAL, 2021, TOTAL, "demand") == pytest.approx(12.5, abs=NEAR)
    assert found.of(REAL, 2021, TOTAL) == pytest.approx(65.0, abs=NEAR)
    standing = [state(column(0.0), column(80.0), 0.0, column(own), project=column(50.0)) for own in (100.0, 150.0)]
    standing[1].supply.log_productivity = column(log(1.5))
    at_work: Any = SimpleNamespace(productivity=np.zeros((2, 1, 1)), project_output=np.full((2, 1, 1), 50.0))
    inputs = Inputs(column(0.5), at_work)
    accounting = GrowthAccounting([inputs], ["secondary"], 2, 1)
    for t, now in enumerate(standing):
        accounting.year(t, [now])
    later = contributions_of(accounting.sums, [2021], ["cell0"], ["secondary"])
    assert later.of(REAL, 2021, TOTAL, "projects") == 0.0
    assert later.of(REAL, 2021, TOTAL, "productivity") == pytest.approx(100.0 / 3.0, abs=NEAR)


def test_prices_and_revisions_move_growth_at_current_prices_only() -> None:
    """Nothing happens but prices up by a tenth in a cell of 100, and a census that adds 50 to one of 200."""
    own = column(100.0, 200.0)
    before = state(column(0.0, 0.0), column(80.0, 80.0), 0.0, own)
    now = state(
        column(0.0, 0.0), column(80.0, 80.0), 0.0, own, deflator=column(1.1, 1.0), revision=column(1.0, 1.25)
    )  # fmt: skip
    none = column(0.0, 0.0)
    found = accounted([before, now], column(0.5, 0.5), none, none, ["secondary", "tertiary"])
    assert np.all(found.points[REAL] == 0.0)
    assert found.of(NOMINAL, 2021, "cell0", "prices") == pytest.approx(10.0 / 3.0, abs=NEAR)
    assert found.of(NOMINAL, 2021, "cell1", "reporting") == pytest.approx(50.0 / 3.0, abs=NEAR)
    assert found.of(NOMINAL, 2021, TOTAL) == pytest.approx(20.0, abs=NEAR)
    assert np.isnan(found.share(REAL)).all()  # no share of no growth


def test_the_ratio_of_reported_to_actual_output_is_a_channel() -> None:
    before = state(column(0.0), column(80.0), 0.0, column(100.0))
    now = state(column(0.0), column(80.0), 0.0, column(100.0), factor=1.02)
    found = accounted([before, now], column(0.5), column(0.0), column(0.0), ["tertiary"])
    assert found.of(REAL, 2021, TOTAL, "reporting") == pytest.approx(2.0, abs=NEAR)
    assert found.of(NOMINAL, 2021, TOTAL, "reporting") == pytest.approx(2.0, abs=NEAR)
    assert found.of(NOMINAL, 2021, TOTAL) == pytest.approx(2.0, abs=NEAR)


def test_means_and_spreads_over_draws_and_blocks() -> None:
    """Growth of 10 and 30 % in one block and 20 % in another: 20 on average, the spread the root of 200 / 3."""
    share, none = np.array([[0.5, 0.5]]), np.zeros((1, 2))

    def block(first: float, second: float, counted: int) -> Any:
        own = np.array([[100.0, 100.0]])
        growth = 1.0 + np.array([[first, second]]) / 100.0
        found = GrowthAccounting([Inputs(share, policy(none, none))], ["tertiary"], 2, counted)
        found.year(0, [state(none, own, 0.0, own)])
        found.year(1, [state(np.log(growth), own, 0.0, own * growth)])
        return found.sums

    sums = block(10.0, 30.0, 2).plus(block(20.0, 99.0, 1))  # the last draw does not count
    found = contributions_of(sums, [2021], ["cell0"], ["tertiary"])
    assert found.growth().tolist() == pytest.approx([20.0], abs=NEAR)
    assert found.deviation[REAL][0, -1, -1] == pytest.approx((200.0 / 3.0) ** 0.5, abs=1e-9)
    assert found.deviation[REAL][0, -1, OF_ACCOUNT[REAL].index("capital")] == 0.0
    same = contributions_of(block(7.0, 7.0, 2), [2021], ["cell0"], ["tertiary"])
    assert same.deviation[REAL].max() == 0.0  # rounding is no spread


def test_differences_are_second_less_first_and_only_of_the_same_cells() -> None:
    """Productivity makes 10 % in the first and 21 % in the second scenario."""

    def grown(percent: float) -> Contributions:
        own = column(100.0)
        before = state(column(0.0), column(80.0), 0.0, own)
        growth = 1.0 + percent / 100.0
        now = state(column(log(growth)), column(80.0), 0.0, own * growth)
        return accounted([before, now], column(0.5), column(0.0), column(0.0), ["tertiary"])

    found = difference_of(grown(10.0), grown(21.0))
    assert found.points[REAL][0, -1, OF_ACCOUNT[REAL].index("productivity")] == pytest.approx(11.0, abs=NEAR)
    assert found.points[REAL][0, -1, -1] == pytest.approx(11.0, abs=NEAR)
    assert np.all(difference_of(grown(10.0), grown(10.0)).points[REAL] == 0.0)
    other = contributions_of(GrowthAccounting([], ["primary"], 2, 1).sums, [2021], ["cell0"], ["primary"])
    with pytest.raises(ValueError, match="different cells or years"):
        difference_of(grown(10.0), other)


def test_accounts_without_productivity_are_refused() -> None:
    found = GrowthAccounting([], ["tertiary"], 2, 1)
    accounts: Any = SimpleNamespace(reporting=None)
    with pytest.raises(TypeError, match="how output came about"):
        found.year(0, [accounts])


@given(before=st.floats(1e-3, 1e6), change=st.floats(-3.0, 3.0))
def test_the_logarithmic_mean_lies_between_geometric_and_arithmetic(before: float, change: float) -> None:
    now = before * np.exp(change)
    found = float(logarithmic_mean(np.array([before]), np.array([now - before]), np.array([change]))[0])
    assert found >= (before * now) ** 0.5 * (1.0 - 1e-9)
    assert found <= 0.5 * (before + now) * (1.0 + 1e-9)


def test_the_logarithmic_mean_of_equal_values_is_their_value() -> None:
    zero = np.zeros(1)
    assert logarithmic_mean(np.array([5.0]), zero, zero).tolist() == [5.0]
