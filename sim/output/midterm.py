"""The mid-term table (中期评估) of a run: records of the JSON document, and midterm.csv."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.language import Text
from sim.midterm import CONCLUSIONS, MidtermRow, judged_reading, midterm_row
from sim.output.document import finite
from sim.output.further import plan_rows
from sim.output.store import cell, write_csv
from sim.region.pack import Pack
from sim.targets import Target

FILE = "midterm.csv"
Record = Mapping[str, Any]
_CHANCES = ("probability", "probability_low", "probability_high", "standard_error")
_MIDDLE = ("p10", "p50", "p90")
#: Name of the first reading where the row stands for the average.
THE_YEAR = Text("其中：按当年理解", "read as that year alone")


def midterm_document(
    targets: Sequence[Target],
    pack: Pack,
    document: Record,
    before: Sequence[Record],
    changed: Mapping[str, Text] | None = None,
) -> dict[str, Any]:
    """The `midterm` part of a run's document: the plan's rows as of `document["as_of"]`, each in the reading judged.

    `before` are the target records of the same run as of the base year; `changed` says, by the id of the reading
    judged, which figures moved its probability.
    """
    earlier = {r["id"]: r for r in before}
    return {
        "as_of": document["as_of"],
        "base_year": pack.base_year,
        "years": list(range(pack.base_year + 1, document["as_of"] + 1)),
        "rows": [
            midterm_record(row, record, judged, earlier, (changed or {}).get(judged["id"]))
            for record, judged, row in _judged_rows(targets, pack, document)
        ],
    }


def judged_records(targets: Sequence[Target], pack: Pack, document: Record) -> list[Record]:
    """Target records of the readings that the rows of the table stand for."""
    return [judged for _, judged, _ in _judged_rows(targets, pack, document)]


def _judged_rows(targets: Sequence[Target], pack: Pack, document: Record) -> list[tuple[Record, Record, MidtermRow]]:
    """Of every row of the plan the record of its first reading, that of the reading judged, and the row."""
    by_id, records = {t.id: t for t in targets}, {r["id"]: r for r in document["targets"]}
    out = []
    for record in (r for r in plan_rows(document["targets"]) if r["reading_of"] is None):
        row = midterm_row(by_id[record["id"]], pack, document["as_of"])
        judged = records.get(judged_reading(row, targets).id, record)
        out.append((record, judged if judged["status"] == "evaluated" else record, row))
    return out


def midterm_record(
    row: MidtermRow, record: Record, judged: Record, earlier: Mapping[str, Record], changed: Text | None
) -> dict[str, Any]:
    """One row: figures by year, progress, conclusion, what is needed, and the probability before and after.

    What is expected and its probability are those of the reading `judged`; where that is not the first one, `record`,
    the first stands in `readings`. `earlier` are records as of the base year by id.
    """
    standing, wanted = row.standing, row.needed
    copied = ("id", "indicator", "row", "category", "label", "label_en", "unit", "nature", "year", "base", "base_text",
              "target_text", "value", "status", "outcome", "owner", "non_binding")  # fmt: skip
    other = judged["id"] != record["id"]
    first = {"id": record["id"], "label": THE_YEAR.zh, "label_en": THE_YEAR.en, **_expected(record, earlier)}
    return {
        **{name: record[name] for name in copied},
        "reading": judged["id"] if other else None,
        "years": {str(year): _figure(row, year) for year in row.years},
        "progress": finite(standing.progress),
        "elapsed": finite(standing.elapsed),
        "average": finite(standing.average),
        "judged_year": standing.year,
        "conclusion": standing.conclusion,
        "conclusion_text": CONCLUSIONS[standing.conclusion].zh,
        "conclusion_text_en": CONCLUSIONS[standing.conclusion].en,
        "needed": None
        if wanted is None
        else {"kind": wanted.kind, "value": wanted.value, "first": wanted.first, "last": wanted.last},
        **_expected(judged, earlier),
        "readings": [first] if other else [],
        "changed_by": None if changed is None else changed.zh,
        "changed_by_en": None if changed is None else changed.en,
        "remark": "；".join(r.zh for r in row.remarks) or None,
        "remark_en": "; ".join(r.en for r in row.remarks) or None,
    }


def _expected(record: Record, earlier: Mapping[str, Record]) -> dict[str, Any]:
    """What a reading is expected to come to, and its probability before and after."""
    before = earlier.get(record["id"])
    return {
        **{name: record[name] for name in _MIDDLE},
        **{f"{name}_before": None if before is None else before[name] for name in _CHANCES},
        **{f"{name}_after": record[name] for name in _CHANCES},
    }


def _figure(row: MidtermRow, year: int) -> dict[str, Any]:
    """A year's figure: the number in the target's unit, as printed with its rounding word, and whether it counts."""
    figure = row.years[year]
    fact = figure.fact
    return {
        "value": figure.value,
        "printed": fact.printed if fact.value == figure.value else None,
        "rounding": None if fact.rounding == "exact" else fact.rounding,
        "fact": fact.id,
        "comparable": figure.counts,
    }


def write_midterm(folder: Path, document: Record) -> None:
    """Write midterm.csv: the columns of the printed table, each with the numbers behind it in columns of their own.

    `reading` is the id of the reading that a row speaks of; a row's other reading follows it, as in print.
    """
    midterm = document["midterm"]
    years = [str(year) for year in midterm["years"]]
    plain = ("progress", "elapsed", "average", "judged_year", "conclusion_text", "p10", "p50", "p90")
    ends = (*(f"{name}_{when}" for when in ("before", "after") for name in _CHANCES), "changed_by", "owner", "remark")
    header = ["id", "row", "label", "unit", "nature", "year", "base_text", "target_text", "reading", *years,
              *(f"{year}_comparable" for year in years), *plain, "needed_kind", "needed_value", "needed_first",
              "needed_last", *ends]  # fmt: skip
    rows = []
    for r in midterm["rows"]:
        figures = [r["years"].get(year) for year in years]
        wanted = r["needed"] or {}
        rows.append(
            [*(cell(r[name]) for name in header[:8]), r["reading"] or r["id"],
             *(cell(f and f["value"]) for f in figures),
             *("" if f is None else f["comparable"] for f in figures), *(cell(r[name]) for name in plain),
             *(cell(wanted.get(name)) for name in ("kind", "value", "first", "last")),
             *(cell(r[name]) for name in ends)]
        )  # fmt: skip
        for other in r["readings"]:
            said = {name: cell(value) for name, value in other.items()} | {
                "id": r["id"],
                "reading": other["id"],
                "year": r["year"],
            }
            rows.append([said.get(name, "") for name in header])
    write_csv(folder / FILE, header, rows)
