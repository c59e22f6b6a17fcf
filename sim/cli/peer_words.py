"""Words of comparisons: names of indicators, growth and differences as planners write them."""

from __future__ import annotations

from sim.indicators.catalogue import INDICATORS
from sim.language import Text

MISSING = Text("暂缺", "missing")
_BASE_LABELS = {
    "primary_value_added": Text("第一产业增加值", "primary industry"),
    "secondary_value_added": Text("第二产业增加值", "secondary industry"),
    "tertiary_value_added": Text("第三产业增加值", "tertiary industry"),
    "industry_value_added": Text("规模以上工业增加值", "industrial value added"),
    "gdp": Text("地区生产总值", "GDP"),
    "marine_gop": Text("海洋生产总值", "gross ocean product"),
    "population": Text("常住人口", "residents"),
    "urban_population": Text("城镇人口", "urban residents"),
    "registered_population": Text("户籍人口", "registered population"),
    "trade_total": Text("外贸进出口总额", "trade"),
    "trade_total_cumulative": Text("外贸进出口累计", "trade, sum of years"),
    "exports": Text("出口总额", "exports"),
    "imports": Text("进口总额", "imports"),
    "fdi": Text("实际利用外资", "foreign direct investment"),
    "fixed_asset_investment": Text("固定资产投资", "fixed-asset investment"),
    "retail_sales": Text("社会消费品零售总额", "retail sales"),
    "budget_revenue": Text("一般公共预算收入", "budget revenue"),
    "industrial_output": Text("工业总产值", "industrial output"),
    "new_urban_jobs": Text("城镇新增就业", "new urban jobs"),
    "grain_output": Text("粮食产量", "grain output"),
    "aquatic_output": Text("水产品产量", "aquatic output"),
    "household_income": Text("居民人均可支配收入", "household income"),
    "bonded_zone": Text("综合保税区", "bonded zone"),
    "cargo_throughput": Text("港口货物吞吐量", "cargo throughput"),
    "container_throughput": Text("集装箱吞吐量", "container throughput"),
    "city_growth_contribution": Text("对城市增长贡献度", "contribution to the city's growth"),
    "development_zone": Text("国家级开发区", "development zone"),
    "high_quality_development": Text("高质量发展水平", "quality of development"),
    "high_technology_enterprises": Text("高新技术企业总量", "high-technology enterprises"),
    "district": Text("百强区综合排名", "district ranking"),
    "gdp_per_capita": Text("人均地区生产总值", "GDP per head"),
}
_ENDINGS = {"_growth_average": Text("年均增速", " growth, average"), "_growth": Text("增速", " growth")}


def label(indicator: str, lang: str) -> str:
    """Name of an indicator of the ledger; the id where the program has no name for it."""
    for ending, text in _ENDINGS.items():
        if indicator.endswith(ending):
            return label(indicator.removesuffix(ending), lang) + text.pick(lang)
    known = INDICATORS.get(indicator)
    return (_BASE_LABELS.get(indicator) or (known.label if known else Text(indicator, indicator))).pick(lang)


def moved(growth: float | None, lang: str) -> str:
    """Growth in words: 增长8.3%, 下降0.6%, 持平."""
    if growth is None:
        return MISSING.pick(lang)
    size = percent(abs(growth))
    up, down, level = Text(f"增长{size}", f"+{size}"), Text(f"下降{size}", f"−{size}"), Text("持平", "unchanged")
    return (level if growth == 0 else up if growth > 0 else down).pick(lang)


def gap(points: float | None, lang: str) -> str:
    """A difference in words: 快2.0个百分点, 慢0.4个百分点, 增速持平; nothing where it is unknown."""
    if points is None:
        return ""
    size = f"{abs(points):.1f}"
    up, down = Text(f"快{size}个百分点", f"{size} points faster"), Text(f"慢{size}个百分点", f"{size} points slower")
    level = Text("增速持平", "as fast")
    return (level if round(points, 1) == 0 else up if points > 0 else down).pick(lang)


def span(period: str) -> str:
    """A span of years with the dash of documents."""
    return period.replace("-", "—")


def percent(number: float) -> str:
    """At least one digit after the point, at most two."""
    text = f"{number:.2f}"
    return (text[:-1] if text.endswith("0") else text) + "%"
