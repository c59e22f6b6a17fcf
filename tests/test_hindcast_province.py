"""Province forecasts: conditioning worked by hand, dates of information, and forecasts that depend on no more."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim.conditioning.problem import ConditioningError, Problem
from sim.errors import InputError, SimError
from sim.hindcast.ablation import model_of, with_reference_class
from sim.hindcast.forecast import (
    BLOCKS,
    ModelForecaster,
    forecast_draws,
    forecast_panel,
    forecasts_csv,
    posterior_of,
    write_forecasts,
)
from sim.hindcast.linearised import linearised_posterior
from sim.hindcast.outcomes import LEVELS, VARIABLES
from sim.hindcast.outlook import FIRST_YEAR, conditioned
from sim.hindcast.own_history import case_of, problem_of
from sim.panel import Panel
from sim.panel.growth import COLUMNS, PARTS
from sim.posterior.posterior import conditioned as conditioned_draws
from sim.randomness import BLOCK, SOURCES, Array, Draws
from sim.reference_class.estimates import Estimate, EstimatesAt

EVERYTHING = frozenset(SOURCES)


def panel_of(growth: Array, first_year: int = 2000, names: str = "甲乙丙丁", prices: float = 1.0) -> Panel:
    """Regions whose industries all grow by `growth` (region, year) [log], at prices rising by the factor `prices`."""
    regions, years = tuple(names[: len(growth)]), tuple(range(first_year, first_year + growth.shape[1]))
    level = 1000.0 * np.exp(np.cumsum(growth, axis=1) - growth[:, :1])
    level = level * prices ** np.arange(growth.shape[1])
    values = {name: np.full(growth.shape, np.nan) for name in COLUMNS}
    for part, share in zip(PARTS, (0.1, 0.5, 0.4), strict=True):
        values[f"{part}_va"] = share * level
        values[f"{part}_index"] = 100.0 * np.exp(growth)
    values["gdp"], values["gdp_index"] = level, 100.0 * np.exp(growth)
    return Panel(regions, years, values, "panel.csv")


def varied(years: int = 11) -> Panel:
    """Three regions whose growth differs and moves together."""
    common = 0.10 + 0.01 * np.sin(np.arange(years))
    return panel_of(np.stack([common + lead for lead in (-0.01, 0.0, 0.02)]))


# — Conditioning —


def test_draws_are_moved_by_hand() -> None:
    # x ~ N(0, 1) seen as 1 with error 1: gain 1/2, so x = 0.2 with noise 0.4 becomes 0.2 + (1 - 0.2 - 0.4) / 2.
    moved = conditioned(
        {"x": np.array([[0.2]])}, lambda given: given["x"], np.array([1.0]), np.array([1.0]), np.array([[0.4]])
    )
    assert moved["x"] == pytest.approx(np.array([[0.4]]))


def test_years_without_a_figure_move_nothing() -> None:
    normals = {"x": np.array([[0.2], [-0.3]])}
    seen = np.array([np.nan, 0.5])
    moved = conditioned(normals, lambda given: given["x"], seen, np.full(2, 0.5), np.zeros((2, 1)))
    # The second: gain 1 / (1 + 0.25) = 0.8, surprise 0.8.
    assert moved["x"] == pytest.approx(np.array([[0.2], [-0.3 + 0.8 * 0.8]]))


def one_fact(observed: float) -> Problem:
    return Problem(lambda draws: 3.0 * draws.normal("shocks", "a"), np.array([observed]), np.array([1.0]), ("a.2001",))


def test_a_linear_posterior_is_exact() -> None:
    # y = 3 u seen as 6 with error 1: mean 3 * 6 / (9 + 1) = 1.8, s.d. 1 / sqrt(10) = 0.316, within sampling error.
    posterior = linearised_posterior(one_fact(6.0), 1, 2001)
    found = conditioned_draws(Draws(1, 0, EVERYTHING), posterior).normal("shocks", "a")
    assert found.mean() == pytest.approx(1.8, abs=0.02)
    assert found.std() == pytest.approx(0.316, abs=0.012)


def test_draws_follow_a_curve() -> None:
    # y = exp(u) seen as e with error 0.01 e: u is 1 with s.d. 0.01, wherever each draw comes from.
    problem = Problem(
        lambda draws: np.exp(draws.normal("shocks", "a")), np.array([np.e]), np.array([0.01 * np.e]), ("a.2001",)
    )
    posterior = linearised_posterior(problem, 1, 2001)
    found = conditioned_draws(Draws(1, 0, EVERYTHING), posterior).normal("shocks", "a")
    assert found.mean() == pytest.approx(1.0, abs=0.001)
    assert found.std() == pytest.approx(0.01, abs=0.001)


def test_facts_out_of_reach_are_named() -> None:
    flat = Problem(lambda draws: 0.0 * draws.normal("shocks", "a"), np.array([6.0]), np.array([1.0]), ("a.2001",))
    with pytest.raises(ConditioningError, match=r"a\.2001"):
        linearised_posterior(flat, 1, 2001)


def test_history_is_reproduced_and_the_future_is_not_known() -> None:
    panel = varied()
    model = model_of(panel)
    case = case_of(panel, "丙", model.outlook, model.priors)
    posterior = linearised_posterior(problem_of(case), 1, case.origin)
    path = case.simulate(conditioned_draws(Draws(1, 0, EVERYTHING), posterior), 2013)
    past, coming = path.growth[:8], path.growth[8:]
    assert case.base_year == 2002
    assert np.abs(path.growth[:8].mean(axis=1) - 100.0 * (0.12 + 0.01 * np.sin(np.arange(3, 11)))).max() < 0.3
    assert past.std(axis=1).max() < 0.3
    assert coming.std(axis=1).min() > 1.0


def test_a_crash_and_a_revised_share_are_followed() -> None:
    growth = np.full((2, 11), 0.10)
    growth[0, 8] = -0.05
    panel = panel_of(growth)
    panel.values["secondary_va"][0, 6:] *= 0.85
    panel.values["gdp"][0, 6:] -= 0.075 * panel.values["gdp"][0, 6:]
    model = model_of(panel)
    case = case_of(panel, "甲", model.outlook, model.priors)
    posterior = linearised_posterior(problem_of(case), 1, case.origin)
    path = case.simulate(conditioned_draws(Draws(1, 0, EVERYTHING), posterior), case.origin)
    assert path.growth[5].mean() == pytest.approx(-5.0, abs=1.0)
    assert path.shares[0, -1].mean() == pytest.approx(100.0 * 0.425 / 0.925, abs=1.0)


def test_linearisation_and_the_smoother_agree() -> None:
    panel = varied(6)
    model = model_of(panel)
    case = case_of(panel, "丙", model.outlook, model.priors)
    quick, exact = (forecast_draws(case, posterior_of(case, 1, BLOCK, way)[0], 3) for way in (True, False))
    for name in VARIABLES:
        spread = exact[name].std(axis=1)
        # Means of 5120 draws differ by 0.02 standard deviations by chance alone.
        assert (np.abs(quick[name].mean(axis=1) - exact[name].mean(axis=1)) / spread).max() < 0.06
        assert quick[name].std(axis=1) / spread == pytest.approx(np.ones(3), abs=0.05)


# — Priors —


def test_every_prior_of_a_province_is_older_than_its_first_origin() -> None:
    model = model_of(varied(), "reference_class")
    assert {prior.date <= f"{FIRST_YEAR}-12" for prior in model.priors.all()} == {True}


def test_the_reference_class_replaces_what_it_knows() -> None:
    def known(quantity: str, industry: str, value: float, error: float) -> Estimate:
        return Estimate(
            2006, quantity, industry, value, error, None, None, 16, 7, 3.0, None, None, "", "2006-12", "pp", ""
        )

    rows = [known("relative_growth_mean_spread", "", 0.4, 0.3)]
    for part in PARTS:
        rows += [known("cell_spread_mean", part, 1.0, 0.6), known("cell_spread_mean_spread", part, 0.8, 0.3)]
        rows += [known("deflator_own_innovation", part, 5.0, 1.0)]
    priors = model_of(varied(), "reference_class").priors
    found = with_reference_class(priors, EstimatesAt(2006, {(r.quantity, r.industry): r for r in rows}, "e.csv"))
    normal = np.array([-1.0, 0.0, 1.0])
    # Own spread 0.4 with error 0.3 makes 0.5 points; mean 1.0 with error 0.6 and spread 0.8 makes 1.0 ± 1.0.
    assert found.scalars["mature_premium"].value(normal) == pytest.approx([-0.005, 0.0, 0.005])
    assert found.vectors["cell_premium"][1].value(normal) == pytest.approx([0.0, 0.01, 0.02])
    assert found.vectors["price_volatility"][2].value(normal) == pytest.approx([0.05, 0.05, 0.05])
    assert found.vectors["cell_premium"][0].date == "2006-12"


def test_an_origin_uses_its_own_cut_off() -> None:
    dates = [model_of(varied(years)).priors.scalars["mature_premium"].date for years in (4, 7, 11, 20)]
    assert dates == ["2000-02", "2006-12", "2010-12", "2014-12"]


def test_what_ablations_take_away() -> None:
    panel = varied()
    prices, capital = model_of(panel, "prices").priors, model_of(panel, "capital").priors
    assert [p.high for p in prices.vectors["price_trend"]] == [0.0, 0.0, 0.0]
    assert [p.centre for p in prices.vectors["price_volatility"]] != [0.0, 0.0, 0.0]
    assert capital.scalars["accelerator"].high == 0.0
    assert capital.vectors["price_trend"][2].high > 0.0


def test_an_unknown_ablation_is_refused_with_a_suggestion() -> None:
    with pytest.raises(InputError) as caught:
        model_of(varied(), "price")
    assert "prices" in caught.value.problems[0].text.en


# — Forecasts —


def test_forecasts_do_not_know_later_rows() -> None:
    panel = varied(9)
    late = replace(panel, values={name: column.copy() for name, column in panel.values.items()})
    for column in late.values.values():
        column[:, 6:] *= 1.3
    first, second = (forecasts_csv(forecast_panel(p.up_to(2005), 2, blocks=1, quick=True)) for p in (panel, late))
    assert first == second


def test_workers_change_nothing() -> None:
    panel = panel_of(np.full((2, 6), 0.1))
    alone, shared = (forecasts_csv(forecast_panel(panel, 1, blocks=1, quick=True, workers=n)) for n in (1, 2))
    assert alone == shared


def test_quantiles_rise_and_spread_with_the_horizon() -> None:
    told: list[tuple[str, int, int]] = []
    found = forecast_panel(varied(7), 4, blocks=1, quick=True, told=lambda *a: told.append(a))
    assert told == [("甲", 1, 3), ("乙", 2, 3), ("丙", 3, 3)]
    assert set(found.quantiles) == set(VARIABLES)
    for values in found.quantiles.values():
        assert values.shape == (3, 4, 99)
        assert (np.diff(values, axis=-1) >= 0.0).all()
    width = found.quantiles["gdp_growth_cumulative"][..., 94] - found.quantiles["gdp_growth_cumulative"][..., 4]
    assert (np.diff(width, axis=1) > 0.0).all()
    # The region that led by three points still leads, by less than that.
    lead = found.means["gdp_growth"][2, 3] - found.means["gdp_growth"][0, 3]
    assert 0.3 < lead < 3.0


def test_cumulative_growth_sums_logs() -> None:
    found = forecast_panel(panel_of(np.full((1, 8), 0.1)), 1, blocks=1, quick=True)
    one_year = 100.0 * np.log1p(found.quantiles["gdp_growth"][0, 0] / 100.0)
    assert found.quantiles["gdp_growth_cumulative"][0, 0] == pytest.approx(one_year, abs=1e-3)


def test_the_file(tmp_path: Path) -> None:
    panel = panel_of(np.full((2, 6), 0.1), names="乙甲")
    found = forecast_panel(panel, 2, blocks=1, quick=True)
    write_forecasts(tmp_path / "forecasts.csv", found)
    data = (tmp_path / "forecasts.csv").read_bytes()
    assert data.startswith("\ufeffregion,origin,year,variable,q01,q02,".encode())
    assert [path.name for path in tmp_path.iterdir()] == ["forecasts.csv"]
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert len(rows) == 2 * 2 * 4
    assert list(rows[0])[-2:] == ["q99", "mean"]
    assert [row["year"] for row in rows[:5]] == ["2006"] * 4 + ["2007"]
    assert {row["origin"] for row in rows} == {"2005"}
    total = [float(row["mean"]) for row in rows if "share" in row["variable"] and row["year"] == "2006"][:2]
    assert sum(total) == pytest.approx(90.0, abs=2.0)  # the primary industry keeps about a tenth


def test_the_forecaster_is_one_of_many() -> None:
    panel = panel_of(np.full((1, 6), 0.1))
    model = ModelForecaster(seed=3, quick=True)
    assert model.name == "model"
    found = model.forecast(panel, 1)["gdp_growth"]
    assert found.shape == (1, 1, len(LEVELS))
    assert (found == forecast_panel(panel, 1, seed=3, blocks=BLOCKS, quick=True).quantiles["gdp_growth"]).all()


def test_a_horizon_of_no_years_is_refused() -> None:
    with pytest.raises(SimError, match="at least one year"):
        forecast_panel(varied(), 0)
