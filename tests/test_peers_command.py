"""`list peers`: records and tables of the real packs, with values worked out by hand from the printed figures."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sim.cli.main import main
from sim.cli.peer_words import gap, label, moved


def output(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["list", "peers", *arguments], program="python run.py") == 0
    return capsys.readouterr().out


def records(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(output(capsys, "--json", *arguments))
    return found


def only(found: list[dict[str, Any]], **wanted: str) -> dict[str, Any]:
    (record,) = [r for r in found if all(r.get(key) == value for key, value in wanted.items())]
    return record


def test_the_district_beside_its_city_and_the_nation(capsys: pytest.CaptureFixture[str]) -> None:
    """3721.68 / 12400.56 = 30.012 %; 3.9 − 2.2 = 1.7; 8 − 6.5 = 1.5."""
    found = records(capsys)
    share = only(found, table="shares", indicator="gdp", period="2020", whole="qingdao")
    assert (share["printed"], share["agrees"]) == (30, True)
    assert share["computed"] == pytest.approx(30.0122, abs=1e-4)
    gap_2020 = only(found, table="growth", indicator="gdp_growth", period="2020", other="china")
    assert (gap_2020["own"], gap_2020["growth"], gap_2020["points"]) == (3.9, 2.2, 1.7)
    assert gap_2020["natures"] == ["preliminary", "final"]
    plan = only(found, table="growth", indicator="gdp_growth_average", period="2016-2020", other="qingdao")
    assert plan["points"] == 1.5
    rank = only(found, table="ranks", indicator="gdp", period="2021", among="国家级新区位次")
    assert rank["rank"] == 3
    # 3721.68 / 3481.94 = 106.885 %, 5003.38 / 4233.2 = 118.194 %
    zhuhai = only(found, table="catch_up", region="zhuhai")
    assert (zhuhai["first"], zhuhai["last"]) == (pytest.approx(106.885, abs=1e-3), pytest.approx(118.194, abs=1e-3))
    assert zhuhai["verdict"] == "ahead"


def test_every_number_names_its_facts_and_sources(capsys: pytest.CaptureFixture[str]) -> None:
    for record in records(capsys):
        numbers = [record.get(key) for key in ("printed", "computed", "rank", "points", "gdp", "gdp_growth", "last")]
        if any(isinstance(number, float | int) and not isinstance(number, bool) for number in numbers):
            assert record["facts"], record
            assert record["sources"], record


def test_wide_and_narrow_trade_are_marked_and_never_compared(capsys: pytest.CaptureFixture[str]) -> None:
    found = [r for r in records(capsys) if r["table"] == "shares" and r["indicator"] == "trade_total"]
    scopes = {r["period"]: r["scope"] for r in found if r["whole"] == "qingdao"}
    assert scopes["2020"].startswith("宽口径")
    assert scopes["2021"].startswith("窄口径")


def test_a_city_is_compared_with_its_province(capsys: pytest.CaptureFixture[str]) -> None:
    """12400.56 / 73129.00 = 16.957 %, and no line is about a city above the city."""
    found = records(capsys, "--region", "qingdao")
    share = only(found, table="shares", indicator="gdp", period="2020", whole="shandong")
    assert share["computed"] == pytest.approx(16.957, abs=1e-3)
    assert {r["whole"] for r in found if r["table"] == "shares"} == {"shandong", "china"}
    assert "west_coast" in {r["region"] for r in found if r["table"] == "catch_up"}


def test_the_page_says_what_is_missing_and_uses_planners_words(capsys: pytest.CaptureFixture[str]) -> None:
    text = output(capsys)
    for words in ("占青岛市比重", "位次", "快2.0个百分点", "慢0.9个百分点", "追平", "已高于对方", "暂缺"):
        assert words in text
    assert "增长−" not in text
    assert "增长-" not in text


def test_the_english_page_has_no_chinese_headings(capsys: pytest.CaptureFixture[str]) -> None:
    text = output(capsys, "--lang", "en")
    assert "points faster" in text
    assert "暂缺" not in text


@pytest.mark.parametrize(
    ("growth", "words"), [(8.3, "增长8.3%"), (-0.6, "下降0.6%"), (0.0, "持平"), (None, "暂缺"), (7.25, "增长7.25%")]
)
def test_growth_in_words(growth: float | None, words: str) -> None:
    assert moved(growth, "zh") == words


@pytest.mark.parametrize(
    ("points", "words"), [(2.0, "快2.0个百分点"), (-0.4, "慢0.4个百分点"), (0.0, "增速持平"), (None, "")]
)
def test_differences_in_words(points: float | None, words: str) -> None:
    assert gap(points, "zh") == words


def test_names_of_growth_are_made_from_the_name_of_the_level() -> None:
    assert label("gdp_growth_average", "zh") == "地区生产总值年均增速"
    assert label("primary_value_added_growth", "zh") == "第一产业增加值增速"
    assert label("unheard_of", "zh") == "unheard_of"
