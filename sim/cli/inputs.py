"""What commands load before they compute: the region pack, scenarios and their targets."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import click

from sim.cli.plausible import check_pack, check_targets
from sim.errors import InputError, Problem, unknown_name
from sim.experiment.plan import Plan
from sim.experiment.run import Progress
from sim.indicators.catalogue import INDICATORS, missing_of
from sim.language import Text
from sim.levers.catalogue import LEVERS, WORLD
from sim.randomness import SOURCES
from sim.region.pack import Pack
from sim.region.reading import read_pack
from sim.resources import data_path
from sim.scenario.load import Scenario, load_scenario
from sim.targets import Target, read_targets, with_scenario_targets

#: Draws of which every value may be kept: about 12 KB each in memory.
MOST_KEPT = 500_000


def refused(option: str, zh: str, en: str) -> InputError:
    """Error of one command-line option."""
    return InputError(Problem(None, None, None, option, Text(zh, en)))


def load_pack(region: str) -> Pack:
    """The region pack of that name; raises InputError also for numbers that cannot be true."""
    pack = read_pack(data_path("calibration"), region)
    check_pack(pack)
    return pack


def check_as_of(pack: Pack, as_of: int | str) -> int:
    """The year up to which facts are used; conditioning on later facts is not built yet."""
    if as_of == "latest":
        zh, en = f"尚不能用{pack.base_year}年以后的数据校准", "figures after the base year cannot be used yet"
        click.echo(f"--as-of latest：{zh}，按 {pack.base_year} 年测算。 ({en})", err=True)
        return pack.base_year
    if as_of == pack.base_year:
        return pack.base_year
    if int(as_of) < pack.base_year:
        raise refused(
            "--as-of",
            f"不能早于基年 {pack.base_year}",
            f"must not be before the base year {pack.base_year}",
        )
    raise refused(
        "--as-of",
        f"用 {pack.base_year} 年以后的数据重新校准的功能尚未提供；目前只能用 {pack.base_year}",
        f"conditioning on figures after {pack.base_year} is not available yet; use {pack.base_year}",
    )


def load_scenarios(pack: Pack, names: Sequence[str], horizon: int | None) -> tuple[Scenario, ...]:
    """Scenarios by name or path; every mistake of all of them is reported together."""
    found: list[Scenario] = []
    problems: list[Problem] = []
    for name in names:
        try:
            found.append(
                load_scenario(
                    name,
                    folder=data_path("scenarios"),
                    base_year=pack.base_year,
                    horizon=horizon,
                    cells=pack.cell_ids,
                    indicators=tuple(INDICATORS),
                    region=pack.id,
                )
            )
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return tuple(found)


def targets_of(pack: Pack, scenario: Scenario, of_pack: Sequence[Target] | None = None) -> tuple[Target, ...]:
    """The pack's targets with those of the scenario; `of_pack` are the former where they are read already."""
    file = scenario.files[0][0] if scenario.files else scenario.name
    targets = with_scenario_targets(read_targets(pack) if of_pack is None else of_pack, scenario.targets, file)
    check_targets(pack, scenario, targets)
    return targets


def sources_without(off: str | None) -> frozenset[str]:
    """Sources of uncertainty that stay on; `all` switches every one off."""
    if not off:
        return frozenset(SOURCES)
    names = [name.strip() for name in off.replace("，", ",").split(",") if name.strip()]
    if names == ["all"]:
        return frozenset()
    unknown = [name for name in names if name not in SOURCES]
    if unknown:
        raise InputError([Problem(None, None, None, "--without", unknown_name(n, (*SOURCES, "all"))) for n in unknown])
    return frozenset(SOURCES) - frozenset(names)


#: Indicators of single cells: what acts on them acts on GDP as well.
OF_CELLS = frozenset(("manufacturing_share", "marine_share"))
#: World assumptions in percent a year, and the size below which a fraction was probably meant.
GROWTH_ASSUMPTIONS = frozenset(("national_growth", "world_trade"))
LEAST_GROWTH = 0.3


def warnings_of(pack: Pack, scenario: Scenario) -> list[Text]:
    """What a reader of the result should know: levers that change nothing."""
    out = []
    for name, path in scenario.levers.items():
        label = LEVERS[name].label
        if not any(v for v in (*path.low, *path.high) if v is not None):
            zh = f"杠杆“{label.zh}”全部为 0，对结果没有影响"
            out.append(Text(zh, f'lever "{label.en}" is 0 throughout and changes nothing'))
        elif _without_effect(pack, LEVERS[name].acts_on):
            zh = f"杠杆“{label.zh}”所作用的指标没有基数，对结果没有影响"
            out.append(Text(zh, f'lever "{label.en}" has no indicator with a baseline to act on and changes nothing'))
    for name in GROWTH_ASSUMPTIONS & set(scenario.world):
        path = scenario.world[name]
        if any(v is not None and 0.0 < abs(v) < LEAST_GROWTH for v in (*path.low, *path.high)):
            label = WORLD[name].label
            zh = f"“{label.zh}”的单位是百分数，写了小于{LEAST_GROWTH}的值：5%应写 5，不写 0.05"
            out.append(Text(zh, f'"{label.en}" is in percent, yet below {LEAST_GROWTH}: write 5 for 5 %, not 0.05'))
    return out


def _without_effect(pack: Pack, acts_on: Sequence[str]) -> bool:
    """Whether nothing a lever acts on is computed; one on the cells of a district still moves its city's GDP."""
    moved = (pack, *pack.districts) if set(acts_on) & OF_CELLS else (pack,)
    return all(missing_of(INDICATORS[indicator], of) for indicator in acts_on for of in moved)


def plan_of(
    pack: Pack,
    scenarios: tuple[Scenario, ...],
    *,
    seed: int,
    draws: int,
    chunk: int | None,
    workers: int,
    without: str | None = None,
    keep: bool = False,
    compare: bool = False,
) -> Plan:
    """The plan of these options, up to the earliest horizon; raises InputError for targets and sources."""
    of_pack = read_targets(pack)  # once, however many scenarios are compared
    return Plan(
        pack=pack,
        scenarios=scenarios,
        targets=tuple(targets_of(pack, scenario, of_pack) for scenario in scenarios),
        seed=seed,
        draws=draws,
        horizon=min(scenario.horizon for scenario in scenarios),
        sources=sources_without(without),
        chunk=chunk,
        workers=workers,
        keep=keep,
        compare=compare,
    )


@contextmanager
def progress_bar(plan: Plan, lang: str, quiet: bool) -> Iterator[Progress]:
    """A bar on standard error, only where somebody watches and the run is long."""
    hidden = quiet or not sys.stderr.isatty() or plan.draws * len(plan.scenarios) < 40_000
    label = Text("测算", "simulating").pick(lang)
    with click.progressbar(length=plan.draws, label=label, file=sys.stderr, hidden=hidden) as bar:
        yield bar.update


def check_plan(plan: Plan) -> None:
    """Refuse what would not fit in memory."""
    if plan.keep and plan.draws > MOST_KEPT:
        raise refused(
            "--keep-draws",
            f"最多保留 {MOST_KEPT:,} 次抽样的全部数值，现为 {plan.draws:,}",
            f"at most {MOST_KEPT:,} draws can be kept, not {plan.draws:,}",
        )
