"""Which of several reports of the same figure is used."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sim.facts.ledger import Fact

#: Publications in order of preference where several report the same figure.
GRADES = ("official", "dataset", "press", "mirror", "memory")
#: Natures in order: the first release first, because forecasts are judged by what was published then.
NATURES = ("preliminary", "actual", "final", "revised", "department")


def preferred(facts: Iterable[Fact], chosen: Collection[str] = ()) -> Fact | None:
    """The recorded choice among the facts, else the best publication's first release; None of none."""
    found = list(facts)
    recorded = [fact for fact in found if fact.id in chosen]
    ranked = sorted(recorded or found, key=lambda f: (GRADES.index(f.grade), NATURES.index(f.nature), f.row))
    return ranked[0] if ranked else None
