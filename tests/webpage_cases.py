"""Material and pages that the tests of the web page share."""

from __future__ import annotations

import dataclasses
import json
import shutil
import tempfile
from collections.abc import Callable, Sequence
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from sim.language import Text
from sim.material import Material, View, gather
from sim.report.editions import EDITIONS
from sim.webpage import page_bytes
from tests.running import call

#: Names that somebody could give a scenario, and how the page may show them.
NAMES = {
    "<script>alert(1)</script>": "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(2)>": "</script><img src=x onerror=alert(2)>",
    "a\"b'c&d": "a\"b'c&d",
    "\u202eabc\u2066": "abc",
    "名" * 60: "名" * 60,
    '=HYPERLINK("x")': '=HYPERLINK("x")',
    "\x00\x07x\u2028y": "x y",
    "W" * 60: "W" * 60,
    "{indicator}": "{indicator}",
    "--><!--": "--><!--",
}


@cache
def material() -> Material:
    """Two scenarios as of 2023, run with few draws."""
    folder, draws = Path(tempfile.mkdtemp(prefix="webpage-")), ("--draws", "120", "--no-figures")
    names = ("baseline", "stress")
    for name in names:
        code, _, err = call("run", name, "--as-of", "2023", *draws, "--json", "--out", str(folder / name))
        assert code == 0, err
    found = gather([folder / name for name in names])
    shutil.rmtree(folder)  # all of it is read
    return found


def with_views(number: int, names: Sequence[str] = ()) -> Material:
    """The material with so many scenarios, the two of them again and again under names of their own."""
    views = []
    for place in range(number):
        view = material().views[place % 2]
        name = names[place] if place < len(names) else f"情景{place + 1}"
        views.append(dataclasses.replace(view, id=f"s{place}", label=Text(name, name)))
    return dataclasses.replace(material(), views=tuple(views))


def with_documents(change: Callable[[dict[str, Any]], None]) -> Material:
    """The material with the document of every scenario changed."""
    views = []
    for view in material().views:
        document = json.loads(json.dumps(view.document))
        change(document)
        views.append(View(view.id, view.label, document, view.resolved, view.run_id))
    return dataclasses.replace(material(), views=tuple(views))


@cache
def usual(edition: str = "internal", lang: str = "zh") -> str:
    """The page of the usual material, made once."""
    return page(material(), edition, lang)


@cache
def of_ten(edition: str = "internal") -> str:
    """The page of ten scenarios with the names that somebody could give them."""
    return page(with_views(10, list(NAMES)), edition)


def page(found: Material, edition: str = "internal", lang: str = "zh") -> str:
    return page_bytes(found, EDITIONS[edition], lang).decode("utf-8")


class Parsed(HTMLParser):
    """The elements of a page with their attributes, text by element, and headings in order."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []  # innermost element, text
        self._open: list[str] = []
        self.unclosed: list[str] = []
        self.feed(text)
        self.close()
        self.unclosed += self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in ("meta", "input", "br"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.unclosed.append(tag)

    def handle_data(self, data: str) -> None:
        if self._open:
            self.texts.append((self._open[-1], data))

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def text_in(self, *tags: str) -> str:
        return "\n".join(text for tag, text in self.texts if tag in tags)

    def visible(self) -> str:
        return "\n".join(text for tag, text in self.texts if tag not in ("script", "style"))

    def data(self) -> dict[str, Any]:
        """The embedded data."""
        scripts = [text for tag, text in self.texts if tag == "script"]
        found: dict[str, Any] = json.loads(scripts[0])
        return found
