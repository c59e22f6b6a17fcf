"""Where scenario files are: by name in the scenario folder, by a path a person typed, or by a path inside
a file.
"""

from __future__ import annotations

from pathlib import Path

from sim.errors import InputError, Problem, unknown_name
from sim.language import Text

SUFFIXES = (".yaml", ".yml")


def scenario_names(folder: Path) -> dict[str, Path]:
    """The names that can be typed and their files, sorted by name; empty when there is no such folder."""
    try:
        files = sorted(entry for entry in folder.iterdir() if entry.suffix in SUFFIXES and entry.is_file())
    except OSError:
        return {}
    return {entry.stem: entry for entry in reversed(files)} | {entry.stem: entry for entry in files}


def locate(reference: str, folder: Path) -> Path:
    """The file of a scenario a person asked for: a name in `folder`, or a path to anywhere.

    Raises InputError with the nearest name when it is neither. A path that names no file is returned as
    it is: reading it says what is wrong.
    """
    names = scenario_names(folder)
    if reference in names:
        return names[reference]
    path = Path(reference)
    if _exists(path):
        return path
    looks_like_path = "/" in reference or "\\" in reference or path.suffix in SUFFIXES
    if looks_like_path:
        return folder / path if _is_file(folder / path) else path
    raise InputError(Problem(None, None, None, "SCENARIO", unknown_name(reference, names)))


def locate_parent(reference: str, folder: Path, child: Path) -> Path | Text:
    """The file that `extends` names in the file `child`, or what is wrong with it.

    Looked up in `folder`, then beside the child. A file that others sent must not read private files, so
    the path has to stay in the project (the parent of `folder`) or beside the child.
    """
    candidates = [place / f"{reference}{suffix}" for place in (folder, child.parent) for suffix in ("", *SUFFIXES)]
    outside = False
    for candidate in candidates:
        if not _is_file(candidate):
            continue
        if _inside(candidate, folder.parent) or _inside(candidate, child.parent):
            return candidate
        outside = True
    if outside or Path(reference).is_absolute():
        return Text(
            f"“{reference}”在项目之外，也不在本文件旁边，不予读取",
            f'"{reference}" lies neither in the project nor beside this file; refused',
        )
    return unknown_name(reference, {*scenario_names(folder), *scenario_names(child.parent)} - {child.stem})


def travelling_name(shown: str) -> str:
    """The file's name for records that travel: without its folder when it lies outside the working folder."""
    path = Path(shown)
    return path.name if path.is_absolute() or ".." in path.parts else path.as_posix()


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name too long for the system, a NUL in it
        return False


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _inside(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())
