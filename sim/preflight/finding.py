"""One thing that is said of a target before any simulation, and how figures are written in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sim.facts.ledger import Fact
from sim.language import Text
from sim.reconcile.wording import period_text

#: Kinds of findings in the order in which they are listed.
KINDS = {
    "inconsistent": Text("需衔接", "to be aligned"),
    "concept": Text("口径或单位需核实", "concept or unit to be confirmed"),
    "vacuous": Text("目标低于现有水平", "below what is reached already"),
    "already_met": Text("已达到目标值", "reached already"),
    "duplicate": Text("同一目标重复列出", "stated more than once"),
    "no_baseline": Text("缺基数", "no baseline"),
    "unquantified": Text("未量化", "no number"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding about the target `id`; `others` are the other targets and facts it rests on, by id."""

    id: str
    finding: str
    message: Text
    others: tuple[str, ...] = ()


def place(fact: Fact) -> str:
    """Document and line of a fact."""
    return f"{fact.document}:{fact.line}" if fact.line else fact.document


def plain(number: float) -> str:
    """A printed number: as many digits as it needs."""
    return f"{number:.8g}".replace("-", "−")


def derived(number: float) -> str:
    """A computed number: one digit after the point, up to two where it is small."""
    text = f"{number:.1f}" if abs(number) >= 0.95 else f"{number:.2f}".removesuffix("0")
    return text.replace("-", "−")


def moves(number: float, write: Callable[[float], str] = derived) -> str:
    """A rate of change with its direction in words: 增长1.5, 下降2.7."""
    return f"下降{write(-number)}" if number < 0.0 else f"增长{write(number)}"


def figure(fact: Fact) -> Text:
    """A fact as messages write it: period, number, unit, place."""
    value = f"{fact.printed}{fact.unit}" if fact.printed else f"“{fact.quote}”"
    word = "" if fact.rounding in ("exact", "") else f"（{fact.rounding}）"
    period = period_text(fact.period)
    return Text(f"{period}{value}{word}（{place(fact)}）", f"{value} in {fact.period} ({place(fact)})")


def who_confirms(owners: tuple[str, ...]) -> Text:
    """Who is asked, as the last sentence of a message."""
    asked = "、".join(owners)
    zh = f"待{asked}核实。" if asked else "责任单位原文未列，待明确后核实。"
    return Text(zh, f"To be confirmed by {asked}." if asked else "No owner is printed; to be confirmed.")
