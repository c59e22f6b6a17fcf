"""`solve --required-path`: what each year must bring for a target, against history and against the model."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import click

from sim.cli import options
from sim.cli.inputs import check_as_of, load_pack, load_scenarios, plan_of, refused, warnings_of, widened_figures
from sim.cli.run.document import shown_folder
from sim.cli.solve.asked import Asked
from sim.cli.solve.path_document import path_document, path_table
from sim.cli.solve.path_pages import path_pages
from sim.cli.solve.values import MOST_DRAWS, said_of
from sim.cli.terminal import page, write_json
from sim.errors import InputError, Problem, unknown_name
from sim.experiment.plan import Plan
from sim.output.findings import (
    check_findings_folder,
    findings_folder,
    findings_manifest,
    stored_findings,
    write_findings,
)
from sim.resources import results_folder
from sim.target_setting import Proposal, proposals, required_paths
from sim.target_setting.chances import Judge
from sim.target_setting.sample import bench_of, evaluable, sample_of
from sim.targets import Target, status_of

KIND = "required-path"


def print_required_path(asked: Asked) -> None:
    """Carry out the question; raises InputError before the work for whatever is wrong with it."""
    document = required_path(asked)
    if asked.as_json:
        write_json(document)
        return
    click.echo(path_pages(document, asked.lang, page()))


def required_path(asked: Asked) -> dict[str, Any]:
    """The document of the question: of a finished folder of the same, or computed and written."""
    if asked.draws > MOST_DRAWS:
        raise refused(
            "--draws",
            f"所需路径最多 {MOST_DRAWS:,} 次模拟，现为 {asked.draws:,}",
            f"the required path takes at most {MOST_DRAWS:,} draws, not {asked.draws:,}",
        )
    pack = load_pack(asked.region)
    year = check_as_of(pack, options.LATEST if asked.as_of is None else asked.as_of)
    found = load_scenarios(pack, (asked.scenario,), asked.horizon)
    plan = plan_of(
        pack, found, seed=asked.seed, draws=asked.draws, chunk=asked.chunk, workers=asked.workers, as_of=year,
        inflate=asked.inflate,
    )  # fmt: skip
    given = chosen_targets(plan, asked)
    wanted = [one.target for one in given if one.period is None]
    warnings = [*widened_figures(plan), *warnings_of(pack, found[0], year)]
    made = findings_manifest(plan, KIND, {"targets": [said_of(one) for one in given]}, [w.zh for w in warnings])
    folder = asked.out or findings_folder(results_folder(), made)
    stored = None if asked.force else stored_findings(folder, made)
    if stored is not None:
        return {**stored, "result": shown_folder(folder)}
    check_findings_folder(folder, made, asked.force)
    judge = Judge(bench_of(replace(plan, targets=(tuple(wanted),)), evaluable(pack), plan.horizon))
    paths = required_paths(judge, sample_of(judge.bench, 0), given)
    document = path_document(plan, paths, judge.bench.independent, warnings)
    write_findings(folder, made, document, [path_table(document)], asked.force)
    return {**document, "result": shown_folder(folder)}


def chosen_targets(plan: Plan, asked: Asked) -> list[Proposal]:
    """Targets by id and those of a file; without either the rows of the plan's table and what is drafted for later.

    Raises InputError for ids there are none of, and for targets whose year is over.
    """
    targets, as_of = plan.targets[0], plan.known_until
    known = {target.id: target for target in targets}
    problems = [
        Problem(None, None, None, "--target", unknown_name(id, tuple(known)))
        for id in dict.fromkeys(asked.targets)
        if id not in known
    ]
    if problems:
        raise InputError(problems)
    chosen = [Proposal(known[id]) for id in dict.fromkeys(asked.targets)]
    if asked.proposed is not None:
        chosen += proposals(asked.proposed, plan.pack, targets, plan.horizon)
    for one in chosen:
        if one.target.year <= as_of:
            raise refused(
                "--target" if one.target.id in asked.targets else "--proposed",
                f"{one.target.id} 的目标年 {one.target.year} 不晚于数据截至年 {as_of}，已没有路径可算",
                f"{one.target.id} is for {one.target.year}, not after {as_of}, the last year with figures",
            )
    return chosen or [Proposal(target) for target in _of_plans(plan)]


def _of_plans(plan: Plan) -> list[Target]:
    """Rows of the plan's table and targets for later years, those that the model speaks to."""
    targets, as_of = plan.targets[0], plan.known_until
    rows = [target.year for target in targets if target.row is not None]
    return [
        target
        for target in targets
        if target.year > as_of
        and (target.row is not None or target.year > max(rows, default=as_of))
        and status_of(target, plan.horizon, plan.pack, as_of)[0] != "not_modelled"
    ]
