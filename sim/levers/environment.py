"""Levers on energy and environment."""

from __future__ import annotations

from sim.language import Text
from sim.levers.channels import BY_DEFINITION, EMISSIONS
from sim.levers.kinds import POINTS_A_YEAR, Lever

ENVIRONMENT: tuple[Lever, ...] = (
    Lever(
        id="energy_efficiency",
        family="environment",
        label=Text("节能", "Energy efficiency"),
        unit=POINTS_A_YEAR,
        low=-3,
        high=3,
        step=1,
        meaning=Text(
            "单位增加值能耗年降幅的增减（正值为降得更快）。",
            "Points a year of faster fall of energy per output.",
        ),
        evidence=Text(
            "按定义计入能耗强度；能否实现及成本为判断，模型不计节能对产出的影响。",
            "Enters energy intensity by definition; feasibility and cost are judgement, and output is left as it is.",
        ),
        grade="I",
        moves={"energy_intensity_reduction": 1, "co2_intensity_reduction": 1, "energy_use": -1},
        through=("energy_intensity_reduction_cumulative", *EMISSIONS),
    ),
    Lever(
        id="fuel_mix",
        family="environment",
        label=Text("能源结构", "Fuel mix"),
        unit=POINTS_A_YEAR,
        low=-3,
        high=3,
        step=1,
        meaning=Text(
            "单位能耗二氧化碳年降幅的增减（正值为降得更快）。",
            "Points a year of faster fall of CO2 per unit of energy.",
        ),
        evidence=Text(
            "按定义计入碳强度；能否实现及成本为判断。",
            "Enters CO2 intensity by definition; feasibility is judgement.",
        ),
        grade="I",
        moves={"co2_intensity_reduction": 1, "co2_emissions": -1},
        through=EMISSIONS,
    ),
    Lever(
        id="air_quality",
        family="environment",
        label=Text("空气质量", "Air quality"),
        unit=POINTS_A_YEAR,
        low=-1,
        high=2,
        step=0.5,
        meaning=Text(
            "空气质量优良天数比率年变化的增减，天气波动另计。",
            "Points a year added to the share of good-air days; weather comes on top.",
        ),
        evidence=BY_DEFINITION,
        grade="I",
        moves={"good_air_ratio": 1},
        through=("good_air_days",),
    ),
    Lever(
        id="water_quality",
        family="environment",
        label=Text("水质", "Water quality"),
        unit=POINTS_A_YEAR,
        low=-1,
        high=2,
        step=0.5,
        meaning=Text("地表水优良比例年变化的增减。", "Points a year added to the share of good surface water."),
        evidence=BY_DEFINITION,
        grade="I",
        moves={"good_water_ratio": 1},
    ),
    Lever(
        id="forest_cover",
        family="environment",
        label=Text("森林覆盖率", "Forest cover"),
        unit=POINTS_A_YEAR,
        low=-0.3,
        high=0.5,
        step=0.1,
        meaning=Text("森林覆盖率年变化的增减。", "Points a year added to forest cover."),
        evidence=BY_DEFINITION,
        grade="I",
        moves={"forest_cover": 1},
    ),
    Lever(
        id="grain_capacity",
        family="environment",
        label=Text("粮食综合生产能力", "Grain capacity"),
        unit=Text("万吨/年", "10,000 tonnes a year"),
        low=-0.5,
        high=0.5,
        step=0.1,
        meaning=Text("粮食综合生产能力每年的增减。", "Grain production capacity added a year."),
        evidence=BY_DEFINITION,
        grade="I",
        moves={"grain_capacity": 1},
    ),
)
