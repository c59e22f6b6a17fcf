"""Figures of places that do not exist, for comparisons worked out by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sim.facts.definitions import read_definitions
from sim.facts.ledger import Fact
from sim.facts.rounding import read_rounding
from sim.language import Text
from sim.peers import Figures, PeerRegion

CALIBRATION = Path(__file__).resolve().parent.parent / "calibration"
WORDS = read_rounding(CALIBRATION / "rounding.yaml")
DEFINITIONS = read_definitions(CALIBRATION / "definitions.yaml")
TOWN = PeerRegion("town", Text("甲区", "Town"), "new_area")
RIVAL = PeerRegion("rival", Text("乙区", "Rival"), "new_area")


def fact(region: str, indicator: str, period: str, printed: str, unit: str = "亿元", **other: Any) -> Fact:
    """A row of a ledger; growth is at constant prices and levels of money at current ones unless said."""
    price = "constant" if "growth" in indicator else "current" if unit in ("亿元", "万亿元") else ""
    given: dict[str, Any] = {
        "id": f"{region}.{indicator}.{period}", "region": region, "indicator": indicator, "period": period,
        "value": float(printed), "unit": unit, "price_basis": price, "scope": "", "rounding": "exact",
        "nature": "preliminary", "attribute": "", "document": "paper", "line": None, "quote": printed, "note": "",
        "printed": printed, "row": 2, "shown": "facts.csv",
    }  # fmt: skip
    return Fact(**(given | other))


def growth(region: str, year: str, printed: str, **other: Any) -> Fact:
    return fact(region, "gdp_growth", year, printed, "%", **other)


def figures(*facts: Fact, chosen: tuple[str, ...] = ()) -> Figures:
    return Figures(facts, DEFINITIONS, WORDS, chosen)
