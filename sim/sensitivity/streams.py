"""Groups of inputs: every stream of random numbers belongs to exactly one, by its source and the words of its name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sim.language import Text
from sim.region.pack import Pack

#: Groups in the order of tables.
GROUPS: Mapping[str, Text] = MappingProxyType(
    {
        "settled": Text("公布数已校准的未知量（整体）", "unknowns settled by the figures, as a whole"),
        "world_priors": Text("外部世界的参数", "parameters of the world"),
        "world_shocks": Text("外部世界的逐年冲击", "yearly shocks of the world"),
        "productivity": Text("生产率与长期增速的参数", "parameters of productivity and long-run growth"),
        "capital": Text("投资与资本的参数", "parameters of investment and capital"),
        "demand": Text("需求缺口与敞口的参数", "parameters of demand and exposure"),
        "trade": Text("外贸外资的参数", "parameters of trade and foreign capital"),
        "prices": Text("价格的参数", "parameters of prices"),
        "people": Text("人口与就业的参数", "parameters of people and jobs"),
        "public": Text("财政、收入与研发的参数", "parameters of revenue, income and research"),
        "environment": Text("能源与碳排放的参数", "parameters of energy and carbon"),
        "social": Text("社会事业的参数", "parameters of social indicators"),
        "volatility": Text("冲击常年大小的参数", "parameters of the usual size of shocks"),
        "facts": Text("基年公布数", "reported figures of the base year"),
        "discrepancy": Text("模型偏差", "discrepancy of the model"),
        "shocks_common": Text("本区共同的逐年冲击", "yearly shocks common to the region"),
        "shocks_cell": Text("各部门的逐年冲击", "yearly shocks of cells"),
        "shocks_own": Text("各指标自身的逐年冲击", "yearly shocks of single indicators"),
        "reporting": Text("统计发布与普查修订", "reporting and census revisions"),
        "scenario": Text("情景自带的区间、项目与事件", "ranges, projects and events of the scenario"),
        "surroundings": Text("区外：全市其余地区", "the rest of the city"),
        "other": Text("其他", "others"),
    }
)
#: Moved together under a posterior; no stream belongs to it by name.
SETTLED = "settled"
#: Of what has no place here, which a test keeps empty.
OTHER = "other"

#: Kinds of parameters, the word behind the region's name, by group.
KINDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "productivity": (
            "potential_growth_first_year", "convergence_speed", "mature_premium", "relative_persistence",
            "cell_relative_persistence", "cell_premium", "research_effect", "digital_effect", "foreign_capital_effect",
        ),
        "capital": (
            "depreciation_rate", "capital_convergence", "investment_own_lag", "accelerator", "formation_retention",
            "formation_response", "investment_price_growth", "capital_share", "capital_output_ratio",
            "base_capital_growth",
        ),
        "demand": (
            "demand_persistence", "base_demand_gap", "rebound_share", "property_persistence", "demand_gap_profile",
            "trade_exposure", "investment_exposure", "property_exposure", "national_exposure", "entrepot_exposure",
        ),
        "trade": (
            "export_demand_elasticity", "export_price_elasticity", "import_output_elasticity", "processing_share",
            "export_share", "fdi_trend", "fdi_growth_response", "fdi_persistence",
        ),
        "prices": (
            "trade_price_trend", "trade_price_response", "exchange_rate_response", "consumer_price_mean",
            "consumer_price_response", "price_trend", "producer_price_response",
        ),
        "people": (
            "natural_rate", "natural_rate_drift", "migration_base_rate", "migration_pull", "participation_trend",
            "urbanisation_speed", "urbanisation_migration_response", "census_urbanisation_shift", "jobs_trend",
            "jobs_elasticity", "jobs_persistence",
        ),
        "public": (
            "revenue_elasticity", "revenue_drift", "revenue_property_response", "income_elasticity", "income_drift",
            "income_growth_before", "research_drift", "patent_trend", "patent_research_response",
        ),
        "environment": ("efficiency_trend", "fuel_trend", "energy_intensity"),
        "social": (
            "doctors_growth", "programme_delivery", "bounded_drift", "rail", "marine_share", "fishery_share",
            "marine_manufacturing_share", "marine_secondary_share",
        ),
    }
)  # fmt: skip
#: Kinds of shocks by group.
SHOCKS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "shocks_common": ("relative", "home", "property", "investment"),
        "shocks_cell": ("cell", "cell_relative", "price", "price_industry", "energy"),
        "shocks_own": (
            "trade", "fdi", "migration", "urbanisation", "revenue", "income", "consumer_price", "retail", "research",
            "patents", "jobs", "fuel", "doctors", "bounded", "rail",
        ),
        "scenario": ("event", "project", "project_delay"),
    }
)  # fmt: skip
_OF_KIND = {kind: group for group, kinds in KINDS.items() for kind in kinds}
_OF_SHOCK = {kind: group for group, kinds in SHOCKS.items() for kind in kinds}
_VOLATILITY = "_volatility"


@dataclass(frozen=True, slots=True)
class Grouping:
    """Which group a stream belongs to; `outside` are the regions around the one asked for."""

    outside: frozenset[str]

    def of(self, source: str, name: str) -> str:
        """The group of a stream, a key of GROUPS."""
        prefix, _, rest = name.partition(".")
        kind = rest.partition(".")[0]
        if prefix in self.outside:
            return "surroundings"
        if source in ("facts", "discrepancy", "reporting", "scenario"):
            return source
        if source == "shocks":
            if prefix == "world":
                return "world_shocks"
            return _OF_SHOCK.get(prefix if prefix in SHOCKS["scenario"] else kind, OTHER)
        if prefix == "world":
            return "world_priors"
        return "volatility" if kind.endswith(_VOLATILITY) else _OF_KIND.get(kind, OTHER)


def grouping_of(pack: Pack) -> Grouping:
    """Around a district all of its city is outside; a city and its districts are one."""
    city = pack.whole
    if city is None or pack.districts:
        return Grouping(frozenset())
    return Grouping(frozenset(part.id for part in (city, *city.districts) if part.id != pack.id))
