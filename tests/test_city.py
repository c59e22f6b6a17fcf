"""A city and its district in the same draws: accounts that add up, the same district in both, and the command."""

from __future__ import annotations

import numpy as np
import pytest

from sim.experiment.drawing import Block, draw_block
from sim.experiment.simulation import Path as Run
from sim.experiment.simulation import simulate_scenarios
from sim.randomness import BLOCK, SOURCES
from sim.region.pack import Pack
from sim.targets import read_targets
from tests.city_runs import HORIZON, SAME, YEARS, parts_of, scenario
from tests.running import DRAWS, Finished, project


@pytest.fixture(scope="module")
def block(city: Pack) -> Block:
    return draw_block(city, 7, 0, HORIZON, frozenset(SOURCES))


@pytest.fixture(scope="module")
def whole(city: Pack, block: Block) -> Run:
    return simulate_scenarios(city, [scenario()], block)[0]


@pytest.fixture(scope="module")
def part(district: Pack) -> Run:
    """The district asked for by itself, with the same seed."""
    return simulate_scenarios(district, [scenario()], draw_block(district, 7, 0, HORIZON, frozenset(SOURCES)))[0]


# Accounts


SUMS = {
    "gdp": lambda state: state.reporting.gdp,
    "gdp_real": lambda state: state.reporting.gdp_real,
    "marine_gop": lambda state: state.reporting.marine_gop,
    "population": lambda state: state.people.population,
    "trade_total": lambda state: state.trade.total,
    "budget_revenue": lambda state: state.finance.revenue,
}


@pytest.mark.parametrize("name", SUMS)
def test_the_city_is_its_district_and_the_rest_in_every_draw_and_year(name: str, whole: Run, part: Run) -> None:
    """The district's side is taken from its own run, so that a slip in adding up cannot agree with itself."""
    assert whole.value(name).shape == (len(YEARS) + 1, BLOCK)
    for t in range(len(YEARS) + 1):
        rest, _ = parts_of(whole, t)
        assert np.allclose(whole.value(name)[t], part.value(name)[t] + SUMS[name](rest), rtol=SAME, atol=0.0)


def test_the_cells_of_both_parts_add_up_to_the_citys_gdp(city: Pack, district: Pack, whole: Run) -> None:
    cells = len(city.cells) + len(district.cells)
    for t, state in enumerate(whole.states):
        assert state.reporting.value_added_nominal.shape == (cells, BLOCK)
        assert np.allclose(sum(state.reporting.value_added_nominal), whole.value("gdp")[t], rtol=SAME, atol=0.0)
        assert np.allclose(sum(state.reporting.value_added_real), whole.value("gdp_real")[t], rtol=SAME, atol=0.0)
        assert (state.reporting.value_added_nominal > 0.0).all()


def test_shares_and_growth_of_the_city_are_those_of_its_sums(whole: Run) -> None:
    shares = whole.value("primary_share") + whole.value("secondary_share") + whole.value("services_share")
    assert np.allclose(shares, 100.0, rtol=SAME)
    level = whole.value("gdp_real")
    assert np.allclose(1.0 + whole.value("gdp_growth")[1:] / 100.0, level[1:] / level[:-1], rtol=SAME)
    assert np.allclose(whole.value("marine_share"), 100.0 * whole.value("marine_gop") / whole.value("gdp"), rtol=SAME)
    # 亿元 over 万人 is 10^4 yuan a head
    per_head = 1e4 * whole.value("gdp") / whole.value("population")
    assert np.allclose(whole.value("gdp_per_capita"), per_head, rtol=SAME)


def test_the_districts_share_of_the_city_is_that_of_the_two_runs(whole: Run, part: Run) -> None:
    assert np.allclose(part.value("gdp_share_of_city"), 100.0 * part.value("gdp") / whole.value("gdp"), rtol=SAME)
    # 3721.68 / 12400.56 = 30.0122 %
    assert part.value("gdp_share_of_city")[0] == pytest.approx(30.0122, abs=0.0001)
    assert np.isnan(whole.value("gdp_share_of_city")).all()


#: Reported figures of the city in 2020, typed from the ledger with their intervals: half a unit of the last digit;
#: 7.5 % of it for "about" (左右); 1 % of it more for what is known from copies only (census, yearbook).
REPORTED = {
    "gdp": (12400.56, 0.005), "gdp_growth": (3.7, 0.05), "trade_total": (6407.0, 0.05),
    "budget_revenue": (1254.0, 0.5), "budget_revenue_growth": (1.0, 0.05 + 0.01), "marine_share": (30.0, 2.25),
    "population": (1007.1722, 0.00005 + 10.071722), "urbanisation_rate": (74.6, 0.05), "doctors_per_1000": (4.0, 0.5),
    "good_air_ratio": (86.3, 0.05), "forest_cover": (14.46, 0.005), "household_income_growth": (3.7, 0.05 + 0.037),
    # 425.41 and 4361.56 of 12400.56, each within 0.005
    "primary_share": (3.43057, 0.00005), "secondary_share": (35.17228, 0.00006),
}  # fmt: skip


@pytest.mark.parametrize("name", REPORTED)
def test_the_base_year_is_the_reported_one(name: str, whole: Run) -> None:
    printed, half = REPORTED[name]
    start = whole.value(name)[0]
    assert np.abs(start - printed).max() <= half * (1.0 + 1e-9)
    assert start.std() > 0.1 * half  # and is as uncertain as the printed figure: uniform is 0.58, triangular 0.41


def test_the_exports_of_the_city_are_the_reported_ones(whole: Run) -> None:
    assert np.abs(sum(part.trade.exports for part in parts_of(whole, 0)) - 3876.8).max() <= 0.05 * (1.0 + 1e-9)


# One world, one district


def test_the_district_is_the_same_alone_and_in_its_city(whole: Run, part: Run) -> None:
    for t in range(len(YEARS) + 1):
        _, own = parts_of(whole, t)
        alone = part.states[t]
        for name in ("value_added_real", "value_added_nominal", "marine_gop", "gdp"):
            assert np.array_equal(getattr(own.reporting, name), getattr(alone.reporting, name))
        assert np.array_equal(own.capital.capital, alone.capital.capital)
        assert np.array_equal(own.people.population, alone.people.population)
        assert np.array_equal(own.finance.revenue, alone.finance.revenue)
        assert np.array_equal(own.social.bounded, alone.social.bounded)


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> tuple[Finished, Finished]:
    """The command for the district and for the city, with the same two targets against the city."""
    folder = tmp_path_factory.mktemp("runs")
    file = folder / "above.yaml"
    file.write_text(
        "extends: baseline\ntargets:\n"
        "- {id: growth, indicator: gdp_growth, year: 2025, operator: above, benchmark: qingdao, margin: 1.0}\n"
        "- {id: heads, indicator: gdp_per_capita, year: 2027, operator: above, benchmark: qingdao, margin: 120000}\n"
        "- {id: research, indicator: rd_intensity, year: 2025, operator: above, benchmark: qingdao}\n"
        "- {id: factories, indicator: manufacturing_share, year: 2025, operator: above, benchmark: qingdao}\n",
        encoding="utf-8",
    )
    own = project(folder / "own", str(file), "--region", "west_coast", "--horizon", str(HORIZON))
    return own, project(folder / "city", "--region", "qingdao", "--horizon", str(HORIZON))


def test_the_command_gives_the_district_the_same_paths_in_both_runs(finished: tuple[Finished, Finished]) -> None:
    own, around = (run.draws for run in finished)
    names = [name for name in own if "/" in name]
    assert len(names) == 6 * 7
    for name in names:
        quantity, _, cell = name.partition("/")
        theirs = around[f"{quantity}/west_coast.{cell}"]
        if quantity != "contribution":  # to the growth of another whole
            assert np.array_equal(own[name], theirs), name


@pytest.mark.parametrize(
    ("id", "indicator", "year", "margin"),
    [("growth", "gdp_growth", 2025, 1.0), ("heads", "gdp_per_capita", 2027, 120000.0)],
)
def test_above_the_city_is_counted_in_the_same_draws(
    finished: tuple[Finished, Finished], id: str, indicator: str, year: int, margin: float
) -> None:
    own, _ = finished
    mine, theirs = (run.draws[indicator][:, year - 2020] for run in finished)
    count = sum(bool(a > b + margin) for a, b in zip(mine, theirs, strict=True))
    assert 0 < count < DRAWS  # a margin that some draws reach and some do not
    (record,) = [t for t in own.document["targets"] if t["id"] == id]
    assert record["status"] == "evaluated"
    assert record["probability"] == pytest.approx(count / DRAWS, abs=1e-12)


def test_a_city_without_the_indicator_is_no_benchmark(finished: tuple[Finished, Finished]) -> None:
    records = {t["id"]: t for t in finished[0].document["targets"]}
    for id in ("research", "factories"):
        assert (records[id]["status"], records[id]["probability"]) == ("no_baseline", None)
        assert "青岛市2020年" in records[id]["note"]


def test_what_the_city_does_not_report_is_left_empty(city: Pack, finished: tuple[Finished, Finished]) -> None:
    shown = {r["indicator"] for r in finished[1].document["indicators"] if r["p50"] is not None}
    assert {"gdp", "population", "marine_gop", "good_air_ratio", "gdp_growth"} <= shown
    assert shown & {"rd_intensity", "fdi", "manufacturing_share", "rail_length", "good_water_ratio"} == set()
    status = {t["id"]: t["status"] for t in finished[1].document["targets"]}
    assert status["plan14.manufacturing_share.2025"] == "no_baseline"
    assert set(status) == {target.id for target in read_targets(city)}
