"""Which indicators move together, and words that several entries of the catalogue share."""

from __future__ import annotations

from sim.language import Text
from sim.levers.kinds import Ceiling, Seen

#: Indicators in current prices that do not depend on output alone.
NOMINAL = (
    "gdp", "gdp_per_capita", "gdp_per_capita_usd", "gdp_share_of_city", "primary_share", "secondary_share",
    "services_share", "manufacturing_share", "marine_gop", "marine_share", "retail_sales_growth", "budget_revenue",
    "budget_revenue_growth", "trade_total", "trade_total_growth", "rd_spending_growth", "household_income",
    "household_income_growth_nominal",
)  # fmt: skip
#: All that moves with output: what changes growth changes the accounts, people, revenue, income, jobs and energy.
OUTPUT = (
    *NOMINAL,
    "gdp_real", "gdp_growth", "gdp_growth_average", "marine_gop_growth", "industry_value_added_growth",
    "fixed_asset_investment_growth", "fdi", "high_value_patents", "population", "urbanisation_rate",
    "urbanisation_rate_census", "household_income_growth", "new_urban_jobs", "new_urban_jobs_cumulative",
    "energy_use", "co2_emissions", "energy_intensity_reduction", "energy_intensity_reduction_cumulative",
    "co2_intensity_reduction", "co2_intensity_reduction_cumulative", "doctors_per_1000",
)  # fmt: skip
#: What moves with the emission factor alone.
EMISSIONS = ("co2_emissions", "co2_intensity_reduction", "co2_intensity_reduction_cumulative")

BY_DEFINITION = Text(
    "按定义直接改变该指标的年度变化，只回答“若做到则如何”，不说明如何做到、花费多少。",
    "Changes the yearly change of the indicator by definition: it answers what if, not how or at what cost.",
)


def spread(low: float, high: float, zh: str, en: str) -> Seen:
    """A range from the committed panel of provinces: 5th to 95th percentile."""
    return Seen(
        low,
        high,
        Text(
            f"16省2001—2014年面板，{zh}，5%—95%",
            f"panel of 16 provinces, 2001-2014, {en}, 5-95 %",
        ),
    )


def judged(effect: float, zh: str, en: str) -> Ceiling:
    """A bound on growth for which there is no record."""
    source = Text(f"没有记录可据；判断：{zh}", f"no record; judgement: {en}")
    return Ceiling(effect, "gdp_growth", "unit", None, "D", source)
