"""`list peers`: what planners compare first, from reported figures alone."""

from __future__ import annotations

import math
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sim.facts.definitions import read_definitions
from sim.facts.ledger import Fact
from sim.facts.sources import Source
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
from sim.peers.figures import doubtful
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
    sources: Mapping[str, Source]
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
    labels = {id: region.label for id, region in peers.regions.items()} | {pack.id: pack.label}
    if pack.surroundings is not None:
        labels[pack.surroundings.id] = pack.surroundings.label
    return _Setting(
        pack.id,
        _wholes(pack, peers, definitions.identities.nation, labels),
        peers,
        Figures(facts, definitions, pack.words, pack.chosen),
        {fact.id: fact for fact in reversed(facts)},
        {**peers.sources, **pack.sources},
        labels,
    )


def _wholes(pack: Pack, peers: Peers, nation: str, named: Container[str]) -> tuple[str | None, ...]:
    """City, province and nation of the region; a city has no city above it, and one that has no name is left out."""
    found: dict[str, str] = {"nation": nation}
    region = pack.id
    while region in pack.parents:
        region = pack.parents[region]
        known = peers.regions.get(region)
        kind = known.kind if known is not None else ("province" if "city" in found else "city")
        found.setdefault(kind, region)
    wholes = (found.get(kind) for kind in ("city", "province", "nation"))
    return tuple(whole if whole in named else None for whole in wholes)


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


def _doubts(facts: Iterable[str], setting: _Setting) -> tuple[Text, ...]:
    """A remark on numbers computed from figures that are hardly to be relied on."""
    weak = [id for id in facts if doubtful(setting.facts[id], setting.sources.get(setting.facts[id].document))]
    zh, en = f"{'、'.join(weak)} 可靠性低", f"low reliability: {', '.join(weak)}"
    return (Text(zh, en),) if weak else ()


def _named(region: str, setting: _Setting, key: str) -> Record:
    label = setting.labels.get(region, Text(region, region))
    return {key: region, f"{key}_label": label.zh, f"{key}_label_en": label.en}


def _level(fact: Fact | None, key: str, setting: _Setting, unit: str | None = None) -> Record:
    """A figure in `unit`, the digits as printed (null where they are in another unit), its word, and doubts of it."""
    if fact is None:
        names = (key, f"{key}_unit", f"{key}_word", f"{key}_digits", f"{key}_doubtful")
        return dict.fromkeys(names)
    same = unit in (None, fact.unit)
    return {
        key: fact.value if unit is None else fact.in_unit(unit),
        f"{key}_unit": fact.unit if unit is None else unit,
        f"{key}_word": fact.rounding,
        f"{key}_digits": fact.printed if same else None,
        f"{key}_doubtful": doubtful(fact, setting.sources.get(fact.document)),
    }


def _range(found: tuple[float, float] | None, key: str) -> Record:
    """Ends of a range; null where there is none or an end is beyond all bounds."""
    low, high = found or (None, None)
    return {f"{key}_low": low, f"{key}_high": None if high == math.inf else high}


def _share(line: Share, setting: _Setting) -> Record:
    return {
        "table": "shares",
        "indicator": line.indicator,
        "period": line.period,
        **_named(line.whole, setting, "whole"),
        **_level(line.printed, "printed", setting),
        "computed": line.computed,
        "low": line.low,
        "high": line.high,
        "agrees": line.agrees,
        "scope": "；".join(dict.fromkeys(word for fact in (line.own, line.printed) if fact for word in fact.scopes))
        or None,
        **_level(line.own, "own", setting),
        **_level(line.other, "other", setting),
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
        **_level(line.own, "own", setting),
        **_level(line.theirs, "growth", setting),
        "own": line.own_growth,
        "growth": line.other_growth,
        "points": line.points,
        "low": line.low,
        "high": line.high,
        "verdict": line.verdict,
        "computed": line.computed,
        **_grounds(line.facts, setting, (*line.remarks, *(_doubts(line.facts, setting) if line.computed else ()))),
    }


def _beside(line: Beside, setting: _Setting) -> Record:
    return {
        "table": "beside",
        "period": str(line.year),
        **_named(line.region.id, setting, "region"),
        "kind": line.region.kind,
        **_level(line.gdp, "gdp", setting, "亿元"),
        **_level(line.growth, "gdp_growth", setting),
        **_level(line.printed, "gdp_per_head", setting, "万元"),
        "gdp_per_head": line.per_head,
        "gdp_per_head_unit": "万元",
        **_range(line.per_head_range, "gdp_per_head"),
        "computed": line.computed,
        **_grounds(line.facts, setting, (*line.remarks, *(_doubts(line.facts, setting) if line.computed else ()))),
    }


def _catch_up(line: CatchUp, setting: _Setting) -> Record:
    return {
        "table": "catch_up",
        **_named(line.peer.id, setting, "region"),
        "kind": line.peer.kind,
        "first_year": line.first_year,
        "last_year": line.last_year,
        "first": line.first,
        **_range(line.first_range, "first"),
        "last": line.last,
        **_range(line.last_range, "last"),
        "change": line.change,
        "low": line.low,
        "high": line.high,
        "years_to_parity": line.years,
        **_range(line.years_range, "years_to_parity"),
        "verdict": line.verdict,
        **_grounds(line.facts, setting, (*line.remarks, *_doubts(line.facts, setting))),
    }
