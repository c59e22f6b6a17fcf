"""Appendix 数据来源: every reported figure that the report uses, with its document, line and quotation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sim.facts.ledger import Fact
from sim.language import Text
from sim.material import Material, View
from sim.output.tables import NATURES_OF_FACTS
from sim.report.blocks import Cell, Column, Missing, Table
from sim.report.editions import Edition
from sim.report.sources import (
    TO_CHECK,
    Origin,
    base_known,
    fact_of,
    facts_in,
    origin,
    short_title,
    title_of,
)
from sim.report.standing import standing_rows
from sim.report.tables.cells import DASH
from sim.report.tables.outlook import outlook_names
from sim.report.tables.path import path_rows
from sim.report.tables.targets import targets_shown
from sim.report.tables.values import values_rows
from sim.report.wording import quoted, sayer
from sim.targets import read_targets

NO_STATEMENTS = Missing(
    Text("情景设定依据", "statements behind the scenarios"), Text("情景没有引用文件", "scenarios rest on no document")
)
NO_SOURCES = Missing(Text("数据来源", "sources"), Text("没有用到公布数", "no reported figure is used"))


def facts_used(material: Material, plan: bool = True) -> tuple[Fact, ...]:
    """Facts behind the figures of the shared tables, each once: targets and their bases, the outlook's reported
    years, latest figures, starting points of required paths and proposed values, and targets from above.
    """
    return facts_in(material, _ids(material, plan))


def _ids(material: Material, plan: bool) -> Iterator[str | None]:
    if material.lead is not None:
        yield from _of_targets(material, material.lead)
        yield from _of_outlook(material, material.lead, plan)
    for one in path_rows(material):
        yield from (one["start"] or {}).get("facts", ())
        for found in one["history"]:
            for window in found["windows"]:
                yield from window["facts"]
    for record in values_rows(material, None, ("plan", "candidate")):
        yield from (record["last"] or {}).get("facts", ())
        yield from (above["fact"] for above in record["above"])


def _of_targets(material: Material, view: View) -> Iterator[str | None]:
    """Of each row its base, its value, and its figures since."""
    by_id = {target.id: target for target in read_targets(material.pack)}
    rows = standing_rows(material, view)
    for record in targets_shown(view):
        target = by_id.get(record["id"])
        if target is not None:
            yield from (target.base_fact, target.fact)
        row = rows.get(record["id"])
        if row is not None:
            yield from (figure["fact"] for figure in row["years"].values() if figure is not None)


def _of_outlook(material: Material, view: View, plan: bool) -> Iterator[str | None]:
    names = outlook_names(view, plan)
    for name in names:
        fact = base_known(material, view, name)
        yield None if fact is None else fact.id
    for record in view.document["indicators"]:
        if record["indicator"] in names and record["reported"] is not None:
            yield record["fact"]
            yield from record["derived_from"]


def sources_table(
    material: Material,
    edition: Edition,
    lang: str,
    ids: Iterable[str] | None = None,
    facts: Iterable[Fact] | None = None,
) -> Table | Missing:
    """Figures by document and line, below the title of each document.

    ids : further facts that the text cites; facts : those of the tables, where they are known already.

    Figures of one indicator on one line, such as a target and its base, share a row.
    """
    found = dict.fromkeys([*(facts_used(material) if facts is None else facts), *facts_in(material, ids or ())])
    if not found:
        return NO_SOURCES
    if not edition.sources:
        return _documents(material, list(found), edition, lang)
    say = sayer(lang)
    columns = (
        Column("line", say("行", "Line"), 0.8, "center"),
        Column("subject", say("指标", "Indicator"), 2.3),
        Column("value", say("时期和数值", "Period and figure"), 2.1),
        Column("quote", say("原文", "Quotation"), 3.4),
        Column("remark", say("说明", "Remark"), 1.3),
    )
    rows: list[tuple[Cell, ...]] = []
    for document in dict.fromkeys(fact.document for fact in found):
        facts = sorted((fact for fact in found if fact.document == document), key=lambda fact: fact.line or 0)
        rows.append((Cell(_named(material, document, lang), span=len(columns)),))
        for together in _grouped(facts):
            rows.append(_source_row(material, together, edition, lang))
    note = say(
        "行号为该文件文本版的行号；没有行号的为公报、网页或数据集。",
        "Lines are those of the text of the document; bulletins, pages and data sets have none.",
    )
    return Table(
        "sources", say("所用公布数的来源", "Where the reported figures come from"), columns, tuple(rows), notes=(note,)
    )


def _named(material: Material, document: str, lang: str) -> str:
    """Title, publisher and date of a document, and whether its figures are to be checked against the original."""
    source = material.pack.sources.get(document)
    title = title_of(material.pack, document, lang)
    if source is None:
        return title
    check = TO_CHECK.get(source.grade)
    if lang == "zh":
        return f"{title}（{source.publisher}，{source.date}{'' if check is None else f'；{check.zh}'}）"
    return f"{title} ({source.publisher}, {source.date}{'' if check is None else f'; {check.en}'})"


def _grouped(facts: Iterable[Fact]) -> list[list[Fact]]:
    """Facts of one line, or of one quotation where there are no lines, and one indicator."""
    groups: dict[tuple[object, ...], list[Fact]] = {}
    for fact in facts:
        groups.setdefault((fact.line or fact.quote, fact.region, fact.indicator), []).append(fact)
    return list(groups.values())


_TARGET = NATURES_OF_FACTS["target"]


def _dated(words: Origin, fact: Fact, lang: str) -> str:
    """2020年：30%; 2025年：35%（目标）."""
    mark = ""
    if fact.nature == "target" and fact.value is not None:
        mark = f"（{_TARGET.zh}）" if lang == "zh" else f" ({_TARGET.en})"
    return f"{words.period}：{words.value}{mark}" if lang == "zh" else f"{words.period}: {words.value}{mark}"


def _source_row(material: Material, facts: list[Fact], edition: Edition, lang: str) -> tuple[Cell, ...]:
    words = [origin(material, fact, lang) for fact in facts]
    first, stop = words[0], "；" if lang == "zh" else "; "
    values = [_dated(one, fact, lang) for one, fact in zip(words, facts, strict=True)]
    ids = "、".join(one.fact for one in words) if edition.ids else ""
    said = {"", _TARGET.pick(lang), *(check.pick(lang) for check in TO_CHECK.values())}  # elsewhere in the table
    remarks = dict.fromkeys(part for one in words for part in one.remark.split(stop) if part not in said)
    return (
        Cell(DASH if first.line is None else str(first.line), source=first.place),
        Cell(first.subject),
        Cell(stop.join(values), first.number if len(words) == 1 else None, source=ids or first.place),
        Cell(quoted(max((one.quote for one in words), key=len), "zh")),
        Cell(stop.join(remarks) or DASH),
    )


def _documents(material: Material, facts: Iterable[Fact], edition: Edition, lang: str) -> Table:
    """Titles and publishers only, for an edition that shows no lines."""
    pack = material.pack
    say = sayer(lang)
    columns = (
        Column("row", say("序号", "No."), 0.5, "center"),
        Column("title", say("文件", "Document"), 5.0),
        Column("publisher", say("发布单位", "Publisher"), 2.4),
        Column("date", say("日期", "Date"), 1.0, "center"),
    )
    rows: list[tuple[Cell, ...]] = []
    for document in dict.fromkeys(fact.document for fact in facts):
        source: Any = pack.sources.get(document)
        publisher, date = ("—", "—") if source is None else (source.publisher, source.date)
        cells = (Cell(title_of(pack, document, lang)), Cell(publisher), Cell(date))
        rows.append((Cell(str(len(rows) + 1)), *cells))
    return Table("sources", say("数据来源", "Sources"), columns, tuple(rows))


def statements_table(material: Material, lang: str) -> Table | Missing:
    """The statements that scenarios rest on, with document, line and quotation, each once."""
    say = sayer(lang)
    rows: dict[tuple[str, str, str], None] = {}
    for view in material.views:
        for statement in view.resolved.get("rests_on", ()):
            title = short_title(material.pack, statement["document"], lang)
            line = DASH if statement.get("line") is None else str(statement["line"])
            rows[title, line, quoted(" ".join(str(statement["quote"]).split()), "zh")] = None
    if not rows:
        return NO_STATEMENTS
    columns = (
        Column("document", say("文件", "Document"), 2.0),
        Column("line", say("行", "Line"), 0.6, "center"),
        Column("quote", say("原文", "Quotation"), 5.0),
    )
    title = say("情景设定所依据的原文", "Statements that the scenarios rest on")
    made = tuple(tuple(Cell(text) for text in row) for row in rows)
    return Table("statements", title, columns, made, merged="document")


def fact_line(material: Material, id: str, lang: str) -> str:
    """A document and its line for one fact; empty where the ledger does not hold it."""
    fact = fact_of(material, id)
    if fact is None:
        return ""
    line = "" if fact.line is None else f"第{fact.line}行" if lang == "zh" else f", line {fact.line}"
    return short_title(material.pack, fact.document, lang) + line
