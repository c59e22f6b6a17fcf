"""The usual mistakes of a newcomer and the traps of YAML: each gives one message, at its place, with what to write."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sim.errors import InputError
from tests.scenario_files import CELLS, enter_project, load, scenario, write
from tests.scenario_traps import TRAPS


@pytest.fixture(autouse=True)
def in_a_project_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    enter_project(tmp_path, monkeypatch)


LABELS = {
    "渔业": "fishery",
    "涉海制造业": "manufacturing_marine",
    "其他服务业": "services_other",
    "地区生产总值（现价）": "gdp",
    "海洋经济增加值占比": "marine_share",
}


def told(text: str | bytes, lang: str = "zh") -> list[str]:
    """The messages about a scenario file."""
    Path("scenarios/test.yaml").write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    with pytest.raises(InputError) as caught:
        load("test", labels=LABELS)
    return caught.value.show(lang).splitlines()


@pytest.mark.parametrize(("text", "place", "zh", "en"), TRAPS.values(), ids=list(TRAPS))
def test_a_mistake_gives_one_message_that_says_what_to_write(text: str, place: str, zh: str, en: str) -> None:
    write("scenarios/base.yaml", "label: 底稿\n")
    write("scenarios/other.yaml", "levers: {}\n")
    for lang, words in (("zh", zh), ("en", en)):
        (line,) = told(text, lang)
        assert line.startswith(f"scenarios/test.yaml:{place}: "), line
        assert words in line, line


NESTED = "\n".join(" " * depth + "a:" for depth in range(500))
LAUGHS = "\n".join(
    ["levers:", "  fdi_growth: &l0 [1, 1, 1, 1, 1, 1, 1, 1, 1]"]
    + [f"  l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 30)]
)
FILES: dict[str, tuple[str | bytes, str]] = {
    "empty": (b"", "文件是空的"),
    "only a remark": ("\n# 注\n", "至少写一行"),
    "binary": (bytes(range(256)), "二进制"),
    "Excel": (b"PK\x03\x04rest", "Excel"),
    "GBK": ("label: 港口\nlevers: {}\n".encode("gbk"), "另存为 UTF-8"),
    "UTF-16": ("label: 港口\nlevers: {}\n".encode("utf-16"), "另存为 UTF-8"),
    "500 levels of brackets": ("a: " + "[" * 500 + "]" * 500, "50 层"),
    "500 levels of keys": (NESTED, "50 层"),
    "500 levels of dashes": ("\n".join("- " * depth + "a" for depth in range(1, 500)), "50 层"),
    "laughs": (LAUGHS, "锚点"),
    "itself": ("levers: &a {fdi_growth: *a}\n", "自身"),
}


@pytest.mark.parametrize(("content", "words"), FILES.values(), ids=list(FILES))
def test_a_file_that_is_none_gives_one_message(content: str | bytes, words: str) -> None:
    (line,) = told(content)
    assert line.startswith("scenarios/test.yaml")
    assert words in line


def test_what_only_looks_like_a_trap() -> None:
    text = "\ufefflabel: yes\r\nquestion: 12:30 前后，30% 与“no”\r\nlevers:\r\n  fdi_growth:\t1e-3 \r\n"
    found = scenario(text + "  new_jobs: &a 1\r\n  rd_intensity: *a\r\n")
    assert (found.label.zh, found.question) == ("yes", "12:30 前后，30% 与“no”")
    assert [path.low[0] for path in found.levers.values()] == [0.001, 1.0, 1.0]
    assert scenario(json.dumps({"levers": {"fdi_growth": 3}})).levers["fdi_growth"].low[0] == 3.0
    assert scenario("---\nlevers:\nworld:\n...\n").levers == {}


def test_a_file_of_50_mb_is_refused_by_its_size() -> None:
    with open("scenarios/test.yaml", "wb") as stream:
        stream.truncate(50_000_000)
    with pytest.raises(InputError, match=r"test.yaml: 文件超过 2 MB（50 MB），不予读取"):
        load("test")


def test_folders_and_names_without_their_ending() -> None:
    Path("folder.yaml").mkdir()
    write("mine.yaml", "levers: {}\n")
    for reference, words in (
        ("folder.yaml", "这是文件夹"), (".", "这是文件夹"), ("mine", "要写后缀：mine.yaml"),
        ("min.yaml", "您是否想写“mine.yaml”"), ("a\0b", "未知的名称"), ("x" * 5000, "…”"),
    ):  # fmt: skip
        with pytest.raises(InputError) as caught:
            load(reference)
        assert len(caught.value.problems) == 1
        assert words in caught.value.show("zh")


def test_500_levels_of_parents_are_refused_once() -> None:
    for depth in range(500):
        write(f"scenarios/p{depth}.yaml", f"extends: [p{depth + 1}, p{depth + 2}]\nlevers: {{}}\n")
    (line,) = told("extends: p0\n")
    assert "继承超过 20 层" in line
    assert "合并成一个文件" in line


def test_a_long_circle_is_named_whole() -> None:
    for name, parent in (("a", "b"), ("b", "c"), ("c", "a")):
        write(f"scenarios/{name}.yaml", f"extends: {parent}\n")
    (line,) = told("extends: a\n")
    assert line.startswith("scenarios/c.yaml:1:10: extends: 继承成环：a → b → c → a")


def test_thousands_of_mistakes_are_counted_and_cut() -> None:
    lines = told("levers:\n" + "".join(f"  k{number}: 1\n" for number in range(3000)))
    assert len(lines) == 201
    assert "共 3000 处错误，先列出 200 处" in lines[0]
    assert lines[1].startswith("scenarios/test.yaml:2:3: levers.k0")


def test_cells_are_those_of_the_region() -> None:
    assert CELLS == ("fishery", "manufacturing_marine", "services_other")  # what the table of traps counts on
