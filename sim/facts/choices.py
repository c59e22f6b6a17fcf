"""Recorded choices: which of several differing reports of one figure is used until it is confirmed, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from sim.errors import InputError, unknown_name
from sim.facts.ledger import Fact, Ledger
from sim.language import Text
from sim.reading.source import Keys, StrictModel, read, validate


class _Choice(StrictModel):
    region: str
    indicator: str
    period: str
    use: str
    others: list[str] = Field(min_length=1)
    reason: str = Field(min_length=4)
    reason_en: str = Field(min_length=4)


class _Choices(StrictModel):
    choices: list[_Choice]


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice: the id used, those kept beside it, and the reason."""

    use: str
    others: tuple[str, ...]
    reason: Text


def read_choices(path: Path, ledger: Ledger) -> tuple[Choice, ...]:
    """The choices of a pack, none where there is no file. Raises InputError for ids the ledger does not have."""
    if not path.exists():
        return ()
    source = read(path)
    file = validate(source, _Choices)
    ids = {fact.id for fact in ledger.facts}
    problems = [
        source.problem(("choices", i), unknown_name(id, ids))
        for i, line in enumerate(file.choices)
        for id in (line.use, *line.others)
        if id not in ids
    ]
    facts = {fact.id: fact for fact in ledger.facts}
    problems += [
        source.problem(("choices", i, *keys), text)
        for i, line in enumerate(file.choices)
        for keys, id in _named(line)
        if id in facts and (text := _misfit(line, facts[id])) is not None
    ]
    if problems:
        raise InputError(problems)
    return tuple(Choice(line.use, tuple(line.others), Text(line.reason, line.reason_en)) for line in file.choices)


def _named(line: _Choice) -> Iterator[tuple[Keys, str]]:
    """Every id of a choice, with its place in the entry."""
    yield ("use",), line.use
    for i, id in enumerate(line.others):
        yield ("others", i), id


def _misfit(line: _Choice, fact: Fact) -> Text | None:
    """Why a fact cannot be one of the reports of a choice; None where it is of that region, indicator and period."""
    for name, wanted, got in (
        ("region", line.region, fact.region),
        ("indicator", line.indicator, fact.indicator),
        ("period", line.period, fact.period),
    ):
        if wanted != got:
            zh = f"“{fact.id}”的 {name} 是 {got}，这里选的是 {wanted}"
            return Text(zh, f'the {name} of "{fact.id}" is {got}, this choice is about {wanted}')
    return None
