"""What indicators of people, services and the environment mean and how they are computed, in plain words."""

from __future__ import annotations

from collections.abc import Mapping

from sim.report.indicator_notes.entry import GROWTH, Entry, entry

SOCIETY: Mapping[str, Entry] = {
    "population": entry(
        "实际居住半年以上的人口",
        "人口普查数，其后各年按抽样调查推算",
        "People living here for half a year or more",
        "census, then surveys",
    ),
    "urbanisation_rate": entry(
        "城镇常住人口占常住人口的比重",
        "城镇常住人口÷常住人口×100%",
        "Share of residents living in towns",
        "urban residents ÷ residents × 100 %",
    ),
    "household_income": entry(
        "居民可用于最终消费支出和储蓄的人均收入",
        "住户调查：可支配收入÷人口",
        "Income per head that households may spend or save",
        "household survey: income ÷ people",
    ),
    "household_income_growth": entry(
        "居民人均可支配收入扣除价格后的增长",
        "名义增速扣除居民消费价格涨幅",
        "Real growth of disposable income per head",
        "nominal growth less consumer prices",
    ),
    "household_income_growth_nominal": entry(
        "居民人均可支配收入未扣除价格的增长",
        GROWTH,
        "Nominal growth of disposable income",
        "(year ÷ year before − 1) × 100 %",
    ),
    "new_urban_jobs": entry(
        "报告期内城镇新增加的就业人数",
        "城镇新就业人数－自然减员人数",
        "People newly employed in towns",
        "newly employed − natural attrition",
    ),
    "new_urban_jobs_cumulative": entry(
        "规划期各年城镇新增就业之和",
        "各年城镇新增就业人数相加",
        "Sum of new urban jobs over the years",
        "sum of the years",
    ),
    "energy_use": entry(
        "能源消费总量，以2020年为100", "本年÷2020年×100", "Energy use, 2020 = 100", "year ÷ 2020 × 100"
    ),
    "co2_emissions": entry(
        "能源活动二氧化碳排放总量，以2020年为100",
        "本年÷2020年×100",
        "Carbon dioxide of energy use, 2020 = 100",
        "year ÷ 2020 × 100",
    ),
    "energy_intensity_reduction": entry(
        "单位地区生产总值能耗比上年的降低",
        "（1－本年单耗÷上年单耗）×100%，按不变价",
        "Fall of energy per unit of GDP over a year",
        "(1 − year ÷ year before) × 100 %",
    ),
    "energy_intensity_reduction_cumulative": entry(
        "单位地区生产总值能耗比基年的累计降低",
        "（1－末年单耗÷基年单耗）×100%，按不变价",
        "Cumulative fall of energy per unit of GDP",
        "(1 − last ÷ base) × 100 %",
    ),
    "co2_intensity_reduction": entry(
        "单位地区生产总值二氧化碳排放比上年的降低",
        "（1－本年强度÷上年强度）×100%，按不变价",
        "Fall of CO2 per unit of GDP over a year",
        "(1 − year ÷ year before) × 100 %",
    ),
    "co2_intensity_reduction_cumulative": entry(
        "单位地区生产总值二氧化碳排放比基年的累计降低",
        "（1－末年强度÷基年强度）×100%，按不变价",
        "Cumulative fall of CO2 per unit of GDP",
        "(1 − last ÷ base) × 100 %",
    ),
    "rail_length": entry(
        "已开通运营的轨道交通线路在本地的长度",
        "各开通线路区内里程之和",
        "Length of metro lines in service",
        "sum over lines in service",
    ),
    "doctors_per_1000": entry(
        "每千名常住人口拥有的执业（助理）医师数",
        "执业（助理）医师数÷常住人口×1000",
        "Doctors per 1,000 residents",
        "doctors ÷ residents × 1,000",
    ),
    "good_air_ratio": entry(
        "空气质量达到优良的天数占全年的比重",
        "优良天数÷有效监测天数×100%",
        "Share of days with good air",
        "good days ÷ days measured × 100 %",
    ),
    "good_air_days": entry(
        "一年中空气质量达到优良的天数", "优良天数比率×全年天数", "Days with good air", "ratio × days"
    ),
    "good_water_ratio": entry(
        "地表水考核断面中水质达到或好于三类的比例",
        "达标断面数÷考核断面数×100%",
        "Share of sections with water of class III or better",
        "sections ÷ all × 100 %",
    ),
    "forest_cover": entry(
        "森林面积占土地面积的比重", "森林面积÷土地总面积×100%", "Share of land under forest", "forest ÷ land × 100 %"
    ),
    "life_expectancy": entry(
        "同期出生人口预期可存活的平均年数",
        "按分年龄死亡率编制生命表计算",
        "Years a newborn may expect to live",
        "life table of death rates by age",
    ),
    "schooling_years": entry(
        "劳动年龄人口接受学历教育年数的平均",
        "各学历人数×年数之和÷劳动年龄人口",
        "Average schooling of working-age people",
        "people × years ÷ working-age people",
    ),
    "pension_coverage": entry(
        "应参保人员中实际参加基本养老保险的比重",
        "参保人数÷应参保人数×100%",
        "Share of those due who are insured",
        "insured ÷ due × 100 %",
    ),
    "grain_capacity": entry(
        "正常年景可稳定达到的粮食产出能力",
        "按耕地、单产和生产条件核定",
        "Grain output that can be relied on",
        "from land, yields and conditions",
    ),
    "labour_productivity": entry(
        "每名从业人员创造的增加值", "地区生产总值÷年平均从业人员数", "Value added per worker", "GDP ÷ average workers"
    ),
    "new_economy_share": entry(
        "新技术、新产业、新业态、新模式增加值占比",
        "四新经济增加值÷地区生产总值×100%",
        "Share of the new economy in GDP",
        "its value added ÷ GDP × 100 %",
    ),
    "digital_core_share": entry(
        "数字经济核心产业增加值占地区生产总值的比重",
        "数字经济核心产业增加值÷地区生产总值×100%",
        "Share of core digital industries in GDP",
        "their value added ÷ GDP × 100 %",
    ),
    "strategic_emerging_share": entry(
        "战略性新兴产业增加值占地区生产总值的比重",
        "战略性新兴产业增加值÷地区生产总值×100%",
        "Share of strategic emerging industries in GDP",
        "their value added ÷ GDP × 100 %",
    ),
    "private_share_of_investment": entry(
        "民间投资占固定资产投资的比重",
        "民间投资÷固定资产投资×100%",
        "Share of private investment",
        "private ÷ all investment × 100 %",
    ),
    "household_consumption_rate": entry(
        "居民消费支出占支出法生产总值的比重",
        "居民消费支出÷支出法生产总值×100%",
        "Household consumption in relation to GDP",
        "consumption ÷ GDP × 100 %",
    ),
    "surveyed_unemployment_rate": entry(
        "城镇调查失业人口占经济活动人口的比重",
        "失业人口÷（就业人口＋失业人口）×100%",
        "Unemployed in relation to the labour force",
        "unemployed ÷ labour force × 100 %",
    ),
    "childcare_places_per_1000": entry(
        "每千名常住人口拥有的3岁以下婴幼儿托位数",
        "托位数÷常住人口×1000",
        "Childcare places per 1,000 residents",
        "places ÷ residents × 1,000",
    ),
    "childcare_enrolment_rate": entry(
        "3岁以下婴幼儿中入托的比重",
        "入托人数÷3岁以下婴幼儿数×100%",
        "Share of children under three in care",
        "enrolled ÷ children × 100 %",
    ),
    "nursing_beds_share": entry(
        "养老机构床位中护理型床位的比重",
        "护理型床位÷养老机构床位×100%",
        "Share of nursing beds",
        "nursing beds ÷ beds × 100 %",
    ),
    "pm25": entry(
        "细颗粒物年平均浓度", "监测站点年平均浓度的平均", "Fine particles, yearly mean", "mean over stations"
    ),
}
