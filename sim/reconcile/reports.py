"""Several reports of one quantity that differ by more than rounding, and which of them is used."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sim.language import Text
from sim.reconcile.conflict import Conflict
from sim.reconcile.localise import NEIGHBOURHOOD, TIE, Ranges
from sim.reconcile.network import Network
from sim.reconcile.quantities import REVISED, SMALLEST, Reading, is_signed, same_basis, same_price
from sim.reconcile.wording import CAUSE_TEXTS, Labels, four_sentences, higher, number, three_digits

ESTIMATES = ("预计",)  # words of a figure printed before the period was over


@dataclass(frozen=True, slots=True)
class Differing:
    """Reports of one quantity by number: the one used and those that do not agree with it."""

    used: int
    others: tuple[int, ...]


def differing_reports(
    network: Network, facts: Iterable[int], chosen: Collection[str], ranges: Ranges | None = None
) -> list[Differing]:
    """Groups of reports that do not agree with the one used, in the order of the ledger."""
    groups: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for fact in facts:
        groups[network.readings[fact].quantity.name].append(fact)
    found: list[Differing] = []
    for group in groups.values():
        left = sorted(group, key=lambda fact: preference(network.readings[fact], fact, chosen))
        while left:
            used, left = left[0], left[1:]
            comparable = [fact for fact in left if _same(network.readings[used], network.readings[fact])]
            others = tuple(sorted(fact for fact in comparable if not _agree(network, used, fact, ranges)))
            if others:
                found.append(Differing(used, others))
            left = [fact for fact in left if fact not in comparable]
    return sorted(found, key=lambda one: min(one.used, *one.others))


def preference(reading: Reading, order: int, chosen: Collection[str]) -> tuple[bool, bool, float, int]:
    """Recorded choice, then first release, then reliability, then the order of the ledger."""
    fact = reading.fact
    return fact.id not in chosen, fact.nature in REVISED, -reading.weight, order


def _same(one: Reading, other: Reading) -> bool:
    """Whether two reports are of one quantity, as far as stated."""
    first, second = one.quantity, other.quantity
    same_things = first.kind == second.kind and same_price(first.price, second.price)
    return same_things and same_basis(first.tags, second.tags)


def _agree(network: Network, one: int, other: int, ranges: Ranges | None) -> bool:
    (low, high), (other_low, other_high) = ((ranges or {}).get(fact, network.narrow[fact]) for fact in (one, other))
    return low <= other_high + 1e-9 and other_low <= high + 1e-9


def suspects_of(
    network: Network, group: Differing, active: Collection[int], chosen: Collection[str], ranges: Ranges | None = None
) -> tuple[int, ...]:
    """The reports that do not suit what other facts say; all when that decides nothing, none for revisions."""
    members = (group.used, *group.others)
    if _is_revision(network.readings, group):
        return ()
    around = (network.near(members, NEIGHBOURHOOD) & set(active)) - set(members)
    unsuitable = tuple(fact for fact in members if network.clash([*around, fact], ranges)[0])
    if unsuitable and len(unsuitable) < len(members):
        return unsuitable
    stronger = all(network.readings[group.used].weight > network.readings[fact].weight + TIE for fact in group.others)
    return group.others if stronger or network.readings[group.used].fact.id in chosen else members


def _is_revision(readings: Sequence[Reading], group: Differing) -> bool:
    """Whether every difference is one between an earlier and a later release."""
    used = readings[group.used].fact
    return all(
        (fact.nature in REVISED) != (used.nature in REVISED)
        or (fact.rounding in ESTIMATES) != (used.rounding in ESTIMATES)
        for fact in (readings[other].fact for other in group.others)
    )


def _gap(one: Reading, other: Reading) -> float:
    """How many times as wide the rounding of both would have to be for two reports to touch."""
    (low, high), (other_low, other_high) = (
        (reading.natural(reading.narrow[0]), reading.natural(reading.narrow[1])) for reading in (one, other)
    )
    apart = max(low - other_high, other_low - high, 0.0)
    # A number so large that its rounding is lost in floating point still has some.
    return 1.0 + 2.0 * apart / max(high - low + other_high - other_low, SMALLEST)


def _apart(one: Reading, other: Reading) -> Text:
    """By how much the second of two reports differs, in the unit of the first and, for levels, in percent."""
    difference = one.printed(other.natural(other.value)) - one.value
    plain = one.offset != 0 or one.quantity.kind == "part" or is_signed(one.quantity)
    size = "" if plain else f"{number(abs(100 * difference / one.value))}%"
    apart = higher(
        difference, Text("个百分点", "points") if one.fact.unit == "%" else Text(one.fact.unit, one.fact.unit)
    )
    zh, en = (f"（{size}）", f" ({size})") if size else ("", "")
    return Text(f"后者比前者{apart.zh}{zh}", f"the latter {apart.en}{en}")


def report_conflict(network: Network, group: Differing, suspects: tuple[int, ...], labels: Labels) -> Conflict:
    """The finding about one group."""
    readings = network.readings
    used, others = readings[group.used].fact, [readings[other].fact for other in group.others]
    cause = _cause(readings, group)
    gap = three_digits(max(_gap(readings[group.used], readings[other]) for other in group.others))
    times = _apart(readings[group.used], readings[group.others[0]])
    third = Text(
        f"同一指标、同一时期的报数不一致，{times.zh}，{CAUSE_TEXTS[cause].zh}",
        f"Reports of one indicator and period differ, {times.en}; {CAUSE_TEXTS[cause].en}",
    )
    ids = tuple(readings[fact].fact.id for fact in sorted((group.used, *group.others)))
    message = four_sentences(labels.cite(used), labels.cite_all(others), third, labels.figure(used))
    return Conflict("reports", ids, gap, tuple(readings[fact].fact.id for fact in suspects), message, used.id, cause)


def _cause(readings: Sequence[Reading], group: Differing) -> str:
    if _is_revision(readings, group):
        return "revision"
    if any(readings[other].quantity.tags != readings[group.used].quantity.tags for other in group.others):
        return "scope"
    return "unexplained"
