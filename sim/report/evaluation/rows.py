"""The rows that an evaluation is about: those of the plan's own table, as the run judged them, by target year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sim.errors import InputError, Problem
from sim.language import Text
from sim.material import Material, View
from sim.midterm import CONCLUSIONS
from sim.output.midterm import midterm_document
from sim.targets import Target, read_targets

Record = Mapping[str, Any]

#: Conclusions that are a judgement on how far an indicator has come, the favourable first.
JUDGED = ("early", "faster", "in_time", "kept", "done", "behind", "not_kept", "not_done")
#: Those that fall short, each of which is told of on its own.
SHORT = ("behind", "not_kept", "not_done")


@dataclass(frozen=True, slots=True)
class Evaluated:
    """The rows of one target year. `final`: the year is over, and only what was reported counts."""

    target_year: int
    as_of: int
    base_year: int
    rows: tuple[Record, ...]

    @property
    def final(self) -> bool:
        """Whether the year of the targets is over."""
        return self.target_year <= self.as_of

    @property
    def years(self) -> tuple[int, ...]:
        """Years with published figures that the table shows."""
        return tuple(range(self.base_year + 1, min(self.as_of, self.target_year) + 1))

    @property
    def elapsed(self) -> float:
        """Share of the time that is over."""
        return min(1.0, (self.as_of - self.base_year) / (self.target_year - self.base_year))

    def counts(self) -> list[tuple[str, int]]:
        """Conclusions that occur, with how many rows have each, in the order in which they are told."""
        found = Counter(row["conclusion"] for row in self.rows)
        order = (*JUDGED, *(name for name in CONCLUSIONS if name not in JUDGED))
        return [(name, found[name]) for name in order if found[name]]

    def of(self, *conclusions: str) -> list[Record]:
        """Rows with one of these conclusions."""
        return [row for row in self.rows if row["conclusion"] in conclusions]


def lead_view(material: Material) -> View:
    """The scenario that the report speaks of; raises InputError where no result holds one."""
    if material.lead is None:
        zh = "这些结果里没有情景的测算（run 或 compare 的结果），写不成这份材料"
        en = "none of these results is of a scenario (made by run or compare); this document needs one"
        raise InputError(Problem(None, None, None, "RESULT", Text(zh, en)))
    return material.lead


def evaluated(material: Material) -> tuple[Evaluated, ...]:
    """Evaluations by target year, the earliest first; from the run, else from the published figures it was given."""
    view = lead_view(material)
    document = view.document
    found = document["midterm"]
    if found is None:
        found = midterm_document(known_targets(material, view), material.pack, document, ())
    years = sorted({row["year"] for row in found["rows"]})
    base, as_of = int(found["base_year"]), int(found["as_of"])
    return tuple(
        Evaluated(year, as_of, base, tuple(row for row in found["rows"] if row["year"] == year)) for year in years
    )


def known_targets(material: Material, view: View) -> Sequence[Target]:
    """Targets of the pack as the scenario states them: one that it replaces has the scenario's value."""
    records = {record["id"]: record for record in view.targets}
    out = []
    for target in read_targets(material.pack):
        record = records.get(target.id)
        if record is None:  # set since the result was computed
            out.append(target)
            continue
        said = {
            name: record[name]
            for name in ("operator", "value", "value_high", "tolerance", "year", "benchmark", "margin", "target_text")
        }
        out.append(replace(target, **said))
    return out
