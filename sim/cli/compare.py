"""`compare`: several scenarios on the same draws, and which of their differences are more than noise."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sim.cli import options
from sim.cli.bilingual import language
from sim.cli.inputs import (
    check_as_of,
    load_pack,
    load_scenarios,
    plan_of,
    progress_bar,
    refused,
    warnings_of,
    widened_figures,
)
from sim.cli.run import shown_folder
from sim.cli.terminal import page, write_json
from sim.experiment.run import run
from sim.language import Text
from sim.output.comparison import compare_document, compare_tables, write_comparison
from sim.resources import results_folder
from sim.scenario.load import Scenario

MOST_SCENARIOS = 10


@options.command(
    Text(
        zh="用同一组随机数比较两个到十个情景：每个指标和目标的差值、误差和是否可区分；差值均相对第一个情景。",
        en="Compare two to ten scenarios on the same draws: differences to the first, with errors.",
    )
)
@options.argument("scenarios", Text("两个以上情景名或情景文件", "names or files of scenarios"), nargs=-1)
@options.simulation
@options.out
@options.option("--no-figures", is_flag=True, text=Text("不画图", "draw no figures"))
@options.as_json
@click.pass_context
def command(
    ctx: click.Context,
    scenarios: tuple[str, ...],
    region: str,
    draws: int,
    seed: int,
    as_of: int | str | None,
    inflate: bool,
    horizon: int | None,
    chunk: int | None,
    workers: int,
    out: Path | None,
    no_figures: bool,
    as_json: bool,
) -> None:
    """Compare scenarios with the first one."""
    lang = language(ctx)
    if not 2 <= len(scenarios) <= MOST_SCENARIOS:
        raise refused(
            "SCENARIOS",
            f"需要2至{MOST_SCENARIOS}个情景，现为{len(scenarios)}个",
            f"2 to {MOST_SCENARIOS} scenarios are needed, not {len(scenarios)}",
        )
    pack = load_pack(region)
    year = check_as_of(pack, as_of)
    found = load_scenarios(pack, scenarios, horizon)
    plan = plan_of(
        pack, found, seed=seed, draws=draws, chunk=chunk, workers=workers, compare=True, as_of=year, inflate=inflate
    )
    of_each = [warning for one in found for warning in warnings_of(pack, one, year)]
    warnings = [*widened_figures(plan), *comparison_warnings(found), *of_each]
    with progress_bar(plan, lang, as_json) as progress:
        results, differences = run(plan, progress)
    document: dict[str, Any] = compare_document(results, differences, plan, year, warnings)
    folder = write_comparison(out, results_folder(), document, plan, year, not no_figures, lang)
    document["result"] = shown_folder(folder)
    if as_json:
        write_json(document)
        return
    click.echo(compare_tables(document, lang, page()))


def comparison_warnings(scenarios: tuple[Scenario, ...]) -> list[Text]:
    """Differences in the world are not differences in policy: say so."""
    first = scenarios[0]
    out = []
    for other in scenarios[1:]:
        if other.world != first.world or other.events != first.events:
            text = Text(
                f"“{other.label.zh}”与“{first.label.zh}”的外部世界假设不同：差值里既有政策，也有外部环境的好坏。",
                f'"{other.label.en}" and "{first.label.en}" differ in the world: differences mix policy and luck.',
            )
            out.append(text)
    if len({s.horizon for s in scenarios}) > 1:
        year = min(s.horizon for s in scenarios)
        out.append(Text(f"各情景期末不同，比较到{year}年。", f"Horizons differ; compared up to {year}."))
    return out
