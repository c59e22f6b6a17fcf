"""Workbooks made for tests, and what can be read in them."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
from lxml import etree
from openpyxl.cell import MergedCell

from sim.material import Material, View
from sim.report.editions import EDITIONS
from sim.workbook import workbook_bytes

_CACHED = re.compile(rb"(</f>)<v>[^<]*</v>")
#: Parts without words: where things lie, and how they look.
_FORM = ("_rels/", "[Content_Types]", "theme", "styles")


def made(material: Material, edition: str = "internal", lang: str = "zh") -> bytes:
    return workbook_bytes(material, EDITIONS[edition], lang)


def opened(data: bytes, values: bool = True) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data), data_only=values)


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def words(data: bytes) -> list[str]:
    """Every text and attribute in any part that holds words: cells, comments, names, properties, charts."""
    return list(_words(parts(data)))


def _words(found: dict[str, bytes]) -> Iterator[str]:
    for name, content in found.items():
        if any(mark in name for mark in _FORM):
            continue
        for element in etree.fromstring(content).iter():
            yield from (text for text in (element.text, *element.attrib.values()) if text and text.strip())


def rows(page: Any) -> list[dict[str, Any]]:
    """Rows of a sheet's table by the titles of its head; the group above a title stands before it."""
    start = next(row for row in range(1, page.max_row + 1) if str(page.cell(row, 1).value).startswith(("返回", "Back")))
    keep = int(re.sub(r"\D", "", page.freeze_panes)) - 1
    titles = [str(page.cell(keep, column).value) for column in range(1, page.max_column + 1)]
    group = ""
    for column in range(1, page.max_column + 1) if keep - start == 2 else ():
        above = page.cell(start + 1, column)
        if not isinstance(above, MergedCell):
            group = str(above.value or "")
        titles[column - 1] = f"{group}|{titles[column - 1]}" if group else titles[column - 1]
    return [
        {title: page.cell(row, column + 1).value for column, title in enumerate(titles)}
        for row in range(keep + 1, page.max_row + 1)
    ]


def changed(material: Material, change: Callable[[View], View]) -> Material:
    """The material with every scenario changed."""
    return replace(material, views=tuple(change(view) for view in material.views))


def with_document(view: View, **more: Any) -> View:
    return replace(view, document={**view.document, **more})


def recalculated(data: bytes, folder: Path) -> Any:
    """The workbook as LibreOffice computes it from formulas alone: no cached value is left for it."""
    source, made_in = folder / "in.xlsx", folder / "out"
    with zipfile.ZipFile(source, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts(data).items():
            sheet = name.startswith("xl/worksheets/sheet")
            archive.writestr(name, _CACHED.sub(rb"\1", content) if sheet else content)
    profile = f"-env:UserInstallation=file://{folder.as_posix()}/profile"
    office = shutil.which("soffice")
    assert office is not None
    command = [office, profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(made_in)]
    subprocess.run([*command, str(source)], capture_output=True, timeout=120, check=True)
    return openpyxl.load_workbook(made_in / "in.xlsx", data_only=True)
