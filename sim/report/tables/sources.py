"""Appendix 数据来源: every reported figure that the report uses, with title, document and line, and the words quoted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sim.facts.ledger import Fact
from sim.language import Text
from sim.material import Material
from sim.report.blocks import Cell, Column, Missing, Table
from sim.report.editions import Edition
from sim.report.sources import base_known, fact_of, facts_in, origin, short_title, title_of
from sim.report.standing import latest_figure, standing_rows
from sim.report.tables.outlook import outlook_names
from sim.report.tables.path import path_rows
from sim.report.tables.targets import targets_shown
from sim.report.tables.values import values_rows
from sim.targets import read_targets

NO_SOURCES = Missing(Text("数据来源", "sources"), Text("没有用到公布数", "no reported figure is used"))


def facts_used(material: Material, plan: bool = True) -> tuple[Fact, ...]:
    """Facts behind the figures of the shared tables, each once: targets and their bases, the outlook's reported
    years, latest figures, starting points of required paths and proposed values, and targets from above.
    """
    return facts_in(material, _ids(material, plan))


def _ids(material: Material, plan: bool) -> Iterator[str | None]:
    view = material.lead
    if view is not None:
        by_id = {target.id: target for target in read_targets(material.pack)}
        rows = standing_rows(material, view)
        for record in targets_shown(view):
            target = by_id.get(record["id"])
            if target is not None:
                yield from (target.base_fact, target.fact)
            latest = latest_figure(rows.get(record["id"]))
            yield None if latest is None else latest.fact
            for figure in (rows.get(record["id"]) or {"years": {}})["years"].values():
                yield None if figure is None else figure["fact"]
        names = outlook_names(view, plan)
        for name in names:
            fact = base_known(material, view, name)
            yield None if fact is None else fact.id
        for record in view.document["indicators"]:
            if record["indicator"] in names and record["reported"] is not None:
                yield record["fact"]
                yield from record["derived_from"]
    for one in path_rows(material):
        yield from (one["start"] or {}).get("facts", ())
        for found in one["history"]:
            for window in found["windows"]:
                yield from window["facts"]
    for record in values_rows(material, None, ("plan", "candidate")):
        yield from (record["last"] or {}).get("facts", ())
        yield from (above["fact"] for above in record["above"])


def sources_table(
    material: Material, edition: Edition, lang: str, ids: Iterable[str] | None = None
) -> Table | Missing:
    """One row for each figure, by document and line; `ids` are further facts that the text cites."""
    found = dict.fromkeys([*facts_used(material, plan=True), *facts_in(material, ids or ())])
    if not found:
        return NO_SOURCES
    if not edition.sources:
        return _documents(material, list(found), edition, lang)
    say = lambda zh, en: Text(zh, en).pick(lang)  # noqa: E731
    columns = [
        Column("document", say("文件", "Document"), 2.6),
        Column("line", say("行", "Line"), 0.6, "center"),
        Column("subject", say("指标", "Indicator"), 2.1),
        Column("period", say("时期", "Period"), 1.0, "center"),
        Column("value", say("数值", "Figure"), 1.4, "right"),
        Column("quote", say("原文", "Quotation"), 3.4),
        Column("remark", say("说明", "Remark"), 1.2),
    ]
    if edition.ids:
        columns.append(Column("fact", say("台账编号", "Id"), 2.0))
    order = {document: place for place, document in enumerate(dict.fromkeys(fact.document for fact in found))}
    ordered = sorted(found, key=lambda fact: (order[fact.document], fact.line or 0))
    rows = []
    for fact in ordered:
        words = origin(material, fact, lang)
        cells = [
            Cell(short_title(material.pack, fact.document, lang)),
            Cell("—" if fact.line is None else str(fact.line), source=words.place),
            Cell(words.subject),
            Cell(words.period),
            Cell(words.value, words.number, source=words.place),
            Cell(f"“{words.quote}”"),
            Cell(words.remark or "—"),
        ]
        rows.append(tuple(cells + ([Cell(fact.id)] if edition.ids else [])))
    note = say(
        "行号为该文件文本版的行号；没有行号的为公报、网页或数据集。",
        "Lines are those of the text of the document; bulletins, pages and data sets have none.",
    )
    title = say("所用公布数的来源", "Where the reported figures come from")
    return Table("sources", title, tuple(columns), tuple(rows), notes=(note,), wide=True, merged="document")


def _documents(material: Material, facts: Iterable[Fact], edition: Edition, lang: str) -> Table:
    """Titles and publishers only, for an edition that shows no lines."""
    pack = material.pack
    say = lambda zh, en: Text(zh, en).pick(lang)  # noqa: E731
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


def statement_texts(material: Material, lang: str) -> list[str]:
    """The statements that scenarios rest on, with document, line and quotation, each once."""
    out: dict[str, None] = {}
    for view in material.views:
        for statement in view.resolved.get("rests_on", ()):
            title = short_title(material.pack, statement["document"], lang)
            line = statement.get("line")
            at = "" if line is None else f"第{line}行" if lang == "zh" else f", line {line}"
            quote = " ".join(str(statement["quote"]).split())
            out[f"{title}{at}：“{quote}”" if lang == "zh" else f"{title}{at}: “{quote}”"] = None
    return list(out)


def fact_line(material: Material, id: str, lang: str) -> str:
    """A document and its line for one fact; empty where the ledger does not hold it."""
    fact = fact_of(material, id)
    if fact is None:
        return ""
    line = "" if fact.line is None else f"第{fact.line}行" if lang == "zh" else f", line {fact.line}"
    return short_title(material.pack, fact.document, lang) + line
