"""A headless Chromium driven through a pipe by the DevTools protocol, with nothing but the standard library.

A browser driver would be one more dependency for one file of tests; the protocol is JSON with a zero byte behind it.
"""

from __future__ import annotations

import base64
import itertools
import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync",
    "--disable-component-update", "--no-first-run", "--disable-default-apps", "--disable-extensions", "--mute-audio",
    "--disable-dev-shm-usage", "--remote-debugging-pipe", "about:blank",
)  # fmt: skip
#: Windows key codes of keys that the page listens to.
KEYS = {
    "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40, "Home": 36, "End": 35, "PageUp": 33,
    "PageDown": 34, "Escape": 27, "Tab": 9, "Enter": 13, " ": 32,
}  # fmt: skip


def find() -> str | None:
    """The browser of this machine, if it has one and pipes can be handed to it."""
    found = (shutil.which(name) for name in NAMES)
    return next((path for path in found if path), None) if os.name == "posix" else None


class Browser:
    """A browser with one tab. `events` : what it reported, in order."""

    def __init__(self, program: str) -> None:
        self.folder = tempfile.mkdtemp(prefix="browser-")
        to_read, self._to = os.pipe()
        self._from, to_write = os.pipe()
        self.events: list[dict[str, Any]] = []
        self._numbers = itertools.count(1)
        self._session: str | None = None
        self.process = subprocess.Popen(
            [program, f"--user-data-dir={self.folder}", *FLAGS],
            preexec_fn=lambda: _as_3_and_4(to_read, to_write),
            close_fds=False,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_read)
        os.close(to_write)
        self._input: BinaryIO = os.fdopen(self._from, "rb", buffering=0)
        self._rest = b""
        tab = next(t for t in self.send("Target.getTargets")["targetInfos"] if t["type"] == "page")
        self._session = self.send("Target.attachToTarget", targetId=tab["targetId"], flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.send(f"{domain}.enable")

    def close(self) -> None:
        """End the browser and remove what it wrote."""
        self.process.terminate()
        self.process.wait(timeout=20)
        os.close(self._to)
        self._input.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def send(self, method: str, **parameters: Any) -> Any:
        """Ask, and wait for the answer; events on the way are kept."""
        number = next(self._numbers)
        message: dict[str, Any] = {"id": number, "method": method, "params": parameters}
        if self._session is not None:
            message["sessionId"] = self._session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._read()
            if answer.get("id") == number:
                assert "error" not in answer, (method, answer["error"])
                return answer["result"]
            self.events.append(answer)

    def _read(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            part = self._input.read(1 << 20)
            assert part, "the browser has ended"
            self._rest += part
        found, _, self._rest = self._rest.partition(b"\0")
        answer: dict[str, Any] = json.loads(found)
        return answer

    def open(self, path: Path, width: int = 1280, height: int = 900) -> None:
        """Open a file at a width, with a clean list of events."""
        self.events.clear()
        self.resize(width, height)
        self.send("Page.navigate", url=path.as_uri())
        self.until(
            lambda: self.value("document.readyState") == "complete" and self.value("location.protocol") == "file:"
        )

    def resize(self, width: int, height: int = 900) -> None:
        """Another size of the window."""
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def until(self, true: Callable[[], bool], seconds: float = 20.0) -> None:
        """Wait until something is so."""
        last = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < last, "it did not come about"
            time.sleep(0.02)

    def value(self, script: str) -> Any:
        """The value of an expression in the page."""
        found = self.send("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def settle(self) -> None:
        """Wait until the page has drawn."""
        self.value("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))")

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            stroke = {"key": key, "code": key, "windowsVirtualKeyCode": KEYS.get(key, 0)}
            text = {"Enter": "\r", " ": " "}.get(key)
            self.send("Input.dispatchKeyEvent", type="keyDown", **stroke, **({"text": text} if text else {}))
            self.send("Input.dispatchKeyEvent", type="keyUp", **stroke)

    def middle(self, selector: str) -> tuple[float, float]:
        """Middle of an element in the window, scrolled into sight."""
        box = self.value(
            f"(() => {{ const e = document.querySelector({json.dumps(selector)});"
            " e.scrollIntoView({block: 'center'});"
            " const b = e.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; })()"
        )
        return float(box[0]), float(box[1])

    def mouse(self, kind: str, x: float, y: float, **more: Any) -> None:
        """One event of the mouse."""
        self.send("Input.dispatchMouseEvent", type=kind, x=x, y=y, **more)

    def click(self, selector: str) -> None:
        """Click on an element with the mouse."""
        x, y = self.middle(selector)
        self.mouse("mousePressed", x, y, button="left", clickCount=1)
        self.mouse("mouseReleased", x, y, button="left", clickCount=1)

    def hover(self, x: float, y: float) -> None:
        """Move the mouse without a button."""
        self.mouse("mouseMoved", x, y)

    def drag(self, start: tuple[float, float], stop: tuple[float, float], steps: int = 5) -> None:
        """Press the mouse at one place and let it go at another."""
        self.mouse("mouseMoved", *start)
        self.mouse("mousePressed", *start, button="left", buttons=1, clickCount=1)
        for step in range(1, steps + 1):
            x, y = (a + (b - a) * step / steps for a, b in zip(start, stop, strict=True))
            self.mouse("mouseMoved", x, y, button="left", buttons=1)
        self.mouse("mouseReleased", *stop, button="left", clickCount=1)

    def troubles(self) -> list[str]:
        """Everything the page complained of: errors, warnings, refused content."""
        kinds = {"Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded"}
        return [json.dumps(event["params"])[:500] for event in self.events if event.get("method") in kinds]

    def requests(self) -> list[str]:
        """Addresses that the page asked for."""
        sent = (event for event in self.events if event.get("method") == "Network.requestWillBeSent")
        return [event["params"]["request"]["url"] for event in sent]

    def picture(self, path: Path, whole: bool = True) -> None:
        """A picture of the page."""
        found = self.send("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        path.write_bytes(base64.b64decode(found["data"]))

    def printed(self) -> bytes:
        """The page as PDF, on the paper that it asks for."""
        found = self.send("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
        return base64.b64decode(found["data"])


def _as_3_and_4(to_read: int, to_write: int) -> None:
    # Both may sit on 3 or 4 already: move them out of the way first.
    read, write = os.dup(to_read), os.dup(to_write)
    os.dup2(read, 3)
    os.dup2(write, 4)
