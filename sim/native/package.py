"""A chart for a Word document: its XML, and the small workbook behind it that opens for editing."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import TYPE_CHECKING

from sim.charts.native import NativeChart
from sim.native.block import drawn_series, write_block
from sim.native.charts import EPOCH, add_chart
from sim.native.series import HANZI_FONT

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_LABEL_PARTS = "".join(
    f'<c:show{part} val="{int(part == "Val")}"/>'
    for part in ("LegendKey", "Val", "CatName", "SerName", "Percent", "BubbleSize")
)
SHEET = "数据"
LATIN_FONT = "Times New Roman"


def chart_package(chart: NativeChart) -> tuple[bytes, bytes]:
    """(XML of the chart, bytes of its workbook). The XML refers to the workbook as relation `rId1` of its part.

    The caches of the XML hold what the cells of the workbook hold. The chart has no title: the document's caption is.
    """

    def with_chart(workbook: Workbook, sheet: Worksheet) -> None:
        sheet.insert_chart(0, 12, add_chart(workbook, sheet, chart, 0, 0, titled=False))

    def cells_only(workbook: Workbook, sheet: Worksheet) -> None:
        write_block(workbook, sheet, chart, drawn_series(chart), 0, 0)
        sheet.set_column(0, 0, 24)

    with zipfile.ZipFile(io.BytesIO(_workbook(with_chart))) as archive:
        xml = archive.read("xl/charts/chart1.xml").decode("utf-8")
    return _for_word(xml).encode("utf-8"), _workbook(cells_only)


def _workbook(fill: Callable[[Workbook, Worksheet], None]) -> bytes:
    from xlsxwriter import Workbook as NewWorkbook

    memory = io.BytesIO()
    workbook = NewWorkbook(memory, {"in_memory": True})
    workbook.set_properties({"created": EPOCH})
    fill(workbook, workbook.add_worksheet(SHEET))
    workbook.close()
    return memory.getvalue()


def _for_word(xml: str) -> str:
    """Chart XML of a workbook made fit for a document: fonts of both scripts, square corners, the data it edits."""
    xml = re.sub(r"<c:printSettings>.*?</c:printSettings>", "", xml, flags=re.DOTALL)
    # The corners are round where the element is absent.
    xml = re.sub(r'<c:lang val="[^"]*"/>', '<c:lang val="zh-CN"/><c:roundedCorners val="0"/>', xml, count=1)
    fonts = f'<a:latin typeface="{LATIN_FONT}"/><a:ea typeface="{HANZI_FONT}"/><a:cs typeface="{LATIN_FONT}"/>'
    xml = re.sub(r'<a:latin typeface="[^"]*"[^>]*/>', fonts, xml)
    # What is left out is true by the standard's default, inverts negative columns, or draws gaps as zero.
    xml = xml.replace('<c:showVal val="1"/>', _LABEL_PARTS)
    xml = re.sub(r"(<c:barChart>.*?</c:barChart>)", lambda found: _upright(found[1]), xml, flags=re.DOTALL)
    xml = re.sub(r"<c:dispBlanksAs [^>]*/>", "", xml)
    xml = xml.replace('<c:plotVisOnly val="1"/>', '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/>')
    xml = xml.replace('<a:endParaRPr lang="en-US"/>', '<a:endParaRPr lang="zh-CN"/>')
    data = '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    return xml.replace("</c:chartSpace>", data)


def _upright(bars: str) -> str:
    """Columns and bars whose negative values keep their fill, each series and each point of another look."""
    kept = '<c:invertIfNegative val="0"/>'
    bars = re.sub(r'(<c:dPt><c:idx val="\d+"/>)', rf"\1{kept}", bars)
    return re.sub(r"(<c:ser>.*?</c:tx>(?:<c:spPr>.*?</c:spPr>)?)", rf"\1{kept}", bars, flags=re.DOTALL)
