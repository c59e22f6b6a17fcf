"""What draws of one scenario say on the worth of every number that somebody could find out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim.experiment.bench import Bench
from sim.experiment.model_error import ModelError
from sim.experiment.plan import Plan
from sim.experiment.ranges import (
    Range,
    Sensitivity,
    effects_of,
    moments_of,
    prior_normals,
    priors_in_play,
    probability_range,
    sensitivity_of,
)
from sim.experiment.results import independent_draws
from sim.experiment.shared import shared_block
from sim.experiment.simulation import follow_scenarios
from sim.experiment.tallies import judged_outcomes
from sim.language import Text
from sim.randomness import Array
from sim.sensitivity.blocks import Tick, over_blocks
from sim.sensitivity.information import Judgement, Worth, clear, level_of, same_order, worth_of
from sim.sensitivity.information_candidates import Candidate, candidates_of
from sim.targets import Target

#: Percentiles at which a number is shown as turning out low and high.
PERCENTILES = (0.10, 0.90)


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """One candidate and what it would do: worth and clear by target; values at the 10th and 90th percentile."""

    candidate: Candidate
    worth: Worth
    clear: NDArray[np.bool_]
    values: tuple[float, float]

    @property
    def score(self) -> float:
        """Variance that it clearly takes from all targets together."""
        return float(np.maximum(self.worth.variance, 0.0)[self.clear].sum())


@dataclass(frozen=True, slots=True, eq=False)
class Information:
    """The worth of all candidates for some targets.

    level : how unlikely chance must be to be called clear; ranges : of each target's probability, None where the
    quantity judged is the same in every draw.
    """

    targets: tuple[Target, ...]
    judged: Judgement
    known: tuple[Known, ...]
    level: float
    ranges: tuple[Range | None, ...]

    def order(self, target: int) -> list[Known]:
        """Candidates that may clearly move a target's probability, the one that moves it furthest first."""
        telling = [one for one in self.known if one.clear[target]]
        return sorted(telling, key=lambda one: (-one.worth.variance[target], one.candidate.id))


@dataclass(frozen=True, slots=True, eq=False)
class _OfBlock:
    """What is kept of a block."""

    met: Array
    value: Array
    candidates: tuple[Candidate, ...]
    numbers: Array
    sensitivity: Sensitivity


@dataclass(frozen=True, slots=True)
class _Made:
    """Follows the scenario in one block; picklable, so that workers can do it."""

    plan: Plan

    def __call__(self, bench: Bench, index: int, tick: Tick) -> _OfBlock:
        plan = self.plan
        scenario = plan.scenarios[0]
        block = shared_block(plan, index)
        (path,) = follow_scenarios(plan.pack, [scenario], block, False, sorted(plan.compared))
        outcomes = judged_outcomes(plan.targets[0], path.value, block.years, block.draws.size)
        met = np.stack([o.met for o in outcomes]).astype(np.float64)
        rows = list(candidates_of(plan.pack, scenario, block, path, plan.known_until))
        moments = moments_of(prior_normals(priors_in_play(plan.pack), block.draws, block.draws.size))
        tick()
        return _OfBlock(
            met,
            np.stack([o.value for o in outcomes]),
            tuple(candidate for candidate, _ in rows),
            np.stack([values for _, values in rows]),
            sensitivity_of(met, moments),
        )


def information_of(
    plan: Plan,
    targets: Sequence[Target],
    errors: ModelError,
    label: Callable[[str], Text],
    workers: int,
    told: Callable[[int], None],
) -> Information:
    """The worth of every candidate for some targets of the plan's first scenario, all of which can be evaluated.

    label : what people call a parameter, by the name of its stream; `told` of blocks done.
    The same for any number of workers.
    """
    asked = replace(plan, targets=(tuple(targets),), scenarios=plan.scenarios[:1])
    blocks = list(over_blocks(Bench(asked), _Made(asked), workers, told, 1))
    met = np.concatenate([block.met for block in blocks], axis=1)
    value = np.concatenate([block.value for block in blocks], axis=1)
    independent = min(independent_draws(plan.draws, plan.posterior), met.shape[1])
    centred = value - value.mean(axis=1, keepdims=True)
    judged = Judgement(met, centred, independent)
    numbers = np.concatenate([block.numbers for block in blocks], axis=1)
    sensitivity = blocks[0].sensitivity
    for block in blocks[1:]:
        sensitivity = sensitivity.plus(block.sensitivity)
    ranges = tuple(_range(asked, target, i, judged, sensitivity, errors) for i, target in enumerate(targets))
    known, level = _known(targets, judged, [_named(one, label) for one in blocks[0].candidates], numbers)
    return Information(tuple(targets), judged, known, level, ranges)


def _named(candidate: Candidate, label: Callable[[str], Text]) -> Candidate:
    """A parameter under the name that people give it."""
    name = candidate.id.removeprefix("parameters.")
    return candidate if name == candidate.id else replace(candidate, label=label(name))


def _known(
    targets: Sequence[Target], judged: Judgement, candidates: Sequence[Candidate], numbers: Array
) -> tuple[tuple[Known, ...], float]:
    """Every candidate that varies, each once, with what it would do; and the level at which that is clear."""
    varies = [place for place, row in enumerate(numbers) if row.min() < row.max()]
    places = [varies[place] for place in same_order([numbers[place] for place in varies])]
    found = []
    # A figure of the target's own year, or a later one, is no way to know it beforehand.
    years = np.array([target.year for target in targets])
    tests = 0
    for place in places:
        worth = worth_of(numbers[place], judged)
        if worth is not None:
            year = candidates[place].year
            early = np.ones(len(targets), dtype=np.bool_) if year is None else years > year
            tests += int(early.sum())
            low, high = (float(np.quantile(numbers[place], share)) for share in PERCENTILES)
            found.append((candidates[place], worth, early, (low, high)))
    level = level_of(tests)
    return tuple(
        Known(candidate, worth, clear(worth, judged, level) & early, values)
        for candidate, worth, early, values in found
    ), level


def _range(
    plan: Plan, target: Target, place: int, judged: Judgement, sums: Sensitivity, errors: ModelError
) -> Range | None:
    """Range of a probability over defensible priors, as a run gives it; None where nothing is random."""
    if judged.value[place].min() == judged.value[place].max():
        return None
    met, draws = int(judged.met[place].sum()), judged.met.shape[1]
    priors = priors_in_play(plan.pack)
    effects = effects_of(met, draws, sums.met[:, place], sums.every)
    allowance = errors.allowance(target.indicator, target.year - plan.known_until)
    return probability_range(met, draws, effects, priors, [errors.priors[p.grade] for p in priors], allowance)
