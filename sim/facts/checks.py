"""What one row of a ledger may hold: columns, units, natures, forms of numbers and periods.

Only questions of form. A cell that can be meant one way only (full-width digits, thousands separators) passes
and is normalised by `plain`; anything else is a problem, because a number guessed wrongly is worse than none.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Mapping

from sim.errors import unknown_name
from sim.facts.units import UNITS
from sim.language import Text

COLUMNS = (
    *("id", "region", "indicator", "period", "value", "unit", "price_basis", "scope", "rounding", "nature"),
    *("attribute", "document", "line", "quote", "note"),
)
NATURES = ("actual", "preliminary", "final", "revised", "department", "target")
PRICE_BASES = ("", "current", "constant")
ATTRIBUTES = ("", "预期性", "约束性")
PERIODS = "2020, 2016-2020, 2021-9M, 2023-H1, 2023-Q1"
EMPTY = Text("还没有填", "still to be filled in")
QUOTE_LENGTH = 30  # characters without white space

_CHOICES: Mapping[str, Collection[str]] = {
    "unit": UNITS,
    "price_basis": PRICE_BASES,
    "nature": NATURES,
    "attribute": ATTRIBUTES,
}

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_ID = re.compile(r"[a-z][a-z0-9_]*(\.[A-Za-z0-9_-]+)+")
_NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_GROUPED = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?", re.ASCII)
PERIOD = re.compile(r"(?P<first>(19|20)[0-9]{2})(-(?P<last>(19|20)[0-9]{2})|-(1[0-2]|[1-9])M|-H[12]|-Q[1-4])?")
_DATE = re.compile(r"\d{1,4}[/-]\d{1,2}([/-]\d{1,4})?|[A-Z][a-z]{2}-\d{2,4}|\d{1,2}-[A-Z][a-z]{2}.*|.*\d月(\d+日)?")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，－−—–～", "0123456789.,-----")


def row_problems(
    record: Mapping[str, str], words: Collection[str], seen: Mapping[str, int]
) -> Iterator[tuple[str, Text]]:
    """What is wrong in one row, as (column, message)."""
    for name, cell in record.items():
        if any(ord(character) < ord(" ") for character in cell):
            yield name, Text("格内有换行或控制字符", "line break or control character in the cell")
    yield from _identity_problems(record, seen)
    value = plain(record["value"])
    if value or record["nature"] != "target":
        yield from (("value", text) for text in _number_problems(value))
    yield from _period_problems(plain(record["period"]))
    for name, allowed in (*_CHOICES.items(), ("rounding", words)):
        if record[name] not in allowed:
            yield name, _not_allowed(record[name], [choice for choice in allowed if choice])
    line = record["line"]
    if line and not re.fullmatch(r"[1-9][0-9]*", plain(line)):
        yield "line", Text(f"应为行号，得到“{line}”", f'expected a line number, got "{line}"')
    length = len("".join(record["quote"].split()))
    if length > QUOTE_LENGTH:
        zh, en = f"引文 {length} 字，至多 {QUOTE_LENGTH} 字", f"{length} characters, {QUOTE_LENGTH} at most"
        yield "quote", Text(zh, en)


def _identity_problems(record: Mapping[str, str], seen: Mapping[str, int]) -> Iterator[tuple[str, Text]]:
    """Required cells, form of the names, and ids used before."""
    for name in ("id", "region", "indicator", "document", "quote"):
        if not record[name]:
            yield name, EMPTY
    for name, form in (("id", _ID), ("region", _NAME), ("indicator", _NAME)):
        if record[name] and not form.fullmatch(record[name]):
            zh = f"“{record[name]}”应为小写字母、数字和下划线" + ("，各段以点相连" if name == "id" else "")
            yield name, Text(zh, f'"{record[name]}" must be lower-case letters, digits, underscores')
    if record["id"] in seen and record["id"]:
        row = seen[record["id"]]
        yield "id", Text(f"与第 {row} 行的编号重复", f"repeats the id of row {row}")


def _number_problems(value: str) -> Iterator[Text]:
    """Why a cell, already in half-width characters, is not a number."""
    if _DATE.fullmatch(value):
        yield Text(f"“{value}”像是被 Excel 改成了日期", f'"{value}" looks like a date made by Excel')
    elif re.fullmatch(r"-?\d+(\.\d+)?[eE][+-]?\d+", value):
        yield Text(f"“{value}”是科学计数法，位数可能已丢失", f'"{value}" is rounded scientific notation')
    elif not (_NUMBER.fullmatch(value) or _GROUPED.fullmatch(value)):
        if not value:
            yield EMPTY
            return
        zh = f"应为数字，得到“{value}”；单位、约、以上等写在各自的列"
        yield Text(zh, f'expected a number, got "{value}"; units and words have columns of their own')
    elif not math.isfinite(float(value.replace(",", ""))):
        yield Text("数字过大", "number too large")


def _period_problems(period: str) -> Iterator[tuple[str, Text]]:
    """Why a cell is not a period."""
    match = PERIOD.fullmatch(period)
    if match is None:
        zh = "像是被 Excel 改成了日期" if _DATE.fullmatch(period) else "不是时期"
        en = "looks like a date made by Excel" if _DATE.fullmatch(period) else "is not a period"
        yield "period", Text(f"“{period}”{zh}，应如 {PERIODS}", f'"{period}" {en}; examples: {PERIODS}')
    elif match["last"] is not None and match["last"] <= match["first"]:
        yield "period", Text(f"“{period}”的止年不晚于起年", f'"{period}" ends before it begins')


def _not_allowed(got: str, allowed: list[str]) -> Text:
    """An empty cell, or one with a word that is not in the list."""
    if got:
        return unknown_name(got, allowed)
    return Text(f"不能为空；可用：{'、'.join(allowed)}", f"must not be empty; one of {', '.join(allowed)}")


def plain(cell: str) -> str:
    """The cell with full-width digits, points, commas and dashes made half-width."""
    return cell.translate(_FULL_WIDTH)
