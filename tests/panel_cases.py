"""Panels for tests: a small one written by hand, and where the training provinces lie."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from sim.panel import Panel

SHARED = Path(__file__).resolve().parents[1] / "../shared/data"
PROVINCES = SHARED / "province_panel_train.csv"
TARGETS = SHARED / "growth_targets_train.csv"

needs_provinces = pytest.mark.skipif(
    not (PROVINCES.is_file() and TARGETS.is_file()), reason="needs ../shared/data, which is not part of the project"
)

HEADER = (
    "region,year,gdp,primary_va,secondary_va,industry_va,construction_va,tertiary_va,gdp_index,primary_index,"
    "secondary_index,tertiary_index,trade_kusd,fixed_asset_investment,retail_sales,budget_revenue,population,"
    "urban_population"
)
COLUMNS = tuple(HEADER.split(","))

Table = list[dict[str, str]]


def table(first: int = 2001, last: int = 2006) -> Table:
    """Rows of two regions, every year alike: GDP 1100 = 100 + 550 + 450, every index 110."""
    levels = {"gdp": "1100", "primary_va": "100", "secondary_va": "550", "tertiary_va": "450", "industry_va": "500"}
    indices = {name: "110" for name in COLUMNS if name.endswith("_index")}
    rest = {"construction_va": "50", "population": "200.5", "retail_sales": "300"}
    empty = dict.fromkeys(COLUMNS, "")
    return [
        empty | {"region": region, "year": str(year)} | levels | indices | rest
        for region in ("甲", "乙")
        for year in range(first, last + 1)
    ]


def write(folder: Path, rows: Table) -> Path:
    """The rows as a CSV file in `folder`."""
    path = folder / "panel.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def grown(
    growth: Mapping[str, Sequence[float]],
    secondary: Mapping[str, Sequence[float]] | None = None,
    first: int = 2001,
) -> Panel:
    """A panel with this growth (percent) and secondary share (percent, 40 unless said), the primary share being 10."""
    regions = tuple(sorted(growth))
    indices = 100.0 + np.array([growth[region] for region in regions])
    share = np.array([(secondary or {}).get(region, [40.0] * indices.shape[1]) for region in regions])
    levels = {"gdp": np.full_like(share, 100.0), "primary_va": np.full_like(share, 10.0), "secondary_va": share}
    values = levels | {"tertiary_va": 90.0 - share} | {name: indices for name in COLUMNS if name.endswith("_index")}
    years = tuple(range(first, first + indices.shape[1]))
    return Panel(regions, years, values, "panel.csv")
