"""Progress of a sweep on standard error: points done, rate and time left."""

from __future__ import annotations

import sys
import time

import click

from sim.cli.terminal import cell_width
from sim.language import Text


class ProgressLine:
    """Progress on stderr: one line that is written over in a terminal, else a line every `interval` seconds."""

    def __init__(self, total: int, lang: str, interval: int | None, quiet: bool) -> None:
        self.total, self.lang = total, lang
        self.terminal = sys.stderr.isatty() and not quiet
        self.interval = 0.2 if self.terminal else interval
        self.first: tuple[int, float] | None = None
        self.done, self.last, self.width = 0, time.monotonic(), 0

    def __call__(self, done: int) -> None:
        """Told how many points are done: first those of earlier times."""
        now = time.monotonic()
        self.done = done
        if self.first is None:
            self.first = (done, now)
        elif self.interval is not None and now - self.last >= self.interval:
            self.last = now
            self._show(self.text(now))

    def text(self, now: float) -> str:
        """Points done, points a second and the time left."""
        start, since = self.first or (0, now)
        rate = (self.done - start) / max(now - since, 1e-9)
        left = _duration((self.total - self.done) / rate) if rate > 0 else "?"
        return Text(
            f"{self.done:,}/{self.total:,} 点，每秒 {rate:.1f} 点，还需 {left}",
            f"{self.done:,}/{self.total:,} points, {rate:.1f} a second, {left} left",
        ).pick(self.lang)

    def _show(self, line: str) -> None:
        if self.terminal:
            # Spaces rather than an escape sequence: older consoles of Windows print those.
            sys.stderr.write("\r" + line + " " * max(0, self.width - cell_width(line)))
            self.width = cell_width(line)
        else:
            sys.stderr.write(line + "\n")
        sys.stderr.flush()

    def clear(self) -> None:
        """Leaves an empty line for what comes next."""
        if self.width:
            sys.stderr.write("\r" + " " * self.width + "\r")
            sys.stderr.flush()
            self.width = 0

    def tell(self, text: Text) -> None:
        """What a person must know at once, on a line of its own, whether or not progress is shown."""
        self.clear()
        click.echo(text.pick(self.lang), err=True)

    def interrupted(self) -> str:
        """The one line after Ctrl-C."""
        return Text(
            f"已中断：{self.total:,} 点中已存盘 {self.done:,} 点，再次运行同一命令即可续算。",
            f"Interrupted: {self.done:,} of {self.total:,} points are stored; the same command resumes.",
        ).pick(self.lang)


def _duration(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"
