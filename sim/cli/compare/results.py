"""`compare` of two finished results: what share of the change is due to facts, assumptions, priors, program, chance."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click
import numpy as np

from sim.cli.compare.revision import print_revision
from sim.cli.inputs import refused
from sim.cli.run.archived import archived_posterior, told_as_inside, unpacked
from sim.cli.run.document import shown_folder
from sim.cli.terminal import write_json
from sim.errors import InputError, Problem
from sim.experiment.plan import Plan
from sim.language import Text
from sim.output.store import DOCUMENT, INPUTS, MANIFEST, may_replace
from sim.resources import data_path
from sim.revision.document import revision_document, revision_key, write_revision
from sim.revision.groups import LABELS, End
from sim.revision.quantities import common_quantities, standard_errors, stored_values
from sim.revision.remade import Setting, remade_plan
from sim.revision.revise import require_comparable, revise
from sim.revision.stored import Stored, read_stored
from sim.scenario.files import scenario_names

#: What a document says of itself and is said again when results are compared.
_TOLD = ("region", "region_label", "region_label_en", "base_year", "scenario", "scenario_label", "scenario_label_en")


def are_results(names: Sequence[str]) -> bool:
    """Whether every word of a command line names a folder; the name of a scenario that comes with the program wins.

    Raises InputError where only some do and these hold results: a result cannot be compared with a scenario.
    """
    scenarios = scenario_names(data_path("scenarios"))
    folders = [name for name in names if os.path.isdir(name) and name not in scenarios]
    if 0 < len(folders) < len(names) and any(os.path.isfile(Path(name) / MANIFEST) for name in folders):
        zh = f"结果文件夹（{'、'.join(folders)}）只能与另一个结果文件夹比较，不能与情景比较；请先用 run 测算那个情景"
        raise refused("SCENARIOS", zh, "a result is compared with another result, not with a scenario: run that first")
    return bool(names) and len(folders) == len(names)


def compare_results(folders: Sequence[str], lang: str, as_json: bool, out: Path | None, force: bool = False) -> None:
    """Print why the second of two finished results differs from the first; write files where `out` is given.

    Raises InputError with every reason why the two cannot be compared; the results are only read.
    """
    old, new = _ends(folders)
    require_comparable(old, new)
    if out is not None:
        _check_out(out, old, new, force)
    with tempfile.TemporaryDirectory(prefix="compare-") as temporary:

        def make_plan(setting: Setting, files: Mapping[str, bytes], name: str) -> Plan:
            return _mixed_plan(setting, files, Path(temporary) / name)

        found = revise(old, new, make_plan, _silent if as_json else _told(old, new))
    document = revision_document(old, new, found)
    if out is not None:
        write_revision(out, document, force)
        document["result"] = shown_folder(out)
    if as_json:
        write_json(document)
        return
    print_revision(document, new.document["targets"], lang)


def _check_out(out: Path, old: End, new: End, force: bool) -> None:
    """Raises InputError, before the work, for a folder that may not be written, the two results above all."""
    for end in (old, new):
        folder = end.stored.folder
        if any(place.exists() and os.path.samefile(place, folder) for place in (out, *out.absolute().parents)):
            zh = f"{end.stored.shown} 是要比较的结果，不会写入；请换一个 --out"
            raise refused("--out", zh, f"{end.stored.shown} is compared and not written to; choose another --out")
    may_replace(out, revision_key([old.stored.key, new.stored.key]), force)


def _ends(folders: Sequence[str]) -> tuple[End, End]:
    """The two results; raises InputError with every problem of both."""
    if len(folders) != 2:
        raise refused(
            "SCENARIOS",
            f"比较已完成的结果需要两个结果文件夹（旧的在前），现为{len(folders)}个",
            f"two folders of results are compared, the older first, not {len(folders)}",
        )
    if os.path.samefile(*folders):
        raise refused("SCENARIOS", f"两个文件夹是同一个：{folders[0]}", f"both are the same folder: {folders[0]}")
    ends: list[End] = []
    problems: list[Problem] = []
    for folder in folders:
        try:
            ends.append(_end(Path(folder)))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return ends[0], ends[1]


def _end(folder: Path) -> End:
    stored = read_stored(folder)
    damaged = [name for name in stored.damaged() if name in (DOCUMENT, INPUTS)]
    if damaged:
        text = Text("缺失，或写成后被改动过、已损坏（与清单不符）", "missing, changed since or damaged (not as listed)")
        raise InputError([Problem(f"{stored.shown}/{name}", None, None, "", text) for name in damaged])
    return End(stored, _document(stored), stored.archive())


def _document(stored: Stored) -> dict[str, Any]:
    """The stored numbers; raises InputError for what no run has written, though the manifest says it has."""
    try:
        document: dict[str, Any] = json.loads((stored.folder / DOCUMENT).read_text(encoding="utf-8"))
        quantities = common_quantities(document, document)
        finite = np.isfinite([stored_values(document, quantities), standard_errors(document, quantities)]).all()
        if not finite or any(key not in document for key in _TOLD):
            raise ValueError(DOCUMENT)
    except (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        text = Text("不是 run 写的结果，或已损坏", "not a result as run writes it, or damaged")
        raise InputError(Problem(f"{stored.shown}/{DOCUMENT}", None, None, "", text)) from error
    return document


def _mixed_plan(setting: Setting, files: Mapping[str, bytes], folder: Path) -> Plan:
    """The plan of a mixture of two results, its data files unpacked to a temporary folder."""
    calibration = unpacked(files, folder)
    shown = f"{setting.facts.shown}/{INPUTS}"
    with told_as_inside(calibration, shown):
        return remade_plan(setting, calibration, archived_posterior)


def _silent(number: int, of: int, kinds: frozenset[str]) -> None:
    """Tells nothing."""


def _told(old: End, new: End) -> Any:
    """Tells on standard error which mixture is computed: long runs are watched."""

    def told(number: int, of: int, kinds: frozenset[str]) -> None:
        zh = "、".join(LABELS[kind].zh for kind in LABELS if kind in kinds) or "无"
        en = ", ".join(LABELS[kind].en for kind in LABELS if kind in kinds) or "none"
        click.echo(f"归因测算 {number}/{of}：取自新结果的有：{zh} (taken from the newer result: {en})", err=True)

    return told
