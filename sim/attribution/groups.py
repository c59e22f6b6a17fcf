"""The inputs in which two scenarios differ, and the groups they are switched in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from types import MappingProxyType
from typing import Any

from sim.attribution.shapley import MOST_GROUPS
from sim.errors import InputError, Problem, unknown_name
from sim.language import Text
from sim.levers.catalogue import FAMILIES, LEVERS, WORLD
from sim.scenario.parts import AssumptionPath, Scenario

#: Groups are merged until there are no more than this: two to its power of runs explain one scenario.
USUAL_GROUPS = 6
#: What files call the part that only appears when groups come together.
INTERACTION = "interaction"
#: How groups can be made: merged families, families, or every input for itself.
WAYS = ("usual", "family", "input")

_LISTS = ("projects", "events", "targets")
_SECTIONS = ("levers", "world", *_LISTS)
_OF_LISTS = {
    "projects": Text("项目", "projects"),
    "events": Text("事件", "events"),
    "targets": Text("目标值", "target values"),
}
#: What is taken together first: name, label, members (families or earlier merges).
_MERGES: tuple[tuple[str, Text, tuple[str, ...]], ...] = (
    ("shocks", Text("冲击", "shocks"), ("rare_events", "events")),
    ("public", Text("民生、环境与财政", "services, environment, finance"), ("services", "environment", "finance")),
    ("building", Text("投资与项目", "investment and projects"), ("investment", "structure", "projects")),
    ("markets", Text("外部增长、贸易与价格", "world growth, trade, prices"),
     ("world_growth", "world_trade", "world_prices")),
    ("supply", Text("生产率与人口", "productivity and people"), ("productivity", "people")),
    ("world", Text("外部环境", "the world"), ("markets", "world_growth", "world_trade", "world_prices", "shocks",
                                      "rare_events", "events")),
    ("policy", Text("政策与项目", "levers and projects"), ("public", "services", "environment", "finance", "building",
                                                  "investment", "structure", "projects", "supply", "productivity",
                                                  "people", "openness")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Group:
    """Inputs that are switched from one scenario to the other together: keys such as `levers.trade_growth`."""

    id: str
    label: Text
    inputs: frozenset[str]


def differing_inputs(one: Scenario, other: Scenario, horizon: int, judged: Collection[str]) -> tuple[str, ...]:
    """Keys of all inputs that differ up to `horizon`, by section, then by name.

    judged : ids of the targets that both are held against; values of others tell nothing apart.
    """
    first, second = _inputs(one, horizon), _inputs(other, horizon)
    keys = [key for key in {**first, **second} if first.get(key) != second.get(key)]
    kept = [key for key in keys if not key.startswith("targets.") or key.removeprefix("targets.") in judged]
    return tuple(sorted(kept, key=lambda key: (_SECTIONS.index(key.partition(".")[0]), key)))


def _inputs(scenario: Scenario, horizon: int) -> dict[str, object]:
    """Every input of a scenario that acts up to the horizon, by key; names of things change no number."""
    paths = {f"levers.{name}": path for name, path in scenario.levers.items() if _acts(path, horizon)}
    paths |= {f"world.{name}": path for name, path in scenario.world.items()}
    unnamed = Text("", "")
    return {key: _until(path, horizon) for key, path in paths.items()} | {
        f"{section}.{item.id}": replace(item, label=unnamed)
        for section in _LISTS
        for item in getattr(scenario, section)
    }


def _until(path: AssumptionPath, horizon: int) -> AssumptionPath:
    """A path without the years after the horizon."""
    kept = sum(year <= horizon for year in path.years)
    values: dict[str, Any] = {field.name: getattr(path, field.name) for field in fields(path)}
    values |= {name: value[:kept] for name, value in values.items() if isinstance(value, tuple)}
    return type(path)(**values)


def _acts(path: AssumptionPath, horizon: int) -> bool:
    """Whether a lever is something else than 0 up to the horizon."""
    ends = zip(path.years, path.low, path.high, strict=True)
    return any(low or high for year, low, high in ends if year <= horizon)


def groups_of(
    one: Scenario,
    other: Scenario,
    horizon: int,
    judged: Collection[str],
    way: str = WAYS[0],
    own: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> tuple[Group, ...]:
    """Groups of the inputs in which two scenarios differ, as `differing_inputs` gives them.

    way : one of WAYS; own : groups of the user's by name, each a list of input keys or ids; they are taken first,
    without the inputs that are the same in both scenarios.

    Raises InputError for more groups than can be told apart.
    """
    keys = differing_inputs(one, other, horizon, judged)
    short = _by_name(keys)
    named = {name: frozenset(short[member] for member in members if member in short) for name, members in own.items()}
    taken = tuple(Group(name, Text(name, name), inputs) for name, inputs in named.items() if inputs)
    left = [key for key in keys if not any(key in group.inputs for group in taken)]
    others = _by_input(left, one, other) if way == "input" else _by_family(left)
    if way == WAYS[0]:
        others = _merged(others, max(USUAL_GROUPS - len(taken), 1))
    _check_names(taken, others)
    groups = (*taken, *others)
    if len(groups) > MOST_GROUPS:
        raise InputError(Problem(None, None, None, "--by", _too_many(len(groups), other.label)))
    return groups


def _check_names(own: Sequence[Group], others: Sequence[Group]) -> None:
    """Raises InputError for groups of the user's that tables and files could not tell from the others."""
    known = {INTERACTION, *(name for group in others for name in (group.id, group.label.zh, group.label.en))}
    text = Text("与自动分出的组或“联合作用”重名，请换一个组名", "is what another column is called; choose another name")
    problems = [Problem(None, None, None, f"--group {group.id}", text) for group in own if group.id in known]
    if problems:
        raise InputError(problems)


def check_own(own: Mapping[str, Sequence[str]], keys: Collection[str]) -> None:
    """Raises InputError with every name in the user's groups that is no differing input or stands in two groups."""
    problems: list[Problem] = []
    short = _by_name(keys)
    used: dict[str, str] = {}
    for name, member in ((name, member) for name, members in own.items() for member in members):
        key = short.get(member)
        if key is None:
            problems.append(Problem(None, None, None, f"--group {name}", _no_difference(member, short)))
        elif key in used:
            text = Text(f"“{member}”已在“{used[key]}”组中", f'"{member}" is in the group "{used[key]}" already')
            problems.append(Problem(None, None, None, f"--group {name}", text))
        else:
            used[key] = name
    if problems:
        raise InputError(problems)


def _by_name(keys: Iterable[str]) -> dict[str, str]:
    """Keys by themselves and by what follows their section."""
    return {key.partition(".")[2]: key for key in keys} | {key: key for key in keys}


def _no_difference(member: str, short: Mapping[str, str]) -> Text:
    unknown = unknown_name(member, {key.partition(".")[2] for key in short.values()})
    if member.rpartition(".")[2] in {*LEVERS, *WORLD}:
        zh = f"“{member}”在各情景中相同，没有可归因的差别"
        return Text(zh, f'"{member}" is the same in all scenarios: there is nothing to attribute')
    return unknown


def _by_family(keys: Iterable[str]) -> tuple[Group, ...]:
    found: dict[str, list[str]] = {}
    for key in keys:
        section, _, name = key.partition(".")
        family = LEVERS[name].family if section == "levers" else WORLD[name].family if section == "world" else section
        found.setdefault(family, []).append(key)
    labels = {**FAMILIES, **_OF_LISTS}
    return tuple(Group(family, labels[family], frozenset(inputs)) for family, inputs in found.items())


def _by_input(keys: Iterable[str], one: Scenario, other: Scenario) -> tuple[Group, ...]:
    return tuple(Group(key, label_of_input(key, one, other), frozenset((key,))) for key in keys)


def label_of_input(key: str, one: Scenario, other: Scenario) -> Text:
    """What an input is called, given the scenarios that have it."""
    section, _, name = key.partition(".")
    if section in ("levers", "world"):
        return (LEVERS[name] if section == "levers" else WORLD[name]).label
    items = (*getattr(other, section), *getattr(one, section))
    label: Text = next(item.label for item in items if item.id == name)
    return label


def _merged(groups: Sequence[Group], most: int) -> tuple[Group, ...]:
    """Groups taken together by `_MERGES`, in its order, until there are no more than `most`."""
    found = {group.id: group for group in groups}
    for name, label, members in _MERGES:
        if len(found) <= most:
            break
        together = [found.pop(member) for member in members if member in found]
        if len(together) == 1:
            found[together[0].id] = together[0]
        elif together:
            found[name] = Group(name, label, frozenset().union(*(group.inputs for group in together)))
    return tuple(found.values())


def _too_many(count: int, label: Text) -> Text:
    return Text(
        f"“{label.zh}”与第一个情景有{count}组不同，逐一归因最多{MOST_GROUPS}组（每多一组加倍）；"
        f"请用 --group 名称=输入,输入 合并，或不写 --by",
        f'"{label.en}" differs in {count} groups, at most {MOST_GROUPS} can be told apart; merge some with '
        f"--group NAME=input,input, or leave out --by",
    )
