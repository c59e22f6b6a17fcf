"""The pages of `solve --required-path`: a table of what every target needs a year, and a sentence on each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.language import Text
from sim.output.layout import wrap_cells
from sim.output.paged import paged
from sim.output.probability import chance_text
from sim.output.second_opinion import opinion_text
from sim.output.tables import STATUSES, cut_off_text, figure_text, reading_text, unit_text

Record = Mapping[str, Any]
_DASH = "—"
#: What the years of a plan that are over have brought together.
_SO_FAR = {
    "average": Text("年均", "average"),
    "reduction": Text("累计", "in all"),
    "amount": Text("累计", "in all"),
}
#: What rates are called, by how they are measured.
_RATES = {
    "growth": Text("年均增速", "growth a year"),
    "average": Text("年均增速", "growth a year"),
    "reduction": Text("年均降幅", "reduction a year"),
    "change": Text("年均变动", "change a year"),
    "amount": Text("年均数", "amount a year"),
}


def path_pages(document: Record, lang: str, width: int) -> str:
    """All pages, as printed."""
    zh = lang == "zh"
    place = document["region_label" if zh else "region_label_en"]
    scenario = document["scenario_label" if zh else "scenario_label_en"]
    head = Text(
        f"{place} · {scenario} · {document['draws']:,} 次模拟 · 随机种子 {document['seed']}",
        f"{place} · {scenario} · {document['draws']:,} draws · seed {document['seed']}",
    )
    parts = [f"{cut_off_text(document, lang)}\n{head.pick(lang)}"]
    header, rows = path_cells(document, lang)
    if rows:
        title = Text("从最近公布数到目标，每年需要多少", "From the last figure to the target, a year").pick(lang)
        right = [False, False, True, True, True, False, False, False, False]
        table = paged(header, rows, right, [40, 18, 6, 18, 24, 34, 34, 22, 26], [3, 2, 2, 1, 1], width)
        parts.append(f"{title}\n{table}")
        told = [sentence(one, lang) for one in document["targets"] if one["needed"] is not None]
        parts.append("\n".join(line for text in told for line in wrap_cells(text, width)))
    parts += _without(document, lang)
    parts += [Text(f"提示：{w}", f"Note: {w}").pick(lang) for w in document["warnings" if zh else "warnings_en"]]
    if document["result"]:
        parts.append(Text(f"结果文件夹：{document['result']}", f"Files: {document['result']}").pick(lang))
    return "\n\n".join(parts)


def path_cells(document: Record, lang: str) -> tuple[list[str], list[list[str]]]:
    """Header and rows of the table."""
    texts = (
        Text("目标", "Target"),
        Text("目标值", "Value"),
        Text("年份", "Year"),
        Text("起点（已公布）", "Start (reported)"),
        Text("每年需要", "Needed a year"),
        Text("本区以往", "Own record"),
        Text("上级以往", "Record of the levels above"),
        Text("模型80%区间", "Model, 80 %"),
        Text("把握（范围）", "Probability (range)"),
    )
    rows = [_row(one, document, lang) for one in document["targets"] if one["needed"] is not None]
    return [text.pick(lang) for text in texts], rows


def _row(one: Record, document: Record, lang: str) -> list[str]:
    own = [found for found in one["history"] if found["region"] == document["region"]]
    others = [found for found in one["history"] if found["region"] != document["region"]]
    model = one["model"]
    shown = _DASH
    if model is not None:
        shown = f"{_rate(model['p10'], one, lang)}～{_rate(model['p90'], one, lang)}"
    return [
        _called(one, lang),
        one["target_text"],
        str(one["year"]),
        _start(one, lang),
        needed_words(one, lang),
        "；".join(_record(found, one, lang) for found in own) or _DASH,
        "；".join(f"{_level(found, lang)}{_record(found, one, lang)}" for found in others) or _DASH,
        shown,
        chance_text(one, lang),
    ]


def _called(one: Record, lang: str) -> str:
    label: str = one["label" if lang == "zh" else "label_en"]
    return label if one["reading_of"] is None else f"{label}（{reading_text(one, lang)}）"


def _level(found: Record, lang: str) -> str:
    level: str = found["level" if lang == "zh" else "level_en"]
    return level if lang == "zh" else f"{level}: "


def _start(one: Record, lang: str) -> str:
    start = one["start"]
    if start is None or start["value"] is None:
        return _DASH
    value, span = _started(one), _span(start)
    if start["first"] == start["year"]:
        return Text(f"{value}（{span}年）", f"{value} ({span})").pick(lang)
    return Text(
        f"{value}（{span}年{_SO_FAR[one['measure']].zh}）", f"{value} ({span} {_SO_FAR[one['measure']].en})"
    ).pick(lang)


def _span(start: Record) -> str:
    first, last = start["first"], start["year"]
    return str(last) if first >= last else f"{first}—{last}"


def _started(one: Record) -> str:
    """Where it starts: a figure as published, an average or a sum of some to one digit."""
    start = one["start"]
    if start["first"] == start["year"]:
        return figure_text(float(f"{start['value']:.6g}"))
    return f"{start['value']:.1f}".replace("-", "−")


def _rate(value: float, one: Record, lang: str, digits: int | None = None) -> str:
    """A yearly rate with its unit."""
    places = digits if digits is not None else 1 if abs(value) >= 0.95 else 2
    text = f"{value:.{places}f}".replace("-", "−")
    if one["measure"] != "change" and one["measure"] != "amount":
        return f"{text}%"
    if one["unit"] == "%":
        return f"{text}个百分点" if lang == "zh" else f"{text} points"
    unit = unit_text(one["unit"], lang)
    return f"{text}{unit}" if lang == "zh" else f"{text} {unit}"


def needed_words(one: Record, lang: str) -> str:
    """What each year must bring: 2024—2030年年均需增长5.2%."""
    needed = one["needed"]
    first, last, kind = needed["first"], needed["last"], needed["kind"]
    if kind == "reached":
        return Text("现已达到，须保持", "reached already, to be kept").pick(lang)
    single = first == last
    years = Text(f"{last}年" if single else f"{first}—{last}年", str(last) if single else f"{first}–{last}").pick(lang)
    rate = _rate(needed["value"], one, lang)
    if one["measure"] in ("growth", "average"):
        verb = Text("需增长" if single else "年均需增长", "growth of" if single else "a year")
    elif one["measure"] == "reduction":
        verb = Text("需降低" if single else "年均需降低", "down by" if single else "down a year by")
    elif one["measure"] == "amount":
        verb = Text("需" if single else "年均需", "")
    else:
        verb = Text("每年需变动", "change a year of")
        if lang == "zh":
            more, less = ("提高", "降低") if one["unit"] in ("%", "岁", "年") else ("增加", "减少")
            return f"{years}每年需{more if needed['value'] > 0 else less}{rate.lstrip('−')}"
    return f"{years}{verb.zh}{rate}" if lang == "zh" else f"{years}: {verb.en} {rate}".replace("  ", " ")


def _record(found: Record, one: Record, lang: str) -> str:
    """Windows of one region in a few words."""
    years, count = found["years"], found["count"]
    low, high = _rate(found["least"], one, lang), _rate(found["most"], one, lang)
    span = low if low == high else f"{low}～{high}"
    short = (
        Text(f"（不足{found['asked_years']}年）", f" (short of {found['asked_years']})")
        if found["short"]
        else Text("", "")
    )
    reached = Text("", "")
    if found["reached"] is not None:
        reached = Text(f"，{count}次中达到{found['reached']}次", f", reached in {found['reached']} of {count}")
    return Text(f"{years}年{short.zh}：{span}{reached.zh}", f"{years} years{short.en}: {span}{reached.en}").pick(lang)


def sentence(one: Record, lang: str) -> str:
    """从2023年的X到2030年的Y，年均需增长Z%；本区以往…；模型有约n成把握。"""
    zh = lang == "zh"
    parts = [_from_to(one, lang)]
    if one["start"] is not None:
        parts += one["start"]["remarks" if zh else "remarks_en"]
    histories = one["history"]
    if one["needed"]["kind"] != "reached":
        parts += [_told(found, one, lang) for found in histories]
        if not histories:
            parts.append(
                Text("以往没有可比的历年公布数，历史太短，不能对照", "no comparable figures of past years").pick(lang)
            )
    if one["probability"] is not None:
        words = one["tenths" if zh else "tenths_en"]
        parts.append(Text(f"模型有{words}把握", f"the model reaches it in {words} of its draws").pick(lang))
    basis = one["basis" if zh else "basis_en"]
    if basis is not None:
        parts.append(basis)
    text = ("；" if zh else "; ").join(parts) + ("。" if zh else ".")
    opinion = one["second_opinion"]
    return text if opinion is None else text + opinion_text(opinion, lang)


def _from_to(one: Record, lang: str) -> str:
    """Where it starts, where it should end, and what that asks for."""
    zh, start = lang == "zh", one["start"]
    name, words, text = _called(one, lang), needed_words(one, lang), one["target_text"]
    goal = f"{one['year']}年的“{text}”" if zh else f"“{text}” in {one['year']}"
    if start is None or start["value"] is None:
        return f"{name}：到{goal}，{words}" if zh else f"{name}: to {goal}, {words}"
    value, unit, span = _started(one), unit_text(one["unit"], lang), _span(start)
    together = "" if start["first"] == start["year"] else _SO_FAR[one["measure"]].pick(lang)
    if zh:
        return f"{name}：从{span}年{together or '的'}{value}{unit}到{goal}，{words}"
    return f"{name}: from {value} {unit} in {span} {together} to {goal}, {words}".replace("  ", " ")


def _told(found: Record, one: Record, lang: str) -> str:
    """The record of one region in a sentence; that it is too short where it is."""
    low, high = _rate(found["least"], one, lang), _rate(found["most"], one, lang)
    level, years = found["level" if lang == "zh" else "level_en"], found["years"]
    span_zh, span_en = (low, low) if low == high else (f"{low}—{high}", f"{low} to {high}")
    rate = _RATES[one["measure"]]
    first, last, count = found["first"], found["last"], found["count"]
    zh = f"{level}{first}—{last}年" if last > first else f"{level}{last}年"
    several = "任意" if count > 1 else ""
    run = f"{several}连续{years}年的{rate.zh}为" if years > 1 else "各年为" if count > 1 else "为"
    zh = f"{zh}{run}{span_zh}"
    en = f"{level}, {first}–{last}: {rate.en} over {years} {'years' if years > 1 else 'year'} {span_en}"
    if found["reached"] is not None:
        zh, en = f"{zh}，{count}次中达到{found['reached']}次", f"{en}, reached in {found['reached']} of {count}"
    if found["short"]:
        zh = f"{zh}（可比数不够连续{found['asked_years']}年，历史太短，只供参考）"
        en = f"{en} (no run of {found['asked_years']} years on record: too short)"
    return Text(zh, en).pick(lang)


def _without(document: Record, lang: str) -> list[str]:
    """Targets of which nothing can be told a year, by reason."""
    by_reason: dict[str, list[str]] = {}
    for one in document["targets"]:
        if one["needed"] is None:
            reason = one["reason" if lang == "zh" else "reason_en"] or STATUSES[one["status"]].pick(lang)
            by_reason.setdefault(reason, []).append(f"{_called(one, lang)}（{one['year']}）")
    if not by_reason:
        return []
    title = Text("不能折成每年的目标：", "Targets that cannot be told a year:").pick(lang)
    between, stop = ("、", "：") if lang == "zh" else (", ", ": ")
    lines = [f"  {reason}{stop}{between.join(dict.fromkeys(names))}" for reason, names in by_reason.items()]
    return ["\n".join([title, *lines])]
