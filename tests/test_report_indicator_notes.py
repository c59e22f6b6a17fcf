"""Notes on indicators: eleven items of each, nothing blank, and the table of what a new plan keeps, adds and drops."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.indicators.catalogue import INDICATORS
from sim.material import Finished, Material, View
from sim.report.blocks import PageBreak, Report, Table
from sim.report.editions import EDITIONS, Edition
from sim.report.guard import texts_of, violations
from sim.report.indicator_notes.changes import plans_of
from sim.report.indicator_notes.meaning import MEANINGS, meaning_of
from sim.report.indicator_notes.pages import indicator_notes as make
from sim.targets import read_targets
from tests.report_cases import column, material_of, table

INTERNAL, REVIEW, PUBLIC = (EDITIONS[name] for name in ("internal", "review", "public"))
ITEMS = ["含义", "口径与公式", "数据来源", "完成情况", "上级目标", "横向对标", "高中低方案", "建议值与写法", "支撑项目",
         "责任单位", "年度分解"]  # fmt: skip
_MADE: dict[tuple[int, str, str], tuple[Material, Report]] = {}


def notes(material: Material, edition: Edition = INTERNAL, lang: str = "zh") -> Report:
    """The report, made once for each material, edition and language."""
    key = (id(material), edition.id, lang)
    if key not in _MADE:
        _MADE[key] = (material, make(material, edition, lang))
    return _MADE[key][1]


def note(report: Report, target: str) -> dict[str, str]:
    """The items of one indicator with what is said."""
    found = table(report, f"note_{target}")
    return dict(zip(column(found, "item"), column(found, "said"), strict=True))


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> Material:
    return material_of(tmp_path_factory.mktemp("notes") / "run")


@pytest.fixture(scope="module")
def proposed(material: Material) -> Material:
    """With a proposed value for one indicator, as `solve --target-values` writes it; the numbers are made up."""
    record = {
        "indicator": "forest_cover", "year": 2030, "unit": "%", "low": 22.9, "high": 23.4,
        "path": [{"year": 2026, "value": 23.1}, {"year": 2030, "value": 23.2}],
        "suggestion": {"words": "≥23.1", "words_en": "≥ 23.1", "remark": "保持型目标", "remark_en": "a target to keep"},
        "chance": {"probability": 0.72, "probability_low": 0.41, "probability_high": 0.93},
    }  # fmt: skip
    skipped = [{"indicator": "labour_productivity", "reason": "缺2020年从业人员数", "reason_en": "no employment"}]
    one = material.results[0]
    document = {"values": [record], "skipped": skipped}
    values = Finished(one.folder, one.shown, "target-values", one.manifest, document, {}, "0" * 12, ())
    return replace(material, target_values=values)


def test_every_indicator_has_the_eleven_items_and_none_is_blank(material: Material) -> None:
    report = notes(material)
    found = [block for block in report.blocks if isinstance(block, Table) and block.key.startswith("note_")]
    plan = [t for t in read_targets(material.pack) if t.document == "plan14" and t.row and t.reading_of is None]
    assert [one.title for one in found[:25]] == [f"{t.label.zh}测算说明" for t in plan]
    for one in found:
        assert column(one, "item") == ITEMS
        assert all(text.strip("—") for text in column(one, "said")), one.title


def test_each_indicator_begins_a_page(material: Material) -> None:
    blocks = notes(material).blocks
    tables = [i for i, block in enumerate(blocks) if isinstance(block, Table)]
    assert all(isinstance(blocks[i - 2], PageBreak) for i in tables[1:-1])
    assert isinstance(blocks[tables[-1] - 3], PageBreak)


def test_record_lists_published_years_with_document_and_line(material: Material) -> None:
    said = note(notes(material), "plan14.gdp_growth.2025")["完成情况"]
    assert "2025年目标“8左右”" in said
    assert "2020年3.9%（初步数，《区“十四五”规划纲要》第582行）" in said
    assert "2021年10.3%" in said
    assert "2023年6%" in said


def test_what_is_missing_is_said_with_who_has_it(material: Material) -> None:
    said = note(notes(material), "plan14.labour_productivity.2025")
    assert "暂缺2020、2021、2022、2023年公布数，可向区发改局索取" in said["完成情况"]
    assert "请向青岛市主管部门索取" in said["上级目标"]
    assert "没有推算值" in said["高中低方案"]
    assert "用 solve --target-values 测算后可得" in said["建议值与写法"]


def test_targets_of_city_and_nation_stand_with_their_sources(material: Material) -> None:
    said = note(notes(material), "plan14.gdp_growth.2025")["上级目标"]
    assert "青岛市2025年目标5.5%左右" in said
    assert "全国2026—2030年目标“国内生产总值增长保持在合理区间、各年度视情提出”" in said


def test_a_proposal_tells_its_wording_and_path(proposed: Material) -> None:
    said = note(notes(proposed), "plan14.forest_cover.2025")
    assert said["建议值与写法"].startswith(
        "建议写“≥23.1”（2030年，模型推算值，供论证）；保持型目标；达成概率70%（40%～95%）"
    )
    assert said["年度分解"].startswith("2026年23.1%、2030年23.2%")
    missing = note(notes(proposed), "plan14.labour_productivity.2025")["建议值与写法"]
    assert missing == "草稿写法：“高于全市（沿用）”；暂不能建议：缺2020年从业人员数"
    assert "概率" not in note(notes(proposed, REVIEW), "plan14.forest_cover.2025")["建议值与写法"]


def test_projects_are_those_of_scenarios_that_touch_the_indicator(material: Material) -> None:
    project = {"cell": "manufacturing_other", "label": {"zh": "某厂", "en": "A plant"}, "commissioning": 2026,
               "value_added": 12.0}  # fmt: skip
    view = material.views[0]
    made = View(view.id, view.label, view.document, {**view.resolved, "projects": [project]}, view.run_id)
    report = notes(replace(material, views=(made,)))
    told = "某厂（其他制造业，2026年投产，达产年增加值12亿元，列入“基准情景”）"
    assert note(report, "plan14.manufacturing_share.2025")["支撑项目"] == told
    assert note(report, "plan14.gdp_growth.2025")["支撑项目"] == told
    assert "没有作用于本指标的单列项目" in note(report, "plan14.marine_share.2025")["支撑项目"]
    assert "某厂" not in note(report, "plan14.forest_cover.2025")["支撑项目"]


def test_changes_name_both_plans_verbatim(material: Material) -> None:
    found = table(notes(material), "changes")
    rows = {row[1].text: [cell.text for cell in row] for row in found.rows}
    assert rows["制造业增加值占地区生产总值比重（%）"][5] == "保留"
    assert rows["四新经济增加值占生产总值比重（%）"][3:6] == ["—", "—", "删除"]
    assert rows["研发经费投入增长（%）"][3:6] == ["全社会研发经费投入增长（%）", "年均增长7%以上", "调整"]
    assert rows["每千人口拥有3岁以下婴幼儿托位数（个）"][3:6] == ["3岁以下婴幼儿入托率（%）", "提高", "调整"]
    added = [row[3].text for row in found.rows if row[1].text == "—"]
    assert "养老机构护理型床位占比（%）" in added
    assert all(row[5].text == "新增" for row in found.rows if row[1].text == "—")
    assert len(found.rows) == 25 + len(added)
    assert all(row[6].text.strip("—") for row in found.rows), "every row has a reason, or says who is to give it"


def test_editions_show_no_more_than_they_may(proposed: Material) -> None:
    for edition in EDITIONS.values():
        for lang in ("zh", "en"):
            report = notes(proposed, edition, lang)
            assert violations(texts_of(report), edition, report.run_ids) == []
    assert "年度分解" not in note(notes(proposed, PUBLIC), "plan14.forest_cover.2025")


def test_a_plan_without_a_draft_has_no_changes(material: Material) -> None:
    targets = [t for t in read_targets(material.pack) if t.document != "plan15_draft"]
    old, new = plans_of(targets)
    assert (len(old), new) == (25, ())
    assert len(plans_of(read_targets(material.pack))[1]) == 30


def test_every_indicator_of_the_model_has_a_meaning_in_both_languages() -> None:
    assert [name for name in INDICATORS if meaning_of(name) is None] == []
    for meaning, formula in MEANINGS.values():
        assert meaning.zh
        assert meaning.en.isascii()
        assert formula.zh
        assert formula.en
    assert meaning_of("academicians") is None
