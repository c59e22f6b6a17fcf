"""The form of the YAML files of a region pack."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sim.parameters.priors import ScalarLine
from sim.reading.source import StrictModel

#: Quantities of the base year that the model starts from; left out or null in a pack that does not have one.
BASE_FACTS = (
    "gdp", "gdp_growth", "gdp_growth_average", "primary", "secondary", "manufacturing_share", "marine_share",
    "trade_total", "exports", "fdi", "budget_revenue", "budget_revenue_growth", "research_intensity", "patents",
    "urbanisation", "population", "gdp_per_capita_usd", "income_growth", "income_level", "new_urban_jobs",
    "energy_intensity_reduction", "doctors_per_1000",
)  # fmt: skip
#: Units in which the model takes them; percent where none is named.
UNITS = {
    "gdp": "亿元", "primary": "亿元", "secondary": "亿元", "trade_total": "亿元", "budget_revenue": "亿元",
    "population": "万人", "exports": "亿元", "fdi": "亿美元", "gdp_per_capita_usd": "美元", "income_level": "元",
    "new_urban_jobs": "万人", "patents": "件/万人", "doctors_per_1000": "人/千人",
}  # fmt: skip
#: Levels that may be given as a share of GDP.
OR_SHARE = ("primary", "secondary")
#: How many years older than the base year a level may be that is carried forward by growth.
OLDEST = {"income_level": 2}
#: Without these there is no base year.
NEEDED_FACTS = ("gdp", "gdp_growth", "primary", "secondary", "population")
BASE_ASSUMPTIONS = (
    "fishery_share", "marine_manufacturing_share", "marine_secondary_share", "export_share",
    "census_urbanisation_shift", "income_growth_before",
)  # fmt: skip


class CellFile(StrictModel):
    """A production cell."""

    id: str
    label: str
    label_en: str
    industry: Literal["primary", "secondary", "tertiary"]
    group: str
    marine: bool


class BoundedFile(StrictModel):
    """A bounded social indicator."""

    indicator: str
    fact: str
    scale: Literal["ratio", "level"]
    lever: str


class RailFile(StrictModel):
    """A metro line."""

    id: str
    label: str
    label_en: str
    fact: str | None = None
    length: list[float] | None = Field(default=None, min_length=2, max_length=2)
    opening: int
    delay: list[float] = Field(min_length=1)
    source: str = Field(min_length=4)


class RelatedFile(StrictModel):
    """How alike the rest of a city and its first district are in one kind of stream."""

    correlation: float = Field(ge=0.0, lt=1.0)
    source: str = Field(min_length=4)


class RegionFile(StrictModel):
    """region.yaml."""

    id: str
    label: str
    label_en: str
    base_year: int
    city: str | None = None
    province: str | None = None
    districts: list[str] = []
    related: dict[str, RelatedFile] = {}
    cells: list[CellFile] = Field(min_length=3)
    bounded: list[BoundedFile] = []
    rail: list[RailFile] = []
    growth_targets: dict[int, str] = {}
    censuses: list[int] = []
    marine_standard: int | None = None


class CompositionFile(StrictModel):
    """How a cell is made from reported figures."""

    of: Literal["primary", "secondary", "tertiary", "manufacturing"]
    part: Literal["rest", "share", "marine_closure"]
    share: str | None = None


class BaseYearFile(StrictModel):
    """base_year.yaml."""

    facts: dict[str, str | None]
    assumptions: dict[str, ScalarLine] = {}
    composition: dict[str, CompositionFile]
