"""Where a value stands, told the same whoever runs the program from whatever folder."""

from __future__ import annotations

import os
from pathlib import Path

from sim.region.pack import Pack


def data_place(origin: str, pack: Pack) -> str:
    """`file:line` with the file named from the calibration folder (`calibration/…`), if it lies in it.

    Messages name files as seen from the working folder; in a result that would make the same run differ by where it
    was started, and tell where somebody keeps his files.
    """
    file, _, line = origin.rpartition(":")
    calibration = os.path.abspath(pack.folder.parent)
    try:
        inside = Path(os.path.abspath(file)).relative_to(calibration).as_posix()
    except ValueError:
        return origin
    return f"calibration/{inside}:{line}"
