"""What an indicator of the ledgers is called: the names of `calibration/indicators.yaml` and words for suffixes.

Only base names are in the file, and derived ones that would read badly when put together; the rest is composed,
`gdp_growth_average` → 地区生产总值年均增速.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from pydantic import Field, field_validator, model_validator

from sim.facts.naming import names_within, split_indicator
from sim.language import Text
from sim.reading.source import StrictModel, WrongValue, load

_ID = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")

# One entry for each of `naming.SUFFIXES`; {} is the name of what the figure is derived from.
_WORDS: Mapping[str, Text] = MappingProxyType(
    {
        "growth": Text("{}增速", "{}, growth"),
        "growth_average": Text("{}年均增速", "{}, average growth"),
        "growth_cumulative": Text("{}累计增速", "{}, cumulative growth"),
        "cumulative": Text("累计{}", "{}, cumulative"),
        "average": Text("年均{}", "{}, yearly average"),
        "change": Text("{}变化", "{}, change"),
        "multiple": Text("{}倍数", "{}, multiple"),
        "share": Text("{}占地区生产总值比重", "{}, share of GDP"),
        "share_of_city": Text("{}占全市比重", "{}, share of the city"),
        "share_of_province": Text("{}占全省比重", "{}, share of the province"),
        "share_of_nation": Text("{}占全国比重", "{}, share of the nation"),
    }
)


class _NameModel(StrictModel):
    label: str = Field(min_length=1)
    label_en: str = Field(min_length=1)

    @field_validator("label")
    @classmethod
    def _chinese(cls, label: str) -> str:
        if not _CHINESE.search(label):
            raise WrongValue("label 应为中文名称", "label must be the Chinese name")
        return label


class _NamesModel(StrictModel):
    indicators: dict[str, _NameModel]

    @model_validator(mode="after")
    def _plain_ids(self) -> _NamesModel:
        for id in self.indicators:
            if not _ID.fullmatch(id):
                raise WrongValue(
                    "指标编号只用小写字母、数字和下划线",
                    "an indicator id is made of lower-case letters, digits and underscores",
                    ("indicators", id),
                )
        return self

    @model_validator(mode="after")
    def _each_its_own(self) -> _NamesModel:
        """Two indicators under one name could not be told apart where only the name is shown."""
        for field in ("label", "label_en"):
            owner: dict[str, str] = {}
            for id, entry in self.indicators.items():
                name = getattr(entry, field)
                first = owner.setdefault(name, id)
                if first != id:
                    zh, en = f"“{name}”已是 {first} 的名称", f"“{name}” is already the name of {first}"
                    raise WrongValue(zh, en, ("indicators", id, field))
        return self


def read_names(path: str | Path) -> Mapping[str, Text]:
    """Names by indicator id; raises InputError for a wrong form, a repeated id or a name used twice."""
    entries = load(path, _NamesModel).indicators
    return MappingProxyType({id: Text(entry.label, entry.label_en) for id, entry in entries.items()})


def entry_of(indicator: str, names: Mapping[str, Text]) -> str | None:
    """The id in `names` from which the name is made: its own, else the nearest it is derived from, else None."""
    return next((name for name in names_within(indicator) if name in names), None)


def name_of(indicator: str, names: Mapping[str, Text]) -> Text:
    """The name of an indicator; the bare id in both languages when nothing it is derived from has a name."""
    if indicator in names:
        return names[indicator]
    if entry_of(indicator, names) is None:
        return Text(indicator, indicator)
    base, suffix = split_indicator(indicator)
    inner, words = name_of(base, names), _WORDS[suffix]
    return Text(words.zh.format(inner.zh), words.en.format(inner.en))
