"""Target setting as a whole: values for every indicator and scenario, and a proposed set held against the draws."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sim.experiment.plan import Plan
from sim.indicators.catalogue import INDICATORS
from sim.region.pack import Pack
from sim.target_setting.chances import Event, Judge
from sim.target_setting.choice import Chosen, Skipped, choose
from sim.target_setting.goals import Goal, SetResult, judged_set
from sim.target_setting.periods import period_of, plan_base
from sim.target_setting.proposed import Proposal, Unjudged, goal_of, judgeable
from sim.target_setting.rows import ValueRow, value_rows
from sim.target_setting.sample import Sample, bench_of, sample_of
from sim.target_setting.superior import Superior, superiors
from sim.targets.outcome import ROUND_OFF

#: Told the scenarios that are done and how many there are.
Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Setting:
    """The answer. base : the year the plan starts from; rows : of all scenarios, in their order, by year.

    proposed : the proposed set under each scenario; unjudged : proposals that the draws cannot judge; suggested : the
    suggestions of each year as a set, under the first scenario.
    """

    base: int
    rows: tuple[ValueRow, ...]
    skipped: tuple[Skipped, ...]
    proposed: tuple[tuple[str, SetResult], ...]
    unjudged: tuple[Unjudged, ...]
    suggested: tuple[tuple[int, SetResult], ...]


def set_targets(
    plan: Plan, years: Sequence[int], given: Sequence[Proposal], told: Told = lambda done, of: None
) -> Setting:
    """Values for the years and the proposed set, under every scenario of the plan, on the same draws."""
    pack, as_of = plan.pack, plan.known_until
    chosen, skipped = choose(pack, plan.targets[0])
    able, unable = judgeable(given, pack, plan.horizon, as_of)
    base = plan_base(years, pack.base_year)
    skipped = [replace(one, above=_asked_above(pack, one.indicator, years, base)) for one in skipped]
    judge = _judge(plan, chosen, years, able)
    rows: list[ValueRow] = []
    proposed = []
    for index, scenario in enumerate(plan.scenarios):
        sample = sample_of(judge.bench, index)
        made = value_rows(judge, sample, chosen, years, base, scenario.name)
        proposed.append((scenario.name, _proposed(judge, sample, able)))
        if index == 0:
            suggestions = tuple((year, _suggested_set(judge, made, year)) for year in years)
        rows += [replace(row, values=row.values[:0]) for row in made]
        told(index + 1, len(plan.scenarios))
    return Setting(base, tuple(rows), tuple(skipped), tuple(proposed), tuple(unable), suggestions)


def _asked_above(pack: Pack, indicator: str, years: Sequence[int], base: int) -> tuple[tuple[int, Superior], ...]:
    """What the levels above ask for in each year of an indicator that the model has no values of."""
    if indicator not in INDICATORS:
        return ()
    return tuple((year, one) for year in years for one in superiors(pack, period_of(indicator, year, base)))


def _judge(plan: Plan, chosen: Sequence[Chosen], years: Sequence[int], able: Sequence[Proposal]) -> Judge:
    """The judge of a plan whose targets are the proposed ones that the draws of a run are held against."""
    own = tuple(proposal.target for proposal in able if proposal.period is None)
    spanned = max((p.target.year for p in able if p.period is not None), default=0)
    names = [one.indicator for one in chosen]
    asked = replace(plan, targets=tuple(own for _ in plan.scenarios))
    return Judge(bench_of(asked, names, max(*years, spanned)))


def _proposed(judge: Judge, sample: Sample, able: Sequence[Proposal]) -> SetResult:
    """The proposed set on one scenario's draws."""
    places = {target.id: place for place, target in enumerate(judge.bench.targets)}
    goals = [goal_of(proposal, sample, places) for proposal in able]
    return judged_set(_with_chances(judge, goals), judge.bench)


def _suggested_set(judge: Judge, rows: Sequence[ValueRow], year: int) -> SetResult:
    """The suggestions for a year as a set: rows of the plan and of drafts that say something with a number."""
    goals = []
    for row in rows:
        threshold = row.suggestion.threshold
        if row.year != year or threshold is None or row.chosen.group == "other" or row.chosen.repeats:
            continue
        gap = row.values - threshold if row.less else threshold - row.values
        item = INDICATORS[row.chosen.indicator]
        ambition = float((gap > ROUND_OFF).mean())
        goals.append(
            Goal(
                row.chosen.indicator,
                row.chosen.indicator,
                year,
                row.chosen.label,
                row.suggestion.words.zh,
                item.unit,
                ambition,
                row.suggestion.step,
                True,
                row.values,
                gap.clip(min=0.0),
                row.chance,
            )
        )
    return judged_set(goals, judge.bench)


def _with_chances(judge: Judge, goals: Sequence[Goal]) -> list[Goal]:
    events = [
        Event(goal.met.astype(float), goal.indicator, goal.year, bool(goal.value.min() < goal.value.max()))
        for goal in goals
    ]
    return [replace(goal, chance=chance) for goal, chance in zip(goals, judge.chances(events), strict=True)]
