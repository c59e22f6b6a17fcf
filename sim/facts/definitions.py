"""Scopes, definition breaks, bridges and concepts: which reported figures may stand in one row.

`calibration/definitions.yaml` is the only place that knows them. A tag in the `scope` column of a ledger
belongs to one axis; a figure without a tag takes, on the axis of a break, the tag its year implies.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from sim.errors import InputError, Problem, unknown_name
from sim.facts.ledger import SEPARATOR, Fact
from sim.facts.naming import names_within, split_indicator
from sim.facts.rules import AxisModel, BridgeModel, DefinitionsModel, Identities, Names, Plausible, Reliability
from sim.language import Text
from sim.reading.source import YamlSource, read_tolerant, validate

_REMARK = re.compile("[：，（]")
PLAIN = "未标注"  # on an axis where no tag means the plain scope


@dataclass(frozen=True, slots=True)
class Axis:
    """One aspect of scope. `tags` maps each tag to its meaning, `unstated` are those that leave it open.

    `indicators` are the indicators the axis is about; empty for all. Without a tag a figure is of unstated
    scope, or, when `distinct`, of the plain scope that no tag of the axis means.
    """

    id: str
    label: Text
    tags: Mapping[str, Text]
    unstated: frozenset[str]
    indicators: frozenset[str]
    distinct: bool


@dataclass(frozen=True, slots=True)
class Break:
    """A change of definition on one axis. Years up to `last_before` are `before`, from `first_after` `after`."""

    id: str
    axis: str
    kind: str
    date: str
    before: str
    after: str
    last_before: int
    first_after: int
    label: Text
    indicators: frozenset[str]
    sources: tuple[str, ...]

    def concerns(self, indicator: str) -> bool:
        """Whether the indicator, or the level it is derived from, changed its definition here."""
        return any(name in self.indicators for name in names_within(indicator))


@dataclass(frozen=True, slots=True)
class Concept:
    """Two indicators that are often taken for each other and are not the same."""

    one: str
    other: str
    reason: Text
    quiet: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Whether two figures may be compared; the axis on which they differ or are unstated, and why."""

    comparable: bool
    axis: str | None
    note: Text | None


@dataclass(frozen=True, slots=True)
class Definitions:
    """All that `definitions.yaml` says; see the module."""

    axes: Mapping[str, Axis]
    breaks: tuple[Break, ...]
    bridges: tuple[BridgeModel, ...]
    concepts: tuple[Concept, ...]
    names: tuple[Names, ...]
    identities: Identities
    plausible: Plausible
    reliability: Reliability
    axis_of: Mapping[str, str]

    def tags_of(self, fact: Fact) -> Mapping[str, str]:
        """Tag by axis as written in the scope column; words that are no tags are left out."""
        return self.tags_in(fact.scope)

    def tags_in(self, scope: str) -> Mapping[str, str]:
        """Tag by axis of a scope column."""
        tags = (tag_of(part) for part in scope.split(SEPARATOR))
        return {self.axis_of[tag]: tag for tag in tags if tag in self.axis_of}

    def unknown_tags(self, fact: Fact) -> tuple[str, ...]:
        """Parts of the scope column that are on no axis."""
        tags = (tag_of(part) for part in fact.scope.split(SEPARATOR))
        return tuple(tag for tag in tags if tag and tag not in self.axis_of)

    def basis(self, fact: Fact) -> Mapping[str, str]:
        """Tag by axis: the stated ones, and on the axis of a break the one implied by the last year."""
        tags = dict(self.tags_of(fact))
        for change in self.breaks:
            if change.axis not in tags and change.concerns(fact.indicator):
                implied = self.implied(change.axis, fact.indicator, fact.last_year)
                if implied is not None:
                    tags[change.axis] = implied
        plain = {id: PLAIN for id, axis in self.axes.items() if axis.distinct and id not in tags}
        return plain | {axis: tag for axis, tag in tags.items() if tag not in self.axes[axis].unstated}

    def implied(self, axis: str, indicator: str, year: int) -> str | None:
        """The tag that a year implies on the axis of a break; None between two definitions."""
        tag = None
        for change in self.breaks:
            if change.axis != axis or not change.concerns(indicator):
                continue
            if year <= change.last_before:
                return tag or change.before
            tag = change.after if year >= change.first_after else None
        return tag

    def applies(self, axis: str, indicator: str) -> bool:
        """Whether an axis is about an indicator."""
        concerned = [change for change in self.breaks if change.axis == axis]
        if concerned:
            return any(change.concerns(indicator) for change in concerned)
        indicators = self.axes[axis].indicators
        return not indicators or any(name in indicators for name in names_within(indicator))

    def comparable(self, one: Fact, other: Fact) -> Comparison:
        """Whether two figures stand on the same basis, as far as stated."""
        first, second = self.basis(one), self.basis(other)
        for axis in first:
            if axis in second and first[axis] != second[axis]:
                return Comparison(False, axis, self._differs(axis, first[axis], second[axis]))
        for axis in self.axes:
            both = self.applies(axis, one.indicator) and self.applies(axis, other.indicator)
            if both and (axis in first) != (axis in second):
                return Comparison(True, axis, self._unstated(axis, first.get(axis) or second[axis]))
        return Comparison(True, None, None)

    def break_between(self, axis: str, one: str, other: str) -> Break | None:
        """The break that separates two tags of an axis, the first one when there are several."""
        for change in self.breaks:
            if change.axis == axis and change.before in (one, other):
                return change
        return None

    def bridge(self, change: Break, region: str, indicator: str) -> BridgeModel | None:
        """The stated bridge across a break for one indicator of a region, if there is one."""
        for bridge in self.bridges:
            if (bridge.break_id, bridge.region, bridge.indicator) == (change.id, region, indicator):
                return bridge
        return None

    def _differs(self, axis: str, one: str, other: str) -> Text:
        label = self.axes[axis].label
        zh = f"{label.zh}不一致：一为“{one}”，一为“{other}”，不能放在同一列"
        return Text(zh, f"{label.en} differs: {one} and {other}; not one series")

    def _unstated(self, axis: str, tag: str) -> Text:
        label = self.axes[axis].label
        zh = f"一方{label.zh}为“{tag}”，另一方未说明，只能作较宽的比较"
        return Text(zh, f"{label.en}: one says {tag}, the other does not say; compared with a wider margin")


def read_definitions(path: str | Path) -> Definitions:
    """The table in `path`; raises InputError with every problem, tags and axes that do not exist included."""
    source = read_tolerant(path)
    model = validate(source, DefinitionsModel)
    problems = _problems(source, model)
    if problems:
        raise InputError(problems)
    axis_of = {tag: axis for axis, entry in model.axes.items() for tag in entry.tags}
    return Definitions(
        axes=MappingProxyType({id: _axis(id, entry) for id, entry in model.axes.items()}),
        breaks=tuple(_break(entry.model_dump()) for entry in model.breaks),
        bridges=tuple(model.bridges),
        concepts=tuple(
            Concept(entry.one, entry.other, Text(entry.reason, entry.reason_en), entry.quiet)
            for entry in model.concepts
        ),
        names=tuple(model.names),
        identities=model.identities,
        plausible=model.plausible,
        reliability=model.reliability,
        axis_of=MappingProxyType(axis_of),
    )


def _axis(id: str, entry: AxisModel) -> Axis:
    tags = {tag: Text(value.meaning, value.meaning_en) for tag, value in entry.tags.items()}
    unstated = frozenset(tag for tag, value in entry.tags.items() if not value.stated)
    return Axis(
        id, Text(entry.label, entry.label_en), tags, unstated, frozenset(entry.indicators), entry.untagged == "distinct"
    )


def _break(entry: dict[str, object]) -> Break:
    label = Text(str(entry.pop("label")), str(entry.pop("label_en")))
    indicators, sources = entry.pop("indicators"), entry.pop("sources")
    assert isinstance(indicators, list)
    assert isinstance(sources, list)
    return Break(label=label, indicators=frozenset(indicators), sources=tuple(sources), **entry)  # type: ignore[arg-type]


def _problems(source: YamlSource, model: DefinitionsModel) -> list[Problem]:
    """Tags on two axes, breaks between tags that their axis does not have, bridges across no break."""
    problems: list[Problem] = []
    seen: dict[str, str] = {}
    for axis, entry in model.axes.items():
        for tag in entry.tags:
            if seen.setdefault(tag, axis) != axis:
                text = Text(f"标签“{tag}”已属于 {seen[tag]}", f'tag "{tag}" is on axis {seen[tag]} already')
                problems.append(source.problem(("axes", axis, "tags", tag), text, at_key=True))
    for number, change in enumerate(model.breaks):
        if change.axis not in model.axes:
            problems.append(source.problem(("breaks", number, "axis"), unknown_name(change.axis, model.axes)))
            continue
        for side in ("before", "after"):
            tags = model.axes[change.axis].tags
            if (tag := getattr(change, side)) not in tags:
                problems.append(source.problem(("breaks", number, side), unknown_name(tag, tags)))
    ids = [change.id for change in model.breaks]
    for number, bridge in enumerate(model.bridges):
        if bridge.break_id not in ids:
            problems.append(source.problem(("bridges", number, "break"), unknown_name(bridge.break_id, ids)))
    return problems


def tag_of(part: str) -> str:
    """The tag in one part of a scope column, without the remark that may follow it: 宽口径：含保税港区 → 宽口径."""
    return _REMARK.split(part.strip(), maxsplit=1)[0]


def level_name(indicator: str) -> str:
    """The level a figure speaks of, shares of GDP kept: gdp_growth → gdp, marine_share_change → marine_share."""
    for name in names_within(indicator):
        if split_indicator(name)[1] in ("", "share"):
            return name
    return indicator
