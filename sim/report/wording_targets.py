"""Sentences on the plan's targets: how likely they are, what they miss by, all of them together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.experiment.results import confidence_word
from sim.language import Text
from sim.material import Material, View
from sim.output.probability import printed_share, probability_text
from sim.output.tables import MOST, decimals, figure_text
from sim.report.editions import Edition
from sim.report.tables.path import path_rows
from sim.report.tables.targets import targets_shown
from sim.report.wording import LARGER, amount, gap, listed, quoted, sentence, short_label
from sim.report.wording_figures import chance_only, chance_phrase, chance_span
from sim.report.wording_path import needed_phrase

Record = Mapping[str, Any]
BINDING = "约束性"
#: Names of a list in a sentence; longer ones are cut and counted.
MOST_NAMED = 6
#: Probabilities below this are spoken of as not on course.
LEVEL = 0.5


def name_of(record: Record, lang: str) -> str:
    """The indicator of a target as sentences call it."""
    return short_label(record["label" if lang == "zh" else "label_en"], record["unit"])


def first_readings(view: View) -> list[Record]:
    """The plan's rows in their first reading."""
    return [record for record in targets_shown(view) if record["reading_of"] is None]


def judged(records: Sequence[Record]) -> list[Record]:
    """Rows with a probability."""
    return [record for record in records if record["probability"] is not None]


def chance_sentences(view: View, lang: str) -> tuple[str, list[str], str]:
    """How many targets are how likely: the head, a statement for each planners' word, and what is not counted."""
    records = judged(first_readings(view))
    free = [record for record in records if record["non_binding"]]
    counted = [record for record in records if not record["non_binding"]]
    groups: dict[str, list[Record]] = {}
    for record in sorted(counted, key=lambda r: -r["probability"]):
        groups.setdefault(confidence_word(printed_share(record["probability"])).pick(lang), []).append(record)
    total = len(first_readings(view))
    name = quoted(view.label.pick(lang), lang)
    zh = f"规划{total}项指标中可测算{len(records)}项"
    en = f"of {total} targets {len(records)} can be computed"
    zh, en = f"{zh}，按{name}测算，达成概率由高到低为：", f"{en}; for {name} by their probability:"
    head = Text(zh, f"{en[:1].upper()}{en[1:]}").pick(lang)
    parts, tail = [], ""
    for word, group in groups.items():
        names = listed([name_of(record, lang) for record in group], lang)
        span = chance_span(group[-1]["probability"], group[0]["probability"], lang)
        zh, en = f"{word}的{len(group)}项（概率{span}）：{names}", f"{word}, {len(group)} ({span}): {names}"
        parts.append(sentence(Text(zh, en).pick(lang), lang))
    if free:
        names = listed([name_of(record, lang) for record in free], lang)
        zh = f"{names}的目标不高于基年水平，保持即可完成，不具约束力，不计入上述各类"
        en = f"{names}: no more than the base year had, not binding, not counted above"
        tail = sentence(Text(zh, en).pick(lang), lang)
    return head, parts, tail


def missing_sentences(material: Material, view: View, edition: Edition, lang: str) -> list[str]:
    """Targets whose projected value misses them: by how much, and what they need a year.

    Where chances are shown the least likely ones; else all of them, in the plan's order.
    """
    paths = {one["id"]: one for one in path_rows(material)}
    records = _missing(view, edition)
    shown = records[:MOST_NAMED] if edition.chances else records
    return [_missed(record, paths.get(record["id"]), edition, lang) for record in shown]


def missing_heads(view: View, edition: Edition, lang: str) -> tuple[str, str]:
    """The sentence before those of `missing_sentences`, and the one behind them that names the rest."""
    records = _missing(view, edition)
    if not records:
        return "", ""
    left = records[MOST_NAMED:] if edition.chances else []
    some = Text(f"，其中概率最低的{MOST_NAMED}项是", f", the least likely {MOST_NAMED}").pick(lang) if left else ""
    below = "推算值达不到目标、达成概率低于50%的" if edition.chances else "推算值达不到目标的"
    head = Text(
        f"{below}有{len(records)}项{some}：", f"{len(records)} targets are missed by what is projected{some}:"
    ).pick(lang)
    names = listed([name_of(record, lang) for record in left], lang)
    tail = sentence(Text(f"其余为{names}", f"the others: {names}").pick(lang), lang) if left else ""
    return head, tail


def relative_sentence(view: View, edition: Edition, lang: str) -> str:
    """Targets without a number of their own, such as growth in step with another's, that are more likely missed."""
    found = [
        record
        for record in judged(first_readings(view))
        if record["value"] is None and printed_share(record["probability"]) < LEVEL
    ]
    if not found:
        return ""
    said = []
    for record in found:
        label, goal = name_of(record, lang), quoted(record["target_text"], lang)
        chance = ""
        if edition.chances:
            said_chance = chance_phrase(record, lang)
            chance = f"，达成概率{said_chance}" if lang == "zh" else f", probability {said_chance}"
        said.append(f"{label}（{goal}）{chance}" if lang == "zh" else f"{label} ({goal}){chance}")
    body = ("；" if lang == "zh" else "; ").join(said)
    also = Text("另有", ", also").pick(lang) if _missing(view, edition) else ""
    zh = f"{also}相对目标{len(found)}项，推算值{'也' if also else ''}达不到：{body}"
    return sentence(Text(zh, f"targets relative to others{also} missed: {body}").pick(lang), lang)


def _missing(view: View, edition: Edition) -> list[Record]:
    """Rows whose median misses the value; where chances are shown those below even chances, the hardest first."""
    records = [r for r in judged(first_readings(view)) if r["value"] is not None and _misses(r)]
    if edition.chances:
        records = [r for r in records if printed_share(r["probability"]) < LEVEL]
        records.sort(key=lambda r: r["probability"])
    return records


def _misses(record: Record) -> bool:
    """Whether the median lies on the wrong side of the value; of 左右 the tolerance counts."""
    value, middle = record["value"], record["p50"]
    if middle is None or record["operator"] not in (">=", "<=", "about", "between", "cumulative", "change"):
        return False
    if record["operator"] == "<=":
        return bool(middle > value)
    return bool(middle < value - (record["tolerance"] or 0.0))


def _missed(record: Record, path: Record | None, edition: Edition, lang: str) -> str:
    digits = decimals(record["p90"] - record["p10"], (record["base_text"], record["target_text"]))
    middle = amount(record["p50"], record["unit"], digits, lang)
    size = gap(record["value"] - record["p50"], record["unit"], max(digits, 1 if record["unit"] == "%" else 0), lang)
    side = Text("低", "below") if record["p50"] < record["value"] else Text("高", "above")
    label = name_of(record, lang)
    wanted = "" if path is None else needed_phrase(path, lang, path["start"])
    goal = _goal(record, lang)
    if lang == "zh":
        text = f"{label}{record['year']}年推算{middle}，比目标（{goal}）{side.zh}{size}"
        if edition.chances:
            text += f"，达成概率{chance_phrase(record, lang)}"
        return sentence(text + (f"；达到目标{wanted}" if wanted else ""), lang)
    text = f"{label} is projected at {middle} in {record['year']}, {size} {side.en} the target ({goal})"
    if edition.chances:
        text += f", probability {chance_phrase(record, lang)}"
    return sentence(text + (f"; needed {wanted}" if wanted else ""), lang)


def _goal(record: Record, lang: str) -> str:
    """The target as printed; of 左右 with the value from which it counts as reached."""
    goal = str(record["target_text"] or figure_text(record["value"]))
    if lang == "en" and record["operator"] in (">=", "<=") and record["unit"] in LARGER:  # the unit of the sentence
        digits = len(figure_text(record["value"]).partition(".")[2])
        return f"{goal[0] if goal[0] in '≥≤' else ''}{amount(record['value'], record['unit'], digits, lang)}"
    if record["operator"] != "about" or not record["tolerance"]:
        return goal
    least = figure_text(record["value"] - record["tolerance"])
    return Text(f"{goal}，不低于{least}即为完成", f"{goal}, met from {least}").pick(lang)


def binding_sentence(view: View, edition: Edition, lang: str) -> str:
    """The binding targets apart: which can be computed, how likely they are, which wait for a number."""
    records = [record for record in first_readings(view) if record["nature"] == BINDING]
    if not records:
        return ""
    waiting = [record for record in records if record["status"] == "not_quantified"]
    known = judged(records)
    parts = [Text(f"约束性指标{len(records)}项", f"{len(records)} targets are binding").pick(lang)]
    if known and edition.chances:
        said = listed([f"{name_of(r, lang)}{'' if lang == 'zh' else ' '}{chance_only(r['probability'], lang)}" for r in
                       sorted(known, key=lambda r: -r["probability"])], lang)  # fmt: skip
        parts.append(
            Text(f"可测算的{len(known)}项达成概率分别为：{said}", f"probabilities of those computed: {said}").pick(lang)
        )
    if waiting:
        names = listed([name_of(record, lang) for record in waiting], lang)
        parts.append(
            Text(
                f"{names}由上级下达，规划未列数值，待下达后测算", f"{names}: assigned from above, no number printed"
            ).pick(lang)
        )
    return sentence(("；" if lang == "zh" else "; ").join(parts), lang)


def joint_sentence(view: View, lang: str) -> str:
    """All targets together: expected count, all of them, and how little is known of how they hang together."""
    joint = view.document.get("joint")
    if not joint or joint["all"] is None:
        return ""
    count, expected = joint["evaluated"], f"{joint['expected_count']:.1f}"
    together = chance_only(joint["all"], lang)
    span = ""
    if probability_text(joint["all_low"]) != probability_text(joint["all_high"]):
        ends = chance_span(joint["all_low"], joint["all_high"], lang)
        span = Text(f"，相关系数取0～{MOST:g}时为{ends}", f", {ends} for correlations up to {MOST:g}").pick(lang)
    zh = (
        f"{count}项合计，预计平均完成{expected}项；{count}项全部完成的概率{together}"
        f"（社会指标之间的相关程度未知，按互不相关推算{span}）"
    )
    en = (
        f"of the {count} together {expected} are met on average; all of them with a probability {together} (how social "
        f"indicators hang together is not known; taken as uncorrelated{span})"
    )
    text = sentence(Text(zh, en).pick(lang), lang)
    if joint["conflict"] and joint["conflict_distinguishable"]:
        named = [record for id in joint["conflict"] if (record := view.target(id)) is not None]
        names = listed([name_of(record, lang) for record in named], lang)
        text += ("" if lang == "zh" else " ") + sentence(
            Text(f"最难兼顾的是{names}", f"the hardest pair: {names}").pick(lang), lang
        )
    return text


def shift_sentence(material: Material, scenario: str, name: str, lang: str, most: int = 4) -> str:
    """Targets whose probability a scenario moves most; only what can be told from chance and shows once rounded."""
    found = material.comparison
    lead = material.lead
    if found is None or lead is None:
        return ""
    by_id = {d["target"]: d for d in found.document["differences"] if d.get("target") and d["scenario"] == scenario}
    moved = []
    for record in judged(first_readings(lead)):
        d = by_id.get(record["id"])
        if d is not None and d["distinguishable"] and probability_text(d["first"]) != probability_text(d["second"]):
            moved.append((d, record))
    moved.sort(key=lambda pair: -abs(pair[0]["difference"]))
    if not moved:
        zh = f"{quoted(name, 'zh')}下各项目标的达成概率与基准不可区分或取整后相同"
        return sentence(
            Text(zh, f"in {quoted(name, 'en')} no probability differs beyond rounding or chance").pick(lang), lang
        )
    said = [
        Text(f"{name_of(r, 'zh')}由{chance_only(d['first'], 'zh')}变为{chance_only(d['second'], 'zh')}",
             f"{name_of(r, 'en')} from {chance_only(d['first'], 'en')} to {chance_only(d['second'], 'en')}").pick(lang)
        for d, r in moved[:most]
    ]  # fmt: skip
    body = ("，" if lang == "zh" else "; ").join(said)
    zh = f"在{quoted(name, 'zh')}下，达成概率变动较大的是：{body}"
    return sentence(Text(zh, f"probabilities that {quoted(name, 'en')} moves most: {body}").pick(lang), lang)


def tested_sentence(view: View, lang: str) -> str:
    """What record the forecasts behind the probabilities have."""
    records = judged(first_readings(view))
    tested = [record for record in records if record["grade"] not in (None, "none")]
    if not records:
        return ""
    if not tested:
        zh, en = "上述推算均未经历史数据回测", "none of these projections has been back-tested"
        return sentence(Text(zh, en).pick(lang), lang)
    said = [
        Text(
            f"{name_of(record, 'zh')}的推算{record['grade_text']}",
            f"{name_of(record, 'en')} ({record['grade_text_en']})",
        ).pick(lang)
        for record in tested
    ]
    left = len(records) - len(tested)
    zh = f"从预测记录看，{listed(said, 'zh')}" + (f"；其余{left}项的推算未经回测，概率宜作区间看待" if left else "")
    en = f"record of such forecasts: {listed(said, 'en')}" + (f"; the other {left} are not back-tested" if left else "")
    return sentence(Text(zh, en).pick(lang), lang)
