"""What `solve` prints of packages, from its document alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import click

from sim.cli.solve.packages_notes import print_notes, said
from sim.cli.terminal import write_table
from sim.language import Text
from sim.output.probability import printed_share, probability_text, ranged_text
from sim.output.tables import cut_off_text, number_text

Record = Mapping[str, Any]

HEADER = (
    Text("杠杆", "lever"), Text("现设定 → 需要", "set → needed"), Text("单位", "unit"),
    Text("相当于", "as much as"), Text("允许范围", "bounds"), Text("证据", "evidence"), Text("注意", "note"),
)  # fmt: skip
WIDEST = (28, 26, 14, 18, 14, 6, 60)
COSTS = {
    "distance": Text("个标准差（各杠杆平方和开方）", "standard deviations (root of the sum of squares)"),
    "sum": Text("个标准差（各杠杆之和）", "standard deviations (sum)"),
    "money": Text("亿元（全部年份合计）", "hundred million yuan (all years)"),
}
#: Side effects named each way; the rest are counted.
NAMED = 5
#: Smaller changes of a probability are in the files only.
LEAST = 0.02


def print_answer(document: Record, lang: str) -> None:
    """The head, the packages or why there is none, and what to know of them."""
    head(document, lang)
    if document["already"]:
        said(
            "不需要增加任何力度：原情景在新抽样上已达到要求的概率。",
            "Nothing is needed: the scenario is there already.",
            lang,
        )
    elif document["reachable"]:
        for number, package in enumerate(document["packages"], start=1):
            print_package(document, package, number, lang)
        _fewer(document, lang)
    else:
        _unreachable(document, lang)
    print_notes(document, lang)


def head(document: Record, lang: str) -> None:
    """What was asked, of which scenario, and how likely it is as things are."""
    end = "" if lang == "zh" else "_en"
    click.echo(cut_off_text(document, lang))
    place, label = document[f"region_label{end}"], document[f"scenario_label{end}"]
    draws, seed, fresh = f"{document['draws']:,}", document["seed"], document["fresh_seed"]
    said(
        f"{place} · {label} · 搜索用种子 {seed}，下列概率都是另一组 {draws} 次抽样（种子 {fresh}）的检验结果",
        f"{place} · {label} · searched with seed {seed}; probabilities are of {draws} fresh draws (seed {fresh})",
        lang,
    )
    click.echo()
    wanted = percent(document["wanted"])
    together = len(document["targets"]) > 1
    said(
        f"要使{'以下目标同时' if together else '以下目标'}达成的概率不低于{wanted}：",
        f"To reach {'all of these together' if together else 'this'} with a probability of {wanted} at least:",
        lang,
    )
    exactly = unrounded(document["start"], document["wanted"], lang)
    for target in document["targets"]:
        text, now = target["target_text"] or target["id"], ranged_text(target, lang) + ("" if together else exactly)
        said(
            f"  {target['label']} · {target['year']}年 {text}（{target['id']}）：原情景 {now}",
            f"  {target['label_en']} · {target['year']}: {text} ({target['id']}): now {now}",
            lang,
        )
    if together:
        now = probability_text(document["start"]["probability"]) + exactly
        said(f"  同时达成：原情景 {now}", f"  together: now {now}", lang)
    click.echo()


def percent(probability: float) -> str:
    """A probability somebody asked for, as it was asked."""
    return f"{100.0 * probability:.6g}%"


def print_package(document: Record, package: Record, number: int, lang: str) -> None:
    """One package: its probability and cost, its levers, what else moves, and what to doubt."""
    chance = ranged_text(package, lang) + unrounded(package, document["wanted"], lang)
    cost, kind = number_text(package["cost"], 2), COSTS[document["cost_kind"]].pick(lang)
    first, last = document["years"]
    when = (
        Text(f"只在{first}年", f"in {first} only") if first == last
        else Text(f"{first}—{last}年每年保持", f"held each year {first}-{last}")
    )  # fmt: skip
    said(
        f"组合{number}：概率 {chance}，代价 {cost} {kind}；{when.zh}",
        f"Package {number}: probability {chance}, cost {cost} {kind}; {when.en}",
        lang,
    )
    lever_table(package, document["cost_kind"], lang)
    _more(document, package, lang)
    click.echo()


def _more(document: Record, package: Record, lang: str) -> None:
    if len(document["targets"]) > 1:
        zh = "；".join(f"{one['label']} {ranged_text(one, 'zh')}" for one in package["targets"])
        en = "; ".join(f"{one['label_en']} {ranged_text(one, 'en')}" for one in package["targets"])
        said(f"其中单看：{zh}", f"Each alone: {en}", lang)
    side_effects(package["side_effects"], {one["id"].partition(".")[0] for one in document["targets"]}, lang)
    for zh, en in zip(package["warnings"], package["warnings_en"], strict=True):
        said(f"提示：{zh}", f"Note: {en}", lang)


def lever_table(package: Record, cost: str, lang: str) -> None:
    """The levers of a package, the dearest first."""
    write_table(HEADER, [_row(one, cost, lang) for one in package["details"]], WIDEST, lang, ruled=False)


def _measure(one: Record, cost: str) -> Text:
    """What a change costs: in money, or in deviations, marked where they are not on record."""
    if cost == "money":
        money = number_text(one["cost"], 1)
        return Text(f"{money} 亿元", f"{money} (100 m yuan)")
    deviations = number_text(abs(one["deviations"]), 1)
    if one["on_record"]:
        return Text(f"{deviations} 历史标准差", f"{deviations} deviations")
    return Text(f"{deviations} 替代标准差*", f"{deviations} stand-ins*")


def _row(one: Record, cost: str, lang: str) -> list[str]:
    end = "" if lang == "zh" else "_en"
    low, high = plain(one["low"]), plain(one["high"])
    notes = []
    if one["at_bound"]:
        notes.append(Text("已到界限", "at its bound"))
    if one["outside"]:
        notes.append(Text("超出历史记录", "outside the record"))
    return [
        one[f"label{end}"], f"{_span(one['from'])} → {_span(one['to'])}", one[f"unit{end}"],
        _measure(one, cost).pick(lang), f"{low}～{high}" if lang == "zh" else f"{low} to {high}", one["grade"],
        ("、" if lang == "zh" else ", ").join(note.pick(lang) for note in notes),
    ]  # fmt: skip


def plain(value: float) -> str:
    """A setting of a lever as it would be typed, with a true minus sign."""
    return f"{value:.10g}".replace("-", "−")


def _span(ends: Sequence[float]) -> str:
    low, high = ends
    return plain(low) if low == high else f"{plain(low)}～{plain(high)}"


def side_effects(records: Sequence[Record], documents: Collection[str], lang: str) -> None:
    """Other targets of the same documents that get clearly likelier or less likely, in a line each way."""
    shown = [
        one
        for one in records
        if one["reading_of"] is None and one["id"].partition(".")[0] in documents and abs(one["difference"]) >= LEAST
        and probability_text(one["from"]) != probability_text(one["to"])  # 85% to 85% tells nobody anything
    ]  # fmt: skip
    for up in (True, False):
        moved = [one for one in shown if (one["difference"] > 0.0) == up]
        if not moved:
            continue
        zh = "；".join(_moved(one, "zh") for one in moved[:NAMED])
        en = "; ".join(_moved(one, "en") for one in moved[:NAMED])
        left = len(moved) - NAMED
        zh += f"；另有{left}项" if left > 0 else ""
        en += f"; and {left} more" if left > 0 else ""
        said(
            f"同时，概率{'上升' if up else '下降'}的目标：{zh}",
            f"Targets {'likelier' if up else 'less likely'}: {en}",
            lang,
        )


def _moved(one: Record, lang: str) -> str:
    before, after = probability_text(one["from"]), probability_text(one["to"])
    points = number_text(100.0 * one["difference"], 0 if abs(one["difference"]) >= 0.01 else 1)
    points = points if points.startswith("−") else f"+{points}"
    if lang == "zh":
        return f"{one['label']}（{one['year']}年）{before}→{after}（{points}点）"
    return f"{one['label_en']} ({one['year']}) {before} to {after} ({points} points)"


def _fewer(document: Record, lang: str) -> None:
    """That fewer packages were found than one may expect."""
    if len(document["packages"]) == 1 < document["packages_asked"]:
        said(
            "没有找到与它明显不同、代价又不超过两倍的其他组合。",
            "No other package was found that differs from it and costs no more than twice as much.",
            lang,
        )


def _unreachable(document: Record, lang: str) -> None:
    best = document["best"]
    chance = ranged_text(best, lang) + unrounded(best, document["wanted"], lang)
    wanted = percent(document["wanted"])
    if document["needs"]:
        said(
            f"不可达：最多用{document['most']}个杠杆达不到{wanted}；约需{document['needs']}个"
            f"（--most {document['needs']}）。{document['most']}个以内可达的最高概率 {chance}。",
            f"Out of reach: {document['most']} levers do not reach {wanted}; about {document['needs']} would "
            f"(--most {document['needs']}). The most that so few reach: {chance}.",
            lang,
        )
    else:
        said(
            f"不可达：允许的杠杆在允许范围内达不到{wanted}，可达的最高概率 {chance}。",
            f"Out of reach: the levers within their bounds do not reach {wanted}; the most they reach is {chance}.",
            lang,
        )
    if not best["details"]:
        said("没有任何可用的杠杆能改变这些目标。", "No lever that may be used moves these targets.", lang)
        return
    click.echo()
    said("达到这一最高概率的组合：", "The package that reaches it:", lang)
    lever_table(best, document["cost_kind"], lang)
    _more(document, best, lang)
    click.echo()
    _bounds(document["binding"], lang)


def unrounded(record: Record, wanted: float, lang: str) -> str:
    """The share of draws itself, where rounding to 5 points puts it on the other side of what was asked for."""
    chance = record["probability"]
    if (printed_share(chance) >= wanted) == (chance >= wanted):
        return ""
    share, error = number_text(100.0 * chance, 1), number_text(100.0 * record["standard_error"], 1)
    return Text(f"（取整前 {share}% ± {error}）", f" ({share}% ± {error} before rounding)").pick(lang)


def _bounds(binding: Sequence[Record], lang: str) -> None:
    if not binding:
        said(
            "界限不是原因：再放宽杠杆的范围，概率也不会更高。",
            "Bounds are not the reason: wider ones would not make it likelier.",
            lang,
        )
        return
    zh = "；".join(
        f"{one['label']}（界限 {plain(one['value'])}，不用它只有 {probability_text(one['probability_without'])}）"
        for one in binding
    )
    en = "; ".join(
        f"{one['label_en']} (bound {plain(one['value'])}, {probability_text(one['probability_without'])} without it)"
        for one in binding
    )
    said(f"起作用的界限：{zh}", f"Bounds that hold it: {en}", lang)
