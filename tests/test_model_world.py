"""The world a scenario assumes: what it names holds, and what strikes for a year is gone the year after."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.experiment.drawing import draw_block
from sim.experiment.simulation import simulate_scenarios
from sim.language import Text
from sim.randomness import SOURCES
from sim.region.pack import Pack
from sim.region.reading import read_pack
from sim.scenario.parts import AssumptionPath, Event, Scenario
from tests.worked_2021 import CALIBRATION, work

YEARS = tuple(range(2021, 2036))
STRUCK = 2024 - 2020


@pytest.fixture(scope="module")
def pack() -> Pack:
    return read_pack(CALIBRATION, "west_coast")


@pytest.fixture(scope="module", params=["certain", "chance"])
def block(request: pytest.FixtureRequest, pack: Pack) -> Any:
    return draw_block(pack, 1, 0, 2035, frozenset(SOURCES if request.param == "chance" else ()))


def named(id_: str, values: dict[int, float]) -> dict[str, AssumptionPath]:
    line = tuple(values.get(year) for year in YEARS)
    return {id_: AssumptionPath(id_, YEARS, line, line)}


def scenario(
    world: dict[str, AssumptionPath] | None = None,
    events: tuple[Event, ...] = (),
    levers: dict[str, AssumptionPath] | None = None,
) -> Scenario:
    return Scenario("s", Text("", ""), "", None, 2035, levers or {}, world or {}, (), events, (), {}, ())


def slump() -> tuple[Event, ...]:
    """World trade a fifth lower in 2024 alone."""
    return (Event("e", Text("", ""), "world_trade", 2024, None, -20.0, -20.0, 1),)


@pytest.mark.parametrize("assumed", [{}, dict.fromkeys(YEARS, 1.0), {2023: 6.0, 2025: -4.0}])
def test_a_year_of_little_trade_comes_back_wholly(assumed: dict[int, float], pack: Pack, block: Any) -> None:
    """Exports follow world trade alone here: down by elasticity times ln 0.8 in 2024, where they were in 2025."""
    world = named("world_trade", assumed) if assumed else {}
    before, after = simulate_scenarios(pack, [scenario(world), scenario(world, slump())], block)
    change = [np.log(b.trade.exports / a.trade.exports) for a, b in zip(before.states, after.states, strict=True)]
    elasticity = block.parameters.export_demand_elasticity
    assert np.allclose(change[STRUCK], elasticity * np.log(0.8), rtol=1e-9)
    for t in (*range(STRUCK), *range(STRUCK + 1, len(change))):
        assert np.abs(change[t]).max() < 1e-9


def test_assumed_trade_is_the_growth_of_trade(pack: Pack) -> None:
    """Two paths that differ by three points in one year: exports differ by the elasticity times that, for good."""
    certain = draw_block(pack, 1, 0, 2035, frozenset())
    low, high = (dict.fromkeys(YEARS, 2.0), {year: 5.0 if year == 2024 else 2.0 for year in YEARS})
    one, two = simulate_scenarios(
        pack, [scenario(named("world_trade", low)), scenario(named("world_trade", high))], certain
    )
    expected = 1.7 * np.log(1.05 / 1.02)  # the centre of [1.0, 2.4]
    for t, (a, b) in enumerate(zip(one.states, two.states, strict=True)):
        change = np.log(b.trade.exports / a.trade.exports)[0]
        assert change == pytest.approx(expected if t >= STRUCK else 0.0, rel=1e-9, abs=1e-12)


def test_named_producer_prices_have_no_memory(pack: Pack) -> None:
    """What a file says of 2023 does not depend on what it says of 2022; deflators follow by their response."""
    certain = draw_block(pack, 1, 0, 2035, frozenset())
    mild, steep = {2022: 1.0, 2023: 3.0}, {2022: 9.0, 2023: 3.0}
    one, two = simulate_scenarios(
        pack, [scenario(named("producer_prices", mild)), scenario(named("producer_prices", steep))], certain
    )
    response = certain.parameters.producer_price_response[:, 0]
    gap = [np.log(b.prices.deflator / a.prices.deflator)[:, 0] for a, b in zip(one.states, two.states, strict=True)]
    assert gap[2] == pytest.approx(response * np.log(1.09 / 1.01), rel=1e-9)
    assert gap[3] == pytest.approx(gap[2], rel=1e-9)
    assert gap[4] == pytest.approx(gap[2], rel=1e-9)  # the memory of 2024 is of 2023, the same in both


@pytest.mark.parametrize("growth", [3.0, 8.0])
def test_an_assumed_national_trend_moves_the_region_by_as_much(growth: float, pack: Pack, block: Any) -> None:
    """The lead of the district over the nation is calibrated, so a faster nation makes a faster district."""
    before, after = simulate_scenarios(
        pack, [scenario(), scenario(named("national_growth", dict.fromkeys(YEARS, growth)))], block
    )
    expected = np.log1p(growth / 100.0) - block.world_parameters.national_growth_2021
    moved = after.states[1].supply.potential_growth - before.states[1].supply.potential_growth
    assert np.allclose(moved, expected, rtol=1e-9, atol=1e-12)


def test_migrants_settle_in_town(pack: Pack, block: Any) -> None:
    """Two 万人 more in 2021 raise the log odds of both concepts by response times their share of the population."""
    levers = {"net_migration": AssumptionPath("net_migration", (2021,), (2.0,), (2.0,))}
    before, after = simulate_scenarios(pack, [scenario(), scenario(levers=levers)], block)
    expected = block.parameters.urbanisation_migration_response * 2.0 / before.states[0].people.population
    for concept in ("urbanisation", "census_urbanisation"):
        moved = getattr(after.states[1].people, concept) - getattr(before.states[1].people, concept)
        assert np.allclose(moved, expected, rtol=1e-9)


def test_migrants_in_the_worked_year() -> None:
    """Typed from the priors: 0.025 a year, and once 0.25 of last year's lead, ln 1.039 less ln 1.023."""
    assert work()["urbanisation_step"] == pytest.approx(0.025 + 1.0 * 0.25 * np.log(1.039 / 1.023))


def test_programmes_are_delivered_in_part(pack: Pack) -> None:
    """At the centre 0.8 of what is asked: a tenth of a year asked, 0.08 gained; 100 doctors asked, 80 more."""
    certain = draw_block(pack, 1, 0, 2035, frozenset())
    asked = {
        "schooling": AssumptionPath("schooling", (2021,), (0.1,), (0.1,)),
        "doctors": AssumptionPath("doctors", (2021,), (100.0,), (100.0,)),
    }
    before, after = simulate_scenarios(pack, [scenario(), scenario(levers=asked)], certain)
    assert (after.value("schooling_years") - before.value("schooling_years"))[1, 0] == pytest.approx(0.08)
    assert (after.states[1].social.doctors - before.states[1].social.doctors)[0] == pytest.approx(80.0)
