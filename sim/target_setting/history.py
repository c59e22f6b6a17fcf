"""What reported series say of runs of several years: every window of a length that the ledger has figures for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sim.facts.ledger import Fact
from sim.facts.units import factor
from sim.region.pack import Pack
from sim.targets import comparable_fact, reported_fact
from sim.targets.comparable import LEDGER_NAMES, VOLUMES, comparison
from sim.targets.known import average_growth
from sim.targets.outcome import ROUND_OFF

#: How a run of years is measured, always a year: `growth` of a level in percent, `change` of a level in its unit,
#: `average` of yearly rates in percent, `reduction` in percent, `amount` of a flow in its unit.
Measure = Literal["growth", "change", "average", "reduction", "amount"]
#: What ledgers call a figure for several years, beside the name of the yearly one.
OF_YEARS: Mapping[Measure, tuple[str, ...]] = {
    "growth": (),
    "change": (),
    "average": ("_average",),
    "reduction": ("", "_cumulative"),
    "amount": ("_cumulative", "_average"),
}


@dataclass(frozen=True, slots=True)
class Window:
    """Years `first` to `last`, what they brought a year, and the facts it comes from."""

    first: int
    last: int
    value: float
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class History:
    """All windows of `length` years of one region; where there are none, those of the greatest length there is."""

    region: str
    asked: int
    length: int
    windows: tuple[Window, ...]

    @property
    def short(self) -> bool:
        """Whether no window is as long as asked for."""
        return self.length < self.asked

    def reached(self, needed: float, less: bool = False) -> int:
        """In how many windows as much as `needed` was reached."""
        sign = -1.0 if less else 1.0
        return sum(sign * (window.value - needed) >= -ROUND_OFF for window in self.windows)


def history(pack: Pack, indicator: str, measure: Measure, length: int, as_of: int, region: str, unit: str) -> History:
    """Windows of a region's reported figures up to a year; `unit` is that of the indicator."""
    figures = _figures(pack, indicator, as_of, region, unit)
    for years in range(length, 0, -1):
        found = _windows(pack, indicator, measure, years, as_of, region, unit, figures)
        if found:
            return History(region, length, years, tuple(found))
    return History(region, length, 0, ())


def _windows(
    pack: Pack, indicator: str, measure: Measure, years: int, as_of: int, region: str, unit: str,
    figures: Mapping[int, Fact],
) -> list[Window]:  # fmt: skip
    values = {year: (fact.in_unit(unit), fact.id) for year, fact in figures.items()}
    if measure in ("growth", "change"):
        rate = growth_a_year if measure == "growth" else change_a_year
        return pair_windows(values, years, rate, lambda a, b: comparison(pack, figures[a], figures[b]).comparable)
    printed = _printed(pack, indicator, measure, years, as_of, region, unit)
    summed = [w for w in run_windows(values, years, TOGETHER[measure]) if (w.first, w.last) not in printed]
    return sorted([*printed.values(), *summed], key=lambda window: window.first)


def pair_windows(
    values: Mapping[int, tuple[float, str]],
    years: int,
    rate: Callable[[float, float, int], float | None],
    same: Callable[[int, int], bool],
) -> list[Window]:
    """Windows between two figures so many years apart that stand on the same basis; `values` are (value, id)."""
    out = []
    for year in sorted(values):
        if year + years not in values or not same(year, year + years):
            continue
        (one, first), (other, second) = values[year], values[year + years]
        found = rate(one, other, years)
        if found is not None:
            out.append(Window(year + 1, year + years, found, (first, second)))
    return out


def run_windows(
    values: Mapping[int, tuple[float, str]], years: int, together: Callable[[Sequence[float]], float]
) -> list[Window]:
    """Windows of so many years in a row, each with a figure of its own."""
    out = []
    for year in sorted(values):
        run = range(year, year + years)
        if all(one in values for one in run):
            found = values[year][0] if years == 1 else together([values[one][0] for one in run])
            out.append(Window(year, year + years - 1, found, tuple(values[one][1] for one in run)))
    return out


def growth_a_year(start: float, end: float, years: int) -> float | None:
    """Growth a year in percent between two levels; None where one is not positive."""
    if start <= 0.0 or end <= 0.0:
        return None
    return float(100.0 * ((end / start) ** (1.0 / years) - 1.0))


def change_a_year(start: float, end: float, years: int) -> float | None:
    """Change a year between two levels, in their unit."""
    return (end - start) / years


def reduction_a_year(rates: Sequence[float]) -> float:
    """Reduction a year in percent that compounds to those of several years."""
    return -average_growth([-rate for rate in rates])


def mean(amounts: Sequence[float]) -> float:
    """Amount a year."""
    return sum(amounts) / len(amounts)


#: How yearly figures are put together, by measure.
TOGETHER: Mapping[Measure, Callable[[Sequence[float]], float]] = {
    "average": average_growth,
    "reduction": reduction_a_year,
    "amount": mean,
}


def _figures(pack: Pack, indicator: str, as_of: int, region: str, unit: str) -> dict[int, Fact]:
    """The figure of each whole year, of the region itself only what is comparable with the model's indicator."""
    name = LEDGER_NAMES.get(indicator, indicator)
    out: dict[int, Fact] = {}
    years = {f.last_year for f in pack.ledger.facts if f.indicator == name and f.region == region}
    for year in sorted(year for year in years if year <= as_of):
        fact = (
            comparable_fact(pack, indicator, year)
            if region == pack.id
            else reported_fact(pack, name, year, region=region)
        )
        if fact is not None and factor(fact.unit, unit) is not None and not _nominal(indicator, fact):
            out[year] = fact
    return out


def _nominal(indicator: str, fact: Fact) -> bool:
    """Whether a rate of growth stands at current prices where volumes are meant."""
    return indicator in VOLUMES and fact.price_basis == "current"


def _printed(
    pack: Pack, indicator: str, measure: Measure, years: int, as_of: int, region: str, unit: str
) -> dict[tuple[int, int], Window]:
    """Figures that were published for just so many years, by first and last year."""
    out: dict[tuple[int, int], Window] = {}
    for ending in OF_YEARS[measure]:
        for fact in pack.ledger.facts:
            span = fact.last_year - fact.first_year + 1
            if fact.indicator != indicator + ending or fact.region != region or fact.nature == "target":
                continue
            if span != years or span < 2 or fact.last_year > as_of or fact.value is None or "-" not in fact.period:
                continue
            if factor(fact.unit, unit) is None or _nominal(indicator, fact):
                continue
            value = _a_year(measure, ending, fact.in_unit(unit), years)
            out.setdefault(
                (fact.first_year, fact.last_year), Window(fact.first_year, fact.last_year, value, (fact.id,))
            )
    return out


def _a_year(measure: Measure, ending: str, value: float, years: int) -> float:
    """What a figure for several years amounts to a year."""
    if measure == "amount":
        return value / years if ending == "_cumulative" else value
    if measure == "reduction":
        return float(100.0 * (1.0 - (1.0 - value / 100.0) ** (1.0 / years)))
    return value
