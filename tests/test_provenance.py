"""What a number rests on: shares of its variance that are known by hand, and inputs of targets of the real pack."""

from __future__ import annotations

from math import exp, log
from pathlib import Path

import numpy as np
import pytest

from sim.cli.inputs import load_pack, load_scenarios, targets_of
from sim.provenance import Contribution, Provenance, rests_on
from sim.provenance.recording import PATHS, RecordingDraws, Stream, pushed_draws
from sim.provenance.shares import Share, first_order
from sim.randomness import SOURCES, Array, Draws

CALIBRATION = Path(__file__).resolve().parents[1] / "calibration"
DRAWS = 10_240
ONE, TWO, THREE, IDLE = (Stream("parameters", name) for name in ("one", "two", "three", "idle"))
DICE = Stream("shocks", "dice", True)
ROWS = {ONE: 1, TWO: 2, THREE: 1, IDLE: 3, DICE: 2}


def numbers(seed: int = 1, draws: int = DRAWS) -> dict[Stream, Array]:
    random = np.random.default_rng(seed)
    return {
        stream: random.random((rows, draws)) if stream.uniform else random.standard_normal((rows, draws))
        for stream, rows in ROWS.items()
    }


def shares(values: Array, given: dict[Stream, Array]) -> dict[Stream, Share]:
    return first_order(values, ROWS, given.__getitem__)


def expect(found: dict[Stream, Share], **expected: float) -> None:
    """Within four times their own sampling errors, and those are small."""
    for name, share in expected.items():
        stream = next(s for s in ROWS if s.name == name)
        error = found[stream].variance ** 0.5
        assert error < 0.02
        assert found[stream].share == pytest.approx(share, abs=4.0 * error + 1e-9), name


# --- Shares that are known ------------------------------------------------------------------------------------


def test_a_sum_has_the_shares_of_its_variances() -> None:
    z = numbers()
    # variances 9, 4 + 4 and 1 of together 18
    found = shares(100.0 + 3.0 * z[ONE][0] - 2.0 * z[TWO][0] + 2.0 * z[TWO][1] + z[THREE][0], z)
    expect(found, one=9 / 18, two=8 / 18, three=1 / 18, idle=0.0, dice=0.0)
    assert sum(share.share for share in found.values()) == pytest.approx(1.0, abs=0.03)


def test_a_discrete_chance_has_its_share() -> None:
    z = numbers()
    # 2 where the first row is below 0.5: variance 1; 20 where the second is below 0.01: variance 400 * 0.0099 = 3.96
    values = z[ONE][0] + 2.0 * (z[DICE][0] < 0.5) + 20.0 * (z[DICE][1] < 0.01)
    expect(shares(values, z), dice=4.96 / 5.96, one=1 / 5.96, two=0.0)


def test_what_inputs_do_together_belongs_to_none() -> None:
    z = numbers()
    # variance 1 of the first, 1 of the product, 2 of the square: half is by nobody alone in a straight line
    found = shares(z[ONE][0] + z[ONE][0] * z[TWO][0] + z[THREE][0] ** 2, z)
    expect(found, one=0.25, two=0.0, three=0.0)


def test_a_number_that_does_not_vary_has_no_shares() -> None:
    assert {share.share for share in shares(np.full(DRAWS, 7.0), numbers()).values()} == {0.0}


def test_the_errors_cover_those_of_repeated_samples() -> None:
    misses = []
    for seed in range(150):
        z = numbers(seed, 2000)
        both = z[ONE][0] * z[THREE][0]
        found = shares(3.0 * z[ONE][0] + 2.0 * z[TWO][0] + z[TWO][1] + z[THREE][0] + 2.0 * both, z)
        true = {ONE: 9 / 19, TWO: 5 / 19, THREE: 1 / 19, IDLE: 0.0, DICE: 0.0}
        misses.append([(found[s].share - true[s]) / found[s].variance ** 0.5 for s in ROWS])
    bias, spread = np.mean(misses, axis=0), np.std(misses, axis=0)
    # 150 samples: the mean of a standard normal has error 0.08, its standard deviation 0.06
    assert np.abs(bias).max() < 0.33
    assert (spread > 0.5).all()  # the errors are on the safe side
    assert (spread < 1.25).all()


# --- Streams --------------------------------------------------------------------------------------------------


def test_recording_notes_the_streams_and_changes_no_number() -> None:
    plain, seen = Draws(1, 0, frozenset(SOURCES)), {}
    recorder = RecordingDraws(1, 0, frozenset(SOURCES), seen=seen)
    assert np.array_equal(recorder.normal("facts", "a", 2), plain.normal("facts", "a", 2))
    assert np.array_equal(recorder.normals("shocks", ["b", "c"], 3), plain.normals("shocks", ["b", "c"], 3))
    assert np.array_equal(recorder.uniform("shocks", "a"), plain.uniform("shocks", "a"))
    recorder.normal("facts", "a")
    assert seen == {
        Stream("facts", "a"): 2, Stream("shocks", "b"): 3, Stream("shocks", "c"): 3, Stream("shocks", "a", True): 1,
    }  # fmt: skip


def test_each_stream_is_pushed_in_its_own_paths_only() -> None:
    a, b = Stream("facts", "a"), Stream("shocks", "a", True)
    draws = pushed_draws(1, [a, b])
    assert draws.size == 3 * PATHS
    normal, uniform = (s.values(draws, 2).reshape(2, 3, PATHS) for s in (a, b))
    assert np.array_equal(normal[:, 0], normal[:, 2])
    assert np.allclose(np.abs(normal[:, 1] - normal[:, 0]), 2.0)
    assert np.array_equal(uniform[:, 0], uniform[:, 1])
    assert uniform[0, 0] == pytest.approx([1 / 2, 1 / 4, 1 / 8, 1 / 16, 1 / 32, 1 / 64, 1 / 128, 0.0])
    assert uniform[1, 0] == pytest.approx([0.0, 1 / 2, 1 / 4, 1 / 8, 1 / 16, 1 / 32, 1 / 64, 1 / 128])
    assert uniform[0, 2] == pytest.approx([1 / 2, 3 / 4, 7 / 8, 15 / 16, 31 / 32, 63 / 64, 127 / 128, 1.0])


# --- The real pack --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def found() -> dict[str, Provenance]:
    pack = load_pack("west_coast")
    (scenario,) = load_scenarios(pack, ["baseline"], None)
    targets = targets_of(pack, scenario)
    ids = ("forest_cover", "rail_length", "gdp_growth")
    return {id: rests_on(pack, scenario, targets, f"plan14.{id}.2025") for id in ids}


def by_id(provenance: Provenance) -> dict[str, Contribution]:
    made = {c.id: c for c in provenance.contributions if c.kind != "target"}
    assert len(made) == len([c for c in provenance.contributions if c.kind != "target"])
    return made


def test_forest_cover_by_hand(found: dict[str, Provenance]) -> None:
    provenance = found["forest_cover"]
    inputs = by_id(provenance)
    assert set(inputs) == {
        "forest_cover.2020", "west_coast.bounded_drift.forest_cover", "west_coast.bounded_volatility.forest_cover",
        "west_coast.bounded.forest_cover",
    }  # fmt: skip
    # Level = base + 5 drift + five shocks times a lognormal volatility; a range is 2 * 1.6449 standard deviations.
    drift = (5.0 * (0.06 + 0.03) / 2.0 / 1.6448536) ** 2
    spread = log(0.06 / 0.02) / 2.0 / 1.6448536
    shocks = 5.0 * 0.02 * 0.06 * exp(2.0 * spread**2)
    alone = 5.0 * 0.02 * 0.06 * exp(spread**2)  # of a shock with the mean volatility
    base = 0.01**2 / 12.0  # 23.09 ± 0.005
    total = drift + shocks + base
    for id, part in (
        ("bounded_drift.forest_cover", drift), ("bounded.forest_cover", alone),
        ("bounded_volatility.forest_cover", 0.0),
    ):  # fmt: skip
        made = inputs[f"west_coast.{id}"]
        assert made.share == pytest.approx(part / total, abs=4.0 * (made.error or 0.0) + 1e-9), id
    assert inputs["forest_cover.2020"].share == pytest.approx(base / total, abs=3e-4)
    assert provenance.remainder == pytest.approx((shocks - alone) / total, abs=4.0 * provenance.remainder_error)
    # mean 23.09 + 5 * 0.015 with the error of 10240 draws
    assert provenance.mean == pytest.approx(23.165, abs=4.0 * (total / DRAWS) ** 0.5)
    assert provenance.sd == pytest.approx(total**0.5, rel=0.03)


def test_rail_by_hand(found: dict[str, Provenance]) -> None:
    inputs = by_id(found["rail_length"])
    # Line 6 opens by 2025 with probability 0.8: 30.8 km or nothing; the other lines are open, or planned for 2027.
    assert found["rail_length"].sd == pytest.approx(30.8 * (0.8 * 0.2) ** 0.5, rel=0.02)
    chances = {id: made for id, made in inputs.items() if made.share is not None}
    assert {id: made.kind for id, made in chances.items()} == {"west_coast.rail_delay.line_6_first": "chance"}
    assert chances["west_coast.rail_delay.line_6_first"].share == pytest.approx(1.0, abs=0.01)
    assert chances["west_coast.rail_delay.line_6_first"].value == "0.45、0.35、0.15、0.05"
    used = {(c.kind, c.id) for c in found["rail_length"].contributions if c.share is None}
    assert used == {
        ("fact", "rail_length.2020"), ("assumption", "west_coast.rail.line_1_south"),
        ("assumption", "west_coast.rail.line_6_first"), ("target", "plan14.rail_length.2025"),
        ("target", "rail_length.2020"),
    }  # fmt: skip


def test_growth_rests_on_the_nation_and_on_the_first_year(found: dict[str, Provenance]) -> None:
    inputs = by_id(found["gdp_growth"])
    for id in ("world.national", "world.national_growth_2025", "west_coast.potential_growth_first_year",
               "west_coast.relative"):  # fmt: skip
        share, error = inputs[id].share, inputs[id].error
        assert share is not None
        assert error is not None
        assert share > 3.0 * error, id
    assert inputs["west_coast.potential_growth_first_year"].value == "5—8"
    assert {"world.rare_event", "world.rare_event_probability", "world.rare_event_size"} <= set(inputs)
    assert not {"forest_cover.2020", "population.2020", "west_coast.doctors", "qingdao.relative"} & set(inputs)
    # Reported growth of 2025 may lean to the plan's target of that year, not to the target of 2021.
    constant = {c.id for c in inputs.values() if c.share is None and c.kind == "fact"}
    assert constant == {"plan14.gdp_growth_average.2025"}
    judged = {c.id for c in found["gdp_growth"].contributions if c.kind == "target"}
    assert judged == {"plan14.gdp_growth.2025", "gdp_growth.2020", "plan14.gdp_growth.2025.tolerance"}


def test_ranges_of_a_scenario_and_its_projects_have_their_lines() -> None:
    pack = load_pack("west_coast")
    (scenario,) = load_scenarios(pack, ["plan_targets"], None)
    inputs = by_id(rests_on(pack, scenario, targets_of(pack, scenario), "plan14.manufacturing_share.2025", 5120))
    lever = inputs["levers.manufacturing_productivity"]
    assert (lever.kind, lever.scope.zh) == ("scenario", scenario.label.zh)
    file, _, row = lever.place.rpartition(":")
    line = (CALIBRATION.parent / file).read_text(encoding="utf-8").splitlines()[int(row) - 1]
    assert "manufacturing_productivity" in line
    assert lever.share is not None
    assert lever.error is not None
    assert lever.share > 3.0 * lever.error
    assert inputs["projects.key_industry_27"].kind == "chance"
    assert "levers.doctors" not in inputs


def test_a_city_rests_on_what_its_parts_have_in_common() -> None:
    pack = load_pack("qingdao")
    (scenario,) = load_scenarios(pack, ["baseline"], None)
    inputs = by_id(rests_on(pack, scenario, targets_of(pack, scenario), "plan14.household_income_growth.2025", 5120))
    related = {id.rpartition(".")[2]: made for id, made in inputs.items() if id.startswith("qingdao.related.")}
    # Real income: neither the prices of production nor the coverage of marine statistics nor fuels have to do with it.
    assert {"parameters", "relative", "home"} <= set(related)
    assert not {"price_industry", "coverage", "fuel"} & set(related)
    assert related["parameters"].value == "0.7"
    assert related["parameters"].share is None
    # The rest of the city is the city less the district: it rests on figures of both.
    assert {"gdp.2020.press", "west_coast.gdp.2020", "qingdao.income", "west_coast.income"} <= set(inputs)


def test_shares_are_parts_of_one(found: dict[str, Provenance]) -> None:
    for provenance in found.values():
        varying = [c for c in provenance.contributions if c.share is not None]
        assert sum(c.share or 0.0 for c in varying) <= 1.0 + 2.0 * provenance.remainder_error
        assert 0.0 <= provenance.remainder < 0.25
        assert [c.share for c in varying] == sorted((c.share or 0.0 for c in varying), reverse=True)
        assert all(c.share is None for c in provenance.contributions[len(varying) :])


def test_the_answer_is_the_same_every_time_and_only_for_targets_with_a_value(found: dict[str, Provenance]) -> None:
    pack = load_pack("west_coast")
    (scenario,) = load_scenarios(pack, ["baseline"], None)
    targets = targets_of(pack, scenario)
    assert rests_on(pack, scenario, targets, "plan14.forest_cover.2025") == found["forest_cover"]
    with pytest.raises(ValueError, match="not a target that is evaluated"):
        rests_on(pack, scenario, targets, "plan14.forest_cover.2026")
