"""Targets whose name, unit, span or definition does not sit with the figure they start from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sim.facts.definitions import Break
from sim.facts.ledger import Fact
from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.preflight.finding import Finding, derived, figure, who_confirms
from sim.preflight.record import Record
from sim.preflight.statements import Statement, same_kind, stem, tags

#: How scopes and names say that a growth rate is nominal or real.
_PRICE_WORDS = ("名义", "实际", "现价", "不变价", "可比价", "可比口径")
_UNSAID = "未说明"


def named_growth_but_level(s: Statement, record: Record) -> Iterator[Finding]:
    """A printed name that says growth, over numbers that are read as a level or a ratio."""
    if s.is_growth or s.value is None or s.operator in ("change", "cumulative"):
        return
    name = s.label.zh.partition("（")[0]
    words = [entry.word for entry in record.definitions.names if any(x.startswith("growth") for x in entry.suffixes)]
    if not name.endswith(tuple(words)) or s.indicator.endswith(("_change", "_multiple")):
        return
    base = record.base(s)
    known = INDICATORS.get(s.indicator)
    read_as = Text(s.indicator, s.indicator) if known is None else known.label
    zh, en = "", ""
    others: tuple[str, ...] = ()
    if base is not None:
        step = base.number_in(s.unit)
        zh = f"（基数{figure(base).zh}与目标只差{derived(abs(s.value - step))}{_points(s.unit)}）"
        en = f", with a base of {figure(base).en} only {derived(abs(s.value - step))} away"
        others = (base.id,)
    yield Finding(s.id, "concept", Text(
        f"{s.told().zh}：指标名称为增长，而数值{zh}按“{read_as.zh}”理解；"
        f"若确为增速，含义不同。{who_confirms(s.owners).zh}",
        f"{s.told().en}: the name says growth, the numbers{en} are read as {read_as.en}. {who_confirms(s.owners).en}",
    ), others)  # fmt: skip


def _points(unit: str) -> str:
    return "个百分点" if unit == "%" else unit


def one_year_or_average(s: Statement, everything: Sequence[Statement]) -> Iterator[Finding]:
    """A rate for one year in a table, and the text of the same document giving an average of the whole span."""
    if not s.is_growth or s.first_year is not None or s.value is None or s.fact is None:
        return
    for other in everything:
        average = other.is_growth and other.first_year is not None and other.first_year < other.year == s.year
        same = stem(other.indicator) == stem(s.indicator) and other.region == s.region
        if not (average and same and other.fact is not None and other.value is not None):
            continue
        if other.fact.document != s.fact.document or other.family == s.family:
            continue
        message = Text(
            f"{s.told().zh}在{s.year}年一列，可读作当年增速；{other.told().zh}为{other.first_year}—{other.year}年年均。"
            f"一年数与年均数含义不同，需明确按哪一种考核。{who_confirms(s.owners or other.owners).zh}",
            f"{s.told().en} stands in the column of one year; {other.told().en} is an average of {other.first_year}–"
            f"{other.year}. Which of the two is meant is to be settled. {who_confirms(s.owners or other.owners).en}",
        )
        yield Finding(s.id, "concept", message, (other.id,))
        return


def one_year_base_of_a_span(s: Statement) -> Iterator[Finding]:
    """A base that is one year's figure under a task for several years."""
    base = s.base
    if base is None or s.first_year is None or s.first_year >= s.year or not base.period.isdigit() or s.is_growth:
        return
    if s.operator not in ("cumulative", "assigned", ">=", "<=", "about") or s.indicator.endswith("_average"):
        return
    yield Finding(s.id, "concept", Text(
        f"{s.told().zh}为{s.years}年累计任务，而基数{figure(base).zh}是一年的数，两者不能直接相比。"
        f"{who_confirms(s.owners).zh}",
        f"{s.told().en} is a task of {s.years} years, its base {figure(base).en} the figure of one year: not to be "
        f"compared directly. {who_confirms(s.owners).en}",
    ), (base.id,))  # fmt: skip


def nominal_or_real(s: Statement, record: Record) -> Iterator[Finding]:
    """A growth rate of something in money that says neither nominal nor real."""
    if (
        not s.is_growth
        or s.fact is None
        or s.fact.price_basis
        or stem(s.indicator) not in record.definitions.plausible.deflated
    ):
        return
    said = s.label.zh + s.text + ("" if s.base is None else s.base.price_basis)
    scope = s.scope | tags(s.base)
    if any(word in said for word in _PRICE_WORDS) or any(word in scope for word in _PRICE_WORDS) or (
        s.base is not None and s.base.price_basis
    ):  # fmt: skip
        return
    base = "" if s.base is None else f"（基数{figure(s.base).zh}）"
    base_en = "" if s.base is None else f" (base {figure(s.base).en})"
    yield Finding(s.id, "concept", Text(
        f"{s.told().zh}{base}未说明名义增长或实际增长，两者相差一个价格涨幅。{who_confirms(s.owners).zh}",
        f"{s.told().en}{base_en} says neither nominal nor real; inflation lies between. {who_confirms(s.owners).en}",
    ), () if s.base is None else (s.base.id,))  # fmt: skip


def definition_break(s: Statement, record: Record) -> Iterator[Finding]:
    """A change of definition between the year of the base and that of the target."""
    base = record.base(s)
    if base is None or s.value is None or s.is_growth or base.indicator != s.indicator:
        return
    changes = [change for change in record.definitions.breaks if _crossed(change, s, base, record)]
    if not changes:
        return
    zh = "、".join(f"{change.label.zh}（{change.date}）" for change in changes)
    en = ", ".join(f"{change.label.en} ({change.date})" for change in changes)
    yield Finding(s.id, "concept", Text(
        f"{s.told().zh}，基数{figure(base).zh}；其间口径有变动：{zh}，目标年的数与基数不是同一口径，尚无衔接系数。"
        f"{who_confirms(s.owners).zh}",
        f"{s.told().en}, base {figure(base).en}; the definition changed between them: {en}; no bridge is stated. "
        f"{who_confirms(s.owners).en}",
    ), (base.id,))  # fmt: skip


def _crossed(change: Break, s: Statement, base: Fact, record: Record) -> bool:
    """Whether a definition changed after the base and up to the target's year, without a stated bridge."""
    if not change.concerns(s.indicator) or s.year < change.first_after or change.after in s.scope:
        return False
    start = record.definitions.tags_of(base).get(change.axis)
    before = start == change.before or (start is None and base.last_year <= change.last_before)
    return before and record.definitions.bridge(change, s.region, s.indicator) is None


def unit_of_another_kind(s: Statement) -> Iterator[Finding]:
    """A target in a unit that its base or its indicator does not have."""
    base = s.base if s.base is not None and s.base.indicator == s.indicator else None
    known = INDICATORS.get(s.indicator)
    other = base.unit if base is not None else "" if known is None else known.unit
    if s.value is None or not other or not s.unit or s.operator in ("cumulative", "change", "direction"):
        return
    if same_kind(s.unit, other) or "=100" in s.unit or f"{s.unit}/年" == other or s.unit == f"{other}/年":
        return
    against = figure(base) if base is not None else Text(f"指标单位{other}", f"the indicator’s unit {other}")
    yield Finding(s.id, "concept", Text(
        f"{s.told().zh}以“{s.unit}”计，而{against.zh}，单位不同。{who_confirms(s.owners).zh}",
        f"{s.told().en} is in {s.unit}, {against.en}: different units. {who_confirms(s.owners).en}",
    ), () if base is None else (base.id,))  # fmt: skip


def scope_of_the_base(s: Statement, record: Record) -> Iterator[Finding]:
    """A target whose scope is left open, or is not that of the figures it would start from."""
    base = record.base(s) or next(iter(record.of(s.region, s.indicator)), None)
    # A base of another indicator is said elsewhere, and a span's tag is no scope.
    if s.fact is None or base is None or base.indicator != s.indicator or not s.scope or s.is_growth:
        return
    if s.scope == tags(base) or s.first_year is not None:
        return
    unsaid = [tag for tag in s.scope if _UNSAID in tag]
    reports = record.yearly(s.region, s.indicator) if not unsaid else {}
    if not unsaid and (not tags(base) or any(tags(f) == s.scope for f in reports.values())):
        return
    mine = "、".join(sorted(s.scope))
    its = "、".join(sorted(tags(base))) or "未注口径"
    yield Finding(s.id, "concept", Text(
        f"{s.told().zh}的口径为“{mine}”，而{figure(base).zh}的口径为“{its}”，需先统一口径。"
        f"{who_confirms(s.owners).zh}",
        f"{s.told().en} is on the scope “{mine}”, {figure(base).en} on “{its}”; one scope is to be settled first. "
        f"{who_confirms(s.owners).en}",
    ), (base.id,))  # fmt: skip


def city_of_another_scope(s: Statement, record: Record, names: Mapping[str, Text]) -> Iterator[Finding]:
    """A target relative to another region whose figure is on another scope."""
    own = record.base(s)
    if s.operator != "above" or s.benchmark is None or own is None:
        return
    theirs = [f for f in record.of(s.benchmark, s.indicator) if f.period == own.period]
    if not theirs or any(tags(f) == tags(own) for f in theirs):
        return
    told = s.told()
    mine, its = ("、".join(sorted(tags(f))) or "未注" for f in (own, theirs[0]))
    name = names.get(s.benchmark, Text(s.benchmark, s.benchmark))
    yield Finding(s.id, "concept", Text(
        f"{told.zh}与{name.zh}相比：本地{figure(own).zh}口径“{mine}”，"
        f"{name.zh}{figure(theirs[0]).zh}口径“{its}”，口径不同。{who_confirms(s.owners).zh}",
        f"{told.en} against {name.en}: {figure(own).en} on “{mine}”, {figure(theirs[0]).en} on “{its}”: different "
        f"scopes. {who_confirms(s.owners).en}",
    ), (own.id, theirs[0].id))  # fmt: skip
