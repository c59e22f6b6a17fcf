"""What a calibration that exists already leaves of the figures: for `check`, which makes none and simulates nothing."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from sim.cli.terminal import page_width, wrap_cells
from sim.conditioning.files import cache_file, committed_file
from sim.conditioning.residuals import large, large_words
from sim.errors import InputError, SimError
from sim.facts.ledger import Fact
from sim.facts.names import name_of, read_names
from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.posterior.posterior import Posterior
from sim.posterior.store import read_posterior
from sim.preflight.statements import region_names
from sim.region.pack import Pack
from sim.resources import results_folder
from sim.targets import latest_known

Record = dict[str, Any]


def residual_record(pack: Pack) -> Record | None:
    """Figures of the regions that stand out in the calibration as of the last year with figures; None without one.

    A file whose figures are no longer those of the ledger is not used. Whether it fits priors and model as well is
    not looked at: that takes a simulation, which `calibrate` makes.
    """
    as_of = latest_known(pack)
    if as_of == pack.base_year:
        return None
    for path in (committed_file(pack, as_of), cache_file(pack, as_of, results_folder() / "posterior")):
        found = _read(path)
        lines = None if found is None or found.as_of != as_of else _lines(pack, found)
        if lines:
            told = [{**line, "message": large_words(line).zh, "message_en": large_words(line).en}
                    for line in sorted(lines, key=lambda line: -abs(line["residual"])) if large(line)]  # fmt: skip
            return {"as_of": as_of, "facts": len(lines), "large": told}
    return None


def _read(path: Path) -> Posterior | None:
    try:
        return read_posterior(path) if path.is_file() else None
    except InputError:
        return None  # damaged: `calibrate` says so and makes it anew


def _lines(pack: Pack, posterior: Posterior) -> list[Record] | None:
    """What the record says of every figure of the regions; None where one is not what the ledger has now."""
    regions = {region.id: region for region in (pack, *pack.districts, pack.surroundings) if region is not None}
    regions |= {district.id: district for district in (pack.whole.districts if pack.whole is not None else ())}
    names, labels = read_names(pack.folder.parent / "indicators.yaml"), region_names(pack)
    lines = []
    for said in posterior.record.get("facts", ()):
        region, _, id = said["id"].partition(".")
        if region == "world":
            continue
        fact = _fact(regions.get(region), id)
        if fact is None or not _same(fact, regions[region], said):
            return None
        label, what = labels.get(region, Text(region, region)), name_of(fact.indicator, names)
        before = (said["value"] - said["expected"]) / said["spread"]
        lines.append(
            {**said, "region": region, "unit": _unit(fact), "before": before,
             "label": f"{label.zh}{fact.last_year}年{what.zh}", "label_en": f"{label.en}, {what.en}, {fact.last_year}"}
        )  # fmt: skip
    return lines


def _fact(region: Pack | None, id: str) -> Fact | None:
    return None if region is None else next((fact for fact in region.own_facts if fact.id == id), None)


def _unit(fact: Fact) -> str:
    return INDICATORS[fact.indicator].unit if fact.indicator in INDICATORS else fact.unit


def _same(fact: Fact, region: Pack, said: Mapping[str, Any]) -> bool:
    try:
        centre = fact.interval(region.words, _unit(fact)).centre
    except SimError:
        return False
    return math.isclose(centre, said["value"], rel_tol=1e-6)


def print_residuals(record: Mapping[str, Any] | None, lang: str) -> None:
    """The section of the page; where there is no calibration, how to make one."""
    click.echo(f"\n{Text('附：校准残差', 'Appendix: what calibration leaves').pick(lang)}\n")
    if record is None:
        said = Text(
            "没有与现在的公布数相符的校准结果；需要时运行 calibrate。",
            "No calibration fits the figures as they are; run calibrate to make one.",
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
