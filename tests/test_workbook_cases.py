"""Workbooks of odd material: hostile names, missing numbers, one scenario and ten, parts of the results alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import sim.workbook
from sim.language import Text
from sim.material import Doubt, Finished, Material, View, gather
from sim.report.editions import EDITIONS
from sim.report.guard import violations
from sim.workbook.grid import Entry, Grid, Sheet
from sim.workbook.indicators import growth_rate
from sim.workbook.text import LONGEST_CELL, cleaned
from tests.result_cases import result
from tests.workbook_cases import changed, made, opened, parts, rows, with_document, words

HOSTILE = '=HYPERLINK("http://example.invalid","点")<script>alert(1)</script>\x07\u202e' + "长" * 20
CLEAN = '=HYPERLINK("http://example.invalid","点")<script>alert(1)</script>' + "长" * 20


@pytest.fixture(autouse=True)
def without_charts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables only: what charts make of odd material is tested with the figures."""
    monkeypatch.setattr(sim.workbook, "native_figures", lambda desk: ())


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Material:
    """A run of one scenario, as of the base year."""
    return gather([result(tmp_path_factory.mktemp("results") / "run", "baseline")])


@pytest.fixture(scope="module")
def material(whole: Material) -> Material:
    """The same with the plan's own targets and a few indicators, so that many workbooks take little time."""

    def shortened(view: View) -> View:
        names = ("gdp", "gdp_growth", "fdi", "marine_share", "population")
        kept = [record for record in view.document["indicators"] if record["indicator"] in names]
        targets = [record for record in view.targets if record["id"].startswith("plan14.") and record["row"]]
        return with_document(view, indicators=kept, targets=targets)

    return changed(whole, shortened)


def renamed(material: Material, label: str) -> Material:
    return changed(material, lambda view: replace(view, label=Text(label, label)))


def test_text_is_cleaned() -> None:
    assert cleaned("a\x00b\x1fc\u202ed\u2066e") == "abcde"
    assert cleaned("one\r\ntwo\rthree") == "one\ntwo\nthree"
    assert cleaned("_x0041_") == "＿x0041_"  # Excel would show A
    assert cleaned("长" * (LONGEST_CELL + 5)) == "长" * (LONGEST_CELL - 1) + "…"
    assert cleaned("−5 ≥ 3 ²") == "−5 ≥ 3 ²"


def test_growth_a_year() -> None:
    assert growth_rate(100.0, 161.051, 5) == pytest.approx(10.0, abs=1e-9)
    assert growth_rate(200.0, 100.0, 1) == -50.0


@pytest.mark.parametrize("edition", ["internal", "review"])
def test_names_of_users_stay_text(material: Material, edition: str) -> None:
    data = made(renamed(material, HOSTILE), edition)
    pages = opened(data, values=False)
    cells = [cell for page in pages for line in page.iter_rows() for cell in line if "HYPERLINK" in str(cell.value)]
    assert len(cells) >= 5  # the first column of every indicator
    assert {cell.data_type for cell in cells} == {"s"}
    assert CLEAN in {cell.value for cell in cells}
    assert all("\u202e" not in text and "\x07" not in text for text in words(data))
    found = parts(data)
    assert not any(b"http://example.invalid" in content for name, content in found.items() if name.endswith(".rels"))
    for content in found.values():
        assert b"<script>" not in content  # escaped in XML


def test_text_that_looks_like_something_else_stays_text(material: Material) -> None:
    starts = ["+", "-", "@", "=1+1", "http://example.invalid", "007", "1e5"]
    views = tuple(replace(material.views[0], id=start, label=Text(start, start)) for start in starts)
    data = made(replace(material, views=views))
    cells = [cell for line in opened(data, values=False)["指标"].iter_rows(max_col=1) for cell in line]
    for start in starts:
        found = [cell for cell in cells if cell.value == start]
        assert len(found) == 5
        assert {cell.data_type for cell in found} == {"s"}
        assert not any(cell.hyperlink for cell in found)


def test_a_name_that_an_edition_must_not_show_is_not_shown(material: Material) -> None:
    named = renamed(material, "达成概率90%的情景 " + material.run_ids[0])
    data = made(named, "review")
    assert violations(words(data), EDITIONS["review"], material.run_ids) == []
    assert rows(opened(data)["指标"])[0]["情景"] == "情景1"


def test_missing_numbers_are_empty_cells_and_never_zero(material: Material) -> None:
    def emptied(view: View) -> View:
        gone = dict.fromkeys(("p05", "p10", "p25", "p50", "p75", "p90", "p95", "mean"))
        kept = [
            {**r, **gone, "reported": None, "fact": None} if r["indicator"] == "gdp" and r["year"] > 2025 else r
            for r in view.document["indicators"]
        ]
        chance: dict[str, Any] = dict.fromkeys(
            ("probability", "probability_low", "probability_high", "p10", "p50", "p90")
        )
        targets = [{**t, **chance, "status": "no_baseline"} if t["indicator"] == "fdi" else t for t in view.targets]
        return with_document(view, indicators=kept, targets=targets)

    data = made(changed(material, emptied))
    pages, formulas = opened(data), opened(data, values=False)
    row = next(row for row in rows(pages["指标"]) if row["指标"] == "地区生产总值（现价）")
    assert row["推算|2030年"] is None
    assert row["2025—2030年|年均增速（%）"] is None
    assert row["推算|2025年"] > 0
    fdi = next(row for row in rows(pages["目标"]) if row["指标"] == "实际利用外资（亿美元）")
    assert fdi["与目标差"] is None
    assert not any("实际利用外资" in str(row["目标"]) for row in rows(pages["达成"]))
    kinds = {cell.data_type for page in formulas for line in page.iter_rows() for cell in line}
    assert "e" not in kinds  # no error value


def test_probabilities_at_the_ends(material: Material) -> None:
    printed = [(0.0, 0.0), (1.0, 1.0), (0.049, 0.0), (0.951, 1.0), (0.375, 0.4), (0.5, 0.5)]

    def certain(view: View) -> View:
        judged = [t for t in view.targets if t["probability"] is not None][: len(printed)]
        pairs = zip(judged, printed, strict=True)
        return with_document(view, targets=[{**t, "probability": exact} for t, (exact, _) in pairs])

    found = rows(opened(made(changed(material, certain)))["达成"])
    assert [row["情景|基准情景"] for row in found] == [shown for _, shown in printed]


def test_a_region_without_targets(material: Material) -> None:
    data = made(changed(material, lambda view: with_document(view, targets=[], midterm=None)))
    pages = opened(data)
    assert "目标" not in pages.sheetnames
    assert "达成" not in pages.sheetnames
    assert len(rows(pages["指标"])) == 5


@pytest.mark.parametrize("count", [3, 40])
def test_few_indicators_and_many(whole: Material, count: int) -> None:
    def few(view: View) -> View:
        names = list(dict.fromkeys(r["indicator"] for r in view.document["indicators"] if r["p50"] is not None))
        kept = set(names[:count])
        return with_document(view, indicators=[r for r in view.document["indicators"] if r["indicator"] in kept])

    assert len(rows(opened(made(changed(whole, few)))["指标"])) == count


def test_ten_scenarios_with_names_of_sixty_characters(material: Material) -> None:
    lead = material.views[0]
    views = tuple(
        replace(lead, id=f"s{number}", label=Text(f"{number}" + "情" * 59, f"{number}" + "x" * 59))
        for number in range(10)
    )
    pages = opened(made(replace(material, views=views)))
    assert pages["达成"].max_column == 3 + 10
    assert pages["情景对比"].max_column == 5 + 10 + 9
    assert all(len(name) <= 31 for name in pages.sheetnames)
    row = next(row for row in rows(pages["情景对比"]) if row["指标"] == "实际利用外资（亿美元）")
    differences = [value for key, value in row.items() if "之差" in key]
    assert differences == [0.0] * 9  # ten times the same scenario


def test_grave_doubts_stand_in_red_on_every_sheet(material: Material) -> None:
    doubt = Doubt("edited", Text("结果的文件写成后被改动过", "files were changed"))
    pages = opened(made(replace(material, doubts=(doubt,))))
    for page in pages:
        if page.title not in ("图", "图数据"):
            cell = next(cell for line in page.iter_rows(max_row=6) for cell in line if cell.value == doubt.text.zh)
            assert cell.font.color.rgb == "FFB3261E"


def _of(material: Material, kind: str, document: Mapping[str, Any], **manifest: Any) -> Finished:
    first = material.results[0]
    return replace(first, kind=kind, document=document, manifest={**first.manifest, **manifest})


BAR = {
    "basis": "model", "change_high": 0.1, "change_high_error": 0.01, "change_low": -0.2, "change_low_error": 0.01,
    "distinguishable": True, "high": 6.4, "input": "world.national_growth", "kind": "world", "label": "全国经济增速",
    "label_en": "National growth", "low": 4.2, "of": "", "of_en": "", "place": "", "probability": 0.38,
    "probability_high": 0.48, "probability_low": 0.18, "record": "", "record_en": "", "swing": 0.3,
    "swing_error": 0.003, "unit": "%/年", "unit_en": "% a year",
}  # fmt: skip
SENSITIVITY = {
    "scenario": "other", "scenario_label": "另一情景", "scenario_label_en": "Another",
    "tornado": {
        "bases": {"model": {"label": "模型自身", "label_en": "the model's own"}},
        "targets": [{"label": "增速", "label_en": "Growth", "year": 2025,
                     "bars": [BAR, {**BAR, "distinguishable": False, "label": "汇率"}]}],
    },
    "failure": {"targets": [{"label": "增速", "label_en": "Growth", "year": 2025, "boxes": [
        {"sentence": "全国低于5.3%时多半落空。", "sentence_en": "Mostly missed.", "density": 0.79, "base": 0.62,
         "coverage": 0.38, "mass": 0.3}]}]},
}  # fmt: skip
PACKAGE = {
    "targets": [{"label": "制造业比重", "label_en": "Manufacturing"}], "probability": 0.002, "probability_low": 0.0,
    "probability_high": 0.041, "meets": False,
    "details": [{"label": "投资投向制造业", "label_en": "Investment", "unit": "百分点", "unit_en": "points",
                 "from": [0.0, 0.0], "to": [10.0, 10.0], "deviations": 3.0, "share": 1.0, "at_bound": True,
                 "seen": None}],
}  # fmt: skip


def test_sensitivity_alone(material: Material) -> None:
    found = _of(material, "sensitivity", SENSITIVITY)
    alone = replace(material, results=(found,), views=(), sensitivity=(found,))
    pages = opened(made(alone))
    first, second = rows(pages["敏感性"])
    assert (first["情景"], first["影响因素"], first["原概率"], first["取低值时"]) == (
        "另一情景",
        "全国经济增速",
        0.4,
        0.2,
    )
    assert (first["变幅（百分点，原值）"], first["是否可区分"]) == (pytest.approx(30.0), "可区分")
    assert (second["变幅（百分点，原值）"], second["是否可区分"]) == (None, "不可区分")
    assert rows(pages["落空情形"])[0]["该情形下落空"] == 0.8
    assert "敏感性" not in opened(made(alone, "review")).sheetnames


def test_effort_alone(material: Material) -> None:
    document = {"packages": [], "best": PACKAGE}
    found = _of(material, "solve", document, asked={"probability": 0.5})
    pages = opened(made(replace(material, results=(found,), views=(), solutions=(found,))))
    (row,) = rows(pages["实现力度"])
    assert (row["要求概率"], row["达到"], row["变化"], row["能否达到"]) == (0.5, 0.0, 10.0, "不能，此为最好结果")
    assert row["范围"] == "<5%"


def test_a_sweep_alone(material: Material) -> None:
    point = {"point": "1", "fdi_growth": "-5", "target": "plan14.fdi.2025", "probability": "0.337"}
    tables = {"points.csv": (point, {**point, "point": "2", "fdi_growth": "5", "probability": "0.961"}),
              "joint.csv": ({"point": "1", "probability": "0.1"},), "indicators.csv": ()}  # fmt: skip
    spec = {
        "axes": [{"id": "fdi_growth"}],
        "name": "two",
        "region": "west_coast",
        "as_of": 2020,
        "draws": 240,
        "seed": 1,
    }
    found = replace(_of(material, "sweep", {}, spec=spec), tables=tables)
    pages = opened(made(replace(material, results=(found,), views=(), sweeps=(found,))))
    first, second = rows(pages["批量测算"])
    assert (first["设定|实际使用外资增长"], second["设定|实际使用外资增长"]) == (-5, 5)
    key = "达成概率（取整到5个百分点）|plan14.fdi.2025"
    assert (first[key], second[key]) == (0.35, 1.0)
    assert second["达成概率（取整到5个百分点）|同时达成"] is None


def test_references_of_formulas() -> None:
    """Of a row, of its first, last and upper neighbours, by the key of the column."""
    from sim.report.blocks import Column
    from sim.workbook.book import Book

    columns = (Column("a", "甲", 10), Column("b", "乙", 10))
    sums = (Entry(4.0, formula="=SUM([a@top]:[a@up])"), Entry(3.0, formula="=[a]-[a@top]"))
    grid = Grid(columns, ((Entry(1.0), Entry(2.0)), (Entry(3.0), Entry(4.0)), sums))
    book = Book(EDITIONS["internal"], "zh", "题")
    book.write(Sheet("表", "", (), grid))
    page = opened(book.finished({}), values=False)["表"]
    assert (page["A4"].value, page["B4"].value) == ("=SUM(A2:A3)", "=A4-A2")


def test_no_path_of_the_results_is_told(material: Material, tmp_path: Path) -> None:
    text = "\n".join(words(made(material)))
    assert not re.search(r"/(tmp|home|root|Users)/", text)
