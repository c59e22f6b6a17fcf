"""Sheets of targets: every target of the leading scenario, and all scenarios side by side."""

from __future__ import annotations

from collections.abc import Iterator

from sim.material import View
from sim.output.probability import NON_BINDING, printed_share
from sim.output.tables import NATURES, method_text, reading_text, remarks, status_text, unit_text
from sim.report.blocks import Column
from sim.report.sources import short_title
from sim.report.standing import conclusion_text, latest_figure, needed_words, outcome_text, standing_rows
from sim.workbook.desk import MODEL_NOTE, WHOLE, Desk, Record, chance, printed, spread_digits, text
from sim.workbook.grid import BLANK, Entry, Grid, Sheet
from sim.workbook.sources import target_key

#: Targets that are a number to be reached, so that a distance from it has a meaning.
LEVELS = (">=", "<=", "about", "cumulative")


def target_sheet(desk: Desk, view: View) -> Sheet:
    """Every target of a scenario, evaluated or not, in the order of the documents."""
    columns = tuple(_columns(desk, view))
    standing = standing_rows(desk.material, view)
    rows = tuple(tuple(_row(desk, view, record, standing.get(record["id"]))) for record in view.targets)
    label = desk.scenario(view)
    title = desk.say(f"目标：{label}", f"Targets: {label}")
    gap = desk.say(
        "“与目标差”=预计值（到期后为公布值）−目标值，百分数为百分点；目标不是一个数的不列。",
        "Gap = expected value (published once the year is over) less target, points for percentages.",
    )
    notes = (MODEL_NOTE.pick(desk.lang), gap if desk.edition.reasons else "")
    about = desk.say("各项目标逐行：基数、目标、预计、差距、来源", "every target: base, target, expected, gap, source")
    star = desk.say("*口径与目标不同，不计入评估。", "* of another scope than the target: does not count.")
    lines = desk.lines(title, *notes, star)
    return Sheet(desk.names["targets"], about, lines, Grid(columns, rows, keep=3), "targets")


def _columns(desk: Desk, view: View) -> Iterator[Column]:
    say, base = desk.say, view.document["base_year"]
    yield Column("category", say("类别", "Field"), 11)
    yield Column("row", say("序号", "No."), 5, "center")
    yield Column("label", say("指标", "Indicator"), 30)
    yield Column("year", say("目标年", "Year"), 7, "center")
    yield Column("unit", say("单位", "Unit"), 11)
    yield Column("nature", say("属性", "Nature"), 11)
    yield Column("base", say(f"{base}年", str(base)), 9, "right")
    yield Column("words", say("目标（原文）", "Target as worded"), 18, "right")
    yield Column("value", say("目标值", "Target"), 10, "right")
    yield Column("latest", say("最近公布", "Latest published"), 10, "right")
    yield Column("latest_year", say("公布年", "of year"), 8, "center")
    yield Column("conclusion", say("评估结论", "Conclusion"), 14)
    yield Column("needed", say("达到目标所需", "Needed to reach it"), 26)
    if desk.edition.reasons:  # the public edition has values and words
        yield Column("p50", say("预计值（推算）", "Expected (model)"), 11, "right")
        yield Column("gap", say("与目标差", "Gap"), 10, "right")
    if desk.edition.chances:
        group = say("80%区间", "80 % interval")
        yield Column("p10", say("下限", "low"), 9, "right", group)
        yield Column("p90", say("上限", "high"), 9, "right", group)
        group = say("达成概率（取整到5个百分点）", "Probability (to 5 points)")
        yield Column("chance", say("概率", "probability"), 11, "right", group)
        yield Column("low", say("范围下限", "range, low"), 9, "right", group)
        yield Column("high", say("范围上限", "range, high"), 9, "right", group)
        yield Column("word", say("把握", "in words"), 12, "left", group)
    yield Column("method", say("测算说明", "Method"), 20)
    yield Column("owner", say("责任单位", "Owner"), 22)
    yield Column("document", say("文件", "Document"), 26)
    if desk.edition.sources:
        yield Column("source", say("来源", "Source"), 26)
    if desk.edition.reasons:
        yield Column("remark", say("备注（口径）", "Remark"), 72)


def _row(desk: Desk, view: View, record: Record, row: Record | None) -> Iterator[Entry]:
    second, lang = record["reading_of"] is not None, desk.lang
    yield BLANK if second else text(record["category"])
    yield BLANK if second or record["row"] is None else Entry(record["row"], WHOLE)
    yield text(f"　{reading_text(record, lang)}" if second else desk.of(record))
    yield Entry(record["year"], WHOLE)
    yield text(unit_text(record["unit"], lang))
    nature = record["nature"] or ""
    yield BLANK if second else text(nature if lang == "zh" else NATURES.get(nature, nature))
    yield _base(desk, record)
    yield BLANK if second else text(record["target_text"])
    yield desk.number(_goal(record), printed(record["value"]))
    yield from _published(desk, record, row)
    yield from _model(desk, record)
    yield text(_method(desk, view, record))
    yield BLANK if second else text("、".join(record["owner"]))
    yield text(document_name(desk, record))
    if desk.edition.sources:
        yield Entry(record["source"] or None, link=target_key(record))
    if desk.edition.reasons:
        yield text(_remark(desk, record))


def _goal(record: Record) -> float | None:
    """The number to be reached, where the target is one."""
    return record["value"] if record["operator"] in LEVELS else None


def _published(desk: Desk, record: Record, row: Record | None) -> Iterator[Entry]:
    """Latest published figure, its year, the conclusion from it, and what the years left must bring."""
    latest = latest_figure(row)
    if record["actual"] is not None:
        cited = "" if latest is None or latest.year != record["year"] else latest.fact
        yield desk.number(record["actual"], printed(record["actual"]), link=cited)
        yield Entry(record["year"], WHOLE)
    elif latest is not None:
        shown = desk.published(printed(latest.value), latest.fact, not latest.counts)
        yield Entry(latest.value, shown, link=latest.fact)
        yield Entry(latest.year, WHOLE)
    else:
        yield from (BLANK, BLANK)
    if record["outcome"] is not None:
        yield text(outcome_text(record, desk.lang))
    else:
        yield BLANK if row is None else text(conclusion_text(row, desk.lang))
    yield BLANK if row is None or row["needed"] is None else text(needed_words(row, desk.lang))


def _model(desk: Desk, record: Record) -> Iterator[Entry]:
    digits = spread_digits([record], (record["base_text"], record["target_text"]))
    if desk.edition.reasons:
        yield desk.number(record["p50"], digits, "model")
        yield gap_entry(desk, record, digits)
    if desk.edition.chances:
        yield desk.number(record["p10"], digits, "model")
        yield desk.number(record["p90"], digits, "model")
        yield chance(record["probability"])
        yield chance(record["probability_low"])
        yield chance(record["probability_high"])
        yield text(_word(desk, record))


def gap_entry(desk: Desk, record: Record, digits: int) -> Entry:
    """Distance from the target: published less target where its year is published, else expected less target."""
    goal = _goal(record)
    reached, key = (record["p50"], "p50") if record["actual"] is None else (record["actual"], "latest")
    if reached is None or goal is None or record["outcome"] == "not_comparable":
        return BLANK
    return desk.difference(f"=[{key}]-[value]", reached - goal, max(digits, printed(record["actual"])))


def _base(desk: Desk, record: Record) -> Entry:
    """The base as printed: a number where it is one, words such as “-” where it is not."""
    printed_base = record["base_text"]
    if record["reading_of"] is not None:
        return BLANK
    if record["base"] is None:
        return text(printed_base)
    if printed_base is not None and _as_number(printed_base) != record["base"]:
        return text(printed_base)
    return desk.number(record["base"], printed(record["base"]))


def _as_number(words: str) -> float | None:
    try:
        return float(words)
    except ValueError:
        return None


def _word(desk: Desk, record: Record) -> str:
    if record["probability"] is None:
        return ""
    if record["non_binding"]:
        return NON_BINDING.pick(desk.lang)
    from sim.experiment.results import confidence_word

    return confidence_word(printed_share(record["probability"])).pick(desk.lang)


def _method(desk: Desk, view: View, record: Record) -> str:
    """How a target is computed, or why it is not."""
    if record["status"] == "evaluated":
        return method_text(record, desk.lang).replace("\n", "" if desk.lang == "zh" else " ")
    return status_text(record, view.document["as_of"], desk.lang)


def _remark(desk: Desk, record: Record) -> str:
    if desk.edition.chances:
        return "".join(remarks(record, desk.lang))
    return desk.allowed(desk.of(record, "note"))  # the rest speaks of ranges and of how often others reached theirs


def document_name(desk: Desk, record: Record) -> str:
    """What people call the document that sets a target."""
    return short_title(desk.material.pack, str(record["source"]).partition(":")[0], desk.lang)


def scenarios_sheet(desk: Desk) -> Sheet:
    """Expected values of every evaluated target, the scenarios side by side with their distance from the first."""
    columns, lead = tuple(_side_columns(desk)), desk.material.views[0]
    records = [record for record in lead.targets if record["p50"] is not None]
    rows = tuple(tuple(_side_row(desk, record)) for record in records)
    title = desk.say("各情景的目标预计值", "Expected values by scenario")
    told = desk.say(
        "“差”=该情景−首列情景，按所列数直接相减；是否可区分见“差值”。",
        "Difference = scenario less the first one, of the numbers shown; see also the sheet of differences.",
    )
    about = desk.say("各情景并列：预计值与差", "scenarios side by side: expected values and differences")
    lines = desk.lines(title, f"{MODEL_NOTE.pick(desk.lang)}{desk.say('', ' ')}{told}")
    return Sheet(desk.names["scenarios_compared"], about, lines, Grid(columns, rows, keep=3), "scenarios_compared")


def _side_columns(desk: Desk) -> Iterator[Column]:
    say = desk.say
    yield Column("document", say("文件", "Document"), 26)
    yield Column("year", say("目标年", "Year"), 7, "center")
    yield Column("label", say("指标", "Indicator"), 30)
    yield Column("unit", say("单位", "Unit"), 11)
    yield Column("words", say("目标（原文）", "Target as worded"), 18, "right")
    for number, view in enumerate(desk.material.views):
        yield Column(f"p50_{number}", desk.scenario(view), 13, "right", say("预计值（推算）", "Expected (model)"))
    for number, view in enumerate(desk.material.views[1:], 1):
        first = desk.scenario(desk.material.views[0])
        group = say(f"与“{first}”之差", f'Less "{first}"')
        yield Column(f"difference_{number}", desk.scenario(view), 13, "right", group)


def _side_row(desk: Desk, record: Record) -> Iterator[Entry]:
    views = desk.material.views
    found = [view.target(record["id"]) for view in views]
    digits = spread_digits([r for r in found if r is not None], (record["base_text"], record["target_text"]))
    middles = [None if r is None else r["p50"] for r in found]
    yield text(document_name(desk, record))
    yield Entry(record["year"], WHOLE)
    yield text(label_of(desk, record))
    yield text(unit_text(record["unit"], desk.lang))
    yield Entry(record["target_text"] or None, link=target_key(record))
    for middle in middles:
        yield desk.number(middle, digits, "model")
    for number, middle in enumerate(middles[1:], 1):
        value = None if middle is None or middles[0] is None else middle - middles[0]
        yield desk.difference(f"=[p50_{number}]-[p50_0]", value, digits)


def label_of(desk: Desk, record: Record) -> str:
    """Name of a target; another reading of it says which."""
    label = desk.of(record)
    if record["reading_of"] is None:
        return label
    return f"{label}{desk.say('（', ' (')}{reading_text(record, desk.lang).removeprefix('其中：')}{desk.say('）', ')')}"
