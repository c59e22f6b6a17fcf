"""`solve --target-values`: what each indicator reaches with 90, 70, 50 and 30 %, and a proposed set held against it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import click

from sim.cli import options
from sim.cli.compare.command import comparison_warnings, refuse_namesakes, warnings_by_scenario, without_repeats
from sim.cli.inputs import (
    check_as_of,
    load_pack,
    load_scenarios,
    plan_of,
    refused,
    targets_of,
    warnings_of,
    widened_figures,
)
from sim.cli.run.document import shown_folder
from sim.cli.solve.asked import Asked
from sim.cli.solve.values_document import values_document, values_tables
from sim.cli.solve.values_pages import values_pages
from sim.cli.terminal import page, write_json
from sim.experiment.plan import Plan
from sim.experiment.results import independent_draws
from sim.language import Text
from sim.output.findings import (
    check_findings_folder,
    findings_folder,
    findings_manifest,
    stored_findings,
    write_findings,
)
from sim.resources import results_folder
from sim.target_setting import Proposal, proposals, set_targets

#: Draws of which every indicator and year is kept: about 6 KB each in memory.
MOST_DRAWS = 50_000
MOST_SCENARIOS = 6
KIND = "target-values"


def print_target_values(asked: Asked) -> None:
    """Carry out the question; raises InputError before the work for whatever is wrong with it."""
    document = target_values(asked)
    if asked.as_json:
        write_json(document["values"])
        told = Text(f"结果文件夹：{document['result']}", f"Files: {document['result']}")
        click.echo(told.pick(asked.lang), err=True)
        return
    click.echo(values_pages(document, asked.lang, page()))


def target_values(asked: Asked) -> dict[str, Any]:
    """The document of the question: of a finished folder of the same, or computed and written."""
    _check_numbers(asked)
    pack = load_pack(asked.region)
    year = check_as_of(pack, options.LATEST if asked.as_of is None else asked.as_of)
    names = (asked.scenario, *asked.scenarios)
    found = load_scenarios(pack, names, asked.horizon)
    refuse_namesakes(found, names)
    if len(found) > 1:
        first, *others = without_repeats(found)
        found = (first, *(other for other in others if other.name != first.name))
    check_years(asked.years, year, min(scenario.horizon for scenario in found))
    given = proposals(asked.proposed, pack, targets_of(pack, found[0]), min(s.horizon for s in found))
    plan = plan_of(
        pack, found, seed=asked.seed, draws=asked.draws, chunk=asked.chunk, workers=asked.workers, as_of=year,
        inflate=asked.inflate,
    )  # fmt: skip
    warnings = widened_figures(plan)
    if len(found) > 1:
        warnings += [*comparison_warnings(found), *warnings_by_scenario(pack, found, year)]
    else:
        warnings += warnings_of(pack, found[0], year)
    return _kept_or_made(plan, asked, given, warnings)


def check_years(years: Sequence[int], as_of: int, horizon: int) -> None:
    """Raises InputError for years that are over or beyond the horizon."""
    over = [year for year in years if year <= as_of]
    if over:
        text = "、".join(map(str, over))
        raise refused(
            "--years",
            f"{text} 不晚于数据截至年 {as_of}，应为 {as_of + 1} 至 {horizon}",
            f"{text}: not after {as_of}, the last year with figures; allowed: {as_of + 1} to {horizon}",
        )
    late = [year for year in years if year > horizon]
    if late:
        text = "、".join(map(str, late))
        raise refused(
            "--years",
            f"{text} 晚于推算期末 {horizon}；请加 --horizon {max(late)}",
            f"{text}: after the horizon {horizon}; add --horizon {max(late)}",
        )


def _check_numbers(asked: Asked) -> None:
    """Raises InputError for more than fits."""
    if asked.draws > MOST_DRAWS:
        raise refused(
            "--draws",
            f"目标值测算最多 {MOST_DRAWS:,} 次模拟（各指标各年数值全部留存），现为 {asked.draws:,}",
            f"target values take at most {MOST_DRAWS:,} draws (all values are kept), not {asked.draws:,}",
        )
    if len(asked.scenarios) >= MOST_SCENARIOS:
        raise refused(
            "--scenarios",
            f"连同 SCENARIO 最多 {MOST_SCENARIOS} 个情景，现为 {len(asked.scenarios) + 1}",
            f"at most {MOST_SCENARIOS} scenarios with SCENARIO, not {len(asked.scenarios) + 1}",
        )


def _kept_or_made(plan: Plan, asked: Asked, given: Sequence[Proposal], warnings: Sequence[Text]) -> dict[str, Any]:
    question = {"years": list(asked.years), "proposed": [said_of(one) for one in given]}
    made = findings_manifest(plan, KIND, question, [w.zh for w in warnings])
    folder = asked.out or findings_folder(results_folder(), made)
    stored = None if asked.force else stored_findings(folder, made)
    if stored is not None:
        return {**stored, "result": shown_folder(folder)}
    check_findings_folder(folder, made, asked.force)
    setting = set_targets(plan, asked.years, given, _told(asked))
    independent = independent_draws(plan.draws, plan.posterior)
    document = values_document(plan, setting, asked.years, independent, warnings)
    write_findings(folder, made, document, values_tables(document), asked.force)
    return {**document, "result": shown_folder(folder)}


def said_of(proposal: Proposal) -> dict[str, Any]:
    """What of a proposal determines numbers, or is printed beside them."""
    target = proposal.target
    names = ("id", "indicator", "year", "operator", "value", "value_high", "tolerance", "benchmark", "margin",
             "direction", "first_year", "target_text")  # fmt: skip
    return {name: getattr(target, name) for name in names} | {"over_years": proposal.period is not None}


def _told(asked: Asked) -> Any:
    """A line on standard error while several scenarios are computed and somebody watches."""

    def tell(done: int, of: int) -> None:
        if of > 1 and sys.stderr.isatty() and not asked.as_json:
            line = Text(f"已测算 {done}/{of} 个情景", f"{done} of {of} scenarios").pick(asked.lang)
            click.echo(line, err=True)

    return tell
