"""YAML against models: every mistake at once, in words that help, and InputError alone for any input."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field, field_validator

from sim.errors import InputError
from sim.reading.source import StrictModel, WrongValue, load, read, validate


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(text: str | bytes) -> Path:
    path = Path("file.yaml")
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


class Part(StrictModel):
    kind: Literal["low", "high"]
    size: float = Field(ge=0, le=10)

    @field_validator("size")
    @classmethod
    def _not_seven(cls, size: float) -> float:
        if size == 7:
            raise WrongValue("不能是 7", "not 7")
        return size


class Whole(StrictModel):
    name: str
    year: int = Field(ge=2021)
    parts: list[Part] = []
    ranges: dict[str, float | list[float]] = {}
    flag: bool = False
    share: Annotated[float | None, Field(gt=0)] = None


def problems(text: str, lang: str = "zh") -> list[str]:
    with pytest.raises(InputError) as caught:
        load(write(text), Whole)
    return caught.value.show(lang).splitlines()


def test_a_right_file_becomes_a_model() -> None:
    whole = validate(read(write("name: 海\nyear: 2025\nparts: [{kind: low, size: 3}]\nranges: {a: [1, 2]}\n")), Whole)
    assert whole == Whole(name="海", year=2025, parts=[Part(kind="low", size=3)], ranges={"a": [1, 2]})


def test_all_problems_of_a_model_at_once_with_places_in_both_languages() -> None:
    text = (
        "nam: x\nyear: '2025'\nparts:\n  - {kind: lo, size: 7}\n  - {kind: low, size: -1, siz: 3}\n"
        "  - {kind: low}\n"
        "ranges: {a: ２}\nflag: yes\nname2: 010\n"
    )
    expected = [
        ("1:1", "您是否想写“name”", 'did you mean "name"'),
        ("2:7", "去掉引号", "leave out the quotes"),
        ("4:12", "low, high", "got text"),
        ("4:22", "不能是 7", "not 7"),
        ("5:23", "不小于 0，现为-1", "at least 0"),
        ("5:27", "您是否想写“size”", 'did you mean "size"'),
        ("6:5", "缺少", "missing"),
        ("7:13", "请改为半角：2", "write 2"),
        ("8:7", "true 或 false", "true or false"),
        ("9:1", "未知的键", "unknown key"),
        ("9:8", "以 0 开头", "starts with 0"),
    ]
    for lang, words in (("zh", 1), ("en", 2)):
        lines = problems(text, lang)
        assert [line.split(": ")[0] for line in lines] == [f"file.yaml:{row[0]}" for row in expected]
        missing = [(row, line) for row, line in zip(expected, lines, strict=True) if row[words] not in line]
        assert not missing


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("true", "现为true"),
        ("abc", "文字“abc”"),
        ("1.5", "现为1.5"),
        ("[1]", "列表（1 项）"),
        ("", "没有写值"),
    ],
)
def test_what_was_got_is_said(value: str, words: str) -> None:
    (line,) = problems(f"name: x\nyear: {value}\n")
    assert line.startswith("file.yaml:2:")
    assert "整数" in line
    assert words in line


def test_the_branches_of_a_union_make_one_sentence() -> None:
    (line,) = problems("name: x\nyear: 2025\nranges: {a: {b: 1}}\n")
    assert line == "file.yaml:3:13: ranges.a: 应为数值或列表，现为若干“键: 值”"


def test_a_file_that_is_a_list_or_swallowed_by_a_wide_colon() -> None:
    assert "键: 值" in problems("- 1\n")[0]
    assert "全角冒号" in problems("name：x\n")[0]


def test_a_stand_in_value_is_reported_once() -> None:
    (line,) = problems("name: x\nyear: .nan\n")
    assert line.startswith("file.yaml:2:7: year: ")


def lines_of_problems(text: str | bytes) -> tuple[int, int]:
    """Lines shown and problems held for a file that may be right (0, 0) or wrong; any other error fails."""
    try:
        load(write(text), Whole)
    except InputError as error:
        return len(error.show("en").splitlines()), len(error.problems)
    return 0, 0


@given(st.binary(max_size=200))
def test_random_bytes_never_raise_anything_else(content: bytes) -> None:
    lines, held = lines_of_problems(content)
    assert lines == held


FRAGMENTS = [
    "a",
    ": ",
    "- ",
    "\n",
    "  ",
    "[",
    "]",
    "{",
    "}",
    ",",
    "&x ",
    "*x",
    "!!int ",
    "!t ",
    "'",
    '"',
    "|",
    ">",
    "?",
    "010",
    ".nan",
    "：",
    "\t",
    "%YAML 1.",
    "---\n",
    "...",
    "<<: ",
    "\\U",
    "FFFF",
    "#",
    "１",
    "\x85",
    "~",
    "name",
    "year: 2025",
    "1e999",
    "\ufeff",
    "\u2028",
]


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=25).map("".join))
def test_random_yaml_never_raises_anything_else(text: str) -> None:
    lines, held = lines_of_problems(text)
    assert lines == held
