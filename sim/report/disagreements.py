"""Reported figures that do not agree, as `check` words them: those that bear on the figures of a report."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from sim.facts.definitions import read_definitions
from sim.facts.ledger import Fact
from sim.language import Text
from sim.material import Material
from sim.output.disagreements import chosen_facts, conflicts_of, labels_of
from sim.preflight.statements import region_names
from sim.reconcile import Conflict
from sim.region.pack import Pack
from sim.resources import data_path


def disagreements(material: Material) -> tuple[Conflict, ...]:
    """Every finding about the region's own figures, arithmetic first; the same as `check` lists."""
    pack = material.pack
    return _found(_Asked(pack.id, pack.ledger.facts, frozenset(chosen_facts(pack)), pack))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What findings depend on beside the program's own files: the same figures of a region give the same ones."""

    region: str
    facts: tuple[Fact, ...]
    chosen: frozenset[str]
    pack: Pack = field(compare=False)


@lru_cache(maxsize=2)
def _found(asked: _Asked) -> tuple[Conflict, ...]:
    pack = asked.pack
    definitions = read_definitions(data_path("calibration") / "definitions.yaml")
    # In its own report the region itself goes without saying.
    labels = replace(labels_of(pack), regions={**region_names(pack), pack.id: Text("", "")})
    return conflicts_of(pack, definitions, labels)


def bearing_on(found: Sequence[Conflict], used: Collection[Fact], first: int, last: int) -> list[Conflict]:
    """Findings that involve a reported figure of the years `first` to `last` that the report uses."""
    ids = {fact.id for fact in used if fact.nature != "target" and first <= fact.last_year <= last}
    return [conflict for conflict in found if ids.intersection(conflict.facts)]


def message(conflict: Conflict, lang: str) -> str:
    """The four sentences; Chinese without the spaces between its words, those of quotations kept."""
    text = conflict.message.pick(lang)
    if lang == "en":
        return " ".join(text.split()).replace("( ", "(")
    parts = re.split(r"(“[^”]*”)", text)
    return "".join(part if part.startswith("“") else _SPACES.sub("", part) for part in parts)


#: Spaces beside hanzi and full-width marks.
_SPACES = re.compile(
    r"(?<=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]) +| +(?=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef])"
)
