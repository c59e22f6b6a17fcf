"""Whether each draw meets a target."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.indicators.catalogue import INDICATORS, missing_of
from sim.language import Text
from sim.randomness import Array
from sim.region.pack import NATION, Pack
from sim.targets.outcome import ROUND_OFF, reported
from sim.targets.reading import Target

Bools = NDArray[np.bool_]
#: Indicators counted from the base year, which a later plan counts from its own.
SINCE_BASE_YEAR = ("gdp_growth_average", "energy_intensity_reduction_cumulative", "co2_intensity_reduction_cumulative")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the draws of one block stand against a target; all (draw,).

    `value` is the quantity judged, `gap` how much it falls short (0 where met), `first` the first year in
    which the condition holds, 0 for never within the horizon.
    """

    value: Array
    met: Bools
    gap: Array
    first: NDArray[np.int64]


def status_of(target: Target, horizon: int, pack: Pack, as_of: int | None = None) -> tuple[str, Text | None]:
    """Status of a target before any draw is made, and the reason when it cannot be evaluated.

    A target whose year is over at `as_of` (the base year unless told) is judged by what was reported.
    """
    over = max(pack.base_year, pack.base_year if as_of is None else as_of)
    if (outcome := reported(target, pack, over)) is not None:
        return "reported", outcome.reason
    if target.not_modelled is not None:
        return "not_modelled", target.not_modelled
    if target.year <= over:
        zh = f"缺{target.year}年完成数"
        return "no_baseline", Text(zh, f"the figure of {target.year} is missing")
    indicator = INDICATORS[target.indicator]
    if target.operator == "assigned" and target.value is None:
        why = Text(
            "文件未列数值（由上级下达或另行确定），不作概率测算",
            "no number in the document: assigned from above or set later",
        )
        return "not_quantified", why
    lacking = missing_of(indicator, pack) or _missing_benchmark(target, pack) or _missing_years(target, pack)
    if lacking is not None:
        return "no_baseline", lacking
    if target.year > horizon:
        return "beyond_horizon", Text(f"晚于推算期末{horizon}年", f"after the horizon {horizon}")
    return "evaluated", None


def _missing_benchmark(target: Target, pack: Pack) -> Text | None:
    """Why a region cannot be compared with the one a target names; None where it can."""
    if target.operator != "above":
        return None
    if target.benchmark == pack.city and pack.surroundings is not None:
        return missing_of(INDICATORS[target.indicator], pack.surroundings)
    if target.benchmark == NATION and target.indicator == "gdp_growth":
        return None
    why = f"缺对比地区（{target.benchmark}）同一指标的测算"
    return Text(why, f"{target.benchmark} is not simulated beside the region")


def _missing_years(target: Target, pack: Pack) -> Text | None:
    """Why a sum or an average that begins before the base year cannot be judged: those years are not simulated."""
    first, base_year = target.first_year, pack.base_year
    if first is None:
        return None
    if target.operator == "cumulative":
        zh = f"累计自{first}年起，早于基年{base_year}，模型不推算此前各年"
        return Text(zh, f"the sum begins in {first}, before the base year {base_year}") if first < base_year else None
    # Growth of a year is counted from the year before it.
    if first > base_year or not (target.operator == "in_step" or target.indicator in SINCE_BASE_YEAR):
        return None
    zh = f"自{first}年起计算，须有基年{base_year}以前的数，模型不推算此前各年"
    return Text(zh, f"counted from {first}, which needs years before the base year {base_year}")


def evaluate(target: Target, values: Callable[[str], Array], years: Sequence[int]) -> Outcome:
    """Judge a target in every draw.

    `values(id)` gives an indicator as (year, draw), `values("benchmark/<region>/<id>")` that of a benchmark.
    A condition that holds "by" a year is looked at in that year only; `first` looks at every year.
    """
    series = since_first_year(target.indicator, target.first_year, values, years)
    quantity, threshold = _judged(target, series, values, years)
    if target.operator == "direction":
        return _direction(target, series, years)
    short = _shortfall(target, quantity, threshold)
    row = years.index(target.year)
    with np.errstate(invalid="ignore"):
        holds = short <= ROUND_OFF
    after = np.asarray(years)[1:]
    first = np.where(holds[1:].any(axis=0), after[holds[1:].argmax(axis=0)], 0)
    return Outcome(quantity[row], holds[row], np.where(holds[row], 0.0, short[row]), first)


def since_first_year(name: str, first: int | None, values: Callable[[str], Array], years: Sequence[int]) -> Array:
    """An indicator, (year, draw), counted from the year before `first` where it is one "since the base year": the
    average growth of GDP, and cumulative reductions. NaN before that.
    """
    series = values(name)
    if first is None or first - 1 not in years[1:] or name not in SINCE_BASE_YEAR:
        return series
    start = years.index(first - 1)
    out = np.full_like(series, np.nan)
    elapsed = np.arange(1, len(years) - start)[:, None]
    if name == "gdp_growth_average":
        level = values("gdp_real")
        out[start + 1 :] = 100.0 * ((level[start + 1 :] / level[start]) ** (1.0 / elapsed) - 1.0)
    else:
        out[start + 1 :] = 100.0 * (1.0 - (1.0 - series[start + 1 :] / 100.0) / (1.0 - series[start] / 100.0))
    return out


def _judged(
    target: Target, series: Array, values: Callable[[str], Array], years: Sequence[int]
) -> tuple[Array, Array | float]:
    """The quantity that is judged, (year, draw), and its threshold."""
    start = years.index(target.first_year) if target.first_year in years else 1
    operator = target.operator
    if operator == "cumulative":
        summed = np.zeros_like(series)
        summed[start:] = np.cumsum(series[start:], axis=0)
        return summed, target.value or 0.0
    if operator == "in_step":
        benchmark = since_first_year(target.benchmark or "gdp_growth_average", target.first_year, values, years)
        count = np.arange(1, len(years) - start + 1)[:, None]
        average = np.full_like(series, np.nan)
        average[start:] = np.cumsum(series[start:], axis=0) / count
        return average, benchmark + (target.margin or 0.0) - (target.tolerance or 0.0)
    if operator == "above":
        return series, values(f"benchmark/{target.benchmark}/{target.indicator}") + (target.margin or 0.0)
    if operator == "change":
        since = years.index(target.first_year - 1) if target.first_year and target.first_year - 1 in years else 0
        return series - series[since], target.value or 0.0
    if operator == "about":
        return series, (target.value or 0.0) - (target.tolerance or 0.0)
    return series, target.value or 0.0


def _shortfall(target: Target, quantity: Array, threshold: Array | float) -> Array:
    """How far the quantity misses; zero or less where the target is met.

    `above` asks for more than the benchmark, the others for at least the threshold: with continuous
    quantities the difference has probability zero.
    """
    if target.operator == "<=":
        return quantity - threshold
    if target.operator == "between":
        high = target.value_high if target.value_high is not None else np.inf
        return np.maximum(threshold - quantity, quantity - high)
    return threshold - quantity


def _direction(target: Target, series: Array, years: Sequence[int]) -> Outcome:
    """Past the peak, and no higher in the target year than the year before; or the mirror of it.

    `first` is the year of the peak where the target is met.
    """
    row = years.index(target.year)
    falling = target.direction == "falling" or (target.direction is None and INDICATORS[target.indicator].direction < 0)
    signed = series if falling else -series
    change = signed[row] - signed[row - 1]
    met = change <= 0.0
    known = np.where(np.isnan(signed), -np.inf, signed)  # growth has no figure in the base year
    peak = np.asarray(years)[known[: row + 1].argmax(axis=0)]
    return Outcome(series[row], met, np.maximum(change, 0.0), np.where(met, peak, 0))
