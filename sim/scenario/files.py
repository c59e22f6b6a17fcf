"""Where scenario files are: by name in the scenario folder, by a path a person typed, or by a path inside
a file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path, PureWindowsPath

from sim.errors import InputError, Problem, nearest, unknown_name
from sim.language import Text
from sim.reading.source import YamlSource, read_tolerant
from sim.resources import project_root

SUFFIXES = (".yaml", ".yml")
#: The program's folder of scenarios.
LIBRARY = "scenarios"
LONGEST_NAME = 60  # characters of a name shown in a message


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
    raise InputError(Problem(None, None, None, "SCENARIO", _no_scenario(reference, names)))


def _no_scenario(reference: str, names: Mapping[str, Path]) -> Text:
    """A name of no scenario: that of a file here, typed without its ending, or unknown."""
    here = next((f"{reference}{suffix}" for suffix in SUFFIXES if _is_file(Path(f"{reference}{suffix}"))), None)
    if here is None:
        shown = reference if len(reference) <= LONGEST_NAME else reference[:LONGEST_NAME] + "…"
        return _by_label(reference, names) or unknown_name(shown, names)
    return Text(
        f"scenarios 中没有“{reference}”；当前文件夹的文件要写后缀：{here}",
        f'there is no "{reference}" in scenarios; a file of this folder is named with its ending: {here}',
    )


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
            f"“{reference}”在项目之外，也不在本文件旁边，不予读取；请把它放到本文件旁边，只写名称",
            f'"{reference}" lies neither in the project nor beside this file; refused. Put it beside this file',
        )
    names = scenario_names(child.parent) | scenario_names(folder)
    return _no_parent(reference, {name: path for name, path in names.items() if name != child.stem})


def _by_label(reference: str, names: Mapping[str, Path]) -> Text | None:
    """What to say of the label of a scenario, which was written for its name."""
    for name, path in names.items():
        try:
            data = read_tolerant(path).data
        except InputError:
            continue
        if isinstance(data, dict) and data.get("label") == reference:
            return Text(
                f"这里写文件名，不写名称：“{reference}”是 {name}", f'write the file\'s name: "{reference}" is {name}'
            )
    return None


def _no_parent(reference: str, names: Mapping[str, Path]) -> Text:
    """A parent that is not there: its nearest name, or several names in one text."""
    several = [name for name in re.split(r"[\s,，、;；]+", reference) if name]
    if len(several) > 1 and set(several) <= set(names):
        written = f"[{', '.join(several)}]"
        return Text(f"几个上级要写成列表：{written}", f"several parents are written as a list: {written}")
    bare = PureWindowsPath(reference).stem  # understands / and \\ alike
    if bare == reference:
        return _by_label(reference, names) or unknown_name(reference, names)
    near, known = nearest(bare, names), sorted(names)
    zh = f"没有文件“{reference}”" + ("。" if near is None else f"，您是否想写“{near}”？")
    en = f'there is no file "{reference}"' + (". " if near is None else f', did you mean "{near}"? ')
    return Text(
        f"{zh}上级写名称或相对路径；可用：{'、'.join(known) or '（无）'}",
        f"{en}A parent is a name or a relative path; available: {', '.join(known) or '(none)'}",
    )


def travelling_name(source: YamlSource) -> str:
    """The file's name for records that travel, the same wherever the program was started.

    A file of the program's own data by its place there; any other without its folder when it lies outside the
    working folder.
    """
    place, root = source.path.resolve(), project_root().resolve()
    if place.is_relative_to(root / LIBRARY):
        return place.relative_to(root).as_posix()
    path = Path(source.shown)
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
