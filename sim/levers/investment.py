"""Levers on investment and on its direction."""

from __future__ import annotations

from sim.language import Text
from sim.levers.channels import OUTPUT, judged, spread
from sim.levers.kinds import PERCENT, POINTS, Ceiling, Lever

_SHIFT = Text(
    "判断：总量不变、只改投向；新增资本的产出效率按单元校准值，没有本区的估计。Hsieh、Klenow（2009）说明资源错配代价很大，"
    "但讲的是行业内企业之间，不能用来确定本杠杆的强弱。",
    "Judgement: the total is unchanged, only its direction; returns are those calibrated for the cell, not estimated. "
    "Hsieh, Klenow (2009) show that misallocation is costly, but among firms of an industry: no strength follows.",
)
_SHIFT_CEILING = judged(
    0.1,
    "一年投资的1%换一个单元，所增产出不超过当年地区生产总值的0.1%（投资约占一半，单元间毛回报差不超过20个百分点）",
    "1 % of a year's investment in another cell adds at most 0.1 % of GDP (investment is about half of it, gross "
    "returns of cells differ by 20 points at most)",
)


def _shift(id_: str, zh: str, en: str, moved: str) -> Lever:
    return Lever(
        id=id_,
        family="structure",
        label=Text(f"投资投向{zh}", f"Investment shifted to {en}"),
        unit=POINTS,
        low=-10,
        high=10,
        step=1,
        meaning=Text(f"总投资中由其他单元转向{zh}单元的份额。", f"Share of investment moved from other cells to {en}."),
        evidence=_SHIFT,
        grade="D",
        moves={moved: 1},
        through=OUTPUT,
        ceilings=(_SHIFT_CEILING,),
    )


INVESTMENT: tuple[Lever, ...] = (
    Lever(
        id="investment_growth",
        family="investment",
        label=Text("固定资产投资增长", "Growth of fixed-asset investment"),
        unit=POINTS,
        low=-30,
        high=30,
        step=1,
        meaning=Text(
            "固定资产投资增速在校准路径上增减的百分点。",
            "Points added to the growth of fixed-asset investment.",
        ),
        evidence=Text(
            "16 省 2001—2014 年面板（约抵2个独立省份，有效年数约13，见参照地区）：投资增速高 1 个百分点，"
            "当年和次年地区生产总值增速各高约 0.05 个百分点；是相关，可视为效果上限。",
            "Panel of 16 provinces, 2001-2014 (worth about 2 independent provinces and 13 effective years, see the "
            "reference class): one more point of investment growth goes with about 0.05 "
            "points of GDP growth in the same and in the next year; association, an upper bound.",
        ),
        grade="C",
        moves={"fixed_asset_investment_growth": 1, "gdp_growth": 1},
        through=OUTPUT,
        history=spread(-11.5, 11.5, "一省一年投资增速偏离自身均值", "a province's year against its own mean"),
        ceilings=(
            Ceiling(
                0.10,
                "gdp_growth",
                "unit",
                2,
                "C",
                Text(
                    "16省面板：当年与次年斜率之和0.094；加10个百分点，两年合计不过约1个百分点",
                    "panel of 16 provinces: slopes of both years sum to 0.094; ten points, about one over both",
                ),
            ),
            Ceiling(
                0.45,
                "gdp_growth",
                "unit",
                None,
                "B",
                Text(
                    "增长核算：资本增速的作用不超过资本份额；白重恩、钱震杰（2009）总体约45%",
                    "growth accounting: no more than the share of capital; Bai, Qian (2009): about 45 % overall",
                ),
            ),
        ),
    ),
    Lever(
        id="property_demand",
        family="investment",
        label=Text("房地产需求", "Demand for property"),
        unit=PERCENT,
        low=-30,
        high=30,
        step=10,
        meaning=Text(
            "房地产需求相对校准路径的偏离，作用于建筑业、服务业和财政收入；持续不变的偏离只在头一年改变增速。",
            "Deviation of property demand from its path; acts on construction, services and revenue; one that stays "
            "changes growth in its first year only.",
        ),
        evidence=Text(
            "判断：本区房地产对各行业的拉动没有可用的分离数据。",
            "Judgement: nothing separates what property adds to each industry of this district.",
        ),
        grade="D",
        moves={"budget_revenue": 1, "gdp_growth": 1, "budget_revenue_growth": 1},
        through=OUTPUT,
        ceilings=(
            Ceiling(
                0.29,
                "gdp_growth",
                "unit",
                None,
                "B",
                Text(
                    "全国投入产出核算：房地产及相关活动约占29%（Rogoff、Yang 2020），需求变1%至多改变产出0.29%",
                    "national input-output accounts: property and what goes with it is about 29 % of the economy "
                    "(Rogoff, Yang 2020), so that 1 % of demand is at most 0.29 % of output",
                ),
            ),
        ),
    ),
    _shift("manufacturing_investment_share", "制造业", "manufacturing", "manufacturing_share"),
    _shift("marine_investment_share", "海洋产业", "marine industries", "marine_share"),
    _shift("services_investment_share", "服务业", "services", "services_share"),
)
