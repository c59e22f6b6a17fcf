"""Energy and carbon dioxide."""

from __future__ import annotations

from dataclasses import dataclass

from sim.drivers.arrays import Drivers
from sim.equations.energy import emission_factor_next, energy_intensity_next, energy_use
from sim.parameters.names import Parameters
from sim.randomness import Array


@dataclass(frozen=True, slots=True)
class Environment:
    """Energy and emissions as indices: no level is reported."""

    energy_intensity: Array  # (cell, draw) relative to the region's average of the base year
    energy: Array  # (draw,) intensity times 亿元
    emission_factor: Array  # (draw,) base year = 1
    emissions: Array  # (draw,)
    unit_energy: Array  # (draw,) energy for a unit of real GDP
    unit_emissions: Array  # (draw,) emissions for a unit of real GDP


def environment_next(
    before: Environment, value_added: Array, gdp: Array, parameters: Parameters, drivers: Drivers, t: int
) -> Environment:
    """One year of energy use. `value_added` is (cell, draw) and `gdp` (draw,), real [亿元]."""
    intensity = energy_intensity_next(
        energy_intensity=before.energy_intensity,
        efficiency_trend=parameters.efficiency_trend,
        lever_growth=drivers.policy.energy_efficiency[t],
        shock=drivers.shocks.energy[t],
    )
    factor = emission_factor_next(
        emission_factor=before.emission_factor,
        fuel_trend=parameters.fuel_trend,
        lever_growth=drivers.policy.fuel_mix[t],
        shock=drivers.shocks.fuel[t],
    )
    return environment_of(intensity, factor, value_added, gdp)


def environment_of(intensity: Array, factor: Array, value_added: Array, gdp: Array) -> Environment:
    """State of energy and emissions that belongs to intensities, an emission factor and output."""
    energy = energy_use(energy_intensity=intensity, value_added=value_added)
    emissions = energy * factor
    return Environment(
        energy_intensity=intensity,
        energy=energy,
        emission_factor=factor,
        emissions=emissions,
        unit_energy=energy / gdp,
        unit_emissions=emissions / gdp,
    )
