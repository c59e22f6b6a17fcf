"""The numbers of a result that a revision explains: probabilities of targets, headline indicators."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.experiment.results import ScenarioResult
from sim.output.document import MILESTONES, QUANTILE_NAMES
from sim.output.outlook import HEADLINES
from sim.randomness import Array

MEAN, MEDIAN = "mean", "p50"
#: From the 5 %-95 % range to a standard deviation, and from the error of a mean to that of a median, both of a normal.
_RANGE_IN_SD = 2.0 * 1.6448536269514722
_MEDIAN_TO_MEAN = math.sqrt(math.pi / 2.0)

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number of a result: `kind` is "target" or "indicator", `statistic` "probability", "mean" or "p50"."""

    kind: str
    id: str
    year: int
    statistic: str


def common_quantities(old: Document, new: Document) -> tuple[Quantity, ...]:
    """The numbers that both documents have: targets by id and year, then indicators of the milestone years."""
    evaluated = [{(t["id"], t["year"]) for t in d["targets"] if t["status"] == "evaluated"} for d in (old, new)]
    targets = [
        Quantity("target", t["id"], t["year"], "probability")
        for t in new["targets"]
        if all((t["id"], t["year"]) in ids for ids in evaluated)
    ]
    wanted = dict.fromkeys((*HEADLINES, *(t["indicator"] for t in new["targets"])))
    known = [{(r["indicator"], r["year"]) for r in d["indicators"] if r[MEDIAN] is not None} for d in (old, new)]
    since = max(old["as_of"], new["as_of"], new["base_year"])
    indicators = [
        Quantity("indicator", name, year, statistic)
        for name in wanted
        for year in MILESTONES
        if year > since and all((name, year) in pairs for pairs in known)
        for statistic in (MEDIAN, MEAN)
    ]
    return (*targets, *indicators)


def stored_values(document: Document, quantities: Sequence[Quantity]) -> Array:
    """The numbers as a document holds them, (quantity,)."""
    targets = {(t["id"], t["year"]): t["probability"] for t in document["targets"]}
    indicators = {(r["indicator"], r["year"]): r for r in document["indicators"]}
    return np.array([
        targets[q.id, q.year] if q.kind == "target" else indicators[q.id, q.year][q.statistic] for q in quantities
    ], dtype=np.float64)  # fmt: skip


def computed_values(result: ScenarioResult, quantities: Sequence[Quantity]) -> Array:
    """The same numbers of a run, (quantity,); NaN for those it does not have."""
    targets = {(t.target.id, t.target.year): t.probability for t in result.targets}
    return np.array([_of_run(result, targets, quantity) for quantity in quantities], dtype=np.float64)


def _of_run(result: ScenarioResult, targets: Mapping[tuple[str, int], float | None], quantity: Quantity) -> float:
    if quantity.kind == "target":
        found = targets.get((quantity.id, quantity.year))
        return math.nan if found is None else found
    if quantity.id not in result.indicators or quantity.year not in result.years:
        return math.nan
    if quantity.statistic == MEAN:
        return float(result.means[result.indicators.index(quantity.id), result.years.index(quantity.year)])
    level = next(level for level, name in QUANTILE_NAMES.items() if name == quantity.statistic)
    return result.quantile(quantity.id, quantity.year, level)


def standard_errors(document: Document, quantities: Sequence[Quantity]) -> Array:
    """Monte Carlo errors of the stored numbers, (quantity,): of indicators from their range, as if it were normal."""
    targets = {(t["id"], t["year"]): t["standard_error"] for t in document["targets"]}
    indicators = {(r["indicator"], r["year"]): r for r in document["indicators"]}
    draws = document["independent_draws"]
    out = []
    for quantity in quantities:
        if quantity.kind == "target":
            out.append(targets[quantity.id, quantity.year] or 0.0)
            continue
        record = indicators[quantity.id, quantity.year]
        error = (record["p95"] - record["p05"]) / _RANGE_IN_SD / math.sqrt(draws)
        out.append(error * (_MEDIAN_TO_MEAN if quantity.statistic == MEDIAN else 1.0))
    return np.array(out)
