"""`brief`: the ten questions asked of one number, on one A4 page, each answer with its source."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli import options
from sim.cli.bilingual import language
from sim.cli.edition import edition as of_edition
from sim.cli.edition import fonts as of_fonts
from sim.cli.inputs import check_as_of, check_plan, load_pack, load_scenarios, plan_of
from sim.errors import InputError, Problem
from sim.language import Text
from sim.report.editions import EDITIONS

if TYPE_CHECKING:
    from sim.report.blocks import Report

#: Options that go with finished results; the others say how the baseline is run where none is given.
_BESIDE = ("id", "results", "edition", "fonts", "font", "out", "force")


@options.command(
    Text(
        zh="一页纸说清一个数：目标、指标或台账数字，依次回答领导常问的十个问题，每个回答带出处。",
        en="One page on a number: a target, an indicator or a figure of the ledger; the ten questions, with sources.",
    )
)
@options.argument("id", Text("目标、指标或台账数字的编号", "id of a target, an indicator or a figure"), required=True)
@options.argument(
    "results",
    Text(
        "结果文件夹（不写时用基准情景，按截至最近的数据测算或取现成结果）",
        "result folders (without any the baseline as of the latest figures, computed or reused)",
    ),
    nargs=-1,
    required=False,
    metavar="[RESULT…]",
)
@options.region
@options.as_of(options.LATEST)
@options.draws
@options.seed
@of_edition
@of_fonts
@options.option(
    "--out",
    "out",
    type=click.Path(path_type=Path),
    default=None,
    metavar="FILE.docx",
    text=Text("另存为 Word 文件（一页 A4）", "also write a Word file of one A4 page"),
)
@options.option("--force", is_flag=True, text=Text("已有不同内容的同名文件时也覆盖", "overwrite a file that differs"))
@click.pass_context
def command(
    ctx: click.Context,
    id: str,
    results: tuple[str, ...],
    region: str,
    as_of: int | str | None,
    draws: int,
    seed: int,
    edition: str,
    fonts: str,
    font: Path | None,
    out: Path | None,
    force: bool,
) -> None:
    """Answer the questions about one number."""
    from sim.cli.brief.pages import print_brief
    from sim.material import gather
    from sim.report.brief.page import brief

    lang = language(ctx)
    _require_docx(out)
    if results:
        from sim.cli.run.replay import refuse_options

        refuse_options(ctx, "RESULT", _BESIDE)
        folders = [Path(result) for result in results]
    else:
        folders = _baseline(id, region, as_of, draws, seed, lang)
    report = brief(gather(folders), EDITIONS[edition], lang, id)
    _require_allowed(report)
    print_brief(report)
    if out is not None:
        _write(report, out, fonts, font, force)


def _require_docx(out: Path | None) -> None:
    if out is not None and out.suffix.lower() != ".docx":
        text = Text(f"“{out}”应以 .docx 结尾", f"'{out}' must end with .docx")
        raise InputError(Problem(None, None, None, "--out", text))


def _baseline(id: str, region: str, as_of: int | str | None, draws: int, seed: int, lang: str) -> list[Path]:
    """The folder of the baseline's run, made unless it is there; an id that does not exist is refused before."""
    from sim.cli.run.document import Wanted, made_document
    from sim.report.brief.subject import require_known
    from sim.targets import read_targets

    pack = load_pack(region)
    require_known(id, pack, read_targets(pack))
    year = check_as_of(pack, as_of)
    found = load_scenarios(pack, ["baseline"], None)
    plan = plan_of(pack, found, seed=seed, draws=draws, chunk=None, workers=1, as_of=year)
    check_plan(plan)
    document = made_document(plan, Wanted(None, False, False, None, lang, False))
    return [Path(document["result"])]


def _require_allowed(report: Report) -> None:
    from sim.report.guard import texts_of, violations

    wrong = violations(texts_of(report), report.edition, report.run_ids)
    if wrong:  # an error of the template, never of the user's input
        raise RuntimeError(f"the {report.edition.id} edition would show: {wrong[:5]}")


def _write(report: Report, out: Path, fonts: str, font: Path | None, force: bool) -> None:
    from sim.charts.fonts import find_font
    from sim.cli.report.writing import Content, write_all
    from sim.reading.files import shown_path
    from sim.word import document_bytes

    content = Content(out.name, document_bytes(report, fonts, find_font(font)))
    ((path, changed),) = write_all(out.parent, [content], force)
    same = "" if changed else Text("（未变）", " (unchanged)").pick(report.lang)
    click.echo(Text(f"已写：{shown_path(path)}{same}", f"Written: {shown_path(path)}{same}").pick(report.lang))
