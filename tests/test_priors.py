"""Priors: a range hits its own percentiles, and every line of the calibration says where it is from."""

from __future__ import annotations

import re
from dataclasses import fields
from math import log, sqrt
from pathlib import Path

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sim.parameters.names import Parameters, WorldParameters
from sim.parameters.priors import Prior, Priors, ScalarLine, build_prior, read_priors

CALIBRATION = Path(__file__).resolve().parents[1] / "calibration"
FILES = {"west_coast": CALIBRATION / "west_coast" / "priors.yaml", "world": CALIBRATION / "world.yaml"}
U = 1.6448536269514722  # the normal is below it with probability 0.95
LAST_DATE = "2021-12"  # nothing learned later may inform a projection from 2020


def prior(
    numbers: list[float], shape: str = "normal", unit: str = "1", low: float | None = None, high: float | None = None
) -> Prior:
    line = ScalarLine(
        unit=unit, shape=shape, grade="J", date="2020-12", source="test", range=numbers, minimum=low, maximum=high
    )  # type: ignore[arg-type]
    return build_prior("x", line, line.range, "here:1")


@pytest.mark.parametrize(
    ("numbers", "shape", "unit", "expected"),
    [
        # p5, centre and p95 in the model's unit
        ([0.06, 0.096, 0.12], "normal", "1", (0.06, 0.096, 0.12)),
        ([-1.0, 0.5, 4.0], "normal", "pp", (-0.01, 0.005, 0.04)),
        ([1.0, 2.0, 4.0], "normal", "%", (0.01, 0.02, 0.04)),
        ([5.0, 6.5, 8.0], "normal", "growth %", (log(1.05), log(1.065), log(1.08))),
        ([0.5, 1.0, 3.0], "lognormal", "1", (0.5, 1.0, 3.0)),
        ([0.7, 1.3, 2.0], "lognormal", "pp", (0.007, 0.013, 0.02)),
        ([2.0, 4.0, 9.0], "lognormal", "growth %", (log(1.02), log(1.04), log(1.09))),
        ([0.2, 0.5, 0.9], "logit", "1", (0.2, 0.5, 0.9)),
        ([300.0, 310.0, 330.0], "normal", "亿元", (300.0, 310.0, 330.0)),
        # without a centre: the middle of the scale
        ([1.0, 3.0], "normal", "1", (1.0, 2.0, 3.0)),
        ([1.0, 4.0], "lognormal", "1", (1.0, 2.0, 4.0)),
        # log odds ln(1/4) and ln(9): middle ln(3/2), share 0.6
        ([0.2, 0.9], "logit", "1", (0.2, 0.6, 0.9)),
        # one number is known
        ([2.3], "normal", "pp", (0.023, 0.023, 0.023)),
        ([0.25], "logit", "1", (0.25, 0.25, 0.25)),
        ([2.0], "lognormal", "1", (2.0, 2.0, 2.0)),
    ],
)
def test_a_range_is_hit_at_its_percentiles(
    numbers: list[float], shape: str, unit: str, expected: tuple[float, float, float]
) -> None:
    found = prior(numbers, shape, unit).value(np.array([-U, 0.0, U]))
    assert found == pytest.approx(expected, rel=1e-12)


def test_between_and_beyond_the_percentiles_each_side_has_its_own_spread() -> None:
    # two-piece normal: below the centre 2 to p5, above it 6 to p95
    found = prior([8.0, 10.0, 16.0]).value(np.array([-2 * U, -U / 2, U / 2, 2 * U]))
    assert found == pytest.approx([6.0, 9.0, 13.0, 22.0])


def test_lognormal_is_even_in_logs_and_logit_in_log_odds() -> None:
    assert prior([1.0, 4.0], "lognormal").value(np.array([-2 * U, U / 2])) == pytest.approx([0.5, 2.0 * sqrt(2.0)])
    # log odds -ln 4 .. ln 4: twice ln 4 is odds of 16
    assert prior([0.2, 0.8], "logit").value(np.array([-2 * U, 2 * U])) == pytest.approx([1 / 17, 16 / 17])


@given(
    shape=st.sampled_from(["normal", "lognormal", "logit"]),
    unit=st.sampled_from(["1", "%", "pp", "growth %", "年"]),
    numbers=st.tuples(*[st.floats(0.01, 0.99)] * 3).map(sorted),
    normals=st.tuples(*[st.integers(-600, 600)] * 2).map(sorted),
)
def test_a_prior_is_a_rising_function_that_stays_inside_its_scale(
    shape: str, unit: str, numbers: list[float], normals: list[int]
) -> None:
    low, high = prior(numbers, shape, unit).value(np.array(normals) / 100.0)
    assert low <= high + 1e-15
    if shape != "normal":
        assert low > 0.0
    if shape == "logit":
        assert high < (1.0 if unit in ("1", "年") else log(1.01) if unit == "growth %" else 0.01) + 1e-15


@given(number=st.floats(0.001, 0.999), shape=st.sampled_from(["normal", "lognormal", "logit"]))
def test_one_number_is_a_range_on_any_scale(number: float, shape: str) -> None:
    assert prior([number], shape).value(np.array([-3.0, 0.0, 3.0])) == pytest.approx([number] * 3, rel=1e-12)


FAR = np.array([-6.0, -U, 0.0, U, 6.0])


@pytest.mark.parametrize(
    ("numbers", "shape", "unit", "bounds", "expected"),
    [
        # bounds are in the unit of the line; p5, centre and p95 lie inside them and stay
        ([1.0, 3.0], "normal", "1", (0.5, 4.0), (0.5, 1.0, 2.0, 3.0, 4.0)),
        ([-1.0, 2.0], "normal", "pp", (-3.0, 5.0), (-0.03, -0.01, 0.005, 0.02, 0.05)),
        ([5.0, 6.5, 8.0], "normal", "growth %", (4.0, 9.0),
         (log(1.04), log(1.05), log(1.065), log(1.08), log(1.09))),
        ([1.0, 4.0], "lognormal", "1", (0.5, 10.0), (0.5, 1.0, 2.0, 4.0, 10.0)),
        ([0.2, 0.8], "logit", "1", (0.1, 0.9), (0.1, 0.2, 0.5, 0.8, 0.9)),
        # a bound that is the percentile itself
        ([0.0, 0.3], "normal", "1", (0.0, 0.3), (0.0, 0.0, 0.15, 0.3, 0.3)),
    ],
)  # fmt: skip
def test_bounds_cut_the_tails_and_nothing_else(
    numbers: list[float], shape: str, unit: str, bounds: tuple[float, float], expected: tuple[float, ...]
) -> None:
    found = prior(numbers, shape, unit, *bounds).value(FAR)
    assert found == pytest.approx(expected, rel=1e-12, abs=1e-15)


def test_each_bound_cuts_its_own_side() -> None:
    # 2 -+ 1 at p5 and p95: at six standard deviations 2 -+ 6 / 1.6448536
    free = 6.0 / U
    assert prior([1.0, 3.0], low=0.0).value(FAR) == pytest.approx([0.0, 1.0, 2.0, 3.0, 2.0 + free])
    assert prior([1.0, 3.0], high=5.0).value(FAR) == pytest.approx([2.0 - free, 1.0, 2.0, 3.0, 5.0])
    assert prior([1.0, 3.0]).value(FAR) == pytest.approx([2.0 - free, 1.0, 2.0, 3.0, 2.0 + free])


def test_no_draw_leaves_the_bounds() -> None:
    values = prior([0.0, 0.3], low=0.0, high=0.9).value(np.linspace(-9.0, 9.0, 1001))
    assert values.min() == 0.0
    assert values.max() == 0.9
    assert (np.diff(values) >= 0.0).all()


# --- The calibration files ----------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=sorted(FILES))
def calibrated(request: pytest.FixtureRequest) -> Priors:
    if request.param == "world":
        return read_priors(FILES["world"], WorldParameters)
    region = yaml.safe_load((CALIBRATION / "west_coast" / "region.yaml").read_text(encoding="utf-8"))
    cells = [cell["id"] for cell in region["cells"]]
    return read_priors(FILES["west_coast"], Parameters, cells, [b["indicator"] for b in region["bounded"]])


def test_every_prior_says_unit_date_grade_and_source(calibrated: Priors) -> None:
    for item in calibrated.all():
        assert re.fullmatch(r"(19|20)\d\d(-(0[1-9]|1[0-2]))?", item.date), item
        assert item.date <= LAST_DATE, item
        assert item.unit, item
        assert item.grade in "ELMJ", item
        assert len(item.source.strip()) >= 4, item
        assert item.low <= item.centre <= item.high, item


def test_every_prior_knows_the_line_it_stands_on(calibrated: Priors) -> None:
    for item in calibrated.all():
        file, line = item.origin.rsplit(":", 1)
        text = next(p for p in FILES.values() if Path(file).name == p.name).read_text(encoding="utf-8")
        assert item.name.split(".")[-1] in text.splitlines()[int(line) - 1], item


def test_every_unknown_of_the_model_has_its_prior(calibrated: Priors) -> None:
    names = {*calibrated.scalars, *calibrated.vectors}
    assert names in ({f.name for f in fields(WorldParameters)}, {f.name for f in fields(Parameters)})


def test_probabilities_and_persistence_cannot_leave_their_bounds(calibrated: Priors) -> None:
    """Five standard deviations out, shares kept each year stay in [0, 1] and volatilities are positive."""
    far = np.array([-5.0, 5.0])
    for item in calibrated.all():
        if item.name.endswith(("_volatility", "_probability")) or "_volatility." in item.name:
            assert item.value(far).min() > 0.0, item
        if item.minimum is not None or item.maximum is not None:
            low = -np.inf if item.minimum is None else item.minimum
            high = np.inf if item.maximum is None else item.maximum
            assert low <= item.low <= item.high <= high, item  # what is printed as p5 and p95 is p5 and p95
            assert item.unit in ("1", "年"), item  # so that values may be compared with the bounds as they are
            assert low <= item.value(far).min() <= item.value(far).max() <= high, item
        if item.name.startswith("capital_output_ratio."):
            assert item.value(far).min() > 0.0, item  # capital is taken the logarithm of
        if item.shape == "logit":
            assert 0.0 < item.value(far).min() <= item.value(far).max() < 1.0, item
