"""`calibrate`: condition the model on reported figures, and say what they moved and what is left of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from sim.cli import options
from sim.cli.bilingual import language
from sim.cli.calibrate.pages import print_calibration
from sim.cli.calibrate.told import progress, say_why, used_once
from sim.cli.inputs import check_as_of, load_pack, refused
from sim.cli.run.command import shown_folder
from sim.cli.terminal import write_json
from sim.conditioning.files import SEED, cache_file, committed_file
from sim.conditioning.inflation import beyond
from sim.conditioning.observations import Observation
from sim.conditioning.problem import ConditioningError, Problem
from sim.conditioning.service import (
    NotKept,
    Told,
    inflated_posterior,
    kept,
    looked_at,
    make_posterior,
    region_problem,
    write_read,
)
from sim.conditioning.words import fact_words, surprises_in
from sim.errors import InputError
from sim.language import Text
from sim.output.calibration import (
    DOCUMENT,
    FACTS,
    PARAMETERS,
    calibration_document,
    calibration_manifest,
    write_calibration,
)
from sim.output.calibration_words import STEM, write_calibration_figure
from sim.output.store import REASONS_ZH, fingerprint, finished, may_replace, write_folder
from sim.posterior.posterior import Posterior
from sim.posterior.store import write_posterior
from sim.reading.files import shown_path
from sim.region.pack import Pack
from sim.resources import results_folder


@options.command(
    Text(
        zh="用已公布数校准：截至某年的公布数说明了哪些参数、以往各年发生了什么、哪些数待核实。"
        "已有校准结果时约五秒，否则约半分钟。公布数超出模型所能解释的范围时说明是哪些，退出码为 2。",
        en="Condition on reported figures: which parameters and shocks of past years they tell of, and which figures "
        "are to be confirmed. Five seconds where a result exists, else half a minute. Figures beyond the model are "
        "named, and the exit code is 2.",
    )
)
@options.argument("region_given", options.REGION, metavar="[REGION]", required=False,
                  type=options.choice(options.region_names))  # fmt: skip
@options.region
@options.as_of(options.LATEST)
@options.seed
@options.option(
    "--inflate",
    is_flag=True,
    text=Text("公布数超出模型范围时，放宽这几个数的误差再校准", "widen the errors of figures beyond the model"),
)
@options.option("--write", is_flag=True, text=Text("另写入 calibration/posterior（随程序发布）",
                                                   "also write it to calibration/posterior"))  # fmt: skip
@options.option(
    "--prove",
    metavar="N",
    default=None,
    type=options.whole_number(1, 10_000),
    text=Text("另用 N 个造出来的地区检验校准方法", "prove the method on N made-up regions instead"),
)
@options.out
@options.force
@options.as_json
@click.pass_context
def command(
    ctx: click.Context,
    region_given: str | None,
    region: str,
    as_of: int | str | None,
    seed: int,
    inflate: bool,
    write: bool,
    prove: int | None,
    out: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Calibrate a region as of a year."""
    _agree(ctx, region_given, region, inflate, write, seed)
    pack = load_pack(region_given or region)
    year = check_as_of(pack, as_of)
    if prove is not None:
        from sim.cli.calibrate.proof import print_proof, proved

        document = proved(pack, year, seed, prove, out)
        write_json(document) if as_json else print_proof(document, language(ctx))
        return
    problem = region_problem(pack, year)
    posterior = obtained(pack, year, problem.facts, problem.problem(), seed, inflate, force)
    if write:
        _write(committed_file(pack, year), posterior)
    document = _document(pack, year, problem.facts, posterior, Wanted(out, force, language(ctx)))
    if as_json:
        write_json(document)
    else:
        print_calibration(document, language(ctx), document["result"])


def _agree(ctx: click.Context, given: str | None, region: str, inflate: bool, write: bool, seed: int) -> None:
    """Raises InputError for options that contradict each other."""
    named = ctx.get_parameter_source("region") is not click.core.ParameterSource.DEFAULT
    if given is not None and named and given != region:
        raise refused("--region", f"又写了“{given}”，只写一个地区", f"'{given}' is given as well; name one region")
    if write and (inflate or seed != SEED):
        raise refused(
            "--write",
            f"随程序发布的校准用种子 {SEED}，误差不放宽",
            f"what comes with the program has seed {SEED} and errors as they are",
        )


# --- The posterior --------------------------------------------------------------------------------------------


def obtained(
    pack: Pack, as_of: int, facts: tuple[Observation, ...], problem: Problem, seed: int, inflate: bool, force: bool
) -> Posterior:
    """The posterior of a file that fits, or made anew with progress on standard error, and kept.

    Raises InputError where figures are beyond the model, naming them.
    """
    cache = results_folder() / "posterior"
    names = fact_words(pack, facts, surprises_in(problem.ids))
    found = None if force else kept(pack, as_of, cache, problem, seed, inflate)
    try:
        if found is None:
            path = cache_file(pack, as_of, cache, seed, inflate)
            if not force:
                say_why(looked_at(pack, as_of, cache, seed, inflate))
            told = progress(len(problem.hypotheses) + 1)
            make = inflated_posterior if inflate else _plain
            found = write_read(path, make(pack, as_of, problem, seed, told))
    except NotKept as unwritable:
        found = used_once(unwritable)
    except ConditioningError as error:
        raise _beyond(dict.fromkeys(error.facts), names, inflate) from error
    left = beyond(found)
    if left:
        raise _beyond(left, names, inflate)
    return found


def _write(path: Path, posterior: Posterior) -> None:
    """Write what comes with the program; raises InputError where that cannot be written."""
    try:
        write_posterior(path, posterior)
    except OSError as error:
        why = error.strerror or str(error)
        zh = REASONS_ZH.get(error.errno or 0, why)
        raise refused("--write", f"{shown_path(path)} 写不进去：{zh}", f"cannot write {path.name}: {why}") from error


def _plain(pack: Pack, as_of: int, problem: Problem, seed: int, told: Told) -> Posterior:
    return make_posterior(pack, as_of, problem, seed, told)[0]


def _beyond(left: Mapping[str, float | None], names: Mapping[str, Text], inflate: bool) -> InputError:
    """Which figures are beyond the model, with what is left of them where that is known, and what can be done."""
    zh, en = [], []
    for id, residual in left.items():
        name = names.get(id, Text(id, id))
        zh.append(f"{name.zh}（{id}{'' if residual is None else f'，相差 {residual:+.1f} 个误差'}）")
        en.append(f"{name.en} ({id}{'' if residual is None else f', off by {residual:+.1f} errors'})")
    advice = Text(
        "请先用 check 核实口径；或用 --inflate 放宽这几个数的误差再校准",
        "confirm their basis with check; or widen the errors of just these with --inflate",
    )
    if inflate:
        advice = Text("放宽误差后仍不能校准，请先用 check 核实口径", "widening their errors does not help; check them")
    return refused(
        "calibrate",
        f"下列公布数超出模型所能解释的范围，待核实：{'；'.join(zh) or '—'}。{advice.zh}",
        f"figures beyond what the model can give, to be confirmed: {'; '.join(en) or '—'}. {advice.en}",
    )


# --- The result -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Wanted:
    """Where the files go, whether they are made anew, and the language of the figure."""

    out: Path | None
    force: bool
    lang: str


def _document(
    pack: Pack, as_of: int, facts: tuple[Observation, ...], posterior: Posterior, wanted: Wanted
) -> dict[str, Any]:
    """The document: read from a finished folder of the same calibration, or computed and written."""
    described = calibration_manifest(pack, as_of, posterior)
    key = fingerprint(described)
    folder = wanted.out or results_folder() / f"calibrate-{pack.id}-{as_of}-{key[:12]}"
    figure = f"figures/{STEM}{'' if wanted.lang == 'zh' else '_en'}.png"
    needed = [DOCUMENT, FACTS, PARAMETERS, *([figure] if posterior.components else [])]
    if not wanted.force and finished(folder, key, needed):
        document: dict[str, Any] = json.loads((folder / DOCUMENT).read_text(encoding="utf-8"))
        return {**document, "result": shown_folder(folder)}
    may_replace(folder, key, wanted.force)
    document = calibration_document(pack, as_of, facts, posterior)

    def fill(path: Path) -> None:
        write_calibration(path, document)
        write_calibration_figure(path / "figures", document, wanted.lang)

    write_folder(folder, key, wanted.force, fill, described)
    return {**document, "result": shown_folder(folder)}
