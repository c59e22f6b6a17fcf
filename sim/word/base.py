"""An empty document: page, styles and settings; nothing of the template it started from, no name, no clock."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

import docx
from docx.document import Document
from docx.oxml.ns import nsdecls

from sim.native.charts import EPOCH
from sim.native.text import clean
from sim.word.elements import Element, element
from sim.word.profiles import LATIN, STAND_INS, Profile
from sim.word.styles import set_styles

PROGRAM = "regional-scenarios"
# Parts of python-docx's template that say nothing about this document.
_DROPPED = ("thumbnail", "stylesWithEffects", "customXml", "webSettings", "numbering")
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def empty_document(looks: Profile, lang: str) -> Document:
    """A document without content in the faces of `looks`."""
    document = docx.Document()
    package = document.part.package
    assert package is not None
    for holder in (package, document.part):
        for key, relation in list(holder.rels.items()):
            if any(word in relation.reltype for word in _DROPPED):
                del holder.rels[key]
    set_styles(document, looks, lang)
    _set_settings(document)
    for relation in document.part.rels.values():
        part = relation.target_part
        if relation.reltype.endswith("/theme"):
            part._blob = _theme(part.blob)
        elif relation.reltype.endswith("/fontTable"):
            part._blob = _font_table(looks)
    return document


def _set_settings(document: Document) -> None:
    """Settings written whole: layout of today's Word, Chinese, fields left alone (updating them would ask)."""
    root = document.settings.element
    for child in list(root):
        root.remove(child)
    for child in (
        element("zoom", (), percent=100),
        element("defaultTabStop", (), val=420),
        element("characterSpacingControl", (), val="compressPunctuation"),
        element("compat", (element("useFELayout"), _mode())),
        element("themeFontLang", (), val="en-US", eastAsia="zh-CN"),
        element("decimalSymbol", (), val="."),
        element("listSeparator", (), val=","),
    ):
        root.append(child)


def _mode() -> Element:
    uri = "http://schemas.microsoft.com/office/word"
    return element("compatSetting", (), name="compatibilityMode", uri=uri, val=15)


def _theme(blob: bytes) -> bytes:
    """The theme with typefaces of the document: charts fall back on them."""
    xml = blob.decode("utf-8")
    xml = re.sub(r"<a:font script=[^>]*/>\s*", "", xml)
    xml = re.sub(r'<a:latin typeface="[^"]*"[^>]*/>', f'<a:latin typeface="{LATIN}"/>', xml)
    return re.sub(r'<a:ea typeface="[^"]*"[^>]*/>', '<a:ea typeface="宋体"/>', xml).encode("utf-8")


def _font_table(looks: Profile) -> bytes:
    """Each typeface with a stand-in, for machines that have it under another name or not at all."""
    faces = [looks.title, looks.subtitle, looks.body, *looks.headings, looks.caption, looks.note, looks.cell]
    names = dict.fromkeys([*(face.hanzi for face in faces), looks.head.hanzi, looks.page.hanzi])
    entries = [f'<w:font w:name="{LATIN}"><w:charset w:val="00"/><w:family w:val="roman"/></w:font>']
    for name in names:
        other, family = STAND_INS[name]
        entries.append(
            f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/>'
            f'<w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
        )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f"{head}<w:fonts {nsdecls('w')}>{''.join(entries)}</w:fonts>".encode()


def finished_bytes(document: Document, title: str, lang: str, properties: Mapping[str, str]) -> bytes:
    """The document as a file, equal byte by byte whenever it is made."""
    _set_properties(document, title, lang, properties)
    memory, target = io.BytesIO(), io.BytesIO()
    document.save(memory)
    with zipfile.ZipFile(memory) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for entry in source.infolist():
            stamped = zipfile.ZipInfo(entry.filename, _ZIP_DATE)
            stamped.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(stamped, source.read(entry))
    return target.getvalue()


def _set_properties(document: Document, title: str, lang: str, properties: Mapping[str, str]) -> None:
    core = document.core_properties
    core.author = core.last_modified_by = core.comments = core.category = ""
    core.title = clean(properties.get("title", title))[:255]
    core.subject = clean(properties.get("subject", ""))[:255]
    core.keywords = clean(properties.get("keywords", ""))[:255]
    core.language = "zh-CN" if lang == "zh" else "en-US"
    core.created = core.modified = EPOCH
    core.revision = 1
    package = document.part.package
    assert package is not None
    for relation in package.rels.values():
        if relation.reltype.endswith("/extended-properties"):
            relation.target_part._blob = _application()


def _application() -> bytes:
    uri = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<Properties xmlns="{uri}"><Application>{PROGRAM}</Application></Properties>'.encode()
