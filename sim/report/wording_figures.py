"""Reported and projected figures as phrases: with their unit, rounding word, and in internal texts their interval."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sim.facts.ledger import Fact
from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.material import Material, View
from sim.output.probability import probability_text
from sim.output.tables import decimals, figure_text
from sim.report.editions import Edition
from sim.report.sources import base_known, fact_of
from sim.report.wording import amount, growth

Record = Mapping[str, Any]
#: Words of rounding that stand before a number in Chinese; the others stand behind its unit.
_BEFORE = ("近", "接近", "约", "大约", "超过", "超", "突破", "逾", "不足", "不低于", "不高于", "达到", "预计")


@dataclass(frozen=True, slots=True)
class Told:
    """A figure as told: the phrase, the number behind it, and the facts it comes from."""

    text: str
    value: float
    facts: tuple[str, ...] = ()


def reported_figure(material: Material, view: View, name: str, year: int, lang: str) -> Told | None:
    """A published figure with its unit and rounding word; None where the year has none of the base year's basis."""
    if year == view.document["base_year"]:
        fact = base_known(material, view, name)
        return None if fact is None or fact.value is None else _of_fact(fact, name, lang)
    record = view.indicator(name, year)
    if record is None or record["reported"] is None or record["other_basis"]:
        return None
    fact = fact_of(material, record["fact"])
    if fact is not None and fact.value is not None:
        return _of_fact(fact, name, lang)
    text = amount(record["reported"], INDICATORS[name].unit, 1, lang)
    return Told(text, record["reported"], tuple(record["derived_from"]))


def _of_fact(fact: Fact, name: str, lang: str) -> Told:
    unit = INDICATORS[name].unit
    value = fact.number_in(unit)
    digits = min(len(figure_text(round(float(f"{value:.7g}"), 2)).partition(".")[2]), 2)
    return Told(_worded(amount(value, unit, digits, lang), fact.rounding, lang), value, (fact.id,))


def _worded(text: str, word: str, lang: str) -> str:
    """A figure with the rounding word it was published with."""
    if word in ("exact", ""):
        return text
    if lang == "en":
        return f"about {text}"
    return f"{word}{text}" if word in _BEFORE else f"{text}{word}"


def reported_growth(material: Material, view: View, name: str, year: int, lang: str) -> Told | None:
    """A published growth rate with its direction in words: 增长6%."""
    found = reported_figure(material, view, name, year, lang)
    if found is None:
        return None
    digits = len(figure_text(found.value).partition(".")[2])
    return Told(growth(found.value, digits, lang), found.value, found.facts)


def digits_of(view: View, name: str) -> int:
    """Digits after the point with which an indicator is told throughout: those its spread supports."""
    records = [r for r in view.document["indicators"] if r["indicator"] == name and r["year"] > view.document["as_of"]]
    spread = min((r["p90"] - r["p10"] for r in records if r["p90"] is not None and r["p90"] > r["p10"]), default=0.0)
    return decimals(spread, ())


def projected_figure(view: View, name: str, year: int, edition: Edition, lang: str, rate: bool = False) -> Told | None:
    """The median of a year, with its 80 % interval where chances are shown; `rate` tells its direction in words."""
    record = view.indicator(name, year)
    if record is None or record["p50"] is None or year <= view.document["as_of"]:
        return None
    digits, unit = digits_of(view, name), INDICATORS[name].unit
    text = growth(record["p50"], digits, lang) if rate else amount(record["p50"], unit, digits, lang)
    if edition.chances and record["p10"] is not None:
        last = amount(record["p90"], unit, digits, lang)
        first = amount(record["p10"], unit, digits, lang).partition(" ")[0].removesuffix(unit)
        span = (
            last
            if record["p10"] == record["p90"]
            else Text(f"{first}{_between(record)}{last}", f"{first} to {last}").pick(lang)
        )
        text += f"（80%区间{span}）" if lang == "zh" else f" (80 % interval {span})"
    return Told(text, record["p50"])


def _between(record: Record) -> str:
    """A dash between the ends of a range, a word where one is negative."""
    return "至" if record["p10"] < 0 else "—"


def chance_phrase(record: Record, lang: str, ranged: bool = True) -> str:
    """A probability in a sentence: 约40%（可能范围15%—50%）, 不足5%, 95%以上."""
    text = chance_only(record["probability"], lang)
    low, high = record["probability_low"], record["probability_high"]
    if not ranged or low is None or high is None or probability_text(low) == probability_text(high):
        return text
    span = chance_span(low, high, lang)
    return f"{text}（可能范围{span}）" if lang == "zh" else f"{text} (range {span})"


def chance_span(low: float, high: float, lang: str) -> str:
    """A range of probabilities in words: 15%至50%, 不足5%至10%, 80%至95%以上."""
    ends = [chance_only(end, lang).removeprefix("约").removeprefix("about ") for end in (low, high)]
    return ends[0] if ends[0] == ends[1] else Text("至", " to ").pick(lang).join(ends)


def chance_only(probability: float, lang: str) -> str:
    """A probability in words that a sentence can hold."""
    text = probability_text(probability)
    if text.startswith("<"):
        return Text(f"不足{text[1:]}", f"below {text[1:]}").pick(lang)
    if text.startswith(">"):
        return Text(f"{text[1:]}以上", f"above {text[1:]}").pick(lang)
    return Text(f"约{text}", f"about {text}").pick(lang)
