"""Folders of answers other than a run's: sensitivity, solve, target values. One document, some tables, a manifest.

manifest.json   what determines the numbers, as a run's, with the `kind` of answer and what was `asked`
result.json     the JSON document
<name>.csv      its tables
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.experiment.plan import Plan
from sim.output.store import (
    DOCUMENT,
    NO_NUMBER,
    cell,
    fingerprint,
    finished,
    folder_name,
    manifest,
    may_replace,
    to_json,
    write_csv,
    write_folder,
    write_text,
)
from sim.scenario.load import resolved_text


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV of a folder: `name` without ending, a header and rows of plain values."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


def findings_manifest(plan: Plan, kind: str, asked: Mapping[str, Any], warnings: Sequence[str] = ()) -> dict[str, Any]:
    """What determines the numbers of an answer: all scenarios of the plan, and the question in plain values."""
    further = [resolved_text(scenario) for scenario in plan.scenarios[1:]]
    return {
        **manifest(plan, 0, plan.known_until, warnings),
        "kind": kind,
        "asked": dict(asked),
        "scenarios": [{key: value for key, value in one.items() if key not in NO_NUMBER} for one in further],
    }


def findings_folder(results: Path, made: Mapping[str, Any]) -> Path:
    """`<kind>-<scenario>-<hash>` in the folder of results."""
    return results / folder_name(f"{made['kind']}-{made['scenario']['name']}", fingerprint(made))


def stored_findings(folder: Path, made: Mapping[str, Any]) -> dict[str, Any] | None:
    """The document of a folder that holds this very answer, whole; None otherwise."""
    if not finished(folder, fingerprint(made), (DOCUMENT,)):
        return None
    document: dict[str, Any] = json.loads((folder / DOCUMENT).read_text(encoding="utf-8"))
    return document


def check_findings_folder(folder: Path, made: Mapping[str, Any], force: bool) -> None:
    """Raises InputError, before the work, when the folder holds something else that must not be replaced."""
    may_replace(folder, fingerprint(made), force)


def write_findings(
    folder: Path, made: Mapping[str, Any], document: Mapping[str, Any], tables: Sequence[Table], force: bool
) -> None:
    """Write the folder whole or not at all; raises InputError where it cannot be."""

    def fill(place: Path) -> None:
        write_text(place / DOCUMENT, to_json(document))
        for table in tables:
            rows = [[cell(value) for value in row] for row in table.rows]
            write_csv(place / f"{table.name}.csv", table.header, rows)

    write_folder(folder, fingerprint(made), force, fill, made)
