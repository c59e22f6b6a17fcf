"""The ten questions a deputy mayor asks of any number, each answered in a few parts, the most important first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sim.facts.ledger import Fact
from sim.facts.naming import read_period
from sim.growth_accounting.channels import REAL, TOTAL
from sim.language import Text
from sim.output.contributions import member_label
from sim.output.tables import decimals, number_text
from sim.preflight.statements import stem
from sim.report.brief.figures import (
    figures_of,
    meaning_text,
    origin_parts,
    scope_text,
)
from sim.report.brief.parts import (
    above_facts,
    above_text,
    beside_text,
    owner_text,
    path_text,
    projects_text,
    proposed,
)
from sim.report.brief.sources import indicator_label
from sim.report.brief.standing import moved_parts, standing_parts
from sim.report.brief.subject import Context, Record, Subject
from sim.report.wording import above_or_below

#: How many earlier figures are listed.
_MOST = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """A question with the parts of its answer; a page that is too long loses the last parts first.

    needed : how many parts go only when nothing else is left to go.
    """

    question: Text
    parts: tuple[str, ...]
    needed: int = 1


def answers(subject: Subject, context: Context) -> list[Answer]:
    """All ten, in their fixed order; a part that is empty is left out."""
    return [
        Answer(question, tuple(part for part in made(subject, context) if part), needed)
        for question, made, needed in _QUESTIONS
    ]


def main_fact(subject: Subject, context: Context) -> Fact | None:
    """The figure itself: the line of the target, or the last published figure."""
    if subject.fact is not None:
        return subject.fact
    figures = figures_of(subject, context)
    return figures[-1][0] if figures else None


def _origin(subject: Subject, context: Context) -> list[str]:
    return origin_parts(subject, context)


def _scope(subject: Subject, context: Context) -> list[str]:
    """How the number is read and computed; what it means, which most know, last."""
    meaning, formula = meaning_text(subject, context)
    scope = scope_text(subject, context)
    return [scope, formula.removesuffix(scope).rstrip("；; "), meaning]


def _beside(subject: Subject, context: Context) -> list[str]:
    return beside_text(subject, context).split("；" if context.page.zh else "; ")


def _above(subject: Subject, context: Context) -> list[str]:
    return [_fits(subject, context), *above_text(subject, context).split("；" if context.page.zh else "; ")]


def _fits(subject: Subject, context: Context) -> str:
    """How the target stands to those from above, where both are of one year, measure and unit."""
    page, target = context.page, subject.target
    facts = above_facts(subject, context)
    if target is None or not facts:
        return ""
    said = []
    for fact in facts:
        same = fact.indicator == target.indicator and fact.period == str(target.year) and fact.unit == target.unit
        if same and fact.value is not None and target.value is not None:
            word = above_or_below(target.value - fact.value, target.unit, 1, page.lang)
            region = page.region(fact.region).pick(page.lang)
            said.append(
                page.pick(
                    f"本目标与{region}{word}" if word == "持平" else f"本目标比{region}{word}", f"{word} than {region}"
                )
            )
    return page.joined(said) or page.pick(
        "期间或口径与上级目标不同，须衔接后比较", "of other years or scope than those from above; to be aligned first"
    )


def _pull(subject: Subject, context: Context) -> list[str]:
    return [_points(subject, context), projects_text(subject, context)]


def _points(subject: Subject, context: Context) -> str:
    """Of GDP the points that each cell adds, the largest first; of other indicators nothing."""
    page = context.page
    if stem(subject.indicator) != "gdp":
        return ""
    views = [view for view in context.material.views if view.document["contributions"]]
    if not views:
        return page.pick(
            "各行业拉动点见 run 的结果，所给结果中没有", "points by industry are in results of run; none is given"
        )
    view = views[0]
    records = [
        r for r in view.document["contributions"] if (r["account"], r["channel"], r["kind"]) == (REAL, TOTAL, "cell")
    ]
    years = {r["year"] for r in records}
    year = subject.year if subject.year in years else min(y for y in years if y > page.as_of)
    found = sorted((r for r in records if r["year"] == year), key=lambda r: -r["points"])
    cells = view.document["contribution_cells"]
    said = [
        f"{member_label(r, cells).pick(page.lang)}{'' if page.zh else ' '}{number_text(r['points'], 1)}"
        for r in found[:4]
    ]
    total = number_text(sum(r["points"] for r in found), 1)
    label = view.label.pick(page.lang)
    return page.pick(
        f"“{label}”{year}年增长{total}%中，拉动最多的是{page.listed(said)}个百分点（模型推算值）",
        f"of {total} % in {year} ({label}) most come from {page.listed(said)} points (model values)",
    )


def _said(subject: Subject, context: Context) -> list[str]:
    """Other figures and targets of the same thing and year, of whatever document and vintage."""
    page, pack = context.page, context.material.pack
    main = main_fact(subject, context)
    years = {subject.year} | {fact.last_year for fact, _ in figures_of(subject, context)[-1:]}
    found = [
        fact
        for fact in pack.ledger.facts
        if fact.region == (pack.id if main is None else main.region)
        and stem(fact.indicator) == stem(subject.indicator)
        and fact.last_year in years
        and fact.last_year <= max(page.as_of, subject.year or 0)
        and (main is None or fact.id != main.id)
        and not read_period(fact.period).part
    ]
    if not found:
        return [page.pick("台账里没有同一指标同一年份的其他说法", "no other figure of that year is on file")]
    said = [
        _one_said(fact, subject, context)
        for fact in sorted(found, key=lambda f: (f.indicator != subject.indicator, -f.last_year, f.row))
    ]
    head = page.pick(f"台账另有{len(said)}处，如" if len(said) > 1 else "台账另有1处，", f"{len(said)} more on file: ")
    return [head + said[0], *said[1:_MOST]]


def _one_said(fact: Fact, subject: Subject, context: Context) -> str:
    """One figure with its kind and source; what it is of where that is not the subject's own indicator."""
    page, other = context.page, fact.indicator != subject.indicator
    name = indicator_label(fact.indicator)
    zh = f"{page.period(fact.period)}{name.zh if other else ''}{page.kind(fact)}{page.value(fact)}（{page.cite(fact)}）"
    en = f"{page.period(fact.period)}, {f'{name.en}, ' if other else ''}{page.kind(fact)}: {page.value(fact)}"
    return page.pick(zh, f"{en} ({page.cite(fact)})")


def _public(subject: Subject, context: Context) -> list[str]:
    """Whether the number may be quoted outside, by where it was published; model values never."""
    page, fact = context.page, main_fact(subject, context)
    model = page.pick("推算值非统计数据，不对外引用", "values of the model are not quoted outside")
    if fact is None:
        return [page.pick("没有公布数，不能公开", "nothing is published; it cannot be quoted"), model]
    source = page.source(fact.document)
    grade = "memory" if source is None else source.grade
    cited = page.cite(fact)
    if fact.nature == "department":
        text = Text(
            "部门数，公开前须征得提供部门和统计部门同意",
            "a department's figure: ask it and the statistics bureau first",
        )
    elif grade == "official":
        text = Text(f"可以，已正式公布，引用{cited}", f"yes, officially published: {cited}")
    elif grade == "memory":
        text = Text("暂不可以，出处未核对原件", "not yet: the original has not been checked")
    else:
        text = Text(
            f"已见于{cited}，公开引用前请核对原件", f"published in {cited}; check the original before quoting it"
        )
    return [text.pick(page.lang), _last_public(subject, fact, context), model]


def _last_public(subject: Subject, main: Fact, context: Context) -> str:
    """Whether the last figure may be quoted, where the number itself is a target."""
    page, figures = context.page, [found for found, _ in figures_of(subject, context)]
    if not figures or figures[-1].id == main.id:
        return ""
    fact, source = figures[-1], page.source(figures[-1].document)
    if source is not None and source.grade == "official" and fact.nature != "department":
        return page.pick(f"最近公布数可引用{page.cite(fact)}", f"the last figure may be quoted from {page.cite(fact)}")
    return page.pick(
        f"最近公布数（{page.cite(fact)}）公开引用前请向统计部门核对",
        f"check the last figure ({page.cite(fact)}) with the statistics bureau before quoting it",
    )


def _owner(subject: Subject, context: Context) -> list[str]:
    return [owner_text(subject, context), _yearly(subject, context)]


def _yearly(subject: Subject, context: Context) -> str:
    """The yearly values up to the target: of the proposal for later years, else the medians of the leading scenario."""
    page = context.page
    if not page.edition.reasons:
        return page.pick("年度安排以年度计划为准", "year by year as the yearly plans say")
    record = proposed(subject, context)
    ahead = _medians(subject, context)
    if ahead:
        name = indicator_label(subject.indicator).pick(page.lang)
        return page.pick(
            f"{name}推算路径：{ahead}（模型推算值，年度目标以年度计划为准）", f"{name}: {ahead} (model values)"
        )
    if record is not None:
        return page.pick(
            f"建议路径：{path_text(record, page)}（模型推算值）",
            f"proposed path: {path_text(record, page)} (model values)",
        )
    return page.pick("没有推算路径，年度目标由责任单位提出", "no path; yearly targets are for the owner to propose")


def _medians(subject: Subject, context: Context) -> str:
    page, last = context.page, subject.year
    if last is None or last <= page.as_of:
        last = page.as_of + 2
    records: list[Record] = [
        record
        for year in range(page.as_of + 1, last + 1)
        if (record := context.view.indicator(subject.indicator, year)) is not None and record["p50"] is not None
    ]
    if len(records) > 5:
        records = [record for record in records if record["year"] % 5 == 0 or record["year"] == page.as_of + 1]
    said = []
    for record in records:
        digits = decimals(None if record["p90"] is None else record["p90"] - record["p10"], ())
        value = f"{number_text(record['p50'], digits)}{page.unit(record['unit'])}"
        said.append(page.pick(f"{record['year']}年{value}", f"{record['year']}: {value}"))
    return page.listed(said)


_Made = Callable[[Subject, Context], list[str]]
_QUESTIONS: tuple[tuple[Text, _Made, int], ...] = (
    (Text("从哪来，统计局认不认", "Where is it from; is it the statistics bureau's?"), _origin, 2),
    (Text("什么口径", "What does it count?"), _scope, 2),
    (Text("与目标、时序进度差多少，折成亿元多少", "How far from target and time; in money?"), standing_parts, 3),
    (Text("全市第几，占多少", "What rank, what share?"), _beside, 2),
    (Text("与市里、省里衔接吗", "Does it fit what city and province set?"), _above, 2),
    (Text("靠什么项目，拉动几个点", "What carries it, by how many points?"), _pull, 1),
    (Text("高半个点、低半个点行不行", "What of half a point more or less?"), moved_parts, 2),
    (Text("以往对外讲过什么数", "What was said before?"), _said, 1),
    (Text("能不能公开", "May it be public?"), _public, 1),
    (Text("谁负责，每年到多少", "Who answers for it; how much each year?"), _owner, 2),
)
