"""The mid-term table (中期评估) of a run: records of the JSON document, and midterm.csv."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.language import Text
from sim.midterm import CONCLUSIONS, MidtermRow, midterm_row
from sim.output.document import finite
from sim.output.further import plan_rows
from sim.output.store import cell, write_csv
from sim.region.pack import Pack
from sim.targets import Target

FILE = "midterm.csv"
Record = Mapping[str, Any]
_CHANCES = ("probability", "probability_low", "probability_high", "standard_error")


def midterm_document(
    targets: Sequence[Target],
    pack: Pack,
    document: Record,
    before: Sequence[Record],
    changed: Mapping[str, Text] | None = None,
) -> dict[str, Any]:
    """The `midterm` part of a run's document: the plan's rows, each in its first reading, as of `document["as_of"]`.

    `before` are the target records of the same run as of the base year; `changed` says, by target id, which figures
    moved its probability.
    """
    by_id, earlier = {t.id: t for t in targets}, {r["id"]: r for r in before}
    records = [r for r in plan_rows(document["targets"]) if r["reading_of"] is None]
    rows = [(record, midterm_row(by_id[record["id"]], pack, document["as_of"])) for record in records]
    return {
        "as_of": document["as_of"],
        "base_year": pack.base_year,
        "years": list(range(pack.base_year + 1, document["as_of"] + 1)),
        "rows": [
            midterm_record(row, record, earlier.get(record["id"]), (changed or {}).get(record["id"]))
            for record, row in rows
        ],
    }


def midterm_record(row: MidtermRow, record: Record, before: Record | None, changed: Text | None) -> dict[str, Any]:
    """One row: figures by year, progress, conclusion, what is needed, and the probability before and after."""
    standing, wanted = row.standing, row.needed
    copied = ("id", "indicator", "row", "category", "label", "label_en", "unit", "nature", "year", "base", "base_text",
              "target_text", "value", "status", "outcome", "owner", "non_binding", "p10", "p50", "p90")  # fmt: skip
    return {
        **{name: record[name] for name in copied},
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
        **{f"{name}_before": None if before is None else before[name] for name in _CHANCES},
        **{f"{name}_after": record[name] for name in _CHANCES},
        "changed_by": None if changed is None else changed.zh,
        "changed_by_en": None if changed is None else changed.en,
        "remark": "；".join(r.zh for r in row.remarks) or None,
        "remark_en": "; ".join(r.en for r in row.remarks) or None,
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
    """Write midterm.csv: the columns of the printed table, each with the numbers behind it in columns of their own."""
    midterm = document["midterm"]
    years = [str(year) for year in midterm["years"]]
    plain = ("progress", "elapsed", "average", "judged_year", "conclusion_text", "p10", "p50", "p90")
    ends = (*(f"{name}_{when}" for when in ("before", "after") for name in _CHANCES), "changed_by", "owner", "remark")
    header = ["id", "row", "label", "unit", "nature", "year", "base_text", "target_text", *years,
              *(f"{year}_comparable" for year in years), *plain, "needed_kind", "needed_value", "needed_first",
              "needed_last", *ends]  # fmt: skip
    rows = []
    for r in midterm["rows"]:
        figures = [r["years"].get(year) for year in years]
        wanted = r["needed"] or {}
        rows.append(
            [*(cell(r[name]) for name in header[:8]), *(cell(f and f["value"]) for f in figures),
             *("" if f is None else f["comparable"] for f in figures), *(cell(r[name]) for name in plain),
             *(cell(wanted.get(name)) for name in ("kind", "value", "first", "last")),
             *(cell(r[name]) for name in ends)]
        )  # fmt: skip
    write_csv(folder / FILE, header, rows)
