"""The house colours as the colour-blind see them and as they come out in black and white."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest

from sim.charts.palette import BESIDE, INDUSTRIES, LEAST_DIFFERENCE, MARKERS, SCENARIOS
from sim.charts.vision import EYES, MACHADO, ciede2000, difference, lab, seen_light

# Pairs and differences published with the formula (Sharma, Wu and Dalal 2005, table 1).
PUBLISHED = (
    ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
    ((50.0, -1.0, 2.0), (50.0, 0.0, 0.0), 2.3669),
    ((50.0, 2.49, -0.001), (50.0, -2.49, 0.0009), 7.1792),
    ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
    ((50.0, 2.5, 0.0), (61.0, -5.0, 29.0), 22.8977),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
)


@pytest.mark.parametrize(("one", "other", "wanted"), PUBLISHED)
def test_difference_is_the_published_one(
    one: tuple[float, float, float], other: tuple[float, float, float], wanted: float
) -> None:
    assert ciede2000(one, other) == pytest.approx(wanted, abs=5e-5)
    assert ciede2000(other, one) == pytest.approx(wanted, abs=5e-5)


def test_lab_of_known_colours() -> None:
    assert lab(seen_light("#ffffff", "usual")) == pytest.approx((100.0, 0.0, 0.0), abs=0.02)
    assert lab(seen_light("#ff0000", "usual")) == pytest.approx((53.24, 80.09, 67.20), abs=0.02)


@pytest.mark.parametrize("eyes", MACHADO)
def test_the_colour_blind_see_greys_as_they_are(eyes: str) -> None:
    assert all(sum(row) == pytest.approx(1.0, abs=1e-5) for row in MACHADO[eyes])
    assert difference("#808080", "#808080", eyes) == 0.0
    assert ciede2000(lab(seen_light("#808080", eyes)), lab(seen_light("#808080", "usual"))) < 0.01


def test_the_simulation_finds_what_cannot_be_told_apart() -> None:
    """A green and a brown of one lightness: far apart to most, close to the red- and green-blind, one in grey."""
    green, brown = "#508a3c", "#9a7436"
    assert difference(green, brown) > 25.0
    assert difference(green, brown, "deuteranopia") < LEAST_DIFFERENCE
    assert difference(green, brown, "grey") < 2.0


@pytest.mark.parametrize("eyes", EYES)
def test_colours_that_stand_side_by_side_differ_to_all_eyes(eyes: str) -> None:
    close = {pair: difference(*pair, eyes) for pair in BESIDE if difference(*pair, eyes) < LEAST_DIFFERENCE}
    assert close == {}


def test_every_pair_of_industries_and_of_the_first_three_scenarios_is_checked() -> None:
    checked = {frozenset(pair) for pair in BESIDE}
    for colours in (tuple(INDUSTRIES.values()), SCENARIOS[:3]):
        assert {frozenset(pair) for pair in combinations(colours, 2)} <= checked


def test_ten_scenarios_have_marks_of_their_own_and_neighbours_differ_to_all_eyes() -> None:
    assert len(set(MARKERS)) == len(MARKERS) == len(SCENARIOS) == 10
    assert min(difference(*pair, eyes) for pair in pairwise(SCENARIOS) for eyes in EYES) >= LEAST_DIFFERENCE
