"""The documents and publications that a ledger cites."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from pydantic import Field

from sim.reading.source import StrictModel, load

Grade = Literal["official", "press", "dataset", "mirror", "memory"]


@dataclass(frozen=True, slots=True)
class Source:
    """A document or publication. `address` is given only when it is the original publisher's; `short` is what people
    call the document, its title where none is given.
    """

    id: str
    title: str
    publisher: str
    date: str
    address: str | None
    grade: Grade
    note: str | None
    short: str | None = None

    @property
    def name(self) -> str:
        """What sentences call it."""
        return self.short or self.title


class _SourceModel(StrictModel):
    title: str = Field(min_length=1)
    publisher: str = Field(min_length=1)
    date: str = Field(pattern=r"^\d{4}(-\d\d(-\d\d)?)?$")
    address: str | None
    grade: Grade
    note: str | None
    short: str | None = None


class _SourcesModel(StrictModel):
    sources: dict[str, _SourceModel]


def read_sources(path: str | Path) -> Mapping[str, Source]:
    """The documents of `sources.yaml` by id; raises InputError with every problem found."""
    entries = load(path, _SourcesModel).sources
    return MappingProxyType({id: Source(id=id, **dict(entry)) for id, entry in entries.items()})
