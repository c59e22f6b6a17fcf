"""Attribution in a comparison: records of the JSON document, rows of its file, and the table people read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.attribution.attribute import Attribution
from sim.attribution.groups import INTERACTION, Group
from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.output.further import plan_rows
from sim.output.paged import paged
from sim.output.tables import number_text, unit_text

Record = Mapping[str, Any]

#: Indicators of the printed table; files hold all of them.
SHOWN = (
    "gdp", "gdp_growth", "manufacturing_share", "marine_share", "services_share", "trade_total", "fdi",
    "household_income", "budget_revenue", "population",
)  # fmt: skip
#: Targets of the plan that are printed: the difference in percentage points is at least this.
LEAST_POINTS = 0.5
HEADER = ("kind", "id", "year", "scenario", "group", "contribution", "standard_error", "alone", "last")


def attribution_part(
    groups: Mapping[int, Sequence[Group]], attributions: Sequence[Attribution], scenarios: Sequence[str]
) -> dict[str, Any]:
    """The keys that attribution adds to the document of a comparison: groups by scenario, and the records."""
    return {
        "groups": {scenarios[index]: group_records(of_one) for index, of_one in groups.items()},
        "attribution": [attribution_record(found) for found in attributions],
    }


def group_records(groups: Sequence[Group]) -> list[dict[str, Any]]:
    """What is switched together."""
    return [{"id": g.id, "label": g.label.zh, "label_en": g.label.en, "inputs": sorted(g.inputs)} for g in groups]


def attribution_record(found: Attribution) -> dict[str, Any]:
    """One quantity; `contributions` sum to `total`, in the indicator's unit or as a probability in 0-1."""
    shares = found.shares.items()
    return {
        found.kind: found.id,
        "year": found.year,
        "scenario": found.scenario,
        "total": found.total,
        "contributions": {name: share.contribution for name, share in shares},
        "standard_errors": {name: share.standard_error for name, share in shares},
        "alone": {name: share.alone for name, share in shares},
        "last": {name: share.last for name, share in shares},
        "interaction": found.interaction,
    }


def attribution_rows(document: Mapping[str, Any]) -> list[list[object]]:
    """One row for each quantity and group, in the columns of HEADER; `interaction` is a row of its own."""
    rows: list[list[object]] = []
    for record in document["attribution"]:
        kind = "indicator" if "indicator" in record else "target"
        start = [kind, record[kind], record["year"], record["scenario"]]
        for name, value in record["contributions"].items():
            parts = [record[part][name] for part in ("standard_errors", "alone", "last")]
            rows.append([*start, name, repr(value), *(repr(part) for part in parts)])
        rows.append([*start, INTERACTION, repr(record["interaction"]), "", "", ""])
    return rows


def attribution_tables(
    document: Mapping[str, Any], years: Sequence[int], lang: str, width: int | None = None
) -> list[str]:
    """For each scenario but the first, what explains its differences, by group; cut between columns to `width`."""
    out = []
    labels = document["scenario_labels" if lang == "zh" else "scenario_labels_en"]
    for scenario, label in zip(document["scenarios"][1:], labels[1:], strict=True):
        groups = document["groups"].get(scenario)
        records = [record for record in document["attribution"] if record["scenario"] == scenario]
        if not groups or not records:
            continue
        rows = [*_target_rows(document, records, groups, lang), *_indicator_rows(records, groups, years, lang)]
        if rows:
            out.append(f"{_title(label, labels[0], lang)}\n{_grid(groups, rows, lang, width)}\n{_remark(lang)}")
    return out


def _title(label: str, first: str, lang: str) -> str:
    zh = f"“{label}”与“{first}”为什么不同：各组输入的贡献（合计等于差值）"
    return Text(zh, f'Why "{label}" differs from "{first}": contributions by group, summing to the difference').pick(
        lang
    )


def _remark(lang: str) -> str:
    return Text(
        "注：贡献是把各组输入按所有先后次序逐组改动，取其作用的平均（Shapley 值）；"
        "“联合作用”是几组同时改动才有的部分，已平均计入各组。±后为抽样标准误。",
        "Contributions average over all orders of switching (Shapley); what only appears jointly is shared among the "
        "groups and shown as interaction. ± is the Monte Carlo standard error.",
    ).pick(lang)


def _target_rows(
    document: Mapping[str, Any], records: Sequence[Record], groups: Sequence[Record], lang: str
) -> list[list[str]]:
    targets = document["targets"][document["scenarios"][0]]
    shown = {t["id"]: t for t in plan_rows(targets) if t["reading_of"] is None}
    rows = []
    for record in records:
        target = shown.get(record.get("target", ""))
        if target is None or abs(100.0 * record["total"]) < LEAST_POINTS:
            continue
        name = target["label" if lang == "zh" else "label_en"]
        what = Text(f"{name}：概率（点）", f"{name}: probability, points").pick(lang)
        rows.append([what, str(record["year"]), *_numbers(record, groups, 100.0, 1)])
    return rows


def _indicator_rows(
    records: Sequence[Record], groups: Sequence[Record], years: Sequence[int], lang: str
) -> list[list[str]]:
    found = {(record["indicator"], record["year"]): record for record in records if "indicator" in record}
    rows = []
    for name in SHOWN:
        for year in years:
            record = found.get((name, year))
            if record is None or record["total"] == 0.0:
                continue
            label = f"{INDICATORS[name].label.pick(lang)}（{unit_text(INDICATORS[name].unit, lang)}）"
            size = abs(record["total"])
            digits = 0 if size >= 100.0 else 1 if size >= 10.0 else 2
            rows.append([label, str(year), *_numbers(record, groups, 1.0, digits)])
    return rows


def _numbers(record: Record, groups: Sequence[Record], scale: float, digits: int) -> list[str]:
    """Total, contribution of each group, interaction."""

    def signed(value: float) -> str:
        text = number_text(scale * value, digits)
        return text if text.startswith("−") or not text.strip("0.") else f"+{text}"

    def with_error(name: str) -> str:
        value, error = record["contributions"][name], record["standard_errors"][name]
        if value == 0.0 and error == 0.0:
            return "0"
        least = 10.0**-digits
        small = f"<{least:g}" if scale * error < least / 2 else number_text(scale * error, digits)
        return f"{signed(value)} ± {small}"

    return [signed(record["total"]), *(with_error(group["id"]) for group in groups), signed(record["interaction"])]


def _grid(groups: Sequence[Record], rows: Sequence[Sequence[str]], lang: str, width: int | None) -> str:
    texts = (Text("指标", "Quantity"), Text("年份", "Year"), Text("差值", "Difference"))
    header = [text.pick(lang) for text in texts]
    header += [group["label" if lang == "zh" else "label_en"] for group in groups]
    header += [Text("其中联合作用", "of it interaction").pick(lang)]
    others = len(header) - 1
    return paged(header, rows, [False, *[True] * others], [46, *[20] * others], [2, *[1] * (others - 1)], width)
