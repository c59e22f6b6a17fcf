"""Reading a ledger: what is accepted, and that every mistake is reported with its row and column."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from sim.errors import InputError, SimError
from sim.facts.checks import COLUMNS
from sim.facts.ledger import Ledger, read_ledger
from sim.facts.rounding import read_rounding
from sim.facts.sources import read_sources

ROOT = Path(__file__).resolve().parents[1]
WORDS = ("exact", "近", "左右")
GOOD = {
    **{"id": "gdp.2020", "region": "west_coast", "indicator": "gdp", "period": "2020", "value": "3721.68"},
    **{"unit": "亿元", "price_basis": "current", "scope": "", "rounding": "exact", "nature": "preliminary"},
    **{"attribute": "", "document": "plan", "line": "57", "quote": "达到3721.68亿元", "note": ""},
}


def row(**changes: str) -> list[str]:
    return [{**GOOD, **changes}[name] for name in COLUMNS]


def text_of(*rows: list[str], header: tuple[str, ...] = COLUMNS, end: str = "\r\n") -> str:
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator=end).writerows([list(header), *rows])
    return stream.getvalue()


def read_text(folder: Path, text: str, encoding: str = "utf-8-sig") -> Ledger:
    file = folder / "facts.csv"
    file.write_bytes(text.encode(encoding))
    return read_ledger(file, WORDS)


def problems_of(folder: Path, text: str, encoding: str = "utf-8-sig") -> list[tuple[int | None, int | None, str]]:
    with pytest.raises(InputError) as caught:
        read_text(folder, text, encoding)
    for problem in caught.value.problems:
        assert problem.show("zh")
        assert problem.show("en")
    return [(problem.line, problem.column, problem.key) for problem in caught.value.problems]


def column(name: str) -> int:
    return COLUMNS.index(name) + 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_ledger_is_read_with_or_without_mark_and_with_both_line_ends(tmp_path: Path, encoding: str, end: str) -> None:
    fact = read_text(tmp_path, text_of(row(), end=end), encoding).get("gdp.2020")
    assert (fact.value, fact.decimals, fact.row, fact.line) == (3721.68, 2, 2, 57)


@pytest.mark.parametrize(
    ("cell", "value", "decimals"),
    [
        ("３７２１．６８", 3721.68, 2),
        ("3,721.68", 3721.68, 2),
        ("30", 30.0, 0),
        ("6407.0", 6407.0, 1),
        ("−1.5", -1.5, 1),
    ],
)
def test_what_can_only_be_meant_one_way_is_accepted(tmp_path: Path, cell: str, value: float, decimals: int) -> None:
    fact = read_text(tmp_path, text_of(row(value=cell))).get("gdp.2020")
    assert (fact.value, fact.decimals) == (value, decimals)


def test_moved_columns_and_the_empty_rows_of_excel_are_accepted(tmp_path: Path) -> None:
    header = (*COLUMNS[1:], COLUMNS[0])
    cells = row()
    ledger = read_text(tmp_path, text_of([""] * len(COLUMNS), [*cells[1:], cells[0]], header=header))
    assert (ledger.facts[0].id, ledger.facts[0].unit, ledger.facts[0].row) == ("gdp.2020", "亿元", 3)


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [("2020", 2020, 2020), ("2016-2020", 2016, 2020), ("2016—2020", 2016, 2020), ("2021-9M", 2021, 2021),
     ("2023-H1", 2023, 2023), ("2020-Q1", 2020, 2020)],
)  # fmt: skip
def test_periods(tmp_path: Path, period: str, first: int, last: int) -> None:
    fact = read_text(tmp_path, text_of(row(period=period))).facts[0]
    assert (fact.first_year, fact.last_year) == (first, last)


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("id", ""), ("id", "国内"), ("region", "West Coast"), ("indicator", ""),
        ("value", ""), ("value", "近1400"), ("value", "37%"), ("value", "3,14"), ("value", "1.2.3"),
        ("value", "15-Jan"), ("value", "2020/1/15"), ("value", "1月15日"), ("value", "2.08E+03"),
        ("value", "nan"), ("value", "inf"), ("value", "9" * 400),
        ("period", ""), ("period", "Sep-21"), ("period", "2021年"),
        ("period", "2020-2016"), ("period", "2021-13M"),
        ("unit", "億元"), ("unit", ""), ("price_basis", "现价"), ("rounding", "大概"), ("rounding", ""),
        ("nature", "真实"), ("attribute", "预期"), ("document", ""), ("line", "五七"), ("line", "0"),
        ("quote", ""), ("quote", "一" * 31), ("note", "两\n行"),
    ],
)  # fmt: skip
def test_a_bad_cell_is_reported_with_row_and_column(tmp_path: Path, name: str, cell: str) -> None:
    text = text_of(row(id="other.2020"), row(**{name: cell}))
    assert problems_of(tmp_path, text) == [(3, column(name), name)]


def test_all_problems_come_at_once_sorted_by_place(tmp_path: Path) -> None:
    text = text_of(row(unit="亿美圆", quote=""), row(id="b.2020", value="多"), row(), row()[:-1])
    assert problems_of(tmp_path, text) == [
        (2, column("unit"), "unit"),
        (2, column("quote"), "quote"),
        (3, column("value"), "value"),
        (4, column("id"), "id"),
        (5, None, ""),
    ]


def test_a_repeated_id_names_the_other_row_and_an_unknown_unit_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_text(tmp_path, text_of(row(), row(unit="亿元人民")))
    shown = caught.value.show("zh")
    assert "第 2 行" in shown
    assert "您是否想写“亿元”" in shown


def test_a_wrong_header_names_the_column_and_its_nearest_name(tmp_path: Path) -> None:
    header = tuple("quotes" if name == "quote" else name for name in COLUMNS)
    with pytest.raises(InputError) as caught:
        read_text(tmp_path, text_of(row(), header=header))
    assert [(p.line, p.column, p.key) for p in caught.value.problems] == [
        (1, None, "quote"),
        (1, column("quote"), "quotes"),
    ]
    assert "“quote”" in caught.value.show("zh")


def test_a_repeated_column_is_reported(tmp_path: Path) -> None:
    text = text_of([*row(), "again"], header=(*COLUMNS, "id"))
    assert problems_of(tmp_path, text) == [(1, len(COLUMNS) + 1, "id")]


@pytest.mark.parametrize("encoding", ["gbk", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_ledger_saved_by_excel_in_gbk_is_read_as_it_was(tmp_path: Path, encoding: str, end: str) -> None:
    fact = read_text(
        tmp_path, text_of(row(note="二○二○年，海洋“蓝色”经济", value="３７２１．６８"), end=end), encoding
    ).facts[0]
    assert (fact.unit, fact.quote, fact.note) == ("亿元", "达到3721.68亿元", "二○二○年，海洋“蓝色”经济")
    assert (fact.value, fact.decimals) == (3721.68, 2)


def test_mistakes_in_a_gbk_ledger_have_their_row_and_column(tmp_path: Path) -> None:
    text = text_of(row(), row(id="b.2020", unit="億元", value="近1400"))
    assert problems_of(tmp_path, text, "gbk") == [(3, column("value"), "value"), (3, column("unit"), "unit")]


def test_gbk_with_another_header_is_named_and_refused(tmp_path: Path) -> None:
    header = tuple("quotes" if name == "quote" else name for name in COLUMNS)
    with pytest.raises(InputError) as caught:
        read_text(tmp_path, text_of(row(), header=header), "gbk")
    assert "GBK" in caught.value.show("zh")
    assert caught.value.problems[0].line == 2  # where the first Chinese character stands


def test_a_damaged_file_is_neither_encoding(tmp_path: Path) -> None:
    """UTF-8 with one byte lost, and GBK behind UTF-8: a number guessed wrongly is worse than none."""
    good = text_of(*(row(id=f"a{n}.2020") for n in range(3)))
    damaged = good.encode().replace("元".encode(), "元".encode()[:-1], 1)
    mixed = good.encode() + text_of(row(id="b.2020")).encode("gbk").split(b"\r\n", 1)[1]
    for content in (damaged, mixed):
        (tmp_path / "facts.csv").write_bytes(content)
        with pytest.raises(InputError) as caught:
            read_ledger(tmp_path / "facts.csv", WORDS)
        assert caught.value.problems[0].line in (2, 5)


def test_what_excel_makes_of_a_period_is_reported_not_guessed(tmp_path: Path) -> None:
    """2021-9M stays text; 2021-9 becomes a date, and 2016-2020 in a cell of its own does not."""
    assert read_text(tmp_path, text_of(row(period="2021-9M"))).facts[0].period == "2021-9M"
    for period in ("2021/9/1", "9月21日", "21-Sep", "Sep-21", "1-Jan-21"):
        text = text_of(row(period=period))
        assert problems_of(tmp_path, text) == [(2, column("period"), "period")]
        with pytest.raises(InputError, match="Excel"):
            read_text(tmp_path, text)


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"\xff\xfea\x00"])
def test_empty_and_binary_files_are_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "facts.csv"
    file.write_bytes(content)
    with pytest.raises(InputError):
        read_ledger(file, WORDS)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(InputError):
            read_ledger(path, WORDS)


def test_an_unclosed_quotation_mark_is_reported(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_text(tmp_path, text_of(row()) + '"gdp.2021,west_coast\n')
    assert "CSV" in caught.value.show("zh")


def test_a_target_in_words_has_no_number_and_others_must_have_one(tmp_path: Path) -> None:
    fact = read_text(tmp_path, text_of(row(value="", nature="target"))).facts[0]
    assert fact.value is None
    with pytest.raises(SimError, match="no number"):
        assert fact.number


def test_an_unknown_id_suggests_the_nearest(tmp_path: Path) -> None:
    ledger = read_text(tmp_path, text_of(row()))
    with pytest.raises(InputError) as caught:
        ledger.get("gdp.2021")
    assert "您是否想写“gdp.2020”" in caught.value.show("zh")


def test_find_keeps_contradictory_reports_side_by_side(tmp_path: Path) -> None:
    ledger = read_text(
        tmp_path,
        text_of(row(), row(id="gdp.2020.paper", value="3751.16"), row(id="city.gdp.2020", region="qingdao")),
    )
    assert [fact.value for fact in ledger.find("gdp", "2020", "west_coast")] == [3721.68, 3751.16]
    assert len(ledger.find("gdp", "2020")) == 3
    assert ledger.find("gdp", "2019") == ()


def test_units_of_one_kind_convert_and_others_do_not(tmp_path: Path) -> None:
    ledger = read_text(
        tmp_path,
        text_of(row(value="1.24", unit="万亿元"), row(id="people.2020", value="1903595", unit="人")),
    )
    assert ledger.get("gdp.2020").in_unit("亿元") == pytest.approx(12400.0)
    assert ledger.get("people.2020").in_unit("万人") == pytest.approx(190.3595)
    with pytest.raises(SimError, match="not a multiple"):
        ledger.get("gdp.2020").in_unit("万人")


def test_the_interval_follows_the_printed_digits_in_the_unit_asked_for(tmp_path: Path) -> None:
    """1.24 万亿元 leaves ±0.005 万亿元, that is ±50 亿元."""
    words = read_rounding(ROOT / "calibration" / "rounding.yaml")
    fact = read_text(tmp_path, text_of(row(value="1.24", unit="万亿元"))).facts[0]
    found = fact.interval(words, "亿元")
    assert (found.low, found.centre, found.high) == pytest.approx((12350.0, 12400.0, 12450.0))


def test_a_source_needs_a_known_grade_and_a_date(tmp_path: Path) -> None:
    file = tmp_path / "sources.yaml"
    file.write_text(
        "sources:\n  plan: {title: 规划, publisher: 管委, date: 四月, address: null, grade: rumour, note: null}\n",
        encoding="utf-8",
    )
    with pytest.raises(InputError) as caught:
        read_sources(file)
    assert {problem.key for problem in caught.value.problems} == {"sources.plan.date", "sources.plan.grade"}
