"""The document and the files of a comparison: read from a finished folder of the same, or computed and written."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.attribution.groups import Group
from sim.cli.compare.attribution import attributed
from sim.cli.inputs import progress_bar
from sim.cli.run.document import shown_folder
from sim.experiment.plan import Plan
from sim.experiment.run import run
from sim.language import Text
from sim.output.attribution import attribution_part
from sim.output.comparison import compare_document, comparison_manifest, milestones, write_comparison
from sim.output.contributions import contribution_part
from sim.output.figures import attainment_stem
from sim.output.store import DOCUMENT, fingerprint, finished, folder_name, may_replace, write_folder
from sim.resources import results_folder


@dataclass(frozen=True, slots=True)
class Wanted:
    """Where the files of a comparison go, and in what words."""

    out: Path | None
    force: bool
    figures: bool
    lang: str
    quiet: bool

    @property
    def files(self) -> list[str]:
        """Files that a finished folder must hold to be used again."""
        return [DOCUMENT, *([f"figures/{attainment_stem(self.lang)}.png"] if self.figures else [])]


def made_comparison(
    plan: Plan, groups: Mapping[int, Sequence[Group]], warnings: Sequence[Text], wanted: Wanted
) -> dict[str, Any]:
    """The document of a comparison, its files written unless the same ones are there already.

    Raises InputError for a folder that holds something else.
    """
    names = [scenario.name for scenario in plan.scenarios]
    told = attribution_part(groups, [], names)["groups"]
    described = comparison_manifest(plan, plan.known_until, told, warnings)
    key = fingerprint(described)
    folder = wanted.out or results_folder() / folder_name("compare-" + "-".join(names), key)
    if not wanted.force and finished(folder, key, wanted.files):
        document: dict[str, Any] = json.loads((folder / DOCUMENT).read_text(encoding="utf-8"))
        return {**document, "result": shown_folder(folder)}
    may_replace(folder, key, wanted.force)  # before the work, not after it
    document = _computed(plan, groups, warnings, wanted)
    write_folder(
        folder, key, wanted.force, lambda path: write_comparison(path, document, wanted.figures, wanted.lang), described
    )
    return {**document, "result": shown_folder(folder)}


def _computed(
    plan: Plan, groups: Mapping[int, Sequence[Group]], warnings: Sequence[Text], wanted: Wanted
) -> dict[str, Any]:
    with progress_bar(plan, wanted.lang, wanted.quiet) as progress:
        results, differences = run(plan, progress)
    document = compare_document(results, differences, plan, plan.known_until, warnings)
    document |= contribution_part(results, plan.pack, milestones(document))
    attributions = attributed(plan, groups, wanted.lang, wanted.quiet)
    return document | attribution_part(groups, attributions, document["scenarios"])
