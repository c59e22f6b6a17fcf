"""Numbers of headings: 一、 （一） 1. in the manner of GB/T 9704, or 1 1.1 1.1.1 in English."""

from __future__ import annotations

from sim.report.blocks import Heading
from sim.report.wording import chinese_number


class Numbering:
    """Counts headings of three levels; each starts again below the next higher one."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._counts = [0, 0, 0]

    def heading(self, text: str, level: int = 1, key: str = "") -> Heading:
        """The next heading of that level with its number."""
        self._counts[level - 1] += 1
        self._counts[level:] = [0] * (3 - level)
        return Heading(self._number(level) + text, level, key)

    def _number(self, level: int) -> str:
        count = self._counts[level - 1]
        if self._lang == "zh":
            return (f"{chinese_number(count)}、", f"（{chinese_number(count)}）", f"{count}．")[level - 1]
        return ".".join(str(one) for one in self._counts[:level]) + (". " if level == 1 else " ")
