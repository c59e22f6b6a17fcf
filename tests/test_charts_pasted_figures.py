"""Pasted figures from material: what counts as published, which notes and sources stand, and why one is missing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sim.charts.fonts import find_font
from sim.charts.style import overflowing, overlapping
from sim.language import LANGUAGES, Text
from sim.material import Finished, Material, View, gather
from sim.region.reading import read_pack
from sim.report.blocks import Figure, Missing
from sim.report.editions import EDITIONS, INTERNAL
from sim.report.figures import figure
from sim.report.guard import violations
from sim.resources import data_path
from tests.result_cases import result

PASTED = ("level_growth", "structure", "peers", "progress", "contributions", "dumbbell", "plan_lines")
PACK = read_pack(data_path("calibration"), "west_coast")
FONT = find_font()
ROGUE = "<script>=HYPERLINK(1)\u202e\x07" + "压力情景" * 12


def indicator(name: str, year: int, middle: float | None, reported: float | None = None, **changes: Any) -> Any:
    """A record of an indicator in a year; the 80 % interval is 2 wide."""
    ends = {"p10": None, "p90": None} if middle is None else {"p10": middle - 1.0, "p90": middle + 1.0}
    return {"indicator": name, "year": year, "unit": "%", "p50": middle, **ends, "reported": reported, "fact": None,
            "derived_from": [], "other_basis": False, **changes}  # fmt: skip


def view(id: str = "baseline", label: str = "基准情景", **changes: Any) -> View:
    """A scenario from 2020 with figures up to 2022 and a horizon of 2030."""
    document = {"base_year": 2020, "as_of": 2022, "horizon": 2030, "scenario": id, "targets": [], "indicators": [],
                "contributions": [], "midterm": None, **changes}  # fmt: skip
    return View(id, Text(label, "Baseline"), document, {}, "0123abcd4567")


def material(*views: View, values: Any = None) -> Material:
    run = Finished(
        Path("r"), "r", "run", {"region": "west_coast", "as_of": 2022, "draws": 9, "seed": 1}, {}, {}, "0", ()
    )
    wanted = None if values is None else Finished(Path("v"), "v", "target-values", run.manifest, values, {}, "0", ())
    return Material(PACK, (run,), views, None, (), (), wanted, None, (), ())


def made(name: str, source: Material, lang: str = "zh", asked: str | None = None, edition: Any = INTERNAL) -> Figure:
    found = figure(name, source, edition, lang, asked)
    assert isinstance(found, Figure), found
    return found


def words(found: Figure) -> str:
    """Everything written in a figure, lines joined."""
    return "".join(text.get_text() for text in found.draw(FONT).texts)


def levels(**changes: Any) -> View:
    """GDP and its growth: 2021 published, then projected; of 2022 a published level on another basis."""
    rows = [
        indicator("gdp", 2020, 3700.0),
        indicator("gdp", 2021, 4367.2, 4368.53, fact="gdp.2021"),
        indicator("gdp", 2022, 4690.0, 9999.0, fact="gdp.2022", other_basis=True),
        *(indicator("gdp", year, 5000.0 + year) for year in range(2023, 2031)),
        indicator("gdp_growth", 2021, 10.2, 10.3, fact="gdp_growth.2021"),
        *(indicator("gdp_growth", year, -0.64) for year in range(2022, 2031)),
    ]
    return view(indicators=rows, **changes)


def test_published_levels_are_printed_as_published_and_projected_ones_rounded() -> None:
    chart = made("level_growth", material(levels())).native
    assert chart is not None
    assert chart.categories == ("2020年", "2021年", "2022年", "2023年", "2024年", "2025年")
    published, projected, growth = chart.series
    assert published.values == (3721.68, 4368.53, None, None, None, None)  # the base year's figure from the ledger
    assert projected.values == (None, None, 4690.0, 7023.0, 7024.0, 7025.0)
    assert growth.values == (3.9, 10.3, -0.64, -0.64, -0.64, -0.64)
    said = words(made("level_growth", material(levels())))
    assert all(text in said for text in ("3721.68", "4368.53", "9999*", "−0.6", "口径不同，不能直接比较"))
    assert "绝对额按现价计算，增长速度按不变价计算" in said.replace("\n", "")
    assert "模型推算值，非统计数据" in said


def test_sources_name_documents_and_only_the_internal_edition_their_lines() -> None:
    internal = words(made("level_growth", material(levels())))
    public = words(made("level_growth", material(levels()), edition=EDITIONS["public"]))
    assert "003_7526d0927c5bbb45:57,582" in internal.replace("\n", "")
    assert "003_7526d0927c5bbb45" not in public
    assert "“十四五”规划纲要" in public


def test_a_level_without_growth_is_missing_with_a_reason() -> None:
    found = figure("level_growth", material(levels()), INTERNAL, "zh", "rail_length")
    assert isinstance(found, Missing)
    assert "rail_length 没有成对的总量和增速" in found.sentence("zh")
    assert "gdp" in found.sentence("zh")


@pytest.mark.parametrize("name", [name for name in PASTED if name != "peers"])
def test_without_results_every_figure_says_which_command_gives_it(name: str) -> None:
    found = figure(name, material(), INTERNAL, "zh")
    assert isinstance(found, Missing)
    assert "run" in found.sentence("zh")
    assert "run" in found.sentence("en")


def structured(*projected: tuple[float, float, float]) -> View:
    names = ("services_share", "secondary_share", "primary_share")
    rows = [
        indicator(name, year, value, p10=value - 0.1, p90=value + 0.1)
        for year, values in zip(range(2020, 2031), projected * 11, strict=False)
        for name, value in zip(names, values, strict=True)
    ]
    return view(indicators=rows)


def test_structure_takes_the_published_base_year_and_milestones() -> None:
    found = made("structure", material(structured((60.0, 37.0, 3.0))))
    assert found.native is not None
    years = ("2020年", *(f"{year}年（推算）" for year in (2021, 2022, 2023, 2024, 2025, 2030)))
    assert found.native.categories == years
    assert [series.values[:2] for series in found.native.series] == [(60.2, 60.0), (37.6, 37.0), (2.2, 3.0)]


@pytest.mark.parametrize(("shares", "noted"), [((60.0, 37.0, 3.0), False), ((60.14, 36.93, 2.93), True)])
def test_the_note_on_rounding_stands_only_where_printed_shares_do_not_add_up(
    shares: tuple[float, float, float], noted: bool
) -> None:
    said = words(made("structure", material(structured(shares)))).replace("\n", "")
    assert ("未作机械调整" in said) is noted


def averages(first: float, id: str, label: str) -> View:
    rows = [indicator("gdp_growth_average", 2021, 10.3, 10.3, derived_from=["gdp_growth.2021"])]
    rows += [indicator("gdp_growth_average", year, first + 0.01 * (2030 - year)) for year in range(2022, 2031)]
    return view(id, label, indicators=rows)


def test_three_scenarios_in_one_order_are_high_middle_and_low() -> None:
    three = [averages(5.0, "a", "基准情景"), averages(6.0, "b", "规划目标情景"), averages(4.0, "c", ROGUE)]
    found = made("plan_lines", material(*three))
    assert found.native is not None
    assert [series.name for series in found.native.series[1:3]] == ["中方案（基准情景）", "高方案（规划目标情景）"]
    name = found.native.series[3].name
    assert name.startswith("低方案（<script>=HYPERLINK(1)压力情景")
    assert not {"\u202e", "\x07"} & set(name)
    assert found.native.categories[0] == "2021年"  # of 2020 there is no average
    two = made("plan_lines", material(*three[:2])).native
    assert two is not None
    assert [series.name for series in two.series] == ["已公布", "基准情景", "规划目标情景"]
    for count in (1, 10):
        many = [averages(6.0 - i / 9, str(i), f"情景{i}") for i in range(count)]
        assert overlapping(made("plan_lines", material(*many)).draw(FONT)) == ()


def test_peers_are_published_figures_of_one_year_up_to_the_cut_off() -> None:
    """GDP of 2022: 4691.85 (own), 2651.25 (Yuhang), 2252.58 (Nansha); later years are not known yet in 2022."""
    found = made("peers", material())
    assert found.native is not None
    assert found.title.startswith("2022年")
    own, other = found.native.series
    assert own.values == (4691.85, None, None)  # the first stands at the top
    assert other.values == (None, 2651.25, 2252.58)
    said = words(found).replace("\n", "")
    assert "均为公布数" in said
    assert "未收录2022年公布数：上海浦东新区" in said
    assert "模型" not in said


def row(number: int, **changes: Any) -> dict[str, Any]:
    return {"row": number, "id": f"plan14.{number}", "label": f"指标{number}（%）", "label_en": f"Indicator {number}",
            "progress": None, "elapsed": None, "average": None, "base_text": "30", "target_text": "35", "value": 35.0,
            "years": {}, "judged_year": None, "conclusion": "no_data", "conclusion_text": "暂缺数据", "year": 2025,
            "conclusion_text_en": "no data yet", "remark": None, "remark_en": None, **changes}  # fmt: skip


def figure_of(value: float, printed: str, comparable: bool = True, rounding: str | None = None) -> dict[str, Any]:
    return {"value": value, "printed": printed, "fact": "gdp.2021", "comparable": comparable, "rounding": rounding}


def judged(*rows: dict[str, Any]) -> Material:
    return material(view(midterm={"rows": list(rows), "as_of": 2022, "base_year": 2020, "years": [2021, 2022]}))


def test_every_row_of_the_plan_stands_with_its_bar_or_its_reason() -> None:
    known = {"2021": figure_of(32.0, "32", rounding="左右"), "2022": figure_of(99.0, "99", comparable=False)}
    source = judged(
        row(
            1, progress=0.4, elapsed=0.2, years=known, judged_year=2021, conclusion="faster", conclusion_text="快于预期"
        ),
        row(2),
        row(3, remark="缺2021年数，不能累计", remark_en="2021 is missing"),
        row(4, average=7.0, conclusion="behind", conclusion_text="滞后", judged_year=2022),
        row(5, conclusion="not_quantified", conclusion_text="目标未量化", base_text="-"),
    )
    said = words(made("progress", source)).replace("\n", "")
    for text in (
        "40%", "32左右", "未收录2021—2022年公布数", "缺2021年数，不能累计", "2021—2022年年均7.0%", "滞后",
        "目标未列数值", "快于预期", "时序进度40%（截至2022年）", "指标1（%）按2021年公布数（时序20%）",
    ):  # fmt: skip
        assert text in said
    assert "99" not in said
    public = words(made("progress", source, edition=EDITIONS["public"])).replace("\n", "")
    assert "不能累计" not in public
    assert all(f"指标{number}（%）" in public for number in range(1, 6))


def share(member: str, year: int, points: float) -> dict[str, Any]:
    kind = "total" if member == "total" else "industry"
    return {"account": "real", "channel": "total", "kind": kind, "member": member, "year": year, "points": points}


def test_averages_of_contributions_are_of_points_and_shares_of_their_sums() -> None:
    """2021—2025: 6, 0, 2, 2, 2 points of services and 3, 0.2, 1, 1, 1 of industry: 2.4 of 3.64, that is 65.9 %."""
    services, industry = (6.0, 0.0, 2.0, 2.0, 2.0), (3.0, 0.2, 1.0, 1.0, 1.0)
    records = []
    for year, one, two in zip(range(2021, 2026), services, industry, strict=True):
        records += [share("tertiary", year, one), share("secondary", year, two), share("total", year, one + two)]
    records.append({**share("tertiary", 2021, 99.0), "account": "nominal"})
    rows = [indicator("gdp_growth", 2021, 9.1, 9.3, fact="gdp_growth.2021")]
    found = made("contributions", material(view(contributions=records, indicators=rows)))
    assert found.native is not None
    assert found.native.categories[-1] == "2021—2025年平均"
    assert [series.values[-1] for series in found.native.series] == pytest.approx([2.4, 1.24, 3.64])
    assert found.native.series[-1].values[:2] == pytest.approx((9.3, 0.2))  # published, then the model's mean
    said = words(found)
    assert "2.4/65.9" in said
    assert "0.2/—" in said  # growth below half a point has no shares


def wanted(number: int, start: float, value: float | None, median: float, **changes: Any) -> dict[str, Any]:
    return {"row": number, "group": "plan", "year": 2030, "scenario": "baseline", "label": f"指标{number}",
            "label_en": f"Indicator {number}", "unit": "%", "p50": median, "high": median + 1, "low": median - 1,
            "last": None, "base": {"first_year": 2025, "year": 2025, "value": start, "reported": False},
            "suggestion": {"value": value, "shown_unit": 0.1, "words": "完成上级下达", "words_en": "as assigned"},
            **changes}  # fmt: skip


def test_the_two_years_show_suggestions_medians_and_what_is_skipped() -> None:
    period = {"first_year": 2021, "year": 2025, "value": 15.7, "reported": False}
    records = [
        wanted(1, 20.0, 22.0, 23.0),
        wanted(2, 50.0, None, 55.0, unit="亿元"),
        wanted(3, 0.0, None, 3.0, base=period),
        wanted(4, 1.0, 9.0, 9.0, group="other"),
    ]
    skipped = [{"row": 9, "label": "指标9", "label_en": "Indicator 9", "reason": "缺托位数", "reason_en": "none"}]
    document = {"plan_base": 2025, "scenarios": ["baseline"], "scenario_labels": ["基准情景"],
                "scenario_labels_en": ["Baseline"], "values": records, "skipped": skipped}  # fmt: skip
    said = words(made("dumbbell", material(values=document))).replace("\n", "")
    for text in ("20.0 → 22.0（+2.0）", "50.0 → 55.0（+10.0%）", "指标3*", "完成上级下达", "缺托位数",
                 "带*的为五年平均或累计（2021—2025年与2026—2030年）"):  # fmt: skip
        assert text in said
    assert "指标4" not in said


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Material:
    """A run at few draws, as of 2023."""
    folder = tmp_path_factory.mktemp("results")
    return gather([result(folder / "run", "baseline", "--as-of", "2023")])


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", PASTED)
def test_real_results_are_legible_and_show_no_more_than_the_edition_may(
    name: str, lang: str, finished: Material
) -> None:
    for edition in EDITIONS.values():
        found = made(name, finished, lang, edition=edition)
        drawn = found.draw(FONT)
        names = () if found.native is None else found.native.categories
        written = [found.title, found.alt, *(text.get_text() for text in drawn.texts), *names]
        assert violations(written, edition, finished.run_ids) == []
        if edition is INTERNAL:  # the others have shorter sources, nothing more
            assert (overflowing(drawn), overlapping(drawn)) == ((), ())


def test_the_progress_of_real_results_has_all_rows_of_the_plan(finished: Material) -> None:
    found = made("progress", finished)
    rows = [row for row in (finished.views[0].document["midterm"]["rows"]) if row["label"] in found.alt]
    assert [row["row"] for row in rows] == list(range(1, 26))
    assert found.native is None  # one row has a bar: nothing to edit in an office program
