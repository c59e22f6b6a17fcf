"""Numbers packed as text, and curves that give a stored probability back exactly. Expected values are by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from sim.language import Text
from sim.material import View
from sim.webpage.codes import ALPHABET, packed, stepped, width_for
from sim.webpage.curves import curve, share_below

TOP = len(ALPHABET) - 1


def view(values: Sequence[float | None], levels: Sequence[float], *targets: dict[str, Any]) -> View:
    record = {"indicator": "x", "year": 2030, "values": list(values)}
    shown = [{"indicator": "x", "year": 2030, "p50": 10.0}]
    document = {
        "distributions": {"levels": list(levels), "values": [record]},
        "targets": list(targets),
        "indicators": shown,
    }
    return View("s", Text("情景", "scenario"), document, {}, "0" * 12)


def target(operator: str, value: float, probability: float, **more: float) -> dict[str, Any]:
    found: dict[str, Any] = {"indicator": "x", "year": 2030, "operator": operator, "value": value, "p50": 10.0}
    return found | {"probability": probability, "value_high": None, "tolerance": None} | more


def exact(found: list[Any] | None) -> list[tuple[float, float]]:
    """The exact points of a curve: what stands behind first value, largest rise and codes."""
    assert found is not None
    return list(zip(found[3::2], found[4::2], strict=True))


def read(found: list[Any]) -> list[float]:
    """The values of a curve by the rule that its reader follows."""
    values = [found[0]]
    for code in found[2]:
        values.append(values[-1] + found[1] * (ALPHABET.index(code) / TOP) ** 2)
    return values


def test_alphabet_is_safe_in_html_json_and_for_the_guard() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET)
    assert not set(ALPHABET) & set("<>&\"'\\/`~abcdef \n")


def test_whole_numbers_are_packed_digit_by_digit() -> None:
    assert packed([5, 6, None, 15], 5, 1) == "01~A"
    base = len(ALPHABET)
    assert packed([base, base + 1, 0], 0, 2) == "101100"
    assert [width_for(n) for n in (0, base - 1, base, base**2 - 1, base**2)] == [1, 1, 2, 2, 3]


def test_rises_are_told_by_the_square_of_their_digit() -> None:
    assert stepped([0.0, 4.0, 5.0, 5.0]) == (0.0, 4.0, ALPHABET[TOP] + ALPHABET[round(0.5 * TOP)] + "0")
    assert stepped([3.0, 3.0]) == (3.0, 0.0, "0")


def test_errors_of_rises_do_not_add_up() -> None:
    values = [place**1.5 for place in range(45)]
    first, largest, codes = stepped(values)
    for told, value in zip(read([first, largest, codes]), values, strict=True):
        assert abs(told - value) < 2 / TOP * largest / 2 + 1e-9  # half the widest step of a digit


def test_share_below_is_linear_between_points() -> None:
    points = [(0.0, 0.1), (10.0, 0.2), (20.0, 0.8)]
    assert share_below(points, 5.0) == pytest.approx(0.15)
    assert share_below(points, 10.0) == 0.2
    assert (share_below(points, -1.0), share_below(points, 21.0)) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("stored", "points"),
    [
        (target(">=", 5.0, 0.65), [(5.0, 0.35)]),
        (target("<=", 5.0, 0.35), [(5.0, 0.35)]),
        (target("about", 6.0, 0.65, tolerance=1.0), [(5.0, 0.35)]),
        (target(">=", 50.0, 0.0), [(50.0, 1.0)]),
        (target(">=", -50.0, 1.0), [(-50.0, 0.0)]),
        (target("between", 5.0, 0.45, value_high=12.0), [(5.0, 0.3), (12.0, 0.75)]),
        (target("above", 5.0, 0.65), []),  # against another region: not this indicator's curve
        (target("cumulative", 5.0, 0.65), []),
        (target(">=", 5.0, 0.65, p50=4.0), []),  # judged by another quantity, as a fall since the plan's own start
        (target(">=", 5.0, 0.65, p50=10.0 + 1e-7), [(5.0, 0.35)]),
    ],
)
def test_stored_probabilities_fix_points(stored: dict[str, Any], points: list[tuple[float, float]]) -> None:
    found = exact(curve(view([0.0, 10.0, 20.0], [0.1, 0.5, 0.9], stored), "x", 2030))
    assert [x for x, _ in found] == [x for x, _ in points]
    assert [y for _, y in found] == pytest.approx([y for _, y in points])


def test_both_ends_of_a_span_fit_the_lower_target() -> None:
    targets = (target("between", 7.5, 0.14, value_high=8.5), target("about", 8.0, 0.4, tolerance=0.5))
    found = exact(curve(view([0.0, 10.0, 20.0], [0.1, 0.5, 0.9], *targets), "x", 2030))
    assert found == [(7.5, 0.6), (8.5, 0.74)]


def test_many_simulations_at_one_value_make_a_jump() -> None:
    levels = [0.1, 0.3, 0.5, 0.7, 0.9]
    found = exact(curve(view([1.0, 5.0, 5.0, 5.0, 9.0], levels, target(">=", 5.0, 0.8)), "x", 2030))
    assert [x for x, _ in found] == [5.0, 5.0]
    assert [y for _, y in found] == pytest.approx([0.2, 0.7])


def test_points_never_fall() -> None:
    targets = (target(">=", 5.0, 0.5), target(">=", 6.0, 0.6))  # cannot both hold: of the two the first does
    assert exact(curve(view([0.0, 10.0], [0.1, 0.9], *targets), "x", 2030)) == [(5.0, 0.5)]


def test_no_curve_without_values() -> None:
    assert curve(view([None, None], [0.1, 0.9]), "x", 2030) is None
    assert curve(view([0.0, 1.0], [0.1, 0.9]), "y", 2030) is None
    empty = View("s", Text("", ""), {"distributions": None, "targets": []}, {}, "0" * 12)
    assert curve(empty, "x", 2030) is None
