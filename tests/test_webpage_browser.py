"""The offline page in a real browser: every control used, nothing complained of, nothing asked for from anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sim.report.editions import EDITIONS
from tests import chromium
from tests.chromium import Browser
from tests.webpage_browser import choose, opened, text, texts, watched
from tests.webpage_cases import material, of_ten, page, usual, with_documents

ROWS = "[...document.querySelectorAll('#{table} tbody tr')]"
PROGRAM = chromium.find()
if PROGRAM is None:
    pytest.skip("no Chromium on this machine: the page is not tried in a browser", allow_module_level=True)


@pytest.fixture(scope="module")
def started() -> Iterator[Browser]:
    assert PROGRAM is not None
    browser = Browser(PROGRAM)
    yield browser
    browser.close()


@pytest.fixture
def browser(started: Browser) -> Iterator[Browser]:
    yield from watched(started)


@pytest.fixture
def internal(browser: Browser, tmp_path: Path) -> Browser:
    return opened(browser, usual(), tmp_path)


def test_scenarios_are_switched_everywhere(internal: Browser) -> None:
    assert len(texts(internal, "#readings tbody tr")) == 2
    internal.click("input[name=scenario][value='1']")
    internal.settle()
    assert len(texts(internal, "#readings tbody tr")) == 1
    hidden = internal.value(
        "[...document.querySelectorAll('#targets thead th')].filter((h) => h.hidden).map((h) => h.dataset.k)"
    )
    assert hidden == ["1"]
    assert "压力" not in text(internal, "#legend")
    internal.click("input[name=scenario][value='0']")  # the last one stays
    assert internal.value("document.querySelector(\"input[name=scenario][value='0']\").checked") is True
    assert "至少显示一个情景" in text(internal, "#said")
    internal.value("document.querySelector(\"input[name=scenario][value='1']\").focus()")
    internal.press(" ")
    internal.settle()
    assert len(texts(internal, "#readings tbody tr")) == 2


def test_indicator_and_year(internal: Browser) -> None:
    choose(internal, "#indicator", "1")
    name = internal.value("data.indicators[1].name")
    assert name in internal.value("document.querySelector('#plot [role=img]').getAttribute('aria-label')")
    assert name in text(internal, "#numbers caption")
    internal.click("input[name=year][value='2030']")
    internal.settle()
    shown = internal.value(
        "[...document.querySelectorAll('#outlook thead th[data-y]')].filter((h) => !h.hidden).map((h) => h.dataset.y)"
    )
    assert shown == ["2030", "2030"]


def test_hovering_the_chart_tells_value_interval_and_source(internal: Browser) -> None:
    x, y = internal.middle("#plot")
    year = internal.value("(() => { const b = byId('plot').getBoundingClientRect(); return [b.x, b.width]; })()")
    left, width = year
    at = internal.value("scaleX(2020) / frame.width")
    internal.hover(left + at * width, y)
    told = text(internal, "#plot .box")
    assert "2020年" in told
    assert "已公布 3.9%" in told
    assert "《" in told
    assert "行" in told
    internal.hover(left + internal.value("scaleX(2030) / frame.width") * width, y)
    told = text(internal, "#plot .box")
    assert "2030年" in told
    assert "推算" in told
    assert "80%区间" in told
    assert "模型推算值，非统计数据" in told
    internal.hover(5, 5)
    assert internal.value("document.querySelector('#plot .box').hidden") is True
    assert x > 0


def test_chart_by_keys_is_read_aloud(internal: Browser) -> None:
    internal.value("byId('plot').focus()")
    internal.press("Home", "ArrowRight")
    assert text(internal, "#said").startswith("2021年。已公布 10.3%。来源：")
    internal.press("End")
    first = text(internal, "#said")
    assert first.startswith("2035年。基准情景：推算 ")
    assert "80%区间" in first
    assert "模型推算值" in first
    internal.press("ArrowDown")
    assert text(internal, "#said").startswith("2035年。压力情景：推算 ")
    internal.press("Escape")
    assert internal.value("document.querySelector('#plot .box').hidden") is True


def test_sorting_by_mouse_and_keys(internal: Browser) -> None:
    heads = texts(internal, "#targets thead th")
    column = heads.index("2020年")
    cell = f"{ROWS.format(table='targets')}.map((row) => row.cells[{column}].textContent)"
    before = internal.value(cell)
    internal.click(f"#targets thead th:nth-child({column + 1}) button")
    rising = internal.value(cell)
    known = [float(value) for value in rising if value != "—"]
    assert known == sorted(known)
    assert known != [float(value) for value in before if value != "—"]
    assert rising[len(known) :] == ["—"] * (len(rising) - len(known))
    assert "—" in rising
    internal.press("Enter")  # the head has the focus
    falling = internal.value(cell)
    assert falling[: len(known)] == rising[: len(known)][::-1]
    assert falling[len(known) :] == rising[len(known) :]
    sort = f"document.querySelector('#targets thead th:nth-child({column + 1})').getAttribute('aria-sort')"
    assert internal.value(sort) == "descending"
    internal.press(" ")
    assert (internal.value(cell), internal.value(sort)) == (before, "none")


def test_sorting_chances_with_their_words(internal: Browser) -> None:
    column = texts(internal, "#targets thead th").index("基准情景")
    internal.click(f"#targets thead th:nth-child({column + 1}) button")
    found = internal.value(f"{ROWS.format(table='targets')}.map((row) => row.cells[{column}].dataset.v)")
    known = [float(value) for value in found if value is not None]
    assert known == sorted(known)
    assert all(value is None for value in found[len(known) :])
    assert {value % 5 for value in known} == {0.0}


def test_filter(internal: Browser) -> None:
    internal.click("input[data-table=targets]")
    internal.send("Input.insertText", text="城镇化")
    shown = internal.value(f"{ROWS.format(table='targets')}.filter((row) => !row.hidden).map((row) => row.textContent)")
    assert shown
    assert all("城镇化" in row for row in shown)
    total = len(texts(internal, "#targets tbody tr"))
    assert text(internal, "[data-told=targets]") == f"显示{len(shown)}行，共{total}行"


def test_sources_of_cells_by_mouse_and_keys(internal: Browser) -> None:
    x, y = internal.middle("#outlook tbody tr:nth-child(1) td:nth-child(3)")
    internal.hover(x, y)
    assert "3721.68亿元" in text(internal, "#tip")
    assert "第57行" in text(internal, "#tip")
    internal.hover(3, 3)
    assert internal.value("byId('tip').hidden") is True
    internal.value("document.querySelector('#targets tbody [tabindex=\"0\"]').focus()")
    column = texts(internal, "#targets thead th").index("目标值")
    internal.press(*["ArrowRight"] * column)
    assert text(internal, "#tip").startswith("来源：")
    assert "第582行" in text(internal, "#tip")
    assert internal.value("document.activeElement.getAttribute('aria-describedby')") == "tip"
    internal.press("ArrowRight")
    assert "情景“基准情景”" in text(internal, "#tip")
    assert material().views[0].run_id in text(internal, "#tip")
    internal.press("Escape")
    assert internal.value("byId('tip').hidden") is True


def test_skip_link_and_focus_in_order(internal: Browser) -> None:
    internal.press("Tab")
    assert internal.value("document.activeElement.className") == "skip"
    assert internal.value("document.activeElement.getBoundingClientRect().left") >= 0
    internal.press("Tab")
    assert internal.value("document.activeElement.name") == "scenario"
    outline = internal.value("getComputedStyle(document.activeElement).outlineWidth")
    assert outline == "3px"


def test_print_opens_what_is_folded_and_repeats_heads(internal: Browser, tmp_path: Path) -> None:
    pdf = internal.printed()
    assert pdf.startswith(b"%PDF")
    assert pdf.rstrip().endswith(b"%%EOF")
    assert internal.value("document.querySelectorAll('details[open]').length") == 0  # folded again
    boxes = {tuple(map(float, box)) for box in re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)}
    assert all(abs(width - 595) < 1 and abs(height - 842) < 1 for width, height in boxes)
    internal.send("Emulation.setEmulatedMedia", media="print")
    seen = internal.value(
        "['.controls', '.filter', '.hint', '#print'].map((s) => document.querySelector(s).offsetHeight)"
    )
    group = internal.value("getComputedStyle(document.querySelector('#targets thead')).display")
    internal.send("Emulation.setEmulatedMedia", media="")
    assert seen == [0, 0, 0, 0]
    assert group == "table-header-group"
    assert len(pdf) > 50_000


@pytest.mark.parametrize("edition", EDITIONS)
def test_nothing_runs_off_the_page(browser: Browser, tmp_path: Path, edition: str) -> None:
    opened(browser, of_ten(edition), tmp_path)
    for width in (1280, 768, 360):
        browser.resize(width)
        browser.settle()
        assert browser.value("document.documentElement.scrollWidth <= document.documentElement.clientWidth") is True
        out = browser.value(
            "[...document.querySelectorAll('#plot text')].filter((t) => { const b = t.getBoundingClientRect(),"
            " p = byId('plot').getBoundingClientRect(); return b.left < p.left - 2 || b.right > p.right + 2; })"
            ".map((t) => t.textContent)"
        )
        assert out == []


@pytest.mark.parametrize("edition", ["review", "public"])
def test_other_editions_work_without_chances(browser: Browser, tmp_path: Path, edition: str) -> None:
    opened(browser, usual(edition, "en"), tmp_path)
    assert browser.value("document.querySelectorAll('[role=slider], #goal, #level').length") == 0
    choose(browser, "#indicator", "2")
    browser.click("input[name=scenario][value='0']")
    browser.click("input[name=year][value='2035']")
    browser.value("byId('plot').focus()")
    browser.press("End")
    assert re.match(r"2035\. low: Stress: projected [\d.]+", text(browser, "#said"))
    browser.click("#targets thead th:nth-child(3) button")
    browser.click("input[data-table=outlook]")
    browser.send("Input.insertText", text="GDP")
    assert browser.printed().startswith(b"%PDF")


def test_contrast_is_enough(internal: Browser) -> None:
    """Every text against the ground it stands on, after WCAG 2, from the colours that the browser shows."""
    found = internal.value(
        "[...new Set([...document.querySelectorAll('body *')].filter((e) => e.offsetHeight &&"
        " [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim())).map((e) => { let g = e;"
        " while (g && getComputedStyle(g).backgroundColor === 'rgba(0, 0, 0, 0)') g = g.parentElement;"
        " return getComputedStyle(e).color + '|' +"
        " (g ? getComputedStyle(g).backgroundColor : 'rgb(255, 255, 255)'); }))]"
    )
    assert len(found) > 5
    for pair in found:
        ink, ground = (luminance([int(n) for n in re.findall(r"\d+", colour)[:3]]) for colour in pair.split("|"))
        assert (max(ink, ground) + 0.05) / (min(ink, ground) + 0.05) >= 4.5, pair


def luminance(colour: list[int]) -> float:
    parts = [part / 255 for part in colour]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_region_with_little_to_show(browser: Browser, tmp_path: Path) -> None:
    def bare(document: dict[str, Any]) -> None:
        document.update(targets=[], distributions=None)
        document["indicators"] = [
            r for r in document["indicators"] if r["indicator"] in ("gdp", "gdp_growth", "population")
        ]
        for record in document["indicators"]:
            if record["indicator"] == "population" or record["year"] == 2030:
                record.update(dict.fromkeys(("p05", "p10", "p25", "p50", "p75", "p90", "p95", "mean")))

    opened(browser, page(with_documents(bare)), tmp_path)
    assert len(texts(browser, "#indicator option")) == 2
    browser.value("byId('plot').focus()")
    browser.press("End", "Home")
    browser.click("input[name=year][value='2030']")
    assert browser.value("document.querySelectorAll('#plot path').length") > 2
