"""Sentences of an evaluation, made from its rows by rules: counts, what falls short and by how much, what is needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.language import Text
from sim.midterm import CONCLUSIONS
from sim.output.tables import figure_text, number_text
from sim.report.blocks import Span
from sim.report.brief.sources import Page
from sim.report.evaluation.rows import JUDGED, Evaluated
from sim.report.standing import needed_words
from sim.report.wording import allowed, gap, growth, sentence, short_label, years_text

Record = Mapping[str, Any]


def judgement(found: Evaluated, page: Page) -> str:
    """Counts of every conclusion, and how many rows they are a judgement on."""
    counts = found.counts()
    judged = sum(count for name, count in counts if name in JUDGED)
    total, year = len(found.rows), found.target_year
    good, left = ([(name, count) for name, count in counts if (name in JUDGED) is inside] for inside in (True, False))
    if page.zh:
        when = f"{year}年已结束" if found.final else f"数据截至{found.as_of}年，时序进度{100 * found.elapsed:.0f}%"
        text = f"{when}。{year}年目标共{total}项，可按公布数评估的{judged}项"
        text += f"：{_counted(good, page)}。" if good else "。"
        return text + (f"未作进度评估的{total - judged}项：{_counted(left, page)}。" if left else "")
    when = f"{year} is over" if found.final else f"Figures up to {found.as_of}, {100 * found.elapsed:.0f}% of the time"
    text = f"{when}. Of {total} targets of {year}, {judged} can be judged by published figures"
    text += f": {_counted(good, page)}." if good else "."
    return text + (f" Not judged are {total - judged}: {_counted(left, page)}." if left else "")


def _counted(counts: list[tuple[str, int]], page: Page) -> str:
    said = [page.pick(f"{CONCLUSIONS[name].zh}{n}项", f"{CONCLUSIONS[name].en} {n}") for name, n in counts]
    return page.listed(said)


def rows_of(found: Evaluated, page: Page) -> Sequence[tuple[Span, ...]]:
    """By conclusion, which rows it was reached on: every row is named once."""
    out = []
    for name, count in found.counts():
        labels = page.listed(label_of(row, page) for row in found.of(name))
        word = CONCLUSIONS[name].pick(page.lang)
        out.append((page.pick(f"{word}（{count}项）：{labels}。", f"{word} ({count}): {labels}."),))
    return out


def label_of(record: Record, page: Page) -> str:
    """The name of a row without the unit behind it."""
    return short_label(record["label"], record["unit"]) if page.zh else str(record["label_en"])


def shortfall(record: Record, found: Evaluated, page: Page) -> str:
    """A row that falls short: what was reached, by how much it is short, what the years left must bring, why."""
    parts = [_reached(record, found, page), _required(record, page)]
    if page.edition.reasons:
        parts.append(_reason(record, found, page))
    said = "".join(sentence(part, page.lang) + ("" if page.zh else " ") for part in parts if part).strip()
    return page.pick(f"{label_of(record, page)}。{said}", f"{label_of(record, page)}. {said}")


def _reached(record: Record, found: Evaluated, page: Page) -> str:
    target = record["target_text"] or figure_text(record["value"])
    word = record["conclusion_text" if page.zh else "conclusion_text_en"]
    if record["average"] is not None:
        last = record["judged_year"]
        years = years_text(found.base_year + 1, last, page.lang)
        said = page.pick(
            f"{years}年均{growth(record['average'], 1, 'zh')}", f"{years}: {record['average']:.1f} % a year"
        )
        short = None if record["value"] is None else record["value"] - record["average"]
    else:
        last = record["judged_year"]
        figure = None if last is None else record["years"].get(str(last))
        if figure is None:
            return page.pick(f"目标{target}，评估结论为{word}", f"target {target}; {word}")
        value = f"{figure['printed'] or figure_text(figure['value'])}{page.unit(record['unit'])}"
        said = page.pick(f"{last}年为{value}", f"{value} in {last}")
        short = _distance(record, figure["value"])
    apart = ""
    if short is not None and short > 0.0:
        size = gap(short, record["unit"], 2 if short < 0.1 else 1, page.lang)
        apart = page.pick(f"，与目标{target}相差{size}", f", {size} from the target {target}")
    return page.pick(f"{said}{apart}，评估结论为{word}", f"{said}{apart}: {word}")


def _distance(record: Record, value: float) -> float | None:
    """How far a level is from its target, whichever way it must move."""
    return None if record["value"] is None else abs(record["value"] - value)


def _required(record: Record, page: Page) -> str:
    if record["needed"] is None or record["needed"]["kind"] == "reached":
        return ""
    told = needed_words(record, page.lang)
    return page.pick(f"达到目标尚需{told}", f"still needed: {told}")


def _reason(record: Record, found: Evaluated, page: Page) -> str:
    """The arithmetic of the shortfall, and who gives the reasons: none is made up here."""
    parts = []
    weakest = _weakest(record)
    if weakest is not None:
        year, value = weakest
        below = gap(record["value"] - value, "%", 1, page.lang)
        parts.append(
            page.pick(
                f"其中{year}年{growth(value, 1, 'zh')}，低于目标值{below}，拉低年均数最多",
                f"{year} with {number_text(value, 1)} % is {below} below and weighs most",
            )
        )
    owners = page.listed(record["owner"])
    who = owners or page.pick("责任单位（原文未列，待明确）", "the owner, who is not printed")
    remark = allowed(record["remark" if page.zh else "remark_en"] or "", page.edition)
    if remark and record["average"] is None:
        parts.append(page.pick(f"口径：{remark}", f"scope: {remark}"))
    parts.append(page.pick(f"具体原因请{who}补充说明", f"reasons to be given by {who}"))
    return page.joined(parts)


def _weakest(record: Record) -> tuple[str, float] | None:
    """Of a target for average growth the year furthest below the rate asked for."""
    if record["average"] is None or record["value"] is None:
        return None
    known = {year: figure["value"] for year, figure in record["years"].items() if figure and figure["comparable"]}
    if len(known) < 2:
        return None
    year = min(known, key=lambda name: known[name])
    return (year, known[year]) if known[year] < record["value"] else None


def scope_items(found: Evaluated, page: Page) -> Sequence[tuple[Span, ...]]:
    """Rows whose figures are of another scope, each with what differs."""
    out = []
    for row in found.of("not_comparable"):
        remark = allowed(row["remark" if page.zh else "remark_en"] or "", page.edition)
        why = remark or page.pick("公布数与目标口径不同", "the figure is of another scope")
        who = page.listed(row["owner"])
        ask = page.pick(
            f"请{who or '责任单位'}会同统计部门提供可比口径数或衔接系数",
            f"{who or 'the owner'} and the statistics bureau are asked for a comparable figure",
        )
        out.append((page.pick(f"{label_of(row, page)}：{why}。{ask}。", f"{label_of(row, page)}: {why}. {ask}."),))
    return out


def cut_off(found: Evaluated, page: Page) -> str:
    """Up to when figures were used, as the documents say it."""
    return Text(
        f"数据截至{found.as_of}年底，均为已公布数，以统计部门最终核实数为准。",
        f"Figures up to the end of {found.as_of}, as published, subject to final accounts.",
    ).pick(page.lang)
