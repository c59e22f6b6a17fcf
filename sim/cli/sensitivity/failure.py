"""When targets fail, of `sensitivity`: boxes of inputs, a second opinion, and one plain sentence for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sim.cli.sensitivity.information import input_label
from sim.cli.sensitivity.parts import Options, Part, Progress, target_record
from sim.cli.sensitivity.words import input_words, wrapped
from sim.experiment.plan import Plan
from sim.experiment.results import independent_draws
from sim.failure.boxes import LEAST_CASES, RESAMPLES
from sim.failure.find import Failure, Told, failures_of
from sim.failure.prim import Box, Rule
from sim.failure.sentences import restriction_text, shares_text
from sim.failure.tree import available
from sim.language import Text
from sim.output.findings import Table
from sim.output.probability import probability_text
from sim.targets import Target

Record = Mapping[str, Any]
HEADER = (
    "target", "indicator", "year", "box", "input", "label", "unit", "low", "high", "reproduced", "chance", "density",
    "density_error", "coverage", "coverage_error", "base", "base_error", "mass", "fitted_density", "sentence",
)  # fmt: skip
REASONS = {
    "few": Text(
        f"落空或达成的模拟不足{LEAST_CASES}次，不找条件", f"fewer than {LEAST_CASES} draws miss or meet it: no search"
    ),
    "all": Text("几乎总是落空，条件之间没有多少差别", "nearly always missed, whatever the conditions"),
    "none": Text(
        "没有一组条件能使落空明显多于平时（多种因素各占一点，或取决于该指标自身的年度波动）",
        "no set of conditions makes misses clearly more frequent (many causes share, or its own yearly chance decides)",
    ),
}
NO_TREE = Text(
    "未装 scikit-learn，没有决策树的第二意见；安装：pip install scikit-learn（或本项目的可选组件 tree）。",
    "scikit-learn is not installed: no second opinion by a tree. Install it (extra `tree`).",
)


def failure_part(plan: Plan, targets: Sequence[Target], options: Options, progress: Progress) -> Part:
    """When each target is missed in the plan's scenario."""
    words = input_words(plan.pack)
    done = 0

    def told(more: int) -> None:
        nonlocal done
        done += more
        progress(done, plan.blocks + len(targets))

    found = failures_of(plan, targets, lambda name: input_label(words, name), options.workers, told)
    records = [_target(one) for one in found]
    document = {
        "rule": {**asdict(Rule()), "resamples": RESAMPLES},
        "independent_draws": min(plan.draws, independent_draws(plan.draws, plan.posterior)),
        "tree": available(),
        "targets": records,
    }
    rows = tuple(row for record in records for row in box_rows(record))
    return Part(document, (Table("boxes", HEADER, rows),))


def _target(one: Failure) -> dict[str, Any]:
    """One target: how often it is missed, and its boxes."""
    return {**target_record(one.target), **told_record(one.told)}


def told_record(one: Told, reasons: Mapping[str, Text] = REASONS) -> dict[str, Any]:
    """Share of failures, boxes and the tree's opinion; `reasons` say why there are no boxes."""
    reason = reasons.get(one.search.reason)
    return {
        "missed": one.search.base,
        "missed_error": one.search.base_error,
        "reason": None if reason is None else reason.zh,
        "reason_en": None if reason is None else reason.en,
        "boxes": [_box(one, place) for place in range(len(one.search.boxes))],
        "tree": _tree(one),
    }


def _box(one: Told, place: int) -> dict[str, Any]:
    found, sentence = one.search.boxes[place], one.sentences[place]
    return {
        **asdict(found.measured),
        "fitted_density": found.fitted_density,
        "sentence": sentence.zh,
        "sentence_en": sentence.en,
        "restrictions": [
            {**record, "reproduced": found.reproduced[i], "chance": found.chance[i]}
            for i, record in zip(found.box.restricted, _restrictions(one, found.box), strict=True)
        ],
    }


def _restrictions(one: Told, box: Box) -> list[dict[str, Any]]:
    """Each condition of a box with its bounds, None where there is none, and in words."""
    out = []
    for i in box.restricted:
        feature, low, high = one.inputs.features[i], float(box.low[i]), float(box.high[i])
        said = restriction_text(feature, low, high, float(one.inputs.steps[i]))
        out.append({
            "input": feature.id,
            "label": feature.label.zh,
            "label_en": feature.label.en,
            "unit": feature.unit.zh,
            "low": low if low > float("-inf") else None,
            "high": high if high < float("inf") else None,
            "text": said.zh,
            "text_en": said.en,
        })  # fmt: skip
    return out


def _tree(one: Told) -> dict[str, Any] | None:
    """What the tree says: its worst leaf, and whether it asks first for an input of the first box."""
    if one.tree is None or one.tree_conditions is None:
        return None
    first = one.inputs.features[one.tree.inputs[0]]
    return {
        **asdict(one.tree.measured),
        "conditions": one.tree_conditions.zh,
        "conditions_en": one.tree_conditions.en,
        "first": first.label.zh,
        "first_en": first.label.en,
        "agrees": one.agrees,
        "restrictions": _restrictions(one, one.tree.leaf),
    }


def box_rows(record: Record) -> list[tuple[object, ...]]:
    """One row for each restriction of each box."""
    same = ("density", "density_error", "coverage", "coverage_error", "base", "base_error", "mass", "fitted_density")
    return [
        (
            record["id"], record["indicator"], record["year"], place, *(line[key] for key in HEADER[4:11]),
            *(box[key] for key in same), box["sentence"],
        )
        for place, box in enumerate(record["boxes"], 1)
        for line in box["restrictions"]
    ]  # fmt: skip


# --- Printing -------------------------------------------------------------------------------------------------


def failure_lines(part: Record, options: Options, lang: str) -> list[str]:
    """A sentence for each box, what the tree says, and how sure that is."""
    out = [Text("四、什么情形下落空", "4. When targets are missed").pick(lang)]
    silent: dict[str, list[str]] = {}
    for record in part["targets"]:
        if record["boxes"]:
            out += ["", *_of_target(record, lang)]
        else:
            reason = str(record["reason" if lang == "zh" else "reason_en"])
            silent.setdefault(reason, []).append(_named(record, lang))
    for reason, names in silent.items():
        joined = ("、" if lang == "zh" else "; ").join(names)
        out += ["", *wrapped(Text(f"{reason}：{joined}。", f"{reason[:1].upper()}{reason[1:]}: {joined}."), lang)]
    return [*out, "", *_notes(part, lang)]


def _named(record: Record, lang: str) -> str:
    missed = probability_text(record["missed"])
    if lang == "zh":
        return f"{record['label']}（{record['year']}年，落空{missed}）"
    return f"{record['label_en']} ({record['year']}, missed {missed})"


def _of_target(record: Record, lang: str) -> list[str]:
    out = [_named(record, lang)]
    for box in record["boxes"]:
        out += wrapped(Text(f"  · {box['sentence']}", f"  · {box['sentence_en']}"), lang)
    return [*out, *_tree_lines(record, lang)]


def _tree_lines(record: Record, lang: str) -> list[str]:
    """The tree's worst leaf, and whether it begins where the first box does."""
    tree = record["tree"]
    if tree is None:
        return []
    often, _ = shares_text(tree["density"], tree["base"])
    agrees = Text("首要条件与上面一致", "begins with an input of the first box")
    if not tree["agrees"]:
        agrees = Text(f"首要条件不同，为“{tree['first']}”", f"begins elsewhere, with {tree['first_en']}")
    said = Text(
        f"  决策树：{tree['conditions']}时，{often.zh}落空；{agrees.zh}。",
        f"  Tree: when {tree['conditions_en']}, missed in {often.en}; it {agrees.en}.",
    )
    return wrapped(said, lang)


def _notes(part: Record, lang: str) -> list[str]:
    """How the boxes were found and tested."""
    rule = part["rule"]
    said = Text(
        f"做法：PRIM。用一半模拟找条件，频率和覆盖面在另一半上计；每组至多{rule['most']}个条件，各条件须在"
        f"{rule['resamples']}次重抽样中多数重现，偶然所致的概率低于{rule['chance']:g}，组内落空须比组外高出4倍标准误"
        f"以上，否则不列。独立模拟{part['independent_draws']:,}次。条件是相伴，不必是原因；本地增长和需求的“意外变动”"
        "是模型中说不出来由的年度波动。",
        f"Method: PRIM. Conditions are found on one half of the draws; shares and coverage are counted on the other. "
        f"At most {rule['most']} conditions a box, each reproduced in most of {rule['resamples']} resamples and with a "
        f"chance below {rule['chance']:g}; misses inside exceed those outside by 4 standard errors. "
        f"{part['independent_draws']:,} independent draws. Conditions go with misses and need not cause them; "
        "surprises of local growth and demand are yearly chance without a name.",
    )
    out = wrapped(said, lang)
    return out if part["tree"] else [*out, *wrapped(NO_TREE, lang)]
