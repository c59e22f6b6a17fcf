"""A calibration as one document and as files: facts used and refused, what is left of them, what they moved."""

from __future__ import annotations

import importlib.metadata
import platform
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.conditioning.observations import INDUSTRY_GROWTH, NEVER, Observation, regions_of
from sim.conditioning.region import history_label
from sim.conditioning.residuals import BEYOND, LARGE, large
from sim.conditioning.words import fact_words, surprises_in
from sim.experiment.measurement import COMPUTED
from sim.experiment.plan import Plan
from sim.facts.names import name_of, read_names
from sim.indicators.catalogue import INDICATORS, missing_of
from sim.language import Text
from sim.output.calibration_moved import moved_records
from sim.output.store import PACKAGES, cell, model_hash, pack_hashes, to_json, write_csv, write_text
from sim.posterior.posterior import Posterior
from sim.region.pack import Pack
from sim.targets.comparable import LEDGER_NAMES, Refused, comparable_fact, refused_facts

DOCUMENT, FACTS, PARAMETERS = "calibration.json", "facts.csv", "parameters.csv"
FORMAT = 1
Record = dict[str, Any]


def calibration_document(pack: Pack, as_of: int, facts: Sequence[Observation], posterior: Posterior) -> Record:
    """Everything that is told of a calibration: plain values, the same for the same posterior.

    facts : the figures it was conditioned on, in its order. Values, errors and residuals are those of the record.
    """
    surprises = surprises_in(posterior.facts)
    words = fact_words(pack, facts, surprises)
    record = posterior.record
    parameters, shocks = moved_records(pack, posterior, words)
    inflated = record.get("inflated", {})
    left, refused = _not_used(pack, as_of, facts)
    return {
        "format": FORMAT,
        "region": pack.id,
        "region_label": pack.label.zh,
        "region_label_en": pack.label.en,
        "family": (pack.whole or pack).id,
        "base_year": pack.base_year,
        "as_of": as_of,
        "seed": posterior.seed,
        "members": posterior.members,
        "posterior": posterior.key,
        "facts_used": len(facts),
        "facts_of": _by_region(pack, facts),
        "surprises": len(surprises),
        "refused": refused,
        "implied": left,
        "directions": record["directions"],
        "halved": record["halved"],
        "hypotheses": [_hypothesis(line) for line in record["hypotheses"]],
        "unsolved": record.get("unsolved", 0.0),
        "inflated": [_inflated(name, factor, words) for name, factor in sorted(inflated.items())],
        "beyond": BEYOND,
        "facts": fact_lines(pack, facts, posterior),
        "parameters": parameters,
        "shocks": shocks,
    }


def fact_lines(pack: Pack, facts: Sequence[Observation], posterior: Posterior) -> list[Record]:
    """Each fact of a calibration with what the prior expected of it and what is left, those that stand out first."""
    inflated = posterior.record.get("inflated", {})
    words = fact_words(pack, facts, surprises_in(posterior.facts))
    lines = [_fact(line, words[line["id"]], facts, inflated) for line in posterior.record["facts"]]
    return _sorted(lines, pack)


def _sorted(lines: Sequence[Record], pack: Pack) -> list[Record]:
    """Large residuals first, then figures far from the prior; the others by region, the one asked for first."""
    regions = [pack.id, *(region.id for region in regions_of(pack)), None]
    kinds = list(dict.fromkeys(line["indicator"] for line in lines))

    def order(line: Record) -> tuple[object, ...]:
        place = (regions.index(line["region"]), kinds.index(line["indicator"]), line["year"], line["id"])
        if not large(line):
            return (1, 0.0, *place)
        return (0, -abs(line["residual"]) if abs(line["residual"]) >= LARGE else 0.0, *place)

    return sorted(lines, key=order)


def _fact(line: Mapping[str, Any], words: Text, facts: Sequence[Observation], inflated: Mapping[str, float]) -> Record:
    """A line of the record with its words; of a surprise of the world only how far from expected it was.

    before, residual : what happened less what the prior expected in its spread, and less what the calibrated model
    gives in errors: positive is higher than expected.
    """
    one = next((fact for fact in facts if fact.id == line["id"]), None)
    item = None if one is None else INDICATORS.get(one.indicator)
    before, residual = (line["value"] - line["expected"]) / line["spread"], line["residual"]
    numbers: Record = {name: line[name] for name in ("value", "error", "expected", "spread")}
    if one is None:  # the fact is that the surprise is none: what the model has too much of, the world had
        before, residual, numbers = -before, -residual, dict.fromkeys(numbers)
    return {
        "id": line["id"],
        **numbers,
        "before": before,
        "residual": residual,
        "label": words.zh,
        "label_en": words.en,
        "region": None if one is None else one.region,
        "indicator": None if one is None else one.indicator,
        "year": int(line["id"].rpartition(".")[2]) if one is None else one.year,
        "unit": None if one is None else one.fact.unit if item is None else item.unit,
        "document": None if one is None else one.fact.document,
        "line": None if one is None else one.fact.line,
        "inflated": inflated.get(line["id"]),
    }


def _hypothesis(line: Mapping[str, Any]) -> Record:
    label = history_label(line["name"])
    return {**line, "label": label.zh, "label_en": label.en}


def _inflated(name: str, factor: float, words: Mapping[str, Text]) -> Record:
    return {"id": name, "label": words[name].zh, "label_en": words[name].en, "factor": factor}


def _by_region(pack: Pack, facts: Sequence[Observation]) -> list[Record]:
    found = []
    for region in regions_of(pack):
        of = [fact for fact in facts if fact.region == region.id]
        label = region.label
        found.append({"region": region.id, "label": label.zh, "label_en": label.en, "count": len(of)})
    return found


def _not_used(pack: Pack, as_of: int, facts: Sequence[Observation]) -> tuple[list[str], list[Record]]:
    """Ids of comparable figures that others imply, and the figures that are not comparable, with the reason."""
    used = {fact.id for fact in facts}
    names = read_names(pack.folder.parent / "indicators.yaml")
    implied: list[str] = []
    refused: list[Record] = []
    for region in regions_of(pack):
        for indicator in (*COMPUTED, *INDUSTRY_GROWTH):
            item = INDICATORS.get(indicator)
            if indicator in NEVER or (item is not None and missing_of(item, region) is not None):
                continue
            label = name_of(LEDGER_NAMES.get(indicator, indicator), names)
            for year in range(pack.base_year + 1, as_of + 1):
                fact = comparable_fact(region, indicator, year)
                if fact is not None and fact.region == region.id and f"{region.id}.{fact.id}" not in used:
                    implied.append(f"{region.id}.{fact.id}")
                refused += [
                    _refused(one, region, indicator, label)
                    for one in refused_facts(region, indicator, year)
                    if one.fact.region == region.id
                ]
    return sorted(set(implied)), _once(refused, used)


def _refused(one: Refused, region: Pack, indicator: str, label: Text) -> Record:
    fact, reason = one.fact, one.reason
    return {
        "id": f"{region.id}.{fact.id}",
        "region": region.id,
        "indicator": indicator,
        "year": fact.last_year,
        "label": f"{region.label.zh}{fact.last_year}年{label.zh}",
        "label_en": f"{region.label.en}, {label.en}, {fact.last_year}",
        "printed": fact.printed,
        "unit": fact.unit,
        "reason": reason.zh,
        "reason_en": reason.en,
    }


def _once(refused: Sequence[Record], used: set[str]) -> list[Record]:
    """A figure that two indicators of one name refuse once; none that another indicator uses."""
    found: dict[str, Record] = {}
    for line in refused:
        if line["id"] not in used:
            found.setdefault(line["id"], line)
    return list(found.values())


def calibration_manifest(pack: Pack, as_of: int, posterior: Posterior) -> Record:
    """What determines the document: data, model, the posterior's own fingerprint. No clock, user name or path."""
    return {
        "format": FORMAT,
        "kind": "calibration",
        "region": pack.id,
        "as_of": as_of,
        "seed": posterior.seed,
        "posterior": posterior.key,
        "inflated": dict(posterior.record.get("inflated", {})),
        "inputs": pack_hashes(Plan(pack, (), ())),
        "model": model_hash(),
        "python": platform.python_version(),
        "machine": platform.machine(),
        "packages": {name: importlib.metadata.version(name) for name in PACKAGES},
        "scenario": {},  # a calibration has none
    }


def write_calibration(folder: Path, document: Mapping[str, Any]) -> None:
    """Write calibration.json, facts.csv (used and refused figures) and parameters.csv (with shocks of past years)."""
    write_text(folder / DOCUMENT, to_json(document))
    names = ["id", "region", "indicator", "year", "label", "unit", "value", "error", "expected", "spread", "before",
             "residual", "inflated", "document", "line"]  # fmt: skip
    rows = [["used", *(cell(line[name]) for name in names), ""] for line in document["facts"]]
    places = {"value": "printed"}
    for line in document["refused"]:
        rows.append(["refused", *(cell(line.get(places.get(name, name))) for name in names), line["reason"]])
    write_csv(folder / FACTS, ["status", *names, "reason"], rows)
    write_csv(folder / PARAMETERS, *_parameter_table([*document["parameters"], *document["shocks"]]))


def _parameter_table(records: Sequence[Mapping[str, Any]]) -> tuple[list[str], list[list[object]]]:
    plain = ["stream", "kind", "scope", "member", "name", "label", "year", "unit"]
    ends = [f"p{q}_{when}" for when in ("before", "after") for q in ("05", "50", "95")]
    rows = [
        [*(cell(r[name]) for name in plain), *(cell(x) for x in (*r["before"], *r["after"], r["mean"], r["sd"])),
         cell([f"{f['id']} {f['part']:+.2f}" for f in r["facts"]]), cell(r["place"])]
        for r in records
    ]  # fmt: skip
    return [*plain, *ends, "mean_moved", "sd_left", "facts", "place"], rows
