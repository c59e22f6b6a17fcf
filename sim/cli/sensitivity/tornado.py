"""The tornado of `sensitivity`: its records, its table of rows, and what is printed of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.cli.sensitivity.parts import Options, Part, Progress, target_record
from sim.cli.sensitivity.words import grid_lines, input_words, setting_text, words_key, wrapped
from sim.experiment.plan import Plan
from sim.experiment.results import independent_draws, standard_error
from sim.language import Text
from sim.output.findings import Table
from sim.output.probability import probability_text
from sim.sensitivity.bars import Change
from sim.sensitivity.settings import BASES, KINDS
from sim.sensitivity.tornado import Row, Tornado, tornado
from sim.targets import Target

Record = Mapping[str, Any]
#: With more targets than this one line is printed of each.
IN_FULL = 3
HEADER = (
    "target", "indicator", "year", "input", "kind", "basis", "label", "of", "low", "high", "unit", "probability_low",
    "probability", "probability_high", "change_low", "change_low_error", "change_high", "change_high_error", "swing",
    "swing_error", "distinguishable", "flips", "grade", "place", "record",
)  # fmt: skip


def tornado_part(plan: Plan, targets: Sequence[Target], options: Options, progress: Progress) -> Part:
    """Every input at two values, and what that does to the probability of every target."""
    found = tornado(plan, options.workers, progress)
    words = input_words(plan.pack)
    records = [_target(plan, found, i, words) for i in range(len(targets))]
    named = ("target", "indicator", "year")
    rows = [
        tuple({**bar, **dict(zip(named, (of["id"], of["indicator"], of["year"]), strict=True))}[key] for key in HEADER)
        for of in records
        for bar in of["bars"]
    ]
    document = {
        "bases": _texts(BASES),
        "kinds": _texts(KINDS),
        "unknowns": len(found.unknowns),
        "simulated": len(found.found.chosen),
        "targets": records,
    }
    return Part(document, (Table("tornado", HEADER, tuple(rows)),))


def _texts(texts: Mapping[str, Text]) -> dict[str, Any]:
    return {name: {"label": text.zh, "label_en": text.en} for name, text in texts.items()}


def _target(plan: Plan, found: Tornado, place: int, words: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """One target with its bars, the strongest first within the ranked ones and those by a step."""
    rows = sorted((row for row in found.rows if row.target == place), key=_order)
    probability = rows[0].bar.base
    counted = min(plan.draws, independent_draws(plan.draws, plan.posterior))
    return {
        **target_record(plan.targets[0][place]),
        "probability": probability,
        "standard_error": standard_error(probability, counted),
        "screened_out": found.found.left(place),
        "bars": [_bar(row, words[words_key(row.setting.kind, row.setting.id)]) for row in rows],
    }


def _order(row: Row) -> tuple[bool, bool, float, str]:
    return (row.setting.basis == "step", not row.bar.swing.distinguishable, -abs(row.bar.swing.points), row.setting.id)


def _bar(row: Row, words: Mapping[str, Any]) -> dict[str, Any]:
    setting, bar = row.setting, row.bar
    return {
        "input": setting.id,
        "kind": setting.kind,
        "basis": setting.basis,
        **words,
        "low": setting.low,
        "high": setting.high,
        "unit": setting.unit.zh,
        "unit_en": setting.unit.en,
        "probability_low": bar.low,
        "probability": bar.base,
        "probability_high": bar.high,
        **_change("change_low", bar.to_low),
        **_change("change_high", bar.to_high),
        **_change("swing", bar.swing),
        "distinguishable": bar.swing.distinguishable,
        "nothing": bar.nothing,
        "flips": bar.flips,
    }


def _change(name: str, change: Change) -> dict[str, float]:
    return {name: change.points, f"{name}_error": change.error}


def tornado_lines(part: Record, options: Options, lang: str) -> list[str]:
    """What is printed: bars of a few targets, or the strongest inputs of each of many."""
    head = Text("一、概率对什么最敏感（龙卷风）", "1. What the probabilities are most sensitive to").pick(lang)
    targets = part["targets"]
    if len(targets) > IN_FULL:
        return [head, *_overview(targets, lang), *_notes(part, lang)]
    out = [head]
    for record in targets:
        out += ["", *_of_target(record, options, lang)]
    return [*out, *_notes(part, lang)]


def _overview(targets: Sequence[Record], lang: str) -> list[str]:
    """One row for each target: the strongest lever, the strongest of the world and the strongest parameter."""
    header = [
        Text("规划目标", "Target"), Text("年份", "Year"), Text("概率", "P"), Text("最敏感的杠杆", "Strongest lever"),
        Text("最敏感的外部因素", "Strongest of the world"), Text("最敏感的参数或假设", "Strongest parameter"),
    ]  # fmt: skip
    end = "" if lang == "zh" else "_en"
    rows = []
    for record in targets:
        strongest = [_strongest(record, kind, lang) for kind in KINDS]
        label = record[f"label{end}"]
        rows.append([label, str(record["year"]), probability_text(record["probability"]), *strongest])
    return grid_lines([text.pick(lang) for text in header], rows, (26, 4, 5, 40, 40, 44), lang)


def _strongest(record: Record, kind: str, lang: str) -> str:
    """The bar of a kind that moves the probability most; one by a step only where no other can be told from chance."""
    bars = [bar for bar in record["bars"] if bar["kind"] == kind]
    for bar in bars:  # those by a step come last
        if bar["distinguishable"]:
            step = Text("（减、加一步）", " (minus, plus a step)").pick(lang) if bar["basis"] == "step" else ""
            return f"{_named(bar, lang)}{step} {_points(bar)}"
    if bars and all(bar["nothing"] for bar in bars):
        return "—"  # of parameters only those are left that may do something
    return Text("不可区分", "indistinguishable").pick(lang)


def _named(bar: Record, lang: str) -> str:
    end = "" if lang == "zh" else "_en"
    of = bar[f"of{end}"]
    if not of:
        return str(bar[f"label{end}"])
    return f"{of}·{bar['label']}" if lang == "zh" else f"{of}, {bar['label_en']}"


def _points(bar: Record) -> str:
    """Change of the probability from the low to the high end, in points, with its error."""
    return f"{100 * bar['swing']:+.1f} ± {100 * bar['swing_error']:.1f}".replace("-", "−")


def _of_target(record: Record, options: Options, lang: str) -> list[str]:
    head = Text(
        f"{record['label']}（{record['year']}年），达成概率 {probability_text(record['probability'])}",
        f"{record['label_en']} ({record['year']}), probability {probability_text(record['probability'])}",
    ).pick(lang)
    ranked = [bar for bar in record["bars"] if bar["basis"] != "step"]
    steps = [bar for bar in record["bars"] if bar["basis"] == "step"]
    out = [head]
    out += _bars(ranked, options.top, lang)
    if steps:
        out += wrapped(STEPS, lang)
        out += _bars(steps, options.top, lang)
    points = f"{100 * record['screened_out']:.1f}"
    rest = Text(
        f"其余未逐项重算的参数，按抽样协方差估计，各自对这一概率的变化都不超过约{points}个百分点（含抽样误差）。",
        f"Each of the other parameters changes this probability by some {points} points at most, judged by covariances "
        "of the draws, chance included.",
    )
    return [*out, *wrapped(rest, lang)]


#: Before the bars that are no percentiles.
STEPS = Text(
    "没有历史记录的杠杆，减、加一步（不是百分位，不与上表比大小）：",
    "Levers without a history, minus and plus one step (no percentiles, not to be ranked with the above):",
)


def _bars(bars: Sequence[Record], top: int, lang: str) -> list[str]:
    moving = [bar for bar in bars if not bar["nothing"]]
    shown = moving[:top]
    if not shown:
        return [Text("  各次模拟的结论都不变。", "  No draw changes its verdict.").pick(lang)]
    header = [
        Text("输入", "Input").pick(lang), Text("类别", "Kind").pick(lang), Text("取值", "Values").pick(lang),
        Text("概率（低值 → 高值）", "Probability (low → high)").pick(lang), Text("变化（点）", "Points").pick(lang),
    ]  # fmt: skip
    rows = [
        [
            _named(bar, lang),
            KINDS_SHORT[bar["kind"]].pick(lang) + (MARK if bar["basis"] == "posterior" else ""),
            setting_text(bar, lang),
            f"{probability_text(bar['probability_low'])} → {probability_text(bar['probability_high'])}",
            _points(bar) if bar["distinguishable"] else Text("不可区分", "indistinguishable").pick(lang),
        ]
        for bar in shown
    ]
    out = grid_lines(header, rows, (44, 10, 34, 22, 14), lang)
    left = len(moving) - len(shown)
    return out + ([Text(f"另有{left}条见 tornado.csv。", f"{left} more in tornado.csv.").pick(lang)] if left else [])


#: Short words for kinds in tables; what follows a kind whose bar was not simulated.
KINDS_SHORT = {"lever": Text("杠杆", "lever"), "world": Text("外部", "world"), "prior": Text("参数", "parameter")}
MARK = "*"


def _notes(part: Record, lang: str) -> list[str]:
    """What the values are, how many parameters were looked at, and how to read an error."""
    used = {bar["basis"] for record in part["targets"] for bar in record["bars"]}
    again = Text(
        f"对影响最大的{part['simulated']}项逐项列出，其余从略",
        f"the leading {part['simulated']} are shown at both ends",
    )
    if not part["simulated"]:
        again = Text("没有一项超出抽样误差", "none of them stands out from chance")
    said = Text(
        f"共{part['unknowns']}项参数与基年假设：先按抽样协方差筛选（不另模拟），{again.zh}。"
        "± 后是两端之差的抽样标准误；未超出抽样误差的写作“不可区分”，各次模拟结论都不变的写作“—”。",
        f"Of {part['unknowns']} parameters and assumptions, screened by covariances of the draws without a run, "
        f"{again.en}. ± is the Monte Carlo error of the difference between the two ends. A dash: no draw changes.",
    )
    out = wrapped(said, lang)
    out += wrapped(Text("取值：", "Values:"), lang)
    for name in BASES:
        if name in used:
            mark = MARK if name == "posterior" else "·"
            text = part["bases"][name]
            out += wrapped(Text(f"{mark} {text['label']}。", f"{mark} {text['label_en']}."), lang)
    return out
