"""A finished sweep in the layout of the Integrated Assessment Modeling Consortium, which `pyam` opens.

Model, Scenario, Region, Variable, Unit, then a column for each year. A scenario is a point; its variables are

    Indicator|<indicator>|<p10, p50, p90, mean>      in the years asked for
    Target|<target>|<probability, standard_error>    in the target's year
    Target|<target>|<p10, p50, p90>                  of the quantity judged, in its own unit
    Targets together|<probability, standard_error>   in the last year of those targets
    Input|<axis>                                     in all years of the file

Probabilities are shares, 0 to 1. A value that does not exist is an empty cell.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from pathlib import Path

from sim.indicators.catalogue import INDICATORS
from sim.output.store import to_json
from sim.sweep.iamc_package import data_package
from sim.sweep.parts import FIGURES, JOINT, MEASURES, Sweep
from sim.sweep.records import write_durably
from sim.sweep.store import Finished
from sim.sweep.tables import number_cell, write_table

IAMC_TABLE, PACKAGE = "iamc.csv", "datapackage.json"
#: The name under which results of this program stand among those of others.
MODEL = "regional-scenarios"
HEADER = ("Model", "Scenario", "Region", "Variable", "Unit")
_NO_UNIT = "1"

Row = tuple[str, str, Mapping[int, float]]  # variable, unit, year -> value


def write_iamc(folder: Path, sweep: Sweep, finished: Finished) -> list[str]:
    """Write the table and the description of all tables of the folder; names of the files."""
    write_table(folder / IAMC_TABLE, iamc_rows(sweep, finished))
    package = data_package(sweep, folder, (IAMC_TABLE, [*HEADER, *map(str, iamc_years(sweep))]))
    write_durably(folder / PACKAGE, to_json(package).encode())
    return [IAMC_TABLE, PACKAGE]


def iamc_years(sweep: Sweep) -> list[int]:
    """The years of the table: those asked for, and those of the targets."""
    return sorted({*sweep.years, *(target.year for target in sweep.targets)})


def iamc_rows(sweep: Sweep, finished: Finished) -> Iterator[list[str]]:
    """The header, then the variables of each point in its turn."""
    years = iamc_years(sweep)
    yield [*HEADER, *map(str, years)]
    digits = len(str(sweep.size))
    for place in range(sweep.size):
        scenario = f"{sweep.name} {place + 1:0{digits}}"
        for variable, unit, values in _variables(sweep, finished, place, years):
            cells = [number_cell(values.get(year, math.nan)) for year in years]
            yield [MODEL, scenario, sweep.plan.pack.label.en, variable, unit, *cells]


def _variables(sweep: Sweep, finished: Finished, place: int, years: list[int]) -> Iterator[Row]:
    for axis, value in zip(sweep.axes, sweep.design.values(place + 1), strict=True):
        if not math.isnan(value):
            yield f"Input|{axis.id}", axis.unit.en, dict.fromkeys(years, value)
    for name, table in zip(sweep.indicators, finished.indicators[place].tolist(), strict=True):
        for figure, column in zip(FIGURES, zip(*table, strict=True), strict=True):
            yield f"Indicator|{name}|{figure}", INDICATORS[name].unit, dict(zip(sweep.years, column, strict=True))
    for target, row in zip(sweep.targets, finished.values[place].tolist(), strict=True):
        for measure, value in zip(MEASURES, row, strict=True):
            unit = _NO_UNIT if measure in JOINT else INDICATORS[target.indicator].unit
            if not math.isnan(value):
                yield f"Target|{target.id}|{measure}", unit, {target.year: value}
    last = max(sweep.targets[place].year for place in sweep.together)
    for measure, value in zip(JOINT, finished.joint[place].tolist(), strict=True):
        yield f"Targets together|{measure}", _NO_UNIT, {last: value}
