"""The one typeface of the figures, addressed by its file, and what can be asked of it.

A family name can mean another font on another machine, a file cannot. So no font is registered, no setting of
matplotlib is changed, and a system copy of the same family cannot stand in for it.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.text import Text as DrawnText
from matplotlib.textpath import text_to_path

from sim.errors import InputError, Problem
from sim.language import Text

PACKAGE = "zhplot"  # carries the static regular Noto Sans SC (SIL Open Font License); it has no bold weight
FILE_IN_PACKAGE = "fonts/NotoSansSC-Regular.ttf"
NOT_AT_LINE_START = "，。、；：！？）》」』】〕”’％%…—～·,.;:!?)]}"
NOT_AT_LINE_END = "（《「『【〔“‘([{≥≤<>−+¥$/"


class ChartError(InputError):
    """A figure that cannot be drawn truthfully: no font, a missing glyph, text that leaves the page."""

    def __init__(self, text: Text, key: str = "chart") -> None:
        super().__init__(Problem(None, None, None, key, text))


@dataclass(frozen=True, slots=True)
class ChartFont:
    """One font file."""

    path: Path

    def properties(self, size: float) -> FontProperties:
        """What matplotlib needs to draw text of `size` points in exactly this file."""
        return FontProperties(fname=str(self.path), size=size)

    def missing(self, text: str) -> tuple[str, ...]:
        """The characters of `text` that the file cannot draw, each once, in order."""
        face = get_font(str(self.path))
        wanted = dict.fromkeys(character for character in text if character != "\n")
        return tuple(character for character in wanted if not face.get_char_index(ord(character)))

    def require(self, text: str) -> None:
        """Raise ChartError naming each character of `text` that the file cannot draw."""
        lacking = self.missing(text)
        if not lacking:
            return
        named = "、".join(f"“{c}”（U+{ord(c):04X} {unicodedata.name(c, '?')}）" for c in lacking)
        listed = ", ".join(f'"{c}" (U+{ord(c):04X} {unicodedata.name(c, "?")})' for c in lacking)
        name = self.path.name
        raise ChartError(
            Text(
                f"字体文件 {name} 缺少字符 {named}，出现在“{text}”中；请改写或用 --font 另选字体。",
                f'font file {name} lacks {listed}, used in "{text}"; reword it or choose another (--font).',
            ),
            key="font",
        )

    def width(self, text: str, size: float) -> float:
        """Width of the widest line of `text` in points; raises ChartError for a missing glyph."""
        self.require(text)
        return max(_line_width(self.path, line, size) for line in text.split("\n"))

    def wrap(self, text: str, size: float, width: float) -> str:
        """`text` broken into lines of at most `width` points, by the rules of Chinese typesetting.

        Lines break between hanzi and at spaces, never before a closing mark or after an opening one; a Latin
        word or a number is split only when it is wider than a whole line. Existing line breaks are kept.
        """
        return "\n".join(self._wrap_line(line, size, width) for line in text.split("\n"))

    def wrap_evenly(self, text: str, size: float, width: float) -> str:
        """As `wrap`, in the same number of lines of nearly equal length, so that no hanzi is left alone."""
        wrapped = self.wrap(text, size, width)
        count = wrapped.count("\n") + 1
        pieces = _unbreakable_pieces(text)
        if count == 1 or "\n" in text or any(self.width(piece.rstrip(), size) > width for piece in pieces):
            return wrapped
        return "\n".join(_most_even(pieces, [self.width(piece, size) for piece in pieces], count, width))

    def _wrap_line(self, text: str, size: float, width: float) -> str:
        lines = [""]
        for piece in _unbreakable_pieces(text):
            if self.width((lines[-1] + piece).rstrip(), size) <= width:
                lines[-1] += piece
            elif self.width(piece.rstrip(), size) <= width:
                lines.append(piece.lstrip())
            else:
                lines.extend(self._split(piece, size, width))
        return "\n".join(line.rstrip() for line in lines if line.strip())

    def _split(self, piece: str, size: float, width: float) -> list[str]:
        lines = [""]
        for character in piece:
            if lines[-1] and self.width(lines[-1] + character, size) > width:
                lines.append("")
            lines[-1] += character
        return lines


@lru_cache(maxsize=20_000)  # breaking lines asks for the same widths again and again
def _line_width(path: Path, line: str, size: float) -> float:
    properties = FontProperties(fname=str(path), size=size)
    return float(text_to_path.get_text_width_height_descent(line, properties, False)[0])


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def _may_break(before: str, after: str) -> bool:
    if after in NOT_AT_LINE_START or before in NOT_AT_LINE_END or after == " ":
        return False
    return before == " " or before == "-" or _is_wide(before) or _is_wide(after)


def _unbreakable_pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for character in text:
        if pieces and not _may_break(pieces[-1][-1], character):
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def _most_even(pieces: list[str], widths: list[float], count: int, width: float) -> list[str]:
    """`pieces` in `count` lines with the least sum of squared widths (dynamic programming over the breaks)."""
    best: dict[int, tuple[float, list[str]]] = {0: (0.0, [])}  # pieces used -> cost and lines
    for number in range(count):
        reached: dict[int, tuple[float, list[str]]] = {}
        for start, (cost, lines) in best.items():
            for stop in range(start + 1, len(pieces) + 1):
                line = "".join(pieces[start:stop]).strip()
                total = sum(widths[start:stop])
                if total > width * 1.02 and stop > start + 1:
                    break
                tried = cost + total * total * (1 + number * 1e-3)  # of equal breaks the one with longer first lines
                if stop not in reached or tried < reached[stop][0]:
                    reached[stop] = (tried, [*lines, line])
        best = reached
    return best[len(pieces)][1]


def find_font(user: str | Path | None = None) -> ChartFont:
    """The user's font file, or the Noto Sans SC of the package zhplot.

    The package is located, not imported: importing it would change matplotlib's settings for all.
    Raises ChartError when there is no such file or it is not a font.
    """
    path = Path(user).expanduser() if user is not None else _packaged_file()
    shown = str(user) if user is not None else PACKAGE
    if path is None or not path.is_file():
        raise ChartError(
            Text(
                f"找不到字体 {shown}：请安装软件包 {PACKAGE}，或用 --font 指定一个中文字体文件。",
                f"no font {shown}: install the package {PACKAGE} or name a font file with --font.",
            ),
            key="font",
        )
    try:
        get_font(str(path))
    except (RuntimeError, OSError) as problem:
        raise ChartError(
            Text(f"{shown} 不是可用的字体文件。", f"{shown} is not a usable font file."), key="font"
        ) from problem
    return ChartFont(path)


def _packaged_file() -> Path | None:
    package = find_spec(PACKAGE)
    folders = package.submodule_search_locations if package is not None else None
    return Path(next(iter(folders))) / FILE_IN_PACKAGE if folders else None


def require_glyphs(figure: Figure) -> None:
    """Raise ChartError when any visible text of `figure` would come out as a box or in another font."""
    for drawn in figure.findobj(DrawnText):
        assert isinstance(drawn, DrawnText)
        if not drawn.get_visible() or not drawn.get_text().strip():
            continue
        path = drawn.get_fontproperties().get_file()
        if path is None:
            shown = drawn.get_text()
            untied = Text(f"文字“{shown}”未指定字体文件。", f'text "{shown}" is not tied to a font file.')
            raise ChartError(untied, key="font")
        ChartFont(Path(str(path))).require(drawn.get_text())
