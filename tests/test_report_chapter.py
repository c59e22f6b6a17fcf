"""The chapter: its parts, what it says and does not say, and that every figure and table is spoken of."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sim.language import Text
from sim.material import Doubt, Material, gather
from sim.report.blocks import Figure, Heading, Items, Paragraph, Ref, Report, Table
from sim.report.chapter import chapter
from sim.report.editions import EDITIONS, Edition
from sim.report.guard import texts_of, violations
from tests.report_cases import with_document, words
from tests.result_cases import result
from tests.running import FEW, call

INTERNAL, REVIEW, PUBLIC = (EDITIONS[name] for name in ("internal", "review", "public"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run as of 2023, what its targets need and values for the next plan, as of the same year."""
    folder = tmp_path_factory.mktemp("chapter")
    result(folder / "run", "--as-of", "2023")
    for name in ("required-path", "target-values"):
        asked = ("solve", f"--{name}", *FEW[:2], "--as-of", "2023", "--out", str(folder / name))
        assert call(*asked)[0] == 0
    return folder


@pytest.fixture(scope="module")
def material(folder: Path) -> Material:
    return gather([folder / "run", folder / "required-path", folder / "target-values"])


@pytest.fixture(scope="module")
def plain(folder: Path) -> Material:
    """Of the run alone."""
    return gather([folder / "run"])


@pytest.fixture(scope="module")
def internal(material: Material) -> Report:
    return chapter(material, INTERNAL, "zh")


def heads(report: Report, level: int = 1) -> list[str]:
    return [block.text for block in report.blocks if isinstance(block, Heading) and block.level == level]


def references(report: Report) -> set[str]:
    rows: list[Any] = [block.spans for block in report.blocks if isinstance(block, Paragraph)]
    rows += [item for block in report.blocks if isinstance(block, Items) for item in block.items]
    return {span.key for row in rows for span in row if isinstance(span, Ref)}


def test_sections_are_numbered_in_order_and_those_without_material_left_out(internal: Report, plain: Material) -> None:
    assert heads(internal) == [
        "一、口径与基准", "二、情景设定", "三、主要结果", "四、目标达成", "五、实现目标所需力度", "六、目标值建议",
        "附录",
    ]  # fmt: skip
    assert heads(chapter(plain, REVIEW, "zh")) == [
        "一、口径与基准",
        "二、情景设定",
        "三、主要结果",
        "四、目标达成",
        "附录",
    ]
    assert heads(chapter(plain, PUBLIC, "en"))[:2] == ["1. Basis", "2. Scenarios"]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("edition", EDITIONS.values(), ids=list(EDITIONS))
def test_every_table_and_figure_is_spoken_of_and_the_edition_keeps_to_its_rules(
    material: Material, edition: Edition, lang: str
) -> None:
    report = chapter(material, edition, lang)
    shown = {block.key for block in report.blocks if isinstance(block, Table | Figure)}
    assert references(report) == shown
    assert violations(texts_of(report), edition, report.run_ids) == []


def test_commands_are_named_in_the_working_draft_only(plain: Material) -> None:
    assert "敏感性与风险（sensitivity）" in words(chapter(plain, INTERNAL, "zh"))
    for edition in (REVIEW, PUBLIC):
        report = chapter(plain, edition, "zh")
        assert not any(name in words(report) for name in ("sensitivity", "solve", "compare"))
    assert any("sensitivity" in text for text in chapter(plain, REVIEW, "zh").left_out)


def test_differing_figures_come_first_in_four_sentences_without_blame(internal: Report) -> None:
    assert heads(internal, 2)[0] == "（一）需要衔接的数据"
    items = next(block for block in internal.blocks if isinstance(block, Items)).items
    first = "".join(span for span in items[0] if isinstance(span, str))
    assert first.startswith(
        "《区“十四五”规划纲要》第59行载“人均GDP达到3.5万美元”（2020年人均地区生产总值（美元）3.5万美元）。"
    )
    assert first.endswith("以统计部门最终核实数为准。")
    assert not any(word in words(internal) for word in ("错误", "矛盾", "可疑", "冲突"))


def test_reported_figures_are_told_with_their_words(internal: Report) -> None:
    said = words(internal)
    assert "2020年，青岛西海岸新区地区生产总值3721.68亿元，比上年增长3.9%" in said
    assert "2023年，地区生产总值5003.38亿元，比上年增长6%；2021—2023年年均增长7.0%" in said
    assert "海洋生产总值由2020年的近1400亿元" in said


def test_the_target_that_is_behind_says_what_is_needed(internal: Report) -> None:
    said = words(internal)
    assert (
        "地区生产总值增速滞后，2021—2023年年均7.0%，目标为8左右，要使全期年均达到8%，2024—2025年年均须增长9.5%。"
        in said
    )
    assert (
        "规划25项主要指标中，按截至2023年的公布数评估，快于预期1项、滞后1项、口径调整不可比3项、暂缺数据18项、目标未量化2项。"
        in said
    )


def altered(material: Material, **records: dict[str, Any]) -> Material:
    """The material with records of targets changed, `gdp_growth` for plan14.gdp_growth.2025."""
    assert material.lead is not None
    targets = [
        {**record, **records.get(record["id"].removeprefix("plan14.").removesuffix(".2025"), {})}
        for record in material.lead.targets
    ]
    return with_document(material, targets=targets)


def test_groups_of_targets_follow_the_printed_probabilities(plain: Material) -> None:
    assert plain.lead is not None
    names = [record["id"].removeprefix("plan14.").removesuffix(".2025") for record in plain.lead.targets
             if record["row"] and record["reading_of"] is None and record["probability"] is not None]  # fmt: skip
    low = {"probability": 0.01, "probability_low": 0.0, "probability_high": 0.02}
    changed = altered(plain, **dict.fromkeys(names, low) | {"fdi": low | {"probability": 0.78}})
    said = words(chapter(changed, INTERNAL, "zh"))
    # 0.78 is printed as 80 %, and the word is that of what is printed; the target for jobs binds nobody
    assert "把握较大的1项（概率80%）：实际利用外资。" in said
    assert f"难度很大的{len(names) - 2}项（概率不足5%）：" in said
    assert "城镇新增就业人数的目标不高于基年水平，保持即可完成，不具约束力" in said


def test_what_is_missed_is_told_by_how_much(plain: Material) -> None:
    changed = altered(
        plain, manufacturing_share={"p10": 22.4, "p50": 25.5, "p90": 28.8, "probability": 3e-4, "probability_low": None,
                                    "probability_high": None},
    )  # fmt: skip
    assert "制造业增加值占地区生产总值比重2025年推算25.5%，比目标（35）低9.5个百分点，达成概率不足5%。" in words(
        chapter(changed, INTERNAL, "zh")
    )
    review = words(chapter(changed, REVIEW, "zh"))
    assert "制造业增加值占地区生产总值比重2025年推算25.5%，比目标（35）低9.5个百分点。" in review


def test_all_targets_together(plain: Material) -> None:
    pair = ["plan14.fdi.2025", "plan14.forest_cover.2025"]
    joint = {"all": 0.003, "all_low": 0.0, "all_high": 0.12, "expected_count": 8.84, "evaluated": 19, "ids": [],
             "conflict": pair, "conflict_distinguishable": False}  # fmt: skip
    said = words(chapter(with_document(plain, joint=joint), INTERNAL, "zh"))
    assert "19项合计，预计平均完成8.8项；19项全部完成的概率不足5%（社会指标之间的相关程度未知，按互不相关推算" in said
    assert "不足5%至10%" in said
    assert "最难兼顾" not in said  # not to be told from chance
    clear = with_document(plain, joint=joint | {"conflict_distinguishable": True})
    assert "最难兼顾的是实际利用外资和森林覆盖率" in words(chapter(clear, INTERNAL, "zh"))


def test_a_missed_target_stays_missed_in_public(plain: Material) -> None:
    changed = altered(plain, fdi={"status": "reported", "outcome": "missed", "actual": 12.1, "probability": None,
                                  "p10": None, "p50": None, "p90": None})  # fmt: skip
    table = next(b for b in chapter(changed, PUBLIC, "zh").blocks if isinstance(b, Table) and b.key == "targets")
    place = [column.key for column in table.columns]
    row = next(cells for cells in table.rows if cells[place.index("label")].text == "实际利用外资")
    assert row[place.index("standing")].text == "未完成"


def test_a_region_without_targets_has_no_section_on_them(plain: Material) -> None:
    report = chapter(with_document(plain, targets=[], joint=None), INTERNAL, "zh")
    assert "四、目标达成" not in heads(report)
    assert references(report) == {block.key for block in report.blocks if isinstance(block, Table | Figure)}


def test_grave_doubts_stand_in_red_on_top_and_the_others_are_told_to_the_author(plain: Material) -> None:
    grave = Doubt("edited", Text("结果 run 的文件写成后被改动过：result.json", "run was edited"))
    light = Doubt("version", Text("由另一版程序算出：run", "by another version: run"))
    report = chapter(replace(plain, doubts=(light, grave)), REVIEW, "zh")
    red = [block.text for block in report.blocks if isinstance(block, Paragraph) and block.style == "warning"]
    assert red == ["结果 run 的文件写成后被改动过：result.json。"]
    assert isinstance(report.blocks[0], Paragraph)
    assert report.blocks[0].style == "warning"
    assert report.warnings == (light.text.zh, grave.text.zh)
    assert "由另一版程序算出：run" in words(chapter(replace(plain, doubts=(light,)), INTERNAL, "zh"))


def test_the_same_results_give_the_same_chapter(material: Material, internal: Report) -> None:
    again = chapter(material, INTERNAL, "zh")
    assert texts_of(again) == texts_of(internal)
    assert again.left_out == internal.left_out


def test_a_result_without_scenarios_still_makes_a_chapter(folder: Path) -> None:
    report = chapter(gather([folder / "target-values"]), INTERNAL, "zh")
    assert heads(report) == ["一、口径与基准", "二、目标值建议", "附录"]
    assert references(report) == {block.key for block in report.blocks if isinstance(block, Table | Figure)}


def test_the_cut_off_and_the_edition_stand_on_the_title(material: Material) -> None:
    report = chapter(material, REVIEW, "zh")
    assert (report.title, report.subtitle) == ("青岛西海岸新区经济社会发展情景分析", "审议稿　数据截至2023年")
    assert report.cut_off == "使用截至2023年的公布数；其后各年为模型推算值，非统计数据。"


def test_a_result_as_of_the_base_year_judges_nothing_by_figures(tmp_path: Path) -> None:
    report = chapter(gather([result(tmp_path / "run")]), REVIEW, "zh")
    assert "按截至" not in words(report)
    assert "仅使用2020年及以前的公布数" in words(report)
