"""Short Chinese names of the model's parameters, where a table has no room for the reason that a prior gives.

Volatilities are named after the chance whose usual size they are; a parameter without a name here keeps its id.
"""

from __future__ import annotations

from sim.language import Text
from sim.provenance.chance import CHANCES, OF_WORLD

NAMES = {
    "potential_growth_first_year": "首年潜在增速",
    "convergence_speed": "增速向长期水平收敛的速度",
    "mature_premium": "成熟后相对全国的增速差",
    "relative_persistence": "相对增速的持续性",
    "trend_error": "趋势增速的模型偏差",
    "cell_relative_persistence": "部门相对增速的持续性",
    "research_effect": "研发对生产率的作用",
    "digital_effect": "数字化对生产率的作用",
    "foreign_capital_effect": "外资对生产率的作用",
    "depreciation_rate": "折旧率",
    "capital_convergence": "资本增速收敛的速度",
    "investment_own_lag": "投资增速的持续性",
    "accelerator": "投资对增长的反应",
    "formation_retention": "资本形成偏离的年留存",
    "formation_response": "投资转为资本形成的比例",
    "investment_price_growth": "投资价格年变动",
    "demand_persistence": "需求缺口的年留存",
    "base_demand_gap": "基年需求缺口",
    "rebound_share": "基年次年弥合的缺口比例",
    "property_persistence": "房地产需求的年留存",
    "export_demand_elasticity": "出口对外需的弹性",
    "export_price_elasticity": "出口对价格的弹性",
    "import_output_elasticity": "进口对产出的弹性",
    "processing_share": "随出口而动的进口份额",
    "trade_price_trend": "进出口价格趋势",
    "trade_price_response": "进出口价格对工业品价格的反应",
    "exchange_rate_response": "汇率传递",
    "fdi_trend": "外资的年度趋势",
    "fdi_growth_response": "外资对增长的反应",
    "fdi_persistence": "外资偏离的年留存",
    "urbanisation_migration_response": "城镇化对净迁入的反应",
    "natural_rate": "人口自然增长率",
    "natural_rate_drift": "自然增长率的年变化",
    "migration_base_rate": "净迁入率",
    "migration_pull": "净迁入对相对增速的反应",
    "participation_trend": "就业占人口比重的年变化",
    "urbanisation_speed": "城镇化速度",
    "revenue_elasticity": "财政收入对增长的弹性",
    "revenue_drift": "财政收入自身的年度趋势",
    "revenue_property_response": "财政收入对房地产的反应",
    "income_elasticity": "居民收入对人均产出的弹性",
    "income_drift": "居民收入自身的年度趋势",
    "consumer_price_mean": "居民消费价格的平均涨幅",
    "consumer_price_response": "居民消费价格对需求的反应",
    "research_drift": "研发强度的年变化",
    "patent_trend": "专利的年度趋势",
    "patent_research_response": "专利对研发的反应",
    "jobs_trend": "新增就业的年度趋势",
    "jobs_elasticity": "新增就业对增长的弹性",
    "jobs_persistence": "新增就业偏离的年留存",
    "efficiency_trend": "能效趋势",
    "fuel_trend": "单位能耗碳排放的趋势",
    "doctors_growth": "医师数增速",
    "programme_delivery": "项目兑现比例",
    "reporting_lean": "发布向目标的靠拢",
    "census_level_mean": "普查对总量的平均修订",
    "census_shift_mean": "普查对第二产业比重的平均修订",
    "coverage_persistence": "海洋统计覆盖面变动的持续性",
    "coverage_break": "海洋新旧标准的水平差",
    "cell_premium": "部门长期增速差",
    "capital_share": "资本份额",
    "capital_output_ratio": "资本产出比",
    "base_capital_growth": "基年资本增速",
    "demand_gap_profile": "基年需求缺口的部门分布",
    "trade_exposure": "对外贸的敏感度",
    "investment_exposure": "对投资的敏感度",
    "property_exposure": "对房地产的敏感度",
    "national_exposure": "对全国需求的敏感度",
    "entrepot_exposure": "对转口贸易的敏感度",
    "price_trend": "平减指数趋势",
    "producer_price_response": "平减指数对工业品价格的反应",
    "marine_share": "海洋份额",
    "energy_intensity": "能耗强度",
    "bounded_drift": "自身的年度趋势",
    "fishery_share": "基年渔业份额",
    "marine_manufacturing_share": "基年制造业中的海洋份额",
    "marine_secondary_share": "基年第二产业中的海洋份额",
    "export_share": "基年出口份额",
    "census_urbanisation_shift": "普查口径城镇化率的高出幅度",
    "income_growth_before": "基年以前的收入增速",
    "national_growth_2021": "全国趋势增速（2021年）",
    "national_growth_2025": "全国趋势增速（2025年）",
    "national_growth_2030": "全国趋势增速（2030年）",
    "national_growth_2035": "全国趋势增速（2035年）",
    "national_growth_base": "全国基年增速",
    "national_persistence": "全国需求的年留存",
    "national_permanent_share": "全国冲击的持久部分",
    "national_base_gap": "全国基年需求缺口",
    "producer_price_mean": "工业品价格的平均涨幅",
    "producer_price_persistence": "工业品价格的持续性",
    "producer_price_base": "工业品价格基年涨幅",
    "world_trade_trend": "世界贸易趋势",
    "world_trade_persistence": "世界贸易的持续性",
    "world_trade_base_gap": "世界贸易基年缺口",
    "world_price_growth": "世界价格涨幅",
    "exchange_rate_base": "基年汇率",
    "exchange_rate_first_year": "首年汇率变动",
    "exchange_rate_drift": "汇率的年度趋势",
    "rare_event_size": "罕见冲击的大小",
    "rare_event_recovery": "罕见冲击的恢复",
    "rare_event_trade_multiple": "罕见冲击对外贸的倍数",
}
_SIZES = {prior: label.zh for label, prior in (*CHANCES.values(), *OF_WORLD.values())}
_SIZES["price_volatility"] = "各部门的价格冲击"


#: Units of priors that are no words, as they stand behind a number.
UNITS = {"1": Text("", ""), "pp": Text("个百分点", "points"), "growth %": Text("%/年", "% a year")}


def unit_words(unit: str, english: str) -> Text:
    """The unit of an input in both languages; `english` where it is a word already."""
    return UNITS.get(unit, Text(unit, english))


def parameter_name(name: str) -> str:
    """A parameter's short Chinese name, without cell or indicator: one with 自身 first follows the indicator's."""
    if name in NAMES:
        return NAMES[name]
    return f"{_SIZES[name]}：常年大小" if name in _SIZES else name
