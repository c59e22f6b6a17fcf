"""What the chart of the page shows: published years, and each scenario's values after them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.material import View
from sim.output.document import MILESTONES
from sim.output.further import plan_rows
from sim.output.outlook import HEADLINES
from sim.output.probability import ranged_text
from sim.output.tables import figure_text, number_text, reading_text
from sim.report.figures.pasted_shared import worded
from sim.targets import known
from sim.webpage.codes import packed, width_for
from sim.webpage.curves import curve, readable
from sim.webpage.desk import Desk

Record = Mapping[str, Any]

GROUPS = (
    Text("规划指标", "Indicators of the plan"),
    Text("主要经济指标", "Headline indicators"),
    Text("其他指标", "Other indicators"),
)


def all_years(desk: Desk) -> list[int]:
    """Years from the first base year to the last horizon."""
    documents = [view.document for view in desk.views]
    first = min(int(document["base_year"]) for document in documents)
    return list(range(first, max(int(document["horizon"]) for document in documents) + 1))


def milestones(desk: Desk) -> list[int]:
    """Years to choose from: those of plans after the cut-off, else the last one."""
    years = all_years(desk)
    later = [year for year in MILESTONES if max(years[0], desk.material.as_of) < year <= years[-1]]
    return later or years[-1:]


def shown_indicators(desk: Desk) -> list[tuple[str, int]]:
    """Indicators with a projected value, each with its place in GROUPS: those of the plan, headlines, others."""
    last = max(all_years(desk))
    with_values = {
        record["indicator"]
        for view in desk.views
        for record in view.document["indicators"]
        if record["p50"] is not None and desk.material.as_of < record["year"] <= last
    }
    groups: list[Sequence[str]] = [
        [r["indicator"] for r in plan_rows(desk.lead.targets) if r["status"] in ("evaluated", "reported")],
        HEADLINES,
        tuple(INDICATORS),
    ]
    found: dict[str, int] = {}
    for place, names in enumerate(groups):
        for name in names:
            if name in with_values and name in INDICATORS:
                found.setdefault(name, place)
    return list(found.items())


def indicator_data(desk: Desk, indicator: str, group: int) -> dict[str, Any]:
    """One indicator for the chart. Values are whole numbers in steps of its last printed digit."""
    item, years, digits = INDICATORS[indicator], all_years(desk), desk.digits(indicator)
    published = _published(desk, indicator, years, digits)
    joined = [point for point in published if not point["other"]]
    start = years.index(joined[-1]["year"]) + 1 if joined else 0
    records = [_by_year(view, indicator) for view in desk.views]
    middle, low, high = (
        [_steps(found, name, years[start:], digits) for found in records] for name in ("p50", "p10", "p90")
    )
    shown = (*middle, *low, *high) if desk.edition.chances else middle  # a range must not show in `least`
    known_steps = [step for series in shown for step in series if step is not None]
    least = min(known_steps, default=0)
    width = width_for(max(known_steps, default=0) - least)
    found: dict[str, Any] = {
        "name": desk.say(item.label),
        "unit": desk.unit(indicator),
        "group": group,
        "digits": digits,
        "published": published,
        "start": start,
        "least": least,
        "width": width,
        "middle": [packed(series, least, width) for series in middle],
    }
    if desk.edition.chances:
        found["low"] = [packed(series, least, width) for series in low]
        found["high"] = [packed(series, least, width) for series in high]
        found |= _movable(desk, indicator)
    return found


def _movable(desk: Desk, indicator: str) -> dict[str, Any]:
    """The curves of every milestone year and the targets whose line can be moved."""
    views = desk.views
    return {
        "better": -1 if INDICATORS[indicator].direction < 0 else 1,
        "curves": {str(year): [curve(view, indicator, year) for view in views] for year in milestones(desk)},
        "targets": [entry for year in milestones(desk) for entry in _targets(desk, indicator, year)],
    }


def _by_year(view: View, indicator: str) -> dict[int, Record]:
    return {record["year"]: record for record in view.document["indicators"] if record["indicator"] == indicator}


def _steps(records: Mapping[int, Record], name: str, years: Sequence[int], digits: int) -> list[int | None]:
    values = [records[year][name] if year in records else None for year in years]
    return [None if value is None else round(value * 10**digits) for value in values]


def _published(desk: Desk, indicator: str, years: Sequence[int], digits: int) -> list[dict[str, Any]]:
    """Published figures up to the cut-off with their sources; those on another basis are marked."""
    pack, found = desk.material.pack, []
    marked = {r["year"]: r.get("other_basis") for r in desk.lead.document["indicators"] if r["indicator"] == indicator}
    for year in (year for year in years if year <= desk.material.as_of):
        told = known(pack, indicator, year)
        if told is None:
            continue
        cited = [desk.of_fact(fact.id) for fact in told.facts]
        text = worded(figure_text(told.value), told.fact, desk.lang) if told.fact else number_text(told.value, digits)
        point = {"year": year, "value": told.value, "text": text, "other": bool(marked.get(year))}
        found.append(point | {"sources": [number for number in cited if number]})
    return found


def _targets(desk: Desk, indicator: str, year: int) -> list[dict[str, Any]]:
    """Stored targets of an indicator and year whose line can be moved; the plan's first."""
    plan = {record["id"] for record in plan_rows(desk.lead.targets)}
    records = [
        record for record in desk.lead.targets
        if (record["indicator"], record["year"]) == (indicator, year) and readable(desk.lead, record)
    ]  # fmt: skip
    return [_target(desk, record) for record in sorted(records, key=lambda r: r["id"] not in plan)]


def _target(desk: Desk, record: Record) -> dict[str, Any]:
    label = record["label"] if desk.lang == "zh" else record["label_en"]
    reading = f"（{reading_text(record, desk.lang)}）" if record["reading_of"] else ""
    text = desk.say(Text(f"{label}：{record['target_text']}", f"{label}: {record['target_text']}")) + reading
    return {
        "year": record["year"],
        "text": text,
        "printed": record["target_text"] or figure_text(record["value"]),
        "operator": record["operator"],
        "value": record["value"],
        "width": 0 if record["value_high"] is None else record["value_high"] - record["value"],
        "tolerance": record["tolerance"] or 0,
        "source": desk.of_target(record),
        "chances": [_stored(view.target(record["id"]), desk.lang) for view in desk.views],
    }


def _stored(record: Record | None, lang: str) -> str | None:
    """The stored probability of a scenario as printed, with its range."""
    return None if record is None or record["probability"] is None else ranged_text(record, lang)


def plan_words(desk: Desk) -> list[str]:
    """高方案, 中方案, 低方案 of each scenario by its output in the last year; empty where that tells none apart."""
    last = milestones(desk)[-1]
    records = [view.indicator("gdp", last) for view in desk.views]
    values = [None if record is None else record["p50"] for record in records]
    known_values = [value for value in values if value is not None]
    if len(known_values) < len(values) or len(set(known_values)) < len(values) or len(values) < 2:
        return [""] * len(values)
    words = {min(known_values): Text("低方案", "low"), max(known_values): Text("高方案", "high")}
    return [desk.say(words.get(value, Text("中方案", "middle"))) for value in known_values]
