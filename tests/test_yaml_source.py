"""YAML as planners write it: scalars, places, slips of the keyboard, files that are no YAML, models."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import InputError
from sim.reading.source import read, read_tolerant


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(text: str | bytes, name: str = "file.yaml") -> Path:
    path = Path(name)
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def shown(text: str | bytes, lang: str = "zh") -> list[str]:
    with pytest.raises(InputError) as caught:
        read(write(text))
    return caught.value.show(lang).splitlines()


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"),
        ("on", "on"),
        ("y", "y"),
        ("true", True),
        ("FALSE", False),
        ("~", None),
        ("", None),
        ("12:30:00", "12:30:00"),
        ("2022-01-01", "2022-01-01"),
        ("1e-3", 0.001),
        ("-3.", -3.0),
        ("+.5", 0.5),
        ("-7", -7),
        ("0", 0),
        ("'010'", "010"),
        ("!!str 010", "010"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        ("2022", 2022),
        ("０", "０"),
        ("6.02E23", 6.02e23),
        ("1.2.3", "1.2.3"),
        ("=", "="),
    ],
)
def test_scalars(written: str, value: object) -> None:
    data = read(write(f"a: {written}\n")).data
    assert data == {"a": value}
    assert type(data["a"]) is type(value)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("010", "写 10"),
        ("-007", "写 -7"),
        ("00.5", "写 0.5"),
        (".nan", "有限的数值"),
        ("-.inf", "有限的数值"),
        ("1e400", "过大"),
        ("9" * 400, "过大"),
        ("!!python/name:os.system x", "标签"),
        ("!secret x", "!secret"),
        ("!!int abc", "不是数值"),
        ('"\\ud800"', "控制字符"),
        ('"a\\0b"', "控制字符"),
        ("!!binary aGk=", "标签"),
        ("!!timestamp 2022-01-01", "标签"),
        ("!!set {x}", "标签"),
    ],
)
def test_scalars_that_are_refused_are_placed(written: str, words: str) -> None:
    (line,) = shown(f"b: 1\na: {written}\n")
    assert line.startswith("file.yaml:2:4: a: ")
    assert words in line


def test_every_mistake_of_a_file_is_reported_at_once() -> None:
    lines = shown("a: 010\nb: 1\nb: 2\nc: [1, .inf]\n<<: {d: 1}\n? [1]\n: 2\n")
    assert [line.split(": ")[0] for line in lines] == [
        "file.yaml:1:4",
        "file.yaml:3:1",
        "file.yaml:4:8",
        "file.yaml:5:1",
        "file.yaml:6:3",
    ]
    assert "第 2 行" in lines[1]


@pytest.mark.parametrize(
    ("text", "start", "words"),
    [
        ("a: b\nquestion：foo\n", "file.yaml:2:9", "全角冒号"),
        ("rd：1\nb: 2\n", "file.yaml:1:3", "全角冒号"),
        ("a:\n\tb: 1\n", "file.yaml:2:1", "制表符"),
        ("a:\n  b: 1\n　c: 2\n", "file.yaml:3:1", "全角空格"),
        ("a:\n  b: 1\n　c\n", "file.yaml:3:1", "全角空格"),
        ("b: 1\na: 'x\nc: 3\n", "file.yaml:2:4", "引号"),
        ("a: [1, 2\nb: 3\n", "file.yaml:2:2", "括号"),
        ("a: 1\n---\nb: 2\n", "file.yaml:2:1", "一份内容"),
        ("a: %b\n", "file.yaml:1:4", "加引号"),
        ("a: *x\n", "file.yaml:1:4", "锚点"),
        ("a: 1\n  b: 2\n", "file.yaml:2:4", "冒号"),
        ("a: 1\nb: \x07\n", "file.yaml:2:4", "U+0007"),
    ],
)
def test_syntax_errors_name_the_slip_and_its_place(text: str, start: str, words: str) -> None:
    (line,) = shown(text)
    assert line.startswith(start + ": ")
    assert words in line


def test_positions_of_values_keys_and_of_what_is_not_there() -> None:
    source = read(write("name: x\nprojects:\n  - id: a\n    capex: 12\n  - {id: b}\nyears: {2022: 1}\n"))
    assert source.position(("projects", 0, "capex")) == (4, 12)
    assert source.position(("projects", 1, "id")) == (5, 10)
    assert source.position(("years", 2022)) == (6, 15)
    assert source.key_position(("projects", 0, "capex")) == (4, 5)
    assert source.position(("projects", 1, "capex")) == (5, 5)
    assert source.position(()) == (1, 1)


def test_a_byte_order_mark_is_accepted() -> None:
    assert read(write(b"\xef\xbb\xbfname: \xe6\xb5\xb7\n")).data == {"name": "海"}


@pytest.mark.parametrize(
    ("content", "start", "words"),
    [
        ("a: 1\n名称: 海洋\n".encode("gbk"), "file.yaml:2:1: ", "GBK"),
        ("a: 1\n".encode("utf-16"), "file.yaml: ", "UTF-16"),
        (b"a: 1\n\xff\xff\n", "file.yaml:2:1: ", "UTF-8"),
        (b"\x7fELF\0\0\0", "file.yaml: ", "二进制"),
        (b"PK\x03\x04\0\0", "file.yaml: ", "Excel"),
        (b"", "file.yaml: ", "空"),
        (b"# only a comment\n", "file.yaml: ", "空"),
        (b"a: " + b"x" * 2_000_000, "file.yaml: ", "2 MB"),
    ],
)
def test_files_that_are_no_yaml_text(content: bytes, start: str, words: str) -> None:
    (line,) = shown(content)
    assert line.startswith(start)
    assert words in line


def test_nesting_up_to_fifty_levels() -> None:
    assert isinstance(read(write("[" * 49 + "1" + "]" * 49)).data, list)
    assert "50" in shown("[" * 51 + "]" * 51)[0]
    assert "50" in shown("- " * 100_000 + "1")[0]


def test_anchors_work_but_neither_explode_nor_contain_themselves() -> None:
    assert read(write("a: &x [1, 2]\nb: *x\n")).data == {"a": [1, 2], "b": [1, 2]}
    levels = ["l0: &l0 [1, 1, 1, 1, 1, 1, 1, 1, 1]"]
    levels += [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 9)]
    assert "锚点" in shown("\n".join(levels))[-1]
    (line,) = shown("a: &x [*x]\n")
    assert "自身" in line


def test_missing_files_and_folders() -> None:
    write("a: 1\n", "baseline.yaml")
    for name, words in (
        ("baselin.yaml", "baseline.yaml"),
        ("no/such.yaml", "文件夹也不存在"),
        (".", "文件夹"),
    ):
        with pytest.raises(InputError, match=words):
            read(name)
    with pytest.raises(InputError):
        read("x" * 5000)
    with pytest.raises(InputError):
        read("a\0b")


def test_paths_are_shown_relative_below_the_working_folder_and_as_typed_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    path = tmp_path / "sub" / "x.yaml"
    path.write_text("a: 1", encoding="utf-8")
    assert read(path).shown == "sub/x.yaml"
    os.chdir(tmp_path / "sub")
    path.rename(tmp_path / "x.yaml")
    assert read("../x.yaml").shown == "../x.yaml"


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**12), 10**12)
    | st.text("abc海：no", max_size=5)
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("xyz", min_size=1), inner, max_size=3),
    max_leaves=8,
)


@given(VALUES.filter(lambda value: value is not None))
def test_what_json_writes_is_read_back(value: object) -> None:
    source = read_tolerant(write(json.dumps(value, ensure_ascii=False)))
    assert source.data == value
    assert source.problems == ()


def test_the_stock_loader_is_left_alone() -> None:
    read(write("a: no\n"))
    assert yaml.safe_load("a: no") == {"a": False}
