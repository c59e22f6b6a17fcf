"""A region's own record: where figures fell, and how many lay in which interval."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim.cli.hindcast.tables import place, region_counts
from sim.hindcast.record import committed, read_rows
from sim.hindcast.region import Fallen, counts, fallen, label_of, origins_of, percentile
from sim.region.reading import read_pack
from sim.resources import data_path
from sim.scenario.load import load_scenario

PROJECT = Path(__file__).resolve().parents[1]


def figure(as_of: int, year: int, percentile: float) -> Fallen:
    return Fallen("x", as_of, year, "gdp", "亿元", 1.0, "gdp.x", 0.0, 0.0, 0.0, 0.0, 0.0, percentile)


def test_percentiles_by_hand() -> None:
    drawn = np.array([1.0, 2.0, 3.0, 4.0])
    assert percentile(drawn, 2.5) == 50.0
    assert percentile(drawn, 2.0) == 37.5  # one below, half of the one that is equal
    assert percentile(drawn, 0.0) == 0.0
    assert percentile(drawn, 9.0) == 100.0


def test_intervals_by_hand() -> None:
    inside = {p: [figure(2020, 2021, p).inside(width) for width in (50, 80, 90)] for p in (3.0, 7.0, 20.0, 50.0, 96.0)}
    assert inside == {
        3.0: [False, False, False],
        7.0: [False, False, True],
        20.0: [False, True, True],
        50.0: [True, True, True],
        96.0: [False, False, False],
    }


def test_counts_by_year_and_horizon() -> None:
    found = [figure(2020, 2021, 50.0), figure(2020, 2021, 7.0), figure(2020, 2022, 99.0), figure(2021, 2022, 20.0)]
    table = [(count.as_of, count.horizon, count.figures, count.inside) for count in counts(found)]
    assert table == [(2020, 1, 2, (1, 1, 2)), (2020, 2, 1, (0, 0, 0)), (2021, 1, 1, (0, 1, 1))]
    assert [cell.zh for cell in region_counts(found).rows[0]] == ["2020", "1", "2", "1（50%）", "1（50%）", "2（100%）"]


def test_the_ends_are_not_certain() -> None:
    assert [place(p) for p in (0.0, 0.4, 0.6, 99.4, 99.6)] == ["<1", "<1", "1", "99", ">99"]


def test_a_figure_in_the_forecast_as_of_the_base_year() -> None:
    pack = read_pack(data_path("calibration"), "west_coast")
    scenario = load_scenario(
        "baseline", folder=data_path("scenarios"), base_year=2020, horizon=None, cells=pack.cell_ids,
        indicators=("gdp",), region=pack.id,
    )  # fmt: skip
    found = {(one.indicator, one.year): one for one in fallen(pack, scenario, 2020, None, draws=200)}
    growth = found["gdp_growth", 2021]
    # The bulletin's 10.3 % against a forecast around 8 % with a standard deviation of 2 to 3 points.
    assert (growth.reported, growth.horizon, growth.unit) == (10.3, 1, "%")
    assert 65.0 < growth.percentile < 95.0
    assert growth.p05 < growth.p25 < growth.p50 < growth.p75 < growth.p95
    assert min(year for _, year in found) == 2021


def test_years_as_of_which_something_was_still_to_come() -> None:
    assert origins_of(read_pack(data_path("calibration"), "west_coast")) == (2020, 2021, 2022)


def test_a_region_is_called_by_its_label() -> None:
    assert label_of("qingdao").zh == "青岛市"
    assert label_of("west_coast").zh == "青岛西海岸新区"
    assert label_of("no_such_pack").zh == "no_such_pack"


@pytest.mark.parametrize("region", ["west_coast", "qingdao"])
def test_the_committed_record(region: str) -> None:
    own = [one for one in read_rows(committed("regions.csv"), Fallen) if one.region == region]
    assert {one.as_of for one in own} == {2020, 2021, 2022}
    assert all(one.as_of < one.year <= 2024 for one in own)
    assert all(one.p05 <= one.p50 <= one.p95 for one in own)
    # The same figure is placed in the forecast of every year before it.
    assert len({(one.indicator, one.year) for one in own if one.as_of == 2020}) >= 15


def test_the_page_holds_the_record() -> None:
    page = (PROJECT / "docs" / "hindcast.md").read_text(encoding="utf-8")
    assert "<!-- generated:hindcast-scoreboard -->\n### " in page
    own = [one for one in read_rows(committed("regions.csv"), Fallen) if one.region == "west_coast"]
    assert f"### 青岛西海岸新区（n = {len(own)}，" in page
