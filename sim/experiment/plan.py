"""What a run is asked to do."""

from __future__ import annotations

import copyreg
from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType

from sim.posterior.posterior import Posterior
from sim.randomness import BLOCK, SOURCES
from sim.region.pack import Pack
from sim.scenario.parts import Scenario
from sim.targets import Target, status_of


def _read_only(values: dict[object, object]) -> MappingProxyType[object, object]:
    return MappingProxyType(values)


# Read-only mappings of packs and scenarios cannot travel to workers as they are.
copyreg.pickle(MappingProxyType, lambda mapping: (_read_only, (dict(mapping),)))


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that determines the numbers of a run, and how it is carried out (chunk, workers)."""

    pack: Pack
    scenarios: tuple[Scenario, ...]
    targets: tuple[tuple[Target, ...], ...]  # for each scenario
    seed: int = 1
    draws: int = 20_000
    horizon: int = 2035
    sources: frozenset[str] = frozenset(SOURCES)
    chunk: int | None = None
    workers: int = 1
    keep: bool = False
    compare: bool = False
    as_of: int | None = None  # facts of periods up to this year are used; None is the base year
    posterior: Posterior | None = None
    accounting: bool = True  # whether growth is split by cell and channel

    @property
    def known_until(self) -> int:
        """The last year whose reported figures the run may use."""
        return self.pack.base_year if self.as_of is None else self.as_of

    @property
    def years(self) -> tuple[int, ...]:
        """Base year to horizon."""
        return tuple(range(self.pack.base_year, self.horizon + 1))

    @property
    def compared(self) -> frozenset[tuple[str, str]]:
        """Other regions' indicators that targets look at, as (region, indicator)."""
        relative = (t for targets in self.targets for t in targets if t.operator == "above" and t.benchmark is not None)
        return frozenset((t.benchmark or "", t.indicator) for t in relative)

    @property
    def blocks(self) -> int:
        """Number of blocks of draws."""
        return -(-self.draws // BLOCK)


def evaluated(plan: Plan, index: int) -> list[Target]:
    """Targets of a scenario that can be evaluated."""
    return [t for t in plan.targets[index] if status_of(t, plan.horizon, plan.pack, plan.known_until)[0] == "evaluated"]


def common_to(evaluated_by: Sequence[Sequence[Target]]) -> list[Target]:
    """Targets of the first scenario that can be evaluated in every scenario."""
    ids = [{t.id for t in targets} for targets in evaluated_by]
    return [t for t in evaluated_by[0] if all(t.id in other for other in ids)]


def common_targets(plan: Plan) -> list[Target]:
    """Targets of a plan's first scenario that can be evaluated in every scenario."""
    return common_to([evaluated(plan, i) for i in range(len(plan.scenarios))])
