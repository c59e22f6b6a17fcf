"""Pasted figure of published figures alone: the region ranked among others (对标)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from sim.charts.ranked_bars import Bar, RankedData, native, ranked_chart
from sim.facts.ledger import Fact
from sim.facts.sources import Source
from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.material import Material
from sim.output.tables import unit_text
from sim.peers import Figures, PeerRegion, Peers, read_peers
from sim.peers.figures import Pair
from sim.region.pack import Pack
from sim.report.blocks import Figure, Missing
from sim.report.editions import Edition
from sim.report.figures.pasted_shared import definitions, sentence, sources, worded
from sim.resources import data_path

#: Kinds of regions that the region is ranked among; nation and province are no peers.
AMONG = ("new_area", "district", "city")


@dataclass(frozen=True, slots=True)
class _Year:
    """The figures of one indicator in one year: own, comparable ones of others, and who is left out and why."""

    year: int
    own: Fact
    others: tuple[tuple[PeerRegion, Fact], ...]
    unlike: tuple[PeerRegion, ...]
    silent: tuple[PeerRegion, ...]
    remarks: tuple[Text, ...]


def peers(material: Material, edition: Edition, lang: str, asked: str | None = None) -> Figure | Missing:
    """Ranked bars of the latest year, up to the cut-off, in which the region and others published the indicator."""
    what = Text("对标图", "the chart of peers")
    name = asked or "gdp"
    if name not in INDICATORS:
        return Missing(what, Text(f"没有指标 {name}", f"no indicator {name}"))
    label = INDICATORS[name].label
    pack = material.pack
    known = _peers(pack)
    found = _latest(_figures(pack, known), pack, known, name, material.as_of)
    if found is None:
        zh = f"截至{material.as_of}年没有同一年份、同一口径的{label.zh}公布数；list peers 列有已收录的数"
        return Missing(what, Text(zh, f"no comparable {label.en} published up to {material.as_of}; see `list peers`"))
    data = _data(pack, known, found, name, edition, lang)
    title = Text(f"{found.year}年{label.zh}对标", f"{label.en} among peers, {found.year}")
    said = [f"{data.rank(bar)}. {bar.name.pick(lang)} {bar.text.pick(lang)}" for bar in data.ranked]
    alt = sentence(title, [data.unit.pick(lang), *said], lang)
    key = f"peers_{name}"
    return Figure(key, title.pick(lang), partial(ranked_chart, data, lang), alt, native(data, lang), key)


def _peers(pack: Pack) -> Peers:
    return read_peers(data_path("calibration"), pack.words)


def _figures(pack: Pack, known: Peers) -> Figures:
    return Figures([*pack.ledger.facts, *known.facts], definitions(), pack.words, pack.chosen)


def _latest(figures: Figures, pack: Pack, known: Peers, name: str, as_of: int) -> _Year | None:
    """The latest year with a comparable figure of at least two other regions, else of one."""
    years = [int(period) for period in figures.periods(pack.id, name) if period.isdigit() and int(period) <= as_of]
    found = [year for year in (_of_year(figures, pack, known, name, y) for y in sorted(years, reverse=True)) if year]
    return next((year for year in found if len(year.others) > 1), next((year for year in found if year.others), None))


def _of_year(figures: Figures, pack: Pack, known: Peers, name: str, year: int) -> _Year | None:
    above = _above(pack)
    regions = [r for r in known.regions.values() if r.kind in AMONG and r.id != pack.id and r.id not in above]
    pairs = [(region, figures.pair(pack.id, region.id, name, str(year))) for region in regions]
    own = _own(figures, pack, pairs, name, year)
    if own is None:
        return None
    others, unlike, silent, remarks = [], [], [], []
    for region, pair in pairs:
        if pair.other is None:
            silent.append(region)
        elif not figures.beside(own, pair.other)[0]:
            unlike.append(region)
        else:
            others.append((region, pair.other))
            remarks += [Text(f"{region.label.zh}：{text.zh}", f"{region.label.en}: {text.en}") for text in pair.remarks]
    return _Year(year, own, tuple(others), tuple(unlike), tuple(silent), tuple(dict.fromkeys(remarks)))


def _above(pack: Pack) -> set[str]:
    """What the region is part of."""
    found, region = set(), pack.id
    while region in pack.parents:
        region = pack.parents[region]
        found.add(region)
    return found


def _own(figures: Figures, pack: Pack, pairs: Sequence[tuple[PeerRegion, Pair]], name: str, year: int) -> Fact | None:
    """The report of the region's own figure that most others can be set beside; of equal ones the preferred."""
    best = figures.best(pack.id, name, str(year))
    used = [pair.own for _, pair in pairs if pair.comparable and pair.own is not None]
    return max(used, key=lambda fact: (used.count(fact), fact is best), default=best)


def _data(pack: Pack, known: Peers, found: _Year, name: str, edition: Edition, lang: str) -> RankedData:
    unit = INDICATORS[name].unit
    bars = [Bar(region.label, fact.number_in(unit), _printed(fact, unit)) for region, fact in found.others]
    every = [(pack.label, found.own), *((region.label, fact) for region, fact in found.others)]
    documents = _sources(pack, known)
    between = Text("：", ": ").pick(lang)
    cited = Text("；", "; ").pick(lang).join(
        label.pick(lang) + between + sources([fact], documents, edition, lang) for label, fact in every
    )  # fmt: skip
    return RankedData(
        indicator=INDICATORS[name].label,
        unit=Text(unit, unit_text(unit, "en")),
        year=found.year,
        own=pack.label,
        bars=(Bar(pack.label, found.own.number_in(unit), _printed(found.own, unit), own=True), *bars),
        source=Text(cited, cited),
        notes=_notes(found),
    )


def _sources(pack: Pack, known: Peers) -> Mapping[str, Source]:
    return {**known.sources, **pack.sources}


def _printed(fact: Fact, unit: str) -> Text:
    """The number as printed, with its rounding word; one of another unit as computed."""
    text = fact.printed if fact.unit == unit else f"{fact.number_in(unit):.10g}"
    text = text.replace("-", "−")
    return Text(worded(text, fact, "zh"), worded(text, fact, "en"))


def _notes(found: _Year) -> tuple[Text, ...]:
    """That all is published, who has no figure of the year, and whose is of another scope."""
    notes = [Text("均为公布数，按公布数排序，不作推算", "published figures only, ranked as published")]
    for regions, zh, en in (
        (found.unlike, "口径不同、未列入", "of another scope, not listed"),
        (found.silent, f"未收录{found.year}年公布数", f"no figure of {found.year} found"),
    ):
        if regions:
            zh_names, en_names = "、".join(r.label.zh for r in regions), ", ".join(r.label.en for r in regions)
            notes.append(Text(f"{zh}：{zh_names}", f"{en}: {en_names}"))
    return (*notes, *found.remarks)
