"""Bounded social indicators, doctors, and urban rail."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.drivers.arrays import Drivers
from sim.equations.population import share_of_logit
from sim.equations.social import bounded_next, doctors_next, logit_change, opened_length
from sim.parameters.names import Parameters
from sim.randomness import Array


@dataclass(frozen=True, slots=True)
class Social:
    """Social state of the year."""

    bounded: Array  # (bounded, draw) log odds of ratios, or levels
    is_ratio: Array  # (bounded, 1) 1 for ratios
    doctors: Array  # (draw,) 人, on the population concept of the plan
    rail_length: Array  # (draw,) 公里


def social_next(before: Social, parameters: Parameters, drivers: Drivers, t: int) -> Social:
    """One year of social indicators."""
    policy = drivers.policy
    programme: Array = policy.bounded[t]
    if programme.any():
        share = share_of_logit(log_odds=np.where(before.is_ratio > 0.0, before.bounded, 0.0))
        programme = np.where(before.is_ratio > 0.0, logit_change(share=share, change=programme), programme)
    return Social(
        bounded=bounded_next(
            state=before.bounded,
            drift=parameters.bounded_drift,
            programme=programme,
            shock=drivers.shocks.bounded[t],
        ),
        is_ratio=before.is_ratio,
        doctors=doctors_next(
            doctors=before.doctors,
            growth=parameters.doctors_growth,
            programme=policy.doctors[t],
            shock=drivers.shocks.doctors[t],
        ),
        rail_length=opened_length(lengths=drivers.rail_length, opening_year=policy.rail_opening, year=drivers.years[t]),
    )
