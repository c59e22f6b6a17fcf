"""The Word file: numbers of tables and figures, references, pictures, charts that open for editing."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from itertools import pairwise

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from lxml import etree

from sim.report.blocks import Figure, Paragraph, Ref
from sim.word import document_bytes
from tests.word_cases import BODY, drawn, sample
from tests.word_files import CHART, FONT, KINDS, W, fields, file_of, made, opened, styled, text, xml_parts


@pytest.mark.parametrize(
    ("kind", "tables", "figures"),
    [
        ("zh common", ["表1　十种情景", "表2　没有行的表", "表3　跨列的表", "表4　主要指标预测"], "图1　第1幅图"),
        ("en common", ["Table 1. 十种情景", "Table 2. 没有行的表", "Table 3. 跨列的表", "Table 4. 主要指标预测"],
         "Figure 1. 第1幅图"),
    ],
)  # fmt: skip
def test_captions_are_counted_by_fields(kind: str, tables: list[str], figures: str) -> None:
    captions = styled(opened(kind), "Caption")
    shown = [text(one) for one in captions]
    assert [one for one in shown if one[0] in "表T"] == tables
    assert next(one for one in shown if one[0] in "图F") == figures
    words = {"zh": ("SEQ 表", "SEQ 图"), "en": ("SEQ Table", "SEQ Figure")}[kind[:2]]
    codes = [one.find(".//w:instrText", W).text.strip() for one in captions]
    assert codes == [f"{words[0]} \\* ARABIC"] * 4 + [f"{words[1]} \\* ARABIC"] * 3
    assert all((one.find("w:pPr/w:keepNext", W) is not None) == (text(one)[0] in "表T") for one in captions)


@pytest.mark.parametrize("kind", KINDS)
def test_references_lead_to_the_caption_whose_number_they_show(kind: str) -> None:
    body = opened(kind).element.body
    starts = list(body.iter(qn("w:bookmarkStart")))
    names = [start.get(qn("w:name")) for start in starts]
    assert len(names) == len(set(names)) == len({start.get(qn("w:id")) for start in starts}) == 7
    shown = dict.fromkeys(names, "")
    for start in starts:
        for node in start.itersiblings():
            if node.tag == qn("w:bookmarkEnd"):
                break
            shown[start.get(qn("w:name"))] += text(node)
    references = list(fields(body, "REF"))
    assert len(references) == 5  # three in the text, two above charts for editing
    assert all(shown[code.split()[1]] == result and code.endswith("\\h") for code, result in references)


def test_a_reference_to_nothing_and_a_key_used_twice_are_refused() -> None:
    report = sample(figures=0)
    with pytest.raises(ValueError, match="'nowhere'"):
        document_bytes(replace(report, blocks=(Paragraph(("见", Ref("nowhere"))),)), "common", FONT)
    table = next(block for block in report.blocks if getattr(block, "key", "") == "scenarios")
    with pytest.raises(ValueError, match="scenarios"):
        document_bytes(replace(report, blocks=(table, table)), "common", FONT)


def test_drawings_have_numbers_names_and_descriptions_of_their_own() -> None:
    described = [node for node in opened().element.body.iter() if node.tag.endswith("}docPr")]
    assert len({node.get("id") for node in described}) == len(described) == 5
    assert [node.get("name") for node in described[:3]] == ["图1", "图2", "图3"]
    assert described[0].get("descr") == described[3].get("descr") == "第1幅图，2030年为5600亿元。"


def test_every_figure_has_one_number_and_its_chart_opens_from_the_appendix() -> None:
    document = opened()
    parts = dict(xml_parts(file_of()))
    charts = sorted(name for name in parts if name.startswith("word/charts/chart"))
    assert charts == ["word/charts/chart1.xml", "word/charts/chart2.xml"]
    assert [text(one) for one in styled(document, "EditableTitle")] == ["图1　第1幅图", "图2　第2幅图"]
    assert len([code for code, _ in fields(document.element.body, "SEQ") if "图" in code]) == 3
    after = [one.text for one in document.paragraphs]
    assert after.index("可编辑图表") > after.index("三、局限")


def test_chart_caches_equal_the_embedded_workbooks() -> None:
    data = file_of()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for number in (1, 2):
            relations = archive.read(f"word/charts/_rels/chart{number}.xml.rels").decode("utf-8")
            assert f'Target="../embeddings/chart{number}.xlsx"' in relations
            sheet = openpyxl.load_workbook(io.BytesIO(archive.read(f"word/embeddings/chart{number}.xlsx"))).active
            root = etree.fromstring(archive.read(f"word/charts/chart{number}.xml"))
            compared = 0
            for formula in root.iterfind(".//c:val//c:f", CHART):
                first = formula.text.split("!")[1].split(":")[0].replace("$", "")
                column, row = sheet[first].column, sheet[first].row
                for point in formula.getparent().iterfind(".//c:pt", CHART):
                    cell = sheet.cell(row + int(point.get("idx")), column).value
                    assert float(point.findtext("c:v", namespaces=CHART)) == cell
                    compared += 1
            assert compared >= 6


def test_pictures_keep_their_proportions_and_the_page() -> None:
    extents = [node for node in opened().element.body.iter() if node.tag.endswith("}inline")]
    for inline in extents:
        extent = inline[0]
        width, height = int(extent.get("cx")) / 360_000, int(extent.get("cy")) / 360_000
        assert width <= 15.6 + 1e-6
        assert height <= 20.0
    first = extents[0][0]
    assert int(first.get("cx")) / int(first.get("cy")) == pytest.approx(440 / 230, rel=1e-3)


def test_a_high_picture_is_made_smaller() -> None:
    report = replace(sample(figures=0), blocks=(Figure("high", "高图", drawn("", 700.0), "高"),))  # type: ignore[arg-type]
    (extent,) = [node[0] for node in made(report).element.body.iter() if node.tag.endswith("}inline")]
    assert int(extent.get("cy")) == 17 * 360_000
    assert int(extent.get("cx")) / int(extent.get("cy")) == pytest.approx(440 / 700, rel=1e-3)


def test_twenty_five_figures() -> None:
    data = document_bytes(sample(figures=25), "common", FONT)
    document = docx.Document(io.BytesIO(data))
    numbers = [one for one in map(text, styled(document, "Caption")) if one.startswith("图")]
    assert numbers == [f"图{number}　第{number}幅图" for number in range(1, 26)]
    ids = [int(node.get("id")) for node in document.element.body.iter() if node.tag.endswith("}docPr")]
    assert all(after == before + 1 for before, after in pairwise(ids))
    assert len([name for name, _ in xml_parts(data) if re.fullmatch(r"word/charts/chart\d+\.xml", name)]) == 17
    assert BODY in "".join(map(text, styled(document, "BodyText")))
