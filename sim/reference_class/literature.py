"""Priors from the literature, each with the date from which it could be known: `literature.csv`.

They are what the estimates are drawn to where the panel is short. A cut-off uses the latest that is dated no later
than its December.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

from sim.errors import InputError, Problem, SimError
from sim.language import Text
from sim.reading.files import shown_path
from sim.reference_class.likelihood import Normal
from sim.reference_class.tables import Cells, read_table, repeated

COLUMNS = ("quantity", "industry", "mean", "sd", "shape", "unit", "date", "grade", "source")


@dataclass(frozen=True, slots=True)
class Prior:
    """A dated prior: normal with `mean` and `sd`, or log-normal with the centre `mean` and the s.d. of the log."""

    quantity: str
    industry: str
    mean: float
    sd: float
    shape: str
    date: str
    grade: str
    source: str

    @property
    def normal(self) -> Normal:
        """The prior on the scale on which it is normal: of the quantity or of its logarithm."""
        return Normal(math.log(self.mean) if self.shape == "lognormal" else self.mean, self.sd)


@dataclass(frozen=True, slots=True)
class Literature:
    """The priors of a file."""

    priors: tuple[Prior, ...]
    shown: str

    def known(self, quantity: str, industry: str, cut_off: int) -> Prior:
        """The latest prior of a quantity dated no later than December of `cut_off`.

        That of the industry before that of any industry, and before that of any quantity (`any_…`); raises
        InputError when there is none.
        """
        general = "any_" + next((end for end in _GENERAL if quantity.endswith(end)), "")
        dated = [prior for prior in self.priors if prior.date <= f"{cut_off}-12"]
        for name, cell in ((quantity, industry), (quantity, ""), (general, "")):
            found = [prior for prior in dated if (prior.quantity, prior.industry) == (name, cell)]
            if found:
                return max(found, key=lambda prior: prior.date)
        zh, en = f"{cut_off} 年以前没有 {quantity} 的先验", f"no prior of {quantity} dated up to {cut_off}"
        raise InputError(Problem(self.shown, None, None, quantity, Text(zh, en)))


_GENERAL = ("own_lag", "lag1", "common_correlation")


def read_literature(path: str | Path) -> Literature:
    """The dated priors in `path`; raises InputError with every problem of the file."""
    rows = read_table(path, COLUMNS, _prior)
    shown = shown_path(path)
    problems = repeated([(line, (p.quantity, p.industry, p.date)) for line, p in rows], shown, "quantity")
    if problems:
        raise InputError(problems)
    return Literature(tuple(prior for _, prior in rows), shown)


def _prior(cells: Cells) -> Prior:
    shape = cells.text("shape", ("normal", "lognormal"))
    return Prior(
        cells.text("quantity"),
        cells.text("industry", INDUSTRIES),
        cells.number("mean", above=0.0 if shape == "lognormal" else -math.inf),
        cells.number("sd", above=0.0),
        shape,
        cells.date("date"),
        cells.text("grade", ("L", "M", "J")),
        cells.text("source"),
    )


#: Industries of the panel, pairs of them, and the whole.
INDUSTRIES = (
    *("", "gdp", "primary", "secondary", "tertiary"),
    *("primary-secondary", "primary-tertiary", "secondary-tertiary"),
)


def combined(value: float, error: float, prior: Normal) -> Normal:
    """A normal prior and a normal estimate of one quantity, weighted by their precisions."""
    if error <= 0.0:
        raise SimError(f"an estimate needs a standard error above zero, got {error}")
    weight = 1.0 / error**2
    total = weight + 1.0 / prior.sd**2
    return Normal((value * weight + prior.mean / prior.sd**2) / total, total**-0.5)
