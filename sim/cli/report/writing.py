"""Writing files that somebody may have opened or edited: never over other content unasked, each whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sim.errors import InputError, Problem
from sim.language import Text
from sim.output.store import REASONS_ZH
from sim.reading.files import shown_path


@dataclass(frozen=True, slots=True)
class Content:
    """A file to write: `name` inside the folder, with `/` between folders."""

    name: str
    data: bytes


def write_all(folder: Path, contents: Sequence[Content], force: bool) -> tuple[tuple[Path, bool], ...]:
    """Write every file; (path, whether it changed). Raises InputError, before the first, for a file of other content.

    An office program holds the file it shows: what cannot be replaced is named with what to do about it.
    """
    if folder.exists() and not folder.is_dir():
        raise _refused(folder, "已有同名文件，应为文件夹", "is a file; a folder is needed")
    planned = [(folder / content.name, content.data) for content in contents]
    _require_free(planned, force)
    written = []
    for path, data in planned:
        same = path.is_file() and path.read_bytes() == data
        if not same:
            _write(path, data)
        written.append((path, not same))
    return tuple(written)


def _require_free(planned: Sequence[tuple[Path, bytes]], force: bool) -> None:
    problems = []
    for path, data in planned:
        if path.is_dir():
            problems.append(_problem(path, "已有同名文件夹", "a folder of that name exists"))
        elif not force and path.exists() and path.read_bytes() != data:
            zh = "已有内容不同的同名文件（可能有人改过），不会覆盖；换一个 --out，或用 --force 覆盖"
            problems.append(
                _problem(path, zh, "holds other content (edited by somebody?); use another --out or --force")
            )
    if problems:
        raise InputError(problems)


def _write(path: Path, data: bytes) -> None:
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        temporary.chmod(0o644)
        os.replace(temporary, path)
    except PermissionError as error:
        zh = "写不进去：没有写入权限，或文件正在 Word、WPS 中打开，请先关闭再试"
        raise _refused(
            path, zh, "cannot write: no permission, or the file is open in another program; close it"
        ) from error
    except OSError as error:
        why = error.strerror or str(error)
        raise _refused(path, f"写不进去：{REASONS_ZH.get(error.errno or 0, why)}", f"cannot write: {why}") from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def _problem(path: Path, zh: str, en: str) -> Problem:
    return Problem(shown_path(path), None, None, "--out", Text(zh, en))


def _refused(path: Path, zh: str, en: str) -> InputError:
    return InputError(_problem(path, zh, en))
