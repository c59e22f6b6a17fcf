"""Indicators of science, people, the environment and public services."""

from __future__ import annotations

from calendar import isleap

import numpy as np

from sim.equations.energy import yearly_reduction
from sim.equations.population import share_of_logit
from sim.indicators.registry import (
    INDICATORS,
    Indicator,
    Mechanism,
    Moment,
    base_or,
    indicator,
    percent_growth,
    unavailable,
)
from sim.language import Text
from sim.randomness import Array


@indicator("rd_intensity", "研发经费投入强度", "R&D spending as a share of GDP", "%", needs="research_intensity")
def _rd_intensity(m: Moment) -> Array:
    return 100.0 * m.now.finance.research_intensity


@indicator("rd_spending_growth", "研发经费投入增速（现价）", "Growth of R&D spending", "%", needs="research_intensity")
def _rd_spending_growth(m: Moment) -> Array:
    now = m.now.finance.research_intensity * m.now.prices.gdp_nominal
    before = m.before.finance.research_intensity * m.before.prices.gdp_nominal
    return base_or(m, "", lambda: percent_growth(now, before))


@indicator(
    "high_value_patents",
    "每万人口高价值发明专利拥有量",
    "High-value patents per 10,000 residents",
    "件/万人",
    needs=("patents", "research_intensity"),  # patents grow with research
)
def _high_value_patents(m: Moment) -> Array:
    heads = m.now.people.population / m.base.people.population
    return m.reported["patents"] * m.now.finance.patents / heads


@indicator("population", "常住人口（普查口径）", "Residents, census concept", "万人")
def _population(m: Moment) -> Array:
    return m.now.people.population


@indicator(
    "urbanisation_rate",
    "常住人口城镇化率（规划口径）",
    "Urbanisation rate, the plan's concept",
    "%",
    needs="urbanisation",
)
def _urbanisation_rate(m: Moment) -> Array:
    return 100.0 * share_of_logit(log_odds=m.now.people.urbanisation)


@indicator(
    "urbanisation_rate_census",
    "常住人口城镇化率（普查口径）",
    "Urbanisation rate, census concept",
    "%",
    needs="urbanisation",
)
def _urbanisation_rate_census(m: Moment) -> Array:
    return 100.0 * share_of_logit(log_odds=m.now.people.census_urbanisation)


@indicator(
    "household_income",
    "居民人均可支配收入",
    "Household disposable income per head",
    "元",
    source="由最近一期收入水平推算",
    needs="income_level",
)
def _household_income(m: Moment) -> Array:
    return m.now.finance.income


@indicator(
    "household_income_growth",
    "居民人均可支配收入增速（实际）",
    "Growth of household income, real",
    "%",
    needs="income_growth",
)
def _household_income_growth(m: Moment) -> Array:
    return base_or(m, "income_growth", lambda: 100.0 * np.expm1(m.now.finance.income_real_growth))


@indicator(
    "household_income_growth_nominal",
    "居民人均可支配收入增速（名义）",
    "Growth of household income, nominal",
    "%",
    needs="income_growth",
)
def _household_income_growth_nominal(m: Moment) -> Array:
    growth = m.now.finance.income_real_growth + m.now.prices.consumer_price_growth
    return base_or(m, "income_growth", lambda: 100.0 * np.expm1(growth))


@indicator("new_urban_jobs", "城镇新增就业人数", "New urban jobs", "万人", mechanism="flow", needs="new_urban_jobs")
def _new_urban_jobs(m: Moment) -> Array:
    return m.now.finance.new_jobs


@indicator("new_urban_jobs_cumulative", "城镇新增就业累计（基年以来）", "New urban jobs since the base year", "万人",
           mechanism="flow", needs="new_urban_jobs")  # fmt: skip
def _new_urban_jobs_cumulative(m: Moment) -> Array:
    return m.now.finance.new_jobs_cumulative


@indicator(
    "energy_use",
    "能源消费总量（2020年=100）",
    "Energy use, 2020 = 100",
    "2020年=100",
    -1,
    source="无区级总量数据",
)
def _energy_use(m: Moment) -> Array:
    return 100.0 * m.now.environment.energy / m.base.environment.energy


@indicator(
    "co2_emissions",
    "二氧化碳排放总量（2020年=100）",
    "Carbon dioxide, 2020 = 100",
    "2020年=100",
    -1,
    source="无区级总量数据",
)
def _co2_emissions(m: Moment) -> Array:
    return 100.0 * m.now.environment.emissions / m.base.environment.emissions


@indicator(
    "energy_intensity_reduction",
    "单位地区生产总值能源消耗降低（当年）",
    "Fall of energy use per unit of GDP in the year",
    "%",
)
def _energy_intensity_reduction(m: Moment) -> Array:
    now, before = m.now.environment.unit_energy, m.before.environment.unit_energy
    return base_or(
        m,
        "energy_intensity_reduction",
        lambda: 100.0 * yearly_reduction(intensity=now, intensity_before=before),
    )


@indicator("energy_intensity_reduction_cumulative", "单位地区生产总值能源消耗累计降低（比2020年）",
           "Fall of energy use per unit of GDP since 2020", "%")  # fmt: skip
def _energy_intensity_reduction_cumulative(m: Moment) -> Array:
    now, base = m.now.environment.unit_energy, m.base.environment.unit_energy
    return 100.0 * yearly_reduction(intensity=now, intensity_before=base)


@indicator(
    "co2_intensity_reduction",
    "单位地区生产总值二氧化碳排放降低（当年）",
    "Fall of CO2 per unit of GDP in the year",
    "%",
)
def _co2_intensity_reduction(m: Moment) -> Array:
    now, before = m.now.environment.unit_emissions, m.before.environment.unit_emissions
    return base_or(m, "", lambda: 100.0 * yearly_reduction(intensity=now, intensity_before=before))


@indicator("co2_intensity_reduction_cumulative", "单位地区生产总值二氧化碳排放累计降低（比2020年）",
           "Fall of CO2 per unit of GDP since 2020", "%")  # fmt: skip
def _co2_intensity_reduction_cumulative(m: Moment) -> Array:
    now, base = m.now.environment.unit_emissions, m.base.environment.unit_emissions
    return 100.0 * yearly_reduction(intensity=now, intensity_before=base)


@indicator("rail_length", "轨道交通营运里程", "Metro lines in operation", "公里", mechanism="capacity", needs="rail")
def _rail_length(m: Moment) -> Array:
    return m.now.social.rail_length


@indicator(
    "doctors_per_1000",
    "每千人口执业（助理）医师数",
    "Doctors per 1,000 residents",
    "人/千人",
    mechanism="capacity",
    needs="doctors_per_1000",
)
def _doctors_per_1000(m: Moment) -> Array:
    return m.now.social.doctors / (m.now.people.population * 10.0)


def _bounded(id: str, zh: str, en: str, unit: str, mechanism: Mechanism = "bounded") -> None:
    """Register an indicator that the pack names as bounded; NaN in a pack that does not."""

    def compute(m: Moment) -> Array:
        row = [b.indicator for b in m.pack.bounded].index(id)
        state = m.now.social.bounded[row]
        return 100.0 * share_of_logit(log_odds=state) if m.now.social.is_ratio[row, 0] > 0.0 else state

    INDICATORS[id] = Indicator(id, Text(zh, en), unit, 1, mechanism, "", compute, needs=(id,))


_bounded("good_air_ratio", "空气质量优良天数比率", "Days of good air", "%")


@indicator(
    "good_air_days",
    "空气质量优良天数",
    "Days of good air in the year",
    "天",
    mechanism="bounded",
    needs="good_air_ratio",
)
def _good_air_days(m: Moment) -> Array:
    ratio = INDICATORS["good_air_ratio"].compute
    assert ratio is not None
    return ratio(m) / 100.0 * (366.0 if isleap(m.pack.base_year + m.elapsed) else 365.0)


_bounded("good_water_ratio", "地表水达到或好于三类水体比例", "Surface water of class III or better", "%")
_bounded("forest_cover", "森林覆盖率", "Forest cover", "%", "land")
_bounded("life_expectancy", "人均预期寿命", "Life expectancy", "岁")
_bounded("schooling_years", "劳动年龄人口平均受教育年限", "Years of schooling", "年")
_bounded("pension_coverage", "基本养老保险参保率", "Pension coverage", "%")
_bounded("grain_capacity", "粮食综合生产能力", "Grain production capacity", "万吨", "land")

unavailable(
    "labour_productivity", "全员劳动生产率", "Labour productivity", "万元/人",
    Text("缺2020年区、市从业人员数或全员劳动生产率", "employment or productivity of 2020 is missing"),
)  # fmt: skip
unavailable(
    "new_economy_share", "四新经济增加值占地区生产总值比重", "Share of the new economy", "%",
    Text("缺2020年区四新经济增加值占比", "the district's figure of 2020 is missing"),
)  # fmt: skip
unavailable(
    "digital_core_share", "数字经济核心产业增加值占地区生产总值比重", "Share of core digital industries", "%",
    Text("缺2020年区、市数字经济核心产业增加值占比", "figures of 2020 are missing"),
)  # fmt: skip
unavailable(
    "childcare_places_per_1000", "每千人口3岁以下婴幼儿托位数", "Childcare places per 1,000 residents", "个/千人",
    Text("缺2020年托位数", "the number of places in 2020 is missing"),
)  # fmt: skip
