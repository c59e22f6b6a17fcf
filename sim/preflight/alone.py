"""What can be said of one target by itself: passed already, met already, without a number, without a baseline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sim.facts.ledger import Fact
from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.preflight.finding import Finding, derived, figure, plain, who_confirms
from sim.preflight.pace import run_rates
from sim.preflight.record import Record
from sim.preflight.statements import Statement, stem
from sim.region.pack import NATION

#: Operators whose target is a number on the indicator's own scale.
_LEVELS = (">=", "<=", "about", "between")
_COMPLETE = 100.0
#: How texts write that a table has no figure.
_DASHES = ("-", "—", "－", "–", "")


def passed_by_run_rate(s: Statement, record: Record) -> Iterator[Finding]:
    """A sum that the speed on record passes without anything new: what one year brings, times the years."""
    if s.kind != "sum" or s.value is None or s.operator == "<=":
        return
    rates = run_rates(s, record)
    above = [rate for rate in rates if rate.value * s.years >= s.value]
    if not above:
        return
    zh = "、".join(f"{rate.span.replace('-', '—')}年每年{plain(rate.value)}{s.unit}" for rate in rates)
    en = ", ".join(f"{plain(rate.value)} a year in {rate.span}" for rate in rates)
    need, most = s.value / s.years, max(rate.value for rate in above) * s.years
    message = Text(
        f"{s.told().zh}，{s.years}年平均每年{derived(need)}{s.unit}；以往为{zh}，照此{s.years}年可达{plain(most)}"
        f"{s.unit}，目标不高于已有速度，可能是统计口径不同。{who_confirms(s.owners).zh}",
        f"{s.told().en}, {derived(need)} a year over {s.years} years; on record: {en}, which gives {plain(most)}: the "
        f"target asks for no more than that. The definitions may differ. {who_confirms(s.owners).en}",
    )
    yield Finding(s.id, "vacuous", message, tuple(id for rate in rates for id in rate.facts))


def held_or_met(s: Statement, record: Record) -> Iterator[Finding]:
    """A threshold that the baseline passes, equals, or that a later figure has reached."""
    if s.value is None or s.operator not in _LEVELS or s.kind in ("growth", "sum"):
        return
    base = record.base(s)
    if base is None or base.value is None or base.indicator != s.indicator or base.last_year > s.year:
        return
    at_base = _beyond(s, base)
    if at_base > 0:
        yield _finding(s, "vacuous", base, _below_baseline(s, base))
        return
    if at_base == 0:
        yield _finding(s, "already_met", base, _held(base))
        return
    latest = record.latest(s)
    if latest is not None and latest.id != base.id and _beyond(s, latest) >= 0:
        yield _finding(s, "already_met", latest, _reached(s, base, latest))


def _finding(s: Statement, kind: str, fact: Fact, words: Text) -> Finding:
    told = s.told()
    return Finding(s.id, kind, Text(f"{told.zh}，{words.zh}", f"{told.en}: {words.en}"), (fact.id,))


def _beyond(s: Statement, fact: Fact) -> int:
    """1 where a figure is past the threshold, 0 where it is on it, -1 where it falls short."""
    assert s.value is not None
    reached = fact.number_in(s.unit)
    if s.operator == "between":
        high = s.value if s.value_high is None else s.value_high
        return 0 if s.value <= reached <= high else -1
    ahead = s.value - reached if s.operator == "<=" else reached - (s.value - s.tolerance)
    return 0 if abs(ahead) < 1e-9 else 1 if ahead > 0 else -1


def _below_baseline(s: Statement, base: Fact) -> Text:
    side, word = ("高于", "above") if s.operator == "<=" else ("低于", "below")
    told, asked = figure(base), who_confirms(s.owners)
    return Text(f"而{told.zh}，目标值{side}基数。{asked.zh}", f"{told.en}; the target is {word} its base. {asked.en}")


def _held(base: Fact) -> Text:
    told = figure(base)
    return Text(f"与{told.zh}相同，为保持型目标。", f"the same as {told.en}: a target that holds the line.")


def _reached(s: Statement, base: Fact, latest: Fact) -> Text:
    first, later, asked = figure(base), figure(latest), who_confirms(s.owners)
    return Text(
        f"基数{first.zh}，而{later.zh}，已达到目标值。{asked.zh}",
        f"from {first.en}; {later.en} has reached it. {asked.en}",
    )


_WORDS = {
    "assigned": Text("由上级下达，原文未列数值", "assigned from above, no value is printed"),
    "above": Text("与{benchmark}相比的相对目标，没有数值", "relative to {benchmark}, without a number"),
    "in_step": Text("与经济增长相比的相对目标，没有数值", "relative to growth of the economy, without a number"),
    "direction": Text("只有方向，没有数值", "a direction without a number"),
}


#: Not to be taken for a value that somebody else has set.
_PROPOSED = Text("候选指标，未定值", "a proposed indicator, its value is still open")


def without_number(s: Statement, names: Mapping[str, Text]) -> Iterator[Finding]:
    """A target in words; one that reading it another way gives a number keeps its finding."""
    if s.value is not None or not s.listed:
        return
    words = _WORDS.get(s.operator, Text("没有数值", "without a number"))
    if s.above is not None:
        words = Text("上级目标未列数值，本区未定值", "the target above prints no value, the region has none")
    elif s.proposed and s.operator == "assigned":
        words = _PROPOSED
    other = names.get(s.benchmark or "", Text(s.benchmark or "", s.benchmark or ""))
    zh, en = words.zh.format(benchmark=other.zh), words.en.format(benchmark=other.en)
    told, owners = s.told(), "、".join(s.owners) or "责任单位"
    ask = Text(f"下达的数值请{owners}提供。", f"The value is asked of {owners}.")
    ask = ask if s.operator == "assigned" and s.above is None and not s.proposed else Text("", "")
    yield Finding(s.id, "unquantified", Text(f"{told.zh}：{zh}。{ask.zh}", f"{told.en}: {en}. {ask.en}".strip()))


def without_base(s: Statement, record: Record, base_year: int, names: Mapping[str, Text]) -> Iterator[Finding]:
    """A target that nothing on record can be measured from, for the region, and for a region it is compared with."""
    if not s.listed or s.operator in ("in_step", "direction", "cumulative", "change"):
        return
    sides = [s.region] if not _has_figure(s, s.region, record) and _needs_base(s) else []
    compared = s.operator == "above" and not s.is_growth
    if compared and s.benchmark and s.benchmark != NATION and not _has_figure(s, s.benchmark, record):
        sides.append(s.benchmark)
    if not sides:
        return
    told, owners, year = s.told(), "、".join(s.owners) or "责任单位", min(base_year, s.year - 1)
    there = [f for region in names if region not in sides for f in record.of(region, s.indicator)]
    # A figure of another region only says something beside one of the same year.
    near = [f for f in there if f.value is not None and f.region != s.region and f.period == str(year)][-1:]
    shown = [names.get(side, Text(side, side)) for side in sides]
    known, known_en = "", ""
    if near:
        name, number = names[near[0].region], figure(near[0])
        known, known_en = f"（{name.zh}{number.zh}）", f" ({name.en}: {number.en})"
    message = Text(
        f"{told.zh}缺{'、'.join(t.zh for t in shown)}{year}年或其后的基数{known}，应由{owners}会同统计部门提供。",
        f"{told.en}: no figure of {year} or later for {', '.join(t.en for t in shown)}{known_en}; to come from "
        f"{owners} with the statistics office.",
    )
    yield Finding(s.id, "no_baseline", message, tuple(f.id for f in near))


def _needs_base(s: Statement) -> bool:
    """Whether a base is to be asked for: ratios and rows of a table; not growth, nor what is simply done in a year."""
    if s.is_growth:
        return False
    if s.base_text is not None and s.base_text.strip() in _DASHES:
        return True
    if s.unit == "%" and s.value == _COMPLETE:
        return False  # 全覆盖 is judged without knowing where it began
    return s.operator == "above" or s.kind in ("ratio", "own") or s.indicator in INDICATORS


def _has_figure(s: Statement, region: str, record: Record) -> bool:
    if region == s.region and s.base is not None:
        return True
    names = {
        s.indicator,
        record.definitions.identities.days.get(s.indicator, ""),
        stem(s.indicator),
        f"{stem(s.indicator)}_growth",
        f"{stem(s.indicator)}_growth_average",
    }
    facts = [f for name in names for f in record.of(region, name)]
    return any(f.value is not None and f.last_year <= s.year for f in facts)
