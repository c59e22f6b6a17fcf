"""Charts for office programs: cells, caches, what is dashed, hidden, labelled; equal bytes; text that does harm."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from lxml import etree

from sim.charts.native import NativeChart, Series
from sim.native.block import block_size, drawn_series, number_format
from sim.native.charts import add_chart
from sim.native.package import chart_package
from sim.native.text import clean
from tests.word_cases import CHARTS, NASTY, YEARS, bars, combined, fan, shares

C = {
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
}


def parsed(chart: NativeChart) -> tuple[Any, Any]:
    """The chart's XML, and the only sheet of its workbook."""
    xml, workbook = chart_package(chart)
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    assert book.sheetnames == ["数据"]
    assert book.chartsheets == []
    return etree.fromstring(xml), book["数据"]


def cached(reference: Any) -> list[str | None]:
    """The points of a cache, None where one is missing."""
    count = int(reference.find(".//c:ptCount", C).get("val"))
    points = {int(point.get("idx")): point.findtext("c:v", namespaces=C) for point in reference.iterfind(".//c:pt", C)}
    return [points.get(index) for index in range(count)]


def cells(sheet: Any, formula: str) -> list[object]:
    """The cells a formula such as `数据!$B$2:$B$12` names."""
    place = formula.split("!")[1].replace("$", "")
    found = sheet[place]
    return [row[0].value for row in found] if isinstance(found, tuple) else [found.value]


def agree(cache: str | None, cell: object) -> bool:
    if cell is None or cache is None:
        return cell is None and cache is None
    return float(cache) == cell if isinstance(cell, int | float) else cache == cell


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: str(chart.title))
def test_caches_equal_the_cells_point_by_point(chart: NativeChart) -> None:
    root, sheet = parsed(chart)
    references = root.findall(".//c:ser//c:f", C)
    drawn = len(drawn_series(chart))
    assert len(references) == 3 * drawn  # name, categories and values of every series
    for formula in references:
        points, values = cached(formula.getparent()), cells(sheet, formula.text)
        assert len(points) == len(values)
        assert all(map(agree, points, values)), (points, values)
    assert (sheet.max_row, sheet.max_column) == block_size(chart) == (len(chart.categories) + 1, drawn + 1)


def test_a_line_is_split_where_projection_begins() -> None:
    chart = combined()
    _, sheet = parsed(chart)
    assert [cell.value for cell in sheet[1]] == ["亿元", "地区生产总值", "增速", "增速（推算）"]
    solid, dashed = ([row[column].value for row in sheet.iter_rows(min_row=2)] for column in (2, 3))
    assert solid == pytest.approx([5.0, 5.3, None, 5.9, 6.2, 6.5, None, None, None, None, None])
    assert dashed[:5] == [None] * 5
    assert dashed[5:] == pytest.approx([6.5, 6.8, 7.1, 7.4, 7.7, 8.0])  # begins at the last published point
    english = NativeChart(
        "Growth", ("2024", "2025"), (Series("GDP", (1.0, 2.0), "#000000", "line", dashed_from=1),), "%"
    )
    assert drawn_series(english)[1].series.name == "GDP (projected)"


def test_projected_columns_are_hatched_and_projected_lines_dashed() -> None:
    root, _ = parsed(combined())
    columns, solid, dashed = root.findall(".//c:ser", C)
    hatched = [int(point.find("c:idx", C).get("val")) for point in columns.iterfind("c:dPt", C)]
    assert hatched == [6, 7, 8, 9, 10]
    assert all(point.find(".//a:pattFill", C) is not None for point in columns.iterfind("c:dPt", C))
    assert solid.find("c:spPr//a:prstDash", C).get("val") == "solid"
    assert dashed.find("c:spPr//a:prstDash", C).get("val") == "dash"
    # The joint has its label in the solid part.
    assert [label.find("c:idx", C).get("val") for label in dashed.iterfind("c:dLbls/c:dLbl", C)] == ["5"]


def test_a_line_that_is_projected_throughout_stays_one_series() -> None:
    series = Series("增速", (None, 5.0, 6.0), "#000000", "line", dashed_from=1)
    (one,) = drawn_series(NativeChart("", ("2024", "2025", "2026"), (series,), "%"))
    assert one.dashed
    assert one.series.values == (None, 5.0, 6.0)


def test_a_labelled_line_runs_above_the_columns() -> None:
    root, _ = parsed(combined())
    first, second = root.findall(".//c:valAx", C)
    highest = float(first.find("c:scaling/c:max", C).get("val"))
    low, high = (float(second.find(f"c:scaling/c:{edge}", C).get("val")) for edge in ("min", "max"))
    assert 5600 / highest < (5.0 - low) / (high - low)  # the tallest column ends below the lowest point of the line
    assert second.find("c:tickLblPos", C).get("val") == "none"


def test_bounds_of_the_chart_are_kept() -> None:
    root, _ = parsed(fan())
    assert root.find(".//c:valAx/c:scaling/c:min", C).get("val") in ("3000", "3000.0")


def test_hidden_series_are_neither_seen_nor_in_the_legend() -> None:
    root, _ = parsed(fan())
    base = root.find(".//c:areaChart/c:ser", C)
    assert base.find("c:spPr/a:noFill", C) is not None
    entries = root.findall(".//c:legend/c:legendEntry", C)
    assert [entry.find("c:idx", C).get("val") for entry in entries] == ["0"]
    assert entries[0].find("c:delete", C).get("val") == "1"


def test_bars_begin_at_the_top_and_take_markers_in() -> None:
    root, _ = parsed(bars())
    assert root.find(".//c:lineChart", C) is None
    assert len(root.findall(".//c:barChart/c:ser", C)) == 2
    assert root.find(".//c:catAx/c:scaling/c:orientation", C).get("val") == "maxMin"


def test_thin_parts_of_a_stack_carry_no_label() -> None:
    chart = NativeChart(
        "",
        ("2024", "2025"),
        (
            Series("甲", (1.0, 30.0), "#1f5a84", labels=True),
            Series("乙", (99.0, 70.0), "#cfe0c3", labels=True),
        ),
        "%",
        stack="percent",
    )
    root, _ = parsed(chart)
    removed = [[label.find("c:idx", C).get("val") for label in one.iterfind(".//c:dLbl", C)] for one in
               root.findall(".//c:ser", C)]  # fmt: skip
    assert removed == [["0"], []]


def test_units_stand_upright_at_their_axes() -> None:
    root, _ = parsed(combined())
    titles = [axis.find("c:title", C) for axis in root.findall(".//c:valAx", C)]
    assert ["".join(title.itertext()) for title in titles] == ["亿元", "%"]
    assert {title.find(".//a:bodyPr", C).get("rot") for title in titles} == {"0"}
    root, _ = parsed(shares())  # the axis says 0% to 100% itself
    assert root.find(".//c:valAx/c:title", C) is None


def test_the_chart_of_a_document_names_fonts_of_both_scripts_and_its_workbook() -> None:
    root, _ = parsed(combined())
    for properties in root.iter(f"{{{C['a']}}}defRPr", f"{{{C['a']}}}rPr"):
        assert properties.find("a:latin", C).get("typeface") == "Times New Roman"
        assert properties.find("a:ea", C).get("typeface") == "宋体"
    relation = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    assert root.find("c:externalData", C).get(relation) == "rId1"
    assert root.find(".//c:dispBlanksAs", C).get("val") == "gap"
    assert root.find("c:roundedCorners", C).get("val") == "0"
    inverted = root.findall(".//c:barChart/c:ser/c:invertIfNegative", C)
    assert [mark.get("val") for mark in inverted] == ["0"]
    assert root.find(".//c:chart/c:title", C) is None


def test_equal_bytes_without_name_or_clock() -> None:
    one, other = chart_package(fan()), chart_package(fan())
    assert one == other
    with zipfile.ZipFile(io.BytesIO(one[1])) as archive:
        core = archive.read("docProps/core.xml").decode("utf-8")
        assert re.findall(r"\d{4}-\d\d-\d\d", core) == ["2025-01-01"] * 2
        assert "<dc:creator></dc:creator>" in core
        assert not [name for name in archive.namelist() if "chart" in name]


def test_names_that_could_do_harm_stay_text() -> None:
    chart = NativeChart(NASTY, (NASTY, "b"), (Series(NASTY, (1.0, 2.0), "#000000"),), NASTY)
    root, sheet = parsed(chart)
    shown = '<script>alert(1)</script>=HYPERLINK("x")颠倒&\''
    assert [sheet["A1"].value, sheet["B1"].value, sheet["A2"].value] == [shown] * 3
    assert [cell.data_type for row in sheet.iter_rows() for cell in row] == ["s", "s", "s", "n", "s", "n"]
    assert shown in "".join(root.itertext())


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x00b\x1fc\x85d", "abc d"),
        ("左\u202e右\u2066\u200f", "左右"),
        ("两\r\n行", "两 行"),
        ("\ud800坏", "坏"),
        ("−≥²～", "−≥²～"),
    ],
)
def test_clean(text: str, shown: str) -> None:
    assert clean(text) == shown


@pytest.mark.parametrize(
    ("values", "shown"),
    [((4.0, 5.0), "0"), ((4.5, 5.0, None), "0.0"), ((4.25,), "0.00"), ((4.001,), "0"), ((1 / 3,), "0.00"), ((), "0")],
)
def test_optional_decimals_are_counted_out(values: tuple[float | None, ...], shown: str) -> None:
    assert number_format(Series("", values, "#000000", format="0.##")) == shown
    assert number_format(Series("", values, "#000000", format="0.0")) == "0.0"


def test_years_are_numbers_and_other_categories_text() -> None:
    _, sheet = parsed(combined())
    assert sheet["A2"].value == int(YEARS[0])
    _, sheet = parsed(NativeChart("", ("2025", "2026年"), (Series("a", (1.0, 2.0), "#000000"),), ""))
    assert sheet["A2"].value == "2025"


def test_values_must_match_the_categories() -> None:
    with pytest.raises(ValueError, match="1 values for 2 categories"):
        drawn_series(NativeChart("", ("a", "b"), (Series("短", (1.0,), "#000000"),), ""))


def test_two_charts_on_one_sheet_keep_to_their_own_cells() -> None:
    memory = io.BytesIO()
    workbook = xlsxwriter.Workbook(memory, {"in_memory": True})
    sheet = workbook.add_worksheet("图")
    for row, chart in ((0, combined()), (20, shares())):
        sheet.insert_chart(row, 10, add_chart(workbook, sheet, chart, row, 2))
    workbook.close()
    with zipfile.ZipFile(memory) as archive:
        roots = [etree.fromstring(archive.read(f"xl/charts/chart{number}.xml")) for number in (1, 2)]
    assert [formula.text for formula in roots[1].iterfind(".//c:val//c:f", C)] == [
        f"图!${column}$22:${column}$27" for column in "DEF"
    ]
    assert "".join(roots[0].find(".//c:chart/c:title", C).itertext()) == "地区生产总值与增速"
    read = openpyxl.load_workbook(memory)["图"]
    assert (read["D1"].value, read["D21"].value) == ("地区生产总值", "第一产业")
