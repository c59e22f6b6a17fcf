"""Comparisons: the JSON document, the tables and the files of paired runs of several scenarios."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.experiment.plan import Plan
from sim.experiment.results import Difference, ScenarioResult
from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.output.attribution import HEADER, attribution_rows, attribution_tables
from sim.output.contributions_table import difference_table
from sim.output.document import MILESTONES, distribution_records, finite, indicator_records, target_record
from sim.output.figures import write_comparison_figure
from sim.output.outlook import HEADLINES
from sim.output.paged import paged
from sim.output.probability import probability_text, ranged_text
from sim.output.store import (
    DOCUMENT,
    cell,
    digest,
    fingerprint,
    manifest,
    to_json,
    write_csv,
    write_text,
)
from sim.output.tables import cut_off_text, decimals, number_text, unit_text
from sim.targets import document_of


def _difference_record(difference: Difference) -> dict[str, Any]:
    return {
        difference.kind: difference.id,
        "year": difference.year,
        "scenario": difference.scenario,
        "first": finite(difference.first),
        "second": finite(difference.second),
        "difference": finite(difference.difference),
        "standard_error": finite(difference.standard_error),
        "distinguishable": difference.distinguishable,
        "better": finite(difference.better),
    }


def compare_document(
    results: Sequence[ScenarioResult],
    differences: Sequence[Difference],
    plan: Plan,
    as_of: int,
    warnings: Sequence[Text],
) -> dict[str, Any]:
    """The document of `compare --json`; differences are second less first, of means and of probabilities."""
    return {
        "region": plan.pack.id,
        "region_label": plan.pack.label.zh,
        "region_label_en": plan.pack.label.en,
        "base_year": plan.pack.base_year,
        "as_of": as_of,
        "horizon": plan.horizon,
        "seed": plan.seed,
        "draws": plan.draws,
        "scenarios": [r.scenario for r in results],
        "scenario_labels": [r.label.zh for r in results],
        "scenario_labels_en": [r.label.en for r in results],
        "targets": {r.scenario: [target_record(t, plan.pack, as_of) for t in r.targets] for r in results},
        "indicators": {r.scenario: indicator_records(r, plan.pack, as_of) for r in results},
        "distributions": {r.scenario: distribution_records(r) for r in results},
        "differences": [_difference_record(d) for d in differences],
        "contribution_cells": [],
        "contribution_differences": {},
        "groups": {},
        "attribution": [],
        "warnings": [w.zh for w in warnings],
        "warnings_en": [w.en for w in warnings],
        "result": None,
    }


def comparison_manifest(plan: Plan, as_of: int, groups: Mapping[str, Any], warnings: Sequence[Text]) -> dict[str, Any]:
    """What determines the numbers of a comparison: the manifest of its first scenario, and what it adds."""
    parts = [manifest(plan, i, as_of, [w.zh for w in warnings]) for i in range(len(plan.scenarios))]
    key = digest("".join(fingerprint(part) for part in parts).encode())
    return {**parts[0], "compared": [part["scenario"] for part in parts], "comparison": key, "groups": groups}


def write_comparison(folder: Path, document: Mapping[str, Any], figures: bool, lang: str) -> None:
    """Write a comparison's files into a folder: result.json, differences.csv, attribution.csv, figures."""
    write_text(folder / DOCUMENT, to_json(document))
    header = ["kind", "id", "year", "scenario", "first", "second", "difference", "standard_error",
              "distinguishable", "better"]  # fmt: skip
    rows = [
        ["indicator" if "indicator" in d else "target", d.get("indicator") or d.get("target"), d["year"]]
        + [cell(d[k]) for k in header[3:]]
        for d in document["differences"]
    ]
    write_csv(folder / "differences.csv", header, rows)
    if document["attribution"]:
        write_csv(folder / "attribution.csv", HEADER, attribution_rows(document))
    if figures:
        write_comparison_figure(folder / "figures", document, lang)


def compare_tables(document: Mapping[str, Any], lang: str, width: int) -> str:
    """Tables of a comparison: probabilities by scenario, and paired differences of the headline indicators.

    width : cells across the page; wider tables are cut between columns.
    """
    zh = lang == "zh"
    labels = document["scenario_labels" if zh else "scenario_labels_en"]
    place = document["region_label" if zh else "region_label_en"]
    head = (
        f"{cut_off_text(document, lang)}\n{place} · {document['draws']:,} 次模拟，"
        f"各情景用同一组随机数 · 随机种子 {document['seed']} · 差值均相对“{labels[0]}”"
        if zh
        else f"{cut_off_text(document, lang)}\n{place} · {document['draws']:,} draws, "
        f'the same for all scenarios · seed {document["seed"]} · differences to "{labels[0]}"'
    )
    parts = [head, _target_table(document, labels, lang, width), _indicator_table(document, labels, lang, width)]
    parts += attribution_tables(document, milestones(document), lang, width)
    ahead = [year for year in milestones(document) if year > document["as_of"]]
    for scenario, label in zip(document["scenarios"][1:], labels[1:], strict=True):
        records = document["contribution_differences"].get(scenario)
        if records and ahead:
            parts.append(difference_table(records, document["contribution_cells"], ahead[0], label, lang, width))
    parts += [("提示：" if zh else "Note: ") + w for w in document["warnings" if zh else "warnings_en"]]
    if document["result"]:
        parts.append(("结果文件夹：" if zh else "Files: ") + document["result"])
    return "\n\n".join(parts)


def _by_key(document: Mapping[str, Any], kind: str) -> dict[tuple[str, int, str], Mapping[str, Any]]:
    return {(d[kind], d["year"], d["scenario"]): d for d in document["differences"] if kind in d}


def _noise(record: Mapping[str, Any], lang: str, text: str) -> str:
    """The difference, or that it cannot be told from noise."""
    if record["difference"] == 0.0:
        return Text("相同", "equal").pick(lang)
    return text if record["distinguishable"] else Text("不可区分", "indistinguishable").pick(lang)


def _better(record: Mapping[str, Any]) -> str:
    """Share of the draws in which the scenario does better than the first one; a dash where there is no better."""
    if record["better"] is None or record["difference"] == 0.0:
        return "—"
    return probability_text(record["better"])


def _target_table(document: Mapping[str, Any], labels: Sequence[str], lang: str, width: int) -> str:
    found = _by_key(document, "target")
    columns = (Text("文件", "Document"), Text("规划目标", "Target"), Text("年份", "Year"), Text("目标", "Value"))
    header = [*(column.pick(lang) for column in columns), *labels]
    header += [Text(f"{label} 差（点）", f"{label}, points").pick(lang) for label in labels[1:]]
    rows = []
    for i, record in enumerate(document["targets"][document["scenarios"][0]]):
        if record["probability"] is None or record["reading_of"] is not None:
            continue
        records = [document["targets"][s][i] for s in document["scenarios"]]
        row = [document_of(record["id"]), record["label"] if lang == "zh" else record["label_en"], str(record["year"])]
        row.append(record["target_text"])
        row += [ranged_text(r, lang) for r in records]
        for scenario in document["scenarios"][1:]:
            d = found[(record["id"], record["year"], scenario)]
            points = f"{100 * d['difference']:+.1f} ± {100 * d['standard_error']:.1f}".replace("-", "−")
            row.append(_noise(d, lang, points))
        rows.append(row)
    return _grid(header, rows, 4, [3, *[1] * (len(header) - 3)], width)


def milestones(document: Mapping[str, Any]) -> list[int]:
    """The years of printed tables: five-year steps after the base year up to the horizon."""
    return [year for year in MILESTONES if document["base_year"] < year <= document["horizon"]]


def _indicator_table(document: Mapping[str, Any], labels: Sequence[str], lang: str, width: int) -> str:
    found = _by_key(document, "indicator")
    header = [Text("指标（均值）", "Indicator (mean)").pick(lang), Text("单位", "Unit").pick(lang)]
    header += [Text("年份", "Year").pick(lang), labels[0]]
    for label in labels[1:]:
        header.append(Text(f"{label} 差 ± 标准误", f"{label}, difference ± s.e.").pick(lang))
        header.append(Text("更好的概率", "does better").pick(lang))
    rows = []
    for name in (*HEADLINES, "manufacturing_share", "marine_share", "trade_total", "fdi"):
        for year in milestones(document):
            records = [found.get((name, year, s)) for s in document["scenarios"][1:]]
            if any(r is None for r in records):
                continue
            first = next(r for r in records if r is not None)
            spread = min((abs(r["difference"]) for r in records if r and r["difference"]), default=1.0)
            digits = decimals(10 * spread, ())
            row = [INDICATORS[name].label.pick(lang), unit_text(INDICATORS[name].unit, lang), str(year)]
            row.append(number_text(first["first"], digits))
            for r in records:
                assert r is not None
                difference = number_text(r["difference"], digits)
                sign = "" if difference.startswith("−") else "+"
                error = r["standard_error"]
                least = 10.0 ** -(digits + 1)
                small = f"<{least:g}" if error < least / 2 else number_text(error, digits + 1)
                row.append(_noise(r, lang, f"{sign}{difference} ± {small}"))
                row.append(_better(r))
            rows.append(row)
    return _grid(header, rows, 3, [3, 1, *[2] * (len(labels) - 1)], width)


def _grid(header: Sequence[str], rows: Sequence[Sequence[str]], left: int, bundles: Sequence[int], width: int) -> str:
    """A table whose first `left` columns stand at the left; `bundles` as of `paged`."""
    others = len(header) - left
    return paged(header, rows, [False] * left + [True] * others, [46, *[26] * (len(header) - 1)], bundles, width)
