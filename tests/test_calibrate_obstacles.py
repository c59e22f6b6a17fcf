"""Obstacles on the way to a posterior: figures where the simulation breaks off, and a cache that cannot be written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim.cli import inputs
from sim.cli.calibrate import command as calibrate
from sim.cli.run import document as run_document
from sim.conditioning import service
from sim.conditioning.inflation import furthest, residuals_at_centre
from sim.conditioning.problem import ConditioningError, Problem
from sim.conditioning.service import NotKept, make_posterior, region_problem, write_read
from sim.conditioning.words import step_words
from sim.posterior.posterior import Posterior
from sim.posterior.store import read_posterior
from sim.randomness import Array, Draws
from sim.region.pack import Pack
from tests.calibrate_cases import FACT, YEAR, by_hand, placed, prepared
from tests.running import FEW, call

LATER = ("--as-of", str(YEAR))


@pytest.fixture(scope="module")
def problem(district: Pack) -> Problem:
    return region_problem(district, YEAR).problem()


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = prepared(tmp_path, monkeypatch)
    for module in (inputs, run_document):
        monkeypatch.setattr(module, "results_folder", lambda: folder)
    return folder


# --- Where the simulation breaks off ---------------------------------------------------------------------------


def breaking(observed: tuple[float, ...], ids: tuple[str, ...]) -> Problem:
    """One standard normal unknown for each fact; beyond nine standard deviations there is no value."""

    def predict(draws: Draws) -> Array:
        values = np.stack([draws.normal("parameters", f"u{i}")[0] for i in range(len(ids))])
        if np.abs(values).max() > 9.0:
            raise ValueError("composition leaves no value added")
        return values

    return Problem(predict, np.array(observed), np.full(len(ids), 0.1), ids)


def test_figures_furthest_from_the_prior_are_named_and_surprises_are_not() -> None:
    # Spread of each is sqrt(1 + 0.01): 20 is far, 3 is 2.98 spreads off and far, 1 is not; the world is no figure.
    problem = breaking((1.0, 3.0, -20.0, 25.0), ("near", "far", "furthest", "world.national_growth.2022"))
    assert furthest(problem, 1) == ("furthest", "far")
    assert furthest(breaking((1.0, 0.5), ("more", "less")), 1) == ("more",)


def test_where_the_simulation_breaks_off_the_figures_are_named(district: Pack) -> None:
    with pytest.raises(ConditioningError, match="no value added") as caught:
        make_posterior(district, YEAR, breaking((0.3, 20.0), ("fits", "contradicts")), 1)
    assert caught.value.facts == ("contradicts",)


def test_what_the_prior_never_heard_of_is_widened_where_there_is_no_centre() -> None:
    # 20 is 20 / sqrt(1.01) = 19.9 spreads and 200 errors from nought; 5 is 4.98 spreads, less than 6.
    found = residuals_at_centre(breaking((5.0, 20.0), ("fits", "contradicts")), 1)
    assert list(found) == ["contradicts"]
    assert found["contradicts"] == pytest.approx(200.0, abs=1.0)
    # One unknown, error 0.1: at 8.0 the centre is 8 / 1.01 and 0.79 errors are left, yet it is 7.96 spreads off.
    assert residuals_at_centre(breaking((8.0,), ("reached",)), 1)["reached"] == pytest.approx(80.0, abs=1.0)


def breaks_off(*arguments: object) -> tuple[Posterior, None]:
    raise ConditioningError("on the way to the facts: composition leaves no value added", (FACT,))


def test_commands_refuse_them_in_the_usual_words(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (calibrate, service):
        monkeypatch.setattr(module, "make_posterior", breaks_off)
    for words in (("calibrate", *LATER), ("run", *FEW, *LATER)):
        code, out, errors = call(*words)
        assert (code, out) == (2, "")
        assert "公布数超出模型所能解释的范围" in errors
        assert FACT in errors


# --- A cache that cannot be written -----------------------------------------------------------------------------


def made_by_hand(problem: Problem) -> Callable[..., tuple[Posterior, None]]:
    """Making that tells of its steps and gives a posterior made by hand."""

    def make(pack: Pack, as_of: int, of: Problem, seed: int, told: service.Told) -> tuple[Posterior, None]:
        for step in ("", "rare_event.2021", "draws"):
            told(step)
        return replace(by_hand(problem), key="by hand"), None

    return make


def test_what_cannot_be_kept_is_what_would_have_been_read(tmp_path: Path, problem: Problem) -> None:
    made = by_hand(problem)
    thirds = replace(made, components=(replace(made.components[0], moves=made.components[0].moves / 3.0),))
    (tmp_path / "in_the_way").write_bytes(b"")
    with pytest.raises(NotKept) as caught:
        write_read(tmp_path / "in_the_way" / "a.npz", thirds)
    moves = caught.value.posterior.components[0].moves
    np.testing.assert_array_equal(moves, thirds.components[0].moves.astype(np.float16).astype(float))
    assert not np.array_equal(moves, thirds.components[0].moves)


@pytest.mark.parametrize("in_the_way", ["posterior", f"posterior/qingdao-{YEAR}.npz"])
def test_a_run_goes_on_where_the_cache_cannot_be_written(
    place: Path, problem: Problem, monkeypatch: pytest.MonkeyPatch, in_the_way: str
) -> None:
    """A file in place of the folder, and a folder in place of the file: the numbers are those of a cache."""
    monkeypatch.setattr(service, "make_posterior", made_by_hand(problem))
    kept = call("run", *FEW, *LATER, "--json", "--out", str(place / "kept"))
    cache = place / "posterior" / f"qingdao-{YEAR}.npz"
    assert (kept[0], read_posterior(cache).key) == (0, "by hand")
    cache.unlink()
    if in_the_way == "posterior":
        (place / "posterior").rmdir()
        (place / "posterior").write_bytes(b"")
    else:
        cache.mkdir()
    code, out, errors = call("run", *FEW, *LATER, "--json", "--out", str(place / "not_kept"))
    assert code == 0
    assert out.replace("not_kept", "kept") == kept[1]
    assert "校准结果写不进去" in errors
    assert "这次照用，下次重做" in errors
    assert "写不进去" not in kept[2]


def test_figures_beyond_the_model_are_refused_though_nothing_is_kept(
    place: Path, problem: Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "make_posterior", lambda *arguments: (by_hand(problem, {FACT: 5.0}), None))
    (place / "posterior").write_bytes(b"")
    code, out, errors = call("run", *FEW, *LATER)
    assert (code, out) == (2, "")
    assert f"最突出的是：{FACT}" in errors


def test_calibrate_goes_on_but_needs_its_own_folder(
    place: Path, problem: Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calibrate, "make_posterior", made_by_hand(problem))
    (place / "posterior").write_bytes(b"")
    code, _, errors = call("calibrate", *LATER, "--out", str(place / "结果"))
    assert code == 0
    assert "这次照用，下次重做" in errors
    code, out, errors = call("calibrate", *LATER, "--out", str(place / "posterior" / "结果"))
    assert (code, out) == (2, "")
    assert "写不进去" in errors
    code, out, errors = call("calibrate", *LATER, "--write", "--out", str(place / "结果"))
    assert (code, (place / "none.npz").is_file()) == (0, True)
    (place / "none.npz").unlink()
    (place / "none.npz").mkdir()
    code, out, errors = call("calibrate", *LATER, "--write", "--out", str(place / "结果"))
    assert (code, out) == (2, "")
    assert "--write: " in errors


# --- What a run says while it makes one -------------------------------------------------------------------------


def test_a_run_says_why_a_calibration_is_made_anew_and_its_steps_in_words(
    place: Path, district: Pack, problem: Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "make_posterior", made_by_hand(problem))
    placed(place, district, by_hand(problem)).write_bytes("不是校准结果".encode())
    code, _, errors = call("run", *FEW, *LATER, "--json")
    assert code == 0
    damaged, long, *steps = errors.splitlines()
    assert "已损坏" in damaged
    assert damaged.endswith("重新校准 (damaged: made anew)")
    assert long.startswith("用公布数校准，约需半分钟")
    # None, one in each of three years, and the drawing: five steps, of which three are told here.
    assert steps == [
        "校准 1/5：没有罕见冲击 (no rare event)",
        "校准 2/5：2021年发生罕见冲击 (a rare event in 2021)",
        "校准 3/5：抽样 (drawing)",
    ]
    old = by_hand(problem)
    placed(place, district, replace(old, record={**old.record, "checked": []}))
    assert call("run", *FEW, *LATER, "--json")[2].splitlines()[0] == (
        f"qingdao-{YEAR}.npz：不是按现在的公布数、先验和模型做的，重新校准 (out of date: made anew)"
    )
    assert call("run", *FEW, *LATER, "--json")[2] == ""  # it fits again


def test_steps_are_told_in_words() -> None:
    assert [step_words(step).zh for step in ("", "rare_event.2021", "draws")] == [
        "没有罕见冲击", "2021年发生罕见冲击", "抽样",
    ]  # fmt: skip
