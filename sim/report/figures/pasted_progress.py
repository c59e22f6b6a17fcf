"""Pasted figure of all indicators of the plan: progress against the share of the time over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from sim.charts.progress_bars import ProgressData, Row, native, progress_chart
from sim.facts.ledger import Fact
from sim.language import Text
from sim.material import Material
from sim.output.midterm_table import AFTER
from sim.output.tables import figure_text
from sim.report.blocks import Figure, Missing
from sim.report.editions import Edition
from sim.report.figures.pasted_shared import clean, sentence, sources

Record = Mapping[str, Any]
#: Where no progress in between is to be told: met or not.
WITHOUT_PROGRESS = Text("按是否达到评估，不计进度", "judged as met or not, without a progress")


def progress(material: Material, edition: Edition, lang: str) -> Figure | Missing:
    """A row for every indicator of the plan's table, with its bar or the reason why it has none."""
    what = Text("指标进度图", "the chart of progress")
    view = next((view for view in material.views if view.document["midterm"]), None)
    if view is None or not view.document["midterm"]["rows"]:
        zh = "材料中没有中期评估；请用 run --as-of 加基年以后的年份测算，再把结果文件夹交给 report"
        en = "no mid-term evaluation: compute one with `run --as-of` a year after the base year and give its folder"
        return Missing(what, Text(zh, en))
    midterm = view.document["midterm"]
    rows, as_of, base = midterm["rows"], midterm["as_of"], midterm["base_year"]
    end = max((row["year"] for row in rows), key=[row["year"] for row in rows].count)
    cited = sources(_facts(material, rows), material.pack.sources, edition, lang)
    plan = _plan(material, rows, lang)
    data = ProgressData(
        rows=tuple(_row(record, midterm, edition) for record in rows),
        elapsed=min(1.0, (as_of - base) / (end - base)),
        as_of=as_of,
        source=Text(*[("；" if lang == "zh" else "; ").join(part for part in (plan, cited) if part)] * 2),
        notes=_notes(rows, base, as_of),
    )
    title = Text(f"规划指标完成进度（截至{as_of}年）", f"Progress of the plan's indicators, to {as_of}")
    alt = sentence(title, [_said(row, lang) for row in data.rows], lang)
    return Figure(
        "progress", title.pick(lang), partial(progress_chart, data, lang), alt, native(data, lang), "progress"
    )


def _row(record: Record, midterm: Record, edition: Edition) -> Row:
    return Row(
        number="" if record["row"] is None else str(record["row"]),
        name=clean(Text(record["label"], record["label_en"])),
        progress=record["progress"] if record["average"] is None else None,
        elapsed=record["elapsed"],
        figures=_figures(record),
        conclusion=Text(record["conclusion_text"], record["conclusion_text_en"]),
        said=_instead(record, midterm, edition),
        behind=record["conclusion"] == "behind",
    )


def _figures(record: Record) -> tuple[Text, Text, Text]:
    """Base, latest figure that counts, and target, each as printed."""
    target = record["target_text"] or figure_text(record["value"])
    latest = _latest(record)
    base = record["base_text"] or "—"
    first, last = (Text(text, text) for text in ("—" if base == "-" else base, target))
    if latest is None:
        return first, Text("—", "—"), last
    text, word = latest["printed"] or figure_text(latest["value"]), latest["rounding"] or ""
    zh = f"{text}{word}" if word in AFTER else f"{word}{text}"
    return first, Text(zh, f"c. {text}" if word else text), last


def _latest(record: Record) -> Record | None:
    """The last published figure that counts."""
    counted = [year for year, figure in record["years"].items() if figure is not None and figure["comparable"]]
    found: Record | None = record["years"][max(counted)] if counted else None
    return found


def _instead(record: Record, midterm: Record, edition: Edition) -> Text:
    """What stands where there is no bar: the average so far, or why there is no progress."""
    first, last = midterm["years"][0], midterm["years"][-1]
    if record["average"] is not None:
        judged = record["judged_year"] or last
        average = f"{record['average']:.1f}".replace("-", "−")
        return Text(f"{first}—{judged}年年均{average}%", f"{average} % a year on average, {first}–{judged}")
    if record["progress"] is not None:
        return Text("", "")
    if not edition.reasons:
        return Text("—", "—")
    if record["remark"]:
        return clean(Text(record["remark"], record["remark_en"] or record["remark"]))
    if record["conclusion"] == "not_quantified":
        return Text("目标未列数值", "the target has no number")
    if not record["years"]:
        zh, en = (f"{first}{dash}{last}" if last > first else str(first) for dash in "—–")
        return Text(f"未收录{zh}年公布数", f"none for {en}")
    return WITHOUT_PROGRESS


def _facts(material: Material, rows: Sequence[Record]) -> list[Fact]:
    """The figures that the rows with a progress or an average rest on."""
    known = {fact.id: fact for fact in reversed(material.pack.ledger.facts)}
    ids = [figure["fact"] for row in rows for figure in row["years"].values() if figure is not None]
    return [known[id] for id in dict.fromkeys(ids) if id in known]


def _plan(material: Material, rows: Sequence[Record], lang: str) -> str:
    """The document that sets the targets."""
    view = next(view for view in material.views if view.document["midterm"])
    found = view.target(rows[0]["id"])
    title = (found or {}).get("source_title") or ""
    known = next((source for source in material.pack.sources.values() if source.title == title), None)
    name = title if known is None else known.name
    return (f"{name}（基数和目标）" if lang == "zh" else f"{name} (bases and targets)") if name else ""


def _notes(rows: Sequence[Record], base: int, as_of: int) -> tuple[Text, ...]:
    notes = []
    if any(row["progress"] is not None and row["average"] is None for row in rows):
        notes.append(
            Text(
                f"完成进度＝（公布数−{base}年基数）÷（目标−{base}年基数），虚线为该公布数年份的时序进度",
                f"progress = (figure − base {base}) / (target − base); dashed: share of time over in the figure's year",
            )
        )
    years = sorted({row["judged_year"] for row in rows if row["progress"] is not None and row["judged_year"]})
    if years and years != [as_of]:
        zh = "、".join(
            f"{row['label']}按{row['judged_year']}年公布数（时序{100 * row['elapsed']:.0f}%）"
            for row in _earlier(rows, as_of)
        )
        en = ", ".join(
            f"{row['label_en']}: figure of {row['judged_year']} ({100 * row['elapsed']:.0f}% of the time)"
            for row in _earlier(rows, as_of)
        )
        notes.append(clean(Text(zh, en)))
    notes.append(Text("以统计部门最终核实数为准", "figures are subject to final verification by the statistics bureau"))
    return tuple(notes)


def _earlier(rows: Sequence[Record], as_of: int) -> list[Record]:
    """Rows whose bar rests on a figure of an earlier year than the cut-off."""
    return [row for row in rows if row["progress"] is not None and row["judged_year"] not in (None, as_of)]


def _said(row: Row, lang: str) -> str:
    name, conclusion = row.name.pick(lang), row.conclusion.pick(lang)
    share = "" if row.progress is None else f" {round(100 * row.progress)}%".replace("-", "−")
    return f"{name}{share} {conclusion}"
