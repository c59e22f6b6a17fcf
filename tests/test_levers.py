"""The catalogue of levers: what each moves and in which direction, what it leaves alone, and what is on record."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from sim.experiment.drawing import Block, block_of
from sim.experiment.measurement import COMPUTED
from sim.experiment.simulation import simulate_scenarios
from sim.indicators.catalogue import INDICATORS
from sim.lever_effects.ceilings import allowed, largest
from sim.lever_effects.steps import central_world, pair_of
from sim.levers.catalogue import ENTRIES, FAMILIES, GRADES, LEVERS, WORLD
from sim.randomness import SOURCES, Array, Draws
from sim.region.pack import Pack
from sim.region.reading import read_pack

CALIBRATION = Path(__file__).resolve().parents[1] / "calibration"
YEARS = tuple(range(2020, 2036))


@pytest.fixture(scope="module")
def district() -> Pack:
    return read_pack(CALIBRATION, "west_coast")


@pytest.fixture(scope="module")
def chance(district: Pack) -> Block:
    """Every source of uncertainty on, in few draws."""
    return block_of(district, Draws(1, 0, frozenset(SOURCES), size=32), YEARS)


@pytest.fixture(scope="module")
def more(district: Pack) -> Block:
    """Draws enough for means, of rare events above all."""
    return block_of(district, Draws(1, 0, frozenset(SOURCES), size=256), YEARS)


@pytest.fixture(scope="module")
def certain(district: Pack) -> Block:
    """Every source off: one path."""
    return block_of(district, Draws(1, 0, frozenset(), size=1), YEARS)


def moved(id_: str, amount: float, pack: Pack, block: Block) -> dict[str, Array]:
    """Mean change by year, base year first, of every indicator that is not exactly what it was."""
    pair = pair_of(id_, amount, YEARS[1:], central_world(pack, YEARS[-1]))
    before, after = simulate_scenarios(pack, pair, block, keep_states=False)
    out = {}
    for name in COMPUTED:
        one, two = before.value(name), after.value(name)
        if not np.array_equal(one, two, equal_nan=True):
            out[name] = np.nan_to_num(two - one).mean(axis=1)
    return out


@pytest.fixture(scope="module")
def stepped(district: Pack, chance: Block) -> dict[str, dict[str, Array]]:
    """What one step of each moves, on the same draws."""
    return {name: moved(name, entry.step, district, chance) for name, entry in ENTRIES.items()}


def test_there_are_at_least_25_levers_and_the_world_is_apart() -> None:
    assert len(LEVERS) >= 25
    assert set(WORLD) == {
        "national_growth", "world_trade", "producer_prices", "exchange_rate", "rare_event_probability",
    }  # fmt: skip
    assert not set(LEVERS) & set(WORLD)
    families = {entry.family for entry in LEVERS.values()}
    assert families | {entry.family for entry in WORLD.values()} == set(FAMILIES)
    assert not families & {entry.family for entry in WORLD.values()}


@pytest.mark.parametrize("id_", ENTRIES)
def test_an_entry_is_complete(id_: str) -> None:
    entry = ENTRIES[id_]
    texts = (entry.label, entry.unit, entry.meaning, entry.evidence, *(c.source for c in entry.ceilings))
    assert all(text.zh and text.en for text in texts)
    assert entry.grade in GRADES
    assert {ceiling.grade for ceiling in entry.ceilings} <= set(GRADES)
    assert set(entry.moves) | set(entry.reaches) <= set(INDICATORS)
    assert set(entry.moves.values()) <= {1, -1}
    assert not set(entry.moves) & set(entry.reaches)
    assert 0.0 < entry.step <= entry.high


@pytest.mark.parametrize("id_", ENTRIES)
def test_an_entry_moves_what_it_claims_in_the_direction_it_claims(
    id_: str, stepped: dict[str, dict[str, Array]]
) -> None:
    """In the year it first moves at all, and in the year it moves most."""
    for name, sign in ENTRIES[id_].moves.items():
        if name in COMPUTED:
            change = stepped[id_][name]
            first, most = change[np.flatnonzero(change)[0]], change[np.abs(change).argmax()]
            assert sign * first > 0.0, name
            assert sign * most > 0.0, name


@pytest.mark.parametrize("id_", [name for name in ENTRIES if name != "rare_event_probability"])
def test_the_direction_is_the_same_without_chance(id_: str, district: Pack, certain: Block) -> None:
    found = moved(id_, ENTRIES[id_].step, district, certain)
    for name, sign in ENTRIES[id_].moves.items():
        if name in COMPUTED:
            # A delay of one year shows in the year a line was due; others act at once or a year later.
            assert sign * found[name][np.abs(found[name]).argmax()] > 0.0, name


def test_no_rare_event_strikes_without_chance(district: Pack, certain: Block) -> None:
    assert moved("rare_event_probability", 5.0, district, certain) == {}


@pytest.mark.parametrize("id_", ENTRIES)
def test_an_entry_moves_nothing_else_and_all_it_says_it_reaches(
    id_: str, district: Pack, chance: Block, stepped: dict[str, dict[str, Array]]
) -> None:
    """To the last bit, at a step and at both bounds: no indicator without a channel moves, and no channel is idle."""
    entry = ENTRIES[id_]
    ends = (entry.low, entry.high) if id_ in LEVERS else (-entry.step,)
    found = set(stepped[id_])
    for amount in ends:
        found |= set(moved(id_, amount, district, chance)) if amount else set()
    assert found == {name for name in (*entry.moves, *entry.reaches) if name in COMPUTED}


def test_only_a_lever_on_what_is_not_reported_moves_nothing(stepped: dict[str, dict[str, Array]]) -> None:
    assert [id_ for id_, found in stepped.items() if not found] == ["childcare_places"]
    assert set(LEVERS["childcare_places"].moves) == {"childcare_places_per_1000"}


@pytest.mark.parametrize("id_", [name for name, entry in ENTRIES.items() if entry.ceilings])
def test_no_effect_is_above_what_the_record_supports(id_: str, district: Pack, more: Block) -> None:
    """One unit, in a step and at both bounds of a lever; assumptions at a step up and down."""
    entry = ENTRIES[id_]
    amounts = (entry.step, entry.low, entry.high) if id_ in LEVERS else (entry.step, -entry.step)
    # A fall of the odds of a rare event stops at none: by less than a step.
    for amount in (a for a in amounts if a and (id_, a) != ("rare_event_probability", -entry.step)):
        for ceiling, effect in largest(id_, amount, district, more):
            assert 0.0 < effect <= allowed(ceiling, district, more), (amount, ceiling)


@pytest.mark.parametrize("id_", ENTRIES)
def test_what_has_no_ceiling_leaves_output_as_it_is(id_: str, stepped: dict[str, dict[str, Array]]) -> None:
    assert ("gdp_real" in stepped[id_]) == bool(ENTRIES[id_].ceilings)


#: Lever -> quantity and industry of the panel whose standard deviation its range in history is.
SPREADS = {
    "investment_growth": ("investment_growth_idiosyncratic", ""),
    "trade_growth": ("trade_idiosyncratic", ""),
    "revenue_growth": ("revenue_growth_idiosyncratic", ""),
    "manufacturing_productivity": ("cell_growth_mean_spread", "secondary"),
    "services_productivity": ("cell_growth_mean_spread", "tertiary"),
}


def panel() -> dict[tuple[str, str], float]:
    """Committed estimates of 2014."""
    with (CALIBRATION / "reference_class" / "estimates.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["cut_off"] == "2014"]
    return {(row["quantity"], row["industry"]): float(row["estimate"]) for row in rows}


def test_ranges_of_levers_are_those_of_the_panel() -> None:
    """90 % of a normal distribution: 1.645 standard deviations either side, to a tenth."""
    assert {name for name, lever in LEVERS.items() if lever.history is not None} == set(SPREADS)
    for name, which in SPREADS.items():
        seen = LEVERS[name].history
        assert seen is not None
        assert seen.high == pytest.approx(1.645 * panel()[which], abs=0.1)
        assert seen.low == -seen.high


def test_ceilings_from_the_panel_are_its_estimates() -> None:
    slopes = [panel()[f"growth_on_investment_{when}_year", ""] for when in ("same", "next")]
    first = LEVERS["investment_growth"].ceilings[0]
    assert first.effect == pytest.approx(sum(slopes), abs=0.01)
    assert first.effect * 10.0 <= 1.0  # ten more points: at most a point of growth
    (nation,) = WORLD["national_growth"].ceilings
    assert nation.effect == pytest.approx(panel()["cell_growth_loading", "secondary"], abs=0.005)


def test_a_share_of_investment_moved_is_taken_from_the_others(district: Pack, chance: Block) -> None:
    """Moving investment to services gains what it loses elsewhere: the total is the same in the first year."""
    found = moved("services_investment_share", 1.0, district, chance)
    assert found["services_share"][5] > 0.0
    assert found["manufacturing_share"][5] < 0.0
    assert np.array_equal(found["gdp_real"][:2], [0.0, 0.0])  # capital works a year after it is spent
