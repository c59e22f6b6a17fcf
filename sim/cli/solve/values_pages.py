"""The pages of `solve --target-values`: the planners' table for each year, scenarios side by side, notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.cli.solve.values_above import above_text, sources_page
from sim.cli.solve.values_sets import proposed_page, suggested_page
from sim.language import Text
from sim.output.paged import paged
from sim.output.probability import chance_text, probability_text
from sim.output.tables import cut_off_text, unit_text
from sim.target_setting.rounding import shown

Record = Mapping[str, Any]
#: A table before it is laid out: header and rows of texts.
Cells = tuple[list[str], list[list[str]]]
_DASH = "—"
_SPANS = {
    "average": Text("年均", "average"),
    "reduction": Text("累计", "in all"),
    "sum": Text("累计", "in all"),
}
#: Years of a long path that are printed; the file has all.
PRINTED_YEARS = 5


def values_pages(document: Record, lang: str, width: int) -> str:
    """All pages, as printed."""
    parts = [_head(document, lang)]
    for year in document["years"]:
        title = Text(f"{year}年目标值测算表", f"Target values for {year}").pick(lang)
        for group in ("plan", "other"):
            header, rows = value_cells(document, year, group, lang)
            named = title if group == "plan" else Text(f"{title}·其他指标", f"{title}: other indicators").pick(lang)
            if rows:
                parts.append(f"{named}\n{_laid_out(header, rows, width)}")
    parts += ["\n".join(notes(document, lang)), sources_page(document, lang, width)]
    if len(document["scenarios"]) > 1:
        parts += [_side_by_side(document, year, lang, width) for year in document["years"]]
    parts += [proposed_page(document, lang, width), suggested_page(document, lang)]
    parts += [
        Text(f"提示：{w}", f"Note: {w}").pick(lang) for w in document["warnings" if lang == "zh" else "warnings_en"]
    ]
    if document["result"]:
        parts.append(Text(f"结果文件夹：{document['result']}", f"Files: {document['result']}").pick(lang))
    return "\n\n".join(part for part in parts if part)


def _head(document: Record, lang: str) -> str:
    zh = lang == "zh"
    place = document["region_label" if zh else "region_label_en"]
    scenario = document["scenario_labels" if zh else "scenario_labels_en"][0]
    more = Text(
        f"{place} · {scenario} · {document['draws']:,} 次模拟 · 随机种子 {document['seed']}",
        f"{place} · {scenario} · {document['draws']:,} draws · seed {document['seed']}",
    )
    return f"{cut_off_text(document, lang)}\n{more.pick(lang)}"


def value_cells(document: Record, year: int, group: str, lang: str) -> Cells:
    """The table of one year under the first scenario: rows of the plan and of drafts, or the `other` indicators."""
    first = document["scenarios"][0]
    records = [
        record
        for record in document["values"]
        if record["year"] == year and record["scenario"] == first and not record["repeats"]
        and (record["group"] == "other") == (group == "other")
    ]  # fmt: skip
    rows = [(record["row"] or 10_000, i, _row(record, document, lang)) for i, record in enumerate(records)]
    if group != "other":
        rows += [
            (one["row"], 0, _skipped_row(one, year, lang)) for one in document["skipped"] if one["row"] is not None
        ]
    return _header(document, year, lang), [row for _, _, row in sorted(rows, key=lambda found: found[:2])]


def _header(document: Record, year: int, lang: str) -> list[str]:
    base = document["plan_base"]
    texts = (
        Text("序号", "No."),
        Text("指标", "Indicator"),
        Text("单位", "Unit"),
        Text("最近公布", "last reported"),
        Text(f"{base}年", str(base)),
        Text("稳妥值（90%）", "safe (90 %)"),
        Text("预期值（70%）", "expected (70 %)"),
        Text("中位（50%）", "median (50 %)"),
        Text("奋斗值（30%）", "ambitious (30 %)"),
        Text("从严预期值", "expected, cautious"),
        Text("上级目标", "set from above"),
        Text("建议写法", "suggested wording"),
        Text("写法的把握（范围）", "its probability (range)"),
        Text("年均增速/累计", "a year / in all"),
        Text(
            f"{year}年路径" if year == base + 1 else f"{base + 1}—{year}年路径",
            f"path {year}" if year == base + 1 else f"path {base + 1}–{year}",
        ),
        Text("备注", "remarks"),
    )
    return [text.pick(lang) for text in texts]


def _row(record: Record, document: Record, lang: str) -> list[str]:
    said, offer, unit = record["suggestion"], record["plan"] or record, record["suggestion"]["shown_unit"]
    four = [shown(offer[name], unit) for name in ("p90", "p70", "p50", "p30")]
    cautious = offer["cautious"]["p70"]
    if record["direction"] == 0:
        interval = f"{shown(offer['low'], unit)}—{shown(offer['high'], unit)}"
        four = [
            _DASH,
            _DASH,
            Text(f"{shown(offer['p50'], unit)}（{interval}）", f"{shown(offer['p50'], unit)} ({interval})").pick(lang),
            _DASH,
        ]
        cautious = None
    return [
        "" if record["row"] is None else str(record["row"]),
        _named(record, lang),
        unit_text(record["unit"], lang),
        _last(record, lang),
        _base(record, unit, lang),
        *four,
        _DASH if cautious is None else shown(cautious, unit),
        above_text(record["above"], lang),
        said["words" if lang == "zh" else "words_en"],
        _DASH if record["chance"] is None else chance_text(record["chance"], lang),
        record["pace" if lang == "zh" else "pace_en"] or _DASH,
        _path(record, unit, lang),
        _remarks(record, lang),
    ]


def _skipped_row(one: Record, year: int, lang: str) -> list[str]:
    """A row of the plan without values, with what is set from above all the same."""
    above = above_text([found for found in one["above"] if found["year"] == year], lang)
    label, reason = (one[name if lang == "zh" else f"{name}_en"] for name in ("label", "reason"))
    why = Text(f"未测算：{reason}", f"not evaluated: {reason}").pick(lang)
    return [str(one["row"]), label, *[_DASH] * 8, above, *[_DASH] * 4, why]


def _named(record: Record, lang: str) -> str:
    """The indicator as the plan prints it, and over which years it is counted."""
    label: str = record["label" if lang == "zh" else "label_en"]
    if record["plan"] is None:
        return label
    return f"{label}{'·' if lang == 'zh' else ', '}{_years(record['plan'], record['year'], lang)}"


def _years(counted: Record, last: int, lang: str) -> str:
    """Over which years an average, a reduction or a sum is counted."""
    first, word = counted["first_year"], _SPANS[counted["kind"]].pick(lang)
    if first == last:
        return Text(f"{last}年", str(last)).pick(lang)
    return Text(f"{first}—{last}年{word}", f"{first}–{last} {word}").pick(lang)


def _last(record: Record, lang: str) -> str:
    last = record["last"]
    if last is None:
        return _DASH
    return Text(f"{last['value']:.6g}（{last['year']}年）", f"{last['value']:.6g} ({last['year']})").pick(lang)


def _base(record: Record, unit: float, lang: str) -> str:
    """Where the plan starts: a figure as published, or the model's with a mark."""
    base = record["base"]
    if base is None:
        return _DASH
    if record["plan"] is None and base["reported"]:
        return f"{base['value']:.6g}"
    text = shown(base["value"], unit)
    said = [] if base["reported"] else [Text("推算", "model").pick(lang)]
    if record["plan"] is not None:
        said.insert(0, _years({**base, "kind": record["plan"]["kind"]}, base["year"], lang))
    inside = ("，" if lang == "zh" else ", ").join(said)
    return Text(f"{text}（{inside}）", f"{text} ({inside})").pick(lang)


def _path(record: Record, unit: float, lang: str) -> str:
    """Values by year; of a long path every second or third year up to the last."""
    steps = record["path"]
    every = max(1, -(-len(steps) // PRINTED_YEARS))
    chosen = steps[::-1][::every][::-1]
    if record["direction"] == 0 or record["suggestion"]["rule"] == "index":
        return _DASH
    values = [shown(one["value"], unit) for one in chosen]
    if every > 1:
        pairs = zip(chosen, values, strict=True)
        values = [Text(f"{one['year']}年{value}", f"{one['year']}: {value}").pick(lang) for one, value in pairs]
    return ("、" if lang == "zh" else ", ").join(values)


def _remarks(record: Record, lang: str) -> str:
    zh = lang == "zh"
    parts = [record["suggestion"]["remark" if zh else "remark_en"]]
    own, model = record["label" if zh else "label_en"], record["indicator_label" if zh else "indicator_label_en"]
    summed = record["plan"] is not None and record["plan"]["kind"] != "average"
    if set(model) - set(own) and not summed:
        parts.append(Text(f"按“{model}”测算", f"read as {model}").pick(lang))
    old = record["last_plan"]
    if old is not None and old["chance"] is not None and record["suggestion"]["rule"] != "kept":
        chance = probability_text(old["chance"]["probability"])
        words = old["text"] if zh else f"“{old['text']}”"
        parts.append(Text(f"沿用原规划“{words}”的把握{chance}", f"the last plan's {words}: {chance}").pick(lang))
    parts.append(record["grade_text" if zh else "grade_text_en"])
    return ("；" if zh else "; ").join(part for part in parts if part)


def _laid_out(header: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> str:
    right = [True, False, False, True, True, *[True] * 5, False, False, False, False, False, False]
    most = [4, 30, 10, 16, 18, *[12] * 4, 12, 22, 20, 24, 18, 30, 40]
    return paged(header, rows, right, most, [3, 2, 5, 1, 2, 1, 1, 1], width)


def notes(document: Record, lang: str) -> list[str]:
    """How the table is read, one sentence a line."""
    base = document["plan_base"]
    lines = (
        Text(
            "稳妥值、预期值、中位、奋斗值：模拟中有90%、70%、50%、30%达到或好于该值（能耗等越低越好的指标为不高于）。",
            "Safe, expected, median, ambitious: reached by 90, 70, 50 and 30 % of the draws.",
        ),
        Text(
            "从严预期值：把先验和模型误差都往不利一端取，仍有70%把握的值。“写法的把握”按取整后的写法计算，括号内为合理范围。",
            "Expected, cautious: still reached with 70 % at the low end of defensible priors and model error.",
        ),
        Text(
            f"标“（推算）”的是模型推算的中位数，不是统计数；{base}年公布后请重算。最近公布为与模型同口径的一期。",
            f"(model): a median of the model, not a statistic; run again once {base} is published.",
        ),
        Text(
            f"路径：期末恰为建议数（没有的为预期值）的那些模拟，各年的中位数，供年度分解参考。年均增速/累计由{base}年到"
            f"建议数计算：{base}年为推算的，取的是五成把握的中位，建议数有七成把握，两者相比偏慢，公布后会变。"
            "绝对额为现价，标“不变价”的除外。",
            f"Path: yearly medians of the draws that end at about the number suggested, else the expected value. What "
            f"is asked a year runs from the figure of {base}; where that is a median of the model it looks slower than "
            "the model's own growth, as the number suggested is one that 70 % reach.",
        ),
        Text(
            "上级目标“—”：市、省、全国没有录入同一指标、同一年份的目标值。约束性指标由上级下达，不自行定值。"
            "各指标分别取值，不出自同一条路径，定稿前须相互衔接。",
            "Set from above, a dash: no target of city, province or nation for the same indicator and year. Each row "
            "stands for itself: rows are not of one path and must be reconciled.",
        ),
    )
    return [Text(f"注：{line.zh}" if i == 0 else f"　　{line.zh}", line.en).pick(lang) for i, line in enumerate(lines)]


def side_by_side_cells(document: Record, year: int, lang: str) -> Cells:
    """Safe and expected values of the plan's indicators under every scenario."""
    zh = lang == "zh"
    labels = document["scenario_labels" if zh else "scenario_labels_en"]
    header = [Text("指标", "Indicator").pick(lang), Text("单位", "Unit").pick(lang)]
    for label in labels:
        header += [Text(f"{label}：稳妥", f"{label}: safe").pick(lang), Text("预期", "expected").pick(lang)]
    by_key = {(r["scenario"], r["indicator"]): r for r in document["values"] if r["year"] == year}
    rows = []
    for record in by_key.values():
        if record["scenario"] != document["scenarios"][0] or record["repeats"] or record["group"] == "other":
            continue
        unit = record["suggestion"]["shown_unit"]
        row = [_named(record, lang), unit_text(record["unit"], lang)]
        for scenario in document["scenarios"]:
            other = by_key[(scenario, record["indicator"])]
            offer = other["plan"] or other
            row += [shown(offer["p90"], unit), shown(offer["p70"], unit)]
        rows.append(row)
    return header, rows


def _side_by_side(document: Record, year: int, lang: str, width: int) -> str:
    header, rows = side_by_side_cells(document, year, lang)
    title = Text(f"{year}年各情景（方案）的稳妥值和预期值", f"Safe and expected values of {year} by scenario").pick(
        lang
    )
    right = [False, False, *[True] * (len(header) - 2)]
    bundles = [2, *[2] * len(document["scenarios"])]
    return f"{title}\n{paged(header, rows, right, [44, 10, *[26] * (len(header) - 2)], bundles, width)}"
