"""What each scenario sets: levers, world assumptions, projects and events, with meaning, unit and origin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from sim.language import Text
from sim.levers.catalogue import ENTRIES
from sim.material import Material, View
from sim.report.blocks import Cell, Column, Missing, Table
from sim.report.editions import Edition
from sim.report.tables.cells import DASH
from sim.report.tables.targets import NO_VIEW
from sim.report.wording import name_allowed, sayer, softened, years_text
from sim.scenario.distributions import FORMS
from sim.scenario.words import KINDS as EVENTS

Record = Mapping[str, Any]
KINDS = {
    "levers": Text("政策力度", "lever"),
    "world": Text("外部条件", "world"),
    "projects": Text("项目", "project"),
    "events": Text("冲击", "event"),
    "targets": Text("自定目标", "own target"),
}
#: Places of levers and world assumptions in their catalogue.
_PLACES = {id: place for place, id in enumerate(ENTRIES)}
NOTHING_SET = Text("各项政策力度不变，外部条件沿校准路径", "levers unchanged, the world on its calibrated path")
#: Steps of a path that differ by less are on one line.
_ROUND_OFF = 1e-9


def scenario_name(view: View, place: int, edition: Edition, lang: str) -> str:
    """A scenario's label, or its number where the edition must not show the label."""
    return name_allowed(view.label.pick(lang), Text(f"情景{place + 1}", f"Scenario {place + 1}").pick(lang), edition)


def scenario_names(material: Material, edition: Edition, lang: str) -> list[str]:
    """Names of all scenarios in their order."""
    return [scenario_name(view, place, edition, lang) for place, view in enumerate(material.views)]


def settings(view: View, as_of: int) -> Iterator[tuple[str, str, Record]]:
    """Kind, id and value of everything that a scenario sets for the years after the cut-off, or at all."""
    for kind in ("levers", "world"):
        paths = view.resolved.get(kind, {})
        for id in sorted(paths, key=_PLACES.__getitem__):
            path = paths[id]
            later = {year: value for year, value in path.items() if int(year) > as_of}
            if later:
                yield kind, id, later
    for kind in ("projects", "events", "targets"):
        for part in view.resolved.get(kind, ()):
            yield kind, part["id"], part


def scenario_table(material: Material, edition: Edition, lang: str) -> Table | Missing:
    """One row for each setting of each scenario; a scenario that sets nothing has a row that says so."""
    if not material.views:
        return NO_VIEW
    say = sayer(lang)
    columns = [
        Column("scenario", say("情景", "Scenario"), 1.3),
        Column("kind", say("类别", "Kind"), 0.9),
        Column("item", say("设定", "Setting"), 1.8),
        Column("value", say("取值", "Value"), 2.9),
        Column("unit", say("单位", "Unit"), 1.0, "center"),
        Column("meaning", say("含义", "Meaning"), 3.2),
    ]
    if edition.ids:
        columns.append(Column("origin", say("出处（情景文件和行）", "Set in (file:line)"), 1.7))
    rows = []
    for view, name in zip(material.views, scenario_names(material, edition, lang), strict=True):
        rows += _rows_of(view, name, edition, lang)
    return Table(
        key="scenarios",
        title=say("各情景的设定", "What each scenario sets"),
        columns=tuple(columns),
        rows=tuple(rows),
        notes=_notes(material, edition, lang),
        wide=True,
        merged="scenario",
    )


def _rows_of(view: View, name: str, edition: Edition, lang: str) -> list[tuple[Cell, ...]]:
    as_of = int(view.document["as_of"])
    rows: list[tuple[Cell, ...]] = []
    for kind, id, value in settings(view, as_of):
        label, unit, meaning = (softened(text, edition) for text in _words(kind, id, value, lang))
        said = _path_text(value, lang) if kind in ("levers", "world") else _part_text(kind, value, as_of, edition, lang)
        origin = view.resolved.get("origins", {}).get(f"{kind}.{id}", "")
        cells = [
            Cell(name),
            Cell(KINDS[kind].pick(lang)),
            Cell(name_allowed(label, f"{KINDS[kind].pick(lang)}{len(rows) + 1}", edition)),
            Cell(said),
            Cell(unit or "—"),
            Cell(meaning.rstrip("。.") or "—"),
        ]
        rows.append(tuple(cells + ([Cell(_short_place(origin), source=origin)] if edition.ids else [])))
    if not rows:
        empty = [Cell(name), Cell("—"), Cell("—"), Cell(NOTHING_SET.pick(lang)), Cell("—"), Cell("—")]
        files = [record["file"] for record in view.resolved.get("files", ())][:1]
        rows.append(tuple(empty + ([Cell(_short_place(files[0] if files else ""))] if edition.ids else [])))
    return rows


def _short_place(origin: str) -> str:
    """A scenario's file and line without folder and ending, so that it fits a column: plan_targets:34."""
    name, colon, line = origin.rpartition(":") if ":" in origin else (origin, "", "")
    return f"{PurePosixPath(name).stem}{colon}{line}" if name else DASH


def _words(kind: str, id: str, value: Record, lang: str) -> tuple[str, str, str]:
    """Label, unit and meaning of a setting."""
    if kind in ("levers", "world") and id in ENTRIES:
        entry = ENTRIES[id]
        return entry.label.pick(lang), entry.unit.pick(lang), entry.meaning.pick(lang)
    label = value.get("label") if isinstance(value, dict) else None
    text = label.get(lang, id) if isinstance(label, dict) else label or id
    unit = Text("亿元", "100 m yuan").pick(lang) if kind == "projects" else ""
    if kind == "events":
        found = EVENTS.get(str(value.get("kind")), Text("冲击", "shock"))
        return text, "%", Text(f"{found.zh}受到的一次性影响", f"a passing shock to {found.en}").pick(lang)
    meaning = Text("", "")
    if kind == "projects":
        meaning = Text("建设期形成投资，投产后形成增加值", "investment while it is built, then value added")
    return text, unit, meaning.pick(lang)


def _path_text(path: Record, lang: str) -> str:
    """A path in spans of years: constant ones, and straight lines by their two ends."""
    parts = []
    for run in _runs(sorted((int(year), value) for year, value in path.items())):
        (first, start), (last, end) = run[0], run[-1]
        if _same(start, end):
            years = years_text(first, last, lang)
            parts.append(f"{years}{_spread(start, lang)}" if lang == "zh" else f"{years}: {_spread(start, lang)}")
        elif lang == "zh":
            parts.append(f"{years_text(first, last, lang)}由{_spread(start, lang)}逐步变为{_spread(end, lang)}")
        else:
            parts.append(f"{years_text(first, last, lang)}: from {_spread(start, lang)} to {_spread(end, lang)}")
    return ("；" if lang == "zh" else "; ").join(parts)


def _runs(points: Sequence[tuple[int, Any]]) -> list[list[tuple[int, Any]]]:
    """Neighbouring years on one straight line."""
    runs: list[list[tuple[int, Any]]] = []
    for point in points:
        run = runs[-1] if runs else None
        if run is not None and point[0] == run[-1][0] + 1 and _continues(run, point[1]):
            run.append(point)
        else:
            runs.append([point])
    return runs


def _continues(run: Sequence[tuple[int, Any]], value: Any) -> bool:
    last = run[-1][1]
    if isinstance(last, dict) or isinstance(value, dict):
        return bool(last == value)
    if len(run) == 1:
        return True
    before = run[-2][1]
    return all(
        abs((new - old) - (old - older)) < _ROUND_OFF for new, old, older in zip(value, last, before, strict=True)
    )


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, dict) or isinstance(other, dict):
        return bool(one == other)
    return all(abs(a - b) < _ROUND_OFF for a, b in zip(one, other, strict=True))


def _spread(value: Any, lang: str) -> str:
    """A number, a range of p5 and p95, or a named distribution."""
    if isinstance(value, dict):
        name, numbers = next(iter(value.items()))
        label = FORMS[name].label.pick(lang) if name in FORMS else name
        return (
            f"{label}（{'，'.join(map(_plain, numbers))}）"
            if lang == "zh"
            else (f"{label} ({', '.join(map(_plain, numbers))})")
        )
    low, high = (_plain(number) for number in value)
    if low == high:
        return low
    between = "至" if value[0] < 0 else "—"
    return f"{low}{between}{high}" if lang == "zh" else f"{low} to {high}"


def _plain(number: float) -> str:
    text = f"{number:.3g}" if abs(number) < 1000 else f"{number:.0f}"
    return text.replace("-", "−")


def _part_text(kind: str, part: Record, as_of: int, edition: Edition, lang: str) -> str:
    """A project, an event or a target of the scenario's own in one line."""
    if kind == "projects":
        zh = f"总投资{_plain(part['capex'])}，{part['start']}年开工，{part['commissioning']}年投产，"
        zh += f"年增加值{_plain(part['value_added'])}"
        en = f"investment {_plain(part['capex'])}, begun {part['start']}, in use {part['commissioning']}, "
        en += f"value added {_plain(part['value_added'])} a year"
        if edition.chances and part.get("probability") is not None:
            zh += f"，实施概率{100 * part['probability']:.0f}%"
            en += f", probability {100 * part['probability']:.0f}%"
        return Text(zh, en).pick(lang)
    if kind == "events":
        size = _spread(sorted((part["size_low"], part["size_high"])), lang)
        if part["year"] is None:
            chance = f"{100 * part['probability']:.0f}%" if edition.chances else ""
            zh = f"任一年可能发生{f'（每年概率{chance}）' if chance else ''}，{size}"
            return Text(zh, f"may strike in any year{f' (probability {chance})' if chance else ''}: {size}").pick(lang)
        years = years_text(part["year"], part["year"] + int(part.get("duration") or 1) - 1, lang)
        over = part["year"] <= as_of
        note = Text("（已有公布数，不另计）", " (figures are published: no further effect)").pick(lang) if over else ""
        return f"{years}{size}{note}" if lang == "zh" else f"{years}: {size}{note}"
    value = part.get("target_text") or part.get("value")
    return f"{part.get('year', '')}{'年' if lang == 'zh' else ': '}{value}"


def _notes(material: Material, edition: Edition, lang: str) -> tuple[str, ...]:
    as_of = material.as_of
    base = min(int(view.document["base_year"]) for view in material.views)
    notes = [
        Text(
            "政策力度为相对校准路径的改变量，0为不变；外部条件为绝对值。没有列出的政策力度为0，没有列出的外部条件沿校准路径。",
            "Levers are changes against the calibrated path, 0 is no change; world assumptions are absolute. What is "
            "not listed is unchanged.",
        )
    ]
    if edition.chances:
        notes.append(
            Text(
                "取值为区间的，两端为5%和95%分位数。", "Where a range is given, its ends are the 5 and 95 % quantiles."
            )
        )
    else:
        notes.append(Text("取值为区间的，在两端之间变动。", "Where a range is given, values vary between its ends."))
    if as_of > base:
        zh = f"{as_of}年及以前已有公布数，情景为这些年份所写的设定不另计，表中只列{as_of + 1}年以后的取值。"
        notes.append(Text(zh, f"Settings for {as_of} and before give way to published figures and are not listed."))
    return tuple(note.pick(lang) for note in notes)
