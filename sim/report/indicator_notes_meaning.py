"""What indicators mean and how they are computed, in plain words: general statistics, nothing of any region.

Each entry is (meaning, formula). What a plan prints beside an indicator, and how this program reads it, is said by the
notes of its targets.
"""

from __future__ import annotations

from collections.abc import Mapping

from sim.facts.naming import names_within
from sim.language import Text

Entry = tuple[Text, Text]


def _entry(zh: str, formula: str, en: str, formula_en: str) -> Entry:
    return Text(zh, en), Text(formula, formula_en)


_GROWTH = "（本年÷上年－1）×100%"
MEANINGS: Mapping[str, Entry] = {
    "gdp": _entry("全部常住单位一年生产活动的最终成果，按现价", "各行业增加值之和",
                  "What all resident units produce in a year, at current prices", "sum of value added"),
    "gdp_real": _entry("按固定年份价格计算的地区生产总值，用来算增速", "各行业不变价增加值之和",
                       "GDP at the prices of one year, from which growth is computed", "sum of value added, constant prices"),
    "gdp_growth": _entry("地区生产总值比上年的实际增长", f"按不变价：{_GROWTH}",
                         "Real growth of GDP over the year before", "constant prices: (year ÷ year before − 1) × 100 %"),
    "gdp_growth_average": _entry("规划期内地区生产总值的年均实际增长", "[（末年÷基年）^（1÷年数）－1]×100%，按不变价",
                                 "Average real growth over the plan", "((last ÷ base)^(1 ÷ years) − 1) × 100 %"),
    "gdp_per_capita": _entry("按常住人口平均的地区生产总值", "地区生产总值÷年平均常住人口",
                             "GDP per resident", "GDP ÷ average residents"),
    "gdp_per_capita_usd": _entry("按年平均汇率折成美元的人均地区生产总值", "人均地区生产总值÷年平均汇率",
                                 "GDP per resident in dollars", "GDP per resident ÷ average exchange rate"),
    "gdp_per_capita_multiple": _entry("人均地区生产总值相当于基年的倍数", "末年人均÷基年人均，按不变价",
                                      "GDP per resident as a multiple of the base year", "last ÷ base, constant prices"),
    "gdp_share_of_city": _entry("本区地区生产总值占全市的比重", "本区÷全市×100%，按现价",
                                "Share in the city's GDP", "region ÷ city × 100 %, current prices"),
    "primary_share": _entry("第一产业增加值占地区生产总值的比重", "第一产业增加值÷地区生产总值×100%，按现价",
                            "Share of primary industry in GDP", "its value added ÷ GDP × 100 %, current prices"),
    "secondary_share": _entry("第二产业增加值占地区生产总值的比重", "第二产业增加值÷地区生产总值×100%，按现价",
                              "Share of secondary industry in GDP", "its value added ÷ GDP × 100 %, current prices"),
    "services_share": _entry("第三产业增加值占地区生产总值的比重", "第三产业增加值÷地区生产总值×100%，按现价",
                             "Share of services in GDP", "its value added ÷ GDP × 100 %, current prices"),
    "manufacturing_share": _entry("制造业增加值占地区生产总值的比重，含规模以下企业", "制造业增加值÷地区生产总值×100%，按现价",
                                  "Share of manufacturing in GDP, small firms included", "its value added ÷ GDP × 100 %"),
    "marine_gop": _entry("海洋产业及相关活动的增加值，按海洋生产总值核算", "海洋产业、科研教育、公共管理服务和上下游产业增加值之和",
                         "Value added of marine industries and what goes with them", "sum of their value added"),
    "marine_share": _entry("海洋生产总值占地区生产总值的比重", "海洋生产总值÷地区生产总值×100%，按现价",
                           "Share of gross ocean product in GDP", "gross ocean product ÷ GDP × 100 %, current prices"),
    "marine_gop_growth": _entry("海洋生产总值比上年的实际增长", f"按不变价：{_GROWTH}",
                                "Real growth of gross ocean product", "constant prices: (year ÷ year before − 1) × 100 %"),
    "industry_value_added_growth": _entry("制造业增加值比上年的实际增长", f"按不变价：{_GROWTH}",
                                          "Real growth of manufacturing", "constant prices: (year ÷ year before − 1) × 100 %"),
    "fixed_asset_investment_growth": _entry("固定资产投资（不含农户）比上年的增长", _GROWTH,
                                            "Growth of fixed-asset investment", "(year ÷ year before − 1) × 100 %"),
    "retail_sales_growth": _entry("社会消费品零售总额比上年的名义增长", _GROWTH,
                                  "Nominal growth of retail sales", "(year ÷ year before − 1) × 100 %"),
    "budget_revenue": _entry("一般公共预算收入，地方级", "税收收入＋非税收入",
                             "General public budget revenue, local part", "taxes + other revenue"),
    "budget_revenue_growth": _entry("一般公共预算收入比上年的增长，按现价", _GROWTH,
                                    "Growth of budget revenue at current prices", "(year ÷ year before − 1) × 100 %"),
    "fdi": _entry("当年实际使用的外商投资金额", "商务部门确认的到账外资合计",
                  "Foreign investment actually used in the year", "sum confirmed by the commerce bureau"),
    "trade_total": _entry("货物进出口总额，按经营单位所在地", "出口总额＋进口总额",
                          "Goods traded, by place of the trader", "exports + imports"),
    "trade_total_growth": _entry("货物进出口总额比上年的增长", _GROWTH,
                                 "Growth of goods traded", "(year ÷ year before − 1) × 100 %"),
    "rd_intensity": _entry("全社会研发经费投入与地区生产总值之比", "研发经费内部支出÷地区生产总值×100%，按现价",
                           "Spending on research in relation to GDP", "research spending ÷ GDP × 100 %"),
    "rd_spending_growth": _entry("全社会研发经费投入比上年的增长", f"按现价：{_GROWTH}",
                                 "Growth of research spending", "current prices: (year ÷ year before − 1) × 100 %"),
    "high_value_patents": _entry("每万名常住人口拥有的高价值发明专利件数", "年末有效高价值发明专利件数÷常住人口（万人）",
                                 "High-value patents per 10,000 residents", "valid patents ÷ residents"),
    "population": _entry("实际居住半年以上的人口", "人口普查数，其后各年按抽样调查推算",
                         "People living here for half a year or more", "census, then surveys"),
    "urbanisation_rate": _entry("城镇常住人口占常住人口的比重", "城镇常住人口÷常住人口×100%",
                                "Share of residents living in towns", "urban residents ÷ residents × 100 %"),
    "household_income": _entry("居民可用于最终消费支出和储蓄的人均收入", "住户调查：可支配收入÷人口",
                               "Income per head that households may spend or save", "household survey: income ÷ people"),
    "household_income_growth": _entry("居民人均可支配收入扣除价格后的增长", "名义增速扣除居民消费价格涨幅",
                                      "Real growth of disposable income per head", "nominal growth less consumer prices"),
    "household_income_growth_nominal": _entry("居民人均可支配收入未扣除价格的增长", _GROWTH,
                                              "Nominal growth of disposable income", "(year ÷ year before − 1) × 100 %"),
    "new_urban_jobs": _entry("报告期内城镇新增加的就业人数", "城镇新就业人数－自然减员人数",
                             "People newly employed in towns", "newly employed − natural attrition"),
    "new_urban_jobs_cumulative": _entry("规划期各年城镇新增就业之和", "各年城镇新增就业人数相加",
                                        "Sum of new urban jobs over the years", "sum of the years"),
    "energy_use": _entry("能源消费总量，以2020年为100", "本年÷2020年×100", "Energy use, 2020 = 100", "year ÷ 2020 × 100"),
    "co2_emissions": _entry("能源活动二氧化碳排放总量，以2020年为100", "本年÷2020年×100",
                            "Carbon dioxide of energy use, 2020 = 100", "year ÷ 2020 × 100"),
    "energy_intensity_reduction": _entry("单位地区生产总值能耗比上年的降低", "（1－本年单耗÷上年单耗）×100%，按不变价",
                                         "Fall of energy per unit of GDP over a year", "(1 − year ÷ year before) × 100 %"),
    "energy_intensity_reduction_cumulative": _entry("单位地区生产总值能耗比基年的累计降低", "（1－末年单耗÷基年单耗）×100%，按不变价",
                                                    "Cumulative fall of energy per unit of GDP", "(1 − last ÷ base) × 100 %"),
    "co2_intensity_reduction": _entry("单位地区生产总值二氧化碳排放比上年的降低", "（1－本年强度÷上年强度）×100%，按不变价",
                                      "Fall of CO2 per unit of GDP over a year", "(1 − year ÷ year before) × 100 %"),
    "co2_intensity_reduction_cumulative": _entry("单位地区生产总值二氧化碳排放比基年的累计降低", "（1－末年强度÷基年强度）×100%，按不变价",
                                                 "Cumulative fall of CO2 per unit of GDP", "(1 − last ÷ base) × 100 %"),
    "rail_length": _entry("已开通运营的轨道交通线路在本地的长度", "各开通线路区内里程之和",
                          "Length of metro lines in service", "sum over lines in service"),
    "doctors_per_1000": _entry("每千名常住人口拥有的执业（助理）医师数", "执业（助理）医师数÷常住人口×1000",
                               "Doctors per 1,000 residents", "doctors ÷ residents × 1,000"),
    "good_air_ratio": _entry("空气质量达到优良的天数占全年的比重", "优良天数÷有效监测天数×100%",
                             "Share of days with good air", "good days ÷ days measured × 100 %"),
    "good_air_days": _entry("一年中空气质量达到优良的天数", "优良天数比率×全年天数", "Days with good air", "ratio × days"),
    "good_water_ratio": _entry("地表水考核断面中水质达到或好于三类的比例", "达标断面数÷考核断面数×100%",
                               "Share of sections with water of class III or better", "sections ÷ all × 100 %"),
    "forest_cover": _entry("森林面积占土地面积的比重", "森林面积÷土地总面积×100%", "Share of land under forest", "forest ÷ land × 100 %"),
    "life_expectancy": _entry("同期出生人口预期可存活的平均年数", "按分年龄死亡率编制生命表计算",
                              "Years a newborn may expect to live", "life table of death rates by age"),
    "schooling_years": _entry("劳动年龄人口接受学历教育年数的平均", "各学历人数×年数之和÷劳动年龄人口",
                              "Average schooling of working-age people", "people × years ÷ working-age people"),
    "pension_coverage": _entry("应参保人员中实际参加基本养老保险的比重", "参保人数÷应参保人数×100%",
                               "Share of those due who are insured", "insured ÷ due × 100 %"),
    "grain_capacity": _entry("正常年景可稳定达到的粮食产出能力", "按耕地、单产和生产条件核定",
                             "Grain output that can be relied on", "from land, yields and conditions"),
    "labour_productivity": _entry("每名从业人员创造的增加值", "地区生产总值÷年平均从业人员数", "Value added per worker", "GDP ÷ average workers"),
    "new_economy_share": _entry("新技术、新产业、新业态、新模式增加值占比", "四新经济增加值÷地区生产总值×100%",
                                "Share of the new economy in GDP", "its value added ÷ GDP × 100 %"),
    "digital_core_share": _entry("数字经济核心产业增加值占地区生产总值的比重", "数字经济核心产业增加值÷地区生产总值×100%",
                                 "Share of core digital industries in GDP", "their value added ÷ GDP × 100 %"),
    "strategic_emerging_share": _entry("战略性新兴产业增加值占地区生产总值的比重", "战略性新兴产业增加值÷地区生产总值×100%",
                                       "Share of strategic emerging industries in GDP", "their value added ÷ GDP × 100 %"),
    "private_share_of_investment": _entry("民间投资占固定资产投资的比重", "民间投资÷固定资产投资×100%",
                                          "Share of private investment", "private ÷ all investment × 100 %"),
    "household_consumption_rate": _entry("居民消费支出占支出法生产总值的比重", "居民消费支出÷支出法生产总值×100%",
                                         "Household consumption in relation to GDP", "consumption ÷ GDP × 100 %"),
    "surveyed_unemployment_rate": _entry("城镇调查失业人口占经济活动人口的比重", "失业人口÷（就业人口＋失业人口）×100%",
                                         "Unemployed in relation to the labour force", "unemployed ÷ labour force × 100 %"),
    "childcare_places_per_1000": _entry("每千名常住人口拥有的3岁以下婴幼儿托位数", "托位数÷常住人口×1000",
                                        "Childcare places per 1,000 residents", "places ÷ residents × 1,000"),
    "childcare_enrolment_rate": _entry("3岁以下婴幼儿中入托的比重", "入托人数÷3岁以下婴幼儿数×100%",
                                       "Share of children under three in care", "enrolled ÷ children × 100 %"),
    "nursing_beds_share": _entry("养老机构床位中护理型床位的比重", "护理型床位÷养老机构床位×100%",
                                 "Share of nursing beds", "nursing beds ÷ beds × 100 %"),
    "pm25": _entry("细颗粒物年平均浓度", "监测站点年平均浓度的平均", "Fine particles, yearly mean", "mean over stations"),
}  # fmt: skip


def meaning_of(indicator: str) -> Entry | None:
    """Meaning and formula of an indicator; of a rate of growth whose level is known, put together; else None."""
    if indicator in MEANINGS:
        return MEANINGS[indicator]
    names = [name for name in names_within(indicator) if name in MEANINGS]
    if not names or not indicator.endswith("_growth"):
        return None
    about = MEANINGS[names[0]][0]
    return _entry(f"比上年的增长，指：{about.zh}", _GROWTH, f"Growth of: {about.en}", "(year ÷ year before − 1) × 100 %")
