"""The posterior of a region as of a year: from a file where one fits, else made and kept."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from sim.conditioning.condition import Conditioned, condition
from sim.conditioning.files import SEED, cache_file, committed_file
from sim.conditioning.inflation import ROUNDS, beyond, furthest, more, refuse_beyond, residuals_at_centre, widened
from sim.conditioning.observations import INDUSTRY_GROWTH, observations
from sim.conditioning.problem import ConditioningError, Problem, predicted, unknowns
from sim.conditioning.record import record_of
from sim.conditioning.region import RegionProblem
from sim.errors import InputError, SimError
from sim.facts.reporting_error import ReportingErrors, read_reporting_errors
from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.posterior.posterior import Posterior
from sim.posterior.scores import Score
from sim.posterior.store import read_posterior, write_posterior
from sim.randomness import Array, Draws, generator
from sim.region.pack import Pack

#: Points at which a file's predictions are compared with the model's, and how closely.
CHECKED, CLOSE = 6, 1e-6
Told = Callable[[str], None]


class NotKept(SimError):
    """A posterior that was made cannot be written: `posterior` is what would have been read again."""

    def __init__(self, path: Path, posterior: Posterior, error: OSError) -> None:
        self.path, self.posterior, self.error = path, posterior, error
        super().__init__(f"{path}: {error}")


def reporting_errors(pack: Pack) -> ReportingErrors:
    """The errors of reported figures that lie beside the pack."""
    return read_reporting_errors(pack.folder.parent / "reporting_error.yaml", (*INDICATORS, *INDUSTRY_GROWTH))


def region_problem(pack: Pack, as_of: int) -> RegionProblem:
    """The facts up to a year and the simulation that predicts them."""
    return RegionProblem(pack, observations(pack, as_of, reporting_errors(pack)), as_of)


def posterior_of(pack: Pack, as_of: int, cache: Path, told: Told = lambda text: None) -> Posterior | None:
    """The posterior as of a year, None as of the base year, whose figures are the start of every draw.

    The file that comes with the program, or one made before, where facts, priors and model are still those it was
    made of; else it is made, which takes about half a minute, and written to `cache`.
    Raises ConditioningError where the facts are beyond the model, NotKept where it cannot be written.
    """
    if as_of <= pack.base_year:
        return None
    problem = region_problem(pack, as_of).problem()
    found = kept(pack, as_of, cache, problem)
    if found is None:
        found = write_read(cache_file(pack, as_of, cache), make_posterior(pack, as_of, problem, SEED, told)[0])
    return refuse_beyond(found)


def kept(
    pack: Pack, as_of: int, cache: Path, problem: Problem, seed: int = SEED, inflate: bool = False
) -> Posterior | None:
    """The posterior of a file that fits: that which comes with the program, or one made before."""
    for path in looked_at(pack, as_of, cache, seed, inflate):
        found = fitting(path, problem)
        if found is not None and found.seed == seed and (inflate or not found.record.get("inflated")):
            return found
    return None


def looked_at(pack: Pack, as_of: int, cache: Path, seed: int = SEED, inflate: bool = False) -> list[Path]:
    """Files that may hold the posterior, in the order in which they are looked at."""
    committed = [] if inflate or seed != SEED else [committed_file(pack, as_of)]
    return [*committed, cache_file(pack, as_of, cache, seed, inflate)]


def why_not(paths: Sequence[Path]) -> list[Text]:
    """Why those of the files that exist were not used, where none was."""
    out = []
    for path in paths:
        if not os.path.isfile(path):
            continue
        try:
            read_posterior(path)
        except InputError as error:
            out.append(Text(f"{error.show('zh')}；重新校准", "damaged: made anew"))
        else:
            out.append(Text(f"{path.name}：不是按现在的公布数、先验和模型做的，重新校准", "out of date: made anew"))
    return out


def write_read(path: Path, posterior: Posterior) -> Posterior:
    """Write a posterior and read it again, so that the first use of it gives what every later one does.

    Raises NotKept with what would have been read where it cannot be written.
    """
    try:
        write_posterior(path, posterior)
    except OSError as error:
        with tempfile.TemporaryDirectory() as folder:
            elsewhere = Path(folder) / path.name
            write_posterior(elsewhere, posterior)
            raise NotKept(path, read_posterior(elsewhere), error) from error
    return read_posterior(path)


def inflated_posterior(
    pack: Pack, as_of: int, problem: Problem, seed: int, told: Told = lambda text: None
) -> Posterior:
    """The posterior with the errors of facts beyond the model widened, and which they are in its record.

    Each such fact, and no other, has its error times d / 2, where d is how far it is off in errors: what conditioning
    leaves of it, the distance from what the prior expected where that is unheard of, or what is left where the model
    comes closest to all facts and there is no posterior. Raises ConditioningError where
    that does not help.
    """
    factors: dict[str, float] = {}
    for _ in range(ROUNDS):
        wider = widened(problem, factors)
        refused = None
        try:
            posterior = make_posterior(pack, as_of, wider, seed, told)[0]
            left = beyond(posterior)
        except ConditioningError as error:
            refused, left = error, residuals_at_centre(wider, seed)
        following = more(factors, left)
        if refused is None and following == factors:
            return replace(posterior, record={**posterior.record, "inflated": factors})
        if following == factors:
            assert refused is not None
            raise refused
        factors = following
    raise ConditioningError(f"still beyond the model after {ROUNDS} rounds", tuple(factors))


def make_posterior(
    pack: Pack, as_of: int, problem: Problem, seed: int, told: Told = lambda text: None
) -> tuple[Posterior, Conditioned]:
    """Condition, and put what judges it and what moved into the record.

    Raises ConditioningError also where the simulation breaks off: the way to the facts leads where it has no value.
    """
    guarded = replace(problem, predict=_named_where_it_breaks_off(problem, seed))
    conditioned = condition(guarded, seed, as_of=as_of, key=key_of(problem), told=told)
    bare = conditioned.posterior
    record = record_of(pack, conditioned) | {"checked": checked(problem, bare.scores).tolist()}
    posterior = Posterior(
        as_of, bare.key, seed, bare.members, bare.scores, bare.components, bare.facts, record
    )  # fmt: skip
    return posterior, conditioned


def _named_where_it_breaks_off(problem: Problem, seed: int) -> Callable[[Draws], Array]:
    """The simulation, with facts to look at where it cannot go on."""

    def predict(draws: Draws) -> Array:
        try:
            return problem.predict(draws)
        except ValueError as error:
            raise ConditioningError(f"on the way to the facts: {error}", furthest(problem, seed)) from error

    return predict


def fitting(path: Path, problem: Problem) -> Posterior | None:
    """The posterior of a file if it was made of these facts by this model; None otherwise, damaged files included."""
    if not os.path.isfile(path):  # Path.is_file raises where the folder may not be read
        return None
    try:
        found = read_posterior(path)
    except InputError:
        return None
    problem = widened(problem, found.record.get("inflated", {}))
    if found.facts != problem.ids or found.scores != unknowns(problem):
        return None
    said = np.asarray(found.record.get("checked", ()))
    now = checked(problem, found.scores)
    return found if said.shape == now.shape and np.allclose(said, now, rtol=CLOSE, atol=CLOSE) else None


def checked(problem: Problem, scores: Sequence[Score]) -> Array:
    """Facts, errors, and what the model predicts at a few fixed points: (2 + point, fact)."""
    points = 0.7 * generator(0, "conditioning.checked", 0).standard_normal((len(scores), CHECKED))
    found = predicted(problem, tuple(scores), points, problem.hypotheses[0])
    return np.vstack([problem.observed, problem.error, found.T])


def key_of(problem: Problem) -> str:
    """Fingerprint of facts, priors and model: of the facts, and of predictions to six digits."""
    scores = unknowns(problem)
    digits = " ".join(f"{x:.5e}" for x in checked(problem, scores).ravel())
    names = " ".join((*problem.ids, *(f"{s.source}.{s.stream}.{s.row}" for s in scores)))
    return hashlib.sha256(f"{names}\n{digits}".encode()).hexdigest()
