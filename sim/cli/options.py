"""The options that commands share, each defined once, with the bounds and words of the command line.

@options.command(Text(zh="…", en="…"))
@options.argument("scenario", Text(…), default="baseline")
@options.simulation          # region, draws, seed, as_of, inflate, horizon, chunk, workers
@options.result_files        # keep_draws, out, force
@options.as_json             # as_json
@click.pass_context
def command(ctx, scenario, region, …): …      # language(ctx) is the language
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

import click

from sim.cli.bilingual import Argument, Checked, Command, Option, Refused
from sim.errors import unknown_name
from sim.language import Text
from sim.resources import data_path

Function = TypeVar("Function", bound=Callable[..., Any])

LATEST = "latest"
MOST_DRAWS = 10_000_000
MOST_WORKERS = 256
LARGEST_SEED = 2**63 - 1
FIRST_YEAR, LAST_YEAR = 1978, 2100


def command(text: Text) -> Callable[[Callable[..., Any]], Command]:
    """Makes a function a command with this help; its name comes from the table of commands."""
    return click.command(cls=Command, text=text)


def argument(name: str, text: Text, **attributes: Any) -> Callable[[Function], Function]:
    """An argument with help in both languages; other attributes as for `click.argument`."""
    return click.argument(name, cls=Argument, text=text, **attributes)


def option(*names: str, text: Text, **attributes: Any) -> Callable[[Function], Function]:
    """An option with help in both languages; other attributes as for `click.option`."""
    return click.option(*names, cls=Option, text=text, **attributes)


def choice(names: Iterable[str] | Callable[[], Iterable[str]]) -> Checked:
    """Type of a value that must be one of `names`; the message about another gives the nearest."""

    def read(value: str) -> str:
        allowed = tuple(names() if callable(names) else names)
        if value not in allowed:
            raise Refused(unknown_name(value, allowed))
        return value

    return Checked(read)


def whole_number(low: int, high: int) -> Checked:
    """Type of a whole number from `low` to `high`, both included."""
    return Checked(lambda value: _whole_number(value, low, high))


def _whole_number(value: str, low: int, high: int) -> int:
    refused = Refused(
        Text(
            zh=f"“{value}”应为{low:,}到{high:,}之间的整数",
            en=f"'{value}' is not a whole number from {low:,} to {high:,}",
        )
    )
    try:
        number = int(value.replace(",", ""))
    except ValueError:
        raise refused from None
    if not low <= number <= high:
        raise refused
    return number


def _year(value: str) -> int:
    if not (value.isdecimal() and FIRST_YEAR <= int(value[:5]) <= LAST_YEAR):
        raise Refused(
            Text(
                zh=f"“{value}”应为{FIRST_YEAR}到{LAST_YEAR}之间的年份",
                en=f"'{value}' is not a year from {FIRST_YEAR} to {LAST_YEAR}",
            )
        )
    return int(value)


def _year_or_latest(value: str) -> int | str:
    if value == LATEST:
        return value
    try:
        return _year(value)
    except Refused as refused:
        text = Text(zh=f"{refused.text.zh}，或写 {LATEST}", en=f"{refused.text.en}, nor '{LATEST}'")
        raise Refused(text) from None


def _folder(value: str) -> Path:
    path = Path(value)
    if not value.strip():
        raise Refused(Text(zh="文件夹的名称不能为空", en="the folder's name is empty"))
    try:
        is_file = path.exists() and not path.is_dir()
    except OSError as error:  # a name that is too long, or a folder that may not be looked into
        reason = error.strerror
        raise Refused(Text(zh=f"无法使用该文件夹：{reason}", en=f"cannot use the folder: {reason}")) from None
    if is_file:
        raise Refused(Text(zh=f"“{value}”是文件，应为文件夹", en=f"'{value}' is a file, a folder is needed"))
    return path


def region_names() -> list[str]:
    """Names of the region packs there are: the folders in `calibration/` with a region.yaml."""
    return sorted(path.parent.name for path in data_path("calibration").glob("*/region.yaml"))


#: The region that commands speak of unless another is named.
DEFAULT_REGION = "west_coast"
REGION = Text(
    zh=f"地区，即 calibration 中的文件夹（默认 {DEFAULT_REGION}）", en=f"region pack (default {DEFAULT_REGION})"
)


def region(function: Function) -> Function:
    """`--region NAME`: str."""
    kind = choice(region_names)
    return option("--region", metavar="NAME", default=DEFAULT_REGION, type=kind, text=REGION)(function)


def draws(function: Function) -> Function:
    """`--draws N`: int, 1 to `MOST_DRAWS`."""
    text = Text(zh="模拟次数（默认 20000）", en="number of draws (default 20000)")
    return option("--draws", metavar="N", default=20_000, type=whole_number(1, MOST_DRAWS), text=text)(function)


def seed(function: Function) -> Function:
    """`--seed N`: int, 0 included."""
    text = Text(zh="随机数种子（默认 1；0 也是种子）", en="seed of the random numbers (default 1; 0 is a seed)")
    return option("--seed", metavar="N", default=1, type=whole_number(0, LARGEST_SEED), text=text)(function)


def as_of(default: int | str | None = None) -> Callable[[Function], Function]:
    """`--as-of YEAR|latest`: int, the string `LATEST`, or None when not given, for the base year of the region."""
    told = Text("基年", "the base year") if default is None else Text(str(default), str(default))
    text = Text(
        zh=f"只使用截至该年的数据；{LATEST} 为全部已公布数据（默认 {told.zh}）",
        en=f"use only data up to this year; {LATEST}: all that is published (default {told.en})",
    )
    return option("--as-of", metavar="YEAR", default=default, type=Checked(_year_or_latest), text=text)


def inflate(function: Function) -> Function:
    """`--inflate`: bool; only with `--as-of`."""
    text = Text(
        zh="与模型相距太远的公布数放宽误差后使用（只用于 --as-of）",
        en="use figures too far from the model with their errors widened (only with --as-of)",
    )
    return option("--inflate", is_flag=True, text=text)(function)


def horizon(function: Function) -> Function:
    """`--horizon YEAR`: int, or None when not given, so that the scenario's own horizon can count."""
    text = Text(zh="测算到哪一年（默认按情景文件，否则 2035）", en="last year (default: the scenario's, else 2035)")
    return option("--horizon", metavar="YEAR", default=None, type=Checked(_year), text=text)(function)


def chunk(function: Function) -> Function:
    """`--chunk N`: int, or None for the program's own choice. Never changes a result."""
    text = Text(zh="每批模拟次数，只影响速度和内存", en="draws held at once; changes speed and memory only")
    return option("--chunk", metavar="N", default=None, type=whole_number(1, MOST_DRAWS), text=text)(function)


def workers(function: Function) -> Function:
    """`--workers N`: int. Never changes a result."""
    text = Text(zh="同时使用的进程数，只影响速度（默认 1）", en="processes; changes speed only (default 1)")
    return option("--workers", metavar="N", default=1, type=whole_number(1, MOST_WORKERS), text=text)(function)


def keep_draws(function: Function) -> Function:
    """`--keep-draws`: bool."""
    text = Text(zh="另存每次模拟的全部路径（draws.npz）", en="also keep the paths of all draws (draws.npz)")
    return option("--keep-draws", is_flag=True, text=text)(function)


def out(function: Function) -> Function:
    """`--out DIR`: pathlib.Path, or None when not given."""
    text = Text(zh="结果文件夹（默认 results/<情景>-<编号>）", en="result folder (default results/<scenario>-<hash>)")
    return option("--out", metavar="DIR", default=None, type=Checked(_folder), text=text)(function)


def force(function: Function) -> Function:
    """`--force`: bool."""
    text = Text(zh="已有相同结果时也重新计算并改写", en="compute and rewrite even where the same result exists")
    return option("--force", is_flag=True, text=text)(function)


def as_json(function: Function) -> Function:
    """`--json`: bool, as the argument `as_json`."""
    text = Text(zh="在标准输出只写一个 JSON 文档（UTF-8）", en="write one JSON document (UTF-8) and nothing else")
    return option("--json", "as_json", is_flag=True, text=text)(function)


def simulation(function: Function) -> Function:
    """The options of every simulation: region, draws, seed, as_of, inflate, horizon, chunk, workers."""
    for decorate in (workers, chunk, horizon, inflate, as_of(), seed, draws, region):
        function = decorate(function)
    return function


def result_files(function: Function) -> Function:
    """The options of every result on disk: keep_draws, out, force."""
    for decorate in (force, out, keep_draws):
        function = decorate(function)
    return function
