"""How far a probability could defensibly lie elsewhere, without a second run.

Every prior is a monotone function of one standard normal u. Were its centre d of its own standard deviations away,
each draw would weigh exp(d u - d²/2), and the probability of meeting a target would change by d Cov(met, u) to first
order; were its standard deviation e^l times as large, by l Cov(met, u² - 1). Both also hold for draws of a posterior,
where they are covariances under the posterior. Changes are combined on the probit scale, on which they add up for a
normal forecast, and the error of the model itself is put on top (`calibration/model_error.yaml`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.experiment.model_error import Allowance, PriorError
from sim.experiment.results import RangePart
from sim.parameters.priors import Prior
from sim.randomness import Array, Draws
from sim.region.pack import Pack

#: Steps to a unit when normals are summed: a sum of 5120 squares of normals then fits a float with room to spare.
STEPS = 2.0**20
#: Correlations of bounded social indicators between which their joint probability is shown.
CORRELATIONS = (0.0, 0.6)
#: How many priors are named beside a range; how many standard errors the effect of one must have for that, among some
#: hundreds of priors; what part of the range; and how many draws must meet the target, and miss it.
NAMED, CLEAR, LEAST_PART, LEAST_DRAWS = 3, 4.0, 0.01, 30
#: Nodes of the common factor, in standard deviations: so fine that the trapezoidal rule is exact to rounding.
_NODES = np.linspace(-9.0, 9.0, 1153)


@dataclass(frozen=True, slots=True)
class InPlay:
    """A prior that a run draws from: the name of its stream, its source of uncertainty, grade and origin."""

    name: str
    part: str
    grade: str
    origin: str


def priors_in_play(pack: Pack) -> tuple[InPlay, ...]:
    """Every prior with some width behind a run: of the world, the region, and the city it is simulated with."""
    city = pack.whole
    packs = (pack,) if city is None else (city, *city.districts)
    out = [_in_play("world", prior) for prior in pack.world.all() if prior.low < prior.high]
    for one in packs:
        priors = (*one.priors.all(), *one.base_assumptions.values())
        out += [_in_play(one.id, prior) for prior in priors if prior.low < prior.high]
        # The length of a line is a judgement that stands in the region's own file.
        lines = [line for line in one.rail if line.length[0] < line.length[1]]
        out += [InPlay(f"{one.id}.rail.{line.id}", "parameters", "J", line.source) for line in lines]
    return tuple(out)


def _in_play(prefix: str, prior: Prior) -> InPlay:
    return InPlay(f"{prefix}.{prior.name}", prior.part, prior.grade, prior.origin)


def prior_normals(priors: Sequence[InPlay], draws: Draws, size: int) -> Array:
    """The standard normals behind the priors in the first `size` draws of a block, (prior, draw)."""
    out = np.empty((len(priors), size))
    for row, prior in zip(out, priors, strict=True):
        row[:] = draws.normal(prior.part, prior.name)[0, :size]
    return out


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """Sums over draws that add up over blocks. First axis: u, then u² - 1.

    met : (2, target, prior) over the draws that meet a target; every : (2, prior) over all draws.
    """

    met: Array
    every: Array

    def plus(self, other: Sensitivity) -> Sensitivity:
        """Sums of this and a later block."""
        return Sensitivity(self.met + other.met, self.every + other.every)


def moments_of(normals: Array) -> Array:
    """u and u² - 1 of normals (prior, draw), in whole steps: (2, prior, draw). The same for all scenarios of a block.

    In whole steps all sums are exact, so that the order in which threads add them changes no bit.
    """
    return np.stack([np.rint(each * STEPS) / STEPS for each in (normals, normals * normals - 1.0)])


def sensitivity_of(met: Array, moments: Array) -> Sensitivity:
    """Sums of one block; met (target, draw) of zeros and ones, moments (2, prior, draw) as `moments_of` gives them."""
    return Sensitivity(np.stack([met @ each.T for each in moments]), moments.sum(axis=2))


@dataclass(frozen=True, slots=True)
class Effects:
    """Changes of one probability per unit shift of the centre and per unit log factor of the spread of every prior.

    change, variance : (2, prior); variance is that of chance.
    """

    change: Array
    variance: Array


def effects_of(met: int, draws: int, weighted: Array, every: Array) -> Effects:
    """Covariances of meeting a target with u and u² - 1; `weighted` and `every` are sums, (2, prior)."""
    share = met / draws
    mean = every / draws
    change = weighted / draws - share * mean
    # (met - p)² is met (1 - 2 p) + p²; moments of u about its mean m, which is not 0 under a posterior.
    centre = mean[0]
    about_met = (weighted[1] + met) / draws - 2.0 * centre * weighted[0] / draws + centre**2 * share
    about_all = mean[1] + 1.0 - centre**2
    first = about_met * (1.0 - 2.0 * share) + share**2 * about_all - change[0] ** 2
    # Of u² the variance of a normal: its own would ask for fourth moments.
    second = share * (1.0 - share) * (2.0 * about_all**2 + 4.0 * centre**2 * about_all)
    return Effects(change, np.maximum(np.stack([first, second]), 0.0) / draws)


@dataclass(frozen=True, slots=True)
class Range:
    """A probability as low and as high as priors and the model's error may defensibly make it, and what makes it so."""

    low: float
    high: float
    parts: tuple[RangePart, ...]


def probability_range(
    met: int, draws: int, effects: Effects, priors: Sequence[InPlay], errors: Sequence[PriorError], allowance: Allowance
) -> Range:
    """Range of the probability met / draws; `errors` of each prior, `allowance` of the model for the indicator.

    About one standard deviation of belief each way. Shifts of centres, factors of spreads and the model's bias add
    as squares on the probit scale, as independent things do; then the spread of the forecast is scaled both ways.
    What chance alone would add to the squares is taken off. Half a draw keeps a share of 0 or 1 from certainty:
    a range holds its probability and is never [0, 0] or [1, 1].
    """
    from scipy.special import ndtr, ndtri  # slow to import, and pages that print ranges do not need it

    z = float(ndtri((met + 0.5) / (draws + 1.0)))
    density = float(np.exp(-0.5 * z * z) / np.sqrt(2.0 * np.pi))
    squares, noise = (effects.change / density) ** 2, effects.variance / density**2
    believed = np.array([[e.centre for e in errors], [e.spread for e in errors]]).reshape(squares.shape) ** 2
    added = believed * (squares - noise)
    centres, spreads = np.maximum(added.sum(axis=1), 0.0)
    half = float(np.sqrt(centres + spreads + allowance.bias**2))
    scales = np.array([allowance.scale_low, allowance.scale_high])
    share = met / draws
    low = min(share, float(ndtr((z - half) / scales).min()))
    high = max(share, float(ndtr((z + half) / scales).max()))
    clear = (squares > CLEAR**2 * noise).any(axis=0) & (min(met, draws - met) >= LEAST_DRAWS)
    return Range(low, high, _parts(priors, np.where(clear, added.sum(axis=0), 0.0), half**2))


def _parts(priors: Sequence[InPlay], added: Array, whole: float) -> tuple[RangePart, ...]:
    """The priors that widen a range most, by their share of its squared half-width on the probit scale."""
    shares = added / whole if whole > 0.0 else added
    order = np.argsort(-shares, kind="stable")[:NAMED]
    return tuple(
        RangePart(priors[i].name, priors[i].origin, float(shares[i])) for i in order if shares[i] >= LEAST_PART
    )


def one_factor(probabilities: Array, correlation: float) -> float:
    """Probability that all events happen, each with its own probability, correlated through one common factor.

    Event i happens where sqrt(r) m + sqrt(1 - r) e_i is below the normal quantile of its probability, with m and all
    e_i standard normal: every pair has correlation r on that scale. Source: Vasicek (1987), one-factor copula.
    Raises ValueError for a correlation outside [0, 1).
    """
    from scipy.special import ndtr, ndtri  # slow to import, and pages that print ranges do not need it

    if not 0.0 <= correlation < 1.0:
        raise ValueError(f"a correlation in [0, 1) is needed, not {correlation}")
    bounds = ndtri(np.asarray(probabilities, dtype=np.float64))[:, None]
    weights = np.exp(-0.5 * _NODES**2)
    with np.errstate(under="ignore"):  # what is too small for a number adds nothing
        given = ndtr((bounds - np.sqrt(correlation) * _NODES) / np.sqrt(1.0 - correlation)).prod(axis=0)
        return float((given * weights).sum() / weights.sum())


def joint_range(structural: float, social: Array, all_met: float) -> tuple[float, float]:
    """All of a plan's targets together, where nobody knows how its social indicators are correlated.

    `structural` is the share of draws in which all targets tied by the economy are met, `social` the probabilities of
    the others, independent of the former; the range is over correlations among the latter and holds `all_met`.
    """
    if not len(social):
        return all_met, all_met
    shares = [structural * one_factor(social, correlation) for correlation in CORRELATIONS]
    return min(all_met, *shares), max(all_met, *shares)
