"""Tables that reports share: rows, columns and words of each edition, against records written by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sim.language import Text
from sim.material import Material, View
from sim.report.blocks import Missing, Table
from sim.report.editions import EDITIONS
from sim.report.standing import needed_words, shortfall_text, standing_rows
from sim.report.tables import (
    basis_table,
    boxes,
    compare_table,
    difference_table,
    outlook_table,
    packages_table,
    path_table,
    scenario_table,
    sensitivity_table,
    sources_table,
    sweep_table,
    target_table,
    values_table,
)
from sim.report.tables.comparison import difference_cell
from tests.report_cases import column, material_of, with_document

INTERNAL, REVIEW, PUBLIC = (EDITIONS[name] for name in ("internal", "review", "public"))
GROWTH, SHARE, TRADE = "plan14.gdp_growth.2025", "plan14.manufacturing_share.2025", "plan14.trade_total.2025"


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> Material:
    return material_of(tmp_path_factory.mktemp("tables"))


def made(found: Table | Missing) -> Table:
    assert isinstance(found, Table)
    return found


def row(found: Table, name: str) -> dict[str, Any]:
    """Cells of the row whose indicator begins with `name`, by column."""
    place = [one.key for one in found.columns].index("label")
    cells = next(cells for cells in found.rows if cells[place].text.startswith(name))
    return {one.key: cell for one, cell in zip(found.columns, cells, strict=True)}


def with_target(material: Material, id: str, **changes: Any) -> Material:
    """The material with one target's record changed."""
    assert material.lead is not None
    targets = [{**record, **changes} if record["id"] == id else record for record in material.lead.targets]
    return with_document(material, targets=targets)


def test_every_row_of_the_plan_stands_in_every_edition(material: Material) -> None:
    for edition in EDITIONS.values():
        found = made(target_table(material, material.lead, edition, "zh"))
        assert [text for text in column(found, "row") if text] == [str(number) for number in range(1, 26)]


def test_columns_of_the_editions(material: Material) -> None:
    titles = {
        id: [one.title for one in made(target_table(material, material.lead, edition, "zh")).columns]
        for id, edition in EDITIONS.items()
    }
    front = ["类别", "序号", "指标", "单位", "属性", "2020年", "2025年目标"]
    assert titles["internal"] == [*front, "2025年预测中位数", "80%区间", "达成概率（区间）", "测算说明"]
    more = ["最近公布", "完成进度", "评估结论", "达到目标所需", "口径与未达原因"]
    assert titles["review"] == [*front, *more]
    assert titles["public"] == [*front, "最近公布", "评估结论"]


def test_a_row_is_printed_as_the_plan_prints_it_with_the_model_beside_it(material: Material) -> None:
    changed = with_target(
        material, GROWTH, p10=3.762, p50=6.794, p90=9.93, probability=0.3815, probability_low=0.1456,
        probability_high=0.4881,
    )  # fmt: skip
    cells = row(made(target_table(changed, changed.lead, INTERNAL, "zh")), "地区生产总值增速")
    texts = {key: cells[key].text for key in ("unit", "nature", "base", "target", "middle", "interval", "chance")}
    assert texts == {
        "unit": "%", "nature": "预期性", "base": "3.9", "target": "8左右", "middle": "6.8", "interval": "3.8—9.9",
        "chance": "40%（15%～50%）需要努力",
    }  # fmt: skip
    assert (cells["chance"].probability, cells["chance"].value) == (0.3815, pytest.approx(38.15))
    assert cells["base"].source == "003_7526d0927c5bbb45:582"


@pytest.mark.parametrize(("probability", "text"), [(0.0, "<5% 难度很大"), (1.0, ">95% 把握较大"), (None, "—")])
def test_probabilities_of_nothing_and_certainty(material: Material, probability: float | None, text: str) -> None:
    changed = with_target(material, SHARE, probability=probability, probability_low=None, probability_high=None)
    assert row(made(target_table(changed, changed.lead, INTERNAL, "zh")), "制造业增加值")["chance"].text == text


def test_a_missed_target_is_never_called_met(material: Material) -> None:
    changed = with_target(
        material,
        SHARE,
        status="reported",
        outcome="missed",
        actual=26.5,
        probability=None,
        p10=None,
        p50=None,
        p90=None,
    )
    for edition, key in ((INTERNAL, "chance"), (REVIEW, "standing"), (PUBLIC, "standing")):
        assert row(made(target_table(changed, changed.lead, edition, "zh")), "制造业增加值")[key].text == "未完成"
    reason = row(made(target_table(changed, changed.lead, REVIEW, "zh")), "制造业增加值")["reason"].text
    assert reason.startswith("与目标相差8.5个百分点")


def test_a_shortfall_is_told_with_the_digits_of_the_figures() -> None:
    record = {"outcome": "missed", "actual": 2.85, "value": 4.5, "unit": "人/千人"}
    assert shortfall_text(record, "zh") == "与目标相差1.65人/千人"
    assert shortfall_text(record | {"outcome": "met"}, "zh") == ""


def test_growth_so_far_is_held_against_the_time_that_is_over(material: Material) -> None:
    assert material.lead is not None
    standing = standing_rows(material, material.lead)[GROWTH]
    # 10.3, 4.8 and 6 percent compound to 7.0 a year; 8 a year over five years leaves 9.5 for each of the last two
    assert standing["average"] == pytest.approx(((1.103 * 1.048 * 1.06) ** (1 / 3) - 1) * 100)
    cells = row(made(target_table(material, material.lead, REVIEW, "zh")), "地区生产总值增速")
    assert [cells[key].text for key in ("latest", "progress", "standing", "needed")] == [
        "6（2023年）", "年均7.0%", "滞后", "2024—2025年年均增速9.5%",
    ]  # fmt: skip
    assert needed_words(standing_rows(material, material.lead)[SHARE], "zh") == "2021—2025年年均提高1.0个百分点"


def test_a_figure_of_another_scope_is_marked_and_not_judged(material: Material) -> None:
    found = made(target_table(material, material.lead, PUBLIC, "zh"))
    assert row(found, "外贸进出口总额")["latest"].text == "1890*（2021年）"
    assert any(note.startswith("*") for note in found.notes)


def test_missing_scenarios_and_targets_are_said_to_be_missing(material: Material) -> None:
    assert isinstance(target_table(material, None, INTERNAL, "zh"), Missing)
    empty = with_document(material, targets=[])
    found = target_table(empty, empty.lead, INTERNAL, "zh")
    assert isinstance(found, Missing)
    assert found.sentence("zh") == "规划目标：本地区没有录入规划目标。"
    for maker in (compare_table, difference_table, path_table, sensitivity_table, boxes, packages_table, sweep_table):
        assert isinstance(maker(material, INTERNAL, "zh"), Missing), maker
    assert isinstance(values_table(material, INTERNAL, "zh"), Missing)


def test_the_outlook_prints_reported_years_as_published_and_later_ones_as_medians(material: Material) -> None:
    assert material.lead is not None
    found = made(outlook_table(material, material.lead, INTERNAL, "zh", plan=False))
    cells = row(found, "地区生产总值（现价）")
    assert [cells[f"y{year}"].text for year in (2021, 2022, 2023)] == ["4368.53", "4691.85", "5003.38"]
    assert cells["base"].text == "3721.68"
    record = material.lead.indicator("gdp", 2025)
    assert record is not None
    assert cells["y2025"].text == f"{record['p50']:.0f}（{record['p10']:.0f}—{record['p90']:.0f}）"
    assert cells["y2023"].source.startswith("gdp.2023 · ")
    plain = row(made(outlook_table(material, material.lead, PUBLIC, "zh")), "地区生产总值（现价）")
    assert (plain["y2025"].text, plain["y2023"].source) == (f"{record['p50']:.0f}", "")


def difference(value: float, clear: bool, error: float = 0.3) -> dict[str, Any]:
    return {"difference": value, "distinguishable": clear, "standard_error": error}


def test_differences_within_sampling_error_are_called_indistinguishable() -> None:
    assert difference_cell(difference(1.0, clear=False), 1, INTERNAL, "zh").text == "不可区分"
    assert difference_cell(difference(0.0, clear=False), 1, INTERNAL, "zh").text == "相同"
    assert difference_cell(difference(165.6, clear=True), 0, INTERNAL, "zh").text == "+166 ± 0.3"
    assert difference_cell(difference(-325.2, clear=True), 0, REVIEW, "zh").text == "−325"
    assert difference_cell(difference(0.04, clear=True, error=0.001), 0, REVIEW, "zh").text == "+0.04"


def with_scenario(material: Material, **resolved: Any) -> Material:
    """The material with a second scenario that sets something."""
    view = material.views[0]
    other = View("other", Text("另一情景", "Other"), view.document, {**view.resolved, **resolved}, view.run_id)
    return replace(material, views=(view, other))


def test_settings_are_told_in_spans_of_years_and_years_that_are_over_are_left_out(material: Material) -> None:
    path = {str(year): [1.0, 6.0] for year in range(2021, 2026)} | {str(year): [0.0, 0.0] for year in range(2026, 2036)}
    line = {str(2024 + k): [3.0 - 0.25 * k, 3.0 - 0.25 * k] for k in range(5)}
    changed = with_scenario(
        material,
        levers={"fdi_growth": path},
        world={"world_trade": line},
        origins={"levers.fdi_growth": "scenarios/x.yaml:9"},
    )
    found = made(scenario_table(changed, INTERNAL, "zh"))
    assert [cell.text for cell in found.rows[0][:4]] == ["基准情景", "—", "—", "各项政策力度不变，外部条件沿校准路径"]
    assert [cell.text for cell in found.rows[1][:5]] == [
        "另一情景", "政策力度", "实际使用外资增长", "2024—2025年1—6；2026—2035年0", "百分点/年",
    ]  # fmt: skip
    assert found.rows[1][-1].text == "x:9"
    assert found.rows[2][3].text == "2024—2028年由3逐步变为2"
    assert "出处（情景文件:行）" not in [one.title for one in made(scenario_table(changed, REVIEW, "zh")).columns]


def test_an_input_that_speaks_of_probability_is_named_otherwise_where_chances_may_not_stand(material: Material) -> None:
    years = {str(year): [6.0, 6.0] for year in range(2024, 2036)}
    changed = with_scenario(material, world={"rare_event_probability": years})
    names = {id: made(scenario_table(changed, EDITIONS[id], "zh")).rows[1][2].text for id in EDITIONS}
    assert names == {"internal": "罕见冲击概率", "review": "罕见冲击频率", "public": "罕见冲击频率"}


def test_every_reported_figure_has_document_line_and_words(material: Material) -> None:
    found = made(sources_table(material, INTERNAL, "zh"))
    lines = [cells for cells in found.rows if len(cells) > 1]
    share = next(cells for cells in lines if cells[1].text == "制造业增加值占地区生产总值比重")
    assert [cell.text for cell in share] == [
        "589", "制造业增加值占地区生产总值比重", "2020年：30%；2025年：35%（目标）",
        "“重（%） 预期性 30 35 区工信局”", "初步数",
    ]  # fmt: skip
    heads = [cells[0] for cells in found.rows if len(cells) == 1]
    assert all(cell.span == len(found.columns) for cell in heads)
    assert heads[0].text.startswith("《青岛西海岸新区（黄岛区）国民经济和社会发展第十四个五年规划")
    gdp = next(cells for cells in lines if "2023年：5003.38亿元" in cells[2].text)
    assert gdp[2].value == 5003.38
    public = made(sources_table(material, PUBLIC, "zh"))
    assert [one.title for one in public.columns] == ["序号", "文件", "发布单位", "日期"]


def test_readings_are_told_without_their_ids(material: Material) -> None:
    found = made(basis_table(material, material.lead, REVIEW, "zh"))
    text = row(found, "地区生产总值增速")["reading"].text
    assert text == "按2025年当年不变价增速理解，不低于7.5%即为完成；另有五年年均和双侧区间两种读法。"
    assert row(found, "地区生产总值增速")["line"].text == "第582行"


def test_internal_tables_are_not_made_for_other_editions(material: Material) -> None:
    for maker in (sensitivity_table, boxes, packages_table, sweep_table):
        found = maker(material, REVIEW, "zh")
        assert isinstance(found, Missing)
        assert found.why.zh == "本稿不列"
