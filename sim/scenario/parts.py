"""The parts of a validated scenario: frozen values in the units planners write (percent, 亿元, years)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sim.language import Text
from sim.scenario.distributions import Distribution

DEFAULT_HORIZON = 2035
LATEST_HORIZON = 2060
EARLIEST_YEAR = 1990

#: How an indicator is held against its target.
Operator = Literal[">=", "<=", "about", "between", "cumulative", "above", "in_step", "change", "direction", "assigned"]


@dataclass(frozen=True, slots=True)
class AssumptionPath:
    """A lever or a world assumption over the years base_year + 1 .. horizon.

    `low` and `high` are the 5th and 95th percentiles in the unit of the lever (equal for a single
    number). None stands where the default applies: 0 for a lever, the calibrated path for a world
    assumption. `shapes` is empty, or holds the named distribution of each year, None where the value is a
    number or the normal one of its percentiles.
    """

    id: str
    years: tuple[int, ...]
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]
    shapes: tuple[Distribution | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Project:
    """A named project. `capex` [亿元] is spent from `start` to `commissioning`, years up to the base year
    included; `value_added` [亿元 a year] is that of full output. `delay` holds the probabilities of 0, 1,
    2, ... years of delay. `additional` is the share (0-1) that the calibrated trend does not contain
    already.
    """

    id: str
    label: Text
    cell: str
    capex: float
    start: int
    commissioning: int
    value_added: float
    probability: float
    delay: tuple[float, ...]
    additional: float


@dataclass(frozen=True, slots=True)
class Event:
    """A disturbance of `size_low`..`size_high` percent (5th to 95th percentile) for `duration` years,
    either in a given `year` or with a `probability` (0-1) each year; the other of the two is None.
    """

    id: str
    label: Text
    kind: str
    year: int | None
    probability: float | None
    size_low: float
    size_high: float
    duration: int


@dataclass(frozen=True, slots=True)
class ScenarioTarget:
    """A target that is added to those of the region pack, or replaces the one with the same id.

    `value`, `value_high`, `tolerance` and `margin` are in the unit of the indicator.
    """

    id: str
    indicator: str
    year: int
    operator: Operator
    value: float | None
    value_high: float | None
    tolerance: float | None
    margin: float | None
    benchmark: str | None
    label: Text
    note: str | None


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence a scenario rests on: `quote` stands on `line` (from 1) of a document, named by its id or file stem."""

    document: str
    line: int
    quote: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario with its inheritance resolved.

    `origins` maps a key such as "levers.investment_growth" or "projects.refinery" to "file:line" (or
    "default", "--horizon"); `files` holds the name and SHA-256 of every file read, the scenario itself
    first. Names of files outside the working folder are given without their folder, so that no private
    path travels with a result. `asked_by` (who would ask the question) and `rests_on` change no number.
    """

    name: str
    label: Text
    question: str
    region: str | None
    horizon: int
    levers: Mapping[str, AssumptionPath]
    world: Mapping[str, AssumptionPath]
    projects: tuple[Project, ...]
    events: tuple[Event, ...]
    targets: tuple[ScenarioTarget, ...]
    origins: Mapping[str, str]
    files: tuple[tuple[str, str], ...]
    asked_by: str = ""
    rests_on: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class ScenarioListing:
    """One file of the scenario folder: the name to type, its label, and whether it could be read."""

    name: str
    label: Text
    question: str
    readable: bool
