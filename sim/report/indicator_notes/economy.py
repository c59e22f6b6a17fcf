"""What indicators of the economy mean and how they are computed, in plain words."""

from __future__ import annotations

from collections.abc import Mapping

from sim.report.indicator_notes.entry import GROWTH, Entry, entry

ECONOMY: Mapping[str, Entry] = {
    "gdp": entry(
        "全部常住单位一年生产活动的最终成果，按现价",
        "各行业增加值之和",
        "What all resident units produce in a year, at current prices",
        "sum of value added",
    ),
    "gdp_real": entry(
        "按固定年份价格计算的地区生产总值，用来算增速",
        "各行业不变价增加值之和",
        "GDP at the prices of one year, from which growth is computed",
        "sum of value added, constant prices",
    ),
    "gdp_growth": entry(
        "地区生产总值比上年的实际增长",
        f"按不变价：{GROWTH}",
        "Real growth of GDP over the year before",
        "constant prices: (year ÷ year before − 1) × 100 %",
    ),
    "gdp_growth_average": entry(
        "规划期内地区生产总值的年均实际增长",
        "[（末年÷基年）^（1÷年数）－1]×100%，按不变价",
        "Average real growth over the plan",
        "((last ÷ base)^(1 ÷ years) − 1) × 100 %",
    ),
    "gdp_per_capita": entry(
        "按常住人口平均的地区生产总值", "地区生产总值÷年平均常住人口", "GDP per resident", "GDP ÷ average residents"
    ),
    "gdp_per_capita_usd": entry(
        "按年平均汇率折成美元的人均地区生产总值",
        "人均地区生产总值÷年平均汇率",
        "GDP per resident in dollars",
        "GDP per resident ÷ average exchange rate",
    ),
    "gdp_per_capita_multiple": entry(
        "人均地区生产总值相当于基年的倍数",
        "末年人均÷基年人均，按不变价",
        "GDP per resident as a multiple of the base year",
        "last ÷ base, constant prices",
    ),
    "gdp_share_of_city": entry(
        "本区地区生产总值占全市的比重",
        "本区÷全市×100%，按现价",
        "Share in the city's GDP",
        "region ÷ city × 100 %, current prices",
    ),
    "primary_share": entry(
        "第一产业增加值占地区生产总值的比重",
        "第一产业增加值÷地区生产总值×100%，按现价",
        "Share of primary industry in GDP",
        "its value added ÷ GDP × 100 %, current prices",
    ),
    "secondary_share": entry(
        "第二产业增加值占地区生产总值的比重",
        "第二产业增加值÷地区生产总值×100%，按现价",
        "Share of secondary industry in GDP",
        "its value added ÷ GDP × 100 %, current prices",
    ),
    "services_share": entry(
        "第三产业增加值占地区生产总值的比重",
        "第三产业增加值÷地区生产总值×100%，按现价",
        "Share of services in GDP",
        "its value added ÷ GDP × 100 %, current prices",
    ),
    "manufacturing_share": entry(
        "制造业增加值占地区生产总值的比重，含规模以下企业",
        "制造业增加值÷地区生产总值×100%，按现价",
        "Share of manufacturing in GDP, small firms included",
        "its value added ÷ GDP × 100 %",
    ),
    "marine_gop": entry(
        "海洋产业及相关活动的增加值，按海洋生产总值核算",
        "海洋产业、科研教育、公共管理服务和上下游产业增加值之和",
        "Value added of marine industries and what goes with them",
        "sum of their value added",
    ),
    "marine_share": entry(
        "海洋生产总值占地区生产总值的比重",
        "海洋生产总值÷地区生产总值×100%，按现价",
        "Share of gross ocean product in GDP",
        "gross ocean product ÷ GDP × 100 %, current prices",
    ),
    "marine_gop_growth": entry(
        "海洋生产总值比上年的实际增长",
        f"按不变价：{GROWTH}",
        "Real growth of gross ocean product",
        "constant prices: (year ÷ year before − 1) × 100 %",
    ),
    "industry_value_added_growth": entry(
        "制造业增加值比上年的实际增长",
        f"按不变价：{GROWTH}",
        "Real growth of manufacturing",
        "constant prices: (year ÷ year before − 1) × 100 %",
    ),
    "fixed_asset_investment_growth": entry(
        "固定资产投资（不含农户）比上年的增长",
        GROWTH,
        "Growth of fixed-asset investment",
        "(year ÷ year before − 1) × 100 %",
    ),
    "retail_sales_growth": entry(
        "社会消费品零售总额比上年的名义增长",
        GROWTH,
        "Nominal growth of retail sales",
        "(year ÷ year before − 1) × 100 %",
    ),
    "budget_revenue": entry(
        "一般公共预算收入，地方级",
        "税收收入＋非税收入",
        "General public budget revenue, local part",
        "taxes + other revenue",
    ),
    "budget_revenue_growth": entry(
        "一般公共预算收入比上年的增长，按现价",
        GROWTH,
        "Growth of budget revenue at current prices",
        "(year ÷ year before − 1) × 100 %",
    ),
    "fdi": entry(
        "当年实际使用的外商投资金额",
        "商务部门确认的到账外资合计",
        "Foreign investment actually used in the year",
        "sum confirmed by the commerce bureau",
    ),
    "trade_total": entry(
        "货物进出口总额，按经营单位所在地",
        "出口总额＋进口总额",
        "Goods traded, by place of the trader",
        "exports + imports",
    ),
    "trade_total_growth": entry(
        "货物进出口总额比上年的增长", GROWTH, "Growth of goods traded", "(year ÷ year before − 1) × 100 %"
    ),
    "rd_intensity": entry(
        "全社会研发经费投入与地区生产总值之比",
        "研发经费内部支出÷地区生产总值×100%，按现价",
        "Spending on research in relation to GDP",
        "research spending ÷ GDP × 100 %",
    ),
    "rd_spending_growth": entry(
        "全社会研发经费投入比上年的增长",
        f"按现价：{GROWTH}",
        "Growth of research spending",
        "current prices: (year ÷ year before − 1) × 100 %",
    ),
    "high_value_patents": entry(
        "每万名常住人口拥有的高价值发明专利件数",
        "年末有效高价值发明专利件数÷常住人口（万人）",
        "High-value patents per 10,000 residents",
        "valid patents ÷ residents",
    ),
}
