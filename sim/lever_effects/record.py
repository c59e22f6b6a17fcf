"""The committed record of measured effects: calibration/lever_effects/<region>.csv and what it was made with."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import sim
from sim.experiment.drawing import draw_block
from sim.lever_effects.measure import Effect, effect_unit, measured
from sim.levers.catalogue import ENTRIES
from sim.randomness import BLOCK, SOURCES
from sim.region.pack import Pack
from sim.scenario.parts import DEFAULT_HORIZON

#: Seed of the draws on which the record is made.
SEED = 1
COLUMNS = ("lever", "step", "indicator", "year", "unit", "effect", "standard_error")


def record_path(calibration: Path, region: str) -> Path:
    """Where the record of a region stands."""
    return calibration / "lever_effects" / f"{region}.csv"


def made(pack: Pack) -> tuple[Effect, ...]:
    """All effects on one block of draws as of the base year."""
    block = draw_block(pack, SEED, 0, DEFAULT_HORIZON, frozenset(SOURCES))
    return tuple(measured(pack, block))


def rows_of(effects: Sequence[Effect]) -> list[list[str]]:
    """Lines of the record in the order of COLUMNS; four significant digits are more than the error allows."""
    return [
        [
            effect.lever,
            f"{ENTRIES[effect.lever].step:g}",
            effect.indicator,
            str(effect.year),
            effect_unit(effect.indicator).zh,
            f"{effect.mean:.4g}",
            f"{effect.standard_error:.2g}",
        ]
        for effect in effects
    ]


def facts_of(pack: Pack) -> Mapping[str, str | int]:
    """What a record was made with."""
    return {
        "region": pack.id,
        "base_year": pack.base_year,
        "as_of": pack.base_year,
        "horizon": DEFAULT_HORIZON,
        "seed": SEED,
        "draws": BLOCK,
        "version": sim.__version__,
    }


def read_effects(calibration: Path, region: str) -> tuple[Effect, ...]:
    """The record of a region; empty where none has been made."""
    path = record_path(calibration, region)
    if not path.is_file():
        return ()
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return tuple(
            Effect(row["lever"], row["indicator"], int(row["year"]), float(row["effect"]), float(row["standard_error"]))
            for row in csv.DictReader(stream)
        )
