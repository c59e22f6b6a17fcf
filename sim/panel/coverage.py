"""Which years a panel covers: gaps and short series are problems, a late start is worth a note."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from sim.errors import Problem
from sim.language import Text
from sim.panel.growth import ESSENTIAL
from sim.randomness import Array

FEWEST_YEARS = 4  # three changes of growth: below that a spread cannot be told from the series

#: region, year, row of the file, figures by column
Line = tuple[str, int, int, Mapping[str, float]]


def coverage_problems(lines: Iterable[Line], shown: str, origin: int | None) -> list[Problem]:
    """Regions with missing years, with gaps in what is needed, with too few years, or that end before `origin`."""
    by_region: dict[str, dict[int, tuple[int, Mapping[str, float]]]] = {}
    for region, year, row, figures in lines:
        by_region.setdefault(region, {})[year] = (row, figures)
    if not by_region:
        text = Text(f"没有 {origin} 年及以前的数据", f"no row of {origin} or earlier")
        return [Problem(shown, None, None, "year", text)]
    last = max(max(years) for years in by_region.values()) if origin is None else origin
    return [problem for region, years in by_region.items() for problem in _region_problems(region, years, shown, last)]


def _region_problems(
    region: str, years: Mapping[int, tuple[int, Mapping[str, float]]], shown: str, last: int
) -> list[Problem]:
    row = years[max(years)][0]
    missing = sorted(set(range(min(years), last + 1)) - set(years))
    if missing:
        listed = [str(year) for year in missing]
        zh, en = f"{region} 缺少年份 {'、'.join(listed)}", f"{region}: missing years {', '.join(listed)}"
        return [Problem(shown, row, None, "year", Text(zh, en))]
    reported = {name: [year for year in sorted(years) if name in years[year][1]] for name in ESSENTIAL}
    fewest = min(len(found) for found in reported.values())
    if 0 < fewest < FEWEST_YEARS or len(years) < FEWEST_YEARS:
        zh = f"{region} 截至 {last} 年只有 {fewest} 年数据，至少需要 {FEWEST_YEARS} 年"
        en = f"{region} has {fewest} years of data up to {last}, at least {FEWEST_YEARS} are needed"
        return [Problem(shown, row, None, "year", Text(zh, en))]
    problems = []
    for name, found in reported.items():
        for year in range(min(found, default=min(years)), last + 1):
            if year not in found:
                text = Text(f"{region} {year} 年未填报", f"{region} {year} is not reported")
                problems.append(Problem(shown, years[year][0], None, name, text))
    return problems


def coverage_notes(regions: tuple[str, ...], years: tuple[int, ...], values: Mapping[str, Array]) -> tuple[Text, ...]:
    """One sentence for each essential column that a region starts to report after the first year of the file."""
    notes = []
    for name in ESSENTIAL:
        first = np.argmax(~np.isnan(values[name]), axis=1)
        for region, index in zip(regions, first, strict=True):
            if index > 0:
                year = years[int(index)]
                notes.append(Text(f"{region} 的 {name} 始于 {year} 年", f"{region}: {name} starts in {year}"))
    return tuple(notes)
