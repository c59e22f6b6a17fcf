"""The table of docs/reference_class.md, made from the committed estimates."""

from __future__ import annotations

import re

from sim.reference_class.estimates import Estimate, Estimates

#: Cut-offs shown: the first, two in between, the last.
SHOWN = (2004, 2007, 2010, 2014)

QUANTITIES = (
    *(("common_growth_mean", ""), ("common_growth_persistence", ""), ("common_growth_innovation", "")),
    *(("common_growth_change", ""), ("convergence_speed", ""), ("mature_growth", "")),
    *(("growth_change_correlation", ""), ("effective_regions", ""), ("relative_growth_persistence", "")),
    *(("relative_growth_innovation", ""), ("relative_growth_mean_spread", ""), ("relative_growth_excess_kurtosis", "")),
    *((f"cell_growth_{what}", part) for what in ("idiosyncratic", "own_lag") for part in ("primary", "secondary")),
    *(("cell_growth_idiosyncratic", "tertiary"), ("cell_growth_own_lag", "tertiary")),
    *(("cell_growth_common_correlation", "secondary-tertiary"), ("cell_growth_own_correlation", "secondary-tertiary")),
    *((f"deflator_{what}", part) for part in ("gdp", "primary", "secondary", "tertiary") for what in ("mean",)),
    *(("deflator_year_effect", "gdp"), ("deflator_idiosyncratic", "gdp"), ("deflator_lag1", "gdp")),
    *(("services_less_secondary_price_mean", ""), ("services_less_secondary_price_year_effect", "")),
    *(("trade_own_shock", ""), ("trade_own_shock_larger", ""), ("investment_growth_own_lag", "")),
    *(("investment_growth_own_innovation", ""), ("growth_on_investment_same_year", "")),
    *(("revenue_elasticity", ""), ("revenue_elasticity_within_years", ""), ("revenue_residual", "")),
    *(("level_convergence", ""), ("capital_output_ratio", "")),
)

_PART = re.compile(r"(<!-- generated:reference-class -->\n).*?(<!-- /generated -->)", re.DOTALL)


def estimates_table(estimates: Estimates) -> str:
    """A Markdown table: a quantity a row, `estimate (standard error)` for each cut-off shown."""
    head = ["数量", "名称", *(f"{year}" for year in SHOWN), "地区间标准差", "简单值"]
    lines = [head, ["---"] * len(head)]
    for quantity, industry in QUANTITIES:
        found = [estimates.at(year).get(quantity, industry) for year in SHOWN]
        last = found[-1]
        name = f"`{quantity}`" + (f" {industry}" if industry else "")
        extra = [_number(value, last) for value in (last.between_regions_sd, last.plain_estimate)]
        lines.append([_label(last), name, *(_with_error(one) for one in found), *extra])
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def renewed(page: str, estimates: Estimates) -> str:
    """The page with its table made anew."""
    return _PART.sub(lambda match: f"{match[1]}{estimates_table(estimates)}\n{match[2]}", page)


def _label(estimate: Estimate) -> str:
    """The note without what belongs to one cut-off or to the method."""
    return re.split(r"；", estimate.note)[0]


def _digits(estimate: Estimate) -> int:
    return 1 if estimate.unit in ("pp", "regions") and abs(estimate.estimate) >= 3.0 else 2


def _with_error(estimate: Estimate) -> str:
    digits = _digits(estimate)
    return f"{estimate.estimate:.{digits}f}（{estimate.standard_error:.{digits}f}）"


def _number(value: float | None, estimate: Estimate) -> str:
    return "—" if value is None else f"{value:.{_digits(estimate)}f}"
