"""Small ledgers and targets from which tests of the pre-flight and of `check` are made."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from sim.facts.definitions import Definitions, read_definitions
from sim.facts.ledger import Fact, Ledger
from sim.language import Text
from sim.preflight import Finding, Pace, paces, preflight
from sim.region.pack import Pack
from sim.targets import Target

PROJECT = Path(__file__).resolve().parent.parent


def fact(id: str, value: float | None, unit: str = "%", **changes: Any) -> Fact:
    """A fact whose indicator and period are read from the id: gdp.2020, plan.gdp.2025 (a target)."""
    parts = id.split(".")
    target = changes.pop("nature", "actual") == "target"
    name, period = (parts[1], parts[2]) if target else (parts[0], parts[1])
    printed = "" if value is None else f"{value:g}"
    row = {
        "region": "here", "indicator": name, "period": period, "price_basis": "", "scope": "", "rounding": "exact",
        "nature": "target" if target else "actual", "attribute": "", "document": "plan", "line": 1,
        "quote": printed or id, "note": "", "printed": printed, "row": 2, "shown": "facts.csv",
    }  # fmt: skip
    return Fact(id=id, value=value, unit=unit, **{**row, **changes})


def goal(id: str, value: float | None, unit: str = "%", **changes: Any) -> tuple[Target, Fact]:
    """A target with its row in the ledger; changes of the row begin with `fact_`."""
    row = {key.removeprefix("fact_"): changes.pop(key) for key in list(changes) if key.startswith("fact_")}
    name, year = id.split(".")[1:3]
    operator = changes.pop("operator", ">=")
    first = changes.get("first_year")
    period = f"{first}-{year}" if first else year
    made = fact(id, value, unit, nature="target", **{"period": period, **row})
    text = changes.pop("target_text", made.printed or "文字")
    target = Target(
        id=id, indicator=changes.pop("indicator", name), year=int(year), operator=operator,
        label=changes.pop("label", Text("指标", "indicator")), unit=unit, value=value, target_text=text, fact=id,
        owners=changes.pop("owners", ("甲局",)), **changes,
    )  # fmt: skip
    return target, made


def definitions() -> Definitions:
    """Those of the project."""
    return read_definitions(PROJECT / "calibration" / "definitions.yaml")


def pack(facts: Sequence[Fact], city: str | None = None) -> Pack:
    """A pack with these facts in its ledger."""
    surroundings = None if city is None else SimpleNamespace(id=city, label=Text("某市", "the city"))
    made = SimpleNamespace(
        id="here", label=Text("某区", "here"), base_year=2020, city=city, districts=(), surroundings=surroundings,
        ledger=Ledger(tuple(facts), "facts.csv"), sources={}, folder=PROJECT / "calibration" / "here",
    )  # fmt: skip
    return cast(Pack, made)


def findings(
    goals: Sequence[tuple[Target, Fact]], facts: Sequence[Fact] = (), city: str | None = None
) -> tuple[Finding, ...]:
    """What the pre-flight says of these targets and facts."""
    return preflight(pack([*facts, *(row for _, row in goals)], city), [target for target, _ in goals])


def kinds(found: Sequence[Finding], id: str) -> list[str]:
    """Kinds of the findings of one target."""
    return [finding.finding for finding in found if finding.id == id]


def only(found: Sequence[Finding], kind: str) -> Finding:
    """The one finding of a kind."""
    (finding,) = (finding for finding in found if finding.finding == kind)
    return finding


def pace_of(goals: Sequence[tuple[Target, Fact]], facts: Sequence[Fact]) -> Pace:
    """The speed of the first target."""
    made = pack([*facts, *(row for _, row in goals)])
    return paces(made, [target for target, _ in goals], definitions())[0]
