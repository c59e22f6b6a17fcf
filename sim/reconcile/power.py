"""How much the reconciliation can see: errors put into each linked fact, found and localised or not.

Suspects of the ledger as it stands are set aside first, so that what is left is the clean part. One error at a time
is put into every fact of it about which the others say something through links: a figure ten times too large, a fifth
too large, in a swapped unit, or taken from a neighbouring year.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sim.facts.definitions import Definitions
from sim.facts.ledger import Fact
from sim.facts.naming import read_period
from sim.facts.rounding import Rounding
from sim.reconcile.engine import prepare
from sim.reconcile.links import Constraint
from sim.reconcile.localise import NEIGHBOURHOOD, clashes, remedies, smallest_clash
from sim.reconcile.network import Network, bits
from sim.reconcile.reports import differing_reports, suspects_of

MOST_SUSPECTS = 3  # a longer list has localised nothing
SWAPPED: Mapping[str, float] = {"%": 0.01, "百分点": 0.01, "元": 1e-4}  # 0.37 for 37 %; 万元 for 元
OTHERWISE = 1e4  # 万元 printed as 亿元, persons as 万人

Range = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Power:
    """One kind of error: facts it was put into, those where the change lies within the room that the links leave
    (no arithmetic on any one link can see it), those found, and those found with the fact among few suspects.
    """

    kind: str
    injected: int
    within_room: int
    detected: int
    localised: int

    @property
    def detectable(self) -> int:
        """Facts whose error at least one link or report alone rules out."""
        return self.injected - self.within_room


@dataclass(frozen=True, slots=True)
class PowerTable:
    """Errors by kind; facts of the clean part with and without a link; findings in the clean part (none)."""

    rows: tuple[Power, ...]
    linked: int
    unlinked: int
    set_aside: int
    alarms: int
    missed: tuple[tuple[str, str], ...]


def power(
    facts: Sequence[Fact],
    words: Mapping[str, Rounding],
    definitions: Definitions,
    parents: Mapping[str, str],
    choices: Collection[str] = (),
) -> PowerTable:
    """The table for a ledger. `missed` lists (kind, fact id) of detectable errors that were not found."""
    network = prepare(facts, words, definitions, parents).network
    everything = set(range(len(network.readings)))
    clean = everything - _set_aside(network, choices)
    alarms = sum(1 for _ in clashes(network, clean)) + len(differing_reports(network, sorted(clean), choices))
    trial = _Trial(network, clean, choices)
    linked = [fact for fact in sorted(clean) if trial.linked(fact)]
    rows, missed = [], []
    for kind, wrong in ERRORS.items():
        outcomes = [
            (fact, trial.outcome(fact, ranges)) for fact in linked if (ranges := wrong(network, fact)) is not None
        ]
        rows.append(_row(kind, [outcome for _, outcome in outcomes]))
        missed += [
            (kind, network.readings[fact].fact.id) for fact, (room, found, _) in outcomes if not room and not found
        ]
    aside = len(everything) - len(clean)
    return PowerTable(tuple(rows), len(linked), len(clean) - len(linked), aside, alarms, tuple(missed))


def _row(kind: str, outcomes: Sequence[tuple[bool, bool, bool]]) -> Power:
    room, found, localised = (sum(column) for column in zip(*outcomes, strict=True)) if outcomes else (0, 0, 0)
    return Power(kind, len(outcomes), room, found, localised)


def _set_aside(network: Network, choices: Collection[str]) -> set[int]:
    """Suspects of the ledger as it stands, and reports that do not agree with the one used."""
    active = set(range(len(network.readings)))
    aside = {fact for group in differing_reports(network, sorted(active), choices) for fact in group.others}
    return aside | {fact for clash in clashes(network, active - aside) for fact in clash.suspects}


class _Trial:
    """Errors put into a clean ledger, one at a time."""

    def __init__(self, network: Network, clean: set[int], choices: Collection[str]) -> None:
        self.network, self.clean, self.choices = network, clean, choices
        self.part = {fact: part for part in network.components() for fact in part}

    def linked(self, fact: int) -> bool:
        """Whether the other facts, through links, say something about the quantity of this one."""
        variable = self.network.variable_of[fact]
        others = [item for item in self.part[fact] if item in self.clean and self.network.variable_of[item] != variable]
        state = self.network.clash(others)[1]
        return bool(state.low_facts[variable] or state.high_facts[variable])

    def outcome(self, fact: int, wrong: Range) -> tuple[bool, bool, bool]:
        """Whether an error lies within the room of every link, is found, and is found with few suspects."""
        network, ranges = self.network, {fact: wrong}
        part = [item for item in self.part[fact] if item in self.clean]
        groups = [
            group
            for group in differing_reports(network, part, self.choices, ranges)
            if fact in (group.used, *group.others)
        ]
        suspects: set[int] = set()
        for group in groups:
            suspects |= set(suspects_of(network, group, part, self.choices, ranges))
        if groups:
            return False, True, fact in suspects and len(suspects) <= MOST_SUSPECTS
        mask = network.clash(part, ranges)[0]
        if not mask:
            return _within_room(network, fact, wrong, part), False, False
        core = smallest_clash(network, bits(mask), ranges)
        around = network.near(core, NEIGHBOURHOOD) & set(part)
        suspects = {item for remedy in remedies(network, core, around, ranges) for item in remedy}
        return False, True, fact in suspects and len(suspects) <= MOST_SUSPECTS


def _within_room(network: Network, fact: int, wrong: Range, part: Collection[int]) -> bool:
    """Whether every link of a fact alone, with the printed ranges of the other facts, permits the value."""
    variable = network.variable_of[fact]
    known = {variable: wrong}
    for other in part:
        if network.variable_of[other] != variable:
            low, high = network.ranges[other]
            before = known.get(network.variable_of[other], (-math.inf, math.inf))
            known[network.variable_of[other]] = (max(low, before[0]), min(high, before[1]))
    links = (network.links[number] for number in network.links_of[variable])
    return all(any(_possible(network, one, known) for one in link.alternatives) for link in links)


def _possible(network: Network, one: Constraint, known: Mapping[int, Range]) -> bool:
    """Whether a constraint can hold for ranges of its quantities; open ones take any value."""
    least = most = 0.0
    for variable, weight in zip(one.variables, one.coefficients, strict=True):
        low, high = known.get(variable, (-math.inf, math.inf))
        if not one.product and not network.signed[variable]:
            low, high = math.exp(low), math.exp(min(high, 700.0))
        ends = (weight * low, weight * high)
        least, most = least + min(ends), most + max(ends)
    slack = 1e-9 * max(1.0, abs(most) if math.isfinite(most) else 1.0)
    return least <= one.high + slack and most >= one.low - slack


def _times(factor: float) -> Callable[[Network, int], Range | None]:
    return lambda network, fact: network.replaced(fact, factor)


def _other_unit(network: Network, fact: int) -> Range | None:
    """The same figure printed in another unit; None for units that have no neighbour of the kind."""
    unit = network.readings[fact].fact.unit
    if unit not in SWAPPED and not unit.startswith(("万", "亿")):
        return None
    return network.replaced(fact, SWAPPED.get(unit, OTHERWISE))


def _other_year(network: Network, fact: int) -> Range | None:
    """The figure of the year before or after, where one is reported."""
    quantity = network.readings[fact].quantity
    period = read_period(quantity.period)
    if period.is_span:
        return None
    for year in (period.first - 1, period.first + 1):
        for other in _reports_of(network, quantity.region, quantity.indicator, period.at(year)):
            if network.readings[other].quantity.kind == quantity.kind:
                return network.ranges[other]
    return None


def _reports_of(network: Network, region: str, indicator: str, period: str) -> Iterator[int]:
    wanted = (region, indicator, period)
    return (fact for fact, reading in enumerate(network.readings) if reading.quantity.name == wanted)


ERRORS: Mapping[str, Callable[[Network, int], Range | None]] = {
    "times_ten": _times(10.0),
    "a_fifth_more": _times(1.2),
    "swapped_unit": _other_unit,
    "neighbouring_year": _other_year,
}
