"""The form of `calibration/definitions.yaml`: models that `sim.facts.definitions` reads it with."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from sim.reading.source import StrictModel, WrongValue

Filled = Field(min_length=1)


class Reason(StrictModel):
    """Anything that is a judgement says why, in both languages."""

    reason: str = Filled
    reason_en: str = Filled


class TagModel(StrictModel):
    meaning: str = Filled
    meaning_en: str = Filled
    stated: bool = True


class AxisModel(StrictModel):
    label: str = Filled
    label_en: str = Filled
    tags: dict[str, TagModel]
    indicators: list[str] = []
    untagged: Literal["unstated", "distinct"] = "unstated"


class BreakModel(StrictModel):
    id: str = Filled
    axis: str
    kind: Literal["vintage", "classification"]
    date: str = Field(pattern=r"^\d{4}(-\d\d(-\d\d)?)?$")
    before: str
    after: str
    last_before: int
    first_after: int
    label: str = Filled
    label_en: str = Filled
    indicators: list[str]
    sources: list[str]

    @model_validator(mode="after")
    def _in_order(self) -> BreakModel:
        if self.first_after <= self.last_before:
            raise WrongValue("first_after 应晚于 last_before", "first_after must be later than last_before")
        return self


class BridgeModel(StrictModel):
    """Figures before the break times a factor between low and high stand on the basis after it."""

    break_id: str = Field(alias="break")
    region: str
    indicator: str
    low: float = Field(gt=0, allow_inf_nan=False)
    high: float = Field(gt=0, allow_inf_nan=False)
    source: str = Filled


class ConceptModel(Reason):
    one: str
    other: str
    quiet: bool = False


class Names(StrictModel):
    """A word in the name of a plan's row and the suffixes it can stand for."""

    word: str = Filled
    suffixes: list[str]
    meaning: str = Filled
    meaning_en: str = Filled


class Sum(StrictModel):
    """The parts sum to the whole, or to 100 % when there is none."""

    whole: str | None
    parts: list[str]
    label: str = Filled
    label_en: str = Filled


class Product(StrictModel):
    result: str
    factors: list[str]
    label: str = Filled
    label_en: str = Filled


class PerHead(StrictModel):
    per_head: str
    of: str
    dollars: bool


class Identities(StrictModel):
    """Identities between indicators, by name."""

    nation: str
    exchange_rate: str
    total: str
    shares: dict[str, str]
    sums: list[Sum]
    products: list[Product]
    per_head: list[PerHead]
    days: dict[str, str]
    parts: list[list[str]]
    extensive: list[str]
    flows: list[str]
    steady: list[str]

    def total_of_share(self, base: str) -> str:
        """The level whose part of GDP `<base>_share` is."""
        return self.shares.get(f"{base}_share", f"{base}_value_added")


class Deflator(Reason):
    """Percent by which nominal growth may exceed real growth; no indicators means all others."""

    indicators: list[str]
    one_year: list[float] = Field(min_length=2, max_length=2)
    average: list[float] = Field(min_length=2, max_length=2)


class Value(Reason):
    value: float = Field(gt=0, allow_inf_nan=False)


class Range(Reason):
    low: float = Field(allow_inf_nan=False)
    high: float = Field(allow_inf_nan=False)


class Bound(Range):
    """Bounds of a figure in percent, for indicators with one of the suffixes (empty: levels)."""

    suffixes: list[str]
    indicators: list[str]


class Plausible(StrictModel):
    """Every bound that is a judgement rather than an identity."""

    deflators: list[Deflator]
    deflated: list[str]
    base_revision: Value
    growth_revision: Value
    contribution_weight: Value
    year_to_rest: Value
    part_of_year: Range
    yearly_change: Range
    population_mean: Value
    valid_days: Value
    bounds: list[Bound]

    def deflator(self, base: str) -> Deflator:
        """The entry of an indicator, or the general one."""
        general = next(entry for entry in self.deflators if not entry.indicators)
        return next((entry for entry in self.deflators if base in entry.indicators), general)

    def bound(self, base: str, suffix: str) -> Bound | None:
        """Bounds in percent of an indicator given as base and suffix."""
        for entry in self.bounds:
            suits = suffix in entry.suffixes if entry.suffixes else suffix == ""
            if suits and (not entry.indicators or base in entry.indicators):
                return entry
        return None


class Reliability(StrictModel):
    """Weights of the grades of sources; rounding.yaml widens the figures from weak ones."""

    weights: dict[str, float]
    rounding_word_discount: float
    floor_margin: Value


class DefinitionsModel(StrictModel):
    axes: dict[str, AxisModel]
    breaks: list[BreakModel]
    bridges: list[BridgeModel]
    concepts: list[ConceptModel]
    names: list[Names]
    identities: Identities
    plausible: Plausible
    reliability: Reliability
