"""`report`: finished results as Word, Excel, one HTML page and figures, ready to be pasted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from sim.cli import options
from sim.cli.bilingual import language
from sim.cli.edition import edition as of_edition
from sim.cli.edition import fonts as of_fonts
from sim.cli.report.files import FORMATS, Asked, default_folder, make_files
from sim.cli.report.told import told
from sim.errors import InputError, Problem
from sim.language import Text
from sim.report.editions import EDITIONS
from sim.report.templates import TEMPLATES


@options.command(
    Text(
        zh="把测算结果做成可直接粘贴的材料：Word（章节、评估、指标说明）、Excel、一个离线网页和图片。",
        en="Turn finished results into material to paste: Word (chapter, evaluation, indicator notes), Excel, "
        "one offline web page, and figures.",
    )
)
@options.argument(
    "results",
    Text(
        "一个或多个结果文件夹（run、compare、sensitivity、solve、sweep 的结果）",
        "one or more result folders (of run, compare, sensitivity, solve, sweep)",
    ),
    nargs=-1,
    metavar="RESULT…",
)
@options.option(
    "--format",
    "formats",
    multiple=True,
    default=("docx",),
    type=options.choice((*FORMATS, "all")),
    metavar="docx|xlsx|html|figures|all",
    text=Text("文件格式，可重复（默认 docx）", "file format, repeatable (default docx)"),
)
@options.option(
    "--template",
    default="chapter",
    type=options.choice(TEMPLATES),
    metavar="|".join(TEMPLATES),
    text=Text("Word 的体例（默认 chapter 情景分析一章）", "layout of the Word file (default chapter)"),
)
@of_edition
@of_fonts
@options.out
@options.option("--force", is_flag=True, text=Text("已有不同内容的同名文件时也覆盖", "overwrite files that differ"))
@click.pass_context
def command(
    ctx: click.Context,
    results: tuple[str, ...],
    formats: tuple[str, ...],
    template: str,
    edition: str,
    fonts: str,
    font: Path | None,
    out: Path | None,
    force: bool,
) -> None:
    """Read results, write files, say what was written and what was left out."""
    from sim.material import gather

    lang = language(ctx)
    material = gather(_folders(results))
    asked = Asked(_formats(formats), template, EDITIONS[edition], fonts, font, lang, force, "all" in formats)
    folder = out if out is not None else default_folder(material, asked)
    made = make_files(material, asked, folder)
    click.echo(told(made, lang))


def _folders(results: Sequence[str]) -> list[Path]:
    if not results:
        zh = "至少给一个结果文件夹，如 results/baseline-…（先用 run、compare 等测算）"
        raise InputError(Problem(None, None, None, "RESULT", Text(zh, "name at least one result folder (see run)")))
    return [Path(result) for result in results]


def _formats(asked: Sequence[str]) -> tuple[str, ...]:
    return FORMATS if "all" in asked else tuple(name for name in FORMATS if name in asked)
