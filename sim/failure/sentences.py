"""One plain sentence for each box: the conditions, how often the target is then missed, and how often otherwise."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from sim.failure.features import Feature
from sim.failure.prim import Box
from sim.language import Text


def restriction_text(feature: Feature, low: float, high: float, step: float) -> Text:
    """One condition: `世界贸易年均增速低于2.1%`. Both bounds are inside, the outer ones infinite."""
    if feature.kind == "yes":
        return feature.label if low > 0.0 or feature.opposite is None else feature.opposite
    zh, en = feature.label.zh, feature.label.en
    first, last = (number_text(bound, step) for bound in (low, high))
    if math.isfinite(low) and math.isfinite(high):
        if low == high:
            return Text(f"{zh}为{first}{feature.unit.zh}", f"{en} is {first}{feature.unit.en}")
        between = f"{en} is between {first} and {last}{feature.unit.en}"
        return Text(f"{zh}在{first}至{last}{feature.unit.zh}之间", between)
    if feature.kind == "count" and math.isfinite(low):
        return Text(f"{zh}{first}{feature.unit.zh}及以上", f"{en} is {first}{feature.unit.en} or more")
    # Of values on a grid the bound itself belongs to the box; of others nobody can tell.
    exact = feature.kind != "number"
    if math.isfinite(low):
        words = Text("不低于" if exact else "高于", "at least" if exact else "above")
        return Text(f"{zh}{words.zh}{first}{feature.unit.zh}", f"{en} is {words.en} {first}{feature.unit.en}")
    words = Text("不高于" if exact else "低于", "at most" if exact else "below")
    return Text(f"{zh}{words.zh}{last}{feature.unit.zh}", f"{en} is {words.en} {last}{feature.unit.en}")


def number_text(value: float, step: float) -> str:
    """A bound in as many digits as its step has; values of a grid as they are written."""
    if not math.isfinite(step):
        return f"{value:g}".replace("-", "−")
    digits = max(0, -math.floor(math.log10(step) + 1e-9))
    return f"{value:.{digits}f}".replace("-", "−") if value else "0"


def conditions_text(box: Box, features: Sequence[Feature], steps: Sequence[float]) -> Text:
    """All conditions of a box, joined."""
    parts = [restriction_text(features[i], box.low[i], box.high[i], steps[i]) for i in box.restricted]
    return Text("，且".join(part.zh for part in parts), " and ".join(part.en for part in parts))


@dataclass(frozen=True, slots=True)
class Wording:
    """What cases are called, and what happens to them: draws that miss a target, or points of a sweep."""

    measure: Text
    subject: Text
    happens: Text
    such: Text


DRAWS = Wording(
    Text("次", "draws"), Text("该目标", "the target is missed"), Text("落空", ""), Text("落空情形", "misses")
)


#: Points of a sweep, each with its own share of draws that miss.
SHARES = Wording(
    Text("次", "draws"),
    Text("各点平均", "on average the target is missed"),
    Text("落空", ""),
    Text("落空情形", "misses"),
)


def points_wording(threshold: str) -> Wording:
    """Points of a sweep at which the probability of a target is below a threshold as it is shown (`50%`)."""
    return Wording(
        Text("个点", "points"),
        Text("该目标", f"the probability of the target is below {threshold}"),
        Text(f"把握低于{threshold}", ""),
        Text("这类点", "such points"),
    )


def of_ten(share: float, wording: Wording = DRAWS, out_of: int = 10) -> Text:
    """A share in words: about 8 of 10."""
    zh, en = wording.measure.zh, wording.measure.en
    half = 0.5 / out_of
    if share < half:
        return Text(f"{out_of}{zh}中不到1{zh}", f"fewer than 1 of {out_of} {en}")
    if share >= 1.0 - half:
        return Text(f"{out_of}{zh}中超过{out_of - 1}{zh}", f"more than {out_of - 1} of {out_of} {en}")
    count = math.floor(share * out_of + 0.5)
    return Text(f"{out_of}{zh}中约{count}{zh}", f"about {count} of {out_of} {en}")


def shares_text(share: float, usual: float, wording: Wording = DRAWS) -> tuple[Text, Text]:
    """Two shares in words, of 10 or, where these do not differ, of 20."""
    pair = of_ten(share, wording), of_ten(usual, wording)
    return pair if pair[0] != pair[1] else (of_ten(share, wording, 20), of_ten(usual, wording, 20))


def coverage_text(coverage: float, wording: Wording = DRAWS) -> Text:
    """Which part of all failures a box holds, to 5 points."""
    percent = 5 * math.floor(20.0 * coverage + 0.5)
    zh, en = wording.such.zh, wording.such.en
    if percent >= 100:
        return Text(f"覆盖几乎全部{zh}", f"nearly all {en}")
    shown = Text("不到5%", "less than 5%") if percent < 5 else Text(f"约{percent}%", f"about {percent}%")
    return Text(f"覆盖全部{zh}的{shown.zh}", f"{shown.en} of all {en}")


def box_sentence(
    conditions: Text, share: float, usual: float, coverage: float, span: Text, place: int = 0, wording: Wording = DRAWS
) -> Text:
    """The sentence of a box: its share of failures, the usual one, and its part of all failures.

    span : the years (`2021—2025年`, empty for none); place : its place among the boxes.
    """
    often, without = shares_text(share, usual, wording)
    covered = coverage_text(coverage, wording)
    head = Text(f"{span.zh}，" if span.zh else "", f"in {span.en}, " if span.en else "")
    beyond = Text("除上述情形外，" if place else "", "apart from the above, " if place else "")
    zh = (
        f"{head.zh}{beyond.zh}当{conditions.zh}时，{wording.subject.zh}{often.zh}{wording.happens.zh}"
        f"（{covered.zh}）；不限定时{without.zh}。"
    )
    en = (
        f"{head.en}{beyond.en}when {conditions.en}, {wording.subject.en} in {often.en} "
        f"({covered.en}); without conditions in {without.en}."
    )
    return Text(zh, en[:1].upper() + en[1:])
