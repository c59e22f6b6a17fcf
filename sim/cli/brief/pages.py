"""The brief as it stands in a terminal: question and answer one below the other."""

from __future__ import annotations

import click

from sim.cli.terminal import WIDEST_PAGE, page, wrap_cells
from sim.language import Text
from sim.report.blocks import Paragraph, Report, Table

_INDENT = "    "


def print_brief(report: Report) -> None:
    """Title, cut-off, doubts, the numbered answers, and what the author must know."""
    lang, width = report.lang, min(page(), WIDEST_PAGE)
    click.echo(f"{report.title} · {report.edition.label.pick(lang)}")
    _echo(report.cut_off, width)
    for block in report.blocks:
        if isinstance(block, Paragraph):
            _echo(block.text, width)
        elif isinstance(block, Table):
            _print_answers(block, width)
    for head, texts in (
        (Text("请先核实：", "To be checked first:"), report.warnings),
        (Text("未列入（只告诉起草人）：", "Left out:"), report.left_out),
    ):
        if texts:
            click.echo()
            click.echo(head.pick(lang))
            for text in texts:
                _echo(text, width, "  ")


def _print_answers(table: Table, width: int) -> None:
    for question, answer in table.rows:
        click.echo()
        click.echo(question.text)
        _echo(answer.text, width, _INDENT)


def _echo(text: str, width: int, indent: str = "") -> None:
    for line in wrap_cells(text, width - len(indent)):
        click.echo(indent + line)
