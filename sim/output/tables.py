"""Tables that people read: the plan's own table with probabilities, and the years after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.experiment.ranges import CORRELATIONS
from sim.language import Text
from sim.output.layout import fitted, grid
from sim.output.probability import chance_text, probability_text, range_text
from sim.output.second_opinion import opinion_text

MECHANISMS = {
    "structural": Text("结构推算", "structural"),
    "flow": Text("流量推算", "flow"),
    "capacity": Text("按建设进度", "schedule of capacity"),
    "bounded": Text("有界漂移", "bounded drift"),
    "land": Text("土地约束漂移", "land-bound drift"),
    "none": Text("未测算", "not computed"),
}
STATUSES = {
    "evaluated": Text("已测算", "evaluated"),
    "reported": Text("已公布", "reported"),
    "not_quantified": Text("未测算：目标未量化", "not evaluated: no number set"),
    "no_baseline": Text("未测算：缺基数", "not evaluated: no baseline"),
    "not_modelled": Text("未测算：模型不涉及", "not evaluated: outside the model"),
    "beyond_horizon": Text("未测算：超出推算期", "not evaluated: beyond the horizon"),
}
#: Of a target whose year is over.
NOT_PUBLISHED = Text("暂缺数据", "no data yet")
OUTCOMES = {
    "met": Text("完成", "met"),
    "missed": Text("未完成", "missed"),
    "not_comparable": Text("口径调整不可比", "not comparable"),
}
UNITS_EN = {
    "亿元": "100 m yuan", "亿美元": "100 m USD", "万人": "10,000 people", "公里": "km", "件/万人": "per 10,000",
    "件": "number", "元": "yuan", "美元": "USD", "岁": "years", "年": "years", "人/千人": "per 1,000", "人": "persons",
    "万美元": "10,000 USD",
    "万吨": "10,000 t", "个/千人": "per 1,000", "个": "number", "2020年=100": "2020 = 100",
    "万元/人": "10,000 yuan a head",
}  # fmt: skip
#: Standing of a published figure.
NATURES_OF_FACTS = {
    "actual": Text("实际数", "actual"),
    "preliminary": Text("初步数", "preliminary"),
    "final": Text("最终核实数", "final"),
    "revised": Text("修订数", "revised"),
    "department": Text("部门数", "department"),
    "target": Text("目标", "target"),
}
NATURES = {"预期性": "expected", "约束性": "binding"}
#: Largest correlation of social indicators that the joint probability's range holds.
MOST = max(CORRELATIONS)
#: Widest page for tables; narrower terminals get the remarks below the table instead of in it.
FULL_PAGE = 168


def decimals(spread: float | None, texts: Sequence[str | None]) -> int:
    """Digits after the point: as many as the plan prints, no more than the spread of the draws supports."""
    ends = [t.rsplit(".", 1)[1] for t in texts if t and "." in t]
    printed = max((len(end) for end in ends if end.isdigit()), default=0)
    wide = abs(spread or 0.0)
    return min(max(printed, 1 if wide < 50 else 0), 0 if wide >= 50 else 1 if wide >= 1 else 2)


def number_text(value: float | None, digits: int) -> str:
    """A number with a true minus sign, or a dash."""
    if value is None:
        return "—"
    text = f"{value:.{digits}f}"
    return text.replace("-", "−") if float(text) != 0.0 else text.replace("-", "")


def figure_text(value: float | None) -> str:
    """A published number with the digits it was published with."""
    return "—" if value is None else f"{value:.10g}".replace("-", "−")


def cut_off_text(document: Mapping[str, Any], lang: str) -> str:
    """The first line of every page: up to which year figures were used."""
    as_of, base = document["as_of"], document["base_year"]
    if as_of <= base:
        if lang == "zh":
            return f"仅使用{as_of}年及以前数据；模型推算值，非统计数据。"
        return f"Uses figures up to {as_of} only; model estimates, not statistics."
    years = f"{base + 1}—{as_of}" if as_of > base + 1 else str(as_of)
    if lang == "zh":
        return f"使用截至{as_of}年的数据；{years}年列已公布数，其后为模型推算值，非统计数据。"
    return f"Uses figures up to {as_of}; those of {years} as published, then model estimates, not statistics."


def unit_text(unit: str, lang: str) -> str:
    """A unit as printed."""
    return unit if lang == "zh" else UNITS_EN.get(unit, unit)


def reading_text(record: Mapping[str, Any], lang: str) -> str:
    """Name of a second reading: the end of its id."""
    names = {
        "average": Text("其中：按年均理解", "read as the average"),
        "band": Text("其中：按双侧区间理解", "read as a band"),
        "growth": Text("其中：按增速理解", "read as growth"),
        "census": Text("其中：按普查口径理解", "census concept"),
        "national": Text("其中：以全国目标对照", "against the nation's target"),
        "nominal": Text("其中：按名义增速理解", "read as nominal"),
        "above_nation": Text("其中：高于全国", "above the nation"),
        "above_city": Text("其中：高于全市", "above the city"),
    }
    found = names.get(record["id"].rsplit(".", 1)[1])
    return found.pick(lang) if found else record["id"]


def status_text(record: Mapping[str, Any], as_of: int, lang: str) -> str:
    """Why a target has no probability; of one whose year is over, that its figure is not published yet."""
    if record["status"] == "no_baseline" and record["year"] <= as_of:
        return NOT_PUBLISHED.pick(lang)
    return STATUSES[record["status"]].pick(lang)


def _target_row(record: Mapping[str, Any], as_of: int, lang: str) -> list[str]:
    """One row of the plan's table, in the order of its header."""
    zh = lang == "zh"
    second = record["reading_of"] is not None
    known = record["p90"] is not None
    digits = decimals(record["p90"] - record["p10"] if known else None, (record["base_text"], record["target_text"]))
    interval = f"{number_text(record['p10'], digits)}—{number_text(record['p90'], digits)}" if known else "—"
    middle, chance = number_text(record["p50"], digits), chance_text(record, lang, "\n")
    if record["outcome"] is not None:
        middle, chance = figure_text(record["actual"]), OUTCOMES[record["outcome"]].pick(lang)
    evaluated = record["status"] == "evaluated"
    how = method_text(record, lang) if evaluated else status_text(record, as_of, lang)
    label = record["label"] if zh else record["label_en"]
    nature = record["nature"] or ""
    return [
        "" if second else record["category"],
        "" if second or record["row"] is None else str(record["row"]),
        reading_text(record, lang) if second else label,
        "" if second else unit_text(record["unit"], lang),
        "" if second else nature if zh else NATURES.get(nature, nature),
        "" if second else record["base_text"] or "—",
        "" if second else record["target_text"] or number_text(record["value"], 1),
        middle,
        interval,
        chance,
        how,
        "" if second else "、".join(record["owner"]),
        "".join(remarks(record, lang)),
    ]


def method_text(record: Mapping[str, Any], lang: str) -> str:
    """How an indicator is computed, and what record its forecasts have."""
    how, grade = MECHANISMS[record["mechanism"]].pick(lang), record["grade_text" if lang == "zh" else "grade_text_en"]
    if grade is None:
        return how
    return f"{how}·\n{grade}" if lang == "zh" else f"{how};\n{grade}"


def remarks(record: Mapping[str, Any], lang: str) -> list[str]:
    """What is to be said beside a target: how it is read, why it has no range, what the record elsewhere is."""
    parts = [record["note" if lang == "zh" else "note_en"] or ""]
    if record["range_reason"] is not None:
        parts.append(f"{record['range_reason']}。" if lang == "zh" else f" {record['range_reason_en'].capitalize()}.")
    found = record["second_opinion"]
    if found is not None:
        parts.append(opinion_text(found, lang, record["reading_of"] is not None))
    return [part for part in parts if part]


def target_table(document: Mapping[str, Any], targets: Sequence[Mapping[str, Any]], lang: str, width: int) -> str:
    """The plan's table, one for each target year: 类别 … 备注（口径）, wrapped to `width` cells."""
    base, years = document["base_year"], sorted({t["year"] for t in targets})
    out = []
    for year in years:
        header = [
            h.pick(lang)
            for h in (
                Text("类别", "Field"), Text("序号", "No."), Text("指标", "Indicator"), Text("单位", "Unit"),
                Text("属性", "Nature"), Text(f"{base}年", f"{base}"), Text(f"{year}年目标", f"Target {year}"),
                Text(f"{year}年预测中位数", f"Median {year}"), Text("80%区间", "80 % interval"),
                Text("达成概率", "Probability"), Text("测算说明", "Method"), Text("责任单位", "Owner"),
                Text("备注（口径）", "Remark"),
            )
        ]  # fmt: skip
        records = [t for t in targets if t["year"] == year]
        rows = [_target_row(record, document["as_of"], lang) for record in records]
        least = [4, 4, 14, 4, 6, 5, 8, 8, 9, 12, 8, 8, 20]
        most = [8, 4, 26, 8, 8, 8, 12, 12, 16, 16, 12, 14, max(24, width - 144)]
        right = [False, True, False, False, False, True, True, True, True, False, False, False, False]
        if width < FULL_PAGE:
            out.append(_narrow(header, rows, least, most, right, lang))
        else:
            out.append(grid(header, rows, fitted(list(zip(header, *rows, strict=True)), least, most), right))
    return "\n\n".join(out)


def _narrow(
    header: Sequence[str], rows: Sequence[Sequence[str]], least: Sequence[int], most: Sequence[int],
    right: Sequence[bool], lang: str,
) -> str:  # fmt: skip
    """The same table for a narrow page: owner and remark as notes below it, numbered by row."""
    keep = [1, 2, 3, 5, 6, 7, 8, 9, 10]
    short = [[row[i] for i in keep] for row in rows]
    heads = [header[i] for i in keep]
    widths = fitted(list(zip(heads, *short, strict=True)), [least[i] for i in keep], [most[i] for i in keep])
    table = grid(heads, short, widths, [right[i] for i in keep])
    notes = [
        f"  {row[1] or '·'} {row[2]}：{row[11]}{'；' if row[11] and row[12] else ''}{row[12]}"
        for row in rows
        if row[11] or row[12]
    ]
    title = Text("责任单位与备注（口径）：", "Owners and remarks:").pick(lang)
    return "\n".join([table, title, *notes])


def joint_text(document: Mapping[str, Any], lang: str) -> str:
    """One sentence on all of the plan's targets together, and the pair that conflicts most."""
    joint = document["joint"]
    if joint["all"] is None:
        return ""
    if document["draws"] == 1:
        return Text("单一路径：没有概率，也没有模拟误差。", "A single path: no probabilities, no sampling error.").pick(
            lang
        )
    ranged = any(t["probability_low"] is not None for t in document["targets"])
    labels = {t["id"]: t["label"] if lang == "zh" else t["label_en"] for t in document["targets"]}
    error = max((t["standard_error"] or 0.0 for t in document["targets"]), default=0.0)
    together = range_text(joint["all_low"], joint["all_high"], lang)
    if lang == "zh":
        text = (
            f"合计：可测算的规划目标{joint['evaluated']}项，预计平均完成{joint['expected_count']:.1f}项，"
            f"全部完成的概率{probability_text(joint['all'])}"
            f"（按社会指标互不相关推算；真实相关未知，相关系数取0～{MOST:g}时为{together or '—'}）。"
        )
        if joint["conflict"] and joint["conflict_distinguishable"]:
            a, b = (labels[i] for i in joint["conflict"])
            text += f"最难兼顾的一对：“{a}”与“{b}”。"
        text += f"模拟误差：各概率的标准误不超过{100 * error:.1f}个百分点；"
        return text + ("括号内为考虑先验与模型误差的范围。" if ranged else "先验与模型误差的区间待标定后给出。")
    text = (
        f"Together: of {joint['evaluated']} targets evaluated {joint['expected_count']:.1f} are met on average; all of "
        f"them with probability {probability_text(joint['all'])} (social indicators taken as uncorrelated; "
        f"{together or '—'} for correlations of 0 to {MOST:g}, the true one is not known)."
    )
    if joint["conflict"] and joint["conflict_distinguishable"]:
        a, b = (labels[i] for i in joint["conflict"])
        text += f' Hardest pair: "{a}" and "{b}".'
    text += f" Monte Carlo standard errors are at most {100 * error:.1f} points"
    return text + (
        "; ranges in brackets are over priors and model error."
        if ranged
        else "; ranges over priors are not computed yet."
    )
