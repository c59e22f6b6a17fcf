"""The Word file: its fonts, page, headings, properties and text; equal bytes."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn

from sim.report.guard import violations
from sim.word import document_bytes
from tests.word_cases import sample
from tests.word_files import FONT, KINDS, MILLIMETRE, W, file_of, made, opened, styled, text, xml_parts


@pytest.mark.parametrize("kind", KINDS)
def test_equal_bytes_and_no_clock(kind: str) -> None:
    lang, fonts = kind.split()
    again = document_bytes(sample(lang), fonts, FONT)
    assert hashlib.sha256(again).hexdigest() == hashlib.sha256(file_of(kind)).hexdigest()
    with zipfile.ZipFile(io.BytesIO(again)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert len(archive.namelist()) == len(set(archive.namelist()))


@pytest.mark.parametrize("kind", KINDS)
def test_every_run_font_is_named_and_none_comes_from_the_theme(kind: str) -> None:
    found = 0
    for name, root in xml_parts(file_of(kind)):
        for fonts in root.iter(qn("w:rFonts")):
            found += 1
            assert fonts.get(qn("w:eastAsia")) in HANZI_FONTS, (name, fonts.attrib)
            assert fonts.get(qn("w:ascii")) == fonts.get(qn("w:hAnsi")) == "Times New Roman"
            assert not [key for key in fonts.attrib if "heme" in key]
    assert found > 100


HANZI_FONTS = {"宋体", "黑体", "楷体", "仿宋", "方正小标宋简体", "仿宋_GB2312", "楷体_GB2312"}


@pytest.mark.parametrize(
    ("kind", "title", "body", "second"),
    [("zh common", "宋体", "仿宋", "楷体"), ("zh official", "方正小标宋简体", "仿宋_GB2312", "楷体_GB2312")],
)
def test_profiles(kind: str, title: str, body: str, second: str) -> None:
    styles = {style.style_id: style.element for style in opened(kind).styles if style.type == WD_STYLE_TYPE.PARAGRAPH}
    east = {key: style.find(".//w:rFonts", W).get(qn("w:eastAsia")) for key, style in styles.items()}
    assert (east["Title"], east["BodyText"], east["Heading1"]) == (title, body, "黑体")
    assert (east["Heading2"], east["Heading3"]) == (second, body)
    properties = styles["BodyText"].find("w:pPr", W)
    assert properties.find("w:spacing", W).get(qn("w:line")) == "560"  # 28 points
    assert properties.find("w:spacing", W).get(qn("w:lineRule")) == "exact"
    assert properties.find("w:ind", W).get(qn("w:firstLineChars")) == "200"
    assert styles["BodyText"].find("w:rPr/w:sz", W).get(qn("w:val")) == "32"  # 三号


def test_every_typeface_has_a_stand_in() -> None:
    parts = dict(xml_parts(file_of("zh official")))
    named = {font.get(qn("w:name")): font.find("w:altName", W) for font in parts["word/fontTable.xml"]}
    assert named["仿宋_GB2312"].get(qn("w:val")) == "仿宋"
    assert set(named) - {"Times New Roman"} == {"方正小标宋简体", "楷体_GB2312", "仿宋_GB2312", "黑体", "宋体"}
    with pytest.raises(ValueError, match="offcial"):
        document_bytes(sample(), "offcial", FONT)


def test_marks_shared_with_latin_are_set_as_hanzi() -> None:
    (run,) = [run for run in styled(opened(), "BodyText")[0].iter(qn("w:r")) if text(run) == "“"]
    assert run.find("w:rPr/w:rFonts", W).get(qn("w:hint")) == "eastAsia"
    assert not opened("en common").element.body.findall(".//w:rFonts[@w:hint]", W)


def test_the_page_is_that_of_the_standard() -> None:
    for section in opened().sections:
        turned = section.page_width > section.page_height
        width = section.page_width - section.left_margin - section.right_margin
        height = section.page_height - section.top_margin - section.bottom_margin
        measured = (round(width / MILLIMETRE), round(height / MILLIMETRE))
        assert measured == ((225, 156) if turned else (156, 225))
        head, binding = (
            (section.left_margin, section.top_margin) if turned else (section.top_margin, section.left_margin)
        )
        assert (round(head / MILLIMETRE), round(binding / MILLIMETRE)) == (37, 28)
    assert [section.page_width > section.page_height for section in opened().sections] == [False, True, False]


def test_the_foot_has_the_page_number_and_the_head_the_edition() -> None:
    section = opened().sections[-1]
    (foot,) = section.footer.paragraphs
    assert foot.text == "— 1 —"
    assert [node.text for node in foot._p.iter(qn("w:instrText"))] == [" PAGE "]
    assert section.header.paragraphs[0].text == "内部测算稿"
    assert made(sample(edition="review", figures=0)).sections[0].header.paragraphs[0].text == "审议稿"


def test_headings_are_real_and_stay_with_what_follows() -> None:
    document = opened()
    shown = [(one.style.name, one.text) for one in document.paragraphs if one.style.name.startswith("Heading")]
    assert shown == [
        ("Heading 1", "一、口径与基准"),
        ("Heading 2", "（一）情景设定"),
        ("Heading 3", "1. 说明"),
        ("Heading 1", "二、主要结果"),
        ("Heading 1", "三、局限"),
        ("Heading 1", "可编辑图表"),
    ]
    for level in (1, 2, 3):
        properties = document.styles[f"Heading {level}"].element.pPr
        assert properties.find(qn("w:keepNext")).get(qn("w:val")) is None
        assert properties.find(qn("w:outlineLvl")).get(qn("w:val")) == str(level - 1)


def test_properties_hold_no_name_no_clock_and_no_path() -> None:
    core = opened().core_properties
    assert (core.author, core.last_modified_by, core.comments) == ("", "", "")
    assert (core.title, core.subject, core.keywords) == ("某新区经济社会发展情景分析", "情景分析", "情景;预测")
    assert core.created == core.modified
    assert str(core.created)[:10] == "2025-01-01"
    parts = dict(xml_parts(file_of()))
    assert "".join(parts["docProps/app.xml"].itertext()) == "regional-scenarios"
    assert not [name for name in parts if "thumbnail" in name or "customXml" in name or "numbering" in name]
    texts = [node for root in parts.values() for node in root.itertext()]
    assert not [one for one in texts if re.search(r"/(home|root|tmp|work|usr)/|[A-Z]:\\\\", one)]


def test_settings_neither_ask_nor_lay_out_as_an_old_word() -> None:
    root = dict(xml_parts(file_of()))["word/settings.xml"]
    assert root.find("w:updateFields", W) is None
    assert root.find("w:themeFontLang", W).get(qn("w:eastAsia")) == "zh-CN"
    (mode,) = root.iterfind("w:compat/w:compatSetting[@w:name='compatibilityMode']", W)
    assert mode.get(qn("w:val")) == "15"
    defaults = dict(xml_parts(file_of()))["word/styles.xml"].find("w:docDefaults//w:lang", W)
    assert defaults.get(qn("w:eastAsia")) == "zh-CN"


def test_no_text_holds_what_xml_forbids_or_turns_its_direction() -> None:
    whole = "".join("".join(root.itertext()) for _, root in xml_parts(file_of()))
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u200e\u200f\u202a-\u202e\u2066-\u2069]", whole)
    assert '<script>alert(1)</script>=HYPERLINK("x")颠倒&\'' in "".join(map(text, styled(opened(), "BodyText")))


def test_doubts_are_red_and_said_once() -> None:
    document = opened()
    assert document.styles["存疑提示"].font.color.rgb == docx.shared.RGBColor(0xC0, 0, 0)
    doubts = [text(one) for one in styled(document, "Warning")]
    assert doubts == ["结果与保存时不一致，须核实。"]  # what a template marks; other warnings are the author's


def test_ids_of_results_stand_on_the_internal_edition_only() -> None:
    assert [one.text for one in opened().paragraphs if "compare-3f2a91" in one.text] == ["测算结果编号：compare-3f2a91"]
    report = replace(sample(edition="review", figures=0), run_ids=("compare-3f2a91",))
    texts = [one.text for one in made(report).paragraphs]
    assert not [one for one in texts if "3f2a91" in one]
    assert violations(texts, report.edition, report.run_ids) == []


def test_a_page_break_begins_the_page_of_the_next_block() -> None:
    (heading,) = [one for one in styled(opened(), "Heading1") if text(one) == "三、局限"]
    assert heading.find("w:pPr/w:pageBreakBefore", W) is not None
    order = [child.tag.split("}")[1] for child in heading.find("w:pPr", W)]
    assert order == ["pStyle", "pageBreakBefore"]


def test_lists_and_notes() -> None:
    document = opened()
    items = [text(one) for one in styled(document, "BodyText")]
    assert "（1）第一条，见表1。" in items
    assert "不编号的一条。" in items
    notes = [text(one) for one in styled(document, "Note")]
    place = notes.index("注：1. 口径为现价。")
    assert notes[place + 1 : place + 3] == ["2. “—”为不适用。", "资料来源：示例资料"]
    assert [text(one) for one in styled(document, "Unit")] == ["单位：%", "单位：亿元"]
    assert "1. 第一条，见Table 1。" in [text(one) for one in styled(opened("en common"), "BodyText")]


def test_a_report_of_nothing_still_opens() -> None:
    report = replace(sample(figures=0), blocks=(), warnings=(), run_ids=(), subtitle="")
    shown = [one.text for one in made(report).paragraphs if one.text]
    assert shown == ["某新区经济社会发展情景分析", "使用截至2023年公布的数据测算。"]
