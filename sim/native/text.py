"""Text that may stand in a file of an office program, whatever somebody wrote into a scenario's name."""

from __future__ import annotations

import re

from sim.language import printable as clean

__all__ = ["clean", "has_hanzi"]

_HANZI = re.compile("[\u3400-\u9fff]")


def has_hanzi(text: str) -> bool:
    """Whether `text` holds a Chinese character."""
    return bool(_HANZI.search(text))
