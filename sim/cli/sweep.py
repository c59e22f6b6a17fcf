"""`sweep SPEC`: a batch of scenarios over a grid of levers; the same command resumes it."""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path

import click

from sim.cli import options
from sim.cli.bilingual import language
from sim.cli.terminal import cell_width, write_json
from sim.language import Text

_ABOUT = Text(
    zh="按清单批量测算：在一个基准情景上，对几条轴（杠杆或外部假设）的全部组合逐点测算各目标的达成概率。\n"
    "中断后再次运行同一命令即可续算，已完成的点不重算。",
    en="Run a batch of scenarios: every combination of a few axes (levers or world assumptions) around a base "
    "scenario, with the probability of each target.\nThe same command resumes what was interrupted.",
)
_SPEC = Text(zh="scenarios/sweeps 中的名称，或清单文件", en="a name in scenarios/sweeps, or a sweep file")
_DRAWS = Text(zh="每点模拟次数（默认按清单）", en="draws at each point (default: the file's)")
_SEED = Text(zh="随机数种子（默认按清单）", en="seed (default: the file's)")
_PROGRESS = Text(
    zh="不在终端时，每隔这么多秒报告一次进度（默认不报告）",
    en="where there is no terminal, report progress every so many seconds (default: never)",
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
@options.out
@options.option("--progress", metavar="SECONDS", type=options.whole_number(1, 86_400), text=_PROGRESS)
@options.as_json
@click.pass_context
def command(
    ctx: click.Context, spec: str, region: str, draws: int | None, seed: int | None, as_of: int | str | None,
    inflate: bool, horizon: int | None, workers: int, out: Path | None, progress: int | None, as_json: bool,
) -> None:  # fmt: skip
    """Reads, runs or resumes, and prints a sweep."""
    from sim.cli.inputs import check_as_of, conditioned, widened_figures
    from sim.cli.past import past_warnings
    from sim.region.reading import read_pack
    from sim.resources import data_path, results_folder
    from sim.sweep.overview import summary, sweep_document
    from sim.sweep.points import read_sweep
    from sim.sweep.spec import locate_sweep
    from sim.sweep.store import carry_out, default_folder

    lang = language(ctx)
    path = locate_sweep(spec, data_path("scenarios", "sweeps"))
    pack = read_pack(data_path("calibration"), region)
    year = check_as_of(pack, as_of)
    given = {"draws": draws, "seed": seed, "horizon": horizon, "as_of": year}
    sweep = read_sweep(path, pack=pack, scenarios=data_path("scenarios"), **given)
    sweep = replace(sweep, plan=conditioned(sweep.plan, year, inflate))
    warnings = [*widened_figures(sweep.plan), *past_warnings(pack, sweep.plan.scenarios[0], year)]
    folder = out or default_folder(sweep, results_folder())
    report = ProgressLine(sweep.grid.size, lang, progress, quiet=as_json)
    try:
        finished = carry_out(sweep, folder, workers, report)
    except KeyboardInterrupt:
        report.clear()
        click.echo(report.interrupted(), err=True)
        ctx.exit(130)
    report.clear()
    if as_json:
        told = {"warnings": [w.zh for w in warnings], "warnings_en": [w.en for w in warnings]}
        write_json(sweep_document(sweep, finished, folder) | told)
    else:
        notes = [Text(f"提示：{w.zh}", f"Note: {w.en}").pick(lang) for w in warnings]
        click.echo("\n".join([*notes, *summary(sweep, finished, folder, lang)]))


class ProgressLine:
    """Progress on stderr: one line that is written over in a terminal, else a line every `interval` seconds."""

    def __init__(self, total: int, lang: str, interval: int | None, quiet: bool) -> None:
        self.total, self.lang = total, lang
        self.terminal = sys.stderr.isatty() and not quiet
        self.interval = 0.2 if self.terminal else interval
        self.first: tuple[int, float] | None = None
        self.done, self.last, self.width = 0, time.monotonic(), 0

    def __call__(self, done: int) -> None:
        """Told how many points are done: first those of earlier times."""
        now = time.monotonic()
        self.done = done
        if self.first is None:
            self.first = (done, now)
        elif self.interval is not None and now - self.last >= self.interval:
            self.last = now
            self._show(self.text(now))

    def text(self, now: float) -> str:
        """Points done, points a second and the time left."""
        start, since = self.first or (0, now)
        rate = (self.done - start) / max(now - since, 1e-9)
        left = _duration((self.total - self.done) / rate) if rate > 0 else "?"
        return Text(
            f"{self.done:,}/{self.total:,} 点，每秒 {rate:.1f} 点，还需 {left}",
            f"{self.done:,}/{self.total:,} points, {rate:.1f} a second, {left} left",
        ).pick(self.lang)

    def _show(self, line: str) -> None:
        if self.terminal:
            # Spaces rather than an escape sequence: older consoles of Windows print those.
            sys.stderr.write("\r" + line + " " * max(0, self.width - cell_width(line)))
            self.width = cell_width(line)
        else:
            sys.stderr.write(line + "\n")
        sys.stderr.flush()

    def clear(self) -> None:
        """Leaves an empty line for what comes next."""
        if self.width:
            sys.stderr.write("\r" + " " * self.width + "\r")
            sys.stderr.flush()
            self.width = 0

    def interrupted(self) -> str:
        """The one line after Ctrl-C."""
        return Text(
            f"已中断：{self.total:,} 点中已存盘 {self.done:,} 点，再次运行同一命令即可续算。",
            f"Interrupted: {self.done:,} of {self.total:,} points are stored; the same command resumes.",
        ).pick(self.lang)


def _duration(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"
