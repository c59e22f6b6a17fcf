"""Charts of the working table with known content, for the tests of what they show and of their files."""

from __future__ import annotations

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from sim.charts.box import BoxData, Restriction
from sim.charts.cells import CellsData, Part
from sim.charts.chances import Chance, ChanceRow, ChancesData
from sim.charts.reliability import Kept, ReliabilityData, ReliabilityRow, Section
from sim.charts.target_curve import CurveData, Reached, ValueMark
from sim.charts.tornado import TornadoBar, TornadoData
from sim.language import Text
from tests.chart_examples import SOURCE

SIXTY = (  # characters of a scenario's name, and more
    "海洋经济加速、制造业升级与对外开放并举并考虑全国经济下行"
    "和世界贸易收缩的综合压力情景（用于二〇三〇年远景目标比选）第二稿"
)


def same(text: str) -> Text:
    return Text(text, text)


def patch(figure: Figure, gid: str) -> Rectangle:
    return next(p for p in figure.axes[0].patches if isinstance(p, Rectangle) and p.get_gid() == gid)


def mark(figure: Figure, gid: str) -> Line2D:
    return next(line for line in figure.axes[0].lines if line.get_gid() == gid)


def chances(rows: int = 3, scenarios: int = 1, label: str = "海洋经济占比（%）") -> ChancesData:
    found = (
        Chance(0.4, 0.15, 0.5),
        Chance(0.0, 0.0, 0.03),
        Chance(1.0, 0.98, 1.0),
        Chance(None, reason=same("缺基数")),
    )
    names = tuple(same(SIXTY[: 20 * (n + 1)]) for n in range(scenarios))
    drawn = tuple(ChanceRow(same(label), same("≥42"), (found[n % 4],) * scenarios) for n in range(rows))
    return ChancesData(names, drawn, SOURCE)


BARS = (
    TornadoBar(same("全国增速"), same("4.2～6.4 %/年"), -14.2, 15.9),
    TornadoBar(same("收敛速度"), same("0.07～0.18"), 4.7, -3.1),
    TornadoBar(same("需求缺口"), same("−3.8～−1.7"), 2.0, 6.0),
    TornadoBar(same("汇率"), same("6.2～7.4"), 0.1, -0.1, distinguishable=False),
    TornadoBar(same("海洋生产率"), same("−1～1"), -5.8, 6.5, step=True),
)
TORNADO = TornadoData(Text("地区生产总值增速", "GDP growth"), 2025, 0.38, BARS, SOURCE)


CELLS = CellsData(
    title=Text("增加值", "Value added"),
    unit=same("亿元"),
    years=(2020, 2021, 2022),
    parts=(
        Part(Text("第一产业", "Primary"), (100.0, 110.0, 120.0)),
        Part(Text("第二产业", "Secondary"), (1400.0, 1500.0, 1600.0)),
        Part(Text("第三产业", "Tertiary"), (2500.0, 2700.0, 3000.0)),
    ),
    overlay=Part(Text("海洋经济", "marine"), (1400.0, 1600.0, 1800.0)),
    reported=frozenset({2020, 2021}),
    overlay_reported=frozenset({2020}),
    source=SOURCE,
)


CURVE = CurveData(
    indicator=Text("海洋经济占比（%）", "Marine share"),
    unit=same("%"),
    year=2030,
    span=Text("", ""),
    curve=((30.0, 0.99), (34.0, 0.9), (36.0, 0.7), (38.0, 0.5), (40.0, 0.3), (46.0, 0.02)),
    points=(Reached(34.0, 0.9, 0.7, 0.99), Reached(38.0, 0.5, 0.25, 0.75)),
    suggested=Reached(37.0, 0.6, 0.4, 0.85),
    wording=Text("保持在38左右（按不低于37计）", "about 38 (met from 37)"),
    marks=(ValueMark(Text("全国目标 40", "the nation: 40"), 40.0),),
    decimals=1,
    source=SOURCE,
)


BOX = BoxData(
    target=Text("地区生产总值增速", "GDP growth"),
    year=2025,
    restrictions=(
        Restriction(Text("全国增速", "national growth"), Text("全国增速低于5.3%", "national growth is below 5.3%"),
                    same("%"), None, 5.3, (4.2, 6.4)),
        Restriction(Text("地铁6号线", "line 6"), Text("“地铁6号线”推迟2年及以上", "line 6 is 2 years late or more"),
                    same("年"), 2.0, None),
    ),
    density=(0.79, 0.007),
    base=(0.62, 0.005),
    elsewhere=(0.55, 0.006),
    coverage=0.38,
    sentence=Text("当全国增速低于5.3%时，10次中约8次落空。", "it is missed in 8 of 10."),
    source=SOURCE,
)  # fmt: skip


def reliability(label: str = "年度增速，1年") -> ReliabilityData:
    three = (Kept(0.5, 0.69), Kept(0.8, 0.94), Kept(0.9, 1.0))
    rows = (
        ReliabilityRow(same(label), same("64个"), three),
        ReliabilityRow(same("概率低"), same("5个"), (Kept(0.2, 0.0, 0.1),)),
    )
    return ReliabilityData(same("所说与实际"), (Section(same("区间"), rows), Section(same("本区"), rows[:1])), SOURCE)
