"""What a value of the table of targets rests on, measured on the model itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from math import sqrt

import numpy as np

from sim.provenance.contribution import Contribution, Provenance
from sim.provenance.effects import Question, constants_of, moved_by, with_ranges
from sim.provenance.inputs import Inputs, constant_input, inputs_of, judged_by
from sim.provenance.recording import RecordingDraws, Stream
from sim.provenance.shares import Share, first_order
from sim.randomness import BLOCK, SOURCES, Array, Draws
from sim.region.pack import Pack
from sim.scenario.parts import Scenario
from sim.targets import Target, status_of

EVERY = frozenset(SOURCES)


def rests_on(
    pack: Pack, scenario: Scenario, targets: Sequence[Target], target: str, draws: int = 10_240, seed: int = 1
) -> Provenance:
    """The inputs of the quantity that one of the targets judges, each with its share in its variance.

    target : id of one of `targets`. Nothing is declared: streams are those that the simulation asks for, an input
    belongs to the number when changing it by itself changes the number, and shares come from `draws` random draws.
    Raises ValueError for a target that is not evaluated, LookupError for an input that has no provenance.
    """
    chosen = next((t for t in targets if t.id == target), None)
    if chosen is None or status_of(chosen, scenario.horizon, pack)[0] != "evaluated":
        raise ValueError(f"{target}: not a target that is evaluated")
    question = Question(pack, scenario, chosen)
    values, seen = simulated(question, draws, seed)
    inputs = inputs_of(question)
    moved = moved_by(question, sorted(seen), seed)
    shares = first_order(values, {s: n for s, n in sorted(seen.items()) if s in moved}, _Fetch(draws, seed, seen))
    total = reduce(Share.plus, shares.values(), Share(0.0, 0.0))
    fixed = moved_by(with_ranges(question), sorted(inputs.fixed & set(seen)), seed)
    used = [
        *(_input(inputs, stream) for stream in sorted(fixed)),
        *(constant_input(constant, pack) for constant in constants_of(question, seed)),
    ]
    spread = float(values.std())
    return Provenance(
        target=target,
        scenario=scenario.name,
        unit=chosen.unit,
        mean=float(values.mean()),
        sd=spread,
        contributions=(*_together(inputs, shares), *dict.fromkeys(used), *judged_by(question)),
        remainder=max(1.0 - total.share, 0.0) if spread else 0.0,
        remainder_error=sqrt(total.variance),
        draws=draws,
        seed=seed,
    )


def simulated(question: Question, draws: int, seed: int) -> tuple[Array, dict[Stream, int]]:
    """The quantity in every draw, (draw,), and the streams that were asked for with their rows."""
    seen: dict[Stream, int] = {}
    parts = []
    for block in range(-(-draws // BLOCK)):
        parts.append(question.values(RecordingDraws(seed, block, EVERY, BLOCK, seen)))
    return np.concatenate(parts)[:draws], seen


class _Fetch:
    """Numbers of a stream in all draws, made anew: (rows, draw)."""

    def __init__(self, draws: int, seed: int, rows: dict[Stream, int]) -> None:
        self.draws, self.seed, self.rows = draws, seed, rows

    def __call__(self, stream: Stream) -> Array:
        blocks = (Draws(self.seed, block, EVERY) for block in range(-(-self.draws // BLOCK)))
        return np.concatenate([stream.values(block, self.rows[stream]) for block in blocks], axis=1)[:, : self.draws]


def _together(inputs: Inputs, shares: dict[Stream, Share]) -> list[Contribution]:
    """Inputs with the shares of all their streams, the largest first."""
    sums: dict[Contribution, Share] = {}
    for stream, share in shares.items():
        made = _input(inputs, stream)
        sums[made] = share.plus(sums[made]) if made in sums else share
    varying = [replace(made, share=max(s.share, 0.0), error=sqrt(s.variance)) for made, s in sums.items()]
    return sorted(varying, key=lambda c: (-(c.share or 0.0), c.id))


def _input(inputs: Inputs, stream: Stream) -> Contribution:
    found = inputs.of(stream)
    if not found:
        raise LookupError(f"{stream.source}.{stream.name}: no provenance")
    return found[0]
