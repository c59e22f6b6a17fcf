"""All pre-flight checks of the targets of a region, without any simulation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sim.facts.definitions import Definitions, read_definitions
from sim.language import Text
from sim.preflight.accounting import people_and_growth, shares_and_growth, shares_of_a_whole
from sim.preflight.alone import held_or_met, passed_by_run_rate, without_base, without_number
from sim.preflight.city import more_than_the_city, part_of_the_city
from sim.preflight.concept import (
    city_of_another_scope,
    definition_break,
    named_growth_but_level,
    nominal_or_real,
    one_year_base_of_a_span,
    one_year_or_average,
    scope_of_the_base,
    unit_of_another_kind,
)
from sim.preflight.finding import KINDS, Finding, who_confirms
from sim.preflight.record import Record, record_of
from sim.preflight.statements import Statement, region_names, statements
from sim.preflight.twice import stated_twice
from sim.region.pack import Pack
from sim.targets import Target


def preflight(pack: Pack, targets: Sequence[Target], definitions: Definitions | None = None) -> tuple[Finding, ...]:
    """Findings about the targets of a pack, by kind in the order of KINDS, then in the order of the targets.

    `definitions` are those of the calibration folder unless given. A target figure that stands in the ledger only
    is compared with the others, and appears among `others`. Raises InputError when the definitions cannot be read.
    """
    known = definitions or read_definitions(pack.folder.parent / "definitions.yaml")
    record = record_of(pack.ledger.facts, known)
    everything = statements(pack, targets)
    found = dict.fromkeys(_all(pack, everything, record))
    by_id = {s.id: s for s in everything}
    found = dict.fromkeys(_not_asked(finding, by_id[finding.id]) for finding in found)
    places = {s.id: i for i, s in enumerate(everything)}
    kinds = list(KINDS)
    return tuple(sorted(found, key=lambda f: (kinds.index(f.finding), places[f.id])))


def _all(pack: Pack, everything: Sequence[Statement], record: Record) -> Iterator[Finding]:
    names = region_names(pack)
    # A target of the nation may be set beside the region's figures, but is not one of the region's targets.
    ours = [s for s in everything if s.above is None]
    for s in everything:
        if s.listed and s.first_reading:
            yield from _alone(s, ours, record, pack, names)
    yield from stated_twice(ours, record)
    yield from (f for f in shares_of_a_whole(ours, record) if _own(f, pack, ours))
    city = names.get(pack.city or "", Text("", ""))
    yield from part_of_the_city(ours, record, pack.id, pack.city, city)
    yield from more_than_the_city(ours, record, pack.city, city)


def _alone(
    s: Statement, everything: Sequence[Statement], record: Record, pack: Pack, names: dict[str, Text]
) -> Iterator[Finding]:
    """What is said of one target, by itself and beside the others."""
    yield from shares_and_growth(s, everything, record)
    yield from people_and_growth(s, everything, record, pack.base_year)
    yield from named_growth_but_level(s, record)
    yield from one_year_or_average(s, everything)
    yield from one_year_base_of_a_span(s)
    yield from nominal_or_real(s, record)
    yield from unit_of_another_kind(s)
    yield from scope_of_the_base(s, record)
    yield from definition_break(s, record)
    yield from city_of_another_scope(s, record, names)
    yield from passed_by_run_rate(s, record)
    yield from held_or_met(s, record)
    yield from without_base(s, record, pack.base_year, names)
    yield from without_number(s, names)


def _own(finding: Finding, pack: Pack, everything: Sequence[Statement]) -> bool:
    """Whether a finding is about the pack's own region."""
    return any(s.id == finding.id and s.region == pack.id for s in everything)


def _not_asked(finding: Finding, s: Statement) -> Finding:
    """A finding about a target that is another region's: nobody is asked to confirm it."""
    if s.above is None:
        return finding
    asked = who_confirms(s.owners)
    zh, en = finding.message.zh.removesuffix(asked.zh), finding.message.en.removesuffix(asked.en)
    return replace(finding, message=Text(f"{zh}上级目标不是本区目标值。", f"{en.strip()} Not a target of the region."))
