"""Editions of one chapter: what each may show, what is kept from it, and that nothing is bettered on the way."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sim.language import Text
from sim.material import Material, View, gather
from sim.report.blocks import Figure, Report, Table
from sim.report.chapter import chapter
from sim.report.editions import EDITIONS
from sim.report.figures import FIGURES
from sim.report.guard import texts_of, violations
from tests.report_cases import table, words
from tests.running import FEW, call

INTERNAL, REVIEW, PUBLIC = (EDITIONS[name] for name in ("internal", "review", "public"))


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> Material:
    """A comparison of two scenarios, one of which names an input by its probability."""
    folder = tmp_path_factory.mktemp("editions") / "compare"
    asked = ("compare", "baseline", "stress", *FEW, "--no-attribution", "--out", str(folder))
    assert call(*asked)[0] == 0
    return gather([folder])


@pytest.fixture(scope="module")
def reports(material: Material) -> dict[str, Report]:
    return {id: chapter(material, edition, "zh") for id, edition in EDITIONS.items()}


def renamed(material: Material, label: str) -> Material:
    """The material with another name for its second scenario."""
    first, second = material.views
    other = View(second.id, Text(label, label), second.document, second.resolved, second.run_id)
    return replace(material, views=(first, other))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_stands_where_it_must_not(material: Material, lang: str) -> None:
    for edition in EDITIONS.values():
        report = chapter(material, edition, lang)
        assert violations(texts_of(report), edition, report.run_ids) == [], edition.id


def test_internal_figures_stand_in_the_working_draft_only(reports: dict[str, Report]) -> None:
    inner = {name for name, kind in FIGURES.items() if kind.internal}
    for id, report in reports.items():
        keys = [block.key for block in report.blocks if isinstance(block, Figure)]
        found = {name for name in inner if any(key == name or key.startswith(f"{name}_") for key in keys)}
        assert bool(found) == (id == "internal"), (id, found)


def test_ids_of_results_stand_in_the_working_draft_only(reports: dict[str, Report]) -> None:
    for id, report in reports.items():
        run_id = report.run_ids[0]
        assert any(run_id in text for text in texts_of(report)) == (id == "internal")


def test_the_author_is_told_what_is_left_out(reports: dict[str, Report]) -> None:
    review, public = reports["review"], reports["public"]
    assert "各项目标的达成概率、可能范围和合计完成的概率（内部测算稿列出）" in review.left_out
    assert any(text.startswith("公布数之间需要衔接的") for text in public.left_out)
    assert any(text.startswith("各情景的设定表") for text in public.left_out)
    assert not any("概率" in words(report) for report in (review, public))


def test_documents_lines_and_quotations_by_edition(reports: dict[str, Report]) -> None:
    def columns(id: str) -> list[str]:
        return [column.key for column in table(reports[id], "sources").columns]

    assert columns("internal") == columns("review") == ["line", "subject", "value", "quote", "remark"]
    assert columns("public") == ["row", "title", "publisher", "date"]


def test_every_row_of_the_plan_is_listed_whichever_edition(reports: dict[str, Report]) -> None:
    for report in reports.values():
        found = table(report, "targets")
        place = [column.key for column in found.columns].index("row")
        assert [row[place].text for row in found.rows if row[place].text] == [str(number) for number in range(1, 26)]


def test_the_required_growth_and_the_basis_stand_in_the_review(reports: dict[str, Report]) -> None:
    keys = [column.key for column in table(reports["review"], "targets").columns]
    assert {"needed", "reason"} <= set(keys)
    assert {"chance", "interval", "middle"}.isdisjoint(keys)


@pytest.mark.parametrize("label", ["大概率情景", "results/stress", "3f9a77be01cc"])
def test_a_scenario_named_by_what_must_not_stand_gets_a_number(material: Material, label: str) -> None:
    changed = renamed(material, label)
    report = chapter(changed, PUBLIC, "zh")
    assert violations(texts_of(report), PUBLIC, report.run_ids) == []
    assert "“情景2”" in words(report)
    kept = "/" not in label  # a path stands nowhere
    assert (f"“{label}”" in words(chapter(changed, INTERNAL, "zh"))) == kept


def test_differences_that_mix_policy_and_luck_are_said_to(reports: dict[str, Report]) -> None:
    for report in reports.values():
        assert "“压力情景”的外部条件与“基准情景”不同" in words(report)


def test_model_values_are_marked_in_every_edition(reports: dict[str, Report]) -> None:
    for report in reports.values():
        assert "模型推算值，非统计数据" in words(report)
        for key in ("outlook", "differences"):
            assert any("模型推算值，非统计数据" in note for note in table(report, key).notes)


def test_a_name_of_sixty_characters_stays_whole(material: Material) -> None:
    label = "很长的情景名称" * 8 + "一二三四"
    assert len(label) == 60
    report = chapter(renamed(material, label), REVIEW, "zh")
    heads = [column.title for block in report.blocks if isinstance(block, Table) for column in block.columns]
    assert label in heads


def test_no_folder_of_the_machine_is_named(reports: dict[str, Report], material: Material, tmp_path: Path) -> None:
    folder = str(material.results[0].folder)
    assert tmp_path.anchor
    assert not any(folder in text for report in reports.values() for text in texts_of(report))
