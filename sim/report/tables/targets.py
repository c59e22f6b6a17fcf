"""The plan's own table in the bureau's layout: every row in every edition, each edition with its own columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.language import Text
from sim.material import Material, View
from sim.output.further import plan_rows
from sim.output.tables import (
    NATURES,
    OUTCOMES,
    decimals,
    figure_text,
    method_text,
    number_text,
    reading_text,
    status_text,
    unit_text,
)
from sim.report.blocks import Cell, Column, Missing, Table
from sim.report.editions import MODEL_VALUES, Edition
from sim.report.sources import fact_source, in_marks, model_source
from sim.report.standing import (
    conclusion_text,
    latest_figure,
    needed_words,
    note_text,
    outcome_text,
    progress_text,
    reason_text,
    standing_rows,
)
from sim.report.tables.cells import DASH, chance_cell, figure_cell, interval_cell, number_cell, text_cell
from sim.report.wording import sayer, short_label

Record = Mapping[str, Any]
NO_TARGETS = Missing(
    Text("规划目标", "the plan's targets"), Text("本地区没有录入规划目标", "the region has none on file")
)
NO_VIEW = Missing(
    Text("情景结果", "results of a scenario"),
    Text("没有 run 或 compare 的结果", "there is no result of run or compare"),
)


def targets_shown(view: View) -> list[Record]:
    """Rows of the plan with their further readings, in the plan's order; empty for a region without a plan's table."""
    return [] if not view.targets else plan_rows(view.targets)


def target_table(material: Material, view: View | None, edition: Edition, lang: str) -> Table | Missing:
    """The plan's table: with chances (internal), with progress and reasons (review), or values and words (public)."""
    if view is None:
        return NO_VIEW
    records = targets_shown(view)
    if not records:
        return NO_TARGETS
    rows = standing_rows(material, view)
    if not edition.chances:
        records = [record for record in records if record["reading_of"] is None]
    years = sorted({record["year"] for record in records})
    columns = _columns(view, edition, years, lang)
    keys = {column.key for column in columns}
    cells = [_cells(material, view, record, rows.get(record["id"]), edition, lang) for record in records]
    return Table(
        key="targets",
        title=_title(material, years, edition, lang),
        columns=columns,
        rows=tuple(tuple(row[column.key] for column in columns if column.key in keys) for row in cells),
        notes=_notes(view, records, rows, edition, lang),
        source=_source(records, edition, lang),
        wide=edition.reasons,
        merged="category",
    )


def _title(material: Material, years: Sequence[int], edition: Edition, lang: str) -> str:
    span = f"{years[0]}" if len(years) == 1 else f"{years[0]}—{years[-1]}"
    what = (
        Text("规划主要指标达成测算表", "Main targets of the plan and how likely they are")
        if edition.chances
        else Text("规划主要指标进展情况表", "Main targets of the plan and how far they have come")
    )
    return f"{span}年{what.zh}" if lang == "zh" else f"{what.en}, {span}"


def _columns(view: View, edition: Edition, years: Sequence[int], lang: str) -> tuple[Column, ...]:
    base, year = view.document["base_year"], years[0]
    several = len(years) > 1
    say = sayer(lang)
    goal = say("目标值", "Target") if several else say(f"{year}年目标", f"Target {year}")
    front = [
        Column("category", say("类别", "Field"), 0.9),
        Column("row", say("序号", "No."), 0.55, "center"),
        Column("label", say("指标", "Indicator"), 2.9),
        Column("unit", say("单位", "Unit"), 0.95, "center"),
        Column("nature", say("属性", "Nature"), 0.85, "center"),
        Column("base", say(f"{base}年", str(base)), 0.9, "right"),
        Column("target", goal, 1.15, "right"),
    ]
    if several:
        front.append(Column("year", say("目标年份", "Year"), 0.8, "center"))
    if edition.chances:
        middle = say("预测中位数", "Median") if several else say(f"{year}年预测中位数", f"Median {year}")
        return (
            *front,
            Column("middle", middle, 1.05, "right"),
            Column("interval", say("80%区间", "80 % interval"), 1.35, "right"),
            Column("chance", say("达成概率（区间）", "Probability (range)"), 2.3),
            Column("method", say("测算说明", "Method"), 1.8),
        )
    standing = [
        Column("latest", say("最近公布", "Last reported"), 1.3, "right"),
        Column("standing", say("评估结论", "Conclusion"), 1.0, "center"),
    ]
    if not edition.reasons:
        return (*front, *standing)
    return (
        *front,
        standing[0],
        Column("progress", say("完成进度", "Progress"), 0.9, "right"),
        standing[1],
        Column("needed", say("达到目标所需", "Needed to reach it"), 1.6),
        Column("reason", say("口径与未达原因", "Basis, and why not reached"), 3.6),
    )


def _cells(
    material: Material, view: View, record: Record, row: Record | None, edition: Edition, lang: str
) -> dict[str, Cell]:
    zh, second = lang == "zh", record["reading_of"] is not None
    label = record["label"] if zh else record["label_en"]
    nature = record["nature"] or ""
    source = record["source"] if edition.sources and record["source"] else ""
    cells = {
        "category": Cell(record["category"] or ""),
        "row": Cell("" if second or record["row"] is None else str(record["row"])),
        "label": Cell(reading_text(record, lang) if second else short_label(label, record["unit"])),
        "unit": Cell("" if second else unit_text(record["unit"], lang)),
        "nature": Cell("" if second else nature if zh else NATURES.get(nature, nature)),
        "base": Cell("") if second else figure_cell(record["base"], _printed(record["base_text"]), source),
        "target": Cell("") if second else figure_cell(record["value"], _goal(record), source),
        "year": Cell("" if second else str(record["year"])),
    }
    cells |= _standing_cells(material, record, None if second else row, edition, lang)
    if edition.chances:
        cells |= _model_cells(view, record, edition, lang)
    return cells


def _printed(text: str | None) -> str | None:
    """The plan's own text of a base; a dash that it prints is a dash."""
    return None if not text or text in ("-", "－") else text


def _goal(record: Record) -> str:
    return record["target_text"] or figure_text(record["value"])


def _standing_cells(
    material: Material, record: Record, row: Record | None, edition: Edition, lang: str
) -> dict[str, Cell]:
    second = record["reading_of"] is not None
    latest = latest_figure(row)
    shown = Cell("" if second else DASH)
    if latest is not None:
        text = latest.text if latest.counts else f"{latest.text}*"
        text = f"{text}（{latest.year}年）" if lang == "zh" else f"{text} ({latest.year})"
        shown = Cell(text, latest.value, source=fact_source(material, latest.fact, edition))
    progress = "" if row is None else progress_text(row, lang)
    return {
        "latest": shown,
        "progress": text_cell(progress),
        "standing": Cell(_conclusion(record, row, lang)),
        "needed": text_cell(needed_words(row, lang)),
        "reason": text_cell(reason_text(record, row, edition, lang)),
    }


def _conclusion(record: Record, row: Record | None, lang: str) -> str:
    """The word of the evaluation; of a target whose year is over, its outcome; never more than the figures say."""
    if record["outcome"] is not None:
        return outcome_text(record, lang)
    return conclusion_text(row, lang)


def _model_cells(view: View, record: Record, edition: Edition, lang: str) -> dict[str, Cell]:
    known = record["p90"] is not None
    digits = decimals(record["p90"] - record["p10"] if known else None, (record["base_text"], record["target_text"]))
    source = model_source(view, edition, lang)
    evaluated = record["status"] == "evaluated"
    how = method_text(record, lang) if evaluated else status_text(record, view.document["as_of"], lang)
    chance = chance_cell(record, lang, source)
    middle = number_cell(record["p50"], digits, source)
    if record["outcome"] is not None:
        middle = figure_cell(record["actual"], source=record["source"] or "")
        chance = Cell(OUTCOMES[record["outcome"]].pick(lang))
    return {
        "middle": middle,
        "interval": interval_cell(record["p10"], record["p90"], digits, lang, source),
        "chance": chance,
        "method": Cell(how.replace("\n", "")),
    }


def _notes(
    view: View, records: Sequence[Record], rows: Mapping[str, Record], edition: Edition, lang: str
) -> tuple[str, ...]:
    as_of, base = view.document["as_of"], view.document["base_year"]
    notes = []
    if any("[" in (record["target_text"] or "") for record in records):
        notes.append(Text("[ ]内为五年累计数。", "[ ]: sum of five years.").pick(lang))
    starred = any((one := latest_figure(rows.get(r["id"]))) is not None and not one.counts for r in records)
    if starred and not edition.chances:
        notes.append(
            Text(
                "*公布数的口径与目标不同，不计入评估。",
                "* the figure is of another scope than the target and does not count.",
            ).pick(lang)
        )
    if edition.chances:
        label = view.label.pick(lang)
        zh = f"预测中位数、区间和概率为“{label}”的{MODEL_VALUES.zh}，概率取整到5个百分点，"
        en = f'Medians, intervals and chances are of "{label}", {MODEL_VALUES.en}; chances to 5 points, '
        zh, en = (
            f"{zh}括号内为考虑先验与模型误差后的范围。",
            f"{en}in brackets their range over priors and model error.",
        )
        notes.append(Text(zh, en).pick(lang))
    elif rows:
        years = f"{base + 1}—{as_of}" if as_of > base + 1 else str(as_of)
        zh = (
            f"评估结论按{years}年公布数与时序进度比较得出：增速类按年均增速比较，约束性和保持型指标按达到、未达到评估。"
        )
        en = f"Conclusions compare the figures of {years} with the share of time over; growth by its average."
        if edition.reasons:
            zh += f"没有可比公布数的，达到目标所需按{base}年基数折算，所列年份含已过各年。"
            en += f" Without a comparable figure the need is counted from the base of {base}."
        notes.append(Text(zh, en).pick(lang))
    return tuple(notes)


def _source(records: Sequence[Record], edition: Edition, lang: str) -> str:
    titles = list(dict.fromkeys(r["source_title"] for r in records if r["source_title"] and r["reading_of"] is None))
    if not titles:
        return ""
    return "、".join(in_marks(title) for title in titles) if lang == "zh" else "; ".join(titles)


def basis_table(material: Material, view: View | None, edition: Edition, lang: str) -> Table | Missing:
    """How every row of the plan is read (口径), who answers for it, and where it stands in the document."""
    if view is None:
        return NO_VIEW
    records = targets_shown(view)
    if not records:
        return NO_TARGETS
    say = sayer(lang)
    columns = (
        Column("row", say("序号", "No."), 0.5, "center"),
        Column("label", say("指标", "Indicator"), 2.4),
        Column("reading", say("口径与读法", "How it is read"), 5.2),
        Column("owner", say("责任单位", "Owner"), 1.5),
        Column("line", say("原文位置", "Line"), 0.9, "center"),
    )
    rows = []
    for record in records:
        second = record["reading_of"] is not None
        label = record["label"] if lang == "zh" else record["label_en"]
        note = note_text(record, edition, lang)
        line = str(record["source"]).partition(":")[2] if record["source"] else ""
        rows.append(
            (
                Cell("" if second or record["row"] is None else str(record["row"])),
                Cell(reading_text(record, lang) if second else short_label(label, record["unit"])),
                text_cell(note),
                Cell("" if second else "、".join(record["owner"]) or DASH),
                Cell((f"第{line}行" if lang == "zh" else line) if line and not second else "" if second else DASH),
            )
        )
    source = _source(records, edition, lang)
    return Table(
        key="basis",
        title=say("规划指标口径与责任单位", "How the plan's targets are read"),
        columns=columns,
        rows=tuple(rows),
        source=source,
        prose=True,
    )


def middle_text(record: Record, lang: str) -> str:
    """The median of a target in its unit's digits."""
    known = record["p90"] is not None
    digits = decimals(record["p90"] - record["p10"] if known else None, (record["base_text"], record["target_text"]))
    return number_text(record["p50"], digits)
