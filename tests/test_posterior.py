"""Posteriors made by hand: their draws under the names of the prior's streams, and their files."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim.errors import InputError
from sim.experiment.mixing import mixed_draws
from sim.experiment.plan import Plan
from sim.experiment.run import run
from sim.posterior.posterior import Component, ConditionedDraws, Posterior, conditioned
from sim.posterior.scores import Restriction, Score, given_draws
from sim.posterior.store import read_posterior, write_posterior
from sim.randomness import BLOCK, SOURCES, Array, Draws
from sim.region.reading import read_pack
from tests.city_runs import scenario

EVERY = frozenset(SOURCES)
MEMBERS = 2 * BLOCK
SEED = 11
SCORES = (
    Score("parameters", "a.growth", 0), Score("parameters", "a.share", 0), Score("shocks", "a.home", 1),
    Score("shocks", "a.home", 2),
)  # fmt: skip
#: Every fourth member was struck in year 1, the others were not.
STRUCK = np.arange(0, MEMBERS, 4)
SPARED = np.setdiff1d(np.arange(MEMBERS), STRUCK)
HISTORY = ("shocks", "world.rare_event", 1)


def component(name: str, weight: float, members: Array, low: float, high: float, direction: list[float]) -> Component:
    """All its members are moved by 2 along one direction."""
    return Component(
        name,
        weight,
        (Restriction(*HISTORY, low, high),),
        np.array(direction)[:, None],
        members,
        np.full((1, len(members)), 2.0),
    )


@pytest.fixture
def posterior() -> Posterior:
    """Spared members move by 2 in the first score; those struck by 1.2 in the first and 1.6 in the third."""
    return Posterior(
        2022,
        "key",
        SEED,
        MEMBERS,
        SCORES,
        (
            component("", 0.75, SPARED, 0.25, 1.0, [1.0, 0.0, 0.0, 0.0]),
            component("struck", 0.25, STRUCK, 0.0, 0.25, [0.6, 0.0, 0.8, 0.0]),
        ),
        ("gdp.2022",),
        {"zh": "记录", "residual": 0.5},
    )


def prior(block: int = 0, seed: int = SEED, size: int = BLOCK, sources: frozenset[str] = EVERY) -> Draws:
    return Draws(seed, block, sources, size)


def struck_in(block: int) -> Array:
    return (np.arange(BLOCK) + block * BLOCK) % 4 == 0


@pytest.mark.parametrize("block", [0, 1])
def test_members_are_the_prior_moved(posterior: Posterior, block: int) -> None:
    drawn, before = conditioned(prior(block), posterior), prior(block)
    growth = drawn.normal("parameters", "a.growth") - before.normal("parameters", "a.growth")
    np.testing.assert_allclose(growth[0], np.where(struck_in(block), 1.2, 2.0), atol=1e-12)
    home = drawn.normal("shocks", "a.home", 5) - before.normal("shocks", "a.home", 5)
    np.testing.assert_allclose(home[1], np.where(struck_in(block), 1.6, 0.0), atol=1e-12)


def test_streams_and_years_the_facts_do_not_reach_are_drawn_as_ever(posterior: Posterior) -> None:
    drawn, before = conditioned(prior(1, seed=99), posterior), prior(1, seed=99)
    np.testing.assert_array_equal(drawn.normal("reporting", "a.release", 3), before.normal("reporting", "a.release", 3))
    np.testing.assert_array_equal(drawn.uniform("shocks", "a.rail", 2), before.uniform("shocks", "a.rail", 2))
    home, home_before = drawn.normal("shocks", "a.home", 6), before.normal("shocks", "a.home", 6)
    np.testing.assert_array_equal(home[[0, 3, 4, 5]], home_before[[0, 3, 4, 5]])
    assert not np.array_equal(home[2], home_before[2])


def test_several_streams_at_once_are_the_same_as_one_by_one(posterior: Posterior) -> None:
    drawn = conditioned(prior(), posterior)
    both = drawn.normals("shocks", ["a.other", "a.home"], 4)
    np.testing.assert_array_equal(both[:, 1], conditioned(prior(), posterior).normal("shocks", "a.home", 4))
    np.testing.assert_array_equal(both[:, 0], prior().normal("shocks", "a.other", 4))


def test_fewer_years_than_are_known_are_a_part_of_them(posterior: Posterior) -> None:
    long = conditioned(prior(), posterior).normal("shocks", "a.home", 3)
    np.testing.assert_array_equal(conditioned(prior(), posterior).normal("shocks", "a.home", 2), long[:2])


def test_the_posterior_has_a_seed_of_its_own(posterior: Posterior) -> None:
    """What the facts say is the same for every run; what comes after them follows the run's seed."""
    one, other = (conditioned(prior(seed=seed), posterior) for seed in (1, 2))
    np.testing.assert_array_equal(one.normal("parameters", "a.share"), other.normal("parameters", "a.share"))
    assert not np.array_equal(one.normal("shocks", "a.home", 4)[3], other.normal("shocks", "a.home", 4)[3])


def test_blocks_begin_again_after_the_last_while_later_years_go_on(posterior: Posterior) -> None:
    first, third = (conditioned(prior(block, seed=5), posterior) for block in (0, 2))
    np.testing.assert_array_equal(first.normal("parameters", "a.growth"), third.normal("parameters", "a.growth"))
    rare = [one.uniform("shocks", "world.rare_event", 3) for one in (first, third)]
    np.testing.assert_array_equal(rare[0][1] < 0.25, rare[1][1] < 0.25)
    years = [one.normal("shocks", "a.home", 4) for one in (first, third)]
    np.testing.assert_array_equal(years[0][1:3], years[1][1:3])
    assert not np.array_equal(years[0][3], years[1][3])


def test_discrete_draws_lie_where_their_history_says(posterior: Posterior) -> None:
    found = conditioned(prior(seed=5), posterior).uniform("shocks", "world.rare_event", 3)
    before = prior(seed=5).uniform("shocks", "world.rare_event", 3)
    np.testing.assert_allclose(found[1, STRUCK[STRUCK < BLOCK]], 0.25 * before[1, STRUCK[STRUCK < BLOCK]])
    np.testing.assert_allclose(found[1, SPARED[SPARED < BLOCK]], 0.25 + 0.75 * before[1, SPARED[SPARED < BLOCK]])
    np.testing.assert_array_equal(found[[0, 2]], before[[0, 2]])


def test_a_source_switched_off_takes_the_mean_of_the_posterior(posterior: Posterior) -> None:
    shocks_only = conditioned(prior(sources=frozenset(("shocks",))), posterior)
    # 3/4 of the members are moved by 2, 1/4 by 2 × 0.6 in the first score.
    np.testing.assert_allclose(shocks_only.normal("parameters", "a.growth"), np.full((1, BLOCK), 0.75 * 2 + 0.25 * 1.2))
    np.testing.assert_array_equal(shocks_only.normal("parameters", "a.share"), np.zeros((1, BLOCK)))
    moved = conditioned(prior(), posterior).normal("shocks", "a.home", 2)
    np.testing.assert_array_equal(shocks_only.normal("shocks", "a.home", 2), moved)


def test_with_everything_off_there_is_one_path_in_the_middle(posterior: Posterior) -> None:
    one = conditioned(prior(size=1, sources=frozenset()), posterior)
    np.testing.assert_allclose(one.normal("parameters", "a.growth"), [[1.8]])
    np.testing.assert_allclose(one.normal("shocks", "a.home", 3), [[0.0], [0.4], [0.0]])
    # The likelier history: uniforms above a quarter, in the middle of what is left.
    np.testing.assert_allclose(one.uniform("shocks", "world.rare_event", 3), [[0.5], [0.625], [0.5]])


def test_the_mean_is_that_of_the_moves(posterior: Posterior) -> None:
    np.testing.assert_allclose(posterior.mean(), [1.8, 0.0, 0.4, 0.0])
    assert posterior.main().name == ""


def test_without_a_posterior_draws_are_themselves(posterior: Posterior) -> None:
    draws = prior()
    assert conditioned(draws, None) is draws
    assert conditioned(draws, replace(posterior, components=())) is draws


def test_given_scores_are_all_there_is() -> None:
    values = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0], [7.0, 8.0]])
    given = given_draws(SCORES, values, EVERY, (Restriction(*HISTORY, 0.25, 0.5),))
    np.testing.assert_array_equal(given.normal("shocks", "a.home", 4), [[0, 0], [5, 6], [7, 8], [0, 0]])
    np.testing.assert_array_equal(given.normals("parameters", ["a.share", "b"], 1), [[[3.0, 4.0], [0.0, 0.0]]])
    assert given.normals("parameters", [], 2).shape == (2, 0, 2)
    uniform = given.uniform("shocks", "world.rare_event", 3)[1]
    assert ((uniform >= 0.25) & (uniform < 0.5)).all()


def test_mixed_draws_share_what_is_taken_and_nothing_else(posterior: Posterior) -> None:
    whole = ConditionedDraws(SEED, 0, EVERY, BLOCK, posterior)
    same = mixed_draws(SEED, 0, EVERY, frozenset(SOURCES), posterior)
    np.testing.assert_array_equal(same.normal("shocks", "a.home", 4), whole.normal("shocks", "a.home", 4))
    np.testing.assert_array_equal(
        same.uniform("shocks", "world.rare_event", 2), whole.uniform("shocks", "world.rare_event", 2)
    )
    none = mixed_draws(SEED, 0, EVERY, frozenset(), posterior)
    correlation = np.corrcoef(none.normal("parameters", "a.growth")[0], whole.normal("parameters", "a.growth")[0])[0, 1]
    assert abs(correlation) < 5.0 / np.sqrt(BLOCK) + 0.1  # both histories move the first score
    assert not np.array_equal(none.normal("shocks", "a.home", 4)[3], whole.normal("shocks", "a.home", 4)[3])


@pytest.mark.parametrize(("chunk", "workers"), [(1, 1), (3 * BLOCK, 1), (BLOCK, 2)])
def test_a_conditioned_run_is_the_same_for_any_chunk_and_number_of_workers(
    project: Path, chunk: int, workers: int
) -> None:
    """Three blocks of two blocks of members, so that the third begins again."""
    home, growth = Score("shocks", "west_coast.home", 1), Score("parameters", "west_coast.mature_premium", 0)
    members = np.arange(MEMBERS)
    moves = np.stack([np.linspace(-1.0, 1.0, MEMBERS), np.full(MEMBERS, 0.5)])
    found = Posterior(2021, "", 3, MEMBERS, (growth, home), (Component("", 1.0, (), np.eye(2), members, moves),), ())
    alone = replace(read_pack(project / "calibration", "west_coast"), surroundings=None)
    plan = Plan(alone, (scenario(),), ((),), draws=2 * BLOCK + 9, horizon=2022, as_of=2021, posterior=found)
    (whole,), _ = run(plan)
    (other,), _ = run(replace(plan, chunk=chunk, workers=workers))
    np.testing.assert_array_equal(whole.quantiles, other.quantiles)
    np.testing.assert_array_equal(whole.means, other.means)
    (prior,), _ = run(replace(plan, posterior=None))
    assert not np.array_equal(whole.means, prior.means)


def test_a_file_holds_what_was_written(posterior: Posterior, tmp_path: Path) -> None:
    write_posterior(tmp_path / "new" / "p.npz", posterior)
    found = read_posterior(tmp_path / "new" / "p.npz")
    for name in ("as_of", "key", "seed", "members", "scores", "facts", "record"):
        assert getattr(found, name) == getattr(posterior, name)
    for one, two in zip(found.components, posterior.components, strict=True):
        assert (one.name, one.weight, one.restrictions) == (two.name, two.weight, two.restrictions)
        np.testing.assert_array_equal(one.members, two.members)
        # Single precision of 0.6 and 0.8, half precision of 2.
        np.testing.assert_allclose(one.directions, two.directions, atol=1e-7)
        np.testing.assert_array_equal(one.moves, two.moves)
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["p.npz"]


def test_the_same_posterior_gives_the_same_bytes(posterior: Posterior, tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        write_posterior(tmp_path / name, posterior)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    write_posterior(tmp_path / "c", read_posterior(tmp_path / "a"))
    assert (tmp_path / "c").read_bytes() == (tmp_path / "a").read_bytes()


def refused(path: Path) -> InputError:
    with pytest.raises(InputError) as caught:
        read_posterior(path)
    (problem,) = caught.value.problems
    assert problem.file is not None
    assert path.name in problem.file
    return caught.value


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no archive at all", bytes(range(256)) * 9])
def test_a_file_that_is_none_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "p.npz").write_bytes(content)
    refused(tmp_path / "p.npz")


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9, 0.999])
def test_a_file_cut_short_is_refused(posterior: Posterior, tmp_path: Path, kept: float) -> None:
    write_posterior(tmp_path / "p.npz", posterior)
    content = (tmp_path / "p.npz").read_bytes()
    (tmp_path / "p.npz").write_bytes(content[: int(len(content) * kept)])
    refused(tmp_path / "p.npz")


def test_a_changed_byte_is_refused(posterior: Posterior, tmp_path: Path) -> None:
    write_posterior(tmp_path / "p.npz", posterior)
    content = bytearray((tmp_path / "p.npz").read_bytes())
    with zipfile.ZipFile(tmp_path / "p.npz") as archive:
        place = archive.getinfo("moves_0.npy").header_offset + 60
    content[place] ^= 0xFF
    (tmp_path / "p.npz").write_bytes(bytes(content))
    refused(tmp_path / "p.npz")


def test_arrays_of_something_else_are_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "other.npz", a=np.zeros(3))
    refused(tmp_path / "other.npz")


@pytest.mark.parametrize("change", [{"format": 999}, {"scores": []}, {"components": [["x", 1.0, []]]}, {"seed": None}])
def test_a_head_that_does_not_fit_is_refused(posterior: Posterior, tmp_path: Path, change: dict[str, object]) -> None:
    write_posterior(tmp_path / "p.npz", posterior)
    with np.load(tmp_path / "p.npz") as file:
        arrays = {name: file[name] for name in file.files}
    head = json.loads(arrays["head"].tobytes()) | change
    arrays["head"] = np.frombuffer(json.dumps(head).encode(), dtype=np.uint8)
    np.savez(tmp_path / "p.npz", **arrays)
    refused(tmp_path / "p.npz")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    refused(tmp_path / "none.npz")
