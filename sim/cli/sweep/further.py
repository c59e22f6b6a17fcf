"""What a sweep is asked for besides its tables: a map over two axes, boxes of failure, exports."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.cli.inputs import refused
from sim.sweep.cells import PointMap, map_axes, map_target, point_map
from sim.sweep.overview import summary
from sim.sweep.parts import Sweep
from sim.sweep.slices import first_target
from sim.sweep.store import Finished, storage


@dataclass(frozen=True, slots=True)
class Further:
    """What was made: the map, the boxes as a document, and the names of the files."""

    map: PointMap | None
    boxes: dict[str, Any] | None
    files: list[str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted: `axes` and `target` of a map, `fails` as TARGET<P, the IAMC layout."""

    axes: str | None
    target: str | None
    fails: str | None
    iamc: bool
    lang: str

    def check(self, sweep: Sweep) -> None:
        """Raises InputError for what the sweep cannot give."""
        if self.axes is None and self.target is not None:
            raise refused("--map-target", "只与 --map 同用；请写 --map 横轴,纵轴", "goes with --map; give --map X,Y")
        if self.axes is not None:
            map_axes(sweep, self.axes)
        if self.target is not None:
            map_target(sweep, self.target)
        if self.fails is not None:
            from sim.cli.sweep.fails import asked_failure

            asked_failure(sweep, self.fails)

    def made(self, sweep: Sweep, finished: Finished, folder: Path) -> Further:
        """Makes it and writes the files; they follow from what is stored."""
        files: list[str] = []
        found = self._map(sweep, finished)
        boxes = None
        with storage(folder):
            if self.iamc:
                from sim.sweep.iamc import write_iamc

                files += write_iamc(folder, sweep, finished)
            if found is not None:
                from sim.sweep.map_figure import write_map

                files += write_map(folder, sweep, found, self.lang)
            if self.fails is not None:
                from sim.cli.sweep.fails import failures

                boxes = failures(sweep, finished, self.fails, folder)
                files.append("boxes.csv")
        return Further(found, boxes, files)

    def _map(self, sweep: Sweep, finished: Finished) -> PointMap | None:
        if self.axes is None:
            return None
        chosen = map_target(sweep, self.target) if self.target else sweep.targets[first_target(sweep.targets)]
        return point_map(sweep, finished, *map_axes(sweep, self.axes), chosen)


def lines_of(sweep: Sweep, finished: Finished, folder: Path, further: Further, lang: str) -> list[str]:
    """What is printed of a sweep: its summary with the map or a table, then the boxes, then the files."""
    lines = summary(sweep, finished, folder, lang, further.map, further.files)
    if further.boxes is None:
        return lines
    from sim.cli.sweep.fails import failure_lines

    return [*lines[:-1], *failure_lines(further.boxes, lang), "", lines[-1]]
