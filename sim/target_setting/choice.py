"""Which indicators a table of target values holds, in which order, and why the others are left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.indicators.catalogue import INDICATORS, missing_of
from sim.language import Text
from sim.region.pack import Pack
from sim.target_setting.superior import Superior
from sim.targets import Target, plan_document
from sim.targets.known import SINCE_BASE

#: Indicators that say again, in another unit or counted from the base year, what one in the table says.
SAID_ALREADY = (*SINCE_BASE, "good_air_days")
BINDING = "约束性"


@dataclass(frozen=True, slots=True)
class Chosen:
    """An indicator of the table.

    label : as the plan prints it, else the model's; row : of the plan's table, None outside it; group : `plan` for
    rows of the plan's table, `candidate` for those of a draft for later years, `other`; targets : the pack's on it;
    repeats : whether another row says the same.
    """

    indicator: str
    label: Text
    row: int | None
    group: str
    targets: tuple[Target, ...]
    repeats: bool

    @property
    def binding(self) -> bool:
        """Whether the plan's target is binding."""
        return any(target.nature == BINDING for target in self.targets)

    @property
    def kept(self) -> float | None:
        """What the plan's row only asks to keep: a target that equals its base."""
        first = next((t for t in self.targets if t.row is not None and t.reading_of is None), None)
        if first is None or first.operator != ">=" or first.value is None or first.value != first.base:
            return None
        return first.value


@dataclass(frozen=True, slots=True)
class Skipped:
    """An indicator without values, and the reason; `above` : what is set from above all the same, by year."""

    indicator: str
    label: Text
    row: int | None
    reason: Text
    above: tuple[tuple[int, Superior], ...] = ()


def choose(pack: Pack, targets: Sequence[Target]) -> tuple[list[Chosen], list[Skipped]]:
    """Indicators of the plan's table in its order, those of later drafts, then all others; and those left out."""
    plan = plan_document((target.id, target.row) for target in targets)
    order: dict[str, str] = {}
    for target in targets:
        if target.document == plan and target.row is not None and target.reading_of is None:
            order.setdefault(target.indicator, "plan")
    last = max((target.year for target in targets if target.document == plan and target.row is not None), default=0)
    for target in targets:
        if target.document != plan and target.year > last and target.reading_of is None:
            order.setdefault(target.indicator, "candidate")
    for name in INDICATORS:
        order.setdefault(name, "other")
    chosen, skipped = [], []
    for name, group in order.items():
        own = tuple(target for target in targets if target.indicator == name)
        reason = _reason(name, own, pack)
        if reason is None:
            chosen.append(_chosen(name, group, own))
        else:
            row = next((t.row for t in own if t.row is not None), None)
            skipped.append(Skipped(name, _label(name, own), row, reason))
    return chosen, skipped


def _reason(name: str, own: Sequence[Target], pack: Pack) -> Text | None:
    """Why an indicator has no values; None where it has."""
    if name in INDICATORS:
        return missing_of(INDICATORS[name], pack)
    return next((t.not_modelled for t in own if t.not_modelled is not None), Text("模型不测算", "not modelled"))


def _chosen(name: str, group: str, own: tuple[Target, ...]) -> Chosen:
    row = next((t.row for t in own if t.row is not None and t.reading_of is None), None) if group == "plan" else None
    label = _label(name, own) if group != "other" else INDICATORS[name].label
    return Chosen(name, label, row, group, own, name in SAID_ALREADY)


def _label(name: str, own: Sequence[Target]) -> Text:
    """The plan's printed name without readings, else the model's."""
    printed = next((t.label for t in own if t.reading_of is None), None)
    return printed or INDICATORS[name].label
