"""What a comparison attributes its differences to: groups asked for, checked, and simulated with a bar."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

import click

from sim.attribution.attribute import Attribution, attribute
from sim.attribution.groups import Group, check_own, differing_inputs, groups_of
from sim.errors import InputError, Problem
from sim.experiment.plan import Plan, common_targets
from sim.language import Text


def own_groups(written: Sequence[str]) -> dict[str, list[str]]:
    """The groups of `--group` by name, in the order given; every mistake in them at once."""
    groups: dict[str, list[str]] = {}
    problems = []
    for text in written:
        name, _, members = text.replace("，", ",").replace("＝", "=").partition("=")
        inputs = [member.strip() for member in members.split(",") if member.strip()]
        name = name.strip()
        if not name or not inputs:
            said = Text(f"应写成 名称=输入,输入，现为“{text}”", f'must be NAME=input,input, got "{text}"')
            problems.append(Problem(None, None, None, "--group", said))
        elif name in groups:
            said = Text(f"组名“{name}”用了两次", f'the group "{name}" is named twice')
            problems.append(Problem(None, None, None, "--group", said))
        else:
            groups[name] = inputs
    if problems:
        raise InputError(problems)
    return groups


def groups_of_each(plan: Plan, way: str, own: Mapping[str, Sequence[str]]) -> dict[int, tuple[Group, ...]]:
    """Groups by the position of each scenario but the first; mistakes in `own` are those of all scenarios.

    An input of one's own group need not differ in every scenario, only in one.
    """
    first, judged = plan.scenarios[0], {target.id for target in common_targets(plan)}
    inputs = [differing_inputs(first, other, plan.horizon, judged) for other in plan.scenarios[1:]]
    check_own(own, {key for keys in inputs for key in keys})
    return {
        index: groups_of(first, plan.scenarios[index], plan.horizon, judged, way, own)
        for index in range(1, len(plan.scenarios))
    }


def attributed(plan: Plan, groups: Mapping[int, Sequence[Group]], lang: str, quiet: bool) -> list[Attribution]:
    """Attributions of every scenario but the first, with a bar where somebody waits for them."""
    count = sum(2 ** len(of_one) for of_one in groups.values() if of_one)
    hidden = quiet or not sys.stderr.isatty() or count == 0
    label = Text("归因", "attributing").pick(lang)
    found: list[Attribution] = []
    with click.progressbar(length=count * plan.draws, label=label, file=sys.stderr, hidden=hidden) as bar:
        for index, of_one in groups.items():
            found += attribute(plan, index, of_one, bar.update)
    return found
