"""Who keeps the figure that an indicator starts from, in any region: what is said where a pack lacks it."""

from __future__ import annotations

from collections.abc import Mapping

from sim.language import Text

_ENVIRONMENT = Text("生态环境局（环境状况公报）", "the bureau of ecology and environment")
_SURVEY = Text("国家统计局调查队（住户调查）", "the survey office of the National Bureau of Statistics")

#: What an indicator needs -> the office that has it, and the publication.
HOLDERS: Mapping[str, Text] = {
    "manufacturing_share": Text("统计局（国民经济核算的分行业增加值）", "the statistics bureau, national accounts"),
    "marine_share": Text("海洋发展局、统计局（海洋生产总值核算）", "the marine bureau, marine accounts"),
    "budget_revenue": Text("财政局（预算执行情况报告）", "the finance bureau, report on the budget"),
    "fdi": Text("商务局（实际使用外资统计）", "the commerce bureau"),
    "trade_total": Text("海关、商务局（进出口统计）", "customs and the commerce bureau"),
    "research_intensity": Text("科技局、统计局（研发经费投入统计公报）", "the science and statistics bureaus"),
    "patents": Text("市场监管局（知识产权局）", "the market regulator, intellectual property office"),
    "urbanisation": Text("统计局（人口普查、人口抽样调查）", "the statistics bureau, population census"),
    "income_level": _SURVEY,
    "income_growth": _SURVEY,
    "new_urban_jobs": Text("人力资源社会保障局（就业统计）", "the bureau of human resources"),
    "doctors_per_1000": Text("卫生健康局（卫生健康统计）", "the health commission"),
    "rail": Text("交通运输局或轨道交通公司", "the transport bureau or the metro company"),
    "good_air_ratio": _ENVIRONMENT,
    "good_water_ratio": _ENVIRONMENT,
    "forest_cover": Text("自然资源局（林业）", "the bureau of natural resources, forestry"),
    "life_expectancy": Text("卫生健康局（死因监测）", "the health commission"),
    "schooling_years": Text("教育局、统计局（人口普查）", "the education and statistics bureaus"),
    "pension_coverage": Text("人力资源社会保障局（社会保险）", "the bureau of human resources"),
    "grain_capacity": Text("农业农村局", "the bureau of agriculture"),
}
