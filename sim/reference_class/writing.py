"""Writing `estimates.csv`: every cut-off, the same bytes from the same panel."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from sim.errors import InputError, Problem
from sim.language import Text
from sim.panel import read_panel
from sim.reference_class.estimates import COLUMNS, CUT_OFFS, Estimate
from sim.reference_class.estimation import estimates_at
from sim.reference_class.literature import read_literature
from sim.resources import data_path

#: Years a panel must hold up to the first cut-off.
YEARS_NEEDED = 5


def committed_path() -> Path:
    """The estimates that come with the program."""
    return data_path("calibration", "reference_class", "estimates.csv")


def literature_path() -> Path:
    """The dated priors that come with the program."""
    return data_path("calibration", "reference_class", "literature.csv")


def make_estimates(panel_path: str | Path, cut_offs: Iterable[int] = CUT_OFFS) -> list[Estimate]:
    """The estimates of every cut-off from the panel in `panel_path`.

    Raises InputError when the panel is wrong or does not reach from five years before the first cut-off to the last.
    """
    literature = read_literature(literature_path())
    wanted = tuple(cut_offs)
    panel = read_panel(panel_path)
    if panel.years[0] > wanted[0] - YEARS_NEEDED + 1 or panel.years[-1] < wanted[-1]:
        needed, given = f"{wanted[0] - YEARS_NEEDED + 1}—{wanted[-1]}", f"{panel.years[0]}—{panel.years[-1]}"
        text = Text(f"估计需要 {needed} 年，文件只有 {given} 年", f"the estimates need {needed}, the file has {given}")
        raise InputError(Problem(panel.shown, None, None, "year", text))
    return [estimate for cut_off in wanted for estimate in estimates_at(panel, cut_off, literature)]


def write_estimates(panel_path: str | Path, out_path: str | Path) -> list[Estimate]:
    """Write the estimates from a panel as UTF-8 with a byte order mark, and return them."""
    estimates = make_estimates(panel_path)
    Path(out_path).write_bytes(estimates_csv(estimates))
    return estimates


def estimates_csv(estimates: Iterable[Estimate]) -> bytes:
    """The bytes of `estimates.csv`: numbers to twelve significant digits, empty cells for what does not exist."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for estimate in estimates:
        writer.writerow([_cell(getattr(estimate, column)) for column in COLUMNS])
    return stream.getvalue().encode("utf-8-sig")


def _cell(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.12g}" if isinstance(value, float) else str(value)
