"""One entry of the meanings of indicators."""

from __future__ import annotations

from sim.language import Text

#: Meaning and formula.
Entry = tuple[Text, Text]

GROWTH = "（本年÷上年－1）×100%"


def entry(zh: str, formula: str, en: str, formula_en: str) -> Entry:
    """Meaning and formula in Chinese, then both in English."""
    return Text(zh, en), Text(formula, formula_en)
