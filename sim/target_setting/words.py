"""Chances and places in words."""

from __future__ import annotations

import math

from sim.language import Text

_NUMERALS = "零一二三四五六七八九"


def tenths(share: float) -> Text:
    """A probability in tenths and halves of them (约七成半), to the 5 points of the tables; never all or none."""
    if share < 0.05:
        return Text("不到半成", "less than 5 %")
    if share > 0.95:
        return Text("九成半以上", "more than 95 %")
    whole, half = divmod(math.floor(20.0 * share + 0.5), 2)
    zh = f"{_NUMERALS[whole]}成" if whole else ""
    return Text(f"约{zh}{'半' if half else ''}" if whole else "约半成", f"about {10 * whole + 5 * half} %")


#: Where a stated value lies among those offered, by the probability of reaching it.
PLACES = (
    (0.90, Text("低于稳妥值，保底", "below the safe value")),
    (0.70, Text("在稳妥值与预期值之间，稳妥", "between the safe and the expected value")),
    (0.50, Text("在预期值与中位之间，适中", "between the expected value and the median")),
    (0.30, Text("在中位与奋斗值之间，须努力", "between the median and the ambitious value")),
    (0.10, Text("高于奋斗值，难度较大", "above the ambitious value, difficult")),
    (0.00, Text("远高于奋斗值，难度很大", "far above the ambitious value, very difficult")),
)


def place(probability: float) -> Text:
    """How ambitious a value is that is reached with a probability."""
    return next(text for bound, text in PLACES if probability >= bound)
