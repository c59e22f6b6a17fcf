"""Targets whose year is over: outcome by reported figures, as records and as `check` prints them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from sim.cli.terminal import write_table
from sim.facts.definitions import Definitions
from sim.facts.ledger import Fact
from sim.language import Text
from sim.output.tables import OUTCOMES
from sim.region.pack import Pack
from sim.targets import Target, reported
from sim.targets.outcome import Reported

Record = dict[str, Any]

#: Grades of publications whose figures are to be confirmed first.
_GRADES = {
    "mirror": Text("转载页面，待核实", "from a copied page, to be confirmed"),
    "memory": Text("凭记忆，待核实", "from memory, to be confirmed"),
}
_OPEN = Text("口径未说明", "scope not stated")
_UNSAID = "未说明"


def latest_year(pack: Pack) -> int:
    """Last whole year for which the region's own ledger has an actual figure."""
    years = [f.last_year for f in pack.own_facts if f.nature != "target" and f.period == str(f.last_year)]
    return max(years, default=pack.base_year)


def outcome_records(pack: Pack, targets: Sequence[Target], definitions: Definitions) -> list[Record]:
    """Every target whose year is over, with the figure and outcome, null where nothing is reported."""
    last = latest_year(pack)
    out: list[Record] = []
    for target in targets:
        if target.year > last or (target.not_modelled is not None and target.value is None):
            continue
        found = reported(target, pack, last)
        reason = None if found is None else found.reason
        caveat = None if found is None else _caveat(pack, target, found, definitions)
        out.append(
            {
                "id": target.id, "label": target.label.zh, "label_en": target.label.en, "year": target.year,
                "target_text": target.target_text, "unit": target.unit, "value": target.value,
                "actual": None if found is None else found.actual,
                "outcome": None if found is None else found.outcome,
                "facts": [] if found is None else list(found.facts),
                "reason": None if reason is None else reason.zh, "reason_en": None if reason is None else reason.en,
                "caveat": None if caveat is None else caveat.zh, "caveat_en": None if caveat is None else caveat.en,
            }
        )  # fmt: skip
    return out


def _caveat(pack: Pack, target: Target, found: Reported, definitions: Definitions) -> Text | None:
    """What keeps an outcome from being settled: a figure that only a weak source has, or one of an open scope."""
    used = [pack.ledger.get(id) for id in found.facts]
    said = [_GRADES[grade] for grade in _GRADES if any(fact.grade == grade for fact in used)]
    row = [] if target.fact is None else [pack.ledger.get(target.fact)]
    if found.outcome != "not_comparable" and any(_is_open(fact, pack, definitions) for fact in (*row, *used)):
        said.append(_OPEN)
    if not said:
        return None
    return Text("".join(f"（{text.zh}）" for text in said), "".join(f" ({text.en})" for text in said))


def _is_open(fact: Fact, pack: Pack, definitions: Definitions) -> bool:
    """Whether a figure leaves a scope open that others of its region and indicator state, or says itself that it does.

    What a break in time settles is not open: the year says on which side of it a figure is.
    """
    if any(_UNSAID in tag for tag in fact.scopes) or _UNSAID in fact.note:
        return True
    dated = {change.axis for change in definitions.breaks}
    stated = {
        axis
        for other in pack.ledger.facts
        if (other.region, other.indicator) == (fact.region, fact.indicator)
        for axis in definitions.tags_of(other)
    }
    return bool(stated - dated - set(definitions.tags_of(fact)))


def print_outcomes(records: Sequence[Record], lang: str) -> None:
    """The targets with a figure in a table; the number of those without."""
    header = (
        Text("目标", "Target"), Text("年份", "Year"), Text("要求", "Asked for"), Text("公布数", "Reported"),
        Text("结果", "Outcome"), Text("依据", "Figures"),
    )  # fmt: skip
    known = [r for r in records if r["outcome"] is not None]
    rows = [
        [
            f"{r['label'] if lang == 'zh' else r['label_en']}（{r['id'].partition('.')[0]}）",
            str(r["year"]),
            r["target_text"],
            f"{r['actual']:g}{r['unit']}",
            OUTCOMES[r["outcome"]].pick(lang) + (r["caveat" if lang == "zh" else "caveat_en"] or ""),
            "、".join(r["facts"]) + (f"；{r['reason' if lang == 'zh' else 'reason_en']}" if r["reason"] else ""),
        ]
        for r in known
    ]
    if rows:
        write_table(header, rows, (36, 4, 20, 14, 30, 56), lang, ruled=False)
    elif not records:
        click.echo(Text("无", "none").pick(lang))
    left = len(records) - len(known)
    if left:
        zh, en = f"另有 {left} 项到期目标在台账中没有当年公布数。", f"{left} more are due without a reported figure."
        click.echo(Text(zh, en).pick(lang))
