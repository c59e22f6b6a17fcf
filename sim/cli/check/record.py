"""What `check` found, and the same as one JSON document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sim.cli.check.coverage import Figure
from sim.cli.check.outcomes import outcome_records
from sim.cli.documents import Quotes
from sim.facts.definitions import Definitions
from sim.language import Text
from sim.preflight import Finding, Pace
from sim.reconcile import Conflict
from sim.region.pack import Pack
from sim.targets import Target

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Checked:
    """All that was found.

    `unsaid` are ids of facts whose number their own quote does not hold; `quotes` and `coverage` are None where they
    were not asked for.
    """

    pack: Pack
    targets: tuple[Target, ...]
    definitions: Definitions
    conflicts: tuple[Conflict, ...]
    findings: tuple[Finding, ...]
    paces: tuple[Pace, ...]
    unsaid: tuple[str, ...]
    quotes: Quotes | None
    coverage: tuple[Figure, ...] | None


def record(found: Checked) -> Record:
    """The findings as one JSON document."""
    labels = {target.id: target.label for target in found.targets}
    document: Record = {
        "region": found.pack.id,
        "facts": len(found.pack.ledger.facts),
        "own_facts": len(found.pack.own_facts),
        "documents": len({fact.document for fact in found.pack.ledger.facts}),
        "conflicts": [_conflict(conflict) for conflict in found.conflicts],
        "targets": [_finding(finding, labels.get(finding.id)) for finding in found.findings],
        "targets_checked": len(found.targets),
        "paces": [_pace(pace) for pace in found.paces],
        "outcomes": outcome_records(found.pack, found.targets, found.definitions),
        "quotes": _quotes(found.quotes, found.unsaid),
    }
    if found.coverage is not None:
        document["coverage"] = [_figure(figure) for figure in found.coverage if not figure.cited]
        document["coverage_counts"] = _counts(found.coverage)
    return document


def _conflict(c: Conflict) -> Record:
    return {
        "kind": c.kind, "facts": list(c.facts), "gap": c.gap, "suspects": list(c.suspects), "message": c.message.zh,
        "message_en": c.message.en, "used": c.used, "cause": c.cause,
    }  # fmt: skip


def _finding(f: Finding, label: Text | None) -> Record:
    """A finding; what stands in the ledger only and in no list of targets has its id for a name."""
    name = Text(f.id, f.id) if label is None else label
    return {
        "id": f.id, "label": name.zh, "label_en": name.en, "finding": f.finding, "message": f.message.zh,
        "message_en": f.message.en, "others": list(f.others),
    }  # fmt: skip


def _pace(p: Pace) -> Record:
    return {
        "id": p.id, "unit": p.unit, "required": p.required, "start": p.start, "start_period": p.start_period,
        "start_value": p.start_value, "year": p.year, "value": p.value, "target_unit": p.target_unit,
        "achieved": p.achieved, "achieved_span": p.achieved_span, "achieved_from": list(p.achieved_from),
    }  # fmt: skip


def _quotes(quotes: Quotes | None, unsaid: Sequence[str]) -> Record:
    if quotes is None:
        return {"checked": 0, "failed": [], "converted": [], "skipped": {}, "number_not_in_quote": list(unsaid)}
    failed = [
        {"id": f.id, "document": f.document, "line": f.line, "quote": f.quote, "message": t.zh, "message_en": t.en}
        for f, t in quotes.failed
    ]
    return {
        "checked": quotes.checked,
        "failed": failed,
        "converted": list(quotes.converted),
        "skipped": dict(sorted(quotes.skipped.items())),
        "number_not_in_quote": list(unsaid),
    }


def _figure(f: Figure) -> Record:
    return {"document": f.document, "line": f.line, "number": f.number, "unit": f.unit, "context": f.context}


def _counts(found: Sequence[Figure]) -> list[Record]:
    """Figures of each document, and how many of them a fact cites."""
    out: dict[str, Record] = {}
    for figure in found:
        line = out.setdefault(figure.document, {"document": figure.document, "figures": 0, "cited": 0, "uncited": 0})
        line["figures"] += 1
        line["cited" if figure.cited else "uncited"] += 1
    return list(out.values())
