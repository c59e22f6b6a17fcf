"""Yearly rows of a scoreboard, for tests."""

from __future__ import annotations

from sim.hindcast.board import MODEL
from sim.hindcast.record import YearScore


def row(forecaster: str, origin: int, crps: float, model: float, **other: object) -> YearScore:
    """Ten forecasts of one origin, of which five, eight and nine lie inside, one in each tenth."""
    tenths = {f"pit_{i:02d}": 1 for i in range(1, 11)}
    values = {
        "reference": MODEL, "variable": "gdp_growth", "horizon": 1, "regions": 10, "reference_crps": model,
        "inside_50": 5, "inside_80": 8, "inside_90": 9, "place": 0.5, "error": 0.0, "square": 1.0, **tenths,
    }  # fmt: skip
    return YearScore(forecaster=forecaster, origin=origin, crps=crps, **(values | other))  # type: ignore[arg-type]


def two_years() -> list[YearScore]:
    """The model at 1 and 2 points, a good rival at 2 and 2, a bad one at 4 and 4."""
    rows = [row(MODEL, 2005, 1.0, 1.0, inside_90=10), row(MODEL, 2006, 2.0, 2.0, inside_90=8)]
    rows += [row("persistence", 2005, 2.0, 1.0), row("persistence", 2006, 2.0, 2.0)]
    return [*rows, row("flexible", 2005, 4.0, 1.0), row("flexible", 2006, 4.0, 2.0)]
