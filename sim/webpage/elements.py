"""HTML and embedded data written so that no text of a user can become anything but text."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping, Sequence
from typing import Any

from sim.language import printable

#: Elements without an end.
_VOID = frozenset({"meta", "input", "br", "col", "link"})
#: What would end a script element or, in old engines, a line of a script.
_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}

Attribute = str | int | bool | None


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


def element(name: str, /, *children: str, **attributes: Attribute) -> Html:
    """An element. Children that are not `Html` are escaped; `class_` and `for_` stand for the reserved words,
    `data_v` for `data-v`; an attribute that is None or False is left out, one that is True has no value."""
    parts = [name]
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        shown = key.rstrip("_").replace("_", "-")
        parts.append(shown if value is True else f'{shown}="{html.escape(printable(str(value)))}"')
    start = f"<{' '.join(parts)}>"
    return Html(start if name in _VOID else f"{start}{joined(children)}</{name}>")


def joined(children: Sequence[str]) -> Html:
    """Children one after the other, escaped where they are not HTML."""
    return Html("".join(str(child) if isinstance(child, Html) else escaped(child) for child in children))


def escaped(text: str) -> Html:
    """Text of anybody: cleaned of control characters and marks of direction, then escaped."""
    return Html(html.escape(printable(text), quote=False))


def raw(text: str) -> Html:
    """Text of the program itself that must stand as it is: scripts and styles."""
    return Html(text)


def embedded(data: Mapping[str, Any]) -> Html:
    """Data as JSON inside a script element."""
    text = json.dumps(_cleaned(data), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character, code in _ESCAPES.items():
        text = text.replace(character, code)
    return Html(text)


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {key: _cleaned(item) for key, item in value.items()}
    return [_cleaned(item) for item in value] if isinstance(value, list | tuple) else value
