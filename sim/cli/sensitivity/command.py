"""`sensitivity`: what the probabilities and indicators of a scenario depend on, when targets fail, what to ask for."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from sim.cli import options
from sim.cli.bilingual import Checked, Refused, language
from sim.cli.sensitivity.parts import Made, Options, Progress, Told
from sim.errors import unknown_name
from sim.language import Text

#: Parts in the order they are printed: the bar's label while each is made.
PARTS = {
    "tornado": Text("龙卷风", "tornado"),
    "sobol": Text("方差分解", "Sobol indices"),
    "information": Text("先问哪个数", "value of information"),
    "failure": Text("什么情形下落空", "when targets fail"),
}
#: Fewer draws tell chance from effects nowhere.
LEAST_DRAWS = 200

_ABOUT = Text(
    zh="一个情景的达成概率和指标主要取决于什么：逐个杠杆、外部假设和参数取第10、90百分位时概率怎样变（tornado），"
    "指标的波动由哪几类输入造成（sobol），哪个数弄准了最有用（information），什么情形下落空（failure）。",
    en="What a scenario's probabilities and indicators depend on: probabilities with each lever, world assumption and "
    "parameter at p10 and p90 (tornado), shares of variance by groups of inputs (sobol), which figure to ask for "
    "(information), and when targets fail (failure).",
)


def _shown(value: str) -> tuple[str, ...]:
    """Names of parts separated by commas, in the order of PARTS."""
    names = [name.strip() for name in value.replace("，", ",").split(",") if name.strip()]
    for name in names:
        if name not in PARTS:
            raise Refused(unknown_name(name, PARTS))
    if not names:
        raise Refused(
            Text(f"没有写任何一部分；可用：{'、'.join(PARTS)}", f"names nothing; available: {', '.join(PARTS)}")
        )
    return tuple(name for name in PARTS if name in names)


@options.command(_ABOUT)
@options.argument("scenario", Text("情景名或情景文件（默认 baseline）", "scenario or file"), default="baseline")
@options.simulation
@options.option(
    "--target",
    "targets",
    metavar="ID",
    multiple=True,
    text=Text(
        "只看这个目标，可重复（默认规划的全部可评估目标）", "this target only; repeatable (default: all of the plan)"
    ),
)
@options.option(
    "--show",
    default=",".join(PARTS),
    metavar="A,B",
    type=Checked(_shown),
    text=Text(f"要哪几部分，逗号分隔（默认全部）：{', '.join(PARTS)}", f"parts (default all): {', '.join(PARTS)}"),
)
@options.option(
    "--top",
    metavar="N",
    default=5,
    show_default=True,
    type=options.whole_number(1, 1000),
    text=Text("每张表最多打印几行；全部在 CSV 里", "rows printed of each list; all of them are in the CSV files"),
)
@options.out
@options.force
@options.as_json
@click.pass_context
def command(
    ctx: click.Context, scenario: str, region: str, draws: int, seed: int, as_of: int | str | None, inflate: bool,
    horizon: int | None, chunk: int | None, workers: int, targets: tuple[str, ...], show: tuple[str, ...], top: int,
    out: Path | None, force: bool, as_json: bool,
) -> None:  # fmt: skip
    """Makes, or reads again, the parts asked for, and prints them."""
    from sim.cli.inputs import check_as_of, load_pack, load_scenarios, plan_of, refused
    from sim.cli.sensitivity.pages import print_sensitivity
    from sim.cli.sensitivity.targets import chosen_targets
    from sim.cli.terminal import write_json

    lang = language(ctx)
    if draws < LEAST_DRAWS:
        zh = f"至少需要 {LEAST_DRAWS} 次，现为 {draws}：再少就分不清作用和偶然"
        raise refused("--draws", zh, f"at least {LEAST_DRAWS} are needed, not {draws}: fewer tell nothing from chance")
    pack = load_pack(region)
    year = check_as_of(pack, as_of)
    found = load_scenarios(pack, [scenario], horizon)
    plan = plan_of(pack, found, seed=seed, draws=draws, chunk=chunk, workers=workers, as_of=year, inflate=inflate)
    plan = replace(plan, targets=(chosen_targets(plan, targets),))
    wanted = Wanted(show, Options(top, workers), out, force, lang, as_json)
    document = made_sensitivity(plan, wanted)
    if as_json:
        write_json(document)
        return
    print_sensitivity(document, {name: told_by(name) for name in show}, wanted.options, lang)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for, and where its files go."""

    show: tuple[str, ...]
    options: Options
    out: Path | None
    force: bool
    lang: str
    quiet: bool


def made_sensitivity(plan: Any, wanted: Wanted) -> dict[str, Any]:
    """The document, its files written unless the same ones are there already."""
    from sim.cli.inputs import warnings_of, widened_figures
    from sim.cli.run.document import repeated_members, shown_folder
    from sim.cli.sensitivity.targets import heading
    from sim.output.findings import (
        Table,
        check_findings_folder,
        findings_folder,
        findings_manifest,
        stored_findings,
        write_findings,
    )
    from sim.resources import results_folder

    told = [*warnings_of(plan.pack, plan.scenarios[0], plan.known_until), *widened_figures(plan)]
    told += repeated_members(plan)
    asked = {"targets": [target.id for target in plan.targets[0]], "show": list(wanted.show)}
    described = findings_manifest(plan, "sensitivity", asked, [text.zh for text in told])
    folder = wanted.out or findings_folder(results_folder(), described)
    stored = None if wanted.force else stored_findings(folder, described)
    if stored is not None:
        return {**stored, "result": shown_folder(folder)}
    check_findings_folder(folder, described, wanted.force)
    document = heading(plan, told)
    tables: list[Table] = []
    for name in wanted.show:
        with _bar(name, wanted) as progress:
            part = made_by(name)(plan, plan.targets[0], wanted.options, progress)
        document[name] = part.document
        tables += part.tables
    write_findings(folder, described, document, tables, wanted.force)
    return {**document, "result": shown_folder(folder)}


def made_by(name: str) -> Made:
    """The function that makes a part; its module is imported only when it is asked for."""
    found: Made = getattr(import_module(f"sim.cli.sensitivity.{name}"), f"{name}_part")
    return found


def told_by(name: str) -> Told:
    """The function that prints a part."""
    found: Told = getattr(import_module(f"sim.cli.sensitivity.{name}"), f"{name}_lines")
    return found


@contextmanager
def _bar(name: str, wanted: Wanted) -> Iterator[Progress]:
    """A bar on standard error where somebody watches; elsewhere nothing."""
    hidden = wanted.quiet or not sys.stderr.isatty()
    with click.progressbar(length=1000, label=PARTS[name].pick(wanted.lang), file=sys.stderr, hidden=hidden) as bar:
        shown = 0

        def progress(done: int, of: int) -> None:
            nonlocal shown
            now = 1000 * done // max(of, 1)
            if now > shown:
                bar.update(now - shown)
                shown = now

        yield progress
