"""What a calibration that exists already leaves of the figures: for `check`, which makes none of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from sim.cli.calibrate_pages import large_words
from sim.cli.terminal import page_width, wrap_cells
from sim.conditioning.problem import ConditioningError
from sim.conditioning.service import cache_file, committed_file, kept, region_problem
from sim.errors import InputError
from sim.language import Text
from sim.output.calibration import fact_lines, large
from sim.region.pack import Pack
from sim.resources import results_folder
from sim.targets import latest_known

Record = dict[str, Any]


def residual_record(pack: Pack) -> Record | None:
    """Figures of the regions that stand out in the calibration as of the last year with figures; None without one.

    Only a file that fits facts, priors and model is used: that is seen at a few points, nothing else is simulated.
    """
    as_of, cache = latest_known(pack), results_folder() / "posterior"
    if as_of == pack.base_year or not any(
        path.is_file() for path in (committed_file(pack, as_of), cache_file(pack, as_of, cache))
    ):
        return None
    try:
        problem = region_problem(pack, as_of)
        found = kept(pack, as_of, cache, problem.problem())
    except (ConditioningError, InputError, ValueError):
        return None  # what is wrong with the figures is said in the parts above
    if found is None:
        return None
    lines = [line for line in fact_lines(pack, problem.facts, found) if line["region"] is not None]
    told = [{**line, "message": large_words(line).zh, "message_en": large_words(line).en}
            for line in lines if large(line)]  # fmt: skip
    return {"as_of": as_of, "facts": len(lines), "large": told}


def print_residuals(record: Mapping[str, Any] | None, lang: str) -> None:
    """The section of the page; where there is no calibration, how to make one."""
    click.echo(f"\n{Text('附：校准残差', 'Appendix: what calibration leaves').pick(lang)}\n")
    if record is None:
        said = Text(
            "没有与现在的公布数、先验和模型相符的校准结果；需要时运行 calibrate。",
            "No calibration fits the figures, priors and model as they are; run calibrate to make one.",
        )
    elif not record["large"]:
        said = Text(
            f"截至{record['as_of']}年的 {record['facts']} 项公布数校准后都没有大的余差。",
            f"Of the {record['facts']} figures up to {record['as_of']} calibration leaves none far off.",
        )
    else:
        said = Text(
            f"截至{record['as_of']}年的 {record['facts']} 项公布数中，校准后或与先验相差较多的：",
            f"Of the {record['facts']} figures up to {record['as_of']}, those far off after calibration or before it:",
        )
    _paragraph(said.pick(lang), 0)
    for line in record["large"] if record else []:
        _paragraph(line["message" if lang == "zh" else "message_en"], 2)


def _paragraph(text: str, indent: int) -> None:
    for line in wrap_cells(text, page_width() - indent):
        click.echo((" " * indent + line).rstrip())
