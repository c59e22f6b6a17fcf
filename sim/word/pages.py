"""Pages of GB/T 9704: A4 with a type area of 156 × 225 mm, upright or turned; page number and edition on each."""

from __future__ import annotations

from copy import deepcopy

from docx.document import Document
from docx.oxml.ns import qn

from sim.word.elements import Element, element, field, paragraph, runs
from sim.word.profiles import Profile

# Twips: head 37 mm, binding edge 28 mm; right and foot are what A4 leaves beside 156 × 225 mm.
_SHORT, _LONG = 11906, 16838
_HEAD, _BINDING = 2098, 1587
TEXT_WIDTH, TEXT_HEIGHT = 8844, 12756
TURNED_PICTURE = 12.0  # cm: highest picture on a turned page
_RIGHT, _FOOT = _SHORT - _BINDING - TEXT_WIDTH, _LONG - _HEAD - TEXT_HEIGHT


def text_width(turned: bool) -> int:
    """Width of the type area in twips."""
    return TEXT_HEIGHT if turned else TEXT_WIDTH


def section(base: Element, turned: bool) -> Element:
    """Properties of a section that begins a page. base : with the references to header and footer."""
    made = deepcopy(base)
    for name in ("type", "pgSz", "pgMar", "cols", "docGrid"):
        for old in made.findall(qn(f"w:{name}")):
            made.remove(old)
    made.append(element("type", (), val="nextPage"))
    if turned:
        made.append(element("pgSz", (), w=_LONG, h=_SHORT, orient="landscape"))
        edges = {"top": _BINDING, "right": _FOOT, "bottom": _RIGHT, "left": _HEAD}
    else:
        made.append(element("pgSz", (), w=_SHORT, h=_LONG))
        edges = {"top": _HEAD, "right": _RIGHT, "bottom": _FOOT, "left": _BINDING}
    made.append(element("pgMar", (), **edges, header=850, footer=1000 if turned else 1400, gutter=0))
    made.append(element("cols", (), space=425))
    return made


def set_header_and_footer(document: Document, looks: Profile, mark: str, lang: str) -> None:
    """The edition above at the right, “— 1 —” below."""
    first = document.sections[0]
    for place, style in ((first.header, "Header"), (first.footer, "Footer")):
        place.is_linked_to_previous = False
        root = place._element
        for old in list(root):
            root.remove(old)
        if style == "Header":
            content = runs(mark, looks.page.hanzi)
            for run in content:
                run.rPr.append(element("sz", (), val=21))
                run.rPr.append(element("szCs", (), val=21))
            root.append(paragraph(style, content, jc="right"))
        else:
            dash = runs("— ", looks.page.hanzi, chinese=lang == "zh")
            end = runs(" —", looks.page.hanzi, chinese=lang == "zh")
            root.append(paragraph(style, [*dash, *field("PAGE", "1", looks.page.hanzi), *end]))
