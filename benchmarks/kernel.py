"""The model's equations once more, by hand: what NumPy can do when nothing else counts.

A yardstick, not a second model. The arrays of a year are updated in their own place, intermediate values live
in a few buffers that stay in the cache, constants are worked out once. It reads like what it is; nobody should
have to maintain equations written so. `tests/test_benchmarks.py` holds it to the model's values.

Four plain namespaces of arrays go in: v (values, changed in place), p (parameters), w (world), s (shocks),
q (policy); shapes as in `sim.drivers.arrays`. Buffers: A (cell, draw), a and b (draw).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from types import SimpleNamespace as Arrays
from typing import Any

import numpy as np

from benchmarks.kernel_accounts import environment, finance, prices, reporting, social, trade
from benchmarks.kernel_output import capital, demand, formation, people, supply
from sim.drivers.arrays import Drivers
from sim.model import State
from sim.parameters.names import Parameters

Observe = Callable[[int, Arrays], None]


def plain(record: Any) -> Arrays:
    """Arrays of a record by name."""
    return Arrays(**{field.name: getattr(record, field.name) for field in fields(record)})


def constants(parameters: Parameters) -> Arrays:
    """Parameters, and what the equations make of them every year alike."""
    p = plain(parameters)
    p.labour_share = 1.0 - p.capital_share
    p.gap_left = 1.0 - p.convergence_speed
    p.rebound_persistence = 1.0 - p.rebound_share
    p.capital_left = 1.0 - p.depreciation_rate
    p.own_share = 1.0 - p.processing_share
    return p


def values(state: State) -> Arrays:
    """Copies of all arrays of a state in one namespace, and the buffers."""
    v = Arrays(premium=state.premium)
    for block in fields(state):
        if block.name != "premium":
            for name, value in vars(plain(getattr(state, block.name))).items():
                setattr(v, f"{block.name}_{name}", value.copy())
    v.is_ratio = state.social.is_ratio > 0.0
    cells, draws = state.premium.shape
    v.A, v.a, v.b = np.empty((cells, draws)), np.empty(draws), np.empty(draws)
    v.property_change = np.empty(draws)
    return v


def run(initial: State, parameters: Parameters, drivers: Drivers) -> Callable[[Observe | None], None]:
    """Get everything ready; the function that comes back does the work, calling `observe` after each year."""
    p, w, s, q = constants(parameters), plain(drivers.world), plain(drivers.shocks), plain(drivers.policy)
    years = len(drivers.years)

    def kernel(observe: Observe | None = None) -> None:
        v = values(initial)
        for t in range(1, years):
            people(v, p, w, s, q, t)
            supply(v, p, w, s, q, t)
            formation(v, p, s, q, t)
            demand(v, p, w, s, q, t)
            capital(v, p, q, t)
            prices(v, p, w, s, t)
            trade(v, p, w, s, q, t)
            finance(v, p, s, q, t)
            environment(v, p, s, q, t)
            social(v, p, s, q, t, drivers)
            reporting(v, p, s, t, drivers)
            if observe is not None:
                observe(t, v)

    return kernel
