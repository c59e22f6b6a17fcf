"""Indicators of the economy: output, structure, the marine economy, investment, trade, revenue."""

from __future__ import annotations

import numpy as np

from sim.aggregation import Accounts
from sim.indicators.registry import Moment, base_or, indicator, nominal_share, percent_growth
from sim.randomness import Array


@indicator("gdp", "地区生产总值（现价）", "GDP at current prices", "亿元", source="Σ各部门现价增加值")
def _gdp(m: Moment) -> Array:
    return m.now.reporting.gdp


@indicator("gdp_real", "地区生产总值（2020年价）", "GDP at 2020 prices", "亿元", source="Σ各部门不变价增加值")
def _gdp_real(m: Moment) -> Array:
    return m.now.reporting.gdp_real


@indicator("gdp_growth", "地区生产总值增速（不变价）", "Growth of GDP, constant prices", "%")
def _gdp_growth(m: Moment) -> Array:
    return base_or(m, "gdp_growth", lambda: percent_growth(m.now.reporting.gdp_real, m.before.reporting.gdp_real))


@indicator("gdp_growth_average", "地区生产总值年均增速（基年以来）", "Average growth of GDP since the base year", "%")
def _gdp_growth_average(m: Moment) -> Array:
    ratio = m.now.reporting.gdp_real / m.base.reporting.gdp_real
    return base_or(m, "", lambda: 100.0 * (ratio ** (1.0 / m.elapsed) - 1.0))


@indicator("gdp_per_capita", "人均地区生产总值", "GDP per head", "元", source="普查口径常住人口")
def _gdp_per_capita(m: Moment) -> Array:
    return m.now.reporting.gdp / m.now.people.population * 1e4


@indicator(
    "gdp_per_capita_usd",
    "人均地区生产总值（美元）",
    "GDP per head in dollars",
    "美元",
    source="普查口径常住人口",
)
def _gdp_per_capita_usd(m: Moment) -> Array:
    return _gdp_per_capita(m) / m.exchange_rate


@indicator(
    "gdp_share_of_city",
    "地区生产总值占全市比重",
    "Share in the city's GDP",
    "%",
    source="全市为本区与全市其余地区之和",
    needs="city",
)
def _gdp_share_of_city(m: Moment) -> Array:
    city = m.city_gdp
    return np.full_like(m.now.reporting.gdp, np.nan) if city is None else 100.0 * m.now.reporting.gdp / city


@indicator("primary_share", "第一产业比重", "Share of primary industry", "%", 0)
def _primary_share(m: Moment) -> Array:
    return nominal_share(m, m.pack.industry("primary"))


@indicator("secondary_share", "第二产业比重", "Share of secondary industry", "%", 0)
def _secondary_share(m: Moment) -> Array:
    return nominal_share(m, m.pack.industry("secondary"))


@indicator("services_share", "第三产业比重", "Share of services", "%", 0)
def _services_share(m: Moment) -> Array:
    return nominal_share(m, m.pack.industry("tertiary"))


@indicator(
    "manufacturing_share",
    "制造业增加值占地区生产总值比重",
    "Share of manufacturing in GDP",
    "%",
    needs="manufacturing_share",
)
def _manufacturing_share(m: Moment) -> Array:
    return nominal_share(m, m.pack.group("manufacturing"))


@indicator(
    "marine_gop", "海洋生产总值（现价）", "Gross ocean product", "亿元", source="GB/T 20794—2021", needs="marine_share"
)
def _marine_gop(m: Moment) -> Array:
    return m.now.reporting.marine_gop


@indicator(
    "marine_share", "海洋经济增加值占地区生产总值比重", "Share of the marine economy in GDP", "%", needs="marine_share"
)
def _marine_share(m: Moment) -> Array:
    return 100.0 * m.now.reporting.marine_gop / m.now.reporting.gdp


@indicator(
    "marine_gop_growth",
    "海洋生产总值增速（不变价，不含口径变动）",
    "Growth of gross ocean product, volume",
    "%",
    needs="marine_share",
)
def _marine_gop_growth(m: Moment) -> Array:
    return base_or(m, "", lambda: percent_growth(m.now.reporting.marine_volume, m.before.reporting.marine_volume))


@indicator(
    "industry_value_added_growth",
    "制造业增加值增速（不变价）",
    "Growth of manufacturing value added",
    "%",
    needs="manufacturing_share",
)
def _industry_value_added_growth(m: Moment) -> Array:
    chosen = m.pack.group("manufacturing")

    def total(state: Accounts) -> Array:
        made: Array = np.add.reduce(state.reporting.value_added_real * chosen, axis=0)
        return made

    return base_or(m, "", lambda: percent_growth(total(m.now), total(m.before)))


@indicator("fixed_asset_investment_growth", "固定资产投资增速", "Growth of fixed-asset investment", "%")
def _fixed_asset_investment_growth(m: Moment) -> Array:
    return base_or(m, "", lambda: 100.0 * np.expm1(m.now.capital.reported_growth))


@indicator("retail_sales_growth", "社会消费品零售总额增速", "Growth of retail sales", "%")
def _retail_sales_growth(m: Moment) -> Array:
    return base_or(m, "", lambda: 100.0 * np.expm1(m.now.finance.retail_growth))


@indicator("budget_revenue", "一般公共预算收入", "General public budget revenue", "亿元", needs="budget_revenue")
def _budget_revenue(m: Moment) -> Array:
    return m.now.finance.revenue


@indicator("budget_revenue_growth", "一般公共预算收入增速", "Growth of budget revenue", "%", needs="budget_revenue")
def _budget_revenue_growth(m: Moment) -> Array:
    growth = percent_growth(m.now.finance.revenue, m.before.finance.revenue)
    return base_or(m, "budget_revenue_growth", lambda: growth)


@indicator("fdi", "实际利用外资", "Foreign capital actually used", "亿美元", needs="fdi")
def _fdi(m: Moment) -> Array:
    return m.now.trade.fdi


@indicator("trade_total", "外贸进出口总额（宽口径）", "Imports and exports, wide scope", "亿元", needs="trade_total")
def _trade_total(m: Moment) -> Array:
    return m.now.trade.total


@indicator("trade_total_growth", "外贸进出口总额增速", "Growth of imports and exports", "%", needs="trade_total")
def _trade_total_growth(m: Moment) -> Array:
    return base_or(m, "", lambda: percent_growth(m.now.trade.total, m.before.trade.total))
