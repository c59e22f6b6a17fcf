"""The years after the base year: reported figures with their sources, then what the model expects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.material import Material, View
from sim.output.outlook import HEADLINES, OTHER_BASIS, outlook_years
from sim.output.tables import decimals, figure_text, number_text, unit_text
from sim.report.blocks import Cell, Column, Missing, Table
from sim.report.editions import MODEL_VALUES, Edition
from sim.report.sources import base_known, fact_source, model_source
from sim.report.tables.cells import DASH, format_of, number_cell
from sim.report.tables.targets import NO_VIEW
from sim.report.wording import short_label, span_text
from sim.targets.known import SINCE_BASE

Record = Mapping[str, Any]


def outlook_names(view: View, plan: bool = True) -> list[str]:
    """Indicators of the outlook: headlines, then, with `plan`, those of the plan's evaluated targets."""
    wanted = dict.fromkeys([*HEADLINES, *(t["indicator"] for t in view.targets if plan and _of_plan(t))])
    return [name for name in wanted if name in INDICATORS]


def _of_plan(record: Record) -> bool:
    return record["status"] == "evaluated" and record["row"] is not None


def outlook_table(
    material: Material, view: View | None, edition: Edition, lang: str, plan: bool = True
) -> Table | Missing:
    """Headline and, with `plan`, plan indicators: base year, reported years, medians of 2025, 2030 and 2035.

    The internal edition adds the 80 % interval behind each median.
    """
    if view is None:
        return NO_VIEW
    past, later = outlook_years(view.document)
    by_key = {(r["indicator"], r["year"]): r for r in view.document["indicators"]}
    rows = []
    for name in outlook_names(view, plan):
        row = _row(material, view, name, by_key, past, later, edition, lang)
        if row is not None:
            rows.append(row)
    title = Text("主要指标公布数与推算值", "Main indicators: reported and projected").pick(lang)
    return Table(
        key="outlook",
        title=title,
        columns=_columns(view, past, later, edition, lang),
        rows=tuple(rows),
        notes=_notes(view, rows, edition, lang),
        wide=edition.chances,
    )


def _columns(view: View, past: Sequence[int], later: Sequence[int], edition: Edition, lang: str) -> tuple[Column, ...]:
    zh = lang == "zh"
    told, modelled = Text("公布数", "Reported").pick(lang), Text("推算值", "Projected").pick(lang)

    def year(value: int) -> str:
        return f"{value}年" if zh else str(value)

    suffix = Text("（80%区间）", " (80 %)").pick(lang) if edition.chances else ""
    return (
        Column("label", Text("指标", "Indicator").pick(lang), 2.6),
        Column("unit", Text("单位", "Unit").pick(lang), 0.8, "center"),
        Column("base", year(view.document["base_year"]), 0.95, "right", told),
        *(Column(f"y{one}", year(one), 0.95, "right", told) for one in past),
        *(Column(f"y{one}", year(one) + suffix, 1.9 if edition.chances else 1.0, "right", modelled) for one in later),
    )


def _row(
    material: Material, view: View, name: str, by_key: Mapping[tuple[str, int], Record], past: Sequence[int],
    later: Sequence[int], edition: Edition, lang: str,
) -> tuple[Cell, ...] | None:  # fmt: skip
    base = view.document["base_year"]
    records = [by_key[name, year] for year in later if (name, year) in by_key]
    if (name, base) not in by_key or not records or all(record["p50"] is None for record in records):
        return None
    spread = min((r["p90"] - r["p10"] for r in records if r["p90"] is not None), default=0.0)
    digits = decimals(spread, ())
    item, source = INDICATORS[name], model_source(view, edition, lang)
    return (
        Cell(short_label(item.label.pick(lang), item.unit)),
        Cell(unit_text(item.unit, lang)),
        _base(material, view, name, by_key[name, base], digits, edition, lang),
        *(_reported(material, by_key.get((name, year)), digits, edition) for year in past),
        *(_projected(by_key.get((name, year)), digits, source, edition, lang) for year in later),
    )


def _base(material: Material, view: View, name: str, record: Record, digits: int, edition: Edition, lang: str) -> Cell:
    """The base year's figure as published where there is one, else the model's starting point, marked."""
    fact = base_known(material, view, name)
    if fact is not None and fact.value is not None:
        value = fact.number_in(INDICATORS[name].unit)
        text = figure_text(float(f"{value:.7g}")) if fact.unit == INDICATORS[name].unit else _converted(value)
        text += NOT_THE_START if _apart(value, record["p50"]) else ""
        return Cell(text, value, format_of(len(text.partition(".")[2])), source=fact_source(material, fact.id, edition))
    found = number_cell(record["p50"], digits, model_source(view, edition, lang))
    if found.text == DASH or name in SINCE_BASE:
        return Cell(DASH)
    return Cell(found.text + MODELLED, found.value, found.format, source=found.source)


def _converted(value: float) -> str:
    """A figure in another unit than it was published in, with two digits after the point at most."""
    return figure_text(round(value, 2))


def _apart(reported: float, start: float | None) -> bool:
    """Whether the model starts somewhere else: the figure does not go with the others of that year."""
    return start is not None and abs(reported - start) > _START_DIFFERS * abs(start)


_START_DIFFERS = 0.05
#: After a number of the base year that the model put together.
MODELLED = "#"
#: After a reported number of the base year that the model does not start from.
NOT_THE_START = "△"


def _reported(material: Material, record: Record | None, digits: int, edition: Edition) -> Cell:
    if record is None or record["reported"] is None:
        return Cell(DASH)
    value, fact = record["reported"], record["fact"]
    text = figure_text(round(float(f"{value:.7g}"), 2)) if fact else number_text(value, digits)
    source = fact_source(material, fact, edition)
    if not fact:
        source = "、".join(found for id in record["derived_from"] if (found := fact_source(material, id, edition)))
    mark = OTHER_BASIS if record.get("other_basis") else ""
    return Cell(text + mark, value, format_of(len(text.partition(".")[2])), source=source)


def _projected(record: Record | None, digits: int, source: str, edition: Edition, lang: str) -> Cell:
    if record is None or record["p50"] is None:
        return Cell(DASH)
    text = number_text(record["p50"], digits)
    if edition.chances and record["p10"] is not None:
        span = span_text(record["p10"], record["p90"], digits, lang)
        text = f"{text}（{span}）" if lang == "zh" else f"{text} ({span})"
    return Cell(text, record["p50"], format_of(digits), source=source)


def _notes(view: View, rows: Sequence[Sequence[Cell]], edition: Edition, lang: str) -> tuple[str, ...]:
    base, label = view.document["base_year"], view.label.pick(lang)
    texts = [cell.text for row in rows for cell in row[2:]]
    middle = (
        Text("推算值为中位数，即", "Projections are medians of ")
        if edition.chances
        else Text("推算值即", "Projections are of ")
    )
    notes = [
        Text(
            f"{middle.zh}“{label}”的{MODEL_VALUES.zh}；绝对额按现价计算，增长速度按不变价计算。",
            f'{middle.en}"{label}", {MODEL_VALUES.en}; amounts at current prices, growth at constant prices.',
        )
    ]
    if any(text.endswith(MODELLED) for text in texts):
        notes.append(
            Text(
                f"{MODELLED}{base}年没有可直接采用的公布数，为模型起点。",
                f"{MODELLED} no figure of {base} to use as it is: where the model starts.",
            )
        )
    if any(text.endswith(NOT_THE_START) for text in texts):
        zh = f"{NOT_THE_START}该公布数与同年其他公布数口径不一致，推算未以其为起点，不能与推算值直接相比。"
        en = (
            f"{NOT_THE_START} does not go with other figures of {base}; the model starts elsewhere: not to be compared."
        )
        notes.append(Text(zh, en))
    if any(text.endswith(OTHER_BASIS) for text in texts):
        zh = f"{OTHER_BASIS}口径与{base}年不同，不能与{base}年数和推算值直接相比。"
        notes.append(Text(zh, f"{OTHER_BASIS} on another basis than {base}: not to be compared with it."))
    return tuple(note.pick(lang) for note in notes)
