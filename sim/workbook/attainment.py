"""Sheets of probabilities: rounded and coloured for reading, and unrounded with their errors for economists."""

from __future__ import annotations

from collections.abc import Iterator

from sim.charts.style import shown_probability
from sim.report.blocks import Column
from sim.workbook.desk import CHANCE, PERCENT, ROUNDED, Desk, Record, text
from sim.workbook.grid import BLANK, Entry, Grid, Sheet
from sim.workbook.targets import document_name, label_of

_HEAD = 3  # columns before the scenarios


def attainment_sheets(desk: Desk) -> tuple[Sheet, ...]:
    """The heat map and the sheet it is computed from; nothing where no target has a probability."""
    records = [record for record in desk.material.views[0].targets if record["probability"] is not None]
    if not records:
        return ()
    raw = _raw(desk, records)
    return _map(desk, records, raw), raw


def _map(desk: Desk, records: list[Record], raw: Sheet) -> Sheet:
    say = desk.say
    views = desk.material.views
    group = say("情景", "Scenario")  # a head of two rows, as on the sheet it refers to
    columns = (
        *_head(desk),
        *(Column(f"s{number}", desk.scenario(view), 14, "center", group) for number, view in enumerate(views)),
    )
    title = say("达成概率：情景×目标", "Probability of reaching each target, by scenario")
    lines = desk.lines(
        title,
        say(
            "概率取整到5个百分点；颜色固定：0、50%、100%。未取整的概率、标准误和范围在“达成原值”，本表由它算出。",
            "Rounded to 5 points; colours fixed at 0, 50 and 100 %. Computed from the sheet of unrounded values.",
        ),
    )
    rows = tuple(tuple(_map_row(desk, record, raw.name)) for record in records)
    scales = tuple(f"s{number}" for number in range(len(views)))
    about = say("达成概率热图（取整）", "heat map of probabilities, rounded")
    return Sheet(desk.names["attainment"], about, lines, Grid(columns, rows, keep=_HEAD, scales=scales), "attainment")


def _head(desk: Desk) -> tuple[Column, ...]:
    say = desk.say
    return (
        Column("document", say("文件", "Document"), 26),
        Column("year", say("目标年", "Year"), 7, "center"),
        Column("label", say("目标", "Target"), 46),
    )


def _named(desk: Desk, record: Record) -> Iterator[Entry]:
    yield text(document_name(desk, record))
    yield Entry(record["year"], "0")
    words = record["target_text"]
    yield text(label_of(desk, record) + (f"{desk.say('：', ': ')}{words}" if words else ""))


def _map_row(desk: Desk, record: Record, raw: str) -> Iterator[Entry]:
    from xlsxwriter.utility import xl_col_to_name

    yield from _named(desk, record)
    for number, view in enumerate(desk.material.views):
        found = view.target(record["id"])
        if found is None or found["probability"] is None:
            yield BLANK
            continue
        cell = f"'{raw}'!{xl_col_to_name(_HEAD + 4 * number)}[row]"
        yield Entry(shown_probability(found["probability"]), CHANCE, "", ROUNDED.format(cell))


def _raw(desk: Desk, records: list[Record]) -> Sheet:
    say = desk.say
    columns = [*_head(desk)]
    for number, view in enumerate(desk.material.views):
        group = desk.scenario(view)
        columns += [
            Column(f"p{number}", say("概率", "probability"), 11, "right", group),
            Column(f"e{number}", say("标准误", "standard error"), 11, "right", group),
            Column(f"l{number}", say("范围下限", "range, low"), 11, "right", group),
            Column(f"h{number}", say("范围上限", "range, high"), 11, "right", group),
        ]
    title = say("达成概率：未取整的原值", "Probabilities, unrounded")
    note = say(
        "供核算用，对外引用请用“达成”。标准误为模拟误差；范围为先验与模型误差的影响。",
        "For checking; quote the rounded sheet. Errors are of sampling; ranges are over priors and model error.",
    )
    rows = tuple((*_named(desk, record), *_raw_numbers(desk, record)) for record in records)
    about = say("达成概率原值、标准误和范围", "unrounded probabilities, errors and ranges")
    grid = Grid(tuple(columns), rows, keep=_HEAD)
    return Sheet(desk.names["attainment_raw"], about, desk.lines(title, note), grid, "attainment_raw")


def _raw_numbers(desk: Desk, record: Record) -> Iterator[Entry]:
    for view in desk.material.views:
        found = view.target(record["id"])
        for key in ("probability", "standard_error", "probability_low", "probability_high"):
            value = None if found is None else found[key]
            yield BLANK if value is None else Entry(value, PERCENT if key != "standard_error" else "0.00%", "model")
