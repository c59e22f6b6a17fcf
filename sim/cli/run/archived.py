"""Results made again from the facts and priors that lie in their own folders, without a trace in the project's."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from sim.cli.inputs import posterior_in
from sim.conditioning.files import SEED, cache_file, committed_file, file_name
from sim.errors import InputError, Problem
from sim.output.inputs_archive import extract
from sim.posterior.posterior import Posterior
from sim.region.pack import Pack
from sim.resources import data_path, results_folder

CALIBRATION = "calibration"


def unpacked(files: Mapping[str, bytes], folder: Path) -> Path:
    """A calibration folder inside `folder` with these data files."""
    calibration = folder / CALIBRATION
    extract(files, calibration)
    return calibration


def archived_posterior(pack: Pack, as_of: int, inflate: bool) -> Posterior | None:
    """The posterior of an unpacked pack: of a file that fits its facts, priors and model, else made beside the pack.

    The files looked at are copies of those that runs of the project look at; none of these is changed.
    Raises InputError where the figures are beyond what the model can give.
    """
    if as_of <= pack.base_year:
        return None
    cache = pack.folder.parent.parent / "cache"
    kept = results_folder() / "posterior"
    _copy(data_path("calibration", "posterior", file_name(pack, as_of)), committed_file(pack, as_of))
    for widened in (False, True):
        _copy(cache_file(pack, as_of, kept, SEED, widened), cache_file(pack, as_of, cache, SEED, widened))
    return posterior_in(pack, as_of, cache, inflate)


def _copy(source: Path, target: Path) -> None:
    if source.is_file():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


@contextmanager
def told_as_inside(folder: Path, shown: str) -> Iterator[None]:
    """Problems with files that were unpacked to `folder` are told as with those in the archive shown as `shown`."""
    try:
        yield
    except InputError as error:
        raise InputError([_inside(problem, str(folder), shown) for problem in error.problems]) from None


def _inside(problem: Problem, folder: str, shown: str) -> Problem:
    if problem.file is None:
        return problem
    try:
        inside = Path(os.path.abspath(problem.file)).relative_to(os.path.abspath(folder)).as_posix()
    except ValueError:
        return problem
    return replace(problem, file=f"{shown}/{inside}")
