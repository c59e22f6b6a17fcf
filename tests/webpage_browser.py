"""What the tests of the page in a browser share: opening a page and reading it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.chromium import Browser


def watched(browser: Browser) -> Iterator[Browser]:
    """The browser; whatever a test does, the page must not complain and must not ask for anything but itself."""
    yield browser
    assert browser.troubles() == []
    asked = browser.requests()
    assert len(asked) == 1
    assert asked[0].startswith("file:///")


def opened(browser: Browser, text: str, folder: Path, width: int = 1280) -> Browser:
    path = folder / "page.html"
    path.write_bytes(text.encode())
    browser.open(path, width)
    browser.settle()
    return browser


def text(browser: Browser, selector: str) -> str:
    found = browser.value(f"document.querySelector({selector!r}).textContent")
    assert isinstance(found, str)
    return found


def texts(browser: Browser, selector: str) -> list[str]:
    found = browser.value(f"[...document.querySelectorAll({selector!r})].map((e) => e.textContent)")
    assert isinstance(found, list)
    return found


def choose(browser: Browser, selector: str, value: str) -> None:
    browser.value(
        f"(() => {{ const e = document.querySelector({selector!r}); e.value = {value!r};"
        " e.dispatchEvent(new Event('change', { bubbles: true })); })()"
    )
    browser.settle()
