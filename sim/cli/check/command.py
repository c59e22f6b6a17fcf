"""`check`: the ledger, what its figures say of each other, and the targets, without any simulation."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli import options
from sim.cli.bilingual import language
from sim.cli.check.coverage import Figure, figures
from sim.cli.check.letters import letters, write_letters
from sim.cli.check.pages import print_check
from sim.cli.check.power import power_record, print_power
from sim.cli.check.record import Checked, record
from sim.cli.check.residuals import residual_record
from sim.cli.documents import Documents, check_quotes, number_is_explained, open_documents
from sim.cli.terminal import write_json
from sim.errors import InputError, Problem, unknown_name
from sim.facts.checks import COLUMNS
from sim.facts.definitions import Definitions, read_definitions
from sim.facts.plausible import impossible_facts
from sim.language import Text
from sim.output.disagreements import chosen_facts, conflicts_of, known_packs, labels_of
from sim.preflight import paces, preflight
from sim.reconcile.power import PowerTable, power
from sim.region.pack import Pack
from sim.region.reading import read_pack
from sim.resources import data_path
from sim.targets import read_targets


@options.command(
    Text(
        zh="核对台账：数字之间是否衔接，目标能否直接考核，引文是否与原文一致。不做测算。发现的问题供核实，不算失败；"
        "台账格式有误或引文不符时退出码为 2。",
        en="Check the ledger: do its figures agree, can its targets be judged as they stand, do its quotes match. No "
        "simulation. Findings are not failures; a malformed ledger or a quote that does not match exits with 2.",
    )
)
@options.argument(
    "region",
    options.REGION,
    default=options.DEFAULT_REGION,
    type=options.choice(options.region_names),
)
@options.option(
    "--sources",
    metavar="DIR",
    text=Text("原始文件所在文件夹：逐字核对引文、行号和数字", "folder of the documents: check quotes, lines, numbers"),
)
@options.option(
    "--coverage",
    is_flag=True,
    text=Text("列出原始文件中尚未入账的数字（需 --sources）", "list numbers in the documents that no fact cites"),
)
@options.option(
    "--letters",
    "letters_folder",
    metavar="DIR",
    text=Text("按责任单位写数据核实单和数据需求清单", "write letters of questions and a list of data needed"),
)
@options.option(
    "--force",
    is_flag=True,
    text=Text("覆盖 --letters 文件夹中内容不同的同名文件", "overwrite letters that have another text"),
)
@options.option(
    "--power",
    "with_power",
    is_flag=True,
    text=Text("量一量核对的本领：逐个数放进偏差，看能否查出（约十秒）", "measure how many errors put in are found"),
)
@options.as_json
@click.pass_context
def command(
    ctx: click.Context,
    region: str,
    sources: str | None,
    coverage: bool,
    letters_folder: str | None,
    force: bool,
    with_power: bool,
    as_json: bool,
) -> None:
    """Check a region pack."""
    _needs("--coverage", coverage, "--sources", sources)
    _needs("--force", force, "--letters", letters_folder)
    folder = None if letters_folder is None else _folder(letters_folder)
    found = check(region, None if sources is None else open_documents(sources), coverage)
    written: tuple[Path, ...] = ()
    if folder is not None:
        texts = letters(found.pack, found.targets, found.findings, found.conflicts, labels_of(found.pack))
        written = write_letters(folder, texts, force)
    lang = language(ctx)
    document = record(found)
    document["calibration"] = residual_record(found.pack)
    if with_power:
        document["power"] = power_record(power_of(found.pack, found.definitions))
    if as_json:
        write_json(document)
    elif with_power:
        print_power(document["power"], lang)
    else:
        print_check(found.pack, document, lang, [path.as_posix() for path in written])
    failed = () if found.quotes is None else found.quotes.failed
    for fact, text in failed:
        click.echo(Problem(fact.shown, fact.row, None, fact.id, text).show(lang), err=True)
    if failed:
        ctx.exit(2)


def _needs(option: str, given: bool, needed: str, value: str | None) -> None:
    """Raises InputError for an option that says nothing without another one."""
    if given and value is None:
        text = Text(f"须与 {needed} 一起使用", f"needs {needed}")
        raise InputError(Problem(None, None, None, option, text))


def _folder(name: str) -> Path:
    if not name.strip() or (Path(name).exists() and not Path(name).is_dir()):
        text = Text(f"“{name}”应为文件夹", f'"{name}" is not a folder')
        raise InputError(Problem(None, None, None, "--letters", text))
    return Path(name)


def check(region: str, documents: Documents | None = None, coverage: bool = False) -> Checked:
    """Everything that can be said of a region pack without simulation; raises InputError for a malformed pack."""
    calibration = data_path("calibration")
    pack = read_pack(calibration, region)
    check_numbers(pack)
    targets = read_targets(pack)
    definitions = read_definitions(calibration / "definitions.yaml")
    check_scopes(pack, definitions)
    return Checked(
        pack,
        targets,
        definitions,
        conflicts_of(pack, definitions),
        preflight(pack, targets, definitions),
        paces(pack, targets, definitions),
        tuple(fact.id for fact in pack.ledger.facts if not number_is_explained(fact)),
        None if documents is None else check_quotes(documents, pack.ledger.facts),
        uncited(pack, documents) if documents is not None and coverage else None,
    )


def check_numbers(pack: Pack) -> None:
    """Raises InputError with every number that cannot be: nothing can be worked out from a population of zero."""
    starting: set[str] = set()
    for region in known_packs(pack):
        prefix = "" if region is pack else f"{region.id}."
        starting |= {f"{prefix}{fact.id}" for fact in region.base_facts.values() if fact is not None}
    problems = impossible_facts(pack.ledger.facts, starting)
    if problems:
        raise InputError(problems)


def check_scopes(pack: Pack, definitions: Definitions) -> None:
    """Raises InputError for scopes that `definitions.yaml` does not know: nothing could be said of them."""
    column = COLUMNS.index("scope") + 1
    problems = [
        Problem(fact.shown, fact.row, column, fact.id, unknown_name(tag, definitions.axis_of))
        for fact in pack.own_facts
        for tag in definitions.unknown_tags(fact)
    ]
    if problems:
        raise InputError(problems)


def power_of(pack: Pack, definitions: Definitions) -> PowerTable:
    """Errors put into the ledger one by one, and how many the reconciliation finds."""
    return power(pack.ledger.facts, pack.words, definitions, pack.parents, chosen_facts(pack))


def uncited(pack: Pack, documents: Documents) -> tuple[Figure, ...]:
    """Figures of every document that the pack's sources name and the folder holds, cited ones included."""
    there = [document for document in sorted(pack.sources) if documents.has(document)]
    return tuple(figure for document in there for figure in figures(documents, document, pack.ledger.facts))
