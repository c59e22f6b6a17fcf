"""The generated parts of docs/library.md: what every scenario of scenarios/ says, rests on and changes.

The text comes from the files themselves, comments included; the numbers from one run of all of them.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from library_runs import (
    AT_BOUNDS,
    DRAWS,
    FOLDER,
    NAMES,
    Entry,
    difference_of,
    entries,
    library,
    mean,
    target_of,
)
from model_runs import table

from sim.cli.inputs import load_pack
from sim.experiment.results import Difference
from sim.indicators.catalogue import INDICATORS
from sim.levers.catalogue import LEVERS, WORLD
from sim.output.probability import probability_text
from sim.output.tables import number_text
from sim.scenario.parts import Event, Project, Scenario

#: Targets that every scenario is held against.
HEADLINES = ("plan14.gdp_growth.2025", "plan14.manufacturing_share.2025", "plan14.marine_share.2025")
COMMON = (("gdp_growth", (2025, 2030)), ("manufacturing_share", (2025, 2030)), ("marine_share", (2025, 2030)))
#: What to look at besides, because the scenario is about it: indicators with years, and targets.
WATCHED: Mapping[str, tuple[tuple[str, tuple[int, ...]], ...]] = {
    "plan_targets": (("gdp", (2025,)), ("trade_total", (2025,)), ("population", (2025,))),
    "manufacturing_power": (("industry_value_added_growth", (2025,)), ("co2_emissions", (2030,))),
    "marine": (("marine_gop_growth", (2021, 2025)), ("marine_gop", (2025,))),
    "investment_push": (("fixed_asset_investment_growth", (2021, 2022)), ("gdp_growth", (2021, 2022, 2035))),
    "open_hub": (("trade_total", (2025, 2030)), ("fdi", (2025, 2030))),
    "green_transition": (("co2_emissions", (2025, 2030)), ("co2_intensity_reduction", (2025,))),
    "people_and_talent": (("population", (2025, 2030)), ("household_income_growth", (2025,))),
    "digital_district": (("rd_intensity", (2025, 2030)), ("services_share", (2030,))),
    "livelihood": (("doctors_per_1000", (2025,)), ("schooling_years", (2025,)), ("pension_coverage", (2025,))),
    "plan15_base": (("gdp_growth", (2026, 2027, 2028, 2029)),),
    "weak_external_demand": (("trade_total", (2025, 2030)), ("fdi", (2025,))),
    "trade_friction": (("trade_total", (2025, 2030)), ("gdp_growth", (2028,))),
    "pandemic_shock": (("gdp_growth", (2026,)), ("budget_revenue_growth", (2025,)), ("trade_total", (2025,))),
    "stress": (("gdp", (2025, 2030)), ("gdp_growth", (2022,)), ("trade_total", (2025,))),
}
TARGETS_WATCHED: Mapping[str, tuple[str, ...]] = {
    "plan_targets": ("plan14.trade_total.2025", "plan14.fdi.2025"),
    "open_hub": ("plan14.trade_total.2025", "plan14.fdi.2025"),
    "green_transition": ("plan14.co2_peak.2035", "plan14.good_air_ratio.2025", "plan14.good_water_ratio.2025"),
    "people_and_talent": ("plan14.schooling_years.2025",),
    "digital_district": ("plan14.rd_intensity.2025",),
    "livelihood": ("plan14.doctors_per_1000.2025", "plan14.schooling_years.2025", "plan14.pension_coverage.2025"),
    "weak_external_demand": ("plan14.trade_total.2025",),
    "trade_friction": ("plan14.trade_total.2025",),
    "pandemic_shock": ("plan14.trade_total.2025",),
    "stress": ("plan14.trade_total.2025",),
}
SAME = "相同"


def _told(difference: Difference, digits: int, scale: float = 1.0) -> str:
    """A difference with its error, or that there is none, or none that can be told from noise."""
    if difference.difference == 0.0 and difference.standard_error == 0.0:
        return SAME
    if not difference.distinguishable:
        return "不可区分"
    error = scale * difference.standard_error
    least = 10.0**-digits
    told = number_text(error, digits) if error >= least / 2 else f"<{least:.{digits}f}"
    sign = "+" if difference.difference > 0 else ""
    return f"{sign}{number_text(scale * difference.difference, digits)} ± {told}"


def overview() -> str:
    """One line a scenario: growth, shares, three targets."""
    rows = []
    for name in NAMES:
        shown = [number_text(mean(name, i, year), 1) for i, years in COMMON for year in years]
        odds = [probability_text(target_of(name, id_).probability) for id_ in HEADLINES]
        label = library().scenarios[name].label.zh
        rows.append([f"[{label}](#{name})", *shown, *odds])
    names = ("增速", "制造业占比", "海洋占比")
    years = [f"{name} {year}" for name, (_, both) in zip(names, COMMON, strict=True) for year in both]
    return table(["情景", *years, "把握：增速8左右", "把握：制造业35", "把握：海洋≥42"], rows)


def sections() -> str:
    """One section a scenario."""
    return "\n\n".join(_section(name) for name in NAMES)


def _section(name: str) -> str:
    scenario = library().scenarios[name]
    where = "只用于青岛西海岸新区（引用本区的说法）" if scenario.region else "各地区通用"
    parts = [
        f'<a id="{name}"></a>\n\n### {scenario.label.zh}　`{name}`',
        f"**问**：{scenario.question}",
        f"**谁会问**：{scenario.asked_by}。**适用**：{where}。",
    ]
    if scenario.rests_on:
        parts += ["依据的原文：", _statements(scenario)]
    found = entries(FOLDER / f"{name}.yaml")
    assumed = [[_name(entry), _written(entry, scenario), entry.comment] for entry in found]
    if assumed:
        parts += ["假设：", table(["项", "写法", "依据或判断"], assumed, left=3)]
    if name != "baseline":
        parts += [f"结果（均值，与基准同一组 {DRAWS:,} 次模拟）：", _results(name)]
    parts += [SENTENCES[name]()] if name in SENTENCES else []
    return "\n\n".join(parts)


def _statements(scenario: Scenario) -> str:
    names = load_pack("west_coast").sources
    rows = [[names[s.document].name, str(s.line), f"“{s.quote}”", s.note or ""] for s in scenario.rests_on]
    return table(["文件", "行", "原文", "说明"], rows, left=4)


def _name(entry: Entry) -> str:
    """What planners call an entry."""
    if entry.section in {"levers", "world"}:
        known = LEVERS[entry.id] if entry.section == "levers" else WORLD[entry.id]
        return f"{known.label.zh}（{known.unit.zh}）"
    return {"projects": "项目", "events": "冲击", "targets": "目标"}[entry.section]


def _written(entry: Entry, scenario: Scenario) -> str:
    """The value: of a lever as it stands in the file, of the others in words."""
    if entry.section in {"levers", "world"}:
        return f"`{entry.written}`"
    part = next(part for part in getattr(scenario, entry.section) if part.id == entry.id)
    if isinstance(part, Project):
        years = f"{part.start}年开工、{part.commissioning}年投产"
        amounts = f"总投资{part.capex:g}亿元、达产增加值{part.value_added:g}亿元"
        return f"{part.label.zh}：{years}，{amounts}，建成概率{part.probability:g}，新增部分占{part.additional:g}"
    if isinstance(part, Event):
        what = {"world_trade": "世界贸易", "demand": "需求", "investment": "投资"}[part.kind]
        span = f"{number_text(part.size_low, 1)}%至{number_text(part.size_high, 1)}%"
        return f"{part.label.zh}：{part.year}年起{part.duration}年，{what}{span}"
    return part.label.zh


def _results(name: str) -> str:
    """Indicators with years, then targets: baseline, scenario, difference. What is common and the same is left out."""
    rows = []
    for indicator, years in (*COMMON, *WATCHED.get(name, ())):
        for year in years:
            digits = 0 if abs(mean("baseline", indicator, year)) >= 300 else 2
            values = [number_text(mean(s, indicator, year), digits) for s in ("baseline", name)]
            told = _told(difference_of("indicator", indicator, year, name), digits)
            if told != SAME or indicator == "gdp_growth":
                rows.append([_titled(indicator), str(year), *values, told])
    for id_ in (*HEADLINES, *TARGETS_WATCHED.get(name, ())):
        target = target_of(name, id_).target
        odds = [probability_text(target_of(s, id_).probability) for s in ("baseline", name)]
        told = _told(difference_of("target", id_, target.year, name), 1, 100.0)
        if told != SAME:
            rows.append([f"达成：{target.label.zh} {target.target_text}", str(target.year), *odds, told])
    return table(["指标；达成概率（差为百分点）", "年份", "基准", "本情景", "差 ± 标准误"], rows)


def _titled(indicator: str) -> str:
    found = INDICATORS[indicator]
    return found.label.zh if found.unit in found.label.zh else f"{found.label.zh}（{found.unit}）"


def _manufacturing() -> str:
    def a_year(name: str) -> str:
        return number_text((mean(name, "manufacturing_share", 2025) - mean(name, "manufacturing_share", 2020)) / 5, 2)

    ends = [a_year(name) for name in ("baseline", "manufacturing_power", AT_BOUNDS)]
    real = [number_text(mean("baseline", i, 2025), 1) for i in ("industry_value_added_growth", "gdp_growth")]
    more = mean("manufacturing_power", "co2_emissions", 2030) / mean("baseline", "co2_emissions", 2030) - 1
    return (
        f"**做不到每年1个百分点**：2020—2025年制造业占比平均每年变动，基准 {ends[0]}、本情景 {ends[1]} 个百分点；"
        f"两个杠杆从2021年起都用到上限也只有 {ends[2]}。基准下制造业2025年实际增速 {real[0]}%，与全区的 {real[1]}% "
        "相近；占比按现价算，制造业价格涨得比服务业慢，所以占比往下走。"
        f"代价：2030年二氧化碳排放比基准多 {100 * more:.0f}%。"
    )


def _marine() -> str:
    growth = "、".join(f"{year}年 {mean('marine', 'marine_gop_growth', year):.1f}%" for year in (2021, 2025))
    share = mean("marine", "marine_share", 2025)
    return (
        f"**与报告的说法比**：海洋生产总值增速的均值{growth}，没有超过报告的10%和8%左右；占比到2025年 "
        f"{share:.1f}%，离42%仍差 {42 - share:.1f} 个百分点。"
        "“核心产业增长20%”没有基数，含在8%之内，不另加。"
    )


def _peak(name: str) -> int:
    result = library().results[name]
    return result.years[int(np.argmax(result.means[result.indicators.index("co2_emissions")]))]


def _green() -> str:
    first, second = _peak("baseline"), _peak("green_transition")
    last = library().results["baseline"].years[-1]
    told = f"到{last}年仍未见顶" if first == last else f"在{first}年见顶"
    return f"**达峰**：二氧化碳排放的均值，基准{told}，本情景在{second}年见顶。节能改造的成本没有计入。"


def _people() -> str:
    gap = 260 - mean("people_and_talent", "population", 2025)
    return f"**离260万还差**：2025年总人口的均值比260万少 {gap:.0f} 万人；人口多了，人均收入的增速反而低一些。"


def _plan15() -> str:
    ids = [f"plan15_base.gdp_growth.{year}" for year in range(2026, 2031)]
    odds = "、".join(f"{id_[-4:]}年{probability_text(target_of('plan15_base', id_).probability)}" for id_ in ids)
    return f"**每年达到5.5%的概率**：{odds}。均值补到5.5%左右，达成的把握也只有一半上下：要有把握，均值须高于目标。"


def _push() -> str:
    def gain(indicator: str, year: int) -> str:
        return number_text(difference_of("indicator", indicator, year, "investment_push").difference, 2)

    return (
        f"**一年攻坚的效果**：2021年投资增速多 {gain('fixed_asset_investment_growth', 2021)} 个百分点，增速当年多 "
        f"{gain('gdp_growth', 2021)}、次年多 {gain('gdp_growth', 2022)} 个百分点（面板相关给出的上限是每个百分点投资"
        f"当年、次年各约0.05）；到2035年的变化是 {gain('gdp_growth', 2035)}：一次性的投资不改变长期增速。"
    )


SENTENCES = {
    "manufacturing_power": _manufacturing,
    "marine": _marine,
    "green_transition": _green,
    "people_and_talent": _people,
    "plan15_base": _plan15,
    "investment_push": _push,
}
PARTS = {"library-overview": overview, "library-scenarios": sections}
