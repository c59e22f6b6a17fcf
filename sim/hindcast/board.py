"""The scoreboard: the model, its rivals and ablations at rolling origins, scored year by year and put together.

Everything shown comes from the yearly rows of `sim.hindcast.record`, so it can be made anew without the panel.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from sim.hindcast.ablation import ABLATIONS
from sim.hindcast.flexible import flexible
from sim.hindcast.forecast import ModelForecaster
from sim.hindcast.outcomes import VARIABLES, Forecast, Forecaster
from sim.hindcast.record import PIT_BINS, YearScore
from sim.hindcast.rivals import rivals
from sim.hindcast.scores import INTERVAL, Cases, cases, crps, effective_years, inside, pit, resampled_years
from sim.hindcast.target_table import TargetTable
from sim.panel import Panel
from sim.randomness import Array

MODEL, LINEARISED, FLEXIBLE = "model", "model_linearised", "flexible"
#: Whoever did best at each origin, as is known only afterwards.
HINDSIGHT = "hindsight"
#: Horizons of the scoreboard, and the years that forecasts for it reach.
HORIZONS = (1, 3, 5)
LONGEST = max(HORIZONS)
#: Half the width of a central 90 % interval in standard deviations of a normal.
HALF_WIDTH = 1.6448536

#: origin -> (regions, forecast), as `sim.hindcast.scores.cases` takes it, by forecaster
Made = Mapping[str, tuple[Sequence[str], Forecast]]
Told = Callable[[int, str], None]


def model_forecasters(seed: int, workers: int, quick: bool) -> tuple[tuple[Forecaster, str], ...]:
    """The model and its ablations, each with the name of what it is compared with.

    Ablations are conditioned by linearisation, which is eight times as fast, and compared with the whole model
    conditioned the same way. With `quick` the model itself is, and stands for both.
    """
    whole = MODEL if quick else LINEARISED
    found: list[tuple[Forecaster, str]] = [(ModelForecaster(MODEL, "", seed, workers, quick), MODEL)]
    if not quick:
        found.append((ModelForecaster(LINEARISED, "", seed, workers, quick=True), MODEL))
    found += [(ModelForecaster(f"without_{part}", part, seed, workers, quick=True), whole) for part in ABLATIONS]
    return tuple(found)


def rival_forecasters(table: TargetTable | None) -> tuple[tuple[Forecaster, str], ...]:
    """All rivals, each compared with the model."""
    return tuple((rival, MODEL) for rival in (*rivals(table), flexible()))


def forecasts_at(
    panel: Panel, origin: int, horizon: int, forecasters: Sequence[Forecaster], told: Told = lambda origin, name: None
) -> dict[str, tuple[Sequence[str], Forecast]]:
    """Forecasts of all forecasters at one origin, from what the panel holds up to it."""
    known = panel.up_to(origin)
    found: dict[str, tuple[Sequence[str], Forecast]] = {}
    for forecaster in forecasters:
        told(origin, forecaster.name)
        found[forecaster.name] = (known.regions, forecaster.forecast(known, horizon))
    return found


def year_scores(
    made: Made, references: Mapping[str, str], panel: Panel, origin: int, horizons: Sequence[int], locked: str = ""
) -> list[YearScore]:
    """One row for each forecaster, variable and horizon of one origin with an outcome."""
    rows = []
    for name, reference in references.items():
        for variable in VARIABLES:
            for horizon in horizons:
                ours, theirs = (cases(who, {origin: made[who]}, panel, variable, horizon) for who in (name, reference))
                shared = set(zip(ours.origins, ours.regions, strict=True)) & set(
                    zip(theirs.origins, theirs.regions, strict=True)
                )
                if shared:
                    rows.append(_year(ours.only(shared), theirs.only(shared), origin, locked))
    return rows


def _year(ours: Cases, theirs: Cases, origin: int, locked: str) -> YearScore:
    quantiles, truth = ours.quantiles, ours.outcomes
    places = pit(quantiles, truth)
    tenths = np.histogram(places, bins=PIT_BINS, range=(0.0, 1.0))[0]
    error = standardised(quantiles, truth)
    counted: dict[str, Any] = {f"pit_{tenth:02d}": int(count) for tenth, count in enumerate(tenths, 1)}
    counted |= {f"inside_{level}": int(inside(quantiles, truth, level / 100.0).sum()) for level in (50, 80, 90)}
    return YearScore(
        forecaster=ours.forecaster,
        reference=theirs.forecaster,
        variable=ours.variable,
        horizon=ours.horizon,
        origin=origin,
        regions=len(truth),
        crps=float(crps(quantiles, truth).mean()),
        reference_crps=float(crps(theirs.quantiles, theirs.outcomes).mean()),
        place=float(places.mean()),
        error=float(error.mean()),
        square=float(np.mean(error**2)),
        locked=locked,
        **counted,
    )


def standardised(quantiles: Array, outcome: Array) -> Array:
    """(outcome - median) in predictive standard deviations, these from the width of the central 90 % interval.

    NaN for a forecast without spread, as rivals make of a panel whose regions never change.
    """
    spread = (quantiles[..., 94] - quantiles[..., 4]) / (2.0 * HALF_WIDTH)
    return np.asarray((outcome - quantiles[..., 49]) / np.where(spread > 0.0, spread, np.nan))


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the scoreboard: means over origins of means over regions, as `sim.hindcast.scores.Score`.

    ratio : mean CRPS of the reference (for a rival: the model) over that of this forecaster, below 1 where the
    reference is better; low, high : its 90 % interval from year blocks, NaN with one origin; effective_years : how
    many independent years the difference is worth, of the reference itself its CRPS; pit : outcomes by tenth of
    their forecast.
    """

    forecaster: str
    reference: str
    variable: str
    horizon: int
    crps: float
    ratio: float
    low: float
    high: float
    coverage_50: float
    coverage_80: float
    coverage_90: float
    place: float
    pit: tuple[int, ...]
    cases: int
    origins: int
    effective_years: float


def lines(rows: Sequence[YearScore]) -> list[Line]:
    """The scoreboard of the rows given, in their order."""
    groups: dict[tuple[str, str, int], list[YearScore]] = {}
    for row in rows:
        groups.setdefault((row.forecaster, row.variable, row.horizon), []).append(row)
    return [line(group) for group in groups.values()]


def line(rows: Sequence[YearScore]) -> Line:
    """One line from the rows of a forecaster, variable and horizon."""
    ordered = sorted(rows, key=lambda row: row.origin)
    first = ordered[0]
    ours, theirs = (np.array([getattr(row, name) for row in ordered]) for name in ("crps", "reference_crps"))
    itself = first.forecaster == first.reference
    low = high = float("nan")
    if len(ordered) > 1:
        picked = resampled_years(len(ordered), first.horizon)
        low, high = (float(x) for x in np.quantile(_ratio(theirs[picked], ours[picked]), INTERVAL))
    fifty, eighty, ninety = (
        float(np.mean([getattr(row, f"inside_{level}") / row.regions for row in ordered])) for level in (50, 80, 90)
    )
    return Line(
        first.forecaster,
        first.reference,
        first.variable,
        first.horizon,
        float(ours.mean()),
        float(_ratio(theirs[None, :], ours[None, :])[0]),
        low,
        high,
        fifty,
        eighty,
        ninety,
        float(np.mean([row.place for row in ordered])),
        tuple(sum(row.pit[tenth] for row in ordered) for tenth in range(PIT_BINS)),
        sum(row.regions for row in ordered),
        len(ordered),
        effective_years(ours if itself else theirs - ours, first.horizon),
    )


def _ratio(above: Array, below: Array) -> Array:
    """Means of the first over means of the second, (resample,); 1 where both are nothing, else without bound."""
    over, under = above.mean(axis=1), below.mean(axis=1)
    without = np.where(over > 0.0, np.inf, 1.0)
    return np.where(under > 0.0, over / np.where(under > 0.0, under, 1.0), without)


def is_rival(line: Line) -> bool:
    """Whether a line is a rival's: not the model, and no form of it."""
    return line.forecaster not in (MODEL, LINEARISED) and not line.forecaster.startswith("without_")


@dataclass(frozen=True, slots=True)
class Contest:
    """The model's line and that of the best rival for a variable and horizon.

    verdict : "better" or "worse" where the whole 90 % interval of the ratio lies on one side of 1, else "level".
    """

    model: Line
    rival: Line

    @property
    def verdict(self) -> str:
        """Who is ahead, as far as the years can tell."""
        if self.rival.high < 1.0:
            return "better"
        return "worse" if self.rival.low > 1.0 else "level"

    @property
    def rival_wins(self) -> bool:
        """Whether the rival's mean score is the better one, surely or by chance, in the two digits shown."""
        return round(self.rival.ratio, 2) > 1.0


def contests(found: Sequence[Line], leaving_out: str = "") -> Iterator[Contest]:
    """The model against the rival nearest to it, or ahead of it, for every variable and horizon.

    leaving_out : a rival that does not count.
    """
    found = [line for line in found if line.forecaster != leaving_out]
    for own in found:
        if own.forecaster == MODEL:
            against = [other for other in found if is_rival(other) and _subject(other) == _subject(own)]
            if against:
                yield Contest(own, max(against, key=lambda other: other.ratio))


def ceiling(rows: Sequence[YearScore], contest: Contest) -> Line:
    """The best forecaster of every origin, chosen afterwards, against the rival: what no choice in advance could beat.

    Its `ratio`, `low` and `high` are those of that lower envelope over the rival. Whoever forecast fewer regions than
    the model does not enter it; where the rival itself did, only the model on the rival's regions does.
    """
    held = [row for row in rows if (row.variable, row.horizon) == _subject(contest.model)]
    whole = {row.origin: row.regions for row in held if row.forecaster == MODEL}
    own = []
    for row in (row for row in held if row.forecaster == contest.rival.forecaster):
        others = [
            other.crps
            for other in held
            if other.origin == row.origin and other.regions == row.regions == whole.get(row.origin)
        ]
        best = min(row.crps, row.reference_crps, *others)
        own.append(replace(row, reference=HINDSIGHT, reference_crps=best))
    return line(own)


def _subject(line: Line) -> tuple[str, int]:
    return line.variable, line.horizon
