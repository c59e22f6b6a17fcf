"""七、目标值建议: values for the next plan, how they hang together, and the record of such forecasts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.report.chapter.draft import Draft
from sim.report.tables.values import NO_VALUES, short_name, value_name, values_rows, values_table
from sim.report.wording import listed, quoted, short_label
from sim.report.wording_figures import chance_only
from sim.report.wording_targets import first_readings

Record = Mapping[str, Any]


def write_values(draft: Draft) -> None:
    """The section; left out where no target values were computed."""
    material = draft.material
    made = draft.table(values_table(material, draft.edition, draft.lang))
    if made is None:
        if material.target_values is None:
            draft.left_out[NO_VALUES.sentence(draft.lang)] = None
        return
    document = material.target_values.document if material.target_values else {}
    year = document["years"][0]
    draft.heading("目标值建议", "Proposed target values")
    compared = draft.figure("dumbbell")
    draft.write(*_overview(draft, document, year), draft.refer(made, compared))
    draft.add(made, compared)
    if not draft.edition.chances:
        draft.leave_out(
            "建议值的达成概率，以及稳妥值、预期值、中位、奋斗值（内部测算稿列出）",
            "probabilities of the proposed values; safe, expected, median and ambitious values (internal edition)",
        )
        return
    drawn = draft.figure("target_setting")
    draft.write(*_together(draft, document, year), draft.refer(drawn))
    draft.add(drawn)
    draft.write(_record(draft))


def _overview(draft: Draft, document: Record, year: int) -> list[str]:
    """How many rows have a value, those worded as growth first, those that fall or stand, those from above."""
    rows = values_rows(draft.material, year)
    lang = draft.lang
    given = [r for r in rows if r["suggestion"]["rule"] in ("assigned", "above")]
    falling = [r for r in rows if r["suggestion"]["rule"] == "fall"]
    steady = [r for r in rows if r["suggestion"]["rule"] == "steady"]
    skipped = [one for one in document["skipped"] if one["row"] is not None]
    named = [f"{short_name(r, lang)}{'建议写' if lang == 'zh' else ' '}{quoted(_words(r, lang), lang)}" for r in rows
             if r["suggestion"]["rule"] in ("about", "growth")]  # fmt: skip
    out = [
        draft.say(
            f"对规划{len(rows) + len(skipped)}项指标，提出{year}年建议值{len(rows) - len(given)}项，"
            f"由上级下达或与上级衔接{len(given)}项" + (f"，缺基数未提出{len(skipped)}项" if skipped else "") + "。",
            f"Of the plan's {len(rows) + len(skipped)} indicators, {len(rows) - len(given)} have a proposed value for "
            f"{year}, {len(given)} are assigned from above"
            + (f", {len(skipped)} lack a baseline" if skipped else "")
            + ".",
        )
    ]
    if named:
        out.append(draft.say(f"其中，{'，'.join(named)}。", f"Among them: {listed(named, 'en')}."))
    if falling:
        names = listed([short_name(r, lang) for r in falling], lang)
        out.append(
            draft.say(
                f"{names}按现有走势低于起点，建议值为守住的底线，如要提高须另有举措支撑。",
                f"{names}: on present trends below where it starts; what is proposed is a line to hold.",
            )
        )
    if steady:
        names = listed([short_name(r, lang) for r in steady], lang)
        out.append(
            draft.say(
                f"{names}按现有走势大体持平，建议以保持为主。", f"{names}: about level on present trends, to be kept."
            )
        )
    lower = _below_this_plan(draft, rows) if draft.edition.reasons else []
    if lower:
        names = listed([short_name(r, lang) for r in lower], lang)
        out.append(
            draft.say(
                f"{names}的建议值低于本期规划2025年目标，提出时须说明理由。".replace(
                    "2025", str(document["plan_base"])
                ),
                f"{names}: proposed below the target of the present plan for {document['plan_base']}; reasons to be "
                "given.",
            )
        )
    return out


def _below_this_plan(draft: Draft, rows: list[Record]) -> list[Record]:
    """Rows of levels whose proposed value is worse than the present plan's target."""
    if draft.lead is None:
        return []
    targets = {r["row"]: r["value"] for r in first_readings(draft.lead) if r["operator"] in (">=", "about")}
    found = []
    for one in rows:
        value, target = one["suggestion"]["value"], targets.get(one["row"])
        if one["plan"] is None and None not in (value, target) and one["direction"] * (value - target) < 0:
            found.append(one)
    return found


def _words(record: Record, lang: str) -> str:
    return str(record["suggestion"]["words" if lang == "zh" else "words_en"])


def _together(draft: Draft, document: Record, year: int) -> list[str]:
    """The suggestions as a set: how many are met on average, all of them, the pair that conflicts most."""
    found = next((one for one in document["suggested"] if one["year"] == year), None)
    if found is None or found["all"] is None:
        return []
    lang = draft.lang
    out = [
        draft.say(
            f"建议写法单项多按七成左右的概率取值；{found['counted']}项合在一起，预计平均实现{found['expected_count']:.1f}项，"
            f"全部实现的概率{chance_only(found['all'], lang)}，定稿前须相互衔接、有所取舍。",
            f"Single wordings are met with about 70 %; of the {found['counted']} together "
            f"{found['expected_count']:.1f} on average, all of them with a probability "
            f"{chance_only(found['all'], lang)}: to be reconciled before they are settled.",
        )
    ]
    if found["conflict"] and found["conflict_distinguishable"]:
        labels = {goal["id"]: goal["label" if lang == "zh" else "label_en"] for goal in found["targets"]}
        names = listed([short_label(labels[id], _unit_of(labels[id])) for id in found["conflict"]], lang)
        weak = abs(found["correlation"]) < 0.1
        out.append(
            draft.say(
                f"相互掣肘最明显的是{names}" + ("，但程度很弱。" if weak else "。"),
                f"The pair that conflicts most is {names}" + (", very weakly." if weak else "."),
            )
        )
    return out


def _unit_of(label: str) -> str:
    return label.rpartition("（")[2].rstrip("）")


def _record(draft: Draft) -> str:
    """What record such forecasts have: by grade of the hindcast."""
    rows = values_rows(draft.material)
    tested = [r for r in rows if r["grade"] not in (None, "none")]
    if not rows:
        return ""
    if not tested:
        return draft.say(
            f"从预测记录看，对{rows[0]['year']}年的上述推算期限较长，均未经同样期限的历史数据回测，宜作区间参考，不宜作为点预测使用。",
            f"None of these projections for {rows[0]['year']} has been back-tested over so long a span: to be read as "
            "ranges, not as points.",
        )
    names = listed([value_name(r, draft.lang) for r in tested], draft.lang)
    return draft.say(
        f"从预测记录看，{names}的推算已经历史数据回测，其余未经回测。", f"Back-tested: {names}; the others are not."
    )
