"""What every key of a scenario file means, in both languages: for the JSON Schema, `scenario show` and docs/."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sim.language import Text
from sim.scenario.parts import LATEST_HORIZON


@dataclass(frozen=True, slots=True)
class Words:
    """A short name of a key and what is written there."""

    label: Text
    meaning: Text


def _words(zh: str, en: str, meaning_zh: str, meaning_en: str) -> Words:
    return Words(Text(zh, en), Text(meaning_zh, meaning_en))


_ID = _words(
    "编号",
    "id",
    "编号：文字、数字和 _ . -；与上级同一编号的那项整项被替换",
    "id of letters, digits and _ . -; the whole item of a parent with the same id is replaced",
)
_LABEL = _words(
    "名称", "label", "印在表上的中文名称，省略时用编号", "Chinese name printed in tables; the id if left out"
)
_LABEL_EN = _words("英文名称", "English label", "英文输出用的名称", "name printed in English tables")
_NOTE = _words("备注", "note", "备注，印在表上", "a remark, printed in tables")

SCENARIO: Mapping[str, Words] = MappingProxyType(
    {
        "name": _words(
            "情景名",
            "name",
            "用作结果文件夹名；省略时用文件名",
            "names the folder of results; the file's name if left out",
        ),
        "label": _LABEL,
        "label_en": _LABEL_EN,
        "question": _words(
            "问题", "question", "这个情景要回答的问题，一句话", "the question the scenario answers, one sentence"
        ),
        "asked_by": _words("提问者", "asked by", "谁会问这个问题，如“区发展和改革局”", "who would ask this question"),
        "rests_on": _words(
            "依据",
            "rests on",
            "所依据的原文：文件、行号、引文；不改变数值",
            "the statements it rests on: document, line, quote; changes no number",
        ),
        "extends": _words(
            "上级情景",
            "extends",
            "上级情景：名称或名称的列表，先在 scenarios/ 里找，再在本文件旁边找。"
            "本文件写了的覆盖上级；两个上级都写了同一项时，须在本文件写明",
            "parent scenarios, a name or a list of names, looked up in scenarios/, then beside this file; "
            "what this file sets wins",
        ),
        "region": _words(
            "地区", "region", "只适用于某个地区时才写", "only for a scenario that is meant for one region"
        ),
        "horizon": _words(
            "期末年份",
            "horizon",
            f"测算到哪一年，默认2035，最晚{LATEST_HORIZON}",
            f"last year computed, 2035 if left out, at most {LATEST_HORIZON}",
        ),
        "levers": _words(
            "政策杠杆", "levers", "在校准路径上的增减，0为不变", "changes against the calibrated path; 0 is no change"
        ),
        "world": _words("外部假设", "world", "绝对值，替换校准路径", "absolute values in place of the calibrated path"),
        "projects": _words("项目", "projects", "具体项目的列表", "a list of named projects"),
        "events": _words("冲击", "events", "冲击的列表", "a list of events"),
        "targets": _words(
            "自己的目标",
            "targets",
            "自己的目标的列表；编号与规划目标相同则替换它",
            "a list of own targets; one with the id of a plan's target replaces it",
        ),
    }
)

STATEMENT: Mapping[str, Words] = MappingProxyType(
    {
        "document": _words(
            "文件", "document", "文件名（不带后缀）或来源编号", "the document's file name without ending, or its id"
        ),
        "line": _words("行号", "line", "引文所在的行，从1数起", "line of the quote, from 1"),
        "quote": _words("引文", "quote", "原文，一字不差", "the words, verbatim"),
        "note": _words("备注", "note", "怎样由原文得到情景里的数", "how the numbers follow from the words"),
    }
)

PROJECT: Mapping[str, Words] = MappingProxyType(
    {
        "id": _ID,
        "label": _LABEL,
        "label_en": _LABEL_EN,
        "cell": _words("所属部门", "cell", "所属部门，见部门表", "the cell of the economy it belongs to"),
        "capex": _words(
            "总投资",
            "capital spending",
            "总投资，亿元，从开工到投产平均分摊",
            "亿元 (100 million yuan), spread evenly from start to commissioning",
        ),
        "start": _words("开工年", "start", "开工年份，可以早于基年", "year of the start; may be before the base year"),
        "commissioning": _words(
            "投产年",
            "commissioning",
            "投产年份，晚于基年；投产后三年达产",
            "year of commissioning, after the base year; full output three years on",
        ),
        "value_added": _words(
            "达产增加值", "value added", "达产后每年的增加值，亿元", "value added a year at full output, 亿元"
        ),
        "probability": _words(
            "建成概率", "probability", "建成的概率，0至1，默认1", "probability that it is built, 0 to 1, 1 if left out"
        ),
        "delay": _words(
            "推迟",
            "delay",
            "推迟0、1、2……年的概率，合计为1，默认不推迟",
            "probabilities of 0, 1, 2, … years of delay, summing to 1; none if left out",
        ),
        "additional": _words(
            "新增部分",
            "additional",
            "校准路径之外的部分，0至1，默认1。趋势里本来就含有一部分新项目，多数项目应小于1，否则重复计算",
            "share (0 to 1) that the calibrated trend does not hold already; 1 if left out, less for most projects",
        ),
    }
)

#: What an event may be.
KINDS: Mapping[str, Text] = MappingProxyType(
    {
        "world_trade": Text("世界贸易", "world trade"),
        "demand": Text("本地需求", "local demand"),
        "investment": Text("投资", "investment"),
    }
)

EVENT: Mapping[str, Words] = MappingProxyType(
    {
        "id": _ID,
        "label": _LABEL,
        "label_en": _LABEL_EN,
        "kind": _words(
            "种类",
            "kind",
            "`world_trade` 世界贸易，`demand` 本地需求，`investment` 投资",
            "world_trade, demand (local) or investment",
        ),
        "year": _words(
            "发生年份",
            "year",
            "发生在这一年；与 `probability` 写且只写一个",
            "the year it strikes; either this or probability",
        ),
        "probability": _words(
            "每年概率",
            "probability",
            "每年发生的概率，0至1；与 `year` 写且只写一个",
            "probability of striking each year, 0 to 1; either this or year",
        ),
        "size": _words(
            "幅度",
            "size",
            "幅度，百分数，可以是区间 [p5, p95]；负数为下降",
            "size in percent, or a range [p5, p95]; negative is a fall",
        ),
        "duration": _words("持续", "duration", "持续几年，1至5，默认1", "years it lasts, 1 to 5, 1 if left out"),
    }
)

TARGET: Mapping[str, Words] = MappingProxyType(
    {
        "id": _words(
            "编号", "id", "与规划目标相同则替换它，否则另加一行", "replaces the plan's target of that id, or is added"
        ),
        "indicator": _words(
            "指标",
            "indicator",
            "指标编号，见 `python run.py list indicators`",
            "id of an indicator, see `list indicators`",
        ),
        "year": _words("目标年份", "year", "目标年份，晚于基年", "year of the target, after the base year"),
        "operator": _words(
            "达成条件",
            "operator",
            '达成的条件，见下表；`">="`、`"<="` 要带引号',
            'when it is met; ">=" and "<=" stand in quotes',
        ),
        "value": _words("目标值", "value", "目标值，单位随指标", "the target's value, in the unit of the indicator"),
        "value_high": _words("上限", "upper value", "`between` 的上限", "upper end for between"),
        "tolerance": _words("容差", "tolerance", "`about` 容许低多少", "how much below value still counts for about"),
        "margin": _words("高出", "margin", "`above` 至少高出多少", "how much above the benchmark for above"),
        "benchmark": _words(
            "参照",
            "benchmark",
            "`above` 的参照地区，`in_step` 的参照指标",
            "region to exceed for above, indicator to follow for in_step",
        ),
        "label": _LABEL,
        "label_en": _LABEL_EN,
        "note": _NOTE,
    }
)

OPERATORS: Mapping[str, Text] = MappingProxyType(
    {
        ">=": Text("不低于 `value`", "at least value"),
        "<=": Text("不高于 `value`", "at most value"),
        "about": Text("不低于 `value` 减 `tolerance`", "at least value less tolerance"),
        "between": Text("在 `value` 与 `value_high` 之间", "between value and value_high"),
        "cumulative": Text("累计达到 `value`", "value reached in total"),
        "change": Text("比基年变化 `value`", "changes by value from the base year"),
        "above": Text("高于 `benchmark` 地区，至少高 `margin`", "above the region benchmark by at least margin"),
        "in_step": Text("与经济增长同步", "in step with growth"),
        "direction": Text("方向对即可", "the right direction is enough"),
        "assigned": Text("完成上级下达，不给概率", "assigned from above; no probability"),
    }
)

#: Section of a scenario file -> the words of its keys.
SECTIONS: Mapping[str, Mapping[str, Words]] = MappingProxyType(
    {"rests_on": STATEMENT, "projects": PROJECT, "events": EVENT, "targets": TARGET}
)
