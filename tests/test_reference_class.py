"""Estimating from a reference class: known truth recovered, statistics by hand, no look-ahead."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import numpy as np
import pytest

from sim.errors import InputError
from sim.panel.growth import COLUMNS as PANEL_COLUMNS
from sim.reference_class import CUT_OFFS, committed_path, make_estimates, read_estimates
from sim.reference_class import statistics as st
from sim.reference_class.associations import _capital_ratio
from sim.reference_class.estimates import Estimates
from sim.reference_class.likelihood import Normal, common_posterior, regions_posterior
from sim.reference_class.literature import combined, read_literature
from sim.reference_class.writing import estimates_csv, literature_path


@pytest.fixture(scope="module")
def committed() -> Estimates:
    return read_estimates(committed_path())


# —— truth known ——


def regions(rng: np.random.Generator, own_lag: float, spread: float, years: int) -> np.ndarray:
    """16 regions of average innovation s.d. 1 (log s.d. 0.25), with means of their own and a common year effect."""
    sd = np.exp(rng.normal(0.0, 0.25, 16) - 0.25**2)
    mean = rng.normal(0.0, spread, 16)
    state = sd / math.sqrt(1.0 - own_lag**2) * rng.normal(size=16)
    table = np.empty((16, years))
    for year in range(years):
        table[:, year] = mean + state + rng.normal(0.0, 1.5)
        state = own_lag * state + sd * rng.normal(size=16)
    return table


@pytest.mark.parametrize(("own_lag", "spread", "years"), [(0.6, 0.8, 15), (0.2, 1.5, 8)])
def test_a_population_of_regions_is_recovered_within_its_errors(own_lag: float, spread: float, years: int) -> None:
    rng = np.random.default_rng(20)
    scores = []
    for _ in range(60):
        table = regions(rng, own_lag, spread, years)
        found = regions_posterior(table - table.mean(axis=0), Normal(0.4, 0.4))
        pairs = ((found.persistence, own_lag), (found.innovation, 1.0), (found.mean_spread, spread))
        scores.append([(normal.mean - truth) / normal.sd for normal, truth in pairs])
    size = np.abs(np.array(scores))
    # nine in ten within 1.645 errors; 60 panels make that 0.90 ± 0.04 (one s.d.), the errors are meant to be wide
    assert np.all((size < 1.645).mean(axis=0) > 0.80)
    assert np.all(np.abs(np.mean(scores, axis=0)) < 0.6)
    assert np.all(np.std(scores, axis=0) > 0.6)  # nor are they so wide that they say nothing


def test_the_national_series_is_calibrated_over_its_own_priors() -> None:
    rng = np.random.default_rng(21)
    mean, lag, innovation = Normal(10.0, 1.5), Normal(0.5, 0.15), Normal(math.log(1.4), 0.4)
    scores = []
    for _ in range(400):
        truth = (rng.normal(10.0, 1.5), rng.normal(0.5, 0.15), math.exp(rng.normal(innovation.mean, 0.4)))
        state, series = rng.normal() * truth[2] / math.sqrt(1.0 - truth[1] ** 2), []
        for _ in range(8):
            series.append(truth[0] + state)
            state = truth[1] * state + truth[2] * rng.normal()
        found = common_posterior(np.array(series), mean, lag, innovation)
        pairs = zip((found.mean, found.persistence, found.innovation), truth, strict=True)
        scores.append([(normal.mean - value) / normal.sd for normal, value in pairs])
    # with truths drawn from the prior the scores have mean 0 and s.d. 1: errors of these are 0.05 and 0.04
    assert np.mean(scores, axis=0) == pytest.approx(np.zeros(3), abs=0.2)
    assert np.std(scores, axis=0) == pytest.approx(np.ones(3), abs=0.15)


@pytest.mark.parametrize("shared", [0.1, 0.5, 0.8])
def test_what_regions_share_is_recovered(shared: float) -> None:
    rng = np.random.default_rng(22)
    inside = 0
    for _ in range(40):
        table = math.sqrt(shared) * rng.normal(size=(1, 14)) + math.sqrt(1.0 - shared) * rng.normal(size=(16, 14))
        figure, worth = st.shared_by_years(table, 0.5, 0.25)
        inside += abs(figure.value - shared) < 1.96 * figure.standard_error
        assert 1.0 < worth.value < 16.0
    assert inside >= 33


def test_quiet_years_do_not_prove_that_regions_never_move_together() -> None:
    table = np.random.default_rng(23).normal(size=(16, 4))
    free, _ = st.shared_by_years(table, 0.5, 100.0)
    drawn, _ = st.shared_by_years(table, 0.5, 0.25)
    assert drawn.value > free.value
    assert drawn.standard_error > 0.08


# —— by hand ——


def test_plain_statistics_by_hand() -> None:
    assert st.excess_kurtosis(np.array([-1.0, 1.0, -1.0, 1.0])) == pytest.approx(-2.0)
    # of the mean of 1, 2, 3, 4 the jackknife gives s / sqrt(n) = sqrt(5 / 3 / 4)
    assert st.jackknife_error(np.array([1.0, 2.0, 3.0, 4.0]), lambda x: float(x.mean())) == pytest.approx(0.645497)
    assert st.pooled_lag(np.array([[1.0, 0.5, 0.25], [2.0, 1.0, 0.5]])) == pytest.approx(0.5)
    # estimates 1, 3, 5 have variance 4, of which 1 is sampling: spread sqrt 3, error of the mean sqrt(4 / 3)
    effect = st.random_effects(np.array([1.0, 3.0, 5.0]), np.ones(3))
    assert (effect.value, effect.between_regions_sd) == pytest.approx((3.0, math.sqrt(3.0)))
    assert effect.standard_error == pytest.approx(math.sqrt(4.0 / 3.0))
    posterior = combined(4.0, 1.0, Normal(0.0, 1.0))
    assert (posterior.mean, posterior.sd) == pytest.approx((2.0, math.sqrt(0.5)))


def test_pooled_slopes_find_an_exact_line_and_year_effects_hide_the_years() -> None:
    driver = np.array([[1.0, 2.0, 4.0], [2.0, 3.0, 7.0], [0.0, 5.0, 1.0]])
    line = st.pooled_slopes(2.0 * driver + 1.0, [driver], year_effects=False)
    assert (line.coefficients[0].value, line.constant.value) == pytest.approx((2.0, 1.0))
    assert line.residual.value == pytest.approx(0.0, abs=1e-12)
    shifted = 2.0 * driver + np.array([10.0, -30.0, 5.0])
    assert st.pooled_slopes(shifted, [driver], year_effects=True).coefficients[0].value == pytest.approx(2.0)


def test_capital_of_a_steady_state_stays_by_hand() -> None:
    # half of 40 % of output is capital formation, growth 10 %, wear 10 %: 0.2 · 1.1 / 0.2 = 1.1 years, for ever
    ones = np.ones((1, 6))
    assert _capital_ratio(0.4 * ones, ones, 110.0 * ones, 0.1, 0.5) == pytest.approx([1.1])


# —— no look-ahead ——


def panel_rows() -> list[dict[str, str]]:
    """Six regions, 2000–2014, every column reported, made by chance."""
    rng = np.random.default_rng(24)
    rows = []
    for region in "ABCDEF":
        levels = {name: 100.0 * rng.uniform(1.0, 3.0) for name in PANEL_COLUMNS if not name.endswith("_index")}
        for year in range(2000, 2015):
            growth = rng.normal(0.11, 0.03, len(levels))
            levels = {name: level * math.exp(g) for (name, level), g in zip(levels.items(), growth, strict=True)}
            levels["gdp"] = levels["primary_va"] + levels["secondary_va"] + levels["tertiary_va"]
            indices = {name: 100.0 * math.exp(rng.normal(0.1, 0.02)) for name in PANEL_COLUMNS if "_index" in name}
            figures = {name: f"{value:.6f}" for name, value in (levels | indices).items()}
            rows.append({"region": region, "year": str(year), **figures})
    return rows


def written(folder: Path, rows: list[dict[str, str]]) -> Path:
    path = folder / "panel.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, ["region", "year", *PANEL_COLUMNS])
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_rows_after_the_cut_off_change_no_byte(tmp_path: Path) -> None:
    rows = panel_rows()
    early = (2004, 2007)
    before = estimates_csv(make_estimates(written(tmp_path, rows), early))
    later = [row | {"gdp_index": "123.4", "trade_kusd": "9"} if int(row["year"]) > 2007 else row for row in rows]
    later += [row | {"region": "G"} for row in later if row["region"] == "A" and int(row["year"]) > 2007]
    assert estimates_csv(make_estimates(written(tmp_path, later), early)) == before
    cut = [row for row in rows if int(row["year"]) <= 2007]
    assert estimates_csv(make_estimates(written(tmp_path, cut), early)) == before
    used = [row | {"gdp_index": "123.4"} if (row["region"], row["year"]) == ("A", "2007") else row for row in rows]
    assert estimates_csv(make_estimates(written(tmp_path, used), early)) != before


def test_a_panel_without_trade_gives_the_other_estimates(tmp_path: Path) -> None:
    bare = [row | {"trade_kusd": "", "fixed_asset_investment": ""} for row in panel_rows()]
    names = {estimate.quantity for estimate in make_estimates(written(tmp_path, bare), (2006,))}
    assert {"relative_growth_persistence", "revenue_elasticity", "deflator_mean"} <= names
    assert not {"trade_own_shock", "trade_own_shock_larger", "investment_growth_own_lag"} & names


def test_a_panel_that_starts_too_late_is_refused(tmp_path: Path) -> None:
    late = [row for row in panel_rows() if int(row["year"]) >= 2003]
    with pytest.raises(InputError, match="估计需要 2000—2014 年，文件只有 2003—2014 年"):
        make_estimates(written(tmp_path, late))


def test_literature_is_used_from_its_date_on(committed: Estimates) -> None:
    literature = read_literature(literature_path())
    dates = [literature.known("mature_growth", "", year).date for year in (2004, 2011, 2012, 2013, 2014)]
    assert dates == ["2003-10", "2003-10", "2012-02", "2012-02", "2014-10"]
    with pytest.raises(InputError, match="2002 年以前没有 mature_growth 的先验"):
        literature.known("mature_growth", "", 2002)
    for year in CUT_OFFS:
        rows = committed.at(year).rows.values()
        assert all(row.date <= f"{year}-12" and row.prior_date <= f"{year}-12" for row in rows)
