"""Models of the scenario file as written, for `sim.reading.source.validation`.

The allowed cells, indicators and years come in through the validation context (`ScenarioContext.as_mapping`).
Every rule is a validator of one field, so that several mistakes in one project are reported together.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, field_validator

from sim.errors import nearest
from sim.language import Text
from sim.levers.catalogue import LEVERS, WORLD
from sim.reading.source import StrictModel, WrongValue
from sim.scenario.fields import (
    DELAY_TOLERANCE,
    FORBIDDEN_IN_NAMES,
    Amount,
    Fraction,
    Identifier,
    Name,
    ScenarioContext,
    Shares,
    Size,
    WrittenOperator,
    YearInHorizon,
    context_of,
)
from sim.scenario.parts import EARLIEST_YEAR, LATEST_HORIZON
from sim.scenario.words import EVENT, KINDS, PROJECT, SCENARIO, STATEMENT, TARGET, Words

__all__ = ["ENTRIES", "FORBIDDEN_IN_NAMES", "EventEntry", "Name", "ProjectEntry", "ScenarioContext", "ScenarioFile",
           "StatementEntry", "TargetEntry"]  # fmt: skip


def _labelled(words: Mapping[str, Words], written: str) -> Text | None:
    """The key that has this Chinese name."""
    name = next((key for key, each in words.items() if each.label.zh == written), None)
    return None if name is None else Text(f"请写英文键名 {name}", f"write the key {name}")


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
    delay: Shares = Field(default=[1.0], min_length=1, max_length=11)
    additional: Fraction = 1.0

    @field_validator("cell")
    @classmethod
    def _known_cell(cls, cell: str, info: ValidationInfo) -> str:
        cells = context_of(info).cells
        if cell not in cells:
            text = context_of(info).named(cell, cells)
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

    @classmethod
    def unknown_key(cls, written: str) -> Text | None:
        """The key whose Chinese name was written."""
        return _labelled(PROJECT, written)


def _kind(value: Any) -> Any:
    """The Chinese name of a kind, or another word, named with what there is."""
    if not isinstance(value, str) or value in KINDS:
        return value
    meant = next((id for id, text in KINDS.items() if value and value in text.zh), None) or nearest(value, KINDS)
    if meant is not None:
        raise WrongValue(
            f"未知的种类“{value}”，您是否想写“{meant}”？", f'unknown kind "{value}", did you mean "{meant}"?'
        )
    listed = "、".join(f"{id}（{text.zh}）" for id, text in KINDS.items()), ", ".join(KINDS)
    raise WrongValue(f"未知的种类“{value}”；可用：{listed[0]}", f'unknown kind "{value}"; available: {listed[1]}')


class EventEntry(StrictModel):
    """An event as written."""

    id: Identifier
    label: str | None = None
    label_en: str | None = None
    kind: Annotated[Literal["world_trade", "demand", "investment"], BeforeValidator(_kind)]
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

    @classmethod
    def unknown_key(cls, written: str) -> Text | None:
        """The key whose Chinese name was written."""
        return _labelled(EVENT, written)


def _needs(name: str, operators: tuple[str, ...]) -> Any:
    """A validator: the field must be given for these operators."""

    def check(value: Any, info: ValidationInfo) -> Any:
        operator = info.data.get("operator")
        if value is None and operator in operators:
            raise WrongValue(f"operator 为“{operator}”时必须写 {name}", f'{name} is required for "{operator}"')
        return value

    return AfterValidator(check)


#: A key of a target and the operators that use it.
_USED_BY: Mapping[str, tuple[str, ...]] = {
    "value": (">=", "<=", "about", "between", "cumulative", "change", "assigned"),
    "value_high": ("between",),
    "tolerance": ("about", "in_step"),
    "margin": ("above", "in_step"),
    "benchmark": ("above", "in_step"),
}
_WITH_VALUE = (">=", "<=", "about", "between", "cumulative", "change")


class TargetEntry(StrictModel):
    """A target as written."""

    id: Identifier
    indicator: str
    year: YearInHorizon
    operator: WrittenOperator
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
        indicators = context_of(info).indicators
        if indicator not in indicators:
            text = context_of(info).named(indicator, indicators)
            raise WrongValue(text.zh, text.en)
        return indicator

    @field_validator(*_USED_BY)
    @classmethod
    def _has_an_effect(cls, value: Any, info: ValidationInfo) -> Any:
        """A key that the operator does not look at would be without effect."""
        operator, name = info.data.get("operator"), info.field_name or ""
        if value is None or operator is None or operator in _USED_BY[name]:
            return value
        users = _USED_BY[name]
        raise WrongValue(
            f"operator 为“{operator}”时 {name} 不起作用：请删去，或把 operator 改为 {' 或 '.join(users)}",
            f'{name} has no effect with "{operator}": take it out, or make operator {" or ".join(users)}',
        )

    @field_validator("value", "value_high")
    @classmethod
    def _possible(cls, value: float | None, info: ValidationInfo) -> float | None:
        indicator = info.data.get("indicator")
        if value is None or indicator is None or info.data.get("operator") in (None, "change"):
            return value
        trouble = context_of(info).rules.impossible(value, indicator)
        if trouble is not None:
            raise WrongValue(trouble.zh, trouble.en)
        return value

    @field_validator("benchmark")
    @classmethod
    def _known_benchmark(cls, benchmark: str | None, info: ValidationInfo) -> str | None:
        operator = info.data.get("operator")
        trouble = (
            None if benchmark is None or operator is None else context_of(info).rules.benchmark(operator, benchmark)
        )
        if trouble is not None:
            raise WrongValue(trouble.zh, trouble.en)
        return benchmark

    @field_validator("value_high")
    @classmethod
    def _above_value(cls, high: float | None, info: ValidationInfo) -> float | None:
        low = info.data.get("value")
        if high is not None and low is not None and high < low:
            raise WrongValue(
                f"应不小于 value（{low:g}），现为 {high:g}", f"must be at least value ({low:g}), got {high:g}"
            )
        return high

    @classmethod
    def unknown_key(cls, written: str) -> Text | None:
        """The key whose Chinese name was written."""
        return _labelled(TARGET, written)


class StatementEntry(StrictModel):
    """A statement a scenario rests on, as written."""

    document: str = Field(min_length=1)
    line: int = Field(ge=1)
    quote: str = Field(min_length=1)
    note: str | None = None

    @classmethod
    def unknown_key(cls, written: str) -> Text | None:
        """The key whose Chinese name was written."""
        return _labelled(STATEMENT, written)


_SHORT = {"levers": Words(Text("杠杆", "lever"), Text("", ""))}


class ScenarioFile(StrictModel):
    """A scenario file as written; `levers` and `world` are read by `scenario_paths`."""

    name: Name | None = None
    label: str | None = None
    label_en: str | None = None
    extends: str | list[str] | None = None
    question: str | None = None
    asked_by: str | None = None
    rests_on: list[StatementEntry] | None = None
    region: str | None = None
    horizon: int | None = None
    levers: dict[str | int, Any] | None = None
    world: dict[str | int, Any] | None = None
    projects: list[ProjectEntry] | None = None
    events: list[EventEntry] | None = None
    targets: list[TargetEntry] | None = None

    @classmethod
    def unknown_key(cls, written: str) -> Text | None:
        """A lever or assumption outside its section, or the Chinese name of a key."""
        section = "levers" if written in LEVERS else "world" if written in WORLD else None
        if section is not None:
            return Text(f"应写在 {section}: 之下，缩进两格", f"it belongs under {section}:, indented by two spaces")
        for name, entries in (("levers", LEVERS), ("world", WORLD)):
            if written.startswith(f"{name}.") and written.partition(".")[2] in entries:
                inner = written.partition(".")[2]
                return Text(f"请写成两行：{name}: 下一行缩进两格写 {inner}: 值",
                            f"write two lines: {name}: and below it, indented, {inner}: value")  # fmt: skip
        return _labelled(SCENARIO, written) or _labelled(_SHORT, written)


#: Section of a scenario file -> the model of its items.
ENTRIES: Mapping[str, type[StrictModel]] = MappingProxyType(
    {"rests_on": StatementEntry, "projects": ProjectEntry, "events": EventEntry, "targets": TargetEntry}
)
