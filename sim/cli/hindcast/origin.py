"""`hindcast --origin`: forecasts of the regions of a panel as of one year, and their scores."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click
import numpy as np

from sim.cli.hindcast.options import Wanted, needed
from sim.cli.hindcast.pages import forecast_document, print_forecast
from sim.cli.inputs import refused
from sim.cli.terminal import write_json
from sim.conditioning.problem import ConditioningError
from sim.errors import InputError, Problem, SimError
from sim.hindcast.board import MODEL, forecasts_at, rival_forecasters, year_scores
from sim.hindcast.forecast import ModelForecast, forecast_panel, write_forecasts
from sim.hindcast.outlook import FIRST_YEAR
from sim.hindcast.record import YearScore, write_rows
from sim.hindcast.target_table import TargetTable, read_targets
from sim.language import Text
from sim.panel import Panel, read_panel
from sim.panel.reading import HEADER
from sim.panel.table import read_table, year_of

Result = TypeVar("Result")


def forecast(wanted: Wanted) -> None:
    """Forecast, write the file, and score where asked to. Raises InputError for all that is wrong."""
    missing = [name for name in ("panel", "origin", "horizon", "out") if getattr(wanted, name) is None]
    if missing:
        text = Text("预测需要写明", "is needed for a forecast")
        raise InputError([Problem(None, None, None, f"--{name}", text) for name in missing])
    path, out = needed(wanted.panel, "--panel"), needed(wanted.out, "--out")
    origin, horizon = int(wanted.origin or 0), int(wanted.horizon or 0)
    _check_out_file(out, path)
    check_origin(path, origin, "--origin")
    panel = read_panel(path, origin)
    _tell_late_regions(path, panel)
    table = None if wanted.targets is None else read_targets(wanted.targets)
    whole = with_outcomes(path, origin) if wanted.score else None
    found = guarded(panel, lambda: _predicted(panel, horizon, wanted))
    rows = [] if whole is None else _scored(found, panel, whole, horizon, table)
    scores = out.with_name(f"{out.stem}.scores.csv") if wanted.score else None
    try:
        write_forecasts(out, found)
        if scores is not None:
            write_rows(scores, rows, YearScore)
    except OSError as error:
        raise unwritable(out, error) from error
    if wanted.as_json:
        write_json(forecast_document(found, horizon, out, scores, rows))
    else:
        print_forecast(found, horizon, out, scores, rows, wanted.lang)


def _predicted(panel: Panel, horizon: int, wanted: Wanted) -> ModelForecast:
    def told(region: str, done: int, of: int) -> None:
        click.echo(f"{done}/{of} {region}", err=True)

    return forecast_panel(
        panel,
        horizon,
        seed=wanted.seed,
        ablation=wanted.without or "",
        workers=wanted.workers,
        quick=wanted.quick,
        told=told,
    )


def _scored(
    found: ModelForecast, panel: Panel, whole: Panel, horizon: int, table: TargetTable | None
) -> list[YearScore]:
    """Scores of the forecast and of all rivals, at every horizon with an outcome."""
    against = rival_forecasters(table)
    made = forecasts_at(panel, found.origin, horizon, [rival for rival, _ in against])
    made[MODEL] = (found.regions, found.quantiles)
    references = {MODEL: MODEL} | {rival.name: reference for rival, reference in against}
    return year_scores(made, references, whole, found.origin, range(1, horizon + 1))


def with_outcomes(path: Path, origin: int) -> Panel:
    """The whole panel; raises InputError where it holds nothing after the origin to score by."""
    whole = read_panel(path)
    if whole.years[-1] <= origin:
        raise refused("--score", f"面板没有 {origin} 年以后的数据，无法计分", f"the panel has nothing after {origin}")
    return whole


def check_origin(path: Path, origin: int, option: str) -> None:
    """Raises InputError for an origin of which the panel, or the model, knows too little."""
    years = sorted({year for _, year in _keys(path)})
    if not years:
        return  # read_panel says what is wrong with every row
    first, last = years[0] + 1, years[-1]
    if origin > last:
        raise refused(option, f"{origin} 晚于面板的最后一年 {last}", f"{origin} is after {last}, the panel's last year")
    if origin < first:
        zh = f"{origin} 早于面板的第二年 {first}，没有可用的增速"
        raise refused(option, zh, f"{origin} is before {first}, the panel's second year: no growth is known")
    if origin <= FIRST_YEAR:
        zh = f"{origin} 太早：各省共同趋势的先验自 {FIRST_YEAR + 1} 年起才有"
        raise refused(option, zh, f"{origin} is too early: priors of the common trend begin in {FIRST_YEAR + 1}")


def _keys(path: Path) -> list[tuple[str, int]]:
    """Region and year of every row that says both."""
    header, records = read_table(path, HEADER)
    region, column = header.index("region"), header.index("year")
    return [
        (name, year)
        for _, cells in records
        if len(cells) == len(header)
        and (name := cells[region].strip())
        and (year := year_of(cells, column)) is not None
    ]


def _tell_late_regions(path: Path, panel: Panel) -> None:
    """Say which regions have no row up to the origin, on standard error: nothing is dropped in silence."""
    late = sorted({region for region, _ in _keys(path)} - set(panel.regions))
    if late:
        year = panel.years[-1]
        zh, en = f"{year} 年及以前没有数据，未预测：{'、'.join(late)}", f"no row up to {year}, not forecast"
        click.echo(f"{zh} ({en})", err=True)


def guarded(panel: Panel, work: Callable[[], Result]) -> Result:
    """The result of `work`; what the model cannot do with a panel becomes a message about its file."""
    try:
        return work()
    except InputError:
        raise
    except ConditioningError as error:
        names = "、".join(error.facts)
        zh = f"模型解释不了这些数，请先核实：{names}"
        text = Text(zh, f"the model cannot follow these figures, verify them first: {', '.join(error.facts)}")
    except (SimError, ArithmeticError, np.linalg.LinAlgError) as error:
        text = Text(f"无法预测（{error}）", f"cannot forecast ({error})")
    raise InputError(Problem(panel.shown, None, None, "", text))


def _check_out_file(out: Path, panel: Path) -> None:
    """Raises InputError for a file of forecasts that cannot be written, before the work."""
    if out.is_dir():
        raise refused("--out", f"“{out}”是文件夹，应为文件", f"'{out}' is a folder, a file is needed")
    if out.exists() and panel.exists() and out.samefile(panel):
        raise refused("--out", "与面板是同一个文件，不会覆盖", "is the panel itself and will not be overwritten")
    if not out.parent.is_dir():
        raise refused("--out", f"没有文件夹“{out.parent}”", f"there is no folder '{out.parent}'")
    if not os.access(out.parent, os.W_OK):
        raise refused("--out", f"文件夹“{out.parent}”不可写", f"the folder '{out.parent}' cannot be written to")


def unwritable(path: Path, error: OSError) -> InputError:
    """The error of a file that the system would not write."""
    why = error.strerror or str(error)
    return InputError(Problem(str(path), None, None, "--out", Text(f"写不进去：{why}", f"cannot write: {why}")))
