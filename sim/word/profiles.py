"""Typefaces and sizes of a document: those of official documents, those that every machine has, and English.

`official` asks for 方正小标宋简体, 仿宋_GB2312 and 楷体_GB2312, which an office has to install. `common` asks for the
four typefaces that Windows ships and that office programs elsewhere replace by one of the same class; the table of
fonts in the document names a replacement for each, so that no hanzi falls to a Latin font.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim.errors import unknown_name

LATIN = "Times New Roman"


@dataclass(frozen=True, slots=True)
class Face:
    """How text of a kind is set: typeface of hanzi, size and exact line pitch in points (None: single), bold."""

    hanzi: str
    size: float
    pitch: float | None = None
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Profile:
    """The faces of a document. indent : first lines of body text, in characters; after : points below a paragraph;
    squeeze : twips taken from the advance of each character, so that 28 of them fill a line of 156 mm."""

    title: Face
    subtitle: Face
    body: Face
    headings: tuple[Face, Face, Face]
    caption: Face
    note: Face
    cell: Face
    head: Face
    page: Face
    indent: int = 2
    after: float = 0.0
    squeeze: int = 5


def _chinese(title: str, body: str, script: str) -> Profile:
    return Profile(
        title=Face(title, 22, 36),
        subtitle=Face(script, 16, 28),
        body=Face(body, 16, 28),
        headings=(Face("黑体", 16, 28), Face(script, 16, 28), Face(body, 16, 28, bold=True)),
        caption=Face("黑体", 12),
        note=Face("宋体", 9),
        cell=Face("宋体", 10.5),
        head=Face("黑体", 10.5),
        page=Face("宋体", 14),
    )


_ENGLISH = Profile(
    title=Face("宋体", 20, 28, bold=True),
    subtitle=Face("宋体", 12, 18),
    body=Face("宋体", 11, 16),
    headings=(Face("黑体", 14, 22, bold=True), Face("黑体", 12, 20, bold=True), Face("黑体", 11, 18, bold=True)),
    caption=Face("黑体", 10.5, bold=True),
    note=Face("宋体", 9),
    cell=Face("宋体", 9.5),
    head=Face("黑体", 9.5, bold=True),
    page=Face("宋体", 11),
    indent=0,
    after=6,
    squeeze=0,
)

_PROFILES = {
    "common": _chinese("宋体", "仿宋", "楷体"),
    "official": _chinese("方正小标宋简体", "仿宋_GB2312", "楷体_GB2312"),
}

#: Typeface -> another name or a stand-in of the same class, and the family of Windows it belongs to.
STAND_INS = {
    "宋体": ("SimSun", "roman"),
    "黑体": ("SimHei", "swiss"),
    "楷体": ("KaiTi", "modern"),
    "仿宋": ("FangSong", "modern"),
    "方正小标宋简体": ("宋体", "roman"),
    "仿宋_GB2312": ("仿宋", "modern"),
    "楷体_GB2312": ("楷体", "modern"),
}


def profile(fonts: str, lang: str) -> Profile:
    """The profile of that name; English documents have one of their own. Raises ValueError for an unknown name."""
    if fonts not in _PROFILES:
        raise ValueError(unknown_name(fonts, tuple(_PROFILES)).en)
    return _PROFILES[fonts] if lang == "zh" else _ENGLISH
