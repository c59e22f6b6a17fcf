"""Shapley values against games worked by hand, and the groups two scenarios are told apart by."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.attribution.groups import USUAL_GROUPS, check_own, differing_inputs, groups_of
from sim.attribution.hybrid import hybrid
from sim.attribution.shapley import MOST_GROUPS, coalitions, shapley
from sim.errors import InputError
from sim.levers.catalogue import LEVERS
from tests.attribution_cases import event, path, project, scenario, target


def game(worth: Mapping[str, float], players: str) -> dict[frozenset[str], np.ndarray]:
    """A game from what each set of players is worth, written as a word of their letters; sets left out are 0."""
    known = {frozenset(name): value for name, value in worth.items()}
    return {one: np.array(known.get(one, 0.0)) for one in coalitions(players)}


def test_gloves() -> None:
    # Two left gloves (a, b), one right (c); a pair is worth 1. c gets 2/3, a and b 1/6 each (Shapley 1953).
    found = shapley(game({"ac": 1, "bc": 1, "abc": 1}, "abc"), "abc")
    assert found == pytest.approx({"a": 1 / 6, "b": 1 / 6, "c": 2 / 3})


def test_airport() -> None:
    # Runways of 1, 2 and 3 km, a set costs its longest: 1/3; 1/3 + 1/2; 1/3 + 1/2 + 1 (Littlechild, Owen 1973).
    length = {"a": 1, "b": 2, "c": 3}
    worth = {"".join(s): max(length[p] for p in s) for n in (1, 2, 3) for s in combinations("abc", n)}
    assert shapley(game(worth, "abc"), "abc") == pytest.approx({"a": 1 / 3, "b": 5 / 6, "c": 11 / 6})


def test_a_product_of_two_is_shared_by_half_its_interaction() -> None:
    # 2 x 3: alone 1 and 2 more than 1, together 5; the 2 that only both bring are halved.
    found = shapley(game({"": 1, "a": 2, "b": 3, "ab": 6}, "ab"), "ab")
    assert found == pytest.approx({"a": 2.0, "b": 3.0})


@given(st.lists(st.integers(-10_000, 10_000), min_size=16, max_size=16))
def test_contributions_sum_to_the_difference(worth: list[int]) -> None:
    values = {one: np.array(value / 100) for one, value in zip(coalitions("abcd"), worth, strict=True)}
    found = shapley(values, "abcd")
    assert sum(found.values()) == pytest.approx(values[frozenset("abcd")] - values[frozenset()], abs=1e-9)


def test_who_changes_nothing_gets_nothing_and_equals_get_equal() -> None:
    worth = {"a": 3, "b": 3, "ab": 8, "ac": 3, "bc": 3, "abc": 8}
    assert shapley(game(worth, "abc"), "abc") == pytest.approx({"a": 4.0, "b": 4.0, "c": 0.0})


def test_ten_groups_are_the_most() -> None:
    names = [str(number) for number in range(MOST_GROUPS + 1)]
    with pytest.raises(ValueError, match="at most 10"):
        shapley({}, names)


ONE = scenario(levers={"trade_growth": path("trade_growth", 1.0)}, projects=(project("plant"),))
OTHER = scenario(
    levers={"trade_growth": path("trade_growth", 2.0), "doctors": path("doctors", 100.0)},
    world={"world_trade": path("world_trade", 3.0)},
    events=(event("dispute"),),
    targets=(target("own.gdp.2030"),),
)


def test_differing_inputs_by_section() -> None:
    found = differing_inputs(ONE, OTHER, 2035, {"own.gdp.2030"})
    assert found == (
        "levers.doctors", "levers.trade_growth", "world.world_trade", "projects.plant", "events.dispute",
        "targets.own.gdp.2030",
    )  # fmt: skip
    assert "targets.own.gdp.2030" not in differing_inputs(ONE, OTHER, 2035, ())
    assert differing_inputs(ONE, ONE, 2035, ()) == ()


def test_what_differs_only_after_the_horizon_or_in_name_is_no_difference() -> None:
    late = dict.fromkeys(range(2021, 2031), 0.0) | dict.fromkeys(range(2031, 2036), 1.0)
    other = scenario(levers={"trade_growth": path("trade_growth", late)}, projects=(project("plant", label="改名"),))
    assert differing_inputs(scenario(projects=(project("plant"),)), other, 2030, ()) == ()
    assert differing_inputs(scenario(projects=(project("plant"),)), other, 2031, ()) == ("levers.trade_growth",)


def test_a_hybrid_takes_what_is_switched_from_the_other() -> None:
    found = hybrid(ONE, OTHER, frozenset(("levers.trade_growth", "projects.plant", "events.dispute")))
    assert found.levers == {"trade_growth": OTHER.levers["trade_growth"]}
    assert found.world == {}
    assert found.projects == ()
    assert found.events == OTHER.events
    assert found.targets == ()
    assert hybrid(ONE, OTHER, frozenset()).levers == ONE.levers
    whole = hybrid(ONE, OTHER, frozenset(differing_inputs(ONE, OTHER, 2035, {"own.gdp.2030"})))
    assert all(getattr(whole, part) == getattr(OTHER, part) for part in ("levers", "world", "projects", "events"))


def test_groups_by_family_by_input_and_merged() -> None:
    by_family = groups_of(ONE, OTHER, 2035, {"own.gdp.2030"}, "family")
    assert {group.id for group in by_family} == {"services", "openness", "world_trade", "projects", "events", "targets"}
    by_input = groups_of(ONE, OTHER, 2035, (), "input")
    assert [group.id for group in by_input] == list(differing_inputs(ONE, OTHER, 2035, ()))
    everything = scenario(levers={name: path(name, 0.05) for name in LEVERS}, events=(event("dispute"),))
    merged = groups_of(scenario(), everything, 2035, ())
    assert len(merged) <= USUAL_GROUPS
    assert frozenset().union(*(group.inputs for group in merged)) == set(
        differing_inputs(scenario(), everything, 2035, ())
    )


def test_groups_of_ones_own_come_first_and_are_checked() -> None:
    groups = groups_of(ONE, OTHER, 2035, (), own={"外面": ["world_trade", "events.dispute"], "没有": ["fdi_growth"]})
    assert groups[0].id == "外面"
    assert groups[0].inputs == {"world.world_trade", "events.dispute"}
    assert "没有" not in {group.id for group in groups}
    keys = differing_inputs(ONE, OTHER, 2035, ())
    with pytest.raises(InputError) as caught:
        check_own({"a": ["world_trad", "fdi_growth"], "b": ["doctors"], "c": ["levers.doctors"]}, keys)
    said = [problem.text.en for problem in caught.value.problems]
    assert len(said) == 3
    assert 'did you mean "world_trade"' in said[0]
    assert "the same in all scenarios" in said[1]
    assert '"b"' in said[2]


def test_too_many_groups_are_refused_with_a_way_out() -> None:
    many = scenario(levers={name: path(name, 0.05) for name in list(LEVERS)[:11]})
    with pytest.raises(InputError, match="--group"):
        groups_of(scenario(), many, 2035, (), "input")


def test_a_group_of_ones_own_called_like_a_family_keeps_all_inputs_apart() -> None:
    levers = ("trade_growth", "fdi_growth", "investment_growth", "doctors")
    other = scenario(levers={name: path(name, 0.5) for name in levers})
    groups = groups_of(scenario(), other, 2035, (), own={"services": ["fdi_growth", "doctors"]})
    assert [sorted(group.inputs) for group in groups if group.id == "services"] == [
        ["levers.doctors", "levers.fdi_growth"]
    ]
    assert sorted(key for group in groups for key in group.inputs) == sorted(f"levers.{name}" for name in levers)
    assert len({group.id for group in groups}) == len(groups)


@pytest.mark.parametrize("name", ["investment", "interaction", "投资"])
def test_a_group_that_could_not_be_told_from_another_is_refused(name: str) -> None:
    other = scenario(levers={key: path(key, 0.5) for key in ("trade_growth", "investment_growth")})
    with pytest.raises(InputError, match="重名"):
        groups_of(scenario(), other, 2035, (), own={name: ["trade_growth"]})
