"""All levers and world assumptions a scenario may set, with bounds, meaning and the honesty of their
evidence.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sim.language import Text
from sim.levers.economy import ECONOMY
from sim.levers.kinds import GRADES, PERCENT_A_YEAR, Lever, WorldAssumption
from sim.levers.society import SOCIETY

__all__ = ["GRADES", "LEVERS", "WORLD", "Lever", "WorldAssumption"]

_OUTSIDE = Text(
    "情景假设，不是预测；对本区的作用按校准的敞口。",
    "An assumption of the scenario, not a forecast; it reaches the district by calibrated exposures.",
)

_WORLD = (
    WorldAssumption(
        "national_growth",
        Text("全国经济增速", "National growth"),
        PERCENT_A_YEAR,
        -10,
        12,
        Text("全国国内生产总值增速（不变价）。", "Growth of national GDP at constant prices."),
        _OUTSIDE,
        "D",
        ("gdp_growth",),
    ),
    WorldAssumption(
        "producer_prices",
        Text("工业生产者出厂价格", "Producer prices"),
        PERCENT_A_YEAR,
        -15,
        20,
        Text(
            "全国工业生产者出厂价格（PPI）年涨幅，决定各单元价格。",
            "Yearly change of national producer prices; drives the prices of the cells.",
        ),
        Text(
            "16 省 2001—2014 年面板（约抵2个独立省份，有效年数约9和7，见参照地区）："
            "第二产业缩减指数对 PPI 的斜率约 1.0，第三产业约 0.4（PPI 序列待核）。",
            "Panel of 16 provinces, 2001-2014 (worth about 2 independent provinces, some 9 and 7 effective years, see "
            "the reference class): slope on producer prices about 1.0 for the secondary "
            "and 0.4 for the tertiary deflator (the price series needs checking).",
        ),
        "C",
        ("gdp", "secondary_share", "trade_total"),
    ),
    WorldAssumption(
        "world_trade",
        Text("世界贸易", "World trade"),
        PERCENT_A_YEAR,
        -30,
        30,
        Text("世界货物贸易量增速。", "Growth of the volume of world trade in goods."),
        _OUTSIDE,
        "D",
        ("trade_total", "gdp_growth"),
    ),
    WorldAssumption(
        "exchange_rate",
        Text("人民币汇率", "Exchange rate"),
        Text("元/美元", "CNY per USD"),
        4,
        10,
        Text("年平均汇率；数值升高为人民币贬值。", "Yearly average; a higher value is a weaker currency."),
        Text(
            "折算美元指标时按定义计入；对贸易量的作用为判断。",
            "Enters figures in dollars by definition; its effect on trade volumes is judgement.",
        ),
        "A",
        ("gdp_per_capita_usd", "fdi"),
    ),
    WorldAssumption(
        "rare_event_probability",
        Text("罕见冲击概率", "Probability of a rare event"),
        PERCENT_A_YEAR,
        0,
        50,
        Text("类似大流行的全球冲击每年发生的概率。", "Yearly probability of a pandemic-like event."),
        Text("判断：此类事件过少，频率无法估计。", "Judgement: such events are too few for a frequency."),
        "D",
        ("gdp_growth",),
    ),
)

LEVERS: Mapping[str, Lever] = MappingProxyType({lever.id: lever for lever in (*ECONOMY, *SOCIETY)})
WORLD: Mapping[str, WorldAssumption] = MappingProxyType({assumption.id: assumption for assumption in _WORLD})
