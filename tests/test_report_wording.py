"""Rules of number, punctuation and phrase of reports, against wordings written by hand."""

from __future__ import annotations

from typing import Any

import pytest

from sim.report.editions import EDITIONS
from sim.report.numbering import Numbering
from sim.report.wording import (
    above_or_below,
    allowed,
    amount,
    chinese_number,
    gap,
    growth,
    listed,
    moved,
    name_allowed,
    sentence,
    short_label,
    softened,
    span_text,
    years_text,
)
from sim.report.wording_figures import chance_only, chance_phrase
from sim.report.wording_path import needed_phrase, record_phrase, start_phrase

INTERNAL, REVIEW, PUBLIC = (EDITIONS[name] for name in ("internal", "review", "public"))


@pytest.mark.parametrize(
    ("value", "text"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (21, "二十一"), (99, "九十九")]
)
def test_numbers_in_hanzi(value: int, text: str) -> None:
    assert chinese_number(value) == text


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (6.0, "增长6.0%", "up 6.0 %"),
        (-0.6, "下降0.6%", "down 0.6 %"),
        (0.04, "持平", "unchanged"),
        (-0.04, "持平", "unchanged"),
    ],
)
def test_growth_has_its_direction_in_words_and_never_a_minus(value: float, zh: str, en: str) -> None:
    assert (growth(value, 1, "zh"), growth(value, 1, "en")) == (zh, en)


def test_differences_of_shares_are_in_points_and_of_amounts_in_their_unit() -> None:
    assert gap(-9.45, "%", 1, "zh") == "9.4个百分点"
    assert gap(2.2, "亿美元", 1, "zh") == "2.2亿美元"
    assert moved(-1.2, "%", 1, "zh") == "降低1.2个百分点"
    assert moved(0.3, "万人", 1, "zh") == "增加0.3万人"
    assert above_or_below(-30.0, "亿元", 0, "zh") == "低30亿元"
    assert above_or_below(0.01, "%", 1, "zh") == "持平"


def test_english_counts_in_billions_and_millions() -> None:
    assert amount(5911.0, "亿元", 0, "zh") == "5911亿元"
    assert amount(5911.0, "亿元", 0, "en") == "591.1 bn yuan"
    assert amount(208.4, "万人", 1, "en") == "2.084 million people"
    assert amount(31.9, "%", 1, "en") == "31.9 %"
    assert gap(-166.0, "亿元", 0, "en") == "16.6 bn yuan"


def test_years_lists_and_ranges() -> None:
    assert years_text(2021, 2025, "zh") == "2021—2025年"
    assert years_text(2025, 2025, "zh") == "2025年"
    assert years_text(2021, 2025, "en") == "2021–2025"
    assert listed(["甲", "乙", "丙"], "zh") == "甲、乙和丙"
    assert listed(["甲", "乙", "丙"], "zh", 2) == "甲、乙等3项"
    assert listed([], "zh") == ""
    assert listed(["growth", "trade, wide"], "en") == "growth; and trade, wide"
    assert span_text(-0.31, 0.92, 2, "zh") == "−0.31至0.92"
    assert span_text(22.4, 28.8, 1, "zh") == "22.4—28.8"


@pytest.mark.parametrize(
    ("label", "unit", "short"),
    [
        ("每千人口拥有执业（助理）医师数（人）", "人/千人", "每千人口拥有执业（助理）医师数"),
        ("森林覆盖率（%）", "%", "森林覆盖率"),
        ("人均地区生产总值（2035年比2020年）", "倍", "人均地区生产总值（2035年比2020年）"),
        ("城镇新增就业人数", "万人", "城镇新增就业人数"),
    ],
)
def test_the_unit_behind_a_name_is_left_out_and_nothing_else(label: str, unit: str, short: str) -> None:
    assert short_label(label, unit) == short


def test_an_edition_without_chances_keeps_only_sentences_without_them() -> None:
    text = "按现有趋势低于起点；若写“保持基本稳定”，把握只有约三成；低于最近公布的30（2020年）"
    assert allowed(text, INTERNAL) == text
    assert allowed(text, REVIEW) == "按现有趋势低于起点；低于最近公布的30（2020年）"
    assert allowed("达成概率约40%。", PUBLIC) == ""
    assert allowed("现价比重。达到或超过即为完成。", REVIEW) == "现价比重。达到或超过即为完成。"


def test_names_that_an_edition_must_not_show_are_replaced() -> None:
    assert name_allowed("大概率情景", "情景2", REVIEW) == "情景2"
    assert name_allowed("大概率情景", "情景2", INTERNAL) == "大概率情景"
    assert softened("罕见冲击概率", PUBLIC) == "罕见冲击频率"
    assert softened("罕见冲击概率", INTERNAL) == "罕见冲击概率"


def test_a_sentence_ends_once() -> None:
    assert sentence("增长6%。", "zh") == "增长6%。"
    assert sentence("growth is 6 %", "en") == "Growth is 6 %."
    assert sentence("", "zh") == ""


def test_headings_count_in_the_manner_of_official_documents() -> None:
    numbering = Numbering("zh")
    made = [numbering.heading("甲", level).text for level in (1, 2, 2, 3, 1, 2)]
    assert made == ["一、甲", "（一）甲", "（二）甲", "1．甲", "二、甲", "（一）甲"]
    english = Numbering("en")
    assert [english.heading("A", level).text for level in (1, 2, 3)] == ["1. A", "1.1 A", "1.1.1 A"]


def chance(probability: float, low: float | None = None, high: float | None = None) -> dict[str, Any]:
    return {"probability": probability, "probability_low": low, "probability_high": high}


@pytest.mark.parametrize(
    ("record", "text"),
    [
        (chance(0.3815, 0.1456, 0.4881), "约40%（可能范围15%至50%）"),
        (chance(0.0003, 0.0, 0.0166), "不足5%"),
        (chance(0.0082, 0.0, 0.1214), "不足5%（可能范围不足5%至10%）"),
        (chance(0.97515, 0.84, 0.9992), "95%以上（可能范围85%至95%以上）"),
        (chance(0.3815), "约40%"),
        (chance(0.0), "不足5%"),
        (chance(1.0), "95%以上"),
    ],
)
def test_a_probability_in_a_sentence_is_rounded_and_has_its_range(record: dict[str, Any], text: str) -> None:
    assert chance_phrase(record, "zh") == text


def test_the_bare_probability_in_both_languages() -> None:
    assert [chance_only(value, "en") for value in (0.01, 0.52, 0.99)] == ["below 5%", "about 50%", "above 95%"]


def path(measure: str, value: float, first: int, last: int, unit: str = "%", **more: Any) -> dict[str, Any]:
    needed = {"kind": more.pop("kind", measure), "value": value, "first": first, "last": last}
    return {"measure": measure, "unit": unit, "needed": needed, "start": None, **more}


@pytest.mark.parametrize(
    ("one", "zh"),
    [
        (path("average", 8.243, 2024, 2025), "2024—2025年年均需增长8.2%"),
        (path("average", 7.5, 2025, 2025), "2025年需增长7.5%"),
        (path("growth", -2.04, 2022, 2025), "2022—2025年年均需下降2.0%"),
        (path("change", 1.0, 2021, 2025), "2021—2025年年均需提高1.0个百分点"),
        (path("change", 0.32, 2021, 2025, "人/千人"), "2021—2025年年均需增加0.32人/千人"),
        (path("reduction", 2.859, 2021, 2025), "2021—2025年年均需降低2.9%"),
        (path("change", 0.0, 2021, 2025, kind="reached"), "已达到，须保持"),
    ],
)
def test_what_is_needed_a_year(one: dict[str, Any], zh: str) -> None:
    assert needed_phrase(one, "zh") == zh


def test_a_need_counted_from_the_base_year_says_so() -> None:
    one = path("change", 1.0, 2021, 2025)
    assert needed_phrase(one, "zh", {"year": 2020}) == "，按2020年公布数折算，2021—2025年年均需提高1.0个百分点"


def test_where_a_path_starts_and_what_the_record_is() -> None:
    one = path("average", 8.2, 2024, 2025) | {"start": {"first": 2021, "year": 2023, "value": 7.0075}}
    assert start_phrase(one, "zh") == "7.0（2021—2023年年均）"
    one["start"] = {"first": 2023, "year": 2023, "value": 6.0}
    assert start_phrase(one, "zh") == "6（2023年）"
    record = {"years": 2, "count": 5, "reached": 2, "least": 5.398, "most": 11.698, "first": 2016, "last": 2023}
    assert record_phrase(record, one, "zh") == "连续2年年均5.4至11.7%，5次中2次达到"
    single = record | {"years": 1, "count": 1, "least": 1.15, "most": 1.15, "first": 2020, "last": 2020}
    assert record_phrase(single, one, "zh") == "2020年1.15%"
