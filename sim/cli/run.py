"""`run`: project one scenario and print the plan's table with probabilities."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from sim.cli import options
from sim.cli.bilingual import language
from sim.cli.budget import BUDGET_FILE, is_joined, print_budget, told_record, write_budget
from sim.cli.inputs import (
    check_as_of,
    check_plan,
    conditioned,
    load_pack,
    load_scenarios,
    plan_of,
    progress_bar,
    warnings_of,
    widened_figures,
)
from sim.cli.run_budget import budget_of, budget_record, kept_budget, made_budget
from sim.cli.terminal import page, write_json
from sim.conditioning.changes import changes_for
from sim.experiment.plan import Plan
from sim.experiment.results import ScenarioResult, independent_draws
from sim.experiment.run import run
from sim.language import Text
from sim.output.document import run_document
from sim.output.figures import attainment_stem, fan_stem, write_run_figures
from sim.output.further import further_table, plan_rows
from sim.output.midterm import judged_records, midterm_document, write_midterm
from sim.output.midterm_table import midterm_table
from sim.output.outlook import outlook_table
from sim.output.store import (
    DOCUMENT,
    fingerprint,
    finished,
    folder_name,
    manifest,
    may_replace,
    to_json,
    write_folder,
    write_tables,
    write_text,
)
from sim.output.tables import cut_off_text, joint_text, target_table
from sim.posterior.store import write_arrays
from sim.resources import results_folder


def _drawable() -> list[str]:
    from sim.indicators.catalogue import INDICATORS

    return [name for name, item in INDICATORS.items() if item.compute is not None]


@options.command(
    Text(
        zh="测算一个情景：从规划基数出发推算到期末，打印规划指标表和达成概率，结果写入文件夹。",
        en="Project one scenario from the plan's baselines, print its table with probabilities, write the files.",
    )
)
@options.argument("scenario", Text("情景名或情景文件", "name or file of a scenario"), default="baseline")
@options.simulation
@options.result_files
@options.option(
    "--without",
    text=Text(
        "关闭的不确定性来源，逗号分隔：facts, parameters, shocks, discrepancy, scenario, reporting；all 为全部",
        "sources of uncertainty to switch off: facts, parameters, shocks, discrepancy, scenario, reporting; or all",
    ),
)
@options.option("--no-figures", is_flag=True, text=Text("不画图", "draw no figures"))
@options.option(
    "--fan",
    metavar="INDICATOR",
    type=options.choice(lambda: _drawable()),
    text=Text("扇形图画哪个指标（默认规划表第一个有数值目标的指标）", "indicator of the fan chart"),
)
@options.option(
    "--budget",
    is_flag=True,
    text=Text(
        "另算误差来自哪里（各来源的方差贡献和对概率的影响），约需十几倍时间",
        "also compute where the uncertainty comes from, by source; takes some fifteen times as long",
    ),
)
@options.as_json
@click.pass_context
def command(
    ctx: click.Context,
    scenario: str,
    region: str,
    draws: int,
    seed: int,
    as_of: int | str | None,
    inflate: bool,
    horizon: int | None,
    chunk: int | None,
    workers: int,
    keep_draws: bool,
    out: Path | None,
    force: bool,
    without: str | None,
    no_figures: bool,
    fan: str | None,
    budget: bool,
    as_json: bool,
) -> None:
    """Run one scenario."""
    lang = language(ctx)
    pack = load_pack(region)
    year = check_as_of(pack, as_of)
    found = load_scenarios(pack, [scenario], horizon)
    plan = plan_of(
        pack, found, seed=seed, draws=draws, chunk=chunk, workers=workers, without=without, keep=keep_draws,
        as_of=year, inflate=inflate,
    )  # fmt: skip
    check_plan(plan)
    warnings = [*widened_figures(plan), *warnings_of(pack, found[0], year), *repeated_members(plan)]
    document = _document(plan, warnings, Wanted(out, force, not no_figures, fan, lang, as_json, budget))
    if as_json:
        write_json(document)
        return
    print_run(document, lang)
    if document["error_budget"] is not None:
        click.echo()
        print_budget(budget_of(document["error_budget"]), plan.targets[0], lang, is_joined(plan.posterior))


def repeated_members(plan: Plan) -> list[Text]:
    """That standard errors count fewer draws than were asked for, where the posterior has fewer members."""
    counted = independent_draws(plan.draws, plan.posterior)
    if counted >= plan.draws or not plan.sources:
        return []
    zh = f"后验样本共{counted:,}个，超出的抽样沿用同样的历史、只换今后的冲击；标准误按{counted:,}次计。"
    en = f"The posterior has {counted:,} members; further draws repeat them with new shocks of the years to come. "
    return [Text(zh, en + f"Standard errors count {counted:,} draws.")]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Where the files of a run go, and which figures are among them."""

    out: Path | None
    force: bool
    figures: bool
    fan: str | None
    lang: str
    quiet: bool
    budget: bool = False

    def files(self, keep: bool) -> list[str]:
        """Files that a finished folder must hold to be used again."""
        names = [DOCUMENT, *(["draws.npz"] if keep else []), *([BUDGET_FILE] if self.budget else [])]
        if self.figures:
            names.append(f"figures/{attainment_stem(self.lang)}.png")
            names += [f"figures/{fan_stem(self.fan, self.lang)}.png"] if self.fan else []
        return names


def _document(plan: Plan, warnings: list[Text], wanted: Wanted) -> dict[str, Any]:
    """The document of a run: read from a finished folder of the same run, or computed and written."""
    described = manifest(plan, 0, plan.known_until, [w.zh for w in warnings])
    key = fingerprint(described)
    folder = wanted.out or results_folder() / folder_name(plan.scenarios[0].name, key)
    if not wanted.force and finished(folder, key, wanted.files(plan.keep)):
        document: dict[str, Any] = json.loads((folder / DOCUMENT).read_text(encoding="utf-8"))
        return _as_wanted(document, folder, wanted)
    may_replace(folder, key, wanted.force)  # before the work, not after it
    if finished(folder, key, ["draws.npz"]):
        plan = replace(plan, keep=True)  # draws kept by an earlier run are not lost to a later one
    budget = kept_budget(folder, key)  # nor is its budget
    document, result = _computed(plan, warnings, wanted)
    if plan.known_until > plan.pack.base_year:
        before = _before(plan, wanted)
        changed = _changed(plan, document, before)
        document["midterm"] = midterm_document(plan.targets[0], plan.pack, document, before, changed)
    if budget is None and wanted.budget:
        budget = made_budget(plan, wanted.lang, wanted.quiet)
    joined = is_joined(plan.posterior)
    document["error_budget"] = None if budget is None else told_record(budget_record(budget), joined)

    def fill(path: Path) -> None:
        write_text(path / DOCUMENT, to_json(document))
        write_tables(path, document)
        if document["midterm"] is not None:
            write_midterm(path, document)
        if budget is not None:
            write_budget(path, budget, joined)
        if result.kept is not None:
            write_arrays(path / "draws.npz", result.kept)
        if wanted.figures:
            write_run_figures(path / "figures", document, wanted.fan, wanted.lang)

    write_folder(folder, key, wanted.force, fill, described)
    return _as_wanted(document, folder, wanted)


def _as_wanted(document: dict[str, Any], folder: Path, wanted: Wanted) -> dict[str, Any]:
    """The document with the folder it is in, and the budget only where it is asked for."""
    budget = document["error_budget"] if wanted.budget else None
    return {**document, "error_budget": budget, "result": shown_folder(folder)}


def _computed(plan: Plan, warnings: Sequence[Text], wanted: Wanted) -> tuple[dict[str, Any], ScenarioResult]:
    """The document and the result of a plan with one scenario."""
    with progress_bar(plan, wanted.lang, wanted.quiet) as progress:
        (result,), _ = run(plan, progress)
    draws = plan.draws if plan.sources else 1
    return run_document(result, plan.pack, plan.seed, draws, plan.known_until, warnings), result


def _before(plan: Plan, wanted: Wanted) -> Sequence[dict[str, Any]]:
    """Targets of the same run as of the base year: from its finished folder, or computed on the same draws."""
    earlier = replace(conditioned(plan, plan.pack.base_year), keep=False)
    key = fingerprint(manifest(earlier, 0, earlier.known_until, []))
    folder = results_folder() / folder_name(earlier.scenarios[0].name, key)
    if finished(folder, key, [DOCUMENT]):
        found: list[dict[str, Any]] = json.loads((folder / DOCUMENT).read_text(encoding="utf-8"))["targets"]
        return found
    targets: list[dict[str, Any]] = _computed(earlier, [], wanted)[0]["targets"]
    return targets


def _changed(plan: Plan, document: dict[str, Any], before: Sequence[dict[str, Any]]) -> Mapping[str, Text]:
    """By target of the plan's table, in the reading judged, the figures that moved its quantity most."""
    if plan.posterior is None or not plan.sources:
        return {}
    rows = judged_records(plan.targets[0], plan.pack, document)
    ids = {t["id"]: t["p50"] for t in rows if t["status"] == "evaluated"}
    first = {t["id"]: t["p50"] for t in before}
    totals = {id: p50 - first[id] for id, p50 in ids.items() if p50 is not None and first.get(id) is not None}
    return changes_for(plan.posterior, plan.pack, [t for t in plan.targets[0] if t.id in ids], totals)


def shown_folder(folder: Path) -> str:
    """A folder as people are told of it: relative to where they stand when it is below."""
    try:
        return folder.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(folder)


def print_run(document: dict[str, Any], lang: str) -> None:
    """Print the tables of a run in the order planners read them."""
    zh = lang == "zh"
    label = document["scenario_label"] if zh else document["scenario_label_en"]
    place = document["region_label"] if zh else document["region_label_en"]
    click.echo(cut_off_text(document, lang))
    if zh:
        click.echo(f"{place} · {label} · {document['draws']:,} 次模拟 · 随机种子 {document['seed']}")
    else:
        click.echo(f"{place} · {label} · {document['draws']:,} draws · seed {document['seed']}")
    click.echo()
    click.echo(target_table(document, plan_rows(document["targets"]), lang, page()))
    click.echo()
    for table in (midterm_table(document, lang, page()), further_table(document, lang)):
        if table:
            click.echo(table)
            click.echo()
    click.echo("推算到期末：主要指标" if zh else "Outlook: main indicators")
    click.echo(outlook_table(document, lang))
    click.echo()
    click.echo(joint_text(document, lang))
    for warning in document["warnings" if zh else "warnings_en"]:
        click.echo(("提示：" if zh else "Note: ") + warning)
    click.echo()
    names = "targets.csv、indicators.csv、manifest.json、result.json、figures/"
    if document["midterm"] is not None:
        names = f"midterm.csv、{names}"
    if document["error_budget"] is not None:
        names = f"{BUDGET_FILE}、{names}"
    click.echo(f"结果文件夹：{document['result']}（{names}）" if zh else f"Files: {document['result']}")
