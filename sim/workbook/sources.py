"""Sheet of sources: every published figure and every target in the workbook, with document, line and quotation."""

from __future__ import annotations

from collections.abc import Iterator

from sim.facts.ledger import Fact
from sim.material import Material
from sim.output.tables import unit_text
from sim.preflight.statements import region_names
from sim.report.blocks import Column
from sim.report.sources import base_known, facts_in, indicator_name, origin, title_of
from sim.workbook.desk import Desk, Record, printed, text
from sim.workbook.grid import Entry, Grid, Sheet


def target_key(record: Record) -> str:
    """What leads from a target to its row on the sheet of sources."""
    return f"target:{record['id']}"


def _row_of(record: Record) -> tuple[str, str]:
    """Another reading of a target shares its row, unless it rests on another document or line."""
    return (str(record["reading_of"] or record["id"]), str(record["source"]))


def facts_used(material: Material) -> tuple[Fact, ...]:
    """Facts that the results name or start from, each once: those of the base year first."""
    wanted = [fact.id for fact in material.pack.base_facts.values() if fact is not None]
    for view in material.views:
        names = dict.fromkeys(record["indicator"] for record in view.document["indicators"])
        known = (base_known(material, view, name) for name in names)
        wanted += [fact.id for fact in known if fact is not None]
    for result in material.results:
        wanted += _named(result.document)
    return facts_in(material, wanted)


def _named(part: object) -> Iterator[str]:
    """Ids that stand under `fact`, `facts` or `derived_from` anywhere in a result."""
    if isinstance(part, list):
        for item in part:
            if isinstance(item, dict | list):
                yield from _named(item)
    elif isinstance(part, dict):
        for key, value in part.items():
            if key in ("fact", "facts", "derived_from"):
                yield from ([value] if isinstance(value, str) else value or ())
            elif isinstance(value, dict | list):
                yield from _named(value)


def targets_of(material: Material) -> tuple[Record, ...]:
    """Records of all targets whose source is known, each once, whichever scenario shows them."""
    found: dict[tuple[str, str], Record] = {}
    for record in _every_target(material):
        kept = found.setdefault(_row_of(record), record)
        if kept["reading_of"] is not None and record["reading_of"] is None:
            found[_row_of(record)] = record
    return tuple(found.values())


def _every_target(material: Material) -> Iterator[Record]:
    for view in material.views:
        yield from view.targets


def source_sheet(desk: Desk) -> Sheet:
    """The sheet; ids of its rows in the first column."""
    say = desk.say
    columns = (
        Column("id", say("编号", "Id"), 28), Column("kind", say("类别", "Kind"), 8),
        Column("region", say("地区", "Region"), 14), Column("indicator", say("指标", "Indicator"), 24),
        Column("period", say("时期", "Period"), 11, "center"), Column("value", say("数值", "Value"), 10, "right"),
        Column("unit", say("单位", "Unit"), 9), Column("title", say("文件", "Document"), 32),
        Column("place", say("文件编号:行", "Document:line"), 26), Column("quote", say("原文", "Quotation"), 40),
        Column("note", say("说明", "Note"), 30),
    )  # fmt: skip
    rows = [tuple(_fact(desk, fact)) for fact in facts_used(desk.material)]
    rows += [tuple(_target(desk, record)) for record in targets_of(desk.material)]
    title = say("来源：所用的公布数与目标", "Sources: figures and targets used")
    note = say(
        "编号与数据台账一致；“文件编号:行”为整理文本的行号。",
        "Ids as in the ledger; lines are those of the text files.",
    )
    about = say("每个公布数、每项目标的出处与原文", "where every figure and target comes from")
    return Sheet(desk.names["sources"], about, desk.lines(title, note), Grid(columns, tuple(rows), keep=1), "sources")


def source_places(desk: Desk, sheet: Sheet) -> dict[str, tuple[str, int]]:
    """Sheet and row, from 1, of every fact and target."""
    facts = [fact.id for fact in facts_used(desk.material)]
    rows = [_row_of(record) for record in targets_of(desk.material)]
    at = {key: (sheet.name, sheet.first_row + place + 1) for place, key in enumerate([*facts, *rows])}
    found = {id: at[id] for id in facts}
    return found | {target_key(record): at[_row_of(record)] for record in _every_target(desk.material)}


def _fact(desk: Desk, fact: Fact) -> Iterator[Entry]:
    pack, told = desk.material.pack, origin(desk.material, fact, desk.lang)
    regions = region_names(pack)
    yield text(fact.id)
    yield text(desk.say("公布数", "figure"))
    yield text(regions[fact.region].pick(desk.lang) if fact.region in regions else fact.region)
    yield text(indicator_name(fact.indicator).pick(desk.lang))
    yield text(told.period)
    yield desk.number(fact.value, fact.decimals)
    yield text(unit_text(fact.unit, desk.lang))
    yield text(told.title)
    yield text(told.place)
    yield text(told.quote)
    yield text(desk.say("；", "; ").join(part for part in (told.remark, desk.allowed(fact.note)) if part))


def _target(desk: Desk, record: Record) -> Iterator[Entry]:
    yield text(record["id"])
    yield text(desk.say("目标", "target"))
    yield text(desk.material.pack.label.pick(desk.lang))
    yield text(desk.of(record))
    yield text(record["year"])
    yield desk.number(record["value"], printed(record["value"]))
    yield text(unit_text(record["unit"], desk.lang))
    yield text(title_of(desk.material.pack, str(record["source"]).partition(":")[0], desk.lang))
    yield text(record["source"])
    yield text(record["target_text"])
    yield text(desk.allowed(desk.of(record, "note")))
