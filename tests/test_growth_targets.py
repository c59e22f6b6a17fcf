"""Annual growth targets: reading them, the two readings of 左右, probabilities scored, shares met before."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import numpy as np
import pytest
from scipy.special import ndtri

from sim.errors import InputError, SimError
from sim.hindcast.growth_targets import dressed_random_walk, from_quantiles, met, probability, score_targets
from sim.hindcast.second_opinion import falling, targets_met
from sim.hindcast.target_table import HEADER, TargetTable, read_targets
from sim.randomness import Array
from sim.second_opinion.table import share_at
from tests.panel_cases import TARGETS, needs_provinces

Row = dict[str, str]


def rows() -> list[Row]:
    """Two regions and two years; row 2 of the file is 乙 2002."""
    lines = ("乙,2002,9,8,around,8.5,1", "甲,2002,10,9,at_least,8.5,0", "甲,2001,9,10,,10,1.0", "乙,2001,8,8,range,,")
    return [dict(zip(HEADER, line.split(","), strict=True)) for line in lines]


def write(folder: Path, lines: list[Row]) -> Path:
    path = folder / "targets.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(lines[0]))
        writer.writeheader()
        writer.writerows(lines)
    return path


def made(*cases: tuple[int, float, float, float], word: str = "around") -> TargetTable:
    """Cases (year, growth before, target, outcome), each of a region of its own."""
    numbers = [np.array([case[part] for case in cases]) for part in (1, 2, 3)]
    regions = tuple(f"r{place}" for place in range(len(cases)))
    words = (word,) * len(cases)
    return TargetTable(regions, tuple(case[0] for case in cases), numbers[0], numbers[1], words, numbers[2])


def test_targets_are_read_in_the_order_of_time(tmp_path: Path) -> None:
    table = read_targets(write(tmp_path, rows()))
    assert list(zip(table.years, table.regions, strict=True)) == [
        (2001, "乙"),
        (2001, "甲"),
        (2002, "乙"),
        (2002, "甲"),
    ]
    assert table.qualifier == ("range", "", "around", "at_least")
    assert table.outcome == pytest.approx([np.nan, 10.0, 8.5, 8.5], nan_ok=True)
    assert table.target_of("甲", 2002) == 9.0
    assert math.isnan(table.target_of("甲", 2003))
    assert table.up_to(2001).regions == ("乙", "甲")


CELLS = (
    ("baseline_value", "", "expected growth in percent"),
    ("target_value", "8左右", "expected growth in percent"),
    ("outcome_value", "108.5", "write an index of 109.8 as 9.8"),
    ("qualifier", "arround", 'did you mean "around"?'),
    ("met", "yes", "expected 1, 0 or nothing"),
    ("met", "0", "contradicts the outcome 8.5 against the target 8"),
    ("outcome_value", "", "given without an outcome"),
    ("year", "2002-03", "expected a year of four digits"),
    ("region", "甲", "甲 2002 repeats row 2"),
)


@pytest.mark.parametrize(("column", "cell", "said"), CELLS)
def test_a_wrong_cell_is_named_with_its_row(tmp_path: Path, column: str, cell: str, said: str) -> None:
    lines = rows()
    lines[0][column] = cell
    with pytest.raises(InputError) as caught:
        read_targets(write(tmp_path, lines))
    (problem,) = caught.value.problems
    assert said in problem.text.en
    if column != "region":  # a repetition is found where the second row stands
        assert (problem.line, problem.key) in ((2, column), (2, "met"))


def test_all_mistakes_of_the_file_come_together(tmp_path: Path) -> None:
    lines = rows()
    lines[1]["target_value"] = "x"
    lines[3] |= {"year": "", "qualifier": "?"}
    with pytest.raises(InputError) as caught:
        read_targets(write(tmp_path, lines))
    assert [(problem.line, problem.key) for problem in caught.value.problems] == [(3, "target_value"), (5, "year")]
    with pytest.raises(InputError, match="缺少这一列"):
        read_targets(write(tmp_path, [{"region": "甲", "year": "2001"}]))


def test_both_readings_of_around() -> None:
    """8左右: 7.5 and 8.5 are within the band, 7.4 and 8.6 are not; one-sided only 7.4 misses; exactly, 7.5 as well."""
    outcomes = (7.4, 7.5, 8.0, 8.5, 8.6)
    table = made(*((2001, 8.0, 8.0, outcome) for outcome in outcomes))
    assert met(table, "exactly").tolist() == [0, 0, 1, 1, 1]
    assert met(table, "one_sided").tolist() == [0, 1, 1, 1, 1]
    assert met(table, "band").tolist() == [0, 1, 1, 1, 0]
    assert met(table, "band", tolerance=1.0).tolist() == [1, 1, 1, 1, 1]
    firm = made(*((2001, 8.0, 8.0, outcome) for outcome in outcomes), word="at_least")
    assert met(firm, "band").tolist() == [0, 0, 1, 1, 1], "8以上 has one reading"
    with pytest.raises(SimError, match="one of exactly, one_sided, band"):
        met(table, "loosely")


def test_probabilities_from_quantiles_by_hand() -> None:
    """Growth N(8, 1): P(>= 8) = 0.5, P(>= 7.5) = 0.6915, P(7.5 to 8.5) = 0.3829; far above all quantiles 0.005."""
    table = made((2001, 8.0, 8.0, 8.0), (2001, 8.0, 20.0, 8.0))
    below = from_quantiles(np.tile(8.0 + ndtri(np.arange(1, 100) / 100), (2, 1)))
    assert probability(below, table, "exactly") == pytest.approx([0.5, 0.005], abs=1e-9)
    assert probability(below, table, "one_sided")[0] == pytest.approx(0.6915, abs=1e-3)
    assert probability(below, table, "band") == pytest.approx([0.3829, 0.0], abs=1e-3)


def test_the_dressed_random_walk_knows_only_errors_of_earlier_years() -> None:
    """Errors 1, -1, 2 in 2001–2003: root mean square sqrt 2. In 2004, one such error below last growth: Phi(1)."""
    years = ((2001, 8.0, 8.0, 9.0), (2002, 9.0, 8.0, 8.0), (2003, 8.0, 8.0, 10.0))
    last = (2004, 10.0, 10.0 - math.sqrt(2.0), 3.0)
    chance = probability(dressed_random_walk(made(*years, last)), made(*years, last), "exactly")
    assert np.isnan(chance[:3]).all(), "fewer than three earlier years show no spread"
    assert chance[3] == pytest.approx(0.8413, abs=1e-4)


def test_scores_of_probabilities_of_meeting_targets() -> None:
    """Met, met, missed; 0.9, 0.6, 0.2 against always one half: (0.01 + 0.16 + 0.04) / 3 against 0.25."""
    table = made((2001, 8.0, 8.0, 9.0), (2002, 8.0, 8.0, 9.0), (2003, 8.0, 8.0, 5.0), (2004, 8.0, 8.0, np.nan))
    chance: Array = np.array([0.9, 0.6, 0.2, 0.5])
    found = score_targets("us", table, chance, np.full(4, 0.5), "exactly")
    assert (found.brier, found.reference) == pytest.approx((0.07, 0.25))
    assert (found.cases, found.years) == (3, 3)
    assert [line.cases for line in found.bins] == [1, 1, 1]
    # Drawn anew, all three years are the best (0.01) or the worst (0.16) with a chance of 1/27 each, less than 5 %;
    # next come one middle and two best (0.02) and one middle, two worst (0.12).
    assert found.low == pytest.approx(0.02 / 0.25)
    assert found.high == pytest.approx(0.12 / 0.25)
    with pytest.raises(SimError, match="no growth target with a probability"):
        score_targets("us", table, np.full(4, np.nan), np.full(4, 0.5), "exactly")


def test_shares_met_by_distance_from_last_growth() -> None:
    """Half a point below last growth: met in 2001, 2002 and missed in 2003; at last growth: met; 2 above: missed."""
    near = [(2001, 8.5, 8.0, 8.0), (2002, 8.5, 8.0, 9.0), (2003, 8.5, 8.0, 7.0)]
    table = made(*near, (2001, 8.0, 8.0, 8.0), (2002, 8.0, 10.0, 9.0), (2004, 8.0, 10.0, 12.0))
    found = targets_met(table, 2003)
    assert [(line.low, line.high, line.cases) for line in found] == [(-1.0, 0.0, 3), (0.0, 1.0, 1), (1.0, np.inf, 1)]
    assert [line.seen for line in found] == pytest.approx([2 / 3, 1.0, 0.0])
    # A target at last growth was met more often than an easier one, by chance: both get 3 of 4.
    assert [line.share for line in found] == pytest.approx([0.75, 0.75, 0.0])
    assert [line.distance for line in found] == pytest.approx([-0.5, 0.0, 2.0])
    assert [line.effective_years for line in found] == pytest.approx([3.0, 1.0, 1.0])
    # Three single years: sqrt(3/2 x (1/9 + 1/9 + 4/9)) / 3 = 1/3; one year: share (1 + 1/2) / 2, sqrt(3/16).
    assert [line.standard_error for line in found] == pytest.approx([1 / 3, math.sqrt(3 / 16), math.sqrt(3 / 16)])
    assert targets_met(table, 2004)[2].seen == pytest.approx(0.5), "a later cut-off knows the outcome of 2004"
    with pytest.raises(SimError, match="no growth target with an outcome up to 1999"):
        targets_met(table, 1999)


def test_a_falling_sequence() -> None:
    assert falling([0.9, 0.5, 0.7, 0.1], [1, 1, 3, 1]).tolist() == pytest.approx([0.9, 0.65, 0.65, 0.1])
    assert falling([0.1, 0.2, 0.6], [1, 1, 2]).tolist() == pytest.approx([0.375] * 3)


def test_the_line_for_a_distance() -> None:
    table = targets_met(made((2001, 8.5, 8.0, 8.0), (2001, 8.0, 8.0, 8.0), (2001, 8.0, 11.0, 8.0)), 2001)
    assert share_at(table, -0.01).low == -1.0
    assert share_at(table, 0.0).low == 0.0
    assert share_at(table, 7.0).low == 1.0
    assert share_at(table, -4.0).low == -1.0, "no case so far below: the nearest line"


@needs_provinces
def test_the_provinces_missed_targets_together() -> None:
    """`met` of the file is at or above the target; up to 2010 about the 84 % that ../shared/data/README.md gives."""
    table = read_targets(TARGETS)
    early = table.up_to(2010)
    assert met(early, "exactly").mean() == pytest.approx(0.84, abs=0.06)
    assert len(table.years) == 187
