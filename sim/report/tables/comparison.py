"""Scenarios side by side: the plan's targets in each of them, and what each differs by from the first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.material import Material
from sim.output.comparison import milestones
from sim.output.outlook import HEADLINES
from sim.output.probability import probability_text, ranged_text
from sim.output.tables import decimals, number_text, unit_text
from sim.report.blocks import Cell, Column, Missing, Table
from sim.report.editions import MODEL_VALUES_NOTE, Edition
from sim.report.sources import model_source
from sim.report.tables.cells import DASH, number_cell
from sim.report.tables.scenarios import scenario_names
from sim.report.tables.targets import NO_TARGETS, targets_shown
from sim.report.wording import sayer, short_label

Record = Mapping[str, Any]
NO_COMPARISON = Missing(
    Text("情景比较", "a comparison of scenarios"), Text("没有 compare 的结果", "there is no result of compare")
)
INDISTINGUISHABLE = Text("不可区分", "indistinguishable")
EQUAL = Text("相同", "equal")
#: With more scenarios than this cells hold the bare probability.
RANGES_SHOWN = 4


def evaluated_rows(material: Material) -> list[Record]:
    """The plan's evaluated rows in their first reading, as the leading scenario has them."""
    if material.lead is None:
        return []
    return [r for r in targets_shown(material.lead) if r["reading_of"] is None and r["status"] == "evaluated"]


def compare_table(material: Material, edition: Edition, lang: str) -> Table | Missing:
    """The plan's targets in every scenario: their chances (internal), or what the target year comes to."""
    if len(material.views) < 2:
        return NO_COMPARISON
    records = evaluated_rows(material)
    if not records:
        return NO_TARGETS
    names = scenario_names(material, edition, lang)
    say = sayer(lang)
    years = {record["year"] for record in records}
    one_year = len(years) == 1
    span, at = (f"{min(years)}年", f" for {min(years)}") if one_year else ("", "")
    group = say("达成概率", "Probability") if edition.chances else say("目标年推算值", "Projected in the target year")
    columns = (
        Column("label", say("指标", "Indicator"), 2.6),
        Column("unit", say("单位", "Unit"), 0.9, "center"),
        *(() if one_year else (Column("year", say("年份", "Year"), 0.9, "center"),)),
        Column("target", say("目标", "Target"), 1.1, "right"),
        *(Column(f"s{i}", name, 1.6, "right", group) for i, name in enumerate(names)),
    )
    rows = tuple(_compared(material, record, not one_year, edition, lang) for record in records)
    title = (
        say(f"各情景下{span}规划目标的达成概率", f"Chances of the plan's targets{at} by scenario")
        if edition.chances
        else say(f"各情景下{span}规划指标的推算值", f"Targets of the plan{at} as projected by scenario")
    )
    chances = Text(
        "概率取整到5个百分点，括号内为考虑先验与模型误差后的范围；", "Chances to 5 points, with their range. "
    ).pick(lang)
    note = f"{chances if edition.chances else ''}{MODEL_VALUES_NOTE.pick(lang)}"
    return Table("compare", title, columns, rows, notes=(note,), wide=len(names) > RANGES_SHOWN)


def _compared(material: Material, record: Record, dated: bool, edition: Edition, lang: str) -> tuple[Cell, ...]:
    label = record["label"] if lang == "zh" else record["label_en"]
    cells = [
        Cell(short_label(label, record["unit"])),
        Cell(unit_text(record["unit"], lang)),
        *([Cell(str(record["year"]))] if dated else []),
        Cell(record["target_text"] or number_text(record["value"], 1), record["value"]),
    ]
    for view in material.views:
        cells.append(
            _in_scenario(view.target(record["id"]), model_source(view, edition, lang), material, edition, lang)
        )
    return tuple(cells)


def _in_scenario(found: Record | None, source: str, material: Material, edition: Edition, lang: str) -> Cell:
    if found is None or found["p50"] is None:
        return Cell(DASH)
    if not edition.chances:
        digits = decimals(found["p90"] - found["p10"], (found["base_text"], found["target_text"]))
        return number_cell(found["p50"], digits, source)
    chance = found["probability"]
    if chance is None:
        return Cell(DASH)
    text = ranged_text(found, lang) if len(material.views) <= RANGES_SHOWN else probability_text(chance)
    return Cell(text, 100.0 * chance, "0", probability=chance, source=source)


def difference_table(
    material: Material, edition: Edition, lang: str, indicators: Sequence[str] | None = None,
    last: int | None = None,
) -> Table | Missing:  # fmt: skip
    """Headline indicators: the first scenario's mean, and by how much each other one differs; 不可区分 where so.

    indicators : those shown, all headlines unless told; last : the last year shown.
    """
    found = material.comparison
    if found is None:
        return NO_COMPARISON
    document = found.document
    ids = list(document["scenarios"][1:])
    by_key = {(d["indicator"], d["year"], d["scenario"]): d for d in document["differences"] if "indicator" in d}
    names = dict(zip((view.id for view in material.views), scenario_names(material, edition, lang), strict=True))
    years = [year for year in milestones(document) if found.as_of < year <= (last or year)]
    rows = []
    for indicator in indicators or differing_indicators():
        for year in years:
            records = [by_key.get((indicator, year, id)) for id in ids]
            if all(record is not None for record in records):
                rows.append(_difference_row(indicator, year, records, edition, lang))
    first = names.get(document["scenarios"][0], document["scenarios"][0])
    return Table(
        key="differences",
        title=Text(f"各情景与“{first}”的差别", f'How scenarios differ from "{first}"').pick(lang),
        columns=_difference_columns(first, [names.get(id, id) for id in ids], edition, lang),
        rows=tuple(rows),
        notes=_difference_notes(first, edition, lang),
        merged="label",
        wide=len(ids) > RANGES_SHOWN,
    )


def differing_indicators() -> tuple[str, ...]:
    """Indicators whose differences are told."""
    return tuple(dict.fromkeys((*HEADLINES, "manufacturing_share", "marine_share", "trade_total", "fdi")))


def _difference_columns(first: str, others: Sequence[str], edition: Edition, lang: str) -> tuple[Column, ...]:
    say = sayer(lang)
    group = say("差值 ± 标准误", "difference ± s.e.") if edition.chances else say("差值", "difference")
    return (
        Column("label", say("指标", "Indicator"), 2.6),
        Column("unit", say("单位", "Unit"), 0.9, "center"),
        Column("year", say("年份", "Year"), 0.9, "center"),
        Column("first", first, 1.1, "right"),
        *(Column(f"d{i}", name, 1.5, "right", group) for i, name in enumerate(others)),
    )


def _difference_row(
    indicator: str, year: int, records: Sequence[Record | None], edition: Edition, lang: str
) -> tuple[Cell, ...]:
    known = [record for record in records if record is not None]
    spread = min((abs(r["difference"]) for r in known if r["difference"]), default=1.0)
    digits = decimals(10 * spread, ())
    item = INDICATORS[indicator]
    return (
        Cell(short_label(item.label.pick(lang), item.unit)),
        Cell(unit_text(item.unit, lang)),
        Cell(str(year)),
        number_cell(known[0]["first"], digits),
        *(difference_cell(record, digits, edition, lang) for record in known),
    )


def difference_cell(record: Record, digits: int, edition: Edition, lang: str) -> Cell:
    """A difference with its sign and error, or that it cannot be told from chance."""
    value = record["difference"]
    if value == 0.0:
        return Cell(EQUAL.pick(lang), value)
    if not record["distinguishable"]:
        return Cell(INDISTINGUISHABLE.pick(lang))
    while digits < 2 and float(number_text(abs(value), digits)) == 0.0:
        digits += 1
    text = number_text(value, digits)
    text = text if text.startswith("−") else f"+{text}"
    if edition.chances:
        error, least = record["standard_error"], 10.0 ** -(digits + 1)
        text += f" ± {f'<{least:g}' if error < least / 2 else number_text(error, digits + 1)}"
    return Cell(text, value)


def _difference_notes(first: str, edition: Edition, lang: str) -> tuple[str, ...]:
    shared = (
        Text(
            "各情景用同一组随机数，差值为均值之差", "All scenarios share their random numbers; differences are of means"
        )
        if edition.chances
        else Text("差值为各情景均值之差", "Differences are of means")
    )
    zh = (
        f"{shared.zh}；“{first}”列也为均值，与其他表中的居中值略有出入。“{INDISTINGUISHABLE.zh}”指差值与测算误差分不开，"
        f"“{EQUAL.zh}”指设定不影响该指标；单位为%的，差值为百分点。"
    )
    en = (
        f'{shared.en}; "{first}" is a mean too, not quite the middle value of other tables. '
        f'"{INDISTINGUISHABLE.en}": not to be told from sampling error; "{EQUAL.en}": what is set does not move it. '
        "Differences of percentages are in points."
    )
    return (Text(zh, en).pick(lang), MODEL_VALUES_NOTE.pick(lang))
