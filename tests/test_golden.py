"""Every scenario file runs, and gives the numbers of its golden table to 1e-9.

The tables change only with `pytest --update-golden`, in a commit of their own, with a line under
"Numbers change" in the changelog.
"""

from __future__ import annotations

import csv
import math
from pathlib import Path

import pytest

from sim.cli.inputs import load_pack, load_scenarios, targets_of
from sim.experiment.plan import Plan
from sim.experiment.results import ScenarioResult
from sim.experiment.run import run

PROJECT = Path(__file__).resolve().parent.parent
SCENARIOS = sorted(path.stem for path in (PROJECT / "scenarios").glob("*.yaml"))
INDICATORS = ("gdp_growth", "gdp", "manufacturing_share", "marine_share", "trade_total", "fdi", "co2_emissions")
DRAWS = 1000
HEADER = ["kind", "id", "year", "quantity", "value"]


def result_of(scenario: str) -> ScenarioResult:
    pack = load_pack("west_coast")
    (found,) = load_scenarios(pack, [scenario], None)
    (result,), _ = run(Plan(pack, (found,), (targets_of(pack, found),), draws=DRAWS, horizon=found.horizon))
    return result


def rows_of(result: ScenarioResult) -> list[list[str]]:
    rows = []
    for target in result.targets:
        if target.status == "not_modelled":
            continue  # no number, however many of them a document adds
        value = target.status if target.probability is None else repr(target.probability)
        rows.append(["target", target.target.id, str(target.target.year), "probability", value])
    for name in INDICATORS:
        for year in (2021, 2025, 2030, 2035):
            for level in (0.1, 0.5, 0.9):
                value = repr(result.quantile(name, year, level))
                rows.append(["indicator", name, str(year), f"p{round(100 * level)}", value])
    return rows


def test_there_are_scenarios() -> None:
    assert {"baseline", "plan_targets", "stress"} <= set(SCENARIOS)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_scenario_gives_its_golden_table(scenario: str, update_golden: bool) -> None:
    path = PROJECT / "tests" / "golden" / f"{scenario}.csv"
    rows = rows_of(result_of(scenario))
    if update_golden:
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([HEADER, *rows])
    with path.open(encoding="utf-8", newline="") as file:
        golden = list(csv.reader(file))[1:]
    assert [row[:4] for row in rows] == [row[:4] for row in golden]
    for row, wanted in zip(rows, golden, strict=True):
        same = row[4] == wanted[4]
        assert same or math.isclose(float(row[4]), float(wanted[4]), rel_tol=1e-9, abs_tol=1e-12), (row, wanted)
