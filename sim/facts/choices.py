"""Recorded choices: which of several differing reports of one figure is used until it is confirmed, and why."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from sim.errors import InputError, unknown_name
from sim.facts.ledger import Ledger
from sim.language import Text
from sim.reading.source import StrictModel, read, validate


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
    if problems:
        raise InputError(problems)
    return tuple(Choice(line.use, tuple(line.others), Text(line.reason, line.reason_en)) for line in file.choices)
