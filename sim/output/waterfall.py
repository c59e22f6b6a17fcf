"""Which difference between two scenarios is drawn as a waterfall, and its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.output.further import plan_rows

#: A probability is drawn where it differs by so much, else the level of GDP at the horizon.
LEAST = 0.01
LEVEL = "gdp"


def waterfall_data(document: Mapping[str, Any], place: int) -> Any:
    """What the waterfall of the scenario at `place` shows; None where nothing was attributed or nothing differs."""
    scenario = document["scenarios"][place]
    groups = document["groups"].get(scenario)
    records = [record for record in document["attribution"] if record["scenario"] == scenario]
    if not groups or not records:
        return None
    by_target = {record["target"]: record for record in records if "target" in record}
    targets = [t for t in plan_rows(document["targets"][document["scenarios"][0]]) if t["reading_of"] is None]
    for target in targets:
        found = by_target.get(target["id"])
        if found is not None and abs(found["total"]) >= LEAST:
            quoted = Text(f"“{target['label']}”达到目标的概率", f"{target['label_en']}: probability of the target")
            return _data(document, place, found, groups, (quoted, Text("%", "%"), target["probability"]))
    level = [record for record in records if record.get("indicator") == LEVEL and record["total"] != 0.0]
    if not level:
        return None
    last = max(level, key=lambda record: record["year"])
    start = next(
        record["mean"]
        for record in document["indicators"][document["scenarios"][0]]
        if (record["indicator"], record["year"]) == (LEVEL, last["year"])
    )
    item = INDICATORS[LEVEL]
    return _data(document, place, last, groups, (item.label, Text(item.unit, item.unit), start))


def _decimals(total: float) -> int:
    """Digits after the point of a difference in a level, as in the printed table."""
    return 0 if total >= 100.0 else 1 if total >= 10.0 else 2


def _data(
    document: Mapping[str, Any],
    place: int,
    record: Mapping[str, Any],
    groups: list[Mapping[str, Any]],
    shown: tuple[Text, Text, float],
) -> Any:
    from sim.charts import Step, WaterfallData

    quantity, unit, start = shown
    probable = "target" in record
    scale = 100.0 if probable else 1.0
    zh, en = document["scenario_labels"], document["scenario_labels_en"]
    steps = tuple(
        Step(
            Text(group["label"], group["label_en"]),
            scale * record["contributions"][group["id"]],
            scale * record["standard_errors"][group["id"]],
        )
        for group in groups
    )
    return WaterfallData(
        quantity=quantity,
        unit=unit,
        year=record["year"],
        first=Text(zh[0], en[0]),
        second=Text(zh[place], en[place]),
        start=scale * start,
        steps=steps,
        decimals=1 if probable else _decimals(abs(record["total"])),
        source=Text(f"{document['region_label']}情景比较", f"comparison of scenarios, {document['region_label_en']}"),
        probability=probable,
    )
