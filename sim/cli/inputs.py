"""What commands load before they compute: the region pack, scenarios and their targets."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click

from sim.cli import options
from sim.cli.calibrate.told import announced, kept_or_used_once
from sim.cli.plausible import check_pack, check_targets
from sim.cli.scenario.warnings import warnings_of as warnings_of
from sim.conditioning.files import SEED, cache_file
from sim.conditioning.inflation import beyond, refuse_beyond
from sim.conditioning.observations import observations
from sim.conditioning.problem import ConditioningError
from sim.conditioning.service import (
    Told,
    inflated_posterior,
    kept,
    posterior_of,
    region_problem,
    reporting_errors,
    write_read,
)
from sim.conditioning.words import fact_words, surprises_in
from sim.errors import InputError, Problem, unknown_name
from sim.experiment.plan import Plan
from sim.experiment.run import Progress
from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.posterior.posterior import Posterior
from sim.randomness import SOURCES
from sim.region.pack import Pack
from sim.region.reading import read_pack
from sim.resources import data_path, results_folder
from sim.scenario.load import Scenario, load_scenario
from sim.targets import Target, latest_known, read_targets, with_scenario_targets
from sim.targets.rules import labels_of, target_rules

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


def check_as_of(pack: Pack, as_of: int | str | None) -> int:
    """The year up to which figures are used: the base year unless told, `latest` the last one with figures.

    Raises InputError for a year before the base year or after the last one with a comparable figure.
    """
    first = pack.base_year
    if as_of is None:
        return first
    last = latest_known(pack)
    if as_of == options.LATEST:
        said = Text(f"--as-of latest：使用截至{last}年的数据。", f"--as-of latest: figures up to {last} are used.")
        click.echo(f"{said.zh} ({said.en})", err=True)
        return last
    year = int(as_of)
    if first <= year <= last:
        return year
    zh = f"可用{first}至{last}" if last > first else f"目前只能用{first}"
    en = f"allowed: {first} to {last}" if last > first else f"only {first} for now"
    if year < first:
        raise refused("--as-of", f"{year} 早于基年 {first}；{zh}", f"{year} is before the base year {first}; {en}")
    raise refused(
        "--as-of",
        f"{year} 晚于可比公布数的最后一年 {last}；{zh}，或写 {options.LATEST}",
        f"{year} is after {last}, the last year with comparable figures; {en}, or '{options.LATEST}'",
    )


def conditioned(plan: Plan, as_of: int, inflate: bool = False) -> Plan:
    """The plan on what was known as of a year: its draws are those that the reported figures leave."""
    return replace(plan, as_of=as_of, posterior=posterior_for(plan.pack, as_of, inflate))


def posterior_for(pack: Pack, as_of: int, inflate: bool = False) -> Posterior | None:
    """The posterior as of a year, told of on standard error where it has to be made first.

    Raises InputError where the reported figures are beyond what the model can give; with `inflate` only where widening
    the errors of just those does not help.
    """
    if inflate and as_of <= pack.base_year:
        raise refused(
            "--inflate",
            f"只在 --as-of 晚于基年 {pack.base_year} 时可用：基年没有要放宽的公布数",
            f"needs an --as-of after the base year {pack.base_year}: there are no figures to widen before",
        )
    return posterior_in(pack, as_of, results_folder() / "posterior", inflate)


def posterior_in(pack: Pack, as_of: int, cache: Path, inflate: bool) -> Posterior | None:
    """The posterior of a file that fits, in `cache` or beside the pack, else made now; raises as `posterior_for`."""
    told = announced(pack, as_of, cache, SEED, inflate)
    obtained = widened_posterior if inflate else posterior_of
    try:
        return kept_or_used_once(lambda: obtained(pack, as_of, cache, told))
    except ConditioningError as error:
        raise beyond_the_model(error, inflate) from error


def widened_posterior(pack: Pack, as_of: int, cache: Path, told: Told) -> Posterior:
    """The posterior with the errors of figures beyond the model widened: of the file that `calibrate --inflate` keeps.

    Where an ordinary posterior is there and nothing is beyond the model, it is that one. Raises ConditioningError
    where widening does not help.
    """
    problem = region_problem(pack, as_of).problem()
    plain = kept(pack, as_of, cache, problem)
    if plain is not None and not beyond(plain):
        return plain
    found = kept(pack, as_of, cache, problem, SEED, inflate=True)
    if found is None:
        path = cache_file(pack, as_of, cache, SEED, inflate=True)
        found = write_read(path, inflated_posterior(pack, as_of, problem, SEED, told))
    return refuse_beyond(found)


def beyond_the_model(error: ConditioningError, inflate: bool = False) -> InputError:
    """What a planner can do about figures that the model cannot meet."""
    advice = Text(
        "请先用 check 核实口径；确认无误的，run、compare、sweep、sensitivity、solve 可加 --inflate 放宽其误差后使用，"
        "放宽多少用 calibrate --inflate 查看",
        "Verify them with check; if they stand, run, compare, sweep, sensitivity and solve take --inflate to use them "
        "with wider errors; "
        "see how wide with calibrate --inflate",
    )
    if inflate:
        advice = Text(
            "放宽误差后仍不能使用，请先用 check 核实口径", "Widening their errors does not help; verify them with check"
        )
    return refused(
        "--as-of",
        f"公布数超出模型所能解释的范围，最突出的是：{'、'.join(error.facts) or '—'}。{advice.zh}",
        f"the figures are beyond what the model can give, most of all: {', '.join(error.facts)}. {advice.en}",
    )


def widened_figures(plan: Plan) -> list[Text]:
    """Which figures are used with wider errors than they were reported with."""
    factors = {} if plan.posterior is None else plan.posterior.record.get("inflated", {})
    if plan.posterior is None or not factors:
        return []
    known = observations(plan.pack, plan.posterior.as_of, reporting_errors(plan.pack))
    words = fact_words(plan.pack, known, surprises_in(factors))
    names = {id: words.get(id, Text(id, id)) for id in factors}
    zh = "、".join(f"{names[id].zh}（{id}，误差放宽到{factor:.1f}倍）" for id, factor in factors.items())
    en = ", ".join(f"{names[id].en} ({id}, error times {factor:.1f})" for id, factor in factors.items())
    return [
        Text(
            f"下列公布数与模型相距太远，放宽误差后使用，结果只供参考，待核实：{zh}。",
            f"These figures are too far from the model and are used with wider errors; results are tentative: {en}.",
        )
    ]


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
                    labels=labels_of(pack),
                    rules=target_rules(pack),
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
    as_of: int | None = None,
    inflate: bool = False,
) -> Plan:
    """The plan of these options, up to the earliest horizon; raises InputError for targets and sources."""
    of_pack = read_targets(pack)  # once, however many scenarios are compared
    plan = Plan(
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
    return conditioned(plan, pack.base_year if as_of is None else as_of, inflate)


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
