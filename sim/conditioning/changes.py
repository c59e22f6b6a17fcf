"""Which reported figures moved a target: each fact's part in the move of its indicator, along the model's slopes.

At the posterior mean the model is nearly straight. There every fact asks the unknowns for a move (the gain of linear
conditioning times what the fact is off before any of them), and the target's indicator follows by its own slopes in
the unknowns. The parts of all facts add up to the move of the straight model; the model itself bends a little, and
what happened in the world (national growth, prices, trade) is put in its place before any fact is looked at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sim.conditioning.observations import observations
from sim.conditioning.problem import EVERY, Hypothesis, Problem
from sim.conditioning.region import NOTHING_DONE
from sim.conditioning.service import region_problem, reporting_errors
from sim.conditioning.subspace import STEP, gaps, sensitivities
from sim.conditioning.words import fact_words, surprises_in
from sim.experiment.drawing import block_of
from sim.experiment.simulation import simulate_scenarios
from sim.language import Text
from sim.posterior.posterior import Posterior
from sim.posterior.scores import GivenDraws, given_draws, restricted
from sim.randomness import Array
from sim.region.pack import Pack
from sim.targets import Target, evaluate

#: Facts named for a target, and the share of all their parts (absolute) from which a fact is worth naming.
NAMED, LEAST_SHARE = 2, 0.08
#: What no figure named accounts for: facts with smaller parts, the world's known history, and the model's bend.
REST = Text("其余（其他公布数、已知的外部环境等）", "the rest (other figures, the world as it is known)")
#: Parts below this share of the value, or of one unit, are none.
LEAST_PART = 1e-3


@dataclass(frozen=True, slots=True)
class StillDraws(GivenDraws):
    """Given draws in which discrete events that nothing restricts are at their middle, alike in every draw."""

    def uniform(self, source: str, name: str, rows: int = 1) -> Array:
        """Uniforms, shape (rows, draw)."""
        return restricted(np.full((rows, self.size), 0.5), (source, name), self.restrictions)


def changes_for(
    posterior: Posterior, pack: Pack, targets: Sequence[Target], totals: Mapping[str, float] | None = None
) -> Mapping[str, Text]:
    """By target id the figures, two at most, that moved the quantity it judges most, with how far and which way.

    posterior : of the pack's region or city; targets : those to tell of; totals : by target id how far the median of
    its quantity moved altogether, in its unit. With a total the text ends with what is left of it, so that what is
    printed adds up; without one it says that the figures named are a part. Left out are targets that nothing moved
    and those that the model has no number for.
    """
    if not posterior.components or not targets:
        return {}
    known = observations(pack, posterior.as_of, reporting_errors(pack))
    words = fact_words(pack, known, surprises_in(posterior.facts))
    parts = fact_parts(posterior, region_problem(pack, posterior.as_of).problem())
    slopes = target_slopes(posterior, pack, targets)
    out = {}
    for target, (value, row) in zip(targets, slopes, strict=True):
        total = (totals or {}).get(target.id)
        text = None if row is None else _told(target, value, row @ parts, posterior.facts, words, total)
        if text is not None:
            out[target.id] = text
    return out


def fact_parts(posterior: Posterior, problem: Problem) -> Array:
    """What each fact asks of each unknown, (score, fact), in standard deviations of the prior."""
    main = posterior.main()
    first = Hypothesis(main.name, main.weight, main.restrictions)
    mean = posterior.mean()
    slopes = -sensitivities(problem, posterior.scores, mean, first)
    wanted = gaps(problem, posterior.scores, mean[:, None], first)[:, 0] - slopes @ mean
    gain = -slopes.T @ np.linalg.inv(slopes @ slopes.T + np.eye(len(slopes)))
    parts: Array = gain * wanted
    return parts


def target_slopes(posterior: Posterior, pack: Pack, targets: Sequence[Target]) -> list[tuple[float, Array | None]]:
    """The quantity of each target at the posterior mean, and its change with each score, (score,), None without one."""
    mean = posterior.mean()
    moved = np.repeat(mean[:, None], len(mean) + 1, axis=1)
    moved[np.arange(len(mean)), np.arange(1, len(mean) + 1)] += STEP
    plain = given_draws(posterior.scores, moved, EVERY, posterior.main().restrictions)
    draws = StillDraws(plain.seed, plain.block, plain.sources, plain.size, plain.given, plain.restrictions)
    years = tuple(range(pack.base_year, max(target.year for target in targets) + 1))
    block = block_of(pack, draws, years, posterior.as_of)
    compared = sorted({(t.benchmark or "", t.indicator) for t in targets if t.operator == "above" and t.benchmark})
    path = simulate_scenarios(pack, [replace(NOTHING_DONE, horizon=years[-1])], block, False, compared)[0]
    out: list[tuple[float, Array | None]] = []
    for target in targets:
        found = np.broadcast_to(evaluate(target, path.value, years).value, (draws.size,))
        good = bool(np.isfinite(found).all())
        out.append((float(found[0]), (found[1:] - found[0]) / STEP if good else None))
    return out


def _told(
    target: Target, value: float, parts: Array, facts: Sequence[str], words: Mapping[str, Text], total: float | None
) -> Text | None:
    """The facts with the largest parts in words, and the rest of the total."""
    size = np.abs(parts)
    least = max(LEAST_SHARE * size.sum(), LEAST_PART * max(1.0, abs(value)))
    named = [i for i in np.argsort(-size, kind="stable") if facts[i] in words]
    order = [i for i in named[:NAMED] if size[i] >= least]
    if not order:
        return None
    point = target.unit in ("%", "百分点")
    index = "=" in target.unit  # an index such as 2020年=100 moves by points
    unit = "个百分点" if point else "点" if index else target.unit
    english = "points" if point or index else target.unit
    largest = float(size[order[0]])
    digits = 2 if largest < 1.0 else 1 if largest < 100.0 else 0
    said = [(words[facts[i]], round(float(parts[i]), digits)) for i in order]
    if total is not None:
        # Of the numbers as printed, so that they add up to the last digit.
        said.append((REST, round(total, digits) - sum(part for _, part in said)))
    zh = "；".join(f"{name.zh}：{_signed(part, digits)}{unit}" for name, part in said)
    en = "; ".join(f"{name.en}: {_signed(part, digits)} {english}" for name, part in said)
    if total is None:
        return Text(f"其中：{zh}", f"among others {en}")
    moved = _signed(total, digits)
    return Text(f"预计值变动{moved}{unit}，其中：{zh}", f"expected value {moved} {english}: {en}")


def _signed(part: float, digits: int) -> str:
    return f"{round(part, digits) + 0.0:+.{digits}f}".replace("-", "−")
