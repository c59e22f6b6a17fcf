"""Summaries of draws: exact quantiles are numpy's own, streamed ones lie within a bin of them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from sim.experiment.summaries import (
    BINS,
    LEVELS,
    REACH,
    ExactSummary,
    StreamingSummary,
    count_block,
    histogram_frame,
    joined_counts,
)
from sim.randomness import BLOCK

MEDIAN = LEVELS.index(0.50)


def exact(values: np.ndarray) -> ExactSummary:
    """Exact summary of (row, draw)."""
    summary = ExactSummary(*values.shape)
    summary.add(0, values)
    return summary


def streamed(blocks: list[np.ndarray]) -> StreamingSummary:
    """Streaming summary of blocks of (row, draw), framed by the first."""
    start, per_unit = histogram_frame(blocks[0])
    summary = StreamingSummary(start, per_unit)
    for block in blocks:
        summary.add_counts(count_block(block, start, per_unit), block.shape[1])
    return summary


# --- Exact --------------------------------------------------------------------------------------------------


def test_levels_are_those_of_the_result_files() -> None:
    assert LEVELS == (0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95)


def test_exact_quantiles_of_eleven_numbers_by_hand() -> None:
    """Position of a level is level * 10: 0.5 is halfway from 0 to 100, 2.5 halfway from 200 to 300."""
    values = 100.0 * np.array([[7, 3, 0, 10, 1, 9, 2, 8, 6, 5, 4]], dtype=float)
    assert exact(values).quantiles()[:, 0] == pytest.approx([50, 100, 250, 500, 750, 900, 950])
    assert exact(values).mean() == pytest.approx([500.0])


def test_one_draw_is_its_own_every_quantile() -> None:
    assert np.array_equal(exact(np.array([[3.5]])).quantiles(), np.full((7, 1), 3.5))


@given(
    values=hnp.arrays(
        np.float64,
        hnp.array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=12),
        elements=st.integers(-(10**6), 10**6).map(lambda n: n / 997.0),
    )
)
def test_exact_quantiles_are_numpys(values: np.ndarray) -> None:
    expected = np.quantile(values, LEVELS, axis=1)
    np.testing.assert_allclose(exact(values).quantiles(), expected, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(exact(values).mean(), values.mean(axis=1), rtol=1e-12, atol=1e-12)


def test_exact_quantiles_of_a_real_run_are_numpys_bit_for_bit() -> None:
    values = np.random.default_rng(1).standard_normal((5, 20_000))
    assert np.array_equal(exact(values).quantiles(), np.quantile(values, LEVELS, axis=1))


@pytest.mark.parametrize("constant", [0.1, 116.0, -1e-7, 3721.68])
def test_quantiles_of_a_constant_are_the_constant(constant: float) -> None:
    values = np.full((1, 1000), constant)
    assert np.array_equal(exact(values).quantiles(), np.full((7, 1), constant))
    assert np.array_equal(streamed([values, values]).quantiles(), np.full((7, 1), constant))
    assert streamed([values, values]).mean() == pytest.approx([constant], rel=1e-12)


def test_exact_does_not_depend_on_how_draws_are_cut_nor_on_their_order() -> None:
    values = np.random.default_rng(2).standard_normal((3, 1000))
    pieces = ExactSummary(3, 1000)
    for first in (700, 0, 300):
        pieces.add(first, values[:, first : min(first + 400, 1000) if first != 0 else 300])
    assert np.array_equal(pieces.quantiles(), exact(values).quantiles())
    assert np.array_equal(pieces.mean(), exact(values).mean())


def test_parts_of_a_block_lie_one_below_the_other() -> None:
    values = np.arange(50.0).reshape(5, 10) ** 2
    parts = ExactSummary(5, 10)
    for first, last in ((6, 10), (0, 6)):
        parts.add(first, values[:2, first:last], values[2:3, first:last], values[3:, first:last])
    assert np.array_equal(parts.values, values)
    assert np.array_equal(parts.quantiles(), exact(values).quantiles())


def test_more_rows_than_are_sorted_together_are_each_their_own() -> None:
    """Row r holds r, r + 1, .. r + 10 in falling order: quantiles of 0..10 are ten times the level."""
    found = exact(np.arange(40.0)[:, None] + np.arange(10.0, -1.0, -1.0)).quantiles()
    np.testing.assert_allclose(found, 10.0 * np.array(LEVELS)[:, None] + np.arange(40.0), rtol=1e-14)


def test_a_row_without_figures_stays_without_and_spoils_no_other() -> None:
    values = np.random.default_rng(3).standard_normal((3, 500))
    alone = exact(values[[0, 2]]).quantiles()
    values[1] = np.nan
    found = exact(values).quantiles()
    assert np.isnan(found[:, 1]).all()
    assert np.array_equal(found[:, [0, 2]], alone)
    assert np.isnan(exact(values).mean()).tolist() == [False, True, False]


# --- Streaming ----------------------------------------------------------------------------------------------

KINDS: dict[str, Callable[[np.random.Generator, int], np.ndarray]] = {
    "normal": lambda rng, n: 5.5 + 1.2 * rng.standard_normal(n),
    "tiny": lambda rng, n: 1e-8 * rng.standard_normal(n),
    "far from zero": lambda rng, n: 1e6 + rng.standard_normal(n),
    "lognormal": lambda rng, n: 3000.0 * np.exp(0.6 * rng.standard_normal(n)),
    "heavy tails": lambda rng, n: rng.standard_t(2.0, n),
    "uniform": lambda rng, n: rng.random(n),
    "two humps": lambda rng, n: rng.standard_normal(n) + 8.0 * (rng.random(n) < 0.4),
    "integers": lambda rng, n: rng.poisson(6.0, n).astype(float),
    "metro lines": lambda rng, n: np.array([67.5, 85.2, 116.0])[rng.choice(3, n, p=[0.2, 0.5, 0.3])],
}


def blocks_of(kind: str, count: int = 6, seed: int = 7) -> list[np.ndarray]:
    """Blocks of one row of one kind of numbers."""
    rng = np.random.default_rng(seed)
    return [KINDS[kind](rng, BLOCK)[None] for _ in range(count)]


@pytest.mark.parametrize("kind", KINDS)
def test_streamed_quantiles_lie_within_a_bin_of_the_exact_ones(kind: str) -> None:
    """Beside the bin, as far as the neighbouring order statistics: streaming knows ranks to one draw."""
    blocks = blocks_of(kind)
    values = np.concatenate(blocks, axis=1)
    width = 1.0 / histogram_frame(blocks[0])[1][0]
    found = streamed(blocks).quantiles()[:, 0]
    ordered = np.sort(values[0])
    for level, quantile in zip(LEVELS, found, strict=True):
        place = int(level * (ordered.size - 1))
        assert ordered[place - 1] - width <= quantile <= ordered[place + 2] + width, level


@pytest.mark.parametrize("kind", ["normal", "lognormal", "heavy tails", "uniform"])
def test_a_bin_is_a_hundredth_of_the_spread(kind: str) -> None:
    """Of numbers without steps the streamed quantile is known to 24 / 4096 standard deviations."""
    blocks = blocks_of(kind)
    low, high = np.quantile(blocks[0], (0.05, 0.95))
    tolerance = 2.0 * REACH * (high - low) / 3.29 / BINS
    assert tolerance < 0.01 * (high - low)
    expected = exact(np.concatenate(blocks, axis=1)).quantiles()
    assert np.abs(streamed(blocks).quantiles() - expected).max() <= 1.2 * tolerance


@pytest.mark.parametrize("kind", KINDS)
def test_streamed_means_are_exact(kind: str) -> None:
    blocks = blocks_of(kind)
    values = np.concatenate(blocks, axis=1)
    np.testing.assert_allclose(streamed(blocks).mean(), values.mean(axis=1), rtol=1e-9, atol=1e-18)


def test_every_draw_is_counted_once_those_beyond_the_ends_included() -> None:
    first = np.random.default_rng(4).standard_normal((2, BLOCK))
    start, per_unit = histogram_frame(first)
    far = np.array([[1e9, -1e9, 0.0], [0.0, 0.0, 1e300]])
    block = count_block(far, start, per_unit)
    assert block.counts.sum(axis=1).tolist() == [3, 3]
    assert (block.counts[0, 0], block.counts[0, -1], block.counts[1, -1]) == (1, 1, 1)
    assert (block.low[0], block.high[0], block.total[0]) == (-1e9, 1e9, 0.0)


def test_the_frame_reaches_twelve_robust_deviations_either_way() -> None:
    """0..1000 in even steps: p5 50, median 500, p95 950, robust deviation 900 / 3.29."""
    start, per_unit = histogram_frame(np.arange(1001.0)[None])
    assert start == pytest.approx([500.0 - 12.0 * 900.0 / 3.29])
    assert BINS / per_unit == pytest.approx([24.0 * 900.0 / 3.29])


@pytest.mark.parametrize(
    "row",
    [
        [0.0] * 4000 + [17.7] * 96,  # a line that opens in 2 % of all draws
        [17.7] * 4000 + [0.0] * 96,
        [5.0] * 4095 + [1e6],
        [-1.0, 1.0] * 2048,
        [0.0] * 150 + [1.0] * 3796 + [2.0] * 150,
    ],
)
def test_the_frame_covers_all_values_of_the_first_block(row: list[float]) -> None:
    values = np.array([row])
    start, per_unit = histogram_frame(values)
    assert start <= values.min()
    assert start + BINS / per_unit >= values.max()


@pytest.mark.parametrize(("rare", "level"), [(17.7, 0.95), (-17.7, 0.05)])
def test_a_rare_value_of_the_first_block_keeps_its_place(rare: float, level: float) -> None:
    """4.8 % of the first block and 5.9 % of the second, 547 of 10240: more than 5 %, so it is p95 (or p5)."""
    blocks = [np.where(np.arange(BLOCK) < count, rare, 0.0)[None] for count in (245, 302)]
    found = streamed(blocks).quantiles()[LEVELS.index(level), 0]
    width = 1.0 / histogram_frame(blocks[0])[1][0]
    assert width < 0.01
    assert found == pytest.approx(rare, abs=width)


def test_the_ninety_fifth_percentile_of_rail_lengths_is_a_length() -> None:
    """93 % have 67.5 km, 7 % have 85.2: p90 is the former, p95 the latter, within a bin."""
    block = np.where(np.arange(BLOCK) % 100 < 93, 67.5, 85.2)[None]
    found = streamed([block, block]).quantiles()[:, 0]
    width = 1.0 / histogram_frame(block)[1][0]
    assert width < 0.04
    assert found[:-1] == pytest.approx([67.5] * 6, abs=width)
    assert found[-1] == pytest.approx(85.2, abs=width)


def test_counts_of_parts_are_those_of_the_whole() -> None:
    values = np.concatenate([blocks_of(kind, 1)[0] for kind in ("normal", "uniform", "metro lines")])
    values[1, 3] = np.nan
    start, per_unit = histogram_frame(values)
    whole = count_block(values, start, per_unit)
    joined = joined_counts(*(count_block(values[r], start[r], per_unit[r]) for r in (slice(1), slice(1, 3))))
    for part in ("counts", "total", "low", "high", "finite"):
        assert np.array_equal(getattr(joined, part), getattr(whole, part), equal_nan=True), part
    assert joined.finite.tolist() == [1.0, 0.0, 1.0]


def test_quantiles_never_leave_the_numbers_seen() -> None:
    values = np.array([[0.0] * 50 + [1.0] * 50])
    found = streamed([values]).quantiles()
    assert found.min() == 0.0
    assert found.max() == 1.0


def test_the_order_of_blocks_changes_no_quantile() -> None:
    blocks = blocks_of("lognormal")
    start, per_unit = histogram_frame(blocks[0])
    turned = StreamingSummary(start, per_unit)
    for block in reversed(blocks):
        turned.add_counts(count_block(block, start, per_unit), block.shape[1])
    assert np.array_equal(turned.quantiles(), streamed(blocks).quantiles())
    assert turned.draws == 6 * BLOCK


def test_the_same_blocks_in_order_give_the_same_bytes() -> None:
    counted_elsewhere = blocks_of("heavy tails")
    start, per_unit = histogram_frame(counted_elsewhere[0])
    ready = [count_block(block, start, per_unit) for block in reversed(counted_elsewhere)]
    summary = StreamingSummary(start, per_unit)
    for block in reversed(ready):
        summary.add_counts(block, BLOCK)
    here = streamed(blocks_of("heavy tails"))
    assert summary.quantiles().tobytes() == here.quantiles().tobytes()
    assert summary.mean().tobytes() == here.mean().tobytes()


@pytest.mark.parametrize("spoiled", [0, 3])
def test_one_draw_without_a_figure_leaves_the_streamed_row_without(spoiled: int) -> None:
    blocks = [np.concatenate([a, b]) for a, b in zip(blocks_of("normal"), blocks_of("uniform"), strict=True)]
    whole = streamed(blocks).quantiles()
    blocks[spoiled][1, 17] = np.nan
    summary = streamed(blocks)
    assert np.isnan(summary.quantiles()[:, 1]).all()
    assert np.isnan(summary.mean()[1])
    assert np.array_equal(summary.quantiles()[:, 0], whole[:, 0])


def test_one_draw_without_a_figure_leaves_the_exact_row_without() -> None:
    """As numpy has it: a quantile of numbers one of which is unknown is unknown."""
    values = np.random.default_rng(5).standard_normal((2, 100))
    values[1, 17] = np.nan
    found = exact(values)
    assert np.isnan(found.quantiles()[:, 1]).all()
    assert np.isnan(found.mean()[1])
    assert np.isfinite(found.quantiles()[:, 0]).all()


@given(data=st.data(), scale=st.floats(1e-3, 1e6), shift=st.floats(-1e3, 1e3))
def test_streamed_medians_follow_unit_and_origin(data: st.DataObject, scale: float, shift: float) -> None:
    """Only the bin matters: changing the unit changes the answer with it."""
    seed = data.draw(st.integers(0, 100))
    values = np.random.default_rng(seed).standard_normal((1, 512))
    before = streamed([values]).quantiles()[MEDIAN, 0]
    after = streamed([scale * values + shift]).quantiles()[MEDIAN, 0]
    width = 2.0 * REACH * np.ptp(np.quantile(values, (0.05, 0.95))) / 3.29 / BINS
    assert after == pytest.approx(scale * before + shift, abs=1.01 * scale * width + 1e-9)
