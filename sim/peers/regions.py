"""The regions to compare with and their reported figures: `peers.yaml`, `peers.csv`, `peers_sources.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from pydantic import Field

from sim.errors import InputError, Problem, unknown_name
from sim.facts.ledger import Fact, read_ledger
from sim.facts.rounding import Rounding
from sim.facts.sources import Source, read_sources
from sim.language import Text
from sim.reading.source import StrictModel, load

Kind = Literal["nation", "province", "city", "new_area", "district"]


@dataclass(frozen=True, slots=True)
class PeerRegion:
    """A region to compare with."""

    id: str
    label: Text
    kind: Kind


@dataclass(frozen=True, slots=True)
class Peers:
    """Regions to compare with by id, their facts in the order of the file, and the sources of these."""

    regions: Mapping[str, PeerRegion]
    facts: tuple[Fact, ...]
    sources: Mapping[str, Source]


class _Region(StrictModel):
    label: str = Field(min_length=1)
    label_en: str = Field(min_length=1)
    kind: Kind


class _Regions(StrictModel):
    regions: dict[str, _Region]


def peer_names(calibration: Path) -> frozenset[str]:
    """Ids of the regions to compare with, none where there is no file; raises InputError for a malformed one."""
    path = calibration / "peers.yaml"
    return frozenset(load(path, _Regions).regions) if path.exists() else frozenset()


def read_peers(calibration: Path, words: Mapping[str, Rounding]) -> Peers:
    """The peers of a calibration folder; raises InputError with every problem, unknown regions and sources too."""
    lines = load(calibration / "peers.yaml", _Regions).regions
    sources = read_sources(calibration / "peers_sources.yaml")
    ledger = read_ledger(calibration / "peers.csv", words)
    problems = [
        Problem(ledger.shown, fact.row, None, key, unknown_name(name, allowed))
        for fact in ledger.facts
        for key, name, allowed in (("region", fact.region, lines), ("document", fact.document, sources))
        if name not in allowed
    ]
    if problems:
        raise InputError(problems)
    facts = tuple(replace(fact, grade=sources[fact.document].grade) for fact in ledger.facts)
    regions = {id: PeerRegion(id, Text(line.label, line.label_en), line.kind) for id, line in lines.items()}
    return Peers(MappingProxyType(regions), facts, sources)
