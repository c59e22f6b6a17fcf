"""What the command line of `solve` asks for, as one value, and which options belong to which question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from sim.cli.inputs import refused

#: Options of one question only; the others are shared by all three.
OF_PACKAGES = (
    "probability", "cost", "costs", "levers", "without_levers", "any_direction", "most", "packages", "write",
)  # fmt: skip
OF_VALUES = ("years", "scenarios", "proposed")
PACKAGES, VALUES, PATH = "packages", "--target-values", "--required-path"
#: Options that belong to some questions only, and to which.
BELONGS: Mapping[str, tuple[str, ...]] = {
    "targets": (PACKAGES, PATH),
    **dict.fromkeys(OF_PACKAGES, (PACKAGES,)),
    **dict.fromkeys(OF_VALUES, (VALUES,)),
    "proposed": (VALUES, PATH),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """All options of one command line, checked one by one but not yet against the pack and the scenario.

    scenario : name or file; as_of : as typed, None where it was not; probability : 0-1, None where it was not given;
    targets, levers, without_levers, scenarios : names as typed; years : of `--target-values`; lang : `zh` or `en`.
    """

    scenario: str
    region: str
    draws: int
    seed: int
    as_of: int | str | None
    inflate: bool
    horizon: int | None
    chunk: int | None
    workers: int
    out: Path | None
    force: bool
    as_json: bool
    lang: str
    targets: tuple[str, ...]
    probability: float | None
    cost: str
    costs: Path | None
    levers: tuple[str, ...] | None
    without_levers: tuple[str, ...]
    any_direction: bool
    most: int
    packages: int
    write: Path | None
    years: tuple[int, ...]
    scenarios: tuple[str, ...]
    proposed: Path | None


def question_of(ctx: click.Context, target_values: bool, required_path: bool) -> str:
    """Which of the three questions is asked; raises InputError for options that belong to another one."""
    if target_values and required_path:
        raise refused("--required-path", "不能与 --target-values 同用", "cannot be asked together with --target-values")
    question = VALUES if target_values else PATH if required_path else PACKAGES
    spelled = {p.name: max(p.opts, key=len) for p in ctx.command.params if isinstance(p, click.Option)}
    strangers = [
        spelled[name]
        for name, questions in BELONGS.items()
        if question not in questions and ctx.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE
    ]
    if strangers:
        zh = "求政策组合（--target 与 --probability）" if question == PACKAGES else question
        en = "packages (--target and --probability)" if question == PACKAGES else question
        raise refused("、".join(strangers), f"对“{zh}”不起作用，请去掉", f"means nothing to {en}, leave it out")
    return question
