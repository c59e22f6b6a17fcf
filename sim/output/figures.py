"""Figures of a result: which chart of which numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.output.further import plan_rows
from sim.output.waterfall import waterfall_data

REASONS = {
    "no_baseline": Text("缺基数", "no baseline"),
    "not_quantified": Text("未量化", "no number"),
    "not_modelled": Text("未建模", "not modelled"),
    "beyond_horizon": Text("超期", "beyond horizon"),
    "reported": Text("已公布", "reported"),
}
#: Where a record gives neither a probability nor a reason known here.
NO_NUMBER = Text("未给出", "not given")
#: Operators whose number can stand as a line in a fan chart.
DRAWN = (">=", "<=", "about", "between")


def fan_stem(indicator: str, lang: str) -> str:
    """File name of a fan chart, without its ending."""
    return f"fan_{indicator}" + ("" if lang == "zh" else f"_{lang}")


def attainment_stem(lang: str) -> str:
    """File name of the attainment heat map, without its ending."""
    return "attainment" + ("" if lang == "zh" else f"_{lang}")


def waterfall_stem(place: int, lang: str) -> str:
    """File name of the waterfall of the scenario at a place (the first is 0), without its ending."""
    return f"waterfall_{place + 1}" + ("" if lang == "zh" else f"_{lang}")


def headline_target(document: Mapping[str, Any], indicator: str | None = None) -> Mapping[str, Any] | None:
    """The target whose fan chart a run draws: of the indicator asked for, or the plan's first with a number."""
    for record in document["targets"]:
        drawable = record["operator"] in DRAWN and record["status"] == "evaluated" and record["reading_of"] is None
        if drawable and indicator in (None, record["indicator"]):
            found: Mapping[str, Any] = record
            return found
    return None


def write_run_figures(folder: Path, document: Mapping[str, Any], indicator: str | None, lang: str) -> None:
    """Draw a run's figures into `folder`: the fan chart of a target, and the attainment of all of them."""
    from sim.charts import fan_caption, fan_chart, save

    target = headline_target(document, indicator)
    name = indicator or (target["indicator"] if target else "gdp_growth")
    data = fan_data(document, name)
    caption = fan_caption(data, lang)
    save(fan_chart(data, lang), folder, fan_stem(name, lang), description=caption)
    scenario = Text(document["scenario_label"], document["scenario_label_en"])
    attainment = heatmap_data([scenario], [document["targets"]]) if document["targets"] else None
    _write_map(folder, attainment, lang, [f"{fan_stem(name, lang)}：{caption}"])


def write_comparison_figure(folder: Path, document: Mapping[str, Any], lang: str) -> None:
    """Draw the attainment heat map of several scenarios into `folder`, and what explains each but the first."""
    from sim.charts import save, waterfall_caption, waterfall_chart

    pairs = zip(document["scenario_labels"], document["scenario_labels_en"], strict=True)
    records = [document["targets"][s] for s in document["scenarios"]]
    captions = []
    for place in range(1, len(document["scenarios"])):
        data = waterfall_data(document, place)
        if data is not None:
            caption = waterfall_caption(data, lang)
            save(waterfall_chart(data, lang), folder, waterfall_stem(place, lang), description=caption)
            captions.append(f"{waterfall_stem(place, lang)}：{caption}")
    _write_map(folder, heatmap_data([Text(*pair) for pair in pairs], records) if any(records) else None, lang, captions)


def _write_map(folder: Path, data: Any, lang: str, captions: list[str]) -> None:
    """Draw the heat map, and write the captions that go below the figures when they are pasted.

    `data` is None for a region without targets: it has no map.
    """
    from sim.charts import attainment_heatmap, heatmap_caption, save

    lines = list(captions)
    if data is not None:
        caption = heatmap_caption(data, lang)
        save(attainment_heatmap(data, lang), folder, attainment_stem(lang), description=caption)
        lines.append(f"{attainment_stem(lang)}：{caption}")
    if lines:
        (folder / "captions.txt").write_bytes(("\n".join(lines) + "\n").encode("utf-8"))


def reads_indicator(record: Mapping[str, Any], indicators: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a target is judged by its indicator's own value in its year.

    Of a fall counted from the start of its own plan, or a change, the draws have another median than the indicator.
    """
    own = next(
        (r["p50"] for r in indicators if (r["indicator"], r["year"]) == (record["indicator"], record["year"])), None
    )
    middle = record.get("p50")
    return own is None or middle is None or bool(abs(own - middle) <= 1e-6 * max(abs(own), 1.0))


def fan_data(document: Mapping[str, Any], indicator: str) -> Any:
    """What the fan chart of one indicator shows, from a run's document."""
    from sim.charts import FanData, FanTarget

    records = [r for r in document["indicators"] if r["indicator"] == indicator]
    base = document["base_year"]
    start = next((r["p50"] for r in records if r["year"] == base), None)
    published = [(r["year"], r["reported"]) for r in records if r["reported"] is not None]
    if published:  # the fan opens at the last published figure, whatever earlier years lack one
        base, published = published[-1][0], [(base, start), *published] if start is not None else published
        records = [r for r in records if r["year"] > base]
    elif start is not None:
        published = [(base, start)]
    targets = [
        t for t in document["targets"]
        if t["indicator"] == indicator and t["operator"] in DRAWN and t["reading_of"] is None
        and (t["probability"] is None or reads_indicator(t, records))
    ]  # fmt: skip
    plan = {t["id"] for t in plan_rows(document["targets"])}
    # Where the plan's own table sets one, the targets of other documents would crowd it out.
    targets = [t for t in targets if t["id"] in plan] or targets
    told = Text("", "")
    if base > document["base_year"]:
        told = Text("其后公布数见台账各项来源，", "later figures as cited in the ledger, ")
    item = INDICATORS[indicator]
    names = ("p05", "p10", "p25", "p50", "p75", "p90", "p95")
    values: dict[str, Any] = {name: tuple(r[name] for r in records) for name in names}
    title = next((t["source_title"] for t in targets if t["source_title"]), document["region_label"])
    return FanData(
        indicator=item.label,
        unit=Text(item.unit, item.unit),
        scenario=Text(document["scenario_label"], document["scenario_label_en"]),
        base_year=base,
        reported=tuple(published),
        years=tuple(r["year"] for r in records),
        targets=tuple(
            FanTarget(
                text=Text(t["target_text"] or f"{t['value']:g}", t["target_text"] or f"{t['value']:g}"),
                value=t["value"],
                year=t["year"],
                value_high=t["value_high"],
                probability=t["probability"],
                standard_error=t["standard_error"],
                probability_low=t["probability_low"],
                probability_high=t["probability_high"],
            )
            for t in targets
        ),
        source=Text(f"{title}；{told.zh}{base}年后为模型推算", f"{title}; {told.en}model estimates after {base}"),
        **values,
    )


def heatmap_data(scenarios: Sequence[Text], targets: Sequence[Sequence[Mapping[str, Any]]]) -> Any:
    """What the attainment heat map shows: the plan's rows in their first reading, one column a scenario."""
    from sim.charts import HeatmapCell, HeatmapData, HeatmapTarget

    def cell(record: Mapping[str, Any]) -> HeatmapCell:
        reason = REASONS.get(record["status"], NO_NUMBER) if record["probability"] is None else None
        return HeatmapCell(record["probability"], reason)

    by_id = [{t["id"]: t for t in records} for records in targets]
    rows = [t for t in plan_rows(targets[0]) if t["reading_of"] is None and all(t["id"] in other for other in by_id)]
    cells = [[cell(other[t["id"]]) for other in by_id] for t in rows]
    title = next((t["source_title"] for t in rows if t["source_title"]), "")
    return HeatmapData(
        scenarios=tuple(scenarios),
        targets=tuple(
            HeatmapTarget(
                Text(t["label"], t["label_en"]),
                Text(t["target_text"] or "—", t["target_text"] or "—"),
                t["year"],
                Text(t["category"], t["category"]) if t["category"] else None,
            )
            for t in rows
        ),
        cells=tuple(tuple(row) for row in cells),
        source=Text(f"{title}；概率为模型推算", f"{title}; probabilities are model estimates"),
        standard_error=max((t["standard_error"] or 0.0 for records in targets for t in records), default=0.0),
    )
