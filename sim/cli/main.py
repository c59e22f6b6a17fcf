"""The program's commands. A command's module is imported only when it runs: `--help` must stay quick."""

from __future__ import annotations

import errno
import importlib
import os
import sys
from collections.abc import Sequence

import click

from sim.cli.bilingual import Command, language, language_asked
from sim.cli.messages import explain
from sim.cli.terminal import make_output_safe
from sim.errors import InputError
from sim.language import Text

# name -> (module:function, help). The order is that of a planner's work.
COMMANDS: dict[str, tuple[str, Text]] = {
    "run": (
        "sim.cli.run.command:command",
        Text(
            zh="测算一个情景，打印目标达成概率表",
            en="project one scenario and print the table of its targets",
        ),
    ),
    "compare": (
        "sim.cli.compare.command:command",
        Text(zh="用同一组随机数比较几个情景", en="compare scenarios on the same draws"),
    ),
    "sweep": (
        "sim.cli.sweep.command:command",
        Text(
            zh="按清单批量测算；再次运行同一命令可续算",
            en="run a batch of scenarios; the same command resumes it",
        ),
    ),
    "sensitivity": (
        "sim.cli.sensitivity.command:command",
        Text(
            zh="达成概率主要取决于什么，什么情形下落空，先问哪个数最有用",
            en="what drives each probability, when targets fail, which figure to ask for",
        ),
    ),
    "solve": (
        "sim.cli.solve.command:command",
        Text(
            zh="达到目标需要多大力度；各种把握下可写的目标值",
            en="what it would take; target values at given probabilities",
        ),
    ),
    "report": (
        "sim.cli.report.command:command",
        Text(
            zh="把结果做成材料：Word、Excel、离线网页、图片",
            en="results as Word, Excel, an offline web page and figures",
        ),
    ),
    "brief": (
        "sim.cli.brief.command:command",
        Text(zh="一页纸说清一个数：领导常问的十个问题", en="one page on one number: the ten questions asked of it"),
    ),
    "scenario": (
        "sim.cli.scenario.command:command",
        Text(
            zh="查看情景文件：每个值写在哪里（show）；编辑器用的格式（schema）",
            en="look into a scenario file: where every value stands (show); format for editors (schema)",
        ),
    ),
    "hindcast": (
        "sim.cli.hindcast.command:command",
        Text(
            zh="回测：往年的预测与后来的实际相比，与对照方法比较计分",
            en="hindcast: forecasts of past years against what came true, scored beside rivals",
        ),
    ),
    "calibrate": (
        "sim.cli.calibrate.command:command",
        Text(
            zh="用已公布数校准：哪些参数动了，哪些数待核实",
            en="condition on reported figures: what moved, which figures are to be confirmed",
        ),
    ),
    "check": (
        "sim.cli.check.command:command",
        Text(
            zh="核对台账和目标：数字是否衔接，目标能否考核，引文是否相符",
            en="check the ledger: do figures agree, can targets be judged, do quotes match",
        ),
    ),
    "facts": (
        "sim.cli.facts.command:command",
        Text(zh="一个数字从哪里来：文件、原文和口径", en="where a number comes from: document, quote, scope"),
    ),
    "init": (
        "sim.cli.init.command:command",
        Text(
            zh="为一个新地区写一套待填的地区包",
            en="write the forms of a new region's pack, to be filled in",
        ),
    ),
    "list": (
        "sim.cli.list.command:command",
        Text(
            zh="列出可用的政策杠杆、指标、目标、情景和地区",
            en="what there is: levers, indicators, targets, scenarios, regions",
        ),
    ),
}

_ABOUT = Text(
    zh="地区经济情景模拟：从规划基数出发，测算到2035年，给出每项规划目标的达成概率。\n"
    "每个命令后加 --help 可查看它的选项。",
    en="Regional economy scenario simulator: from a plan's baselines to 2035, with the probability of each "
    "of its targets.\nEvery command explains its options with --help.",
)
_DISK_FULL = Text(zh="写不进去：磁盘已满。", en="Cannot write: the disk is full.")
_INTERRUPTED = Text(zh="已中断。", en="Interrupted.")


class LazyGroup(Command, click.Group):
    """The group of all commands; their names and help stand in `COMMANDS`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Imports the command of that name; None when there is none."""
        if cmd_name not in COMMANDS:
            return None
        module, _, function = COMMANDS[cmd_name][0].partition(":")
        found: click.Command = getattr(importlib.import_module(module), function)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with the nearest names of the table for an unknown one."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            raise click.exceptions.NoSuchCommand(name, possibilities=COMMANDS, ctx=ctx)
        return super().resolve_command(ctx, args)

    def sections(self, ctx: click.Context) -> dict[str, list[tuple[str, str]]]:
        """The commands before the options."""
        rows = [(name, text.pick(language(ctx))) for name, (_, text) in COMMANDS.items()]
        return {"commands": rows, **super().sections(ctx)}


group = LazyGroup(name="sim", text=_ABOUT, no_args_is_help=True)


def main(arguments: Sequence[str] | None = None, program: str = "regional-scenarios") -> int:
    """Runs one command line and returns its exit code: 0 done, 2 wrong input, 130 interrupted.

    An error of the program itself is not caught: Python prints its traceback and exits with 1.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    lang = language_asked(given)
    make_output_safe()
    try:
        code = _invoke(program, given)
        sys.stdout.flush()
    except InputError as error:
        return _complain(error.show(lang), 2)
    except click.ClickException as error:
        return _complain(explain(error, lang), 2)
    except (KeyboardInterrupt, click.Abort):
        return _complain(_INTERRUPTED.pick(lang), 130)
    except BrokenPipeError:
        # The reader (`head`, `more`) has gone. Python would complain once more when it closes the stream.
        _discard_output()
        return 130
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        _discard_output()
        return _complain(_DISK_FULL.pick(lang), 2)
    return code


def _discard_output() -> None:
    """What is still to be written to standard output goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def script() -> None:
    """Entry point of the installed command."""
    sys.exit(main())


def _invoke(program: str, given: list[str]) -> int:
    try:
        with group.make_context(program, list(given)) as context:
            group.invoke(context)
    except click.exceptions.Exit as finished:  # after --help, or when a command asks for it
        return finished.exit_code
    return 0


def _complain(message: str, code: int) -> int:
    print(message, file=sys.stderr)
    return code
