"""How far probabilities may lie elsewhere: against formulas worked by hand, and a run with a prior moved."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtr, ndtri

from sim.cli.inputs import load_scenarios, plan_of
from sim.experiment.drawing import block_of
from sim.experiment.model_error import GRADES, Allowance, PriorError
from sim.experiment.plan import Plan, evaluated
from sim.experiment.ranges import (
    Effects,
    InPlay,
    effects_of,
    moments_of,
    prior_normals,
    priors_in_play,
    probability_range,
    sensitivity_of,
)
from sim.experiment.run import run
from sim.experiment.simulation import simulate_scenarios
from sim.experiment.tallies import judged_outcomes
from sim.randomness import SOURCES, Array, Draws
from sim.region.pack import Pack

DENSITY = 1.0 / math.sqrt(2.0 * math.pi)  # of the standard normal at 0
JUDGED = PriorError(0.5, 0.25)


def allowed(bias: float = 0.0, low: float = 1.0, high: float = 1.0) -> Allowance:
    return Allowance(5, bias, low, high, "none", "judgement", "f:1")


def played(*names: str) -> tuple[InPlay, ...]:
    return tuple(InPlay(name, "parameters", "J", f"{name}.yaml:7") for name in names)


def effects(centres: list[float], spreads: list[float], noise: float = 0.0) -> Effects:
    """Effects at a probability of one half, given as changes on the probit scale."""
    change = DENSITY * np.array([centres, spreads])
    return Effects(change, np.full(change.shape, noise * DENSITY**2))


def test_covariances_of_four_draws() -> None:
    normals = np.array([[-2.0, 0.0, 0.0, 2.0], [-1.0, 1.0, -1.0, 1.0]])
    met = np.array([[0.0, 0.0, 1.0, 1.0]])
    sums = sensitivity_of(met, moments_of(normals))
    found = effects_of(2, 4, sums.met[:, 0], sums.every)
    # First prior: mean of met u = 2/4 and of u = 0; met (u² - 1) has mean 2/4 = half of that of u² - 1, which is 1.
    # Second: met holds for -1 and 1, one of two each.
    assert found.change == pytest.approx(np.array([[0.5, 0.0], [0.0, 0.0]]))
    # ((met - 1/2)² u² - 1/4) / 4 with mean u² = 2, and for u² - 1: 1/4 (2 · 2²) / 4; u² = 1: 1/4 / 4 and 1/4 · 2 / 4.
    assert found.variance == pytest.approx(np.array([[0.0625, 0.0625], [0.5, 0.125]]))


def test_sums_of_two_blocks_are_those_of_both_bit_by_bit() -> None:
    normals = Draws(3, 0, frozenset(SOURCES)).normal("shocks", "any", 7)
    met = (Draws(4, 0, frozenset(SOURCES)).normal("shocks", "any", 3) > 0.3).astype(np.float64)
    whole = sensitivity_of(met, moments_of(normals))
    parts = sensitivity_of(met[:, :1000], moments_of(normals[:, :1000])).plus(
        sensitivity_of(met[:, 1000:], moments_of(normals[:, 1000:]))
    )
    assert np.array_equal(whole.met, parts.met)
    assert np.array_equal(whole.every, parts.every)


def test_a_linear_normal_forecast_moves_as_its_formula_says() -> None:
    draws = Draws(1, 0, frozenset(SOURCES))
    size, blocks = draws.size, 8
    sums = None
    count = 0
    for block in range(blocks):
        normals = replace(draws, block=block).normal("parameters", "a", 3)
        # 0.6 a + 0.64 b + chance: standard deviation 1, so that the target 0.5 is met with probability 1 - Phi(0.5).
        value = 0.6 * normals[0] + 0.48 * normals[1] + 0.64 * normals[2]
        met = value > 0.5
        count += int(met.sum())
        made = sensitivity_of(met[None].astype(np.float64), moments_of(normals[:2]))
        sums = made if sums is None else sums.plus(made)
    assert sums is not None
    found = effects_of(count, size * blocks, sums.met[:, 0], sums.every)
    density = DENSITY * math.exp(-0.125)
    # The centre moves z by its weight; the spread by -z times its share of the variance: 0.5 x 0.36, 0.5 x 0.2304.
    wanted = np.array([[0.6, 0.48], [0.18, 0.1152]])
    error = np.sqrt(found.variance) / density
    assert (np.abs(found.change / density - wanted) < 4.0 * error).all()
    assert (error < 0.012).all()


def test_under_a_posterior_the_centre_moves_what_the_facts_leave() -> None:
    chance = Draws(5, 0, frozenset(SOURCES)).normal("parameters", "a", 1)
    normals = 1.0 + 0.5 * chance
    met = (normals > 1.25).astype(np.float64)
    sums = sensitivity_of(met, moments_of(normals))
    found = effects_of(int(met.sum()), normals.shape[1], sums.met[:, 0], sums.every)
    # Weights exp(d u) move a normal of s.d. 0.5 by 0.25 d, half of d in its own s.d.; z is -0.5.
    density = DENSITY * math.exp(-0.125)
    error = math.sqrt(found.variance[0, 0]) / density
    assert found.change[0, 0] / density == pytest.approx(0.5, abs=4.0 * error)
    assert error < 0.02


@pytest.mark.parametrize(
    ("centres", "spreads", "bias", "scales", "low", "high"),
    [
        # One prior that moves z by 0.2 per s.d., half of which is believed: z lies in -0.1 to 0.1.
        ([0.2], [0.0], 0.0, (1.0, 1.0), 0.4602, 0.5398),
        # Two of 0.6 and 0.8 add up to 1, of which half.
        ([0.6, 0.8], [0.0, 0.0], 0.0, (1.0, 1.0), 0.3085, 0.6915),
        # 0.3 from the centre and 0.4 of bias add up to 0.5.
        ([0.6], [0.0], 0.4, (1.0, 1.0), 0.3085, 0.6915),
        # A quarter of 1.2 is 0.3 from the spread.
        ([0.0], [1.2], 0.4, (1.0, 1.0), 0.3085, 0.6915),
        # z of 0.5 over a forecast spread that is 0.8 of what was thought: 0.625.
        ([0.6], [0.0], 0.4, (0.8, 1.5), 0.2660, 0.7340),
        # Nothing but chance.
        ([0.1], [0.0], 0.0, (1.0, 1.0), 0.4801, 0.5199),
    ],
)
def test_a_range_by_hand(
    centres: list[float],
    spreads: list[float],
    bias: float,
    scales: tuple[float, float],
    low: float,
    high: float,
) -> None:
    names = played(*(f"p{i}" for i in range(len(centres))))
    found = probability_range(
        500, 1000, effects(centres, spreads), names, [JUDGED] * len(centres), allowed(bias, *scales)
    )
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-4)


def test_what_chance_adds_is_taken_off() -> None:
    noise = 0.01
    found = probability_range(500, 1000, effects([0.1], [0.0], noise), played("p"), [JUDGED], allowed())
    assert (found.low, found.high) == pytest.approx((0.5, 0.5), abs=1e-8)
    assert found.parts == ()
    more = probability_range(500, 1000, effects([0.5], [0.0], noise), played("p"), [JUDGED], allowed())
    # 0.25 (0.25 - 0.01) = 0.06, of which the root is 0.2449.
    assert more.high == pytest.approx(ndtr(0.244949), abs=1e-6)


def test_the_priors_that_widen_a_range_most_are_named_with_their_share() -> None:
    names = played("small", "large", "third", "middle", "chance")
    moved = effects([0.2, 0.8, 0.3, 0.4, 0.0], [0.0] * 5)
    found = probability_range(500, 1000, moved, names, [JUDGED] * 5, allowed(bias=0.2))
    # A quarter of 0.04 + 0.64 + 0.09 + 0.16, and 0.04 of the model: 0.2725.
    shares = [(p.name, p.origin, p.share) for p in found.parts]
    assert [name for name, _, _ in shares] == ["large", "middle", "third"]
    assert [origin for _, origin, _ in shares] == ["large.yaml:7", "middle.yaml:7", "third.yaml:7"]
    assert [share for _, _, share in shares] == pytest.approx([0.16 / 0.2725, 0.04 / 0.2725, 0.0225 / 0.2725])


def test_a_range_widens_with_what_is_believed_of_the_priors() -> None:
    widths = []
    for centre in (0.0, 0.25, 0.5, 1.0):
        found = probability_range(
            300, 1000, effects([0.5], [0.0]), played("p"), [PriorError(centre, 0.0)], allowed(0.1)
        )
        widths.append(found.high - found.low)
    assert widths == sorted(set(widths))


@given(
    st.integers(0, 400),
    st.integers(-300, 300).map(lambda hundredths: hundredths / 100.0),
    st.integers(-300, 300).map(lambda hundredths: hundredths / 100.0),
    st.floats(0.05, 3.0),
    st.floats(0.1, 1.0),
    st.floats(1.0, 4.0),
)
def test_a_range_holds_its_probability_and_is_never_certain(
    met: int, centre: float, spread: float, bias: float, low: float, high: float
) -> None:
    found = probability_range(met, 400, effects([centre], [spread]), played("p"), [JUDGED], allowed(bias, low, high))
    assert 0.0 <= found.low <= met / 400 <= found.high <= 1.0
    assert found.low < found.high


@pytest.mark.parametrize("met", [0, 1000])
def test_a_share_of_no_draw_or_all_draws_has_a_range(met: int) -> None:
    found = probability_range(met, 1000, effects([0.0], [0.0]), played("p"), [JUDGED], allowed(0.4, 0.8, 1.5))
    # Half a draw of 1001: z = -3.2905; (-3.2905 + 0.4) / 1.5 = -1.9270.
    end = ndtr(-1.9270)
    assert (found.low, found.high) == pytest.approx((0.0, end) if met == 0 else (1.0 - end, 1.0), abs=1e-4)


@dataclass(frozen=True, slots=True)
class MovedDraws(Draws):
    """Draws with the centre of some streams moved."""

    moved: Mapping[str, float] = field(default_factory=dict)

    def normal(self, source: str, name: str, rows: int = 1) -> Array:
        return Draws.normal(self, source, name, rows) + self.moved.get(name, 0.0)


def planned(pack: Pack, draws: int, **changes: object) -> Plan:
    plan = plan_of(pack, load_scenarios(pack, ["baseline"], None), seed=1, draws=draws, chunk=None, workers=1)
    return replace(plan, **changes)  # type: ignore[arg-type]


def test_a_prior_moved_in_the_model_moves_the_probability_as_far_as_said(district: Pack) -> None:
    """The urbanisation target rests on one prior; moving that prior is a second run of the whole model."""
    plan = planned(district, 5120, horizon=2025)
    target = next(t for t in evaluated(plan, 0) if t.indicator == "urbanisation_rate")
    name, by = f"{district.id}.urbanisation_speed", 0.3
    shares = []
    for moved in ({}, {name: by}):
        draws = MovedDraws(1, 0, frozenset(SOURCES), moved=moved)
        block = block_of(district, draws, plan.years)
        (path,) = simulate_scenarios(district, plan.scenarios, block, False)
        (outcome,) = judged_outcomes([target], path.value, plan.years, draws.size)
        shares.append(outcome.met)
    priors = [p for p in priors_in_play(district) if p.name == name]
    normals = prior_normals(priors, Draws(1, 0, frozenset(SOURCES)), 5120)
    sums = sensitivity_of(shares[0][None].astype(np.float64), moments_of(normals))
    found = effects_of(int(shares[0].sum()), 5120, sums.met[:, 0], sums.every)
    before, after = ndtri(shares[0].mean()), ndtri(shares[1].mean())
    density = DENSITY * math.exp(-0.5 * before**2)
    assert after - before > 0.1
    assert by * found.change[0, 0] / density == pytest.approx(after - before, rel=0.15)


def test_every_stream_of_a_prior_is_in_play(district: Pack) -> None:
    names = [p.name for p in priors_in_play(district)]
    assert len(names) == len(set(names))
    for prefix in ("world", district.id, district.city):
        assert any(name.startswith(f"{prefix}.") for name in names)
    assert f"{district.id}.rail.line_13_north" in names  # between 3 and 6 km
    assert f"{district.id}.rail.line_6_first" not in names  # its length is known
    origins = {p.name: p.origin for p in priors_in_play(district)}
    assert origins["world.national_growth_2035"].split("/")[-1].startswith("world.yaml:")


def test_ranges_are_the_same_for_any_chunk_and_workers(district: Pack) -> None:
    plan = planned(district, 5200, horizon=2025)
    (one,), _ = run(plan)
    (other,), _ = run(replace(plan, chunk=1, workers=2))
    found = [(t.target.id, t.probability_low, t.probability_high, t.range_from, t.grade) for t in one.targets]
    assert found == [
        (t.target.id, t.probability_low, t.probability_high, t.range_from, t.grade) for t in other.targets
    ]  # fmt: skip
    judged = [t for t in one.targets if t.probability is not None]
    assert len(judged) > 20
    for result in judged:
        assert result.probability_low is not None
        assert result.probability_high is not None
        assert 0.0 <= result.probability_low <= result.probability <= result.probability_high <= 1.0  # type: ignore[operator]
        assert result.probability_low < result.probability_high
        assert result.grade in GRADES
    assert all(t.probability_low is None and t.grade is None for t in one.targets if t.probability is None)
    assert one.joint.all_low is not None
    assert one.joint.all_high is not None
    assert one.joint.all_low <= one.joint.all_met <= one.joint.all_high  # type: ignore[operator]
    assert one.joint.all_low < one.joint.all_high


def test_one_path_without_chance_has_no_range(district: Pack) -> None:
    (result,), _ = run(planned(district, 100, horizon=2025, sources=frozenset()))
    judged = [t for t in result.targets if t.probability is not None]
    assert judged
    for one in judged:
        assert (one.probability_low, one.probability_high, one.range_from) == (None, None, ())
        assert one.range_reason is not None


def test_priors_that_are_switched_off_widen_no_range(district: Pack) -> None:
    (result,), _ = run(planned(district, 5120, horizon=2025, sources=frozenset(("shocks",))))
    assert all(t.range_from == () for t in result.targets)
