"""Sheets of the mid-term evaluation and of what growth consists of: rows that are sums and shares of each other."""

from __future__ import annotations

from collections.abc import Iterator

from sim.growth_accounting.channels import REAL, TOTAL
from sim.growth_accounting.contributions import LEAST_GROWTH
from sim.material import View
from sim.output.contributions import member_label
from sim.output.contributions_table import contribution_years
from sim.output.midterm_table import needed_text
from sim.output.tables import NATURES, unit_text
from sim.report.blocks import Column
from sim.report.standing import standing_rows
from sim.workbook.desk import MODEL_NOTE, WHOLE, Desk, Record, printed, spread_digits, text
from sim.workbook.grid import BLANK, Entry, Grid, Sheet


def contribution_sheet(desk: Desk, view: View) -> Sheet | None:
    """Points of growth by cell with their sum and shares; None where the result has none."""
    document, say = view.document, desk.say
    years = contribution_years(document)
    if not document["contributions"] or not years:
        return None
    points = {
        (r["member"], r["year"]): r["points"]
        for r in document["contributions"]
        if r["account"] == REAL and r["channel"] == TOTAL and r["kind"] == "cell"
    }
    cells = document["contribution_cells"]
    columns = [Column("label", say("部门", "Sector"), 32)]
    for year in years:
        group = say(f"{year}年", str(year))
        columns.append(Column(f"p{year}", say("拉动（百分点）", "points"), 13, "right", group))
        columns.append(Column(f"s{year}", say("贡献率（%）", "share of growth (%)"), 13, "right", group))
    wholes = {year: sum(points.get((cell["id"], year), 0.0) for cell in cells) for year in years}
    rows = [tuple(_member(desk, cell, years, points, wholes)) for cell in cells]
    rows.append(tuple(_sum(desk, years, wholes, [c["id"] for c in cells], points)))
    title = say("拉动：各部门对地区生产总值增速的拉动与贡献率", "Where growth comes from, by sector")
    told = say(
        "不变价，各次模拟的平均；贡献率=拉动÷合计。平均增速与中位数略有出入。"
        if desk.edition.chances else "不变价；贡献率=拉动÷合计。",
        "Constant prices, mean over draws; share = points over the sum." if desk.edition.chances
        else "Constant prices; share = points over the sum.",
    )  # fmt: skip
    about = say("各部门拉动点与贡献率，合计", "points and shares by sector, with their sum")
    grid = Grid(tuple(columns), tuple(rows), keep=1, filtered=False)
    lines = desk.lines(title, f"{desk.scenario(view)} · {told}")
    return Sheet(desk.names["contributions"], about, lines, grid, "contributions")


def _member(
    desk: Desk, cell: Record, years: list[int], points: dict[tuple[str, int], float], wholes: dict[int, float]
) -> Iterator[Entry]:
    yield text(member_label({"kind": "cell", "member": cell["id"]}, [cell]).pick(desk.lang))
    for year in years:
        value = points.get((cell["id"], year))
        yield desk.number(value, 2, "model")
        if value is None or abs(wholes[year]) < LEAST_GROWTH:
            yield BLANK
            continue
        share = value / wholes[year] * 100
        yield Entry(share, desk.digits(1), "computed", f"=[p{year}]/[p{year}@end]*100")


def _sum(
    desk: Desk, years: list[int], wholes: dict[int, float], cells: list[str], points: dict[tuple[str, int], float]
) -> Iterator[Entry]:
    yield Entry(desk.say("合计：地区生产总值增速", "Sum: growth of GDP"), style="total")
    for year in years:
        yield Entry(wholes[year], desk.digits(2), "total", f"=SUM([p{year}@top]:[p{year}@up])")
        if abs(wholes[year]) < LEAST_GROWTH:
            yield Entry(style="total")
            continue
        yield Entry(100.0, desk.digits(1), "total", f"=SUM([s{year}@top]:[s{year}@up])")


def midterm_sheet(desk: Desk, view: View) -> Sheet | None:
    """The plan's evaluation with its progress as a formula; None where the result has none."""
    standing = standing_rows(desk.material, view)
    if not standing:
        return None
    document = view.document
    years = list(range(document["base_year"] + 1, document["as_of"] + 1))
    midterm = {"base_year": document["base_year"], "years": years}
    say = desk.say
    columns = tuple(_midterm_columns(desk, midterm))
    rows = tuple(tuple(_midterm_row(desk, midterm, record)) for record in standing.values())
    title = say("评估：规划指标进展", "Evaluation: progress of the plan")
    rule = say(
        "完成进度=（最近公布值−基数）÷（目标值−基数），与时序进度比较；*不可比，不计算。",
        "Progress = (latest published − base) / (target − base), against time elapsed; * not comparable.",
    )
    about = say("规划指标逐年公布值、完成进度与评估结论", "published figures, progress and conclusion")
    lines = desk.lines(title, f"{MODEL_NOTE.pick(desk.lang)}{say('', ' ')}{rule}")
    return Sheet(desk.names["midterm"], about, lines, Grid(columns, rows, keep=2), "midterm")


def _midterm_columns(desk: Desk, midterm: Record) -> Iterator[Column]:
    say, base = desk.say, midterm["base_year"]
    yield Column("row", say("序号", "No."), 6, "center")
    yield Column("label", say("指标", "Indicator"), 30)
    yield Column("unit", say("单位", "Unit"), 11)
    yield Column("nature", say("属性", "Nature"), 11)
    yield Column("base", say(f"{base}年基数", f"Base {base}"), 9, "right")
    yield Column("value", say("目标值", "Target"), 9, "right")
    yield Column("words", say("目标（原文）", "Target as worded"), 14, "right")
    for year in midterm["years"]:
        yield Column(f"y{year}", say(f"{year}年", str(year)), 10, "right", say("已公布", "Published"))
    yield Column("progress", say("完成进度（%）", "Progress (%)"), 10, "right")
    yield Column("elapsed", say("时序（%）", "Time (%)"), 8, "right")
    yield Column("conclusion", say("评估结论", "Conclusion"), 14)
    yield Column("p50", say("目标年预计（推算）", "Expected (model)"), 11, "right")
    yield Column("needed", say("余下各年需要", "Needed from here"), 26)
    yield Column("owner", say("责任单位", "Owner"), 22)
    if desk.edition.reasons:
        yield Column("remark", say("备注", "Remark"), 40)


def _midterm_row(desk: Desk, midterm: Record, record: Record) -> Iterator[Entry]:
    nature = record["nature"] or ""
    yield BLANK if record["row"] is None else Entry(record["row"], WHOLE)
    yield text(desk.of(record))
    yield text(unit_text(record["unit"], desk.lang))
    yield text(nature if desk.lang == "zh" else NATURES.get(nature, nature))
    yield desk.number(record["base"], printed(record["base"]))
    link = f"target:{record['id']}"
    yield desk.number(record["value"], printed(record["value"]), link=link)
    yield (
        text(record["target_text"]) if record["value"] is not None else Entry(record["target_text"] or None, link=link)
    )
    for year in midterm["years"]:
        yield _figure(desk, record["years"].get(str(year)))
    yield _progress(desk, record)
    yield desk.number(None if record["elapsed"] is None else 100 * record["elapsed"], 0)
    yield text(desk.of(record, "conclusion_text"))
    digits = spread_digits([record], (record["base_text"], record["target_text"]))
    yield desk.number(record["p50"], digits, "model")
    needed = needed_text(record["needed"], record, desk.lang)
    yield BLANK if needed == "—" else text(needed.replace("\n", "" if desk.lang == "zh" else " "))
    yield text("、".join(record["owner"]))
    if desk.edition.reasons:
        yield text(desk.allowed(desk.of(record, "remark")))


def _figure(desk: Desk, figure: Record | None) -> Entry:
    """A published figure, linked to its source; a star where it does not count."""
    if figure is None:
        return BLANK
    count = len(figure["printed"].partition(".")[2]) if figure["printed"] else printed(figure["value"])
    shown = desk.published(count, figure["fact"], not figure["comparable"])
    return Entry(figure["value"], shown, link=figure["fact"] or "")


def _progress(desk: Desk, record: Record) -> Entry:
    if record["progress"] is None:
        return BLANK
    formula = f"=([y{record['judged_year']}]-[base])/([value]-[base])*100"
    return Entry(100 * record["progress"], desk.digits(0), "computed", formula)
