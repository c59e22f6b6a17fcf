"""Figures that do not fit on the rest of a page wait while text fills it; numbers keep their order."""

from __future__ import annotations

import io
from dataclasses import replace

import docx

from sim.charts.fonts import find_font
from sim.report.blocks import Figure, Heading, Paragraph
from sim.word import document_bytes
from tests.word_cases import drawn, sample

LONG = "长" * 280  # ten lines of twenty-eight characters


def order(*blocks: object) -> list[str]:
    """The paragraphs of a document of these blocks by their first words, captions by their number."""
    report = replace(sample(figures=0), blocks=blocks)  # type: ignore[arg-type]
    document = docx.Document(io.BytesIO(document_bytes(report, "common", find_font())))
    return [one.text[:2] for one in document.paragraphs if one.text.strip()]


def high(key: str) -> Figure:
    return Figure(key, f"高图{key}", drawn("", 420.0), "高")  # type: ignore[arg-type]


def test_text_fills_the_page_that_a_figure_leaves() -> None:
    said = order(Heading("一、"), Paragraph((LONG,)), high("a"), Paragraph(("后文", "说" * 80)), Heading("二、"))
    assert said.index("后文") < said.index("图1") < said.index("二、")


def test_figures_keep_their_order() -> None:
    said = order(Paragraph((LONG,)), high("a"), Paragraph(("后文", "说" * 80)), high("b"), Paragraph(("末段",)))
    assert said.index("图1") < said.index("图2")
