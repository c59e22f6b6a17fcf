"""docs/gallery.md names every figure the program can make, and each has its picture."""

from __future__ import annotations

import re
import struct
import sys
from pathlib import Path

import pytest

from sim.report.figures import FIGURES

DOCS = Path(__file__).resolve().parent.parent / "docs"
sys.path.insert(0, str(DOCS))

import gallery  # noqa: E402

PAGE = (DOCS / "gallery.md").read_text(encoding="utf-8")


def section(name: str) -> str:
    """What the page says of a figure: from its picture to the next heading."""
    return PAGE.split(f"images/gallery/{name}.png)", 1)[1].split("\n#", 1)[0]


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_is_on_the_page_with_its_picture_its_editions_and_its_command(name: str) -> None:
    said = section(name)
    assert f"`{name}`" in said
    assert ("只在内部测算稿" in said) == FIGURES[name].internal
    assert ("内部、审议、公开" in said) != FIGURES[name].internal
    assert re.search(r"材料：`(run|compare|sensitivity|solve) ", said)


def test_every_picture_is_there_small_and_a_picture() -> None:
    linked = re.findall(r"!\[[^\]]+\]\((images/gallery/[\w.]+)\)", PAGE)
    assert len(linked) == len(set(linked)) >= len(FIGURES) + 2
    for path in linked:
        content = (DOCS / path).read_bytes()
        assert content.startswith(b"\x89PNG\r\n\x1a\n")
        width, height = struct.unpack(">II", content[16:24])
        assert width >= 480
        assert height >= 200
        assert len(content) < 60_000
    assert {path.name for path in (DOCS / "images" / "gallery").iterdir()} == {Path(path).name for path in linked}


def test_the_page_is_as_its_script_writes_it() -> None:
    assert gallery.stale() == []
    assert gallery.page_text() == PAGE
