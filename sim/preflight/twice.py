"""Targets that are one under an identity, or two values for one thing.

Every statement is carried to what it says in common terms: good days become a ratio, a yearly mean a sum, a
change, a multiple or a growth rate a level. What then meets under one heading either agrees or does not.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sim.facts.ledger import Fact
from sim.facts.units import UNITS
from sim.language import Text
from sim.preflight.finding import Finding, derived, plain, who_confirms
from sim.preflight.record import Record
from sim.preflight.statements import Statement, stem

#: What one heading is: region, name, first year (0 for one year), year, and whether it is a ceiling.
Heading = tuple[str, str, int, int, bool]


@dataclass(frozen=True, slots=True)
class Claim:
    """What a statement says under a heading: between `low` and `high`, in the basic unit; `how` it was got there."""

    statement: Statement
    heading: Heading
    low: float
    high: float
    how: Text


def stated_twice(all_statements: Sequence[Statement], record: Record) -> Iterator[Finding]:
    """One finding for each group of targets that agree under a heading, and for each that do not."""
    groups: dict[Heading, list[Claim]] = {}
    for statement in all_statements:
        for claim in claims(statement, record):
            groups.setdefault(claim.heading, []).append(claim)
    seen: set[tuple[str, frozenset[str]]] = set()
    for group in groups.values():
        for finding in _compared(group):
            key = (finding.finding, frozenset((finding.id, *finding.others)))
            if key not in seen:
                seen.add(key)
                yield finding


def _compared(group: Sequence[Claim]) -> Iterator[Finding]:
    """Clusters of claims that agree; more than one cluster is two values for one thing."""
    clusters: list[list[Claim]] = []
    for claim in _one_of_each_family(group):
        fitting = (c for c in clusters if all(_agree(claim, other) and _one_scope(claim, other) for other in c))
        cluster = next(fitting, None)
        if cluster is None:
            clusters.append([claim])
        else:
            cluster.append(claim)
    for cluster in clusters:
        if len(cluster) > 1 and any(c.statement.listed for c in cluster):
            yield _finding("duplicate", cluster)
    heads = [cluster[0] for cluster in clusters]
    apart = [c for c in heads[1:] if _one_scope(c, heads[0])]
    if apart and any(c.statement.listed for c in (heads[0], *apart)):
        yield _finding("inconsistent", [heads[0], *apart])


def _one_of_each_family(group: Sequence[Claim]) -> list[Claim]:
    """The claims with those left out that only repeat another reading, or the same row of the ledger."""
    kept: list[Claim] = []
    for claim in group:
        family, listed = claim.statement.family, claim.statement.listed
        if all(c.statement.family != family for c in kept) or not listed:
            kept.append(claim)
    return sorted(kept, key=lambda c: not c.statement.listed)


def _agree(claim: Claim, other: Claim) -> bool:
    return claim.low <= other.high + 1e-9 and other.low <= claim.high + 1e-9


def _one_scope(claim: Claim, other: Claim) -> bool:
    """Whether two claims may be of one scope: the same tags, or one without any."""
    mine, its = claim.statement.scope, other.statement.scope
    return not mine or not its or mine == its or mine < its or its < mine


def claims(s: Statement, record: Record) -> Iterator[Claim]:
    """What a statement says, and what it comes to in other terms."""
    if s.value is None or s.operator in ("above", "in_step", "direction", "assigned"):
        return
    half = 0.5 * 10.0 ** -_decimals(s)
    low, high = s.value - half, (s.value if s.value_high is None else s.value_high) + half
    yield from _headed(s, low, high, record)


def _headed(s: Statement, low: float, high: float, record: Record) -> Iterator[Claim]:
    name = stem(s.indicator)
    same = Text("", "")
    if s.kind == "growth":
        span = (s.first_year or s.year) if s.first_year is not None or s.indicator.endswith("_average") else 0
        yield _claim(s, s.indicator.removesuffix("_average"), span, low, high, same)
        yield from _level_from_growth(s, low, high, record)
    elif s.kind == "sum":
        yield _claim(s, name, s.first_year or s.year, low, high, same)
    elif s.indicator.endswith("_average") and s.first_year is not None:
        how = Text(f"×{s.years}年", f"×{s.years} years")
        yield _claim(s, name, s.first_year, low * s.years, high * s.years, how)
    elif s.operator == "change" or s.indicator.endswith(("_change", "_multiple")):
        yield from _level_from_change(s, low, high, record)
    else:
        yield _claim(s, s.indicator, 0, low, high, same)
        yield from _ratio_of_days(s, low, high, record)


def _claim(s: Statement, name: str, first: int, low: float, high: float, how: Text, unit: str | None = None) -> Claim:
    factor = UNITS.get(s.unit if unit is None else unit, ("", 1.0))[1]
    return Claim(s, (s.region, name, first, s.year, s.operator == "<="), low * factor, high * factor, how)


def _ratio_of_days(s: Statement, low: float, high: float, record: Record) -> Iterator[Claim]:
    """Days of a year as a share of its days."""
    name = record.definitions.identities.days.get(s.indicator)
    if name is not None and s.value is not None:
        days = 366 if calendar.isleap(s.year) else 365
        share = derived(100.0 * s.value / days)
        how = Text(f"{plain(s.value)}/{days}＝{share}%", f"{plain(s.value)}/{days} = {share} %")
        yield _claim(s, name, 0, 100.0 * low / days, 100.0 * high / days, how, "%")


def _level_from_growth(s: Statement, low: float, high: float, record: Record) -> Iterator[Claim]:
    """Last year's level with growth on top; growth at constant prices is not that of a printed level."""
    if s.first_year is not None or s.fact is None or s.fact.price_basis == "constant":
        return
    base = record.yearly(s.region, stem(s.indicator)).get(s.year - 1)
    if base is not None and s.value is not None and base.price_basis in ("", "current"):
        level = base.number * (1.0 + s.value / 100.0)
        factor = UNITS.get(base.unit, ("", 1.0))[1]
        half = 0.5 * 10.0**-base.decimals
        ends = ((base.number - half) * (1 + low / 100.0), (base.number + half) * (1 + high / 100.0))
        how = _steps(base, f"×(1+{plain(s.value)}%)＝{derived(level)}{base.unit}")
        heading = (s.region, stem(s.indicator), 0, s.year, s.operator == "<=")
        yield Claim(s, heading, ends[0] * factor, ends[1] * factor, how)


def _level_from_change(s: Statement, low: float, high: float, record: Record) -> Iterator[Claim]:
    """The level before the span, with the change added or multiplied."""
    before = (s.first_year or 0) - 1
    name = stem(s.indicator)
    base = record.base(s) if s.base is not None else record.yearly(s.region, name).get(before)
    if base is None or base.value is None or s.value is None or (s.fact is not None and "每年" in s.fact.quote):
        return
    if s.indicator.endswith("_multiple"):
        ends, how = (base.number * low, base.number * high), _steps(base, f"×{plain(s.value)}")
    else:
        ends, how = (base.number + low, base.number + high), _steps(base, f"＋{plain(s.value)}")
    yield _claim(s, name, 0, *ends, how, base.unit)


def _steps(base: Fact, rest: str) -> Text:
    start = f"{base.printed}{base.unit}{rest}"
    return Text(f"{base.period}年{start}", f"{start} from {base.period}".replace("＝", " = ").replace("＋", " + "))


def _decimals(s: Statement) -> int:
    if s.fact is not None and s.fact.value == s.value:
        return s.fact.decimals
    return len(f"{s.value:.8g}".partition(".")[2])


def _finding(kind: str, cluster: Sequence[Claim]) -> Finding:
    first, rest = cluster[0].statement, [c.statement for c in cluster[1:]]
    lines = [_told(claim) for claim in cluster]
    owners = tuple(dict.fromkeys(owner for c in cluster for owner in c.statement.owners))
    asked = who_confirms(owners)
    zh, en = "；".join(line.zh for line in lines), "; ".join(line.en for line in lines)
    if kind == "duplicate":
        message = Text(f"{zh}。数值相同，为同一目标。", f"{en}. The numbers agree: one target.")
    else:
        apart = _apart(cluster)
        message = Text(
            f"{zh}。同一指标同一年份的数值相差{apart.zh}，可能是文件先后、口径或读法不同，需衔接。{asked.zh}",
            f"{en}. For one indicator and year the values are {apart.en} apart, perhaps by date, definition or "
            f"reading; to be aligned. {asked.en}",
        )
    return Finding(first.id, kind, message, tuple(s.id for s in rest))


def _told(claim: Claim) -> Text:
    told = claim.statement.told()
    if not claim.how.zh:
        return told
    return Text(f"{told.zh}，即{claim.how.zh}", f"{told.en}, that is {claim.how.en}")


def _apart(cluster: Sequence[Claim]) -> Text:
    middles = [(c.low + c.high) / 2.0 for c in cluster]
    size = derived(max(middles) - min(middles))
    growth = cluster[0].statement.kind in ("growth", "ratio") or cluster[0].heading[1].endswith("_ratio")
    unit = "个百分点" if growth else UNITS.get(cluster[0].statement.unit, (cluster[0].statement.unit, 1.0))[0]
    return Text(f"{size}{unit}", f"{size} points" if growth else f"{size} {unit}")
