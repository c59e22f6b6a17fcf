"""What the levels above ask for, as the pages of target values print it, and where each of these numbers comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.cli.terminal import wrap_cells
from sim.language import Text

Record = Mapping[str, Any]
#: Words of rounding that stand before the number; the others stand behind its unit.
BEFORE = ("近", "接近", "约", "大约", "超过", "超", "突破", "逾", "不足", "不低于", "不高于", "达到")
_DASH = "—"


def above_text(records: Sequence[Record], lang: str) -> str:
    """Targets from above in a cell, a dash without any."""
    out = []
    for one in records:
        level, word = one["level" if lang == "zh" else "level_en"], one["rounding"]
        before, after = (word, "") if word in BEFORE else ("", word)
        number = f"{before}{one['printed']}{one['unit']}{after}" if one["printed"] else f"“{one['quote']}”"
        total = Text("（总量，不可直接比）", " (a total, not comparable)").pick(lang) if one["total"] else ""
        out.append(f"{level}{' ' if lang == 'en' else ''}{number}{total}")
    return "；".join(out) or _DASH


def sources_above(document: Record, lang: str) -> list[str]:
    """Where every target from above that the tables print comes from, and what its entry says of it."""
    first = document["scenarios"][0]
    rows = [one for one in document["values"] if one["scenario"] == first and not one["repeats"]]
    found = [(row, one) for row in (*rows, *document["skipped"]) for one in row["above"]]
    out = []
    for row, one in found:
        label = row["label" if lang == "zh" else "label_en"]
        note = Text(f"；{one['note']}", f"; {one['note']}").pick(lang) if one["note"] else ""
        out.append(
            Text(
                f"{label}·{above_text([one], lang)}：《{one['source']}》“{one['quote']}”{note}",
                f"{label}, {above_text([one], lang)}: {one['source']}, “{one['quote']}”{note}",
            ).pick(lang)
        )
    return list(dict.fromkeys(out))


def sources_page(document: Record, lang: str, width: int) -> str:
    """The list of sources, wrapped to a width; empty where nothing is set from above."""
    lines = [line for one in sources_above(document, lang) for line in wrap_cells(f"- {one}", width)]
    title = Text("上级目标出处", "Where targets from above come from").pick(lang)
    return "\n".join([title, *lines]) if lines else ""
