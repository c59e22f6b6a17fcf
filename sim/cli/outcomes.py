"""Targets whose year is over: outcome by reported figures, as records and as `check` prints them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from sim.cli.terminal import write_table
from sim.language import Text
from sim.output.further import OUTCOMES
from sim.region.pack import Pack
from sim.targets import Target, reported

Record = dict[str, Any]


def latest_year(pack: Pack) -> int:
    """Last whole year for which the region's own ledger has an actual figure."""
    years = [f.last_year for f in pack.own_facts if f.nature != "target" and f.period == str(f.last_year)]
    return max(years, default=pack.base_year)


def outcome_records(pack: Pack, targets: Sequence[Target]) -> list[Record]:
    """Every target whose year is over, with the figure and outcome, null where nothing is reported."""
    last = latest_year(pack)
    out: list[Record] = []
    for target in targets:
        if target.year > last or (target.not_modelled is not None and target.value is None):
            continue
        found = reported(target, pack, last)
        reason = None if found is None else found.reason
        out.append(
            {
                "id": target.id, "label": target.label.zh, "label_en": target.label.en, "year": target.year,
                "target_text": target.target_text, "unit": target.unit, "value": target.value,
                "actual": None if found is None else found.actual,
                "outcome": None if found is None else found.outcome,
                "facts": [] if found is None else list(found.facts),
                "reason": None if reason is None else reason.zh, "reason_en": None if reason is None else reason.en,
            }
        )  # fmt: skip
    return out


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
            OUTCOMES[r["outcome"]].pick(lang),
            "、".join(r["facts"]) + (f"；{r['reason' if lang == 'zh' else 'reason_en']}" if r["reason"] else ""),
        ]
        for r in known
    ]
    if rows:
        write_table(header, rows, (40, 4, 24, 14, 16, 60), lang, ruled=False)
    left = len(records) - len(known)
    if left:
        zh, en = f"另有 {left} 项到期目标账本中没有当年公布数。", f"{left} more are due without a reported figure."
        click.echo(Text(zh, en).pick(lang))
