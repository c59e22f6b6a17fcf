"""What a run gives: frozen tables of indicators and targets, before anything is written or printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim.growth_accounting.contributions import Contributions
from sim.language import Text
from sim.posterior.posterior import Posterior
from sim.randomness import Array
from sim.targets import Reported, Target

Z = 1.96


def independent_draws(draws: int, posterior: Posterior | None) -> int:
    """How many draws count for Monte Carlo errors: beyond a posterior's members only the years to come are new.

    Later blocks repeat the members with new chance after the facts, so that the number of members is the safe one.
    """
    return draws if posterior is None else min(draws, posterior.members)


def standard_error(probability: float, draws: int) -> float:
    """Monte Carlo error of a share of draws; at 0 or 1 the Wilson half-width over 1.96 (Wilson 1927)."""
    if 0.0 < probability < 1.0:
        return float(np.sqrt(probability * (1.0 - probability) / draws))
    return float(Z / (2.0 * draws) / (1.0 + Z * Z / draws))


WORDS = (
    (0.80, Text("把握较大", "likely")),
    (0.60, Text("有一定把握", "fairly likely")),
    (0.40, Text("需要努力", "needs effort")),
    (0.20, Text("难度较大", "difficult")),
    (0.00, Text("难度很大", "very difficult")),
)


def confidence_word(probability: float) -> Text:
    """The planners' word for a probability."""
    return next(word for bound, word in WORDS if probability >= bound)


@dataclass(frozen=True, slots=True)
class RangePart:
    """A prior that widens a probability's range: name of its stream, file:line, share of the squared half-width."""

    name: str
    origin: str
    share: float


@dataclass(frozen=True, slots=True)
class TargetResult:
    """How likely a target is to be reached. Numbers are None where the status is not `evaluated`.

    shortfall : mean distance from the target among the draws that miss it, in the unit of the target.
    by_year : share of all draws by first year; of a `direction` target by the year of the peak it has passed.
    reported : the figure and outcome of a target whose year is over.
    first_year : median first year over all draws (None when half of them never get there); never : their share.
    probability_low, probability_high : range over defensible priors and the model's error, None with `range_reason`
    where nothing is random; range_from : the priors that widen it most; grade : record of the indicator's forecasts,
    a key of `sim.experiment.model_error.GRADES`.
    """

    target: Target
    status: str
    reason: Text | None
    probability: float | None = None
    standard_error: float | None = None
    quantiles: Mapping[float, float] | None = None
    shortfall: float | None = None
    first_year: int | None = None
    never: float | None = None
    by_year: Mapping[int, float] | None = None
    reported: Reported | None = None
    probability_low: float | None = None
    probability_high: float | None = None
    range_from: tuple[RangePart, ...] = ()
    range_reason: Text | None = None
    grade: str | None = None


@dataclass(frozen=True, slots=True)
class Joint:
    """The plan's targets together: readings of the same row count once.

    draws : that count for the error of a correlation;
    all_low, all_high : range of `all_met` over what the correlation of social indicators may be.
    """

    ids: tuple[str, ...]
    all_met: float | None
    expected_count: float | None
    conflict: tuple[str, str] | None
    correlation: float | None
    draws: int
    all_low: float | None = None
    all_high: float | None = None

    @property
    def conflict_distinguishable(self) -> bool:
        """Whether the pair's correlation is more than chance: the lowest of some two hundred correlations of
        unrelated targets lies near -3.5 standard errors, so five are asked for."""
        return self.correlation is not None and bool(self.correlation < -5.0 / np.sqrt(self.draws))


@dataclass(frozen=True, slots=True)
class ScenarioResult:
    """One scenario: quantiles and means of every indicator and year, and the verdict on every target."""

    scenario: str
    label: Text
    years: tuple[int, ...]
    indicators: tuple[str, ...]
    levels: tuple[float, ...]
    quantiles: Array  # (level, indicator, year)
    fine_levels: tuple[float, ...]
    fine: Array  # (fine level, indicator, year)
    means: Array  # (indicator, year)
    targets: tuple[TargetResult, ...]
    joint: Joint
    kept: Mapping[str, Array] | None = None  # id -> (draw, year)
    contributions: Contributions | None = None  # to growth; None where they were not asked for

    def quantile(self, indicator: str, year: int, level: float) -> float:
        """One quantile of one indicator in one year."""
        place = (self.levels.index(level), self.indicators.index(indicator), self.years.index(year))
        return float(self.quantiles[place])


@dataclass(frozen=True, slots=True)
class Difference:
    """Difference between a scenario and the first one, draw by draw.

    standard_error : of the difference of means or probabilities over paired draws; better : share of draws in
    which the scenario does better (in the indicator's direction), None where neither direction is better.
    """

    kind: str  # "indicator" or "target"
    id: str
    year: int
    scenario: str
    first: float
    second: float
    difference: float
    standard_error: float
    better: float | None

    @property
    def distinguishable(self) -> bool:
        """Whether the difference exceeds its Monte Carlo noise, at 95 %."""
        return abs(self.difference) > Z * self.standard_error
