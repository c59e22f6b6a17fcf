"""Text that may stand in a workbook: no control characters, no direction marks, no longer than a cell."""

from __future__ import annotations

import re

from sim.language import printable

LONGEST_CELL = 32767
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # Excel reads _x0041_ as the letter A


def cleaned(text: str) -> str:
    """`text` as a cell may hold it; what is too long ends in an ellipsis."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    found = _ESCAPE.sub("＿", "\n".join(printable(line) for line in lines))
    return found if len(found) <= LONGEST_CELL else found[: LONGEST_CELL - 1] + "…"
