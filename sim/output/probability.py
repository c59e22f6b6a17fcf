"""Probabilities as people read them: to 5 points, with the word for them and the range they may lie in."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from sim.experiment.results import confidence_word
from sim.language import Text

#: Instead of the word of a probability.
NON_BINDING = Text("不具约束力", "not binding")
STEPS = 20  # of 5 points each


def printed_share(probability: float) -> float:
    """The probability as printed, rounded half up to 5 points."""
    return math.floor(probability * STEPS + 0.5) / STEPS


def probability_text(probability: float | None) -> str:
    """A probability as people may read it: to 5 points, never 0 or 100 %."""
    if probability is None:
        return "—"
    if probability < 0.05:
        return "<5%"
    if probability > 0.95:
        return ">95%"
    return f"{round(100 * printed_share(probability))}%"


def range_text(low: float | None, high: float | None, lang: str) -> str:
    """The range of a probability over defensible priors and model error; empty where it is not known."""
    if low is None or high is None:
        return ""
    first, last = probability_text(low), probability_text(high)
    if first == last:
        return first
    return f"{first}～{last}" if lang == "zh" else f"{first} to {last}"


def ranged_text(record: Mapping[str, Any], lang: str) -> str:
    """Probability with its range in brackets, where there is one."""
    text = probability_text(record["probability"])
    span = range_text(record["probability_low"], record["probability_high"], lang)
    if not span:
        return text
    return f"{text}（{span}）" if lang == "zh" else f"{text} ({span})"


def chance_text(record: Mapping[str, Any], lang: str, apart: str = "") -> str:
    """Probability, its range where there is one, and its word, which is that of the probability as printed.

    A target that binds nobody is no achievement: it is called that in place of the word.
    `apart` parts the word from the numbers: a line end where a cell is narrow.
    """
    probability = record["probability"]
    if probability is None:
        return "—"
    word, numbers = confidence_word(printed_share(probability)).pick(lang), ranged_text(record, lang)
    if record.get("non_binding"):
        word = NON_BINDING.pick(lang)
    if record["probability_low"] is None:
        return f"{numbers} {word}"
    return f"{numbers}{apart or ('' if lang == 'zh' else ' ')}{word}"
