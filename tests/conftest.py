"""Settings of every test: no silent numerical error, no window, repeatable property tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

os.environ["MPLBACKEND"] = "Agg"
os.environ.pop("COLUMNS", None)  # pytest-xdist sets 80: pages are tested as they are piped

import numpy as np
import pytest
from hypothesis import HealthCheck, settings

from sim.region.pack import Pack
from sim.region.reading import read_pack

# The same examples on every machine and no limit of time: a test fails for what it found, never for speed.
settings.register_profile(
    "repeatable",
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("repeatable")

PROJECT = Path(__file__).resolve().parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the golden files with what is computed now")


@pytest.fixture(autouse=True)
def numerical_errors_raise() -> Iterator[None]:
    """Division by zero, overflow and invalid operations are failures in tests."""
    with np.errstate(all="raise"):
        yield


@pytest.fixture(scope="session")
def project() -> Path:
    """The folder of the checkout."""
    return PROJECT


@pytest.fixture(scope="session")
def city() -> Pack:
    """The pack of a city that holds a district."""
    return read_pack(PROJECT / "calibration", "qingdao")


@pytest.fixture(scope="session")
def district() -> Pack:
    """The pack of its district."""
    return read_pack(PROJECT / "calibration", "west_coast")


@pytest.fixture(scope="session")
def update_golden(request: pytest.FixtureRequest) -> bool:
    """True when golden files are to be rewritten."""
    return bool(request.config.getoption("--update-golden"))
