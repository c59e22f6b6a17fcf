"""`sweep SPEC`: a batch of scenarios by a design; the same command resumes what was interrupted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli import options
from sim.cli.bilingual import language
from sim.cli.sweep.progress import ProgressLine
from sim.cli.terminal import write_json
from sim.language import Text

if TYPE_CHECKING:
    from sim.sweep.parts import Sweep

__all__ = ["ProgressLine", "command"]

_ABOUT = Text(
    zh="按清单批量测算：在一个基准情景上，按设计（网格、逐点列出、逐条轴、拉丁超立方、Sobol，可交叉）改动杠杆、外部假设、"
    "项目或种子，逐点测算各目标的达成概率。\n中断后再次运行同一命令即可续算，已完成的点不重算。",
    en="Run a batch of scenarios: a design (grid, list, one at a time, Latin hypercube, Sobol, or several crossed) "
    "over levers, world assumptions, projects and seeds around a base scenario, with the probability of each target.\n"
    "The same command resumes what was interrupted.",
)
_SPEC = Text(zh="scenarios/sweeps 中的名称，或清单文件", en="a name in scenarios/sweeps, or a sweep file")
_DRAWS = Text(zh="每点模拟次数（默认按清单）", en="draws at each point (default: the file's)")
_SEED = Text(zh="随机数种子（默认按清单）", en="seed (default: the file's)")
_PROGRESS = Text(
    zh="不在终端时，每隔这么多秒报告一次进度（默认不报告）",
    en="where there is no terminal, report progress every so many seconds (default: never)",
)
_SCHEDULER = Text(
    zh="交给现有的 Dask 集群测算，如 tcp://主机:8786（默认在本机，用 --workers）",
    en="compute on an existing Dask cluster, such as tcp://host:8786 (default: here, with --workers)",
)
_MAP = Text(
    zh="横轴,纵轴：打印一个目标的概率表，并画成 figures/map",
    en="X,Y: table of one target over two axes, and figures/map",
)
_MAP_TARGET = Text(
    zh="--map 的目标编号；joint 为各目标同时达成（默认经济增速或第一个）",
    en="the target of --map; joint: all together (default: growth, else the first)",
)
_FAILS = Text(
    zh='哪些点上某个目标的概率低于P：各轴的条件，写成句子；如 "plan14.gdp_growth.2025<50%"',
    en='where the probability of a target is below P: conditions on the axes, in words; "plan14.gdp_growth.2025<50%"',
)
_IAMC = Text(
    zh="另存 IAMC 格式的 iamc.csv（pyam 可直接打开）和 datapackage.json",
    en="also write iamc.csv in the IAMC layout (pyam opens it) and datapackage.json",
)


@options.command(_ABOUT)
@options.argument("spec", _SPEC)
@options.region
@options.option("--draws", metavar="N", type=options.whole_number(1, options.MOST_DRAWS), text=_DRAWS)
@options.option("--seed", metavar="N", type=options.whole_number(0, options.LARGEST_SEED), text=_SEED)
@options.as_of()
@options.inflate
@options.horizon
@options.workers
@options.option("--scheduler", metavar="ADDRESS", text=_SCHEDULER)
@options.out
@options.option("--map", "axes", metavar="X,Y", text=_MAP)
@options.option("--map-target", "target", metavar="TARGET", text=_MAP_TARGET)
@options.option("--fails", metavar="TARGET<P", text=_FAILS)
@options.option("--iamc", is_flag=True, text=_IAMC)
@options.option("--progress", metavar="SECONDS", type=options.whole_number(1, 86_400), text=_PROGRESS)
@options.as_json
@click.pass_context
def command(
    ctx: click.Context, /, spec: str, workers: int, scheduler: str | None, out: Path | None, axes: str | None,
    target: str | None, fails: str | None, iamc: bool, progress: int | None, as_json: bool, **given: Any,
) -> None:  # fmt: skip
    """Reads, runs or resumes, and prints a sweep."""
    from sim.cli.inputs import refused
    from sim.cli.past import past_warnings
    from sim.cli.sweep.further import Wanted, lines_of
    from sim.resources import results_folder
    from sim.sweep.overview import sweep_document
    from sim.sweep.store import carry_out, default_folder

    lang = language(ctx)
    if scheduler is not None and workers > 1:
        zh = "不能与 --scheduler 同用：进程数由集群决定"
        raise refused("--workers", zh, "not with --scheduler: the cluster decides")
    sweep, warnings = _asked(spec, given)
    warnings += past_warnings(sweep.plan.pack, sweep.base, sweep.plan.known_until)
    wanted = Wanted(axes, target, fails, iamc, lang)
    wanted.check(sweep)  # before the work
    folder = out or default_folder(sweep, results_folder())
    report = ProgressLine(sweep.size, lang, progress, quiet=as_json)
    try:
        finished = carry_out(sweep, folder, workers, report, report.tell, scheduler)
        further = wanted.made(sweep, finished, folder)
    except KeyboardInterrupt:
        report.clear()
        click.echo(report.interrupted(), err=True)
        ctx.exit(130)
    report.clear()
    if as_json:
        told = {"warnings": [w.zh for w in warnings], "warnings_en": [w.en for w in warnings]}
        document = sweep_document(sweep, finished, folder, further.map)
        write_json(document | {"boxes": further.boxes} | told)
        return
    notes = [Text(f"提示：{w.zh}", f"Note: {w.en}").pick(lang) for w in warnings]
    click.echo("\n".join([*notes, *lines_of(sweep, finished, folder, further, lang)]))


def _asked(spec: str, given: Mapping[str, Any]) -> tuple[Sweep, list[Text]]:
    """The sweep of a file with the options that win over it, on the figures of its year; what to say of them."""
    from sim.cli.inputs import check_as_of, conditioned, widened_figures
    from sim.region.reading import read_pack
    from sim.resources import data_path
    from sim.sweep.points import read_sweep
    from sim.sweep.seeds import seeds_said
    from sim.sweep.spec import locate_sweep

    path = locate_sweep(spec, data_path("scenarios", "sweeps"))
    pack = read_pack(data_path("calibration"), given["region"])
    year = check_as_of(pack, given["as_of"])
    chosen = {key: given[key] for key in ("draws", "seed", "horizon")}
    sweep = read_sweep(path, pack=pack, scenarios=data_path("scenarios"), as_of=year, **chosen)
    sweep = replace(sweep, plan=conditioned(sweep.plan, year, given["inflate"]))
    return sweep, [*widened_figures(sweep.plan), *seeds_said(sweep)]
