"""What has happened in the world, as the shared ledger reports it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from sim.errors import InputError, Problem, unknown_name
from sim.facts.ledger import Fact
from sim.facts.preference import preferred
from sim.parameters.priors import HistoryLine, PriorFile
from sim.reading.source import YamlSource, read, validate

#: World assumptions whose past is a reported figure.
WITH_HISTORY = ("national_growth", "producer_prices", "world_trade", "exchange_rate")


def world_history_of(path: Path, facts: Sequence[Fact]) -> Mapping[str, Mapping[int, Fact]]:
    """Figures by world assumption and year, of each year the report to be used.

    Raises InputError with every name that is not a world assumption, region or indicator of the shared ledger.
    """
    source = read(path)
    file = validate(source, PriorFile)
    problems: list[Problem] = []
    out = {}
    for name, line in file.history.items():
        problems += _problems(source, name, line, facts) if facts else []
        out[name] = _by_year([f for f in facts if (f.region, f.indicator) == (line.region, line.indicator)])
    if problems:
        raise InputError(problems)
    return out


def _by_year(facts: Sequence[Fact]) -> dict[int, Fact]:
    usable = [f for f in facts if f.value is not None and f.period.isdigit() and _happened(f)]
    years = sorted({f.last_year for f in usable})
    found = {year: preferred(f for f in usable if f.last_year == year) for year in years}
    return {year: fact for year, fact in found.items() if fact is not None}


def _happened(fact: Fact) -> bool:
    """Whether a figure is of what was, not of what was wanted or expected."""
    return fact.nature != "target" and fact.rounding != "预计"


def _problems(source: YamlSource, name: str, line: HistoryLine, facts: Sequence[Fact]) -> list[Problem]:
    checks = (
        (name, WITH_HISTORY, ("history", name)),
        (line.region, {f.region for f in facts}, ("history", name, "region")),
        (line.indicator, {f.indicator for f in facts if f.region == line.region}, ("history", name, "indicator")),
    )
    return [source.problem(keys, unknown_name(given, known)) for given, known, keys in checks if given not in known]
