"""Cells of the shared tables: what is printed with the number behind it and where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.output.probability import chance_text
from sim.output.tables import figure_text, number_text
from sim.report.blocks import Cell
from sim.report.wording import span_text

Record = Mapping[str, Any]
DASH = "—"


def text_cell(text: str | None, source: str = "", span: int = 1) -> Cell:
    """Words; a dash for none."""
    return Cell(text or DASH, source=source, span=span)


def format_of(digits: int) -> str:
    """The number format of a spreadsheet for so many digits after the point."""
    return "0" if digits <= 0 else f"0.{'0' * digits}"


def number_cell(value: float | None, digits: int, source: str = "", suffix: str = "") -> Cell:
    """A number of the model, or one computed from reported figures."""
    if value is None:
        return Cell(DASH)
    return Cell(number_text(value, digits) + suffix, value, format_of(digits), source=source)


def figure_cell(value: float | None, printed: str | None = None, source: str = "") -> Cell:
    """A reported figure as it was published."""
    if value is None:
        return Cell(printed or DASH, source=source)
    text = printed or figure_text(value)
    digits = len(figure_text(value).partition(".")[2])
    return Cell(text, value, format_of(digits), source=source)


def interval_cell(low: float | None, high: float | None, digits: int, lang: str, source: str = "") -> Cell:
    """A range as text."""
    return Cell(DASH) if low is None or high is None else Cell(span_text(low, high, digits, lang), source=source)


def chance_cell(record: Record, lang: str, source: str = "") -> Cell:
    """A probability with range and word, coloured by its value."""
    probability = record["probability"]
    if probability is None:
        return Cell(DASH)
    text = chance_text(record, lang)
    return Cell(text, 100.0 * probability, "0", probability=probability, source=source)
