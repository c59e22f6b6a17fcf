"""A report that holds every kind of block, hard ones among them, for the tests of the Word file."""

from __future__ import annotations

from matplotlib.figure import Figure as Drawing

from sim.charts.fonts import ChartFont
from sim.charts.native import NativeChart, Series
from sim.charts.style import blank_figure, drawing_style, place_axes, write
from sim.report.blocks import (
    Block,
    Cell,
    Column,
    Figure,
    Heading,
    Items,
    PageBreak,
    Paragraph,
    Ref,
    Report,
    Table,
)
from sim.report.editions import EDITIONS

YEARS = tuple(str(year) for year in range(2020, 2031))
NASTY = '<script>alert(1)</script>=HYPERLINK("x")\x07‮颠倒‬&\''
LONG = "规模以上先进制造业和战略性新兴产业增加值占全部规模以上工业增加值的比重（按新口径衔接后、不含省属飞地园区企业）"
BODY = (
    "按2023年及以前公布的数据测算，到2030年全区地区生产总值预计为“5600—6200亿元”，比2025年增长34.5%；"
    "其中海洋生产总值占比提高2.1个百分点，单位GDP能耗下降0.6%。"
)


def drawn(title: str, height: float = 230.0) -> object:
    """A function that draws a small figure."""

    def draw(font: ChartFont | None) -> Drawing:
        assert font is not None
        with drawing_style():
            figure = blank_figure(440, height)
            axes = place_axes(figure, 40, 50, 380, height - 80)
            axes.plot(range(11), [3600 + 200 * step for step in range(11)])
            axes.set_xticks([])
            axes.set_yticks([])
            write(figure, font, 10, 12, "注：模型推算值，非统计数据。资料来源：示例。")
        return figure

    return draw


def combined(title: str = "地区生产总值与增速") -> NativeChart:
    """Columns and a line on the second axis, projected from 2026 on, a year without value."""
    levels = tuple(3600.0 + 200 * step for step in range(11))
    rates = tuple(None if step == 2 else 5 + 0.3 * step for step in range(11))
    return NativeChart(
        title,
        YEARS,
        (
            Series("地区生产总值", levels, "#1f5a84", dashed_from=6, labels=True, format="0"),
            Series("增速", rates, "#b5532a", "line", second=True, dashed_from=6, labels=True),
        ),
        "亿元",
        "%",
    )


def fan() -> NativeChart:
    """A stack with a hidden base, and a line over it."""
    levels = tuple(3600.0 + 200 * step for step in range(11))
    return NativeChart(
        "预测区间",
        YEARS,
        (
            Series("下限", levels, "#ffffff", "area", hidden=True),
            Series("80%区间", tuple(100.0 * step for step in range(11)), "#9db9c4", "area"),
            Series("中位数", tuple(level + 40 for level in levels), "#17507a", "line", dashed_from=6),
            Series("目标", (*(None,) * 10, 6000.0), "#b5532a", "marker"),
        ),
        "亿元",
        stack="stacked",
        low=3000.0,
    )


def bars() -> NativeChart:
    """Bars, one of them below zero, with a marker for comparison."""
    names = ("某新区", "第二新区", LONG[:26])
    return NativeChart(
        "对标",
        names,
        (
            Series("增速", (5.8, 6.1, -1.2), "#1f5a84", "bar", labels=True),
            Series("目标", (6.0, 6.0, 6.0), "#b5532a", "marker"),
        ),
        "%",
    )


def shares() -> NativeChart:
    """Three parts of a hundred per cent, one of them hatched."""
    return NativeChart(
        "三次产业结构",
        YEARS[:6],
        (
            Series("第一产业", (2.1,) * 6, "#cfe0c3"),
            Series("第二产业", (40.2,) * 6, "#1f5a84", labels=True),
            Series("第三产业", (57.7,) * 6, "#9db9c4", labels=True, pattern="wide_upward_diagonal"),
        ),
        "%",
        stack="percent",
    )


CHARTS = (combined(), fan(), bars(), shares())


def wide_table(rows: int = 40) -> Table:
    """Twelve columns under grouped heads, categories joined downwards, long names, empty cells."""
    years = [Column(f"y{year}", f"{year}年", 1.0, "right", "预测中位数") for year in range(2024, 2031)]
    columns = (
        Column("kind", "类别", 1.2),
        Column("name", "指标名称", 4.0),
        Column("unit", "单位", 1.0, "center"),
        *years,
        Column("chance", "达成概率（区间）", 2.0, "center"),
        Column("note", "测算说明", 3.0),
    )
    kinds = ("经济发展", "创新驱动", "民生福祉", "绿色生态")
    made = []
    for number in range(rows):
        values = [Cell("—" if (number + at) % 7 == 0 else f"{1000 + 137.5 * number + at:.1f}") for at in range(7)]
        name = LONG if number % 9 == 0 else NASTY if number == 4 else f"第{number + 1}项指标"
        chance = Cell("约60%（50%—70%）", probability=0.6)
        kind = Cell(kinds[number * 4 // rows])
        made.append((kind, Cell(name), Cell("亿元"), *values, chance, Cell("模型推算值" if number % 2 else "")))
    return Table(
        "indicators",
        "主要指标预测",
        columns,
        tuple(made),
        "亿元",
        ("口径为现价。", "“—”为不适用。"),
        "示例资料",
        True,
        "kind",
    )


def small_tables() -> tuple[Table, ...]:
    """Ten scenarios, no rows at all, a cell over several columns."""
    ten = tuple(Column(f"s{number}", f"情景{number}", 1.0, "right") for number in range(1, 11))
    scenarios = Table(
        "scenarios",
        "十种情景",
        (Column("name", "指标", 2.0), *ten),
        tuple((Cell(f"指标{row}"), *(Cell(f"{row * number}.5") for number in range(1, 11))) for row in range(1, 6)),
        "%",
    )
    pair = (Column("a", "事项"), Column("b", "说明", 2.0))
    empty = Table("empty", "没有行的表", pair, ())
    spanning = Table("span", "跨列的表", pair, ((Cell("甲"), Cell("乙")), (Cell("合并的一格", span=2),)), source="示例")
    return scenarios, empty, spanning


def sample(lang: str = "zh", edition: str = "internal", figures: int = 3) -> Report:
    """The whole report; `figures` with and without a chart for editing."""
    blocks: list[Block] = [
        Heading("一、口径与基准"),
        Paragraph((BODY, "见", Ref("indicators"), *(("和", Ref("figure1")) if figures else ()), "。")),
        Paragraph((BODY * 3,)),
        Heading("（一）情景设定", 2),
        Items((("第一条，见", Ref("scenarios"), "。"), (NASTY,), (BODY,))),
        Heading("1. 说明", 3),
        Paragraph(("结果与保存时不一致，须核实。",), "warning"),
        Paragraph(("注：此处为小字说明。",), "note"),
        *small_tables(),
        Heading("二、主要结果"),
        wide_table(),
        Paragraph((BODY,)),
    ]
    for number in range(1, figures + 1):
        chart = CHARTS[number % 4] if number % 3 else None
        alt = f"第{number}幅图，2030年为5600亿元。"
        blocks.append(Figure(f"figure{number}", f"第{number}幅图", drawn(""), alt, chart))  # type: ignore[arg-type]
        blocks.append(Paragraph((BODY,)))
    blocks += [PageBreak(), Heading("三、局限"), Items(((BODY,), ("不编号的一条。",)), numbered=False)]
    return Report(
        "某新区经济社会发展情景分析",
        "（2026—2030年）",
        "chapter",
        EDITIONS[edition],
        lang,
        "某新区",
        "使用截至2023年公布的数据测算。",
        tuple(blocks),
        warnings=("结果文件在写出后被改动，数字须核实。",),
        run_ids=("compare-3f2a91",) if edition == "internal" else (),
        properties={"subject": "情景分析", "keywords": "情景;预测"},
    )
