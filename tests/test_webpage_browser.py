"""The offline page in a real browser: every control used, nothing complained of, nothing asked for from anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sim.report.editions import EDITIONS
from tests import chromium
from tests.webpage_cases import NAMES, material, page, usual, with_documents, with_views

PROGRAM = chromium.find()
if PROGRAM is None:
    pytest.skip("no Chromium on this machine: the page is not tried in a browser", allow_module_level=True)

ROWS = "[...document.querySelectorAll('#{table} tbody tr')]"


@pytest.fixture(scope="module")
def started() -> Iterator[chromium.Browser]:
    assert PROGRAM is not None
    browser = chromium.Browser(PROGRAM)
    yield browser
    browser.close()


@pytest.fixture
def browser(started: chromium.Browser) -> Iterator[chromium.Browser]:
    """The browser; whatever a test does, the page must not complain and must not ask for anything but itself."""
    yield started
    assert started.troubles() == []
    asked = started.requests()
    assert len(asked) == 1
    assert asked[0].startswith("file:///")


@pytest.fixture
def internal(browser: chromium.Browser, tmp_path: Path) -> chromium.Browser:
    return opened(browser, usual(), tmp_path)


def opened(browser: chromium.Browser, text: str, folder: Path, width: int = 1280) -> chromium.Browser:
    path = folder / "page.html"
    path.write_bytes(text.encode())
    browser.open(path, width)
    browser.settle()
    return browser


def text(browser: chromium.Browser, selector: str) -> str:
    found = browser.value(f"document.querySelector({selector!r}).textContent")
    assert isinstance(found, str)
    return found


def texts(browser: chromium.Browser, selector: str) -> list[str]:
    found = browser.value(f"[...document.querySelectorAll({selector!r})].map((e) => e.textContent)")
    assert isinstance(found, list)
    return found


def choose(browser: chromium.Browser, selector: str, value: str) -> None:
    browser.value(
        f"(() => {{ const e = document.querySelector({selector!r}); e.value = {value!r};"
        " e.dispatchEvent(new Event('change', { bubbles: true })); })()"
    )
    browser.settle()


def chances(browser: chromium.Browser) -> list[str]:
    return texts(browser, "#readings strong")


def slider(browser: chromium.Browser) -> dict[str, Any]:
    found = browser.value(
        "(({ ariaValueNow, ariaValueMin, ariaValueMax, ariaValueText }) =>"
        " ({ now: +ariaValueNow, low: +ariaValueMin, high: +ariaValueMax, text: ariaValueText }))"
        "(document.querySelector('[role=slider]'))"
    )
    assert isinstance(found, dict)
    return found


def stored(label: str = "plan14.gdp_growth.2025") -> list[float]:
    found = [view.target(label) for view in material().views]
    return [record["probability"] for record in found if record is not None]


def printed(probability: float) -> str:
    return "<5%" if probability < 0.05 else ">95%" if probability > 0.95 else f"{int(probability * 20 + 0.5) * 5}%"


def test_slider_starts_at_the_stored_target_with_its_probability(internal: chromium.Browser) -> None:
    assert slider(internal)["now"] == 8
    assert [found.split("（")[0] for found in chances(internal)] == [printed(p) for p in stored()]
    # The curve alone gives the same as the stored text: without its range, one cannot tell them apart.
    read = internal.value("data.scenarios.map((_, place) => chanceAt(curvesNow()[place]))")
    assert read == pytest.approx(stored(), abs=1e-12)


@pytest.mark.parametrize("operator", [">=", "about", "between", "<="])
def test_every_stored_target_is_given_back_exactly(browser: chromium.Browser, tmp_path: Path, operator: str) -> None:
    def turned(document: dict[str, Any]) -> None:
        if operator == "<=":  # none is stored: the other side of one that is
            for record in document["targets"]:
                if record["operator"] == ">=" and record["probability"] is not None:
                    record.update(operator="<=", probability=1.0 - record["probability"])

    opened(browser, page(with_documents(turned)), tmp_path)
    found = browser.value(
        "data.indicators.flatMap((item, index) => item.targets.map((target) => { state.indicator = index;"
        " state.year = target.year; goal.entry = target; goal.operator = target.operator; goal.value = target.value;"
        " const now = curvesNow(); return [item.name, target.operator, target.value, target.chances.map((text, place) =>"
        " [text.split('（')[0], chanceText(chanceAt(now[place]))])]; })).filter((one) => one[1] === "
        f"{operator!r})"
    )
    assert found
    for name, _, value, pairs in found:
        assert all(before == after for before, after in pairs), (name, value, pairs)


def test_slider_by_keys(internal: chromium.Browser) -> None:
    internal.value("document.querySelector('[role=slider]').focus()")
    start = [float(re.sub("[<>%]", "", c.split("（")[0])) for c in chances(internal)]
    internal.press(*["ArrowUp"] * 3)
    assert slider(internal)["now"] == pytest.approx(8.3)
    assert internal.value("document.activeElement.getAttribute('role')") == "slider"
    assert all("（" not in found for found in chances(internal))  # a range is stored for the target only
    later = [float(re.sub("[<>%]", "", c)) for c in chances(internal)]
    assert all(after <= before for before, after in zip(start, later, strict=True))
    internal.press("Home")
    assert slider(internal)["now"] == slider(internal)["low"]
    assert chances(internal) == [">95%", ">95%"]
    internal.press("End")
    assert slider(internal)["now"] == slider(internal)["high"]
    assert chances(internal) == ["<5%", "<5%"]
    assert "99%" in text(internal, "#readings tbody")
    internal.press("PageDown")
    assert slider(internal)["now"] < slider(internal)["high"]
    internal.click("#reset")
    assert slider(internal)["now"] == 8


def test_slider_by_mouse(internal: chromium.Browser) -> None:
    x, y = internal.middle("[role=slider] .handle")
    internal.drag((x, y), (x, y + 60))
    lower = slider(internal)
    assert lower["now"] < 7.5
    names = [name.strip() for name in texts(internal, "#readings tbody th")]
    assert all(f"{n} {chance}" in lower["text"] for n, chance in zip(names, chances(internal), strict=True))
    x, y = internal.middle("[role=slider] .handle")
    internal.drag((x, y), (x, y - 120))
    assert slider(internal)["now"] > lower["now"]
    assert internal.value("document.querySelector('#level').valueAsNumber") == slider(internal)["now"]


def test_slider_by_touch(internal: chromium.Browser) -> None:
    x, y = internal.middle("[role=slider] .handle")
    for kind, dy in (("touchStart", 0), ("touchMove", 20), ("touchMove", 50), ("touchEnd", 0)):
        points = [] if kind == "touchEnd" else [{"x": x, "y": y + dy}]
        internal.send("Input.dispatchTouchEvent", type=kind, touchPoints=points)
    internal.settle()
    assert slider(internal)["now"] < 8


def test_target_by_number_and_other_targets(internal: chromium.Browser) -> None:
    internal.click("#level")
    internal.value("document.querySelector('#level').select()")
    internal.send("Input.insertText", text="5.5")
    internal.settle()
    assert slider(internal)["now"] == 5.5
    options = texts(internal, "#goal option")
    assert options[-2:] == ["自定：不低于", "自定：不高于"]
    choose(internal, "#goal", "ge")
    at_least = internal.value("data.scenarios.map((_, place) => chanceAt(curvesNow()[place]))")
    choose(internal, "#goal", "le")
    at_most = internal.value("data.scenarios.map((_, place) => chanceAt(curvesNow()[place]))")
    assert [a + b for a, b in zip(at_least, at_most, strict=True)] == pytest.approx([1.0, 1.0])
    band = next(place for place, option in enumerate(options) if "双侧区间" in option)
    choose(internal, "#goal", str(band))
    assert [c.split("（")[0] for c in chances(internal)] == [printed(p) for p in stored("plan14.gdp_growth.2025.band")]


def test_chances_fall_as_more_is_asked_for(internal: chromium.Browser) -> None:
    choose(internal, "#goal", "ge")
    found = internal.value(
        "(() => { const [low, high] = span(); return curvesNow().map((curve) => Array.from({ length: 200 }, (_, k) => {"
        " goal.value = low + (high - low) * k / 199; return chanceAt(curve); })); })()"
    )
    for shares in found:
        assert shares == sorted(shares, reverse=True)
        assert (shares[0], shares[-1]) == (1, 0)


def test_scenarios_are_switched_everywhere(internal: chromium.Browser) -> None:
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


def test_indicator_and_year(internal: chromium.Browser) -> None:
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


def test_hovering_the_chart_tells_value_interval_and_source(internal: chromium.Browser) -> None:
    x, y = internal.middle("#plot")
    year = internal.value("(() => { const b = byId('plot').getBoundingClientRect(); return [b.x, b.width]; })()")
    left, width = year
    at = internal.value("scaleX(2021) / frame.width")
    internal.hover(left + at * width, y)
    told = text(internal, "#plot .box")
    assert "2021年" in told
    assert "已公布 10.3%" in told
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


def test_chart_by_keys_is_read_aloud(internal: chromium.Browser) -> None:
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


def test_sorting_by_mouse_and_keys(internal: chromium.Browser) -> None:
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


def test_sorting_chances_with_their_words(internal: chromium.Browser) -> None:
    column = texts(internal, "#targets thead th").index("基准情景")
    internal.click(f"#targets thead th:nth-child({column + 1}) button")
    found = internal.value(f"{ROWS.format(table='targets')}.map((row) => row.cells[{column}].dataset.v)")
    known = [float(value) for value in found if value is not None]
    assert known == sorted(known)
    assert all(value is None for value in found[len(known) :])
    assert {value % 5 for value in known} == {0.0}


def test_filter(internal: chromium.Browser) -> None:
    internal.click("input[data-table=targets]")
    internal.send("Input.insertText", text="城镇化")
    shown = internal.value(f"{ROWS.format(table='targets')}.filter((row) => !row.hidden).map((row) => row.textContent)")
    assert shown
    assert all("城镇化" in row for row in shown)
    total = len(texts(internal, "#targets tbody tr"))
    assert text(internal, "[data-told=targets]") == f"显示{len(shown)}行，共{total}行"


def test_sources_of_cells_by_mouse_and_keys(internal: chromium.Browser) -> None:
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
    assert "十四五" in text(internal, "#tip")
    assert internal.value("document.activeElement.getAttribute('aria-describedby')") == "tip"
    internal.press("ArrowRight")
    assert "情景“基准情景”" in text(internal, "#tip")
    assert material().views[0].run_id in text(internal, "#tip")
    internal.press("Escape")
    assert internal.value("byId('tip').hidden") is True


def test_skip_link_and_focus_in_order(internal: chromium.Browser) -> None:
    internal.press("Tab")
    assert internal.value("document.activeElement.className") == "skip"
    assert internal.value("document.activeElement.getBoundingClientRect().left") >= 0
    internal.press("Tab")
    assert internal.value("document.activeElement.name") == "scenario"
    outline = internal.value("getComputedStyle(document.activeElement).outlineWidth")
    assert outline == "3px"


def test_print_opens_what_is_folded_and_repeats_heads(internal: chromium.Browser, tmp_path: Path) -> None:
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


@pytest.mark.parametrize("width", [1280, 768, 360])
@pytest.mark.parametrize("edition", EDITIONS)
def test_nothing_runs_off_the_page(browser: chromium.Browser, tmp_path: Path, edition: str, width: int) -> None:
    opened(browser, page(with_views(10, list(NAMES)), edition), tmp_path, width)
    assert browser.value("document.documentElement.scrollWidth <= document.documentElement.clientWidth") is True
    out = browser.value(
        "[...document.querySelectorAll('#plot text')].filter((t) => { const b = t.getBoundingClientRect(),"
        " p = byId('plot').getBoundingClientRect(); return b.left < p.left - 2 || b.right > p.right + 2; })"
        ".map((t) => t.textContent)"
    )
    assert out == []
    assert browser.value("window.alerted") is None


@pytest.mark.parametrize("edition", ["review", "public"])
def test_other_editions_work_without_chances(browser: chromium.Browser, tmp_path: Path, edition: str) -> None:
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


def test_contrast_is_enough(internal: chromium.Browser) -> None:
    """Every text against the ground it stands on, after WCAG 2, from the colours that the browser shows."""
    found = internal.value(
        "[...new Set([...document.querySelectorAll('body *')].filter((e) => e.offsetHeight &&"
        " [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim())).map((e) => { let g = e; while (g && /rgba\\(0, 0, 0, 0\\)/.test("
        "getComputedStyle(g).backgroundColor)) g = g.parentElement; return getComputedStyle(e).color + '|' +"
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


def test_region_with_little_to_show(browser: chromium.Browser, tmp_path: Path) -> None:
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
