"""The files of a report: made in memory, checked, then written, each whole or not at all."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from sim.charts.fonts import ChartFont, find_font
from sim.cli.report.writing import Content, write_all
from sim.errors import InputError, Problem
from sim.language import Text
from sim.material import Material
from sim.output.store import digest, folder_name
from sim.report.blocks import Figure, Report
from sim.report.editions import Edition
from sim.report.guard import texts_of, violations
from sim.report.shown_names import shown_material
from sim.report.templates import template
from sim.resources import results_folder

#: Formats in the order they are made.
FORMATS = ("docx", "xlsx", "html", "figures")


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for on the command line; `every` : all formats, as far as the material has them."""

    formats: tuple[str, ...]
    template: str
    edition: Edition
    fonts: str
    font: Path | None
    lang: str
    force: bool
    every: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """What was written: files with whether they were new, and what the author must know."""

    folder: Path
    written: tuple[tuple[Path, bool], ...]
    report: Report


def default_folder(material: Material, asked: Asked) -> Path:
    """`results/report-<region>-<hash of the results>`: editions and templates lie side by side."""
    key = digest(" ".join(material.run_ids).encode())
    return results_folder() / folder_name(f"report-{material.pack.id}", key)


def make_files(material: Material, asked: Asked, folder: Path) -> Made:
    """Make every file asked for and write it; raises InputError before anything is written."""
    font = find_font(asked.font)
    material = shown_material(material, asked.edition)
    with readable(material):
        report = template(asked.template)(material, asked.edition, asked.lang)
    wrong = violations(texts_of(report), asked.edition, report.run_ids)
    if wrong:  # words of the user's own, in a scenario's name or question: templates write none of these
        raise _not_allowed(wrong, asked.edition)
    contents: list[Content] = []
    with _progress(_possible(material, asked)) as names, readable(material):
        for name in names:
            contents += MAKERS[name](material, report, asked, font)
    return Made(folder, write_all(folder, contents, asked.force), report)


def _possible(material: Material, asked: Asked) -> tuple[str, ...]:
    """The formats to make: where all were asked for, a page is left out that has no scenario to show."""
    return tuple(name for name in asked.formats if name != "html" or material.views or not asked.every)


def _not_allowed(wrong: list[str], edition: Edition) -> InputError:
    shown = "；".join(wrong[:5])
    zh = f"{edition.label.zh}里不能出现这些文字，请改写情景或目标的名称、说明：{shown}"
    en = f"the {edition.id} edition must not show this; reword the names and texts of scenarios or targets: {shown}"
    return InputError(Problem(None, None, None, "--edition", Text(zh, en)))


@contextmanager
def readable(material: Material) -> Iterator[None]:
    """Turns what a damaged result makes of the program into words; an error with sound results is the program's own."""
    try:
        yield
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        doubts = [doubt for doubt in material.doubts if doubt.kind in ("edited", "incomplete", "version")]
        if not doubts:
            raise
        zh, en = "内容无法使用，请重新测算", "its content is of no use; compute it again"
        problems = [
            Problem(None, None, None, "RESULT", Text(f"{doubt.text.zh}；{zh}", f"{doubt.text.en}; {en}"))
            for doubt in doubts
        ]
        raise InputError(problems) from error


def _progress(steps: tuple[str, ...]) -> AbstractContextManager[Iterable[str]]:
    """A bar on standard error while somebody is looking."""
    return click.progressbar(steps, file=sys.stderr, hidden=not sys.stderr.isatty())


def _stem(asked: Asked, name: str) -> str:
    """File name without ending: template or format, edition, and the language where it is not Chinese."""
    return f"{name}-{asked.edition.id}" + ("" if asked.lang == "zh" else f"-{asked.lang}")


def _word(material: Material, report: Report, asked: Asked, font: ChartFont) -> list[Content]:
    from sim.word import document_bytes

    return [Content(f"{_stem(asked, asked.template)}.docx", document_bytes(report, asked.fonts, font))]


def _workbook(material: Material, report: Report, asked: Asked, font: ChartFont) -> list[Content]:
    from sim.workbook import workbook_bytes

    return [Content(f"{_stem(asked, 'tables')}.xlsx", workbook_bytes(material, asked.edition, asked.lang))]


def _page(material: Material, report: Report, asked: Asked, font: ChartFont) -> list[Content]:
    from sim.webpage import page_bytes

    return [Content(f"{_stem(asked, 'page')}.html", page_bytes(material, asked.edition, asked.lang))]


def _figures(material: Material, report: Report, asked: Asked, font: ChartFont) -> list[Content]:
    from sim.charts.save import FORMATS as KINDS
    from sim.charts.save import rendered

    found, captions = [], []
    numbers = report.numbers()
    folder = _stem(asked, f"figures-{asked.template}")
    for block in report.blocks:
        if isinstance(block, Figure):
            stem = block.stem or block.key
            drawing = block.draw(font)
            for kind in KINDS:
                found.append(Content(f"{folder}/{stem}.{kind}", rendered(drawing, kind, description=block.alt)))
            captions.append(f"{stem}：{numbers[block.key]}　{block.title}")
    if captions:
        found.append(Content(f"{folder}/captions.txt", ("\n".join(captions) + "\n").encode("utf-8")))
    return found


MAKERS: dict[str, Callable[[Material, Report, Asked, ChartFont], list[Content]]] = {
    "docx": _word,
    "xlsx": _workbook,
    "html": _page,
    "figures": _figures,
}
