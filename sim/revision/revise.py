"""Why two finished results differ: each kind of input's share, summing exactly to the difference of what is stored.

The present program is run on mixtures of the two results' inputs, and the effect of each kind is averaged over every
order in which the kinds may be exchanged (Shapley 1953). What a result made by another version of the program differs
from what the present one gives for the same inputs is the share of the program.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.attribution.shapley import coalitions, shapley
from sim.errors import InputError, Problem
from sim.experiment.plan import Plan
from sim.experiment.run import run
from sim.language import Text
from sim.randomness import Array
from sim.revision.changes import version_changes
from sim.revision.groups import (
    ASSUMPTIONS,
    CHANCE,
    CODE,
    FACTS,
    PARTITIONS,
    PRIORS,
    End,
    differing,
    groups_of,
    kinds_of,
    part_of,
)
from sim.revision.quantities import Quantity, common_quantities, computed_values, standard_errors, stored_values
from sim.revision.remade import Setting
from sim.revision.stored import Stored

#: Parts of the program that numbers depend on; the others read, print and draw.
NUMERIC = ("model", "python", "machine", "numpy", "scipy", "pandas")
#: The plan of a setting on these data files; the name is that of the mixture of files.
MakePlan = Callable[[Setting, Mapping[str, bytes], str], Plan]
#: Told the number of a run, of how many, and which kinds it takes from the newer result.
Told = Callable[[int, int, frozenset[str]], None]


@dataclass(frozen=True, slots=True)
class Revision:
    """What separates two results.

    first, second : stored values, (quantity,); shares : group -> (quantity,), summing to second - first; CODE is a
    group of its own where the results were made by different programs; noise : Monte Carlo error of the share of
    CHANCE, (quantity,), zero where seed and draws are the same; joined : whether kinds had to be switched together
    because they do not fit each other; dropped : numbers that a mixture does not have.
    """

    quantities: tuple[Quantity, ...]
    first: Array
    second: Array
    shares: Mapping[str, Array]
    noise: Array
    runs: int
    joined: bool
    dropped: tuple[Quantity, ...]


def other_program(stored: Stored) -> bool:
    """Whether a result's numbers were made by another program than this one."""
    return any(change.part in NUMERIC for change in version_changes(stored))


def require_comparable(old: End, new: End) -> None:
    """Raises InputError, with every reason, where the difference of two results has no meaning or no origin."""
    one, other = old.stored.manifest, new.stored.manifest
    problems = []
    if one.region != other.region:
        zh = f"地区不同：{one.region}、{other.region}"
        problems.append(_both(old, new, Text(zh, f"different regions: {one.region}, {other.region}")))
    years = [end.document.get("base_year") for end in (old, new)]
    if years[0] != years[1]:
        zh = f"基年不同：{years[0]}、{years[1]}"
        problems.append(_both(old, new, Text(zh, f"different base years: {years[0]}, {years[1]}")))
    if other_program(old.stored) and other_program(new.stored):
        problems += [_foreign(end.stored) for end in (old, new)]
    if not problems and not common_quantities(old.document, new.document):
        text = Text("没有相同的目标，也没有相同年份的指标", "no target and no year of an indicator in common")
        problems.append(_both(old, new, text))
    if problems:
        raise InputError(problems)


def _both(old: End, new: End, text: Text) -> Problem:
    return Problem(f"{old.stored.shown}, {new.stored.shown}", None, None, "", text)


def _foreign(stored: Stored) -> Problem:
    found = [c for c in version_changes(stored) if c.part in NUMERIC]
    zh = "；".join(f"{c.part} {c.made[:12] or '无'}（现为{c.now[:12] or '无'}）" for c in found)
    en = "; ".join(f"{c.part} {c.made[:12] or 'none'} (now {c.now[:12] or 'none'})" for c in found)
    text = Text(
        f"两个结果都不是现在的程序算的，无法分清程序与输入各占多少。这个结果需要：{zh}；"
        "请用那个版本比较，或用现在的程序重新运行其中一个",
        f"neither result is of the present program, whose share could not be told from that of inputs. It needs: {en}; "
        "compare with that version, or run one of them again with this one",
    )
    return Problem(stored.shown, None, None, "", text)


def revise(old: End, new: End, make_plan: MakePlan, told: Told = lambda number, of, kinds: None) -> Revision:
    """What separates two results that `require_comparable` accepts.

    Raises InputError where this program cannot read the inputs of a result made by another.
    """
    quantities = common_quantities(old.document, new.document)
    first, second = (stored_values(end.document, quantities) for end in (old, new))
    kinds = differing(old, new)
    known: dict[frozenset[str], Array] = {}
    if not other_program(new.stored):
        known[frozenset(kinds)] = second
    if not other_program(old.stored):
        known[frozenset()] = first  # of results with the same inputs the same as the second
    groups, plans = _plans(old, new, kinds, known, make_plan)
    values = dict(known)
    for number, (chosen, plan) in enumerate(plans.items(), 1):
        told(number, len(plans), chosen)
        values[chosen] = computed_values(run(plan)[0][0], quantities)
    shares = _shares(groups, values)
    if other_program(old.stored) or other_program(new.stored):
        shares[CODE] = (values[frozenset()] - first) + (second - values[frozenset(kinds)])
    whole = np.isfinite(np.sum([first, second, *values.values()], axis=0))
    noise = np.zeros(len(quantities))
    if CHANCE in kinds:
        noise = np.hypot(*(standard_errors(end.document, quantities) for end in (old, new)))
    return Revision(
        quantities=tuple(q for q, keep in zip(quantities, whole, strict=True) if keep),
        first=first[whole],
        second=second[whole],
        shares={name: share[whole] for name, share in shares.items()},
        noise=noise[whole],
        runs=len(plans),
        joined=any(len(kinds_of(group)) > 1 for group in groups),
        dropped=tuple(q for q, keep in zip(quantities, whole, strict=True) if not keep),
    )


def _shares(groups: Sequence[str], values: Mapping[frozenset[str], Array]) -> dict[str, Array]:
    """The share of each group, from the values by kinds that are taken from the newer result."""
    return shapley({chosen: values[_kinds(chosen)] for chosen in coalitions(groups)}, groups)


def _kinds(chosen: Iterable[str]) -> frozenset[str]:
    """The kinds in groups."""
    return frozenset(kind for group in chosen for kind in kinds_of(group))


def _plans(
    old: End, new: End, kinds: tuple[str, ...], known: Mapping[frozenset[str], Array], make_plan: MakePlan
) -> tuple[tuple[str, ...], dict[frozenset[str], Plan]]:
    """The finest groups whose mixtures of inputs can all be read, and the plans of those that have to be run."""
    refused: InputError | None = None
    for groups in dict.fromkeys(groups_of(kinds, partition) for partition in PARTITIONS):
        needed = [chosen for chosen in map(_kinds, coalitions(groups)) if chosen not in known]
        try:
            return groups, {chosen: _mixed(old, new, chosen, make_plan) for chosen in needed}
        except InputError as error:
            refused = error
    assert refused is not None
    raise refused


def _mixed(old: End, new: End, chosen: frozenset[str], make_plan: MakePlan) -> Plan:
    """The plan with the `chosen` kinds of input of the newer result and the others of the older."""
    of = {kind: new if kind in chosen else old for kind in (FACTS, PRIORS, ASSUMPTIONS, CHANCE)}
    files = part_of(of[FACTS].archive.files, FACTS) | part_of(of[PRIORS].archive.files, PRIORS)
    setting = Setting(of[FACTS].stored, of[ASSUMPTIONS].stored, of[CHANCE].stored)
    name = "-".join(f"{kind}-{'new' if kind in chosen else 'old'}" for kind in (FACTS, PRIORS))
    return make_plan(setting, files, name)
