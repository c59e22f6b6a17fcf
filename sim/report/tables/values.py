"""Target values for the next plan: what has been reached, what is set above, and a wording for each row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.language import Text
from sim.material import Material
from sim.output.outlook import OTHER_BASIS
from sim.output.tables import figure_text, unit_text
from sim.report.blocks import Cell, Column, Missing, Table
from sim.report.editions import MODEL_VALUES, Edition
from sim.report.sources import fact_source
from sim.report.standing import standing_rows
from sim.report.tables.cells import DASH, chance_cell, text_cell
from sim.report.wording import allowed, quoted, sayer, short_label, years_text
from sim.target_setting.rounding import shown

Record = Mapping[str, Any]
NO_VALUES = Missing(
    Text("建议目标值", "proposed target values"),
    Text("没有 solve --target-values 的结果", "there is no result of solve --target-values"),
)
#: Words of rounding that stand before a number; the others stand behind its unit.
_BEFORE = ("近", "接近", "约", "大约", "超过", "超", "突破", "逾", "不足", "不低于", "不高于", "达到")
_SPANS = {
    "average": Text("年均", "average"),
    "reduction": Text("累计", "in all"),
    "sum": Text("累计", "in all"),
}


def values_rows(material: Material, year: int | None = None, groups: tuple[str, ...] = ("plan",)) -> list[Record]:
    """Records of one year (the first unless told) under the first scenario, in the plan's order."""
    found = material.target_values
    if found is None:
        return []
    document = found.document
    wanted = document["years"][0] if year is None else year
    records = [
        r for r in document["values"]
        if r["year"] == wanted and r["scenario"] == document["scenarios"][0] and r["group"] in groups
        and not r["repeats"] and r["suggestion"]["rule"] != "index"
    ]  # fmt: skip
    return sorted(records, key=lambda r: (r["row"] is None, r["row"] or 0))


def values_table(material: Material, edition: Edition, lang: str, year: int | None = None) -> Table | Missing:
    """Suggested values with their wording; what the model reaches in so many of its draws in the internal edition."""
    found = material.target_values
    if found is None:
        return NO_VALUES
    document = found.document
    wanted = document["years"][0] if year is None else year
    records = values_rows(material, wanted, ("plan", "candidate"))
    other = _other_basis(material)
    rows = [(r["row"] or 10_000, _row(material, r, r["row"] in other, edition, lang)) for r in records]
    columns = _columns(document, edition, lang)
    rows += [(one["row"], _skipped(one, columns, lang)) for one in document["skipped"] if one["row"] is not None]
    title = Text(f"{wanted}年建议目标值", f"Proposed target values for {wanted}").pick(lang)
    return Table(
        key=f"values{wanted}",
        title=title,
        columns=columns,
        rows=tuple(cells for _, cells in sorted(rows, key=lambda pair: pair[0])),
        notes=_notes(document, wanted, any(r["row"] in other for r in records), edition, lang),
        wide=edition.reasons,
    )


def _columns(document: Record, edition: Edition, lang: str) -> tuple[Column, ...]:
    say = sayer(lang)
    base = document["plan_base"]
    columns = [
        Column("row", say("序号", "No."), 0.5, "center"),
        Column("label", say("指标", "Indicator"), 2.3),
        Column("unit", say("单位", "Unit"), 0.9, "center"),
        Column("last", say("最近公布", "Last reported"), 1.6, "right"),
        Column("base", say(f"{base}年推算", f"{base}, projected"), 1.0, "right"),
    ]
    if edition.chances:
        columns += [
            Column("p90", say("稳妥值", "Safe"), 0.9, "right"),
            Column("p70", say("预期值", "Expected"), 0.9, "right"),
            Column("p50", say("中位", "Median"), 0.9, "right"),
            Column("p30", say("奋斗值", "Ambitious"), 0.9, "right"),
        ]
    columns.append(Column("words", say("建议写法", "Suggested wording"), 1.7))
    if edition.chances:
        columns.append(Column("chance", say("达成概率（区间）", "Probability (range)"), 1.6))
    if edition.reasons:
        columns += [
            Column("pace", say("年均增速／累计", "A year / in all"), 1.3),
            Column("remark", say("说明", "Remark"), 2.4),
        ]
    return tuple(columns)


def _other_basis(material: Material) -> set[int]:
    """Rows of the plan whose last figure is on another basis than their base year's."""
    if material.lead is None:
        return set()
    rows = standing_rows(material, material.lead).values()
    return {row["row"] for row in rows if row["row"] is not None and row["conclusion"] == "not_comparable"}


def _row(material: Material, record: Record, other: bool, edition: Edition, lang: str) -> tuple[Cell, ...]:
    said, unit = record["suggestion"], record["suggestion"]["shown_unit"]
    offer = record["plan"] or record
    cells = [
        Cell("" if record["row"] is None else str(record["row"])),
        Cell(value_name(record, lang)),
        Cell(unit_text(record["unit"], lang)),
        _last(material, record, other, edition, lang),
        _base(record, unit),
    ]
    if edition.chances:
        steps = record["direction"] != 0
        cells += [
            Cell(shown(offer[name], unit), offer[name]) if steps or name == "p50" else Cell(DASH)
            for name in ("p90", "p70", "p50", "p30")
        ]
    cells.append(Cell(said["words" if lang == "zh" else "words_en"], said["value"]))
    if edition.chances:
        cells.append(Cell(DASH) if record["chance"] is None else chance_cell(record["chance"], lang))
    if edition.reasons:
        cells += [text_cell(record["pace" if lang == "zh" else "pace_en"]), text_cell(_remark(record, edition, lang))]
    return tuple(cells)


def _skipped(one: Record, columns: Sequence[Column], lang: str) -> tuple[Cell, ...]:
    """A row of the plan for which no value is proposed, with the reason in its last column."""
    reason = one["reason" if lang == "zh" else "reason_en"]
    found = {
        "row": str(one["row"]),
        "label": short_label(one["label" if lang == "zh" else "label_en"], one.get("unit") or _unit_of(one["label"])),
        "words": Text("未提出", "none proposed").pick(lang),
        "remark": reason,
    }
    return tuple(Cell(found.get(column.key, DASH)) for column in columns)


def _unit_of(label: str) -> str:
    """The unit that a plan prints in brackets behind a name, as no unit is stored with a row without values."""
    return label.rpartition("（")[2].rstrip("）")


def short_name(record: Record, lang: str) -> str:
    """The indicator as the plan prints it, without the unit behind it."""
    return short_label(record["label" if lang == "zh" else "label_en"], record["unit"])


def value_name(record: Record, lang: str) -> str:
    """The indicator as the plan prints it, with the span it is counted over."""
    label = short_name(record, lang)
    plan = record["plan"]
    if plan is None:
        return label
    span, word = (plan["first_year"], record["year"]), _SPANS[plan["kind"]]
    years = years_text(*span, lang)
    return f"{label}（{years}{word.zh}）" if lang == "zh" else f"{label} ({years}, {word.en})"


def _last(material: Material, record: Record, other: bool, edition: Edition, lang: str) -> Cell:
    last = record["last"]
    if last is None:
        return Cell(DASH)
    mark = OTHER_BASIS if other and last["year"] > material.pack.base_year else ""
    number = f"{last['value']:.6g}{mark}"
    text = Text(f"{number}（{last['year']}年）", f"{number} ({last['year']})").pick(lang)
    source = fact_source(material, next(iter(last["facts"]), None), edition)
    return Cell(text.replace("-", "−"), last["value"], source=source)


def _base(record: Record, unit: float) -> Cell:
    """Where the plan starts: as published, or the model's median; of averages and sums that of the plan before."""
    base = record["base"]
    if base is None:
        return Cell(DASH)
    text = figure_text(base["value"]) if base["reported"] else shown(base["value"], unit)
    return Cell(text, base["value"])


def above_text(record: Record, lang: str) -> str:
    """Targets from above; a dash without any."""
    out = []
    for one in record["above"]:
        level, word = one["level" if lang == "zh" else "level_en"], one["rounding"]
        before, after = (word, "") if word in _BEFORE else ("", word)
        number = f"{before}{one['printed']}{one['unit']}{after}" if one["printed"] else quoted(one["quote"], "zh")
        total = Text("（总量，不可直接比）", " (a total, not comparable)").pick(lang) if one["total"] else ""
        out.append(f"{level}{' ' if lang == 'en' else ''}{number}{total}")
    return "；".join(out) or DASH


def _remark(record: Record, edition: Edition, lang: str) -> str:
    """What is set above, what is to be said of a suggestion, and the record of such forecasts where there is one.

    Of assigned rows the wording itself says all.
    """
    end = "" if lang == "zh" else "_en"
    above = above_text(record, lang)
    remark = allowed(record["suggestion"][f"remark{end}"] or "", edition)
    remark = "" if record["suggestion"]["rule"] == "assigned" else remark
    tested = edition.chances and record["grade"] not in (None, "none")
    parts = (
        "" if above == DASH else Text(f"上级目标：{above}", f"set above: {above}").pick(lang),
        remark,
        record[f"grade_text{end}"] if tested else "",
    )
    return ("；" if lang == "zh" else "; ").join(part for part in parts if part)


def _notes(document: Record, year: int, other: bool, edition: Edition, lang: str) -> tuple[str, ...]:
    base = document["plan_base"]
    notes = []
    if edition.chances:
        notes.append(
            Text(
                "稳妥值、预期值、中位、奋斗值：分别有90%、70%、50%、30%的模拟达到或好于该值；达成概率按取整后的建议写法计算。",
                "Safe, expected, median, ambitious: reached by 90, 70, 50 and 30 % of the draws; probabilities are of "
                "the wording.",
            )
        )
    notes += [
        Text(
            f"{base}年列为{MODEL_VALUES.zh}（按期间计的指标为截至{base}年的规划期），{base}年数公布后应重新测算；"
            "各指标分别取值，定稿前须相互衔接。",
            f"The column {base} holds {MODEL_VALUES.en} (of averages and sums those of the plan up to then); to be "
            f"computed again once {base} is published. Each row "
            "stands for itself: rows must be reconciled.",
        ),
        Text(
            "没有序号的为拟增指标。约束性指标由上级下达，不自行定值。",
            "Rows without a number are proposed additions. Binding targets are assigned from above.",
        ),
    ]
    if other:
        zh = f"{OTHER_BASIS}口径与本期规划基年不同，不能与推算值和建议值直接相比。"
        notes.append(
            Text(zh, f"{OTHER_BASIS} on another basis than the base year's: not to be compared with the rest.")
        )
    return tuple(note.pick(lang) for note in notes)
