"""Random streams: what each number depends on, and nothing else; fat tails of unit variance."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm
from scipy.stats import t as student

from sim.randomness import BLOCK, SOURCES, Draws, generator, heavy_tailed

ALL = frozenset(SOURCES)
STREAM = "parameters.west_coast.convergence_speed"
#: First values of two streams, typed once. A change here changes every published number: never update them.
FROZEN_NORMALS = (-0.2987244542181736, 1.8577486605002826, -1.3094668894497248, -0.05282117024387878)
FROZEN_UNIFORMS = (
    (0.8943400737228514, 0.4472371565440554, 0.2341087197149868),
    (0.5732113780798216, 0.8287026561521054, 0.22775380835173586),
)


def test_streams_give_the_numbers_they_always_gave() -> None:
    assert generator(1, STREAM, 0).standard_normal(4) == pytest.approx(FROZEN_NORMALS, rel=1e-9)
    uniforms = Draws(0, 3, ALL).uniform("shocks", "world.rare_event", 2)[:, :3]
    np.testing.assert_allclose(uniforms, FROZEN_UNIFORMS, rtol=1e-9)


def test_a_draw_is_named_by_its_source_and_its_name() -> None:
    values = Draws(1, 0, ALL).normal("parameters", "west_coast.convergence_speed")
    assert values.shape == (1, BLOCK)
    assert values[0, :4] == pytest.approx(FROZEN_NORMALS, rel=1e-9)


def test_the_block_is_part_of_the_definition_of_the_streams() -> None:
    assert BLOCK == 5120
    assert SOURCES == ("facts", "parameters", "shocks", "discrepancy", "scenario", "reporting")


def test_other_streams_and_their_order_leave_a_stream_as_it_is() -> None:
    draws = Draws(5, 0, ALL)
    alone = draws.normal("shocks", "a", 3)
    again = Draws(5, 0, ALL)
    for name in ("b", "c", "a.b"):
        again.normal("shocks", name, 7)
    again.uniform("shocks", "a", 2)
    assert np.array_equal(again.normal("shocks", "a", 3), alone)


def test_more_rows_leave_the_earlier_ones() -> None:
    draws = Draws(5, 2, ALL)
    assert np.array_equal(draws.normal("shocks", "a", 15)[:5], draws.normal("shocks", "a", 5))
    assert np.array_equal(draws.uniform("shocks", "a", 15)[:5], draws.uniform("shocks", "a", 5))


def test_switching_a_source_off_leaves_the_others() -> None:
    some = Draws(5, 0, frozenset({"shocks"}))
    assert np.array_equal(some.normal("shocks", "a"), Draws(5, 0, ALL).normal("shocks", "a"))


@pytest.mark.parametrize("source", SOURCES)
def test_a_source_that_is_off_gives_the_centre(source: str) -> None:
    off = Draws(1, 0, ALL - {source}, size=3)
    assert np.array_equal(off.normal(source, "a", 2), np.zeros((2, 3)))
    assert np.array_equal(off.uniform(source, "a", 2), np.full((2, 3), 0.5))
    assert np.all(Draws(1, 0, ALL, size=3).normal(source, "a", 2) != 0.0)


KEYS = [(1, "a", 0), (0, "a", 0), (2, "a", 0), (1, "b", 0), (1, "A", 0), (1, "a ", 0), (1, "a", 1), (11, "a", 0),
        (1, "a", 11), (1, "1a", 0), (2**40, "a", 0), (1, "海洋", 0)]  # fmt: skip


def test_seed_name_and_block_each_make_another_stream() -> None:
    """Seed 0 is a seed, and (1, block 11) is not (11, block 1)."""
    values = np.stack([generator(*key).standard_normal(BLOCK) for key in [*KEYS, (11, "a", 1)]])
    correlation = np.corrcoef(values) - np.eye(len(values))
    # five standard deviations of the correlation of independent streams
    assert np.abs(correlation).max() < 5.0 / np.sqrt(BLOCK)


def test_years_of_a_stream_are_independent_standard_normals() -> None:
    values = Draws(3, 0, ALL).normal("shocks", "independence", 12)
    assert np.abs(np.corrcoef(values) - np.eye(12)).max() < 5.0 / np.sqrt(BLOCK)
    assert np.abs(values.mean(axis=1)).max() < 5.0 / np.sqrt(BLOCK)
    assert np.abs(values.var(axis=1) - 1.0).max() < 5.0 * np.sqrt(2.0 / BLOCK)


def test_uniforms_fill_the_unit_interval_evenly() -> None:
    values = Draws(3, 0, ALL).uniform("shocks", "evenness", 10)
    assert 0.0 <= values.min() < 0.001
    assert 0.999 < values.max() < 1.0
    counts = np.histogram(values, bins=10, range=(0.0, 1.0))[0]
    assert np.abs(counts - BLOCK).max() < 5.0 * np.sqrt(BLOCK)


# --- Fat tails ----------------------------------------------------------------------------------------------

NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(24)
WEIGHTS = WEIGHTS / WEIGHTS.sum()


def moment(degrees: float, power: int) -> float:
    """Moment of the fat-tailed value by Gauss-Hermite quadrature, exact for polynomials below degree 48."""
    return float(WEIGHTS @ heavy_tailed(NODES, degrees) ** power)


@pytest.mark.parametrize("degrees", [4.0, 5.0, 6.0, 15.0, 200.0])
def test_fat_tails_have_mean_zero_and_variance_one(degrees: float) -> None:
    assert moment(degrees, 1) == pytest.approx(0.0, abs=1e-12)
    assert moment(degrees, 2) == pytest.approx(1.0, rel=1e-12)
    assert moment(degrees, 3) == pytest.approx(0.0, abs=1e-10)


def test_fewer_degrees_of_freedom_make_fatter_tails_than_the_normal() -> None:
    kurtosis = [moment(degrees, 4) for degrees in (4.0, 5.0, 6.0, 15.0, 200.0)]
    assert kurtosis == sorted(kurtosis, reverse=True)
    assert kurtosis[-1] > 3.0
    # Student's t with 15 degrees of freedom: 3 + 6 / (15 - 4) = 3.545
    assert kurtosis[3] == pytest.approx(3.0 + 6.0 / 11.0, rel=0.02)


def test_many_degrees_of_freedom_are_the_normal() -> None:
    values = np.linspace(-4.0, 4.0, 9)
    np.testing.assert_allclose(heavy_tailed(values, 1e9), values, rtol=1e-7)


@pytest.mark.parametrize(("degrees", "tolerance"), [(5.0, 0.02), (15.0, 0.001)])
def test_quantiles_are_those_of_students_t(degrees: float, tolerance: float) -> None:
    """Up to a common factor, that of the variances, quantiles from 1 % to 99 % are Student's."""
    normal = np.array([-2.326, -1.645, -1.0, 1.0, 1.645, 2.326])
    ratio = heavy_tailed(normal, degrees) / student.ppf(norm.cdf(normal), degrees)
    assert ratio / ratio.mean() == pytest.approx(np.ones(6), rel=tolerance)


@given(low=st.integers(-8000, 8000), step=st.floats(1e-6, 4.0), degrees=st.floats(2.0, 1e6))
def test_fat_tails_keep_the_order_and_the_symmetry(low: int, step: float, degrees: float) -> None:
    pair = np.array([low, low + 1000.0 * step]) / 1000.0
    found = heavy_tailed(pair, degrees)
    assert found[0] < found[1]
    np.testing.assert_allclose(heavy_tailed(-pair, degrees), -found, rtol=1e-15)


def test_several_streams_at_once_are_the_streams_one_by_one() -> None:
    draws = Draws(2, 1, ALL)
    together = draws.normals("shocks", ["a", "b", "海洋"], 4)
    assert together.shape == (4, 3, BLOCK)
    for i, name in enumerate(["a", "b", "海洋"]):
        assert np.array_equal(together[:, i], draws.normal("shocks", name, 4))
    off = Draws(2, 1, ALL - {"shocks"}, size=2).normals("shocks", ["a", "b"], 3)
    assert np.array_equal(off, np.zeros((3, 2, 2)))
