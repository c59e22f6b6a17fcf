"""The two values of every input: which percentiles they are, and of what."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.lever_effects.steps import nothing
from sim.levers.catalogue import LEVERS
from sim.parameters.priors import Prior
from sim.region.pack import Pack
from sim.scenario.distributions import Distribution
from sim.scenario.parts import AssumptionPath
from sim.sensitivity.screening import unknowns_of
from sim.sensitivity.settings import BASES, Z90, Setting, lever_settings, world_settings
from sim.sensitivity.tornado import in_own_unit
from sim.sensitivity.world import WorldSeen, central_paths, likely_averages

YEARS = (2022, 2023, 2024)
# The 95th percentile of a standard normal is 1.6449, the 90th 1.2816: p90 lies at 0.7791 of p95.
OF_P95 = 0.77912


def settings_of(**levers: AssumptionPath) -> dict[str, Setting]:
    scenario = replace(nothing(2024), levers=levers)
    return {setting.id: setting for setting in lever_settings(scenario, YEARS)}


def test_history_is_its_5th_to_95th_percentile_held_in_every_year() -> None:
    one = settings_of()["levers.investment_growth"]
    assert one.basis == "history"
    assert one.ends is not None
    assert (one.low, one.high) == pytest.approx((-11.5 * OF_P95, 11.5 * OF_P95), abs=1e-3)
    for end, value in zip(one.ends, (one.low, one.high), strict=True):
        path = end.levers["investment_growth"]
        assert (path.years, path.low) == (YEARS, path.high)
        assert path.low == pytest.approx([value] * 3)


def test_without_a_history_it_is_a_step_each_way_within_the_bounds_and_around_what_the_scenario_sets() -> None:
    found = settings_of(rd_intensity=AssumptionPath("rd_intensity", YEARS, (0.5, 0.5, 1.5), (0.5, 0.5, 1.5)))
    assert found["levers.rd_intensity"].basis == "step"
    assert found["levers.rd_intensity"].ends is not None
    low, high = (end.levers["rd_intensity"].low for end in found["levers.rd_intensity"].ends)
    assert (low, high) == ((-0.5, -0.5, 0.5), (1.5, 1.5, 2.0))  # the bound is 2
    assert found["levers.digital_economy"].low == LEVERS["digital_economy"].low == 0.0  # no less than none


def test_a_range_of_the_scenario_is_taken_at_its_own_percentiles() -> None:
    triangle = Distribution("triangular", (0.0, 2.0, 4.0))
    found = settings_of(
        trade_growth=AssumptionPath("trade_growth", YEARS, (None, 1.0, 1.0), (None, 3.0, 3.0)),
        fdi_growth=AssumptionPath("fdi_growth", YEARS, (1.0,) * 3, (3.0,) * 3, (triangle,) * 3),
    )
    trade, fdi = found["levers.trade_growth"], found["levers.fdi_growth"]
    assert (trade.basis, fdi.basis) == ("scenario", "scenario")
    assert trade.ends is not None
    assert (trade.low, trade.high) == pytest.approx((2 - OF_P95, 2 + OF_P95), abs=1e-4)
    assert trade.ends[0].levers["trade_growth"].low[0] is None
    # A tenth of a triangle's area below its peak: 0.1 = x² / 8.
    assert (fdi.low, fdi.high) == pytest.approx((np.sqrt(0.8), 4 - np.sqrt(0.8)))


def test_the_world_is_moved_by_the_percentiles_of_its_average_up_to_the_target_year() -> None:
    draws = np.arange(101.0)
    rows = np.stack([draws / 100, draws / 50, np.zeros(101)])  # 2022: 0-1, 2023: 0-2
    seen = [WorldSeen({"world_trade": part}, {"world_trade": part}) for part in (rows[:, :40], rows[:, 40:])]
    likely = likely_averages(seen, 2022, [2022, 2023])
    assert likely["world_trade", 2022] == pytest.approx((0.1, 0.5, 0.9))
    assert likely["world_trade", 2023] == pytest.approx((0.15, 0.75, 1.35))
    central = central_paths(seen)
    assert central["world_trade"] == pytest.approx([0.5, 1.0, 0.0])
    central |= {name: np.zeros(3) for name in ("national_growth", "producer_prices", "rare_event_probability")}
    central["exchange_rate"] = np.full(3, 7.0)
    first, second = world_settings(nothing(2024), central, likely, YEARS)
    assert (first.year, second.year, second.basis) == (2022, 2023, "model")
    assert second.ends is not None
    assert (second.low, second.high) == pytest.approx((0.15, 1.35))
    assert second.ends[0].world["world_trade"].low == pytest.approx([0.5 - 0.6, 1.0 - 0.6, -0.6])
    assert first.judges(2022)
    assert not first.judges(2023)


def test_priors_are_told_in_the_unit_of_their_line(district: Pack) -> None:
    by_name = {unknown.play.name: unknown for unknown in unknowns_of(district)}
    line = next(unknown for unknown in by_name.values() if unknown.prior is None)
    low, high = line.length
    assert in_own_unit(line, np.array([-Z90, 0.0, Z90])) == pytest.approx(
        [(low + high) / 2 - OF_P95 * (high - low) / 2, (low + high) / 2, (low + high) / 2 + OF_P95 * (high - low) / 2],
        abs=1e-3,
    )
    prior = Prior("x", 1.0, 2.0, 4.0, "growth %", "normal", "J", "2020", "s", "parameters", "f:1")
    unknown = replace(line, prior=prior)
    assert in_own_unit(unknown, np.array([-Z90, Z90])) == pytest.approx([2 - OF_P95, 2 + 2 * OF_P95], abs=1e-4)
    share = replace(line, prior=replace(prior, unit="%"))
    assert in_own_unit(share, np.array([0.0])) == pytest.approx([2.0])


def test_history_beyond_the_bounds_of_the_catalogue_is_cut_and_said_to_be() -> None:
    """Revenue: 5th to 95th percentile ±11.3 points, whose p10 and p90 lie beyond the lever's ±5."""
    lever, one = LEVERS["revenue_growth"], settings_of()["levers.revenue_growth"]
    assert lever.history is not None
    assert lever.history.high * OF_P95 > lever.high
    assert (one.basis, one.low, one.high) == ("history", lever.low, lever.high)
    assert "超出目录上下限的取上下限" in BASES["history"].zh
