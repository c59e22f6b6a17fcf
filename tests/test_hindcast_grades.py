"""The record on disk, and the grades made from it: figures worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sim.errors import InputError
from sim.experiment.model_error import read_model_error
from sim.hindcast.board import MODEL, forecasts_at, rival_forecasters, year_scores
from sim.hindcast.grades import grades, with_grades
from sim.hindcast.record import YearScore, committed, merged, read_rows, scored_under_lock, write_rows
from sim.hindcast.target_table import read_targets
from sim.panel import read_panel
from tests.hindcast_cases import row, two_years
from tests.panel_cases import PROVINCES, TARGETS, needs_provinces

PROJECT = Path(__file__).resolve().parents[1]


# — The record —


def test_a_record_is_read_as_it_was_written(tmp_path: Path) -> None:
    rows = two_years()
    write_rows(tmp_path / "record" / "scores.csv", rows, YearScore)
    assert read_rows(tmp_path / "record" / "scores.csv", YearScore) == tuple(rows)
    assert [path.name for path in (tmp_path / "record").iterdir()] == ["scores.csv"]


def test_origins_are_replaced_whole() -> None:
    new = [row("past_drift", 2006, 9.0, 9.0)]
    found = merged(two_years(), new)
    assert [(r.forecaster, r.origin) for r in found] == [
        (MODEL, 2005), ("persistence", 2005), ("flexible", 2005), ("past_drift", 2006)
    ]  # fmt: skip


def test_what_was_scored_under_a_lock(tmp_path: Path) -> None:
    path = tmp_path / "scores.csv"
    assert scored_under_lock(path, (2010,), YearScore) == []
    write_rows(path, [row(MODEL, 2009, 1, 1), row(MODEL, 2010, 1, 1, locked="abc1234")], YearScore)
    assert scored_under_lock(path, (2009, 2010, 2011), YearScore) == [2010]


@pytest.mark.parametrize(("text", "place"), [("a,b\n1,2\n", ":1"), ("", ":1")])
def test_a_damaged_record_is_refused(text: str, place: str, tmp_path: Path) -> None:
    path = tmp_path / "scores.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_rows(path, YearScore)
    assert f"scores.csv{place}" in caught.value.show("zh")


def test_a_row_that_cannot_be_read_has_a_place(tmp_path: Path) -> None:
    path = tmp_path / "scores.csv"
    write_rows(path, [row(MODEL, 2009, 1.0, 1.0)], YearScore)
    path.write_text(path.read_text(encoding="utf-8-sig").replace("2009", "20x9"), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_rows(path, YearScore)
    assert "scores.csv:2" in caught.value.show("en")


# — Grades —


@pytest.mark.parametrize(
    ("model", "rival", "inside", "grade"),
    [
        (1.0, 2.0, 9, "A"),
        (1.0, 2.0, 10, "C"),  # 100 % inside: too wide for either
        (1.0, 1.0, 9, "B"),
        (1.0, 0.96, 9, "B"),  # a ratio of 1.04
        (1.0, 0.9, 9, "C"),  # of 1.11
        (1.0, 2.0, 8, "B"),  # better, but 80 % inside
        (1.0, 2.0, 7, "C"),
    ],
)
def test_the_rule_of_the_grades(model: float, rival: float, inside: int, grade: str) -> None:
    years = range(2005, 2009)
    rows = [row(MODEL, y, model, model, inside_90=inside) for y in years]
    rows += [row("persistence", y, rival, model) for y in years]
    (found,) = grades(rows)
    assert (found.family, found.grade) == ("growth_annual", grade)


def test_the_best_grade_needs_three_independent_years() -> None:
    rows = [row(MODEL, y, 1.0, 1.0, inside_90=9) for y in (2005, 2006)]
    (found,) = grades([*rows, *(row("persistence", y, 2.0, 1.0) for y in (2005, 2006))])
    assert found.grade == "B"


def test_one_year_proves_nothing() -> None:
    (found,) = grades([row(MODEL, 2005, 1.0, 1.0), row("persistence", 2005, 2.0, 1.0)])
    assert found.grade == "C"


def test_bias_and_scale_by_hand() -> None:
    # Errors of +1 and -0.5 on average, mean squares 5 and 1.25: mean 0.25, mean square 3.125.
    rows = [row(MODEL, 2005, 1.0, 1.0, error=1.0, square=5.0), row(MODEL, 2006, 1.0, 1.0, error=-0.5, square=1.25)]
    (found,) = grades([*rows, *(row("persistence", y, 2.0, 1.0) for y in (2005, 2006))])
    assert found.scale == pytest.approx((3.125 - 0.0625) ** 0.5)
    # Two years drawn anew: the mean is 1, 0.25 or -0.5 with 1/4, 1/2, 1/4, standard deviation 0.75 / sqrt(2).
    assert found.bias == pytest.approx(0.530, abs=0.02)
    # CRPS alike in both years: worth 2 years, so 1.75 is off by at least 1.75 / sqrt(4). The years drawn anew give
    # sqrt(5 - 1) = 2 and sqrt(1.25 - 0.25) = 1 at the ends, which is less either way.
    assert (found.scale_low, found.scale_high) == pytest.approx((1.75 / 2, 1.75 * 1.5))
    assert (found.n, found.first, found.last) == (20, 2005, 2007)


def test_shares_take_the_worse_of_two() -> None:
    rows = []
    for variable, rival in (("secondary_share", 2.0), ("tertiary_share", 0.5)):
        for y in (2005, 2006):
            rows.append(row(MODEL, y, 1.0, 1.0, variable=variable))
            rows.append(row("flexible", y, rival, 1.0, variable=variable))
    (found,) = grades(rows)
    assert (found.family, found.grade, found.ratio_high, found.n) == ("shares", "C", 2.0, 40)
    assert grades([one for one in rows if one.variable == "secondary_share"]) == ()


def test_grades_are_written_into_the_file(tmp_path: Path) -> None:
    source = PROJECT / "calibration" / "model_error.yaml"
    before = source.read_text(encoding="utf-8")
    (found,) = grades([*two_years(), *(replace(r, origin=r.origin + 2) for r in two_years())])
    text = with_grades(before, [found], "model_error.yaml")
    path = tmp_path / "model_error.yaml"
    path.write_text(text, encoding="utf-8")
    line = read_model_error(path).allowance("gdp_growth", 1)
    assert (line.grade, line.basis) == ("B", "hindcast")
    changed = [(a, b) for a, b in zip(before.splitlines(), text.splitlines(), strict=True) if a != b]
    assert len(changed) == 1
    assert "date: 2009-12" in changed[0][1]  # origin 2008, one year
    assert with_grades(text, [found], "model_error.yaml") == text


def test_a_line_that_is_not_there_is_said() -> None:
    (found,) = grades(two_years())
    with pytest.raises(InputError) as caught:
        with_grades("families:\n  shares:\n    horizons: []\n", [found], "m.yaml")
    assert "growth_annual" in caught.value.show("zh")


# — The committed record —


@needs_provinces
def test_the_committed_scores_are_those_of_the_panel() -> None:
    """The rivals at one origin, made anew; the model takes minutes."""
    panel, found = read_panel(PROVINCES), rival_forecasters(read_targets(TARGETS))
    forecasters = [rival for rival, _ in found]
    made = forecasts_at(panel, 2006, 5, forecasters)
    fresh = year_scores(made, {rival.name: rival.name for rival in forecasters}, panel, 2006, (1, 3, 5))
    kept = {(r.forecaster, r.variable, r.horizon): r for r in committed_scores() if r.origin == 2006}
    for one in fresh:
        stored = kept[one.forecaster, one.variable, one.horizon]
        assert one.crps == pytest.approx(stored.crps, rel=1e-6)
        assert (one.inside_90, one.pit) == (stored.inside_90, stored.pit)


def test_the_committed_scores_cover_every_origin_alike() -> None:
    rows = committed_scores()
    model = {(row.origin, row.variable, row.horizon) for row in rows if row.forecaster == MODEL}
    assert {(2004, "gdp_growth_cumulative", 5), (2009, "tertiary_share", 5)} <= model
    for name in ("persistence", "random_walk", "flexible", "model_linearised", "without_prices"):
        assert {(row.origin, row.variable, row.horizon) for row in rows if row.forecaster == name} == model
    assert all(row.locked for row in rows if row.origin >= 2010)


def committed_scores() -> tuple[YearScore, ...]:
    return read_rows(committed("scores.csv"), YearScore)
