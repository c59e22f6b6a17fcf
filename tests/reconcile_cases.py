"""Small ledgers from which tests of definitions and reconciliation are made."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.facts.definitions import Definitions, read_definitions
from sim.facts.ledger import Fact
from sim.facts.rounding import Rounding, read_rounding
from sim.reconcile import Conflict, reconcile

PROJECT = Path(__file__).resolve().parent.parent
WORDS: Mapping[str, Rounding] = read_rounding(PROJECT / "calibration" / "rounding.yaml")
DEFINITIONS: Definitions = read_definitions(PROJECT / "calibration" / "definitions.yaml")
PARENTS = {"here": "city", "city": "province"}
NUMERIC = ("identity", "plausibility", "reports")


def fact(id: str, printed: str, unit: str, **changes: Any) -> Fact:
    """A fact whose indicator and period are read from the id: gdp.2020, city.gdp.2020, gdp.2020.press."""
    parts = id.split(".")
    region = parts.pop(0) if parts[0] in ("city", "province", "china") else "here"
    row = {
        "region": region, "indicator": parts[0], "period": parts[1], "price_basis": "", "scope": "",
        "rounding": "exact", "nature": "actual", "attribute": "", "document": "plan", "line": 7,
        "quote": f"{id} {printed}", "note": "", "printed": printed, "row": 2, "shown": "facts.csv",
    }  # fmt: skip
    return Fact(id=id, value=float(printed) if printed else None, unit=unit, **{**row, **changes})


def real(id: str, printed: str, **changes: Any) -> Fact:
    """A growth at constant prices."""
    return fact(id, printed, "%", price_basis="constant", **changes)


def found(facts: Sequence[Fact], choices: Collection[str] = ()) -> tuple[Conflict, ...]:
    """Every finding about a ledger."""
    return reconcile(facts, WORDS, DEFINITIONS, PARENTS, choices)


def numeric(facts: Sequence[Fact], choices: Collection[str] = ()) -> list[Conflict]:
    """The findings that rest on arithmetic."""
    return [one for one in found(facts, choices) if one.kind in NUMERIC]


def only(conflicts: Sequence[Conflict], kind: str) -> Conflict:
    """The one finding of a kind."""
    (one,) = (conflict for conflict in conflicts if conflict.kind == kind)
    return one
