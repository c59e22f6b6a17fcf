"""Tables of docs/model.md that list what the program holds: indicators and parameters."""

from __future__ import annotations

import numpy as np
import yaml
from model_runs import ROOT, pack, path_of, run, scenario, table

from sim.experiment.measurement import COMPUTED
from sim.indicators.catalogue import INDICATORS, Indicator
from sim.levers.catalogue import LEVERS, WORLD
from sim.parameters.priors import Prior

MECHANISMS = {
    "structural": "结构推算", "flow": "流量", "capacity": "能力（工期）", "bounded": "有界漂移",
    "land": "用地约束（漂移）", "none": "无起点",
}  # fmt: skip

#: What drives each of the plan's indicators, in words; the program knows only the equations.
DRIVERS = {
    "gdp_growth": "潜在增长、资本、就业、需求缺口；发布靠拢",
    "labour_productivity": "—",
    "manufacturing_share": "制造业两部门的不变价产出与相对价格；普查修订",
    "marine_share": "各部门现价增加值 × 海洋份额；统计覆盖面；普查修订",
    "rd_intensity": "趋势增长 + 研发杠杆",
    "high_value_patents": "趋势 + 研发强度；除以人口",
    "new_economy_share": "—",
    "digital_core_share": "—",
    "fdi": "趋势 + 增长超预期 + 自回归扰动",
    "trade_total": "世界贸易、相对价格、汇率、本区产出、PPI",
    "urbanisation_rate": "Logistic 曲线 + 超出基准的净迁入（规划口径；普查口径并列）",
    "rail_length": "逐线开通年与推迟概率",
    "energy_intensity_reduction": "各部门能耗强度 × 产出结构",
    "co2_intensity_reduction": "能耗 × 单位能耗碳排放",
    "good_air_ratio": "漂移 + 项目 × 兑现比例",
    "good_water_ratio": "漂移 + 项目 × 兑现比例",
    "forest_cover": "漂移 + 项目 × 兑现比例",
    "life_expectancy": "漂移 + 项目 × 兑现比例",
    "household_income_growth": "人均产出增速 × 弹性 + 分配趋势",
    "new_urban_jobs": "基年流量 × 趋势 × 增长超预期",
    "doctors_per_1000": "医师增长 + 引进 × 兑现比例；除以人口",
    "schooling_years": "漂移 + 项目 × 兑现比例",
    "pension_coverage": "漂移 + 项目 × 兑现比例",
    "childcare_places_per_1000": "—",
    "grain_capacity": "漂移 + 项目 × 兑现比例",
}


def plan_order() -> list[str]:
    """Ids of the plan's 25 indicators in its own order."""
    text = (ROOT / "calibration" / "west_coast" / "targets" / "plan14.yaml").read_text(encoding="utf-8")
    rows = {t["row"]: t["indicator"] for t in yaml.safe_load(text)["targets"]
            if t["id"].startswith("plan14.") and t["year"] == 2025 and t["reading_of"] is None}  # fmt: skip
    return [rows[row] for row in sorted(rows)]


def starts_from(id_: str) -> str:
    """The ledger figure an indicator starts from, or what is missing."""
    missing = INDICATORS[id_].missing
    if missing is not None:
        return missing.zh
    bounded = {b.indicator: b.fact for b in pack().bounded}
    facts = {fact.indicator: fact for fact in pack().base_facts.values() if fact is not None}
    fact = bounded.get(id_) or facts.get(id_)
    if fact is not None:
        return f"`{fact.id}` = {fact.printed} {fact.unit}"
    rail = next((line for line in pack().rail if line.opening <= pack().base_year), None)
    if id_ == "rail_length" and rail is not None:
        return f"`rail_length.2020` = {rail.length[0]:g} 公里"
    return "2020年水平无数据，按指数（2020=100）"


def movers(id_: str) -> str:
    """Levers and world assumptions that name the indicator as what they move."""
    named = [x.id for x in (*LEVERS.values(), *WORLD.values()) if id_ in x.acts_on]
    return "、".join(f"`{name}`" for name in named) or "—"


def indicator_table() -> str:
    rows = []
    for number, id_ in enumerate(plan_order(), 1):
        item = INDICATORS[id_]
        rows.append([str(number), f"`{id_}`", item.label.zh, item.unit, MECHANISMS[item.mechanism],
                     DRIVERS[id_], starts_from(id_), movers(id_)])  # fmt: skip
    header = ["序号", "编号", "指标", "单位", "机制", "由什么推动", "从哪个数出发", "登记为直接作用的杠杆和外部假设"]
    return table(header, rows, left=8)


def other_indicators() -> str:
    plan = set(plan_order())
    rows = [_line(item) for item in INDICATORS.values() if item.id not in plan]
    return table(["编号", "指标", "单位", "机制", "说明"], rows, left=5)


def _line(item: Indicator) -> list[str]:
    return [f"`{item.id}`", item.label.zh, item.unit, MECHANISMS[item.mechanism], item.source or "—"]


def reached_by(id_: str) -> list[str]:
    """Levers (not the indicator's own programme) and world assumptions that move an indicator by 2035."""
    if id_ not in COMPUTED:
        return []
    return [name for name, moved in _moved().items() if id_ in moved]


def _moved() -> dict[str, set[str]]:
    """What each lever and world assumption moves on the certain path, by trying it."""
    if not _CACHE:
        (base,) = run(scenario())
        for lever in LEVERS.values():
            step = 0.2 * (lever.high if lever.high > 0 else lever.low)
            line = {lever.id: path_of({}, lever.id, step if lever.id != "rail_delay" else 2.0)}
            _CACHE[lever.id] = _differences(base.values, run(scenario(levers=line))[0].values)
        outside = {"national_growth": 2.0, "producer_prices": -3.0, "world_trade": -2.0, "exchange_rate": 8.0}
        for name, value in outside.items():
            line = {name: path_of({}, name, value)}
            _CACHE[name] = _differences(base.values, run(scenario(world=line))[0].values)
    return _CACHE


_CACHE: dict[str, set[str]] = {}


def _differences(base: np.ndarray, other: np.ndarray) -> set[str]:
    same = np.isclose(base, other, rtol=1e-9, atol=0.0, equal_nan=True).all(axis=(1, 2))
    return {name for name, equal in zip(COMPUTED, same, strict=True) if not equal}


def actual_drifters() -> str:
    """Indicators of the plan that move by 2035 although nothing but their own programme reaches them."""
    own = {b.indicator: b.lever for b in pack().bounded}
    rows = []
    for id_ in plan_order():
        if id_ in COMPUTED:
            others = [name for name in reached_by(id_) if name != own.get(id_)]
            if not others:
                rows.append([f"`{id_}`", INDICATORS[id_].label.zh, MECHANISMS[INDICATORS[id_].mechanism],
                             f"`{own[id_]}`" if id_ in own else "无"])  # fmt: skip
    return table(["编号", "指标", "登记的机制", "自己的项目杠杆"], rows, left=4)


def parameter_tables() -> str:
    """Every prior: scalars of the district and the world, then centres by cell."""
    scalars = [*pack().priors.scalars.values(), *pack().world.scalars.values(), *pack().base_assumptions.values()]
    rows = [[f"`{p.name}`", _number(p.low), _number(p.centre), _number(p.high), p.unit, _limits(p), p.shape, p.grade,
             p.date] for p in scalars]  # fmt: skip
    one = table(["参数", "p5", "中心", "p95", "单位", "硬边界", "形状", "依据", "信息日期"], rows)
    cells = [c.label.zh for c in pack().cells]
    vectors = [v for name, v in pack().priors.vectors.items() if not name.startswith("bounded")]
    two = table(["参数（p5～p95）", "单位", "硬边界", *cells], [_cells(v) for v in vectors], left=3)
    names = [b.indicator for b in pack().bounded]
    bounded = [v for name, v in pack().priors.vectors.items() if name.startswith("bounded")]
    header = ["参数（p5～p95）", "单位", "硬边界", *(f"`{n}`" for n in names)]
    three = table(header, [_cells(v) for v in bounded], left=3)
    return f"{one}\n\n{two}\n\n{three}"


def _cells(vector: tuple[Prior, ...]) -> list[str]:
    name = vector[0].name.split(".")[0]
    return [f"`{name}`", vector[0].unit, _limits(vector[0]), *(f"{_number(p.low)}～{_number(p.high)}" for p in vector)]


def _limits(prior: Prior) -> str:
    """Values beyond these are put on them."""
    if prior.maximum is None:
        return "—" if prior.minimum is None else f"≥ {prior.minimum:g}"
    return f"≤ {prior.maximum:g}" if prior.minimum is None else f"{prior.minimum:g}～{prior.maximum:g}"


def _number(value: float) -> str:
    return f"{value:.4g}"
