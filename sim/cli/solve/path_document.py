"""The document and the file of `solve --required-path`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.experiment.plan import Plan
from sim.experiment.results import confidence_word
from sim.language import Text
from sim.output.document import finite
from sim.output.findings import Table
from sim.output.probability import printed_share
from sim.output.second_opinion import opinion_record
from sim.region.pack import Pack
from sim.second_opinion import second_opinion
from sim.target_setting import History, RequiredPath
from sim.target_setting.superior import level_word
from sim.target_setting.words import tenths

Record = Mapping[str, Any]
QUANTILES = ("p10", "p50", "p90")


def path_document(
    plan: Plan, paths: Sequence[RequiredPath], independent: int, warnings: Sequence[Text]
) -> dict[str, Any]:
    """Everything that pages and files are made from."""
    pack, scenario = plan.pack, plan.scenarios[0]
    return {
        "region": pack.id,
        "region_label": pack.label.zh,
        "region_label_en": pack.label.en,
        "scenario": scenario.name,
        "scenario_label": scenario.label.zh,
        "scenario_label_en": scenario.label.en,
        "base_year": pack.base_year,
        "as_of": plan.known_until,
        "horizon": plan.horizon,
        "seed": plan.seed,
        "draws": plan.draws,
        "independent_draws": independent,
        "targets": [_path_record(path, pack, plan.known_until) for path in paths],
        "warnings": [w.zh for w in warnings],
        "warnings_en": [w.en for w in warnings],
        "result": None,
    }


def _both(name: str, text: Text | None) -> dict[str, str | None]:
    return {name: None if text is None else text.zh, f"{name}_en": None if text is None else text.en}


def _path_record(path: RequiredPath, pack: Pack, as_of: int) -> dict[str, Any]:
    target, needed, start, chance = path.target, path.needed, path.start, path.chance
    told = path.status == "evaluated"
    return {
        "id": target.id,
        "reading_of": target.reading_of,
        "indicator": target.indicator,
        **_both("label", target.label),
        "target_text": target.target_text,
        "unit": target.unit,
        "year": target.year,
        "operator": target.operator,
        "less": path.less,
        "status": path.status,
        **_both("reason", path.reason),
        "start": None
        if start is None
        else {
            "first": start.first,
            "year": start.year,
            "value": finite(start.value),
            "facts": list(start.facts),
            "remarks": [text.zh for text in start.remarks],
            "remarks_en": [text.en for text in start.remarks],
        },
        "wanted": finite(path.wanted),
        "needed": None
        if needed is None
        else {"kind": needed.kind, "value": needed.value, "first": needed.first, "last": needed.last},
        "measure": path.measure,
        **_both("basis", path.basis),
        "history": [_history_record(one, path, pack) for one in path.histories],
        "model": dict(zip(QUANTILES, path.model, strict=True)) if path.model else None,
        "probability": None if chance is None else chance.probability,
        "standard_error": None if chance is None else chance.standard_error,
        "probability_low": None if chance is None else finite(chance.low),
        "probability_high": None if chance is None else finite(chance.high),
        **_both("tenths", None if chance is None else tenths(chance.probability)),
        **_both("confidence_word", None if chance is None else confidence_word(printed_share(chance.probability))),
        "second_opinion": opinion_record(second_opinion(target, pack, as_of)) if told else None,
        "source": target.source,
        "source_title": target.source_title,
    }


def _history_record(one: History, path: RequiredPath, pack: Pack) -> dict[str, Any]:
    values = [window.value for window in one.windows]
    asked = path.needed is not None and path.needed.kind != "reached"
    return {
        "region": one.region,
        **_both("level", level_word(pack, one.region)),
        "asked_years": one.asked,
        "years": one.length,
        "short": one.short,
        "least": min(values),
        "most": max(values),
        "count": len(values),
        "reached": one.reached(path.needed.value, path.less) if asked and path.needed is not None else None,
        "first": min(window.first for window in one.windows),
        "last": max(window.last for window in one.windows),
        "windows": [
            {"first": window.first, "last": window.last, "value": window.value, "facts": list(window.facts)}
            for window in one.windows
        ],
    }


_HEADER = ("id", "label", "target_text", "unit", "year", "status", "reason", "start_year", "start", "start_facts",
           "wanted", "needed_kind", "needed_a_year", "first_year", "last_year", "measure", "basis", "region",
           "windows_years", "windows_short", "windows", "windows_reached", "windows_least", "windows_most", "model_p10",
           "model_p50", "model_p90", "probability", "standard_error", "probability_low",
           "probability_high")  # fmt: skip


def path_table(document: Record) -> Table:
    """path.csv: one row for each target and region with windows; one where there are none."""
    rows: list[tuple[object, ...]] = []
    for one in document["targets"]:
        start, needed, model = one["start"] or {}, one["needed"] or {}, one["model"] or {}
        head = (
            *(one[name] for name in ("id", "label", "target_text", "unit", "year", "status", "reason")),
            start.get("year"), start.get("value"), start.get("facts"), one["wanted"], needed.get("kind"),
            needed.get("value"), needed.get("first"), needed.get("last"), one["measure"], one["basis"],
        )  # fmt: skip
        tail = (
            *(model.get(name) for name in QUANTILES),
            *(one[name] for name in ("probability", "standard_error", "probability_low", "probability_high")),
        )
        for found in one["history"] or [{}]:
            names = ("region", "years", "short", "count", "reached", "least", "most")
            rows.append((*head, *(found.get(name) for name in names), *tail))
    return Table("path", _HEADER, tuple(rows))
