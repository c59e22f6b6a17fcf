"""The committed record of measured effects: of this catalogue, of this model, and paired."""

from __future__ import annotations

import csv
from collections import defaultdict
from math import expm1, hypot
from pathlib import Path

import numpy as np
import pytest

from sim.experiment.drawing import block_of, draw_block
from sim.experiment.measurement import COMPUTED
from sim.experiment.plan import Plan
from sim.experiment.simulation import Path as PathOfRun
from sim.lever_effects.history import seen_of, spans
from sim.lever_effects.measure import Effect, _effects, effect_unit, indicators_of, measured
from sim.lever_effects.record import COLUMNS, read_effects, record_path, rows_of
from sim.lever_effects.steps import central_world, held, nothing, pair_of
from sim.levers.catalogue import ENTRIES, LEVERS
from sim.output.store import pack_hashes
from sim.randomness import SOURCES, Draws
from sim.region.pack import Pack
from sim.region.reading import read_pack

CALIBRATION = Path(__file__).resolve().parents[1] / "calibration"
YEARS = tuple(range(2020, 2036))
RENEW = "not current: run python docs/lever_record.py --write"


@pytest.fixture(scope="module")
def district() -> Pack:
    return read_pack(CALIBRATION, "west_coast")


def by_place(effects: list[Effect] | tuple[Effect, ...]) -> dict[tuple[str, str, int], Effect]:
    return {(e.lever, e.indicator, e.year): e for e in effects}


@pytest.mark.parametrize("region", ["west_coast", "qingdao"])
def test_the_record_is_of_this_catalogue(region: str) -> None:
    """The same levers and steps, the same indicators of each."""
    with record_path(CALIBRATION, region).open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert tuple(rows[0]) == COLUMNS
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        found[row["lever"]].add(row["indicator"])
        assert float(row["step"]) == ENTRIES[row["lever"]].step, RENEW
    assert [id_ for id_ in found if not found[id_] <= set(indicators_of(id_))] == []
    if region == "west_coast":
        assert list(found) == [id_ for id_ in ENTRIES if id_ != "childcare_places"], RENEW
        assert {id_: set(indicators_of(id_)) for id_ in found} == found, RENEW


def test_the_record_is_of_this_model(district: Pack) -> None:
    """Measured again on other, fewer draws: the same within five errors of both."""
    recorded = by_place(read_effects(CALIBRATION, "west_coast"))
    block = block_of(district, Draws(7, 0, frozenset(SOURCES), size=192), YEARS)
    again = by_place(list(measured(district, block)))
    assert set(recorded) - set(again) == set()
    for place, effect in again.items():
        if place not in recorded:
            continue
        old = recorded[place]
        allowance = 5.0 * hypot(effect.standard_error, old.standard_error) + 2e-3 * abs(old.mean) + 1e-6
        assert abs(effect.mean - old.mean) <= allowance, (place, RENEW)


def test_two_levers_are_recorded_to_the_last_digit(district: Pack) -> None:
    block = draw_block(district, 1, 0, 2035, frozenset(SOURCES))
    chosen = ("fuel_mix", "rail_delay")
    with record_path(CALIBRATION, "west_coast").open(encoding="utf-8-sig", newline="") as stream:
        written = [row for row in csv.reader(stream) if row[0] in chosen]
    again = [[*row[:5], float(row[5]), float(row[6])] for row in rows_of(list(measured(district, block, chosen)))]
    # Another processor may round the last of the four digits the other way.
    for old, new in zip(written, sorted(again, key=lambda row: str(row[0])), strict=True):
        assert old[:5] == new[:5], RENEW
        assert float(old[5]) == pytest.approx(new[5], rel=2e-3), RENEW


def test_no_step_is_no_effect(district: Pack) -> None:
    block = block_of(district, Draws(1, 0, frozenset(SOURCES), size=8), YEARS)
    assert list(measured(district, block, amount=0.0)) == []


def test_an_effect_by_definition_is_known_beforehand(district: Pack) -> None:
    """Points on growth add to log growth: five years of one point less energy leave exp(-0.05) of it, in all draws."""
    block = block_of(district, Draws(1, 0, frozenset(SOURCES), size=32), YEARS)
    found = by_place(list(measured(district, block, ("energy_efficiency",))))
    energy = found["energy_efficiency", "energy_use", 2025]
    assert energy.mean == pytest.approx(100.0 * expm1(-0.05), rel=1e-9)
    assert ("energy_efficiency", "gdp_real", 2025) not in found
    assert effect_unit("energy_use").zh == "%"
    assert effect_unit("gdp_growth").zh == "百分点"
    assert effect_unit("life_expectancy").zh == "岁"
    assert energy.standard_error < 1e-9  # the same share of every draw


def test_the_error_is_that_of_a_ratio_of_means() -> None:
    """Levels 1 and 3, differences 1 and 1: 50 % of the mean; residuals 0.5 and -0.5 of 2, by the root of 2."""
    levels = np.full((len(COMPUTED), 1, 2), np.nan)
    levels[COMPUTED.index("new_urban_jobs"), 0] = (1.0, 3.0)
    before, after = (PathOfRun((), values, {}) for values in (levels, levels + 1.0))
    (effect,) = [e for e in _effects("new_jobs", before, after, (2025,)) if e.indicator == "new_urban_jobs"]
    assert effect.mean == pytest.approx(50.0)
    assert effect.standard_error == pytest.approx(100.0 * 0.5 * 2**0.5 / 2.0 / 2**0.5)


def test_the_world_steps_from_its_central_path(district: Pack) -> None:
    central = central_world(district, 2035)
    without, with_ = pair_of("national_growth", 1.0, YEARS[1:], central)
    assert without.world["national_growth"].low == tuple(float(x) for x in central["national_growth"])
    steps = np.subtract(with_.world["national_growth"].low, without.world["national_growth"].low)  # type: ignore[arg-type]
    assert steps == pytest.approx(np.ones(15))
    _, none = pair_of("rare_event_probability", -50.0, YEARS[1:], central)
    assert set(none.world["rare_event_probability"].low) == {0.0}


def test_a_lever_is_held_in_every_year() -> None:
    plain, step = pair_of("doctors", 100.0, (2021, 2022), {})
    assert plain == nothing(2022)
    assert step == held("doctors", [100.0, 100.0], (2021, 2022))
    assert step.levers["doctors"].high == (100.0, 100.0)
    assert not step.world


def test_history_of_the_world_is_that_of_the_ledger(district: Pack) -> None:
    """Growth of the nation as reported: 3.0 in 2022 and 8.1 or 8.4 in 2021; 2.3 or 2.2 in 2020."""
    seen = seen_of(ENTRIES["national_growth"], district)
    assert seen is not None
    assert (seen.low, seen.high) == (min(f.number for f in district.world_history["national_growth"].values()), 8.1)
    assert "2016、2020—2024年" in seen.source.zh
    assert seen_of(ENTRIES["rare_event_probability"], district) is None
    assert seen_of(LEVERS["doctors"], district) is None
    assert "2016, 2020-2024" in seen.source.en
    assert spans([2016, 2020, 2021, 2022]) == "2016、2020—2022"


def test_a_region_without_a_record_has_none(tmp_path: Path) -> None:
    assert read_effects(tmp_path, "west_coast") == ()


def test_the_record_does_not_determine_any_number_of_a_run(district: Pack) -> None:
    plan = Plan(pack=district, scenarios=(nothing(2025),), targets=((),), seed=1, draws=1, horizon=2025)
    assert not [name for name in pack_hashes(plan) if "lever_effects" in name]
