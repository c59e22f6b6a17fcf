"""Which inputs change a quantity at all: each is pushed by itself on a few paths, and the quantity looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sim.experiment.drawing import block_of
from sim.experiment.simulation import simulate_scenarios
from sim.parameters.priors import Prior, Priors
from sim.provenance.recording import PATHS, Stream, pushed_draws
from sim.randomness import Array, Draws
from sim.region.pack import Pack
from sim.scenario.parts import Scenario
from sim.targets import Target, evaluate

#: Smaller changes, relative to the quantity, are those of binary arithmetic.
LEAST_CHANGE = 1e-11


@dataclass(frozen=True, slots=True)
class Question:
    """A quantity to be traced: that of a target, in a scenario of a region."""

    pack: Pack
    scenario: Scenario
    target: Target

    @property
    def years(self) -> tuple[int, ...]:
        """Base year to the year of the target."""
        return tuple(range(self.pack.base_year, self.target.year + 1))

    def values(self, draws: Draws) -> Array:
        """The quantity that the target judges, (draw,)."""
        target = self.target
        compared = [(target.benchmark or "", target.indicator)] if target.operator == "above" else []
        block = block_of(self.pack, draws, self.years)
        path = simulate_scenarios(self.pack, [self.scenario], block, False, compared)[0]
        return np.broadcast_to(evaluate(target, path.value, self.years).value, (draws.size,))


def moved_by(question: Question, streams: Sequence[Stream], seed: int) -> frozenset[Stream]:
    """The streams that change the quantity when they are pushed."""
    paths = question.values(pushed_draws(seed, streams)).reshape(-1, PATHS)
    return frozenset(stream for stream, path in zip(streams, paths[1:], strict=True) if _differ(path, paths[0]))


def with_ranges(question: Question) -> Question:
    """The same with a range for every number that has none, so that it shows which the quantity rests on."""
    return replace(question, pack=_with_ranges(question.pack))


def _differ(one: Array, other: Array) -> bool:
    return bool((np.abs(one - other) > LEAST_CHANGE * np.maximum(1.0, np.abs(other))).any())


def _with_ranges(pack: Pack) -> Pack:
    """The pack with a range for every prior and length that has none, in all its parts."""
    return replace(
        pack,
        districts=tuple(_with_ranges(district) for district in pack.districts),
        surroundings=None if pack.surroundings is None else _with_ranges(pack.surroundings),
        rail=tuple(
            replace(line, length=(0.9 * line.length[0], 1.1 * line.length[0])) if line.length[0] == line.length[1]
            else line for line in pack.rail
        ),
        base_assumptions={name: _with_range(prior) for name, prior in pack.base_assumptions.items()},
        priors=_all_with_range(pack.priors),
        world=_all_with_range(pack.world),
    )  # fmt: skip


def _all_with_range(priors: Priors) -> Priors:
    return replace(
        priors,
        scalars={name: _with_range(prior) for name, prior in priors.scalars.items()},
        vectors={name: tuple(_with_range(prior) for prior in vector) for name, vector in priors.vectors.items()},
    )


def _with_range(prior: Prior) -> Prior:
    if prior.low < prior.high:
        return prior
    if prior.shape == "normal":
        around = 0.1 * abs(prior.centre) or 0.1
        return replace(prior, low=prior.centre - around, high=prior.centre + around)
    # Stays positive, and below one where the scale is that of odds.
    return replace(
        prior, low=0.9 * prior.centre, high=prior.centre + 0.1 * prior.centre * (1.0 - min(prior.centre, 0.9))
    )


# --- What no stream stands for --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Constant:
    """A number that is used as it is: the pack it belongs to, `growth_targets` or `related`, and its key there."""

    region: str
    section: str
    key: str


def constants_of(question: Question, seed: int) -> tuple[Constant, ...]:
    """The constants that change the quantity when they are changed."""
    draws = pushed_draws(seed, ())
    before = question.values(draws)
    return tuple(
        constant
        for constant, pack in _changed(question.pack)
        if _differ(replace(question, pack=pack).values(draws), before)
    )


def _changed(pack: Pack) -> Iterator[tuple[Constant, Pack]]:
    """Every constant, with the pack in which it alone is changed."""
    for part in parts_of(pack):
        for fact in dict.fromkeys(fact.id for fact in part.growth_targets.values()):
            yield Constant(part.id, "growth_targets", fact), _replaced(pack, part.id, _other_growth(fact))
        for kind in part.related:
            yield Constant(part.id, "related", kind), _replaced(pack, part.id, _other_related(kind))


def _other_growth(id: str) -> Callable[[Pack], Pack]:
    def change(pack: Pack) -> Pack:
        made = {
            year: replace(fact, value=fact.number + 1.0) if fact.id == id else fact
            for year, fact in pack.growth_targets.items()
        }
        return replace(pack, growth_targets=made)

    return change


def _other_related(kind: str) -> Callable[[Pack], Pack]:
    def change(pack: Pack) -> Pack:
        related: Mapping[str, float] = {**pack.related, kind: 0.5 * pack.related[kind] + 0.1}
        return replace(pack, related=related)

    return change


def parts_of(pack: Pack) -> tuple[Pack, ...]:
    """The packs that are simulated together, that of the region asked for first."""
    city = pack.whole
    if city is None:
        return (pack,)
    return (pack, *(part for part in (city, *city.districts) if part.id != pack.id))


def _replaced(pack: Pack, region: str, change: Callable[[Pack], Pack]) -> Pack:
    """The pack with the part of that region changed wherever it stands."""
    made = replace(
        pack,
        districts=tuple(_replaced(district, region, change) for district in pack.districts),
        surroundings=None if pack.surroundings is None else _replaced(pack.surroundings, region, change),
    )
    return change(made) if made.id == region else made
