"""What an evaluation asks of the bureaus: figures that are missing, and figures that are to be aligned."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from sim.indicators.catalogue import INDICATORS
from sim.indicators.holders import HOLDERS
from sim.material import Material
from sim.preflight import Finding, preflight
from sim.report.blocks import Cell, Column, Table
from sim.report.brief.sources import Page
from sim.report.evaluation.rows import Evaluated
from sim.report.evaluation.text import label_of
from sim.report.wording import allowed, years_text
from sim.targets import Target, read_targets

Record = Mapping[str, Any]

#: Findings about figures that are there; the others are about figures that are not.
_ALIGN = ("inconsistent", "concept", "vacuous", "already_met")
#: Document and line in brackets, as messages of the pre-flight cite them.
_PLACE = re.compile(r"（([\w-]+)(?::(\d+))?）")
#: The sentence of a finding that says who confirms it: its row says so.
_CONFIRMS = re.compile(
    r"(?:待[^。，]*核实|责任单位原文未列，待明确后核实)。$| ?(?:To be confirmed by [^.]*|No owner[^.]*)\.$"
)


def needs_table(found: Evaluated, material: Material, page: Page) -> Table | None:
    """数据需求清单: rows without a figure of the years that are over or without a baseline, and who has it."""
    rows = [(row, text) for row in found.rows if (text := _lacking(row, found, page))]
    if not rows:
        return None
    columns = (
        Column("no", page.pick("序号", "No."), 0.8, "center"),
        Column("label", page.pick("指标", "Indicator"), 3.6),
        Column("lacking", page.pick("缺少的数据", "What is missing"), 3.8),
        Column("owner", page.pick("提供单位", "Owner"), 2.2),
        Column("kept", page.pick("资料一般在", "Usually kept by"), 2.6),
    )
    body = tuple(
        (Cell(str(i)), Cell(label_of(row, page)), Cell(text), *(Cell(text) for text in _holders(row, page)))
        for i, (row, text) in enumerate(rows, 1)
    )
    return Table(f"needs_{found.target_year}", page.pick("数据需求清单", "Figures that are needed"), columns, body)


def _lacking(record: Record, found: Evaluated, page: Page) -> str:
    """Which figures a row lacks: its base, the years published by nobody, the number of a target set above."""
    said = []
    if record["base_text"] in (None, "", "-"):
        said.append(page.pick(f"{found.base_year}年基数", f"the base of {found.base_year}"))
    missing = [year for year in found.years if record["years"].get(str(year)) is None]
    if missing and record["conclusion"] not in ("early", "faster", "in_time", "kept", "done"):
        said.append(page.pick(f"{_spans(missing, 'zh')}公布数", f"figures of {_spans(missing, 'en')}"))
    if record["conclusion"] == "not_quantified":
        said.append(page.pick("目标数值（上级下达数）", "the number of the target, set above"))
    return page.listed(said)


def _spans(years: Sequence[int], lang: str) -> str:
    """Years with neighbours joined: 2021年、2023—2024年."""
    spans: list[list[int]] = []
    for year in years:
        if spans and year == spans[-1][1] + 1:
            spans[-1][1] = year
        else:
            spans.append([year, year])
    return ("、" if lang == "zh" else ", ").join(years_text(first, last, lang) for first, last in spans)


def _holders(record: Record, page: Page) -> tuple[str, str]:
    """The owner as printed, and the office that keeps the figure in any region."""
    item = INDICATORS.get(record["indicator"])
    kept = HOLDERS.get(item.needs[0]) if item is not None and item.needs else None
    owner = page.listed(record["owner"]) or page.pick("待明确", "to be named")
    return owner, page.pick("统计部门", "the statistics bureau") if kept is None else kept.pick(page.lang)


def checks_table(found: Evaluated, material: Material, page: Page) -> Table | None:
    """数据核实单: what is to be aligned or confirmed, by bureau, in the neutral words of the pre-flight."""
    targets = {target.id: target for target in read_targets(material.pack)}
    rows = {row["id"]: row for row in found.rows}
    asked = [f for f in preflight(material.pack, tuple(targets.values())) if _is_asked(f, rows, targets)]
    pairs = [(owner, f) for f in asked for owner in (rows[f.id]["owner"] or [""])]
    if not pairs:
        return None
    order = list(dict.fromkeys(owner for owner, _ in pairs))
    columns = (
        Column("owner", page.pick("责任单位", "Owner"), 2.0),
        Column("label", page.pick("指标", "Indicator"), 2.8),
        Column("question", page.pick("需衔接、待核实的事项", "What is to be aligned or confirmed"), 7.2),
    )
    body = tuple(
        (Cell(owner or page.pick("待明确", "to be named")), Cell(label_of(rows[f.id], page)), Cell(_question(f, page)))
        for owner, f in sorted(pairs, key=lambda pair: order.index(pair[0]))
    )
    title = page.pick("数据核实单（按责任单位）", "Figures to be confirmed, by bureau")
    note = page.pick("以统计部门最终核实数为准。", "Subject to the final accounts of the statistics bureau.")
    return Table(f"checks_{found.target_year}", title, columns, body, "", (note,), merged="owner")


def _is_asked(finding: Finding, rows: Mapping[str, Record], targets: Mapping[str, Target]) -> bool:
    target = targets.get(finding.id)
    if finding.id not in rows or finding.finding not in _ALIGN or target is None:
        return False
    return not (finding.finding == "already_met" and target.base is not None and target.base == target.value)


def _question(finding: Finding, page: Page) -> str:
    text = _CONFIRMS.sub("", finding.message.pick(page.lang))
    return allowed(named_places(text, page), page.edition)


def named_places(text: str, page: Page) -> str:
    """Document ids in brackets as titles with lines: （《…》第582行）."""

    def named(match: re.Match[str]) -> str:
        if page.source(match[1]) is None:
            return match[0]
        line = f"第{match[2]}行" if match[2] else ""
        return (
            f"（{page.title(match[1])}{line}）"
            if page.zh
            else f" ({page.title(match[1])}" + (f", line {match[2]})" if match[2] else ")")
        )

    return _PLACE.sub(named, text)
