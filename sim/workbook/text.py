"""Text that may stand in a workbook: no control characters, no direction marks, no longer than a cell."""

from __future__ import annotations

import re
from collections.abc import Collection

from sim.native.text import clean

LONGEST_CELL = 32767
LONGEST_NAME = 31
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # Excel reads _x0041_ as the letter A
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


def cleaned(text: str) -> str:
    """`text` as a cell may hold it; what is too long ends in an ellipsis."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    found = _ESCAPE.sub("＿", "\n".join(clean(line) for line in lines))
    return found if len(found) <= LONGEST_CELL else found[: LONGEST_CELL - 1] + "…"


def sheet_name(wanted: str, taken: Collection[str]) -> str:
    """A name that Excel accepts and that none of `taken` bears, capital letters or not."""
    known = {name.lower() for name in taken}
    bare = _FORBIDDEN.sub(" ", cleaned(wanted).replace("\n", " ")).strip().strip("'").strip() or "-"
    bare = bare[:LONGEST_NAME].rstrip()
    for number in range(1, len(known) + 2):
        tail = "" if number == 1 else f" {number}"
        name = bare[: LONGEST_NAME - len(tail)].rstrip() + tail
        if name.lower() not in known and name.lower() != "history":  # Excel keeps that name to itself
            return name
    raise AssertionError("one of n + 1 names is free among n")
