"""Levers on public services and facilities, income and revenue."""

from __future__ import annotations

from sim.language import Text
from sim.levers.channels import BY_DEFINITION, spread
from sim.levers.kinds import POINTS_A_YEAR, Lever

SERVICES: tuple[Lever, ...] = (
    Lever(
        id="rail_delay",
        family="services",
        label=Text("轨道交通延期", "Delay of rail lines"),
        unit=Text("年", "years"),
        low=-1,
        high=5,
        step=1,
        meaning=Text(
            "在建轨道交通线路通车的推迟年数（负值为提前）。",
            "Years the lines under construction open later.",
        ),
        evidence=Text(
            "通车里程按工期推算；延期概率为判断，模型不计地铁对产出的影响。",
            "Length follows from the schedule; the odds of delay are judgement, and output is left as it is.",
        ),
        grade="I",
        moves={"rail_length": -1},
    ),
    Lever(
        id="doctors",
        family="services",
        label=Text("执业医师", "Doctors"),
        unit=Text("人/年", "persons a year"),
        low=-500,
        high=2000,
        step=100,
        meaning=Text("每年新增执业（助理）医师的增减。", "Licensed (assistant) doctors added a year."),
        evidence=BY_DEFINITION,
        grade="I",
        moves={"doctors_per_1000": 1},
    ),
    Lever(
        id="childcare_places",
        family="services",
        label=Text("托位", "Childcare places"),
        unit=Text("个/年", "places a year"),
        low=0,
        high=5000,
        step=500,
        meaning=Text("每年新增的 3 岁以下婴幼儿托位。", "Places for children under three added a year."),
        evidence=BY_DEFINITION,
        grade="I",
        moves={"childcare_places_per_1000": 1},
    ),
    Lever(
        id="pension_coverage",
        family="services",
        label=Text("养老保险参保", "Pension coverage"),
        unit=POINTS_A_YEAR,
        low=-0.5,
        high=1,
        step=0.1,
        meaning=Text("基本养老保险参保率年变化的增减。", "Points a year added to the coverage of basic pensions."),
        evidence=BY_DEFINITION,
        grade="I",
        moves={"pension_coverage": 1},
    ),
    Lever(
        id="schooling",
        family="services",
        label=Text("受教育年限", "Schooling"),
        unit=Text("年/年", "years a year"),
        low=0,
        high=0.3,
        step=0.1,
        meaning=Text(
            "劳动年龄人口平均受教育年限每年多增的年数。",
            "Additional years of schooling gained a year.",
        ),
        evidence=BY_DEFINITION,
        grade="I",
        moves={"schooling_years": 1},
    ),
    Lever(
        id="life_expectancy",
        family="services",
        label=Text("人均预期寿命", "Life expectancy"),
        unit=Text("岁/年", "years a year"),
        low=0,
        high=0.2,
        step=0.1,
        meaning=Text("人均预期寿命每年多增的岁数。", "Additional years of life expectancy gained a year."),
        evidence=BY_DEFINITION,
        grade="I",
        moves={"life_expectancy": 1},
    ),
)

FINANCE: tuple[Lever, ...] = (
    Lever(
        id="household_income",
        family="finance",
        label=Text("居民收入", "Household income"),
        unit=POINTS_A_YEAR,
        low=-2,
        high=2,
        step=1,
        meaning=Text(
            "居民人均可支配收入年增速的增减，在随经济增长的部分之外。",
            "Points a year added to the growth of household income beyond what follows output.",
        ),
        evidence=BY_DEFINITION,
        grade="I",
        moves={"household_income_growth": 1, "household_income": 1},
        through=("household_income_growth_nominal", "retail_sales_growth"),
    ),
    Lever(
        id="revenue_growth",
        family="finance",
        label=Text("财政收入", "Budget revenue"),
        unit=POINTS_A_YEAR,
        low=-5,
        high=5,
        step=1,
        meaning=Text(
            "一般公共预算收入年增速的增减，在随经济增长的部分之外。",
            "Points a year added to the growth of budget revenue beyond what follows output.",
        ),
        evidence=BY_DEFINITION,
        grade="I",
        moves={"budget_revenue_growth": 1, "budget_revenue": 1},
        history=spread(
            -11.3, 11.3, "一省一年收入增速偏离自身均值", "a province's year of revenue against its own mean"
        ),
    ),
)
