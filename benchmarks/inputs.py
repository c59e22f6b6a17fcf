"""What the benchmarks run: the region pack, scenarios, and one block ready for its equations."""

from __future__ import annotations

from sim.cli.inputs import load_pack, load_scenarios, targets_of
from sim.drivers.arrays import Drivers
from sim.experiment.drawing import draw_block
from sim.experiment.plan import Plan
from sim.experiment.simulation import prepare
from sim.model import State
from sim.parameters.names import Parameters

HORIZON = 2035
#: The first two are those of the kernel; all ten make a large comparison.
SCENARIOS = (
    "baseline", "stress", "plan_targets", "manufacturing_power", "marine", "investment_push", "open_hub",
    "green_transition", "weak_external_demand", "pandemic_shock",
)  # fmt: skip


def plan(draws: int, scenarios: int = 1, workers: int = 1) -> Plan:
    """Plan of a run of the district's baseline, or of a comparison of the first so many scenarios."""
    pack = load_pack("west_coast")
    chosen = load_scenarios(pack, SCENARIOS[:scenarios], HORIZON)
    targets = tuple(targets_of(pack, scenario) for scenario in chosen)
    return Plan(pack, chosen, targets, draws=draws, horizon=HORIZON, workers=workers, compare=scenarios > 1)


def ready(of: Plan, block: int = 0) -> tuple[State, Parameters, Drivers]:
    """First state, parameters and drivers of one block of the plan's first scenario."""
    drawn = draw_block(of.pack, of.seed, block, of.horizon, of.sources)
    ((initial, drivers),) = prepare(of.pack, of.scenarios[:1], drawn)
    return initial, drawn.parameters, drivers
