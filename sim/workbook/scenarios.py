"""Sheet of the resolved scenarios: every value with the file and line it was set in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sim.levers.catalogue import ENTRIES
from sim.material import View
from sim.output.tables import figure_text, number_text
from sim.report.blocks import Column
from sim.report.guard import violations
from sim.report.tables.scenarios import KINDS, NOTHING_SET
from sim.report.wording import span_text
from sim.scenario.words import EVENT, PROJECT, SCENARIO, TARGET, Words
from sim.workbook.desk import Desk, Record, text
from sim.workbook.grid import BLANK, Entry, Grid, Sheet

_FIELDS: Mapping[str, Mapping[str, Words]] = {"projects": PROJECT, "events": EVENT, "targets": TARGET}
#: Fields of projects and events that are chances.
_CHANCES = ("probability", "delay")


def scenario_sheet(desk: Desk) -> Sheet:
    """One block of rows for each scenario: what it asks, then every lever, assumption, project and event."""
    years = _years(desk)
    say = desk.say
    columns = [
        Column("scenario", say("情景", "Scenario"), 18), Column("kind", say("类别", "Kind"), 10),
        Column("label", say("名称", "Name"), 26), Column("unit", say("单位", "Unit"), 11),
    ]  # fmt: skip
    columns += [Column(f"y{year}", say(f"{year}年", str(year)), 10, "right") for year in years]
    columns.append(Column("note", say("内容", "Content"), 56))
    if desk.edition.ids:
        columns.append(Column("origin", say("出处（文件:行）", "Origin (file:line)"), 32))
    rows = [tuple(row) for view in desk.material.views for row in _view(desk, view, years)]
    title = say("情景：各情景的全部设定", "Scenarios: everything they set")
    note = say(
        "未列出的政策力度为0，外部条件沿校准路径；区间为第5至第95百分位。"
        if desk.edition.chances else "未列出的政策力度为0，外部条件沿校准路径。",
        "Levers not listed are 0, the world follows its calibrated path; ranges are p5 to p95."
        if desk.edition.chances else "Levers not listed are 0, the world follows its calibrated path.",
    )  # fmt: skip
    about = say("每个情景设定了什么，出自哪个文件哪一行", "what each scenario sets, and where")
    if not desk.edition.ids:
        about = say("每个情景设定了什么", "what each scenario sets")
    grid = Grid(tuple(columns), tuple(rows), keep=3)
    return Sheet(desk.names["scenarios"], about, desk.lines(title, note), grid, "scenarios")


def _years(desk: Desk) -> tuple[int, ...]:
    found = {
        int(year)
        for view in desk.material.views
        for kind in ("levers", "world")
        for path in view.resolved.get(kind, {}).values()
        for year in path
    }
    return tuple(sorted(found))


def _view(desk: Desk, view: View, years: tuple[int, ...]) -> Iterator[list[Entry]]:
    resolved, row = view.resolved, _Rows(desk, view, years)
    for key in ("question", "asked_by") if desk.edition.reasons else ():
        words = desk.allowed(str(resolved.get(key) or ""))
        if words:
            yield row.made(SCENARIO[key].label.pick(desk.lang), "", note=words)
    if desk.edition.sources:
        for statement in resolved.get("rests_on", ()):
            place = f"{statement['document']}:{statement['line']}"
            yield row.made(desk.say("依据", "rests on"), place, note=f"“{statement['quote']}”")
    yield row.made(SCENARIO["horizon"].label.pick(desk.lang), str(resolved["horizon"]), key="horizon")
    settings = [*_paths(desk, row), *_parts(desk, row)]
    yield from settings or [row.made(KINDS["levers"].pick(desk.lang), NOTHING_SET.pick(desk.lang))]


class _Rows:
    """Makes rows of one scenario."""

    def __init__(self, desk: Desk, view: View, years: tuple[int, ...]) -> None:
        self.desk, self.view, self.years = desk, view, years

    def made(
        self,
        kind: str,
        label: str,
        unit: str = "",
        path: Mapping[str, Any] | None = None,
        note: str = "",
        key: str = "",
    ) -> list[Entry]:
        """One row; key : what the origin is kept under."""
        values = [BLANK] * len(self.years)
        if path is not None:
            values = [_spread(self.desk, path.get(str(year))) for year in self.years]
        row = [text(self.desk.scenario(self.view)), text(kind), text(label), text(unit), *values, text(note)]
        if self.desk.edition.ids:
            row.append(text(self._origin(key)))
        return row

    def _origin(self, key: str) -> str:
        if not key:
            return ""
        found = self.view.resolved.get("origins", {}).get(key)
        if found in (None, "default"):
            return self.desk.say("默认值", "default")
        place = str(found)  # of a file outside the project the name alone: where somebody keeps it is his own
        return re.split(r"[/\\]", place)[-1] if re.match(r"[/\\~]|[A-Za-z]:[/\\]|\.\.", place) else place


def _spread(desk: Desk, value: Any) -> Entry:
    """One year: a number, a range, or a named distribution."""
    if value is None:
        return BLANK
    if isinstance(value, dict):
        name, numbers = next(iter(value.items()))
        return text(f"{name}({', '.join(figure_text(number) for number in numbers)})")
    low, high = value
    if low == high:
        return Entry(low, desk.digits(0 if low == int(low) else 2 if abs(low) < 10 else 1))
    digits = 0 if low == int(low) and high == int(high) else 2 if abs(high) < 10 else 1
    return text(span_text(low, high, digits, desk.lang))


def _paths(desk: Desk, row: _Rows) -> Iterator[list[Entry]]:
    for kind in ("levers", "world"):
        for id, path in row.view.resolved.get(kind, {}).items():
            entry = ENTRIES.get(id)
            label = entry.label.pick(desk.lang) if entry else id
            unit = entry.unit.pick(desk.lang) if entry else ""
            if violations([label], desk.edition):  # a chance, which this edition does not show
                continue
            yield row.made(KINDS[kind].pick(desk.lang), label, unit, path, key=f"{kind}.{id}")


def _parts(desk: Desk, row: _Rows) -> Iterator[list[Entry]]:
    for kind, fields in _FIELDS.items():
        for part in row.view.resolved.get(kind, ()):
            label = part.get("label") or {}
            name = (label.get(desk.lang) if isinstance(label, dict) else label) or part["id"]
            yield row.made(
                KINDS[kind].pick(desk.lang), name, note=_told(desk, part, fields), key=f"{kind}.{part['id']}"
            )


def _told(desk: Desk, part: Record, fields: Mapping[str, Words]) -> str:
    """All fields of a project or an event by their names."""
    told = []
    for key, value in part.items():
        if key in ("id", "label", "label_en") or value in (None, "") or (key in _CHANCES and not desk.edition.chances):
            continue
        if key == "size_low":
            span = span_text(value, part["size_high"], 1, desk.lang)
            told.append(f"{fields['size'].label.pick(desk.lang)}{desk.say('：', ': ')}{span}")
        elif key in fields:
            told.append(f"{fields[key].label.pick(desk.lang)}{desk.say('：', ': ')}{_plain(value)}")
    return desk.say("；", "; ").join(told)


def _plain(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "/".join(_plain(item) for item in value)
    if isinstance(value, float):
        return number_text(value, 0) if value == int(value) else figure_text(value)
    return str(value)
