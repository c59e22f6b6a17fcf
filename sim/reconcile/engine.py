"""Reconcile reported figures: every finding about a ledger, by arithmetic and definitions alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sim.facts.definitions import Definitions
from sim.facts.ledger import Fact
from sim.facts.rounding import Rounding
from sim.reconcile.breaks import break_conflicts
from sim.reconcile.causes import likely_cause
from sim.reconcile.conflict import KINDS, Conflict
from sim.reconcile.contributions import contribution_links
from sim.reconcile.identities import identity_conflict
from sim.reconcile.links import Links, build_links
from sim.reconcile.localise import clashes, gap
from sim.reconcile.network import Network
from sim.reconcile.quantities import read_facts
from sim.reconcile.reports import differing_reports, report_conflict, suspects_of
from sim.reconcile.scopes import concept_conflicts, name_conflicts, price_conflicts, scope_conflicts
from sim.reconcile.wording import Labels


@dataclass(frozen=True, slots=True)
class Prepared:
    """The network of a ledger's actual figures and the links it was made from."""

    network: Network
    links: Links


def prepare(
    facts: Iterable[Fact], words: Mapping[str, Rounding], definitions: Definitions, parents: Mapping[str, str]
) -> Prepared:
    """Quantities and links of all facts that report what happened; targets are left out."""
    readings = read_facts((fact for fact in facts if fact.nature != "target"), words, definitions)
    quantities = list(dict.fromkeys(reading.quantity for reading in readings))
    links = build_links(quantities, definitions, parents)
    links = replace(links, links=(*links.links, *contribution_links(readings, definitions)))
    return Prepared(Network(readings, links, definitions.plausible), links)


def reconcile(
    facts: Sequence[Fact],
    words: Mapping[str, Rounding],
    definitions: Definitions,
    parents: Mapping[str, str],
    choices: Collection[str] = (),
    labels: Labels | None = None,
) -> tuple[Conflict, ...]:
    """Every finding about the facts, by kind and then in the order of the ledger.

    `parents` maps a region to the one it is part of; `choices` holds ids of facts recorded as the ones to use;
    `labels` says what readers call documents, regions and indicators. Figures that agree within their rounding
    are never reported.
    """
    named = labels or Labels()
    prepared = prepare(facts, words, definitions, parents)
    actual = [fact for fact in facts if fact.nature != "target"]
    found = [
        *_numbers(prepared.network, definitions, choices, named),
        *break_conflicts(prepared.network, prepared.links.broken, definitions, choices, named),
        *scope_conflicts(actual, definitions, named),
        *concept_conflicts(facts, definitions, named),
        *name_conflicts(facts, definitions, named),
        *price_conflicts(actual, definitions, named),
    ]
    order = {fact.id: number for number, fact in enumerate(facts)}
    return tuple(sorted(found, key=lambda one: (KINDS.index(one.kind), min(order[id] for id in one.facts))))


def _numbers(
    network: Network, definitions: Definitions, choices: Collection[str], labels: Labels
) -> Iterator[Conflict]:
    """Differing reports, and clashes under identities among the reports used."""
    active = set(range(len(network.readings)))
    for group in differing_reports(network, sorted(active), choices):
        suspects = suspects_of(network, group, active, choices)
        others = group.others if group.used not in suspects or len(suspects) > len(group.others) else suspects
        active -= {fact for fact in others if not network.readings[fact].quantity.vintage}
        yield report_conflict(network, group, suspects, labels)
    for clash in clashes(network, sorted(active)):
        cause = likely_cause(network, clash, active, definitions)
        yield identity_conflict(network, clash, gap(network, clash.facts), cause, labels)
