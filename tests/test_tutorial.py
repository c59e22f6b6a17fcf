"""The tutorial's pictures: all made by docs/tutorial.py, from the page's own commands; letters stand on a grid."""

from __future__ import annotations

import importlib
import io
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest
from PIL import Image

DOCS = Path(__file__).resolve().parent.parent / "docs"


@pytest.fixture
def tutorial(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(DOCS))
    for name in ("tutorial", "terminal_picture"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    return importlib.import_module("tutorial")


def test_every_picture_of_the_page_is_made(tutorial: ModuleType) -> None:
    shown = set(re.findall(r"images/tutorial/(\w+)\.png", (DOCS / "tutorial.md").read_text(encoding="utf-8")))
    assert shown == {*tutorial.PRINTED, *tutorial.SHEETS}
    assert {path.stem for path in (DOCS / "images" / "tutorial").glob("*.png")} == shown


def test_pictures_show_commands_and_files_of_the_page(tutorial: ModuleType) -> None:
    commands = tutorial.commands()
    for part in tutorial.PRINTED.values():
        assert any(command.startswith(part.command.strip()) for command in commands)
    written = " ".join(commands)
    for file, _ in tutorial.SHEETS.values():
        assert f"results/教程/{file.partition('/')[0]}" in written


def test_letters_stand_on_a_grid(tutorial: ModuleType) -> None:
    terminal = importlib.import_module("terminal_picture")
    assert [terminal.width(text) for text in ("ab", "汉字", "a汉—")] == [2, 4, 4]
    with Image.open(io.BytesIO(terminal.picture("check", "汉" * 60 + "\n" + "x" * 30, most=1))) as image:
        columns, rows = 120, 4  # the command, an empty line, one line shown, the mark that more follows
        assert image.size == (
            columns * terminal.CELL[0] + 2 * terminal.MARGIN,
            rows * terminal.CELL[1] + 2 * terminal.MARGIN,
        )
