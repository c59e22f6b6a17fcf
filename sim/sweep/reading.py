"""From a sweep file to a sweep: the file, its base scenario, its design and what it asks, every mistake at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sim.errors import InputError, Problem
from sim.experiment.plan import Plan
from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.reading.nodes import MOST_PROBLEMS
from sim.reading.source import YamlSource, read_tolerant, validation
from sim.region.pack import Pack
from sim.scenario.files import locate_parent
from sim.scenario.load import load_scenario
from sim.scenario.parts import Scenario
from sim.sweep.asked import chosen_indicators, chosen_targets
from sim.sweep.design_reading import DesignReading
from sim.sweep.parts import Sweep
from sim.sweep.spec import DEFAULT_SEED, SweepFile, sweep_label
from sim.targets.rules import labels_of, target_rules


def read_sweep(
    path: Path,
    *,
    pack: Pack,
    scenarios: Path,
    draws: int | None = None,
    seed: int | None = None,
    horizon: int | None = None,
    as_of: int | None = None,
) -> Sweep:
    """The sweep of a file. `draws`, `seed` and `horizon` win over the file's and the scenario's own.

    `as_of` is the last year whose reported figures are used, the base year unless told.

    Raises InputError with every mistake in the file and in its base scenario.
    """
    source = read_tolerant(path)
    file, problems = validation(source, SweepFile)
    found = [*source.problems, *problems]
    base = _base_scenario(source, pack, scenarios, horizon, found)
    reading = DesignReading(source, base, _seed(source, seed))
    reading.check(seed is not None)
    found += reading.problems
    chosen = () if base is None else chosen_targets(source, base, pack, as_of, found)
    indicators, years = ((), ()) if base is None else chosen_indicators(source, base, pack, found)
    if found or file is None or base is None:
        raise InputError(_readable(found))
    plan = Plan(
        pack,
        (base,),
        (chosen,),
        seed=file.seed if seed is None else seed,
        draws=file.draws if draws is None else draws,
        horizon=base.horizon,
        as_of=pack.base_year if as_of is None else as_of,
    )
    label, listed = sweep_label(file), file.targets is not None
    return Sweep(
        file.name, label, file.question or "", file.scenario, reading.made(), chosen, plan, indicators, years, listed
    )  # fmt: skip


def _seed(source: YamlSource, seed: int | None) -> int:
    written: Any = source.data.get("seed") if isinstance(source.data, dict) else None
    if seed is not None:
        return seed
    return written if isinstance(written, int) else DEFAULT_SEED


def _readable(problems: list[Problem]) -> list[Problem]:
    """At most MOST_PROBLEMS of many problems, after one that says how many there are."""
    if len(problems) <= MOST_PROBLEMS:
        return problems
    first = InputError(problems).problems[:MOST_PROBLEMS]
    text = Text(
        f"共 {len(problems)} 处错误，先列出 {MOST_PROBLEMS} 处",
        f"{len(problems)} mistakes, of which {MOST_PROBLEMS} are listed",
    )
    return [Problem(first[0].file, None, None, "", text), *first]


def _base_scenario(
    source: YamlSource, pack: Pack, folder: Path, horizon: int | None, problems: list[Problem]
) -> Scenario | None:
    written = source.data.get("scenario", "baseline") if isinstance(source.data, dict) else None
    if not isinstance(written, str):
        return None
    place = locate_parent(written, folder, source.path)
    if isinstance(place, Text):
        problems.append(source.problem(("scenario",), place))
        return None
    try:
        return load_scenario(
            str(place.resolve()),
            folder=folder,
            base_year=pack.base_year,
            horizon=horizon,
            cells=pack.cell_ids,
            indicators=list(INDICATORS),
            region=pack.id,
            labels=labels_of(pack),
            rules=target_rules(pack),
        )
    except InputError as error:
        problems.extend(error.problems)
        return None
