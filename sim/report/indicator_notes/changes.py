"""指标调整对照表: what a new plan keeps, adds, changes or drops of the old one, by the names that both print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.language import Text
from sim.preflight.statements import stem
from sim.report.blocks import Cell, Column, Table
from sim.report.brief.sources import Page
from sim.report.wording import allowed, short_label
from sim.targets import Target, plan_document

KEPT = Text("保留", "kept")
CHANGED = Text("调整", "changed")
ADDED = Text("新增", "added")
DROPPED = Text("删除", "dropped")
#: Families of one subject that a new measure replaces: their ids differ and so do their stems.
_FAMILIES = (("rd_intensity", "rd_spending"), ("childcare_places_per_1000", "childcare_enrolment_rate"))


@dataclass(frozen=True, slots=True)
class Change:
    """A row of the old plan beside one of the new; one of them is None where it is added or dropped."""

    old: Target | None
    new: Target | None
    status: Text
    reason: Text


def plans_of(targets: Sequence[Target]) -> tuple[tuple[Target, ...], tuple[Target, ...]]:
    """Rows of the plan's own table, and those of the draft of a later plan; the latter empty without one.

    A draft is the document without numbered rows whose targets are of years after the plan's and speak of candidates.
    """
    plan = plan_document((t.id, t.row) for t in targets)
    first = [t for t in targets if t.reading_of is None]
    old = tuple(t for t in first if t.document == plan and t.row is not None)
    last = max((t.year for t in old), default=0)
    drafts = [name for name in dict.fromkeys(t.document for t in first) if name.endswith("_draft")]
    new = tuple(t for t in first if drafts and t.document == drafts[-1] and t.year > last)
    return old, new


def changes(targets: Sequence[Target]) -> tuple[Change, ...]:
    """Every row of the old table in its order, then what the draft adds."""
    old, new = plans_of(targets)
    left = list(new)
    found = []
    for row in old:
        pair = _partner(row, left)
        if pair is not None:
            left.remove(pair)
        found.append(_compared(row, pair))
    return (*found, *(Change(None, row, ADDED, _note(row)) for row in left))


def _partner(row: Target, rows: Sequence[Target]) -> Target | None:
    """The row of the draft for the same thing: of the same indicator, else of its stem, else of its family."""
    for matches in (_same, _same_stem, _same_family):
        found = next((other for other in rows if matches(row, other)), None)
        if found is not None:
            return found
    return None


def _same(one: Target, other: Target) -> bool:
    return one.indicator == other.indicator


def _same_stem(one: Target, other: Target) -> bool:
    return stem(one.indicator) == stem(other.indicator) and one.unit == other.unit


def _same_family(one: Target, other: Target) -> bool:
    return any(stem(one.indicator) == a and stem(other.indicator) == b for a, b in _FAMILIES)


def _compared(old: Target, new: Target | None) -> Change:
    if new is None:
        who = "、".join(old.owners)
        zh, en = "新规划草稿未列，是否沿用、因何调出", "not in the draft; whether it is carried on, and why not"
        asked = Text(f"{zh}，请{who or '责任单位'}说明", f"{en}, is for {who or 'the owner'} to say")
        return Change(old, None, DROPPED, asked)
    names = (short_label(old.label.zh, old.unit), short_label(new.label.zh, new.unit))
    if old.indicator == new.indicator and names[0] == names[1]:
        return Change(old, new, KEPT, _note(new))
    said = []
    if names[0] != names[1]:
        said.append(Text("名称有变", "another name"))
    if old.indicator != new.indicator:
        said.append(Text("含义或计算方法有变", "another concept or formula"))
    reason = _note(new)
    zh = "；".join([*(text.zh for text in said), *([reason.zh] if reason.zh else [])])
    en = "; ".join([*(text.en for text in said), *([reason.en] if reason.en else [])])
    return Change(old, new, CHANGED, Text(zh, en))


def _note(target: Target) -> Text:
    """What the draft says of a row, as it stands there; that it gives no reason where it says nothing."""
    if target.note is not None:
        return target.note
    return Text("草稿未写理由，待编制单位补充", "the draft gives no reason; its authors are to add it")


def changes_table(found: Sequence[Change], page: Page) -> Table:
    """The table, names and wordings as printed."""
    shown = page.edition.reasons
    columns = [
        Column("no", page.pick("序号", "No."), 0.8, "center"),
        Column("old", page.pick("原规划指标", "Old plan"), 3.4),
        Column("old_text", page.pick("原目标", "Old target"), 1.8),
        Column("new", page.pick("新规划草稿指标", "Draft of the new plan"), 3.4),
        Column("new_text", page.pick("草稿写法", "Wording"), 2.2),
        Column("status", page.pick("调整情况", "Change"), 1.3, "center"),
    ]
    if shown:
        columns.append(Column("reason", page.pick("理由（按草稿所注）", "Reason (as noted in the draft)"), 5.0))
    rows = []
    for i, change in enumerate(found, 1):
        cells = [
            Cell(str(i)),
            *_named(change.old, page),
            *_named(change.new, page),
            Cell(change.status.pick(page.lang)),
        ]
        if shown:
            cells.append(Cell(allowed(change.reason.pick(page.lang), page.edition) or "—"))
        rows.append(tuple(cells))
    title = page.pick("指标调整对照表", "Indicators kept, added, changed and dropped")
    note = page.pick(
        "指标名称和目标写法均照原文；新规划草稿为候选指标，未经审定，“删除”指草稿未列，不是决定。",
        "Names and wordings as printed; the draft lists candidates and is not adopted: “dropped” means not listed.",
    )
    return Table("changes", title, tuple(columns), tuple(rows), "", (note,), wide=True)


def _named(target: Target | None, page: Page) -> tuple[Cell, Cell]:
    if target is None:
        return Cell("—"), Cell("—")
    source = page.target_place(target) if page.edition.sources else ""
    name = target.label.pick(page.lang)
    return Cell(name, source=source), Cell(target.target_text or "—", target.value, source=source)
