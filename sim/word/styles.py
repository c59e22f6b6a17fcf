"""The styles of a document, made from a profile: only those it uses, so that little comes along when it is pasted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn

from sim.language import Text
from sim.word.elements import Element, element, fonts, run_properties
from sim.word.profiles import Face, Profile

RED = "C00000"


@dataclass(frozen=True, slots=True)
class _Layout:
    """Paragraph properties. before, after : points; indent : first line, characters; level : of an outline, 0 first."""

    align: str = "both"
    before: float = 0.0
    after: float = 0.0
    indent: int = 0
    keep_next: bool = False
    level: int | None = None


def set_styles(document: Document, looks: Profile, lang: str) -> None:
    """Replace the styles of `document` by those of the profile."""
    root: Any = document.styles.element
    for old in [*root.findall(qn("w:style")), *root.findall(qn("w:docDefaults"))]:
        root.remove(old)
    root.insert(0, _defaults(looks, lang))
    for made in _all(looks, lang):
        root.append(made)


def _defaults(looks: Profile, lang: str) -> Element:
    language = element("lang", (), val="en-US", eastAsia="zh-CN", bidi="ar-SA")
    size = round(looks.body.size * 2)
    run = element(
        "rPr", (fonts(looks.body.hanzi), element("sz", (), val=size), element("szCs", (), val=size), language)
    )
    spacing = element("spacing", (), before=0, after=0, line=240, lineRule="auto")
    return element("docDefaults", (element("rPrDefault", (run,)), element("pPrDefault", (element("pPr", (spacing,)),))))


def _all(looks: Profile, lang: str) -> list[Element]:
    body = _Layout(after=looks.after, indent=looks.indent)
    made = [
        _style("Normal", "Normal", looks.body, _Layout(), default=True),
        _style("BodyText", "Body Text", looks.body, body, squeeze=looks.squeeze),
        _style("Title", "Title", looks.title, _Layout("center", after=10, keep_next=True)),
        _style("Subtitle", "Subtitle", looks.subtitle, _Layout("center")),
    ]
    for level, face in enumerate(looks.headings):
        space = 0 if lang == "zh" else 8
        layout = _Layout("left", space, looks.after / 2, looks.indent, keep_next=True, level=level)
        made.append(_style(f"Heading{level + 1}", f"heading {level + 1}", face, layout))
    custom = (
        ("TableText", Text("表格文字", "Table Text"), looks.cell, _Layout("left"), ""),
        ("Unit", Text("表格单位", "Table Unit"), looks.note, _Layout("right", after=2, keep_next=True), ""),
        ("SectionEnd", Text("分节", "Section End"), replace(looks.note, size=1, pitch=1), _Layout("left"), ""),
        ("Note", Text("图表注", "Note"), looks.note, _Layout("left", before=2), ""),
        ("EditableTitle", Text("可编辑图表名", "Editable Title"), looks.caption, _Layout("center", after=8), ""),
        ("Picture", Text("图片", "Picture"), looks.cell, _Layout("center", before=8, keep_next=True), ""),
        ("Warning", Text("存疑提示", "Warning"), looks.body, replace(body, align="left"), RED),
    )
    made += [_style(name, name, looks.page, _Layout("center")) for name in ("Header", "Footer")]
    made.append(_style("Caption", "caption", looks.caption, _Layout("center", before=8, after=4)))
    made += [
        _style(key, name.pick(lang), face, layout, colour, custom=True) for key, name, face, layout, colour in custom
    ]
    return [*made, *_bare()]


def _style(
    key: str,
    name: str,
    face: Face,
    layout: _Layout,
    colour: str = "",
    *,
    squeeze: int = 0,
    custom: bool = False,
    default: bool = False,
) -> Element:
    made = element("style", (), type="paragraph", styleId=key)
    if default:
        made.set(qn("w:default"), "1")
    if custom:
        made.set(qn("w:customStyle"), "1")
    made.append(element("name", (), val=name))
    if not default:
        made.append(element("basedOn", (), val="Normal"))
    if layout.level is not None:
        made.append(element("next", (), val="BodyText"))
    made.append(element("qFormat"))
    made.append(_paragraph_properties(face, layout))
    made.append(run_properties(face, colour, squeeze))
    return made


def _paragraph_properties(face: Face, layout: _Layout) -> Element:
    made = element("pPr")
    flag: dict[str, str | int] = {} if layout.keep_next else {"val": "0"}
    made.append(element("keepNext", (), **flag))
    if layout.level is not None:
        made.append(element("keepLines"))
    made.append(element("widowControl"))
    pitch, rule = (240, "auto") if face.pitch is None else (round(face.pitch * 20), "exact")
    before, after = round(layout.before * 20), round(layout.after * 20)
    made.append(element("spacing", (), before=before, after=after, line=pitch, lineRule=rule))
    indent = round(layout.indent * face.size * 20)
    made.append(element("ind", (), firstLineChars=layout.indent * 100, firstLine=indent))
    made.append(element("jc", (), val=layout.align))
    if layout.level is not None:
        made.append(element("outlineLvl", (), val=layout.level))
    return made


def _bare() -> list[Element]:
    """What Word expects in every document: the default font, table and list."""
    found = []
    for kind, key, name in (
        ("character", "DefaultParagraphFont", "Default Paragraph Font"),
        ("table", "TableNormal", "Normal Table"),
        ("numbering", "NoList", "No List"),
    ):
        made = element("style", (element("name", (), val=name),), type=kind, styleId=key)
        made.set(qn("w:default"), "1")
        made.append(element("uiPriority", (), val=99))
        made.append(element("semiHidden"))
        made.append(element("unhideWhenUsed"))
        found.append(made)
    margins = [element(side, (), w=width, type="dxa") for side, width in _sides()]
    found[1].append(element("tblPr", (element("tblInd", (), w=0, type="dxa"), element("tblCellMar", tuple(margins)))))
    return found


def _sides() -> tuple[tuple[str, int], ...]:
    return (("top", 0), ("left", 108), ("bottom", 0), ("right", 108))
