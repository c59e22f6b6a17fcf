"""First sheet: what the workbook is, how far it can be trusted, what its marks mean, and what sheets it has."""

from __future__ import annotations

from collections.abc import Sequence

from sim.charts.style import cell_colours
from sim.material.stored import KINDS
from sim.report.editions import MODEL_VALUES
from sim.workbook.book import Book
from sim.workbook.desk import Desk

_LABEL, _TEXT = 22, 96


def write_cover(book: Book, desk: Desk, sheets: Sequence[tuple[str, str]]) -> None:
    """`sheets` : name and purpose of every other sheet, in order."""
    page = book.add(desk.names["about"])
    page.set_column(0, 0, _LABEL)
    page.set_column(1, 1, _TEXT)
    page.set_portrait()
    page.write_string(0, 0, book.permitted(desk.cut_off), book.style("", bold=True))
    page.write_string(1, 0, book.permitted(book.heading), book.style("title"))
    page.set_row(1, 24)
    row = 2
    for doubt in desk.material.doubts:
        style = book.style("warning" if doubt.grave else "note", text_wrap=True)
        page.merge_range(row, 0, row, 1, book.permitted(desk.allowed(doubt.text.pick(desk.lang))), style)
        page.set_row(row, 28)
        row += 1
    for label, words in facts(desk):
        page.write_string(row, 0, label, book.style("", bold=True))
        page.write_string(row, 1, book.permitted(words), book.style("", text_wrap=True))
        row += 1
    row = _sheets(book, desk, sheets, row + 1)
    _legend(book, desk, row + 1)


def facts(desk: Desk) -> list[tuple[str, str]]:
    """What the workbook is about, line by line."""
    say, material = desk.say, desk.material
    found = [
        (say("稿别", "Edition"), desk.edition.label.pick(desk.lang)),
        (say("地区", "Region"), material.pack.label.pick(desk.lang)),
        (say("数值性质", "Nature of values"), _nature(desk)),
    ]
    names = [desk.scenario(view) for view in material.views]
    if names:
        found.append((say("情景", "Scenarios"), say("、", ", ").join(names)))
    if desk.edition.ids:
        for result in material.results:
            words = say(
                f"截至{result.as_of}年 · 模拟{result.draws}次 · 种子{result.seed}",
                f"up to {result.as_of} · {result.draws} draws · seed {result.seed}",
            )
            found.append((say("结果", "Result"), f"{KINDS[result.kind]} · {result.run_id} · {words}"))
    return found


def _nature(desk: Desk) -> str:
    return desk.say(
        f"公布数照录并注明来源；推算值为{MODEL_VALUES.zh}。",
        f"Published figures with their source; else {MODEL_VALUES.en}.",
    )


def _sheets(book: Book, desk: Desk, sheets: Sequence[tuple[str, str]], row: int) -> int:
    page = book.workbook.get_worksheet_by_name(desk.names["about"])
    assert page is not None
    page.write_string(row, 0, desk.say("工作表", "Sheets"), book.style("section"))
    page.write_string(row, 1, desk.say("内容", "Content"), book.style("section"))
    for name, about in sheets:
        row += 1
        page.write_url(row, 0, f"internal:'{name}'!A1", book.style("link"), name)
        page.write_string(row, 1, book.permitted(about), book.style(""))
    return row + 1


def _legend(book: Book, desk: Desk, row: int) -> None:
    page, say = book.workbook.get_worksheet_by_name(desk.names["about"]), desk.say
    assert page is not None
    page.write_string(row, 0, say("标记", "Marks"), book.style("section"))
    page.write_string(row, 1, say("含义", "Meaning"), book.style("section"))
    marks: list[tuple[str, dict[str, object], str]] = [
        (
            "123.4",
            {"underline": 1},
            say("公布数；点开到“来源”的那一行", "published; leads to its source"),
        ),
        ("123.4", {"style": "model"}, MODEL_VALUES.pick(desk.lang)),
        ("+1.2", {}, say("由本表其他格按公式算出", "computed by a formula from other cells")),
        ("123.4*", {}, say("口径不同，不与基数和推算值相比", "on another basis: not compared")),
        ("", {}, say("空格：没有数，不是零", "empty: no number, which is not zero")),
    ]
    if not desk.edition.sources:
        marks[0] = ("123.4", {}, say("公布数", "published"))
    if desk.edition.chances:
        for share, words in ((0.0, "<5%"), (0.5, "50%"), (1.0, ">95%")):
            fill, ink = cell_colours(share)
            told = say("达成概率的颜色，各表相同", "colour of a probability, the same on all sheets")
            marks.append((words, {"bg_color": fill, "font_color": ink}, told))
    for shown, look, meaning in marks:
        row += 1
        more = {key: value for key, value in look.items() if key != "style"}
        style = book.style(str(look.get("style", "")), align="center", **more)
        page.write_string(row, 0, shown, style)
        page.write_string(row, 1, book.permitted(meaning), book.style(""))
