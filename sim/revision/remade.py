"""The plan behind a stored result, made again from its manifest and a folder of facts and priors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sim.errors import InputError, Problem, unknown_name
from sim.experiment.plan import Plan
from sim.indicators.catalogue import INDICATORS
from sim.levers.catalogue import LEVERS, WORLD
from sim.posterior.posterior import Posterior
from sim.region.pack import Pack
from sim.region.reading import read_pack
from sim.revision.stored import Stored
from sim.scenario.load import Scenario, scenario_of
from sim.targets import read_targets, with_scenario_targets

#: The posterior of a pack as of a year, with or without widened errors.
PosteriorFor = Callable[[Pack, int, bool], Posterior | None]


@dataclass(frozen=True, slots=True)
class Setting:
    """From which of several results each kind of input is taken; data files are those of a calibration folder."""

    facts: Stored
    assumptions: Stored
    chance: Stored

    @classmethod
    def of(cls, stored: Stored) -> Setting:
        """All of one result."""
        return cls(stored, stored, stored)


def remade_plan(setting: Setting, calibration: Path, posterior_for: PosteriorFor) -> Plan:
    """The plan of a setting on the data files of a calibration folder; raises InputError where they do not fit.

    Facts decide the cut-off too, and assumptions the horizon and which sources of uncertainty are on.
    """
    known, assumed, chance = setting.facts.manifest, setting.assumptions.manifest, setting.chance.manifest
    pack = read_pack(calibration, known.region)
    scenario = scenario_of(assumed.scenario, pack.base_year)
    _check_names(scenario, pack, setting.assumptions.shown)
    file = scenario.files[0][0] if scenario.files else scenario.name
    return Plan(
        pack=pack,
        scenarios=(scenario,),
        targets=(with_scenario_targets(read_targets(pack), scenario.targets, file),),
        seed=chance.seed,
        draws=chance.draws,
        horizon=assumed.horizon,
        sources=frozenset(assumed.sources),
        as_of=known.as_of,
        posterior=posterior_for(pack, known.as_of, known.written.inflate),
    )


def _check_names(scenario: Scenario, pack: Pack, shown: str) -> None:
    """Raises InputError for names in a stored scenario that this version of the program or the pack does not know."""
    asked = [
        *(("levers", name, LEVERS) for name in scenario.levers),
        *(("world", name, WORLD) for name in scenario.world),
        *(("projects", project.cell, pack.cell_ids) for project in scenario.projects),
        *(("targets", target.indicator, INDICATORS) for target in scenario.targets),
    ]
    problems = [
        Problem(shown, None, None, f"scenario.{section}", unknown_name(name, allowed))
        for section, name, allowed in asked
        if name not in allowed
    ]
    if problems:
        raise InputError(problems)
