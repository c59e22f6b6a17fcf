"""The question and the answer of `solve`: the search on the model, then everything a run says of each package."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sim.experiment.plan import Plan
from sim.experiment.results import Difference, ScenarioResult, independent_draws, standard_error
from sim.experiment.run import run
from sim.levers.catalogue import LEVERS
from sim.randomness import Array
from sim.scenario.parts import Scenario
from sim.solve.bench_trial import bench_trial
from sim.solve.levers import Span, movable, space_of
from sim.solve.packaged import packaged
from sim.solve.search import Aim, Found, search
from sim.solve.space import Space
from sim.solve.trial import Tell
from sim.targets import Target

#: The search asks for this many Monte Carlo errors more than is wanted, so that fresh draws rarely fall short.
MARGIN = 2.0
LARGEST_SEED = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: targets to be met in the same draws, with a probability, by which levers and at what cost.

    levers : those that may be used; cost : `distance`, `sum` or `money`; costs : 100 million yuan for a unit and year;
    any_way : whether levers may be moved to where they only do harm by their own meaning.
    """

    targets: tuple[Target, ...]
    probability: float
    levers: tuple[str, ...]
    cost: str = "distance"
    costs: Mapping[str, float] | None = None
    most: int = 5
    packages: int = 5
    any_way: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer: what the search found, and a run of the scenario and of each of its packages on fresh draws.

    scenarios : the scenario asked about, then with each package, or with the most likely one where none suffices;
    results, differences : of a run on `fresh_seed`, differences against the first; error : Monte Carlo error of the
    probability asked for; fixed : levers left out because the scenario gives them a distribution that cannot be moved.
    """

    question: Question
    span: Span
    space: Space
    found: Found
    fresh_seed: int
    error: float
    fixed: tuple[str, ...]
    scenarios: tuple[Scenario, ...]
    results: tuple[ScenarioResult, ...]
    differences: tuple[Difference, ...]

    def changes(self) -> list[Array]:
        """The changes of levers of every scenario after the first."""
        if self.found.best is not None:
            return [self.found.best.change]
        return [] if self.found.already else [one.change for one in self.found.packages]


def span_of(plan: Plan, targets: Sequence[Target]) -> Span:
    """The years in which a package holds."""
    return Span(plan.known_until + 1, max(target.year for target in targets))


def following_seed(seed: int) -> int:
    """The seed of the draws that check a package."""
    return seed + 1 if seed < LARGEST_SEED else 0


def solve(
    plan: Plan, question: Question, tell: Tell = lambda stage: None, count: Callable[[int], None] = lambda number: None
) -> Answer:
    """What it would take for the plan's first scenario to meet the targets with the probability.

    The same bytes come out for any number of workers. The targets must be among those that can be evaluated.
    """
    span, base = span_of(plan, question.targets), plan.scenarios[0]
    fixed = tuple(name for name in question.levers if not movable(base, name, span))
    levers = [name for name in question.levers if name not in fixed]
    space = space_of(base, levers, span, question.cost, question.costs, question.any_way)
    error = standard_error(question.probability, independent_draws(plan.draws, plan.posterior))
    aim = Aim(question.probability, question.most, question.packages, MARGIN * error, error)
    fresh_seed = following_seed(plan.seed)
    with bench_trial(plan, question.targets, space, span, fresh_seed, count) as trial:
        found = search(trial, space, aim, tell)
    answer = Answer(question, span, space, found, fresh_seed, error, fixed, (base,), (), ())
    tell("run")
    scenarios = (base, *(_named(answer, plan, change, i) for i, change in enumerate(answer.changes(), start=1)))
    results, differences = run(checking_plan(plan, scenarios, fresh_seed))
    return replace(answer, scenarios=scenarios, results=tuple(results), differences=tuple(differences))


def _named(answer: Answer, plan: Plan, change: Array, number: int) -> Scenario:
    """The scenario of a package under a name of its own."""
    base = plan.scenarios[0]
    amounts = {name: float(amount) for name, amount in zip(answer.space.names, change, strict=True) if amount}
    made = packaged(base, amounts, answer.span, plan.pack.base_year)
    return replace(made, name=f"{base.name}-{number}")


def checking_plan(plan: Plan, scenarios: tuple[Scenario, ...], seed: int) -> Plan:
    """The run that judges all targets with and without packages on fresh draws."""
    targets = (plan.targets[0],) * len(scenarios)
    return replace(plan, scenarios=scenarios, targets=targets, seed=seed, compare=True, accounting=False)


def all_levers() -> tuple[str, ...]:
    """Every lever of the catalogue."""
    return tuple(LEVERS)


def deviations(answer: Answer, change: Array) -> Array:
    """What each lever of a package costs, signed: in standard deviations, or in money."""
    signed: Array = np.sign(change) * np.abs(change) / answer.space.unit
    return signed
