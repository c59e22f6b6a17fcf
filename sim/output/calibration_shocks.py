"""Shocks of past years as a calibration left them, in units of their usual size."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.output.calibration_family import QUANTILES, Causes, Family, Record, moved
from sim.parameters.priors import Z95
from sim.posterior.scores import Score
from sim.provenance.chance import CHANCES, OF_WORLD
from sim.provenance.inputs import BOUNDED, THE_WORLD, WORLD_PREFIX, rest_of
from sim.region.pack import Pack

#: Chance that is drawn for each industry, and for each cell; all other kinds are the region's.
OF_INDUSTRIES, OF_CELLS = "price_industry", ("cell", "cell_relative", "price", "energy")
INDUSTRIES = {
    "primary": Text("第一产业", "primary industry"),
    "secondary": Text("第二产业", "secondary industry"),
    "tertiary": Text("第三产业", "tertiary industry"),
}
WHOLE = {"": Text("", "")}


def shock_records(base_year: int, scores: Sequence[Score], family: Family, causes: Causes) -> list[Record]:
    """Shocks of the known years that moved; 1 is the usual size (one standard deviation) of each."""
    parts = {part.id: part for part in family.parts}
    out = []
    for score in scores:
        if score.row == 0 or score.source not in ("shocks", "reporting"):
            continue
        words = _words(score, parts)
        if words is None:  # what the rest of a city shares with a district is told under the city
            continue
        part = parts.get(score.stream.partition(".")[0])
        values = family.scores(part, score.source, score.stream, score.row)
        found = moved(values)
        if found is not None:
            quantiles = [float(x) for x in np.quantile(values, QUANTILES)]
            facts = causes.of(part, score.source, score.stream, score.row)
            record = _record(score, words, base_year + score.row, found)
            out.append(record | {"after": quantiles, "after_score": quantiles, "facts": facts})
    return out


def members_of(part: Pack) -> dict[str, Text]:
    """Cells, industries and bounded indicators of a pack by id; the whole region without a member."""
    return {**WHOLE, **INDUSTRIES, **_cells(part), **_bounded(part)}


def _cells(part: Pack) -> dict[str, Text]:
    return {cell.id: cell.label for cell in part.cells}


def _bounded(part: Pack) -> dict[str, Text]:
    return {one.indicator: INDICATORS[one.indicator].label for one in part.bounded}


def _words(score: Score, parts: Mapping[str, Pack]) -> tuple[Text, Text, Text] | None:
    """Region, kind and member of a shock; None where the region has no such member."""
    region, kind, member = [*score.stream.split(".", 2), ""][:3]
    if region == WORLD_PREFIX:
        return THE_WORLD, OF_WORLD[kind][0], WHOLE[""]
    part = parts.get(region)
    if part is None or kind not in CHANCES:
        return None
    if kind == OF_INDUSTRIES:
        own = INDUSTRIES
    else:
        own = _cells(part) if kind in OF_CELLS else _bounded(part) if kind == BOUNDED else WHOLE
    return (rest_of(part), CHANCES[kind][0], own[member]) if member in own else None


def _record(score: Score, words: tuple[Text, Text, Text], year: int, found: tuple[float, float]) -> Record:
    scope, kind, member = words
    return {
        "stream": score.stream,
        "kind": "shock",
        "name": score.stream.split(".")[1],
        "scope": scope.zh,
        "scope_en": scope.en,
        "member": member.zh or None,
        "member_en": member.en or None,
        "label": kind.zh,
        "label_en": kind.en,
        "unit": "1",
        "year": year,
        "before": [-Z95, 0.0, Z95],
        "mean": found[0],
        "sd": found[1],
        "place": "",
    }
