"""Reported figures of a pack that do not agree, and what readers call the documents and indicators in them."""

from __future__ import annotations

from collections.abc import Collection

from sim.facts.definitions import Definitions
from sim.facts.names import name_of, read_names
from sim.language import Text
from sim.preflight.statements import region_names
from sim.reconcile import Conflict, Labels, reconcile
from sim.region.pack import Pack
from sim.resources import data_path


def conflicts_of(pack: Pack, definitions: Definitions, labels: Labels | None = None) -> tuple[Conflict, ...]:
    """Figures of the ledger that do not agree under an identity or a definition.

    Only those that concern the region's own figures: what is among its city's alone is the city's to settle. Where
    there are several reports, the recorded choice counts, and the one that the base year starts from.
    """
    named = labels or labels_of(pack)
    found = reconcile(pack.ledger.facts, pack.words, definitions, pack.parents, chosen_facts(pack), named)
    own = {fact.id for fact in pack.own_facts}
    return tuple(conflict for conflict in found if own.intersection(conflict.facts))


def labels_of(pack: Pack) -> Labels:
    """What readers call the documents, regions and indicators of a pack."""
    return Labels(
        documents={id: source.name for id, source in pack.sources.items()},
        regions=region_names(pack),
        indicators=names_of({fact.indicator for fact in pack.ledger.facts}),
    )


def names_of(indicators: Collection[str]) -> dict[str, Text]:
    """What indicators are called in statistics."""
    names = read_names(data_path("calibration") / "indicators.yaml")
    return {indicator: name_of(indicator, names) for indicator in indicators}


def known_packs(pack: Pack) -> tuple[Pack, ...]:
    """The pack with those of its city or districts."""
    return (pack, *pack.districts, *(() if pack.surroundings is None else (pack.surroundings,)))


def chosen_facts(pack: Pack) -> set[str]:
    """Ids to be used where reports differ: the recorded choices, and what base years start from."""
    chosen = set(pack.chosen) | {fact.id for fact in pack.base_facts.values() if fact is not None}
    for other in known_packs(pack)[1:]:
        chosen |= {f"{other.id}.{fact.id}" for fact in other.base_facts.values() if fact is not None}
    return chosen
