"""One row of the mid-term table: the reported years of a target's indicator, where it stands, what it still asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sim.facts.ledger import Fact
from sim.facts.naming import split_indicator
from sim.language import Text
from sim.midterm.needed import Needed, needed, needed_growth, needed_sum
from sim.midterm.progress import Standing, growth_standing, level_standing, sum_standing
from sim.region.pack import Pack
from sim.targets import Target, comparable_fact, refused_facts, reported, reported_fact
from sim.targets.comparable import LEDGER_NAMES, comparison
from sim.targets.known import average_growth
from sim.targets.outcome import ROUND_OFF

#: What a target is called that may only be met or not met.
BINDING = "约束性"
_OUTCOMES = {"met": "done", "missed": "not_done", "not_comparable": "not_comparable"}


@dataclass(frozen=True, slots=True)
class YearFigure:
    """The figure of one year: in the target's unit, with its fact, and whether it counts in the evaluation."""

    value: float
    fact: Fact
    counts: bool


@dataclass(frozen=True, slots=True)
class MidtermRow:
    """A target with the figures of the years since the base year, its standing and what is needed from here."""

    target: Target
    years: Mapping[int, YearFigure]
    standing: Standing
    needed: Needed | None = None
    remarks: tuple[Text, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class _Case:
    """A target with what is known of it."""

    target: Target
    pack: Pack
    as_of: int
    years: Mapping[int, YearFigure]

    @property
    def counted(self) -> dict[int, YearFigure]:
        """Comparable figures by year, ascending."""
        return {year: figure for year, figure in self.years.items() if figure.counts}

    @property
    def binding(self) -> bool:
        """Whether the target is binding."""
        return self.target.nature == BINDING

    def elapsed(self, year: int) -> float:
        """Share of the time from base year to target year that is over at the end of a year."""
        return (year - self.pack.base_year) / (self.target.year - self.pack.base_year)

    def missing(self) -> Standing:
        """The verdict where no comparable figure was published."""
        return Standing("not_comparable" if self.years else "no_data")


def midterm_row(target: Target, pack: Pack, as_of: int) -> MidtermRow:
    """The row of a target as of a year after the base year."""
    years, remarks = _figures(target, pack, as_of)
    case = _Case(target, pack, as_of, years)
    if target.year <= as_of:
        return MidtermRow(target, years, _finished(case), None, remarks)
    standing, wanted, said = _judged(case)
    if standing.year is not None and standing.year < as_of and standing.conclusion != "no_data":
        last = standing.year
        said = (*said, Text(f"按{last}年公布数评估", f"judged by the figure of {last}"))
    return MidtermRow(target, years, standing, wanted, (*said, *remarks))


def _figures(target: Target, pack: Pack, as_of: int) -> tuple[dict[int, YearFigure], tuple[Text, ...]]:
    """Figures of the years since the base year, and remarks on those that do not count."""
    out: dict[int, YearFigure] = {}
    remarks: list[Text] = []
    for year in range(pack.base_year + 1, as_of + 1):
        fact = comparable_fact(pack, target.indicator, year)
        if fact is not None:
            out[year] = YearFigure(fact.number_in(target.unit), fact, True)
            continue
        for refused in refused_facts(pack, target.indicator, year)[:1]:
            out[year] = YearFigure(refused.fact.number_in(target.unit), refused.fact, False)
            zh = f"{year}年公布数不计入评估：{refused.reason.zh}"
            remarks.append(Text(zh, f"the figure of {year} does not count: {refused.reason.en}"))
    return out, tuple(remarks)


def _finished(case: _Case) -> Standing:
    """A target whose year is over: done or not, by what was reported."""
    found = reported(case.target, case.pack, case.as_of)
    return Standing(_OUTCOMES[found.outcome], year=case.target.year) if found else case.missing()


def _judged(case: _Case) -> tuple[Standing, Needed | None, tuple[Text, ...]]:
    """The standing of a target whose year is to come."""
    target = case.target
    if target.operator in (None, "assigned", "direction"):
        return Standing("not_quantified"), None, ()
    if target.operator == "above":
        return _relative(case)
    if target.operator == "cumulative":
        return _sum(case)
    if split_indicator(LEDGER_NAMES.get(target.indicator, target.indicator))[1] == "growth":
        return _growth(case)
    return _level(case)


def _level(case: _Case) -> tuple[Standing, Needed | None, tuple[Text, ...]]:
    target, counted, base_year = case.target, case.counted, case.pack.base_year
    base = None if target.base_fact is None else case.pack.ledger.get(target.base_fact)
    goal = target.value
    if goal is not None and target.operator == "change":
        goal = None if target.base is None else target.base + goal
    if goal is None:
        return Standing("not_quantified"), None, ()
    less = target.operator == "<="
    from_base = None if target.base is None else needed(target.base, base_year, goal, target.year, target.unit, less)
    if not counted:
        return case.missing(), from_base, ()
    year, last = max(counted.items())
    wanted = needed(last.value, year, goal, target.year, target.unit, less)
    if target.base is None or base is None:
        return Standing("no_data", year=year), wanted, (_no_base(base_year),)
    same = comparison(case.pack, base, last.fact)
    if not same.comparable:  # nor may the figure say what is needed to go from it to the target
        return Standing("not_comparable", year=year), from_base, _said(base_year, year, same.note)
    found = level_standing(target.base, goal, last.value, case.elapsed(year), less, case.binding)
    return _in(found, year), wanted, _said(base_year, year, same.note)


def _growth(case: _Case) -> tuple[Standing, Needed | None, tuple[Text, ...]]:
    """Targets for growth are judged by the average of the years so far, all of which must be known."""
    target, first = case.target, case.pack.base_year + 1
    rates = _unbroken({year: figure.value for year, figure in case.counted.items()}, first)
    wanted: float | None = target.value
    if target.operator == "in_step":
        other = [comparable_fact(case.pack, "gdp_growth", first + i) for i in range(len(rates))]
        known = [fact.number for fact in other if fact is not None]
        wanted = average_growth(known) + (target.margin or 0.0) if known and len(known) == len(rates) else None
    if not rates:
        return case.missing(), None, (_gap(case.counted, first) if case.counted else ())
    if wanted is None:
        return Standing("no_data"), None, ()
    year = first + len(rates) - 1
    found = growth_standing(average_growth(rates), wanted, case.elapsed(year))
    to_come = needed_growth(rates, wanted, year, target.year)
    zh = f"按{first}—{year}年年均增速与{wanted:g}%比较"
    return _in(found, year), to_come, (Text(zh, f"average of {first}–{year} against {wanted:g} %"),)


def _sum(case: _Case) -> tuple[Standing, Needed | None, tuple[Text, ...]]:
    """A sum needs every year; what is known of it may already be enough for the time that is over."""
    target = case.target
    first, goal = target.first_year or case.pack.base_year + 1, target.value
    values = {year: figure.value for year, figure in case.counted.items() if year >= first}
    if goal is None:
        return Standing("not_quantified"), None, ()
    if not values:
        return case.missing(), needed_sum(0.0, goal, first - 1, target.year), ()
    year = max(values)
    found = _in(sum_standing(sum(values.values()), goal, case.elapsed(year), case.binding), year)
    if len(values) == year - first + 1:
        return found, needed_sum(sum(values.values()), goal, year, target.year), ()
    gap = _gap(case.counted, first)
    if found.conclusion in ("early", "faster", "kept"):  # the years not known can only add to it
        return found, None, gap
    return Standing("no_data", year=year), None, gap


def _relative(case: _Case) -> tuple[Standing, Needed | None, tuple[Text, ...]]:
    """A target relative to another region: met or not in the last year that both have a figure of."""
    target = case.target
    for year, figure in sorted(case.counted.items(), reverse=True):
        other = reported_fact(case.pack, target.indicator, year, region=target.benchmark or "")
        if other is not None:
            above = figure.value > other.number_in(target.unit) + (target.margin or 0.0) + ROUND_OFF
            return Standing("kept" if above else "not_kept", year=year), None, ()
    if not case.counted:
        return case.missing(), None, ()
    last = max(case.counted)
    return Standing("no_data"), None, (Text(f"缺对比地区{last}年同一指标", f"the other region's {last} is missing"),)


def _in(standing: Standing, year: int) -> Standing:
    return Standing(standing.conclusion, standing.progress, standing.elapsed, standing.average, year)


def _unbroken(values: Mapping[int, float], first: int) -> Sequence[float]:
    """Values of the years from `first` on, up to the first year that is not known."""
    out: list[float] = []
    while first + len(out) in values:
        out.append(values[first + len(out)])
    return out


def _gap(known: Mapping[int, YearFigure], first: int) -> tuple[Text, ...]:
    """The years before the last known one without a figure."""
    years = [str(year) for year in range(first, max(known)) if year not in known]
    if not years:
        return ()
    return (Text(f"缺{'、'.join(years)}年数，不能累计", f"{', '.join(years)} missing: no sum or average"),)


def _no_base(base_year: int) -> Text:
    return Text(f"缺{base_year}年基数，不计进度", f"no figure of {base_year}: no progress")


def _said(base_year: int, year: int, note: Text | None) -> tuple[Text, ...]:
    """What the comparison of the base with the last figure has to say."""
    if note is None:
        return ()
    return (Text(f"{base_year}年与{year}年：{note.zh}", f"{base_year} and {year}: {note.en}"),)
