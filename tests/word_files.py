"""Word files of the sample report, opened again, and ways to look into them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from functools import cache
from typing import Any

import docx
from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from sim.charts.fonts import find_font
from sim.report.blocks import Report
from sim.word import document_bytes
from tests.word_cases import sample

FONT = find_font()
MILLIMETRE = 36_000  # in the units of python-docx
W = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
CHART = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}
KINDS = ("zh common", "zh official", "en common")


@cache
def file_of(kind: str = "zh common") -> bytes:
    lang, fonts = kind.split()
    return document_bytes(sample(lang), fonts, FONT)


def opened(kind: str = "zh common") -> Document:
    return docx.Document(io.BytesIO(file_of(kind)))


def made(report: Report) -> Document:
    return docx.Document(io.BytesIO(document_bytes(report, "common", FONT)))


def xml_parts(data: bytes) -> Iterator[tuple[str, Any]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                yield name, etree.fromstring(archive.read(name))


def styled(document: Document, style: str) -> list[Any]:
    paragraphs = document.element.body.iter(qn("w:p"))
    return [one for one in paragraphs if one.find("w:pPr/w:pStyle", W).get(qn("w:val")) == style]


def text(one: Any) -> str:
    return "".join(node.text for node in one.iter(qn("w:t")))


def fields(body: Any, kind: str) -> Iterator[tuple[str, str]]:
    """Code and shown result of the fields of a kind."""
    code, result, place = "", "", ""
    for node in body.iter(qn("w:fldChar"), qn("w:instrText"), qn("w:t")):
        if node.tag == qn("w:fldChar"):
            place = node.get(qn("w:fldCharType"))
            if place == "end" and code.split()[0] == kind:
                yield code.strip(), result
            code, result = ("", "") if place in ("begin", "end") else (code, result)
        elif node.tag == qn("w:instrText"):
            code = node.text
        elif place == "separate":
            result += node.text
