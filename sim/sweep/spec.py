"""Sweep files as written: their keys and types. What the axes may be and what a design needs is checked elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from sim.errors import InputError, Problem, unknown_name
from sim.language import Text
from sim.reading.source import StrictModel, WrongValue
from sim.scenario.entries import label_of
from sim.scenario.files import scenario_names
from sim.scenario.schema import Name

MOST_DRAWS = 10_000_000
LARGEST_SEED = 2**63 - 1
DEFAULT_DRAWS, DEFAULT_SEED = 20_000, 1


def _not_empty(items: list[str] | None) -> list[str] | None:
    if items is not None and not items:
        raise WrongValue("没有任何目标；要全部目标就不写 targets", "no target; leave targets out for all")
    return items


def _switch(value: Any) -> Any:
    """A project in or out; what else may not be switched is told by the axis."""
    return float(value) if isinstance(value, bool) else value


Number = Annotated[float, BeforeValidator(_switch)]


class AxisEntry(StrictModel):
    """An axis as written; what its numbers may be is checked by `design_reading`."""

    values: list[Number] | None = None
    start: float | None = Field(default=None, alias="from")
    end: float | None = Field(default=None, alias="to")
    steps: int | None = Field(default=None, ge=2)


class DesignEntry(StrictModel):
    """A design as written."""

    design: Literal["grid", "list", "one_at_a_time", "latin_hypercube", "sobol"] | None = None
    axes: dict[str, AxisEntry] | None = None
    points: list[dict[str, Number]] | None = None
    size: int | None = Field(default=None, ge=2)
    design_seed: int | None = Field(default=None, ge=0, le=LARGEST_SEED)


class SweepFile(DesignEntry):
    """A sweep file as written: one design, or several that are crossed."""

    name: Name
    label: str | None = None
    label_en: str | None = None
    question: str | None = None
    scenario: str = "baseline"
    draws: int = Field(default=DEFAULT_DRAWS, ge=1, le=MOST_DRAWS)
    seed: int = Field(default=DEFAULT_SEED, ge=0, le=LARGEST_SEED)
    targets: Annotated[list[str] | None, AfterValidator(_not_empty)] = None
    indicators: list[str] | None = None
    years: list[int] | None = None
    cross: list[DesignEntry] | None = None


def locate_sweep(reference: str, folder: Path) -> Path:
    """The file of a sweep a person asked for: a name in `folder`, or a path to anywhere."""
    names = scenario_names(folder)
    path = Path(reference)
    if reference in names:
        return names[reference]
    if "/" in reference or "\\" in reference or path.suffix in (".yaml", ".yml") or path.exists():
        return path  # reading it says what is wrong with it
    raise InputError(Problem(None, None, None, "SPEC", unknown_name(reference, names)))


def sweep_label(file: SweepFile) -> Text:
    """The label in both languages; the name stands in for a missing one."""
    return label_of(file.label, file.label_en, file.name)
