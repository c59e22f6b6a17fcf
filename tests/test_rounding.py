"""The rounding table: hand-worked intervals, the form of the file, and what a bad table says."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from sim.errors import InputError
from sim.facts.rounding import Interval, interval, read_rounding

TABLE = Path(__file__).resolve().parents[1] / "calibration" / "rounding.yaml"
WORDS = read_rounding(TABLE)


def worked(value: float, decimals: int, word: str) -> Interval:
    return interval(value, decimals, WORDS[word])


def test_every_word_of_the_documents_is_there_and_each_says_why() -> None:
    assert {"exact", "近", "接近", "约", "左右", "以上", "超过", "突破", "预计"} <= set(WORDS)
    for word in WORDS.values():
        assert word.reason.pick("zh")
        assert word.reason.pick("en")
        assert word.low <= word.centre <= word.high


@pytest.mark.parametrize(
    ("value", "decimals", "word", "low", "high", "centre", "sd"),
    [
        # uniform over half a unit either way: sd = unit / sqrt(12)
        (30.0, 0, "exact", 29.5, 30.5, 30.0, 1 / math.sqrt(12)),
        (3721.68, 2, "exact", 3721.675, 3721.685, 3721.68, 0.01 / math.sqrt(12)),
        (0.0, 1, "exact", -0.05, 0.05, 0.0, 0.1 / math.sqrt(12)),
        # triangle from 1400 - 6 % (1316) to its mode 1400: mean (1316 + 2 * 1400) / 3, sd 84 / sqrt(18)
        (1400.0, 0, "近", 1316.0, 1400.0, 1372.0, 84 / math.sqrt(18)),
        # symmetric triangles of half-width w have sd w / sqrt(6)
        (30.0, 0, "左右", 27.75, 32.25, 30.0, 2.25 / math.sqrt(6)),
        (50.0, 0, "约", 47.5, 52.5, 50.0, 2.5 / math.sqrt(6)),
        (43100.0, 0, "预计", 40945.0, 45255.0, 43100.0, 2155 / math.sqrt(6)),
        (9000.0, 0, "超过", 9000.0, 9810.0, 9270.0, 810 / math.sqrt(18)),
        (14.0, 0, "以上", 14.0, 15.26, 14.42, 1.26 / math.sqrt(18)),
        (950.0, 0, "突破", 950.0, 1007.0, 969.0, 57 / math.sqrt(18)),
        # a word never makes a number sharper than its digits: 5 % of 3 is 0.15, half a unit is 0.5
        (3.0, 0, "约", 2.5, 3.5, 3.0, 0.5 / math.sqrt(6)),
        (1.0, 0, "突破", 1.0, 1.5, 1 + 0.5 / 3, 0.5 / math.sqrt(18)),
        # a fall of nearly 5 %: the size is what has not been reached
        (-100.0, 0, "近", -100.0, -94.0, -98.0, 6 / math.sqrt(18)),
    ],
)
def test_hand_worked_intervals(
    value: float, decimals: int, word: str, low: float, high: float, centre: float, sd: float
) -> None:
    found = worked(value, decimals, word)
    assert (found.low, found.high) == pytest.approx((low, high))
    assert (found.centre, found.sd) == pytest.approx((centre, sd))


def test_marine_economy_near_1400_overlaps_its_printed_share_of_gdp() -> None:
    """36.5 % to 37.5 % of 3721.68 is 1358 to 1396, inside what 近1400 leaves open."""
    near = worked(1400.0, 0, "近")
    assert near.low < 0.365 * 3721.68 < 0.375 * 3721.68 < near.high


def test_mode_of_a_triangle_is_the_printed_number() -> None:
    assert worked(1400.0, 0, "近").mode == pytest.approx(1400.0)
    assert worked(9000.0, 0, "超过").mode == pytest.approx(9000.0)
    assert worked(30.0, 0, "exact").mode == pytest.approx(30.0)


@pytest.mark.parametrize(("value", "decimals"), [(math.nan, 0), (math.inf, 0), (1.0, -1)])
def test_what_is_not_a_printed_number_is_refused(value: float, decimals: int) -> None:
    with pytest.raises(ValueError, match="not a printed number"):
        worked(value, decimals, "exact")


WHY = "reason: 无, reason_en: none"
ENTRY = f"{{basis: value, shape: triangular, low: -0.06, high: 0.0, centre: %s, sd: %s, {WHY}}}"
EXACT = f"exact: {{basis: unit, shape: uniform, low: -0.5, high: 0.5, centre: 0.0, sd: 0.2887, {WHY}}}"


def test_a_table_whose_moments_contradict_its_bounds_is_refused_with_the_place(tmp_path: Path) -> None:
    file = tmp_path / "rounding.yaml"
    file.write_text(f"words:\n  {EXACT}\n  近: {ENTRY % ('-0.03', '0.02')}\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_rounding(file)
    assert [(problem.line, problem.key) for problem in caught.value.problems] == [
        (3, "words.近.centre"),
        (3, "words.近.sd"),
    ]


def test_a_table_without_exact_or_with_reversed_bounds_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "rounding.yaml"
    entry = (ENTRY % ("-0.02", "0.0141")).replace("low: -0.06, high: 0.0", "low: 0.06, high: 0.0")
    file.write_text(f"words:\n  近: {entry}\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_rounding(file)
    assert {problem.key for problem in caught.value.problems} == {"words", "words.近.low"}
