"""What five disturbances do to every indicator: differences to the baseline with all uncertainty off."""

from __future__ import annotations

import functools

import numpy as np
from model_runs import certain, pack, path_of, run, scenario, table

from sim.drivers.world import simulate_world
from sim.experiment.measurement import COMPUTED
from sim.experiment.simulation import Path
from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.scenario.parts import Event, Project, Scenario

SHOWN = (2022, 2023, 2025)
POINTS = {"%"}  # differences of these are percentage points
NOTHING = 1e-9  # relative: rounding of the machine
SMALL = 0.0005  # prints as 0.000


def _project(id_: str, delay: tuple[float, ...]) -> Project:
    return Project(id_, Text("命名项目", "project"), "manufacturing_other", 200.0, 2021, 2022, 60.0, 1.0, delay, 1.0)


def producer_prices(points: float) -> Scenario:
    """Producer prices `points` above the calibrated path in 2022, which then takes over again."""
    block = certain()
    world = simulate_world(block.world_parameters, block.draws, block.years, {})
    usual = 100.0 * float(np.expm1(world.producer_price_growth[2, 0]))
    return scenario(world={"producer_prices": path_of({2022: usual + points}, "producer_prices", None)})


@functools.cache
def no_migration() -> Scenario:
    """A net_migration lever that takes away each year's net migration, found by repetition."""
    found = scenario()
    natural = certain().parameters.natural_rate + certain().parameters.natural_rate_drift * np.arange(16)
    extra = np.zeros(15)
    for _ in range(60):
        people = np.array([s.people.population[0] for s in run(found)[0].states])
        extra = extra + people[:-1] * (1.0 + natural[1:]) - people[1:]
        line = path_of({2021 + i: float(extra[i]) for i in range(15)}, "net_migration", 0.0)
        found = scenario(levers={"net_migration": line})
    return found


@functools.cache
def experiments() -> dict[str, tuple[Path, Path]]:
    """For each disturbance the path it is compared with, and the disturbed path."""
    trade = Event("trade", Text("世界贸易", "trade"), "world_trade", 2022, None, -10.0, -10.0, 1)
    more = scenario(levers={"investment_growth": path_of({2022: 10.0}, "investment_growth", 0.0)})
    on_time, late = scenario(projects=(_project("p", (1.0,)),)), scenario(projects=(_project("p", (0.0, 0.0, 1.0)),))
    base, a, b, c, d, e, f = run(
        scenario(), scenario(events=(trade,)), more, producer_prices(-5.0), on_time, late, no_migration()
    )
    return {
        "世界贸易 −10%": (base, a),
        "投资增速 +10点": (base, b),
        "PPI −5点": (base, c),
        "项目晚两年": (d, e),
        "无净迁入": (base, f),
    }


def effect(name: str, pair: tuple[Path, Path], year: int) -> float:
    """Difference in points where the unit is percent, else in percent of the level."""
    row = year - pack().base_year
    before, after = (float(path.value(name)[row, 0]) for path in pair)
    if abs(after - before) <= NOTHING * max(abs(before), 1.0):
        return 0.0
    return after - before if INDICATORS[name].unit in POINTS else 100.0 * (after / before - 1.0)


def shown(value: float) -> str:
    if value == 0.0:
        return "0"
    if abs(value) < SMALL:
        return "+0" if value > 0 else "−0"
    return f"{value:+.3f}".replace("-", "−")


def response_table() -> str:
    rows = []
    for name in COMPUTED:
        unit = "点" if INDICATORS[name].unit in POINTS else "%"
        cells = [" / ".join(shown(effect(name, pair, year)) for year in SHOWN) for pair in experiments().values()]
        rows.append([f"`{name}` {INDICATORS[name].label.zh}", unit, *cells])
    return table(["指标", "差的单位", *experiments()], rows, left=2)
