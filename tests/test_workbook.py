"""The workbook of Excel: what stands in it, that it traces, and that it opens everywhere."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from sim.material import Material, gather
from sim.report.editions import EDITIONS
from sim.report.guard import violations
from tests.result_cases import result
from tests.running import FEW, call
from tests.workbook_cases import made, opened, parts, recalculated, rows, words

AS_OF = ("--as-of", "2023")
#: A scenario of two groups of settings: differences are put down to them in four runs.
WEAK = """\
name: weak
label: 房地产走弱
label_en: Weak property
levers:
  property_demand: {2021: -4, 2035: -4}
world:
  world_trade: {2024: 1, 2035: 1}
"""
CHANCE = '[<0.05]"<5%";[>0.95]">95%";0%'


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("results")
    made_by = {
        "run": (),
        "compare": ("compare", "baseline", str(folder / "weak.yaml")),
        "values": ("solve", "--target-values"),
        "path": ("solve", "--required-path"),
    }
    (folder / "weak.yaml").write_text(WEAK, encoding="utf-8")
    result(folder / "run", "baseline", *AS_OF)
    for name, command in made_by.items():
        few = FEW if name == "compare" else FEW[:2]
        if command:
            code, _, err = call(*command, *few, *AS_OF, "--out", str(folder / name))
            assert code == 0, err
    return {name: folder / name for name in made_by}


@pytest.fixture(scope="module")
def material(folders: dict[str, Path]) -> Material:
    return gather(list(folders.values()))


@pytest.fixture(scope="module")
def book(material: Material) -> bytes:
    return made(material)


@pytest.fixture(scope="module")
def pages(book: bytes) -> Any:
    return opened(book)


def test_sheets_in_order(pages: Any) -> None:
    assert [name for name in pages.sheetnames if name not in ("图", "图数据")] == [
        "说明", "目标", "评估", "情景对比", "达成", "达成原值", "指标", "指标区间", "拉动", "差值", "归因",
        "目标值建议", "需要的增速", "来源", "情景设定",
    ]  # fmt: skip
    assert pages["说明"]["A1"].value == ("使用截至2023年的数据；2021—2023年列已公布数，其后为模型推算值，非统计数据。")
    listed = {row[0].value for row in pages["说明"].iter_rows() if row[0].hyperlink}
    assert listed == set(pages.sheetnames) - {"说明"}


def test_the_same_bytes_again_and_nothing_of_the_machine(material: Material, book: bytes, pages: Any) -> None:
    assert made(material) == book
    properties = pages.properties
    assert not properties.creator
    assert not properties.lastModifiedBy
    assert str(properties.created) == "2025-01-01 00:00:00"
    text = "\n".join(words(book))
    for found in material.results:
        assert str(found.folder.parent) not in text
        assert found.run_id in text


def test_every_part_is_well_formed(book: bytes) -> None:
    found = parts(book)
    assert len(found) > 20
    for content in found.values():
        etree.fromstring(content)
    assert not any("externalLink" in name or "vba" in name.lower() for name in found)


def test_a_target_stands_with_its_gap(material: Material, pages: Any) -> None:
    row = next(row for row in rows(pages["目标"]) if row["指标"] == "实际利用外资（亿美元）")
    assert (row["2020年"], row["目标（原文）"], row["目标值"], row["责任单位"]) == (13.3, "17", 17.0, "区商务局")
    assert (row["最近公布"], row["公布年"], row["评估结论"]) == (14.5, 2021, "快于预期")
    lead = material.lead
    assert lead is not None
    record = lead.target("plan14.fdi.2025")
    assert record is not None
    assert row["预计值（推算）"] == pytest.approx(record["p50"], rel=1e-12)
    assert row["与目标差"] == pytest.approx(record["p50"] - 17.0, abs=1e-12)
    assert row["来源"] == "003_7526d0927c5bbb45:612"


def test_progress_is_that_of_the_evaluation(book: bytes, pages: Any) -> None:
    row = next(row for row in rows(pages["评估"]) if row["指标"] == "实际利用外资（亿美元）")
    assert row["完成进度（%）"] == pytest.approx((14.5 - 13.3) / (17 - 13.3) * 100, abs=1e-9)  # 32.4
    formulas = [row["完成进度（%）"] for row in rows(opened(book, values=False)["评估"]) if row["完成进度（%）"]]
    assert all(re.fullmatch(r"=\([H-J]\d+-E\d+\)/\(F\d+-E\d+\)\*100", formula) for formula in formulas)


def test_growth_of_gdp(pages: Any) -> None:
    row = next(row for row in rows(pages["指标"]) if row["指标"] == "地区生产总值（现价）")
    assert (row["基年|2020年"], row["已公布|2021年"]) == (3721.68, 4368.53)
    last = row["推算|2025年"]
    assert row["2020—2025年|年均增速（%）"] == pytest.approx(100 * ((last / 3721.68) ** 0.2 - 1), abs=1e-9)
    share = next(row for row in rows(pages["指标"]) if row["指标"] == "海洋经济增加值占地区生产总值比重")
    assert share["2020—2025年|年均增速（%）"] is None  # of a share the change is told, in points
    assert share["2020—2025年|变化（百分点或单位）"] == pytest.approx(share["推算|2025年"] - 37, abs=1e-9)


def test_contributions_add_up(pages: Any) -> None:
    found = rows(pages["拉动"])
    whole, members = found[-1], found[:-1]
    assert len(members) == 7
    assert whole["2025年|拉动（百分点）"] == pytest.approx(sum(row["2025年|拉动（百分点）"] for row in members))
    assert sum(row["2025年|贡献率（%）"] for row in members) == pytest.approx(100)


def test_a_published_number_leads_to_its_source(pages: Any) -> None:
    page = pages["指标"]
    cell = next(cell for row in page.iter_rows() for cell in row if cell.value == 4368.53)
    sheet, place = cell.hyperlink.location.replace("'", "").split("!")
    row = [cell.value for cell in pages[sheet][int(place[1:])]]
    assert row[:6] == ["gdp.2021", "公布数", "青岛西海岸新区", "地区生产总值", "2021年", 4368.53]
    assert row[9]  # the words quoted


def test_a_target_leads_to_the_document_and_line_beside_it(pages: Any) -> None:
    place = rows(pages["目标"])[0]
    column = list(place).index("来源") + 1
    found = [row[column - 1] for row in pages["目标"].iter_rows() if row[column - 1].hyperlink]
    assert len(found) > 200  # every target of every document
    for cell in found:
        sheet, at = cell.hyperlink.location.replace("'", "").split("!")
        assert pages[sheet].cell(int(at[1:]), 9).value == cell.value


def test_a_published_number_keeps_its_rounding_word_and_its_star(pages: Any) -> None:
    def shown(label: str, year: int) -> str:
        page, found = pages["指标"], rows(pages["指标"])
        place = next(n for n, row in enumerate(found) if row["指标"] == label)
        column = next(n for n, title in enumerate(found[0], 1) if title.endswith(f"{year}年") and "—" not in title)
        return str(page.cell(page.max_row - len(found) + 1 + place, column).number_format)

    assert shown("海洋生产总值（现价）", 2020) == '"近"0;"近"−0;"近"0'  # 近1400亿元
    assert shown("海洋经济增加值占地区生产总值比重", 2023) == '0"左右*";−0"左右*";0"左右*"'
    assert shown("地区生产总值（现价）", 2020) == "0.00;−0.00;0.00"


def test_chances_are_shown_to_five_points(pages: Any) -> None:
    found = [
        cell.value
        for page in pages
        for line in page.iter_rows()
        for cell in line
        if cell.number_format == CHANCE and cell.value is not None
    ]
    assert len(found) > 200
    assert all(abs(value * 20 - round(value * 20)) < 1e-9 for value in found)
    row = next(row for row in rows(pages["达成"]) if row["目标"] == "常住人口城镇化率（%）：82")
    raw = next(row for row in rows(pages["达成原值"]) if row["目标"] == "常住人口城镇化率（%）：82")
    assert raw["基准情景|概率"] > 0.95
    assert row["情景|基准情景"] == 1.0  # shown as >95%


def test_the_heat_map_has_fixed_colours(pages: Any) -> None:
    page = pages["达成"]
    scales = [rule for area in page.conditional_formatting for rule in area.rules if rule.type == "colorScale"]
    assert len(scales) == 2
    for rule in scales:
        assert [(point.type, float(point.val)) for point in rule.colorScale.cfvo] == [
            ("num", 0.0), ("num", 0.5), ("num", 1.0),
        ]  # fmt: skip
        colours = [colour.rgb[2:] for colour in rule.colorScale.color]
        assert (colours[0], colours[2]) == ("FBECD0", "17507A")
        assert colours[1] in ("9CB9C4", "9DB9C4")  # the middle of the colour map, or one step beside it


def test_sheets_are_set_up_to_be_read_and_printed(pages: Any) -> None:
    for page in pages:
        assert (page.page_setup.paperSize, page.oddFooter.center.text.count("&P")) == (9, 1)
        if page.title not in ("说明", "图", "图数据"):
            assert page.freeze_panes is not None
            assert page.print_title_rows
            assert page.sheet_properties.pageSetUpPr.fitToPage
    assert pages["目标"].page_setup.orientation == "landscape"
    assert pages["目标"].auto_filter.ref.startswith("A")


def test_differences_say_when_they_are_noise(material: Material, pages: Any) -> None:
    comparison = material.comparison
    assert comparison is not None
    noise = [
        d for d in comparison.document["differences"]
        if "indicator" in d and d["year"] in (2025, 2030, 2035) and d["difference"] and not d["distinguishable"]
    ]  # fmt: skip
    found = [row for row in rows(pages["差值"]) if row["是否可区分"] == "不可区分"]
    assert len([row for row in found if not row["指标或目标"].startswith("达成概率")]) == len(noise)
    assert all(row["差"] is None for row in found)


def test_scenarios_say_where_values_come_from(pages: Any) -> None:
    row = next(row for row in rows(pages["情景设定"]) if row["名称"] == "房地产需求")
    assert (row["情景"], row["2021年"], row["2035年"]) == ("房地产走弱", -4, -4)
    assert row["出处（文件:行）"] == "weak.yaml:5"  # without the folder it lies in


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("edition", ["review", "public"])
def test_editions_are_silent_on_chances_and_list_every_row(material: Material, edition: str, lang: str) -> None:
    data = made(material, edition, lang)
    texts = words(data)
    assert violations(texts, EDITIONS[edition], material.run_ids) == []
    assert not any("本稿略" in text or "left out of this" in text for text in texts)
    assert not any("scenarios/" in text for text in texts)
    pages = opened(data)
    assert all(page.sheet_state == "visible" for page in pages)
    assert not any(cell.number_format == CHANCE for page in pages for line in page.iter_rows() for cell in line)
    lead = material.lead
    assert lead is not None
    assert len(rows(pages["目标" if lang == "zh" else "Targets"])) == len(lead.targets)
    assert ("来源" in pages.sheetnames or "Sources" in pages.sheetnames) == (edition == "review")


def test_the_internal_edition_is_found_out_by_the_same_look(material: Material, book: bytes) -> None:
    """The guard over all parts of the file is able to fail."""
    assert violations(words(book), EDITIONS["review"], material.run_ids)


def test_in_english_no_word_of_the_program_is_chinese(material: Material) -> None:
    pages = opened(made(material, lang="en"))
    hanzi = re.compile("[\u4e00-\u9fff]")
    for page in pages:
        assert not hanzi.search(page.title)
        if page.title not in ("About", "Charts", "Chart data"):
            keep = int(re.sub(r"\D", "", page.freeze_panes))
            heads = [str(page.cell(row, column).value) for row in range(1, keep) for column in range(1, 31)]
            assert not [head for head in heads if hanzi.search(head)]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice to compute the formulas again")
def test_formulas_give_what_is_written_beside_them(book: bytes, pages: Any, tmp_path: Path) -> None:
    again, formulas = recalculated(book, tmp_path), opened(book, values=False)
    compared = 0
    for page in formulas:
        for line in page.iter_rows():
            for cell in line:
                if cell.data_type == "f":
                    written, found = pages[page.title][cell.coordinate].value, again[page.title][cell.coordinate].value
                    assert found == pytest.approx(written, rel=1e-9, abs=1e-9), (page.title, cell.coordinate)
                    compared += 1
    assert compared > 1000
