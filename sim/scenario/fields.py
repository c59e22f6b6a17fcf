"""The kinds of values in a scenario file, each with its rule, and what a file may refer to.

The allowed cells, indicators and years come in through the validation context (`ScenarioContext.as_mapping`).
Every rule is a validator of one field, so that several mistakes in one project are reported together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo

from sim.language import Text
from sim.reading.messages import describe
from sim.reading.source import WrongValue
from sim.scenario.naming import id_of_label, told_unknown
from sim.scenario.parts import EARLIEST_YEAR, LATEST_HORIZON, Operator
from sim.scenario.paths import Years

LARGEST_AMOUNT = 100_000  # 亿元; above the GDP of any city
AMOUNTS_IN = "亿元"
LARGEST_SIZE = 100  # percent
DELAY_TOLERANCE = 1e-6
FORBIDDEN_IN_NAMES = '/\\:*?"<>|'


def _nothing_wrong(*_: Any) -> Text | None:
    return None


@dataclass(frozen=True, slots=True)
class TargetRules:
    """What a region says of the targets of a scenario; each rule gives the trouble, or None.

    impossible : of (value, indicator), why the indicator can never have it.
    benchmark : of (operator, benchmark), why nothing can be held against it.
    """

    impossible: Callable[[float, str], Text | None] = _nothing_wrong
    benchmark: Callable[[str, str], Text | None] = _nothing_wrong


@dataclass(frozen=True, slots=True)
class ScenarioContext:
    """What a scenario file may refer to; `labels` leads from Chinese names to ids."""

    cells: Sequence[str]
    indicators: Collection[str]
    years: Years
    labels: Mapping[str, str] = field(default_factory=dict)
    rules: TargetRules = field(default_factory=TargetRules)

    def named(self, name: str, allowed: Collection[str]) -> Text:
        """What to say of a cell or indicator that does not exist: its id where its label was written."""
        labels = {zh: id for zh, id in self.labels.items() if id in allowed}
        return id_of_label(name, labels) or told_unknown(name, allowed, labels)

    def as_mapping(self) -> dict[str, Any]:
        """The context in the form pydantic hands to validators."""
        return {"scenario": self}


def context_of(info: ValidationInfo) -> ScenarioContext:
    """The context handed to `sim.reading.source.validation`."""
    found: ScenarioContext = (info.context or {})["scenario"]
    return found


def _plain_name(name: str) -> str:
    """A name becomes part of a folder's name, so it must be one on Windows too."""
    bad = [letter for letter in name if letter in FORBIDDEN_IN_NAMES or not letter.isprintable()]
    if bad or name != name.strip() or name.startswith(".") or name.endswith("."):
        plain = "".join("_" if letter in bad else letter for letter in name).strip(" .") or "scenario"
        raise WrongValue(
            f"名称用作文件夹名，不能有 {FORBIDDEN_IN_NAMES}、换行，首尾不能有空格或点；如 {plain}",
            f"the name names a folder: no {FORBIDDEN_IN_NAMES} or line break, no space or dot at its ends; as {plain}",
        )
    return name


def _identifier(name: str) -> str:
    if all(letter.isalnum() or letter in "_.-" for letter in name):
        return name
    fixed = re.sub(r"[^\w.-]+", "_", name).strip("_")
    raise WrongValue(
        f"编号只能用文字、数字和 _ . -，如 {fixed or 'item_1'}",
        f"an id takes letters, digits and _ . - only, such as {fixed or 'item_1'}",
    )


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


def _percentage(value: Any) -> Any:
    """Text such as 80% named before it is refused as text."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    written = re.fullmatch(r"\s*([0-9]+(?:\.[0-9]*)?)\s*[%％]\s*", value) if isinstance(value, str) else None
    if written is None or float(written[1]) > 100:
        got = describe(value)
        raise WrongValue(
            f"应为 0 至 1 的小数，如 0.8，现为{got.zh}", f"must be a fraction from 0 to 1 such as 0.8, got {got.en}"
        )
    share = f"{float(written[1]) / 100:g}"
    raise WrongValue(
        f"应为 0 至 1 的小数：{value.strip()} 请写 {share}",
        f"must be a fraction from 0 to 1: write {share} for {value.strip()}",
    )


def _amount(value: Any) -> Any:
    """Text with a unit, or an amount that was probably meant in 万元, named with what to write instead."""
    if isinstance(value, str):
        got = describe(value, AMOUNTS_IN)
        raise WrongValue(
            f"应为数值（{AMOUNTS_IN}），现为{got.zh}", f"must be a number (100 million yuan), got {got.en}"
        )
    if isinstance(value, (int, float)) and not isinstance(value, bool) and value > LARGEST_AMOUNT:
        got, meant = describe(value), f"{value / 10_000:.12g}"
        raise WrongValue(
            f"应不大于 {LARGEST_AMOUNT}（{AMOUNTS_IN}），现为 {got.zh}；若指万元，请写 {meant}",
            f"must be at most {LARGEST_AMOUNT} (100 million yuan), got {got.en}; if in 10,000 yuan, write {meant}",
        )
    return value


def _year_in_horizon(year: int, info: ValidationInfo) -> int:
    trouble = context_of(info).years.trouble(year)
    if trouble is not None:
        raise WrongValue(trouble.zh, trouble.en)
    return year


def _number_or_range(value: Any) -> Any:
    if isinstance(value, list) or (isinstance(value, (int, float)) and not isinstance(value, bool)):
        return value
    if not isinstance(value, dict):
        got = describe(value)
        raise WrongValue(
            f"应为一个数或区间 [p5, p95]，如 [-8, -2]，现为{got.zh}",
            f"must be a number or a range [p5, p95] such as [-8, -2], got {got.en}",
        )
    raise WrongValue(
        "幅度应为一个数或区间 [p5, p95]，如 [-8, -2]；不能按年份写，持续几年用 duration",
        "size is a number or a range [p5, p95] such as [-8, -2]; it has no years, duration says how long it lasts",
    )


def _shares(value: Any) -> Any:
    if isinstance(value, list):
        _no_percentages(value)
        return value
    got = describe(value)
    raise WrongValue(
        f"应为推迟0、1、2……年的概率的列表，合计为1，如 [0.6, 0.3, 0.1]，现为{got.zh}",
        f"must list the probabilities of 0, 1, 2, … years of delay, such as [0.6, 0.3, 0.1], got {got.en}",
    )


def _no_percentages(items: list[Any]) -> None:
    """Raises WrongValue once for a list of percentages, written as numbers or with their sign."""
    bare = [item.strip().rstrip("%％") if isinstance(item, str) else item for item in items]
    try:
        numbers = [float(item) for item in bare]
    except (TypeError, ValueError):
        return
    if len(numbers) > 1 and abs(sum(numbers) - 100) < DELAY_TOLERANCE and min(numbers) >= 0:
        written = "[" + ", ".join(f"{number / 100:g}" for number in numbers) + "]"
        raise WrongValue(f"应为小数，合计为 1：请写 {written}", f"must be fractions that sum to 1: write {written}")


#: What people write for an operator, and what it is.
_WORDS_FOR = {
    ">=": "≥ ≧ > => >= 不低于 不少于 不小于 至少 大于 以上",
    "<=": "≤ ≦ < =< <= 不高于 不超过 不多于 不大于 小于 以下",
    "about": "左右 约 = ==",
}
_MEANT = {word: operator for operator, words in _WORDS_FOR.items() for word in words.split()}


def _operator(value: Any) -> Any:
    meant = _MEANT.get(value.strip(" “”‘’")) if isinstance(value, str) else None
    if meant is None or meant == value:
        return value
    raise WrongValue(f'“{value}”请写成 "{meant}"（带引号）', f'write "{meant}" (in quotes) for "{value}"')


def _joined(ends: list[float]) -> str:
    return f"{ends[0]:g}" if ends[0] == ends[1] else f"[{ends[0]:g}, {ends[1]:g}]"


def _size(value: float | list[float]) -> float | list[float]:
    ends = value if isinstance(value, list) else [value, value]
    if len(ends) != 2:
        raise WrongValue(
            f"区间应为两个数 [p5, p95]，现为 {len(ends)} 项",
            f"a range has two numbers [p5, p95], got {len(ends)}",
        )
    if ends[0] > ends[1]:
        raise WrongValue(
            f"p5 应不大于 p95，现为 [{ends[0]:g}, {ends[1]:g}]；请写 [{ends[1]:g}, {ends[0]:g}]",
            f"p5 must not exceed p95, got [{ends[0]:g}, {ends[1]:g}]; write [{ends[1]:g}, {ends[0]:g}]",
        )
    if max(abs(ends[0]), abs(ends[1])) > LARGEST_SIZE:
        raise WrongValue(
            f"应在 -{LARGEST_SIZE} 至 {LARGEST_SIZE}（%）之间，现为 {_joined(ends)}",
            f"must lie between -{LARGEST_SIZE} and {LARGEST_SIZE} (%), got {_joined(ends)}",
        )
    return value


Name = Annotated[str, Field(min_length=1, max_length=60), AfterValidator(_plain_name)]
Identifier = Annotated[str, Field(min_length=1, max_length=60), AfterValidator(_identifier)]
Fraction = Annotated[
    float,
    BeforeValidator(_percentage),
    AfterValidator(_fraction),
    Field(json_schema_extra={"minimum": 0, "maximum": 1}),
]
YearInHorizon = Annotated[
    int,
    AfterValidator(_year_in_horizon),
    Field(json_schema_extra={"minimum": EARLIEST_YEAR, "maximum": LATEST_HORIZON}),
]
Amount = Annotated[float, Field(ge=0, le=LARGEST_AMOUNT), BeforeValidator(_amount)]
Size = Annotated[float | list[float], BeforeValidator(_number_or_range), AfterValidator(_size)]
Shares = Annotated[list[Fraction], BeforeValidator(_shares)]
WrittenOperator = Annotated[Operator, BeforeValidator(_operator)]
