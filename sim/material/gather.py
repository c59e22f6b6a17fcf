"""Finished results put together: what a report may draw on, and what does not go together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.errors import InputError, Problem
from sim.language import Text, clean
from sim.material.stored import KINDS, Doubt, Finished, cleaned, read_finished
from sim.output.store import NO_NUMBER, model_hash, pack_files, text_digest
from sim.region.pack import Pack
from sim.region.reading import read_pack
from sim.resources import data_path

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class View:
    """One scenario as the results show it: the shape of a run's document, whichever command made it.

    resolved : the scenario as resolved, with the origin of every value; a scenario of a comparison has no
    `contributions`, `midterm`, `joint` and `error_budget` (None or empty).
    """

    id: str
    label: Text
    document: Record
    resolved: Record
    run_id: str

    @property
    def targets(self) -> Sequence[Record]:
        """Records of its targets, as in `run --json`."""
        found: Sequence[Record] = self.document["targets"]
        return found

    def target(self, id: str) -> Record | None:
        """The record of one target."""
        return next((record for record in self.targets if record["id"] == id), None)

    def indicator(self, name: str, year: int) -> Record | None:
        """The record of an indicator in a year."""
        return next((r for r in self.document["indicators"] if r["indicator"] == name and r["year"] == year), None)


@dataclass(frozen=True, slots=True)
class Material:
    """Finished results of one region. `views` : its scenarios, the first one leading; None where a kind is missing."""

    pack: Pack
    results: tuple[Finished, ...]
    views: tuple[View, ...]
    comparison: Finished | None
    sensitivity: tuple[Finished, ...]
    solutions: tuple[Finished, ...]
    target_values: Finished | None
    required_path: Finished | None
    sweeps: tuple[Finished, ...]
    doubts: tuple[Doubt, ...]

    @property
    def lead(self) -> View | None:
        """The scenario that the text speaks of."""
        return self.views[0] if self.views else None

    @property
    def as_of(self) -> int:
        """Cut-off year of the leading result."""
        return self.results[0].as_of

    @property
    def run_ids(self) -> tuple[str, ...]:
        """Ids of all results, in the order given."""
        return tuple(found.run_id for found in self.results)

    @property
    def grave(self) -> tuple[Doubt, ...]:
        """Doubts that stand on the page in red."""
        return tuple(doubt for doubt in self.doubts if doubt.grave)


def gather(folders: Sequence[Path]) -> Material:
    """Read results of one region; raises InputError with every problem, also for results of different regions."""
    results: list[Finished] = []
    problems: list[Problem] = []
    for folder in dict.fromkeys(folders):
        try:
            results.append(read_finished(folder))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    _require_one_region(results)
    _require_apart(results)
    pack = read_pack(data_path("calibration"), results[0].region)
    views = _views(results)
    of_kind = {kind: tuple(found for found in results if found.kind == kind) for kind in KINDS}
    return Material(
        pack=pack,
        results=tuple(results),
        views=views,
        comparison=next(iter(of_kind["compare"]), None),
        sensitivity=of_kind["sensitivity"],
        solutions=of_kind["solve"],
        target_values=next(iter(of_kind["target-values"]), None),
        required_path=next(iter(of_kind["required-path"]), None),
        sweeps=of_kind["sweep"],
        doubts=(*(doubt for found in results for doubt in found.doubts), *_versions(results, pack), *_mixed(of_kind)),
    )


def _require_one_region(results: Sequence[Finished]) -> None:
    regions = dict.fromkeys(found.region for found in results)
    if len(regions) < 2:
        return
    problems = []
    for found in results:
        zh = f"是地区 {found.region} 的结果；一份报告只写一个地区（本次有：{'、'.join(regions)}）"
        en = f"is of the region {found.region}; one report is of one region (given: {', '.join(regions)})"
        problems.append(Problem(found.shown, None, None, "RESULT", Text(zh, en)))
    raise InputError(problems)


def _require_apart(results: Sequence[Finished]) -> None:
    """Two runs of one scenario would be two answers to one question."""
    first: dict[str, Finished] = {}
    problems = []
    for found in results:
        if found.kind != "run":
            continue
        name = found.document.get("scenario", "")
        other = first.setdefault(name, found)
        if other is not found:
            zh = f"与 {other.shown} 是同一个情景 {name} 的两份结果；一份报告只用其中一份"
            en = f"is another result of the scenario {name}, as {other.shown} is; a report uses one of them"
            problems.append(Problem(found.shown, None, None, "RESULT", Text(zh, en)))
    if problems:
        raise InputError(problems)


def _views(results: Sequence[Finished]) -> tuple[View, ...]:
    """Scenarios in the order given, each once; a run of a scenario tells more than its column in a comparison."""
    found: dict[str, View] = {}
    for result in sorted(results, key=lambda r: r.kind != "compare"):  # comparisons first: they set the order
        if result.kind == "compare":
            found |= {view.id: view for view in _compared(result) if view.id not in found}
        elif result.kind == "run":
            view = _ran(result)
            found[view.id] = view  # in its place where a comparison has it already
    return tuple(found.values())


def _ran(result: Finished) -> View:
    document = result.document
    label = Text(document["scenario_label"], document["scenario_label_en"])
    return View(document["scenario"], label, document, cleaned(result.manifest["scenario"]), result.run_id)


def _compared(result: Finished) -> list[View]:
    whole = result.document
    views = []
    for place, name in enumerate(whole["scenarios"]):
        label = Text(whole["scenario_labels"][place], whole["scenario_labels_en"][place])
        document = {
            **{key: whole[key] for key in ("region", "region_label", "region_label_en", "base_year", "as_of", "horizon",
                                           "seed", "draws")},
            "scenario": name,
            "scenario_label": label.zh,
            "scenario_label_en": label.en,
            "targets": whole["targets"][name],
            "indicators": whole["indicators"][name],
            "distributions": whole.get("distributions", {}).get(name),
            "contributions": [],
            "contribution_cells": whole["contribution_cells"],
            "joint": None,
            "midterm": None,
            "error_budget": None,
        }  # fmt: skip
        views.append(View(name, label, document, cleaned(result.manifest["compared"][place]), result.run_id))
    return views


def _versions(results: Sequence[Finished], pack: Pack) -> list[Doubt]:
    """Doubts about results of another version of the program, or of facts and targets that have changed since."""
    doubts = []
    now = model_hash()
    other = [found.folder.name for found in results if found.manifest.get("model") != now]
    if other:
        zh = f"由另一版程序算出：{'、'.join(other)}；数字与用现在的程序重算的可能不同"
        en = f"computed by another version of the program: {', '.join(other)}; computing again may give other numbers"
        doubts.append(Doubt("version", Text(zh, en)))
    hashes = {name: text_digest(path) for name, path in pack_files(pack).items()}
    for found in results:
        inputs = found.manifest.get("inputs")
        inputs = inputs if isinstance(inputs, dict) else {}
        moved = [name for name in sorted({*hashes, *inputs}) if hashes.get(name) != inputs.get(name)]
        if moved:
            zh = f"结果 {found.folder.name} 算出以后，台账、目标或先验有更新：{'、'.join(moved[:5])}"
            en = f"facts, targets or priors have changed since {found.folder.name} was computed: {', '.join(moved[:5])}"
            doubts.append(Doubt("data", Text(zh, en)))
    return doubts


def _mixed(of_kind: Mapping[str, Sequence[Finished]]) -> list[Doubt]:
    """Doubts where the results used figures up to different years, or show a scenario that has changed between."""
    every = [found for group in of_kind.values() for found in group]
    doubts = []
    if len({found.as_of for found in every}) > 1:
        listed = "；".join(f"{found.folder.name} 截至{found.as_of}年" for found in every)
        told = "; ".join(f"{found.folder.name} up to {found.as_of}" for found in every)
        zh, en = f"各结果使用的数据截止年份不同：{listed}", f"the results use figures up to different years: {told}"
        doubts.append(Doubt("mixed", Text(zh, en)))
    settings: dict[str, Record] = {}
    for found in every:
        for scenario in _scenarios(found):
            known = {key: value for key, value in scenario.items() if key not in NO_NUMBER}
            if settings.setdefault(str(scenario.get("name")), known) != known:
                name = clean(str(scenario.get("label") or scenario.get("name")))
                zh = f"结果 {found.folder.name} 里的情景“{name}”与其他结果里的设定不同，数字不能互相印证"
                en = f"the scenario {name} of {found.folder.name} is set otherwise than in the other results"
                doubts.append(Doubt("mixed", Text(zh, en)))
    return doubts


def _scenarios(found: Finished) -> list[Record]:
    """The resolved scenarios whose numbers a result shows under their names."""
    if found.kind == "sweep":
        return []
    several = found.manifest.get("compared")
    return list(several) if isinstance(several, list) else [found.manifest.get("scenario") or {}]
