"""`list peers`: what planners compare first, from reported figures alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sim.facts.definitions import read_definitions
from sim.facts.ledger import Fact
from sim.language import Text
from sim.peers import (
    Beside,
    CatchUp,
    Figures,
    Gap,
    PeerRegion,
    Peers,
    Rank,
    Share,
    catch_up,
    faster,
    ranks,
    read_peers,
    shares,
    side_by_side,
)
from sim.peers.figures import scope_words
from sim.region.pack import Pack
from sim.resources import data_path

Record = dict[str, Any]

#: Kinds of peers that the region is set beside; nation and province are no peers of a district or a city.
BESIDE = ("new_area", "district", "city")


@dataclass(frozen=True, slots=True)
class _Setting:
    """The region, what it belongs to, and all figures."""

    region: str
    wholes: tuple[str | None, ...]
    peers: Peers
    figures: Figures
    facts: Mapping[str, Fact]
    labels: Mapping[str, Text]


def peer_records(pack: Pack) -> list[Record]:
    """All lines as records; `table` is shares, ranks, growth, beside or catch_up, `facts` and `sources` are ids.

    Missing figures are null. Raises InputError for files of the calibration folder that do not read.
    """
    setting = _setting(pack)
    above = [region for region in setting.wholes if region is not None]
    regions = setting.peers.regions
    beside = [r for r in regions.values() if r.kind in BESIDE and (r.id == pack.id or r.id not in above)]
    if pack.id not in regions:
        beside.insert(0, PeerRegion(pack.id, pack.label, "new_area"))
    own = [fact for fact in pack.ledger.facts if fact.region == pack.id]
    lines: list[Record] = [_share(line, setting) for line in shares(setting.figures, pack.id, setting.wholes)]
    lines += [_rank(line, setting) for line in ranks(own, setting.peers.facts, pack.id)]
    lines += [_gap(line, setting) for line in faster(setting.figures, pack.id, above)]
    years = _years(setting, [region.id for region in beside], pack.base_year)
    lines += [_beside(line, setting) for line in side_by_side(setting.figures, beside, years)]
    others = [region for region in beside if region.id != pack.id]
    return lines + [_catch_up(line, setting) for line in catch_up(setting.figures, pack.id, others)]


def _setting(pack: Pack) -> _Setting:
    calibration = data_path("calibration")
    definitions = read_definitions(calibration / "definitions.yaml")
    peers = read_peers(calibration, pack.words)
    # The pack's ledger first: of two rows of the same figure its own wins.
    facts = [*pack.ledger.facts, *peers.facts]
    city = pack.surroundings
    chosen = {*pack.chosen, *(f"{city.id}.{id}" for id in city.chosen)} if city is not None else pack.chosen
    labels = {id: region.label for id, region in peers.regions.items()}
    return _Setting(
        pack.id,
        _wholes(pack, peers, definitions.identities.nation),
        peers,
        Figures(facts, definitions, pack.words, chosen),
        {fact.id: fact for fact in reversed(facts)},
        labels | {pack.id: pack.label},
    )


def _wholes(pack: Pack, peers: Peers, nation: str) -> tuple[str | None, ...]:
    """City, province and nation of the region; a city has no city above it."""
    found: dict[str, str] = {"nation": nation}
    region = pack.id
    while region in pack.parents:
        region = pack.parents[region]
        known = peers.regions.get(region)
        kind = known.kind if known is not None else ("province" if "city" in found else "city")
        found.setdefault(kind, region)
    return tuple(found.get(kind) for kind in ("city", "province", "nation"))


def _years(setting: _Setting, regions: Iterable[str], first: int) -> range:
    """Years from the base year to the last in which two of the regions report GDP or its growth."""
    total = setting.figures.definitions.identities.total
    reported: dict[int, set[str]] = {}
    for region in regions:
        for indicator in (total, f"{total}_growth"):
            for period in setting.figures.periods(region, indicator):
                if period.isdigit():
                    reported.setdefault(int(period), set()).add(region)
    return range(first, max((year for year, found in reported.items() if len(found) > 1), default=first - 1) + 1)


def _grounds(facts: Iterable[str], setting: _Setting, remarks: Iterable[Text]) -> Record:
    """What every record has: ids of facts and sources, vintages, remarks."""
    ids = list(dict.fromkeys(facts))
    used = [setting.facts[id] for id in ids]
    said = list(dict.fromkeys(remarks))
    return {
        "facts": ids,
        "sources": list(dict.fromkeys(fact.document for fact in used)),
        "natures": [fact.nature for fact in used],
        "remark": "；".join(text.zh for text in said) or None,
        "remark_en": "; ".join(text.en for text in said) or None,
    }


def _named(region: str, setting: _Setting, key: str) -> Record:
    label = setting.labels.get(region, Text(region, region))
    return {key: region, f"{key}_label": label.zh, f"{key}_label_en": label.en}


def _level(fact: Fact | None, key: str) -> Record:
    if fact is None:
        return {key: None, f"{key}_unit": None, f"{key}_word": None}
    return {key: fact.value, f"{key}_unit": fact.unit, f"{key}_word": fact.rounding}


def _share(line: Share, setting: _Setting) -> Record:
    return {
        "table": "shares",
        "indicator": line.indicator,
        "period": line.period,
        **_named(line.whole, setting, "whole"),
        "printed": None if line.printed is None else line.printed.value,
        "printed_word": None if line.printed is None else line.printed.rounding,
        "computed": line.computed,
        "low": line.low,
        "high": line.high,
        "agrees": line.agrees,
        "scope": "；".join(
            dict.fromkeys(word for fact in (line.own, line.printed) if fact for word in scope_words(fact))
        )
        or None,
        **_level(line.own, "own"),
        **_level(line.other, "other"),
        **_grounds(line.facts, setting, line.remarks),
    }


def _rank(line: Rank, setting: _Setting) -> Record:
    note = (Text(line.fact.note, line.fact.note),) if line.fact.note else ()
    return {
        "table": "ranks",
        "indicator": line.indicator,
        "period": line.period,
        "rank": line.rank,
        "among": None if line.among is None else line.among.zh,
        "among_en": None if line.among is None else line.among.en,
        "quote": line.fact.quote,
        **_grounds((line.fact.id,), setting, note),
    }


def _gap(line: Gap, setting: _Setting) -> Record:
    return {
        "table": "growth",
        "indicator": line.indicator,
        "period": line.period,
        **_named(line.other, setting, "other"),
        "own": line.own_growth,
        "growth": line.other_growth,
        "points": line.points,
        "computed": line.computed,
        **_grounds(line.facts, setting, line.remarks),
    }


def _beside(line: Beside, setting: _Setting) -> Record:
    return {
        "table": "beside",
        "period": str(line.year),
        **_named(line.region.id, setting, "region"),
        "kind": line.region.kind,
        "gdp": None if line.gdp is None else line.gdp.in_unit("亿元"),
        "gdp_growth": None if line.growth is None else line.growth.number,
        "gdp_per_head": line.per_head,
        "gdp_per_head_unit": "万元",
        "computed": line.computed,
        **_grounds(line.facts, setting, line.remarks),
    }


def _catch_up(line: CatchUp, setting: _Setting) -> Record:
    return {
        "table": "catch_up",
        **_named(line.peer.id, setting, "region"),
        "kind": line.peer.kind,
        "first_year": line.first_year,
        "last_year": line.last_year,
        "first": line.first,
        "last": line.last,
        "change": line.change,
        "low": line.low,
        "high": line.high,
        "years_to_parity": line.years,
        "verdict": line.verdict,
        **_grounds(line.facts, setting, line.remarks),
    }
