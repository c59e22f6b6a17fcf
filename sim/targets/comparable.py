"""Which reported figure of a year measures the same thing as an indicator of the model.

What the model measures follows from the figure it starts from: the scope of the base year's fact, the census that
fact stands on, the marine standard in force in the year. A figure on another basis is refused with the reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from sim.facts.definitions import Comparison, Definitions, read_definitions
from sim.facts.ledger import Fact
from sim.facts.naming import split_indicator
from sim.facts.preference import preferred
from sim.facts.units import factor
from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.region.pack import Pack
from sim.targets.outcome import figures, reported_fact

#: Indicators that have another name in the ledgers, where scope tells them apart.
LEDGER_NAMES = {
    "urbanisation_rate_census": "urbanisation_rate",
    "household_income_growth_nominal": "household_income_growth",
}
#: Prices of income growth that an indicator is about, as tagged in the ledgers.
INCOME_PRICES = {"household_income_growth": "实际", "household_income_growth_nominal": "名义"}
#: Growth at constant prices; every other growth rate is one of money or of numbers.
VOLUMES = frozenset(
    ("gdp_growth", "gdp_growth_average", "marine_gop_growth", "primary_value_added_growth",
     "secondary_value_added_growth", "tertiary_value_added_growth")
)  # fmt: skip
#: Indicators whose name in the ledgers means something else than what the model computes.
OTHER_MEANING: Mapping[str, Text] = {
    "industry_value_added_growth": Text(
        "公布的是工业（多为规模以上）增加值增速，测算的是全部制造业增加值增速，范围不同",
        "published for industry, mostly above designated size; computed for all manufacturing",
    ),
}
_POPULATION = "population"


@dataclass(frozen=True, slots=True)
class Refused:
    """A reported figure that is not comparable with the indicator, and why."""

    fact: Fact
    reason: Text


def comparable_fact(pack: Pack, indicator: str, year: int) -> Fact | None:
    """The reported figure of a whole year that an indicator of the model may be compared with; None without one.

    Of several comparable ones: the recorded choice, else the best publication's first release.
    """
    found = figures(pack, LEDGER_NAMES.get(indicator, indicator), year)
    return preferred((fact for fact in found if incomparable(pack, indicator, fact) is None), pack.chosen)


def refused_facts(pack: Pack, indicator: str, year: int) -> tuple[Refused, ...]:
    """Reported figures of the indicator and year that measure something else, in the order of the ledger."""
    found = figures(pack, LEDGER_NAMES.get(indicator, indicator), year)
    pairs = ((fact, incomparable(pack, indicator, fact)) for fact in found)
    return tuple(Refused(fact, reason) for fact, reason in pairs if reason is not None)


def incomparable(pack: Pack, indicator: str, fact: Fact) -> Text | None:
    """Why a reported figure may not be compared with what the model computes; None where it may."""
    if indicator in OTHER_MEANING:
        return OTHER_MEANING[indicator]
    unit = INDICATORS[indicator].unit if indicator in INDICATORS else fact.unit
    if factor(fact.unit, unit) is None:
        return Text(f"单位为{fact.unit}，测算用{unit}", f"its unit is {fact.unit}, not {unit}")
    return _other_prices(indicator, fact) or _other_scope(pack, indicator, fact)


def comparison(pack: Pack, one: Fact, other: Fact) -> Comparison:
    """Whether two reported figures stand on the same basis, as far as they say."""
    return _definitions(pack).comparable(one, other)


def latest_known(pack: Pack) -> int:
    """Last year with a comparable figure of an indicator that the model computes; the base year without any."""
    computed = [name for name, item in INDICATORS.items() if item.compute is not None]
    own = {fact.indicator for fact in pack.own_facts}
    names = [name for name in computed if LEDGER_NAMES.get(name, name) in own]
    last = max((fact.last_year for fact in pack.own_facts if fact.nature != "target"), default=pack.base_year)
    for year in range(last, pack.base_year, -1):
        if any(comparable_fact(pack, name, year) is not None for name in names):
            return year
    return pack.base_year


def _other_prices(indicator: str, fact: Fact) -> Text | None:
    """Whether a rate of growth stands at other prices than the indicator's."""
    if indicator in VOLUMES and fact.price_basis == "current":
        return Text("为现价增速，测算的是不变价增速", "growth at current prices; computed at constant prices")
    if indicator in INCOME_PRICES:
        wanted = INCOME_PRICES[indicator]
        if wanted not in fact.scopes:
            zh = f"未说明为{wanted}增速" if not fact.scopes else f"为“{fact.scope}”，测算的是{wanted}增速"
            return Text(zh, "not said to be real growth" if wanted == "实际" else "not said to be nominal growth")
    return None


def _other_scope(pack: Pack, indicator: str, fact: Fact) -> Text | None:
    """On which axis of scope a figure differs from what the model measures in that year."""
    definitions = _definitions(pack)
    measured, stated = measured_basis(pack, indicator, fact.last_year), definitions.basis(fact)
    for axis, tag in stated.items():
        wanted = measured.get(axis)
        if wanted is None or wanted == tag or _growth_across(definitions, axis, fact):
            continue
        label = definitions.axes[axis].label
        zh = f"{label.zh}不同：公布数为“{tag}”，测算用“{wanted}”"
        return Text(zh, f"{label.en}: the figure says {tag}, the model measures {wanted}")
    return None


def _growth_across(definitions: Definitions, axis: str, fact: Fact) -> bool:
    """Whether the axis is that of a revision, which moves levels and leaves the growth of a later year as it is."""
    revised = any(change.axis == axis and change.kind == "vintage" for change in definitions.breaks)
    return revised and split_indicator(fact.indicator)[1] == "growth"


def measured_basis(pack: Pack, indicator: str, year: int) -> Mapping[str, str]:
    """Tag by axis of what the model measures: that of the figure it starts from, and of the year's standard."""
    definitions = _definitions(pack)
    start = _starting_fact(pack, indicator)
    tags: dict[str, str] = {} if start is None else dict(definitions.basis(start))
    name = LEDGER_NAMES.get(indicator, indicator)
    for change in definitions.breaks:
        if not change.concerns(name):
            continue
        if change.kind == "classification":  # the model goes over to a new standard when the pack says so
            changed = pack.marine_standard is not None and year >= pack.marine_standard
            tags[change.axis] = change.after if changed else change.before
        elif change.axis not in tags and (implied := definitions.implied(change.axis, name, pack.base_year)):
            tags[change.axis] = implied
    people = pack.base_facts.get(_POPULATION)
    if definitions.applies(_POPULATION, name) and _POPULATION not in tags and people is not None:
        tags |= {axis: tag for axis, tag in definitions.basis(people).items() if axis == _POPULATION}
    return tags


def _starting_fact(pack: Pack, indicator: str) -> Fact | None:
    """The base year's figure that an indicator starts from; none for one that shares its ledger name."""
    if indicator in LEDGER_NAMES:
        return None
    item = INDICATORS.get(indicator)
    start = None if item is None or not item.needs else pack.base_facts.get(item.needs[0])
    return start or reported_fact(pack, indicator, pack.base_year)


def _definitions(pack: Pack) -> Definitions:
    path = pack.folder.parent / "definitions.yaml"
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _read(path: Path, changed: int) -> Definitions:
    """The definitions of a file, read once for each of its states."""
    return read_definitions(path)
