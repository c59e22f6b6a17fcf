"""Reading the value of one year: a number, a range [p5, p95] or a named distribution, every mistake reported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sim.errors import Problem, nearest
from sim.language import Text
from sim.levers.kinds import Lever, WorldAssumption
from sim.reading.hints import width_hint
from sim.reading.messages import describe
from sim.reading.source import Keys, YamlSource
from sim.scenario.distributions import FORMS, Distribution, extremes
from sim.scenario.paths import Spread, Years, spread_of

Kind = Lever | WorldAssumption

A_VALUE = Text(
    f"数值、区间 [p5, p95] 或分布 {{{'、'.join(FORMS)}: […]}}",
    f"a number, a range [p5, p95] or a distribution {{{', '.join(FORMS)}: […]}}",
)


@dataclass(slots=True)
class Reader:
    """One lever or world assumption of a file while it is read; `problems` collects what is wrong with it."""

    source: YamlSource
    kind: Kind
    years: Years
    problems: list[Problem]

    def wrong(self, keys: Keys, zh: str, en: str, *, at_key: bool = False) -> None:
        """Keep a problem with the value at `keys`, or with the key itself."""
        self.problems.append(self.source.problem(keys, Text(zh, en), at_key=at_key))

    def spread(self, keys: Keys, value: Any, allowed: Text = A_VALUE) -> Spread | None:
        """The value of a year; None after a report."""
        if keys in self.source.spoiled:
            return None
        if isinstance(value, dict):
            return self._distribution(keys, value)
        if not isinstance(value, list):
            number = self.number(keys, value, allowed)
            return None if number is None or not self._inside(keys, number) else Spread(number, number)
        return self._range(keys, value)

    def number(self, keys: Keys, value: Any, allowed: Text | None = None) -> float | None:
        """A finite number; None after a report."""
        if keys in self.source.spoiled:
            return None
        if not isinstance(value, bool) and isinstance(value, (int, float)):
            return float(value)
        got, wanted = describe(value, self.kind.unit.zh), allowed or Text("数值", "a number")
        self.wrong(keys, f"应为{wanted.zh}，现为{got.zh}", f"must be {wanted.en}, got {got.en}")
        return None

    def _range(self, keys: Keys, ends: list[Any]) -> Spread | None:
        if ends and all(isinstance(end, dict) and all(isinstance(year, int) for year in end) for end in ends):
            years = ", ".join(f"{year}: {describe(value).en}" for end in ends for year, value in end.items())
            self.wrong(keys, f"各年的值写成 {{{years}}}，不用列表", f"years are written {{{years}}}, not as a list")
            return None
        numbers = self._numbers(keys, ends, 2, Text("区间应为两个数 [p5, p95]", "a range has two numbers [p5, p95]"))
        if numbers is None or [i for i, number in enumerate(numbers) if not self._inside((*keys, i), number)]:
            return None
        low, high = numbers
        if low > high:
            self.wrong(
                keys,
                f"p5 应不大于 p95，现为 [{low:g}, {high:g}]；请写 [{high:g}, {low:g}]",
                f"p5 must not exceed p95, got [{low:g}, {high:g}]; write [{high:g}, {low:g}]",
            )
            return None
        return Spread(low, high)

    def _numbers(self, keys: Keys, items: list[Any], count: int, shape: Text) -> tuple[float, ...] | None:
        if len(items) != count:
            hint = _list_hint(items)
            self.wrong(
                keys,
                f"{shape.zh}，现为 {len(items)} 项" + ("" if hint is None else f"；{hint.zh}"),
                f"{shape.en}, got {len(items)}" + ("" if hint is None else f"; {hint.en}"),
            )
            return None
        numbers = [self.number((*keys, i), item) for i, item in enumerate(items)]
        return None if None in numbers else tuple(number for number in numbers if number is not None)

    def _distribution(self, keys: Keys, written: dict[Any, Any]) -> Spread | None:
        name, *others = written or {"": None}
        if others or name not in FORMS:
            self._not_a_distribution(keys, written)
            return None
        form, here = FORMS[name], (*keys, name)
        if here in self.source.spoiled:
            return None
        shape = Text(f"{name} 应写成 {form.written.zh}", f"{name} is written {form.written.en}")
        items = written[name]
        if not isinstance(items, list):
            got = describe(items)
            self.wrong(here, f"{shape.zh}，现为{got.zh}", f"{shape.en}, got {got.en}")
            return None
        numbers = self._numbers(here, items, len(form.parts), shape)
        trouble = None if numbers is None else form.trouble(numbers)
        if trouble is not None:
            self.wrong(here, f"{shape.zh}；{trouble.zh}", f"{shape.en}; {trouble.en}")
        if numbers is None or trouble is not None:
            return None
        return self._within(here, Distribution(name, numbers))

    def _within(self, keys: Keys, found: Distribution) -> Spread | None:
        """The value of a distribution whose ends, or 5th and 95th percentile, are within the bounds."""
        if found.name == "normal" and not self._sensible(keys, *found.numbers):
            return None
        form, (low, high) = FORMS[found.name], extremes(found)
        if self.kind.low <= low and high <= self.kind.high:
            return spread_of(found)
        if form.bounded or found.name == "lognormal":
            outside = (0, low) if low < self.kind.low else (len(found.numbers) - 1, high)
            self._inside((*keys, outside[0]), outside[1])
            return None
        bounds = self._bounds()
        self.wrong(
            keys,
            f"5%至95%分位 [{low:g}, {high:g}] 应在 {bounds.zh}之间；请改均值或标准差",
            f"its 5th to 95th percentile [{low:g}, {high:g}] must lie between {bounds.en}; change mean or deviation",
        )
        return None

    def _sensible(self, keys: Keys, mean: float, deviation: float) -> bool:
        """Whether a normal has its mean within the bounds and is no wider than they are; reported when it is not."""
        width = self.kind.high - self.kind.low
        if not self._inside((*keys, 0), mean):
            return False
        if deviation > width:
            self.wrong(
                (*keys, 1),
                f"标准差应不大于 {width:g}，现为 {deviation:g}",
                f"must be at most {width:g}, got {deviation:g}",
            )
        return deviation <= width

    def _not_a_distribution(self, keys: Keys, written: dict[Any, Any]) -> None:
        """Say what a set of keys should have been, at the first one that is none."""
        if not written:
            self.wrong(keys, f"此处没有内容，应为{A_VALUE.zh}", f"nothing stands here; {A_VALUE.en} is needed")
            return
        bad = next((name for name in written if name not in FORMS), list(written)[-1])
        near = nearest(str(bad), FORMS) if bad not in FORMS else None
        zh = "只能写一种分布" if bad in FORMS else f"未知的分布“{bad}”"
        en = "one distribution only" if bad in FORMS else f'unknown distribution "{bad}"'
        if near is not None:
            zh, en = f"{zh}，您是否想写“{near}”？", f'{en}, did you mean "{near}"?'
        joined = ("", " It") if near is not None else ("；", "; it")
        self.wrong(
            (*keys, bad), f"{zh}{joined[0]}应为{A_VALUE.zh}", f"{en}{joined[1]} must be {A_VALUE.en}", at_key=True
        )

    def _bounds(self) -> Text:
        kind = self.kind
        return Text(
            f"{kind.low:g} 至 {kind.high:g}（{kind.unit.zh}）", f"{kind.low:g} and {kind.high:g} ({kind.unit.en})"
        )

    def _inside(self, keys: Keys, number: float) -> bool:
        """Whether a number is within the bounds of the lever; reported when it is not."""
        if self.kind.low <= number <= self.kind.high:
            return True
        bounds, got = self._bounds(), describe(number)
        self.wrong(keys, f"应在 {bounds.zh}之间，现为 {got.zh}", f"must lie between {bounds.en}, got {got.en}")
        return False


def _list_hint(items: list[Any]) -> Text | None:
    """What to say of a list that is no pair: `[1，5]` is a list of one text; three numbers are a distribution."""
    if len(items) == 1 and isinstance(items[0], str):
        return width_hint(items[0])
    if len(items) == 1 and isinstance(items[0], (int, float)):
        return Text(f"只有一个数时不用方括号：{items[0]}", f"one number stands without brackets: {items[0]}")
    if len(items) == 3 and all(isinstance(item, (int, float)) and not isinstance(item, bool) for item in items):
        least, mode, most = sorted(items)
        written = f"{{triangular: [{least:g}, {mode:g}, {most:g}]}}"
        return Text(f"最小、最可能、最大三个数请写 {written}", f"least, most likely and most are written {written}")
    return None
