"""A region pack: the data of one region, read and checked. Nothing about any region is in the program."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from sim.facts.ledger import Fact, Ledger
from sim.facts.rounding import Rounding
from sim.facts.sources import Source
from sim.language import Text
from sim.parameters.priors import Prior, Priors
from sim.randomness import Array

#: The region that the world's path of national growth is about.
NATION = "china"


@dataclass(frozen=True, slots=True)
class Cell:
    """A production cell."""

    id: str
    label: Text
    industry: str
    group: str
    marine: bool


@dataclass(frozen=True, slots=True)
class Bounded:
    """A bounded social indicator: its base-year fact, its scale, and the lever that moves it."""

    indicator: str
    fact: Fact
    scale: str
    lever: str

    @property
    def lever_scale(self) -> float:
        """From the unit of the lever to that of the model: percentage points to a fraction, else one."""
        return 0.01 if self.scale == "ratio" else 1.0


@dataclass(frozen=True, slots=True)
class RailLine:
    """A metro line: length inside the district [公里, low and high], year of opening, chances of delay."""

    id: str
    label: Text
    length: tuple[float, float]
    opening: int
    delay: tuple[float, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Composition:
    """How a cell's value added of the base year is made from reported figures."""

    cell: str
    of: str
    part: str
    share: str | None


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything the program knows about a region before a run.

    A city holds districts that have packs of their own; what is left of it is simulated beside them. `related` is,
    by the first word of a stream's name, the correlation of that rest with the first district. A district knows
    its `surroundings`, the pack of its city. `ledger` holds the region's own facts under their ids, those of
    its city or districts behind the region's name (`<region>.<id>`), and those of nation, province and world;
    `chosen` are the ids to be used where several reports differ. `world_history` holds, by world assumption and year,
    the figure of what happened in the world.
    """

    id: str
    label: Text
    base_year: int
    parents: Mapping[str, str]  # region -> the region it is part of
    districts: tuple[Pack, ...]
    surroundings: Pack | None
    related: Mapping[str, float]
    cells: tuple[Cell, ...]
    bounded: tuple[Bounded, ...]
    rail: tuple[RailLine, ...]
    growth_targets: Mapping[int, Fact]
    censuses: tuple[int, ...]
    marine_standard: int | None
    ledger: Ledger
    chosen: frozenset[str]
    sources: Mapping[str, Source]
    words: Mapping[str, Rounding]
    base_facts: Mapping[str, Fact | None]
    base_assumptions: Mapping[str, Prior]
    composition: tuple[Composition, ...]
    priors: Priors
    world: Priors
    folder: Path
    world_history: Mapping[str, Mapping[int, Fact]] = field(default_factory=dict)

    @property
    def city(self) -> str | None:
        """The city that this region is a district of, or None."""
        return None if self.surroundings is None else self.surroundings.id

    @property
    def whole(self) -> Pack | None:
        """The city that is simulated: this region where it has districts, else the one around it, or None."""
        return self if self.districts else self.surroundings

    @property
    def benchmarks(self) -> tuple[str, ...]:
        """Regions that a target may be compared with in the same draw: the city, and the nation's growth."""
        return (NATION,) if self.city is None else (self.city, NATION)

    @property
    def own_facts(self) -> tuple[Fact, ...]:
        """The rows of the region's own file."""
        return tuple(fact for fact in self.ledger.facts if fact.shown == self.ledger.shown)

    @property
    def cell_ids(self) -> tuple[str, ...]:
        """Ids of the cells, in order."""
        return tuple(cell.id for cell in self.cells)

    @property
    def marine(self) -> Array:
        """(cell, 1): 1 for marine cells."""
        return _column(cell.marine for cell in self.cells)

    @property
    def secondary(self) -> Array:
        """(cell, 1): 1 for cells of the secondary industry."""
        return _column(cell.industry == "secondary" for cell in self.cells)

    def group(self, name: str) -> Array:
        """(cell, 1): 1 for cells of a group such as manufacturing or services."""
        return _column(cell.group == name for cell in self.cells)

    def industry(self, name: str) -> Array:
        """(cell, 1): 1 for cells of an industry: primary, secondary or tertiary."""
        return _column(cell.industry == name for cell in self.cells)


def _column(flags: Iterable[bool]) -> Array:
    return np.array([[1.0 if flag else 0.0] for flag in flags])
