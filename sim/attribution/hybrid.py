"""Scenarios between two others: some groups of inputs as in the second, all else as in the first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol, TypeVar

from sim.scenario.parts import AssumptionPath, Scenario


class _Named(Protocol):
    @property
    def id(self) -> str:
        """What it is called in a scenario file."""


Item = TypeVar("Item", bound=_Named)


def hybrid(one: Scenario, other: Scenario, switched: frozenset[str]) -> Scenario:
    """`one` with the inputs `switched` (keys such as `levers.trade_growth`) as in `other`.

    Inputs that neither scenario has, or that are not named, stay those of `one`.
    """
    return replace(
        one,
        levers=_paths(one.levers, other.levers, switched, "levers"),
        world=_paths(one.world, other.world, switched, "world"),
        projects=_items(one.projects, other.projects, switched, "projects"),
        events=_items(one.events, other.events, switched, "events"),
        targets=_items(one.targets, other.targets, switched, "targets"),
    )


def _paths(
    one: Mapping[str, AssumptionPath], other: Mapping[str, AssumptionPath], switched: frozenset[str], section: str
) -> Mapping[str, AssumptionPath]:
    names = sorted({*one, *other})
    chosen = {name: other if f"{section}.{name}" in switched else one for name in names}
    return {name: source[name] for name, source in chosen.items() if name in source}


def _items(one: tuple[Item, ...], other: tuple[Item, ...], switched: frozenset[str], section: str) -> tuple[Item, ...]:
    """In the order of `other`, then what only `one` has: adding up in one order leaves no rounding behind."""
    first, second = ({item.id: item for item in items} for items in (one, other))
    chosen = {name: second if f"{section}.{name}" in switched else first for name in (*second, *first)}
    return tuple(source[name] for name, source in chosen.items() if name in source)
