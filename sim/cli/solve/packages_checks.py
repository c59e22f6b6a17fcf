"""What `solve` is asked for, held against the pack: targets that can be evaluated, levers, costs that are known."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from sim.cli.solve.asked import Asked
from sim.errors import InputError, Problem
from sim.experiment.plan import Plan
from sim.language import Text
from sim.levers.catalogue import LEVERS, WORLD
from sim.reading.messages import describe
from sim.reading.source import read_tolerant
from sim.scenario.naming import id_of_label, told_unknown
from sim.solve.answer import Question
from sim.targets import Target, status_of

#: So few draws say nothing of a quantile; so many would not make the search better and not fit in memory.
FEWEST_DRAWS, MOST_DRAWS = 500, 200_000
LARGEST_COST = 1e6  # 亿元 for one unit in one year; more than the whole country's output


def _problem(option: str, zh: str, en: str) -> Problem:
    return Problem(None, None, None, option, Text(zh, en))


def check_options(asked: Asked) -> None:
    """Raises InputError for what is missing or contradicts itself, before anything is read."""
    found = []
    if not asked.targets:
        zh = "须写要达到的目标（编号见 list targets）；问目标值用 --target-values，问增速用 --required-path"
        en = "name the target to be reached (see list targets), or ask for --target-values or --required-path"
        found.append(_problem("--target", zh, en))
    if asked.probability is None:
        found.append(_problem("--probability", "须写要求的把握，如 0.8", "say how likely it must be, such as 0.8"))
    if not FEWEST_DRAWS <= asked.draws <= MOST_DRAWS:
        zh = f"求组合时应为{FEWEST_DRAWS:,}到{MOST_DRAWS:,}，现为{asked.draws:,}"
        found.append(_problem("--draws", zh, f"must be {FEWEST_DRAWS:,} to {MOST_DRAWS:,} here, got {asked.draws:,}"))
    both = [name for name in asked.levers or () if name in asked.without_levers]
    if both:
        zh = f"“{'、'.join(both)}”既写在 --levers 又写在 --without-levers"
        found.append(_problem("--without-levers", zh, f"{', '.join(both)}: also named by --levers"))
    if asked.cost != "money" and asked.costs is not None:
        zh, en = "只用于 --cost money", "is for --cost money only"
        found.append(_problem("--costs", zh, en))
    if asked.cost == "money" and asked.costs is None:
        zh = f"杠杆没有现成的花费，须用 --costs 给出（每单位每年多少亿元）；缺：{'、'.join(LEVERS)}"
        en = f"no lever has a cost of its own; give them with --costs. Missing: {', '.join(LEVERS)}"
        found.append(_problem("--cost", zh, en))
    if found:
        raise InputError(found)


def chosen_targets(plan: Plan, ids: Sequence[str]) -> tuple[Target, ...]:
    """The targets of these ids, each once; raises InputError for unknown ones and those that cannot be evaluated."""
    by_id = {target.id: target for target in plan.targets[0]}
    found, problems = [], []
    for name in dict.fromkeys(ids):
        if name not in by_id:
            problems.append(Problem(None, None, None, "--target", told_unknown(name, list(by_id), {})))
            continue
        status, reason = status_of(by_id[name], plan.horizon, plan.pack, plan.known_until)
        if status == "evaluated":
            found.append(by_id[name])
            continue
        why = reason or _reported()
        zh, en = f"“{name}”没有概率可求：{why.zh}", f"{name} has no probability: {why.en}"
        problems.append(_problem("--target", zh, en))
    if problems:
        raise InputError(problems)
    return tuple(found)


def _reported() -> Text:
    return Text("该年已有公布数，结果已定，见 run", "its year is over and reported, see run")


def chosen_levers(asked: Asked) -> tuple[str, ...]:
    """Levers that may be used; raises InputError for unknown names and when none is left."""
    problems = [
        Problem(None, None, None, option, _unknown_lever(name))
        for option, names in (("--levers", asked.levers or ()), ("--without-levers", asked.without_levers))
        for name in names if name not in LEVERS
    ]  # fmt: skip
    if problems:
        raise InputError(problems)
    left = tuple(name for name in LEVERS if name in (asked.levers or LEVERS) and name not in asked.without_levers)
    if not left:
        raise InputError(_problem("--without-levers", "没有剩下任何杠杆", "no lever is left"))
    return left


def _unknown_lever(name: str) -> Text:
    if name in WORLD:
        return Text(
            f"“{name}”（{WORLD[name].label.zh}）是外部假设，不由本地决定，不能当杠杆用；影响有多大请用 sensitivity",
            f"{name} is an assumption about the world, no lever; see sensitivity for what it does",
        )
    labels = {lever.label.zh: lever.id for lever in LEVERS.values()}
    return id_of_label(name, labels) or told_unknown(name, list(LEVERS), labels)


def read_costs(path: Path) -> Mapping[str, float]:
    """Costs by lever, 100 million yuan for one unit and year; raises InputError with every mistake and its place."""
    source = read_tolerant(path)
    problems = list(source.problems)
    if not isinstance(source.data, dict):
        said = Text("应为“杠杆: 每单位每年多少亿元”，一行一个", "must be lines of lever: cost of a unit and year")
        raise InputError([*problems, source.problem((), said)])
    costs = {}
    for key, value in source.data.items():
        if key not in LEVERS:
            problems.append(source.problem((key,), _unknown_lever(str(key)), at_key=True))
        elif (key,) not in source.spoiled and not _is_cost(value):
            shown = describe(value)
            said = Text(
                f"应为大于0、不超过{LARGEST_COST:,.0f}的数（亿元），现为 {shown.zh}",
                f"must be a number above 0 and at most {LARGEST_COST:,.0f}, got {shown.en}",
            )
            problems.append(source.problem((key,), said))
        else:
            costs[str(key)] = value
    if problems:
        raise InputError(problems)
    return {name: float(costs[name]) for name in LEVERS if name in costs}


def _is_cost(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return math.isfinite(value) and 0.0 < value <= LARGEST_COST


def question_for(asked: Asked, plan: Plan) -> tuple[Question, tuple[str, ...]]:
    """The question, and the levers that are left out because no cost is known of them; all mistakes at once."""
    problems: list[Problem] = []
    targets = _kept(problems, lambda: chosen_targets(plan, asked.targets))
    levers = _kept(problems, lambda: chosen_levers(asked))
    costs = _kept(problems, lambda: None if asked.costs is None else read_costs(asked.costs))
    if problems or targets is None or levers is None or asked.probability is None:
        raise InputError(problems)
    lacking = () if costs is None else tuple(name for name in levers if name not in costs)
    left = tuple(name for name in levers if name not in lacking)
    if not left:
        zh = f"可用的杠杆都没有写花费：{'、'.join(lacking)}"
        raise InputError(_problem("--costs", zh, f"has no cost of any lever that may be used: {', '.join(lacking)}"))
    question = Question(
        targets, asked.probability, left, asked.cost, costs, asked.most, asked.packages, asked.any_direction
    )
    return question, lacking


Kept = TypeVar("Kept")


def _kept(problems: list[Problem], read: Callable[[], Kept]) -> Kept | None:
    """What `read` gives, or None with its problems added to the others."""
    try:
        return read()
    except InputError as error:
        problems += error.problems
        return None
