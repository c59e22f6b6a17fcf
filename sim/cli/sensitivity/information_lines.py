"""What `sensitivity` prints on the value of information, from its document alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.cli.sensitivity.parts import Options
from sim.cli.sensitivity.words import grid_lines, wrapped
from sim.language import Text
from sim.output.probability import probability_text
from sim.sensitivity.information import LEAST_DRAWS
from sim.sensitivity.information_candidates import KINDS, STATUSES

Record = Mapping[str, Any]
#: With more targets than this one line is printed of each.
IN_FULL = 3
#: Kinds under one heading, in the order of the page.
HEADINGS = (
    (("statistic", "progress"), Text("现在就能要的数", "To ask for now")),
    (("release",), Text("等一年就会公布的数", "To be published within a year")),
    (("research",), Text("要靠研究才能弄准的参数", "Parameters, by research")),
)


#: Of targets that nearly every draw judges alike.
FEW = Text(
    f"达成或落空的模拟不足{LEAST_DRAWS}次，不下结论。",
    f"Fewer than {LEAST_DRAWS} draws meet it, or miss it: nothing is said.",
)


def information_lines(part: Record, options: Options, lang: str) -> list[str]:
    """What to ask for first, what that would do to each target, and how to read it."""
    out = [Text("三、先问哪个数（信息价值）", "3. Which number to ask for first").pick(lang)]
    for kinds, heading in HEADINGS:
        found = [number for number in part["numbers"] if number["kind"] in kinds]
        out += ["", f"{heading.pick(lang)}{_count(len(found), options.top, lang)}"]
        out += _asked(found[: options.top], part["targets"], lang) if found else [_nothing(lang)]
    for record in part["targets"]:
        if len(part["targets"]) <= IN_FULL:
            out += ["", *_of_target(record, options, lang)]
    if len(part["targets"]) > IN_FULL:
        out += ["", *_overview(part["targets"], lang)]
    return [*out, *_notes(part, lang)]


def _count(found: int, top: int, lang: str) -> str:
    if found <= top:
        return ""
    return Text(f"（共{found}个，列前{top}个）", f" ({top} of {found})").pick(lang)


def _nothing(lang: str) -> str:
    return Text("  没有：单独知道其中任何一个，把握的移动都与零不可区分。",
                "  None: knowing any of these alone moves no probability distinguishably.").pick(lang)  # fmt: skip


def _asked(numbers: Sequence[Record], targets: Sequence[Record], lang: str) -> list[str]:
    end = "" if lang == "zh" else "_en"
    named = {target["id"]: f"{target[f'label{end}']} {target['year']}" for target in targets}
    header = [
        Text("数", "Number"), Text("影响几个目标", "Targets"), Text("影响最大的目标", "Most moved"),
        Text("移动（点）", "Points"), Text("由谁提供", "Who has it"),
    ]  # fmt: skip
    rows = [
        [
            number_label(number, lang),
            str(len(number["targets"])),
            named[number["most"]],
            points(number["most_moved"]),
            number[f"holder{end}"],
        ]
        for number in numbers
    ]
    columns = 5 if any(row[-1] for row in rows) else 4  # parameters are nobody's to give
    heads = [text.pick(lang) for text in header[:columns]]
    return grid_lines(heads, [row[:columns] for row in rows], (56, 12, 34, 10, 32)[:columns], lang)


def number_label(number: Record, lang: str) -> str:
    """A number as the tables call it, with whether it is published where its label does not say so."""
    end = "" if lang == "zh" else "_en"
    label, status = number[f"label{end}"], number[f"status{end}"]
    if number["kind"] != "statistic" or number["status"] in ("", STATUSES["rounded"].zh):
        return str(label)  # of a rounded figure the label itself says so
    return f"{label}（{status}）" if lang == "zh" else f"{label} ({status})"


def points(share: float) -> str:
    """A typical move in whole points."""
    return "<1" if share < 0.01 else f"±{100.0 * share:.0f}"


def _of_target(record: Record, options: Options, lang: str) -> list[str]:
    """The numbers that clearly move one target."""
    said = Text(
        f"{record['label']}（{record['year']}年），把握{probability_text(record['probability'])}",
        f"{record['label_en']} ({record['year']}), probability {probability_text(record['probability'])}",
    )
    out = [said.pick(lang)]
    if not record["numbers"]:
        none = _nothing(lang) if record["enough"] else f"  {FEW.pick(lang)}"
        return [*out, none, *_range_lines(record, lang)]
    header = [
        Text("若知道", "Once known"), Text("类别", "Kind"), Text("把握移动（点）", "Points"),
        Text("该数偏低 → 偏高时的把握", "Probability: low → high"), Text("区间收窄", "Narrower by"),
    ]  # fmt: skip
    rows = [
        [
            number_label(number, lang),
            KINDS[number["kind"]].pick(lang),
            points(number["moved"]),
            f"{probability_text(number['probability_at_p10'])} → {probability_text(number['probability_at_p90'])}",
            "<1%" if number["narrowed"] < 0.01 else f"{100.0 * number['narrowed']:.0f}%",
        ]
        for number in record["numbers"][: options.top]
    ]
    out += grid_lines([text.pick(lang) for text in header], rows, (56, 16, 14, 24, 10), lang)
    return [*out, *_range_lines(record, lang)]


def _range_lines(record: Record, lang: str) -> list[str]:
    """Which priors make the printed range of a probability wide."""
    if not record["range_from"]:
        return []
    zh = "、".join(f"{part['label']}（{100 * part['share']:.0f}%）" for part in record["range_from"])
    en = ", ".join(f"{part['label_en']} ({100 * part['share']:.0f}%)" for part in record["range_from"])
    return wrapped(
        Text(f"把握的上下限主要来自先验：{zh}。", f"Priors behind the range of the probability: {en}."), lang
    )


def _overview(targets: Sequence[Record], lang: str) -> list[str]:
    """One row for each target: the most useful number of each heading."""
    end = "" if lang == "zh" else "_en"
    header = [
        Text("规划目标", "Target"), Text("年份", "Year"), Text("把握", "P"), *(heading for _, heading in HEADINGS)
    ]  # fmt: skip
    rows = []
    for record in targets:
        best = [_best(record, kinds, lang) for kinds, _ in HEADINGS]
        rows.append([record[f"label{end}"], str(record["year"]), probability_text(record["probability"]), *best])
    return grid_lines([text.pick(lang) for text in header], rows, (26, 4, 5, 40, 36, 40), lang)


def _best(record: Record, kinds: Sequence[str], lang: str) -> str:
    for number in record["numbers"]:
        if number["kind"] in kinds:
            return f"{number_label(number, lang)} {points(number['moved'])}"
    return _indistinguishable(record, lang)


def _indistinguishable(record: Record, lang: str) -> str:
    """Why a target has no number: none tells anything, or it is met or missed too seldom for one to tell."""
    if record["enough"]:
        return Text("不可区分", "indistinguishable").pick(lang)
    return Text("次数太少", "too few draws").pick(lang)


def _notes(part: Record, lang: str) -> list[str]:
    """How to read the numbers, and what was done about looking at so many."""
    tests = part["candidates"] * len(part["targets"])
    said = Text(
        "移动：这个数准确知道以后，把握通常会变多少个百分点（各次模拟的标准差），可升可降，事先不知道往哪边；"
        "几个数常说的是同一件事，移动不能相加。偏低、偏高指第10、90百分位。区间收窄指目标所判数值的标准差缩小多少。",
        "Points: by how much the probability typically moves once the number is known (a standard deviation), up or "
        "down; several numbers often say the same, so that moves do not add up. Low and high are p10 and p90. "
        "Narrower: by how much the standard deviation of the quantity judged shrinks.",
    )
    how = Text(
        f"由现有模拟按条件期望估计，不另模拟，已扣除偶然性；独立模拟{part['independent_draws']:,}次。"
        f"一共比较了{part['candidates']}个数、约{tests:,}对，只列按此数目校正后仍与零可区分的（每二十页约有一处误列）。",
        f"Estimated from the draws by conditional expectation, chance taken off; {part['independent_draws']:,} "
        f"independent draws. Of {part['candidates']} numbers, some {tests:,} pairs, only those are shown that remain "
        "distinguishable from zero after correction for their number.",
    )
    return ["", *wrapped(said, lang), *wrapped(how, lang)]
