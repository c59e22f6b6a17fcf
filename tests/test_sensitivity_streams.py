"""Every stream belongs to one group, and draws mixed by groups take each stream from the side they should."""

from __future__ import annotations

import numpy as np
import pytest

from sim.experiment.drawing import block_of
from sim.experiment.simulation import simulate_scenarios
from sim.lever_effects.steps import nothing
from sim.posterior.posterior import Component, ConditionedDraws, Posterior
from sim.posterior.scores import Restriction, Score
from sim.provenance.recording import RecordingDraws, Stream
from sim.randomness import BLOCK, SOURCES, Draws
from sim.region.pack import Pack
from sim.sensitivity.mixing import Sets, grouped_draws, held_draws, two_sets
from sim.sensitivity.streams import GROUPS, KINDS, OTHER, SETTLED, SHOCKS, Grouping, grouping_of

ALL = frozenset(SOURCES)
NOBODY = Grouping(frozenset())


def asked(pack: Pack) -> list[Stream]:
    """All streams that a simulation of the pack asks for."""
    draws = RecordingDraws(1, 0, ALL, 4)
    years = tuple(range(pack.base_year, pack.base_year + 7))  # an economic census is among them
    block = block_of(pack, draws, years)
    simulate_scenarios(pack, [nothing(years[-1])], block, keep_states=False)
    return list(draws.seen)


def test_every_stream_of_a_run_has_its_place_in_one_group(district: Pack, city: Pack) -> None:
    for pack in (district, city):
        grouping = grouping_of(pack)
        groups = {stream: grouping.of(stream.source, stream.name) for stream in asked(pack)}
        assert set(groups.values()) <= set(GROUPS) - {OTHER, SETTLED}
        names: dict[str, set[str]] = {}
        for stream, group in groups.items():
            names.setdefault(group, set()).add(f"{stream.source}.{stream.name}")
        assert sum(map(len, names.values())) == len({f"{s.source}.{s.name}" for s in groups})
    listed = [kind for kinds in KINDS.values() for kind in kinds]
    assert len(listed) == len(set(listed))
    shocks = [kind for kinds in SHOCKS.values() for kind in kinds]
    assert len(shocks) == len(set(shocks))


def test_around_a_district_the_rest_of_its_city_is_one_group(district: Pack, city: Pack) -> None:
    around, whole = grouping_of(district), grouping_of(city)
    assert around.of("parameters", f"{city.id}.accelerator") == "surroundings"
    assert around.of("parameters", f"{district.id}.accelerator") == "capital"
    assert whole.of("parameters", f"{district.id}.accelerator") == "capital"


@pytest.mark.parametrize(
    ("source", "name", "group"),
    [
        ("parameters", "a.cell_premium.farming", "productivity"),
        ("parameters", "a.trade_volatility", "volatility"),
        ("parameters", "world.national_volatility", "world_priors"),
        ("shocks", "world.rare_event", "world_shocks"),
        ("shocks", "a.price.farming", "shocks_cell"),
        ("shocks", "a.rail.line1", "shocks_own"),
        ("shocks", "project_delay.refinery", "scenario"),
        ("shocks", "event.flood", "scenario"),
        ("scenario", "trade_growth", "scenario"),
        ("reporting", "a.release", "reporting"),
        ("facts", "a.gdp_growth", "facts"),
        ("parameters", "a.something_new", OTHER),
    ],
)
def test_the_group_of_a_stream_follows_from_its_name(source: str, name: str, group: str) -> None:
    assert NOBODY.of(source, name) == group


def test_mixed_draws_take_each_stream_from_its_side() -> None:
    sets = two_sets(3, 0, ALL, None, NOBODY)
    first, second = Draws(3, 0, ALL), sets.second.whole
    assert second is not None
    mixed = grouped_draws(sets, frozenset(("capital",)), 10)
    assert (
        mixed.normal("parameters", "a.accelerator", 2) == second.normal("parameters", "a.accelerator", 2)[:, :10]
    ).all()
    for name in ("a.research_drift", "world.national_growth_2021"):
        assert (mixed.normal("parameters", name) == first.normal("parameters", name)[:, :10]).all()
    assert (
        mixed.uniform("shocks", "world.rare_event", 3) == first.uniform("shocks", "world.rare_event", 3)[:, :10]
    ).all()
    both = mixed.normals("shocks", ["a.price.x", "a.price.y"], 2)
    assert (both == first.normals("shocks", ["a.price.x", "a.price.y"], 2)[..., :10]).all()
    assert mixed.seen == {"capital", "public", "world_priors", "world_shocks", "shocks_cell"}
    assert (first.normal("parameters", "a.accelerator") != second.normal("parameters", "a.accelerator")).all()


def settled_sets() -> tuple[Sets, Posterior]:
    """A posterior that moves a parameter, and the first year of a shock, together; and one discrete draw."""
    scores = (Score("parameters", "a.accelerator", 0), Score("shocks", "a.home", 1))
    members = 2 * BLOCK
    one = Component(
        "all", 1.0, (Restriction("shocks", "world.rare_event", 1, 0.5, 1.0),), np.array([[1.0], [0.0]]),
        np.arange(members), np.full((1, members), 2.0),
    )  # fmt: skip
    posterior = Posterior(2022, "key", 9, members, scores, (one,), ())
    return two_sets(3, 0, ALL, posterior, NOBODY), posterior


def test_what_the_facts_have_settled_travels_together() -> None:
    sets, posterior = settled_sets()
    own, other = (ConditionedDraws(3, 0, ALL, BLOCK, posterior, shift) for shift in (0, 1))
    accelerator, home = ("parameters", "a.accelerator"), ("shocks", "a.home")
    by_kind = grouped_draws(sets, frozenset(("capital", "shocks_common")), BLOCK)
    assert (by_kind.normal(*accelerator) == own.normal(*accelerator)).all()  # no stream of "capital" any more
    drawn = by_kind.normal(*home, 3)
    assert (drawn[1] == own.normal(*home, 3)[1]).all()  # of a settled year
    assert sets.second.whole is not None
    assert (drawn[2] == sets.second.whole.normal(*home, 3)[2]).all()  # of a year to come
    together = grouped_draws(sets, frozenset((SETTLED,)), BLOCK)
    assert (together.normal(*accelerator) == other.normal(*accelerator)).all()
    moved = together.normal(*home, 3)
    assert (moved[1] == other.normal(*home, 3)[1]).all()
    assert (moved[2] == own.normal(*home, 3)[2]).all()
    assert (together.uniform("shocks", "world.rare_event", 2)[1] >= 0.5).all()
    assert together.seen == {SETTLED, "shocks_common", "world_shocks"}
    assert by_kind.normal(*accelerator).mean() == pytest.approx(2.0, abs=0.05)


def test_one_unknown_is_held_and_nothing_else() -> None:
    base = Draws(1, 0, ALL, 50)
    held = held_draws(base, ("parameters", "a.x"), 1.5)
    assert (held.normal("parameters", "a.x", 2) == 1.5).all()
    for source, name in (("facts", "a.x"), ("parameters", "a.y")):
        assert (held.normal(source, name) == base.normal(source, name)).all()
    several = held.normals("parameters", ["a.w", "a.x"], 3)
    assert (several[:, 1] == 1.5).all()
    assert (several[:, 0] == base.normal("parameters", "a.w", 3)).all()
    assert (held.uniform("shocks", "a.x") == base.uniform("shocks", "a.x")).all()
