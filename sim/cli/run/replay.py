"""`run --replay RESULT`: a finished result made again from its own manifest, and compared byte for byte."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

import click

from sim.cli.inputs import check_plan, posterior_for, refused
from sim.cli.run.archived import archived_posterior, told_as_inside, unpacked
from sim.cli.run.document import Wanted, made_document
from sim.cli.run.replay_pages import print_replay
from sim.cli.terminal import write_json
from sim.errors import InputError
from sim.experiment.plan import Plan
from sim.output.inputs_archive import Archive, lines
from sim.output.store import INPUTS, digest, program_hashes
from sim.resources import data_path
from sim.revision.changes import Change, input_changes, program_changes, version_changes
from sim.revision.remade import Setting, remade_plan
from sim.revision.replayed import differing_files, numbers_apart
from sim.revision.stored import Stored, read_stored

#: Options that mean something beside --replay.
_BESIDE = ("as_json",)


def refuse_options(ctx: click.Context, asked: str, beside: Sequence[str] = _BESIDE) -> None:
    """Raises InputError for options on the command line that would change nothing beside the option `asked`."""
    named = {
        p.name: p.human_readable_name if isinstance(p, click.Argument) else max(p.opts, key=len)
        for p in ctx.command.params
    }
    given = [
        name
        for name in ctx.params
        if name not in beside
        and named.get(name) != asked
        and ctx.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE
    ]
    if given:
        names = "、".join(named.get(name, name) for name in given)
        zh = f"一切以结果自己的清单为准，下列参数不起作用，请去掉：{names}"
        raise refused(asked, zh, f"the manifests of results decide; leave out {names.replace('、', ', ')}")


@dataclass(frozen=True, slots=True)
class Inputs:
    """From where the data files are read again, and what became of them since.

    archive : the result's own, None where it is damaged and the project's files are still those of the manifest;
    changes : what differs in the project's files.
    """

    archive: Archive | None
    changes: list[Change]


def replay(folder: Path, lang: str, as_json: bool) -> None:
    """Make a result again and print whether it is the same; ends the program with 2 where it is not."""
    document = replayed(folder, as_json, lang)
    if as_json:
        write_json(document)
    else:
        print_replay(document, lang)
    if document["verdict"] != "identical":
        click.get_current_context().exit(2)


def replayed(folder: Path, quiet: bool, lang: str) -> dict[str, Any]:
    """The document of a replay; the result's folder is only read.

    Raises InputError where the manifest or the inputs are damaged, or this version cannot make such a result.
    """
    stored = read_stored(folder)
    inputs = _inputs(stored)
    written = stored.manifest.written
    with tempfile.TemporaryDirectory(prefix="replay-") as temporary:
        plan = replace(_plan(stored, inputs, Path(temporary)), keep=written.keep)
        check_plan(plan)
        made = Path(temporary) / "result"
        wanted = Wanted(made, True, written.figures, written.fan, written.lang, quiet, written.budget, written.inflate)
        made_document(plan, wanted)
        return _compared(stored, inputs, plan, made)


def _inputs(stored: Stored) -> Inputs:
    """The result's archive, else the project's files where they are still the same; raises InputError for neither."""
    listed = stored.manifest.inputs
    try:
        archive = stored.archive()
    except InputError:
        if {name: digest(content) for name, content in files_now(listed).items()} != listed:
            raise
        return Inputs(None, [])
    return Inputs(archive, input_changes(archive.files, files_now(archive.files)))


def files_now(names: Iterable[str]) -> dict[str, bytes]:
    """The project's data files of these names, and others that a pack would now read beside them."""
    calibration = data_path("calibration")
    listed = set(names)
    beside = {
        path.relative_to(calibration).as_posix()
        for folder in {PurePosixPath(name).parent for name in listed if PurePosixPath(name).name == "facts.csv"}
        for pattern in ("*.yaml", "*.csv", "targets/*.yaml")
        for path in (calibration / folder).glob(pattern)
    }
    targets = {PurePosixPath(name).parts[0] for name in listed if "/targets/" in name}
    wanted = listed | {name for name in beside if "/targets/" not in name or PurePosixPath(name).parts[0] in targets}
    return {name: lines(path) for name in sorted(wanted) if (path := calibration / name).is_file()}


def _plan(stored: Stored, inputs: Inputs, temporary: Path) -> Plan:
    setting = Setting.of(stored)
    if inputs.archive is None:
        return remade_plan(setting, data_path("calibration"), posterior_for)
    calibration = unpacked(inputs.archive.files, temporary)
    with told_as_inside(calibration, f"{stored.shown}/{INPUTS}"):
        return remade_plan(setting, calibration, archived_posterior)


def _compared(stored: Stored, inputs: Inputs, plan: Plan, made: Path) -> dict[str, Any]:
    """The document: what differs, and what may explain it."""
    files, damaged = differing_files(stored, made), stored.damaged()
    apart = numbers_apart(stored, made) if files or damaged else None
    key = None if plan.posterior is None else plan.posterior.key
    return {
        "result": stored.shown,
        "verdict": "different" if files or damaged else "identical",
        "checked": sorted(name for name in stored.manifest.outputs if name != INPUTS),
        "files": [asdict(one) for one in files],
        "damaged": damaged,
        "strange": stored.strange(),
        "numbers": None if apart is None else asdict(apart),
        "inputs_from": "project" if inputs.archive is None else "archive",
        "input_changes": [asdict(change) for change in inputs.changes],
        "versions": [asdict(change) for change in version_changes(stored)],
        "program_files": _program_files(inputs.archive),
        "posterior_differs": key != stored.manifest.posterior,
    }


def _program_files(archive: Archive | None) -> list[str]:
    return [] if archive is None else program_changes(archive.program, program_hashes())
