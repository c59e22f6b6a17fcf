"""What a value of the table of targets rests on: as a record for JSON, and as a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import click

from sim.cli.inputs import load_scenarios, targets_of
from sim.cli.terminal import WIDEST_PAGE, page, wrap_cells, write_table
from sim.language import Text
from sim.provenance import Contribution, Provenance, rests_on
from sim.region.pack import Pack
from sim.targets import status_of

Record = Mapping[str, Any]

#: Inputs that the page shows; all are in the JSON document.
SHOWN = 12

KINDS = {
    "fact": Text("事实", "fact"),
    "prior": Text("先验", "prior"),
    "assumption": Text("假设", "assumption"),
    "chance": Text("偶然", "chance"),
    "reporting": Text("统计", "reporting"),
    "scenario": Text("情景", "scenario"),
    "target": Text("判定", "verdict"),
}
#: Units of priors that are not words.
UNITS = {"1": Text("", ""), "pp": Text("个百分点", "pp"), "growth %": Text("%（年增速）", "% a year")}
GRADES = {
    "E": Text("面板估计", "estimated"),
    "L": Text("文献", "literature"),
    "M": Text("凭记忆待核", "from memory"),
    "J": Text("判断", "judgement"),
}


def provenance_of(pack: Pack, target: str, scenario: str = "baseline") -> dict[str, Any] | None:
    """What the value of a target rests on in a scenario; None for a target that is not evaluated."""
    found = load_scenarios(pack, [scenario], None)[0]
    targets = targets_of(pack, found)
    chosen = next((t for t in targets if t.id == target), None)
    if chosen is None or status_of(chosen, found.horizon, pack)[0] != "evaluated":
        return None
    return provenance_record(rests_on(pack, found, targets, target), found.label)


def provenance_record(found: Provenance, scenario: Text) -> dict[str, Any]:
    """The record of `facts --json`; `scenario` is the name shown to people."""
    names = ("target", "scenario", "unit", "mean", "sd", "remainder", "remainder_error", "draws", "seed")
    return {
        **{name: getattr(found, name) for name in names},
        "scenario_label": scenario.zh,
        "scenario_label_en": scenario.en,
        "contributions": [_contribution(made) for made in found.contributions],
    }


def _contribution(made: Contribution) -> dict[str, Any]:
    record = asdict(made)
    for name in ("scope", "label"):
        text = getattr(made, name)
        record |= {name: text.zh, f"{name}_en": text.en}
    return record


def print_provenance(record: Record, lang: str) -> None:
    """The twelve largest shares, how many inputs there are beside them, and what is left."""
    zh = lang == "zh"
    label = record["scenario_label" if zh else "scenario_label_en"]
    about = f"{record['mean']:.4g} ± {record['sd']:.2g} {record['unit']}"
    click.echo(Text("这个数建立在：", "This number rests on:").pick(lang))
    _line(
        Text(
            f"情景“{label}”，{record['draws']} 次抽样，种子 {record['seed']}：均值与标准差 {about}。"
            "份额＝单独解释这个数方差的多少，由模型测出，不是填写的。",
            f'scenario "{label}", {record["draws"]} draws, seed {record["seed"]}: mean and standard deviation {about}. '
            "A share is the part of its variance that an input explains alone, measured on the model.",
        ),
        lang,
    )
    varying = [made for made in record["contributions"] if made["share"] is not None]
    if varying:
        header = (
            Text("份额", "Share"), Text("类别", "Kind"), Text("输入", "Input"), Text("取值", "Value"),
            Text("依据", "Grade"), Text("定义在", "Defined in"),
        )  # fmt: skip
        write_table(header, [_row(made, lang) for made in varying[:SHOWN]], (13, 10, 46, 22, 12, 44), lang, False)
    _beside(record, varying, lang)


def _row(made: Record, lang: str) -> list[str]:
    label, scope = (made[name if lang == "zh" else f"{name}_en"] for name in ("label", "scope"))
    kind = KINDS[made["kind"]].pick(lang)
    share = f"{_percent(made['share'])} ±{100 * made['error']:.1f}"
    unit = UNITS.get(made["unit"])
    value = f"{made['value']} {made['unit'] if unit is None else unit.pick(lang)}".strip().replace("-", "−")
    grade = GRADES.get(made["grade"])
    return [share, kind, f"{scope} · {label}", value, "" if grade is None else grade.pick(lang), made["place"]]


def _beside(record: Record, varying: Sequence[Record], lang: str) -> None:
    """What the table does not show: the smaller inputs, what is left of the variance, and what cannot vary."""
    small = varying[SHOWN:]
    if small:
        total = f"{100 * sum(made['share'] for made in small):.1f}%"
        counts = _counts(small, lang)
        _line(
            Text(f"另有 {len(small)} 项份额更小，合计 {total}：{counts}。", f"{len(small)} more, {total}: {counts}."),
            lang,
        )
    facts = [f"{made['id']} {_percent(made['share'])}" for made in varying if made["kind"] == "fact"]
    if facts:
        _line(Text(f"其中事实：{'、'.join(facts)}。", f"Facts among them: {', '.join(facts)}."), lang)
    left = f"{100 * record['remainder']:.1f}% ±{100 * record['remainder_error']:.1f}"
    _line(
        Text(
            f"余下 {left}：几项输入共同作用，或影响不成直线，不归于任何一项。",
            f"{left} is left: inputs acting together, or not in a straight line.",
        ),
        lang,
    )
    fixed = [made for made in record["contributions"] if made["share"] is None]
    if fixed:
        counts = _counts(fixed, lang)
        _line(
            Text(
                f"用到但取定值、没有份额的：{counts}。全部输入连同出处见 --json。",
                f"Used as they are, without a share: {counts}. --json has all inputs with their sources.",
            ),
            lang,
        )


def _percent(share: float) -> str:
    return "<0.1%" if share < 0.0005 else f"{100 * share:.1f}%"


def _counts(contributions: Sequence[Record], lang: str) -> str:
    counted = Counter(made["kind"] for made in contributions)
    return ("、" if lang == "zh" else ", ").join(
        f"{KINDS[kind].pick(lang)} {counted[kind]}" for kind in KINDS if counted[kind]
    )


def _line(text: Text, lang: str) -> None:
    click.echo("\n".join(wrap_cells(text.pick(lang), min(page(), WIDEST_PAGE))))
