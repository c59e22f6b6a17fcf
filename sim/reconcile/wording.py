"""Sentences about reported figures: what is cited, how numbers and periods are printed, likely causes.

A published figure is never called wrong. A finding says what one text says, what another says, by how much they
differ, what may be the reason, and which figure is used until somebody responsible confirms.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from sim.facts.ledger import Fact
from sim.facts.naming import read_period
from sim.language import Text

CAUSE_TEXTS: Mapping[str, Text] = MappingProxyType(
    {
        "unit_slip": Text("可能因计量单位换算（如万元与亿元）", "possibly a unit (such as 万 for 亿)"),
        "factor_ten": Text("可能因小数点位置", "possibly the place of the decimal point"),
        "population_concept": Text("可能因人口口径不同", "possibly another population concept"),
        "scope": Text("可能因统计范围不同", "possibly another scope"),
        "price_basis": Text("可能因现价与不变价不同", "possibly current against constant prices"),
        "neighbouring_year": Text("可能因所属年份不同", "possibly a figure of another year"),
        "definition_break": Text("可能因普查修订或分类标准更换", "possibly a census revision or a new classification"),
        "misnamed_indicator": Text("可能因指标名称与含义不一", "possibly the name of the indicator"),
        "revision": Text("可能因预计数、初步数与核实数先后不同", "possibly an earlier and a later release"),
        "unexplained": Text("原因待核实", "the reason is to be found out"),
    }
)
MOST_CITED = 4  # facts quoted in one sentence
MINUS = "−"
LEVEL = Text("持平", "the same")
NOTHING = 1e-9  # differences below it are floating point
# Units of computed numbers that readers know better from the size on at which the number reaches 1.
LARGER_UNITS: Mapping[str, tuple[str, float]] = MappingProxyType(
    {
        "人": ("万人", 1e-4),
        "元": ("亿元", 1e-8),
        "万元": ("亿元", 1e-4),
        "美元": ("亿美元", 1e-8),
        "万美元": ("亿美元", 1e-4),
    }
)
_PARTS = {"Q1": "一季度", "Q2": "二季度", "Q3": "三季度", "Q4": "四季度", "H1": "上半年", "H2": "下半年"}


@dataclass(frozen=True, slots=True)
class Labels:
    """What readers call documents, regions and indicators, by id; an id without a label is printed itself."""

    documents: Mapping[str, str] = field(default_factory=dict)
    regions: Mapping[str, Text] = field(default_factory=dict)
    indicators: Mapping[str, Text] = field(default_factory=dict)

    def subject(self, region: str, indicator: str, period: str) -> Text:
        """Region, indicator and period in words."""
        names = [
            self.regions.get(region, Text(region, region)),
            self.indicators.get(indicator, Text(indicator, indicator)),
        ]
        space = " " if names[0].zh.isascii() else ""
        return Text(f"{names[0].zh}{space}{period_text(period)} {names[1].zh}", f"{names[0].en} {names[1].en} {period}")

    def figure(self, fact: Fact) -> Text:
        """Region, indicator, period and number as printed."""
        subject = self.subject(fact.region, fact.indicator, fact.period)
        word = "" if fact.rounding == "exact" else f"（{fact.rounding}）"
        printed = minus(fact.printed)
        return Text(f"{subject.zh} {printed}{fact.unit}{word}", f"{subject.en} {printed} {fact.unit}{word}")

    def cite(self, fact: Fact) -> Text:
        """Document, line and quote of a fact with its figure."""
        document = self.documents.get(fact.document, fact.document)
        line_zh, line_en = (f"第{fact.line}行", f", line {fact.line}") if fact.line else ("", "")
        figure = self.figure(fact)
        return Text(
            f"《{document}》{line_zh}载“{fact.quote}”（{figure.zh}）",
            f"{document}{line_en}: “{fact.quote}” ({figure.en})",
        )

    def cite_all(self, facts: Sequence[Fact], most: int = MOST_CITED) -> Text:
        """Several facts, one after the other; a list longer than `most` is cut and counted."""
        cited = [self.cite(fact) for fact in facts[:most]]
        more = len(facts) - most
        zh, en = (f"；另有{more}个数", f"; {more} more") if more > 0 else ("", "")
        return Text("；".join(one.zh for one in cited) + zh, "; ".join(one.en for one in cited) + en)


def period_text(period: str) -> str:
    """A period as Chinese texts print it."""
    read = read_period(period)
    if read.is_span:
        return f"{read.first}—{read.last}年"
    if read.part.endswith("M"):
        return f"{read.first}年1—{read.part[:-1]}月"
    return f"{read.first}年{_PARTS.get(read.part, '')}"


def number(value: float) -> str:
    """A computed number with four significant digits, never in scientific notation; a real minus sign."""
    text = _fixed(value, _decimals(value))
    return text.rstrip("0").rstrip(".") if "." in text else text


def _decimals(value: float) -> int:
    """Digits after the point with which a number has four significant ones; negative before the point."""
    return 3 - _magnitude(value) if value else 0


def _fixed(value: float, digits: int) -> str:
    # Adding 0 makes the zero that is left of −0.00001 a plain one.
    return f"{round(value, digits) + 0.0:.{max(0, digits)}f}".replace("-", MINUS)


def _magnitude(value: float) -> int:
    magnitude = 0
    size = abs(value)
    while size >= 10:
        size, magnitude = size / 10, magnitude + 1
    while size < 1:
        size, magnitude = size * 10, magnitude - 1
    return magnitude


def span(low: float, high: float, unit: str) -> Text:
    """A range with its unit, both ends with the same digits after the point."""
    digits = _decimals(max(abs(low), abs(high)))
    first, last = _fixed(low, digits), _fixed(high, digits)
    return Text(f"{first}—{last}{unit}", f"{first} to {last} {unit}")


def implied(low: float, middle: float, high: float, unit: str) -> tuple[Text, Text]:
    """A computed number of four digits and its range, in the unit that readers use for so large a number."""
    larger, scale = LARGER_UNITS.get(unit, (unit, 1.0))
    if abs(middle) * scale < 1.0:
        larger, scale = unit, 1.0
    centre = _fixed(middle * scale, _decimals(middle * scale))
    return Text(f"{centre}{larger}", f"{centre} {larger}"), span(low * scale, high * scale, larger)


def minus(printed: str) -> str:
    """A printed number with a real minus sign."""
    return printed.replace("-", MINUS)


def higher(difference: float, unit: Text) -> Text:
    """高x or 低x with its unit; LEVEL for no difference."""
    if abs(difference) < NOTHING:
        return LEVEL
    size = number(abs(difference))
    zh, en = ("高", "higher") if difference > 0 else ("低", "lower")
    space = "" if unit.en == "%" else " "
    return Text(f"{zh}{size}{unit.zh}", f"{size}{space}{unit.en} {en}")


def three_digits(gap: float | None) -> float | None:
    """A gap without digits that say nothing."""
    return None if gap is None else float(f"{gap:.3g}")


def until_confirmed(used: Text | None) -> Text:
    """The fourth sentence."""
    if used is None:
        return Text(
            "在统计部门或责任单位核实以前，各数分别使用，不互相替代。",
            "Until the statistics bureau or the responsible unit confirms, each is used in its own place.",
        )
    return Text(
        f"在统计部门或责任单位核实以前，本处采用{used.zh}，以统计部门最终核实数为准。",
        f"Until the statistics bureau or the responsible unit confirms, {used.en} is used here.",
    )


def each_in_its_own(used: Text | None) -> Text:
    """The fourth sentence about figures on two sides of a break: nothing is spliced, so none stands for the other."""
    zh = "在统计部门或责任单位核实以前，本处不作衔接，各用各的口径"
    en = "Until the statistics bureau or the responsible unit confirms, nothing is spliced, each keeps its definition"
    if used is None:
        return Text(f"{zh}。", f"{en}.")
    return Text(f"{zh}；其中已选用{used.zh}。", f"{en}; in use among them: {used.en}.")


def four_sentences(first: Text, second: Text, third: Text, used: Text | None, *, spliced: bool = True) -> Text:
    """The whole message; not `spliced` about figures on two sides of a break."""
    last = until_confirmed(used) if spliced else each_in_its_own(used)
    return Text(f"{first.zh}。{second.zh}。{third.zh}。{last.zh}", f"{first.en}. {second.en}. {third.en}. {last.en}")
