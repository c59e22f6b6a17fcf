"""Finished results as a workbook of Excel: tables that trace, native charts, sources, resolved scenarios."""

from __future__ import annotations

from collections.abc import Iterator

from sim.language import Text
from sim.material import Material
from sim.report.editions import MODEL_VALUES, Edition
from sim.workbook.attainment import attainment_sheets
from sim.workbook.book import Book
from sim.workbook.compared import attribution_sheet, difference_sheet
from sim.workbook.contributions import contribution_sheet, midterm_sheet
from sim.workbook.cover import write_cover
from sim.workbook.desk import Desk
from sim.workbook.grid import Sheet
from sim.workbook.indicators import indicator_sheet, range_sheet
from sim.workbook.pictures import native_figures, write_pictures
from sim.workbook.scenarios import scenario_sheet
from sim.workbook.sources import source_places, source_sheet
from sim.workbook.studies import study_sheets
from sim.workbook.targets import scenarios_sheet, target_sheet

#: Names of the sheets by key.
NAMES = {
    "about": Text("说明", "About"),
    "targets": Text("目标", "Targets"),
    "midterm": Text("评估", "Evaluation"),
    "scenarios_compared": Text("情景对比", "Scenarios compared"),
    "attainment": Text("达成", "Attainment"),
    "attainment_raw": Text("达成原值", "Attainment unrounded"),
    "indicators": Text("指标", "Indicators"),
    "ranges": Text("指标区间", "Ranges"),
    "contributions": Text("拉动", "Contributions"),
    "differences": Text("差值", "Differences"),
    "attribution": Text("归因", "Attribution"),
    "sensitivity": Text("敏感性", "Sensitivity"),
    "boxes": Text("落空情形", "Where targets fail"),
    "information": Text("待补信息", "What to find out"),
    "values": Text("目标值建议", "Target values"),
    "path": Text("需要的增速", "Required path"),
    "effort": Text("实现力度", "Effort"),
    "sweep": Text("批量测算", "Sweep"),
    "charts": Text("图", "Charts"),
    "chart_data": Text("图数据", "Chart data"),
    "sources": Text("来源", "Sources"),
    "scenarios": Text("情景设定", "Scenarios"),
}


def workbook_bytes(material: Material, edition: Edition, lang: str) -> bytes:
    """The workbook of an edition in one language; the same bytes for the same results."""
    desk = Desk(material, edition, lang, {key: name.pick(lang) for key, name in NAMES.items()})
    sources = source_sheet(desk) if edition.sources else None
    places = {} if sources is None else source_places(desk, sources)
    heading = desk.say("{} 情景测算表（{}）", "{}: scenario tables ({})").format(
        material.pack.label.pick(lang), edition.label.pick(lang)
    )
    book = Book(edition, lang, heading, material.run_ids, places)
    sheets = list(_sheets(desk))
    figures = native_figures(desk)
    closing = [sheet for sheet in (sources, scenario_sheet(desk) if material.views else None) if sheet is not None]
    listed = [(sheet.name, sheet.about) for sheet in sheets]
    if figures:
        listed.append((desk.names["charts"], desk.say("可编辑的图", "charts that can be edited")))
        listed.append((desk.names["chart_data"], desk.say("图所用的数", "the numbers of the charts")))
    listed += [(sheet.name, sheet.about) for sheet in closing]
    write_cover(book, desk, listed)
    for sheet in sheets:
        book.write(sheet)
    if figures:
        write_pictures(book, desk, figures)
    for sheet in closing:
        book.write(sheet)
    subject = f"{desk.cut_off} {MODEL_VALUES.pick(lang)}"
    keywords = " ".join(material.run_ids) if edition.ids else ""
    return book.finished({"title": heading, "subject": subject, "keywords": keywords})


def _sheets(desk: Desk) -> Iterator[Sheet]:
    """Sheets of tables that the material has, in order."""
    yield from (sheet for sheet in _of_views(desk) if sheet is not None)
    comparison = desk.material.comparison
    if comparison is not None:
        yield difference_sheet(desk, comparison)
        found = attribution_sheet(desk, comparison) if desk.edition.chances else None
        if found is not None:
            yield found
    yield from study_sheets(desk)


def _of_views(desk: Desk) -> Iterator[Sheet | None]:
    lead = desk.material.lead
    if lead is None:
        return
    if lead.targets:
        yield target_sheet(desk, lead)
        yield midterm_sheet(desk, lead)
        if len(desk.material.views) > 1 and desk.edition.reasons:
            yield scenarios_sheet(desk)
        if desk.edition.chances:
            yield from attainment_sheets(desk)
    yield indicator_sheet(desk)
    if desk.edition.chances:
        yield range_sheet(desk)
    yield contribution_sheet(desk, lead)
