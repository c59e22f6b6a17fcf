"""One indicator beside other regions: ranks, shares of the larger region, points faster. Published figures only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.facts.definitions import read_definitions
from sim.facts.naming import names_within, read_period
from sim.language import Text
from sim.output.tables import number_text
from sim.peers import Figures, Gap, Peers, Rank, Share, faster, ranks, shares
from sim.report.brief.sources import Page, indicator_label

_KINDS = ("city", "province", "nation")


@dataclass(frozen=True, slots=True)
class Comparisons:
    """Ranks, shares and gaps of the region up to the year of the page."""

    page: Page
    ranks: tuple[Rank, ...]
    shares: tuple[Share, ...]
    gaps: tuple[Gap, ...]

    def rank_of(self, indicator: str) -> tuple[Rank, ...]:
        """The latest published ranks of what an indicator is about, one for each set of regions."""
        names = _about(indicator)
        found: dict[str, Rank] = {}
        for rank in sorted(self.ranks, key=lambda r: r.period):
            if rank.indicator in names:
                found["" if rank.among is None else rank.among.zh] = rank
        return tuple(found.values())

    def share_of(self, indicator: str) -> Share | None:
        """The latest share in the next larger region that is printed or can be computed."""
        names = _about(indicator)
        known = [s for s in self.shares if s.indicator in names and (s.printed is not None or s.computed is not None)]
        nearest = next((s.whole for s in known), None)
        return max((s for s in known if s.whole == nearest), key=lambda s: s.period, default=None)

    def gaps_of(self, indicator: str) -> tuple[Gap, ...]:
        """Points faster or slower than city, province and nation, each in the last year both report."""
        names = (indicator, *_growths(indicator))
        found: dict[str, Gap] = {}
        for gap in sorted(self.gaps, key=lambda g: g.period):
            if gap.indicator in names and gap.points is not None and not read_period(gap.period).is_span:
                found[gap.other] = gap
        return tuple(found.values())


def comparisons(page: Page) -> Comparisons:
    """All comparisons of the page's region; empty ones without regions to compare with."""
    pack, peers = page.pack, page.peers
    if peers is None:
        return Comparisons(page, (), (), ())
    definitions = read_definitions(pack.folder.parent / "definitions.yaml")
    figures = Figures([*pack.ledger.facts, *peers.facts], definitions, pack.words, pack.chosen)
    wholes = _wholes(page, peers, definitions.identities.nation)
    own = [fact for fact in pack.ledger.facts if fact.region == pack.id]
    return Comparisons(
        page,
        tuple(r for r in ranks(own, peers.facts, pack.id) if _known(r.period, page)),
        tuple(s for s in shares(figures, pack.id, wholes) if _known(s.period, page)),
        tuple(g for g in faster(figures, pack.id, [w for w in wholes if w is not None]) if _known(g.period, page)),
    )


def _known(period: str, page: Page) -> bool:
    return read_period(period).last <= page.as_of


def _wholes(page: Page, peers: Peers, nation: str) -> tuple[str | None, ...]:
    """City, province and nation that the region is part of; a region without a line among the peers is its city."""
    pack = page.pack
    named = {*peers.regions, *(() if pack.surroundings is None else (pack.surroundings.id,))}
    found = {"nation": nation}
    region = pack.id
    while region in pack.parents:
        region = pack.parents[region]
        known = peers.regions.get(region)
        found.setdefault(known.kind if known is not None else "province" if "city" in found else "city", region)
    return tuple(whole if (whole := found.get(kind)) in named else None for kind in _KINDS)


def _about(indicator: str) -> tuple[str, ...]:
    """What an indicator is about: itself and what its name is derived from; a marine share is about marine output."""
    names = names_within(indicator)
    return (*names, "marine_gop") if names[-1] == "marine" else names


def _growths(indicator: str) -> tuple[str, ...]:
    return tuple(f"{name}_growth" for name in _about(indicator) if not name.endswith("_growth"))


def ranks_text(found: Sequence[Rank], page: Page) -> str:
    """Published ranks in words: 2023年居国家级新区第3位."""
    said = []
    for rank in found:
        name = indicator_label(rank.indicator)
        among = rank.among or Text("位次", "rank")
        place = Text(f"{among.zh.removesuffix('位次')}第{rank.rank}位", f"number {rank.rank} {among.en}")
        note = f"，{rank.fact.note}" if rank.fact.note and page.edition.reasons and page.zh else ""
        period = page.period(rank.period)
        source = page.cite(rank.fact)
        said.append(
            page.pick(f"{period}{name.zh}{place.zh}（{source}{note}）", f"{period}, {name.en}: {place.en} ({source})")
        )
    return ("；" if page.zh else "; ").join(said)


def share_text(share: Share, page: Page) -> str:
    """A share in the larger region: printed where it is printed, else computed from the two levels."""
    whole, period = page.region(share.whole), page.period(share.period)
    name = indicator_label(share.indicator)
    if share.printed is not None:
        value, source = page.value(share.printed), page.cite(share.printed)
    else:
        value = f"{number_text(share.computed, 1)}%"
        facts = [fact for fact in (share.own, share.other) if fact is not None]
        cited = ("、" if page.zh else ", ").join(dict.fromkeys(page.cite(fact) for fact in facts))
        source = page.pick(f"按公布数计算：{cited}", f"computed from {cited}")
    return page.pick(
        f"{period}{name.zh}占{whole.zh}的{value}（{source}）",
        f"{name.en} is {value} of {whole.en} in {period} ({source})",
    )


def gaps_text(gaps: Sequence[Gap], page: Page) -> str:
    """Points faster than city, province and nation by indicator and year; no verdict within rounding."""
    said: dict[tuple[str, str], list[str]] = {}
    for gap in gaps:
        other, size = page.region(gap.other), f"{abs(gap.points or 0.0):.1f}"
        verdict = {
            "faster": Text(f"比{other.zh}快{size}个百分点", f"{size} points faster than {other.en}"),
            "slower": Text(f"比{other.zh}慢{size}个百分点", f"{size} points slower than {other.en}"),
        }.get(gap.verdict or "", Text(f"与{other.zh}相差在修约范围内", f"within rounding of {other.en}"))
        said.setdefault((gap.indicator, gap.period), []).append(verdict.pick(page.lang))
    parts = []
    for (indicator, period), verdicts in said.items():
        name = indicator_label(indicator)
        told = page.joined([("，" if page.zh else ", ").join(verdicts)])
        parts.append(page.pick(f"{page.period(period)}{name.zh}{told}", f"{name.en} in {period}: {told}"))
    return page.joined(parts)
