"""What the committed scores say of the model's error: a grade for each family of indicators, and how far it was off.

Grade A: better than the best rival, the 90 % interval of the ratio of mean CRPS below 1, 85–95 % of the outcomes
inside the 90 % interval, and all that worth at least three independent years. B: no worse, the interval below 1.05,
and 80–97 %. C otherwise. Families of which nothing was hindcast keep `none`. With two variables in a family the worse
one counts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.errors import InputError, Problem
from sim.hindcast.board import MODEL, Contest, contests, lines
from sim.hindcast.record import YearScore
from sim.hindcast.scores import resampled_years
from sim.language import Text
from sim.randomness import Array

#: Family of `calibration/model_error.yaml` -> the variables of the hindcast that speak for it.
FAMILIES: Mapping[str, tuple[str, ...]] = {
    "growth_annual": ("gdp_growth",),
    "growth_cumulative": ("gdp_growth_cumulative",),
    "shares": ("secondary_share", "tertiary_share"),
}
#: Share of outcomes in the 90 % interval: for grade A, for grade B; and the ratio that grade B may reach.
GOOD, FAIR, NO_WORSE = (0.85, 0.95), (0.80, 0.97), 1.05
#: Independent years that a grade A must rest on.
LEAST_YEARS = 3.0
#: One standard deviation either way, as all figures of the file.
BELIEF = (0.16, 0.84)
#: The file allows no scale of nothing.
LEAST_SCALE = 0.05


@dataclass(frozen=True, slots=True)
class Graded:
    """A line of the file: family and horizon, its grade, and the error it rests on.

    bias : mean error in predictive standard deviations, no smaller than its own standard error, since a few years do
    not show that there is none; scale, scale_low, scale_high : spread of the errors over the predicted one and its
    range of one standard deviation, from year blocks but never narrower than so few effective years allow, and wide
    enough to hold 1; n : forecasts; last : last year with an
    outcome.
    """

    family: str
    horizon: int
    grade: str
    bias: float
    scale: float
    scale_low: float
    scale_high: float
    n: int
    effective_years: float
    first: int
    last: int
    rival: str
    ratio_high: float
    coverage_90: float


def grade_of(contest: Contest) -> str:
    """The grade by the rule above; nothing is proven by one year."""
    inside, high = contest.model.coverage_90, contest.rival.high
    if high < 1.0 and GOOD[0] <= inside <= GOOD[1] and contest.rival.effective_years >= LEAST_YEARS:
        return "A"
    return "B" if high <= NO_WORSE and FAIR[0] <= inside <= FAIR[1] else "C"


def grades(rows: Sequence[YearScore]) -> tuple[Graded, ...]:
    """Grades of every family and horizon that the record holds, each family's horizons in order."""
    by_subject = {(c.model.variable, c.model.horizon): c for c in contests(lines(rows))}
    found = []
    for family, variables in FAMILIES.items():
        for horizon in sorted({horizon for _, horizon in by_subject}):
            held = [by_subject[name, horizon] for name in variables if (name, horizon) in by_subject]
            if len(held) == len(variables):
                found.append(_graded(family, horizon, held, rows))
    return tuple(found)


def _graded(family: str, horizon: int, held: Sequence[Contest], rows: Sequence[YearScore]) -> Graded:
    worst = max(held, key=lambda contest: (grade_of(contest), contest.rival.high))
    subject = {contest.model.variable for contest in held}
    own = [r for r in rows if r.forecaster == MODEL and r.horizon == horizon and r.variable in subject]
    worth = min(contest.model.effective_years for contest in held)
    errors = [_error([r for r in own if r.variable == name], horizon, worth) for name in sorted(subject)]
    origins = [row.origin for row in own]
    return Graded(
        family,
        horizon,
        grade_of(worst),
        max(error[0] for error in errors),
        max(error[1] for error in errors),
        min(1.0, *(error[2] for error in errors)),
        max(1.0, *(error[3] for error in errors)),
        sum(contest.model.cases for contest in held),
        worth,
        min(origins),
        max(origins) + horizon,
        worst.rival.forecaster,
        worst.rival.high,
        worst.model.coverage_90,
    )


def _error(rows: Sequence[YearScore], horizon: int, worth: float) -> tuple[float, float, float, float]:
    """Bias, scale, and the range of the scale, of one variable whose record is worth so many years.

    A standard deviation from k years is itself off by 1 / sqrt(2 k); blocks of a handful of origins hide that.
    """
    ordered = sorted(rows, key=lambda row: row.origin)
    mean, square = (np.array([getattr(row, name) for row in ordered]) for name in ("error", "square"))
    bias, scale = abs(float(mean.mean())), float(_spread(mean.mean(), square.mean()))
    least = scale / float(np.sqrt(2.0 * worth))
    if len(ordered) == 1:
        return bias, scale, max(scale - least, LEAST_SCALE), scale + least
    picked = resampled_years(len(ordered), horizon)
    spreads = _spread(mean[picked].mean(axis=1), square[picked].mean(axis=1))
    low, high = np.quantile(spreads, BELIEF)
    low, high = min(float(low), scale - least), max(float(high), scale + least)
    return max(bias, float(mean[picked].mean(axis=1).std())), scale, max(low, LEAST_SCALE), high


def _spread(mean: Array, square: Array) -> Array:
    """Standard deviation from means of errors and of their squares."""
    return np.asarray(np.sqrt(np.maximum(square - mean**2, 0.0)))


def with_grades(text: str, found: Sequence[Graded], shown: str) -> str:
    """The text of `model_error.yaml` with the lines of the families hindcast made anew; all else as it stands.

    Raises InputError where a family or horizon has no line to replace.
    """
    problems = []
    for line in found:
        pattern = re.compile(
            rf"(^  {line.family}:\n(?:^    .*\n)*?)^      - {{up_to: {line.horizon},.*}}$", re.MULTILINE
        )
        text, count = pattern.subn(lambda match, line=line: match[1] + yaml_line(line), text)  # type: ignore[misc]
        if not count:
            zh, en = f"没有 {line.horizon} 年的一行", f"there is no line up to {line.horizon} years"
            problems.append(Problem(shown, None, None, f"families.{line.family}.horizons", Text(zh, en)))
    if problems:
        raise InputError(problems)
    return text


def yaml_line(line: Graded) -> str:
    """One line of `horizons`, with what it rests on."""
    rounded = [round(value, 2) for value in (line.bias, line.scale_low, line.scale_high)]
    source = (
        f"回测：起点{line.first}—{line.last - line.horizon}年，calibration/hindcast/scores.csv；实际离散程度为预测的"
        f"{line.scale:.2f}倍，90%区间覆盖{100.0 * line.coverage_90:.0f}%，最强对照 {line.rival}，"
        f"平均CRPS之比的90%区间上端{line.ratio_high:.2f}；偏差取平均误差与其标准误中较大的"
    )
    return (
        f"      - {{up_to: {line.horizon}, bias: {rounded[0]:g}, scale_low: {rounded[1]:g}, "
        f"scale_high: {rounded[2]:g}, grade: {line.grade}, basis: hindcast, n: {line.n}, "
        f"effective_years: {line.effective_years:.1f}, date: {line.last}-12, "
        f'source: "{source}"}}'
    )
