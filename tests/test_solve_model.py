"""`solve` on the model: signed shortfalls, levers as a search space, packages as scenarios, the smallest by trial."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.cli.inputs import load_pack, load_scenarios, plan_of
from sim.experiment.bench import Bench
from sim.experiment.plan import Plan
from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.levers.catalogue import LEVERS
from sim.scenario.distributions import Distribution
from sim.scenario.parts import AssumptionPath, Scenario
from sim.solve.answer import MARGIN, Question, following_seed, solve, span_of
from sim.solve.levers import Span, measure_of, movable, room, sides, space_of
from sim.solve.packaged import packaged
from sim.solve.signed import asked_of, companions, shortfalls
from sim.targets import Target

YEARS = tuple(range(2021, 2036))
SPAN = Span(2021, 2025)


def made_plan(draws: int, horizon: int = 2025) -> Plan:
    pack = load_pack("west_coast")
    scenarios = load_scenarios(pack, ("baseline",), horizon)
    return plan_of(pack, scenarios, seed=1, draws=draws, chunk=None, workers=1)


def scenario_with(**levers: AssumptionPath) -> Scenario:
    return Scenario("s", Text("s", "s"), "", None, 2035, levers, {}, (), (), (), {}, ())


def held(name: str, low: float, high: float, shape: Distribution | None = None) -> AssumptionPath:
    shapes = () if shape is None else (shape,) * len(YEARS)
    return AssumptionPath(name, YEARS, (low,) * len(YEARS), (high,) * len(YEARS), shapes)


def test_signed_shortfalls_are_gaps_where_a_target_is_missed_and_at_most_zero_where_it_is_met() -> None:
    plan = made_plan(300, 2035)
    extra = [
        Target("x.most", "trade_total", 2025, "<=", Text("x", "x"), "亿元", value=3000.0),
        Target("x.gain", "urbanisation_rate", 2025, "change", Text("x", "x"), "%", value=2.0),
    ]
    plain = replace(plan, targets=((*plan.targets[0], *extra),))
    targets = Bench(plain).targets
    assert {t.operator for t in targets} == {
        ">=", "<=", "about", "between", "cumulative", "above", "in_step", "change", "direction",
    }  # fmt: skip
    beside = [one for target in targets for one in companions(target)]
    bench = Bench(replace(plan, targets=((*targets, *beside),)), asked_of(targets))
    (judged,) = bench.judge([plan.scenarios[0]])
    for i, target in enumerate(targets):
        row = bench.targets.index(target)
        asked = 2 * sum(one.operator == "direction" for one in targets[:i])
        signed = shortfalls([target], bench.targets, replace(judged, asked=judged.asked[asked : asked + 2])).max(axis=0)
        met, gap = judged.met[row], judged.gap[row]
        assert ((signed <= 0.0) == met).all(), target.id
        assert signed[~met] == pytest.approx(gap[~met], abs=1e-8), target.id
        # How far it is met is not lost; lines that are all open are just enough and no more.
        if met.any() and target.indicator != "rail_length":
            assert signed[met].min() < -1e-6, target.id


def test_a_deviation_is_that_of_the_record_or_a_third_of_the_bounds() -> None:
    # The record is a range from the 5th to the 95th percentile, 3.2897 deviations of a normal distribution.
    assert measure_of(LEVERS["trade_growth"]).deviation == pytest.approx(2 * 26.1 / 3.2897, rel=1e-4)
    assert measure_of(LEVERS["trade_growth"]).on_record
    assert measure_of(LEVERS["net_migration"]).deviation == pytest.approx(10 / 3)
    assert not measure_of(LEVERS["net_migration"]).on_record


def test_levers_go_only_where_they_do_good_unless_asked() -> None:
    assert sides(LEVERS["services_productivity"]) == (False, True)
    assert sides(LEVERS["rail_delay"]) == (True, False)  # later is worse
    assert INDICATORS["services_share"].direction == 0
    assert sides(LEVERS["services_investment_share"]) == (True, True)  # a share is neither good nor bad
    bare = scenario_with()
    assert room(bare, LEVERS["services_productivity"], SPAN) == (0.0, 2.0)
    assert room(bare, LEVERS["services_productivity"], SPAN, any_way=True) == (-2.0, 2.0)


def test_bounds_hold_for_what_the_scenario_sets_and_the_package_together() -> None:
    ranged = scenario_with(trade_growth=held("trade_growth", 3.0, 8.0))
    assert room(ranged, LEVERS["trade_growth"], SPAN, any_way=True) == (-23.0, 12.0)
    shape = Distribution("triangular", (0.0, 1.0, 15.0))
    shaped = scenario_with(trade_growth=held("trade_growth", 1.0, 12.0, shape))
    assert room(shaped, LEVERS["trade_growth"], SPAN) == (0.0, 5.0)
    lognormal = scenario_with(trade_growth=held("trade_growth", 1.0, 2.0, Distribution("lognormal", (1.0, 2.0))))
    assert not movable(lognormal, "trade_growth", SPAN)


def test_a_package_is_added_to_the_scenario_in_its_years_only() -> None:
    before = scenario_with(trade_growth=held("trade_growth", 3.0, 8.0), doctors=held("doctors", 5.0, 5.0))
    after = packaged(before, {"trade_growth": 0.7, "rail_delay": -1.0, "doctors": 0.0}, Span(2023, 2025), 2020)
    path = after.levers["trade_growth"]
    assert path.low == (3.0, 3.0, 3.7, 3.7, 3.7, *[3.0] * 10)
    assert path.high == (8.0, 8.0, 8.7, 8.7, 8.7, *[8.0] * 10)
    assert after.levers["doctors"] is before.levers["doctors"]
    # What counts at the end of all years is held to the end.
    assert after.levers["rail_delay"].low == (0.0, 0.0, *[-1.0] * 13)


def test_distributions_move_without_changing_their_form() -> None:
    shape = Distribution("normal", (2.0, 1.0))
    after = packaged(scenario_with(trade_growth=held("trade_growth", 0.36, 3.64, shape)), {"trade_growth": 1.5},
                     SPAN, 2020)  # fmt: skip
    path = after.levers["trade_growth"]
    assert path.shapes[4] == Distribution("normal", (3.5, 1.0))
    assert path.shapes[5] == shape
    assert (path.low[4], path.high[4]) == pytest.approx((3.5 - 1.6449, 3.5 + 1.6449), abs=1e-3)


def test_money_is_counted_for_every_year() -> None:
    space = space_of(
        scenario_with(), ["doctors", "net_migration"], SPAN, "money", {"doctors": 0.01, "net_migration": 3}
    )
    assert space.cost(np.array([100.0, -2.0])) == pytest.approx(100 * 0.01 * 5 + 2 * 3 * 5)


def test_the_smallest_setting_of_one_lever_is_the_one_that_trial_finds() -> None:
    plan = made_plan(2000)
    target = next(t for t in plan.targets[0] if t.id == "plan14.trade_total.2025")
    answer = solve(plan, Question((target,), 0.7, ("trade_growth",)))
    (package,) = answer.found.packages
    wanted = 0.7 + package.margin
    assert package.margin == pytest.approx(MARGIN * np.sqrt(0.7 * 0.3 / 2000))
    # In steps of 0.01, the first that is enough on the draws of the search.
    steps = np.round(package.change[0] + 0.01 * np.arange(-6, 4), 2)
    bench = Bench(replace(plan, targets=((target,),)))
    tried = [packaged(plan.scenarios[0], {"trade_growth": float(x)}, span_of(plan, [target]), 2020) for x in steps]
    enough = [judged.probability(0) >= wanted for judged in bench.judge(tried)]
    assert enough == sorted(enough)
    first = float(steps[enough.index(True)])
    assert first <= package.change[0] <= first + 0.02
    # The probability that is told is that of a run with another seed.
    run = next(t for t in answer.results[1].targets if t.target.id == target.id)
    assert (answer.fresh_seed, run.probability) == (2, package.fresh)
    assert following_seed(2**63 - 1) == 0
