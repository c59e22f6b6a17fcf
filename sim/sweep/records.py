"""The file of finished points: one record for each, appended as points are finished, whole or found to be damaged.

A record is binary and of one length: a mark, the number of the point and its complement, the point's numbers, and a
checksum. Mark and checksum are bound to the manifest, so that records of another sweep are none. What is torn or
damaged is passed over, and the next record found by its mark.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from sim.randomness import Array
from sim.sweep.parts import PointResult

_MARK, _NUMBER, _CHECKSUM = 8, 8, 16  # bytes; enough against damage, nobody forges a sweep
_HEAD = _MARK + 2 * _NUMBER
_ALL = 2**64 - 1
TEMPORARY = ".part"


@dataclass(frozen=True, slots=True)
class Recovered:
    """What a store holds. numbers : (point, number), NaN where there is none; done : (point,).

    damaged : stretches of bytes that are no record; torn : of them, the last, where writing ended; lost : points whose
    number stands in a damaged stretch and that are not there whole.
    """

    numbers: Array
    done: NDArray[np.bool_]
    damaged: int
    torn: bool
    lost: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Records:
    """How the points of one sweep are written: `key` is the hash of its manifest, `numbers` those of a point."""

    key: bytes
    points: int
    numbers: int

    @property
    def mark(self) -> bytes:
        """What every record begins with."""
        return hashlib.blake2b(b"mark", key=self.key[:64], digest_size=_MARK).digest()

    @property
    def length(self) -> int:
        """Bytes of a record."""
        return _HEAD + 8 * self.numbers + _CHECKSUM

    def append(self, store: BinaryIO, results: Sequence[PointResult]) -> None:
        """Write points and wait until they are on the disk."""
        store.write(b"".join(self._record(result) for result in results))
        store.flush()
        os.fsync(store.fileno())

    def recover(self, place: Path) -> Recovered:
        """All points that are stored whole. A damaged store is replaced by one without what is damaged."""
        numbers = np.full((self.points, self.numbers), np.nan)
        done = np.zeros(self.points, dtype=np.bool_)
        content = place.read_bytes() if place.exists() else b""
        damaged, kept, lost, end = 0, [], set(), 0
        for start, whole in self._stretches(content):
            point = self._point(content, start)
            if whole and point is not None and not done[point - 1]:
                numbers[point - 1] = np.frombuffer(content, "<f8", self.numbers, start + _HEAD)
                done[point - 1] = True
                kept.append(start)
                end = start + self.length
                continue
            damaged += 1
            lost |= set() if point is None else {point}
        if damaged:
            write_durably(place, b"".join(content[start : start + self.length] for start in kept))
        gone = tuple(sorted(point for point in lost if not done[point - 1]))
        return Recovered(numbers, done, damaged, end < len(content), gone)

    def _stretches(self, content: bytes) -> Iterator[tuple[int, bool]]:
        """Starts of records, and of damaged stretches (False), in order."""
        mark, place = self.mark, 0
        while place < len(content):
            if content.startswith(mark, place) and self._is_whole(content, place):
                yield place, True
                place += self.length
                continue
            yield place, False
            following = content.find(mark, place + 1)
            place = len(content) if following < 0 else following

    def _is_whole(self, content: bytes, start: int) -> bool:
        end = start + self.length
        if end > len(content) or self._point(content, start) is None:
            return False
        return content[end - _CHECKSUM : end] == self._checksum(content[start : end - _CHECKSUM])

    def _point(self, content: bytes, start: int) -> int | None:
        """The number of the point of a record that begins here; None where it is not there twice alike."""
        first, second = start + _MARK, start + _MARK + _NUMBER
        if start + _HEAD > len(content):
            return None
        point = int.from_bytes(content[first:second], "little")
        other = int.from_bytes(content[second : second + _NUMBER], "little")
        return point if point ^ other == _ALL and 1 <= point <= self.points else None

    def _record(self, result: PointResult) -> bytes:
        point = result.point.to_bytes(_NUMBER, "little") + (result.point ^ _ALL).to_bytes(_NUMBER, "little")
        body = self.mark + point + result.flat().astype("<f8").tobytes()
        return body + self._checksum(body)

    def _checksum(self, body: bytes) -> bytes:
        return hashlib.blake2b(body, key=self.key[:64], digest_size=_CHECKSUM).digest()


def write_durably(place: Path, content: bytes) -> None:
    """Writes a file whole or not at all, and on the disk before anything relies on it."""
    temporary = place.with_name(place.name + TEMPORARY)
    with temporary.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(temporary, place)
