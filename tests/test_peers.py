"""Comparisons from reported figures, by hand: shares, ranks, points faster, side by side, catching up."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sim.cli.fact_pages import NATURES_OF_FACTS
from sim.errors import InputError
from sim.facts.definitions import read_definitions
from sim.facts.ledger import Fact
from sim.facts.rounding import read_rounding
from sim.facts.sources import Source
from sim.language import Text
from sim.peers import Figures, PeerRegion, catch_up, faster, ranks, read_peers, shares, side_by_side
from sim.peers.figures import NATURE_LABELS, doubtful

CALIBRATION = Path(__file__).resolve().parent.parent / "calibration"
WORDS = read_rounding(CALIBRATION / "rounding.yaml")
DEFINITIONS = read_definitions(CALIBRATION / "definitions.yaml")
TOWN = PeerRegion("town", Text("甲区", "Town"), "new_area")
RIVAL = PeerRegion("rival", Text("乙区", "Rival"), "new_area")


def fact(region: str, indicator: str, period: str, printed: str, unit: str = "亿元", **other: Any) -> Fact:
    """A row of a ledger; growth is at constant prices and levels of money at current ones unless said."""
    price = "constant" if "growth" in indicator else "current" if unit in ("亿元", "万亿元") else ""
    given: dict[str, Any] = {
        "id": f"{region}.{indicator}.{period}", "region": region, "indicator": indicator, "period": period,
        "value": float(printed), "unit": unit, "price_basis": price, "scope": "", "rounding": "exact",
        "nature": "preliminary", "attribute": "", "document": "paper", "line": None, "quote": printed, "note": "",
        "printed": printed, "row": 2, "shown": "facts.csv",
    }  # fmt: skip
    return Fact(**(given | other))


def growth(region: str, year: str, printed: str, **other: Any) -> Fact:
    return fact(region, "gdp_growth", year, printed, "%", **other)


def figures(*facts: Fact, chosen: tuple[str, ...] = ()) -> Figures:
    return Figures(facts, DEFINITIONS, WORDS, chosen)


def test_a_share_is_the_part_over_the_whole_beside_the_printed_one() -> None:
    """300 / 1000 = 30 %; printed 30, which stands for 29.5 to 30.5."""
    printed = fact("town", "gdp_share_of_city", "2021", "30", "%")
    found = figures(fact("town", "gdp", "2021", "300"), fact("city", "gdp", "2021", "0.1", "万亿元"), printed)
    (line,) = shares(found, "town", ("city", None, None))
    assert (line.indicator, line.period, line.whole) == ("gdp", "2021", "city")
    assert line.computed == pytest.approx(30.0)
    # 0.1 万亿元 stands for 500 to 1500 亿元, so the share lies between 299.5 / 1500 and 300.5 / 500.
    assert line.low == pytest.approx(19.9667, abs=1e-4)
    assert line.high == pytest.approx(60.1, abs=1e-4)
    assert line.agrees is True
    assert line.facts == ("town.gdp_share_of_city.2021", "town.gdp.2021", "city.gdp.2021")


def test_a_printed_share_that_rounding_cannot_explain_is_said_not_to_agree() -> None:
    found = figures(
        fact("town", "gdp", "2021", "300.0"),
        fact("city", "gdp", "2021", "1000.0"),
        fact("town", "gdp_share_of_city", "2021", "31", "%"),
    )
    (line,) = shares(found, "town", ("city", None, None))
    assert line.agrees is False
    assert "待核实" in line.remarks[-1].zh


def test_a_share_across_two_scopes_is_not_computed() -> None:
    found = figures(
        fact("town", "trade_total", "2021", "300", scope="窄口径"),
        fact("city", "trade_total", "2021", "1000", scope="宽口径"),
    )
    (line,) = shares(found, "town", ("city", None, None))
    assert line.computed is None
    assert "窄口径" in line.remarks[0].zh
    assert "宽口径" in line.remarks[0].zh


def test_a_share_of_a_city_that_does_not_say_its_scope_is_not_computed() -> None:
    found = figures(
        fact("town", "trade_total", "2020", "300", scope="宽口径"), fact("city", "trade_total", "2020", "1000"),
        fact("town", "trade_total", "2021", "200", scope="窄口径"), fact("city", "trade_total", "2021", "1000"),
        fact("city", "trade_total", "2021", "800", scope="窄口径", id="city.narrow"),
    )  # fmt: skip
    wide, narrow = shares(found, "town", ("city", None, None))
    assert (wide.computed, wide.other and wide.other.id) == (None, "city.trade_total.2020")
    assert wide.remarks[0].zh == "一方外贸统计范围为“宽口径”，另一方未说明，不相除、不相减"
    # 200 / 800 = 25 %: of two reports of the city the one of the same scope is used.
    assert (narrow.computed, narrow.other and narrow.other.id) == (pytest.approx(25.0), "city.narrow")


def test_what_is_missing_is_a_line_of_its_own_for_the_city_only() -> None:
    found = figures(fact("town", "gdp", "2021", "300"))
    lines = shares(found, "town", ("city", "province", None))
    assert [(line.whole, line.other, line.computed) for line in lines] == [("city", None, None)]


def test_the_share_of_the_marine_economy_stands_beside_gross_ocean_product() -> None:
    printed = fact("town", "marine_share_of_city", "2020", "38", "%")
    (line,) = shares(figures(fact("town", "marine_gop", "2020", "140"), printed), "town", ("city", None, None))
    assert (line.indicator, line.printed) == ("marine_gop", printed)


def test_targets_and_parts_of_a_year_are_no_figures_to_compare() -> None:
    found = figures(
        fact("town", "gdp", "2025", "500", nature="target"),
        fact("town", "gdp", "2023-H1", "200"),
        fact("city", "gdp", "2023-H1", "800"),
    )
    assert shares(found, "town", ("city", None, None)) == ()


def test_final_figures_come_first_then_the_choice_of_the_pack() -> None:
    early = growth("nation", "2021", "8.1", id="early")
    late = growth("nation", "2021", "8.4", nature="final", id="late")
    assert figures(early, late).best("nation", "gdp_growth", "2021") == late
    assert figures(early, late, chosen=("early",)).best("nation", "gdp_growth", "2021") == early


def test_the_report_with_more_digits_and_without_a_word_is_used() -> None:
    rough = fact("town", "gdp", "2021", "1.4", "万亿元", id="rough")
    near = fact("town", "gdp", "2021", "14200.00", rounding="近", id="near")
    sharp = fact("town", "gdp", "2021", "14136.46", id="sharp")
    assert [f.id for f in figures(rough, near, sharp).reports("town", "gdp", "2021")] == ["sharp", "rough", "near"]


def test_growth_is_compared_in_points_and_says_whose_figure_is_final() -> None:
    """10.3 against 8.3 is 2.0 faster; 10.3 against the final 8.4 is 1.9, against the preliminary 8.1 it is 2.2."""
    found = figures(
        growth("town", "2021", "10.3"),
        growth("city", "2021", "8.3"),
        growth("nation", "2021", "8.4", nature="final"),
        growth("nation", "2021", "8.1", id="nation.early"),
    )
    city, nation = faster(found, "town", ("city", "nation"))
    assert (city.points, city.natures, city.remarks) == (2.0, ("preliminary", "preliminary"), ())
    assert nation.points == 1.9
    assert [text.zh for text in nation.remarks] == [
        "本区为初步数，对方为最终核实数",
        "对方同为初步数时为8.1%（nation.early），快2.2个百分点",
    ]
    assert (city.verdict, nation.verdict) == ("faster", "faster")


@pytest.mark.parametrize(
    ("own", "other", "verdict"),
    [
        ("6", "5.9", "within_rounding"),  # 5.5 to 6.5 against 5.85 to 5.95
        ("6", "6.0", "within_rounding"),
        ("6", "5.2", "faster"),  # 5.5 against 5.25
        ("3.9", "3.8", "faster"),  # the ranges meet at 3.85 and do not overlap
        ("3.8", "3.9", "slower"),
        ("3.9", "3.9", "within_rounding"),
    ],
)
def test_no_verdict_on_a_difference_that_rounding_may_explain(own: str, other: str, verdict: str) -> None:
    (line,) = faster(figures(growth("town", "2021", own), growth("city", "2021", other)), "town", ("city",))
    assert line.verdict == verdict
    assert line.points == pytest.approx(float(own) - float(other))


def test_the_range_of_a_difference_is_that_of_both_rates_and_their_source() -> None:
    """6 % from a mirror is 5.5 − 0.06 to 6.5 + 0.06, against 5.85 to 5.95: −0.51 to 0.71."""
    found = figures(growth("town", "2021", "6", grade="mirror"), growth("city", "2021", "5.9"))
    (line,) = faster(found, "town", ("city",))
    assert (line.low, line.high) == (pytest.approx(-0.51), pytest.approx(0.71))


def test_growth_on_two_scopes_or_an_unstated_one_is_not_subtracted() -> None:
    for scope in ("宽口径", ""):
        found = figures(
            fact("town", "trade_total_growth", "2021", "65", "%", scope="窄口径"),
            fact("city", "trade_total_growth", "2021", "32.4", "%", scope=scope),
        )
        (line,) = [g for g in faster(found, "town", ("city",)) if g.indicator == "trade_total_growth"]
        assert (line.own_growth, line.other_growth, line.points, line.verdict) == (65.0, 32.4, None, None)
        assert "窄口径" in line.remarks[0].zh


def test_a_figure_is_doubtful_where_its_id_its_note_or_its_source_says_so() -> None:
    source = Source("paper", "甲", "乙", "2021", None, "mirror", "转载页面，可靠性低")
    plain = fact("town", "gdp", "2021", "300")
    assert doubtful(plain, source)
    assert doubtful(fact("town", "gdp", "2021", "300", id="town.gdp.2021.low_reliability"), None)
    assert doubtful(fact("town", "gdp", "2021", "300", note="原文有误，可靠性低"), None)
    assert not doubtful(plain, replace(source, note="转载页面"))
    assert not doubtful(plain, None)


def test_vintages_have_the_names_that_the_page_of_a_fact_gives_them() -> None:
    assert {id: NATURES_OF_FACTS[id] for id in NATURE_LABELS} == NATURE_LABELS


def test_nominal_growth_is_not_set_against_real_growth() -> None:
    found = figures(growth("town", "2021", "10.3"), growth("city", "2021", "14.0", price_basis="current"))
    (line,) = faster(found, "town", ("city",))
    assert line.points is None
    assert "价格口径不同" in line.remarks[0].zh


def test_years_without_a_figure_are_listed_as_missing() -> None:
    found = figures(growth("town", "2021", "10"), growth("city", "2021", "8"), growth("city", "2023", "6"))
    lines = faster(found, "town", ("city",))
    assert [(g.period, g.own_growth, g.other_growth, g.points) for g in lines] == [
        ("2021", 10.0, 8.0, 2.0), ("2022", None, None, None), ("2023", None, 6.0, None),
    ]  # fmt: skip


def test_the_average_of_a_plan_is_compounded_over_the_years_both_report() -> None:
    """1.10 × 1.21 = 1.331 = 1.1537² and 1.00 × 1.1025 = 1.05²; a later year without the city is left out."""
    found = figures(
        growth("town", "2021", "10"), growth("town", "2022", "21"), growth("town", "2023", "5"),
        growth("city", "2021", "0"), growth("city", "2022", "10.25"),
    )  # fmt: skip
    line = faster(found, "town", ("city",))[-1]
    assert (line.indicator, line.period, line.computed) == ("gdp_growth_average", "2021-2022", True)
    assert line.own_growth == pytest.approx(15.3690, abs=1e-4)
    assert line.other_growth == pytest.approx(5.0)
    assert line.points == pytest.approx(10.3690, abs=1e-4)
    assert line.remarks[0].zh == "由前2年增速计算，其余年份暂缺"


def test_printed_averages_are_used_as_they_are() -> None:
    found = figures(
        growth("town", "2016", "12"), growth("city", "2016", "8"),
        fact("town", "gdp_growth_average", "2016-2020", "8", "%"),
        fact("city", "gdp_growth_average", "2016-2020", "6.5", "%"),
    )  # fmt: skip
    line = faster(found, "town", ("city",))[-1]
    assert (line.period, line.points, line.computed) == ("2016-2020", 1.5, False)


def test_an_average_does_not_run_across_a_change_of_basis() -> None:
    found = figures(*(growth(region, year, "5") for region in ("town", "city") for year in ("2023", "2024")))
    assert faster(found, "town", ("city",))[-1].points is None
    same = figures(*(growth(region, year, "5") for region in ("town", "city") for year in ("2021", "2022")))
    assert faster(same, "town", ("city",))[-1].points == pytest.approx(0.0)


def test_catching_up_counts_years_from_the_last_common_one() -> None:
    """40 % in 2020, 46 % in 2023: 2 points a year, and 54 points are left: 27 years."""
    found = figures(
        fact("town", "gdp", "2020", "400.00"), fact("rival", "gdp", "2020", "1000.00"),
        fact("town", "gdp", "2022", "500.00"),
        fact("town", "gdp", "2023", "552.00"), fact("rival", "gdp", "2023", "1200.00"),
    )  # fmt: skip
    (line,) = catch_up(found, "town", [RIVAL])
    assert (line.first_year, line.last_year, line.verdict) == (2020, 2023, "closing")
    assert (line.first, line.last) == (pytest.approx(40.0), pytest.approx(46.0))
    assert line.change == pytest.approx(2.0)
    assert line.years == pytest.approx(27.0)
    assert line.facts == ("town.gdp.2020", "rival.gdp.2020", "town.gdp.2023", "rival.gdp.2023")


@pytest.mark.parametrize(
    ("own", "verdict"), [("390.00", "widening"), ("1000.01", "ahead"), ("400.00", "within_rounding")]
)
def test_without_a_closing_gap_there_are_no_years(own: str, verdict: str) -> None:
    found = figures(
        fact("town", "gdp", "2020", "400.00"), fact("rival", "gdp", "2020", "1000.00"),
        fact("town", "gdp", "2021", own), fact("rival", "gdp", "2021", "1000.00"),
    )  # fmt: skip
    (line,) = catch_up(found, "town", [RIVAL])
    assert (line.verdict, line.years) == (verdict, None)


def test_a_ratio_to_a_figure_with_a_word_is_a_range() -> None:
    """突破 1000.00 is 1000 to 1090 (with half a unit), so 400.00 is 36.7 % to 40 % of it; 46 % stays as it is."""
    found = figures(
        fact("town", "gdp", "2020", "400.00"), fact("rival", "gdp", "2020", "1000.00", rounding="突破"),
        fact("town", "gdp", "2023", "552.00"), fact("rival", "gdp", "2023", "1200.00"),
    )  # fmt: skip
    (line,) = catch_up(found, "town", [RIVAL])
    low, high = 1.0 + WORDS["突破"].low, 1.0 + WORDS["突破"].high
    assert line.first_range == (pytest.approx(40.0 / high, abs=0.01), pytest.approx(40.0 / low, abs=0.01))
    assert line.last_range is None
    # 54 points left at (46 − 40) / 3 = 2 points a year or at (46 − 40 / high) / 3
    slow, fast = 54.0 / 2.0, 54.0 * 3.0 / (46.0 - 40.0 / high)
    assert line.years_range == (pytest.approx(fast, rel=0.01), pytest.approx(slow, rel=0.01))


def test_gdp_per_head_from_a_figure_with_a_word_is_a_range() -> None:
    """近 300 亿元 is 282 to 300, over 19.5 to 20.5 万人: 13.76 to 15.38 万元."""
    town = fact("town", "gdp", "2021", "300", rounding="近")
    found = figures(town, fact("town", "population", "2021", "20", "万人"))
    (line,) = side_by_side(found, [TOWN], [2021])
    assert line.per_head_range == (pytest.approx(282 / 20.5), pytest.approx(300 / 19.5))
    assert (line.printed, line.computed) == (None, True)


def test_a_ratio_does_not_run_across_a_change_of_basis_or_of_area() -> None:
    """2023 is before and 2024 after the fifth economic census; 全域 and 直管区 are two areas of one region."""
    census = figures(*(fact(r, "gdp", y, "100") for r in ("town", "rival") for y in ("2023", "2024")))
    assert catch_up(census, "town", [RIVAL])[0].verdict == "missing"
    area = figures(
        fact("town", "gdp", "2020", "400"), fact("town", "gdp", "2021", "500"),
        fact("rival", "gdp", "2020", "1000", scope="全域"), fact("rival", "gdp", "2021", "300", scope="直管区"),
    )  # fmt: skip
    (line,) = catch_up(area, "town", [RIVAL])
    assert (line.verdict, line.first, line.last) == ("missing", pytest.approx(40.0), None)


def test_regions_side_by_side_by_size_with_gdp_per_head() -> None:
    """300 亿元 over 20 万人 is 15 万元; a printed figure is not computed again."""
    found = figures(
        fact("town", "gdp", "2021", "300"), fact("town", "population", "2021", "200000", "人"),
        fact("rival", "gdp", "2021", "900"), fact("rival", "gdp_per_capita", "2021", "147000", "元"),
    )  # fmt: skip
    silent = PeerRegion("silent", Text("丙区", "Silent"), "new_area")
    village = PeerRegion("village", Text("丁区", "Village"), "district")
    lines = side_by_side(found, [silent, TOWN, RIVAL, village], [2021])
    assert [line.region.id for line in lines] == ["rival", "town", "silent"]
    assert [line.per_head for line in lines] == [pytest.approx(14.7), pytest.approx(15.0), None]
    assert [line.computed for line in lines] == [False, True, False]
    assert (lines[2].gdp, lines[2].growth, lines[2].facts) == (None, None, ())


def test_a_rank_typed_twice_is_listed_once_with_its_set() -> None:
    ours = [
        fact("town", "quality_rank", "2020", "5", "位", quote="质量排名百强区第五位"),
        fact("town", "port_world_rank", "2020", "6", "位", quote="列世界第六"),
    ]
    theirs = [
        fact("town", "quality_rank", "2020", "5", "位", quote="排名百强区第五位", scope="百强区位次", id="town.twin"),
        fact("town", "gdp_rank", "2021", "1", "位", quote="居第一", scope="全市位次"),
        fact("rival", "gdp_rank", "2021", "2", "位", quote="居第二", scope="全市位次"),
    ]
    found = [(r.indicator, r.rank, r.among and r.among.zh, r.fact.id) for r in ranks(ours, theirs, "town")]
    assert found == [
        ("gdp", 1, "全市位次", "town.gdp_rank.2021"),
        ("port", 6, "世界位次", "town.port_world_rank.2020"),
        ("quality", 5, "百强区位次", "town.quality_rank.2020"),
    ]


def test_the_set_of_a_rank_is_the_one_its_quote_names_last() -> None:
    ours = [
        fact("town", "gdp_rank", "2020", "3", "位", quote="全市总量居全省第三"),
        fact("town", "port_rank", "2020", "6", "位", quote="排第六"),
    ]
    found = ranks(ours, [], "town")
    assert [r.among and (r.among.zh, r.among.en) for r in found] == [("全省位次", "in the province"), None]


def test_a_figure_on_a_region_or_from_a_source_that_nobody_describes_is_refused(tmp_path: Path) -> None:
    head = (CALIBRATION / "peers.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    row = "moon.gdp.2020,moon,gdp,2020,1,亿元,current,,exact,actual,,diary,,1亿元,"
    (tmp_path / "peers.csv").write_text(f"{head}\n{row}\n", encoding="utf-8")
    (tmp_path / "peers.yaml").write_text(
        "regions:\n  town: {label: 甲区, label_en: Town, kind: city}\n", encoding="utf-8"
    )
    source = "title: 甲\n    publisher: 乙\n    date: '2021'\n    address: null\n    grade: press\n    note: null\n"
    (tmp_path / "peers_sources.yaml").write_text(f"sources:\n  paper:\n    {source}", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_peers(tmp_path, WORDS)
    assert {(p.line, p.key) for p in caught.value.problems} == {(2, "region"), (2, "document")}
