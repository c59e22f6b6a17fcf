"""Pictures and charts in the text: a picture that everybody sees, and a chart that opens for editing."""

from __future__ import annotations

import io
from dataclasses import dataclass

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from sim.charts.native import NativeChart
from sim.native.package import chart_package
from sim.native.text import clean
from sim.word.elements import Element, element

_EMU_PER_CM = 360_000
WIDTH, MOST_HEIGHT = 15.6, 17.0  # cm; a few lines of text still stand on the page of the highest picture
_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"


@dataclass(slots=True)
class Drawings:
    """Puts drawings into one document and counts them: every one has an id of its own."""

    document: Document
    count: int = 0
    charts: int = 0

    def picture(self, png: bytes, size: tuple[float, float], name: str, alt: str, most: float = MOST_HEIGHT) -> Element:
        """A run with a picture. size : in inches, made smaller where the page needs it."""
        relation, _ = self.document.part.get_or_add_image(io.BytesIO(png))
        width, height = (length * 2.54 for length in size)
        scale = min(1.0, WIDTH / width, most / height)
        extent = _extent(width * scale, height * scale)
        graphic = (
            f'<pic:pic xmlns:pic="{_PICTURE}"><pic:nvPicPr><pic:cNvPr id="0" name=""/>'
            "<pic:cNvPicPr/></pic:nvPicPr>"
            f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        )
        return self._inline(graphic, _PICTURE, extent, name, alt)

    def chart(self, chart: NativeChart, name: str, alt: str) -> Element:
        """A run with a chart and its workbook."""
        self.charts += 1
        number, main = self.charts, self.document.part
        assert main.package is not None
        xml, workbook = chart_package(chart)
        book = Part(PackURI(f"/word/embeddings/chart{number}.xlsx"), _SHEET_TYPE, workbook, main.package)
        part = Part(PackURI(f"/word/charts/chart{number}.xml"), _CHART_TYPE, xml, main.package)
        if part.relate_to(book, RELATIONSHIP_TYPE.PACKAGE) != "rId1":
            raise RuntimeError("the chart refers to its workbook as rId1")
        relation = main.relate_to(part, RELATIONSHIP_TYPE.CHART)
        graphic = f'<c:chart xmlns:c="{_CHART}" r:id="{relation}"/>'
        return self._inline(graphic, _CHART, _extent(WIDTH, chart_height(chart)), name, alt)

    def _inline(self, graphic: str, kind: str, extent: str, name: str, alt: str) -> Element:
        self.count += 1
        drawing = parse_xml(
            f'<w:drawing {nsdecls("w", "wp", "a", "r")}><wp:inline distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent {extent}/><wp:docPr id="{self.count}" name=""/><wp:cNvGraphicFramePr/>'
            f'<a:graphic><a:graphicData uri="{kind}">{graphic}</a:graphicData></a:graphic></wp:inline></w:drawing>'
        )
        described = next(node for node in drawing.iter() if node.tag.endswith("}docPr"))
        described.set("name", clean(name))
        described.set("descr", clean(alt))
        return element("r", (drawing,))


def chart_height(chart: NativeChart) -> float:
    """Height in cm: bars need a line for each category, more where several stand side by side."""
    if not any(series.kind == "bar" for series in chart.series):
        return 6.4
    beside = 1 if chart.stack else len(chart.series)
    return min(max(3.0 + 0.42 * len(chart.categories) * (1 + 0.3 * (beside - 1)), 6.0), 17.0)


def _extent(width: float, height: float) -> str:
    return f'cx="{round(width * _EMU_PER_CM)}" cy="{round(height * _EMU_PER_CM)}"'
