"""Problems, their order and words; the nearest name."""

from __future__ import annotations

import pickle

import pytest

from sim.errors import InputError, Problem, SimError, nearest, unknown_name
from sim.language import LANGUAGES, Text

WRONG = Text("错了", "wrong")


@pytest.mark.parametrize(
    ("problem", "shown"),
    [
        (Problem("a.yaml", 3, 7, "levers.x", WRONG), "a.yaml:3:7: levers.x: 错了"),
        (Problem("a.yaml", None, None, "", WRONG), "a.yaml: 错了"),
        (Problem(None, None, None, "--horizon", WRONG), "--horizon: 错了"),
        (Problem("a.yaml", 3, None, "x", WRONG), "a.yaml:3: x: 错了"),
        (Problem(None, None, None, "", WRONG), "错了"),
    ],
)
def test_a_problem_shows_the_parts_that_are_known(problem: Problem, shown: str) -> None:
    assert problem.show("zh") == shown
    assert problem.show("en") == shown.replace("错了", "wrong")


def test_problems_are_sorted_by_place_and_each_is_shown_once() -> None:
    late = Problem("a.yaml", 10, 1, "b", WRONG)
    early = Problem("a.yaml", 9, 5, "c", WRONG)
    other = Problem("A.yaml", 99, 1, "d", WRONG)
    error = InputError([late, early, other, late])
    assert error.problems == (other, early, late)
    assert error.show("en").splitlines() == [
        "A.yaml:99:1: d: wrong",
        "a.yaml:9:5: c: wrong",
        "a.yaml:10:1: b: wrong",
    ]
    assert isinstance(error, SimError)


def test_a_line_break_in_a_value_does_not_break_the_line_of_the_problem() -> None:
    problem = Problem("a.yaml", 1, 1, "x\ny", Text("第一行\n第二行", "one\ntwo"))
    assert problem.show("zh") == "a.yaml:1:1: x y: 第一行 第二行"


def test_an_error_crosses_a_process_boundary() -> None:
    error = InputError(Problem("a.yaml", 3, 7, "x", WRONG))
    assert pickle.loads(pickle.dumps(error)).problems == error.problems


@pytest.mark.parametrize(
    ("written", "expected"),
    [("rd_intensty", "rd_intensity"), ("RD_Intensity", "rd_intensity"), ("", None), ("海洋", None)],
)
def test_nearest_name(written: str, expected: str | None) -> None:
    assert nearest(written, ["rd_intensity", "fdi_growth"]) == expected


def test_unknown_name_suggests_and_lists() -> None:
    text = unknown_name("fdi_grwth", ["rd_intensity", "fdi_growth"])
    assert text.zh == "未知的名称“fdi_grwth”，您是否想写“fdi_growth”？可用：fdi_growth、rd_intensity"
    assert text.en == 'unknown name "fdi_grwth", did you mean "fdi_growth"? Available: fdi_growth, rd_intensity'


def test_unknown_name_without_anything_near_or_available() -> None:
    assert unknown_name("zzz", ["abc"]).zh == "未知的名称“zzz”。可用：abc"
    assert unknown_name("zzz", []).en == 'unknown name "zzz". Available: (none)'


def test_text_is_picked_by_language_and_no_other_language_is_invented() -> None:
    assert [WRONG.pick(lang) for lang in LANGUAGES] == ["错了", "wrong"]
    with pytest.raises(ValueError, match="fr"):
        WRONG.pick("fr")


def test_a_word_of_a_name_stands_for_it() -> None:
    allowed = ["fdi_growth", "trade_growth", "services_investment_share", "investment_growth"]
    assert nearest("fdi", allowed) == "fdi_growth"
    assert nearest("INVESTMENT", allowed) == "investment_growth"
    assert nearest("fd", allowed) is None
