"""How far a reported figure may be from what the model computes under the same name, beyond rounding and wording."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from sim.errors import InputError, unknown_name
from sim.language import Text
from sim.reading.source import read, validate


class ErrorLine(BaseModel):
    """One line of the file: a standard deviation in points of the indicator's unit, or in percent of the value."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    points: float | None = Field(default=None, gt=0.0)
    percent: float | None = Field(default=None, gt=0.0)
    grade: Literal["E", "L", "M", "J"]
    date: str
    source: str = Field(min_length=4)


class ErrorFile(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    default: ErrorLine
    default_percentage: ErrorLine
    errors: dict[str, ErrorLine]


@dataclass(frozen=True, slots=True)
class ReportingErrors:
    """Reporting errors by indicator."""

    lines: Mapping[str, ErrorLine]
    level: ErrorLine
    percentage: ErrorLine

    def deviation(self, indicator: str, value: float, unit: str) -> float:
        """Standard deviation in the unit of the value."""
        line = self.lines.get(indicator, self.percentage if unit == "%" else self.level)
        if line.points is not None:
            return line.points
        assert line.percent is not None
        return abs(value) * line.percent / 100.0


def read_reporting_errors(path: Path, indicators: Collection[str]) -> ReportingErrors:
    """Read the file; raises InputError with every unknown indicator and every line without one measure."""
    source = read(path)
    file = validate(source, ErrorFile)
    problems = [
        source.problem(("errors", name), unknown_name(name, indicators))
        for name in file.errors
        if name not in indicators
    ]
    lines: list[tuple[tuple[str, ...], ErrorLine]] = [(("errors", name), line) for name, line in file.errors.items()]
    lines += [(("default",), file.default), (("default_percentage",), file.default_percentage)]
    for keys, line in lines:
        if (line.points is None) == (line.percent is None):
            text = Text("points 与 percent 必须恰好写一个", "exactly one of points and percent is needed")
            problems.append(source.problem(keys, text))
    if problems:
        raise InputError(problems)
    return ReportingErrors(file.errors, file.default, file.default_percentage)
