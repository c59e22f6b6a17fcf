"""Sentences on how far the plan has come by reported figures alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.language import Text
from sim.output.tables import figure_text
from sim.report.standing import LATE, ON_THE_WAY, needed_words
from sim.report.wording import listed, sentence, years_text
from sim.report.wording_targets import MOST_NAMED, name_of

Record = Mapping[str, Any]
#: Conclusions in the order of a sentence.
_ORDER = ("early", "faster", "in_time", "kept", "done", "behind", "not_kept", "not_done", "not_comparable", "no_data",
          "not_quantified")  # fmt: skip


def standing_sentence(rows: Sequence[Record], as_of: int, lang: str) -> str:
    """规划25项指标中，按截至2023年的公布数，快于预期1项、滞后1项，…"""
    counts = {key: [row for row in rows if row["conclusion"] == key] for key in _ORDER}
    parts = []
    for key in _ORDER:
        if counts[key]:
            word = counts[key][0]["conclusion_text" if lang == "zh" else "conclusion_text_en"]
            parts.append(f"{word}{len(counts[key])}项" if lang == "zh" else f"{len(counts[key])} {word}")
    if not parts:
        return ""
    body = "、".join(parts) if lang == "zh" else ", ".join(parts)
    zh = f"规划{len(rows)}项主要指标中，按截至{as_of}年的公布数评估，{body}"
    return sentence(
        Text(zh, f"of the plan's {len(rows)} targets, judged by figures up to {as_of}: {body}").pick(lang), lang
    )


def late_sentences(rows: Sequence[Record], lang: str) -> list[str]:
    """Rows that are behind or not met, each with what it has come to and what it needs."""
    out = []
    for row in (row for row in rows if row["conclusion"] in LATE):
        label = name_of(row, lang)
        parts = [Text(f"{label}{row['conclusion_text']}", f"{label} is {row['conclusion_text_en']}").pick(lang)]
        if row["average"] is not None and row["judged_year"] is not None:
            first = min(int(year) for year in row["years"])
            years = years_text(first, row["judged_year"], lang)
            average = f"{row['average']:.1f}"
            zh = f"{years}年均{average}%，目标为{row['target_text']}"
            parts.append(Text(zh, f"{average} % a year in {years} against {row['target_text']}").pick(lang))
        elif row["progress"] is not None:
            share, time = (f"{100 * row[name]:.0f}%" for name in ("progress", "elapsed"))
            parts.append(Text(f"完成进度{share}，低于时序进度{time}", f"progress {share}, time {time}").pick(lang))
        wanted = needed_words(row, lang)
        if wanted != "—":
            goal = "达到目标" if row["average"] is None else f"要使全期年均达到{figure_text(row['value'])}%"
            parts.append(Text(f"{goal}，{wanted.replace('年年均增速', '年年均须增长')}", f"needed {wanted}").pick(lang))
        out.append(sentence("，".join(parts) if lang == "zh" else ", ".join(parts), lang))
    return out


def on_the_way_sentence(rows: Sequence[Record], lang: str) -> str:
    """Names of rows that are reached, ahead or about in time."""
    found = [row for row in rows if row["conclusion"] in ON_THE_WAY]
    if not found:
        return ""
    last = max(int(year) for row in rows for year in row["years"])
    said = [
        f"{name_of(row, lang)}{_dated(row, last, lang)}{row['conclusion_text']}"
        if lang == "zh"
        else f"{name_of(row, lang)}{_dated(row, last, lang)} is {row['conclusion_text_en']}"
        for row in found
    ]
    return sentence(Text("其中，", "").pick(lang) + listed(said, lang, MOST_NAMED), lang)


def _dated(row: Record, last: int, lang: str) -> str:
    """The year that a row is judged by where it is not the last one."""
    year = row["judged_year"]
    if year is None or year == last:
        return ""
    return f"（按{year}年数）" if lang == "zh" else f" (figure of {year})"


def open_sentence(rows: Sequence[Record], lang: str) -> str:
    """Why most rows cannot be judged by reported figures yet."""
    waiting = [row for row in rows if row["conclusion"] == "no_data"]
    without = [row for row in waiting if not any(row["years"].values())]
    some = [row for row in waiting if any(row["years"].values())]
    other = [row for row in rows if row["conclusion"] == "not_comparable"]
    parts = []
    if without:
        parts.append(
            Text(
                f"{len(without)}项没有{_span(rows, 'zh')}的公布数", f"{len(without)} have no figure since the base year"
            ).pick(lang)
        )
    if some:
        names = listed([name_of(row, lang) for row in some], lang, MOST_NAMED)
        zh = f"{names}已有的公布数不足以评估"
        parts.append(Text(zh, f"{names}: the figures published do not suffice").pick(lang))
    if other:
        names = listed([name_of(row, lang) for row in other], lang, MOST_NAMED)
        parts.append(
            Text(f"{names}的公布数与目标口径不同，不作评估", f"{names}: figures of another scope than the target").pick(
                lang
            )
        )
    return sentence(("；" if lang == "zh" else "; ").join(parts), lang)


def _span(rows: Sequence[Record], lang: str) -> str:
    years = sorted({int(year) for row in rows for year in row["years"]})
    return years_text(years[0], years[-1], lang) if years else ""
