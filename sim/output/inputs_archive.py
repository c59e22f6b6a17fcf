"""The facts and priors that a result was made from, kept beside it: `inputs.zip`, the same bytes for the same files.

The members are the files that the manifest names, those that a pack needs to be read or put into words, and the list
of the program's own files with their hashes, so that it can be told later which of them have changed.
"""

from __future__ import annotations

import json
import os
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from sim.errors import InputError, Problem
from sim.language import Text
from sim.output.store import INPUTS, digest, pack_files, program_hashes, to_json
from sim.reading.files import LARGEST_FILE, shown_path
from sim.region.pack import Pack

#: Files of all regions that determine no number: which regions exist elsewhere, and what figures are called.
WORDS = ("peers.yaml", "indicators.yaml")
#: The member that lists the program's files.
PROGRAM = "program.json"
_MOST_MEMBERS = 500
_LARGEST_SUM = 10 * LARGEST_FILE  # bytes unpacked; packs together are a twentieth of this
_DATE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Archive:
    """`files` : content of every data file by name inside the calibration folder, with line feeds only;
    `program` : hash of every file of the program by name inside `sim/`.
    """

    files: Mapping[str, bytes]
    program: Mapping[str, str]

    def hashes(self) -> dict[str, str]:
        """Hash of every data file, as the manifest gives it."""
        return {name: digest(content) for name, content in self.files.items()}


def archive_of(pack: Pack) -> Archive:
    """What a result of this pack keeps, as the files are now."""
    calibration = pack.folder.parent
    paths = pack_files(pack) | {name: path for name in WORDS if (path := calibration / name).exists()}
    files = {name: lines(path) for name, path in sorted(paths.items())}
    return Archive(files, program_hashes())


def lines(path: Path) -> bytes:
    """A text file with line feeds only, as hashes of manifests are taken."""
    return path.read_bytes().replace(b"\r\n", b"\n")


def write_archive(folder: Path, archive: Archive) -> None:
    """Write `inputs.zip` into the folder of a result: members sorted, with fixed dates and rights."""
    members = {**archive.files, PROGRAM: to_json(dict(archive.program)).encode()}
    temporary = folder / (INPUTS + ".part")
    with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as file:
        for name in sorted(members):
            info = zipfile.ZipInfo(name, date_time=_DATE)
            info.external_attr = 0o644 << 16
            info.create_system = 3  # the same on Windows
            info.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(info, members[name])
    os.replace(temporary, folder / INPUTS)


def read_archive(path: Path) -> Archive:
    """Read `inputs.zip`; raises InputError where there is none, or it is damaged or not one of this program."""
    try:
        with zipfile.ZipFile(path) as file:
            members = {info.filename: _content(file, info) for info in _checked(file.infolist())}
        program = json.loads(members.pop(PROGRAM).decode("utf-8"))
        if not isinstance(program, dict) or not all(isinstance(value, str) for value in program.values()):
            raise ValueError(PROGRAM)
    except FileNotFoundError:
        text = Text("没有这个文件，其中应是测算所用的公布数和先验", "no such file; it should hold facts and priors")
        raise InputError(Problem(shown_path(path), None, None, "", text)) from None
    except (OSError, ValueError, KeyError, RuntimeError, EOFError, zlib.error, zipfile.BadZipFile,
            NotImplementedError, RecursionError) as error:  # fmt: skip
        zh = f"不是本程序写的输入文件包，或已损坏（{type(error).__name__}）"
        text = Text(zh, f"not an archive of inputs of this program, or damaged ({type(error).__name__})")
        raise InputError(Problem(shown_path(path), None, None, "", text)) from error
    return Archive(members, program)


def _checked(infos: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    """The members, none of which leaves the folder it is unpacked into or is larger than a file may be."""
    names = [info.filename for info in infos]
    size = sum(info.file_size for info in infos)
    if len(names) > _MOST_MEMBERS or len(set(names)) < len(names) or size > _LARGEST_SUM:
        raise ValueError("members")
    for info in infos:
        if not is_inside(info.filename) or info.file_size > LARGEST_FILE:
            raise ValueError(info.filename)
    return infos


def is_inside(name: str) -> bool:
    """Whether a name with `/` stays inside the folder it is taken from, on every system."""
    parts = PurePosixPath(name).parts
    plain = bool(parts) and not name.startswith("/") and not set(name) & set('\\:*?"<>|\0')
    return plain and ".." not in parts and name == "/".join(parts)


def _content(file: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    with file.open(info) as stream:
        return stream.read(LARGEST_FILE + 1)


def extract(files: Mapping[str, bytes], calibration: Path) -> None:
    """Write data files under a calibration folder, from where a pack can be read."""
    for name, content in sorted(files.items()):
        path = calibration / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
