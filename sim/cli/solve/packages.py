"""`solve --target --probability`: reads the question, finds the packages or reads them again, prints and writes."""

from __future__ import annotations

import sys
import time
from typing import Any

import click

from sim.cli.inputs import check_as_of, load_pack, load_scenarios, plan_of, warnings_of, widened_figures
from sim.cli.run.document import repeated_members, shown_folder
from sim.cli.solve.asked import Asked
from sim.cli.solve.packages_checks import check_options, question_for
from sim.cli.solve.packages_document import package_table, solve_document
from sim.cli.solve.packages_file import check_write, write_package
from sim.cli.solve.packages_pages import print_answer
from sim.cli.terminal import cell_width, write_json
from sim.experiment.plan import Plan
from sim.language import Text
from sim.output.findings import (
    check_findings_folder,
    findings_folder,
    findings_manifest,
    stored_findings,
    write_findings,
)
from sim.reading.files import shown_path
from sim.resources import results_folder
from sim.solve.answer import Question, solve

#: What the search does, as people are told of it.
STAGES = {
    "start": Text("原情景", "the scenario as it is"),
    "slopes": Text("逐个杠杆试算", "trying every lever"),
    "smallest": Text("求最小组合", "the smallest package"),
    "others": Text("另找不同的组合", "different packages"),
    "settle": Text("在模型上收紧并用新抽样检验", "settling and checking on fresh draws"),
    "best": Text("求可达的最高概率", "the highest probability within reach"),
    "run": Text("测算各组合的全部目标", "running every package"),
}


def print_packages(asked: Asked) -> None:
    """Answer the question and print it; raises InputError for all that is wrong with it."""
    check_options(asked)
    check_write(asked)
    pack = load_pack(asked.region)
    year = check_as_of(pack, asked.as_of)
    scenarios = load_scenarios(pack, (asked.scenario,), asked.horizon)
    plan = plan_of(
        pack, scenarios, seed=asked.seed, draws=asked.draws, chunk=asked.chunk, workers=asked.workers, as_of=year,
        inflate=asked.inflate,
    )  # fmt: skip
    question, lacking = question_for(asked, plan)
    document = _made(asked, plan, question, lacking)
    written = write_package(asked, plan, document)
    document["written"] = None if written is None else shown_path(written)
    if asked.as_json:
        write_json(document)
    else:
        print_answer(document, asked.lang)
    if asked.write is not None and written is None:
        why = (
            Text("原情景已够，无需组合", "nothing is needed")
            if document["already"]
            else Text("没有可写的组合", "there is none")
        )
        click.echo(
            Text(f"没有写情景文件：{why.zh}", f"No scenario file was written: {why.en}").pick(asked.lang), err=True
        )


def _made(asked: Asked, plan: Plan, question: Question, lacking: tuple[str, ...]) -> dict[str, Any]:
    """The document: of a finished folder that holds this very answer, else computed and written."""
    warnings = [*widened_figures(plan), *warnings_of(plan.pack, plan.scenarios[0], plan.known_until),
                *repeated_members(plan)]  # fmt: skip
    made = findings_manifest(plan, "solve", _plain(question), [text.zh for text in warnings])
    folder = asked.out or findings_folder(results_folder(), made)
    kept = None if asked.force else stored_findings(folder, made)
    if kept is None:
        check_findings_folder(folder, made, asked.force)
        stages = Stages(asked.lang, quiet=asked.as_json)
        try:
            answer = solve(plan, question, stages.tell, stages.count)
        finally:
            stages.clear()
        kept = solve_document(answer, plan, lacking, warnings)
        write_findings(folder, made, kept, [package_table(kept)], asked.force)
    return {**kept, "result": shown_folder(folder)}


def _plain(question: Question) -> dict[str, Any]:
    """The question in plain values: with the plan, all that determines the answer."""
    return {
        "targets": [target.id for target in question.targets], "probability": question.probability,
        "levers": list(question.levers), "cost": question.cost, "costs": dict(question.costs or {}),
        "most": question.most, "packages": question.packages, "any_direction": question.any_way,
    }  # fmt: skip


class Stages:
    """One line on standard error, where somebody watches: what the search does, and how much it has simulated."""

    def __init__(self, lang: str, quiet: bool) -> None:
        self.lang, self.watched = lang, sys.stderr.isatty() and not quiet
        self.stage, self.done, self.width, self.last = "start", 0, 0, time.monotonic()

    def tell(self, stage: str) -> None:
        """Told what the search does now."""
        self.stage = stage
        self._show()

    def count(self, number: int) -> None:
        """Told how many packages were simulated since it was last called."""
        self.done += number
        if time.monotonic() - self.last >= 0.2:
            self._show()

    def _show(self) -> None:
        self.last = time.monotonic()
        if not self.watched:
            return
        stage = STAGES[self.stage].pick(self.lang)
        line = Text(f"{stage}……已试 {self.done} 次", f"{stage}… {self.done} trials").pick(self.lang)
        sys.stderr.write("\r" + line + " " * max(0, self.width - cell_width(line)))
        sys.stderr.flush()
        self.width = cell_width(line)

    def clear(self) -> None:
        """Leaves an empty line for what comes next."""
        if self.width:
            sys.stderr.write("\r" + " " * self.width + "\r")
            sys.stderr.flush()
            self.width = 0
