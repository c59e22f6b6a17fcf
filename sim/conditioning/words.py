"""What facts, histories and the world's surprises are called where people read of a calibration."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sim.conditioning.observations import Observation
from sim.conditioning.region import history_label
from sim.facts.names import name_of, read_names
from sim.language import Text
from sim.preflight.statements import region_names
from sim.region.pack import Pack

#: Series of the world whose surprises count as facts, as in `sim.conditioning.region`.
WORLD_SERIES = {
    "national_growth": Text("全国经济增长", "national growth"),
    "producer_prices": Text("全国工业品价格", "producer prices"),
    "exchange_rate": Text("人民币汇率", "exchange rate"),
}


def fact_words(pack: Pack, facts: Sequence[Observation], surprises: Sequence[str] = ()) -> Mapping[str, Text]:
    """Names of facts by id: region, year and indicator; of surprises: series of the world and year."""
    names = read_names(pack.folder.parent / "indicators.yaml")
    regions = region_names(pack)
    out = {}
    for one in facts:
        region, what = regions.get(one.region, Text(one.region, one.region)), name_of(one.indicator, names)
        out[one.id] = Text(f"{region.zh}{one.year}年{what.zh}", f"{region.en}, {what.en}, {one.year}")
    return out | {name: surprise_words(name) for name in surprises}


def step_words(step: str) -> Text:
    """A step of conditioning as `condition` tells of it: a history of the past years by its name, or the drawing."""
    return Text("抽样", "drawing") if step == "draws" else history_label(step)


def surprises_in(names: Iterable[str]) -> list[str]:
    """Those of the names that are surprises of the world: `world.<series>.<year>`."""
    return [name for name in names if name.startswith("world.") and name.count(".") == 2]


def surprise_words(name: str) -> Text:
    """`world.<series>.<year>` in words."""
    _, series, year = name.split(".")
    what = WORLD_SERIES[series]
    return Text(f"{year}年{what.zh}（外部世界）", f"{what.en}, {year} (the world)")
