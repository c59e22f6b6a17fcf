"""Steps, growth and named distributions: values by year, draws, and the way back from a recorded scenario."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sim.drivers.policy import assumption_values
from sim.errors import InputError
from sim.randomness import Array, Draws
from sim.scenario.distributions import FORMS, Distribution, values_at
from sim.scenario.load import resolved_text, scenario_of
from sim.scenario.parts import AssumptionPath, Statement
from tests.scenario_files import enter_project, load, scenario, write

PROJECT = Path(__file__).resolve().parent.parent
Z95 = 1.6448536269514722
YEARS = tuple(range(2020, 2031))
DRAWS = Draws(seed=1, block=0, sources=frozenset(("scenario",)))
Z = DRAWS.normal("scenario", "fdi_growth")[0]


@pytest.fixture(autouse=True)
def in_a_project_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    enter_project(tmp_path, monkeypatch)


def path_of(value: str, lever: str = "fdi_growth", horizon: int = 2030) -> AssumptionPath:
    return scenario(f"levers: {{{lever}: {value}}}", horizon).levers[lever]


def ends(path: AssumptionPath) -> dict[int, tuple[Any, Any]]:
    return {year: (low, high) for year, low, high in zip(path.years, path.low, path.high, strict=True)}


def drawn(value: str, lever: str = "fdi_growth") -> dict[int, Array]:
    """Values of a lever by year, over the draws of one block."""
    values = assumption_values(path_of(value, lever), DRAWS, YEARS, 0.0)
    return dict(zip(YEARS, values, strict=True))


def test_steps_hold_each_value_until_the_next_year_named() -> None:
    found = ends(path_of("{steps: {2022: 3, 2025: [1, 2], 2028: 0}}"))
    expected = {2021: (None, None), 2022: (3, 3), 2024: (3, 3), 2025: (1, 2), 2027: (1, 2), 2028: (0, 0), 2030: (0, 0)}
    assert {year: found[year] for year in expected} == expected


def test_growth_multiplies_by_the_rate_until_its_last_year() -> None:
    found = ends(path_of("{growth: {from: 2022, value: 4, rate: 50, to: 2025}}"))
    assert found[2021] == (None, None)
    assert [found[year][0] for year in (2022, 2023, 2024, 2025, 2026, 2030)] == [4, 6, 9, 13.5, 13.5, 13.5]
    falling = ends(path_of("{growth: {from: 2028, value: [8, 16], rate: -50}}"))
    assert [falling[year] for year in (2028, 2029, 2030)] == [(8, 16), (4, 8), (2, 4)]


def test_growth_is_held_against_the_bounds_at_the_horizon_of_the_child() -> None:
    text = "horizon: 2026\nlevers: {fdi_growth: {growth: {from: 2022, value: {uniform: [1, 20]}, rate: 10}}}\n"
    write("scenarios/parent.yaml", text)  # 20 × 1.1⁴ = 29.3 in 2026, 32.2 in 2027; the bound is 30
    assert load("parent").levers["fdi_growth"].years[-1] == 2026
    with pytest.raises(InputError, match=r"parent.yaml:2:77: .*2027 年达 32.21.*或加 to: 2026"):
        scenario("extends: parent\nhorizon: 2030\n")
    with pytest.raises(InputError, match="to: 2026"):
        load("parent", horizon=2030)
    assert scenario("extends: parent\nhorizon: 2030\nlevers: {fdi_growth: 1}\n").horizon == 2030


def test_growth_of_a_distribution_keeps_each_draw_in_its_place() -> None:
    rows = drawn("{growth: {from: 2022, value: {uniform: [1, 3]}, rate: 10, to: 2024}}")
    assert rows[2022].min() >= 1.0
    assert rows[2022].max() <= 3.0
    np.testing.assert_allclose(rows[2024], 1.21 * rows[2022], rtol=1e-12)


def test_the_shorthand_is_a_normal_by_its_percentiles_to_the_bit() -> None:
    rows = drawn("{2022: [1, 4], 2024: [3, 8]}")
    middle, spread = {2022: 2.5, 2023: 4.0, 2024: 5.5}, {2022: 3.0, 2023: 4.0, 2024: 5.0}
    for year in middle:
        assert np.array_equal(rows[year], middle[year] + spread[year] / 2.0 / Z95 * Z)
    assert not rows[2021].any()


def test_uniform_and_triangular_have_their_closed_forms_and_their_ends() -> None:
    rows = drawn("{uniform: [-2, 6]}")[2025]
    share = np.array([0.5 * math.erfc(-z / math.sqrt(2.0)) for z in Z])
    np.testing.assert_allclose(rows, -2 + 8 * share, atol=1e-12)
    rows = drawn("{triangular: [0, 2, 6]}")[2025]
    # F(x) = x²/12 up to the mode 2 (F = 1/3), 1 - (6-x)²/24 above.
    made = np.where(rows <= 2.0, rows**2 / 12.0, 1.0 - (6.0 - rows) ** 2 / 24.0)
    np.testing.assert_allclose(made, share, atol=1e-12)
    assert rows.min() >= 0.0
    assert rows.max() <= 6.0


def test_percentiles_of_every_distribution() -> None:
    assert ends(path_of("{uniform: [0, 10]}"))[2021] == pytest.approx((0.5, 9.5))
    low, high = ends(path_of("{triangular: [0, 2, 6]}"))[2021]
    assert (low, high) == pytest.approx((math.sqrt(0.6), 6 - math.sqrt(1.2)))
    assert ends(path_of("{normal: [3, 2]}"))[2021] == pytest.approx((3 - 2 * Z95, 3 + 2 * Z95))
    assert ends(path_of("{lognormal: [1, 9]}"))[2021] == (1.0, 9.0)


def test_a_lognormal_has_its_percentiles_and_its_median_between_them_as_a_ratio() -> None:
    points = values_at(Distribution("lognormal", (1.0, 9.0)), np.array([-Z95, 0.0, Z95]))
    np.testing.assert_allclose(points, [1.0, 3.0, 9.0], rtol=1e-12)


def test_a_named_normal_is_the_shorthand_but_ends_at_the_bounds_of_the_lever() -> None:
    named, short = drawn("{normal: [20, 6]}")[2025], drawn(f"[{20 - 6 * Z95!r}, {20 + 6 * Z95!r}]")[2025]
    assert (short > 30).any()  # 30 is the bound of the lever
    np.testing.assert_allclose(named, np.minimum(short, 30.0), rtol=1e-12)


def test_a_path_between_points_of_one_distribution_is_linear_in_its_numbers() -> None:
    path = path_of("{2022: {triangular: [0, 1, 2]}, 2026: {triangular: [4, 5, 10]}, 2028: 0}")
    shapes = dict(zip(path.years, path.shapes, strict=True))
    assert shapes[2021] is None
    assert shapes[2024] == Distribution("triangular", (2.0, 3.0, 6.0))
    assert shapes[2027] == Distribution("triangular", (2.0, 2.5, 5.0))
    assert shapes[2029] is None
    rows = drawn("{2022: {uniform: [0, 1]}, 2026: {uniform: [4, 9]}}")
    order = np.argsort(rows[2022])
    assert (np.diff(rows[2026][order]) >= 0).all()  # one standard normal moves all years


def test_a_range_beside_a_normal_is_one_and_other_pairs_are_refused() -> None:
    path = path_of(f"{{2022: {{normal: [2, 1]}}, 2024: [{4 - 3 * Z95!r}, {4 + 3 * Z95!r}]}}")
    shape = dict(zip(path.years, path.shapes, strict=True))[2023]
    assert shape is not None
    assert shape.numbers == pytest.approx((3.0, 2.0))
    with pytest.raises(InputError, match="2025: 与 2022 年的写法不同"):
        path_of("{2022: {uniform: [1, 2]}, 2025: [1, 2]}")
    assert path_of("{2022: {uniform: [1, 2]}, 2023: [1, 2]}").low[2] == 1.0  # no year lies between
    assert path_of("{steps: {2022: {uniform: [1, 2]}, 2025: [1, 2]}}").low[-1] == 1.0


def test_switched_off_a_distribution_is_at_its_median() -> None:
    still = Draws(seed=1, block=0, sources=frozenset(), size=1)
    values = assumption_values(path_of("{triangular: [0, 2, 6]}"), still, YEARS, 0.0)
    assert values[-1, 0] == pytest.approx(6 - math.sqrt(12))


NUMBERS = st.integers(-30_000, 30_000).map(lambda thousandths: thousandths / 1000)
NORMALS = st.integers(-6000, 6000).map(lambda thousandths: thousandths / 1000)


@given(st.lists(NUMBERS, min_size=3, max_size=3).map(sorted), st.lists(NORMALS, min_size=2, max_size=9))
def test_every_distribution_rises_with_its_normal_and_stays_within_its_ends(
    numbers: list[float], normals: list[float]
) -> None:
    least, mode, most = numbers
    at = np.array(sorted(normals))
    spread = abs(mode) + 0.1
    forms = {
        "uniform": (least, most),
        "triangular": (least, mode, most),
        "normal": (least, spread),
        "lognormal": (spread, spread + most - least),
    }
    assert set(forms) == set(FORMS)
    for name, chosen in forms.items():
        values = values_at(Distribution(name, chosen), at)
        assert (np.diff(values) >= -1e-9).all()
        if FORMS[name].bounded:
            assert (least - 1e-9 <= values).all()
            assert (values <= most + 1e-9).all()


ANY_NUMBER = st.floats() | st.integers() | st.sampled_from([0, 1, 2.5, -3, 2022, 1e308, 5e-324, -1e308])
ANY_VALUE = st.recursive(
    ANY_NUMBER | st.text("1，：％[]年~", max_size=5) | st.none() | st.booleans(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["steps", "growth", "from", "to", "value", "rate", *FORMS, "step", "２０２２", "2022年"])
            | st.integers(2018, 2040),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)


@given(ANY_VALUE)
def test_whatever_stands_behind_a_lever_is_read_or_refused(value: Any) -> None:
    try:
        found = scenario(yaml.safe_dump({"levers": {"fdi_growth": value}, "world": {"world_trade": value}}))
    except InputError as error:
        error.show("en")
        return
    text = json.loads(json.dumps(resolved_text(found), allow_nan=False))
    assert scenario_of(text, base_year=2020) == found
    for path in (*found.levers.values(), *found.world.values()):
        drawn_values = assumption_values(path, DRAWS, YEARS, 0.0)
        assert np.isfinite(drawn_values).all()


# The way back from a recorded scenario

FILES = [*sorted((PROJECT / "scenarios").glob("*.yaml")), *sorted((PROJECT / "docs/examples").glob("[fp]*.yaml"))]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_scenario_comes_back_from_its_text(path: Path) -> None:
    from sim.cli.inputs import load_pack, load_scenarios

    (found,) = load_scenarios(load_pack("west_coast"), [str(path)], None)
    text = json.loads(json.dumps(resolved_text(found)))
    assert scenario_of(text, base_year=2020) == found
    assert resolved_text(scenario_of(text)) == resolved_text(found)


def test_a_scenario_with_every_form_comes_back_and_draws_the_same() -> None:
    found = scenario(
        "levers: {fdi_growth: {2023: {triangular: [0, 2, 6]}, 2026: 1}, new_jobs: {steps: {2022: {uniform: [0, 1]}}}}\n"
        "world: {world_trade: {lognormal: [1, 4]}}\nquestion: 问\nasked_by: 区长\n"
        "rests_on: [{document: plan14, line: 3, quote: 原文, note: 折算}]\n"
    )
    assert (found.asked_by, found.rests_on) == ("区长", (Statement("plan14", 3, "原文", "折算"),))
    text = json.loads(json.dumps(resolved_text(found)))
    assert text["levers"]["fdi_growth"]["2023"] == {"triangular": [0.0, 2.0, 6.0]}
    assert scenario_of(text, base_year=2020) == found
    bare = scenario_of(text).levers["fdi_growth"]  # without the base year: only years with a value
    assert bare.years[0] == 2023
    whole = assumption_values(found.levers["fdi_growth"], DRAWS, YEARS, 0.0)
    assert np.array_equal(assumption_values(bare, DRAWS, YEARS, 0.0), whole)


@pytest.mark.parametrize("damage", ["horizon", "levers", "files", "label"])
def test_a_damaged_record_is_an_input_error(damage: str) -> None:
    text = resolved_text(scenario("levers: {fdi_growth: 1}"))
    with pytest.raises(InputError, match="损坏"):
        scenario_of({key: value for key, value in text.items() if key != damage})
    with pytest.raises(InputError, match="损坏"):
        scenario_of({**text, "levers": {"fdi_growth": {"2022": {"cauchy": [1, 2]}}}})
    with pytest.raises(InputError, match="损坏"):
        scenario_of({**text, "levers": {"fdi_growth": {"2019": [1, 2]}}}, base_year=2020)


def test_what_is_said_about_a_scenario_is_its_own_and_changes_no_number() -> None:
    from sim.output.store import fingerprint

    write("scenarios/a.yaml", "asked_by: 区长\nrests_on: [{document: d, line: 1, quote: q}]\nlevers: {fdi_growth: 1}")
    child = scenario("extends: a")
    assert (child.asked_by, child.rests_on) == ("", ())
    parent, bare = load("a"), scenario("levers: {fdi_growth: 1}")
    keys = [fingerprint({"scenario": {**resolved_text(each), "name": "x", "label": {}}}) for each in (parent, bare)]
    assert keys[0] == keys[1]
