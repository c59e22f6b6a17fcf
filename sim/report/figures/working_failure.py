"""Conditions under which a target fails, found by PRIM."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.language import Text
from sim.material import Material
from sim.material.stored import Finished
from sim.output.probability import probability_text
from sim.report.blocks import Figure, Missing
from sim.report.editions import Edition
from sim.report.figures.working_parts import (
    BY_SENSITIVITY,
    Record,
    both,
    clean,
    drawn,
    matching,
    missing,
    scenario_of,
    with_id,
)

if TYPE_CHECKING:
    from sim.charts.box import BoxData, Restriction

FAILURE = Text("落空情形", "where a target fails")


def box(material: Material, edition: Edition, lang: str, asked: str | None = None) -> Figure | Missing:
    """Conditions under which a target fails, of the plan's first that has some by default."""
    if not material.sensitivity:
        return missing(FAILURE, BY_SENSITIVITY)
    result = material.sensitivity[0]
    part = result.document.get("failure")
    records = part["targets"] if part else []
    record = matching([record for record in records if record["boxes"]] if asked is None else records, asked)
    if record is None or not record["boxes"]:
        nothing = Text("没有哪一项目标找到落空的条件", "no conditions were found for any target")
        return missing(FAILURE, nothing if record is None else both(record, "reason"), asked)
    data = _box(result, record)

    from sim.charts.box import box_caption

    title = box_caption(data, lang).rstrip("。.")
    end = "。" if lang == "zh" else "."
    rates = Text(
        f"条件之内落空{probability_text(data.density[0])}，其余情形{probability_text(data.elsewhere[0])}。",
        f" Missed within: {probability_text(data.density[0])}, otherwise {probability_text(data.elsewhere[0])}.",
    )
    alt = with_id(title + end + rates.pick(lang), result.run_id, edition, lang)
    stem = f"box_{record['indicator']}_{record['year']}"
    return Figure(stem, title, drawn("box:box_chart", data, lang), alt, None, stem)


def _box(result: Finished, record: Record) -> BoxData:
    from sim.charts.box import BoxData

    found = record["boxes"][0]
    document, name = result.document, scenario_of(result.document)
    spans = _spans(document, record["id"])
    return BoxData(
        target=both(record),
        year=record["year"],
        restrictions=tuple(_restriction(one, spans) for one in found["restrictions"]),
        density=(found["density"], found["density_error"]),
        base=(found["base"], found["base_error"]),
        elsewhere=(found["elsewhere"], found["elsewhere_error"]),
        coverage=found["coverage"],
        sentence=both(found, "sentence"),
        source=Text(
            f"{document['region_label']}落空情形分析（{name.zh}，模拟{result.draws}次，一半找条件、一半计频率）",
            f"analysis of failures of {document['region_label_en']} ({name.en}, {result.draws} draws: conditions from "
            "one half, frequencies from the other)",
        ),
    )


def _spans(document: Record, target: str) -> dict[str, tuple[float, float]]:
    """p10 and p90 of inputs as the tornado of the same target has them."""
    part = document.get("tornado") or {"targets": []}
    bars: list[dict[str, Any]] = next((t["bars"] for t in part["targets"] if t["id"] == target), [])
    kept = [bar for bar in bars if bar["basis"] in ("model", "scenario")]
    return {bar["input"].split(".", 1)[-1]: (bar["low"], bar["high"]) for bar in kept}


def _restriction(record: Record, spans: dict[str, tuple[float, float]]) -> Restriction:
    from sim.charts.box import Restriction

    return Restriction(
        label=both(record),
        text=both(record, "text"),
        unit=Text(clean(record["unit"]), clean(record["unit"])),
        low=record["low"],
        high=record["high"],
        span=spans.get(record["input"]),
    )
