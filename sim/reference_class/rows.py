"""Collecting the estimates of one cut-off."""

from __future__ import annotations

from dataclasses import dataclass, field

from sim.errors import SimError
from sim.reference_class.estimates import Estimate
from sim.reference_class.literature import Literature, Prior

#: Least error that is believed, as a share of the value: nothing here is known better.
LEAST_ERROR = 0.01


@dataclass(frozen=True, slots=True)
class Basis:
    """What a figure rests on: numbers of regions and years, what the years are worth, and the literature prior."""

    regions: int
    years: int
    effective_years: float
    prior: Prior | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """The estimates made so far for one cut-off, and the literature they may use."""

    cut_off: int
    literature: Literature
    made: list[Estimate] = field(default_factory=list)

    def add(
        self,
        name: tuple[str, str],
        unit: str,
        note: str,
        value: float,
        error: float,
        basis: Basis,
        plain: float | None = None,
        between: float | None = None,
    ) -> None:
        """Add one estimate; `name` is the quantity and its industry, `basis` what it rests on."""
        if not (abs(value) < 1e6 and 0.0 <= error < 1e6):
            raise SimError(f"{name[0]}[{name[1]}] at {self.cut_off}: {value} with error {error}")
        prior = basis.prior
        self.made.append(
            Estimate(
                self.cut_off,
                *name,
                value,
                max(error, LEAST_ERROR * abs(value)),
                between,
                plain,
                basis.regions,
                basis.years,
                basis.effective_years,
                prior.mean if prior else None,
                prior.sd if prior else None,
                prior.date if prior else "",
                f"{self.cut_off}-12",
                unit,
                note,
            )
        )
