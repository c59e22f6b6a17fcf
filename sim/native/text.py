"""Text that may stand in a file of an office program, whatever somebody wrote into a scenario's name."""

from __future__ import annotations

import re

# What XML 1.0 forbids (it has no escape for it), and the marks that turn the direction of what follows: a name that
# holds one would show the rest of its line reversed.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_BREAKS = re.compile("[\t\r\n\x85\u2028\u2029]+")
_HANZI = re.compile("[\u3400-\u9fff]")


def clean(text: str) -> str:
    """`text` on one line, without control characters and marks of direction. Escaping is left to the writer."""
    return _BREAKS.sub(" ", _FORBIDDEN.sub("", text))


def has_hanzi(text: str) -> bool:
    """Whether `text` holds a Chinese character."""
    return bool(_HANZI.search(text))
