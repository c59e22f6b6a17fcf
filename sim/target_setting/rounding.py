"""Round numbers as plans write them, and never finer than the spread of the draws supports."""

from __future__ import annotations

import math

#: Plans write multiples of 1 and 5, of their tenths and of their hundreds; a step may exceed what is wanted this much.
LEADING = (1.0, 5.0)
ALLOWED = 1.1
#: The step is at most this part of the distance from 稳妥值 (90 %) to 奋斗值 (30 %) ...
PART = 1.0 / 4.0
#: ... and at least this part of it: a finer number would claim more than the draws say.
LEAST_PART = 1.0 / 30.0
_SLACK = 1e-9


def step_below(size: float) -> float:
    """The largest of …, 0.5, 1, 5, 10, 50, … that is not above a size, give or take a tenth; raises ValueError at 0."""
    if not (size > 0.0 and math.isfinite(size)):
        raise ValueError(f"a step needs a positive size, not {size}")
    power = math.floor(math.log10(size * ALLOWED))
    found = max(lead * 10.0**p for p in (power - 1, power) for lead in LEADING if lead * 10.0**p <= size * ALLOWED)
    return float(f"{found:.6g}")


def step_above(size: float) -> float:
    """The smallest step that is not below a size."""
    found = step_below(size)
    return found if found >= size else next_step(found)


def next_step(step: float) -> float:
    """The step after one: 1 → 5 → 10."""
    power = math.floor(math.log10(step) + _SLACK)
    lead = step / 10.0**power
    return float(f"{(5.0 if lead < 2.0 else 10.0) * 10.0**power:.6g}")


def finer_step(step: float) -> float:
    """The step before one: 10 → 5 → 1."""
    power = math.floor(math.log10(step) + _SLACK)
    lead = step / 10.0**power
    return float(f"{(0.5 if lead < 2.0 else 1.0) * 10.0**power:.6g}")


def spread_step(safe: float, ambitious: float, middle: float) -> float:
    """The step of an indicator from its 90 % and 30 % values; of what is certain, three digits of its middle."""
    spread = abs(ambitious - safe)
    if spread > 1e-9 * max(1.0, abs(middle)):
        return step_below(PART * spread)
    return step_below(max(abs(middle), 1e-6) / 100.0)


def down(value: float, step: float) -> float:
    """The multiple of a step at or below a value."""
    return _clean(math.floor(value / step + _SLACK) * step, step)


def up(value: float, step: float) -> float:
    """The multiple of a step at or above a value."""
    return _clean(math.ceil(value / step - _SLACK) * step, step)


def nearest(value: float, step: float) -> float:
    """The multiple of a step nearest to a value, half up."""
    return down(value + step / 2.0, step)


def digits(step: float) -> int:
    """Digits after the point that multiples of a step have."""
    return max(0, -math.floor(math.log10(step) + _SLACK))


def written(value: float) -> str:
    """A rounded number without trailing zeros, with a true minus sign."""
    text = f"{value:.10g}"
    return text.replace("-", "−") if float(text) != 0.0 else "0"


def shown_unit(step: float) -> float:
    """The power of ten to which values are shown beside a suggestion of that step.

    100 beside 500, 10 beside 100, 0.1 beside 1 and 0.5, but 0.1 beside 0.1: tenths of a tenth are no news.
    """
    power = math.floor(math.log10(step) + _SLACK)
    finer = 0 if power < 0 else 1
    return float(10.0 ** (power - finer))


def shown(value: float, unit: float) -> str:
    """A value to a power of ten, with as many digits after the point as that has."""
    rounded = round(value / unit) * unit
    text = f"{rounded:.{digits(unit)}f}"
    return text.replace("-", "−") if float(text) != 0.0 else text.replace("-", "")


def _clean(value: float, step: float) -> float:
    return round(value, digits(step)) + 0.0
