"""The pages on sets of targets: how ambitious each is, all of them together, and what relaxing one would bring."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.language import Text
from sim.output.paged import paged
from sim.output.probability import chance_text, probability_text, range_text
from sim.target_setting.rounding import written

Record = Mapping[str, Any]
#: Targets that are named for what relaxing them brings.
NAMED = 5
#: A correlation above this is called very weak.
WEAK = -0.1
#: Errors below this are printed with two digits after the point, in percentage points.
LEAST_ERROR = 0.001


def proposed_page(document: Record, lang: str, width: int) -> str:
    """The proposed targets under every scenario, the set under the first, and those that cannot be judged."""
    first = document["proposed"][0]
    parts = []
    if first["targets"]:
        header, rows = proposed_cells(document, lang)
        title = Text("拟议目标的力度", "How ambitious the proposed targets are").pick(lang)
        right = [False, True, False, False, True, False, *[False] * (len(header) - 6)]
        most = [44, 6, 26, 24, 10, 34, *[26] * (len(header) - 6)]
        parts.append(f"{title}\n{paged(header, rows, right, most, [3, 3, *[1] * (len(header) - 6)], width)}")
        for found, label in zip(document["proposed"], _labels(document, lang), strict=True):
            parts.append(
                "\n".join(set_sentences(found, lang, Text(f"拟议目标·{label}", f"Proposed set, {label}").pick(lang)))
            )
    if document["unjudged"]:
        parts.append(_unjudged(document["unjudged"], lang))
    return "\n\n".join(parts)


def _labels(document: Record, lang: str) -> Sequence[str]:
    labels: Sequence[str] = document["scenario_labels" if lang == "zh" else "scenario_labels_en"]
    return labels


def proposed_cells(document: Record, lang: str) -> tuple[list[str], list[list[str]]]:
    """Header and rows of the proposed targets; further scenarios add a column each."""
    zh, labels = lang == "zh", _labels(document, lang)
    texts = (
        Text("目标", "Target"),
        Text("年份", "Year"),
        Text("拟写", "Wording"),
        Text("把握（范围）", "Probability (range)"),
        Text("分位", "Percentile"),
        Text("力度", "Ambition"),
    )
    header = [text.pick(lang) for text in texts] + list(labels[1:])
    rows = []
    for i, goal in enumerate(document["proposed"][0]["targets"]):
        label = goal["label" if zh else "label_en"]
        also = "" if goal["counted"] else Text("（另一读法，不计入整套）", " (a reading, not counted)").pick(lang)
        row = [f"{label}{also}", str(goal["year"]), goal["target_text"], chance_text(goal, lang)]
        row += [f"{goal['percentile']:.0f}", goal["ambition" if zh else "ambition_en"]]
        others = [found["targets"][i] for found in document["proposed"][1:]]
        rows.append([*row, *(chance_text(other, lang) for other in others)])
    return header, rows


def _unjudged(found: Sequence[Record], lang: str) -> str:
    """Proposals without a probability, by reason."""
    by_reason: dict[str, list[str]] = {}
    for one in found:
        reason = one["reason" if lang == "zh" else "reason_en"] or one["status"]
        by_reason.setdefault(reason, []).append(one["label" if lang == "zh" else "label_en"])
    title = Text("未作概率测算的拟议目标：", "Proposed targets without a probability:").pick(lang)
    between, stop = ("、", "：") if lang == "zh" else (", ", ": ")
    return "\n".join([title, *(f"  {between.join(labels)}{stop}{reason}" for reason, labels in by_reason.items())])


def suggested_page(document: Record, lang: str) -> str:
    """The suggestions of each year as a set."""
    parts = []
    for found in document["suggested"]:
        title = Text(f"{found['year']}年建议写法合为一套", f"The suggestions for {found['year']} as a set").pick(lang)
        parts.append("\n".join(set_sentences(found, lang, title)))
    return "\n\n".join(parts)


def set_sentences(found: Record, lang: str, title: str) -> list[str]:
    """All of a set together, the number met, the pair that conflicts most, and what relaxing one target brings."""
    if found["all"] is None:
        return [Text(f"{title}：没有可测算的目标。", f"{title}: no target that can be judged.").pick(lang)]
    span = range_text(found["all_low"], found["all_high"], lang)
    joint, expected = probability_text(found["all"]), f"{found['expected_count']:.1f}"
    lines = [
        Text(
            f"{title}：{found['counted']}项全部实现的把握{joint}（社会指标相关程度未知，范围{span}），"
            f"平均可实现{expected}项。",
            f"{title}: all {found['counted']} are reached with {joint} (over the unknown correlations of social "
            f"indicators {span}); {expected} on average.",
        ).pick(lang)
    ]
    lines.append(_conflict(found, lang))
    return [*lines, *_relaxed(found, lang)]


def _conflict(found: Record, lang: str) -> str:
    if found["conflict"] is None or not found["conflict_distinguishable"]:
        return Text(
            "  没有哪两项明显相互掣肘（与偶然不可区分）。", "  No pair conflicts beyond chance (not distinguishable)."
        ).pick(lang)
    one, other = (_called(found, id, lang) for id in found["conflict"])
    value = f"{found['correlation']:.2f}".replace("-", "−")
    weak = Text("，很弱", ", very weak") if found["correlation"] > WEAK else Text("", "")
    return Text(
        f"  最相互掣肘的两项：{one}与{other}（是否实现的相关系数{value}{weak.zh}）。",
        f"  The pair that conflicts most: {one} and {other} (correlation of being met {value}{weak.en}).",
    ).pick(lang)


def _relaxed(found: Record, lang: str) -> list[str]:
    """The targets whose easing by a step helps the whole set beyond chance, the most helpful first."""
    clear = [one for one in found["relaxed"] if one["distinguishable"]][:NAMED]
    if not clear:
        return [
            Text(
                "  任何一项放宽一档，整套实现的把握都没有可区分的提高。",
                "  Easing any one target by a step changes the set by no more than chance.",
            ).pick(lang)
        ]
    steps = {goal["id"]: goal for goal in found["targets"]}
    out = []
    for one in clear:
        unit = steps[one["id"]]["unit"]
        places = 1 if one["standard_error"] >= LEAST_ERROR else 2
        gain, error = (f"{100 * one[name]:.{places}f}" for name in ("gain", "standard_error"))
        step = f"{written(one['step'])}{'个百分点' if unit == '%' else unit}"
        step_en = f"{written(one['step'])} {'points' if unit == '%' else unit}"
        name = _called(found, one["id"], lang)
        out.append(
            Text(
                f"  {name}放宽一档（{step}）：整套把握提高{gain}±{error}个百分点。",
                f"  {name} eased by {step_en}: all together +{gain} ± {error} points.",
            ).pick(lang)
        )
    return out


def _called(found: Record, id: str, lang: str) -> str:
    """What a target of a set is called, with its words."""
    goal = next(goal for goal in found["targets"] if goal["id"] == id)
    label = goal["label" if lang == "zh" else "label_en"]
    return f"{label}“{goal['target_text']}”" if lang == "zh" else f"{label} “{goal['target_text']}”"
