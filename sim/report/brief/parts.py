"""What is known of one indicator, part by part, in sentences: the one-page brief and the indicator notes share them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.facts.ledger import Fact
from sim.facts.naming import read_period
from sim.indicators.catalogue import INDICATORS
from sim.output.tables import decimals, number_text
from sim.preflight.statements import stem
from sim.region.pack import NATION, Cell
from sim.report.brief.figures import lacking
from sim.report.brief.peers import gaps_text, ranks_text, share_text
from sim.report.brief.sources import Page, every_fact
from sim.report.brief.subject import Context, Subject

Record = Mapping[str, Any]

#: Cells of production that indicators of one kind of activity rest on; others rest on all.
_MARINE, _MANUFACTURING = (
    ("marine_share", "marine_gop", "marine_gop_growth"),
    ("manufacturing_share", "industry_value_added_growth"),
)


def above_facts(subject: Subject, context: Context, years: Sequence[int] = ()) -> list[Fact]:
    """Targets of city, province and nation for the same thing: of the `years` or, without any, of the subject's.

    Where none is of these years, those of later ones.
    """
    pack = context.material.pack
    wanted = set(years) or {subject.year or context.page.as_of}
    found = [
        fact
        for fact in every_fact(pack)
        if fact.nature == "target"
        and fact.region in {*pack.parents.values(), NATION} - {pack.id}
        and stem(fact.indicator) == stem(subject.indicator)
    ]
    same = [fact for fact in found if read_period(fact.period).last in wanted]
    later = [fact for fact in found if read_period(fact.period).last >= min(wanted)]
    return sorted(same or later, key=lambda f: (read_period(f.period).last, f.region, f.row))


def above_text(subject: Subject, context: Context, years: Sequence[int] = ()) -> str:
    """Targets from above with their sources, and whose they are; that none is on file, and whom to ask."""
    page, facts = context.page, above_facts(subject, context, years)
    if not facts:
        zh = f"台账没有上级（{page.above}、省、国家）的同一指标目标，请向{page.above}主管部门索取下达数或目标数"
        return page.pick(zh, f"no target of {page.above}, province or nation is on file; ask {page.above} for it")
    said = []
    for fact in facts[:5]:
        region = page.region(fact.region).pick(page.lang)
        said.append(
            page.pick(
                f"{region}{page.period(fact.period)}目标{page.value(fact)}（{page.cite(fact)}）",
                f"{region}, {page.period(fact.period)}: {page.value(fact)} ({page.cite(fact)})",
            )
        )
    rest = len(facts) - 5
    if rest > 0:
        said.append(page.pick(f"另有{rest}处", f"{rest} more"))
    return page.joined(said)


def beside_text(subject: Subject, context: Context) -> str:
    """Rank, share and pace beside others; that none is published, and who keeps the figures."""
    page, name = context.page, subject.indicator
    share = context.beside.share_of(name)
    parts = [
        "" if share is None else share_text(share, page),
        ranks_text(context.beside.rank_of(name), page),
        gaps_text(context.beside.gaps_of(name), page),
    ]
    if any(parts):
        return page.joined(parts)
    return page.pick(
        f"没有各地可比的公布数，位次和占比可向{lacking(subject, context)}索取",
        f"no comparable figures of other regions; ask {lacking(subject, context)}",
    )


def scenario_text(subject: Subject, year: int, context: Context) -> str:
    """What each scenario comes to in a year, the highest first; with the interval where the edition shows it."""
    page = context.page
    found = [(view, r) for view in context.material.views if (r := view.indicator(subject.indicator, year)) is not None]
    known = sorted(((v, r) for v, r in found if r["p50"] is not None), key=lambda pair: -pair[1]["p50"])
    if not known:
        why = page.pick("模型不测算，或缺基数", "the model does not compute it, or there is no baseline")
        who = lacking(subject, context)
        return page.pick(
            f"没有推算值（{why}），可向{who}索取基数后测算", f"no value ({why}); with a baseline from {who} it can be"
        )
    said = [_of_scenario(view.label.pick(page.lang), record, page) for view, record in known]
    head = page.pick(f"{year}年：", f"{year}: ")
    mark = page.pick("（模型推算值，非统计数据）", " (model values, not official statistics)")
    return f"{head}{page.joined(said)}{mark}"


def _of_scenario(label: str, record: Record, page: Page) -> str:
    spread = None if record["p90"] is None else record["p90"] - record["p10"]
    digits = decimals(spread, ())
    middle = f"{number_text(record['p50'], digits)}{page.unit(record['unit'])}"
    if not page.edition.chances or record["p10"] is None:
        return f"“{label}”{middle}" if page.zh else f"{label} {middle}"
    low, high = (number_text(record[name], digits) for name in ("p10", "p90"))
    interval = page.pick(f"（80%区间{low}—{high}）", f" (80 % interval {low} to {high})")
    return f"“{label}”{middle}{interval}" if page.zh else f"{label} {middle}{interval}"


def proposed(subject: Subject, context: Context, year: int | None = None) -> Record | None:
    """The proposed target value of the indicator: of the year asked for, else of the first year proposed."""
    found = context.material.target_values
    values = [] if found is None else [v for v in found.document["values"] if v["indicator"] == subject.indicator]
    wanted = [v for v in values if year in (None, v["year"])]
    return min(wanted or values, key=lambda v: v["year"], default=None)


def projects_text(subject: Subject, context: Context) -> str:
    """Projects and lines that move the indicator, with when they start; that none is in the scenarios."""
    page, pack, name = context.page, context.material.pack, subject.indicator
    said = []
    if name == "rail_length":
        said = [
            page.pick(f"{line.label.zh}（{line.opening}年开通）", f"{line.label.en} ({line.opening})")
            for line in pack.rail
        ]
    cells = {cell.id: cell for cell in pack.cells if _rests_on(name, cell)}
    for view in context.material.views:
        for project in view.resolved.get("projects", ()):
            if project["cell"] in cells:
                said.append(_project(project, cells[project["cell"]], view.label.pick(page.lang), page))
    said = list(dict.fromkeys(said))
    if said:
        return page.joined(said)
    levers = [line.lever for line in pack.bounded if line.indicator == name]
    if levers:
        return page.pick(
            "没有单列的项目，主要靠有关领域的年度工作安排；项目清单可向责任单位索取",
            "no single project: yearly work of the field; ask the owner for projects",
        )
    return page.pick(
        f"所给情景没有作用于本指标的单列项目，项目清单可向{lacking(subject, context)}索取",
        f"no project in these scenarios touches it; ask {lacking(subject, context)}",
    )


def _rests_on(indicator: str, cell: Cell) -> bool:
    item = INDICATORS.get(indicator)
    if indicator in _MARINE:
        return cell.marine
    if indicator in _MANUFACTURING:
        return cell.group == "manufacturing"
    return item is not None and item.mechanism == "structural" and split_total(indicator)


def split_total(indicator: str) -> bool:
    """Whether an indicator is of output as a whole, which every project adds to."""
    return indicator.startswith("gdp")


def _project(project: Record, cell: Cell, scenario: str, page: Page) -> str:
    label = project["label"]["zh" if page.zh else "en"]
    worth = f"{project['value_added']:g}"
    zh = f"{label}（{cell.label.zh}，{project['commissioning']}年投产，达产年增加值{worth}亿元，列入“{scenario}”）"
    return page.pick(
        zh, f"{label} ({cell.label.en}, from {project['commissioning']}, {worth} (100 m yuan) a year; in “{scenario}”)"
    )


def owner_text(subject: Subject, context: Context) -> str:
    """Who is responsible, as printed."""
    page = context.page
    owners = [] if subject.target is None else subject.target.owners
    if owners:
        return page.listed(owners)
    return page.pick("原文未列责任单位，待明确", "no owner is printed; to be named")


def path_text(record: Record | None, page: Page) -> str:
    """The yearly path of a proposed value."""
    if record is None or not record["path"]:
        return ""
    digits = decimals((record["high"] or 0.0) - (record["low"] or 0.0), ()) if record["low"] is not None else 1
    unit = page.unit(record["unit"])
    years = [
        f"{p['year']}年{number_text(p['value'], digits)}{unit}"
        if page.zh
        else f"{p['year']}: {number_text(p['value'], digits)}{unit}"
        for p in record["path"]
    ]
    return page.listed(years)


def unique(texts: Sequence[str]) -> tuple[str, ...]:
    """Texts that are not empty, each once."""
    return tuple(dict.fromkeys(text for text in texts if text))
