"""What past forecasts say of the model's own error: `calibration/model_error.yaml`, read and checked.

For each grade of evidence the file says how far priors may defensibly lie elsewhere, for each family of indicators
how far past forecasts were off in units of their own spread, and on which record that rests.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from sim.errors import InputError, Problem, unknown_name
from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.reading.source import Keys, StrictModel, WrongValue, YamlSource, read_tolerant, validation

#: Name of the file in the calibration folder.
MODEL_ERROR = "model_error.yaml"
#: Grades of priors, as `sim.parameters.priors` knows them.
PRIOR_GRADES = ("E", "L", "M", "J")
#: What record the forecasts of an indicator have, and the words shown beside a probability.
GRADES: Mapping[str, Text] = {
    "A": Text("已回测、优于对照", "back-tested, better than the rivals"),
    "B": Text("已回测、与对照相当", "back-tested, level with the rivals"),
    "C": Text("已回测、不及对照", "back-tested, worse than a rival"),
    "none": Text("未经回测", "not back-tested"),
}


def _month(date: str) -> str:
    """A year and month."""
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", date):
        raise WrongValue(f"日期应写作 2020-12，现为 {date}", f"a date is 2020-12, not {date}")
    return date


Reason = Annotated[str, Field(min_length=4)]


class PriorLine(StrictModel):
    """How far a prior of one grade may defensibly be off."""

    centre: float = Field(ge=0.0, le=3.0)
    spread: float = Field(ge=0.0, le=1.5)
    source: Reason


class ErrorLine(StrictModel):
    """Error of a family's forecasts up to so many years ahead."""

    up_to: int = Field(ge=1, le=100)
    bias: float = Field(ge=0.0, le=3.0)
    scale_low: float = Field(gt=0.0, le=1.0)
    scale_high: float = Field(ge=1.0, le=5.0)
    grade: Literal["A", "B", "C", "none"]
    basis: Literal["hindcast", "judgement"]
    n: int | None = Field(ge=1)
    effective_years: float | None = Field(gt=0.0)
    date: Annotated[str, AfterValidator(_month)]
    source: Reason


class FamilyLine(StrictModel):
    """Indicators whose forecasts share a record."""

    label: str = Field(min_length=1)
    label_en: str = Field(min_length=1)
    indicators: list[str] = Field(min_length=1)
    horizons: list[ErrorLine] = Field(min_length=1)


class ErrorFile(StrictModel):
    """The whole file."""

    priors: dict[str, PriorLine]
    families: dict[str, FamilyLine] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class PriorError:
    """centre : shift of a prior's centre in its own s.d.; spread : log factor of its s.d.; both one s.d. of belief."""

    centre: float
    spread: float


@dataclass(frozen=True, slots=True)
class Allowance:
    """Error of forecasts up to `up_to` years ahead: bias in predictive s.d., factors on the predictive s.d."""

    up_to: int
    bias: float
    scale_low: float
    scale_high: float
    grade: str
    basis: str
    origin: str


@dataclass(frozen=True, slots=True)
class ModelError:
    """Everything the file says: by grade of a prior, and by indicator, nearest horizon first."""

    priors: Mapping[str, PriorError]
    families: Mapping[str, tuple[Allowance, ...]]  # indicator -> lines of its family

    def allowance(self, indicator: str, years_ahead: int) -> Allowance:
        """The line for a forecast so many years ahead: the first that reaches it, else the last."""
        lines = self.families[indicator]
        return next((line for line in lines if line.up_to >= years_ahead), lines[-1])


def read_model_error(path: Path) -> ModelError:
    """Read and check the file; raises InputError with every mistake and its place."""
    source = read_tolerant(path)
    file, found = validation(source, ErrorFile)
    problems = [*source.problems, *found]
    if file is not None:
        problems += [*_grades(source, file), *_members(source, file), *_horizons(source, file)]
    if file is None or problems:
        raise InputError(problems)
    priors = {grade: PriorError(line.centre, line.spread) for grade, line in file.priors.items()}
    families: dict[str, tuple[Allowance, ...]] = {}
    for name, family in file.families.items():
        rows = [source.position(("families", name, "horizons", i))[0] for i in range(len(family.horizons))]
        lines = tuple(
            _allowance(line, f"{source.shown}:{row}") for line, row in zip(family.horizons, rows, strict=True)
        )
        families |= dict.fromkeys(family.indicators, lines)
    return ModelError(priors, families)


def _allowance(line: ErrorLine, origin: str) -> Allowance:
    return Allowance(line.up_to, line.bias, line.scale_low, line.scale_high, line.grade, line.basis, origin)


def _grades(source: YamlSource, file: ErrorFile) -> list[Problem]:
    """Grades of priors that are unknown or missing."""
    out = [
        source.problem(("priors", grade), unknown_name(grade, PRIOR_GRADES), at_key=True)
        for grade in file.priors
        if grade not in PRIOR_GRADES
    ]
    missing = [grade for grade in PRIOR_GRADES if grade not in file.priors]
    if missing:
        out.append(source.problem(("priors",), _missing(missing)))
    return out


def _members(source: YamlSource, file: ErrorFile) -> list[Problem]:
    """Indicators that are unknown, not modelled, in two families or in none."""
    modelled = [name for name, item in INDICATORS.items() if item.compute is not None]
    out: list[Problem] = []
    family_of: dict[str, str] = {}
    for family, line in file.families.items():
        for i, name in enumerate(line.indicators):
            keys: Keys = ("families", family, "indicators", i)
            if name not in modelled:
                out.append(source.problem(keys, unknown_name(name, modelled)))
            elif name in family_of:
                first = family_of[name]
                text = Text(f"{name} 已列入 {first}，每个指标只属于一类", f"{name} is in {first} already: one each")
                out.append(source.problem(keys, text))
            family_of.setdefault(name, family)
    missing = [name for name in modelled if name not in family_of]
    return out + ([source.problem(("families",), _missing(missing))] if missing else [])


def _horizons(source: YamlSource, file: ErrorFile) -> list[Problem]:
    """Lines out of order, and records that do not go with their basis."""
    out = []
    for family, member in file.families.items():
        before = 0
        for i, line in enumerate(member.horizons):
            keys: Keys = ("families", family, "horizons", i)
            if line.up_to <= before:
                text = Text(f"年数应大于上一行的 {before}", f"the years must exceed {before} of the line before")
                out.append(source.problem((*keys, "up_to"), text))
            before = max(before, line.up_to)
            tested = line.basis == "hindcast"
            if {line.n is not None, line.effective_years is not None} != {tested}:
                text = Text(
                    "basis 为 hindcast 时须写明 n 和 effective_years，为 judgement 时两者应为 null",
                    "hindcast needs n and effective_years, judgement has null for both",
                )
                out.append(source.problem((*keys, "basis"), text))
            if tested == (line.grade == "none"):
                text = Text(
                    "basis 为 hindcast 时 grade 应为 A、B、C 之一，为 judgement 时应为 none",
                    "the grade of a hindcast is A, B or C, that of a judgement none",
                )
                out.append(source.problem((*keys, "grade"), text))
    return out


def _missing(names: list[str]) -> Text:
    return Text(f"缺少：{'、'.join(names)}", f"missing: {', '.join(names)}")
