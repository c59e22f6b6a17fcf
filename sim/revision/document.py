"""The JSON document of a revision, and its files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sim.experiment.results import Z
from sim.indicators.catalogue import INDICATORS
from sim.output.store import DOCUMENT, fingerprint, model_hash, to_json, write_csv, write_folder, write_text
from sim.revision.changes import input_changes, program_changes, scenario_changes, version_changes
from sim.revision.groups import CHANCE, End, assumed, group_label, kinds_of
from sim.revision.quantities import Quantity
from sim.revision.revise import Revision, other_program

KIND = "revision"
HEADER = ("kind", "id", "statistic", "year", "group", "contribution", "standard_error", "total", "first", "second")
SETTINGS = ("as_of", "horizon", "seed", "draws", "sources")


def revision_document(old: End, new: End, found: Revision) -> dict[str, Any]:
    """The document of `compare` of two finished results.

    Probabilities are in 0-1, indicators in their unit; `contributions` sum to `total`, the second less the first.
    """
    document = new.document
    return {
        "kind": KIND,
        "region": document["region"],
        "region_label": document["region_label"],
        "region_label_en": document["region_label_en"],
        "base_year": document["base_year"],
        "results": [_result_record(end) for end in (old, new)],
        "groups": [{"id": id, "label": group_label(id).zh, "label_en": group_label(id).en} for id in found.shares],
        "differences": [_difference(found, i, quantity) for i, quantity in enumerate(found.quantities)],
        "attribution": [_attribution(found, i, quantity) for i, quantity in enumerate(found.quantities)],
        "changes": _changes(old, new),
        "published": _published(old, new),
        "runs": found.runs,
        "joined": found.joined,
        "dropped": [_about(quantity) for quantity in found.dropped],
        "result": None,
    }


def _result_record(end: End) -> dict[str, Any]:
    made, document = end.stored.manifest, end.document
    return {
        "result": end.stored.shown,
        "fingerprint": end.stored.key,
        "scenario": document["scenario"],
        "scenario_label": document["scenario_label"],
        "scenario_label_en": document["scenario_label_en"],
        **{name: getattr(made, name) for name in SETTINGS},
        "model": made.model,
        "made_by_this_program": not other_program(end.stored),
    }


def _about(quantity: Quantity) -> dict[str, Any]:
    """What a record is about; of an indicator in which unit and which statistic."""
    if quantity.kind == "target":
        return {"target": quantity.id, "year": quantity.year}
    unit = INDICATORS[quantity.id].unit
    return {"indicator": quantity.id, "year": quantity.year, "statistic": quantity.statistic, "unit": unit}


def _difference(found: Revision, i: int, quantity: Quantity) -> dict[str, Any]:
    """`standard_error` and `distinguishable` are null where both results have the same seed and draws."""
    total, noise = float(found.second[i] - found.first[i]), float(found.noise[i])
    random = CHANCE in _kinds(found)
    return {
        **_about(quantity),
        "first": float(found.first[i]),
        "second": float(found.second[i]),
        "difference": total,
        "standard_error": noise if random else None,
        "distinguishable": abs(total) > Z * noise if random else None,
    }


def _attribution(found: Revision, i: int, quantity: Quantity) -> dict[str, Any]:
    errors = {CHANCE: float(found.noise[i])} if CHANCE in found.shares else {}
    return {
        **_about(quantity),
        "total": float(found.second[i] - found.first[i]),
        "contributions": {name: float(share[i]) for name, share in found.shares.items()},
        "standard_errors": errors,
    }


def _kinds(found: Revision) -> set[str]:
    return {kind for name in found.shares for kind in kinds_of(name)}


def _changes(old: End, new: End) -> dict[str, Any]:
    """What changed between the results, by kind; versions as between each of them and this program."""
    one, other = old.stored.manifest, new.stored.manifest
    settings = [
        {"setting": name, "old": getattr(one, name), "new": getattr(other, name)}
        for name in SETTINGS
        if getattr(one, name) != getattr(other, name)
    ]
    return {
        "inputs": [asdict(change) for change in input_changes(old.archive.files, new.archive.files)],
        "scenario": [asdict(change) for change in scenario_changes(assumed(old.stored), assumed(new.stored))],
        "settings": settings,
        "versions": [[asdict(change) for change in version_changes(end.stored) if change.made] for end in (old, new)],
        "program_files": program_changes(old.archive.program, new.archive.program),
    }


def _published(old: End, new: End) -> list[dict[str, Any]]:
    """Targets that the older result gave a probability and whose figure the newer one knows."""
    before = {t["id"]: t for t in old.document["targets"] if t["status"] == "evaluated"}
    return [
        {"target": t["id"], "label": t["label"], "label_en": t["label_en"], "year": t["year"],
         "probability": before[t["id"]]["probability"], "actual": t["actual"], "outcome": t["outcome"]}
        for t in new.document["targets"]
        if t["status"] == "reported" and t["id"] in before
    ]  # fmt: skip


def revision_rows(document: Mapping[str, Any]) -> list[list[object]]:
    """One row for each number and group, in the columns of HEADER."""
    rows: list[list[object]] = []
    for record, difference in zip(document["attribution"], document["differences"], strict=True):
        kind = "target" if "target" in record else "indicator"
        start = [kind, record[kind], record.get("statistic", "probability"), record["year"]]
        ends = [repr(difference["difference"]), repr(difference["first"]), repr(difference["second"])]
        for name, share in record["contributions"].items():
            error = record["standard_errors"].get(name)
            rows.append([*start, name, repr(share), "" if error is None else repr(error), *ends])
    return rows


def _described(results: Sequence[str]) -> dict[str, Any]:
    return {"format": 1, "kind": KIND, "results": list(results), "model": model_hash(), "scenario": {}}


def revision_key(results: Sequence[str]) -> str:
    """Fingerprint of the comparison of results with these fingerprints by this program."""
    return fingerprint(_described(results))


def write_revision(folder: Path, document: Mapping[str, Any], force: bool = False) -> None:
    """Write result.json, attribution.csv and manifest.json; raises InputError where the folder holds something else."""
    results = [record["fingerprint"] for record in document["results"]]

    def fill(path: Path) -> None:
        write_text(path / DOCUMENT, to_json({**document, "result": None}))
        write_csv(path / "attribution.csv", HEADER, revision_rows(document))

    write_folder(folder, revision_key(results), force, fill, _described(results))
