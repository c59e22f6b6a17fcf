"""From a panel, cut off at a year, to the estimates of that year."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.panel import Panel
from sim.reference_class.associations import association_rows
from sim.reference_class.estimates import Estimate
from sim.reference_class.families import (
    FEWEST_REGIONS,
    FEWEST_YEARS,
    PAIRS,
    Series,
    all_series,
    balanced,
    log_change,
)
from sim.reference_class.likelihood import (
    CommonPosterior,
    Normal,
    RegionsPosterior,
    common_posterior,
    regions_posterior,
)
from sim.reference_class.literature import Literature, Prior, combined
from sim.reference_class.rows import Basis, Rows
from sim.reference_class.statistics import (
    correlation,
    excess_kurtosis,
    jackknife_error,
    pooled_lag,
    slope_spread,
    without_both_means,
)

#: A series with what was learnt of it.
Fitted = tuple[Series, CommonPosterior, RegionsPosterior]

#: Family "growth" has names of its own, because the other rooms speak of common and relative growth.
OWN_NAMES = {
    "growth_mean": "common_growth_mean",
    "growth_lag1": "common_growth_persistence",
    "growth_common_innovation": "common_growth_innovation",
    "growth_year_effect": "common_growth_year_effect",
    "growth_own_lag": "relative_growth_persistence",
    "growth_own_innovation": "relative_growth_innovation",
    "growth_idiosyncratic": "relative_growth_idiosyncratic",
    "growth_mean_spread": "relative_growth_mean_spread",
    "growth_excess_kurtosis": "relative_growth_excess_kurtosis",
    "trade_own_innovation": "trade_own_shock",
}

#: Families of several industries, whose correlations are estimated.
CORRELATED = ("cell_growth", "cell_spread", "deflator")


def estimates_at(panel: Panel, cut_off: int, literature: Literature) -> list[Estimate]:
    """Every estimate from the rows of `panel` up to `cut_off` and the literature dated no later."""
    known = panel.up_to(cut_off)
    rows = Rows(cut_off, literature)
    fitted: dict[tuple[str, str], Fitted] = {}
    for series in all_series(known):
        common, regions = _fit(series, rows)
        fitted[series.family, series.industry] = (series, common, regions)
        _common_rows(series, common, rows)
        _region_rows(series, regions, rows)
    for family in CORRELATED:
        _correlation_rows(family, fitted, rows)
    _larger_traders_row(known, rows)
    association_rows(known, {key: series for key, (series, _, _) in fitted.items()}, rows)
    return rows.made


def named(family: str, what: str) -> str:
    """Name of an estimate of a family, as the other rooms know it."""
    return OWN_NAMES.get(f"{family}_{what}", f"{family}_{what}")


def _prior(series: Series, what: str, rows: Rows) -> Prior:
    return rows.literature.known(named(series.family, what), series.industry, rows.cut_off)


def _fit(series: Series, rows: Rows) -> tuple[CommonPosterior, RegionsPosterior]:
    mean, lag, innovation = (_prior(series, what, rows).normal for what in ("mean", "lag1", "common_innovation"))
    common = common_posterior(series.common, mean, lag, innovation)
    return common, regions_posterior(series.relative, _prior(series, "own_lag", rows).normal)


def _common_rows(series: Series, posterior: CommonPosterior, rows: Rows) -> None:
    """What all regions share in a year: mean, lag-1 persistence, innovation and s.d. over the years."""
    regions, years = series.values.shape
    average = series.common
    lag = max(0.0, posterior.persistence.mean)
    worth = years * (1.0 - lag) / (1.0 + lag)
    plain_lag = correlation(average[1:], average[:-1])
    left = average[1:] - average.mean() - plain_lag * (average[:-1] - average.mean())
    table = (
        ("mean", "pp", "各年共同部分的均值", posterior.mean, worth, float(average.mean())),
        ("lag1", "1", "年度效应的一阶自回归系数", posterior.persistence, years - 1.0, plain_lag),
        ("common_innovation", "pp", "年度效应的新息标准差", posterior.innovation, years - 1.0, float(left.std())),
        ("year_effect", "pp", "年度效应的标准差（长期）", posterior.spread, worth, float(average.std(ddof=1))),
    )
    for what, unit, note, found, effective, plain in table:
        prior = None if what == "year_effect" else _prior(series, what, rows)
        basis = Basis(regions, years, effective, prior)
        name = (named(series.family, what), series.industry)
        rows.add(name, unit, f"{series.label}：{note}", found.mean, found.sd, basis, plain)
    if series.family == "growth":
        note, size = f"{series.label}：年度效应逐年变动的标准差", float(np.diff(average).std(ddof=1))
        basis = Basis(regions, years, years - 1.0)
        _means_row(series, rows)
        rows.add(("common_growth_change", ""), "pp", note, posterior.change.mean, posterior.change.sd, basis, size)


def _means_row(series: Series, rows: Rows) -> None:
    """Persistence when a region's lasting difference counts as persistence: what a forecast without means needs."""
    regions, years = series.values.shape
    value = pooled_lag(series.relative)
    pairs = np.stack([series.relative[:, :-1], series.relative[:, 1:]])
    error = jackknife_error(pairs, lambda pair: float(np.sum(pair[0] * pair[1]) / np.sum(pair[0] ** 2)))
    basis = Basis(regions, years, years - 1.0)
    note = f"{series.label}：地区相对值的一阶自回归（不扣除地区均值）"
    rows.add(("relative_growth_persistence_with_means", ""), "1", note, value, error, basis, value)


def _region_rows(series: Series, posterior: RegionsPosterior, rows: Rows) -> None:
    """What is a region's own: persistence, innovation, s.d. about its own mean, spread of the means, and tails."""
    regions, years = series.values.shape
    relative = series.relative
    within = without_both_means(series.values)
    lag = pooled_lag(within)
    innovations = relative[:, 1:] - pooled_lag(relative) * relative[:, :-1]
    tails = excess_kurtosis(posterior.innovations)
    tails_error = jackknife_error(posterior.innovations, excess_kurtosis)
    spread = slope_spread(relative[:, 1:], relative[:, :-1])
    ratio = posterior.innovation_spread / posterior.innovation.mean
    sizes, lags = years / posterior.size_effect, (years - 1.0) / posterior.lag_effect
    table = (
        ("own_lag", "1", "地区相对值的一阶自回归（扣除地区均值）", posterior.persistence, lags, lag, spread),
        (
            *("own_innovation", "pp", "地区相对值的新息标准差（各地均方根）", posterior.innovation, sizes),
            *(float(innovations.std()), posterior.innovation_spread),
        ),
        (
            *("idiosyncratic", "pp", "地区相对值围绕自身均值的标准差", posterior.idiosyncratic, sizes),
            *(float(within.std()), ratio * posterior.idiosyncratic.mean),
        ),
        (
            *("mean_spread", "pp", "各地长期均值之间的标准差", posterior.mean_spread, float(years)),
            *(float(relative.mean(axis=1).std(ddof=1)), None),
        ),
        (
            *("excess_kurtosis", "1", "地区新息的超额峰度（各地按自身波动标准化）"),
            *(
                Normal(tails, max(tails_error, (24.0 / relative.size) ** 0.5)),
                sizes,
                excess_kurtosis(innovations),
                None,
            ),
        ),
    )
    for what, unit, note, found, effective, plain, between in table:
        basis = Basis(regions, years, effective, _prior(series, what, rows) if what == "own_lag" else None)
        name = (named(series.family, what), series.industry)
        rows.add(name, unit, f"{series.label}：{note}", found.mean, found.sd, basis, plain, between)


def _correlation_rows(family: str, fitted: Mapping[tuple[str, str], Fitted], rows: Rows) -> None:
    """Correlations between industries: of their year effects, and of what is a region's own."""
    for first, second in PAIRS:
        if (family, first) not in fitted or (family, second) not in fitted:
            continue
        one, other = fitted[family, first], fitted[family, second]
        name, label = f"{first}-{second}", f"{one[0].label}与{other[0].label}"
        if one[0].values.shape != other[0].values.shape:
            continue
        regions, years = one[0].values.shape
        _common_correlation((f"{family}_common_correlation", name), label, one[0], other[0], rows)
        both = np.stack([one[2].innovations, other[2].innovations])
        own = correlation(*both)
        error = max(jackknife_error(both, lambda pair: correlation(*pair)), (1.0 - own**2) / (both[0].size ** 0.5))
        plain = correlation(without_both_means(one[0].values), without_both_means(other[0].values))
        effect = max(1.0, error**2 * both[0].size / (1.0 - own**2) ** 2)
        note = f"{label}：地区自身新息的相关"
        rows.add(
            (f"{family}_own_correlation", name), "1", note, own, error, Basis(regions, years, years / effect), plain
        )


def _common_correlation(name: tuple[str, str], label: str, one: Series, other: Series, rows: Rows) -> None:
    """Correlation of two year effects, on Fisher's scale drawn to a weak prior."""
    regions, years = one.values.shape
    prior = rows.literature.known(*name, rows.cut_off)
    plain = correlation(one.common, other.common)
    clipped = min(max(plain, -0.99), 0.99)
    found = combined(float(np.arctanh(clipped)), (years - 3.0) ** -0.5, prior.normal)
    value = float(np.tanh(found.mean))
    basis = Basis(regions, years, float(years), prior)
    rows.add(name, "1", f"{label}：年度效应的相关", value, found.sd * (1.0 - value**2), basis, plain)


def _larger_traders_row(panel: Panel, rows: Rows) -> None:
    """The own trade shock of the three quarters of the regions that trade most: small ones swing more."""
    level, _ = balanced(panel.values["trade_kusd"])
    change, _ = balanced(100.0 * log_change(panel, "trade_kusd"))
    count = (3 * len(level)) // 4
    if len(level) != len(change) or count < FEWEST_REGIONS or change.shape[1] < FEWEST_YEARS:
        return
    larger = np.sort(np.argsort(-level.mean(axis=1), kind="stable")[:count])
    series = Series("trade", "", "进出口较多的四分之三地区", change[larger], panel.years[0])
    found = regions_posterior(series.relative, _prior(series, "own_lag", rows).normal)
    relative = series.relative
    plain = float((relative[:, 1:] - pooled_lag(relative) * relative[:, :-1]).std())
    basis = Basis(count, change.shape[1], change.shape[1] / found.size_effect)
    note = f"{series.label}：进出口增速地区相对值的新息标准差"
    figure = found.innovation
    name = ("trade_own_shock_larger", "")
    rows.add(name, "pp", note, figure.mean, figure.sd, basis, plain, found.innovation_spread)
