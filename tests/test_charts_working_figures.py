"""Figures of the working table from results made by hand: what they show, what is missing and how to get it."""

from __future__ import annotations

from typing import Any

import pytest

from sim.charts.style import overflowing, overlapping
from sim.language import Text
from sim.report.blocks import Figure, Missing
from sim.report.editions import EDITIONS, INTERNAL
from sim.report.figures import FIGURES, figure
from sim.report.guard import violations
from tests.chart_examples import texts
from tests.working_cases import (
    FONT,
    RUN_ID,
    bar,
    document,
    failing,
    found_box,
    indicator,
    material,
    moved,
    target,
    value,
    values,
    view,
)

WORKING = [name for name, kind in FIGURES.items() if kind.made_by.startswith("sim.report.figures.working:")]
ROGUE = "<script>=HYPERLINK(1)\u202e\x07" + "压力情景" * 12


def made(name: str, *views: Any, lang: str = "zh", asked: str | None = None, **documents: Any) -> Figure:
    found = figure(name, material(*views, **documents), INTERNAL, lang, asked)
    assert isinstance(found, Figure), found
    return found


def lacking(name: str, *views: Any, asked: str | None = None, **documents: Any) -> str:
    found = figure(name, material(*views, **documents), INTERNAL, "zh", asked)
    assert isinstance(found, Missing)
    assert found.sentence("en")
    return found.sentence("zh")


def growth() -> dict[str, Any]:
    """Marine share: 37 published to 2021, then 38, 39, …; the plan wants 42."""
    records = [indicator("marine_share", 2020, 37.0, p05=37.0, p95=37.0), indicator("marine_share", 2021, 37.5, 37.5)]
    records += [indicator("marine_share", year, 36.0 + year - 2020) for year in range(2022, 2026)]
    return document(targets=[target(1, "marine_share"), target(2, "fdi", None)], indicators=records)


def test_nothing_is_made_of_nothing_and_every_reason_names_the_command() -> None:
    commands = {"run.py run", "run.py compare", "run.py sensitivity", "--target-values"}
    for name in WORKING:
        if name != "reliability":
            said = lacking(name)
            assert any(command in said for command in commands), said


def test_other_editions_hold_none_but_the_columns_of_value_added() -> None:
    content = material(view(growth()))
    for edition in ("review", "public"):
        shown = [
            n
            for n in WORKING
            if "本稿不列" not in getattr(figure(n, content, EDITIONS[edition], "zh"), "why", Text("", "")).zh
        ]
        assert shown == ["cells"]


def test_a_fan_as_an_office_chart_stacks_widths_on_room_without_colour() -> None:
    found = made("fan", view(growth()), asked="plan14.marine_share.2025")
    assert found.key == found.stem == "fan_marine_share"
    assert "40%" in found.title
    assert RUN_ID in found.alt
    chart = found.native
    assert chart is not None
    assert chart.categories == ("2020", "2021", "2022", "2023", "2024", "2025")
    room, *areas, median, reported, aim = chart.series
    assert room.hidden
    assert room.values == (37.0, 37.5, 35.0, 36.0, 37.0, 38.0)  # p05, published before
    assert [area.values[2] for area in areas] == [1.0, 1.0, 2.0, 1.0, 1.0]
    assert [area.values[1] for area in areas] == [0.0] * 5
    assert median.values == (None, 37.5, 38.0, 39.0, 40.0, 41.0)
    assert median.dashed_from == 0
    assert reported.values == (37.0, 37.5, None, None, None, None)
    assert reported.dashed_from is None
    assert aim.values == (None,) * 5 + (42.0,)


def test_a_fan_of_an_indicator_without_projection_is_missing() -> None:
    assert "没有这个指标的推算" in lacking("fan", view(growth()), asked="gdp")


def test_bars_keep_the_order_of_the_plan_and_name_what_is_not_evaluated() -> None:
    rows = [target(1, "fdi", 0.0), target(2, "gdp", None), target(3, "marine_share", 1.0, probability_high=1.0)]
    rows += [target(4, "rail_length", None, outcome="missed", status="reported", actual=100.0)]
    found = made("chances", view(document(targets=rows)))
    shown = texts(found.draw(FONT))
    assert [shown.index(f"指标{row}") for row in (1, 2, 3, 4)] == sorted(
        shown.index(f"指标{row}") for row in (1, 2, 3, 4)
    )
    assert "未测算：缺基数" in shown
    assert "未完成（实际100）" in shown
    assert found.native is not None
    assert found.native.categories == ("指标1 <5%", "指标3 >95%")
    assert found.native.series[0].values == (2.5, 97.5)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ["chances", "attainment"])
@pytest.mark.parametrize(("rows", "scenarios"), [(3, 1), (40, 10)])
def test_three_and_forty_targets_one_and_ten_scenarios(name: str, lang: str, rows: int, scenarios: int) -> None:
    targets = [target(n + 1, f"i{n}", (0.0, 0.5, 1.0, None)[n % 4]) for n in range(rows)]
    views = [view(document(f"情景{n}", targets), f"s{n}") for n in range(scenarios)]
    drawn = made(name, *views, lang=lang).draw(FONT)
    assert overflowing(drawn) == ()
    assert overlapping(drawn) == ()


def test_marks_that_no_font_draws_are_taken_out_of_names_and_the_rest_is_kept() -> None:
    for name in ("chances", "attainment"):
        found = made(name, view(document(ROGUE, [target(1, "fdi")])))
        drawn = found.draw(FONT)
        assert overflowing(drawn) == ()
        assert "<script>=HYPERLINK(1)压力情景" in "".join(texts(drawn))
        assert "\u202e" not in found.alt


def shares(year: int, total: float, reported: bool = False) -> list[dict[str, Any]]:
    pairs = (
        ("gdp", total),
        ("primary_share", 2.0),
        ("secondary_share", 38.0),
        ("services_share", 60.0),
        ("marine_gop", 400.0),
    )
    return [
        indicator(n, year, v, v if reported else None, **({"p05": v, "p95": v} if reported else {})) for n, v in pairs
    ]


def test_industries_add_up_to_gdp_and_the_marine_economy_is_a_line_in_the_office_chart() -> None:
    records = [*shares(2020, 1000.0, True), *shares(2021, 1100.0, True), *shares(2022, 1200.0)]
    found = made("cells", view(document(indicators=records)))
    chart = found.native
    assert chart is not None
    assert [series.values for series in chart.series[:3]] == [
        (20.0, 22.0, 24.0),
        (380.0, 418.0, 456.0),
        (600.0, 660.0, 720.0),
    ]
    assert [series.kind for series in chart.series] == ["column"] * 3 + ["line"]
    assert {series.dashed_from for series in chart.series} == {2}
    assert chart.stack == "stacked"
    assert overlapping(found.draw(FONT)) == ()
    assert "2020年合计1000亿元" in found.alt
    late = [r | {"reported": None, "p05": 30.0} if r["indicator"] == "services_share" else r for r in records[5:10]]
    half = made("cells", view(document(indicators=[*records[:5], *late, *records[10:]]))).native
    assert half is not None
    assert [series.dashed_from for series in half.series] == [1, 1, 1, 2]  # a total alone does not publish its parts
    between = made("cells", view(document(indicators=[*records[:5], *late, *shares(2022, 1200.0, True)]))).native
    assert between is not None
    assert between.categories == ("2020", "2021（推算）", "2022")
    assert {series.dashed_from for series in between.series} == {None}
    public = figure("cells", material(view(document(indicators=records))), EDITIONS["public"], "zh")
    assert isinstance(public, Figure)
    assert violations([public.title, public.alt, *texts(public.draw(FONT))], EDITIONS["public"], [RUN_ID]) == []


def test_cells_without_shares_are_missing() -> None:
    assert "三次产业比重" in lacking("cells", view(document(indicators=[indicator("gdp", 2020, 1000.0)])))


def sensitive(*records: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {**document(), "tornado": {"targets": list(records)}, **more}


def test_a_tornado_shows_ranked_bars_before_steps_and_counts_those_left_out() -> None:
    bars = [bar(f"输入{n}", -0.1, 0.1) for n in range(12)] + [
        bar("杠杆", -0.05, 0.05, basis="step"),
        bar("无", 0.0, 0.0),
    ]
    found = made("tornado", sensitivity=sensitive(moved("plan14.marine_share.2025", bars)))
    drawn = texts(found.draw(FONT))
    assert "输入9" in drawn
    assert "输入10" not in drawn
    assert drawn.index("输入9") < drawn.index("杠杆")
    assert "无" not in drawn
    assert "影响更小的另有2项" in "".join(drawn)
    assert "4.2～6.4 %/年" in drawn
    assert found.native is not None
    assert found.native.series[0].values[0] == -10.0
    assert found.stem == "tornado_marine_share_2025"


def test_a_tornado_asked_for_is_that_one_and_one_that_nothing_moves_is_missing() -> None:
    moving, still = moved("plan14.fdi.2025", [bar("a", -0.1, 0.1)]), moved("plan14.gdp.2025", [bar("a", 0.0, 0.0)])
    document_ = sensitive(still, moving)
    assert made("tornado", sensitivity=document_).stem == "tornado_fdi_2025"  # the first that moves
    assert made("tornado", sensitivity=document_, asked="fdi").stem == "tornado_fdi_2025"
    assert "没有一项输入改变它" in lacking("tornado", sensitivity=document_, asked="plan14.gdp.2025")


def test_a_box_takes_the_span_of_an_input_from_the_tornado_of_its_target() -> None:
    id = "plan14.marine_share.2025"
    failure = {"targets": [failing("plan14.fdi.2025", [], "条件之间没有差别"), failing(id, [found_box()])]}
    content = sensitive(moved(id, [bar("growth", -0.1, 0.1)]), failure=failure)
    found = made("box", sensitivity=content)
    shown = texts(found.draw(FONT))
    assert {"4.2", "6.4", "低于5.3%", "80%", "60%", "55%"} <= set(shown)
    assert "10次中约8次落空" in found.title
    assert "条件之间没有差别" in lacking("box", sensitivity=content, asked="plan14.fdi.2025")
    other = made("box", sensitivity={**content, "tornado": None})
    assert "不按比例" in "".join(texts(other.draw(FONT)))


def test_the_suggestion_stands_where_its_probability_is_and_superiors_beside_it() -> None:
    above = [{"level": "全国", "level_en": "the nation", "printed": "40", "value": 40.0},
             {"level": "全市", "level_en": "the city", "printed": "保持", "value": None}]  # fmt: skip
    found = made("target_setting", values=values(value(above=above, last={"value": 39.0, "year": 2023})))
    assert "保持在38左右（按不低于37计）”，概率约60%（40%～85%）" in found.title
    shown = texts(found.draw(FONT))
    assert "全国目标 40" in shown
    assert not any("全市" in text for text in shown)
    assert "最近公布 39（2023年）" in shown
    assert "以直线相连" in "".join(shown)


def test_the_whole_curve_is_drawn_only_where_it_is_of_the_same_quantity() -> None:
    levels, quantiles = [0.05, 0.1, 0.3, 0.5, 0.7, 0.95], [33.0, 34.0, 36.0, 38.0, 40.0, 44.0]

    def joined(own: list[float]) -> bool:
        found = {"levels": levels, "values": [{"indicator": "marine_share", "year": 2030, "values": own}]}
        drawn = made("target_setting", view(document(distributions=found)), values=values(value())).draw(FONT)
        return "以直线相连" in "".join(texts(drawn))

    assert not joined(quantiles)
    assert joined([v + 0.5 for v in quantiles])


def test_values_of_a_span_are_named_as_such_and_an_unknown_indicator_is_missing() -> None:
    plan = {key: value()[key] for key in ("p90", "p70", "p50", "p30", "probability_low", "probability_high")}
    spanned = value("gdp_growth", plan={**plan, "kind": "average", "first_year": 2026})
    assert "2026—2030年年均" in made("target_setting", values=values(spanned)).title
    assert "没有它的目标值" in lacking("target_setting", values=values(spanned), asked="fdi")
    assert "没有它的目标值" in lacking("target_setting", values=values(value(direction=0)))


def compared(total: float) -> dict[str, Any]:
    target_ = target(1, "marine_share", 0.4)
    record = {"scenario": "plan", "target": target_["id"], "year": 2025, "total": total,
              "contributions": {"a": total, "b": 0.001}, "standard_errors": {"a": 0.002, "b": 0.002}}  # fmt: skip
    groups = [
        {"id": "a", "label": "生产率", "label_en": "productivity"},
        {"id": "b", "label": "开放", "label_en": "openness"},
    ]
    both = {"baseline": [target_], "plan": [target_]}
    return {**document(), "scenarios": ["baseline", "plan"], "scenario_labels": ["基准情景", "规划\u202e情景"],
            "scenario_labels_en": ["Baseline", "Plan"], "groups": {"plan": groups}, "attribution": [record],
            "targets": both, "indicators": {"baseline": [], "plan": []}}  # fmt: skip


def test_a_waterfall_marks_what_cannot_be_told_from_chance() -> None:
    found = made("waterfall", comparison=compared(0.2))
    assert "由“基准情景”的40%到“规划情景”的60%" in found.title
    assert "开放 不可区分" in found.alt
    assert found.native is not None
    room, up, down, marks = found.native.series
    assert room.hidden
    assert room.values[1] == pytest.approx(40.0)
    assert up.values[1] == pytest.approx(20.0)
    assert down.values == (None,) * 4
    assert marks.values[0] == pytest.approx(40.0)
    assert "差别不足1个百分点" in lacking("waterfall", comparison=compared(0.001))
    assert "差别不足1个百分点" in lacking("waterfall", comparison=compared(0.2), asked="fdi")
