"""Posteriors made by hand, one direction each, so that every moved number is known beforehand."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.cli.calibrate import command as calibrate
from sim.cli.check import residuals as check_residuals
from sim.conditioning import service
from sim.conditioning.files import file_name
from sim.conditioning.problem import Problem, unknowns
from sim.conditioning.service import checked
from sim.posterior.posterior import Component, Posterior
from sim.posterior.scores import Score
from sim.posterior.store import write_posterior
from sim.randomness import BLOCK, Draws
from sim.region.pack import Pack

#: Score that the hand-made posterior moves by one s.d. and narrows to nothing, and the fact that is said to do it.
MOVED = Score("parameters", "west_coast.potential_growth_first_year", 0)
FACT = "west_coast.gdp_growth.2022"
YEAR = 2023


def facts_of(problem: Problem, far: dict[str, float], expected: dict[str, float]) -> list[dict[str, Any]]:
    """Lines of a record: nothing left but in `far` (errors), as expected but in `expected` (spreads of 2 errors)."""
    return [
        {"id": name, "value": float(value), "error": float(error), "spread": 2.0 * float(error),
         "expected": float(value - 2.0 * error * expected.get(name, 0.0)), "residual": far.get(name, 0.0)}
        for name, value, error in zip(problem.ids, problem.observed, problem.error, strict=True)
        if name not in problem.terms
    ]  # fmt: skip


def by_hand(
    problem: Problem, far: dict[str, float] | None = None, expected: dict[str, float] | None = None
) -> Posterior:
    """A posterior in which the score MOVED is 1.0 for every member and nothing else differs from the prior."""
    scores = unknowns(problem)
    place = scores.index(MOVED)
    direction = np.zeros((len(scores), 1))
    direction[place] = 1.0
    moves = np.round(
        1.0 - Draws(1, 0, frozenset(("parameters",))).normal(MOVED.source, MOVED.stream), 3
    )  # no float16 is too small
    component = Component("", 1.0, (), direction, np.arange(BLOCK), moves)
    hypothesis = {"name": "", "prior": 0.9, "weight": 1.0, "effective": 0.8, "pareto_k": 0.1, "kind": "draws",
                  "kept_back": 2.5, "log_evidence": -1.0}  # fmt: skip
    movement = {"source": MOVED.source, "stream": MOVED.stream, "row": 0, "mean": 1.0, "sd": 0.0,
                "facts": [[FACT, 0.9], ["qingdao.gdp.2023", -0.1]]}  # fmt: skip
    record = {"hypotheses": [hypothesis], "unsolved": 0.0, "directions": 1, "halved": 1, "movements": [movement],
              "facts": facts_of(problem, far or {}, expected or {}),
              "checked": checked(problem, scores).tolist()}  # fmt: skip
    return Posterior(YEAR, "key", 1, BLOCK, scores, (component,), problem.ids, record)


def prepared(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Results go to an empty folder, no posterior comes with the program, and no figure is drawn."""
    monkeypatch.setattr(calibrate, "write_calibration_figure", lambda *arguments: False)
    for module in (calibrate, check_residuals):
        monkeypatch.setattr(module, "results_folder", lambda: folder)
    for module in (service, calibrate, check_residuals):
        monkeypatch.setattr(module, "committed_file", lambda pack, as_of: folder / "none.npz")
    return folder


def placed(place: Path, district: Pack, posterior: Posterior) -> Path:
    path = place / "posterior" / file_name(district, YEAR)
    write_posterior(path, posterior)
    return path


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))
