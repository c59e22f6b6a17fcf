"""`list peers`: records and tables of the real packs, with values worked out by hand from the printed figures."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from sim.cli.list.peer_words import figure, gap, label, moved
from sim.cli.main import main
from tests.pages import PROJECT, copy_of_project, python


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
    assert {r["computed"] for r in found} == {None}
    assert all("不相除" in r["remark"] for r in found if r["own"] is not None and r["other"] is not None)


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


def rate(key: str, number: float | None, digits: str | None = None, word: str | None = "exact") -> dict[str, Any]:
    """One rate of a record; without digits it is computed."""
    return {key: number, f"{key}_digits": digits, f"{key}_unit": "%", f"{key}_word": word, f"{key}_doubtful": False}


@pytest.mark.parametrize(
    ("number", "digits", "word", "words"),
    [
        (8.3, "8.3", "exact", "增长8.3%"),
        (6.0, "6", "exact", "增长6%"),
        (6.0, "6.0", "exact", "增长6.0%"),
        (-0.6, "-0.6", "exact", "下降0.6%"),
        (8.0, "8", "左右", "增长8%左右"),
        (8.0, "8", "近", "增长近8%"),
        (0.0, "0", "exact", "持平"),
        (7.0123, None, None, "增长7.01%"),
        (None, None, None, "暂缺"),
    ],
)
def test_growth_in_words(number: float | None, digits: str | None, word: str | None, words: str) -> None:
    assert moved(rate("own", number, digits, word), "own", "zh") == words


@pytest.mark.parametrize(
    ("verdict", "own", "other", "word", "words", "words_en"),
    [
        ("faster", "10.3", "8.3", "exact", "快2.0个百分点", "2.0 points faster"),
        ("slower", "6.0", "6.4", "exact", "慢0.4个百分点", "0.4 points slower"),
        ("within_rounding", "6", "5.9", "exact", "在修约范围内，不作判断", "within rounding, no verdict"),
        ("slower", "6.0", "8", "约", "慢1.6—2.5个百分点", "1.6—2.5 points slower"),
        (None, "6.0", "8", "exact", "", ""),
    ],
)
def test_differences_in_words(verdict: str | None, own: str, other: str, word: str, words: str, words_en: str) -> None:
    """约8 is 7.6 to 8.4, so 6.0 (5.95 to 6.05) is 1.55 to 2.45 points slower."""
    difference = {"verdict": verdict, "points": float(own) - float(other), "low": -2.451, "high": -1.551}
    record = difference | rate("own", float(own), own) | rate("growth", float(other), other, word)
    assert gap(record, "zh") == words
    assert gap(record, "en") == words_en


def test_figures_are_printed_with_their_words_and_doubts() -> None:
    assert figure(rate("gdp", 13000.0, None, "突破") | {"gdp_unit": "亿元"}, "gdp", "zh") == "突破13000亿元"
    assert figure(rate("gdp", 6407.0, "6407.0") | {"gdp_unit": "亿元"}, "gdp", "zh") == "6407.0亿元"
    weak = rate("gdp", 9999.0, "9999") | {"gdp_unit": "亿元", "gdp_doubtful": True}
    assert figure(weak, "gdp", "zh") == "9999亿元（可靠性低）"
    assert figure(weak, "gdp", "en") == "9999亿元 (low reliability)"
    assert figure(rate("gdp", 8.0, "8", "左右"), "gdp", "en") == "about 8%"


def test_the_page_prints_words_doubts_and_ranges(capsys: pytest.CaptureFixture[str]) -> None:
    text = output(capsys)
    for words in ("突破13000", "18800左右", "9999亿元（可靠性低）", "在修约范围内，不作判断"):
        assert words in text
    # 3721.68 over 突破13000, which is 12950 (half of the last digit below 1.3) or more, and at most 9 % above.
    pudong = next(line for line in text.splitlines() if line.startswith("上海浦东新区") and "→" in line)
    assert "—28." in pudong


def test_rows_and_tables_without_a_figure_are_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    for line in output(capsys).splitlines():
        cells = line.split()
        assert not (len(cells) > 2 and set(cells[2:]) == {"暂缺"}), line


def test_a_province_without_a_name_has_no_table(tmp_path: Path) -> None:
    """The example of a city whose province is not among the regions to compare with."""
    project = copy_of_project(tmp_path / "project")
    shutil.copytree(PROJECT / "docs/examples/region/zhuhai", project / "calibration/zhuhai", dirs_exist_ok=True)
    done = python("run.py", "list", "peers", "--region", "zhuhai", folder=project)
    assert (done.returncode, done.stderr) == (0, "")
    assert "占全国比重" in done.stdout
    assert "guangdong" not in done.stdout
    assert "全市数" not in done.stdout


def test_no_rank_of_the_region_is_typed_in_both_files(capsys: pytest.CaptureFixture[str]) -> None:
    """Ranks of the region's own plan are in its ledger alone, and each names the set it is a rank in."""
    found = [r for r in records(capsys) if r["table"] == "ranks"]
    plan = {r["facts"][0] for r in found if "003_7526d0927c5bbb45" in r["sources"]}
    assert plan
    assert not {id for id in plan if id.startswith("west_coast.")}
    assert all(r["among"] for r in found)


def test_names_of_growth_are_made_from_the_name_of_the_level() -> None:
    assert label("gdp_growth_average", "zh") == "地区生产总值年均增速"
    assert label("primary_value_added_growth", "zh") == "第一产业增加值增速"
    assert label("unheard_of", "zh") == "unheard_of"


def test_a_ratio_of_a_weak_figure_says_so(tmp_path: Path) -> None:
    project = copy_of_project(tmp_path / "project")
    path = project / "calibration/peers.csv"
    text = path.read_text(encoding="utf-8")
    before, after = "预计地区生产总值突破1.3万亿元,预计数", "预计地区生产总值突破1.3万亿元,预计数；可靠性低"
    assert text.count(before) == 1
    path.write_text(text.replace(before, after), encoding="utf-8")
    done = python("run.py", "list", "peers", "--json", folder=project)
    found = [r for r in json.loads(done.stdout) if r["table"] == "catch_up"]
    assert [r["region"] for r in found if r["remark"] and "可靠性低" in r["remark"]] == ["pudong"]
    assert "pudong.gdp.2020 可靠性低" in only(found, region="pudong")["remark"]
