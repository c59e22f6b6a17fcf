"""The target line in a real browser: moved by mouse, finger, keys and number, and the probability it tells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import chromium
from tests.chromium import Browser
from tests.webpage_browser import choose, opened, text, texts, watched
from tests.webpage_cases import material, page, usual, with_documents

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


def chances(browser: Browser) -> list[str]:
    return texts(browser, "#readings strong")


def slider(browser: Browser) -> dict[str, Any]:
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


def test_slider_starts_at_the_stored_target_with_its_probability(internal: Browser) -> None:
    assert slider(internal)["now"] == 8
    assert [found.split("（")[0] for found in chances(internal)] == [printed(p) for p in stored()]
    # The curve alone gives the same as the stored text: without its range, one cannot tell them apart.
    read = internal.value("data.scenarios.map((_, place) => chanceAt(curvesNow()[place]))")
    assert read == pytest.approx(stored(), abs=1e-12)


@pytest.mark.parametrize("operator", [">=", "about", "between", "<="])
def test_every_stored_target_is_given_back_exactly(browser: Browser, tmp_path: Path, operator: str) -> None:
    def turned(document: dict[str, Any]) -> None:
        if operator == "<=":  # none is stored: the other side of one that is
            for record in document["targets"]:
                if record["operator"] == ">=" and record["probability"] is not None:
                    record.update(operator="<=", probability=round(1.0 - record["probability"], 12))

    opened(browser, page(with_documents(turned)), tmp_path)
    found = browser.value(
        "data.indicators.flatMap((item, index) => item.targets.map((target) => { state.indicator = index;"
        " state.year = target.year; goal.entry = target; goal.operator = target.operator; goal.value = target.value;"
        " const now = curvesNow();"
        " return [item.name, target.operator, target.value, target.chances.map((text, place) =>"
        " [text.split('（')[0], chanceText(chanceAt(now[place]))])]; })).filter((one) => one[1] === "
        f"{operator!r})"
    )
    assert found
    for name, _, value, pairs in found:
        assert all(before == after for before, after in pairs), (name, value, pairs)


def test_slider_by_keys(internal: Browser) -> None:
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


def test_slider_by_mouse(internal: Browser) -> None:
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


def test_slider_by_touch(internal: Browser) -> None:
    x, y = internal.middle("[role=slider] .handle")
    for kind, dy in (("touchStart", 0), ("touchMove", 20), ("touchMove", 50), ("touchEnd", 0)):
        points = [] if kind == "touchEnd" else [{"x": x, "y": y + dy}]
        internal.send("Input.dispatchTouchEvent", type=kind, touchPoints=points)
    internal.settle()
    assert slider(internal)["now"] < 8


def test_target_by_number_and_other_targets(internal: Browser) -> None:
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


def test_chances_fall_as_more_is_asked_for(internal: Browser) -> None:
    choose(internal, "#goal", "ge")
    found = internal.value(
        "(() => { const [low, high] = span(); return curvesNow().map((curve) => Array.from({ length: 200 }, (_, k) => {"
        " goal.value = low + (high - low) * k / 199; return chanceAt(curve); })); })()"
    )
    for shares in found:
        assert shares == sorted(shares, reverse=True)
        assert (shares[0], shares[-1]) == (1, 0)
