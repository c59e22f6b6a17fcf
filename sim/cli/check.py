"""`check`: the ledger, what its figures say of each other, and the targets, without any simulation."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from sim.cli import options
from sim.cli.bilingual import language
from sim.cli.check_pages import print_check
from sim.cli.coverage import Figure, figures
from sim.cli.documents import Documents, Quotes, check_quotes, open_documents
from sim.cli.letters import letters, write_letters
from sim.cli.outcomes import outcome_records
from sim.cli.power_pages import power_record, print_power
from sim.cli.terminal import write_json
from sim.errors import InputError, Problem, unknown_name
from sim.facts.checks import COLUMNS
from sim.facts.definitions import Definitions, read_definitions
from sim.facts.names import name_of, read_names
from sim.language import Text
from sim.preflight import Finding, Pace, paces, preflight
from sim.reconcile import Conflict, Labels, reconcile
from sim.reconcile.power import PowerTable, power
from sim.region.pack import NATION, Pack
from sim.region.reading import read_pack
from sim.resources import data_path
from sim.targets import Target, read_targets

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Checked:
    """All that was found; `quotes` and `coverage` are None where they were not asked for."""

    pack: Pack
    targets: tuple[Target, ...]
    definitions: Definitions
    conflicts: tuple[Conflict, ...]
    findings: tuple[Finding, ...]
    paces: tuple[Pace, ...]
    quotes: Quotes | None
    coverage: tuple[Figure, ...] | None


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
    with_power: bool,
    as_json: bool,
) -> None:
    """Check a region pack."""
    if coverage and sources is None:
        text = Text("--coverage 需要 --sources", "--coverage needs --sources")
        raise InputError(Problem(None, None, None, "--coverage", text))
    folder = None if letters_folder is None else _folder(letters_folder)
    found = check(region, None if sources is None else open_documents(sources), coverage)
    written: tuple[Path, ...] = ()
    if folder is not None:
        written = write_letters(folder, letters(found.pack, found.targets, found.findings, found.conflicts))
    lang = language(ctx)
    document = record(found)
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


def _folder(name: str) -> Path:
    if not name.strip() or (Path(name).exists() and not Path(name).is_dir()):
        text = Text(f"“{name}”应为文件夹", f'"{name}" is not a folder')
        raise InputError(Problem(None, None, None, "--letters", text))
    return Path(name)


def check(region: str, documents: Documents | None = None, coverage: bool = False) -> Checked:
    """Everything that can be said of a region pack without simulation; raises InputError for a malformed pack."""
    calibration = data_path("calibration")
    pack = read_pack(calibration, region)
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
        None if documents is None else check_quotes(documents, pack.ledger.facts),
        uncited(pack, documents) if documents is not None and coverage else None,
    )


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


def conflicts_of(pack: Pack, definitions: Definitions) -> tuple[Conflict, ...]:
    """Figures of the ledger that do not agree under an identity or a definition.

    Only those that concern the region's own figures: what is among its city's alone is the city's to settle. Where
    there are several reports, the recorded choice counts, and the one that the base year starts from.
    """
    labels = Labels(
        documents={id: source.name for id, source in pack.sources.items()},
        regions={NATION: Text("全国", "the nation"), **{region.id: region.label for region in _known(pack)}},
        indicators=names_of({fact.indicator for fact in pack.ledger.facts}),
    )
    chosen = chosen_facts(pack)
    found = reconcile(pack.ledger.facts, pack.words, definitions, pack.parents, chosen, labels)
    own = {fact.id for fact in pack.own_facts}
    return tuple(conflict for conflict in found if own.intersection(conflict.facts))


def power_of(pack: Pack, definitions: Definitions) -> PowerTable:
    """Errors put into the ledger one by one, and how many the reconciliation finds."""
    return power(pack.ledger.facts, pack.words, definitions, pack.parents, chosen_facts(pack))


def _known(pack: Pack) -> tuple[Pack, ...]:
    """The pack with those of its city or districts."""
    return (pack, *pack.districts, *(() if pack.surroundings is None else (pack.surroundings,)))


def chosen_facts(pack: Pack) -> set[str]:
    """Ids to be used where reports differ: the recorded choices, and what base years start from."""
    chosen = set(pack.chosen) | {fact.id for fact in pack.base_facts.values() if fact is not None}
    for other in _known(pack)[1:]:
        chosen |= {f"{other.id}.{fact.id}" for fact in other.base_facts.values() if fact is not None}
    return chosen


def names_of(indicators: Collection[str]) -> dict[str, Text]:
    """What indicators are called in statistics."""
    names = read_names(data_path("calibration") / "indicators.yaml")
    return {indicator: name_of(indicator, names) for indicator in indicators}


def uncited(pack: Pack, documents: Documents) -> tuple[Figure, ...]:
    """Figures of every document that the pack's sources name and the folder holds, cited ones included."""
    there = [document for document in sorted(pack.sources) if documents.has(document)]
    return tuple(figure for document in there for figure in figures(documents, document, pack.ledger.facts))


def record(found: Checked) -> Record:
    """The findings as one JSON document."""
    document: Record = {
        "region": found.pack.id,
        "facts": len(found.pack.ledger.facts),
        "documents": len({fact.document for fact in found.pack.ledger.facts}),
        "conflicts": [_conflict(conflict) for conflict in found.conflicts],
        "targets": [_finding(finding) for finding in found.findings],
        "targets_checked": len(found.targets),
        "paces": [_pace(pace) for pace in found.paces],
        "outcomes": outcome_records(found.pack, found.targets),
        "quotes": _quotes(found.quotes),
    }
    if found.coverage is not None:
        document["coverage"] = [_figure(figure) for figure in found.coverage if not figure.cited]
        document["coverage_counts"] = _counts(found.coverage)
    return document


def _conflict(c: Conflict) -> Record:
    return {
        "kind": c.kind, "facts": list(c.facts), "gap": c.gap, "suspects": list(c.suspects), "message": c.message.zh,
        "message_en": c.message.en, "used": c.used, "cause": c.cause,
    }  # fmt: skip


def _finding(f: Finding) -> Record:
    return {
        "id": f.id, "finding": f.finding, "message": f.message.zh, "message_en": f.message.en, "others": list(f.others),
    }  # fmt: skip


def _pace(p: Pace) -> Record:
    return {
        "id": p.id, "unit": p.unit, "required": p.required, "start": p.start, "start_period": p.start_period,
        "start_value": p.start_value, "year": p.year, "value": p.value, "target_unit": p.target_unit,
        "achieved": p.achieved, "achieved_span": p.achieved_span, "achieved_from": list(p.achieved_from),
    }  # fmt: skip


def _quotes(quotes: Quotes | None) -> Record:
    if quotes is None:
        return {"checked": 0, "failed": [], "converted": [], "skipped": {}}
    failed = [
        {"id": f.id, "document": f.document, "line": f.line, "quote": f.quote, "message": t.zh, "message_en": t.en}
        for f, t in quotes.failed
    ]
    return {
        "checked": quotes.checked,
        "failed": failed,
        "converted": list(quotes.converted),
        "skipped": dict(sorted(quotes.skipped.items())),
    }


def _figure(f: Figure) -> Record:
    return {"document": f.document, "line": f.line, "number": f.number, "unit": f.unit, "context": f.context}


def _counts(found: Sequence[Figure]) -> list[Record]:
    """Figures of each document, and how many of them a fact cites."""
    out: dict[str, Record] = {}
    for figure in found:
        line = out.setdefault(figure.document, {"document": figure.document, "figures": 0, "cited": 0, "uncited": 0})
        line["figures"] += 1
        line["cited" if figure.cited else "uncited"] += 1
    return list(out.values())
