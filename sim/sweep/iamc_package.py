"""A description of the tables of a sweep for machines: a tabular data package (specs.frictionlessdata.io)."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path
from typing import Any

from sim.sweep.parts import Sweep
from sim.sweep.tables import INDICATOR_TABLE, JOINT_TABLE, TABLE

_WORDS = ("target", "indicator", "unit", "Model", "Scenario", "Region", "Variable", "Unit")
_WHOLE = ("point", "year", "targets")
_MEANT = {
    "point": "number of the point, from 1",
    "target": "id of the target",
    "targets": "number of targets met together",
    "indicator": "id of the indicator",
    "unit": "unit of the indicator",
    "year": "year",
    "probability": "share of draws that meet the target, 0 to 1",
    "standard_error": "Monte Carlo standard error of the probability",
    "p10": "10th percentile over draws",
    "p50": "median over draws",
    "p90": "90th percentile over draws",
    "mean": "mean over draws",
}


def data_package(sweep: Sweep, folder: Path, further: tuple[str, list[str]]) -> dict[str, Any]:
    """The tables of the folder with the names, types and meaning of their columns; `further` has its columns given."""
    names = [TABLE, *([INDICATOR_TABLE] if sweep.indicators else []), JOINT_TABLE]
    tables = [*((name, _header(folder / name)) for name in names), further]
    return {
        "profile": "tabular-data-package",
        "name": "sweep",
        "title": sweep.name,
        "description": sweep.question,
        "resources": [_resource(sweep, folder / name, columns) for name, columns in tables],
    }


def _header(place: Path) -> list[str]:
    with place.open(encoding="utf-8-sig", newline="") as stream:
        return next(csv.reader(stream))


def _resource(sweep: Sweep, place: Path, columns: list[str]) -> dict[str, Any]:
    with place.open("rb") as stream:
        written = hashlib.file_digest(stream, "sha256").hexdigest()
    return {
        "name": place.stem,
        "path": place.name,
        "profile": "tabular-data-resource",
        "format": "csv",
        "encoding": "utf-8-sig",
        "hash": f"sha256:{written}",
        "schema": {"fields": [_field(sweep, name) for name in columns], "missingValues": [""]},
    }


def _field(sweep: Sweep, name: str) -> dict[str, str]:
    kind = "string" if name in _WORDS else "integer" if name in _WHOLE else "number"
    axis = next((axis for axis in sweep.axes if axis.id == name), None)
    meant = _MEANT.get(name, "") if axis is None else f"{axis.label.en} [{axis.unit.en}]"
    return {"name": name, "type": kind, **({"description": meant} if meant else {})}
