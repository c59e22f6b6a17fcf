"""Words of comparisons: names of indicators, growth and differences as planners write them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.indicators.catalogue import INDICATORS
from sim.language import Text

Record = Mapping[str, Any]

MISSING = Text("暂缺", "missing")
WITHIN_ROUNDING = Text("在修约范围内，不作判断", "within rounding, no verdict")
#: Rounding words written behind the number; the others stand before it.
_BEHIND = ("左右", "以上", "以内")
_WORDS_EN = {
    **{"近": "nearly", "接近": "nearly", "约": "about", "左右": "about", "以上": "at least", "以内": "at most"},
    **{"超过": "over", "突破": "over", "预计": "expected"},
}
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


def moved(record: Record, key: str, lang: str) -> str:
    """Growth in words, with the digits printed: 增长8.3%, 下降0.6%, 增长约6%, 持平."""
    growth = record[key]
    if growth is None:
        return MISSING.pick(lang)
    digits = record[f"{key}_digits"]
    size = worded(percent(abs(growth)) if digits is None else f"{digits.lstrip('-')}%", record[f"{key}_word"], lang)
    up, down, level = Text(f"增长{size}", f"+{size}"), Text(f"下降{size}", f"−{size}"), Text("持平", "unchanged")
    if lang == "en" and not size[0].isdigit():
        up, down = Text(up.zh, f"up {size}"), Text(down.zh, f"down {size}")
    return (level if growth == 0 else up if growth > 0 else down).pick(lang) + doubt(record, key, lang)


def gap(record: Record, lang: str) -> str:
    """A difference in words: 快2.0个百分点, 慢0.4个百分点; a range where a word rounds a rate; nothing if unknown."""
    if record["verdict"] is None:
        return ""
    if record["verdict"] == "within_rounding":
        return WITHIN_ROUNDING.pick(lang)
    size = _size(record)
    if {record["own_word"], record["growth_word"]} - {None, "exact"}:
        ends = sorted((abs(record["low"]), abs(record["high"])))
        size = f"{ends[0]:.1f}—{ends[1]:.1f}"
    up, down = Text(f"快{size}个百分点", f"{size} points faster"), Text(f"慢{size}个百分点", f"{size} points slower")
    return (up if record["verdict"] == "faster" else down).pick(lang)


def _size(record: Record) -> str:
    """A difference with the digits of the finer of both rates; one digit where averages are computed."""
    digits = [record[key] for key in ("own_digits", "growth_digits") if record[key] is not None]
    decimals = max((len(text.partition(".")[2]) for text in digits), default=1)
    size = f"{abs(record['points']):.{decimals}f}"
    return size if float(size) else f"{abs(record['points']):.{decimals + 1}f}"


def figure(record: Record, key: str, lang: str, unit: bool = True) -> str:
    """A figure as printed, with its word, its unit if asked for, and a mark where it is hardly to be relied on."""
    number = record[key]
    if number is None:
        return MISSING.pick(lang)
    digits = record[f"{key}_digits"] or f"{number:.2f}".rstrip("0").rstrip(".")
    shown = f"{digits}{record[f'{key}_unit']}" if unit else digits
    return worded(shown, record[f"{key}_word"], lang) + doubt(record, key, lang)


def worded(size: str, word: str | None, lang: str) -> str:
    """A size with the word that rounds it on the side where planners write it: 近1400亿元, 8%左右."""
    if word in (None, "exact"):
        return size
    if lang == "en":
        return f"{_WORDS_EN.get(str(word), word)} {size}"
    return f"{size}{word}" if word in _BEHIND else f"{word}{size}"


def doubt(record: Record, key: str, lang: str) -> str:
    """The mark of a figure of which the ledger says that it is hardly to be relied on."""
    return Text("（可靠性低）", " (low reliability)").pick(lang) if record[f"{key}_doubtful"] else ""


def span(period: str) -> str:
    """A span of years with the dash of documents."""
    return period.replace("-", "—")


def percent(number: float) -> str:
    """At least one digit after the point, at most two."""
    text = f"{number:.2f}"
    return (text[:-1] if text.endswith("0") else text) + "%"
