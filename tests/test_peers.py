"""Comparisons from reported figures, by hand: shares, ranks, points faster, side by side, catching up."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import InputError
from sim.language import Text
from sim.peers import PeerRegion, catch_up, faster, ranks, read_peers, shares, side_by_side
from tests.peer_cases import CALIBRATION, RIVAL, TOWN, WORDS, fact, figures, growth


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
