"""What a fan chart shows, and the words of its caption; no drawing here.

The title stands below a figure in a document, so `fan_caption` returns it as text.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

from sim.charts.fonts import ChartError
from sim.charts.style import number, probability_words
from sim.language import Text

Values = tuple[float | None, ...]
QUANTILES = ("p05", "p10", "p25", "p50", "p75", "p90", "p95")


@dataclass(frozen=True, slots=True)
class FanTarget:
    """A target: the printed wording, the value it stands at, its year (None: every year).

    `value_high` is the upper end of a target range. `probability`, `standard_error` and the range
    `probability_low` … `probability_high` (over defensible priors and model error) are in 0–1.
    """

    text: Text
    value: float
    year: int | None = None
    value_high: float | None = None
    probability: float | None = None
    standard_error: float | None = None
    probability_low: float | None = None
    probability_high: float | None = None


@dataclass(frozen=True, slots=True)
class FanData:
    """Quantiles in the indicator's unit, one for each of `years`; None where there is no value.

    `reported`: (year, value) of published figures. Those after `base_year` were not used by the projection and
    are drawn hollow. `decimals` of the labels; None: as many as the 50 % range calls for.
    """

    indicator: Text
    unit: Text
    scenario: Text
    base_year: int
    reported: tuple[tuple[int, float], ...]
    years: tuple[int, ...]
    p05: Values
    p10: Values
    p25: Values
    p50: Values
    p75: Values
    p90: Values
    p95: Values
    source: Text
    targets: tuple[FanTarget, ...] = ()
    notes: Text = field(default=Text("", ""))
    decimals: int | None = None

    def __post_init__(self) -> None:
        """Raise ChartError for unequal lengths, years out of order, crossing quantiles or no value at all."""
        name = self.indicator
        if any(len(self.quantile(q)) != len(self.years) for q in QUANTILES):
            _refuse(name, Text("分位数与年份个数不同", "quantiles and years differ in number"))
        if list(self.years) != sorted(set(self.years)):
            _refuse(name, Text("年份须由小到大且不重复", "years must rise without repeats"))
        if not self.finite():
            _refuse(name, Text("没有任何推算值", "there is no projected value"))
        for index in self.finite():
            values = [self.quantile(q)[index] or 0.0 for q in QUANTILES]
            if values != sorted(values):
                year = self.years[index]
                _refuse(name, Text(f"{year}年分位数大小颠倒", f"quantiles of {year} are out of order"))

    def quantile(self, name: str) -> Values:
        """The values of one of `QUANTILES`."""
        values: Values = getattr(self, name)
        return values

    def used(self) -> tuple[tuple[int, float], ...]:
        """Reported figures that the projection started from, by year."""
        return tuple(sorted(point for point in self.reported if point[0] <= self.base_year))

    def later(self) -> tuple[tuple[int, float], ...]:
        """Reported figures after the base year, by year."""
        return tuple(sorted(point for point in self.reported if point[0] > self.base_year))

    def label_decimals(self) -> int:
        """Decimals of the labels: enough that the 50 % range of the last year is ten of their steps wide."""
        if self.decimals is not None:
            return self.decimals
        last = self.finite()[-1]
        width = (self.p75[last] or 0.0) - (self.p25[last] or 0.0)
        return min(max(math.ceil(1 - math.log10(width)), 0), 4) if width > 0 else 1

    def finite(self) -> tuple[int, ...]:
        """Positions of the years for which every quantile has a finite value."""
        return tuple(
            index for index in range(len(self.years)) if all(_is_finite(self.quantile(q)[index]) for q in QUANTILES)
        )


def _is_finite(value: float | None) -> bool:
    return value is not None and math.isfinite(value)


def _refuse(indicator: Text, why: Text) -> None:
    raise ChartError(Text(f"“{indicator.zh}”：{why.zh}。", f'"{indicator.en}": {why.en}.'))


def target_label(target: FanTarget, lang: str) -> str:
    """目标 ≥42（2025年）."""
    text = target.text.pick(lang)
    if lang == "zh":
        return f"目标 {text}" + (f"（{target.year}年）" if target.year is not None else "")
    return f"Target {text}" + (f" ({target.year})" if target.year is not None else "")


def interval(low: float, high: float, decimals: int, lang: str) -> str:
    """`low`～`high`: a wave dash in Chinese and "to" in English, since a hyphen reads as a minus sign."""
    between = "～" if lang == "zh" else " to "
    return number(low, decimals, lang) + between + number(high, decimals, lang)


def fan_caption(data: FanData, lang: str = "zh") -> str:
    """The figure's title with each target's probability, its range and its sampling standard error."""
    years = [data.years[index] for index in data.finite()]
    indicator, scenario = data.indicator.pick(lang), data.scenario.pick(lang)
    if lang == "zh":
        head = f"{indicator}推算（{scenario}，{years[0]}—{years[-1]}年）"
        parts = [_probability_zh(target) for target in data.targets if target.probability is not None]
        return head + ("：" + "；".join(parts) if parts else "")
    head = f"{indicator}, projection ({scenario}, {years[0]}–{years[-1]})"
    parts = [_probability_en(target) for target in data.targets if target.probability is not None]
    return head + (": " + "; ".join(parts) if parts else "")


def _probability_zh(target: FanTarget) -> str:
    assert target.probability is not None
    said = f"{target_label(target, 'zh')}，达成概率{_about(target.probability, '约')}"
    details = []
    if target.probability_low is not None and target.probability_high is not None:
        low, high = probability_words(target.probability_low), probability_words(target.probability_high)
        details.append(f"考虑参数与模型误差为{low if low == high else f'{low}～{high}'}")
    if target.standard_error is not None:
        details.append(f"抽样标准误{_points(target.standard_error)}个百分点")
    return said + (f"（{'，'.join(details)}）" if details else "")


def _probability_en(target: FanTarget) -> str:
    assert target.probability is not None
    said = f"{target_label(target, 'en')}: probability {_about(target.probability, 'about ')}"
    details = []
    if target.probability_low is not None and target.probability_high is not None:
        low, high = probability_words(target.probability_low), probability_words(target.probability_high)
        spread = low if low == high else f"{low} to {high}"
        details.append(f"{spread} over priors and model error")
    if target.standard_error is not None:
        details.append(f"sampling standard error {_points(target.standard_error)} points")
    return said + (f" ({', '.join(details)})" if details else "")


def _about(probability: float, word: str) -> str:
    shown = probability_words(probability)
    return shown if shown[0] in "<>" else word + shown


def _points(standard_error: float) -> str:
    points = standard_error * 100
    return f"{points:.1f}" if points >= 0.05 else "<0.1"


def known(values: Iterable[float | None]) -> list[float]:
    """The finite values."""
    return [value for value in values if value is not None and math.isfinite(value)]
