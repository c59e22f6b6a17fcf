"""Targets outside the plan's table: of its text, of annual reports, of a new draft. One line each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.language import Text
from sim.output.layout import fitted, grid
from sim.output.probability import chance_text
from sim.output.tables import (
    OUTCOMES,
    decimals,
    figure_text,
    number_text,
    reading_text,
    remarks,
    status_text,
    unit_text,
)
from sim.targets import document_of, plan_document

Record = Mapping[str, Any]

HEADER = (
    Text("文件", "Document"), Text("指标", "Indicator"), Text("年份", "Year"), Text("目标", "Target"),
    Text("单位", "Unit"), Text("预测中位数", "Median"), Text("80%区间", "80 % interval"),
    Text("达成概率", "Probability"), Text("回测", "Back-test"),
)  # fmt: skip


def plan_rows(targets: Sequence[Record]) -> list[Record]:
    """Targets of the plan's own table: of the first document that prints one with numbered rows.

    Where no document does, all that can be judged.
    """
    plan = plan_document((t["id"], t["row"]) for t in targets)
    numbered = [t for t in targets if t["row"] is not None and document_of(t["id"]) == plan]
    return numbered or [t for t in targets if t["status"] != "not_modelled"]


def further_table(document: Record, lang: str) -> str:
    """All other targets that can be judged, and how many the model does not speak to; empty when there are none."""
    inside = {t["id"] for t in plan_rows(document["targets"])}
    others = [t for t in document["targets"] if t["id"] not in inside]
    if not others:
        return ""
    shown = [t for t in others if t["status"] in ("evaluated", "reported", "no_baseline")]
    rows = [_row(t, document["as_of"], lang) for t in shown]
    header = [text.pick(lang) for text in HEADER]
    columns = list(zip(header, *rows, strict=True))
    widths = fitted(columns, [6, 12, 4, 8, 4, 6, 8, 8, 8], [12, 36, 4, 24, 10, 10, 18, 32, 18])
    right = [False, False, True, False, False, True, True, False, False]
    title = Text("其他文件和正文中的目标", "Targets of other documents and of the text").pick(lang)
    parts = [title, grid(header, rows, widths, right, ruled=False)] if rows else [title]
    parts += _footnotes(shown, lang)
    left = sum(t["status"] == "not_modelled" for t in others)
    if left:
        zh = f"另有{left}项目标模型不涉及，逐项原因见 targets.csv 或 facts 命令。"
        parts.append(Text(zh, f"{left} more are outside the model; targets.csv says why.").pick(lang))
    return "\n".join(parts)


def _footnotes(shown: Sequence[Record], lang: str) -> list[str]:
    """What a probability must not be read without, once for targets of which the same is to be said."""
    said: dict[str, list[str]] = {}
    for record in shown:
        if record["probability"] is None:
            continue
        note = record["note" if lang == "zh" else "note_en"] or ""
        told = record["operator"] == "direction" or record["non_binding"] or record["indicator"] == "fdi"
        text = "".join([note if told else "", *(part for part in remarks(record, lang) if part != note)]).strip()
        if text and (told or record["reading_of"] is None):
            name = f"{record['label' if lang == 'zh' else 'label_en']} {record['year']}"
            said.setdefault(text, []).append(f"{document_of(record['id'])} {name}")
    apart, colon = Text("、", ", ").pick(lang), Text("：", ": ").pick(lang)
    return [f"{apart.join(names)}{colon}{text}" for text, names in said.items()]


def _row(record: Record, as_of: int, lang: str) -> list[str]:
    known = record["p90"] is not None
    digits = decimals(record["p90"] - record["p10"] if known else None, (record["base_text"], record["target_text"]))
    if record["probability"] is not None:
        verdict = chance_text(record, lang)
    elif record["outcome"] is not None:
        verdict = f"{OUTCOMES[record['outcome']].pick(lang)}（{figure_text(record['actual'])}）"
    else:
        verdict = status_text(record, as_of, lang)
    name = record["label"] if lang == "zh" else record["label_en"]
    if record["reading_of"] is not None:
        name = f"{name}（{reading_text(record, lang)}）"
    return [
        document_of(record["id"]),
        name,
        str(record["year"]),
        record["target_text"] or number_text(record["value"], 1),
        unit_text(record["unit"], lang),
        number_text(record["p50"], digits),
        f"{number_text(record['p10'], digits)}—{number_text(record['p90'], digits)}" if known else "—",
        verdict,
        (record["grade_text" if lang == "zh" else "grade_text_en"] or "") if record["probability"] is not None else "",
    ]
