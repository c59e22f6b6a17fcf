"""Proposed targets: a file of a planner's own, or targets of the pack by id; and what the draws say of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path

import numpy as np
from pydantic import Field, ValidationInfo, field_validator

from sim.errors import InputError, Problem, unknown_name
from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.reading.source import StrictModel, WrongValue, YamlSource, read_tolerant, validation
from sim.region.pack import Pack
from sim.scenario.entries import label_of, repeated_ids
from sim.scenario.fields import ScenarioContext
from sim.scenario.parts import ScenarioTarget
from sim.scenario.paths import Years
from sim.scenario.schema import TargetEntry
from sim.target_setting.goals import Goal
from sim.target_setting.periods import Period, kind_of
from sim.target_setting.reach import percentile
from sim.target_setting.rounding import spread_step
from sim.target_setting.sample import Sample
from sim.targets import Target, status_of, with_scenario_targets
from sim.targets.known import SINCE_BASE
from sim.targets.rules import labels_of, target_rules

#: Targets of the pack that are proposed where no file says otherwise: those of this document.
DRAFT = "plan15_draft"
#: Operators that hold a quantity against a number of its own unit.
PLAIN = (">=", "<=", "about", "between")
#: Distance of two quantiles by which a step is measured, as for values that are offered.
SAFE, AMBITIOUS = 0.10, 0.70


class ProposedEntry(TargetEntry):
    """A target as a scenario writes it, with the first year of an average, a reduction or a sum."""

    first_year: int | None = None

    @field_validator("first_year")
    @classmethod
    def _not_after(cls, first_year: int | None, info: ValidationInfo) -> int | None:
        """A span that ends before it begins."""
        year = info.data.get("year")
        if first_year is not None and year is not None and first_year > year:
            raise WrongValue(f"应不晚于 year（{year}），现为 {first_year}", f"must not be after year ({year})")
        return first_year


class ProposedFile(StrictModel):
    """The whole file: targets of one's own, and ids of the pack's, `*` for any ending."""

    targets: list[ProposedEntry] = Field(default=[])
    of_pack: list[str] = Field(default=[])


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed target; `period` where it is an average, a reduction or a sum over years that draws are asked for."""

    target: Target
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Unjudged:
    """A proposed target that cannot be judged, and why."""

    target: Target
    status: str
    reason: Text | None


def proposals(path: Path | None, pack: Pack, targets: Sequence[Target], horizon: int) -> tuple[Proposal, ...]:
    """Proposed targets of a file, or those of the pack's draft.

    Raises InputError with every mistake of the file: unknown indicators, operators, ids, years outside the horizon.
    """
    if path is None:
        return tuple(Proposal(target) for target in targets if target.document == DRAFT)
    source = read_tolerant(path)
    context = ScenarioContext(
        pack.cell_ids, tuple(INDICATORS), Years(pack.base_year, horizon), labels_of(pack), target_rules(pack)
    )
    file, found = validation(source, ProposedFile, context.as_mapping())
    problems = [*source.problems, *found, *repeated_ids(source), *_unknown(source, targets)]
    if file is not None:
        problems += _years(source, file, pack)
        if not file.targets and not file.of_pack:
            text = Text("没有写任何目标：请写 targets 或 of_pack", "names no target: write targets or of_pack")
            problems.append(source.problem((), text))
    if problems or file is None:
        raise InputError(problems)
    chosen = [t for t in targets if any(fnmatchcase(t.id, wanted) for wanted in file.of_pack)]
    own = [_own(entry, source.shown) for entry in file.targets]
    return (*(Proposal(target) for target in chosen), *own)


def _own(entry: ProposedEntry, shown: str) -> Proposal:
    """A target of the file."""
    numbers = (entry.value, entry.value_high, entry.tolerance, entry.margin)
    value, value_high, tolerance, margin = (None if number is None else float(number) for number in numbers)
    label = label_of(entry.label, entry.label_en, INDICATORS[entry.indicator].label.zh)
    if entry.label is None and entry.label_en is None:
        label = INDICATORS[entry.indicator].label
    written = ScenarioTarget(
        entry.id, entry.indicator, entry.year, entry.operator, value, value_high, tolerance, margin, entry.benchmark,
        label, entry.note,
    )  # fmt: skip
    (made,) = with_scenario_targets((), (written,), shown)
    target = replace(made, first_year=entry.first_year)
    kind = kind_of(entry.indicator)
    spans = entry.first_year is not None and entry.operator in PLAIN and kind != "level"
    return Proposal(
        target, Period(entry.indicator, kind, entry.first_year or entry.year, entry.year) if spans else None
    )


def _unknown(source: YamlSource, targets: Sequence[Target]) -> list[Problem]:
    """Ids of the pack that there are none of, as written, so that other mistakes do not hide them."""
    known = [target.id for target in targets]
    written = source.data.get("of_pack") if isinstance(source.data, dict) else None
    return [
        source.problem(("of_pack", i), unknown_name(wanted, known))
        for i, wanted in enumerate(written if isinstance(written, list) else ())
        if isinstance(wanted, str) and not any(fnmatchcase(id, wanted) for id in known)
    ]


def _years(source: YamlSource, file: ProposedFile, pack: Pack) -> list[Problem]:
    """First years that mean nothing, or lie before what is simulated."""
    out = []
    for i, entry in enumerate(file.targets):
        if entry.first_year is None:
            continue
        counts = kind_of(entry.indicator) != "level" or entry.indicator in SINCE_BASE
        if not counts and entry.operator not in ("cumulative", "in_step"):
            zh, en = (
                "该指标按当年水平考核，first_year 不起作用，请删去",
                "a level of its year: first_year means nothing",
            )
            out.append(source.problem(("targets", i, "first_year"), Text(zh, en)))
        elif entry.first_year <= pack.base_year:
            zh = f"应晚于基年 {pack.base_year}，现为 {entry.first_year}"
            out.append(source.problem(("targets", i, "first_year"), Text(zh, f"must be after {pack.base_year}")))
    return out


def judgeable(given: Sequence[Proposal], pack: Pack, horizon: int, as_of: int) -> tuple[list[Proposal], list[Unjudged]]:
    """Proposals that the draws can judge, and the others with the reason."""
    able: list[Proposal] = []
    unable: list[Unjudged] = []
    for proposal in given:
        status, reason = status_of(proposal.target, horizon, pack, as_of)
        if status == "evaluated":
            able.append(proposal)
        else:
            unable.append(Unjudged(proposal.target, status, reason))
    return able, unable


def goal_of(proposal: Proposal, sample: Sample, judged: Mapping[str, int]) -> Goal:
    """A proposal on the draws; `judged` gives the place of targets that the bench has judged itself."""
    target = proposal.target
    if proposal.period is None:
        place = judged[target.id]
        value, gap = sample.judged.value[place], sample.judged.gap[place]
    else:
        value = sample.of(proposal.period)
        gap = gap_of(target, value)
    step = None if target.operator == "direction" else _step(value)
    return Goal(
        target.id, target.indicator, target.year, target.label, target.target_text, target.unit,
        _ambition(target, value, gap), step, target.reading_of is None, value, gap,
    )  # fmt: skip


def gap_of(target: Target, value: np.ndarray) -> np.ndarray:
    """How far a quantity falls short of a target with one of the plain operators, 0 where it does not; (draw,)."""
    low = (target.value or 0.0) - (target.tolerance or 0.0 if target.operator == "about" else 0.0)
    if target.operator == "<=":
        short = value - (target.value or 0.0)
    elif target.operator == "between" and target.value_high is not None:
        short = np.maximum(low - value, value - target.value_high)
    else:
        short = low - value
    return np.asarray(np.maximum(short, 0.0))


def _ambition(target: Target, value: np.ndarray, gap: np.ndarray) -> float:
    """Share of draws that do worse than the value stated; of relative targets than what they ask for."""
    if target.value is not None and target.operator in (*PLAIN, "cumulative", "change"):
        return percentile(value, target.value, target.operator == "<=")
    return float((gap > 0.0).mean())


def _step(value: np.ndarray) -> float | None:
    """The rounding step of the quantity judged."""
    safe, middle, ambitious = np.quantile(value, (SAFE, 0.5, AMBITIOUS))
    return spread_step(float(safe), float(ambitious), float(middle)) if safe < ambitious else None
