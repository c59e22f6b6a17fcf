"""Sheets of a comparison: differences with whether they can be told from noise, and what they are put down to."""

from __future__ import annotations

from collections.abc import Iterator

from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.material import Finished
from sim.output.comparison import milestones
from sim.output.tables import decimals, unit_text
from sim.report.blocks import Column
from sim.report.wording import allowed
from sim.workbook.desk import Desk, Record, chance, text
from sim.workbook.grid import BLANK, Entry, Grid, Sheet
from sim.workbook.targets import label_of

EQUAL = Text("相同", "equal")
NOISE = Text("不可区分", "indistinguishable")
TOLD = Text("可区分", "distinguishable")


def difference_sheet(desk: Desk, comparison: Finished) -> Sheet:
    """Differences of indicators in the milestones and, where chances are shown, of probabilities."""
    say = desk.say
    columns = tuple(_columns(desk))
    document = comparison.document
    rows = [tuple(_row(desk, document, record)) for record in _wanted(desk, document)]
    title = say("差值：与首列情景相比", "Differences from the first scenario")
    told = say(
        "差=情景−首列情景，同一组随机数逐次相减后的平均；“不可区分”=差不足模拟误差的两倍，不作结论。"
        if desk.edition.chances else "差=情景−首列情景，推算值；“不可区分”的差不作结论。",
        "Difference = scenario less the first one, mean of paired draws; nothing follows from an indistinguishable one."
        if desk.edition.chances else
        "Difference = scenario less the first one, model values; nothing follows from an indistinguishable one.",
    )  # fmt: skip
    both = zip(document["warnings"], document["warnings_en"], strict=True)
    warnings = [allowed(zh if desk.lang == "zh" else en, desk.edition) for zh, en in both]
    about = say("情景之间的差，是否可区分", "differences between scenarios, and whether they are distinguishable")
    lines = desk.lines(title, told, *warnings)
    return Sheet(desk.names["differences"], about, lines, Grid(columns, tuple(rows), keep=3), "differences")


def _columns(desk: Desk) -> Iterator[Column]:
    say = desk.say
    yield Column("scenario", say("情景", "Scenario"), 20)
    yield Column("label", say("指标或目标", "Indicator or target"), 36)
    yield Column("year", say("年份", "Year"), 8, "center")
    yield Column("unit", say("单位", "Unit"), 11)
    first = say("首列情景", "First scenario") + (say("（平均）", " (mean)") if desk.edition.chances else "")
    yield Column("first", first, 14, "right")
    yield Column("second", say("该情景", "This scenario"), 14, "right")
    yield Column("difference", say("差", "Difference"), 12, "right")
    if desk.edition.chances:
        yield Column("error", say("标准误", "Standard error"), 10, "right")
        yield Column("better", say("更好的模拟占比", "Share of draws better"), 14, "right")
    yield Column("told", say("是否可区分", "Distinguishable"), 14)


def _wanted(desk: Desk, document: Record) -> list[Record]:
    years = milestones(document)
    return [
        record
        for record in document["differences"]
        if record["difference"] is not None
        and (("indicator" in record and record["year"] in years) or ("target" in record and desk.edition.chances))
    ]


def _row(desk: Desk, document: Record, record: Record) -> Iterator[Entry]:
    view = next(view for view in desk.material.views if view.id == record["scenario"])
    yield text(desk.scenario(view))
    if "indicator" in record:
        item = INDICATORS[record["indicator"]]
        label, unit, scale = item.label.pick(desk.lang), unit_text(item.unit, desk.lang), 1.0
        digits = decimals(record["first"], ())
    else:
        target = next(t for t in document["targets"][record["scenario"]] if t["id"] == record["target"])
        label = f"{desk.say('达成概率：', 'Probability: ')}{label_of(desk, target)}"
        unit, scale, digits = desk.say("%（取整到5个百分点）", "% (to 5 points)"), 100.0, 1
    yield text(label)
    yield Entry(record["year"], "0")
    yield text(unit)
    yield from _values(desk, record, scale, digits)
    yield text((EQUAL if record["difference"] == 0 else TOLD if record["distinguishable"] else NOISE).pick(desk.lang))


def _values(desk: Desk, record: Record, scale: float, digits: int) -> Iterator[Entry]:
    """First, second, difference; of probabilities the difference is stored, as both ends are shown rounded."""
    told = record["distinguishable"]
    if scale == 1.0:
        yield desk.number(record["first"], digits, "model")
        yield desk.number(record["second"], digits, "model")
        difference = record["second"] - record["first"]
        shown = digits if abs(difference) >= 0.5 * 10**-digits else digits + 2  # never −0.0
        yield desk.difference("=[second]-[first]", difference, shown) if told else BLANK
    else:
        yield chance(record["first"])
        yield chance(record["second"])
        yield Entry(100 * record["difference"], desk.digits(1, True), "model") if told else BLANK
    if desk.edition.chances:
        error = record["standard_error"]
        yield BLANK if error is None else Entry(error * scale, desk.digits(digits + 1), "model")
        yield chance(record["better"])


def attribution_sheet(desk: Desk, comparison: Finished) -> Sheet | None:
    """What differences are put down to, as Shapley values with their sum; None where the result has none."""
    document, say = comparison.document, desk.say
    years = milestones(document)
    records = [
        r
        for r in document["attribution"]
        if r["total"] and ("target" in r or r["year"] in years) and any(r["contributions"].values())
    ]
    if not records:
        return None
    parts = say("归因（各组的贡献）", "Put down to")
    groups = {group["id"]: group for found in document["groups"].values() for group in found}
    columns = [
        Column("scenario", say("情景", "Scenario"), 20), Column("label", say("指标或目标", "Indicator or target"), 36),
        Column("year", say("年份", "Year"), 8, "center"), Column("unit", say("单位", "Unit"), 11),
        *(Column(id, desk.of(group), 13, "right", parts) for id, group in groups.items()),
        Column("total", say("合计差", "Difference"), 12, "right"),
        Column("interaction", say("其中交互作用", "of it interaction"), 12, "right"),
    ]  # fmt: skip
    rows = tuple(tuple(_parts(desk, document, record, list(groups))) for record in records)
    title = say("归因：差值由哪些设定带来", "Attribution: what makes the difference")
    told = say(
        "各组按沙普利值分摊，合计等于差；空格为该情景没有这一组。概率的差以百分点计。",
        "Shapley values; they sum to the difference. Empty: the scenario has no such group. Probabilities in points.",
    )
    about = say("差值的归因，逐项合计", "what differences are put down to, with sums")
    grid = Grid(tuple(columns), rows, keep=3)
    return Sheet(desk.names["attribution"], about, desk.lines(title, told), grid, "attribution")


def _parts(desk: Desk, document: Record, record: Record, groups: list[str]) -> Iterator[Entry]:
    view = next(view for view in desk.material.views if view.id == record["scenario"])
    yield text(desk.scenario(view))
    if "indicator" in record:
        item = INDICATORS[record["indicator"]]
        scale, label, unit = 1.0, item.label.pick(desk.lang), unit_text(item.unit, desk.lang)
    else:
        target = next(t for t in document["targets"][record["scenario"]] if t["id"] == record["target"])
        scale, unit = 100.0, desk.say("百分点", "points")
        label = f"{desk.say('达成概率：', 'Probability: ')}{label_of(desk, target)}"
    yield text(label)
    yield Entry(record["year"], "0")
    yield text(unit)
    digits = 2 if abs(record["total"]) * scale < 10 else 1
    values = [record["contributions"].get(group) for group in groups]
    for value in values:
        yield BLANK if value is None else Entry(value * scale, desk.digits(digits, True), "model")
    total = scale * sum(value for value in values if value is not None)
    yield desk.difference(f"=SUM([{groups[0]}]:[{groups[-1]}])", total, digits)
    interaction = record["interaction"]
    yield BLANK if interaction is None else Entry(interaction * scale, desk.digits(digits, True), "model")
