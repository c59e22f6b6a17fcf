"""Quotes, numbers and coverage against texts of documents made for the purpose."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.cli.check.coverage import figures
from sim.cli.documents import Documents, check_quotes, in_hanzi, layout, number_is_printed, numbers_in
from tests.preflight_cases import fact

PLAN = "地区生产总值达到 3721.\n68 亿元，\n\n占全市 30%。30 35个\n新增床位２００张\n"


@pytest.fixture
def documents(tmp_path: Path) -> Documents:
    (tmp_path / "plan.txt").write_text(PLAN, encoding="utf-8")
    return Documents(tmp_path)


def test_quotes_are_found_over_line_breaks_and_without_white_space() -> None:
    text = layout("综合实力\n达到3721.68\n\n亿元，占全市\n达到 3721.68 亿元")
    assert text.lines("达到 3721.68亿元") == (2, 5)
    assert text.lines("占全市比重") == ()
    assert text.lines(" ") == ()
    text = layout(PLAN)
    assert text.lines("达到 3721.68 亿元") == (1,)
    assert text.lines("68亿元") == (2,)


@pytest.mark.parametrize(
    ("word", "number"), [("十五", 15), ("二十", 20), ("千", 1000), ("三百零五", 305), ("两", 2), ("二〇三五", 2035)]
)
def test_numbers_in_hanzi(word: str, number: int) -> None:
    assert in_hanzi(word) == number


def test_numbers_of_a_text() -> None:
    assert set(numbers_in("达到 3,721.68 亿元")) == {3721.68, 3.0, 721.68}
    assert numbers_in("２００张") == (200.0,)
    assert numbers_in("第三") == (3.0,)


@pytest.mark.parametrize(
    ("value", "quote", "expected"),
    [
        (3721.68, "达到 3721. 68 亿元", True),
        (-0.6, "下降0.6%", True),
        (1.24, "1.24万亿元", True),
        (12400, "1.24万亿元", False),
        (15, "十五分钟生活圈", True),
        (7, "17个", False),
        (None, "高于全市", True),
    ],
)
def test_whether_a_quote_prints_the_number(value: float | None, quote: str, expected: bool) -> None:
    assert number_is_printed(fact("gdp.2020", value, quote=quote)) is expected


def test_quotes_are_checked_for_line_and_number(documents: Documents) -> None:
    right = fact("gdp.2020", 3721.68, "亿元", quote="达到 3721.68 亿元", line=1)
    line = fact("gdp.2020.line", 3721.68, "亿元", quote="达到 3721.68 亿元", line=3)
    number = fact("gdp.2020.number", 3721.86, "亿元", quote="达到 3721.68 亿元", line=1)
    gone = fact("gdp.2020.gone", 30, quote="占全国30%", line=None)
    noted = fact("gdp.2020.noted", 37.2168, "亿元", quote="达到 3721.68 亿元", line=1, note="换算为37.2168")
    other = fact("gdp.2020.other", 1, document="press")
    found = check_quotes(documents, [right, line, number, gone, noted, other])
    assert found.checked == 5
    assert found.converted == ("gdp.2020.noted",)
    assert found.skipped == {"press": 1}
    messages = {failed.id: text.zh for failed, text in found.failed}
    assert messages.keys() == {"gdp.2020.line", "gdp.2020.number", "gdp.2020.gone"}
    assert "而在第 1 行" in messages["gdp.2020.line"]
    assert "没有数字 3721.86" in messages["gdp.2020.number"]


def test_figures_of_a_document(documents: Documents) -> None:
    cited = fact("gdp.2020", 3721.68, "亿元", quote="达到 3721.68 亿元", line=1)
    found = [(f.line, f.number, f.unit, f.cited) for f in figures(documents, "plan", [cited])]
    assert found == [
        (1, "3721.68", "亿元", True),
        (4, "30", "%", False),
        (4, "35", "个", False),
        (5, "200", "张", False),
    ]


def test_years_chapters_and_numbers_of_documents_are_no_figures(tmp_path: Path) -> None:
    text = "2025年，第3个五年，青西新管发〔2021〕11号，GB/T 20794-2021，第20章，PM2.5，5G，专栏18名师\n"
    (tmp_path / "plan.txt").write_text(text, encoding="utf-8")
    assert figures(Documents(tmp_path), "plan", []) == ()


def test_a_text_that_stands_three_times_counts_once(tmp_path: Path) -> None:
    once = "总值达到1.24万亿元，年均增长6.5%，新增平台246个，其他内容很多很多很多很多。\n"
    changed = once.replace("总值达到", "縂值達到").replace("新增平台", "新増岼台")
    (tmp_path / "city.txt").write_text(once + once + changed, encoding="utf-8")
    cited = fact("gdp.2020", 1.24, "万亿元", quote="总值达到1.24万亿元", line=1, document="city")
    found = figures(Documents(tmp_path), "city", [cited])
    assert [(f.line, f.number, f.cited) for f in found] == [(1, "1.24", True), (1, "6.5", False), (1, "246", False)]


def test_a_number_in_ten_thousands_alone_is_a_figure(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text("人才总量达到100万。吞吐量超过2200万标准箱。\n", encoding="utf-8")
    found = figures(Documents(tmp_path), "plan", [])
    assert [(f.number, f.unit) for f in found] == [("100", "万"), ("2200", "万标准箱")]


def test_another_number_in_the_same_quote_is_not_cited(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text("总投资740亿元的27个重点工业项目\n", encoding="utf-8")
    cited = fact("investment.2020", 740, "亿元", quote="总投资740亿元的27个重点工业项目", line=1)
    assert [f.cited for f in figures(Documents(tmp_path), "plan", [cited])] == [True, False]
