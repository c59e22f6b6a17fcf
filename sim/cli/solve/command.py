"""`solve`: what it would take to reach targets; target values at given probabilities; the path to a target."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sim.cli import options
from sim.cli.bilingual import Checked, Refused, language
from sim.cli.solve.asked import PATH, VALUES, Asked, question_of
from sim.language import Text

COSTS = ("distance", "sum", "money")
MOST_PACKAGES = 5
MOST_LEVERS = 29

_ABOUT = Text(
    zh="反过来算，三种问法：\n"
    "一、要使目标以给定把握实现，最少要动哪些杠杆、动多少（--target 与 --probability）；\n"
    "二、各指标在给定把握下能写多高（--target-values）；\n"
    "三、从最新数据到目标，每年需要多快（--required-path）。",
    en="Backwards, three questions: the smallest packages of levers that bring targets to a probability (--target, "
    "--probability); values of indicators at given probabilities (--target-values); the growth a target still needs "
    "(--required-path).",
)


def _probability(value: str) -> float:
    """A probability written 0.8, 80 or 80%."""
    written = value.strip().replace("％", "%")
    try:
        number = float(written.removesuffix("%"))
    except ValueError:
        number = float("nan")
    share = number / 100.0 if written.endswith("%") or number > 1.0 else number
    if not 0.0 < share < 1.0:
        raise Refused(
            Text(
                f"“{value}”应为0和1之间（不含两端）的概率，如 0.8、80 或 80%；没有什么是必然的",
                f"'{value}' is not a probability between 0 and 1, both excluded, such as 0.8, 80 or 80%",
            )
        )
    return share


def _parts(value: str) -> list[str]:
    """What commas separate."""
    parts = [part.strip() for part in value.replace("，", ",").replace("、", ",").split(",") if part.strip()]
    if not parts:
        raise Refused(Text("什么也没有写", "names nothing"))
    return parts


def _names(value: str) -> tuple[str, ...]:
    """Names separated by commas, each once: to name one twice means nothing else."""
    return tuple(dict.fromkeys(_parts(value)))


def _years(value: str) -> tuple[int, ...]:
    """Years separated by commas, in order; a year written twice was meant to be another one."""
    first, last, parts = options.FIRST_YEAR, options.LAST_YEAR, _parts(value)
    for part in parts:
        if not (part.isdecimal() and len(part) == 4 and first <= int(part) <= last):
            zh = f"“{part}”应为{first}到{last}之间的年份"
            raise Refused(Text(zh, f"'{part}' is not a year from {first} to {last}"))
        if parts.count(part) > 1:
            raise Refused(Text(f"{part} 写了不止一次", f"names {part} more than once"))
    return tuple(sorted(map(int, parts)))


def _file(value: str) -> Path:
    """A file that somebody names."""
    path = Path(value)
    if not value.strip() or path.is_dir():
        raise Refused(Text(f"“{value}”应为文件", f"'{value}' is not a file"))
    return path


@options.command(_ABOUT)
@options.argument("scenario", Text("情景名或情景文件（默认 baseline）", "scenario or file"), default="baseline")
@options.option(
    "--target",
    "targets",
    metavar="ID",
    multiple=True,
    text=Text("目标编号；可重复，即要求同时达到", "id of a target; repeat it to reach several at once"),
)
@options.option(
    "--probability",
    metavar="P",
    type=Checked(_probability),
    text=Text("要求的把握，如 0.8、80 或 80%", "the probability asked for, such as 0.8, 80 or 80%"),
)
@options.option(
    "--cost",
    default=COSTS[0],
    show_default=True,
    type=options.choice(COSTS),
    text=Text(
        "代价：distance 各杠杆偏离（历史标准差）的平方和开方，sum 偏离之和，money 亿元（须 --costs）",
        "cost: distance or sum in historical standard deviations, or money (needs --costs)",
    ),
)
@options.option(
    "--costs",
    metavar="FILE",
    type=Checked(_file),
    text=Text("各杠杆每单位每年的花费（亿元），YAML", "YAML file: 100 million yuan per unit and year of each lever"),
)
@options.option(
    "--levers",
    metavar="A,B",
    type=Checked(_names),
    text=Text("只用这些杠杆（默认全部）", "use these levers only (default: all)"),
)
@options.option(
    "--without-levers",
    metavar="X,Y",
    default=(),
    type=Checked(_names),
    text=Text("不用这些杠杆", "leave these levers alone"),
)
@options.option(
    "--any-direction",
    is_flag=True,
    text=Text(
        "也允许把杠杆往坏处动（如降低服务业生产率来抬高制造业比重）",
        "allow moves that only do harm by themselves (less productive services to raise the share of manufacturing)",
    ),
)
@options.option(
    "--most",
    metavar="N",
    default=5,
    show_default=True,
    type=options.whole_number(1, MOST_LEVERS),
    text=Text("一个组合最多用几个杠杆", "most levers in a package"),
)
@options.option(
    "--packages",
    metavar="N",
    default=MOST_PACKAGES,
    show_default=True,
    type=options.whole_number(1, MOST_PACKAGES),
    text=Text("最多给几个不同的组合", "most packages"),
)
@options.option(
    "--write",
    metavar="FILE",
    type=Checked(_file),
    text=Text("把第一个组合写成情景文件", "write the first package as a scenario file"),
)
@options.option(
    "--target-values",
    is_flag=True,
    text=Text("各指标在给定把握下的数值", "values of indicators at given probabilities"),
)
@options.option(
    "--years",
    metavar="Y,Y",
    default=(2030, 2035),
    type=Checked(_years),
    text=Text("--target-values 的年份（默认 2030,2035）", "years of --target-values (default 2030,2035)"),
)
@options.option(
    "--scenarios",
    metavar="A,B",
    default=(),
    type=Checked(_names),
    text=Text("--target-values 另看的情景", "further scenarios of --target-values"),
)
@options.option(
    "--proposed",
    metavar="FILE",
    type=Checked(_file),
    text=Text(
        "拟写的目标值（YAML），用于 --target-values 和 --required-path",
        "proposed targets (YAML), for --target-values and --required-path",
    ),
)
@options.option(
    "--required-path",
    is_flag=True,
    text=Text("从最新数据到目标每年需要的增速", "growth a year that targets still need"),
)
@options.simulation
@options.out
@options.force
@options.as_json
@click.pass_context
def command(ctx: click.Context, /, target_values: bool, required_path: bool, **given: Any) -> None:  # fmt: skip
    """Dispatches to one of three questions."""
    question = question_of(ctx, target_values, required_path)
    asked = Asked(lang=language(ctx), **given)
    # Every question loads what it needs itself: `load_pack(asked.region)`, `check_as_of(pack, asked.as_of)` - for the
    # target values `check_as_of(pack, options.LATEST if asked.as_of is None else asked.as_of)` -,
    # `load_scenarios(pack, (asked.scenario, *asked.scenarios), asked.horizon)` and `plan_of(...)`; it prints its answer
    # in `asked.lang`, or as JSON where `asked.as_json`, and raises InputError.
    if question == VALUES:
        from sim.cli.solve.values import print_target_values

        print_target_values(asked)
    elif question == PATH:
        from sim.cli.solve.path import print_required_path

        print_required_path(asked)
    else:
        from sim.cli.solve.packages import print_packages

        print_packages(asked)
