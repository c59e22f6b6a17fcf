"""Counts of met targets that add up over blocks, and the verdicts they give."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.errors import SimError
from sim.experiment.model_error import Allowance, ModelError
from sim.experiment.ranges import (
    InPlay,
    Range,
    Sensitivity,
    effects_of,
    joint_range,
    priors_in_play,
    probability_range,
    sensitivity_of,
)
from sim.experiment.results import Joint, TargetResult, standard_error
from sim.experiment.summaries import LEVELS
from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.randomness import Array
from sim.region.pack import Pack
from sim.targets import Outcome, Target, evaluate, plan_document, reported, status_of

Ints = NDArray[np.int64]
#: Mechanisms of indicators whose chance is their own: nobody knows how it is correlated among them.
SOCIAL = ("bounded", "capacity", "land")
NOT_RANDOM = Text("各次模拟取值相同，没有上下限", "the same in every draw: there is no range")


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts over draws; every field adds up. First axis: evaluated targets."""

    draws: int
    met: Ints  # (target,)
    gap: Array  # (target,) sum of shortfalls
    first: Ints  # (target, year + 1) draws by first year reached; the last column is never
    together: Ints  # (target, target) draws in which both are met
    all_met: int  # draws in which all of the plan's targets are met
    tied_met: int  # draws in which all of the plan's targets that the economy ties together are met
    lowest: Array  # (target,) least value judged
    highest: Array  # (target,) greatest value judged
    sensitivity: Sensitivity  # to the priors

    def plus(self, other: Tally) -> Tally:
        """Tally of this and a later block."""
        return Tally(
            self.draws + other.draws,
            self.met + other.met,
            self.gap + other.gap,
            self.first + other.first,
            self.together + other.together,
            self.all_met + other.all_met,
            self.tied_met + other.tied_met,
            np.minimum(self.lowest, other.lowest),
            np.maximum(self.highest, other.highest),
            self.sensitivity.plus(other.sensitivity),
        )


def of_plan(targets: Sequence[Target]) -> list[int]:
    """Positions of the plan's own targets: rows of its table, each in its first reading."""
    plan = plan_document((t.id, t.row) for t in targets)
    return [i for i, t in enumerate(targets) if t.row is not None and t.reading_of is None and t.document == plan]


def is_social(target: Target) -> bool:
    """Whether a target's indicator is moved by chance of its own rather than by the economy."""
    return INDICATORS[target.indicator].mechanism in SOCIAL


def judged_outcomes(
    targets: Sequence[Target], values: Callable[[str], Array], years: Sequence[int], size: int
) -> list[Outcome]:
    """Outcomes of targets on one path of `size` draws that count.

    Raises SimError for a target whose quantity or threshold is not a number in some draw: it would silently count
    as missed.
    """
    outcomes = [evaluate(target, values, years) for target in targets]
    for target, outcome in zip(targets, outcomes, strict=True):
        known = np.isfinite(outcome.value[:size]) & np.isfinite(outcome.gap[:size])
        if not known.all():
            share = f"{np.count_nonzero(~known)} of {size} draws"
            raise SimError(f"{target.id}: {target.indicator} of {target.year} is not a number in {share}")
    return outcomes


def tally_block(
    targets: Sequence[Target], outcomes: Sequence[Outcome], size: int, years: Sequence[int], moments: Array
) -> Tally:
    """Tally the first `size` draws of one block; `moments` are those of the priors, (2, prior, draw)."""
    count = len(targets)
    if not count:
        whole, none = np.zeros(0, dtype=np.int64), np.zeros(0)
        first, together = np.zeros((0, len(years) + 1), np.int64), np.zeros((0, 0), np.int64)
        sums = sensitivity_of(np.zeros((0, size)), moments)
        return Tally(size, whole, none, first, together, 0, 0, none, none, sums)
    met = np.stack([o.met[:size] for o in outcomes])
    first = np.zeros((count, len(years) + 1), dtype=np.int64)
    for i, outcome in enumerate(outcomes):
        reached = outcome.first[:size]
        place = np.where(reached == 0, len(years), reached - years[0])
        first[i] = np.bincount(place, minlength=len(years) + 1)
    # Bit by bit rather than as a matrix product, whose threads fight with each other on a busy machine.
    packed = np.packbits(met, axis=1)
    together = np.bitwise_count(packed[:, None] & packed).sum(axis=2, dtype=np.int64)
    plan = of_plan(targets)
    tied = [i for i in plan if not is_social(targets[i])]
    values = np.stack([o.value[:size] for o in outcomes])
    return Tally(
        draws=size,
        met=met.sum(axis=1),
        gap=np.stack([o.gap[:size] for o in outcomes]).sum(axis=1),
        first=first,
        together=together,
        all_met=int(met[plan].all(axis=0).sum()) if plan else 0,
        tied_met=int(met[tied].all(axis=0).sum()) if plan else 0,
        lowest=values.min(axis=1),
        highest=values.max(axis=1),
        sensitivity=sensitivity_of(met.astype(np.float64), moments),
    )


def target_results(
    targets: Sequence[Target],
    judged: Sequence[Target],
    tally: Tally,
    quantiles: Array,
    horizon: int,
    pack: Pack,
    known_until: int,
    errors: ModelError,
    independent: int,
) -> tuple[TargetResult, ...]:
    """Verdicts on all targets in their order; `judged` are those in the tally, quantiles (level, judged).

    `independent` draws count for standard errors. `known_until` is the last year with reported figures: the model's
    error grows with the years from there.
    """
    place = {t.id: i for i, t in enumerate(judged)}
    priors = priors_in_play(pack)
    out = []
    for target in targets:
        status, reason = status_of(target, horizon, pack, known_until)
        if target.id not in place:
            out.append(TargetResult(target, status, reason, reported=reported(target, pack, known_until)))
            continue
        i = place[target.id]
        met, draws = int(tally.met[i]), tally.draws
        never = int(tally.first[i, -1])
        allowance = errors.allowance(target.indicator, target.year - known_until)
        found = _range(tally, i, priors, errors, allowance)
        out.append(
            TargetResult(
                target=target,
                status=status,
                reason=None,
                probability=met / draws,
                standard_error=standard_error(met / draws, min(draws, independent)),
                quantiles={level: float(quantiles[k, i]) for k, level in enumerate(LEVELS)},
                shortfall=float(tally.gap[i] / (draws - met)) if met < draws else None,
                first_year=_median_year(tally.first[i], pack.base_year),
                never=never / draws,
                by_year=_shares(tally.first[i], draws, pack.base_year),
                probability_low=None if found is None else found.low,
                probability_high=None if found is None else found.high,
                range_from=() if found is None else found.parts,
                range_reason=NOT_RANDOM if found is None else None,
                grade=allowance.grade,
            )
        )
    return tuple(out)


def _range(
    tally: Tally, place: int, priors: Sequence[InPlay], errors: ModelError, allowance: Allowance
) -> Range | None:
    """Range of one target's probability; None where the quantity judged is the same in every draw."""
    met, draws = int(tally.met[place]), tally.draws
    if tally.lowest[place] == tally.highest[place] and met in (0, draws):
        return None
    effects = effects_of(met, draws, tally.sensitivity.met[:, place], tally.sensitivity.every)
    return probability_range(met, draws, effects, priors, [errors.priors[p.grade] for p in priors], allowance)


def _shares(counts: Ints, draws: int, base_year: int) -> dict[int, float]:
    """Share of the draws by first year, years that no draw has left out."""
    return {base_year + place: int(count) / draws for place, count in enumerate(counts[:-1]) if count}


def _median_year(counts: Ints, base_year: int) -> int | None:
    """Median first year over all draws; None when it is never within the horizon."""
    cumulative = np.cumsum(counts)
    place = int(np.searchsorted(cumulative, (cumulative[-1] + 1) // 2))
    return None if place == len(counts) - 1 else base_year + place


def joint_of(judged: Sequence[Target], tally: Tally, independent: int) -> Joint:
    """All of the plan's targets together, how many are met on average, and the pair that conflicts most.

    The pair is the one with the most negative correlation of being met, None when no pair is negative; `independent`
    draws count for its error.
    """
    plan = of_plan(judged)
    ids = tuple(judged[i].id for i in plan)
    draws = tally.draws
    counted = min(draws, independent)
    if not plan:
        return Joint(ids, None, None, None, None, counted)
    share = tally.met[plan] / draws
    both = tally.together[np.ix_(plan, plan)] / draws
    spread = np.sqrt(share * (1.0 - share))
    scale = np.outer(spread, spread)
    correlation = np.where(scale > 0.0, (both - np.outer(share, share)) / np.where(scale > 0.0, scale, 1.0), 0.0)
    np.fill_diagonal(correlation, 0.0)
    lowest = np.unravel_index(int(np.argmin(correlation)), correlation.shape)
    social = [place for place in plan if is_social(judged[place])]
    # Half a draw keeps what no draw shows from being impossible.
    likely = np.asarray((tally.met[social] + 0.5) / (draws + 1.0), dtype=np.float64)
    low, high = joint_range((tally.tied_met + 0.5) / (draws + 1.0), likely, tally.all_met / draws)
    pair = (ids[lowest[0]], ids[lowest[1]]) if correlation[lowest] < 0.0 else None
    return Joint(ids, tally.all_met / draws, float(share.sum()), pair, float(correlation[lowest]), counted, low, high)
