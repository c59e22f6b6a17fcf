"""Small elements of WordprocessingML: built here once, so that the other modules speak of documents, not of XML."""

from __future__ import annotations

import re
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from sim.native.text import clean
from sim.word.profiles import LATIN, Face

# Shared by both scripts: in Chinese text they are as wide as a hanzi, and Word must be told.
_SHARED = re.compile("([“”‘’—…·]+)")

Element = Any  # of lxml, which has no types


def element(name: str, children: tuple[Element, ...] = (), /, **attributes: str | int) -> Element:
    """Element `w:name` with attributes of the same namespace."""
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    for child in children:
        made.append(child)
    return made


def fonts(hanzi: str, hint: bool = False) -> Element:
    """The four typefaces of a run or a style; none of them through the theme, which would win."""
    made = element("rFonts", ascii=LATIN, hAnsi=LATIN, eastAsia=hanzi, cs=LATIN)
    if hint:
        made.set(qn("w:hint"), "eastAsia")
    return made


def run_properties(face: Face, colour: str = "", squeeze: int = 0, hint: bool = False) -> Element:
    """`w:rPr` of a face, its parts in the order of the schema."""
    made = element("rPr", (fonts(face.hanzi, hint),))
    flag = {} if face.bold else {"val": "0"}
    made.append(element("b", (), **flag))
    made.append(element("bCs", (), **flag))
    made.append(element("i", (), val="0"))
    made.append(element("color", (), val=colour or "000000"))
    if squeeze:
        made.append(element("spacing", (), val=-squeeze))
    made.append(element("sz", (), val=round(face.size * 2)))
    made.append(element("szCs", (), val=round(face.size * 2)))
    return made


def runs(text: str, hanzi: str = "", colour: str = "", chinese: bool = True) -> list[Element]:
    """Runs of `text`, cleaned. hanzi : typeface, given so that nothing depends on the style; colour : of the text."""
    found = []
    for piece in _SHARED.split(clean(text)):
        if piece:
            hint = chinese and bool(_SHARED.fullmatch(piece))
            found.append(_run(piece, hanzi, colour, hint))
    return found


def _run(text: str, hanzi: str, colour: str, hint: bool) -> Element:
    made = element("r")
    if hanzi or colour or hint:
        properties = element("rPr")
        if hanzi or hint:
            properties.append(fonts(hanzi, hint))
        if colour:
            properties.append(element("color", (), val=colour))
        made.append(properties)
    shown = element("t")
    shown.text = text
    shown.set(qn("xml:space"), "preserve")
    made.append(shown)
    return made


def field(code: str, shown: str, hanzi: str) -> list[Element]:
    """Runs of a field with its result: programs that do not compute fields show the result."""
    instruction = element("instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = f" {code} "
    return [
        element("r", (element("fldChar", (), fldCharType="begin"),)),
        element("r", (instruction,)),
        element("r", (element("fldChar", (), fldCharType="separate"),)),
        *runs(shown, hanzi),
        element("r", (element("fldChar", (), fldCharType="end"),)),
    ]


def bookmarked(name: str, number: int, content: list[Element]) -> list[Element]:
    """`content` inside a bookmark."""
    start = element("bookmarkStart", (), id=number, name=name)
    return [start, *content, element("bookmarkEnd", (), id=number)]


def paragraph(style: str, content: list[Element], keep: bool = False, jc: str = "") -> Element:
    """A paragraph. style : its id; keep : on the page of what follows; jc : alignment other than the style's."""
    inner = element("pPr", (element("pStyle", (), val=style),))
    if keep:
        inner.append(element("keepNext"))
    if jc:
        inner.append(element("jc", (), val=jc))
    return element("p", (inner, *content))
