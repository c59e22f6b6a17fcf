"""Sheets of further results: sensitivity, target values, required path, effort, sweeps; each where it is given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.material import Finished
from sim.output.parameter_words import unit_words
from sim.output.probability import printed_share, range_text
from sim.output.tables import unit_text
from sim.report.blocks import Column
from sim.report.wording import span_text
from sim.workbook.desk import MODEL_NOTE, PERCENT, WHOLE, Desk, Record, chance, printed, text
from sim.workbook.grid import BLANK, Entry, Grid, Sheet
from sim.workbook.sources import target_key
from sim.workbook.swept import sweep_sheet
from sim.workbook.targets import label_of

PERCENTILES = ("p30", "p50", "p70", "p90")


def study_sheets(desk: Desk) -> Iterator[Sheet]:
    """Sheets that the material has results for; chances and what drives them stand in the internal edition only."""
    material, shown = desk.material, desk.edition.chances
    if shown and material.sensitivity:
        yield from _sensitivity(desk, material.sensitivity)
    if shown and material.target_values is not None:
        yield _values(desk, material.target_values)
    if material.required_path is not None and desk.edition.reasons:
        yield _path(desk, material.required_path)
    if shown and material.solutions:
        yield _effort(desk, material.solutions)
    if shown and material.sweeps:
        yield sweep_sheet(desk, material.sweeps)


def _sheet(desk: Desk, key: str, told: tuple[str, str, str], columns: Sequence[Column], rows: Sequence[Sequence[Entry]],
           keep: int) -> Sheet:  # fmt: skip
    """A sheet of a list. told : title, note, and its line in the list of sheets."""
    title, note, about = told
    grid = Grid(tuple(columns), tuple(tuple(row) for row in rows), keep=keep)
    return Sheet(desk.names[key], about, desk.lines(title, note), grid, key)


def _scenario(desk: Desk, result: Finished) -> str:
    """The label of the scenario that a result is of."""
    document = result.document
    known = next((view for view in desk.material.views if view.id == document["scenario"]), None)
    return desk.scenario(known) if known is not None else desk.of(document, "scenario_label")


def _sensitivity(desk: Desk, results: Sequence[Finished]) -> Iterator[Sheet]:
    say = desk.say
    columns = (
        Column("scenario", say("情景", "Scenario"), 16), Column("target", say("目标", "Target"), 30),
        Column("year", say("目标年", "Year"), 8, "center"), Column("input", say("影响因素", "Input"), 30),
        Column("unit", say("单位", "Unit"), 12), Column("low", say("取低值", "Low"), 10, "right"),
        Column("high", say("取高值", "High"), 10, "right"),
        Column("chance", say("原概率", "Probability"), 10, "right"),
        Column("chance_low", say("取低值时", "at the low"), 10, "right"),
        Column("chance_high", say("取高值时", "at the high"), 10, "right"),
        Column("swing", say("变幅（百分点，原值）", "Swing (points, unrounded)"), 13, "right"),
        Column("error", say("标准误", "Standard error"), 10, "right"),
        Column("told", say("是否可区分", "Distinguishable"), 12), Column("basis", say("变动范围依据", "Basis"), 40),
    )  # fmt: skip
    rows = [row for result in results for row in _bars(desk, result)]
    told = (
        say("敏感性：各因素取高低值时概率如何变", "Sensitivity: how inputs move the probability"),
        MODEL_NOTE.pick(desk.lang),
        say("各因素对达成概率的影响", "what moves the probabilities"),
    )
    yield _sheet(desk, "sensitivity", told, columns, rows, 4)
    boxes = [row for result in results for row in _boxes(desk, result)]
    if boxes:
        yield _box_sheet(desk, boxes)


def _bars(desk: Desk, result: Finished) -> Iterator[list[Entry]]:
    bases = result.document["tornado"]["bases"]
    for target in result.document["tornado"]["targets"]:
        for bar in target["bars"]:
            noise = desk.say("不可区分", "indistinguishable")
            known = bar["distinguishable"]
            yield [
                text(_scenario(desk, result)), text(desk.of(target)), Entry(target["year"], WHOLE),
                text(desk.of(bar)), text(unit_words(bar["unit"], bar["unit_en"]).pick(desk.lang)),
                desk.number(bar["low"], _digits(bar["low"], bar["high"])),
                desk.number(bar["high"], _digits(bar["low"], bar["high"])),
                chance(bar["probability"]), chance(bar["probability_low"]), chance(bar["probability_high"]),
                desk.number(100 * bar["swing"], 1, "model") if known else BLANK,
                desk.number(100 * bar["swing_error"], 2, "model"),
                text(desk.say("可区分", "distinguishable") if known else noise),
                text(desk.of(bases[bar["basis"]])),
            ]  # fmt: skip


def _digits(*values: float | None) -> int:
    largest = max((abs(value) for value in values if value is not None), default=0.0)
    return 0 if largest >= 100 else 1 if largest >= 10 else 2


def _box_sheet(desk: Desk, rows: Sequence[Sequence[Entry]]) -> Sheet:
    say = desk.say
    columns = (
        Column("scenario", say("情景", "Scenario"), 16), Column("target", say("目标", "Target"), 34),
        Column("year", say("目标年", "Year"), 8, "center"), Column("sentence", say("落空情形", "Where it fails"), 80),
        Column("density", say("该情形下落空", "misses inside"), 12, "right"),
        Column("base", say("不限定时落空", "misses overall"), 12, "right"),
        Column("coverage", say("占全部落空", "of all misses"), 12, "right"),
        Column("mass", say("该情形的概率", "chance of the case"), 12, "right"),
    )  # fmt: skip
    told = (
        say("落空情形：目标在什么条件下多半落空", "Where targets fail"),
        say("比例取整到5个百分点。", "Shares to 5 points."),
        say("目标多半落空的条件", "conditions under which targets mostly fail"),
    )
    return _sheet(desk, "boxes", told, columns, rows, 2)


def _boxes(desk: Desk, result: Finished) -> Iterator[list[Entry]]:
    for target in result.document["failure"]["targets"]:
        for box in target["boxes"]:
            yield [
                text(_scenario(desk, result)), text(desk.of(target)), Entry(target["year"], WHOLE),
                text(desk.of(box, "sentence")), chance(box["density"]), chance(box["base"]),
                chance(box["coverage"]), chance(box["mass"]),
            ]  # fmt: skip


def _values(desk: Desk, result: Finished) -> Sheet:
    say = desk.say
    group = say("达到的把握约为", "reached with a chance of about")
    columns = (
        Column("scenario", say("情景", "Scenario"), 16), Column("label", say("指标", "Indicator"), 30),
        Column("unit", say("单位", "Unit"), 10), Column("year", say("年份", "Year"), 7, "center"),
        Column("last", say("最近公布", "Latest published"), 11, "right"),
        Column("last_year", say("公布年", "of year"), 8, "center"),
        Column("words", say("建议写法", "Suggested wording"), 26),
        Column("value", say("建议值", "Suggested value"), 10, "right"),
        *(Column(key, f"{key[1:]}%", 10, "right", group) for key in PERCENTILES),
        Column("room", say("建议值−50%值", "Suggested less 50 %"), 12, "right"),
        Column("chance", say("建议值的概率", "Probability"), 11, "right"),
        Column("range", say("范围", "Range"), 14), Column("pace", say("折合", "Amounts to"), 20),
        Column("remark", say("备注", "Remark"), 40),
    )  # fmt: skip
    labels = dict(zip(result.document["scenarios"], _labels(desk, result), strict=True))
    rows = [list(_value(desk, record, labels)) for record in result.document["values"]]
    told = (
        say("目标值建议：多大把握对应多大数", "Target values: what is reached with what chance"),
        MODEL_NOTE.pick(desk.lang),
        say("建议的目标值与相应把握", "suggested target values and their chances"),
    )
    return _sheet(desk, "values", told, columns, rows, 2)


def _labels(desk: Desk, result: Finished) -> list[str]:
    found = result.document["scenario_labels" if desk.lang == "zh" else "scenario_labels_en"]
    return [str(label) for label in found]


def _value(desk: Desk, record: Record, labels: Record) -> Iterator[Entry]:
    digits = _digits(record["p10"] if "p10" in record else record["p30"], record["p70"])
    last, suggestion = record["last"] or {}, record["suggestion"] or {}
    plan = record["plan"] or record
    yield text(labels.get(record["scenario"], record["scenario"]))
    yield text(desk.of(record))
    yield text(unit_text(record["unit"], desk.lang))
    yield Entry(record["year"], WHOLE)
    yield desk.number(last.get("value"), printed(last.get("value")), link=next(iter(last.get("facts") or ()), ""))
    yield Entry(last["year"], WHOLE) if last.get("year") else BLANK
    yield text(desk.of(suggestion, "words") if suggestion else "")
    yield desk.number(suggestion.get("value"), printed(suggestion.get("value")))
    for key in PERCENTILES:
        yield desk.number(plan[key], digits, "model")
    known = suggestion.get("value") is not None and plan["p50"] is not None
    yield desk.difference("=[value]-[p50]", suggestion["value"] - plan["p50"] if known else None, digits)
    found = record["chance"] or {}
    yield chance(found.get("probability"))
    yield text(range_text(found.get("probability_low"), found.get("probability_high"), desk.lang))
    yield text(desk.of(record, "pace"))
    yield text(desk.of(suggestion, "remark") if suggestion else "")


def _path(desk: Desk, result: Finished) -> Sheet:
    say, chances = desk.say, desk.edition.chances
    columns = [
        Column("label", say("目标", "Target"), 32), Column("year", say("目标年", "Year"), 8, "center"),
        Column("words", say("目标（原文）", "Target as worded"), 18, "right"),
        Column("start", say("最近公布", "Latest published"), 12, "right"),
        Column("start_year", say("公布年", "of year"), 8, "center"),
        Column("years", say("余下各年", "Years left"), 12, "center"),
        Column("needed", say("每年需要", "Needed a year"), 12, "right"),
        Column("measure", say("以…计", "In terms of"), 12),
        Column("p50", say("推算（每年）", "Model (a year)"), 12, "right"),
        Column("gap", say("需要−推算", "Needed less model"), 12, "right"),
        Column("record", say("以往同样长的时期达到过", "Reached before, over as many years"), 44),
        Column("reason", say("说明", "Note"), 40),
    ]  # fmt: skip
    if chances:
        columns.insert(10, Column("chance", say("达成概率", "Probability"), 11, "right"))
    rows = [list(_needed(desk, record)) for record in result.document["targets"]]
    told = (
        say("需要的增速：达到目标余下各年要多快", "Required path: how fast the years left must be"),
        MODEL_NOTE.pick(desk.lang),
        say("达到目标所需的增速，与推算和以往相比", "growth needed, against the model and the record"),
    )
    return _sheet(desk, "path", told, columns, rows, 1)


_MEASURES = {"growth": ("增速%", "growth %"), "average": ("年均增速%", "average growth %"),
             "points": ("百分点", "points"), "amount": ("数量", "amount"), "change": ("变化", "change"),
             "reached": ("已达到", "reached")}  # fmt: skip


def _needed(desk: Desk, record: Record) -> Iterator[Entry]:
    start, needed, model = record["start"] or {}, record["needed"] or {}, record["model"] or {}
    value, middle = needed.get("value"), model.get("p50")
    digits = _digits(value, middle)
    facts = start.get("facts") or ()
    yield text(label_of(desk, record))
    yield Entry(record["year"], WHOLE)
    yield Entry(record["target_text"] or None, link=target_key(record))
    yield desk.number(start.get("value"), min(printed(start.get("value")), 2), link=next(iter(facts), ""))
    yield Entry(start["year"], WHOLE) if start.get("year") else BLANK
    yield text(_years(needed))
    yield desk.number(value, digits)
    yield text(desk.say(*_MEASURES.get(needed.get("kind", ""), ("", ""))))
    yield desk.number(middle, digits, "model")
    gap = None if value is None or middle is None else value - middle
    yield desk.difference("=[needed]-[p50]", gap, digits)
    if desk.edition.chances:
        yield chance(record["probability"])
    yield text(_record(desk, record))
    yield text(desk.allowed(desk.of(record, "reason")))


def _years(needed: Record) -> str:
    if not needed:
        return ""
    first, last = needed["first"], needed["last"]
    return str(last) if first == last else f"{first}—{last}"


def _record(desk: Desk, record: Record) -> str:
    """How often periods as long reached what is needed, here and elsewhere."""
    told = []
    for found in record["history"] or ():
        if found["count"] and found["reached"] is not None:
            told.append(desk.say(f"{found['level']}{found['count']}次中{found['reached']}次",
                                 f"{found['level_en']} {found['reached']} of {found['count']}"))  # fmt: skip
    return desk.say("；", "; ").join(told)


def _effort(desk: Desk, results: Sequence[Finished]) -> Sheet:
    say = desk.say
    columns = (
        Column("target", say("要达成的目标", "Targets asked"), 34),
        Column("asked", say("要求概率", "Asked"), 10, "right"),
        Column("reached", say("达到", "Reached"), 10, "right"), Column("range", say("范围", "Range"), 14),
        Column("meets", say("能否达到", "Within reach"), 12), Column("lever", say("政策力度", "Lever"), 28),
        Column("unit", say("单位", "Unit"), 14), Column("from", say("原来", "From"), 10, "right"),
        Column("to", say("需要", "To"), 10, "right"), Column("change", say("变化", "Change"), 10, "right"),
        Column("deviation", say("相当于历史波动的倍数", "Deviations of the record"), 13, "right"),
        Column("share", say("占总力度", "Share of effort"), 10, "right"),
        Column("bound", say("是否已到上限", "At its bound"), 12), Column("seen", say("历史记录", "On record"), 16),
    )  # fmt: skip
    rows = [list(row) for result in results for row in _solution(desk, result)]
    told = (
        say("实现力度：达到要求的概率要做到多少", "Effort: what it takes to reach the chance asked for"),
        say("力度以历史波动的倍数衡量，不是花费。", "Effort counts deviations of the record, not money."),
        say("达到目标所需的政策力度", "levers that reach the chance asked for"),
    )
    return _sheet(desk, "effort", told, columns, rows, 1)


def _solution(desk: Desk, result: Finished) -> Iterator[Iterator[Entry]]:
    document, asked = result.document, result.manifest["asked"]["probability"]
    packages = document["packages"] or ([document["best"]] if document["best"] else [])
    for package in packages:
        for detail in package["details"]:
            yield _detail(desk, package, detail, asked)


def _detail(desk: Desk, package: Record, detail: Record, asked: float) -> Iterator[Entry]:
    first, last = detail["from"][-1], detail["to"][-1]
    yield text(desk.say("、", ", ").join(desk.of(target) for target in package["targets"]))
    yield Entry(printed_share(asked), "0%")
    yield chance(package["probability"])
    yield text(range_text(package["probability_low"], package["probability_high"], desk.lang))
    yield text(desk.say("能", "yes") if package["meets"] else desk.say("不能，此为最好结果", "no, best found"))
    yield text(desk.of(detail))
    yield text(desk.of(detail, "unit"))
    yield desk.number(first, 2)
    yield desk.number(last, 2)
    yield desk.difference("=[to]-[from]", last - first, 2)
    yield desk.number(detail["deviations"], 1)
    yield Entry(detail["share"], PERCENT)
    yield text(desk.say("是", "yes") if detail["at_bound"] else desk.say("否", "no"))
    seen = detail["seen"]
    yield text(span_text(seen[0], seen[1], 1, desk.lang) if seen else desk.say("无记录", "none"))
