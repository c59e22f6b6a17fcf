"""The published figures of one indicator in sentences: meaning, scope, years, sources, who has what is missing."""

from __future__ import annotations

import re

from sim.facts.ledger import Fact
from sim.indicators.catalogue import INDICATORS
from sim.indicators.holders import HOLDERS
from sim.report.brief.sources import GRADES, Page, clean, fact_of
from sim.report.brief.subject import Context, Subject
from sim.report.indicator_notes.meaning import meaning_of
from sim.report.wording import allowed
from sim.targets import comparable_fact, refused_facts

#: Id of another reading in a note: （.average）.
_READING = re.compile(r"（\.\w+）| ?\(\.\w+\)")


def lacking(subject: Subject, context: Context) -> str:
    """Who has the figures of an indicator, for sentences that say what is missing."""
    page = context.page
    if subject.target is not None and subject.target.owners:
        return page.listed(subject.target.owners)
    item = INDICATORS.get(subject.indicator)
    kept = HOLDERS.get(item.needs[0]) if item is not None and item.needs else None
    return page.pick("统计部门", "the statistics bureau") if kept is None else kept.pick(page.lang)


def meaning_text(subject: Subject, context: Context) -> tuple[str, str]:
    """Meaning, and formula with what is said of the scope."""
    page = context.page
    entry = meaning_of(subject.indicator)
    who = lacking(subject, context)
    missing = page.pick(
        f"程序没有这一指标的统计定义，请{who}按统计制度补充", f"no definition is on file; {who} to give it"
    )
    if entry is None:
        return missing, scope_text(subject, context)
    scope = scope_text(subject, context)
    return entry[0].pick(page.lang), page.joined([entry[1].pick(page.lang), scope])


def scope_text(subject: Subject, context: Context) -> str:
    """How the plan's figure is read, and the scope tags of the figures."""
    page = context.page
    parts = []
    target = subject.target
    if target is not None and target.note is not None and page.edition.reasons:
        parts.append(allowed(_READING.sub("", target.note.pick(page.lang)), page.edition).rstrip("。. "))
    base = None if target is None else fact_of(context.material.pack, target.base_fact)
    for fact in (base, subject.fact):
        if fact is not None and fact.scope and fact.nature != "target":
            parts.append(
                page.pick(f"{page.period(fact.period)}数口径：{fact.scope}", f"scope of {fact.period}: {fact.scope}")
            )
    return page.joined(dict.fromkeys(parts))


def figures_of(subject: Subject, context: Context) -> list[tuple[Fact, bool]]:
    """Published figures of the whole years from the base year to the cut-off, and whether each is comparable."""
    pack, found = context.material.pack, []
    for year in range(pack.base_year, context.page.as_of + 1):
        fact = comparable_fact(pack, subject.indicator, year)
        if fact is not None:
            found.append((fact, True))
            continue
        found += [(refused.fact, False) for refused in refused_facts(pack, subject.indicator, year)[:1]]
    return found


def reported_text(subject: Subject, context: Context) -> str:
    """Published figures year by year with their sources; what is missing and who has it where there is none."""
    page, found = context.page, figures_of(subject, context)
    base, as_of = context.material.pack.base_year, page.as_of
    said = []
    for fact, comparable in found:
        star = "" if comparable else page.pick("，口径不同，不可直接相比", ", of another scope")
        said.append(
            page.pick(
                f"{page.period(fact.period)}{page.value(fact)}（{page.kind(fact)}，{page.cite(fact)}{star}）",
                f"{fact.period}: {page.value(fact)} ({page.kind(fact)}, {page.cite(fact)}{star})",
            )
        )
    known = {fact.last_year for fact, _ in found}
    gaps = [str(year) for year in range(base, as_of + 1) if year not in known]
    if gaps:
        who = lacking(subject, context)
        said.append(
            page.pick(f"暂缺{'、'.join(gaps)}年公布数，可向{who}索取", f"none for {', '.join(gaps)}; ask {who}")
        )
    return page.joined(said)


def source_text(subject: Subject, context: Context) -> str:
    """Document, line and words of the target, of its base and of the last figure."""
    page = context.page
    said = [origin_text(name, fact, page) for name, fact in origins(subject, context)]
    return page.joined(said) or _no_origin(subject, context)


def origin_parts(subject: Subject, context: Context) -> list[str]:
    """The same with whose figure each is; the base last."""
    page = context.page
    found = origins(subject, context)
    ordered = [*found[:1], *found[2:], *found[1:2]] if len(found) > 2 else found
    said = []
    for i, (name, fact) in enumerate(ordered):
        known = recognised_text(fact, page) if i < 2 else ""
        text = origin_text(name, fact, page, quoted=i == 0)
        said.append(page.pick(f"{text}，{known}", f"{text}, {known}") if known else text)
    return said or [_no_origin(subject, context)]


def _no_origin(subject: Subject, context: Context) -> str:
    who = lacking(subject, context)
    return context.page.pick(
        f"文件未列数值，也没有公布数，可向{who}索取", f"no figure is printed or published; ask {who}"
    )


def origins(subject: Subject, context: Context) -> list[tuple[str, Fact]]:
    """The lines that a number rests on, named: itself, the base of its target, the last published figure."""
    page, pack, target = context.page, context.material.pack, subject.target
    found: list[tuple[str, Fact]] = []
    if subject.fact is not None:
        name = page.pick("目标", "target") if subject.fact.nature == "target" else page.pick("公布数", "figure")
        asked = "" if target is None or subject.is_figure else target.target_text
        found.append((name if not asked else page.pick(f"{name}“{asked}”", f"{name} “{asked}”"), subject.fact))
    base = None if target is None or subject.is_figure else fact_of(pack, target.base_fact)
    if base is not None:
        found.append((page.pick(f"{page.period(base.period)}基数", f"base of {base.period}"), base))
    figures = figures_of(subject, context)
    if figures:
        last = figures[-1][0]
        found.append((page.pick(f"最近公布数（{page.period(last.period)}）", f"last figure ({last.period})"), last))
    first = {fact.id: name for name, fact in reversed(found)}
    return [(name, fact) for name, fact in found if first.pop(fact.id, None) == name]


def origin_text(name: str, fact: Fact, page: Page, quoted: bool = True) -> str:
    """A figure with its document, line and words."""
    quote = f"“{clean(fact.quote)}”" if quoted and page.edition.sources and fact.quote else ""
    worded = "“" in name  # the wording of a target says more than its number
    value = page.value(fact) if fact.value is not None and not worded else ""
    if page.zh:
        return f"{name}{value}：{page.cite(fact)}{quote}"
    return f"{name} {value}".rstrip() + f": {page.cite(fact)} {quote}".rstrip()


def recognised_text(fact: Fact, page: Page) -> str:
    """Whether the figure is one of the statistics bureau, by who published it and what kind of figure it is."""
    source = page.source(fact.document)
    if source is None:
        return ""
    grade = GRADES[source.grade].pick(page.lang)
    if fact.nature == "target":
        return page.pick(f"为{source.publisher}文件中的目标，{grade}", f"a target set by {source.publisher}, {grade}")
    bureau = "统计" in source.publisher or "统计" in source.title
    if fact.nature == "department":
        return page.pick(
            "为部门数，须与统计部门衔接", "a department's own figure, to be agreed with the statistics bureau"
        )
    by = page.pick(
        "统计部门数据" if bureau else f"来自{source.publisher}，统计部门核实数待衔接",
        "from the statistics bureau" if bureau else f"from {source.publisher}, to be agreed with the statistics bureau",
    )
    return page.pick(f"{page.kind(fact)}，{by}，{grade}", f"{page.kind(fact)}, {by}, {grade}")
