"""The error budget: shares with known answers, identities with ordinary runs, and what is printed."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim.cli.inputs import load_scenarios, plan_of
from sim.cli.run.budget import HEADER, print_budget, write_budget
from sim.experiment.budget import INTERACTION, Budget, Share, Shift, error_budget, variance_shares
from sim.experiment.mixing import SECOND, MixedDraws, mixed_draws
from sim.experiment.plan import Plan, evaluated
from sim.experiment.run import run
from sim.posterior.posterior import Component, Posterior
from sim.posterior.scores import Restriction, Score
from sim.randomness import BLOCK, SOURCES, Array, Draws
from sim.region.pack import Pack

EVERY = frozenset(SOURCES)
DRAWS = 20_000


def normals(seed: int, count: int, size: int = DRAWS) -> Array:
    """Independent standard normals, (row, draw)."""
    return np.random.default_rng(seed).standard_normal((count, size))


def shares_of(seed: int, size: int, product: float) -> tuple[tuple[float, float], ...]:
    """Shares of a and b in 0.6 a + 0.8 b + product a b."""
    (a, b), (c, d) = normals(seed, 2, size), normals(seed + 1000, 2, size)

    def value(first: Array, second: Array) -> Array:
        return 0.6 * first + 0.8 * second + product * first * second

    return variance_shares(value(a, b), value(c, d), [value(a, d), value(c, b)])


@pytest.mark.parametrize(
    ("product", "wanted"),
    [
        (0.0, (0.36, 0.64, 0.0)),
        # The product adds 1 to the variance of 1, and none of it is of one source alone.
        (1.0, (0.18, 0.32, 0.5)),
    ],
)
def test_shares_of_a_sum_and_of_a_product(product: float, wanted: tuple[float, ...]) -> None:
    found = shares_of(7, DRAWS, product)
    for (share, error), known in zip(found, wanted, strict=True):
        assert share == pytest.approx(known, abs=4.0 * error)
        assert 0.0 < error < 0.03
    assert sum(share for share, _ in found) == pytest.approx(1.0, abs=1e-12)


def test_errors_are_as_large_as_repetitions_scatter() -> None:
    many = np.array([shares_of(seed, 500, 0.5) for seed in range(300)])
    scatter, told = many[:, :, 0].std(axis=0), many[:, :, 1].mean(axis=0)
    # The error of a standard deviation of 300 values is 4 %.
    assert (np.abs(told / scatter - 1.0) < 0.16).all()
    middle = many[:, :, 0].mean(axis=0)
    # Variance 1.25.
    assert (np.abs(middle - np.array([0.288, 0.512, 0.2])) < 4.0 * scatter / np.sqrt(300.0) + 0.004).all()


def test_what_does_nothing_has_no_share_not_even_by_chance() -> None:
    (a,), (b,) = normals(1, 1), normals(2, 1)
    (all_of_it, _), (nothing, error), (left, _) = variance_shares(a, b, [a, b])
    assert all_of_it == pytest.approx(1.0, abs=1e-3)
    assert (nothing, left) == pytest.approx((0.0, 0.0), abs=1e-3)
    assert error < 1e-3


def test_values_that_do_not_vary_have_no_shares() -> None:
    same = np.ones(10)
    with pytest.raises(ValueError, match="do not vary"):
        variance_shares(same, same, [same])


def test_mixed_draws_take_each_stream_from_its_side() -> None:
    mixed = mixed_draws(3, 1, EVERY, frozenset(("facts",)), None)
    assert isinstance(mixed, MixedDraws)
    first, second = Draws(3, 1, EVERY), Draws(3 + SECOND, 1, EVERY)
    assert np.array_equal(mixed.normal("facts", "x", 2), first.normal("facts", "x", 2))
    assert np.array_equal(mixed.normal("shocks", "x", 2), second.normal("shocks", "x", 2))
    assert np.array_equal(mixed.normals("shocks", ["x", "y"], 2), second.normals("shocks", ["x", "y"], 2))
    assert np.array_equal(mixed.uniform("facts", "x"), first.uniform("facts", "x"))
    assert np.array_equal(mixed.uniform("shocks", "x"), second.uniform("shocks", "x"))
    assert abs(np.corrcoef(first.normal("facts", "x")[0], second.normal("facts", "x")[0])[0, 1]) < 0.06


def posterior() -> Posterior:
    """A fact about the sum of a parameter and a shock, which moves members of the second block more; an event that it
    rules out."""
    scores = (Score("parameters", "a", 0), Score("shocks", "b", 1))
    directions = np.array([[0.6], [0.8]])
    moves = np.repeat([[2.0, 5.0]], BLOCK, axis=1)
    event = Restriction("shocks", "event", 0, 0.5, 1.0)
    one = Component("all", 1.0, (event,), directions, np.arange(2 * BLOCK), moves)
    return Posterior(2023, "key", 9, 2 * BLOCK, scores, (one,), ("fact",))


@pytest.mark.parametrize(
    ("taken", "member_block", "move"), [((), 1, 5.0), (("parameters",), 0, 2.0), (("shocks",), 1, 5.0)]
)
def test_under_a_posterior_what_the_facts_settled_goes_with_the_parameters(
    taken: tuple[str, ...], member_block: int, move: float
) -> None:
    mixed = mixed_draws(1, 0, EVERY, frozenset(taken), posterior())
    own = Draws(9, member_block, EVERY)
    assert mixed.normal("parameters", "a")[0] == pytest.approx(own.normal("parameters", "a")[0] + 0.6 * move)
    shock = own.normal("shocks", "b", 2)[1] + 0.8 * move
    assert mixed.normal("shocks", "b", 3)[1] == pytest.approx(shock)
    # What no fact reaches comes from the side of its source.
    free = Draws(1 if "shocks" in taken else 1 + SECOND, 0, EVERY)
    assert np.array_equal(mixed.normal("shocks", "b", 3)[2], free.normal("shocks", "b", 3)[2])
    assert np.array_equal(mixed.normal("shocks", "other"), free.normal("shocks", "other"))
    assert mixed.uniform("shocks", "event").min() >= 0.5


def planned(pack: Pack, sources: frozenset[str], draws: int = 600, **changes: object) -> Plan:
    plan = plan_of(pack, load_scenarios(pack, ["baseline"], None), seed=1, draws=draws, chunk=None, workers=1)
    return replace(plan, sources=sources, horizon=2025, **changes)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def made(district: Pack) -> tuple[Plan, Budget]:
    """A budget with two of the sources on."""
    plan = planned(district, frozenset(("parameters", "shocks")))
    return plan, error_budget(plan, ("gdp_growth", "rail_length", "gdp_growth_average"), (2022, 2025, 2030))


def test_shares_sum_to_one_and_sources_that_are_off_have_none(made: tuple[Plan, Budget]) -> None:
    _, budget = made
    assert budget.sources == ("parameters", "shocks")
    rows: dict[tuple[str, int], list[Share]] = {}
    for share in budget.shares:
        rows.setdefault((share.indicator, share.year), []).append(share)
    # 2030 is beyond the horizon.
    assert {year for _, year in rows} == {2022, 2025}
    for shares in rows.values():
        assert [s.source for s in shares] == [*SOURCES, INTERACTION]
        assert sum(s.share for s in shares) == pytest.approx(1.0, abs=1e-9)
        off = [(s.share, s.standard_error) for s in shares if s.source not in (*budget.sources, INTERACTION)]
        assert off == [(0.0, 0.0)] * 4
    # Lines under way by 2025 have known lengths and uncertain dates.
    rail = {s.source: s.share for s in rows[("rail_length", 2025)]}
    assert rail["shocks"] == pytest.approx(1.0, abs=0.01)
    assert rail["parameters"] == pytest.approx(0.0, abs=0.01)
    growth = {s.source: s.share for s in rows[("gdp_growth", 2025)]}
    assert growth["shocks"] > growth["parameters"] > 0.0


def test_shifts_are_those_of_runs_with_a_source_off(made: tuple[Plan, Budget]) -> None:
    plan, budget = made
    found = {(s.target, s.source): s for s in budget.shifts}
    (whole,), _ = run(plan)
    (without,), _ = run(replace(plan, sources=frozenset(("parameters",))))
    before, after = ({t.target.id: t.probability for t in r.targets} for r in (whole, without))
    targets = evaluated(plan, 0)
    assert len(found) == len(SOURCES) * len(targets)
    for target in targets:
        shift = found[(target.id, "shocks")]
        assert (shift.probability, shift.without) == (before[target.id], after[target.id])
        assert shift.shift == pytest.approx(shift.without - shift.probability, abs=1e-12)
        off = found[(target.id, "facts")]
        assert (off.shift, off.standard_error, off.without) == (0.0, 0.0, off.probability)


def test_one_source_explains_everything(district: Pack) -> None:
    budget = error_budget(planned(district, frozenset(("shocks",))), ("gdp_growth",), (2025,))
    shares = {s.source: s.share for s in budget.shares}
    assert shares["shocks"] == pytest.approx(1.0, abs=1e-3)
    assert shares[INTERACTION] == pytest.approx(0.0, abs=1e-3)


def test_without_any_source_there_is_no_budget(district: Pack, capsys: pytest.CaptureFixture[str]) -> None:
    budget = error_budget(planned(district, frozenset()), ("gdp_growth",))
    assert (budget.shares, budget.shifts) == ((), ())
    print_budget(budget, (), "zh")
    assert "均已关闭" in capsys.readouterr().out


def test_a_budget_is_the_same_for_any_number_of_workers(district: Pack) -> None:
    plan = replace(planned(district, frozenset(("parameters",)), draws=5200), horizon=2022)
    told: list[int] = []
    one = error_budget(plan, ("gdp_growth",), (2022,), progress=told.append)
    assert told == [5120, 80]
    assert error_budget(replace(plan, workers=2), ("gdp_growth",), (2022,)) == one


def test_what_is_printed_and_written(
    made: tuple[Plan, Budget], capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    plan, _ = made
    targets = evaluated(plan, 0)
    first = next(t for t in targets if t.reading_of is None)
    shares = [0.0, 0.312, 0.553, 0.0, 0.0, 0.0, 0.135]
    shifts = [(0.0, 0.0), (0.047, 0.01), (-0.12, 0.01), (0.0, 0.0), (0.0, 0.0), (0.0, 0.0)]
    budget = Budget(
        1000,
        ("facts", "parameters", "shocks"),
        tuple(Share("gdp", 2030, s, v, 0.01) for s, v in zip((*SOURCES, INTERACTION), shares, strict=True)),
        tuple(Shift(first.id, s, 0.4, 0.4 + v, v, e) for s, (v, e) in zip(SOURCES, shifts, strict=True)),
    )
    print_budget(budget, targets, "zh")
    lines = capsys.readouterr().out.splitlines()
    (row,) = [line.split() for line in lines if " 2030 " in line]
    assert row[1:] == ["2030", "0", "31", "55", "—", "—", "—", "14"]
    (row,) = [line.split() for line in lines if line.startswith(first.label.zh)]
    assert row[1:] == ["2025", "40%", "0", "+5", "−12", "—", "—", "—"]
    write_budget(tmp_path, budget)
    with (tmp_path / "error_budget.csv").open(encoding="utf-8-sig", newline="") as stream:
        written = list(csv.DictReader(stream))
    assert tuple(written[0]) == HEADER
    assert len(written) == 13
    assert [float(r["value"]) for r in written[:7]] == shares
    assert (written[8]["id"], written[8]["source"], written[8]["probability"]) == (first.id, "parameters", "0.4")
    print_budget(budget, targets, "en")
    english = capsys.readouterr().out
    assert "Variance explained" in english
    assert not any("\u4e00" <= character <= "\u9fff" for character in english)
