"""The proof where the truth is known, in small: ranks, bands, resuming, and a wrong computation that is found out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim.charts.proof import OUTSIDE_COLOUR, draw_proof, proof_figure
from sim.charts.style import INK, overlapping
from sim.conditioning.observations import observations
from sim.conditioning.problem import EVERY, Hypothesis, Problem
from sim.conditioning.proof import (
    AS_DRAWN,
    HEAD,
    OUTLIER,
    SAID,
    Result,
    Trial,
    hopeful,
    judged,
    prove,
    read_results,
    summary_table,
)
from sim.conditioning.ranks import DRAWS, band_of, rank_of, shares, uniformity
from sim.conditioning.service import reporting_errors
from sim.conditioning.synthetic import Synthetic, label_of
from sim.errors import InputError
from sim.language import Text
from sim.posterior.scores import Restriction
from sim.randomness import Array, Draws, generator
from sim.region.reading import read_pack

SEED = 5
MATRIX = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0], [1.0, -1.0], [1.0, 1.0]])
IDS = ("v", "w", "x", "y", "z")
ERROR = 0.1


def unknown(draws: Draws) -> Array:
    return draws.normals("parameters", ["a", "b"], 1)[0]


def linear(cohort: str, region: int, said: float = 1.0) -> Trial:
    """Two unknowns, five facts with an error of 0.1, of which the computation is told `said` times as much."""
    truth = Draws(SEED, region, EVERY, 1)
    noise = ERROR * generator(SEED, "test.noise", region).standard_normal(len(IDS))
    if cohort == OUTLIER:
        noise[4] += 10.0 * ERROR
    facts = Problem(
        lambda draws: MATRIX @ unknown(draws),
        (MATRIX @ unknown(truth))[:, 0] + noise,
        np.full(len(IDS), said * ERROR),
        IDS,
    )
    return Trial(
        facts,
        2021,
        {"a": float(unknown(truth)[0, 0]), "sum": float(unknown(truth).sum())},
        lambda draws: {"a": unknown(draws)[0], "sum": unknown(draws).sum(axis=0)},
        wrong="z" if cohort == OUTLIER else "",
    )


def test_a_rank_counts_the_draws_below() -> None:
    draws = np.array([1.0, 2.0, 2.0, 5.0])
    assert [rank_of(x, draws) for x in (0.0, 1.5, 5.5)] == [0, 1, 4]
    # Two draws equal the truth: it has three places among them, 1, 2 and 3.
    assert [rank_of(2.0, draws, chance) for chance in (0.0, 0.34, 0.99)] == [1, 2, 3]


def test_shares_are_those_at_or_below_each_rank() -> None:
    found = shares(np.array([0, 0, 1, DRAWS]))
    assert (found[0], found[1], found[-1]) == (0.5, 0.75, 0.75)


def test_the_band_holds_its_share_of_uniform_ranks() -> None:
    """400 sets of 50 uniform ranks: about 20 leave the band, 5 standard deviations are 22."""
    chance = generator(3, "test.ranks", 0).integers(0, DRAWS + 1, (400, 50))
    outside = sum(not uniformity(row).inside for row in chance)
    assert 3 <= outside <= 42
    band = band_of(50)
    # One point alone is held more tightly than all together: 1.96 × √(0.25 / 50) at the middle.
    middle = DRAWS // 2
    assert band.high[middle] - 0.5 > 1.96 * np.sqrt(0.25 / 50)
    assert (band.low <= band.points).all()
    assert (band.points <= band.high).all()


def test_uniformity_by_hand() -> None:
    even = uniformity(np.arange(DRAWS + 1))
    assert (even.inside, even.chi_square, even.chi_square_p) == (True, 0.0, 1.0)
    assert even.mean == pytest.approx(0.5)
    assert even.spread == pytest.approx(1.0, abs=1e-3)
    assert even.covered == (0.5, 0.9)
    # All truths below all draws: 20 bins, all of 40 in one: (40 − 2)² / 2 + 19 × 2.
    low = uniformity(np.zeros(40, dtype=int))
    assert (low.inside, low.chi_square, low.covered) == (False, 760.0, (0.0, 0.0))
    assert low.furthest == pytest.approx(1.0 - 1.0 / (DRAWS + 1))
    assert low.p_value < 0.001
    with pytest.raises(ValueError, match="no ranks"):
        uniformity(np.zeros(0, dtype=int))


def test_the_right_computation_stays_in_the_band_and_wrong_errors_leave_it(tmp_path: Path) -> None:
    right = judged(prove(linear, tmp_path / "right", SEED, regions=60))
    assert {name: found.inside for name, found in right.items()} == {"a": True, "sum": True}
    wide = judged(prove(lambda c, i: linear(c, i, 3.0), tmp_path / "wide", SEED, regions=60))
    narrow = judged(prove(lambda c, i: linear(c, i, 1.0 / 3.0), tmp_path / "narrow", SEED, regions=60))
    assert not wide["a"].inside
    assert not narrow["a"].inside
    # Errors too large make posteriors too wide, and the other way round.
    assert wide["a"].spread < 0.6 < 1.0 < 1.4 < narrow["a"].spread
    assert wide["a"].covered[0] > 0.7 > 0.5 > 0.35 > narrow["a"].covered[0]


def test_a_proof_goes_on_where_it_stopped_and_ends_in_the_same_bytes(tmp_path: Path) -> None:
    asked: list[tuple[str, int]] = []

    def noted(cohort: str, region: int) -> Trial:
        asked.append((cohort, region))
        return linear(cohort, region)

    whole, parts = tmp_path / "whole", tmp_path / "parts"
    prove(noted, whole, SEED, regions=5, outliers=2)
    prove(noted, parts, SEED, regions=2)
    asked.clear()
    told: list[str] = []
    prove(noted, parts, SEED, regions=5, outliers=2, told=told.append)
    assert asked == [(AS_DRAWN, 2), (AS_DRAWN, 3), (AS_DRAWN, 4), (OUTLIER, 0), (OUTLIER, 1)]
    assert len(told) == 5
    for name in ("ranks.csv", "summary.csv"):
        assert (whole / name).read_bytes() == (parts / name).read_bytes()
    assert sorted(path.name for path in parts.iterdir()) == ["ranks.csv", "summary.csv"]


def test_a_region_does_not_depend_on_those_before_it(tmp_path: Path) -> None:
    (first, second) = prove(linear, tmp_path / "a", SEED, regions=2)
    (other,) = prove(lambda c, i: linear(c, i + 1), tmp_path / "b", SEED, regions=1)
    assert first.ranks != second.ranks
    assert other.ranks != first.ranks
    assert all(0 <= rank <= DRAWS for one in (first, second, other) for rank in one.ranks.values())


def test_another_seed_is_refused(tmp_path: Path) -> None:
    prove(linear, tmp_path, SEED, regions=1)
    with pytest.raises(InputError, match=r"种子5|seed 5"):
        prove(linear, tmp_path, SEED + 1, regions=1)


def test_a_proof_of_something_else_is_refused(tmp_path: Path) -> None:
    prove(linear, tmp_path, SEED, regions=1, key="one")
    with pytest.raises(InputError, match=r"先验|priors"):
        prove(linear, tmp_path, SEED, regions=1, key="other")


@pytest.mark.parametrize(
    ("old", "new", "line"), [("as_drawn,1,", "as_drawn,one,", 3), ("cohort,", "group,", 1), (",5,", ",x,", 2)]
)
def test_a_damaged_file_is_refused_with_its_line(tmp_path: Path, old: str, new: str, line: int) -> None:
    prove(linear, tmp_path, SEED, regions=2)
    path = tmp_path / "ranks.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        prove(linear, tmp_path, SEED, regions=3)
    assert caught.value.problems[0].line == line


def test_a_wrong_fact_is_named_and_coverage_gives_way_gently(tmp_path: Path) -> None:
    results = prove(linear, tmp_path, SEED, regions=3, outliers=3)
    wrong = [one for one in results if one.cohort == OUTLIER]
    assert len(wrong) == 3
    assert all(one.said["furthest_fact"] == one.said["wrong_fact"] == "z" for one in wrong)
    # Of 10 errors the other four facts leave 1 − 0.4, the leverage of z; noise has 0.8 around that.
    assert all(3.0 < float(one.said["wrong_residual"]) < 9.0 for one in wrong)
    summary = summary_table(results).splitlines()
    assert [line.split(",")[:3] for line in summary[1:]] == [
        ["as_drawn", "a", "3"], ["as_drawn", "sum", "3"], ["outlier", "a", "3"], ["outlier", "sum", "3"],
    ]  # fmt: skip


def test_facts_beyond_the_model_are_a_result_without_ranks(tmp_path: Path) -> None:
    def broken(cohort: str, region: int) -> Trial:
        trial = linear(cohort, region)
        facts = replace(trial.problem, predict=lambda draws: np.full((5, draws.size), np.nan) + 0.0 * unknown(draws)[0])
        return replace(trial, problem=facts)

    (found,) = prove(broken, tmp_path, SEED, regions=1)
    assert (found.refused, found.said["status"], found.said["furthest_fact"]) == (True, "refused", "v")
    assert read_results(tmp_path / "ranks.csv") == (found,)
    assert judged([found]) == {}


def test_histories_that_are_hopeless_are_not_tried() -> None:
    def predict(draws: Draws) -> Array:
        return np.asarray(unknown(draws)[:1] + 9.0 * (draws.uniform("shocks", "event", 1) < 0.5))

    histories = tuple(
        Hypothesis(name, 0.5, (Restriction("shocks", "event", 0, low, low + 0.5),))
        for name, low in (("", 0.5), ("event", 0.0))
    )
    # 0.2 ± 0.5 with 0 or 9 expected: log evidences differ by ½ (8.8² − 0.2²) / 1.25 = 31; 4.4 ± 0.5 by 0.7.
    far = Problem(predict, np.array([0.2]), np.array([0.5]), ("f",), histories)
    near = Problem(predict, np.array([4.4]), np.array([0.5]), ("f",), histories)
    assert [one.name for one in hopeful(far)] == [""]
    assert [one.name for one in hopeful(near)] == ["", "event"]


@pytest.fixture(scope="module")
def alone(project: Path) -> Synthetic:
    """Regions like one that comes with the program, alone in the world, with two years of few reports."""
    pack = replace(read_pack(project / "calibration", "west_coast"), surroundings=None)
    return Synthetic(pack, observations(pack, 2022, reporting_errors(pack))[:6], 2022, 20)


def test_the_truth_of_a_region_is_one_of_its_own_paths(alone: Synthetic) -> None:
    """With the world's history as data the truth's own draws give back its world, its surprises and its reports."""
    trial = alone.trial(AS_DRAWN, 3)
    truth = Draws(alone.seed, 3, EVERY, 1)
    found = trial.problem.predict(truth)[:, 0]
    noise = generator(alone.seed, "proof.reports", 3).standard_normal(6)
    np.testing.assert_allclose((trial.problem.observed - found)[:6] / trial.problem.error[:6], noise, atol=1e-8)
    row = trial.problem.ids.index("world.national_growth.2022")
    assert found[row] == pytest.approx(truth.normal("shocks", "world.national", 3)[2, 0], abs=1e-8)
    assert trial.truth["misfit"] == pytest.approx(float(noise @ noise))


def test_regions_differ_and_are_the_same_again(alone: Synthetic) -> None:
    one, same, other = (alone.trial(AS_DRAWN, i).truth for i in (3, 3, 4))
    assert one == same
    assert one["gdp.2024"] != other["gdp.2024"]


def test_an_outlier_is_one_report_five_errors_off(alone: Synthetic) -> None:
    plain, wrong = (alone.trial(cohort, 2).problem for cohort in (AS_DRAWN, OUTLIER))
    off = (wrong.observed - plain.observed) / plain.error
    assert sorted(off.round(9).tolist()) == [0.0] * (len(off) - 1) + [5.0]
    assert alone.trial(OUTLIER, 2).wrong == plain.ids[int(off.argmax())]


def test_a_region_of_the_model_is_conditioned_and_ranked(alone: Synthetic, tmp_path: Path) -> None:
    with np.errstate(under="ignore"):
        (found,) = prove(alone.trial, tmp_path, 20, regions=1)
    assert not found.refused
    assert set(found.ranks) == set(alone.trial(AS_DRAWN, 0).truth)
    assert all(0 <= rank <= DRAWS for rank in found.ranks.values())
    header = (tmp_path / "ranks.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
    assert tuple(header) == (*HEAD, *found.ranks)


def test_the_figure_shows_what_leaves_the_band() -> None:
    even = list(range(DRAWS + 1))
    figure = proof_figure({"gdp.2024": even, "other": [0] * 40}, {"gdp.2024": Text("生产总值2024", "GDP 2024")})
    colours = [axes.lines[1].get_color() for axes in figure.axes]
    assert colours == [INK, OUTSIDE_COLOUR]
    assert overlapping(figure) == ()
    assert "生产总值2024" in [text.get_text() for text in figure.texts]
    with pytest.raises(ValueError, match="no quantities"):
        proof_figure({}, {})


def test_the_figure_is_made_of_the_regions_as_drawn(tmp_path: Path) -> None:
    said = dict.fromkeys(SAID, "")
    results = [
        Result(AS_DRAWN, i, 1, "", "", said, {"gdp.2024": i, "misfit": 199 - i, "unlabelled": 3}) for i in range(20)
    ]
    paths = draw_proof([*results, Result(OUTLIER, 0, 1, "", "", said, {"population.2024": 3})], tmp_path)
    assert [path.name for path in paths] == ["proof.png", "proof.svg"]
    assert label_of("unlabelled") is None
    assert label_of("gdp.2024") is not None


def test_the_committed_summary_and_page_are_those_of_the_committed_ranks(project: Path) -> None:
    folder = project / "calibration" / "proof"
    results = read_results(folder / "ranks.csv")
    assert (folder / "summary.csv").read_text(encoding="utf-8") == summary_table(results)
    page = (project / "docs" / "proof.md").read_text(encoding="utf-8")
    drawn = [one for one in results if one.cohort == AS_DRAWN]
    assert f"已完成 {len(drawn)} 个地区" in page
    for name, found in judged(results).items():
        label = label_of(name)
        if label is not None:
            inside = "是" if found.inside else "**否**"
            assert f"| {label.zh} | {inside} | {found.p_value:.2f} | {found.mean:.2f} |" in page
