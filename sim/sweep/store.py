"""The folder of a sweep: its manifest, one checked record for each finished point, and the final tables.

    manifest.json   what determines the numbers; written first
    points.bin      a record for each finished point, in the order they were finished
    points.csv      targets of all points in fixed order; indicators.csv and joint.csv beside it
    tables.json     the hash of each table; written last
    sweep.lock      locked by the program that works on the folder

A record that is torn or damaged is dropped and its point computed again; nothing in the folder depends on the clock or
on where it lies.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from sim.errors import InputError, Problem
from sim.language import Text
from sim.output.store import MANIFEST, REASONS_ZH, digest, folder_name, to_json
from sim.randomness import Array
from sim.reading.files import shown_path
from sim.sweep.manifest import manifest_of, require_same
from sim.sweep.parts import FIGURES, MEASURES, PointResult, Sweep, numbers_of
from sim.sweep.records import TEMPORARY, Records, Recovered, write_durably
from sim.sweep.tables import TABLES_LISTED, tables_stand, write_tables
from sim.sweep.workers import compute, in_good_order

POINTS, LOCK = "points.bin", "sweep.lock"
_OWN = {LOCK, MANIFEST + TEMPORARY}

Progress = Callable[[int], None]
Tell = Callable[[Text], None]


def _silent(text: Text) -> None:
    """Tells nobody."""


@dataclass(frozen=True, slots=True, eq=False)
class Finished:
    """A finished sweep. values : (point, target, measure); indicators : (point, indicator, year, figure); joint :
    (point, 2); NaN where there is no number.

    computed, resumed : points of this time and of earlier times; dropped : damaged stretches of the store left out;
    lost : points that were stored before and had to be computed again.
    """

    values: Array
    indicators: Array
    joint: Array
    computed: int
    resumed: int
    dropped: int
    lost: tuple[int, ...]


def default_folder(sweep: Sweep, results: Path) -> Path:
    """`sweep-<name>-<hash>` in the folder of results."""
    return results / folder_name(f"sweep-{sweep.name}", digest(to_json(manifest_of(sweep)).encode()))


def carry_out(
    sweep: Sweep,
    folder: Path,
    workers: int,
    progress: Progress = lambda points: None,
    tell: Tell = _silent,
    scheduler: str | None = None,
) -> Finished:
    """Run a sweep in its folder, or what is left of it, and write the tables.

    `progress` is told how many points there are: first those found, then more with every batch; `tell` what else a
    person must know at once. With a `scheduler` the points are computed on its cluster rather than by `workers` here.
    Raises InputError when the folder cannot be used, holds another sweep or is worked on by another program, and,
    before anything is written, when no scheduler answers.
    """
    manifest = manifest_of(sweep)
    source = _source(workers, scheduler, tell)
    with storage(folder):
        _refuse_foreign(folder, manifest)  # before so much as the lock is written there
        folder.mkdir(parents=True, exist_ok=True)
        with _locked(folder):
            _claim(folder, manifest)
            return _carry_out(sweep, folder, progress, tell, source)


#: Batches of results of some points of a sweep.
Source = Callable[[Sweep, Sequence[int]], Generator[list[PointResult], None, None]]


def _source(workers: int, scheduler: str | None, tell: Tell) -> Source:
    if scheduler is None:
        return lambda sweep, points: compute(sweep, points, workers)
    from sim.sweep.cluster import compute_on_cluster
    from sim.sweep.scheduler import check_scheduler

    check_scheduler(scheduler)  # before anything is written
    return lambda sweep, points: compute_on_cluster(sweep, points, scheduler, tell)


def _carry_out(sweep: Sweep, folder: Path, progress: Progress, tell: Tell, source: Source) -> Finished:
    records = Records(digest((folder / MANIFEST).read_bytes()).encode(), sweep.size, numbers_of(sweep))
    found = records.recover(folder / POINTS)
    missing = [int(place) + 1 for place in np.flatnonzero(~found.done)]
    lost = tuple(missing) if (folder / TABLES_LISTED).exists() else found.lost
    if found.damaged or lost:
        tell(damage(found, lost))
    count = resumed = sweep.size - len(missing)
    progress(resumed)
    if missing:
        (folder / TABLES_LISTED).unlink(missing_ok=True)
        with (folder / POINTS).open("ab") as store, closing(source(sweep, in_good_order(sweep, missing))) as batches:
            for batch in batches:
                records.append(store, batch)
                for result in batch:
                    found.numbers[result.point - 1] = result.flat()
                count += len(batch)
                progress(count)
    finished = _finished(sweep, found, len(missing), lost)
    if missing or not tables_stand(folder):
        write_tables(folder, sweep, finished.values, finished.indicators, finished.joint)
    return finished


def _finished(sweep: Sweep, found: Recovered, computed: int, lost: tuple[int, ...]) -> Finished:
    """The numbers of all points in the shapes people think in."""
    targets = len(sweep.targets) * len(MEASURES)
    indicators = len(sweep.indicators) * len(sweep.years) * len(FIGURES)
    values, figures, joint = np.split(found.numbers, [targets, targets + indicators], axis=1)
    return Finished(
        values.reshape(sweep.size, len(sweep.targets), len(MEASURES)),
        figures.reshape(sweep.size, len(sweep.indicators), len(sweep.years), len(FIGURES)),
        joint,
        computed,
        sweep.size - computed,
        found.damaged,
        lost,
    )


def damage(found: Recovered, lost: Sequence[int]) -> Text:
    """What of a store was left out, and which points are computed again for it."""
    if found.torn and found.damaged == 1 and len(lost) <= 1:
        head = Text("存储的最后一条记录没有写完", "the last record of the store is not whole")
    elif found.damaged:
        head = Text(f"存储有 {found.damaged:,} 处损坏", f"the store is damaged in {found.damaged:,} places")
    else:
        head = Text("存储被截短", "the store has been cut short")
    if not lost:
        return Text(
            f"{head.zh}，已舍弃；缺少的点重新计算", f"{head.en}; dropped, and missing points are computed again"
        )
    named = Text(point_ranges(lost, "、"), point_ranges(lost, ", "))
    return Text(
        f"{head.zh}，丢失第 {named.zh} 号点（共 {len(lost):,} 个），重新计算；其余的点都在",
        f"{head.en}: points {named.en} ({len(lost):,} in all) are lost and computed again; all others are there",
    )


def point_ranges(points: Sequence[int], comma: str, most: int = 12) -> str:
    """Rising numbers of points as ranges: 3–8, 15; at most so many of them."""
    ranges: list[list[int]] = []
    for point in points:
        if ranges and point == ranges[-1][1] + 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    shown = [f"{first}" if first == last else f"{first}–{last}" for first, last in ranges[:most]]
    return comma.join(shown) + ("…" if len(ranges) > most else "")


@contextmanager
def storage(folder: Path) -> Iterator[None]:
    """Turns what the file system refuses into a message; what is stored stays stored."""
    try:
        yield
    except OSError as error:
        why = error.strerror or str(error)
        reason = Text(REASONS_ZH.get(error.errno or 0, why), why)
        text = Text(
            f"无法写入：{reason.zh}。已存盘的点不会丢失，排除原因后再次运行同一命令即可续算",
            f"cannot be written: {reason.en}. Stored points are not lost; mend it and run the same command again",
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
        write_durably(place, to_json(manifest).encode())


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
