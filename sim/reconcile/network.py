"""Which ranges of all quantities agree with the reported figures and the links: bounds propagation.

Every bound carries, as bits of one integer, the facts it rests on. When the bounds of a quantity cross, the
union of both is a set of facts that cannot all be right. Propagation only ever drops values that no solution
has, so it never raises a false alarm; it may miss what only several links together forbid.
"""

from __future__ import annotations

import math
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sim.errors import SimError
from sim.facts.rules import Plausible
from sim.reconcile.links import Constraint, Links, bound_of
from sim.reconcile.quantities import LARGEST, SMALLEST, Quantity, Reading, is_signed

LOW, HIGH = math.log(SMALLEST), math.log(LARGEST)
SLACK = 1e-9  # of a logarithm or, in a sum, of the largest term: floating point, nothing else
WORTHWHILE = 1e-3  # smallest part of a range worth cutting off, so that long chains come to an end
MOST_STEPS = 40  # visits of one link

Bounds = tuple[float, int, float, int]  # low, its facts, high, its facts


def bits(mask: int) -> list[int]:
    """Numbers of the facts in a mask, ascending."""
    found = []
    while mask:
        lowest = mask & -mask
        found.append(lowest.bit_length() - 1)
        mask ^= lowest
    return found


@dataclass(slots=True)
class State:
    """Ranges of all quantities while they are narrowed: logarithms, or plain values of signed quantities."""

    low: list[float]
    high: list[float]
    low_facts: list[int]
    high_facts: list[int]


class Network:
    """The facts, quantities and links of one reconciliation. Facts and quantities are known by number."""

    def __init__(self, readings: Sequence[Reading], links: Links, plausible: Plausible) -> None:
        self.readings, self.links = readings, links.links
        self.quantities = links.quantities
        self.signed = [is_signed(item) for item in links.quantities]
        number = {item: index for index, item in enumerate(links.quantities)}
        self.variable_of = [number[reading.quantity] for reading in readings]
        self.ranges = [self._of_fact(fact, reading.bounds()) for fact, reading in enumerate(readings)]
        self.narrow = [
            self._of_fact(fact, (reading.natural(reading.narrow[0]), reading.natural(reading.narrow[1])))
            for fact, reading in enumerate(readings)
        ]
        self.links_of: dict[int, list[int]] = defaultdict(list)
        self.facts_of: dict[int, list[int]] = defaultdict(list)
        for index, link in enumerate(self.links):
            for variable in link.variables:
                self.links_of[variable].append(index)
        for fact, variable in enumerate(self.variable_of):
            self.facts_of[variable].append(fact)
        self._start = self._open_state(links.quantities, plausible)

    def _of_fact(self, fact: int, bounds: tuple[float, float]) -> tuple[float, float]:
        """Bounds of a fact in the scale of its quantity."""
        low, high = bounds
        if self.signed[self.variable_of[fact]]:
            return low, high
        return math.log(max(low, SMALLEST)), math.log(max(high, SMALLEST))

    def scaled(self, fact: int, widths: float) -> tuple[float, float]:
        """Range of a fact when its rounding is taken as `widths` times as wide."""
        return self._of_fact(fact, self.readings[fact].bounds(widths))

    def replaced(self, fact: int, value: float) -> tuple[float, float]:
        """Range of a fact had it been printed `value` times as large, its rounding with it."""
        reading = self.readings[fact]
        low, high = sorted((reading.natural(reading.low * value), reading.natural(reading.high * value)))
        return self._of_fact(fact, (low, high))

    def _open_state(self, quantities: Sequence[Quantity], plausible: Plausible) -> State:
        low, high = [], []
        for index, item in enumerate(quantities):
            if self.signed[index]:
                low.append(-LARGEST)
                high.append(LARGEST)
                continue
            bound = bound_of(item, plausible)
            low.append(math.log(max(bound[0], SMALLEST)) if bound else LOW)
            high.append(math.log(bound[1]) if bound else HIGH)
        return State(low, high, [0] * len(low), [0] * len(low))

    def components(self) -> list[list[int]]:
        """Facts connected by links, the largest number of facts last; facts without a link stand alone."""
        group = list(range(len(self.quantities)))

        def root(item: int) -> int:
            while group[item] != item:
                group[item] = group[group[item]]
                item = group[item]
            return item

        for link in self.links:
            for variable in link.variables[1:]:
                group[root(variable)] = root(link.variables[0])
        parts: dict[int, list[int]] = defaultdict(list)
        for fact, variable in enumerate(self.variable_of):
            parts[root(variable)].append(fact)
        return list(parts.values())

    def near(self, facts: Iterable[int], hops: int) -> set[int]:
        """Facts within `hops` links of the given ones."""
        variables = {self.variable_of[fact] for fact in facts}
        edge = set(variables)
        for _ in range(hops):
            reached = {other for item in edge for link in self.links_of[item] for other in self.links[link].variables}
            edge = reached - variables
            variables |= edge
        return {fact for variable in variables for fact in self.facts_of[variable]}

    def clash(
        self, facts: Iterable[int], ranges: Mapping[int, tuple[float, float]] | None = None
    ) -> tuple[int, State, int | None]:
        """Facts (as a mask) that cannot all be right, 0 when none is found; the ranges; the last link used.

        `ranges` replaces the ranges of single facts.
        """
        start, nobody = self._start, [0] * len(self._start.low)
        state = State(start.low.copy(), start.high.copy(), nobody, nobody.copy())
        waiting = _Waiting(self.links_of)
        for fact in facts:
            low, high = self.ranges[fact] if ranges is None else ranges.get(fact, self.ranges[fact])
            mask, variable = 1 << fact, self.variable_of[fact]
            found = _narrow(state, variable, (low, mask, high, mask), 0.0)
            if found > 0:
                return found, state, None
            if found:
                waiting.add(variable)
        while (link := waiting.next()) is not None:
            found, changed = self._apply(state, link)
            if found < 0:  # no fact is involved: bounds of the table exclude each other
                raise SimError(f"plausible ranges contradict “{self.links[link].label.en}”")
            if found:
                return found, state, link
            for variable in changed:
                waiting.add(variable)
        return 0, state, None

    def _apply(self, state: State, index: int) -> tuple[int, list[int]]:
        """Narrow all quantities of a link: (facts that clash, quantities that changed)."""
        alternatives = self.links[index].alternatives
        results = [self._implied(state, one) for one in alternatives]
        possible = [result for result in results if isinstance(result, dict)]
        failed = 0
        for result in results:
            if isinstance(result, int):
                failed |= result
        if not possible:
            return failed or -1, []
        changed = []
        merged = possible[0] if len(possible) == 1 else _hull(possible)
        for variable, (low, low_facts, high, high_facts) in merged.items():
            found = _narrow(state, variable, (low, low_facts | failed, high, high_facts | failed), WORTHWHILE)
            if found > 0:
                return found, []
            if found:
                changed.append(variable)
        return 0, changed

    def _implied(self, state: State, one: Constraint) -> dict[int, Bounds] | int:
        """What a constraint says about each of its quantities, or the facts that cannot all be right."""
        terms = [
            self._term(state, variable, weight, one.product)
            for variable, weight in zip(one.variables, one.coefficients, strict=True)
        ]
        least, most = sum(term[0] for term in terms), sum(term[2] for term in terms)
        slack = SLACK if one.product else SLACK * max(abs(term[2]) for term in terms)
        if least > one.high + slack:
            return _union(term[1] for term in terms) or -1
        if most < one.low - slack:
            return _union(term[3] for term in terms) or -1
        implied: dict[int, Bounds] = {}
        for place, (variable, weight) in enumerate(zip(one.variables, one.coefficients, strict=True)):
            others = terms[:place] + terms[place + 1 :]
            low = (one.low - sum(term[2] for term in others)) / weight
            high = (one.high - sum(term[0] for term in others)) / weight
            low_facts, high_facts = _union(term[3] for term in others), _union(term[1] for term in others)
            if weight < 0:
                low, high, low_facts, high_facts = high, low, high_facts, low_facts
            if not one.product and not self.signed[variable]:
                low = math.log(low) if low > SMALLEST else LOW
                if high <= SMALLEST:
                    return high_facts or -1
                high = math.log(high)
            implied[variable] = (low, low_facts, high, high_facts)
        return implied

    def _term(self, state: State, variable: int, weight: float, product: bool) -> Bounds:
        """Smallest and largest value of one term with the facts they rest on."""
        low, high = state.low[variable], state.high[variable]
        if not product and not self.signed[variable]:
            low, high = math.exp(low), math.exp(high)
        if weight < 0:
            return weight * high, state.high_facts[variable], weight * low, state.low_facts[variable]
        return weight * low, state.low_facts[variable], weight * high, state.high_facts[variable]


class _Waiting:
    """Links still to be looked at, each at most once at a time and MOST_STEPS times in all."""

    def __init__(self, links_of: Mapping[int, Sequence[int]]) -> None:
        self.links_of = links_of
        self.queue: deque[int] = deque()
        self.queued: set[int] = set()
        self.visits: dict[int, int] = defaultdict(int)

    def add(self, variable: int) -> None:
        """Put the links of a quantity at the end of the queue."""
        for link in self.links_of.get(variable, ()):
            if link not in self.queued and self.visits[link] < MOST_STEPS:
                self.queued.add(link)
                self.visits[link] += 1
                self.queue.append(link)

    def next(self) -> int | None:
        """The link that has waited longest."""
        if not self.queue:
            return None
        link = self.queue.popleft()
        self.queued.discard(link)
        return link


def _union(masks: Iterable[int]) -> int:
    union = 0
    for mask in masks:
        union |= mask
    return union


def _hull(possible: Sequence[dict[int, Bounds]]) -> dict[int, Bounds]:
    """What all possible alternatives say in common about the quantities all of them hold."""
    shared = set(possible[0]).intersection(*possible[1:])
    merged = {}
    for variable in sorted(shared):
        found = [one[variable] for one in possible]
        low, high = min(item[0] for item in found), max(item[2] for item in found)
        merged[variable] = (low, _union(item[1] for item in found), high, _union(item[3] for item in found))
    return merged


def _narrow(state: State, variable: int, bounds: Bounds, worthwhile: float) -> int:
    """Cut the range of a quantity: 0 unchanged, -1 changed, else the facts that clash."""
    low, low_facts, high, high_facts = bounds
    old_low, old_high = state.low[variable], state.high[variable]
    least = worthwhile * min(old_high - old_low, 1.0)
    slack = SLACK * max(1.0, abs(old_low) if old_low > -LARGEST else 0.0)
    if low > old_high + slack:
        return (low_facts | state.high_facts[variable]) or -1
    if high < old_low - slack:
        return (high_facts | state.low_facts[variable]) or -1
    changed = 0
    if low > old_low + least:
        state.low[variable], state.low_facts[variable], changed = min(low, old_high), low_facts, -1
    if high < old_high - least:
        state.high[variable], state.high_facts[variable], changed = max(high, state.low[variable]), high_facts, -1
    return changed
