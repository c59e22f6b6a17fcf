"""What goes with what in the panel: common movement, convergence, investment, revenue, capital. Associations only."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.panel import Panel
from sim.randomness import Array
from sim.reference_class.families import FEWEST_REGIONS, PARTS, Series, balanced, log_change
from sim.reference_class.literature import combined
from sim.reference_class.rows import Basis, Rows
from sim.reference_class.statistics import (
    Figure,
    mean_pairwise_correlation,
    pooled_slopes,
    shared_by_years,
    slope_spread,
)

Table = Mapping[tuple[str, str], Series]

#: Depreciation rates and shares of reported investment that becomes capital: Zhang (2008), Shan (2008); 0.45–0.75.
CAPITAL_VARIANTS = tuple((rate, share) for rate in (0.096, 0.1096) for share in (0.5, 0.7))


#: S.d. in points of a decade's growth about what it tends to in the long run: with a correlation of 0.1–0.3 between
#: decades (Easterly and others 1993) one decade is hardly more than one observation, whatever its own fit says.
DECADE_SPREAD = 2.0


def association_rows(panel: Panel, series: Table, rows: Rows) -> None:
    """Add everything that is not the common or own movement of one series."""
    growth = series["growth", ""]
    _growth_change_rows(growth, rows)
    _convergence_rows(panel, growth, rows)
    _loading_rows(series, rows)
    if ("investment_growth", "") in series:
        _investment_rows(panel, rows)
        _capital_rows(panel, rows)
    if ("revenue_growth", "") in series:
        _revenue_rows(panel, rows)


def _growth_change_rows(growth: Series, rows: Rows) -> None:
    """How alike regions' growth changes are, and how many independent regions that makes of them."""
    change = np.diff(growth.values, axis=1)
    regions, years = change.shape
    prior = rows.literature.known("growth_change_correlation", "", rows.cut_off)
    shared, worth = shared_by_years(change, prior.mean, prior.sd)
    basis = Basis(regions, years, float(years), prior)
    note = "各省增速年变动之间的相关（组内相关系数）；简单值为两两相关的平均"
    plain = mean_pairwise_correlation(change)
    rows.add(("growth_change_correlation", ""), "1", note, shared.value, shared.standard_error, basis, plain)
    note = "一年之内全部地区相当于多少个独立地区"
    rows.add(("effective_regions", ""), "regions", note, worth.value, worth.standard_error, basis)


def _convergence_rows(panel: Panel, growth: Series, rows: Rows) -> None:
    """Where growth seems to converge and how fast, drawn to the literature; convergence of levels."""
    average = growth.common
    regions, years = growth.values.shape
    fit = pooled_slopes(average[None, 1:], [average[None, :-1]], year_effects=False)
    speed = 1.0 - fit.coefficients[0].value
    freedom = max(1.0, years - 3.0)
    lagged = average[:-1] - average[:-1].mean()
    error = float(np.sqrt(np.sum(_left(average) ** 2) / freedom / np.sum(lagged**2)))
    prior = rows.literature.known("convergence_speed", "", rows.cut_off)
    found = combined(speed, error, prior.normal)
    note = f"增速向成熟水平收敛的年速度；仅由面板：{speed:.2f}（标准误 {error:.2f}），短样本偏高"
    basis = Basis(regions, years, years - 1.0, prior)
    rows.add(("convergence_speed", ""), "1", note, found.mean, found.sd, basis, speed)
    _mature_row(average, speed, error, basis, rows)
    _level_row(panel, growth, rows)


def _left(average: Array) -> Array:
    slope, constant = np.polyfit(average[:-1], average[1:], 1)
    left: Array = average[1:] - constant - slope * average[:-1]
    return left


def _mature_row(average: Array, speed: float, speed_error: float, basis: Basis, rows: Rows) -> None:
    """The growth to which the year averages seem to tend, from a line through (last, next)."""
    prior = rows.literature.known("mature_growth", "", rows.cut_off)
    years = average.size
    kept = Basis(basis.regions, years, years - 1.0, prior)
    target = average[:-1].mean() + (average[1:].mean() - average[:-1].mean()) / speed if speed else np.inf
    noise = np.sum(_left(average) ** 2) / max(1.0, years - 3.0) / (years - 1.0)
    distance = target - average[:-1].mean()
    error = float(np.sqrt(noise + (distance * speed_error) ** 2) / abs(speed)) if speed else np.inf
    # a slope within one standard error of a unit root, or an error above 20 points, says nothing of the level
    if speed < speed_error or error > 20.0:
        note = "成熟增速；面板不能识别（自回归系数与1相差不到一个标准误），取文献先验"
        rows.add(("mature_growth", ""), "pp", note, prior.mean, prior.sd, kept)
        return
    found = combined(float(target), float(np.hypot(error, DECADE_SPREAD)), prior.normal)
    note = f"成熟增速；仅由面板：{target:.1f}（标准误 {error:.1f}）"
    rows.add(("mature_growth", ""), "pp", note, found.mean, found.sd, kept, float(target))


def _level_row(panel: Panel, growth: Series, rows: Rows) -> None:
    """Relative growth on the log of last year's output a head."""
    level, first = balanced(np.log(panel.values["gdp"] / panel.values["population"]))
    if level.shape != growth.values.shape or first != 0:
        return
    outcome, driver = growth.values[:, 1:], level[:, :-1]
    slope = pooled_slopes(outcome, [driver], year_effects=True).coefficients[0]
    note = "相对增速对上年人均产出（对数）的斜率；各时段符号不稳，不宜据以建模"
    _add_slope(("level_convergence", ""), "pp per log point", note, slope, outcome, rows, slope.value)


def _loading_rows(series: Table, rows: Rows) -> None:
    """How strongly an industry moves with the average growth, and its prices with the average deflator."""
    for family, industry, whole in (("cell_growth", "", "growth"), ("deflator", "gdp", "deflator")):
        for part in PARTS:
            cell, total = series[family, part], series[whole, industry]
            driver = np.broadcast_to(total.common, cell.values.shape)
            own = cell.values - cell.values.mean(axis=1, keepdims=True)
            slope = pooled_slopes(own, [driver], year_effects=False).coefficients[0]
            spread = slope_spread(cell.values, driver)
            note = f"{cell.label}对各地平均（{total.label}）的斜率"
            _add_slope((f"{family}_loading", part), "1", note, slope, cell.values, rows, slope.value, spread)


def _investment_rows(panel: Panel, rows: Rows) -> None:
    """Investment on lagged relative growth, and growth on investment, with effects for the years."""
    growth, investment = _aligned(panel.growth("gdp_index"), log_change(panel, "fixed_asset_investment"))
    if growth.shape[0] < FEWEST_REGIONS:
        return
    now, before, own = investment[:, 1:], growth[:, :-1], investment[:, :-1]
    fit = pooled_slopes(now, [before, own], year_effects=True)
    name, note = ("investment_on_lagged_growth", ""), "投资增速对上年相对增速的反应（已含自身滞后）"
    _add_slope(name, "1", note, fit.coefficients[0], now, rows, fit.coefficients[0].value, slope_spread(now, before))
    name, note = ("investment_growth_residual", ""), "投资增速残差的标准差（扣除年度效应、自身滞后与上年增速）"
    _add_slope(name, "pp", note, fit.residual, now, rows, fit.residual.value)
    both = pooled_slopes(growth[:, 1:], [now, own], year_effects=True)
    for place, when in enumerate(("same", "next")):
        name = (f"growth_on_investment_{when}_year", "")
        note = f"增速对{'当年' if when == 'same' else '上年'}投资增速的斜率（相关而非因果，为效应上限）"
        slope = both.coefficients[place]
        spread = slope_spread(growth[:, 1:], (now, own)[place])
        _add_slope(name, "1", note, slope, now, rows, slope.value, spread)


def _revenue_rows(panel: Panel, rows: Rows) -> None:
    """Budget revenue on nominal output: over years and regions, and within years only."""
    output, revenue = _aligned(log_change(panel, "gdp"), log_change(panel, "budget_revenue"))
    if output.shape[0] < FEWEST_REGIONS:
        return
    pooled = pooled_slopes(revenue, [output], year_effects=False)
    within = pooled_slopes(revenue, [output], year_effects=True).coefficients[0]
    spread = slope_spread(revenue, output)
    slope = pooled.coefficients[0]
    note = "一般公共预算收入增速对名义地区生产总值增速的弹性（全部年份、地区）"
    _add_slope(("revenue_elasticity", ""), "1", note, slope, revenue, rows, slope.value, spread)
    note = "同上，只用同一年内各地之间的差异"
    _add_slope(("revenue_elasticity_within_years", ""), "1", note, within, revenue, rows, within.value, spread)
    note = "弹性之外的收入年漂移"
    _add_slope(("revenue_drift", ""), "pp", note, pooled.constant, revenue, rows, pooled.constant.value)
    note = "收入增速残差的标准差"
    _add_slope(("revenue_residual", ""), "pp", note, pooled.residual, revenue, rows, pooled.residual.value)


def _aligned(first: Array, second: Array) -> tuple[Array, Array]:
    """Two arrays in percent over the years and regions that both report."""
    both = np.where(np.isnan(first) | np.isnan(second), np.nan, 1.0)
    known = ~np.isnan(both).all(axis=0)
    complete = ~np.isnan(both[:, known]).any(axis=1)
    return 100.0 * first[complete][:, known], 100.0 * second[complete][:, known]


def _capital_rows(panel: Panel, rows: Rows) -> None:
    """Capital over output by perpetual inventory, as the average of the variants, which differ by the error."""
    names = ("fixed_asset_investment", "gdp", "gdp_index")
    levels = [panel.values[name] for name in names]
    complete = ~np.isnan(np.stack(levels)).any(axis=(0, 2))
    investment, output, index = (level[complete] for level in levels)
    if investment.shape[0] < FEWEST_REGIONS:
        return
    ratios = np.stack([_capital_ratio(investment, output, index, *variant) for variant in CAPITAL_VARIANTS])
    value, error = float(ratios.mean()), float(ratios.mean(axis=1).std(ddof=1))
    note = "资本产出比：永续盘存，折旧9.6%与10.96%、投资转为资本0.5与0.7共四种算法的平均；误差为算法之间的标准差"
    basis = Basis(investment.shape[0], investment.shape[1], float(investment.shape[1]))
    between = float(ratios.mean(axis=0).std(ddof=1))
    rows.add(("capital_output_ratio", ""), "year", note, value, error, basis, value, between)


def _capital_ratio(investment: Array, output: Array, index: Array, depreciation: float, share: float) -> Array:
    """Capital at the end of the last year over its output (region,), in prices of the year.

    The first year is taken for a steady state: its investment share and growth had lasted.
    """
    growth = index / 100.0 - 1.0
    ratio: Array = share * investment[:, 0] / output[:, 0] * (1.0 + growth[:, 0]) / (depreciation + growth[:, 0])
    for year in range(1, output.shape[1]):
        ratio = ratio * (1.0 - depreciation) / (1.0 + growth[:, year]) + share * investment[:, year] / output[:, year]
    return ratio


def _add_slope(
    name: tuple[str, str],
    unit: str,
    note: str,
    figure: Figure,
    used: Array,
    rows: Rows,
    plain: float,
    between: float | None = None,
) -> None:
    regions, years = used.shape
    basis = Basis(regions, years, float(years))
    rows.add(name, unit, note, figure.value, figure.standard_error, basis, plain, between)
