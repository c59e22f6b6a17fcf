"""Where in a sweep a target fails: boxes of its axes as a document, a table and lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.cli.sensitivity.failure import HEADER, box_rows, told_record
from sim.cli.sensitivity.parts import Part, target_record
from sim.cli.sensitivity.words import wrapped
from sim.failure.boxes import LEAST_CASES
from sim.failure.sweeps import SweepInput, sweep_boxes
from sim.language import Text
from sim.output.findings import Table
from sim.randomness import Array
from sim.targets import Target

BY_BASE = Text(
    "每个点都有轴沿用基础情景，没有可比的数，不找条件；请用网格、拉丁超立方或 Sobol 设计",
    "every point leaves some axis to the base scenario, so that nothing can be compared; use a grid, a Latin hypercube "
    "or a Sobol design",
)
REASONS = {
    "few": Text(
        f"这样的点或其余的点折合不足{LEAST_CASES}个，不找条件；请加密设计，或换一个界限",
        f"there are fewer than {LEAST_CASES} such points, or of the others: no search; take more points or another one",
    ),
    "all": Text("几乎所有的点都是如此，各轴之间没有多少差别", "nearly all points are such, whatever the axes"),
    "none": Text(
        "没有一组条件能使这样的点明显多于平时", "no set of conditions makes such points clearly more frequent"
    ),
}


def boxes_part(
    axes: Sequence[SweepInput], rows: Array, probability: Array, target: Target, threshold: float | None, seed: int
) -> Part:
    """Where in a sweep the probability of a target is below a threshold; without one, where misses crowd.

    Arguments as of `sweep_boxes`. The document has texts as `sentence` and `sentence_en`; its table is `boxes`.
    """
    found = sweep_boxes(axes, rows, probability, threshold, seed)
    record: dict[str, Any] = {**target_record(target), "points": len(rows), "threshold": threshold}
    if found is None:
        record |= {"left_out": len(rows), "boxes": [], "tree": None, "reason": BY_BASE.zh, "reason_en": BY_BASE.en}
    else:
        record |= {**told_record(found.told, REASONS), "left_out": found.left_out}
    return Part(record, (Table("boxes", HEADER, tuple(box_rows(record))),))


def boxes_lines(part: Mapping[str, Any], lang: str) -> list[str]:
    """What is printed of them, from the document alone."""
    out = wrapped(_head(part), lang)
    for box in part["boxes"]:
        out += wrapped(Text(f"  · {box['sentence']}", f"  · {box['sentence_en']}"), lang)
    if part["reason"]:
        out += wrapped(Text(f"  {part['reason']}。", f"  {part['reason_en']}."), lang)
    if part["boxes"] and part["tree"] is not None:
        out += wrapped(_tree(part["tree"]), lang)
    if part["boxes"] and part["left_out"]:
        left = part["left_out"]
        zh, en = (
            f"  未计入{left}个有轴沿用基础情景的点。",
            f"  Without {left} points with an axis left to the scenario.",
        )
        out += wrapped(Text(zh, en), lang)
    return out


def _head(part: Mapping[str, Any]) -> Text:
    zh, en = f"“{part['label']}”（{part['year']}年）", f"{part['label_en']} ({part['year']})"
    if part["threshold"] is None:
        return Text(f"{zh}在哪些点上多半落空", f"Where {en} is mostly missed")
    below = f"{100.0 * part['threshold']:g}%"
    return Text(f"{zh}在哪些点上把握低于{below}", f"Where the probability of {en} is below {below}")


def _tree(tree: Mapping[str, Any]) -> Text:
    """The tree's worst leaf, and whether it begins where the first box does."""
    agrees = Text("首要条件与上面一致", "begins with an input of the first box")
    if not tree["agrees"]:
        agrees = Text(f"首要条件不同，为“{tree['first']}”", f"begins elsewhere, with {tree['first_en']}")
    return Text(
        f"  决策树：最差的情形为{tree['conditions']}；{agrees.zh}。",
        f"  Tree: worst where {tree['conditions_en']}; it {agrees.en}.",
    )
