"""Tables of the page: targets by scenario, the headline indicators by scenario and year, readings, and the sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.output.further import plan_rows
from sim.output.outlook import OTHER_BASIS, outlook_years
from sim.output.probability import printed_share, ranged_text
from sim.output.tables import NATURES, OUTCOMES, figure_text, number_text, reading_text, status_text, unit_text
from sim.report.blocks import Missing, Table
from sim.report.figures.pasted_shared import worded
from sim.report.standing import latest_figure, standing_rows
from sim.report.tables import basis_table, target_table
from sim.report.tables.outlook import outlook_names
from sim.report.tables.targets import middle_text, targets_shown
from sim.report.wording import short_label, span_text
from sim.targets import Target, known
from sim.targets.outcome import reported
from sim.webpage.desk import Desk
from sim.webpage.grid import Box, Grid, Head
from sim.webpage.lines import milestones

Record = Mapping[str, Any]
DASH = "—"


def target_grid(desk: Desk) -> Grid | Missing:
    """The plan's targets: by scenario with probabilities, or as the edition's own table has them."""
    if desk.edition.chances:
        records = targets_shown(desk.lead)
        title = Text(
            "规划主要指标：各情景达成概率（括号内为范围）与推算值",
            "Targets of the plan by scenario: probability (range), values",
        )
        return _by_scenario(desk, records, "targets", desk.say(title))
    table = target_table(desk.material, desk.lead, desk.edition, desk.lang)
    return table if isinstance(table, Missing) else _of_report(desk, table)


def other_targets(desk: Desk) -> Grid | Missing:
    """Targets of other documents that can be judged, by scenario; in the internal edition only."""
    missing = Missing(
        Text("其他文件的目标", "targets of other documents"), Text("没有可测算的", "none can be evaluated")
    )
    if not desk.edition.chances:
        return missing
    plan = {record["id"] for record in plan_rows(desk.lead.targets)} if desk.lead.targets else set()
    records = [r for r in desk.lead.targets if r["id"] not in plan and r["status"] != "not_modelled"]
    title = Text("其他文件中的目标：各情景达成概率（括号内为范围）与推算值", "Targets of other documents by scenario")
    return _by_scenario(desk, records, "others", desk.say(title)) if records else missing


def _by_scenario(desk: Desk, records: Sequence[Record], id: str, caption: str) -> Grid | Missing:
    if not records:
        return Missing(
            Text("规划目标", "the plan's targets"), Text("本地区没有录入规划目标", "the region has none on file")
        )
    say = desk.say
    base = desk.lead.document["base_year"]
    heads = [
        Head(say(Text("类别", "Field")), whole=True),
        Head(say(Text("序号", "No.")), number=True),
        Head(say(Text("指标", "Indicator")), long=True),
        Head(say(Text("单位", "Unit"))),
        Head(say(Text("属性", "Nature"))),
        Head(say(Text(f"{base}年", str(base))), number=True),
        Head(say(Text("目标年份", "Year")), number=True),
        Head(say(Text("目标值", "Target")), number=True),
    ]
    for place, name in enumerate(desk.names()):
        heads.append(Head(name, number=True, scenario=place, sources=(desk.of_model(place),)))
    note = Text(
        "每格上为达成概率（取整到5个百分点，括号内为考虑先验与模型误差后的范围），下为推算中位数（80%区间）；颜色由浅到深为0到100%。"
        "模型推算值，非统计数据。",
        "Above the probability (to 5 points; in brackets its range over priors and model error), below the median "
        "(80 % interval); pale is 0, dark is 100 %. Model values, not official statistics.",
    )
    rows = tuple(_target_row(desk, record, desk.goals.get(record["id"])) for record in records)
    return Grid(id, caption, tuple(heads), rows, (say(note),), named=2)


def _target_row(desk: Desk, record: Record, target: Target | None) -> tuple[Box, ...]:
    lang, second = desk.lang, record["reading_of"] is not None
    label = record["label"] if lang == "zh" else record["label_en"]
    name = short_label(label, record["unit"])
    nature = record["nature"] or ""
    number = desk.of_target(record)
    sources = () if number is None else (number,)
    wanted = record["target_text"] or figure_text(record["value"])
    base = desk.of_fact(target.base_fact) if target is not None and target.base_fact else number
    front = (
        Box(record["category"] or DASH),
        Box(DASH if record["row"] is None else str(record["row"]), value=record["row"]),
        Box(name, reading_text(record, lang) if second else ""),
        Box(unit_text(record["unit"], lang)),
        Box((nature if lang == "zh" else NATURES.get(nature, nature)) or DASH),
        Box(
            figure_text(None) if record["base"] is None else record["base_text"] or figure_text(record["base"]),
            value=record["base"],
            sources=() if record["base"] is None or base is None else (base,),
        ),
        Box(str(record["year"]), value=record["year"]),
        Box(wanted, value=record["value"], sources=sources),
    )
    return (*front, *(_chance(desk, view.target(record["id"]), target) for view in desk.views))


def _chance(desk: Desk, record: Record | None, target: Target | None) -> Box:
    """The probability of one scenario, or the outcome, or why there is none."""
    if record is None:
        return Box(DASH)
    if record["outcome"] is not None:
        told = None if target is None else reported(target, desk.material.pack, desk.material.as_of)
        cited = () if told is None else told.facts
        sources = tuple(number for id in cited if (number := desk.of_fact(id)))
        return Box(OUTCOMES[record["outcome"]].pick(desk.lang), figure_text(record["actual"]), sources=sources)
    chance = record["probability"]
    if chance is None:
        return Box(DASH, status_text(record, desk.material.as_of, desk.lang))
    known_range = record["p10"] is not None and record["p90"] is not None
    below = middle_text(record, desk.lang)
    if known_range:
        digits = len(below.partition(".")[2])
        span = span_text(record["p10"], record["p90"], digits, desk.lang)
        below += f"（{span}）" if desk.lang == "zh" else f" ({span})"
    step = 0 if chance < 0.05 else 20 if chance > 0.95 else round(printed_share(chance) * 20)
    return Box(ranged_text(record, desk.lang), below, 5.0 * step, step)


def _of_report(desk: Desk, table: Table) -> Grid:
    """A table of the report with this page's sources: those of targets and of published figures, row by row."""
    records = [r for r in targets_shown(desk.lead) if r["reading_of"] is None or desk.edition.chances]
    rows = standing_rows(desk.material, desk.lead)
    boxes = []
    for record, row in zip(records, table.rows, strict=True):
        target = desk.of_target(record)
        latest = latest_figure(rows.get(record["id"]))
        cited = {"base": target, "target": target, "latest": None if latest is None else desk.of_fact(latest.fact)}
        boxes.append(
            tuple(
                Box(cell.text, value=cell.value, sources=(number,) if (number := cited.get(column.key)) else ())
                for column, cell in zip(table.columns, row, strict=True)
            )
        )
    named = next((place for place, column in enumerate(table.columns) if column.key == "label"), 0)
    heads = tuple(
        Head(
            column.title,
            column.align == "right" or column.key == "row",
            long=column.key in ("reason", "label"),
            whole=column.key in ("category", "needed"),
        )
        for column in table.columns
    )
    source = desk.say(Text(f"资料来源：{table.source}。", f"Source: {table.source}.")) if table.source else ""
    return Grid("targets", table.title, heads, tuple(boxes), (*table.notes, source), named=named)


def basis_grid(desk: Desk) -> Grid | None:
    """How the plan's rows are read and who answers for them, where the edition gives reasons."""
    table = basis_table(desk.material, desk.lead, desk.edition, desk.lang) if desk.edition.reasons else None
    if table is None or isinstance(table, Missing):
        return None
    heads = tuple(
        Head(column.title, number=column.key == "row", long=column.key == "reading", whole=column.key == "line")
        for column in table.columns
    )
    rows = tuple(tuple(Box(cell.text, value=cell.value) for cell in row) for row in table.rows)
    return Grid("basis", table.title, heads, rows, sorts=False, named=1)


def outlook_grid(desk: Desk) -> Grid:
    """Headline and plan indicators: published years, then every scenario in every milestone year."""
    say, document = desk.say, desk.lead.document
    base, (past, _) = document["base_year"], outlook_years(document)
    years = [base, *past]
    heads = [Head(say(Text("指标", "Indicator")), long=True), Head(say(Text("单位", "Unit")))]
    told = Text("已公布", "published")
    heads += [Head(say(Text(f"{year}年（{told.zh}）", f"{year} ({told.en})")), number=True) for year in years]
    for place, name in enumerate(desk.names()):
        for year in milestones(desk):
            title = say(Text(f"{name}（{year}年推算）", f"{name} ({year}, projected)"))
            heads.append(Head(title, True, place, year, (desk.of_model(place),)))
    rows = tuple(_outlook_row(desk, name, years) for name in outlook_names(desk.lead))
    found = [row for row in rows if any(box.value is not None for box in row[2 + len(years) :])]
    caption = say(
        Text("主要指标：公布数与各情景推算值", "Main indicators: published figures, and projections by scenario")
    )
    return Grid("outlook", caption, tuple(heads), tuple(found), _outlook_notes(desk, found, base))


def _outlook_notes(desk: Desk, rows: Sequence[Sequence[Box]], base: int) -> tuple[str, ...]:
    notes = [Text("模型推算值，非统计数据。", "Projections are model values, not official statistics.")]
    if desk.edition.chances:
        notes = [
            Text(
                "推算值为中位数，下为80%区间；模型推算值，非统计数据。",
                "Medians, below them 80 % intervals; model values, not official statistics.",
            )
        ]
    if any(box.text.endswith(OTHER_BASIS) for row in rows for box in row):
        notes.append(Text(f"* 口径与{base}年的数不同，不直接相比。", f"* On another basis than the figure of {base}."))
    return tuple(desk.say(note) for note in notes)


def _outlook_row(desk: Desk, name: str, years: Sequence[int]) -> tuple[Box, ...]:
    boxes = [Box(desk.say(INDICATORS[name].label)), Box(desk.unit(name))]
    digits = desk.digits(name)
    boxes += [_published(desk, name, year, digits) for year in years]
    for view in desk.views:
        boxes += [_projected(desk, view.indicator(name, year), digits) for year in milestones(desk)]
    return tuple(boxes)


def _published(desk: Desk, name: str, year: int, digits: int) -> Box:
    told = known(desk.material.pack, name, year)
    if told is None:
        return Box(DASH)
    record = desk.lead.indicator(name, year)
    mark = OTHER_BASIS if record is not None and record.get("other_basis") else ""
    text = worded(figure_text(told.value), told.fact, desk.lang) if told.fact else number_text(told.value, digits)
    cited = tuple(number for fact in told.facts if (number := desk.of_fact(fact.id)))
    return Box(text + mark, value=told.value, sources=cited)


def _projected(desk: Desk, record: Record | None, digits: int) -> Box:
    if record is None or record["p50"] is None:
        return Box(DASH)
    span = ""
    if desk.edition.chances and record["p10"] is not None:
        span = span_text(record["p10"], record["p90"], digits, desk.lang)
    return Box(number_text(record["p50"], digits), span, record["p50"])


def source_grid(desk: Desk) -> Grid:
    """Every source the page cites, numbered; made last."""
    say = desk.say
    heads = [Head("#", number=True), Head(say(Text("指标", "What"))), Head(say(Text("数值", "Value")))]
    heads.append(Head(say(Text("文献与位置", "Document and line")), long=True))
    if desk.edition.sources:
        heads.append(Head(say(Text("原文", "Words quoted")), long=True))
    rows = []
    for number, entry in enumerate(desk.register.entries.values(), start=1):
        boxes = [Box(str(number), value=number), Box(entry.what), Box(entry.value), Box(entry.where or DASH)]
        rows.append(tuple([*boxes, Box(entry.quote or DASH)] if desk.edition.sources else boxes))
    caption = say(Text("来源附录：本页每个数的出处", "Sources: where every number of this page comes from"))
    ids = tuple(f"s{number}" for number in range(1, len(rows) + 1))
    return Grid("sources", caption, tuple(heads), tuple(rows), named=1, ids=ids)
