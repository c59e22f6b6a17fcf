"""`run`: project one scenario and print the plan's table with probabilities."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sim.cli import options
from sim.cli.bilingual import language
from sim.cli.inputs import check_as_of, check_plan, load_pack, load_scenarios, plan_of
from sim.cli.run.budget import BUDGET_FILE, is_joined, print_budget
from sim.cli.run.budget_file import budget_of
from sim.cli.run.document import Wanted, made_document, shown_folder
from sim.cli.run.replay import refuse_options, replay
from sim.cli.terminal import page, write_json
from sim.language import Text
from sim.output.contributions_table import contribution_table
from sim.output.further import further_table, plan_rows
from sim.output.midterm_table import midterm_table
from sim.output.outlook import outlook_table
from sim.output.tables import cut_off_text, joint_text, target_table

__all__ = ["command", "print_run", "shown_folder"]


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
@options.option(
    "--replay",
    "replayed",
    metavar="RESULT",
    default=None,
    text=Text(
        "按结果文件夹里的清单重算并逐字节核对；不改动该文件夹", "make a result again and compare it byte for byte"
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
    replayed: str | None,
    as_json: bool,
) -> None:
    """Run one scenario."""
    lang = language(ctx)
    if replayed is not None:
        refuse_options(ctx, "--replay")
        replay(Path(replayed), lang, as_json)
        return
    pack = load_pack(region)
    year = check_as_of(pack, as_of)
    found = load_scenarios(pack, [scenario], horizon)
    plan = plan_of(
        pack, found, seed=seed, draws=draws, chunk=chunk, workers=workers, without=without, keep=keep_draws,
        as_of=year, inflate=inflate,
    )  # fmt: skip
    check_plan(plan)
    document = made_document(plan, Wanted(out, force, not no_figures, fan, lang, as_json, budget, inflate))
    if as_json:
        write_json(document)
        return
    print_run(document, lang)
    if document["error_budget"] is not None:
        click.echo()
        print_budget(budget_of(document["error_budget"]), plan.targets[0], lang, is_joined(plan.posterior))


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
    told = contribution_table(document, lang)
    if told:
        click.echo(told)
        click.echo()
    click.echo(joint_text(document, lang))
    for warning in document["warnings" if zh else "warnings_en"]:
        click.echo(("提示：" if zh else "Note: ") + warning)
    click.echo()
    names = "targets.csv、indicators.csv、contributions.csv、manifest.json、result.json、figures/"
    if document["midterm"] is not None:
        names = f"midterm.csv、{names}"
    if document["error_budget"] is not None:
        names = f"{BUDGET_FILE}、{names}"
    click.echo(f"结果文件夹：{document['result']}（{names}）" if zh else f"Files: {document['result']}")
