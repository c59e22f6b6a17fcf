"""What is on record: the actual figures of each region and indicator, comparable ones together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sim.facts.checks import PERIOD
from sim.facts.definitions import Definitions
from sim.facts.ledger import Fact
from sim.preflight.statements import Statement, is_growth, same_kind, tags

#: Which of several reports of one year counts, after the one whose id is the plain `<indicator>.<period>`.
_NATURES = ("final", "revised", "actual", "department", "preliminary")


@dataclass(frozen=True, slots=True)
class Record:
    """The figures of a ledger that are not targets, by region and indicator."""

    facts: tuple[Fact, ...]
    definitions: Definitions
    by_name: Mapping[tuple[str, str], list[Fact]] = field(default_factory=dict)

    def of(self, region: str | None, indicator: str) -> Sequence[Fact]:
        """Every report, contradictory ones included, in the order of the ledger."""
        return self.by_name.get((region or "", indicator), [])

    def yearly(self, region: str, indicator: str, like: Fact | None = None) -> dict[int, Fact]:
        """Whole years to the figure that counts, oldest first.

        With `like` only figures of the same scope and a unit of the same kind: figures of two scopes are never one
        series. Prices count as well: growth at constant prices is not set beside growth at current prices.
        """
        found: dict[int, Fact] = {}
        for fact in self.of(region, indicator):
            if (
                fact.value is None
                or not fact.period.isdigit()
                or (like is not None and not self.comparable(fact, like))
            ):
                continue
            known = found.get(fact.first_year)
            if known is None or _rank(fact) < _rank(known):
                found[fact.first_year] = fact
        return dict(sorted(found.items()))

    def spans(self, region: str, indicator: str) -> Sequence[Fact]:
        """Figures of several years together, the latest span last."""
        found = [f for f in self.of(region, indicator) if f.value is not None and is_span(f)]
        return sorted(found, key=lambda fact: (fact.last_year, fact.first_year))

    def comparable(self, fact: Fact, other: Fact) -> bool:
        """Whether two reports of one indicator may stand in one series: one unit, one basis, one scope.

        Where one side leaves its basis open the scopes must be written alike.
        """
        prices = not is_growth(fact.indicator) or fact.price_basis == other.price_basis
        if not prices or not same_kind(fact.unit, other.unit):
            return False
        found = self.definitions.comparable(fact, other)
        return found.comparable and (found.axis is None or tags(fact) == tags(other))

    def on_one_basis(self, growth: Fact, level: Fact) -> bool:
        """Whether growth was counted on the basis of a level: the same scopes, as far as stated."""
        return self.definitions.comparable(growth, level).comparable

    def base(self, statement: Statement) -> Fact | None:
        """The figure a target starts from: the one the plan prints, else the latest on record before its year."""
        if statement.base is not None:
            return statement.base
        series = self.yearly(statement.region, statement.indicator)
        wanted = statement.scope
        before = [f for year, f in series.items() if year < (statement.first_year or statement.year)]
        fitting = [f for f in before if same_kind(f.unit, statement.unit) and (not wanted or wanted == tags(f))]
        return fitting[-1] if fitting else None

    def latest(self, statement: Statement) -> Fact | None:
        """The latest figure up to the target's year that compares with its base."""
        base = self.base(statement)
        if base is None or base.indicator != statement.indicator:
            return base
        series = self.yearly(statement.region, statement.indicator, base)
        upto = [f for year, f in series.items() if year <= statement.year]
        return upto[-1] if upto else base


def record_of(facts: Iterable[Fact], definitions: Definitions) -> Record:
    """The actual figures of a ledger."""
    actual = tuple(fact for fact in facts if fact.nature != "target")
    by_name: dict[tuple[str, str], list[Fact]] = {}
    for fact in actual:
        by_name.setdefault((fact.region, fact.indicator), []).append(fact)
    return Record(actual, definitions, by_name)


def is_span(fact: Fact) -> bool:
    """Whether a figure is of several years."""
    match = PERIOD.fullmatch(fact.period)
    return match is not None and match["last"] is not None


def _rank(fact: Fact) -> tuple[bool, int]:
    plain = fact.id.endswith(f"{fact.indicator}.{fact.period}")
    return not plain, _NATURES.index(fact.nature)
