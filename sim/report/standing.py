"""How far the plan has come by reported figures alone: the rows of a mid-term evaluation, for any scenario shown.

A run stores them; of a comparison they are put together again from the ledger, which no scenario changes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.language import Text
from sim.material import Material, View
from sim.output.midterm import midterm_document
from sim.output.midterm_table import needed_text
from sim.output.tables import OUTCOMES, figure_text
from sim.report.editions import Edition
from sim.report.wording import allowed, gap
from sim.targets import read_targets

Record = Mapping[str, Any]
#: Conclusions that stand for a target that is not where it should be.
LATE = ("behind", "not_kept", "not_done")
ON_THE_WAY = ("early", "faster", "in_time", "kept", "done")
#: Conclusions of rows that cannot be judged by reported figures.
OPEN = ("no_data", "not_quantified", "not_comparable")
#: Id of another reading in a note: （.average）.
_READING = re.compile(r"（\.\w+）| ?\(\.\w+\)")
_POINTS = re.compile(r"(\d)百分点")


def standing_rows(material: Material, view: View) -> dict[str, Record]:
    """Rows of the mid-term table by the id of the target; empty where no year after the base year is over."""
    midterm = view.document.get("midterm")
    if midterm is None:
        if view.document["as_of"] <= view.document["base_year"]:
            return {}
        known = {target.id for target in read_targets(material.pack)}
        records = [record for record in view.targets if record["id"] in known]
        midterm = midterm_document(
            read_targets(material.pack), material.pack, {**view.document, "targets": records}, ()
        )
    return {record["id"]: record for record in midterm["rows"]}


@dataclass(frozen=True, slots=True)
class Latest:
    """The last reported figure of a row: as printed with its rounding word, and whether it is comparable."""

    year: int
    value: float
    text: str
    fact: str
    counts: bool


def latest_figure(row: Record | None) -> Latest | None:
    """The last comparable figure, else the last one of another scope."""
    if row is None:
        return None
    found = [(int(year), figure) for year, figure in row["years"].items() if figure is not None]
    if not found:
        return None
    counted = [pair for pair in found if pair[1]["comparable"]] or found
    year, figure = max(counted, key=lambda pair: pair[0])
    text = figure["printed"] or figure_text(figure["value"])
    counts = figure["comparable"] and row["conclusion"] != "not_comparable"
    return Latest(year, figure["value"], text, figure["fact"], counts)


def progress_text(row: Record, lang: str) -> str:
    """Share of the way, or the average of growth so far; empty where neither can be told."""
    if row["average"] is not None:
        return Text(f"年均{row['average']:.1f}%", f"{row['average']:.1f} % a year").pick(lang)
    if row["progress"] is None:
        return ""
    return f"{100 * row['progress']:.0f}%".replace("-", "−") if lang == "zh" else f"{100 * row['progress']:.0f} %"


def conclusion_text(row: Record | None, lang: str) -> str:
    """The words of the evaluation; a dash where there is none."""
    return "—" if row is None else str(row["conclusion_text" if lang == "zh" else "conclusion_text_en"])


def needed_words(row: Record | None, lang: str) -> str:
    """What the years left must bring, on one line."""
    if row is None:
        return "—"
    text = needed_text(row["needed"], row, lang).replace("\n", "" if lang == "zh" else " ")
    return _POINTS.sub(r"\1个百分点", text) if lang == "zh" else text.replace("—", "–")


def outcome_text(record: Record, lang: str) -> str:
    """Whether a target whose year is over is met, in the words of an annual report."""
    return OUTCOMES[record["outcome"]].pick(lang)


def shortfall_text(record: Record, lang: str) -> str:
    """By how much the reported figure misses a target whose year is over; empty where it does not."""
    actual, value = record["actual"], record["value"]
    if record["outcome"] != "missed" or actual is None or value is None:
        return ""
    digits = max(len(figure_text(number).partition(".")[2]) for number in (actual, value))
    size = gap(actual - value, record["unit"], digits, lang)
    return Text(f"与目标相差{size}", f"{size} off the target").pick(lang)


def note_text(record: Record, edition: Edition, lang: str) -> str:
    """How a target is read, without the ids of its other readings."""
    note = record["note" if lang == "zh" else "note_en"] or ""
    note = _READING.sub("", note)
    return allowed(note if lang == "zh" else note.replace(".The ", ". The "), edition)


def reason_text(record: Record, row: Record | None, edition: Edition, lang: str) -> str:
    """Why a row is unreached or not evaluated, and its 口径: what is said beside it where reasons are shown."""
    if not edition.reasons:
        return ""
    zh = lang == "zh"
    parts = [shortfall_text(record, lang)]
    if row is not None:
        parts.append(row["remark" if zh else "remark_en"] or "")
    parts.append(note_text(record, edition, lang))
    stop = "；" if zh else "; "
    said = [allowed(part, edition).rstrip("。.；; ") for part in parts if part]
    return stop.join(dict.fromkeys(part for part in said if part))


def counted(rows: Sequence[Record], conclusions: Sequence[str]) -> list[Record]:
    """Rows whose conclusion is among these."""
    return [row for row in rows if row["conclusion"] in conclusions]
