"""`run --budget`: the error budget of a run, made once and kept in its document."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import click

from sim.cli.run.budget import BUDGET_FILE
from sim.experiment.budget import Budget, Share, Shift, error_budget
from sim.experiment.plan import Plan
from sim.language import Text
from sim.output.store import DOCUMENT, finished


def made_budget(plan: Plan, lang: str, quiet: bool) -> Budget:
    """The error budget of the plan's one scenario, with a bar on standard error where somebody watches."""
    label = Text("误差分解", "error budget").pick(lang)
    hidden = quiet or not sys.stderr.isatty()
    with click.progressbar(length=plan.draws, label=label, file=sys.stderr, hidden=hidden) as bar:
        return error_budget(replace(plan, keep=False), progress=bar.update)


def kept_budget(folder: Path, key: str) -> Budget | None:
    """The budget that a finished folder of the same run holds."""
    if not finished(folder, key, [DOCUMENT, BUDGET_FILE]):
        return None
    return budget_of(json.loads((folder / DOCUMENT).read_text(encoding="utf-8"))["error_budget"])


def budget_record(budget: Budget) -> dict[str, Any]:
    """The field `error_budget` of a document: shares of variance and shifts of probabilities, 0-1 and unrounded."""
    return {
        "draws": budget.draws,
        "sources": list(budget.sources),
        "shares": [asdict(share) for share in budget.shares],
        "shifts": [asdict(shift) for shift in budget.shifts],
    }


def budget_of(record: Mapping[str, Any]) -> Budget:
    """The budget behind a record."""
    shares = tuple(Share(**row) for row in record["shares"])
    return Budget(record["draws"], tuple(record["sources"]), shares, tuple(Shift(**row) for row in record["shifts"]))
