"""The document and the files of a run: read from a finished folder of the same run, or computed and written."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from sim.cli.inputs import conditioned, progress_bar, warnings_of, widened_figures
from sim.cli.run.budget import BUDGET_FILE, is_joined, told_record, write_budget
from sim.cli.run.budget_file import budget_record, kept_budget, made_budget
from sim.conditioning.changes import changes_for
from sim.experiment.plan import Plan
from sim.experiment.results import ScenarioResult, independent_draws
from sim.experiment.run import run
from sim.language import Text
from sim.output.document import run_document
from sim.output.figures import attainment_stem, fan_stem, write_run_figures
from sim.output.inputs_archive import archive_of, write_archive
from sim.output.midterm import judged_records, midterm_document, write_midterm
from sim.output.store import (
    DOCUMENT,
    INPUTS,
    fingerprint,
    finished,
    folder_name,
    manifest,
    may_replace,
    to_json,
    write_folder,
    write_tables,
    write_text,
)
from sim.posterior.store import write_arrays
from sim.resources import results_folder


def repeated_members(plan: Plan) -> list[Text]:
    """That standard errors count fewer draws than were asked for, where the posterior has fewer members."""
    counted = independent_draws(plan.draws, plan.posterior)
    if counted >= plan.draws or not plan.sources:
        return []
    zh = f"后验样本共{counted:,}个，超出的抽样沿用同样的历史、只换今后的冲击；标准误按{counted:,}次计。"
    en = f"The posterior has {counted:,} members; further draws repeat them with new shocks of the years to come. "
    return [Text(zh, en + f"Standard errors count {counted:,} draws.")]


@dataclass(frozen=True, slots=True)
class Written:
    """What a run was told that changes its files and none of its numbers but through the posterior (`inflate`)."""

    lang: str
    figures: bool
    fan: str | None
    keep: bool
    budget: bool
    inflate: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """Where the files of a run go, and which figures are among them."""

    out: Path | None
    force: bool
    figures: bool
    fan: str | None
    lang: str
    quiet: bool
    budget: bool = False
    inflate: bool = False

    def files(self, keep: bool) -> list[str]:
        """Files that a finished folder must hold to be used again."""
        names = [DOCUMENT, INPUTS, *(["draws.npz"] if keep else []), *([BUDGET_FILE] if self.budget else [])]
        if self.figures:
            names.append(f"figures/{attainment_stem(self.lang)}.png")
            names += [f"figures/{fan_stem(self.fan, self.lang)}.png"] if self.fan else []
        return names


def warnings_for(plan: Plan) -> list[Text]:
    """What a reader of a run's result should know."""
    of_scenario = warnings_of(plan.pack, plan.scenarios[0], plan.known_until, plan.sources)
    return [*widened_figures(plan), *of_scenario, *repeated_members(plan)]


def made_document(plan: Plan, wanted: Wanted) -> dict[str, Any]:
    """The document of a run: read from a finished folder of the same run, or computed and written."""
    warnings = warnings_for(plan)
    described = manifest(plan, 0, plan.known_until, [w.zh for w in warnings])
    key = fingerprint(described)
    folder = wanted.out or results_folder() / folder_name(plan.scenarios[0].name, key)
    if not wanted.force and finished(folder, key, wanted.files(plan.keep)):
        document: dict[str, Any] = json.loads((folder / DOCUMENT).read_text(encoding="utf-8"))
        return _as_wanted(document, folder, wanted)
    may_replace(folder, key, wanted.force)  # before the work, not after it
    if finished(folder, key, ["draws.npz"]):
        plan = replace(plan, keep=True)  # draws kept by an earlier run are not lost to a later one
    budget = kept_budget(folder, key)  # nor is its budget
    inputs = archive_of(plan.pack)  # as they are read, not as they are when the work is done
    document, result = _computed(plan, warnings, wanted)
    if plan.known_until > plan.pack.base_year:
        before = _before(plan, wanted)
        changed = _changed(plan, document, before)
        document["midterm"] = midterm_document(plan.targets[0], plan.pack, document, before, changed)
    if budget is None and wanted.budget:
        budget = made_budget(plan, wanted.lang, wanted.quiet)
    joined = is_joined(plan.posterior)
    document["error_budget"] = None if budget is None else told_record(budget_record(budget), joined)
    told = Written(wanted.lang, wanted.figures, wanted.fan, plan.keep, budget is not None, wanted.inflate)

    def fill(path: Path) -> None:
        write_text(path / DOCUMENT, to_json(document))
        write_archive(path, inputs)
        write_tables(path, document)
        if document["midterm"] is not None:
            write_midterm(path, document)
        if budget is not None:
            write_budget(path, budget, joined)
        if result.kept is not None:
            write_arrays(path / "draws.npz", result.kept)
        if wanted.figures:
            write_run_figures(path / "figures", document, wanted.fan, wanted.lang)

    write_folder(folder, key, wanted.force, fill, {**described, "written": asdict(told) | {"fingerprint": key}})
    return _as_wanted(document, folder, wanted)


def _as_wanted(document: dict[str, Any], folder: Path, wanted: Wanted) -> dict[str, Any]:
    """The document with the folder it is in, and the budget only where it is asked for."""
    budget = document["error_budget"] if wanted.budget else None
    return {**document, "error_budget": budget, "result": shown_folder(folder)}


def _computed(plan: Plan, warnings: Sequence[Text], wanted: Wanted) -> tuple[dict[str, Any], ScenarioResult]:
    """The document and the result of a plan with one scenario."""
    with progress_bar(plan, wanted.lang, wanted.quiet) as progress:
        (result,), _ = run(plan, progress)
    draws = plan.draws if plan.sources else 1
    return run_document(result, plan.pack, plan.seed, draws, plan.known_until, warnings), result


def _before(plan: Plan, wanted: Wanted) -> Sequence[dict[str, Any]]:
    """Targets of the same run as of the base year: from its finished folder, or computed on the same draws."""
    earlier = replace(conditioned(plan, plan.pack.base_year), keep=False)
    key = fingerprint(manifest(earlier, 0, earlier.known_until, []))
    folder = results_folder() / folder_name(earlier.scenarios[0].name, key)
    if finished(folder, key, [DOCUMENT]):
        found: list[dict[str, Any]] = json.loads((folder / DOCUMENT).read_text(encoding="utf-8"))["targets"]
        return found
    targets: list[dict[str, Any]] = _computed(earlier, [], wanted)[0]["targets"]
    return targets


def _changed(plan: Plan, document: dict[str, Any], before: Sequence[dict[str, Any]]) -> Mapping[str, Text]:
    """By target of the plan's table, in the reading judged, the figures that moved its quantity most."""
    if plan.posterior is None or not plan.sources:
        return {}
    rows = judged_records(plan.targets[0], plan.pack, document)
    ids = {t["id"]: t["p50"] for t in rows if t["status"] == "evaluated"}
    first = {t["id"]: t["p50"] for t in before}
    totals = {id: p50 - first[id] for id, p50 in ids.items() if p50 is not None and first.get(id) is not None}
    return changes_for(plan.posterior, plan.pack, [t for t in plan.targets[0] if t.id in ids], totals)


def shown_folder(folder: Path) -> str:
    """A folder as people are told of it: relative to where they stand when it is below."""
    try:
        return folder.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(folder)
