"""Data of pasted charts with known content, from simple ones to the worst that must still be laid out well."""

from __future__ import annotations

from sim.charts.columns_line import ColumnsLineData
from sim.charts.contribution_columns import ContributionData, Member
from sim.charts.dumbbell import DumbbellData, Pair
from sim.charts.palette import INDUSTRIES
from sim.charts.progress_bars import ProgressData, Row
from sim.charts.ranked_bars import Bar, RankedData
from sim.charts.scenario_lines import Line, LinesData
from sim.charts.stacked_shares import Part, SharesData
from sim.charts.yearly import NOTHING, Point
from sim.language import Text

LONG = Text(
    "规模以上工业企业中有研发活动的企业占比与战略性新兴产业增加值占规模以上工业增加值比重之和及其他各项有关指标甲乙丙丁（%）",
    "Firms above designated size with research, and new industries in all",
)
LEVEL = Text("总量", "Level")
PART = Text("第三产业", "Tertiary")
REGION = Text("地区", "Region")
SCENARIO = Text("情景", "Scenario")
GROWTH = Text("增速", "Growth")
INDICATOR = Text("指标", "Indicator")
SOURCE, PERCENT, MONEY = Text("规划纲要", "the plan"), Text("%", "%"), Text("亿元", "100 m yuan")


def at(value: float, reported: bool = False) -> Point:
    return Point(value, f"{value:.1f}".replace("-", "−"), reported)


def columns(name: Text = LEVEL, years: int = 6, published: int = 4) -> ColumnsLineData:
    """A level of 100, 200, … and a growth of +3 and −3 by turns."""
    return ColumnsLineData(
        level=name,
        level_unit=MONEY,
        growth=name,
        growth_unit=PERCENT,
        years=tuple(range(2020, 2020 + years)),
        levels=tuple(at(100.0 * (i + 1), i < published) for i in range(years)),
        rates=tuple(at(3.0 if i % 2 else -3.0, i < published) if i != 2 else NOTHING for i in range(years)),
        source=SOURCE,
        notes=(Text("绝对额按现价计算，增长速度按不变价计算", "levels at current prices"),),
    )


def shares(name: Text = PART) -> SharesData:
    """60 : 30 : 10 published, a year without figures, 98 : 1 : 1 and 100 : 0 : 0 projected."""
    rows = {
        "tertiary": (at(60.0, True), NOTHING, at(98.0), at(100.0)),
        "secondary": (at(30.0, True), NOTHING, at(1.0), at(0.0)),
        "primary": (at(10.0, True), NOTHING, at(1.0), at(0.0)),
    }
    parts = tuple(Part(name, INDUSTRIES[industry], points) for industry, points in rows.items())
    return SharesData(name, (2020, 2021, 2022, 2030), parts, SOURCE)


def ranked(name: Text = REGION, count: int = 5) -> RankedData:
    """Regions with 3, 2, 1, 0, −1 …; the second is the own one."""
    bars = tuple(
        Bar(
            Text(f"{name.zh}{i}", f"{name.en} {i}"),
            3.0 - i,
            Text(f"{3 - i}左右".replace("-", "−"), f"c. {3 - i}"),
            i == 1,
        )
        for i in range(count)
    )
    return RankedData(name, PERCENT, 2023, bars[1].name, bars, SOURCE)


def lines(count: int = 3, name: Text = SCENARIO) -> LinesData:
    """Published 4 and 10, no figure in between; scenarios from 6, 5, 4 … down by 0.1 a year."""
    return LinesData(
        indicator=name,
        unit=PERCENT,
        years=tuple(range(2020, 2031)),
        published=(at(4.0, True), NOTHING, at(10.0, True), *[NOTHING] * 8),
        scenarios=tuple(
            Line(name, (None, None, None, *(6.0 - i - 0.1 * year for year in range(8))), f"{5.3 - i:.1f}")
            for i in range(count)
        ),
        source=SOURCE,
    )


def contributions(name: Text = GROWTH) -> ContributionData:
    """A year of growth, a year of decline without shares, and an average."""
    points = {"tertiary": (2.0, -0.4, 0.8), "secondary": (1.0, 0.1, 0.6), "primary": (-0.2, -0.1, 0.0)}
    members = tuple(
        Member(name, INDUSTRIES[industry], tuple(map(at, row)), (at(60.0), NOTHING, at(57.0)))
        for industry, row in points.items()
    )
    periods = (Text("2021年", "2021"), Text("2022年", "2022"), Text("2021—2025年平均", "2021–2025 mean"))
    return ContributionData(name, periods, members, (at(2.8, True), at(-0.4), at(1.4)), SOURCE, gap_before=2)


def progress(count: int = 3, name: Text = INDICATOR) -> ProgressData:
    """Every seventh row without a progress; the others at −30, 170, 50, 0, 100 and 3 %; every fourth name long."""
    shares = (None, -0.3, 1.7, 0.5, 0.0, 1.0, 0.03)
    rows = tuple(
        Row(
            number=str(i + 1),
            name=LONG if i % 4 == 0 else name,
            progress=shares[i % 7],
            elapsed=0.6,
            figures=(Text("2.8", "2.8"), Text("40左右", "c. 40"), Text("与经济增长同步", "as growth")),
            conclusion=Text("口径调整不可比", "not comparable") if i % 7 == 0 else Text("滞后", "behind"),
            said=LONG,
            behind=i % 7 in (1, 3, 4, 6),
        )
        for i in range(count)
    )
    return ProgressData(rows, 0.6, 2023, SOURCE)


def pairs(count: int = 5, name: Text = INDICATOR) -> DumbbellData:
    """By turns: +20 % or +2 points, no start to divide by, nothing known, only a projection, a fall below zero."""
    found = tuple(
        Pair(
            number=str(i + 1),
            name=LONG if i % 4 == 0 else name,
            start=(at(10.0), at(0.0), NOTHING, at(20.0, True), at(-3.0))[i % 5],
            end=(at(12.0), at(3.0), at(1.0), NOTHING, at(-8.0))[i % 5],
            median=(at(5.0), NOTHING, NOTHING, at(2.0), NOTHING)[i % 5],
            points=i % 2 == 0,
            why=Text("缺2020年数", "no figure of 2020"),
        )
        for i in range(count)
    )
    return DumbbellData(2025, 2030, found, SOURCE)
