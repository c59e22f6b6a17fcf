"""Sheet of a sweep: every point with its settings and the chances of each target."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sim.levers.catalogue import ENTRIES
from sim.material import Finished
from sim.report.blocks import Column
from sim.workbook.desk import WHOLE, Desk, chance, text
from sim.workbook.grid import Entry, Grid, Sheet

#: Excel has room for a million rows; a page that people open has not.
MOST_POINTS = 20000


def sweep_sheet(desk: Desk, sweeps: Sequence[Finished]) -> Sheet:
    """One row for each point: its settings, the probability of every target and of all together."""
    say = desk.say
    axes = _axes(sweeps)
    targets = tuple(dict.fromkeys(row["target"] for sweep in sweeps for row in sweep.tables["points.csv"]))
    labels = {t["id"]: desk.of(t) for view in desk.material.views for t in view.targets}
    columns = [Column("sweep", say("测算", "Sweep"), 20), Column("point", say("点", "Point"), 7, "right")]
    for axis in axes:
        entry = ENTRIES.get(axis)
        title = entry.label.pick(desk.lang) if entry else say("随机种子", "seed") if axis == "seed" else axis
        columns.append(Column(axis, title, 11, "right", say("设定", "Settings")))
    group = say("达成概率（取整到5个百分点）", "Probability (to 5 points)")
    columns += [Column(f"t:{id}", labels.get(id, id), 14, "center", group) for id in targets]
    columns.append(Column("t:together", say("同时达成", "all together"), 12, "center", group))
    rows = [tuple(row) for sweep in sweeps for row in _rows(desk, sweep, axes, targets)]
    note = say(f"至多列{MOST_POINTS}个点。", f"At most {MOST_POINTS} points.") if len(rows) > MOST_POINTS else ""
    grid = Grid(
        tuple(columns),
        tuple(rows[:MOST_POINTS]),
        keep=2,
        scales=tuple(column.key for column in columns if column.key.startswith("t:")),
    )
    title = say("批量测算：各点的设定与达成概率", "Sweep: settings and probabilities of every point")
    about = say("批量测算各点的设定与概率", "settings and probabilities of every point")
    return Sheet(desk.names["sweep"], about, desk.lines(title, note), grid, "sweep")


def _axes(sweeps: Sequence[Finished]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(axis["id"] for sweep in sweeps for axis in sweep.manifest["spec"]["axes"]))


def _rows(desk: Desk, sweep: Finished, axes: Sequence[str], targets: Sequence[str]) -> Iterator[list[Entry]]:
    chances = {(row["point"], row["target"]): row["probability"] for row in sweep.tables["points.csv"]}
    settings: dict[str, Mapping[str, str]] = {row["point"]: row for row in sweep.tables["points.csv"]}
    together = {row["point"]: row["probability"] for row in sweep.tables["joint.csv"]}
    for point, row in settings.items():
        yield [
            text(sweep.manifest["spec"]["name"]),
            Entry(int(point), WHOLE),
            *(_setting(desk, axis, row.get(axis, "")) for axis in axes),
            *(chance(_number(chances.get((point, target))), "") for target in targets),
            chance(_number(together.get(point)), ""),
        ]


def _setting(desk: Desk, axis: str, found: str) -> Entry:
    value = _number(found)
    if value is None:
        return text(found)
    return desk.number(value, 0 if axis == "seed" or value == int(value) else 2)


def _number(found: str | None) -> float | None:
    try:
        return float(found) if found else None
    except ValueError:
        return None
