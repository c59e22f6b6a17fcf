"""Reading a panel of many regions: what it gives, and every way in which a file can be wrong."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from sim.errors import InputError
from sim.panel import Panel, read_panel
from tests.panel_cases import PROVINCES, Table, needs_provinces, table, write


def problems(path: Path, origin: int | None = None) -> list[tuple[int | None, str, str]]:
    with pytest.raises(InputError) as caught:
        read_panel(path, origin)
    return [(problem.line, problem.key, problem.text.en) for problem in caught.value.problems]


def changed(folder: Path, change: Callable[[Table], object]) -> Path:
    """A panel of two regions and the years 2001–2006 with one change; row 2 is 甲 2001, row 8 乙 2001."""
    rows = table()
    change(rows)
    return write(folder, rows)


def test_levels_growth_deflators_and_shares_by_hand(tmp_path: Path) -> None:
    """甲: GDP 1000 to 1210 at constant growth of 10 %, so the deflator of 2002 is log 1.21 - log 1.10 = log 1.10."""
    rows = table()
    rows[0] |= {"gdp": "1000", "primary_va": "100", "secondary_va": "500", "tertiary_va": "400"}
    rows[1] |= {"gdp": "1210", "primary_va": "121", "secondary_va": "484", "tertiary_va": "605", "gdp_index": "110"}
    panel = read_panel(write(tmp_path, rows))
    assert (panel.regions, panel.years) == (("乙", "甲"), (2001, 2002, 2003, 2004, 2005, 2006))
    assert panel.growth("gdp_index")[1, 1] == pytest.approx(0.0953102)
    assert np.isnan(panel.deflator("gdp")[1, 0])
    assert panel.deflator("gdp")[1, 1] == pytest.approx(0.0953102)
    assert panel.share("secondary")[1, :2] == pytest.approx([50.0, 40.0])
    assert np.isnan(panel.values["urban_population"]).all(), "an empty cell is not reported"


def same(first: Panel, second: Panel) -> bool:
    assert (first.regions, first.years) == (second.regions, second.years)
    return all(np.array_equal(first.values[name], second.values[name], equal_nan=True) for name in first.values)


def test_later_rows_do_not_matter(tmp_path: Path) -> None:
    """Read as of 2005, rows of 2006 may say anything, or name another region, or be missing."""
    rows = table()
    plain = read_panel(write(tmp_path, [row for row in rows if row["year"] != "2006"]), 2005)
    wild = [row | {"gdp": "7", "gdp_index": "3", "tertiary_va": ""} if row["year"] == "2006" else row for row in rows]
    later = read_panel(write(tmp_path, [*wild, rows[0] | {"region": "丙", "year": "2008"}][::-1]), 2005)
    assert same(plain, later)
    assert same(plain, read_panel(write(tmp_path, rows)).up_to(2005))
    assert read_panel(write(tmp_path, rows)).up_to(2005).years[-1] == 2005


LATER: dict[str, Callable[[Table], object]] = {
    "words": lambda rows: rows[5].update(gdp="abc", gdp_index="-5.0"),
    "negative": lambda rows: rows[5].update(secondary_va="-5.0"),
    "duplicates": lambda rows: rows.extend([rows[5], rows[11] | {"gdp": "x"}]),
    "another region": lambda rows: rows.append(rows[5] | {"region": "丙", "gdp": "?"}),
    "no region": lambda rows: rows.append(rows[5] | {"region": ""}),
    "a year no panel has": lambda rows: rows.append(rows[5] | {"year": "9999"}),
}


@pytest.mark.parametrize("change", LATER.values(), ids=LATER)
def test_garbage_in_later_rows_does_not_matter(tmp_path: Path, change: Callable[[Table], object]) -> None:
    """甲 2006 is row 7: as of 2005 nobody looks at it, as of the whole file it is refused."""
    plain = read_panel(write(tmp_path, [row for row in table() if row["year"] != "2006"]), 2005)
    path = changed(tmp_path, change)
    assert same(plain, read_panel(path, 2005))
    assert problems(path)


def test_a_later_row_with_a_cell_too_many_does_not_matter(tmp_path: Path) -> None:
    path = write(tmp_path, table())
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[6] + ",1"]) + "\n", encoding="utf-8")
    assert read_panel(path, 2005).years == (2001, 2002, 2003, 2004, 2005)
    assert problems(path) == [(14, "", "19 cells instead of 18")]


def test_mistakes_up_to_the_origin_stay_mistakes(tmp_path: Path) -> None:
    assert problems(changed(tmp_path, lambda rows: rows[4].update(gdp="abc")), 2005)[0][:2] == (6, "gdp")
    for year in ("", "2006?", "2006.0"):  # not known to be a later one
        assert problems(changed(tmp_path, lambda rows, y=year: rows[5].update(year=y)), 2005)[0][:2] == (7, "year")


def test_a_region_that_reports_only_later_is_not_known(tmp_path: Path) -> None:
    rows = [row for row in table(last=2008) if row["region"] == "甲" or int(row["year"]) >= 2005]
    panel = read_panel(write(tmp_path, rows))
    assert panel.up_to(2004).regions == ("甲",)
    assert panel.up_to(2005).regions == ("乙", "甲")


def test_a_late_start_is_said_and_a_gap_refused(tmp_path: Path) -> None:
    panel = read_panel(changed(tmp_path, lambda rows: rows[0].update(tertiary_index="")))
    assert [note.en for note in panel.notes] == ["甲: tertiary_index starts in 2002"]
    path = changed(tmp_path, lambda rows: rows[2].update(gdp="", secondary_index=""))
    assert problems(path) == [
        (4, "gdp", "甲 2003 is not reported"),
        (4, "secondary_index", "甲 2003 is not reported"),
    ]


CELLS = (
    ("gdp", "abc", "expected a number"),
    ("gdp", "nan", "expected a number"),
    ("gdp", "1e999", "expected a number"),
    ("trade_kusd", "12,34", "expected a number"),
    ("retail_sales", "0", "a level must be above zero"),
    ("gdp_index", "-1.2", "an index (previous year = 100) must be above zero"),
    ("gdp_index", "9.8", "a growth rate? Write 9.8 % as 109.8"),
    ("gdp_index", "1.098", "a growth rate?"),
    ("tertiary_index", "1098", "not in 50–200"),
    ("gdp", "2000", "the three industries differ from GDP by -45.0 %"),
    ("year", "2003.5", "expected a year of four digits"),
    ("year", "1", "expected a year of four digits"),
    ("region", "", "the name of the region is missing"),
)


@pytest.mark.parametrize(("column", "cell", "said"), CELLS)
def test_a_wrong_cell_is_named_with_row_and_column(tmp_path: Path, column: str, cell: str, said: str) -> None:
    path = changed(tmp_path, lambda rows: rows[2].update({column: cell}))
    with pytest.raises(InputError) as caught:
        read_panel(path)
    (problem,) = caught.value.problems
    assert (problem.line, problem.key) == (4, column)
    assert problem.column == list(table()[0]).index(column) + 1
    assert said in problem.text.en


def test_every_mistake_is_reported_at_once(tmp_path: Path) -> None:
    def spoil(rows: Table) -> None:
        rows[1]["gdp"] = "x"
        rows[7]["gdp_index"] = "8.1"
        rows[9] |= {"region": "甲", "year": "2001"}

    found = problems(changed(tmp_path, spoil))
    assert [(line, key) for line, key, _ in found] == [(3, "gdp"), (9, "gdp_index"), (11, "region")]
    assert found[2][2] == "甲 2001 repeats row 2"


def test_missing_years_are_listed_with_the_region(tmp_path: Path) -> None:
    path = changed(tmp_path, lambda rows: [rows.pop(3), rows.pop(2)])
    assert problems(path) == [(5, "year", "甲: missing years 2003, 2004")]
    assert problems(write(tmp_path, [row for row in table() if row["region"] == "乙" or row["year"] != "2006"])) == [
        (6, "year", "甲: missing years 2006")
    ]


def test_three_years_of_a_region_are_too_few(tmp_path: Path) -> None:
    short = [row for row in table() if row["region"] == "乙" or int(row["year"]) >= 2004]
    assert problems(write(tmp_path, short)) == [(4, "year", "甲 has 3 years of data up to 2006, at least 4 are needed")]
    found = problems(write(tmp_path, table()), 2003)
    assert [text for _, _, text in found] == [
        f"{region} has 3 years of data up to 2003, at least 4 are needed" for region in ("甲", "乙")
    ]


def test_an_origin_outside_the_file_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, table())
    assert problems(path, 1999) == [(None, "year", "no row of 1999 or earlier")]
    assert problems(path, 2008)[0] == (7, "year", "甲: missing years 2007, 2008")


def test_columns_are_named_with_the_nearest(tmp_path: Path) -> None:
    found = problems(
        write(tmp_path, [{("gdp_idx" if k == "gdp_index" else k): v for k, v in row.items()} for row in table()])
    )
    assert [(line, key) for line, key, _ in found] == [(1, "gdp_index"), (1, "gdp_idx")]
    assert found[0][2] == "column missing"
    assert 'did you mean "gdp_index"?' in found[1][2]


def content(rows: Table) -> str:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


BYTES = (
    (b"", "the file is empty"),
    (b"\n\n", "the file is empty"),
    (content(table()).splitlines()[0].encode(), "a header without any row of data"),
    (content(table()).replace(",", ";").encode(), "separated by commas, not semicolons"),
    (content(table()).encode("gbk"), "encoded in GBK"),
    (content(table()).encode("utf-16"), "encoded in UTF-16"),
    (content(table()).replace("甲,2003", "甲,2003,5").encode(), "19 cells instead of 18"),
)


@pytest.mark.parametrize(("given", "said"), BYTES)
def test_a_file_that_is_no_panel_is_refused(tmp_path: Path, given: bytes, said: str) -> None:
    path = tmp_path / "panel.csv"
    path.write_bytes(given)
    ((_, _, text),) = problems(path)
    assert said in text


def test_what_excel_adds_is_accepted(tmp_path: Path) -> None:
    """A byte order mark, empty rows at the end, full-width digits and thousands separators change nothing."""
    rows = table()
    path = tmp_path / "excel.csv"
    rows[0]["trade_kusd"] = "1,234,567.5"
    rows[1]["gdp_index"] = "１１０．０"
    path.write_bytes(b"\xef\xbb\xbf" + content(rows).encode() + b"," * 17 + b"\r\n")
    panel = read_panel(path)
    assert panel.values["trade_kusd"][1, 0] == 1234567.5
    assert panel.values["gdp_index"][1, 1] == 110.0


@needs_provinces
def test_the_training_provinces_read() -> None:
    panel = read_panel(PROVINCES)
    assert (len(panel.regions), panel.years[0], panel.years[-1], panel.notes) == (16, 2000, 2014, ())
    assert panel.share("secondary")[panel.regions.index("上海市"), 0] == pytest.approx(2215.8 / 4812.2 * 100)
