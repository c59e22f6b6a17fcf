"""The folder of a sweep: its manifest, one checked line for each finished point, and the final table.

    manifest.json   what determines the numbers; written first
    points.jsonl    a line for each finished point, in the order they were finished
    points.csv      the table in fixed order; written when all points are there
    sweep.lock      locked by the program that works on the folder

A line is a checksum bound to the manifest, and the point's numbers as JSON. A line that is torn or damaged is
dropped and its point computed again; nothing in the folder depends on the clock or on where it lies.
"""

from __future__ import annotations

import csv
import io
import json
import math
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from sim.errors import InputError, Problem
from sim.language import Text
from sim.output.store import MANIFEST, digest, folder_name, to_json
from sim.randomness import Array
from sim.reading.files import shown_path
from sim.sweep.manifest import manifest_of, require_same
from sim.sweep.points import MEASURES, PointResult, Sweep
from sim.sweep.workers import compute

POINTS, TABLE, LOCK = "points.jsonl", "points.csv", "sweep.lock"
_TEMPORARY = ".part"
_OWN = {LOCK, MANIFEST + _TEMPORARY}
_CHECKSUM = 16  # hexadecimal digits; enough against damage, nobody forges a sweep

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Finished:
    """A finished sweep. values : (point, target, measure), NaN where a target has no number.

    computed, resumed : points of this time and of earlier times; dropped : damaged lines left out.
    """

    values: Array
    computed: int
    resumed: int
    dropped: int


def default_folder(sweep: Sweep, results: Path) -> Path:
    """`sweep-<name>-<hash>` in the folder of results."""
    return results / folder_name(f"sweep-{sweep.name}", digest(to_json(manifest_of(sweep)).encode()))


def carry_out(sweep: Sweep, folder: Path, workers: int, progress: Progress = lambda points: None) -> Finished:
    """Run a sweep in its folder, or what is left of it, and write the table.

    `progress` is told how many points there are: first those found, then more with every batch. Raises
    InputError when the folder cannot be used, holds another sweep or is worked on by another program.
    """
    manifest = manifest_of(sweep)
    with _storage(folder):
        _refuse_foreign(folder, manifest)  # before so much as the lock is written there
        folder.mkdir(parents=True, exist_ok=True)
        with _locked(folder):
            return _carry_out(sweep, folder, manifest, workers, progress)


def _carry_out(sweep: Sweep, folder: Path, manifest: dict[str, Any], workers: int, progress: Progress) -> Finished:
    _claim(folder, manifest)
    key = digest((folder / MANIFEST).read_bytes())
    values = np.full((sweep.grid.size, len(sweep.targets), len(MEASURES)), np.nan)
    done, dropped = _recover(folder / POINTS, key, values)
    resumed = int(done.sum())
    progress(resumed)
    missing = [int(place) + 1 for place in np.flatnonzero(~done)]
    count = resumed
    with (folder / POINTS).open("ab") as store, closing(compute(sweep, missing, workers)) as batches:
        for batch in batches:
            _append(store, key, batch)
            for result in batch:
                values[result.point - 1] = result.values
            count += len(batch)
            progress(count)
    _write_table(folder / TABLE, sweep, values)
    return Finished(values, len(missing), resumed, dropped)


@contextmanager
def _storage(folder: Path) -> Iterator[None]:
    """Turns what the file system refuses into a message; what is stored stays stored."""
    try:
        yield
    except OSError as error:
        why = error.strerror or str(error)
        text = Text(
            f"无法写入：{why}。已存盘的点不会丢失，排除原因后再次运行同一命令即可续算",
            f"cannot be written: {why}. Stored points are not lost; mend it and run the same command again",
        )
        raise InputError(Problem(shown_path(folder), None, None, "--out", text)) from error


def _refuse_foreign(folder: Path, manifest: dict[str, Any]) -> None:
    if (folder / MANIFEST).exists():
        require_same((folder / MANIFEST).read_bytes(), manifest, shown_path(folder / MANIFEST))
    elif folder.exists() and {entry.name for entry in folder.iterdir()} - _OWN:
        text = Text(
            "文件夹里有别的文件，不是批量测算的结果；请换一个 --out",
            "the folder holds other files, not a sweep; choose another --out",
        )
        raise InputError(Problem(shown_path(folder), None, None, "--out", text))


def _claim(folder: Path, manifest: dict[str, Any]) -> None:
    """Writes the manifest of a new folder; checks that of an old one, under the lock."""
    place = folder / MANIFEST
    if place.exists():
        require_same(place.read_bytes(), manifest, shown_path(place))
    else:
        _write_durably(place, to_json(manifest).encode())


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Holds the folder's lock, which the operating system takes back from a program that was killed."""
    with (folder / LOCK).open("ab") as handle:
        if not _lock(handle):
            text = Text(
                "另一个程序正在这个文件夹中测算；请等它结束，或换一个 --out",
                "another program is working in this folder; wait for it, or choose another --out",
            )
            raise InputError(Problem(shown_path(folder), None, None, "--out", text))
        yield  # closing the file gives the lock back


def _lock(handle: BinaryIO) -> bool:
    """Takes the lock without waiting; False when another program has it."""
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
    else:
        import fcntl

        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def _line(key: str, result: PointResult) -> bytes:
    numbers = [[None if math.isnan(x) else x for x in row] for row in result.values.tolist()]
    text = json.dumps([result.point, numbers], separators=(",", ":"), allow_nan=False)
    return f"{_checksum(key, text)} {text}\n".encode()


def _checksum(key: str, text: str) -> str:
    return digest(f"{key} {text}".encode())[:_CHECKSUM]


def _append(store: BinaryIO, key: str, batch: list[PointResult]) -> None:
    store.write(b"".join(_line(key, result) for result in batch))
    store.flush()
    os.fsync(store.fileno())


def _recover(place: Path, key: str, values: Array) -> tuple[Any, int]:
    """Fills in the points that are stored whole: (point,) of bool, and how many lines were dropped.

    A store with a damaged line is replaced by one without it, so that the next line begins on a new line.
    """
    done = np.zeros(len(values), dtype=np.bool_)
    if not place.exists():
        return done, 0
    good: list[bytes] = []
    dropped = 0
    with place.open("rb") as store:
        for line in store:
            result = _read_line(line, key, values.shape)
            if result is None or done[result.point - 1]:
                dropped += 1
                continue
            values[result.point - 1], done[result.point - 1] = result.values, True
            good.append(line)
    if dropped:
        _write_durably(place, b"".join(good))
    return done, dropped


def _read_line(line: bytes, key: str, shape: tuple[int, ...]) -> PointResult | None:
    """The point of a line, or None when the line is not whole."""
    try:
        checksum, _, text = line.decode("ascii").removesuffix("\n").partition(" ")
        if not line.endswith(b"\n") or checksum != _checksum(key, text):
            return None
        point, numbers = json.loads(text)
        values = np.array(numbers, dtype=np.float64)
    except (ValueError, TypeError):
        return None
    if values.shape != shape[1:] or not 1 <= point <= shape[0]:
        return None
    return PointResult(point, values)


def _write_durably(place: Path, content: bytes) -> None:
    """Writes a file whole or not at all, and on the disk before anything relies on it."""
    temporary = place.with_name(place.name + _TEMPORARY)
    with temporary.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(temporary, place)


def _write_table(place: Path, sweep: Sweep, values: Array) -> None:
    """Write points.csv under a temporary name, then rename it."""
    temporary = place.with_name(place.name + _TEMPORARY)
    with temporary.open("wb") as raw:
        stream = io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")
        writer = csv.writer(stream)
        writer.writerow(["point", *(axis.id for axis in sweep.axes), "target", *MEASURES])
        for place_of_point, table in enumerate(values.tolist()):
            at = [_number(value) for value in sweep.grid.values(place_of_point + 1)]
            for target, row in zip(sweep.targets, table, strict=True):
                writer.writerow([place_of_point + 1, *at, target.id, *map(_number, row)])
        stream.flush()
        os.fsync(raw.fileno())
        stream.close()
    os.replace(temporary, place)


def _number(value: float) -> str:
    """The shortest text that reads back as the same number; nothing where there is none."""
    return "" if math.isnan(value) else repr(value).removesuffix(".0")
