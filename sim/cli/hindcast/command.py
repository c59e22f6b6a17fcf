"""`hindcast`: forecast the regions of a panel as of an origin, score forecasts, show and renew the record."""

from __future__ import annotations

import os
from pathlib import Path

import click
from click.core import ParameterSource

from sim.cli import options
from sim.cli.bilingual import Checked, language
from sim.cli.hindcast.board import scoreboard
from sim.cli.hindcast.options import MOST_YEARS, Wanted, commit_read, mode_of, origins_read, year_read
from sim.cli.hindcast.origin import forecast
from sim.cli.hindcast.record import estimate, model_error, record, region
from sim.hindcast.ablation import ABLATIONS
from sim.language import Text

WORK = {
    "record": record,
    "region": region,
    "origin": forecast,
    "scoreboard": scoreboard,
    "estimate": estimate,
    "write_model_error": model_error,
}


@options.command(
    Text(
        zh="回测：以某年为起点预测面板中的各地区，与对照方法比较计分；不带选项时打印随程序提交的回测记录。",
        en="Hindcast: forecast the regions of a panel as of an origin and score it against rivals; without options, "
        "the record that comes with the program.",
    )
)
@options.option("--panel", metavar="FILE", type=Checked(Path), text=Text("多地区面板（CSV）", "panel of regions (CSV)"))
@options.option(
    "--origin",
    metavar="YEAR",
    type=Checked(year_read),
    text=Text("预测起点：只用该年及以前的行", "only rows up to this year are used"),
)
@options.option(
    "--horizon",
    metavar="N",
    type=options.whole_number(1, MOST_YEARS),
    text=Text(f"预测起点以后几年（1—{MOST_YEARS}）", f"years after the origin (1-{MOST_YEARS})"),
)
@options.option(
    "--out",
    metavar="PATH",
    type=Checked(Path),
    text=Text(
        "与 --origin 同用：预测文件；其余：放记录的文件夹（--scoreboard 默认 calibration/hindcast）",
        "with --origin the file of forecasts, else the folder of the record",
    ),
)
@options.option(
    "--score",
    is_flag=True,
    text=Text("面板有后来的年份时计分，写在预测文件旁的 <名称>.scores.csv", "score, beside it as <name>.scores.csv"),
)
@options.option(
    "--without",
    metavar="PART",
    type=options.choice(ABLATIONS),
    text=Text(f"去掉模型的一部分再预测：{'、'.join(ABLATIONS)}", f"take a part away: {', '.join(ABLATIONS)}"),
)
@options.option("--scoreboard", is_flag=True, text=Text("逐年起点计分，写入回测记录", "score rolling origins"))
@options.option(
    "--origins",
    metavar="A-B",
    type=Checked(origins_read),
    text=Text("--scoreboard 的起点，如 2004-2009", "as 2004-2009"),
)
@options.option(
    "--targets",
    metavar="FILE",
    type=Checked(Path),
    text=Text("年度增速目标及结果（CSV），一并计分", "annual growth targets and outcomes (CSV)"),
)
@options.option(
    "--locked",
    metavar="COMMIT",
    type=Checked(commit_read),
    text=Text("模型锁定的提交号；记下后这些起点不再重算", "commit that fixed the model; scored once and for all"),
)
@options.option("--estimate", is_flag=True, text=Text("由面板重估参照类先验", "estimate the reference class anew"))
@options.option(
    "--write-model-error",
    is_flag=True,
    text=Text("由回测记录改写 calibration/model_error.yaml 的等级与误差", "write grades and errors of the record"),
)
@options.option(
    "--region",
    metavar="NAME",
    type=options.choice(options.region_names),
    text=Text("区、市自己的记录：各年公布数落在当时预测的哪里", "a region's own record"),
)
@options.option(
    "--quick", is_flag=True, text=Text("用线性化后验，约快五倍", "linearised posterior, five times as fast")
)
@options.seed
@options.workers
@options.as_json
@click.pass_context
def command(ctx: click.Context, /, **given: object) -> None:
    """Hindcast."""
    if ctx.get_parameter_source("workers") is ParameterSource.DEFAULT:
        # Regions do not depend on each other, and a panel takes minutes: as many processes as there are cores.
        given["workers"] = os.cpu_count() or 1
    wanted = Wanted(**given, lang=language(ctx))  # type: ignore[arg-type]
    WORK[mode_of(wanted)](wanted)
