"""Growth accounting in runs: points sum to growth in every draw, levers move their channels, chunks change nothing."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.aggregation import Accounts
from sim.experiment import growth
from sim.experiment.drawing import draw_block
from sim.experiment.plan import Plan
from sim.experiment.results import ScenarioResult
from sim.experiment.run import run
from sim.experiment.simulation import follow_scenarios
from sim.growth_accounting.accounting import GrowthAccounting, channel_points
from sim.growth_accounting.channels import NOMINAL, OF_ACCOUNT, REAL, TOTAL
from sim.growth_accounting.contributions import Contributions, difference_of
from sim.growth_accounting.factors import changes, productive_capital
from sim.randomness import BLOCK, SOURCES
from sim.region.pack import Pack
from sim.region.reading import read_pack
from sim.scenario.parts import Project, Scenario
from tests.city_runs import HORIZON, scenario
from tests.running import call
from tests.test_init import NUMBERS, fill

SAME = 1e-9


def project_of(pack: Pack) -> Project:
    return replace(PROJECT, cell=pack.cell_ids[-1])


PROJECT = Project("p", scenario().label, "", 50.0, 2021, 2023, 20.0, 0.6, (0.5, 0.3, 0.2), 0.7)


def busy(pack: Pack) -> Scenario:
    """Levers and a project, so that every channel is at work."""
    levers = {"investment_growth": 3.0, "manufacturing_productivity": 1.0, "net_migration": 0.5, "trade_growth": 2.0}
    return scenario(levers, (project_of(pack),))


def plan_of(pack: Pack, *scenarios: Scenario, **more: Any) -> Plan:
    return Plan(pack, scenarios, tuple(() for _ in scenarios), **{"draws": 400, "horizon": HORIZON, **more})


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """A pack of three cells without a city, filled in as a planner would."""
    calibration = tmp_path_factory.mktemp("small") / "calibration"
    here = Path(__file__).resolve().parents[1] / "calibration"
    shutil.copytree(here, calibration, ignore=shutil.ignore_patterns("west_coast", "qingdao", "hindcast", "proof"))
    code, _, err = call("init", "my_city", "--label", "某市", "--cells", "3", "--out", str(calibration / "my_city"))
    assert (code, err) == (0, "")
    fill(calibration / "my_city", NUMBERS)
    return read_pack(calibration, "my_city")


class Watched(GrowthAccounting):
    """Keeps the states of all years."""

    seen: list[list[Any]]

    def year(self, t: int, states: Sequence[Accounts]) -> None:
        super().year(t, states)
        self.seen = [] if t == 0 else self.seen
        self.seen.append(list(states))


def sums_by_draw(found: Watched, account: str, t: int) -> Any:
    """Points of all cells and channels summed without the total, (draw,)."""
    parts = []
    for i, inputs in enumerate(found.parts):
        now, before = found.seen[t][i], found.seen[t - 1][i]
        start = before.capital.capital_before if t == 1 else productive_capital(found.seen[t - 2][i])
        parts.append(changes(inputs, t, (before, now), (start, productive_capital(before)))[account])
    out = np.empty((len(found.place), found.members.shape[-1]))
    last = len(OF_ACCOUNT[account]) - 1
    return sum(points.sum(axis=0) for channel, points in channel_points(parts, account, out) if channel != last)


@pytest.mark.parametrize("region", ["west_coast", "qingdao", "my_city"])
@pytest.mark.parametrize("kind", ["quiet", "busy"])
def test_points_sum_to_growth_in_every_draw(
    region: str, kind: str, city: Pack, district: Pack, small: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At constant prices to the printed growth, at current prices to the growth of GDP as it is reported."""
    pack = {"west_coast": district, "qingdao": city, "my_city": small}[region]
    made: list[Watched] = []
    monkeypatch.setattr(growth, "GrowthAccounting", lambda *given: made.append(Watched(*given)) or made[-1])
    block = draw_block(pack, 7, 0, HORIZON, frozenset(SOURCES))
    (path,) = follow_scenarios(pack, [busy(pack) if kind == "busy" else scenario()], block, False, (), BLOCK)
    (found,) = made
    gdp = path.value("gdp")
    for t in range(1, len(block.years)):
        assert np.abs(sums_by_draw(found, REAL, t) - path.value("gdp_growth")[t]).max() < SAME
        assert np.abs(sums_by_draw(found, NOMINAL, t) - 100.0 * (gdp[t] / gdp[t - 1] - 1.0)).max() < SAME


@pytest.fixture(scope="module", params=["west_coast", "qingdao", "my_city"])
def kept(request: pytest.FixtureRequest, city: Pack, district: Pack, small: Pack) -> tuple[ScenarioResult, ...]:
    """A quiet and a busy scenario with their draws."""
    pack = {"west_coast": district, "qingdao": city, "my_city": small}[request.param]
    return run(plan_of(pack, scenario(), busy(pack), keep=True))[0]


def contributions(result: ScenarioResult) -> Contributions:
    assert result.contributions is not None
    return result.contributions


def of_draws(result: ScenarioResult, name: str) -> Any:
    assert result.kept is not None
    return result.kept[name]


def test_means_and_spreads_are_those_of_the_draws(kept: tuple[ScenarioResult, ...]) -> None:
    """Channels of a cell sum to its array in draws.npz, cells to growth, spreads are those over draws."""
    for result in kept:
        found = contributions(result)
        for i, cell in enumerate(found.cells):
            drawn = of_draws(result, f"contribution/{cell}")[:, 1:]
            assert np.abs(found.points[REAL][:, i, :-1].sum(axis=1) - drawn.mean(axis=0)).max() < SAME
            assert np.abs(found.deviation[REAL][:, i, -1] - drawn.std(axis=0)).max() < SAME
        drawn = of_draws(result, "gdp_growth")[:, 1:]
        cells = len(found.cells)
        assert np.abs(found.points[REAL][:, :cells, :-1].sum(axis=(1, 2)) - drawn.mean(axis=0)).max() < SAME
        assert np.abs(found.deviation[REAL][:, -1, -1] - drawn.std(axis=0)).max() < SAME
        level = of_draws(result, "gdp")
        nominal = 100.0 * (level[:, 1:] / level[:, :-1] - 1.0)
        assert np.abs(found.points[NOMINAL][:, :cells, :-1].sum(axis=(1, 2)) - nominal.mean(axis=0)).max() < SAME
        assert np.abs(found.deviation[NOMINAL][:, -1, -1] - nominal.std(axis=0)).max() < SAME


def test_industries_are_the_sums_of_their_cells(kept: tuple[ScenarioResult, ...]) -> None:
    for result in kept:
        found = contributions(result)
        cells = len(found.cells)
        for points in found.points.values():
            assert np.abs(points[:, :cells].sum(axis=1) - points[:, cells:-1].sum(axis=1)).max() < SAME
            assert np.abs(points[:, cells:-1].sum(axis=1) - points[:, -1]).max() < SAME
        shares = found.share(REAL)[:, cells:-1, -1].sum(axis=1)
        assert shares[np.isfinite(shares)] == pytest.approx(1.0, abs=SAME)


def test_differences_sum_to_the_difference_of_growth(kept: tuple[ScenarioResult, ...]) -> None:
    first, second = (contributions(result) for result in kept)
    found = difference_of(first, second)
    row = kept[0].indicators.index("gdp_growth")
    growth = kept[1].means[row, 1:] - kept[0].means[row, 1:]
    cells = len(found.cells)
    assert np.abs(found.points[REAL][:, :cells, :-1].sum(axis=(1, 2)) - growth).max() < SAME
    assert np.abs(growth).max() > 0.1


def moved(district: Pack, lever: str, value: float) -> dict[str, Any]:
    """Change of the points of GDP by channel, (year,), when a lever is pulled in every year."""
    results, _ = run(plan_of(district, scenario(), scenario({lever: value})))
    found = difference_of(contributions(results[0]), contributions(results[1]))
    return {name: found.points[REAL][:, -1, i] for i, name in enumerate(OF_ACCOUNT[REAL])}


def test_a_productivity_lever_moves_its_channel_and_no_trend(district: Pack) -> None:
    """One point a year on manufacturing's productivity is its share of GDP, about 0.3, in points of growth."""
    by_channel = moved(district, "manufacturing_productivity", 1.0)
    assert (by_channel["productivity_levers"] > 0.2).all()
    assert (by_channel["productivity_levers"] < 0.4).all()
    # A larger cell's own trend weighs more, by as much as it has grown: a few hundredths of a point.
    assert np.abs(by_channel["productivity"]).max() < 0.05
    assert by_channel["projects"].tolist() == [0.0] * (HORIZON - 2020)


def test_investment_moves_demand_at_once_and_capital_afterwards(district: Pack) -> None:
    by_channel = moved(district, "investment_growth", 5.0)
    assert by_channel["demand"][0] > 0.1
    # What is built this year works from the next; only the weight of a larger year touches it.
    assert abs(by_channel["capital"][0]) < 0.01
    assert (by_channel["capital"][1:] > 0.02).all()
    assert by_channel["productivity_levers"].tolist() == [0.0] * (HORIZON - 2020)
    assert np.abs(by_channel["productivity"]).max() < 0.02
    assert by_channel["capital"][-1] > 5.0 * np.abs(by_channel["productivity"]).max()


def test_people_move_labour_and_projects_their_own_channel(district: Pack) -> None:
    by_channel = moved(district, "net_migration", 1.0)
    assert max(by_channel, key=lambda name: by_channel[name].sum() if name != TOTAL else 0.0) == "labour"
    project = replace(project_of(district), probability=1.0, delay=(1.0,))
    results, _ = run(plan_of(district, scenario(), scenario(projects=(project,))))
    found = difference_of(contributions(results[0]), contributions(results[1]))
    added = found.points[REAL][:, -1, OF_ACCOUNT[REAL].index("projects")]
    assert added[:2].tolist() == [0.0, 0.0]  # nothing before it is commissioned in 2023
    assert (added[2:5] > 0.02).all()  # 14 亿元 over three years of a GDP near 4500: about a tenth of a point a year
    assert added[5:].tolist() == [0.0, 0.0]


def same(one: Contributions, other: Contributions) -> bool:
    pairs = [(one.points[a], other.points[a]) for a in OF_ACCOUNT]
    pairs += [(one.deviation[a], other.deviation[a]) for a in OF_ACCOUNT]
    return all(np.array_equal(a, b) for a, b in pairs)


def test_chunks_and_workers_change_no_bit(district: Pack) -> None:
    """More than one block, so that there is something to divide."""
    plan = replace(plan_of(district, scenario()), draws=BLOCK + 30, horizon=2022)
    (whole,), _ = run(plan)
    for chunk, workers in ((1, 1), (2 * BLOCK, 1), (1, 2)):
        (found,), _ = run(replace(plan, chunk=chunk, workers=workers))
        assert same(contributions(found), contributions(whole))
    (first,), _ = run(replace(plan, draws=BLOCK))
    assert not same(contributions(first), contributions(whole))


def test_switched_off_there_is_nothing_and_no_other_number_changes(district: Pack) -> None:
    (on,), _ = run(plan_of(district, busy(district)))
    (off,), _ = run(plan_of(district, busy(district), accounting=False))
    assert off.contributions is None
    assert np.array_equal(on.quantiles, off.quantiles, equal_nan=True)
    assert np.array_equal(on.means, off.means, equal_nan=True)


def test_a_city_shared_between_scenarios_gives_what_it_gives_alone(city: Pack) -> None:
    """Scenarios that differ in a project only share the city's districts."""
    built = scenario(projects=(project_of(city),))
    results, _ = run(plan_of(city, scenario(), built))
    for alone, found in zip((scenario(), built), results, strict=True):
        (expected,), _ = run(plan_of(city, alone))
        assert same(contributions(found), contributions(expected))


def test_a_single_path_has_no_spread(district: Pack) -> None:
    (result,), _ = run(plan_of(district, scenario(), sources=frozenset()))
    found = contributions(result)
    assert np.abs(found.deviation[REAL]).max() == 0.0
    assert found.growth() == pytest.approx(result.means[result.indicators.index("gdp_growth"), 1:], abs=SAME)
