"""The indicators: what each is, its unit and mechanism, and how it is read off the states of the model.

Definitions are here, in Python; which of them a plan sets targets for stands in the region pack. An indicator
is a function of this year's state, last year's and the base year's, and returns one value for each draw.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from sim.equations.energy import yearly_reduction
from sim.equations.population import share_of_logit
from sim.language import Text
from sim.model import State
from sim.randomness import Array
from sim.region import Pack

Mechanism = Literal["structural", "flow", "capacity", "bounded", "land", "none"]


@dataclass(frozen=True, slots=True)
class Moment:
    """What an indicator may look at: three states, the pack, the years gone by, and reported base figures.

    `reported` holds figures of the base year that the state cannot give, such as growth rates, (draw,);
    `exchange_rate` and `city_gdp` are (draw,) of this year.
    """

    now: State
    before: State
    base: State
    pack: Pack
    elapsed: int
    reported: Mapping[str, Array]
    exchange_rate: Array
    city_gdp: Array | None


Compute = Callable[[Moment], Array]


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator; `direction` is 1 where more is better, -1 where less is, 0 where neither."""

    id: str
    label: Text
    unit: str
    direction: int
    mechanism: Mechanism
    source: str
    compute: Compute | None
    missing: Text | None = None


INDICATORS: dict[str, Indicator] = {}


def indicator(
    id: str, zh: str, en: str, unit: str, direction: int = 1, mechanism: Mechanism = "structural", source: str = ""
) -> Callable[[Compute], Compute]:
    """Register a function as an indicator."""

    def register(compute: Compute) -> Compute:
        INDICATORS[id] = Indicator(id, Text(zh, en), unit, direction, mechanism, source, compute)
        return compute

    return register


def unavailable(id: str, zh: str, en: str, unit: str, missing: Text) -> None:
    """Register an indicator that has no figure to start from: it is never given an invented value."""
    INDICATORS[id] = Indicator(id, Text(zh, en), unit, 1, "none", "", None, missing)


def percent_growth(now: Array, before: Array) -> Array:
    """Growth in percent."""
    return 100.0 * (now / before - 1.0)


def _base_or(moment: Moment, name: str, value: Callable[[], Array]) -> Array:
    """A reported figure in the base year (NaN where there is none), the model's value afterwards."""
    if moment.elapsed > 0:
        return value()
    found = moment.reported.get(name)
    return np.full_like(moment.now.reporting.gdp, np.nan) if found is None else found


def _share(moment: Moment, chosen: Array) -> Array:
    nominal = moment.now.reporting.value_added_nominal
    return 100.0 * np.add.reduce(nominal * chosen, axis=0) / moment.now.reporting.gdp


@indicator("gdp", "地区生产总值（现价）", "GDP at current prices", "亿元", source="Σ各部门现价增加值")
def _gdp(m: Moment) -> Array:
    return m.now.reporting.gdp


@indicator("gdp_real", "地区生产总值（2020年价）", "GDP at 2020 prices", "亿元", source="Σ各部门不变价增加值")
def _gdp_real(m: Moment) -> Array:
    return m.now.reporting.gdp_real


@indicator("gdp_growth", "地区生产总值增速（不变价）", "Growth of GDP, constant prices", "%")
def _gdp_growth(m: Moment) -> Array:
    return _base_or(m, "gdp_growth", lambda: percent_growth(m.now.reporting.gdp_real, m.before.reporting.gdp_real))


@indicator("gdp_growth_average", "地区生产总值年均增速（基年以来）", "Average growth of GDP since the base year", "%")
def _gdp_growth_average(m: Moment) -> Array:
    ratio = m.now.reporting.gdp_real / m.base.reporting.gdp_real
    return _base_or(m, "", lambda: 100.0 * (ratio ** (1.0 / m.elapsed) - 1.0))


@indicator("gdp_per_capita", "人均地区生产总值", "GDP per head", "元", source="普查口径常住人口")
def _gdp_per_capita(m: Moment) -> Array:
    return m.now.reporting.gdp / m.now.people.population * 1e4


@indicator("gdp_per_capita_usd", "人均地区生产总值（美元）", "GDP per head in dollars", "美元", source="普查口径常住人口")
def _gdp_per_capita_usd(m: Moment) -> Array:
    return _gdp_per_capita(m) / m.exchange_rate


@indicator("gdp_share_of_city", "地区生产总值占全市比重", "Share in the city's GDP", "%", source="全市为暂用基准")
def _gdp_share_of_city(m: Moment) -> Array:
    city = m.city_gdp
    return np.full_like(m.now.reporting.gdp, np.nan) if city is None else 100.0 * m.now.reporting.gdp / city


@indicator("primary_share", "第一产业比重", "Share of primary industry", "%", 0)
def _primary_share(m: Moment) -> Array:
    return _share(m, m.pack.industry("primary"))


@indicator("secondary_share", "第二产业比重", "Share of secondary industry", "%", 0)
def _secondary_share(m: Moment) -> Array:
    return _share(m, m.pack.industry("secondary"))


@indicator("services_share", "第三产业比重", "Share of services", "%", 0)
def _services_share(m: Moment) -> Array:
    return _share(m, m.pack.industry("tertiary"))


@indicator("manufacturing_share", "制造业增加值占地区生产总值比重", "Share of manufacturing in GDP", "%")
def _manufacturing_share(m: Moment) -> Array:
    return _share(m, m.pack.group("manufacturing"))


@indicator("marine_gop", "海洋生产总值（现价）", "Gross ocean product", "亿元", source="GB/T 20794—2021")
def _marine_gop(m: Moment) -> Array:
    return m.now.reporting.marine_gop


@indicator("marine_share", "海洋经济增加值占地区生产总值比重", "Share of the marine economy in GDP", "%")
def _marine_share(m: Moment) -> Array:
    return 100.0 * m.now.reporting.marine_gop / m.now.reporting.gdp


@indicator("marine_gop_growth", "海洋生产总值增速（不变价，不含口径变动）", "Growth of gross ocean product, volume", "%")
def _marine_gop_growth(m: Moment) -> Array:
    return _base_or(m, "", lambda: percent_growth(m.now.reporting.marine_volume, m.before.reporting.marine_volume))


@indicator("industry_value_added_growth", "制造业增加值增速（不变价）", "Growth of manufacturing value added", "%")
def _industry_value_added_growth(m: Moment) -> Array:
    chosen = m.pack.group("manufacturing")

    def total(state: State) -> Array:
        made: Array = np.add.reduce(state.reporting.value_added_real * chosen, axis=0)
        return made

    return _base_or(m, "", lambda: percent_growth(total(m.now), total(m.before)))


@indicator("fixed_asset_investment_growth", "固定资产投资增速", "Growth of fixed-asset investment", "%")
def _fixed_asset_investment_growth(m: Moment) -> Array:
    return _base_or(m, "", lambda: 100.0 * np.expm1(m.now.capital.reported_growth))


@indicator("retail_sales_growth", "社会消费品零售总额增速", "Growth of retail sales", "%")
def _retail_sales_growth(m: Moment) -> Array:
    return _base_or(m, "", lambda: 100.0 * np.expm1(m.now.finance.retail_growth))


@indicator("budget_revenue", "一般公共预算收入", "General public budget revenue", "亿元")
def _budget_revenue(m: Moment) -> Array:
    return m.now.finance.revenue


@indicator("budget_revenue_growth", "一般公共预算收入增速", "Growth of budget revenue", "%")
def _budget_revenue_growth(m: Moment) -> Array:
    growth = percent_growth(m.now.finance.revenue, m.before.finance.revenue)
    return _base_or(m, "budget_revenue_growth", lambda: growth)


@indicator("rd_intensity", "研发经费投入强度", "R&D spending as a share of GDP", "%")
def _rd_intensity(m: Moment) -> Array:
    return 100.0 * m.now.finance.research_intensity


@indicator("rd_spending_growth", "研发经费投入增速（现价）", "Growth of R&D spending", "%")
def _rd_spending_growth(m: Moment) -> Array:
    now = m.now.finance.research_intensity * m.now.prices.gdp_nominal
    before = m.before.finance.research_intensity * m.before.prices.gdp_nominal
    return _base_or(m, "", lambda: percent_growth(now, before))


@indicator("high_value_patents", "每万人口高价值发明专利拥有量", "High-value patents per 10,000 residents", "件/万人")
def _high_value_patents(m: Moment) -> Array:
    heads = m.now.people.population / m.base.people.population
    return m.reported["patents"] * m.now.finance.patents / heads


@indicator("fdi", "实际利用外资", "Foreign capital actually used", "亿美元", source="2021年后无区级数据")
def _fdi(m: Moment) -> Array:
    return m.now.trade.fdi


@indicator("trade_total", "外贸进出口总额（宽口径）", "Imports and exports, wide scope", "亿元")
def _trade_total(m: Moment) -> Array:
    return m.now.trade.total


@indicator("trade_total_growth", "外贸进出口总额增速", "Growth of imports and exports", "%")
def _trade_total_growth(m: Moment) -> Array:
    return _base_or(m, "", lambda: percent_growth(m.now.trade.total, m.before.trade.total))


@indicator("population", "常住人口（普查口径）", "Residents, census concept", "万人")
def _population(m: Moment) -> Array:
    return m.now.people.population


@indicator("urbanisation_rate", "常住人口城镇化率（规划口径）", "Urbanisation rate, the plan's concept", "%")
def _urbanisation_rate(m: Moment) -> Array:
    return 100.0 * share_of_logit(log_odds=m.now.people.urbanisation)


@indicator("urbanisation_rate_census", "常住人口城镇化率（普查口径）", "Urbanisation rate, census concept", "%")
def _urbanisation_rate_census(m: Moment) -> Array:
    return 100.0 * share_of_logit(log_odds=m.now.people.census_urbanisation)


@indicator("household_income", "居民人均可支配收入", "Household disposable income per head", "元", source="由2018年数推算")
def _household_income(m: Moment) -> Array:
    return m.now.finance.income


@indicator("household_income_growth", "居民人均可支配收入增速（实际）", "Growth of household income, real", "%")
def _household_income_growth(m: Moment) -> Array:
    return _base_or(m, "income_growth", lambda: 100.0 * np.expm1(m.now.finance.income_real_growth))


@indicator("household_income_growth_nominal", "居民人均可支配收入增速（名义）", "Growth of household income, nominal", "%")
def _household_income_growth_nominal(m: Moment) -> Array:
    growth = percent_growth(m.now.finance.income, m.before.finance.income)
    return _base_or(m, "income_growth", lambda: growth)


@indicator("new_urban_jobs", "城镇新增就业人数", "New urban jobs", "万人", mechanism="flow")
def _new_urban_jobs(m: Moment) -> Array:
    return m.now.finance.new_jobs


@indicator("new_urban_jobs_cumulative", "城镇新增就业累计（基年以来）", "New urban jobs since the base year", "万人",
           mechanism="flow")  # fmt: skip
def _new_urban_jobs_cumulative(m: Moment) -> Array:
    return m.now.finance.new_jobs_cumulative


@indicator("energy_use", "能源消费总量（2020年=100）", "Energy use, 2020 = 100", "2020年=100", -1, source="无区级总量数据")
def _energy_use(m: Moment) -> Array:
    return 100.0 * m.now.environment.energy / m.base.environment.energy


@indicator("co2_emissions", "二氧化碳排放总量（2020年=100）", "Carbon dioxide, 2020 = 100", "2020年=100", -1, source="无区级总量数据")
def _co2_emissions(m: Moment) -> Array:
    return 100.0 * m.now.environment.emissions / m.base.environment.emissions


@indicator("energy_intensity_reduction", "单位地区生产总值能源消耗降低（当年）", "Fall of energy use per unit of GDP in the year", "%")
def _energy_intensity_reduction(m: Moment) -> Array:
    now, before = m.now.environment.unit_energy, m.before.environment.unit_energy
    return _base_or(
        m, "energy_intensity_reduction", lambda: 100.0 * yearly_reduction(intensity=now, intensity_before=before)
    )


@indicator("energy_intensity_reduction_cumulative", "单位地区生产总值能源消耗累计降低（比2020年）",
           "Fall of energy use per unit of GDP since 2020", "%")  # fmt: skip
def _energy_intensity_reduction_cumulative(m: Moment) -> Array:
    now, base = m.now.environment.unit_energy, m.base.environment.unit_energy
    return 100.0 * yearly_reduction(intensity=now, intensity_before=base)


@indicator("co2_intensity_reduction", "单位地区生产总值二氧化碳排放降低（当年）", "Fall of CO2 per unit of GDP in the year", "%")
def _co2_intensity_reduction(m: Moment) -> Array:
    now, before = m.now.environment.unit_emissions, m.before.environment.unit_emissions
    return _base_or(m, "", lambda: 100.0 * yearly_reduction(intensity=now, intensity_before=before))


@indicator("co2_intensity_reduction_cumulative", "单位地区生产总值二氧化碳排放累计降低（比2020年）",
           "Fall of CO2 per unit of GDP since 2020", "%")  # fmt: skip
def _co2_intensity_reduction_cumulative(m: Moment) -> Array:
    now, base = m.now.environment.unit_emissions, m.base.environment.unit_emissions
    return 100.0 * yearly_reduction(intensity=now, intensity_before=base)


@indicator("rail_length", "轨道交通营运里程", "Metro lines in operation", "公里", mechanism="capacity")
def _rail_length(m: Moment) -> Array:
    return m.now.social.rail_length


@indicator("doctors_per_1000", "每千人口执业（助理）医师数", "Doctors per 1,000 residents", "人/千人", mechanism="capacity")
def _doctors_per_1000(m: Moment) -> Array:
    return m.now.social.doctors / (m.now.people.population * 10.0)


def _bounded(id: str, zh: str, en: str, unit: str, mechanism: Mechanism = "bounded") -> None:
    """Register an indicator that the pack names as bounded; NaN in a pack that does not."""

    def compute(m: Moment) -> Array:
        names = [b.indicator for b in m.pack.bounded]
        if id not in names:
            return np.full_like(m.now.reporting.gdp, np.nan)
        row = names.index(id)
        state = m.now.social.bounded[row]
        return 100.0 * share_of_logit(log_odds=state) if m.now.social.is_ratio[row, 0] > 0.0 else state

    INDICATORS[id] = Indicator(id, Text(zh, en), unit, 1, mechanism, "", compute)


_bounded("good_air_ratio", "空气质量优良天数比率", "Days of good air", "%")
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
