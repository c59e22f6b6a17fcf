"""What a brief or a note is about: a target, an indicator or a figure of the ledger, found by its id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.errors import InputError, Problem, nearest
from sim.facts.ledger import Fact
from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.material import Material, View
from sim.region.pack import Pack
from sim.report.brief.peers import Comparisons, comparisons
from sim.report.brief.sources import Page, fact_of, indicator_label, page_of
from sim.report.editions import Edition
from sim.report.evaluation.rows import known_targets, lead_view
from sim.report.wording import short_label
from sim.targets import Target, document_of, plan_document

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Context:
    """What answers are drawn from."""

    material: Material
    view: View
    page: Page
    targets: tuple[Target, ...]
    beside: Comparisons


@dataclass(frozen=True, slots=True)
class Subject:
    """The number that is asked about. `fact` is the figure itself, or the line that a target stands in."""

    id: str
    indicator: str
    label: Text
    unit: str
    target: Target | None
    record: Record | None
    fact: Fact | None

    @property
    def is_figure(self) -> bool:
        """Whether it is a figure of the ledger itself, with or without a target beside it."""
        return self.fact is not None and self.fact.id == self.id and (self.target is None or self.target.id != self.id)

    @property
    def year(self) -> int | None:
        """Year of the figure that is asked about, else of the target."""
        if self.target is not None and not self.is_figure:
            return self.target.year
        return None if self.fact is None else self.fact.last_year


def context_of(material: Material, edition: Edition, lang: str) -> Context:
    """The context of a report from this material."""
    view = lead_view(material)
    page = page_of(material.pack, edition, lang, material.as_of)
    return Context(material, view, page, tuple(known_targets(material, view)), comparisons(page))


def require_known(id: str, pack: Pack, targets: Sequence[Target]) -> None:
    """Raise InputError, with the nearest names, for what is no target, indicator or figure of the region."""
    names = {target.id for target in targets} | {fact.id for fact in pack.ledger.facts} | indicators_of(pack, targets)
    if id not in names:
        raise InputError(Problem(None, None, None, "ID", _unknown(id, names)))


def indicators_of(pack: Pack, targets: Sequence[Target]) -> set[str]:
    """Indicators that something is known of: computed by the model, or with a target or a figure of the region."""
    computed = {name for name, item in INDICATORS.items() if item.compute is not None}
    own = {fact.indicator for fact in pack.own_facts if fact.region == pack.id}
    return computed | own | {target.indicator for target in targets}


def find_subject(id: str, context: Context) -> Subject:
    """The subject of that id: a target before an indicator before a figure; raises InputError with the nearest."""
    pack = context.material.pack
    require_known(id, pack, context.targets)
    target = next((target for target in context.targets if target.id == id), None)
    if target is not None:
        return of_target(target, context)
    if id in indicators_of(pack, context.targets):
        return of_indicator(id, context)
    return of_fact(pack.ledger.get(id), context)


def of_target(target: Target, context: Context) -> Subject:
    """A target as subject."""
    pack = context.material.pack
    label = Text(short_label(target.label.zh, target.unit), target.label.en)
    record = context.view.target(target.id)
    return Subject(target.id, target.indicator, label, target.unit, target, record, fact_of(pack, target.fact))


def of_indicator(indicator: str, context: Context) -> Subject:
    """An indicator as subject: with the target that the plan sets for it, where there is one."""
    target = lead_target(indicator, context.targets)
    if target is not None:
        found = of_target(target, context)
        return Subject(indicator, indicator, found.label, found.unit, target, found.record, found.fact)
    pack = context.material.pack
    own = [fact for fact in pack.own_facts if fact.indicator == indicator and fact.region == pack.id]
    figures = [fact for fact in own if fact.nature != "target" and fact.last_year <= context.page.as_of]
    fact = max(figures or own, key=lambda f: f.last_year, default=None)
    records = [r for r in context.view.document["indicators"] if r["indicator"] == indicator]
    unit = fact.unit if fact is not None else records[0]["unit"] if records else ""
    return Subject(indicator, indicator, indicator_label(indicator), unit, None, None, fact)


def of_fact(fact: Fact, context: Context) -> Subject:
    """A figure as subject: with the target of its indicator, where it is the region's own."""
    pack = context.material.pack
    own = fact.region == pack.id
    target = lead_target(fact.indicator, context.targets) if own else None
    label = indicator_label(fact.indicator)
    place = context.page.region(fact.region)
    named = label if own else Text(f"{place.zh}{label.zh}", f"{place.en}, {label.en}")
    record = None if target is None else context.view.target(target.id)
    return Subject(fact.id, fact.indicator, named, fact.unit, target, record, fact)


def lead_target(indicator: str, targets: Sequence[Target]) -> Target | None:
    """The target that the plan's own table sets for an indicator, else the first one with a number, else the first."""
    first = [target for target in targets if target.indicator == indicator and target.reading_of is None]
    plan = plan_document((target.id, target.row) for target in targets)
    ranked = sorted(
        first, key=lambda t: (t.row is None or document_of(t.id) != plan, t.not_modelled is not None, t.value is None)
    )
    return ranked[0] if ranked else None


def _unknown(id: str, ids: Iterable[str]) -> Text:
    """What to say of an id that does not exist; the list of all is too long for a message."""
    every = sorted(ids)
    near = nearest(id, every)
    alike = [name for name in every if name.startswith(f"{id}.")][:5]
    if near is not None:
        return Text(f"未知的编号“{id}”，您是否想写“{near}”？", f'unknown id "{id}", did you mean "{near}"?')
    if alike:
        return Text(
            f"未知的编号“{id}”；以它开头的有：{'、'.join(alike)}",
            f'unknown id "{id}"; beginning with it: {", ".join(alike)}',
        )
    return Text(
        f"未知的编号“{id}”：应是目标、指标或台账数字的编号，用 facts 列出全部",
        f'unknown id "{id}": name a target, an indicator or a figure of the ledger; facts lists all',
    )
