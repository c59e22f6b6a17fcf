"""The committed estimates from the reference class: made again, compared with the design and the priors, and read."""

from __future__ import annotations

import dataclasses
import math
from pathlib import Path

import pytest
import yaml

from sim.errors import InputError
from sim.reference_class import CUT_OFFS, committed_path, make_estimates, read_estimates
from sim.reference_class.estimates import COLUMNS, Estimates
from sim.reference_class.page import renewed

PROJECT = Path(__file__).resolve().parent.parent
PANEL = PROJECT.parent / "shared" / "data" / "province_panel_train.csv"


@pytest.fixture(scope="module")
def committed() -> Estimates:
    return read_estimates(committed_path())


# —— the committed estimates ——


@pytest.mark.skipif(not PANEL.is_file(), reason="the panel lies in ../shared, which is not part of the project")
def test_estimating_again_gives_the_committed_file(committed: Estimates) -> None:
    made = make_estimates(PANEL)
    kept = [row for year in CUT_OFFS for row in committed.at(year).rows.values()]
    assert len(made) == len(kept)
    for new, old in zip(made, kept, strict=True):
        for field in dataclasses.fields(new):
            one, other = getattr(new, field.name), getattr(old, field.name)
            expected = pytest.approx(other, rel=1e-9, abs=1e-9) if isinstance(other, float) else other
            assert one == expected, (old.cut_off, old.quantity, old.industry, field.name)


# The plain figure of 2014 against what the design's own study of the same panel found (priors, grade E).
FOUND_BEFORE = [
    ("relative_growth_persistence", "", 0.60, 0.03),
    ("relative_growth_persistence_with_means", "", 0.78, 0.005),
    ("relative_growth_innovation", "", 0.95, 0.02),
    ("relative_growth_excess_kurtosis", "", 0.7, 0.05),
    ("common_growth_change", "", 1.0, 0.05),
    ("growth_change_correlation", "", 0.49, 0.02),
    ("cell_growth_idiosyncratic", "primary", 2.2, 0.1),
    ("cell_growth_own_lag", "primary", 0.0, 0.05),
    ("cell_growth_own_lag", "secondary", 0.27, 0.05),
    ("cell_growth_own_lag", "tertiary", 0.29, 0.02),
    ("cell_growth_common_correlation", "secondary-tertiary", 0.56, 0.03),
    *(("deflator_mean", part, value, 0.05) for part, value in zip(
        ("gdp", "primary", "secondary", "tertiary"), (2.9, 4.9, 1.7, 3.8), strict=True)),
    *(("deflator_year_effect", part, value, 0.05) for part, value in zip(
        ("gdp", "primary", "secondary", "tertiary"), (3.1, 4.3, 4.3, 2.3), strict=True)),
    *(("deflator_lag1", part, value, 0.02) for part, value in zip(
        ("gdp", "primary", "secondary", "tertiary"), (0.06, 0.0, 0.1, 0.25), strict=True)),
    ("services_less_secondary_price_mean", "", 2.1, 0.05),
    ("services_less_secondary_price_year_effect", "", 3.4, 0.05),
    ("trade_own_shock", "", 15.3, 0.2),
    ("trade_own_shock_larger", "", 11.4, 0.1),
    ("investment_growth_own_innovation", "", 5.4, 0.1),
    ("growth_on_investment_same_year", "", 0.055, 0.01),
    ("growth_on_investment_next_year", "", 0.049, 0.01),
    ("revenue_elasticity", "", 0.98, 0.005),
    ("revenue_drift", "", 5.0, 0.1),
    ("revenue_residual", "", 7.4, 0.05),
    ("capital_output_ratio", "", 2.35, 0.15),
]  # fmt: skip


@pytest.mark.parametrize(("quantity", "industry", "expected", "margin"), FOUND_BEFORE)
def test_plain_figures_agree_with_the_study_before(
    committed: Estimates, quantity: str, industry: str, expected: float, margin: float
) -> None:
    assert committed.at(2014).get(quantity, industry).plain_estimate == pytest.approx(expected, abs=margin)


# Which prior of the district rests on which estimate. Ranges are p5–p95; where a prior says that it takes a part of
# the estimate (0.6–0.8 of the price volatility, PPI slope 0.72 times the loading), the part is taken here as well.
RESTS_ON = [
    ("relative_persistence", "", "relative_growth_persistence", "", 1.0),
    ("relative_volatility", "", "relative_growth_innovation", "", 1.0),
    ("home_volatility", "", "relative_growth_innovation", "", 1.0),
    ("cell_relative_persistence", "", "cell_growth_own_lag", "secondary", 1.0),
    ("cell_relative_persistence", "", "cell_growth_own_lag", "tertiary", 1.0),
    ("investment_own_lag", "", "investment_growth_own_lag", "", 1.0),
    ("accelerator", "", "investment_on_lagged_growth", "", 1.0),
    ("investment_volatility", "", "investment_growth_own_innovation", "", 1.0),
    ("trade_volatility", "", "trade_own_shock_larger", "", 1.0),
    ("revenue_elasticity", "", "revenue_elasticity", "", 1.0),
    ("revenue_elasticity", "", "revenue_elasticity_within_years", "", 1.0),
    ("revenue_volatility", "", "revenue_residual", "", 1.0),
    ("investment_exposure", "manufacturing_other", "growth_on_investment_same_year", "", 1.0),
    ("investment_exposure", "services_other", "growth_on_investment_same_year", "", 1.0),
    ("national_exposure", "manufacturing_other", "cell_growth_loading", "secondary", 1.0),
    ("producer_price_response", "agriculture", "deflator_loading", "primary", 0.72),
    ("producer_price_response", "manufacturing_other", "deflator_loading", "secondary", 0.72),
    ("producer_price_response", "services_other", "deflator_loading", "tertiary", 0.72),
    ("price_volatility", "agriculture", "deflator_idiosyncratic", "primary", 0.7),
    ("price_volatility", "manufacturing_other", "deflator_idiosyncratic", "secondary", 0.7),
    ("price_volatility", "services_other", "deflator_idiosyncratic", "tertiary", 0.7),
]


def district_priors() -> dict[str, dict[str, dict[str, object]]]:
    text = (PROJECT / "calibration" / "west_coast" / "priors.yaml").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, dict[str, object]]] = yaml.safe_load(text)
    return loaded


@pytest.mark.parametrize(("prior", "cell", "quantity", "industry", "part"), RESTS_ON)
def test_estimates_lie_within_the_priors_that_rest_on_them(
    committed: Estimates, prior: str, cell: str, quantity: str, industry: str, part: float
) -> None:
    given = district_priors()
    entry = given["cells" if cell else "parameters"][prior]
    bounds = entry["cells"][cell] if cell else entry["range"]  # type: ignore[index]
    assert entry["grade"] == "E"
    assert bounds[0] <= part * committed.at(2014).value(quantity, industry) <= bounds[-1]


@pytest.mark.parametrize(
    ("cell", "industry"),
    [("agriculture", "primary"), ("manufacturing_other", "secondary"), ("services_other", "tertiary")],
)
def test_the_two_volatilities_of_a_cell_make_up_that_of_its_industry(
    committed: Estimates, cell: str, industry: str
) -> None:
    cells = district_priors()["cells"]
    parts = [cells[name]["cells"][cell] for name in ("cell_relative_volatility", "cell_volatility")]  # type: ignore[index]
    low, high = (math.hypot(parts[0][end], parts[1][end]) for end in (0, -1))
    assert low <= committed.at(2014).value("cell_growth_own_innovation", industry) <= high


def test_the_slow_down_is_not_found_before_2010(committed: Estimates) -> None:
    for year in (2004, 2005, 2006, 2007):
        mature = committed.at(year).get("mature_growth")
        assert (mature.plain_estimate, mature.estimate, mature.standard_error) == (None, 7.5, 2.0)
    # the design's study: 12.2 at 2010 and 11.0 at 2014 percent, that is 11.5 and 10.4 log points
    assert committed.at(2010).get("mature_growth").plain_estimate == pytest.approx(11.5, abs=0.3)
    assert committed.at(2014).get("mature_growth").plain_estimate == pytest.approx(10.4, abs=0.1)
    assert committed.at(2014).get("mature_growth").standard_error > 1.5
    # sixteen provinces are worth about two
    assert committed.at(2014).value("effective_regions") == pytest.approx(2.0, abs=0.2)


def test_the_page_shows_the_committed_figures(committed: Estimates) -> None:
    page = (PROJECT / "docs" / "reference_class.md").read_text(encoding="utf-8")
    assert "| 10.2（0.9） |" in page
    assert renewed(page, committed) == page


# —— the reader ——


def test_later_origins_use_the_last_cut_off_and_earlier_ones_are_refused(committed: Estimates) -> None:
    assert committed.at(2023) is committed.at(2014)
    assert committed.at(2009).cut_off == 2009
    with pytest.raises(InputError, match="2003 年早于参照类估计的最早截止年 2004"):
        committed.at(2003)
    with pytest.raises(InputError, match="relative_growth_persistence"):
        committed.at(2014).get("relative_growth_persistance")
    with pytest.raises(InputError, match="primary"):
        committed.at(2014).get("deflator_mean", "industry")


GOOD = "2014,relative_growth_persistence,,0.7,0.1,0.1,0.6,16,15,9.5,0.67,0.2,1993-09,2014-12,1,note"


def bad_file(folder: Path, *rows: str, header: str = ",".join(COLUMNS)) -> str:
    path = folder / "estimates.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_estimates(path)
    return caught.value.show("en")


def test_every_mistake_of_the_file_is_reported_at_once(tmp_path: Path) -> None:
    wrong = "2013,deflator_mean,secundary,x,-1,,,16,15,0,,,,2014-13,ppp,note"
    shown = bad_file(tmp_path, GOOD, wrong, "2014,short")
    for part in (
        '3:3: industry: unknown name "secundary", did you mean "secondary"?',
        '3:4: estimate: expected a number, got "x"',
        "3:5: standard_error: must be at least 0, got -1",
        '3:14: date: expected 2014-12, got "2014-13"',
        '3:15: unit: unknown name "ppp"',
        "4: 2 cells instead of 16",
    ):
        assert f"estimates.csv:{part}" in shown
    assert "3:10: effective_years: must be" in shown


def test_repeats_gaps_and_news_from_the_future_are_refused(tmp_path: Path) -> None:
    assert "relative_growth_persistence repeats line 2" in bad_file(tmp_path, GOOD, GOOD)
    assert "cut-off 2013 is missing" in bad_file(
        tmp_path, GOOD, GOOD.replace("2014,", "2012,", 1).replace("2014-12", "2012-12")
    )
    assert "2014-12 is after the cut-off 2013" in bad_file(tmp_path, GOOD.replace("2014,", "2013,", 1))
    assert "no rows" in bad_file(tmp_path)
    assert 'unknown name "quantty", did you mean "quantity"?' in bad_file(
        tmp_path, GOOD, header=",".join(COLUMNS).replace("quantity", "quantty")
    )
