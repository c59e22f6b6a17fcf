"""`compare`: several scenarios on the same draws, which of their differences are more than noise, and why."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from sim.attribution.groups import WAYS
from sim.cli import options
from sim.cli.bilingual import language
from sim.cli.compare.attribution import groups_of_each, own_groups
from sim.cli.compare.document import Wanted, made_comparison
from sim.cli.compare.results import are_results, compare_results
from sim.cli.inputs import (
    check_as_of,
    load_pack,
    load_scenarios,
    plan_of,
    refused,
    warnings_of,
    widened_figures,
)
from sim.cli.run.replay import refuse_options
from sim.cli.terminal import page, write_json
from sim.errors import InputError, Problem
from sim.language import Text
from sim.output.comparison import compare_tables
from sim.region.pack import Pack
from sim.scenario.load import Scenario

MOST_SCENARIOS = 10


@options.command(
    Text(
        zh="比较两个到十个情景：同一组随机数下的差值、误差、是否可区分，以及差值从哪几组输入来；"
        "或比较同一地区的两次结果（两个结果文件夹）：数字为什么变了。",
        en="Compare two to ten scenarios on the same draws: differences with errors and what explains them; "
        "or two finished results of a region: why the numbers changed.",
    )
)
@options.argument(
    "scenarios",
    Text("两个以上情景名或情景文件；或两个结果文件夹", "names or files of scenarios, or two result folders"),
    nargs=-1,
)
@options.simulation
@options.out
@options.force
@options.option(
    "--by",
    default=WAYS[0],
    show_default=True,
    type=options.choice(WAYS),
    text=Text(
        "差值按什么归因：usual 合并到至多6组，family 按类，input 逐项（最多10组，每多一组时间加倍）",
        "groups of inputs that explain differences: usual (merged to six), family, or every input for itself",
    ),
)
@options.option(
    "--group",
    "own",
    multiple=True,
    metavar="NAME=INPUT,INPUT",
    text=Text(
        "自定一组输入，可重复，如 --group 产业=manufacturing_productivity,digital_economy",
        "a group of your own, repeatable: --group NAME=input,input",
    ),
)
@options.option("--no-attribution", is_flag=True, text=Text("不做归因（快得多）", "do not attribute (much faster)"))
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
    force: bool,
    by: str,
    own: tuple[str, ...],
    no_attribution: bool,
    no_figures: bool,
    as_json: bool,
) -> None:
    """Compare scenarios with the first one."""
    lang = language(ctx)
    if are_results(scenarios):
        refuse_options(ctx, "SCENARIOS", ("scenarios", "out", "force", "as_json"))
        compare_results(scenarios, lang, as_json, out, force)
        return
    asked = own_groups(own)
    if no_attribution and asked:
        raise refused("--group", "与 --no-attribution 不能一起用", "means nothing beside --no-attribution")
    if not 2 <= len(scenarios) <= MOST_SCENARIOS:
        raise refused(
            "SCENARIOS",
            f"需要2至{MOST_SCENARIOS}个情景，现为{len(scenarios)}个",
            f"2 to {MOST_SCENARIOS} scenarios are needed, not {len(scenarios)}",
        )
    pack = load_pack(region)
    year = check_as_of(pack, as_of)
    found = load_scenarios(pack, scenarios, horizon)
    refuse_namesakes(found, scenarios)
    found = without_repeats(found)
    plan = plan_of(
        pack, found, seed=seed, draws=draws, chunk=chunk, workers=workers, compare=True, as_of=year, inflate=inflate
    )
    groups = {} if no_attribution else groups_of_each(plan, by, asked)
    warnings = [*widened_figures(plan), *comparison_warnings(found), *warnings_by_scenario(pack, found, year)]
    document = made_comparison(plan, groups, warnings, Wanted(out, force, not no_figures, lang, as_json))
    if as_json:
        write_json(document)
        return
    click.echo(compare_tables(document, lang, page()))


def refuse_namesakes(found: Sequence[Scenario], asked: Sequence[str]) -> None:
    """Two different scenarios of one name could not be told apart in tables and files."""
    first: dict[str, tuple[Scenario, str]] = {}
    problems = []
    for scenario, reference in zip(found, asked, strict=True):
        known, earlier = first.setdefault(scenario.name, (scenario, reference))
        if _contents(known) != _contents(scenario):
            text = Text(
                f"与“{earlier}”的情景名同为“{scenario.name}”而内容不同，请改其中一个的 name",
                f'has the same name "{scenario.name}" as "{earlier}" but another content; change one name',
            )
            problems.append(Problem(reference, None, None, "name", text))
    if problems:
        raise InputError(problems)


def _contents(scenario: Scenario) -> list[str]:
    """Hashes of the files of a scenario: a copy elsewhere is the same scenario."""
    return [value for _, value in scenario.files]


def without_repeats(found: Sequence[Scenario]) -> tuple[Scenario, ...]:
    """The first scenario, and the others once each: what is named twice would be two columns of one name."""
    others: dict[str, Scenario] = {}
    for scenario in found[1:]:
        if others.setdefault(scenario.name, scenario) is not scenario:
            zh, en = f"“{scenario.label.zh}”写了两次，只列一次。", f'"{scenario.label.en}" is named twice, shown once.'
            click.echo(Text(zh, en).pick(language(click.get_current_context())), err=True)
    return (found[0], *others.values())


def warnings_by_scenario(pack: Pack, scenarios: Sequence[Scenario], year: int) -> list[Text]:
    """What is to be said of each scenario, each of them named: with several, "this scenario" is none."""
    out = []
    for one in {scenario.name: scenario for scenario in scenarios}.values():
        for said in warnings_of(pack, one, year):
            zh = said.zh if one.label.zh in said.zh else f"“{one.label.zh}”：{said.zh}"
            en = said.en if one.label.en in said.en else f"{one.label.en}: {said.en}"
            out.append(Text(zh, en))
    return out


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
