"""What a sweep gives to other programs: the IAMC layout and the description of its tables."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

from sim.region.reading import read_pack
from sim.resources import data_path
from sim.sweep.iamc import write_iamc
from sim.sweep.parts import Sweep
from sim.sweep.points import read_sweep
from sim.sweep.store import Finished
from sim.sweep.tables import write_tables

SPEC = """\
name: three
question: 要多大力度？
draws: 300
targets: [plan14.gdp_growth.2025, plan14.trade_total.2025]
indicators: [gdp, marine_share]
years: [2035, 2030]
design: one_at_a_time
axes:
  trade_growth: {values: [1.5]}
  world_trade: {values: [-2]}
"""
INDICATORS = np.arange(48.0).reshape(3, 2, 2, 4)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Sweep]:
    """The folder of a sweep with made-up numbers; one of them is missing."""
    folder = tmp_path_factory.mktemp("sweep")
    (folder / "s.yaml").write_text(SPEC, encoding="utf-8")
    pack = read_pack(data_path("calibration"), "west_coast")
    sweep = read_sweep(folder / "s.yaml", pack=pack, scenarios=data_path("scenarios"))
    values = np.linspace(0.0, 1.0, 30).reshape(3, 2, 5)
    indicators = INDICATORS.copy()
    indicators[0, 1, 1, 3] = np.nan  # the mean of marine_share in 2030 at the first point
    done = Finished(values, indicators, np.full((3, 2), 0.25), 3, 0, 0, ())
    write_tables(folder, sweep, done.values, done.indicators, done.joint)
    assert write_iamc(folder, sweep, done) == ["iamc.csv", "datapackage.json"]
    return folder, sweep


def rows_of(place: Path) -> list[dict[str, str]]:
    with place.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_indicators_have_a_row_for_each_point_and_year(made: tuple[Path, Sweep]) -> None:
    rows = rows_of(made[0] / "indicators.csv")
    assert list(rows[0]) == [
        "point", "trade_growth", "world_trade", "indicator", "unit", "year", "p10", "p50", "p90", "mean",
    ]  # fmt: skip
    assert [tuple(row.values())[:6] for row in rows[:5]] == [
        ("1", "0", "", "gdp", "亿元", "2035"), ("1", "0", "", "gdp", "亿元", "2030"),
        ("1", "0", "", "marine_share", "%", "2035"), ("1", "0", "", "marine_share", "%", "2030"),
        ("2", "1.5", "", "gdp", "亿元", "2035"),
    ]  # fmt: skip
    assert [rows[3][name] for name in ("p10", "p50", "p90", "mean")] == ["12", "13", "14", ""]
    assert [row["world_trade"] for row in rows[8:]] == ["-2"] * 4


def test_the_layout_is_that_of_the_iamc(made: tuple[Path, Sweep]) -> None:
    """Model, Scenario, Region, Variable, Unit, years; each combination once; numbers or nothing."""
    rows = rows_of(made[0] / "iamc.csv")
    assert list(rows[0]) == ["Model", "Scenario", "Region", "Variable", "Unit", "2025", "2030", "2035"]
    keys = [tuple(row.values())[:4] for row in rows]
    assert len(set(keys)) == len(keys)
    assert all(all(part for part in key) and row["Unit"] for key, row in zip(keys, rows, strict=True))
    assert all(any(row[year] for year in ("2025", "2030", "2035")) for row in rows)
    for row in rows:
        assert all(row[year] == "" or np.isfinite(float(row[year])) for year in ("2025", "2030", "2035"))
    assert {row["Scenario"] for row in rows} == {"three 1", "three 2", "three 3"}
    assert {row["Region"] for row in rows} == {"Qingdao West Coast New Area"}
    first = {row["Variable"]: row for row in rows if row["Scenario"] == "three 1"}
    assert (first["Indicator|gdp|p50"]["2035"], first["Indicator|gdp|p50"]["2030"]) == ("1", "5")
    assert first["Indicator|gdp|p50"]["Unit"] == "亿元"
    assert first["Indicator|marine_share|mean"]["2030"] == ""
    assert first["Target|plan14.gdp_growth.2025|probability"]["2025"] == "0"
    assert first["Targets together|probability"]["2025"] == "0.25"
    assert (first["Input|trade_growth"]["2025"], first["Input|trade_growth"]["2035"]) == ("0", "0")
    assert "Input|world_trade" not in first  # the calibrated world is not one number
    third = {row["Variable"]: row for row in rows if row["Scenario"] == "three 3"}
    assert third["Input|world_trade"]["2030"] == "-2"


def test_the_tables_are_described(made: tuple[Path, Sweep]) -> None:
    folder = made[0]
    package = json.loads((folder / "datapackage.json").read_bytes())
    assert package["description"] == "要多大力度？"
    assert [one["path"] for one in package["resources"]] == ["points.csv", "indicators.csv", "joint.csv", "iamc.csv"]
    for one in package["resources"]:
        content = (folder / one["path"]).read_bytes()
        assert one["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()
        fields = one["schema"]["fields"]
        assert [field["name"] for field in fields] == list(rows_of(folder / one["path"])[0])
        for field in fields:  # every value is of its type
            for row in rows_of(folder / one["path"]):
                if field["type"] != "string" and row[field["name"]]:
                    assert float(row[field["name"]]) == {"integer": int, "number": float}[field["type"]](
                        row[field["name"]]
                    )


def test_pyam_opens_it(made: tuple[Path, Sweep]) -> None:
    """A check for those who have pyam; it was opened with pyam 4.0.0 when this was written."""
    pyam = pytest.importorskip("pyam", reason="pyam is not among the program's own libraries")
    frame = pyam.IamDataFrame(str(made[0] / "iamc.csv"))
    assert frame.scenario == ["three 1", "three 2", "three 3"]
    found = frame.filter(scenario="three 2", variable="Indicator|gdp|p90", year=2035).data["value"]
    assert found.tolist() == [INDICATORS[1, 0, 0, 2]]
