"""Attribution of simulated differences: contributions sum to them, and reach only what their inputs reach."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.attribution.attribute import Attribution, attribute
from sim.attribution.groups import Group, groups_of
from sim.cli.inputs import load_pack, targets_of
from sim.experiment.plan import Plan, common_targets
from sim.experiment.results import Difference
from sim.experiment.run import run
from sim.language import Text
from sim.scenario.parts import Scenario
from tests.attribution_cases import event, path, project, scenario, target

DRAWS = 700
ONE = scenario(name="one", targets=(target("own.gdp.2030", 7000.0),))
OTHER = scenario(
    name="other",
    levers={
        "trade_growth": path("trade_growth", 3.0),
        "doctors": path("doctors", 200.0),
        "manufacturing_productivity": path("manufacturing_productivity", 1.0),
    },
    projects=(project("plant"),),
    events=(event("dispute"),),
    targets=(target("own.gdp.2030", 8000.0),),
)


def plan_for(one: Scenario, other: Scenario, **options: object) -> Plan:
    pack = load_pack("west_coast")
    targets = tuple(targets_of(pack, each) for each in (one, other))
    plan = Plan(pack, (one, other), targets, draws=DRAWS, horizon=2030, compare=True)
    return replace(plan, **options)


def grouped(plan: Plan, way: str = "family") -> tuple[Group, ...]:
    judged = {target.id for target in common_targets(plan)}
    return groups_of(*plan.scenarios, plan.horizon, judged, way)


@pytest.fixture(scope="module")
def explained() -> tuple[dict[tuple[str, int], Attribution], dict[tuple[str, int], Difference]]:
    plan = plan_for(ONE, OTHER)
    _, differences = run(plan)
    found = attribute(plan, 1, grouped(plan))
    return {(one.id, one.year): one for one in found}, {(one.id, one.year): one for one in differences}


def test_contributions_sum_to_every_difference_of_the_comparison(explained) -> None:  # type: ignore[no-untyped-def]
    found, differences = explained
    assert set(found) == set(differences)
    for key, one in found.items():
        scale = max(1.0, abs(differences[key].first))
        assert one.total == pytest.approx(differences[key].difference, abs=1e-9 * scale)
        assert sum(share.contribution for share in one.shares.values()) == pytest.approx(one.total, abs=1e-9 * scale)
        alone = sum(share.alone for share in one.shares.values())
        assert one.interaction == pytest.approx(one.total - alone, abs=1e-9 * scale)


def test_a_group_explains_only_what_it_reaches(explained) -> None:  # type: ignore[no-untyped-def]
    found, _ = explained
    assert set(found["gdp", 2030].shares) == {"services", "openness", "productivity", "projects", "events", "targets"}
    gdp = found["gdp", 2030].shares
    assert gdp["services"].contribution == gdp["targets"].contribution == 0.0
    assert gdp["productivity"].contribution > 0.0 > found["gdp", 2024].shares["events"].contribution
    assert gdp["projects"].contribution > 0.0
    # A higher bar lowers the probability and moves no figure; harder to reach is not worse luck.
    bar = found["own.gdp.2030", 2030].shares
    assert bar["targets"].contribution < 0.0 < bar["productivity"].contribution
    assert found["doctors_per_1000", 2030].shares["services"].contribution > 0.0


def test_errors_are_those_of_the_paired_difference(explained) -> None:  # type: ignore[no-untyped-def]
    plan = plan_for(ONE, scenario(name="other", levers={"trade_growth": path("trade_growth", 3.0)}))
    _, differences = run(plan)
    known = {(one.id, one.year): one for one in differences}
    (group,) = grouped(plan)
    for one in attribute(plan, 1, (group,)):
        share = one.shares[group.id]
        assert share.contribution == share.alone == share.last == one.total
        assert one.interaction == 0.0
        if one.id == "trade_total" and one.year > 2020:
            # Three batches estimate a spread only roughly; the scale must be right.
            assert share.standard_error == pytest.approx(known[one.id, one.year].standard_error, rel=0.9)
            assert share.standard_error > 0.0


def test_with_every_source_off_there_is_one_path_and_no_error() -> None:
    plan = plan_for(ONE, OTHER, sources=frozenset())
    found = {(one.id, one.year): one for one in attribute(plan, 1, grouped(plan, "usual"))}
    shares = found["gdp", 2030].shares.values()
    assert all(share.standard_error == 0.0 for share in shares)
    _, differences = run(plan)
    known = {(one.id, one.year): one.difference for one in differences}
    assert found["gdp", 2030].total == pytest.approx(known["gdp", 2030], abs=1e-7)


def test_workers_change_nothing() -> None:
    plan = plan_for(ONE, scenario(name="other", events=(event("dispute"),)), draws=5200, horizon=2025)
    groups = (Group("events", Text("冲击", "events"), frozenset(("events.dispute",))),)
    alone, together = (attribute(replace(plan, workers=count), 1, groups) for count in (1, 2))
    assert alone == together


def test_identical_scenarios_differ_by_exactly_zero() -> None:
    plan = plan_for(OTHER, replace(OTHER, name="again"))
    results, differences = run(plan)
    assert grouped(plan) == ()
    assert differences
    assert {one.difference for one in differences} == {0.0}
    assert {one.standard_error for one in differences} == {0.0}
    assert np.array_equal(results[0].quantiles, results[1].quantiles, equal_nan=True)
