"""Models of the scenario file as written, for `yaml_source.validation`.

The allowed cells, indicators and years come in through the validation context (`ScenarioContext.as_mapping`).
Every rule is a validator of one field, so that several mistakes in one project are reported together.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from sim.errors import unknown_name
from sim.reading.source import StrictModel, WrongValue
from sim.scenario.parts import EARLIEST_YEAR, LATEST_HORIZON, Operator
from sim.scenario.paths import Years

LARGEST_AMOUNT = 100_000  # 亿元; above the GDP of any city
LARGEST_SIZE = 100  # percent
DELAY_TOLERANCE = 1e-6
FORBIDDEN_IN_NAMES = '/\\:*?"<>|'


@dataclass(frozen=True, slots=True)
class ScenarioContext:
    """What a scenario file may refer to."""

    cells: Sequence[str]
    indicators: Collection[str]
    years: Years

    def as_mapping(self) -> dict[str, Any]:
        """The context in the form pydantic hands to validators."""
        return {"scenario": self}


def _context(info: ValidationInfo) -> ScenarioContext:
    found: ScenarioContext = (info.context or {})["scenario"]
    return found


def _plain_name(name: str) -> str:
    """A name becomes part of a folder's name, so it must be one on Windows too."""
    bad = [letter for letter in name if letter in FORBIDDEN_IN_NAMES or not letter.isprintable()]
    if bad or name != name.strip() or name.startswith(".") or name.endswith("."):
        raise WrongValue(
            f"名称用作文件夹名，不能有 {FORBIDDEN_IN_NAMES}、换行，首尾不能有空格或点",
            f"the name names a folder: no {FORBIDDEN_IN_NAMES} or line break, no space or dot at its ends",
        )
    return name


def _identifier(name: str) -> str:
    if not all(letter.isalnum() or letter in "_.-" for letter in name):
        raise WrongValue("编号只能用文字、数字和 _ . -", "an id takes letters, digits and _ . - only")
    return name


def _fraction(value: float) -> float:
    """A share or probability; 80 is most likely meant as 80 %."""
    if 0 <= value <= 1:
        return value
    if 1 < value <= 100:
        raise WrongValue(
            f"应为 0 至 1 的小数，现为 {value:g}；若指 {value:g}%，请写 {value / 100:g}",
            f"must be a fraction from 0 to 1, got {value:g}; write {value / 100:g} for {value:g} %",
        )
    raise WrongValue(f"应为 0 至 1 的小数，现为 {value:g}", f"must be a fraction from 0 to 1, got {value:g}")


def _year_in_horizon(year: int, info: ValidationInfo) -> int:
    trouble = _context(info).years.trouble(year)
    if trouble is not None:
        raise WrongValue(trouble.zh, trouble.en)
    return year


def _size(value: float | list[float]) -> float | list[float]:
    ends = value if isinstance(value, list) else [value, value]
    if len(ends) != 2:
        raise WrongValue(
            f"区间应为两个数 [p5, p95]，现为 {len(ends)} 项",
            f"a range has two numbers [p5, p95], got {len(ends)}",
        )
    if ends[0] > ends[1]:
        raise WrongValue(
            f"p5 应不大于 p95，现为 [{ends[0]:g}, {ends[1]:g}]",
            f"p5 must not exceed p95, got [{ends[0]:g}, {ends[1]:g}]",
        )
    if max(abs(ends[0]), abs(ends[1])) > LARGEST_SIZE:
        raise WrongValue(
            f"应在 −{LARGEST_SIZE} 至 {LARGEST_SIZE}（%）之间",
            f"must lie between -{LARGEST_SIZE} and {LARGEST_SIZE} (%)",
        )
    return value


Name = Annotated[str, Field(min_length=1, max_length=60), AfterValidator(_plain_name)]
Identifier = Annotated[str, Field(min_length=1, max_length=60), AfterValidator(_identifier)]
Fraction = Annotated[float, AfterValidator(_fraction)]
YearInHorizon = Annotated[int, AfterValidator(_year_in_horizon)]
Amount = Annotated[float, Field(ge=0, le=LARGEST_AMOUNT)]
Size = Annotated[float | list[float], AfterValidator(_size)]


class ProjectEntry(StrictModel):
    """A project as written."""

    id: Identifier
    label: str | None = None
    label_en: str | None = None
    cell: str
    capex: Amount
    start: int = Field(ge=EARLIEST_YEAR, le=LATEST_HORIZON)
    commissioning: YearInHorizon
    value_added: Amount
    probability: Fraction = 1.0
    delay: list[Fraction] = Field(default=[1.0], min_length=1, max_length=11)
    additional: Fraction = 1.0

    @field_validator("cell")
    @classmethod
    def _known_cell(cls, cell: str, info: ValidationInfo) -> str:
        cells = _context(info).cells
        if cell not in cells:
            text = unknown_name(cell, cells)
            raise WrongValue(text.zh, text.en)
        return cell

    @field_validator("commissioning")
    @classmethod
    def _after_start(cls, commissioning: int, info: ValidationInfo) -> int:
        start = info.data.get("start")
        if start is not None and commissioning < start:
            raise WrongValue(
                f"投产年应不早于开工年 {start}，现为 {commissioning}",
                f"must not be before the start in {start}, got {commissioning}",
            )
        return commissioning

    @field_validator("delay")
    @classmethod
    def _delay_sums_to_one(cls, delay: list[float]) -> list[float]:
        if abs(sum(delay) - 1) > DELAY_TOLERANCE:
            raise WrongValue(
                f"各延期年数的概率之和应为 1，现为 {sum(delay):g}",
                f"the probabilities of 0, 1, … years must sum to 1, got {sum(delay):g}",
            )
        return delay


class EventEntry(StrictModel):
    """An event as written."""

    id: Identifier
    label: str | None = None
    label_en: str | None = None
    kind: Literal["world_trade", "demand", "investment"]
    year: YearInHorizon | None = None
    probability: Fraction | None = Field(default=None, validate_default=True)
    size: Size
    duration: int = Field(default=1, ge=1, le=5)

    @field_validator("probability")
    @classmethod
    def _year_or_probability(cls, probability: float | None, info: ValidationInfo) -> float | None:
        if "year" in info.data and (info.data["year"] is None) == (probability is None):
            raise WrongValue(
                "year（发生年份）与 probability（每年概率）应写且只写其一",
                "give either year or probability (a year), not both and not neither",
            )
        return probability


def _needs(name: str, operators: tuple[str, ...]) -> Any:
    """A validator: the field must be given for these operators."""

    def check(value: Any, info: ValidationInfo) -> Any:
        operator = info.data.get("operator")
        if value is None and operator in operators:
            raise WrongValue(f"operator 为“{operator}”时必须写 {name}", f'{name} is required for "{operator}"')
        return value

    return AfterValidator(check)


_WITH_VALUE = (">=", "<=", "about", "between", "cumulative", "change")


class TargetEntry(StrictModel):
    """A target as written."""

    id: Identifier
    indicator: str
    year: YearInHorizon
    operator: Operator
    value: Annotated[float | None, _needs("value", _WITH_VALUE)] = Field(default=None, validate_default=True)
    value_high: Annotated[float | None, _needs("value_high", ("between",))] = Field(default=None, validate_default=True)
    tolerance: float | None = Field(default=None, ge=0)
    margin: float | None = None
    benchmark: Annotated[str | None, _needs("benchmark", ("above",))] = Field(default=None, validate_default=True)
    label: str | None = None
    label_en: str | None = None
    note: str | None = None

    @field_validator("indicator")
    @classmethod
    def _known_indicator(cls, indicator: str, info: ValidationInfo) -> str:
        indicators = _context(info).indicators
        if indicator not in indicators:
            text = unknown_name(indicator, indicators)
            raise WrongValue(text.zh, text.en)
        return indicator

    @field_validator("value_high")
    @classmethod
    def _above_value(cls, high: float | None, info: ValidationInfo) -> float | None:
        low = info.data.get("value")
        if high is not None and low is not None and high < low:
            raise WrongValue(
                f"应不小于 value（{low:g}），现为 {high:g}", f"must be at least value ({low:g}), got {high:g}"
            )
        return high


class ScenarioFile(StrictModel):
    """A scenario file as written; `levers` and `world` are read by `scenario_paths`."""

    name: Name | None = None
    label: str | None = None
    label_en: str | None = None
    extends: str | list[str] | None = None
    question: str | None = None
    region: str | None = None
    horizon: int | None = None
    levers: dict[str | int, Any] | None = None
    world: dict[str | int, Any] | None = None
    projects: list[ProjectEntry] | None = None
    events: list[EventEntry] | None = None
    targets: list[TargetEntry] | None = None
