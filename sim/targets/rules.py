"""What a region says of a scenario file: names of its own, and targets no region could have or be held against."""

from __future__ import annotations

from sim.errors import unknown_name
from sim.facts.plausible import impossible
from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.region.pack import Pack
from sim.scenario.fields import TargetRules
from sim.targets.reading import benchmark_trouble


def labels_of(pack: Pack) -> dict[str, str]:
    """Chinese names of the region, cells and indicators to their ids, for messages about files that write them."""
    indicators = {item.label.zh: item.id for item in INDICATORS.values()}
    return indicators | {cell.label.zh: cell.id for cell in pack.cells} | {pack.label.zh: pack.id}


def target_rules(pack: Pack) -> TargetRules:
    """The rules for targets of scenarios of this region, so that they are told of with the file's other mistakes."""
    districts = (district.id for district in pack.districts)
    known = tuple(dict.fromkeys((*pack.benchmarks, *pack.parents.values(), *districts)))

    def benchmark(operator: str, name: str) -> Text | None:
        if operator == "above":
            return None if name in known else unknown_name(name, known)
        return benchmark_trouble(operator, name)

    def never(value: float, indicator: str) -> Text | None:
        item = INDICATORS.get(indicator)
        return None if item is None else impossible(value, indicator, item.unit)

    return TargetRules(never, benchmark)
