"""Forecasts of the regions of a panel by the model: each a province, conditioned on its own years, simulated on.

The same seed gives the same bytes for any number of workers, and whatever the panel holds after the origin.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from sim.conditioning.condition import condition
from sim.conditioning.problem import ConditioningError
from sim.errors import SimError
from sim.experiment.processes import submitted, worker_pool
from sim.hindcast.ablation import Model, model_of
from sim.hindcast.linearised import linearised_posterior
from sim.hindcast.outcomes import LEVELS, VARIABLES, Forecast
from sim.hindcast.own_history import Case, case_of, problem_of
from sim.hindcast.own_history import Path as Simulated
from sim.language import Text
from sim.panel import Panel
from sim.posterior.posterior import Posterior, conditioned
from sim.randomness import BLOCK, SOURCES, Array, Draws

#: Blocks of posterior draws behind the quantiles.
BLOCKS = 2
#: Groups of the diagnostic sample: enough to tell a share of 5 % from one of 30 %.
GROUPS = 8
#: Quantiles and mean of one region, (variable, year after the origin, 100), and a note.
Region = tuple[Array, Text | None]
COLUMNS = ("region", "origin", "year", "variable", *(f"q{round(100 * level):02d}" for level in LEVELS), "mean")


@dataclass(frozen=True, slots=True, eq=False)
class ModelForecast:
    """Forecasts of all regions at one origin.

    quantiles : variable -> (region, year after the origin, 99); means : variable -> (region, year after the origin);
    notes : what a reader should know of single regions.
    """

    regions: tuple[str, ...]
    origin: int
    quantiles: Forecast
    means: Mapping[str, Array]
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class ModelForecaster:
    """The model as one forecaster among others; `ablation` takes a part of it away, `quick` as in `forecast_panel`."""

    name: str = "model"
    ablation: str = ""
    seed: int = 1
    workers: int = 1
    quick: bool = False

    def forecast(self, panel: Panel, horizon: int) -> Forecast:
        """Quantiles for the `horizon` years after the last year of `panel`, which holds nothing later."""
        found = forecast_panel(
            panel, horizon, seed=self.seed, ablation=self.ablation, workers=self.workers, quick=self.quick
        )
        return found.quantiles


def forecast_panel(
    panel: Panel,
    horizon: int,
    *,
    seed: int = 1,
    ablation: str = "",
    workers: int = 1,
    blocks: int = BLOCKS,
    quick: bool = False,
    told: Callable[[str, int, int], None] = lambda region, done, of: None,
) -> ModelForecast:
    """Forecast the `horizon` years after the last year of `panel`, which must hold nothing later (`Panel.up_to`).

    quick : condition by linearisation: eight times as fast, quantiles within 0.03 standard deviations;
    told : called with a region, how many are done and of how many. Raises SimError for a horizon below one year, an
    origin for which no prior is dated early enough, or a history that the model cannot follow.
    """
    if horizon < 1:
        raise SimError(f"horizon {horizon}: at least one year")
    model = model_of(panel, ablation)
    one = partial(_forecast_region, panel, model, horizon, (seed, blocks, quick))
    summaries, notes = [], []
    for done, (found, note) in enumerate(_mapped(one, panel.regions, workers), 1):
        summaries.append(found)
        notes += [note] if note is not None else []
        told(panel.regions[done - 1], done, len(panel.regions))
    stacked = np.stack(summaries)  # (region, variable, year, 100)
    by_name = {name: stacked[:, place] for place, name in enumerate(VARIABLES)}
    return ModelForecast(
        panel.regions,
        panel.years[-1],
        {name: values[..., :-1] for name, values in by_name.items()},
        {name: values[..., -1] for name, values in by_name.items()},
        tuple(notes),
    )


def _mapped(one: Callable[[str], Region], regions: tuple[str, ...], workers: int) -> Iterator[Region]:
    """Results in the order of the regions, from this process or from workers."""
    if workers <= 1 or len(regions) <= 1:
        yield from map(one, regions)
        return
    with worker_pool(workers) as pool:
        for task in submitted(pool, one, regions):
            yield task.result()


def _forecast_region(panel: Panel, model: Model, horizon: int, how: tuple[int, int, bool], region: str) -> Region:
    """Forecast of one region; `how` is seed, blocks and whether quick."""
    seed, blocks, quick = how
    case = case_of(panel, region, model.outlook, model.priors)
    posterior, note = posterior_of(case, seed, blocks * BLOCK, quick)
    draws = forecast_draws(case, posterior, horizon)
    return np.stack([summary(draws[name]) for name in VARIABLES]), note


def posterior_of(case: Case, seed: int, members: int, quick: bool = False) -> tuple[Posterior, Text | None]:
    """What a province's own years say of it, and a note where it had to be had by linearisation.

    Raises ConditioningError when the model cannot follow those years.
    """
    problem = problem_of(case)
    if not quick:
        try:
            return condition(problem, seed, as_of=case.origin, members=members, groups=GROUPS).posterior, None
        except ConditioningError:
            name = case.province.name
            zh = f"{name}：有效抽样过少，后验改用线性化得出"
            note = Text(zh, f"{name}: too few effective draws, the posterior is from linearisation")
            return linearised_posterior(problem, seed, case.origin, members), note
    return linearised_posterior(problem, seed, case.origin, members), None


def forecast_draws(case: Case, posterior: Posterior, horizon: int) -> dict[str, Array]:
    """Posterior draws of each variable in the years after the origin, (year, draw): as many as the posterior has."""
    draws = [Draws(posterior.seed, block, frozenset(SOURCES)) for block in range(max(posterior.blocks, 1))]
    paths = [case.simulate(conditioned(drawn, posterior), case.origin + horizon) for drawn in draws]
    parts = [_variables(path, case.origin - case.base_year) for path in paths]
    return {name: np.concatenate([part[name] for part in parts], axis=1) for name in VARIABLES}


def _variables(path: Simulated, known: int) -> dict[str, Array]:
    """The variables of the contract from a path whose first `known` years are history."""
    growth = path.growth[known:]
    return {
        "gdp_growth": 100.0 * np.expm1(growth / 100.0),
        "gdp_growth_cumulative": np.cumsum(growth, axis=0),
        "secondary_share": path.shares[0, known:],
        "tertiary_share": path.shares[1, known:],
    }


def summary(values: Array) -> Array:
    """Quantiles q01–q99 and the mean of draws (year, draw): (year, 100)."""
    quantiles = np.quantile(values, LEVELS, axis=1).T
    return np.column_stack([quantiles, values.mean(axis=1)])


def forecasts_csv(found: ModelForecast) -> str:
    """The forecasts as CSV in the order of regions, years and variables, four decimals."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    horizon = found.means[VARIABLES[0]].shape[1]
    for place, region in enumerate(found.regions):
        for step in range(horizon):
            for name in VARIABLES:
                values = (*found.quantiles[name][place, step], found.means[name][place, step])
                numbers = [f"{value:.4f}" for value in values]
                writer.writerow((region, found.origin, found.origin + step + 1, name, *numbers))
    return stream.getvalue()


def write_forecasts(path: Path, found: ModelForecast) -> None:
    """Write FORECASTS.csv under a temporary name, then give it its own: never half a file. UTF-8 with BOM."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_text(forecasts_csv(found), encoding="utf-8-sig", newline="")
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
