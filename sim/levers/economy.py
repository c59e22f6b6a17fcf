"""Levers on investment, structure, productivity, openness, people and energy."""

from __future__ import annotations

from sim.language import Text
from sim.levers.kinds import PERCENT, POINTS, POINTS_A_YEAR, Lever

_PRODUCTIVITY = Text(
    "判断：没有把具体政策与全要素生产率增速对应起来的本区证据。",
    "Judgement: no evidence for this district ties a policy to the growth of productivity.",
)
_SHIFT = Text(
    "判断：总量不变、只改投向；新增资本的产出效率按单元校准值。",
    "Judgement: the total is unchanged, only its direction; returns are those calibrated for the cell.",
)

ECONOMY: tuple[Lever, ...] = (
    Lever(
        "investment_growth",
        Text("固定资产投资增长", "Growth of fixed-asset investment"),
        POINTS,
        -30,
        30,
        Text(
            "固定资产投资增速在校准路径上增减的百分点。",
            "Points added to the growth of fixed-asset investment.",
        ),
        Text(
            "16 省 2001—2014 年面板（约抵2个独立省份，有效年数约13，见参照地区）：投资增速高 1 个百分点，"
            "当年和次年地区生产总值增速各高约 0.05 个百分点；是相关，可视为效果上限。",
            "Panel of 16 provinces, 2001-2014 (worth about 2 independent provinces and 13 effective years, see the "
            "reference class): one more point of investment growth goes with about 0.05 "
            "points of GDP growth in the same and in the next year; association, an upper bound.",
        ),
        "C",
        ("fixed_asset_investment_growth", "gdp_growth"),
    ),
    Lever(
        "manufacturing_investment_share",
        Text("投资投向制造业", "Investment shifted to manufacturing"),
        POINTS,
        -10,
        10,
        Text(
            "总投资中由其他单元转向制造业单元的份额。",
            "Share of investment moved from other cells to manufacturing.",
        ),
        _SHIFT,
        "D",
        ("manufacturing_share",),
    ),
    Lever(
        "marine_investment_share",
        Text("投资投向海洋产业", "Investment shifted to marine industries"),
        POINTS,
        -10,
        10,
        Text(
            "总投资中由其他单元转向海洋单元的份额。",
            "Share of investment moved from other cells to marine cells.",
        ),
        _SHIFT,
        "D",
        ("marine_share",),
    ),
    Lever(
        "manufacturing_productivity",
        Text("制造业生产率", "Productivity of manufacturing"),
        POINTS_A_YEAR,
        -2,
        2,
        Text("制造业全要素生产率年增速的增减。", "Points a year added to productivity growth in manufacturing."),
        _PRODUCTIVITY,
        "D",
        ("manufacturing_share", "labour_productivity"),
    ),
    Lever(
        "marine_productivity",
        Text("海洋产业生产率", "Productivity of marine industries"),
        POINTS_A_YEAR,
        -2,
        2,
        Text(
            "海洋单元全要素生产率年增速的增减。",
            "Points a year added to productivity growth in marine cells.",
        ),
        _PRODUCTIVITY,
        "D",
        ("marine_share", "labour_productivity"),
    ),
    Lever(
        "services_productivity",
        Text("服务业生产率", "Productivity of services"),
        POINTS_A_YEAR,
        -2,
        2,
        Text("服务业全要素生产率年增速的增减。", "Points a year added to productivity growth in services."),
        _PRODUCTIVITY,
        "D",
        ("services_share", "labour_productivity"),
    ),
    Lever(
        "rd_intensity",
        Text("研发投入强度", "R&D intensity"),
        POINTS,
        -1,
        2,
        Text(
            "研发经费占地区生产总值比重的增减；经生产率缓慢影响增长。",
            "Points of GDP added to R&D spending; reaches growth slowly through productivity.",
        ),
        Text(
            "强度按定义计入；对生产率的作用及滞后为判断。",
            "The intensity enters by definition; its effect on productivity and the lag are judgement.",
        ),
        "D",
        ("rd_intensity", "labour_productivity"),
    ),
    Lever(
        "digital_economy",
        Text("企业数字化", "Digital technology in firms"),
        POINTS_A_YEAR,
        0,
        10,
        Text(
            "每年新增的采用数字技术的企业比例。",
            "Points a year of additional firms that adopt digital technology.",
        ),
        Text(
            "判断：采用率对核心产业比重和生产率的弹性没有本区数据。",
            "Judgement: no data of this district on what adoption does to the core share or to productivity.",
        ),
        "D",
        ("gdp_growth", "gdp_real", "industry_value_added_growth"),
    ),
    Lever(
        "fdi_growth",
        Text("实际使用外资增长", "Growth of foreign investment"),
        POINTS_A_YEAR,
        -30,
        30,
        Text("实际使用外资年增速的增减。", "Points a year added to the growth of foreign direct investment."),
        Text(
            "指标按定义计入；对生产率的溢出为判断。",
            "The figure enters by definition; spill-overs are judgement.",
        ),
        "D",
        ("fdi",),
    ),
    Lever(
        "trade_growth",
        Text("外贸与港口开放", "Port and trade openness"),
        POINTS_A_YEAR,
        -20,
        20,
        Text(
            "进出口总额年增速的增减；对增加值只有部分传导。",
            "Points a year added to the growth of trade; only a part reaches value added.",
        ),
        Text(
            "进出口按定义计入；保税转口对增加值的传导（0—0.25）为判断。",
            "Trade enters by definition; the pass-through of entrepot trade (0-0.25) is judgement.",
        ),
        "D",
        ("trade_total",),
    ),
    Lever(
        "net_migration",
        Text("净迁入人口", "Net migration"),
        Text("万人/年", "10,000 persons a year"),
        -5,
        10,
        Text("每年净迁入常住人口的增减。", "Residents a year added to net migration."),
        Text(
            "人口按定义计入；劳动参与按校准值。",
            "People enter by definition; participation is the calibrated one.",
        ),
        "A",
        ("population", "urbanisation_rate"),
    ),
    Lever(
        "property_demand",
        Text("房地产需求", "Demand for property"),
        PERCENT,
        -30,
        30,
        Text(
            "房地产需求相对校准路径的偏离，作用于建筑业、服务业和财政收入。",
            "Deviation of property demand from its path; acts on construction, services and revenue.",
        ),
        Text(
            "判断：本区房地产对各行业的拉动没有可用的分离数据。",
            "Judgement: nothing separates what property adds to each industry of this district.",
        ),
        "D",
        ("gdp_growth", "budget_revenue_growth"),
    ),
    Lever(
        "energy_efficiency",
        Text("节能", "Energy efficiency"),
        POINTS_A_YEAR,
        -3,
        3,
        Text(
            "单位增加值能耗年降幅的增减（正值为降得更快）。",
            "Points a year of faster fall of energy per output.",
        ),
        Text(
            "按定义计入能耗强度；能否实现及成本为判断。",
            "Enters energy intensity by definition; feasibility is judgement.",
        ),
        "A",
        ("energy_intensity_reduction", "co2_intensity_reduction"),
    ),
    Lever(
        "fuel_mix",
        Text("能源结构", "Fuel mix"),
        POINTS_A_YEAR,
        -3,
        3,
        Text(
            "单位能耗二氧化碳年降幅的增减（正值为降得更快）。",
            "Points a year of faster fall of CO2 per unit of energy.",
        ),
        Text(
            "按定义计入碳强度；能否实现及成本为判断。",
            "Enters CO2 intensity by definition; feasibility is judgement.",
        ),
        "A",
        ("co2_intensity_reduction",),
    ),
    Lever(
        "rail_delay",
        Text("轨道交通延期", "Delay of rail lines"),
        Text("年", "years"),
        -1,
        5,
        Text("在建轨道交通线路通车的推迟年数（负值为提前）。", "Years the lines under construction open later."),
        Text(
            "通车里程按工期推算；延期概率为判断。",
            "Length follows from the schedule; the odds of delay are judgement.",
        ),
        "A",
        ("rail_length",),
    ),
)
