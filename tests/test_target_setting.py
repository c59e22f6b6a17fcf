"""Values at given probabilities, rounding, wording, sets and their relaxation: against hand work and closed forms."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from sim.cli.inputs import load_pack
from sim.cli.solve.values_above import above_text
from sim.language import Text
from sim.randomness import generator
from sim.target_setting.goals import Goal, relaxations
from sim.target_setting.periods import Period, counted, kind_of, period_of, plan_base
from sim.target_setting.reach import near, percentile, reached, reached_error
from sim.target_setting.rounding import (
    down,
    finer_step,
    nearest,
    next_step,
    shown,
    shown_unit,
    spread_step,
    step_above,
    step_below,
    up,
    written,
)
from sim.target_setting.rows import _reported
from sim.target_setting.wording import Case, Suggestion, suggested
from sim.target_setting.words import place, tenths

NORMAL = generator(7, "target-setting-test", 0).standard_normal(200_000)


def test_values_of_a_normal_sample_are_its_known_quantiles() -> None:
    values = 50.0 + 4.0 * NORMAL
    # z of 10, 30, 50 and 70 % of the standard normal, from tables.
    for probability, z in ((0.9, -1.281552), (0.7, -0.524401), (0.5, 0.0), (0.3, 0.524401)):
        assert reached(values, probability) == pytest.approx(50.0 + 4.0 * z, abs=0.06)
        assert reached(values, probability, less=True) == pytest.approx(50.0 - 4.0 * z, abs=0.06)


def test_the_error_of_a_quantile_is_that_of_the_asymptotic_formula() -> None:
    # sqrt(p (1 - p) / n) / density: at the 30 % quantile of the standard normal the density is 0.347693.
    expected = math.sqrt(0.3 * 0.7 / 20_000) / 0.347693
    assert reached_error(NORMAL, 0.3, 20_000) == pytest.approx(expected, rel=0.08)
    assert reached_error(NORMAL, 0.3, 5_000) == pytest.approx(2.0 * expected, rel=0.08)


def test_percentiles_flip_with_the_direction_and_count_ties_half() -> None:
    values = np.array([1.0, 2.0, 2.0, 3.0])
    assert percentile(values, 2.0) == 0.5
    assert percentile(values, 3.0) == 0.875
    assert percentile(values, 3.0, less=True) == 0.125
    assert percentile(values, 0.0) == 0.0


def test_draws_near_the_expected_value_end_there() -> None:
    values = np.arange(100.0)
    # Reached with 65 to 75 %: ranks 25 to 34 from below, or from above where less is better.
    assert sorted(values[near(values, 0.7, 0.05)]) == list(range(25, 35))
    assert sorted(values[near(values, 0.7, 0.05, less=True)]) == list(range(65, 75))
    assert len(near(np.array([4.0]), 0.7, 0.05)) == 1


@pytest.mark.parametrize(
    ("size", "step"),
    [(0.91, 1.0), (0.9, 0.5), (4.6, 5.0), (4.5, 1.0), (0.455, 0.5), (0.3, 0.1), (503.0, 500.0), (1000.0, 1000.0)],
)
def test_steps_are_ones_and_fives_and_exceed_the_size_by_a_tenth_at_most(size: float, step: float) -> None:
    assert step_below(size) == step


def test_steps_have_neighbours() -> None:
    assert [next_step(s) for s in (0.1, 0.5, 1.0, 50.0)] == [0.5, 1.0, 5.0, 100.0]
    assert [finer_step(s) for s in (0.5, 1.0, 5.0, 100.0)] == [0.1, 0.5, 1.0, 50.0]
    assert [step_above(s) for s in (3.7, 5.0, 6.2)] == [5.0, 5.0, 10.0]
    with pytest.raises(ValueError, match="positive"):
        step_below(0.0)


def test_rounding_goes_towards_what_is_easier() -> None:
    assert (down(38.7, 0.5), up(38.7, 0.5), nearest(38.7, 0.5)) == (38.5, 39.0, 38.5)
    assert (down(0.3, 0.1), up(0.3, 0.1)) == (0.3, 0.3)  # 0.3 / 0.1 is 2.999… in binary
    assert (down(-0.2, 0.5), written(-0.5)) == (-0.5, "−0.5")
    assert [shown_unit(s) for s in (0.1, 0.5, 1.0, 5.0, 500.0)] == [0.1, 0.1, 0.1, 0.1, 10.0]
    assert (shown(7759.0, 10.0), shown(0.04, 0.1), shown(-1.26, 0.1)) == ("7760", "0.0", "−1.3")
    assert spread_step(3.36, 6.35, 5.5) == 0.5  # a quarter of 2.99 is 0.75
    assert spread_step(116.0, 116.0, 116.0) == 1.0  # certain: three digits


def case(**changes: object) -> Case:
    """A share that rises from 30 to about 40, with a uniform forecast from 25 to 55."""
    made = Case(
        "marine_share", "level", "%", 1, 28.0, 34.0, 40.0, 46.0, lambda v: min(1.0, max(0.0, (55 - v) / 30)), 30.0
    )
    return replace(made, **changes)  # type: ignore[arg-type]


#: Rule, what differs from the case above, words, value and threshold; worked by hand from the table in the docs.
WORDINGS = [
    ("rise", {}, "≥34", 34.0, 34.0),  # a quarter of 18 is 4.5: step 1, as 5 is above 4.95
    ("rise", {"safe": 30.0, "ambitious": 50.0, "expected": 34.9, "base": 33.5}, "≥34", 34.0, 34.0),  # 30 is no rise
    ("steady", {"safe": 30.0, "ambitious": 50.0, "expected": 34.9, "base": 34.2}, "保持在35左右", 35.0, 30.0),
    ("rise", {"safe": 20.0, "ambitious": 48.0, "expected": 34.9, "base": 12.0}, "≥34", 34.0, 34.0),  # 30: 83.3 %
    ("steady", {"base": 38.0, "middle": 37.5}, "保持在38左右", 38.0, 37.0),
    ("fall", {"base": 45.0}, "不低于34", 34.0, 34.0),
    ("index", {"index": True}, "—", None, None),
    ("interval", {"direction": 0}, "—", None, None),
    ("kept", {"kept": 23.09}, "≥23.09", 23.09, 23.09),
    ("assigned", {"binding": True}, "完成上级下达", None, None),
    ("above", {"binding": True, "above": 33.0}, "≥33", 33.0, 33.0),  # 73 % likely
    ("above", {"above": 36.0}, "≥36", 36.0, 36.0),  # more than one would write oneself, 63 % likely
    ("rise", {"above": 33.0}, "≥34", 34.0, 34.0),  # less than one would write oneself
    ("rise", {"above": 45.0}, "≥34", 34.0, 34.0),  # 33 % likely
    ("assigned", {"binding": True, "above": 45.0}, "完成上级下达", None, None),
    ("assigned", {"binding": True, "above": 29.0}, "完成上级下达", None, None),  # reached already
    ("sum", {"kind": "sum", "base": None}, "[34]", 34.0, 34.0),
    ("sum", {"kind": "sum", "base": None, "years": 10}, "累计34", 34.0, 34.0),  # brackets are for five years
    ("sum", {"kind": "sum", "base": None, "years": 1}, "34", 34.0, 34.0),
    ("reduction", {"kind": "reduction", "base": None, "years": 1}, "降低34%", 34.0, 34.0),
    ("growth", {"kind": "average", "base": None, "years": 1}, "增长34%以上", 34.0, 34.0),
    ("reduction", {"kind": "reduction", "base": None}, "累计降低34%", 34.0, 34.0),
    ("growth", {"kind": "average", "base": None}, "年均增长34%以上", 34.0, 34.0),
    (
        "growth",
        {"kind": "average", "base": None, "safe": -6.0, "expected": 0.4, "middle": 3.0, "ambitious": 6.0,
         "likely": lambda v: 0.7},
        "规模总体稳定", None, 0.0,
    ),
    (
        "about",
        {"indicator": "gdp_growth", "kind": "average", "base": None, "safe": 3.4,
         "expected": 4.6, "middle": 5.5, "ambitious": 6.4},
        "年均增长5%左右", 5.0, 4.5,
    ),  # a quarter of 3 is 0.75: step 0.5; 4.6 + 0.5 rounded down
    (
        "about",
        {"indicator": "gdp_growth", "kind": "average", "base": None, "safe": 6.3,
         "expected": 6.8, "middle": 7.1, "ambitious": 7.4},
        "年均增长7%左右", 7.0, 6.5,
    ),  # never finer than half a point: 7.3 rounded down
    (
        "about",
        {"indicator": "population", "unit": "万人", "safe": 213.3,
         "expected": 219.3, "middle": 223.5, "ambitious": 227.9, "base": 208.4},
        "220左右", 220.0, 217.5,
    ),  # a quarter of 14.6 is 3.65: the step above is 5
    (
        "less",
        {"direction": -1, "safe": 46.0, "expected": 40.2, "middle": 34.0, "ambitious": 28.0,
         "likely": lambda v: 0.7, "base": 50.0},
        "控制在41以内", 41.0, 41.0,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "changes", "words", "value", "threshold"), WORDINGS)
def test_wordings_follow_the_table_of_rules(
    rule: str, changes: dict[str, object], words: str, value: float | None, threshold: float | None
) -> None:
    found = suggested(case(**changes))
    assert (found.rule, found.words.zh, found.value, found.threshold) == (rule, words, value, threshold)


@pytest.mark.parametrize(
    ("changes", "remark"),
    [
        # The step is 1: kept at 38 is met from 37, which the expected value of 34 is not.
        ({"base": 38.0, "middle": 37.5}, "只有中位与起点相当，按不低于37计"),
        ({"base": 38.0, "expected": 37.2, "middle": 37.5}, "预期值与起点相当，按不低于37计"),
        ({"base": 38.0, "middle": 37.5, "last": (2023, 40.0)},
         "只有中位与起点相当，按不低于37计；低于最近公布的40（2023年）"),
        ({"base": 38.0, "middle": 37.5, "last": (2023, 38.9)}, "只有中位与起点相当，按不低于37计"),
        ({"last": (2023, 30.0)}, None),  # 34 is more than was reported
        ({"direction": -1, "safe": 46.0, "expected": 40.2, "middle": 34.0, "ambitious": 28.0,
          "likely": lambda v: 0.7, "last": (2022, 36.5)}, "高于最近公布的36.5（2022年）"),
    ],
)  # fmt: skip
def test_remarks_say_when_a_value_gives_up_ground(changes: dict[str, object], remark: str | None) -> None:
    found = suggested(case(**changes)).remark
    assert (None if found is None else found.zh) == remark


def test_a_period_that_is_over_is_the_published_one_or_made_of_all_its_years() -> None:
    pack = load_pack("west_coast")
    assert _reported(pack, Period("gdp_growth", "average", 2016, 2020)) == 8.0  # published as such; 2019 is not known
    # 10.3, 4.8 and 6: 1.103 x 1.048 x 1.06 = 1.225301, its third root 1.070075.
    assert _reported(pack, Period("gdp_growth", "average", 2021, 2023)) == pytest.approx(7.0075, abs=1e-4)
    assert _reported(pack, Period("gdp_growth", "average", 2021, 2025)) is None


def test_words_of_rounding_stand_where_they_are_read() -> None:
    one = {"level": "全市", "level_en": "the city", "printed": "4", "unit": "万美元", "quote": "", "total": False}
    assert above_text([{**one, "rounding": "超过"}], "zh") == "全市超过4万美元"
    assert above_text([{**one, "rounding": "左右"}], "zh") == "全市4万美元左右"
    assert above_text([], "zh") == "—"


def test_a_number_carried_on_is_shown_as_finely_as_it_was_printed() -> None:
    assert suggested(case(kept=23.09)).shown == 0.01
    assert Suggestion("rise", Text("", ""), 34.0, 34.0, 1.0).shown == 0.1


def test_words_for_chances_and_places() -> None:
    shares = (0.0, 0.049, 0.05, 0.1, 0.42, 0.73, 0.95, 0.951, 1.0)
    told = ["不到半成", "不到半成", "约半成", "约一成", "约四成", "约七成半", "约九成半", "九成半以上", "九成半以上"]
    assert [tenths(share).zh for share in shares] == told
    assert place(0.95).zh == "低于稳妥值，保底"
    assert place(0.6).zh == "在预期值与中位之间，适中"
    assert place(0.05).zh == "远高于奋斗值，难度很大"


def test_periods_count_from_the_plan_before() -> None:
    assert plan_base((2030, 2035), 2020) == 2025
    assert plan_base((2035,), 2020) == 2030
    assert plan_base((2028, 2035), 2020) == 2025
    assert plan_base((2022,), 2021) == 2021  # never before the model's base year
    kinds = {name: kind_of(name) for name in ("gdp", "gdp_growth", "new_urban_jobs", "co2_intensity_reduction")}
    assert list(kinds.values()) == ["level", "average", "sum", "reduction"]
    assert kind_of("gdp_growth_average") == "level"  # counted from the base year already
    assert period_of("gdp_growth", 2030, 2025).years == (2026, 2027, 2028, 2029, 2030)
    assert period_of("gdp", 2030, 2025).years == (2030,)


def test_periods_compound_and_add_up() -> None:
    yearly = [np.array([10.0]), np.array([21.0])]
    assert counted("average", yearly)[0] == pytest.approx(100.0 * (math.sqrt(1.1 * 1.21) - 1.0))
    assert counted("reduction", yearly)[0] == pytest.approx(100.0 * (1.0 - 0.9 * 0.79))
    assert counted("sum", yearly)[0] == 31.0
    assert counted("level", yearly)[0] == 21.0


def goal(name: str, gap: list[float], step: float | None) -> Goal:
    short = np.array(gap)
    return Goal(name, "marine_share", 2030, Text(name, name), name, "%", 0.5, step, True, -short, short)


def test_relaxing_by_hand_and_never_for_the_worse() -> None:
    # Ten draws. A alone fails 1, 2; B alone fails 3; both fail 4. Half a step short is met when eased by a step.
    a = goal("a", [0.4, 2.0, 0.0, 0.5, 0, 0, 0, 0, 0, 0], 1.0)
    b = goal("b", [0.0, 0.0, 0.3, 0.6, 0, 0, 0, 0, 0, 0], 0.5)
    c = goal("c", [0.0] * 10, None)  # a direction: nothing to ease
    found = {one.id: one for one in relaxations([a, b, c], 10)}
    assert set(found) == {"a", "b"}
    assert found["a"].all_met == pytest.approx(0.7)  # draw 1 is won; 2 is too far, 4 fails on b
    assert found["a"].gain == pytest.approx(0.1)
    assert found["b"].gain == pytest.approx(0.1)  # draw 3
    assert found["a"].standard_error == pytest.approx(math.sqrt(0.1 * 0.9 / 10))
    gains = [
        next(one.gain for one in relaxations([replace(a, step=step), b], 10) if one.id == "a")
        for step in (0.1, 0.4, 1.0, 2.0)
    ]
    assert gains == sorted(gains) == pytest.approx([0.0, 0.1, 0.1, 0.2])
