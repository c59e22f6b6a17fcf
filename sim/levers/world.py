"""Assumptions about the world: not levers, nobody in the region can pull them."""

from __future__ import annotations

from sim.language import Text
from sim.levers.channels import NOMINAL, OUTPUT, judged
from sim.levers.kinds import PERCENT_A_YEAR, Ceiling, WorldAssumption

ASSUMPTIONS: tuple[WorldAssumption, ...] = (
    WorldAssumption(
        id="national_growth",
        family="world_growth",
        label=Text("全国经济增速", "National growth"),
        unit=PERCENT_A_YEAR,
        low=-10,
        high=12,
        step=1,
        meaning=Text("全国国内生产总值增速（不变价）。", "Growth of national GDP at constant prices."),
        evidence=Text(
            "情景假设，不是预测。本区趋势增速按定义随全国；短期敞口来自16省2001—2014年面板：年度共同增速每高1点，第二产业"
            "高约1.4点，第三产业高约0.5点，是相关。",
            "An assumption, not a forecast. Trend growth follows the nation by definition; exposures in the short run "
            "come from a panel of 16 provinces, 2001-2014: a point of growth common to all goes with about 1.4 points "
            "in the secondary and 0.5 in the tertiary industry, association.",
        ),
        grade="C",
        moves={"gdp_growth": 1, "household_income_growth": 1},
        through=OUTPUT,
        ceilings=(
            Ceiling(
                1.44,
                "gdp_growth",
                "unit",
                None,
                "C",
                Text(
                    "16省面板：对共同增速最敏感的第二产业的载荷",
                    "panel of 16 provinces: loading of the secondary industry, the largest",
                ),
            ),
        ),
    ),
    WorldAssumption(
        id="producer_prices",
        family="world_prices",
        label=Text("工业品与大宗商品价格", "Producer and commodity prices"),
        unit=PERCENT_A_YEAR,
        low=-15,
        high=20,
        step=1,
        meaning=Text(
            "全国工业生产者出厂价格（PPI）年涨幅，原油、矿产等大宗商品价格经它进入；决定各单元价格，不改变实际产出。",
            "Yearly change of national producer prices, by which oil and other commodities come in; drives the prices "
            "of the cells and leaves real output as it is.",
        ),
        evidence=Text(
            "16 省 2001—2014 年面板（约抵2个独立省份，有效年数约9和7，见参照地区）："
            "第二产业缩减指数对 PPI 的斜率约 1.0，第三产业约 0.4（PPI 序列待核）。",
            "Panel of 16 provinces, 2001-2014 (worth about 2 independent provinces, some 9 and 7 effective years, see "
            "the reference class): slope on producer prices about 1.0 for the secondary "
            "and 0.4 for the tertiary deflator (the price series needs checking).",
        ),
        grade="C",
        moves={"gdp": 1, "secondary_share": 1, "trade_total": 1},
        through=NOMINAL,
    ),
    WorldAssumption(
        id="world_trade",
        family="world_trade",
        label=Text("世界贸易", "World trade"),
        unit=PERCENT_A_YEAR,
        low=-30,
        high=30,
        step=1,
        meaning=Text("世界货物贸易量增速。", "Growth of the volume of world trade in goods."),
        evidence=Text(
            "情景假设，不是预测。出口对世界贸易的弹性1.0—2.4来自面板与 Yao、Tian、Su（2013），产出的敞口为判断。",
            "An assumption, not a forecast. The elasticity of exports, 1.0-2.4, comes from the panel and Yao, Tian, Su "
            "(2013); the exposure of output is judgement.",
        ),
        grade="D",
        moves={"trade_total": 1, "gdp_growth": 1},
        through=OUTPUT,
        ceilings=(
            judged(0.4, "世界贸易少10%，本区增速少不过4个百分点",
                   "a tenth less world trade costs at most 4 points of growth"),
        ),
    ),
    WorldAssumption(
        id="exchange_rate",
        family="world_prices",
        label=Text("人民币汇率", "Exchange rate"),
        unit=Text("元/美元", "CNY per USD"),
        low=4,
        high=10,
        step=0.5,
        meaning=Text("年平均汇率；数值升高为人民币贬值。", "Yearly average; a higher value is a weaker currency."),
        evidence=Text(
            "折算美元指标按定义计入；出口对相对价格的弹性取自 Aziz、Li（2007），不经产出起作用。",
            "Enters figures in dollars by definition; exports react to prices as in Aziz, Li (2007); output is left as "
            "it is.",
        ),
        grade="B",
        moves={"gdp_per_capita_usd": -1, "trade_total": 1},
        through=("trade_total_growth",),
    ),
    WorldAssumption(
        id="rare_event_probability",
        family="rare_events",
        label=Text("罕见冲击概率", "Probability of a rare event"),
        unit=PERCENT_A_YEAR,
        low=0,
        high=50,
        step=5,
        meaning=Text("类似大流行的全球冲击每年发生的概率。", "Yearly probability of a pandemic-like event."),
        evidence=Text("判断：此类事件过少，频率无法估计。", "Judgement: such events are too few for a frequency."),
        grade="D",
        moves={"gdp_real": -1, "trade_total": -1},
        through=OUTPUT,
        ceilings=(
            judged(0.1, "一次冲击的当年损失不超过10%，概率高1个百分点平均至多少0.1%",
                   "one event costs at most 10 % in its year, so that a point of probability costs 0.1 % at most"),
        ),
    ),
)  # fmt: skip
