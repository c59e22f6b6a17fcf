"""`hindcast --scoreboard`: the model, its ablations and all rivals at rolling origins, written to the record."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from sim.cli.hindcast.options import Wanted, needed
from sim.cli.hindcast.origin import check_origin, guarded, unwritable, with_outcomes
from sim.cli.hindcast.pages import board_document, print_board
from sim.cli.inputs import refused
from sim.cli.terminal import write_json
from sim.hindcast.board import HORIZONS, LONGEST, forecasts_at, model_forecasters, rival_forecasters, year_scores
from sim.hindcast.record import (
    FOLDER,
    SCORES,
    TARGETS,
    TargetYear,
    Yearly,
    YearScore,
    merged,
    read_rows,
    scored_under_lock,
    write_rows,
)
from sim.hindcast.target_board import target_years
from sim.hindcast.target_table import TargetTable, read_targets
from sim.panel import Panel
from sim.resources import data_path


def scoreboard(wanted: Wanted) -> None:
    """Score the origins asked for. Raises InputError for all that is wrong, and for origins scored under a lock."""
    path, folder = needed(wanted.panel, "--panel"), record_folder(wanted.out)
    if wanted.origins is None:
        raise refused("--origins", "需要写明，如 2004-2009", "is needed, as 2004-2009")
    for origin in wanted.origins:
        check_origin(path, origin, "--origins")
    locked = scored_under_lock(folder / SCORES, wanted.origins, YearScore)
    if locked:
        years = "、".join(map(str, locked))
        raise refused(
            "--origins",
            f"{years} 已在锁定后计分，只计一次，不再重算",
            f"{', '.join(map(str, locked))}: scored once under a lock, never again",
        )
    panel = with_outcomes(path, wanted.origins[-1])
    table = None if wanted.targets is None else read_targets(wanted.targets)
    scores, targets = guarded(panel, lambda: _rolled(wanted, panel, table))
    _merge(folder / SCORES, scores, YearScore)
    if table is not None:
        _merge(folder / TARGETS, targets, TargetYear)
    if wanted.as_json:
        write_json(board_document(scores, targets))
    else:
        print_board(scores, targets, wanted.lang)
        click.echo(f"记录：{folder}" if wanted.lang == "zh" else f"Record: {folder}")


def _rolled(
    wanted: Wanted, panel: Panel, table: TargetTable | None
) -> tuple[list[YearScore], list[TargetYear]]:  # fmt: skip
    """Rows of all origins."""
    pairs = (*model_forecasters(wanted.seed, wanted.workers, wanted.quick), *rival_forecasters(table))
    references = {forecaster.name: reference for forecaster, reference in pairs}
    scores: list[YearScore] = []
    targets: list[TargetYear] = []
    for origin in wanted.origins or ():
        made = forecasts_at(
            panel, origin, LONGEST, [one for one, _ in pairs], lambda year, name: click.echo(f"{year} {name}", err=True)
        )
        scores += year_scores(made, references, panel, origin, HORIZONS, wanted.locked or "")
        if table is not None:
            targets += target_years(made, list(references), table, origin, wanted.locked or "")
    return scores, targets


def _merge(path: Path, new: Sequence[Yearly], kind: type[Yearly]) -> None:
    old = read_rows(path, kind) if path.is_file() else ()
    try:
        write_rows(path, merged(old, new), kind)
    except OSError as error:
        raise unwritable(path, error) from error


def record_folder(out: Path | None) -> Path:
    """Where a record is written; raises InputError when that is a file."""
    folder = data_path("calibration", FOLDER) if out is None else out
    if folder.exists() and not folder.is_dir():
        raise refused("--out", f"“{folder}”是文件，应为文件夹", f"'{folder}' is a file, a folder is needed")
    return folder
