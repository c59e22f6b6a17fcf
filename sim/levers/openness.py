"""Levers on openness, and on people and jobs."""

from __future__ import annotations

from sim.language import Text
from sim.levers.channels import BY_DEFINITION, OUTPUT, spread
from sim.levers.kinds import POINTS_A_YEAR, Ceiling, Lever

OPENNESS: tuple[Lever, ...] = (
    Lever(
        id="fdi_growth",
        family="openness",
        label=Text("实际使用外资增长", "Growth of foreign investment"),
        unit=POINTS_A_YEAR,
        low=-30,
        high=30,
        step=10,
        meaning=Text(
            "实际使用外资年增速的增减；水平累积后经制造业生产率影响增长。",
            "Points a year added to the growth of foreign direct investment; its level reaches growth by productivity.",
        ),
        evidence=Text(
            "指标按定义计入；对制造业生产率的溢出为判断（可以为零）。Haskel、Pereira、Slaughter（2007）：英国制造业中外资份额"
            "高10个百分点，内资企业生产率高约0.5%；开发区对引资的作用见 Wang（2013）。口径与本杠杆不同，未直接采用。",
            "The figure enters by definition; the spill-over to manufacturing is judgement and may be nil. Haskel, "
            "Pereira, Slaughter (2007): ten more points of foreign presence in an industry of the UK, some 0.5 % more "
            "productivity of domestic plants; Wang (2013) on what zones attract. Other units, so not used as they are.",
        ),
        grade="D",
        moves={"fdi": 1, "gdp_growth": 1},
        through=OUTPUT,
        ceilings=(
            Ceiling(
                0.67,
                "gdp_real",
                "unit",
                None,
                "A",
                Text(
                    "准实验：设立国家级开发区整套政策使城市生产总值水平高约20%（Alder、Shao、Zilibotti 2016），"
                    "引资只是其中一部分；以杠杆上限30个百分点合20%计",
                    "quasi-experiment: all that comes with a state-level zone raises a city's GDP by about 20 % "
                    "(Alder, Shao, Zilibotti 2016), of which investment from abroad is a part; 20 % at the bound of 30",
                ),
            ),
        ),
    ),
    Lever(
        id="trade_growth",
        family="openness",
        label=Text("外贸与港口开放", "Port and trade openness"),
        unit=POINTS_A_YEAR,
        low=-20,
        high=20,
        step=5,
        meaning=Text(
            "进出口总额年增速的增减；对增加值只有部分传导。",
            "Points a year added to the growth of trade; only a part reaches value added.",
        ),
        evidence=Text(
            "进出口按定义计入；保税转口对增加值的传导（0—0.25）为判断。Brandt 等（2017）：中国入世降低关税提高了制造业"
            "生产率，但没有可直接换算成本杠杆的数。",
            "Trade enters by definition; the pass-through of entrepot trade (0-0.25) is judgement. Brandt and others "
            "(2017): lower tariffs raised productivity in China's manufacturing; no number of theirs fits this lever.",
        ),
        grade="D",
        moves={"trade_total": 1, "trade_total_growth": 1},
        through=OUTPUT,
        history=spread(
            -26.1, 26.1, "一省一年进出口增速偏离自身均值", "a province's year of trade against its own mean"
        ),
        ceilings=(
            Ceiling(
                0.5,
                "gdp_growth",
                "unit",
                None,
                "B",
                Text(
                    "跨国工具变量估计：收入对贸易的弹性约一半（Feyrer 2019）",
                    "estimates with instruments across countries: elasticity of income to trade of about one half "
                    "(Feyrer 2019)",
                ),
            ),
        ),
    ),
)

PEOPLE: tuple[Lever, ...] = (
    Lever(
        id="net_migration",
        family="people",
        label=Text("人口与人才净迁入", "Net migration of people and talent"),
        unit=Text("万人/年", "10,000 persons a year"),
        low=-5,
        high=10,
        step=1,
        meaning=Text(
            "每年净迁入常住人口的增减；不分学历和技能，人才的额外作用请用生产率杠杆。",
            "Residents a year added to net migration, of whatever skill: what talent adds belongs to productivity.",
        ),
        evidence=Text(
            "人口按定义计入；就业按校准的参与率，产出按劳动份额。迁入者与现有居民生产率相同为判断。",
            "People enter by definition; jobs by the calibrated participation, output by the share of labour. That "
            "newcomers are as productive as residents is judgement.",
        ),
        grade="I",
        moves={"population": 1, "urbanisation_rate": 1, "gdp_growth": 1},
        through=OUTPUT,
        ceilings=(
            Ceiling(
                100.0,
                "gdp_growth",
                "head",
                None,
                "I",
                Text(
                    "核算：规模报酬不变，人口增加百分之几，产出至多增加百分之几",
                    "accounting: with constant returns output grows by no more percent than the population",
                ),
            ),
        ),
    ),
    Lever(
        id="new_jobs",
        family="people",
        label=Text("城镇新增就业", "New urban jobs"),
        unit=Text("万人/年", "10,000 persons a year"),
        low=-3,
        high=5,
        step=1,
        meaning=Text(
            "每年城镇新增就业人数的增减；是登记口径的流量，不改变劳动力总量。",
            "New urban jobs added a year; a registered flow that leaves the labour force unchanged.",
        ),
        evidence=BY_DEFINITION,
        grade="I",
        moves={"new_urban_jobs": 1, "new_urban_jobs_cumulative": 1},
    ),
)
