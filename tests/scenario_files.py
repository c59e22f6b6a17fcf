"""How tests write scenario files into a project of their own, and load them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sim.scenario.load import Scenario, load_scenario

CELLS = ("fishery", "manufacturing_marine", "services_other")
INDICATORS = {"gdp", "gdp_growth", "marine_share"}


def enter_project(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a project with an empty scenario folder below `folder` and go there until the test ends."""
    project = folder / "project"
    (project / "scenarios").mkdir(parents=True)
    monkeypatch.chdir(project)


def write(name: str, text: str) -> Path:
    path = Path(name)
    path.write_text(text, encoding="utf-8")
    return path


def load(reference: str, horizon: int | None = None, **other: Any) -> Scenario:
    """The scenario of that name or path, in a district of three cells and three indicators."""
    given_values: dict[str, Any] = {
        "folder": Path("scenarios"),
        "base_year": 2020,
        "cells": CELLS,
        "indicators": INDICATORS,
        "region": "west_coast",
    }
    return load_scenario(reference, horizon=horizon, **(given_values | other))


def scenario(text: str, horizon: int | None = None) -> Scenario:
    """The scenario that a file with this text holds."""
    write("scenarios/test.yaml", text)
    return load("test", horizon)
