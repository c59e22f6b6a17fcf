"""`calibrate --prove N`: the method on made-up regions whose truth is known."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from sim.cli.inputs import refused
from sim.cli.run.command import shown_folder
from sim.cli.terminal import page_width, wrap_cells, write_table
from sim.conditioning.proof import AS_DRAWN, RANKS_FILE, SUMMARY_FILE, judged
from sim.conditioning.synthetic import prove_region
from sim.language import Text
from sim.region.pack import Pack
from sim.resources import results_folder

#: Of so many regions as drawn, one more has a fact that is wrong.
WRONG_EVERY = 5


def proved(pack: Pack, as_of: int, seed: int, regions: int, out: Path | None) -> dict[str, Any]:
    """Prove on `regions` regions, or go on with a proof that was interrupted; the verdicts as a document.

    The made-up regions are like `pack`, by itself, with reports of the same kinds and errors as its own.
    """
    if as_of <= pack.base_year:
        raise refused("--prove", "基年以后没有公布数，无从检验", "no figures after the base year to prove with")
    folder = out or results_folder() / f"proof-{pack.id}-{as_of}-{seed}"

    def told(step: str) -> None:
        click.echo(f"检验 (proof) {step}", err=True)

    results = prove_region(pack, as_of, folder, seed, regions=regions, outliers=regions // WRONG_EVERY, told=told)
    done = [one for one in results if one.cohort == AS_DRAWN]
    verdicts = judged(results)
    return {
        "region": pack.id,
        "as_of": as_of,
        "seed": seed,
        "regions": len(done),
        "refused": sum(one.refused for one in done),
        "quantities": {
            name: {"regions": u.count, "inside": u.inside, "p_value": u.p_value, "covered_50": u.covered[0],
                   "covered_90": u.covered[1], "mean_rank": u.mean, "spread": u.spread}
            for name, u in sorted(verdicts.items())
        },
        "result": shown_folder(folder),
    }  # fmt: skip


def print_proof(document: Mapping[str, Any], lang: str) -> None:
    """How many quantities have uniform ranks, and those that have not."""
    found = document["quantities"]
    inside = sum(one["inside"] for one in found.values())
    text = Text(
        f"造了 {document['regions']} 个真值已知的地区（拒绝 {document['refused']} 个），对 {len(found)} 个量看真值在"
        f"校准结果中的名次：{inside} 个落在95%同时带以内。以下为各量90%区间的覆盖率，名次最不均匀的在前。",
        f"{document['regions']} made-up regions ({document['refused']} refused), {len(found)} quantities: the ranks of "
        f"{inside} stay inside the simultaneous 95 % band. Coverage of 90 % intervals, the least uniform first.",
    )
    for line in wrap_cells(text.pick(lang), page_width()):
        click.echo(line)
    header = [Text("量", "Quantity"), Text("地区数", "Regions"), Text("在带内", "Inside"), Text("p值", "p"),
              Text("50%覆盖", "50 %"), Text("90%覆盖", "90 %")]  # fmt: skip
    yes = Text("是", "yes"), Text("否", "no")
    rows = [
        [name, str(one["regions"]), yes[0 if one["inside"] else 1].pick(lang), f"{one['p_value']:.2f}",
         f"{one['covered_50']:.0%}", f"{one['covered_90']:.0%}"]
        for name, one in sorted(found.items(), key=lambda pair: (pair[1]["p_value"], pair[0]))
    ]  # fmt: skip
    write_table(header, rows, [40, 8, 8, 8, 8, 10], lang, ruled=False)
    files = f"{document['result']}（{RANKS_FILE}、{SUMMARY_FILE}）"
    click.echo(
        f"结果文件夹：{files}" if lang == "zh" else f"Files: {document['result']} ({RANKS_FILE}, {SUMMARY_FILE})"
    )
