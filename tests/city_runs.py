"""A scenario for a city, and its parts, for the tests of cities."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sim.aggregation import Combined
from sim.experiment.simulation import Path as Run
from sim.language import Text
from sim.scenario.parts import AssumptionPath, Project, Scenario

PROJECT = Path(__file__).resolve().parents[1]
CALIBRATION = PROJECT / "calibration"
HORIZON = 2027
YEARS = tuple(range(2021, HORIZON + 1))
SAME = 1e-9


def scenario(levers: dict[str, float] | None = None, projects: tuple[Project, ...] = ()) -> Scenario:
    paths = {
        name: AssumptionPath(name, YEARS, (value,) * len(YEARS), (value,) * len(YEARS))
        for name, value in (levers or {}).items()
    }
    return Scenario("s", Text("", ""), "", None, HORIZON, paths, {}, projects, (), (), {}, ())


def parts_of(run: Run, t: int) -> tuple[Any, Any]:
    """Accounts of the rest and of the district in year t of a city's run."""
    accounts = run.states[t]
    assert isinstance(accounts, Combined)
    rest, own = accounts.parts
    return rest, own
