"""The evaluation of the plan: the bureau's table, judgement by counts, what falls short, and the final layout."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from sim.material import Material
from sim.report.blocks import Items, Paragraph, Report, Table
from sim.report.editions import EDITIONS, Edition
from sim.report.evaluation import evaluation as make
from sim.report.guard import texts_of, violations
from sim.targets import read_targets
from tests.report_cases import column, fact_like, material_of, table, with_document, with_facts, words

INTERNAL, REVIEW, PUBLIC = (EDITIONS[name] for name in ("internal", "review", "public"))


_MADE: dict[tuple[int, str, str], tuple[Material, Report]] = {}


def evaluation(material: Material, edition: Edition, lang: str) -> Report:
    """The report, made once for each material, edition and language."""
    key = (id(material), edition.id, lang)
    if key not in _MADE:
        _MADE[key] = (material, make(material, edition, lang))
    return _MADE[key][1]


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> Material:
    return material_of(tmp_path_factory.mktemp("evaluation") / "run")


@pytest.fixture(scope="module")
def finished(material: Material) -> Material:
    """The year of the plan is over: some figures of 2025 are published, each made up for this test."""
    made = [
        fact_like(material, "gdp_growth.2020", id="gdp_growth.2025", period="2025", value=7.0, printed="7.0"),
        fact_like(material, "good_air_ratio.2020", id="good_air_ratio.2025", period="2025", value=81.0, printed="81"),
        fact_like(material, "manufacturing_share.2020", id="manufacturing_share.2025", period="2025", value=31.0,
                  printed="31"),
        fact_like(material, "trade_total.2020", id="trade_total.2025", period="2025", value=3100.0, printed="3100",
                  scope="窄口径"),
    ]  # fmt: skip
    return with_document(with_facts(material, *made), as_of=2025, midterm=None)


def test_table_has_every_row_of_the_plan_verbatim_in_its_order(material: Material) -> None:
    plan = [t for t in read_targets(material.pack) if t.document == "plan14" and t.row and t.reading_of is None]
    for edition in EDITIONS.values():
        found = table(evaluation(material, edition, "zh"), "evaluation_2025")
        assert column(found, "label") == [t.label.zh for t in plan]
        assert column(found, "target") == [t.target_text for t in plan]
        assert column(found, "no") == [str(number) for number in range(1, 26)]


def test_columns_are_those_of_a_mid_term_evaluation(material: Material) -> None:
    titles = [c.title for c in table(evaluation(material, REVIEW, "zh"), "evaluation_2025").columns]
    assert titles == ["序号", "指标", "单位", "属性", "2020年基数", "2025年目标", "2021年", "2022年", "2023年",
                      "完成进度", "评估结论", "2025年预计*", "责任单位", "备注（口径）"]  # fmt: skip


def test_growth_is_judged_by_its_average_and_says_what_is_needed(material: Material) -> None:
    report = evaluation(material, REVIEW, "zh")
    found = table(report, "evaluation_2025")
    row = dict(zip((c.key for c in found.columns), found.rows[0], strict=True))
    # 1.103 × 1.048 × 1.06 = 1.22531; its cube root is 1.07008; 1.08^5 / 1.22531 = 1.19915, the root of it 1.09506.
    assert [row[f"y{year}"].text for year in (2021, 2022, 2023)] == ["10.3", "4.8", "6"]
    assert (row["progress"].text, row["conclusion"].text) == ("年均7.0%", "滞后")
    said = words(report)
    assert "2021—2023年年均增长7.0%，与目标8左右相差1.0个百分点，评估结论为滞后。" in said
    assert "2024—2025年年均增速9.5%" in said
    assert "其中2022年增长4.8%，低于目标值3.2个百分点，拉低年均数最多" in said
    assert "具体原因请区发改局补充说明" in said


def test_progress_of_an_earlier_year_tells_that_year_and_its_time(material: Material) -> None:
    found = table(evaluation(material, REVIEW, "zh"), "evaluation_2025")
    texts = dict(zip(column(found, "label"), column(found, "progress"), strict=True))
    # (14.5 − 13.3) ÷ (17 − 13.3) = 32.4 % in 2021, one year of five.
    assert texts["实际利用外资（亿美元）"] == "32%（时序20%）"


def test_counts_add_up_and_name_every_row_once(material: Material) -> None:
    report = evaluation(material, INTERNAL, "zh")
    said = words(report)
    assert "2025年目标共25项，可按公布数评估的2项：快于预期1项、滞后1项。未作进度评估的23项：" in said
    counts = [int(n) for n in re.findall(r"（(\d+)项）：", said)]
    assert sum(counts) == 25
    items = next(block for block in report.blocks if isinstance(block, Items)).items
    assert sum(str(item[0]).count("、") + 1 for item in items) == 25


def test_editions_show_no_more_than_they_may(material: Material) -> None:
    for edition in EDITIONS.values():
        for lang in ("zh", "en"):
            report = evaluation(material, edition, lang)
            assert violations(texts_of(report), edition, report.run_ids) == []
            titles = [c.key for c in table(report, "evaluation_2025").columns]
            assert ("expected" in titles) is (edition is not PUBLIC)
            assert ("remark" in titles) is (edition is not PUBLIC)
            assert any(getattr(b, "key", "") == "outlook_2025" for b in report.blocks) is (edition is INTERNAL)
            assert bool(report.left_out) is (edition is not INTERNAL)


def test_expected_values_are_marked_as_the_models(material: Material) -> None:
    found = table(evaluation(material, REVIEW, "zh"), "evaluation_2025")
    assert any("预计为模型推算值，非统计数据" in note for note in found.notes)
    expected = [row[11] for row in found.rows if row[11].text != "—"]
    assert expected
    assert all("模型推算值" in cell.source for cell in expected)


def test_published_figures_say_where_they_stand(material: Material) -> None:
    found = table(evaluation(material, REVIEW, "zh"), "evaluation_2025")
    figures = [cell for row in found.rows for cell in row[6:9] if cell.text != "—"]
    assert len(figures) == 9  # GDP 3, marine, new economy, investment, trade, towns, jobs: one each
    assert all(cell.source for cell in figures)


def test_requests_name_what_is_missing_and_who_has_it(material: Material) -> None:
    needs = table(evaluation(material, REVIEW, "zh"), "needs_2025")
    lacking = dict(zip(column(needs, "label"), column(needs, "lacking"), strict=True))
    assert lacking["全员劳动生产率"] == "2020年基数、2021—2023年公布数"
    assert lacking["四新经济增加值占生产总值比重"] == "2020年基数、2021年、2023年公布数"
    assert "目标数值（上级下达数）" in lacking["单位地区生产总值能源消耗降低"]
    assert "实际利用外资" not in lacking
    assert all(column(needs, "owner"))


def test_what_is_to_be_aligned_is_worded_neutrally_by_bureau(material: Material) -> None:
    checks = table(evaluation(material, REVIEW, "zh"), "checks_2025")
    questions = column(checks, "question")
    assert any("《区“十四五”规划纲要》第582行" in text and "需衔接" in text for text in questions)
    assert not any(word in text for text in questions for word in ("错误", "矛盾", "可疑", "冲突", "003_7526"))
    owners = column(checks, "owner")
    assert owners == sorted(owners, key=owners.index), "questions to a bureau stand together"


def test_a_final_evaluation_judges_by_what_was_reported(finished: Material) -> None:
    report = evaluation(finished, REVIEW, "zh")
    found = table(report, "evaluation_2025")
    titles = [c.title for c in found.columns]
    assert not any(word in title for title in titles for word in ("完成进度", "预计"))
    assert "2025年" in titles
    word = dict(zip(column(found, "label"), column(found, "conclusion"), strict=True))
    assert word["地区生产总值增速"] == "未完成"  # 7.0 of 8, met from 7.5
    assert word["空气质量优良天数比率（%）"] == "完成"  # 81 of 80
    assert word["制造业增加值占地区生产总值比重（%）"] == "未完成"  # 31 of 35
    assert word["外贸进出口总额（亿元）"] == "口径调整不可比"
    assert word["森林覆盖率（%）"] == "暂缺数据"
    assert report.title.endswith("规划实施总结评估")


def test_a_missed_target_is_never_called_met_in_any_edition(finished: Material) -> None:
    for edition in EDITIONS.values():
        said = words(evaluation(finished, edition, "zh"))
        assert "未完成（2项）：地区生产总值增速、制造业增加值占地区生产总值比重。" in said
        assert "\n完成（1项）：空气质量优良天数比率。" in said
        assert "2025年为7.0%，与目标8左右相差1.0个百分点，评估结论为未完成" in said


def test_a_comparison_is_evaluated_by_the_same_figures(material: Material) -> None:
    again = with_document(material, midterm=None)
    first, second = (table(evaluation(m, PUBLIC, "zh"), "evaluation_2025") for m in (material, again))
    assert first == second


def test_without_anything_behind_it_says_so(material: Material) -> None:
    document = material.views[0].document
    rows = [{**row, "conclusion": "in_time", "conclusion_text": "基本符合"} for row in document["midterm"]["rows"]]
    changed = with_document(material, midterm={**document["midterm"], "rows": rows})
    assert "可评估的指标中没有滞后和未达到的。" in words(evaluation(changed, REVIEW, "zh"))


def test_a_city_without_numbered_rows_is_evaluated_by_target_year(tmp_path: Path) -> None:
    report = evaluation(material_of(tmp_path / "city", "--region", "qingdao"), REVIEW, "zh")
    keys = [b.key for b in report.blocks if isinstance(b, Table) and b.key.startswith("evaluation_")]
    assert keys == sorted(keys)
    assert len(keys) >= 2
    assert violations(texts_of(report), REVIEW, report.run_ids) == []


def test_grave_doubts_stand_on_the_page_in_red(material: Material) -> None:
    from sim.language import Text
    from sim.material import Doubt

    doubt = Doubt("edited", Text(f"结果 {material.results[0].folder.name} 的文件写成后被改动过", "changed"))
    report = evaluation(replace(material, doubts=(doubt,)), REVIEW, "zh")
    assert [b.text for b in report.blocks if isinstance(b, Paragraph) and b.style == "warning"] == [
        "结果 1 的文件写成后被改动过"
    ]
