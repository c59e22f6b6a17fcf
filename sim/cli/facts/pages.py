"""How `facts` prints the ledger, one fact and one target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import click

from sim.cli.list.command import CAN_BE_EVALUATED
from sim.cli.terminal import WIDEST_PAGE, definition_list, page, write_table
from sim.language import Text
from sim.output.tables import MECHANISMS, NATURES_OF_FACTS, STATUSES

Record = Mapping[str, Any]
Rows = list[tuple[Text, str | None]]

GRADES_OF_SOURCES = {
    "official": Text("官方公布", "official"),
    "press": Text("报刊", "press"),
    "dataset": Text("公开数据集", "dataset"),
    "mirror": Text("转载页面", "mirror"),
    "memory": Text("凭记忆录入，未核对原件", "from memory, not checked"),
}
PRICES = {"current": Text("现价", "current prices"), "constant": Text("不变价", "constant prices")}
SHAPES = {"uniform": Text("均匀分布", "uniform"), "triangular": Text("三角分布", "triangular")}
ROLES = {
    "target": Text("目标的出处", "source of a target"),
    "target_base": Text("目标的基数", "base of a target"),
    "base_year": Text("模型基年的起点", "starting point of the model"),
    "bounded": Text("有界指标的基数", "base of a bounded indicator"),
    "rail": Text("轨道交通里程", "length of a metro line"),
    "growth_targets": Text("发布增速可能靠拢的目标", "target that reported growth may lean to"),
    "benchmarks": Text("对比地区的基数", "base of a region to compare with"),
}


#: Later periods that a page lists; all of them are in the JSON.
MOST_LATER = 6
OPERATORS = {
    ">=": Text("不低于", "at least"),
    "<=": Text("不高于", "at most"),
    "about": Text("左右：不低于目标减允许差，", "about: at least the target less the tolerance,"),
    "between": Text("介于", "between"),
    "cumulative": Text("累计不低于", "cumulative, at least"),
    "above": Text("高于对比地区", "above a region to compare with"),
    "in_step": Text("与经济增长同步", "in step with growth"),
    "change": Text("比基年变化不低于", "change since the base year at least"),
    "direction": Text("方向", "direction"),
    "assigned": Text("完成上级下达", "assigned from above"),
}
EXTRAS = {
    "tolerance": Text("允许差", "tolerance"),
    "benchmark": Text("对比", "compared with"),
    "margin": Text("差距", "margin"),
}


def print_ledger(records: Sequence[Record], lang: str) -> None:
    """Every fact on one line."""
    header = (
        Text("编号", "Id"),
        Text("指标", "Indicator"),
        Text("时期", "Period"),
        Text("数值", "Value"),
        Text("用语", "Word"),
        Text("性质", "Nature"),
        Text("出处", "Document"),
    )
    rows = [
        [r["id"], r["indicator"], r["period"], _value(r), _word(r, lang), _nature(r, lang), _place(r)] for r in records
    ]
    write_table(header, rows, (44, 34, 9, 20, 8, 12, 60), lang, ruled=False)
    click.echo(Text(f"共 {len(rows)} 条。", f"{len(rows)} facts.").pick(lang))


def print_fact(record: Record, lang: str, title: Text | None = None) -> None:
    """One fact: what is printed where, what it may stand for, and what is built on it."""
    name = Text("事实", "Fact") if title is None else title
    click.echo(f"{name.pick(lang)} {record['id']}")
    _definitions([*_number(record, lang), *_origin(record, lang), *_context(record, lang)], lang)


def _number(record: Record, lang: str) -> Rows:
    # A target is a line drawn, not a measurement with digits left out.
    found = None if record["nature"] == "target" else record["interval"]
    interval = None
    if found is not None:
        shape = SHAPES[found["shape"]].pick(lang)
        middle = Text("中心", "centre").pick(lang)
        spread = Text("标准差", "standard deviation").pick(lang)
        low, high, centre = (_plain(found[key]) for key in ("low", "high", "centre"))
        sd = f"{found['sd']:.2g}"
        interval = f"{low} — {high} {record['unit']} · {middle} {centre} · {spread} {sd} · {shape}"
    reason = None if found is None else found["reason" if lang == "zh" else "reason_en"]
    prices = PRICES.get(record["price_basis"])
    return [
        (Text("数值", "Value"), f"{_value(record)} · {record['period']} · {_nature(record, lang)}"),
        (Text("修约用语", "Rounding word"), f"{_word(record, lang) or Text('无', 'none').pick(lang)}"),
        (Text("真值范围", "True value"), interval),
        (Text("理由", "Reason"), reason),
        (Text("口径", "Scope"), record["scope"]),
        (Text("价格", "Prices"), None if prices is None else prices.pick(lang)),
    ]


def _origin(record: Record, lang: str) -> Rows:
    source = record["source"]
    about = address = note = None
    if source is not None:
        grade = GRADES_OF_SOURCES[source["grade"]].pick(lang)
        about = f"{source['title']} · {source['publisher']} · {source['date']} · {grade}"
        address, note = source["address"], source["note"]
    sentence = record["sentence"]
    checked = Text("（已与原文核对）", " (checked)").pick(lang)
    return [
        (Text("出处", "Document"), _place(record)),
        (Text("文件", "Title"), about),
        (Text("网址", "Address"), address),
        (Text("文件说明", "About it"), note),
        (Text("引文", "Quote"), f"“{record['quote']}”"),
        (Text("原文整句", "Sentence"), None if sentence is None else sentence + checked),
        (Text("备注", "Remark"), record["note"]),
        (Text("台账位置", "In the ledger"), record["place"]),
    ]


def _report(other: Record, lang: str) -> str:
    """Another report of the same indicator on one line."""
    colon = "：" if lang == "zh" else ": "
    return (
        f"{other['id']}{colon}{_value(other)}{_in_brackets(other['scope'])} · {_nature(other, lang)} · {_place(other)}"
    )


def _context(record: Record, lang: str) -> Rows:
    others, later = ([_report(o, lang) for o in record[key]] for key in ("others", "later"))
    if len(later) > MOST_LATER:
        left = len(later) - MOST_LATER
        later[MOST_LATER:] = [Text(f"另有{left}条，见 --json", f"{left} more in --json").pick(lang)]
    uses = [f"{ROLES[u['role']].pick(lang)} {u['target'] or u['key']}（{u['place']}）" for u in record["used_in"]]
    if lang == "en":
        uses = [line.replace("（", " (").replace("）", ")") for line in uses]
    unused = Text("没有直接用于模型或目标", "not used by the model or a target directly").pick(lang)
    return [
        (Text("同一指标同期的其他数", "Other figures"), "\n".join(others) or None),
        (Text("同一指标以后各期", "Later periods"), "\n".join(later) or None),
        (Text("用在", "Used in"), "\n".join(uses) or unused),
    ]


def print_target(record: Record, lang: str) -> None:
    """One target: the plan's words, how they are read, and the facts behind it."""
    zh = lang == "zh"
    click.echo(f"{Text('目标', 'Target').pick(lang)} {record['id']}")
    status = (CAN_BE_EVALUATED if record["status"] == "evaluated" else STATUSES[record["status"]]).pick(lang)
    number = Text(f"第{record['row']}行", f"row {record['row']}").pick(lang) if record["row"] else ""
    where = " · ".join(x for x in (record["category"], number, record["nature"]) if x)
    mechanism = MECHANISMS[record["mechanism"]].pick(lang)
    rows: Rows = [
        (Text("规划指标", "In the plan"), f"{record['label']} · {where}"),
        (Text("原文目标", "Target"), f"{record['year']}：{record['target_text']}" if zh else
         f"{record['year']}: {record['target_text']}"),
        (Text("原文基数", "Base column"), record["base_text"]),
        (Text("责任单位", "Owner"), "、".join(record["owners"])),
        (Text("判定", "Judged by"), _judged(record, lang)),
        (Text("宽限理由", "Why the tolerance"), record["tolerance_reason"] if zh else None),
        (Text("读法", "Reading"), record["note" if zh else "note_en"]),
        (Text("其他读法", "Other readings"), "、".join(record["readings"]) or record["reading_of"]),
        (Text("模型指标", "Indicator"),
         f"{record['indicator_label' if zh else 'indicator_label_en']} · {record['indicator']} · {mechanism}"),
        (Text("测算情况", "Status"), " · ".join(x for x in (status, record["reason" if zh else "reason_en"]) if x)),
        (Text("定义在", "Defined in"), record["place"]),
    ]  # fmt: skip
    _definitions(rows, lang)
    print_fact(record["fact"], lang, Text("目标的出处", "Source of the target"))
    if record["base"] is not None:
        print_fact(record["base"], lang, Text("基数的出处", "Source of the base"))
    else:
        click.echo(Text("没有可用的基数。", "There is no figure to start from.").pick(lang))


def _judged(record: Record, lang: str) -> str:
    """The condition in words, with its numbers."""
    value, high = record["value"], record["value_high"]
    condition = OPERATORS[record["operator"]].pick(lang)
    numbers = [f"{number:g}" for number in (value, high) if number is not None]
    parts = [" ".join([condition, *("—".join(numbers) for _ in numbers[:1])])]
    for key, word in EXTRAS.items():
        if record[key] is not None:
            parts.append(f"{word.pick(lang)} {_plain(record[key]) if key != 'benchmark' else record[key]}")
    return " · ".join(parts)


def _definitions(rows: Rows, lang: str) -> None:
    """Terms and explanations side by side; those without content are left out. A blank line follows."""
    shown = [(term.pick(lang), text) for term, text in rows if text]
    click.echo("\n".join(definition_list(shown, min(page(), WIDEST_PAGE))) + "\n")


def _value(record: Record) -> str:
    return f"{record['printed']} {record['unit']}" if record["printed"] else f"“{record['quote']}”"


def _word(record: Record, lang: str) -> str:
    return "" if record["rounding"] == "exact" else str(record["rounding"])


def _nature(record: Record, lang: str) -> str:
    return NATURES_OF_FACTS[record["nature"]].pick(lang)


def _place(record: Record) -> str:
    return f"{record['document']}:{record['line']}" if record["line"] else str(record["document"])


def _in_brackets(text: str) -> str:
    return f"（{text}）" if text else ""


def _plain(number: float) -> str:
    """A number with as many digits as it needs, without those of binary arithmetic."""
    return f"{number:.8g}".replace("-", "−")
