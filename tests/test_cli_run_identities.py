"""Identities of what a run keeps, checked from outside in every draw; scenarios in order; one path without chance."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.running import CELLS, INDICATOR_FIELDS, YEARS, Finished, project


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Finished:
    """The baseline."""
    return project(tmp_path_factory.mktemp("run") / "baseline")


# Identities, to 1e-9 of the quantity


def close(a: Any, b: Any) -> bool:
    return bool(np.all(np.abs(a - b) <= 1e-9 * np.maximum(1.0, np.abs(b))))


@pytest.fixture(scope="module", params=["baseline", "plan_targets", "stress"])
def kept(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Kept draws of one scenario."""
    return project(tmp_path_factory.mktemp("kept") / "r", request.param).draws


def cells(draws: dict[str, Any], quantity: str, *chosen: str) -> Any:
    """The quantity in the chosen cells (all without a choice), added up."""
    return np.sum([draws[f"{quantity}/{cell}"] for cell in chosen or CELLS], axis=0)


def test_cells_add_up_to_gdp(kept: dict[str, Any]) -> None:
    assert close(cells(kept, "value_added_nominal"), kept["gdp"])
    assert close(cells(kept, "value_added_real"), kept["gdp_real"])


def test_capital_closes(kept: dict[str, Any]) -> None:
    for cell in CELLS:
        capital, investment, lost = (kept[f"{q}/{cell}"] for q in ("capital", "investment", "depreciation"))
        assert close(capital[:, 1:], capital[:, :-1] + investment[:, :-1] - lost[:, :-1])


def test_contributions_sum_to_growth(kept: dict[str, Any]) -> None:
    real = kept["gdp_real"]
    growth = 100.0 * (real[:, 1:] / real[:, :-1] - 1.0)
    assert close(kept["gdp_growth"][:, 1:], growth)
    assert close(cells(kept, "contribution")[:, 1:], growth)


def test_shares_sum_to_100_and_are_those_of_the_cells(kept: dict[str, Any]) -> None:
    assert close(kept["primary_share"] + kept["secondary_share"] + kept["services_share"], 100.0)
    manufacturing = cells(kept, "value_added_nominal", "manufacturing_marine", "manufacturing_other")
    assert close(kept["manufacturing_share"], 100.0 * manufacturing / kept["gdp"])
    assert close(kept["marine_share"], 100.0 * kept["marine_gop"] / kept["gdp"])


def test_jobs_add_up(kept: dict[str, Any]) -> None:
    assert close(kept["new_urban_jobs_cumulative"][:, 1:], np.cumsum(kept["new_urban_jobs"][:, 1:], axis=1))


def test_everything_is_finite_and_positive_where_it_must_be(kept: dict[str, Any]) -> None:
    for name, values in kept.items():
        assert np.isfinite(values[:, 1:]).all(), name
    for name in ("gdp", "gdp_real", "population", "trade_total", "fdi", "budget_revenue", "energy_use"):
        assert (kept[name] > 0.0).all(), name


def test_marine_coverage_moves_the_marine_product_and_never_gdp(done: Finished, tmp_path: Path) -> None:
    """Until the census of 2023 reporting multiplies all cells by one factor; marine coverage comes on top."""
    plain = project(tmp_path / "r", "--without", "reporting").draws
    before_census = slice(1, 3)
    factor = (done.draws["gdp_real"] / plain["gdp_real"])[:, before_census]
    assert close((done.draws["gdp"] / plain["gdp"])[:, before_census], factor)
    coverage = (done.draws["marine_gop"] / plain["marine_gop"])[:, before_census] / factor
    assert (np.abs(coverage - 1.0) > 1e-3).mean() > 0.9


# Scenarios, and no uncertainty


def median(document: dict[str, Any], name: str, year: int) -> float:
    return next(r["p50"] for r in document["indicators"] if (r["indicator"], r["year"]) == (name, year))


def test_the_plans_path_is_above_the_baseline_and_stress_below(done: Finished, tmp_path: Path) -> None:
    plan = project(tmp_path / "plan", "plan_targets").document
    stress = project(tmp_path / "stress", "stress").document
    for name in ("gdp_growth", "gdp_growth_average", "trade_total", "fdi"):
        values = [median(document, name, 2025) for document in (plan, done.document, stress)]
        assert values[0] > values[1] > values[2], name


def test_without_all_there_is_one_path(tmp_path: Path) -> None:
    found = project(tmp_path / "r", "--without", "all")
    quantiles = INDICATOR_FIELDS[3:]
    for r in found.document["indicators"]:
        assert len({r[q] for q in quantiles}) == 1, (r["indicator"], r["year"])
    assert {array.shape for array in found.draws.values()} == {(1, len(YEARS))}
    assert {t["probability"] for t in found.document["targets"]} <= {0.0, 1.0, None}


def test_seed_zero_is_a_seed(done: Finished, tmp_path: Path) -> None:
    found = project(tmp_path / "r", "--seed", "0")
    assert found.document["seed"] == 0
    assert median(found.document, "gdp", 2035) != median(done.document, "gdp", 2035)
