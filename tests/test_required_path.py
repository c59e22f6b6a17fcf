"""The way to a target: windows of history by hand, what is needed by hand, and the draws that bring it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.target_setting.history import (
    History,
    Window,
    change_a_year,
    growth_a_year,
    mean,
    pair_windows,
    reduction_a_year,
    run_windows,
)
from sim.targets.known import average_growth
from tests.running import call

LEVELS = {2010: (100.0, "a"), 2012: (121.0, "b"), 2013: (110.0, "c"), 2014: (146.41, "d")}


def test_windows_between_levels_need_both_ends_on_one_basis() -> None:
    found = pair_windows(LEVELS, 2, growth_a_year, lambda one, other: True)
    assert [(w.first, w.last, w.facts) for w in found] == [(2011, 2012, ("a", "b")), (2013, 2014, ("b", "d"))]
    assert [w.value for w in found] == pytest.approx([10.0, 10.0])  # 1.1² and 1.21 = 1.1²
    apart = pair_windows(LEVELS, 2, growth_a_year, lambda one, other: one == 2010)
    assert [w.first for w in apart] == [2011]
    assert [w.value for w in pair_windows(LEVELS, 4, change_a_year, lambda one, other: True)] == pytest.approx(
        [46.41 / 4]
    )


def test_windows_of_yearly_rates_need_every_year() -> None:
    rates = {2016: (10.0, "a"), 2017: (21.0, "b"), 2019: (5.0, "c"), 2020: (2.0, "d"), 2021: (8.0, "e")}
    two = run_windows(rates, 2, average_growth)
    assert [(w.first, w.last) for w in two] == [(2016, 2017), (2019, 2020), (2020, 2021)]
    assert two[0].value == pytest.approx(100.0 * (np.sqrt(1.1 * 1.21) - 1.0))
    assert [w.first for w in run_windows(rates, 3, mean)] == [2019]
    assert run_windows(rates, 3, mean)[0].value == 5.0
    assert reduction_a_year([10.0, 19.0]) == pytest.approx(100.0 * (1.0 - np.sqrt(0.9 * 0.81)))


def test_growth_needs_positive_levels() -> None:
    assert growth_a_year(0.0, 5.0, 2) is None
    assert growth_a_year(5.0, -1.0, 2) is None


def test_reaching_counts_equal_and_flips_where_less_is_wanted() -> None:
    windows = tuple(Window(2011 + i, 2011 + i, value, ()) for i, value in enumerate((2.0, 5.0, 7.0)))
    found = History("here", 1, 1, windows)
    assert (found.reached(5.0), found.reached(5.0, less=True), found.short) == (2, 2, False)
    assert History("here", 4, 2, windows).short


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The paths of the plan's rows, of drafts, and of a file."""
    folder = tmp_path_factory.mktemp("required_path")
    own = folder / "own.yaml"
    own.write_text(
        "targets:\n"
        '  - {id: own.gdp, indicator: gdp, year: 2030, operator: ">=", value: 7500}\n'
        '  - {id: own.growth, indicator: gdp_growth, first_year: 2021, year: 2030, operator: ">=", value: 6}\n'
        '  - {id: own.jobs, indicator: new_urban_jobs, first_year: 2026, year: 2030, operator: ">=", value: 36}\n'
        "  - {id: own.carbon, indicator: co2_intensity_reduction, first_year: 2026, year: 2030, "
        'operator: ">=", value: 20}\n'
        '  - {id: own.share, indicator: services_share, year: 2030, operator: ">=", value: 68}\n'
        '  - {id: own.use, indicator: energy_use, year: 2030, operator: "<=", value: 120}\n',
        encoding="utf-8",
    )
    named = ("plan14.gdp_growth.2025", "plan14.gdp_growth.2025.average", "plan14.household_income_growth.2025",
             "plan14.forest_cover.2025", "plan14.marine_share.2025", "plan15_draft.schooling_years.2030")  # fmt: skip
    targets = [word for name in named for word in ("--target", name)]
    out = ("--draws", "2000", "--json", "--proposed", str(own), "--out", str(folder / "out"))
    code, text, err = call("solve", "--required-path", *targets, *out)
    assert code == 0, err
    found: dict[str, Any] = json.loads(text)
    return found | {"folder": folder}


def of(document: dict[str, Any], id: str) -> dict[str, Any]:
    return next(one for one in document["targets"] if one["id"] == id)


def test_levels_of_money_need_growth_from_the_last_figure(document: dict[str, Any]) -> None:
    one = of(document, "own.gdp")
    assert (one["start"]["year"], one["start"]["value"]) == (2023, 5003.38)
    needed = one["needed"]
    assert (needed["kind"], needed["first"], needed["last"]) == ("growth", 2024, 2030)
    assert needed["value"] == pytest.approx(100.0 * ((7500.0 / 5003.38) ** (1 / 7) - 1.0))
    assert "现价" in one["basis"]


def test_a_later_figure_that_does_not_count_is_said(document: dict[str, Any]) -> None:
    # 40 was published for 2023, on the classification of 2021; the target stands on that of 2006.
    start = of(document, "plan14.marine_share.2025")["start"]
    assert (start["year"], start["value"]) == (2020, 37.0)
    assert any("2023年" in remark and "海洋2021年版分类" in remark for remark in start["remarks"])
    assert of(document, "own.gdp")["start"]["remarks"] == []


def test_averages_must_make_up_for_the_years_that_are_over(document: dict[str, Any]) -> None:
    # 10.3, 4.8 and 6.0 % were published for 2021 to 2023; seven years are left of ten.
    one = of(document, "own.growth")
    done = 1.103 * 1.048 * 1.06
    assert one["needed"]["value"] == pytest.approx(100.0 * ((1.06**10 / done) ** (1 / 7) - 1.0))
    average = of(document, "plan14.gdp_growth.2025.average")  # about 8: met from 7.5 on
    assert average["wanted"] == 7.5
    assert average["needed"]["value"] == pytest.approx(100.0 * ((1.075**5 / done) ** (1 / 2) - 1.0))
    assert average["second_opinion"]["n"] > 0


def test_a_single_year_needs_just_its_own_growth(document: dict[str, Any]) -> None:
    one = of(document, "plan14.gdp_growth.2025")
    assert (one["needed"]["value"], one["needed"]["first"], one["needed"]["last"]) == (7.5, 2025, 2025)
    own = next(found for found in one["history"] if found["region"] == "west_coast")
    # 12.3, 11.1, 10.9, 3.9, 10.3, 4.8 and 6.0 % in the ledger: four of seven at 7.5 or more.
    assert (own["years"], own["count"], own["reached"], own["least"], own["most"]) == (1, 7, 4, 3.9, 12.3)


def test_sums_reductions_and_shares(document: dict[str, Any]) -> None:
    assert of(document, "own.jobs")["needed"]["value"] == pytest.approx(36.0 / 5)
    assert of(document, "own.carbon")["needed"]["value"] == pytest.approx(100.0 * (1.0 - 0.8**0.2))
    city = of(document, "own.carbon")["history"][0]  # the city: down 27 % in 2016 to 2020
    assert (city["years"], city["short"]) == (5, False)
    assert city["least"] == pytest.approx(100.0 * (1.0 - 0.73**0.2))
    share = of(document, "own.share")
    assert share["needed"]["value"] == pytest.approx((68.0 - 64.07) / 7)  # 64.07 % in 2023
    assert share["needed"]["kind"] == "points"


def test_history_that_is_too_short_says_so(document: dict[str, Any]) -> None:
    one = of(document, "own.growth")
    own = next(found for found in one["history"] if found["region"] == "west_coast")
    assert (own["asked_years"], own["years"], own["short"]) == (7, 5, True)  # 2016-2020 was published as a whole
    city = next(found for found in one["history"] if found["region"] == "qingdao")
    assert city["years"] <= 7
    assert all(window["last"] - window["first"] + 1 == city["years"] for window in city["windows"])


def test_what_is_reached_and_what_has_no_number(document: dict[str, Any]) -> None:
    assert of(document, "plan15_draft.schooling_years.2030")["needed"]["kind"] == "reached"
    relative = of(document, "plan14.household_income_growth.2025")
    assert relative["needed"] is None
    assert "没有固定数值" in relative["reason"]
    index = of(document, "own.use")
    assert (index["needed"], index["reason"]) == (None, "没有可用作起点的公布数")
    assert 0.0 < index["probability"] < 1.0


def test_the_model_reaches_a_target_where_it_brings_what_is_needed(document: dict[str, Any]) -> None:
    """The median of what draws bring lies above what is needed just where more than half of them reach it."""
    for id in ("own.gdp", "own.growth", "own.jobs", "own.carbon", "own.share", "plan14.gdp_growth.2025"):
        one = of(document, id)
        above = one["model"]["p50"] > one["needed"]["value"]
        if abs(one["probability"] - 0.5) > 0.03:
            assert above == (one["probability"] > 0.5), id
        if one["model"]["p10"] > one["needed"]["value"]:
            assert one["probability"] > 0.87
    assert of(document, "own.gdp")["model"]["p10"] < of(document, "own.gdp")["model"]["p90"]


def test_pages_say_it_in_sentences(document: dict[str, Any]) -> None:
    folder: Path = document["folder"]
    targets = ("--proposed", str(folder / "own.yaml"), "--target", "plan14.gdp_growth.2025")
    code, out, err = call("solve", "--required-path", "--draws", "2000", *targets, "--out", str(folder / "page"))
    assert code == 0, err
    text = out.replace("\n", "")
    assert "从2023年的5003.38亿元到2030年的“≥7500”，2024—2030年年均需增长6.0%" in text
    assert "7次中达到4次" in text
    assert "历史太短，只供参考" in text
    assert "不能与不变价的生产总值增速直接相比" in text
    code, out, _ = call(
        "solve", "--required-path", "--draws", "2000", *targets, "--out", str(folder / "page"), "--lang", "en"
    )
    assert (code, "of its draws" in out) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--target", "plan14.gdp_grwth.2025"), "您是否想写“plan14.gdp_growth.2025”"),
        (("--target", "report2020.fixed_asset_investment_growth.2020"), "不晚于数据截至年 2023"),
        (("--draws", "60000"), "最多 50,000"),
    ],
)
def test_mistakes_are_refused(arguments: tuple[str, ...], said: str) -> None:
    code, out, err = call("solve", "--required-path", *arguments)
    assert (code, out) == (2, "")
    assert said in err
