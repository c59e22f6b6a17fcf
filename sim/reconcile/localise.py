"""Which facts clash, and the smallest weighted set of them that must give way (Fellegi and Holt 1976).

A clash is a smallest set of facts that cannot all be right. A remedy is a set of facts whose removal leaves the
rest consistent; the remedies of fewest facts and, among these, of least weight hold the suspects.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from sim.reconcile.network import Network, bits

LARGEST_REMEDY = 3
NEIGHBOURHOOD = 2  # links from a clash within which other facts are heard as witnesses
MOST_CHECKS = 400  # of one clash; its remedies found so far are reported then
TIE = 0.5  # weights closer than this say no more against one fact than against another

Ranges = Mapping[int, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Clash:
    """Facts that cannot all be right, the suspects among them and the remedies found."""

    facts: tuple[int, ...]
    remedies: tuple[frozenset[int], ...]

    @property
    def suspects(self) -> tuple[int, ...]:
        """All facts of the remedies, in the order of the ledger."""
        return tuple(sorted(frozenset().union(*self.remedies)))


def clashes(network: Network, facts: Iterable[int], ranges: Ranges | None = None) -> Iterator[Clash]:
    """Clashes among `facts`, one after the other without the facts of those before, each with its remedies."""
    active = set(facts)
    cores: list[list[int]] = []
    for part in network.components():
        members = [fact for fact in part if fact in active]
        while len(members) > 0 and (mask := network.clash(members, ranges)[0]):
            core = smallest_clash(network, bits(mask), ranges)
            cores.append(core)
            members = [fact for fact in members if fact not in core]
    for core in cores:
        others = {fact for other in cores if other is not core for fact in other}
        witnesses = (network.near(core, NEIGHBOURHOOD) & active) - others
        yield Clash(tuple(core), tuple(remedies(network, core, witnesses, ranges)))


def smallest_clash(network: Network, facts: Collection[int], ranges: Ranges | None = None) -> list[int]:
    """A subset that clashes and of which every part is consistent; the facts of least weight are tried first."""
    core = sorted(facts)
    for fact in sorted(core, key=lambda item: (network.readings[item].weight, item)):
        rest = [item for item in core if item != fact]
        if len(rest) < len(core) and rest and (mask := network.clash(rest, ranges)[0]):
            core = [item for item in rest if mask >> item & 1]
    return core


def remedies(
    network: Network, core: Collection[int], witnesses: Collection[int], ranges: Ranges | None = None
) -> list[frozenset[int]]:
    """The smallest remedies of a clash, lightest first, those of nearly the same weight kept."""
    checks = 0
    level: dict[frozenset[int], Collection[int]] = {frozenset(): core}
    for _ in range(LARGEST_REMEDY):
        found: list[frozenset[int]] = []
        deeper: dict[frozenset[int], Collection[int]] = {}
        for removed, remaining in level.items():
            for fact in remaining:
                tried = removed | {fact}
                if tried in deeper or tried in found or checks >= MOST_CHECKS:
                    continue
                checks += 1
                mask = network.clash([item for item in witnesses if item not in tried], ranges)[0]
                if mask:
                    deeper[tried] = bits(mask)
                else:
                    found.append(tried)
        if found:
            return _lightest(network, found)
        level = deeper
    return [frozenset({fact}) for fact in core]


def _lightest(network: Network, found: Iterable[frozenset[int]]) -> list[frozenset[int]]:
    weights = {remedy: sum(network.readings[fact].weight for fact in remedy) for remedy in found}
    least = min(weights.values())
    return sorted(
        (one for one in weights if weights[one] <= least + TIE - 1e-9), key=lambda one: (weights[one], sorted(one))
    )


def gap(network: Network, core: Collection[int]) -> float | None:
    """How many times as wide the rounding of all facts would have to be for them to agree; None beyond 1e6.

    1 is the edge of what rounding explains.
    """

    def fits(widths: float) -> bool:
        ranges = {fact: network.scaled(fact, widths) for fact in core}
        return not network.clash(core, ranges)[0]

    low, high = 1.0, 2.0
    while not fits(high):
        low, high = high, high * 2
        if high > 1e6:
            return None
    while high / low > 1.005:
        middle = (low * high) ** 0.5
        low, high = (low, middle) if fits(middle) else (middle, high)
    return high
