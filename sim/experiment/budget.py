"""Where the uncertainty of a run comes from: variance of indicators and shift of probabilities, by source.

Pick and freeze: a second set of draws shares with the first only the streams of one source. What both have in common
is the variance that this source explains alone, its first-order share; what no source explains alone is interaction.
Source: Sobol' (1993); the estimator with pooled moments of Janon et al. (2014), ESAIM: P&S 18, 342-364.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from sim.errors import SimError
from sim.experiment.drawing import block_of
from sim.experiment.measurement import COMPUTED
from sim.experiment.mixing import mixed_draws
from sim.experiment.plan import Plan, evaluated
from sim.experiment.processes import submitted, worker_pool
from sim.experiment.results import independent_draws
from sim.experiment.simulation import follow_scenarios
from sim.experiment.tallies import judged_outcomes
from sim.posterior.posterior import conditioned
from sim.randomness import BLOCK, SOURCES, Array, Draws
from sim.targets import Target

#: Name of what no source explains alone.
INTERACTION = "interaction"
#: Years whose indicators are looked at.
YEARS = (2025, 2030, 2035)


@dataclass(frozen=True, slots=True)
class Share:
    """Share of one source, or of interaction, in the variance of an indicator in one year, with its error."""

    indicator: str
    year: int
    source: str
    share: float
    standard_error: float


@dataclass(frozen=True, slots=True)
class Shift:
    """Probability of a target, what it is with one source frozen at its centre, and the difference and its error."""

    target: str
    source: str
    probability: float
    without: float
    shift: float
    standard_error: float


@dataclass(frozen=True, slots=True)
class Budget:
    """The error budget of one scenario. A source that is off has shares and shifts of zero; all off, there are no rows.

    Indicators without a baseline, and those that do not vary in a year, have no rows.
    """

    draws: int
    sources: tuple[str, ...]  # that are on
    shares: tuple[Share, ...]
    shifts: tuple[Shift, ...]


def variance_shares(
    values: Array, second: Array, mixed: Sequence[Array], independent: int | None = None
) -> tuple[tuple[float, float], ...]:
    """First-order share and its standard error for every source, and last those of interaction.

    values, second : (draw,) of two independent sets of draws; mixed : for each source (draw,) values of the second
    set with that source from the first; independent : how many of the draws count for errors, all unless told. The
    shares sum to one. Raises ValueError for values that do not vary.

    What the two sets have in common is chance alone, and much of it is also in what the first has in common with the
    mixed: it is taken off in the proportion that leaves least error (a control variate).
    """
    out: list[tuple[float, float]] = []
    left = np.zeros_like(values)
    chance = (values - values.mean()) * (second - second.mean())
    for other in mixed:
        middle = (values.mean() + other.mean()) / 2.0
        first, second = values - middle, other - middle
        product, square = first * second, (first * first + second * second) / 2.0
        variance = square.mean()
        if variance <= 0.0:
            raise ValueError("values that do not vary have no shares")
        share = float(product.mean() / variance)
        # By how much each draw moves the ratio of the two means (delta method).
        influence = (product - share * square) / variance
        slope = _slope(influence, chance)
        share -= float(slope * chance.mean())
        influence = influence - slope * (chance - chance.mean())
        left -= influence
        out.append((share, _error(influence, independent)))
    rest = 1.0 - sum(share for share, _ in out)
    return (*out, (rest, _error(left, independent)))


def _slope(influence: Array, chance: Array) -> float:
    """Of the regression of one on the other; zero where chance does not vary."""
    around = chance - chance.mean()
    square = float((around * around).mean())
    return float((influence * around).mean()) / square if square > 0.0 else 0.0


def _error(influence: Array, independent: int | None) -> float:
    """Standard error of a mean; draws beyond a posterior's members repeat their histories and do not count."""
    return float(influence.std() / np.sqrt(len(influence) if independent is None else independent))


@dataclass(frozen=True, slots=True)
class _Question:
    """What is asked of every block: one scenario, indicators and years of a plan."""

    plan: Plan
    scenario: int
    rows: tuple[tuple[str, int], ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """Sources that are on, in the order of the contract."""
        return tuple(source for source in SOURCES if source in self.plan.sources)

    @property
    def targets(self) -> list[Target]:
        """The targets that can be evaluated."""
        return evaluated(self.plan, self.scenario)


@dataclass(frozen=True, slots=True)
class _Answer:
    """Values (row, draw) and targets met (target, draw) of one block: all draws, then by source."""

    values: Array
    second: Array  # values of independent draws
    met: Array
    mixed: list[Array]  # values of those with one source from `values`
    frozen: list[Array]  # targets met with one source off


def _followed(question: _Question, draws: Draws, size: int) -> tuple[Array, Array]:
    """Values (row, draw) and targets met (target, draw) on given draws."""
    plan = question.plan
    as_of = None if plan.posterior is None else plan.posterior.as_of
    block = block_of(plan.pack, draws, plan.years, as_of)
    (path,) = follow_scenarios(plan.pack, [plan.scenarios[question.scenario]], block, False, sorted(plan.compared))
    rows = [path.values[COMPUTED.index(name), plan.years.index(year), :size] for name, year in question.rows]
    outcomes = judged_outcomes(question.targets, path.value, plan.years, size)
    met = [outcome.met[:size].astype(np.float64) for outcome in outcomes]
    return (np.stack(rows) if rows else np.zeros((0, size)), np.stack(met) if met else np.zeros((0, size)))


def _answer(question: _Question, block: int) -> _Answer:
    """One block: all sources, then each shared alone, then each switched off."""
    plan = question.plan
    size = min(BLOCK, plan.draws - block * BLOCK)

    def ordinary(sources: frozenset[str]) -> Draws:
        return conditioned(Draws(plan.seed, block, sources), plan.posterior)

    values, met = _followed(question, ordinary(plan.sources), size)
    second, _ = _followed(question, mixed_draws(plan.seed, block, plan.sources, frozenset(), plan.posterior), size)
    mixed, frozen = [], []
    for source in question.sources:
        draws = mixed_draws(plan.seed, block, plan.sources, frozenset((source,)), plan.posterior)
        mixed.append(_followed(question, draws, size)[0])
        frozen.append(_followed(question, ordinary(plan.sources - {source}), size)[1])
    return _Answer(values, second, met, mixed, frozen)


def _answers(question: _Question) -> Iterator[_Answer]:
    """All blocks in order, from this process or from workers."""
    plan = question.plan
    if plan.workers <= 1 or plan.blocks <= 1:
        yield from (_answer(question, block) for block in range(plan.blocks))
        return
    with worker_pool(plan.workers) as pool:
        for task in submitted(pool, partial(_answer, question), range(plan.blocks)):
            yield task.result()


def error_budget(
    plan: Plan,
    indicators: Sequence[str] | None = None,
    years: Sequence[int] = YEARS,
    scenario: int = 0,
    progress: Callable[[int], None] = lambda draws: None,
) -> Budget:
    """The error budget of one scenario of a plan over its draws: 2 runs, and 2 more for each source that is on.

    `indicators` defaults to those of the evaluated targets; years outside the horizon are left out. `progress` is told
    how many draws were finished since it was last called. Raises SimError where an indicator is a number in some
    draws only. The same numbers come out for any number of workers.
    """
    targets = evaluated(plan, scenario)
    names = tuple(dict.fromkeys(t.indicator for t in targets)) if indicators is None else tuple(indicators)
    wanted = tuple((name, year) for name in names for year in years if year in plan.years[1:])
    question = _Question(plan, scenario, wanted)
    if not question.sources:
        return Budget(1, (), (), ())
    answers = []
    for answer in _answers(question):
        answers.append(answer)
        progress(answer.values.shape[1])
    each = range(len(question.sources))
    mixed = [_joined([a.mixed[i] for a in answers]) for i in each]
    frozen = [_joined([a.frozen[i] for a in answers]) for i in each]
    values, second = _joined([a.values for a in answers]), _joined([a.second for a in answers])
    independent = independent_draws(plan.draws, plan.posterior)
    shares = _shares(wanted, question.sources, values, second, mixed, independent)
    met = _joined([a.met for a in answers])
    return Budget(plan.draws, question.sources, shares, _shifts(targets, question.sources, met, frozen, independent))


def _joined(blocks: Sequence[Array]) -> Array:
    return np.concatenate(blocks, axis=1)


def _shares(
    rows: Sequence[tuple[str, int]], sources: Sequence[str], values: Array, second: Array, mixed: Sequence[Array],
    independent: int,
) -> tuple[Share, ...]:  # fmt: skip
    """Shares of all sources and of interaction, for every row that varies."""
    out: list[Share] = []
    for i, (name, year) in enumerate(rows):
        known = np.isfinite(values[i])
        if not known.all() and known.any():
            raise SimError(f"{name} of {year} is not a number in {np.count_nonzero(~known)} of {len(known)} draws")
        if not known.all() or values[i].min() == values[i].max():
            continue
        made = variance_shares(values[i], second[i], [m[i] for m in mixed], independent)
        found = dict(zip((*sources, INTERACTION), made, strict=True))
        out += [Share(name, year, source, *found.get(source, (0.0, 0.0))) for source in (*SOURCES, INTERACTION)]
    return tuple(out)


def _shifts(
    targets: Sequence[Target], sources: Sequence[str], met: Array, frozen: Sequence[Array], independent: int
) -> tuple[Shift, ...]:
    """How the probability of every target moves when each source is switched off."""
    off = dict(zip(sources, frozen, strict=True))
    out: list[Shift] = []
    for i, target in enumerate(targets):
        for source in SOURCES:
            change = off[source][i] - met[i] if source in off else np.zeros(1)
            share, without = met[i].mean(), (off[source][i] if source in off else met[i]).mean()
            error = _error(change, independent)
            out.append(Shift(target.id, source, float(share), float(without), float(change.mean()), error))
    return tuple(out)
