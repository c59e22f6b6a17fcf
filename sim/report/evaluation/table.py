"""Tables of an evaluation: the bureau's own layout, and, internally, what the model expects beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.language import Text
from sim.material import Material, View
from sim.output.midterm_table import AFTER, NOT_COUNTED
from sim.output.probability import chance_text, ranged_text
from sim.output.tables import NATURES, decimals, figure_text, number_text, unit_text
from sim.report.blocks import Cell, Column, Table
from sim.report.brief.sources import Page
from sim.report.evaluation.rows import Evaluated
from sim.report.sources import fact_source, model_source
from sim.report.standing import needed_words
from sim.report.wording import allowed, short_label

Record = Mapping[str, Any]
_DASH = "—"


def main_table(found: Evaluated, material: Material, view: View, page: Page) -> Table:
    """The table of a mid-term evaluation, or that of a final one: every row of the plan."""
    pick, base, year = page.pick, found.base_year, found.target_year
    columns = [
        Column("no", pick("序号", "No."), 0.9, "center"),
        Column("label", pick("指标", "Indicator"), 4.2),
        Column("unit", pick("单位", "Unit"), 1.5, "center"),
        Column("nature", pick("属性", "Nature"), 1.5, "center"),
        Column("base", pick(f"{base}年基数", f"Base {base}"), 1.5, "right"),
        Column("target", pick(f"{year}年目标", f"Target {year}"), 1.9, "right"),
        *(Column(f"y{y}", pick(f"{y}年", str(y)), 1.4, "right") for y in found.years),
    ]
    if not found.final:
        columns.append(Column("progress", pick("完成进度", "Progress"), 2.0, "center"))
    columns.append(Column("conclusion", pick("评估结论", "Conclusion"), 1.9, "center"))
    if _expects(found, page):
        columns.append(Column("expected", pick(f"{year}年预计*", f"Expected {year}*"), 1.7, "right"))
    columns.append(Column("owner", pick("责任单位", "Owner"), 2.2))
    if page.edition.reasons:
        columns.append(Column("remark", pick("备注（口径）", "Remark"), 5.0))
    rows = tuple(_row(record, i, found, columns, material, view, page) for i, record in enumerate(found.rows, 1))
    title = pick(
        f"规划主要指标{'实施情况总结' if found.final else '中期'}评估表（{year}年目标）",
        f"{'Final' if found.final else 'Mid-term'} evaluation of the plan's indicators (targets of {year})",
    )
    return Table(f"evaluation_{year}", title, tuple(columns), rows, "", _notes(found, page), wide=True)


def _expects(found: Evaluated, page: Page) -> bool:
    """Whether the table tells what is expected: a value of the model, marked, and never in the public edition."""
    return page.edition.reasons and any(row["p50"] is not None for row in found.rows) and not found.final


def _row(
    record: Record, place: int, found: Evaluated, columns: list[Column], material: Material, view: View, page: Page
) -> tuple[Cell, ...]:
    zh, lang, nature = page.zh, page.lang, record["nature"] or ""
    label = record["label"] if zh else record["label_en"]
    base_text = record["base_text"] if record["base_text"] not in (None, "-", "") else _DASH
    middle = expected_text(record, lang)
    cells = {
        "no": Cell(str(record["row"] or place)),
        "label": Cell(label),
        "unit": Cell(unit_text(record["unit"], lang)),
        "nature": Cell(nature if zh else NATURES.get(nature, nature)),
        "base": Cell(base_text, record["base"]),
        "target": Cell(record["target_text"] or figure_text(record["value"]), record["value"]),
        "progress": Cell(progress_text(record, found, lang)),
        "conclusion": Cell(record["conclusion_text" if zh else "conclusion_text_en"]),
        "expected": Cell(middle, record["p50"], source=model_source(view, page.edition, lang)),
        "owner": Cell(page.listed(record["owner"]) or _DASH),
        "remark": Cell(allowed(record["remark" if zh else "remark_en"] or "", page.edition)),
    }
    for year in found.years:
        cells[f"y{year}"] = _published(record["years"].get(str(year)), material, page)
    return tuple(cells[column.key] for column in columns)


def _published(figure: Record | None, material: Material, page: Page) -> Cell:
    """A published figure as printed, with its rounding word; a star where it does not count."""
    if figure is None:
        return Cell(_DASH)
    text, word = figure["printed"] or figure_text(figure["value"]), figure["rounding"]
    text = text.replace("-", "−")
    if word:
        text = page.pick(f"{text}{word}" if word in AFTER else f"{word}{text}", f"c. {text}")
    star = "" if figure["comparable"] else NOT_COUNTED
    return Cell(text + star, figure["value"], source=fact_source(material, figure["fact"], page.edition))


def progress_text(record: Record, found: Evaluated, lang: str) -> str:
    """Share of the way, or the average growth where growth is what is asked; the share of time of an earlier year."""
    if record["average"] is not None:
        size = number_text(abs(record["average"]), 1)
        return Text(f"年均{'下降' if record['average'] < 0 else ''}{size}%", f"{size}% a year").pick(lang)
    if record["progress"] is None:
        return _DASH
    share = f"{number_text(100 * record['progress'], 0)}%"
    if record["judged_year"] in (None, found.as_of):
        return share
    elapsed = number_text(100 * record["elapsed"], 0)
    return Text(f"{share}（时序{elapsed}%）", f"{share} (time {elapsed}%)").pick(lang)


def expected_text(record: Record, lang: str) -> str:
    """What a row is expected to come to, without its range."""
    if record["p50"] is None:
        return _DASH
    text = number_text(record["p50"], _digits(record))
    average = record["reading"] is not None and record["average"] is not None
    return Text(f"年均{text}", f"{text} on average").pick(lang) if average else text


def _digits(record: Record) -> int:
    return decimals(record["p90"] - record["p10"], (record["base_text"], record["target_text"]))


def _notes(found: Evaluated, page: Page) -> tuple[str, ...]:
    base, pick = found.base_year, page.pick
    share = f"{100 * found.elapsed:.0f}%"
    notes = []
    if not found.final:
        notes.append(
            pick(
                f"完成进度＝（公布数－{base}年基数）÷（目标－{base}年基数），与时序进度{share}比较，另注时序的按最近公布数所在年份；"
                "增速类按年均增速比较，相差0.5个百分点以内为基本符合；约束性和保持型指标按达到、未达到评估。",
                f"Progress = (figure − base {base}) / (target − base), against {share} of the time or that of the year "
                "given; growth by its average, within 0.5 points is about in time; binding targets are met or not.",
            )
        )
    if any(figure and not figure["comparable"] for row in found.rows for figure in row["years"].values()):
        because = page.pick("，见备注", "; see the remark") if page.edition.reasons else ""
        notes.append(
            pick(
                f"带{NOT_COUNTED}的公布数口径与目标不同，不计入评估{because}。",
                f"{NOT_COUNTED} after a figure: of another scope, does not count{because}.",
            )
        )
    if _expects(found, page):
        notes.append(
            pick(
                "*预计为模型推算值，非统计数据，供编制预计数参考，以责任单位和统计部门的预计数为准。",
                "* Expected values are model values, not official statistics.",
            )
        )
    notes.append(
        pick(
            "各年数为公布数，以统计部门最终核实数为准；“—”为暂缺。",
            "Figures of the years as published, subject to final accounts; a dash stands for none.",
        )
    )
    return tuple(notes)


def outlook_table(found: Evaluated, view: View, page: Page) -> Table | None:
    """Internally: what each row is expected to come to with its range, its probability before and after."""
    rows = [row for row in found.rows if row["p50"] is not None or row["needed"] is not None]
    if not rows or not page.edition.chances or found.final:
        return None
    pick, year, base = page.pick, found.target_year, found.base_year
    columns = (
        Column("label", pick("指标", "Indicator"), 3.6),
        Column("target", pick(f"{year}年目标", f"Target {year}"), 1.8, "right"),
        Column("middle", pick(f"{year}年预计（80%区间）", f"Expected {year} (80 %)"), 2.8, "right"),
        Column("needed", pick("达到目标每年需要", "Needed a year"), 3.0),
        Column("before", pick(f"达成概率：按{base}年数据", f"Probability as of {base}"), 2.2),
        Column("after", pick(f"达成概率：按{found.as_of}年数据", f"Probability as of {found.as_of}"), 3.0),
    )
    source = model_source(view, page.edition, page.lang)
    body = tuple(_outlook_row(row, source, page) for row in rows)
    title = pick(f"达到{year}年目标的需要和概率", f"What the targets of {year} need, and their probabilities")
    note = pick(
        f"概率四舍五入到5个百分点，括号内为考虑先验与模型误差的范围；没有可比公布数的，每年需要按{base}年基数折算，"
        "所列年份含已过各年；模型推算值，非统计数据。",
        "Probabilities to 5 points with their ranges over priors and model error; without a comparable figure the need "
        f"is counted from the base of {base}, years that are over included; model values.",
    )
    return Table(f"outlook_{year}", title, columns, body, "", (note,))


def _outlook_row(record: Record, source: str, page: Page) -> tuple[Cell, ...]:
    zh, lang = page.zh, page.lang
    label = short_label(record["label"], record["unit"]) if zh else record["label_en"]
    interval = _DASH
    if record["p50"] is not None:
        low, high = (number_text(record[name], _digits(record)) for name in ("p10", "p90"))
        middle = expected_text(record, lang)
        interval = f"{middle}（{low}—{high}）" if zh else f"{middle} ({low} to {high})"
    chances = {
        when: {name: record[f"{name}_{when}"] for name in ("probability", "probability_low", "probability_high")}
        for when in ("before", "after")
    }
    after = {**chances["after"], "non_binding": record["non_binding"]}
    return (
        Cell(label),
        Cell(record["target_text"] or figure_text(record["value"]), record["value"]),
        Cell(interval, record["p50"], source=source),
        Cell(needed_words(record, lang)),
        Cell(ranged_text(chances["before"], lang), probability=chances["before"]["probability"], source=source),
        Cell(chance_text(after, lang), probability=after["probability"], source=source),
    )
