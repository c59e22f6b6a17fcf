"""The kinds of input in which two results may differ, and the data files that belong to each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from sim.language import Text
from sim.output.inputs_archive import WORDS, Archive
from sim.output.store import NO_NUMBER
from sim.revision.stored import Stored

FACTS, PRIORS, ASSUMPTIONS, CHANCE, CODE = "facts", "priors", "assumptions", "chance", "code"
LABELS = {
    FACTS: Text("公布数", "facts"),
    PRIORS: Text("先验与地区参数", "priors"),
    ASSUMPTIONS: Text("情景与设定", "assumptions"),
    CHANCE: Text("种子与次数", "seed and draws"),
    CODE: Text("程序", "program"),
}
#: Facts, what they are taken for, and the targets; every other data file is a prior.
_OF_FACTS = frozenset(("facts.csv", "sources.yaml", "choices.yaml", "definitions.yaml", "rounding.yaml", *WORDS))
_TARGETS = "targets"
#: What a scenario is called changes no number either.
_CALLED = frozenset(("name", "label"))
#: Groups, each of one or more kinds that are switched together, from the finest on.
PARTITIONS: tuple[tuple[tuple[str, ...], ...], ...] = (
    ((FACTS,), (PRIORS,), (ASSUMPTIONS,), (CHANCE,)),
    ((FACTS, PRIORS), (ASSUMPTIONS,), (CHANCE,)),
    ((FACTS, PRIORS, ASSUMPTIONS), (CHANCE,)),
    ((FACTS, PRIORS, ASSUMPTIONS, CHANCE),),
)


@dataclass(frozen=True, slots=True)
class End:
    """One of the two results that are compared: what is stored, its document, and what it was made from."""

    stored: Stored
    document: Mapping[str, Any]
    archive: Archive


def of_facts(name: str) -> bool:
    """Whether a data file holds facts or targets, by its name inside the calibration folder."""
    path = PurePosixPath(name)
    return path.name in _OF_FACTS or path.parent.name == _TARGETS


def part_of(files: Mapping[str, bytes], kind: str) -> dict[str, bytes]:
    """The data files that belong to FACTS or PRIORS."""
    return {name: content for name, content in files.items() if of_facts(name) == (kind == FACTS)}


def differing(old: End, new: End) -> tuple[str, ...]:
    """The kinds of input in which two results differ, in a fixed order."""
    found = {kind: (_settings(old.stored, kind), _files(old, kind)) != (_settings(new.stored, kind), _files(new, kind))
             for kind in (FACTS, PRIORS, ASSUMPTIONS, CHANCE)}  # fmt: skip
    return tuple(kind for kind, differs in found.items() if differs)


def groups_of(kinds: Iterable[str], partition: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Ids of the groups of a partition, of the kinds that differ alone: `facts`, or `facts+priors`."""
    wanted = set(kinds)
    parts = (tuple(kind for kind in group if kind in wanted) for group in partition)
    return tuple("+".join(part) for part in parts if part)


def kinds_of(group: str) -> tuple[str, ...]:
    """The kinds of input that a group holds."""
    return tuple(group.split("+"))


def group_label(id: str) -> Text:
    """Name of a group for people."""
    labels = [LABELS[kind] for kind in kinds_of(id)]
    return Text("＋".join(label.zh for label in labels), " + ".join(label.en for label in labels))


def _files(end: End, kind: str) -> Mapping[str, str]:
    """Hashes of the data files of a kind; what figures are called is no number."""
    if kind not in (FACTS, PRIORS):
        return {}
    hashes = end.stored.manifest.inputs
    return {name: value for name, value in hashes.items() if of_facts(name) == (kind == FACTS)}


def _settings(stored: Stored, kind: str) -> object:
    made = stored.manifest
    if kind == FACTS:
        return made.as_of, made.written.inflate
    if kind == ASSUMPTIONS:
        return made.horizon, sorted(made.sources), assumed(stored)
    return (made.seed, made.draws) if kind == CHANCE else None


def assumed(stored: Stored) -> dict[str, Any]:
    """What a scenario assumes, without names, words and places."""
    return {key: value for key, value in stored.manifest.scenario.items() if key not in NO_NUMBER | _CALLED}
