"""The tornado and the Sobol indices on small runs of the simulator: what must hold whatever the model says."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from sim.experiment.bench import Bench
from sim.experiment.plan import Plan
from sim.lever_effects.steps import nothing
from sim.levers.catalogue import LEVERS
from sim.region.pack import Pack
from sim.sensitivity import screening
from sim.sensitivity import tornado as tornado_module
from sim.sensitivity.blocks import over_blocks
from sim.sensitivity.settings import lever_settings
from sim.sensitivity.sobol import NO_SPREAD, Samples, Sobol, decomposed, sobol
from sim.sensitivity.tornado import Tornado, tornado
from sim.sensitivity.world import world_of_block
from sim.targets import read_targets

CHOSEN = ("plan14.gdp_growth.2025", "plan14.doctors_per_1000.2025")
DRAWS = 400


@pytest.fixture(scope="module")
def plan(district: Pack) -> Plan:
    known = {target.id: target for target in read_targets(district)}
    targets = (tuple(known[id] for id in CHOSEN),)
    return Plan(district, (nothing(2026),), targets, seed=2, draws=DRAWS, horizon=2026)


@pytest.fixture(scope="module")
def made(plan: Plan) -> Tornado:
    return tornado(plan, 1, lambda done, of: None)


def test_every_lever_has_a_bar_for_every_target_and_one_base(made: Tornado, plan: Plan) -> None:
    for target in range(2):
        rows = [row for row in made.rows if row.target == target]
        assert {row.setting.id for row in rows} >= {f"levers.{name}" for name in LEVERS}
        assert len({row.bar.base for row in rows}) == 1
        assert len({row.setting.id for row in rows}) == len(rows)
    judged = Bench(plan).judge(plan.scenarios)[0]
    assert [made.rows[i].bar.base for i in (0, 1)] == [judged.probability(made.rows[i].target) for i in (0, 1)]


def test_a_lever_that_does_not_reach_an_indicator_changes_no_draw(made: Tornado) -> None:
    bars = {(row.setting.id, row.target): row.bar for row in made.rows}
    assert bars["levers.doctors", 0].nothing
    assert bars["levers.doctors", 0].swing.error == 0.0
    assert not bars["levers.doctors", 1].nothing
    assert bars["levers.manufacturing_productivity", 0].swing.points > 0.1


def test_bars_are_those_of_scenarios_judged_by_themselves(made: Tornado, plan: Plan) -> None:
    row = next(r for r in made.rows if r.setting.id == "levers.trade_growth" and r.target == 0)
    assert row.setting.ends is not None
    low, high = Bench(plan).judge(row.setting.ends[::-1])[::-1]  # the order of scenarios is of no account
    assert (row.bar.low, row.bar.high) == (low.probability(0), high.probability(0))
    assert row.bar.swing.points == pytest.approx(high.probability(0) - low.probability(0))


def test_screened_priors_are_simulated_with_that_unknown_alone_held(made: Tornado) -> None:
    priors = [row for row in made.rows if row.setting.kind == "prior" and row.target == 0]
    assert priors
    assert {row.setting.basis for row in priors} == {"prior"}
    first = next(row for row in priors if row.setting.id == "west_coast.potential_growth_first_year")
    assert first.bar.low < first.bar.base < first.bar.high
    place = [unknown.play.name for unknown in made.unknowns].index(first.setting.id)
    # What the covariance of the draws foretold without a run.
    foretold, error = made.found.swings[0, place], made.found.errors[0, place]
    assert first.bar.swing.points == pytest.approx(foretold, abs=4 * np.hypot(error, first.bar.swing.error))


def test_workers_change_nothing(plan: Plan) -> None:
    bench = Bench(replace(plan, draws=5130))
    told: list[int] = []
    one = list(over_blocks(bench, world_of_block, 1, told.append, 1))
    two = list(over_blocks(bench, world_of_block, 2, told.append, 1))
    assert told == [1, 1, 1, 1]
    assert [part.actual["world_trade"].shape[1] for part in two] == [5120, 10]
    for a, b in zip(one, two, strict=True):
        assert all((a.actual[name] == b.actual[name]).all() for name in a.actual)


def test_blocks_of_draws_add_up(plan: Plan) -> None:
    settings = lever_settings(plan.scenarios[0], (2021, 2022, 2023, 2024, 2025, 2026))[:1]
    counted = partial(tornado_module._scenarios, settings)
    counts, sums = counted(Bench(plan), 0, lambda: None)
    assert counts.shape == (1, 2, 8)
    assert (counts.sum(axis=2) == DRAWS).all()
    assert sums.every.shape[1] == len(screening.unknowns_of(plan.pack))


@pytest.fixture(scope="module")
def shares(plan: Plan) -> Sobol:
    asked = (("rail_length", 2026), ("gdp_growth", 2025), ("doctors_per_1000", 2025), ("gdp_growth", 2020))
    return sobol(plan, asked, 1, lambda done, of: None)


def test_groups_that_do_not_reach_an_indicator_have_indices_of_nothing(shares: Sobol) -> None:
    rail = shares.rows[0]
    reaching = {g for g, total in zip(shares.groups, rail.total, strict=True) if not total.nothing}
    assert rail.indicator == "rail_length"
    assert reaching <= {"shocks_own", "social"}
    assert "other" not in shares.groups
    assert "settled" not in shares.groups
    growth = dict(zip(shares.groups, shares.rows[1].total, strict=True))
    assert growth["world_shocks"].low > 0.05
    assert growth["social"].value < 0.02


def test_shares_and_what_is_done_together_make_a_whole(shares: Sobol) -> None:
    for row in shares.rows:
        assert sum(index.value for index in row.first) + row.together.value == pytest.approx(1.0)
        assert all(i.low <= i.value <= i.high for i in (*row.first, *row.total, row.together))
        assert all(i.low >= 0.0 for i in row.total)


def test_indices_of_a_sum_of_groups_are_their_shares_of_variance() -> None:
    random = np.random.default_rng(4)
    size, weights = 20_000, np.array([2.0, 1.0, 0.0])
    a, b = random.standard_normal((2, 3, size))
    first, second = weights @ a, weights @ b
    mixed = np.stack([first + w * (two - one) for w, one, two in zip(weights, a, b, strict=True)])
    still = np.ones(size)
    samples = Samples(
        ("x", "y", "z"), np.stack([first, still, still * np.nan]), np.stack([second, still, still * np.nan]),
        np.stack([np.stack([row, still, still * np.nan]) for row in mixed]),
    )  # fmt: skip
    found = decomposed((("gdp", 1), ("gdp", 2), ("gdp", 3)), samples, 1, size)
    (row,) = found.rows
    assert [index.value for index in row.first] == pytest.approx([0.8, 0.2, 0.0], abs=0.03)
    assert [index.distinguishable for index in row.first] == [True, True, False]
    assert row.together.low < 0.0 < row.together.high
    assert row.total[2].nothing
    assert [asked for asked, _ in found.left_out] == [("gdp", 2), ("gdp", 3)]
    assert found.left_out[0][1] == NO_SPREAD
    # Draws of a posterior that repeat its members are as good as the members.
    wider = decomposed((("gdp", 1),), replace_samples(samples), 1, size // 4).rows[0].first[0]
    assert wider.high - wider.low == pytest.approx(2.0 * (row.first[0].high - row.first[0].low))


def replace_samples(samples: Samples) -> Samples:
    """Those of the first output alone."""
    return Samples(samples.groups, samples.first[:1], samples.second[:1], samples.mixed[:, :1])
