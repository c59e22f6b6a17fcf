"""The year 2021 in tables: the numbers of tests/worked_2021.py, which test_model_by_hand.py holds to the program."""

from __future__ import annotations

from model_runs import pack, table

from tests.worked_2021 import work

BASE_ROWS = (
    ("value_added_2020", "Y₀ 基年增加值（亿元）", 4),
    ("demand_gap_2020", "z₀ 基年需求缺口（对数）", 6),
    ("capital_start_2020", "K₀ 2020年初资本（亿元）", 4),
    ("investment_2020", "I₀ 2020年资本形成（亿元）", 4),
    ("capital_start_2021", "K₁ 2021年初资本（亿元）", 4),
    ("log_productivity_2020", "ln A₀ 基年生产率", 6),
)
CELL_ROWS = (
    ("premium", "居中后的部门增速差", 6),
    ("trend_growth", "g_c 部门趋势增速", 6),
    ("productivity_growth", "Δln A 生产率增速（余值）", 6),
    ("log_productivity", "ln A₁", 6),
    ("potential_output", "Y* 潜在产出（亿元）", 4),
    ("gap_left", "ρ·z₀ 低谷留存", 6),
    ("gap_by_trade", "e_w·w 世界贸易", 6),
    ("gap_by_investment", "e_i·i 投资", 6),
    ("demand_gap", "z₁ 需求缺口", 6),
    ("value_added", "Y₁ 不变价增加值（亿元）", 4),
    ("reference_capital_growth", "k* 参照资本增速", 6),
    ("investment", "I₁ 资本形成（亿元）", 4),
    ("depreciation", "D₁ 折旧（亿元）", 4),
    ("capital_start_2022", "K₂ 2022年初资本（亿元）", 4),
    ("deflator", "P₁ 平减指数（2020=1）", 6),
    ("value_added_nominal", "N₁ 现价增加值（亿元）", 4),
    ("energy_intensity", "e₁ 单位产出能耗（全区2020=1）", 6),
)
DISTRICT_ROWS = (
    ("population", "N 常住人口（万人，普查口径）", 4), ("population_growth", "Δln N", 6),
    ("migration_rate", "净迁入率", 6), ("log_employment", "ln L 就业（2020=0）", 6),
    ("reference_employment_growth", "Δln L* 参照就业增速", 6), ("potential_growth", "g 潜在增速（对数）", 6),
    ("investment_deviation", "d 投资增速偏离", 6), ("formation_deviation", "f 资本形成偏离", 6),
    ("fixed_asset_investment_growth", "固定资产投资增速（%）", 4), ("gdp_real", "ΣY₁（亿元，2020年价）", 4),
    ("growth", "Δln ΣY", 6), ("growth_surprise", "增长超预期", 6), ("gdp_nominal", "ΣN₁（亿元，现价）", 4),
    ("consumer_price_growth", "居民消费价格（对数）", 6), ("exports", "出口（亿元，2020年价）", 4),
    ("imports", "进口（亿元，2020年价）", 4),
    ("trade_price", "进出口价格", 6), ("trade_total", "进出口总额（亿元）", 4),
    ("fdi", "实际利用外资（亿美元）", 4), ("budget_revenue", "一般公共预算收入（亿元）", 4),
    ("household_income", "居民人均可支配收入（元）", 2), ("household_income_growth", "同上实际增速（%）", 4),
    ("retail_sales_growth", "社会消费品零售总额增速（%）", 4), ("rd_intensity", "研发强度（%）", 4),
    ("high_value_patents", "每万人口高价值发明专利（件）", 4), ("new_urban_jobs", "城镇新增就业（万人）", 4),
    ("energy_intensity_reduction", "单位GDP能耗降低（%）", 4),
    ("co2_intensity_reduction", "单位GDP二氧化碳降低（%）", 4),
    ("good_air_ratio", "空气优良天数比率（%）", 4), ("good_water_ratio", "地表水优良比例（%）", 4),
    ("forest_cover", "森林覆盖率（%）", 4), ("life_expectancy", "人均预期寿命（岁）", 4),
    ("schooling_years", "受教育年限（年）", 4), ("pension_coverage", "养老保险参保率（%）", 4),
    ("grain_capacity", "粮食综合生产能力（万吨）", 4), ("doctors_per_1000", "每千人口医师（人）", 4),
    ("urbanisation_rate", "城镇化率（规划口径，%）", 4), ("rail_length", "轨道交通里程（公里）", 4),
    ("urbanisation_step", "城镇化率对数发生比的增量", 6), ("gdp_growth", "GDP增速（%）", 6),
    ("growth_with_lean", "同上，若靠拢系数取中心0.15", 6), ("factor_with_lean", "k 发布与实际之比，若取0.15", 8),
    ("manufacturing_share", "制造业占比（%）", 4), ("secondary_share", "第二产业占比（%）", 4),
    ("services_share", "第三产业占比（%）", 4), ("marine_gop", "海洋生产总值（亿元）", 4),
    ("marine_share", "海洋占比（%）", 4), ("marine_gop_growth", "海洋生产总值实际增速（%）", 4),
    ("gdp_per_capita_usd", "人均GDP（美元，普查口径）", 2),
)  # fmt: skip
#: Of these the district's number is the sum over the cells.
SUMMED = {
    "value_added_2020", "capital_start_2020", "investment_2020", "capital_start_2021", "potential_output",
    "value_added", "investment", "depreciation", "capital_start_2022", "value_added_nominal",
}  # fmt: skip


def _cells(rows: tuple[tuple[str, str, int], ...]) -> str:
    ids = pack().cell_ids
    out = []
    for name, label, digits in rows:
        values = [work()[name][cell] for cell in ids]
        total = f"{sum(values):.{digits}f}" if name in SUMMED else ""
        out.append([label, *(f"{value:.{digits}f}" for value in values), total])
    return table(["步骤", *(cell.label.zh for cell in pack().cells), "合计"], out)


def worked_base() -> str:
    return _cells(BASE_ROWS)


def worked_cells() -> str:
    return _cells(CELL_ROWS)


def worked_district() -> str:
    """The district's numbers, three pairs to a line."""
    pairs = [[label, f"{work()[name]:.{digits}f}"] for name, label, digits in DISTRICT_ROWS]
    pairs += [["", ""]] * (-len(pairs) % 3)
    third = len(pairs) // 3
    rows = [pairs[i] + pairs[i + third] + pairs[i + 2 * third] for i in range(third)]
    lines = ["| " + " | ".join(row) + " |" for row in [["量", "数值"] * 3, ["---", "---:"] * 3, *rows]]
    return "\n".join(lines)
