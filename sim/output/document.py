"""The JSON document of a run: the one shape that tables, charts, files and scripts read."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from sim.experiment.model_error import GRADES
from sim.experiment.results import ScenarioResult, TargetResult, confidence_word
from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.output.contributions import cell_records, contribution_records
from sim.output.places import data_place
from sim.output.probability import probability_text
from sim.output.second_opinion import opinion_record
from sim.region.pack import Pack
from sim.second_opinion import second_opinion
from sim.targets import Known, Target, known
from sim.targets.comparable import comparison

#: Years that plans are made for.
MILESTONES = (2025, 2030, 2035)
#: Years of the peak are told in spans this long.
PEAK_SPAN = 5
QUANTILE_NAMES = {0.05: "p05", 0.10: "p10", 0.25: "p25", 0.50: "p50", 0.75: "p75", 0.90: "p90", 0.95: "p95"}


def finite(value: float | None) -> float | None:
    """The number, or None where JSON has no word for it."""
    return None if value is None or not math.isfinite(value) else float(value)


def target_record(result: TargetResult, pack: Pack, as_of: int) -> dict[str, Any]:
    """One target as in the contract, with figures up to `as_of` known. Probabilities are in 0-1 and unrounded.

    `non_binding` : whether no more is asked for than there was in the base year; `second_opinion` : how often such
    growth targets were met elsewhere, null for all other targets.
    """
    target = result.target
    judged = result.status == "evaluated"
    quantiles = result.quantiles or {}
    reached = None
    if judged:
        by_year = {str(year): share for year, share in (result.by_year or {}).items()}
        reached = {"p50": result.first_year, "never": result.never, "by_year": by_year}
    return {
        "id": target.id,
        "reading_of": target.reading_of,
        "indicator": target.indicator,
        "row": target.row,
        "category": target.category,
        "label": target.label.zh,
        "label_en": target.label.en,
        "target_text": target.target_text,
        "nature": target.nature,
        "owner": list(target.owners),
        "year": target.year,
        "operator": target.operator,
        "value": target.value,
        "value_high": target.value_high,
        "tolerance": target.tolerance,
        "benchmark": target.benchmark,
        "margin": target.margin,
        "base": target.base,
        "base_text": target.base_text,
        "unit": target.unit,
        "mechanism": INDICATORS[target.indicator].mechanism if target.indicator in INDICATORS else "none",
        "status": result.status,
        "probability": result.probability,
        "standard_error": result.standard_error,
        "probability_low": finite(result.probability_low),
        "probability_high": finite(result.probability_high),
        "range_reason": None if result.range_reason is None else result.range_reason.zh,
        "range_reason_en": None if result.range_reason is None else result.range_reason.en,
        "grade": result.grade,
        "grade_text": None if result.grade is None else GRADES[result.grade].zh,
        "grade_text_en": None if result.grade is None else GRADES[result.grade].en,
        "range_from": [
            {"name": p.name, "origin": data_place(p.origin, pack), "share": p.share} for p in result.range_from
        ],
        "confidence_word": None if result.probability is None else confidence_word(result.probability).zh,
        "non_binding": judged and idle(target, pack, "zh") is not None,
        "second_opinion": opinion_record(second_opinion(target, pack, as_of)) if judged else None,
        "p10": finite(quantiles.get(0.10)),
        "p50": finite(quantiles.get(0.50)),
        "p90": finite(quantiles.get(0.90)),
        "shortfall": finite(result.shortfall),
        "first_year": reached,
        "actual": None if result.reported is None else result.reported.actual,
        "outcome": None if result.reported is None else result.reported.outcome,
        "source": target.source,
        "source_title": target.source_title,
        "note": _note(result, pack, "zh"),
        "note_en": _note(result, pack, "en"),
    }


def _note(result: TargetResult, pack: Pack, lang: str) -> str | None:
    """How the target is read, why it is not evaluated, and whether it asks for anything."""
    target = result.target
    reason = None if result.reason is None else result.reason.pick(lang)
    reading = None if target.note is None else target.note.pick(lang)
    parts = [reading, idle(target, pack, lang) if result.status == "evaluated" else None]
    if target.indicator == "fdi":
        last = max((f.last_year for f in pack.own_facts if f.indicator == "fdi" and f.nature != "target"), default=None)
        if last is not None:
            parts.append(f"最近一期公布数为{last}年。" if lang == "zh" else f"The last figure published is of {last}.")
    told = result.status == "no_baseline" and reading is not None and reading.startswith(("缺", "Missing"))
    if reading is None:
        parts.insert(0, reason)
    elif result.status in ("not_modelled", "no_baseline", "reported") and reason is not None and not told:
        parts.insert(0, reason.rstrip("。.") + ("；" if lang == "zh" else "; "))
    if reading is None and target.operator == "direction":
        parts.append("按目标年不逆于上年的方向判定。" if lang == "zh" else "Met when no worse than the year before.")
    if target.operator == "direction" and result.by_year is not None and not rising(target):
        parts.append(peak_years(result, lang))
    return "".join(p for p in parts if p) or None


def peak_years(result: TargetResult, lang: str) -> str:
    """Where the peak lies in the draws that are past it, in spans of five years."""
    year, shares = result.target.year, result.by_year or {}
    parts = []
    for first in range(min(shares, default=year), year, PEAK_SPAN):
        last = min(first + PEAK_SPAN - 1, year - 1)
        share = sum(p for y, p in shares.items() if first <= y <= last)
        span = f"{first}—{last}" if last > first else str(first)
        parts.append(f"{span}年{probability_text(share)}" if lang == "zh" else f"{span} {probability_text(share)}")
    never = probability_text(result.never)
    if lang == "zh":
        return f"达峰年份分布：{'，'.join(parts)}；到{year}年尚未过峰{never}。"
    return f" Year of the peak: {', '.join(parts)}; not past it by {year} {never}."


def rising(target: Target) -> bool:
    """Whether a target of direction asks for more: such a quantity has no peak to tell of."""
    falling = target.direction is None and INDICATORS[target.indicator].direction < 0
    return not (falling or target.direction == "falling")


def idle(target: Target, pack: Pack, lang: str) -> str | None:
    """Sentence on a target that binds nobody: the base year's pace exceeds it, or its level is above it already.

    Of levels only: a growth rate of one year says nothing of the next.
    """
    if not target.value or "growth" in target.indicator or target.indicator not in INDICATORS:
        return None
    if target.operator == "cumulative" and target.first_year is not None:
        pace, had = target.value / (target.year - target.first_year + 1), _of_base(target, pack)
        if had is None or pace >= had:
            return None
        zh = f"目标折合每年{pace:g}，低于基年{had:g}，按基年水平即可完成，不具约束力。"
        en = f"The target amounts to {pace:g} a year, below the base year's {had:g}: it does not bind."
        return Text(zh, en).pick(lang)
    if target.operator == ">=" and INDICATORS[target.indicator].direction > 0:
        had = _of_base(target, pack)
        if had is None or target.value >= had:
            return None
        zh = f"目标{target.value:g}低于{pack.base_year}年的{had:g}，保持现有水平即可完成，不具约束力。"
        en = f" The target of {target.value:g} is below the {had:g} of {pack.base_year}: it does not bind."
        return Text(zh, en).pick(lang)
    return None


def _of_base(target: Target, pack: Pack) -> float | None:
    """What the target's base says, else the figure of the base year."""
    found = None if target.base is not None else known(pack, target.indicator, pack.base_year)
    return target.base if found is None else found.value


def indicator_records(result: ScenarioResult, pack: Pack, as_of: int) -> list[dict[str, Any]]:
    """Every indicator and year from the base year, in the indicator's unit.

    `reported` is what was published of a year after the base year and up to `as_of`, `fact` the figure's id where it
    is one figure as published, `derived_from` those that a sum or average comes from; null or empty otherwise.
    `other_basis` : whether it is published on another basis than the base year's figure beside it.
    """
    out = []
    for i, name in enumerate(result.indicators):
        for t, year in enumerate(result.years):
            record: dict[str, Any] = {"indicator": name, "unit": INDICATORS[name].unit, "year": year}
            for k, level in enumerate(result.levels):
                record[QUANTILE_NAMES[level]] = finite(float(result.quantiles[k, i, t]))
            record["mean"] = finite(float(result.means[i, t]))
            found = known(pack, name, year) if pack.base_year < year <= as_of else None
            record["reported"] = None if found is None else found.value
            record["fact"] = None if found is None or found.fact is None else found.fact.id
            record["other_basis"] = found is not None and _other_basis(pack, name, found)
            record["derived_from"] = [] if found is None or found.fact else [fact.id for fact in found.facts]
            out.append(record)
    return out


def distribution_records(result: ScenarioResult) -> dict[str, Any]:
    """Many quantiles of every indicator in the years that plans are made for: how likely any other value would be.

    `levels` : of the quantiles, rising; `values` : one record an indicator and year, None where it has none.
    """
    years = [year for year in MILESTONES if result.years[0] < year <= result.years[-1]]
    found = []
    for i, name in enumerate(result.indicators):
        for year in years:
            column = result.fine[:, i, result.years.index(year)]
            found.append({"indicator": name, "year": year, "values": [finite(float(value)) for value in column]})
    return {"levels": list(result.fine_levels), "values": found}


def _other_basis(pack: Pack, name: str, found: Known) -> bool:
    base = known(pack, name, pack.base_year)
    if base is None or base.fact is None or found.fact is None:
        return False
    return not comparison(pack, base.fact, found.fact).comparable


def run_document(
    result: ScenarioResult, pack: Pack, seed: int, draws: int, as_of: int, warnings: Sequence[Text]
) -> dict[str, Any]:
    """The document of `run --json`.

    `result` (the folder), `midterm` and `error_budget` are filled in by who writes it; `independent_draws` are those
    that count for standard errors.
    """
    joint = result.joint
    return {
        "region": pack.id,
        "region_label": pack.label.zh,
        "region_label_en": pack.label.en,
        "scenario": result.scenario,
        "scenario_label": result.label.zh,
        "scenario_label_en": result.label.en,
        "seed": seed,
        "draws": draws,
        "independent_draws": min(draws, result.joint.draws),
        "as_of": as_of,
        "base_year": pack.base_year,
        "horizon": result.years[-1],
        "result": None,
        "targets": [target_record(t, pack, as_of) for t in result.targets],
        "indicators": indicator_records(result, pack, as_of),
        "distributions": distribution_records(result),
        "joint": {
            "all": joint.all_met,
            "all_low": finite(joint.all_low),
            "all_high": finite(joint.all_high),
            "expected_count": joint.expected_count,
            "evaluated": len(joint.ids),
            "ids": list(joint.ids),
            "conflict": list(joint.conflict) if joint.conflict else None,
            "conflict_correlation": joint.correlation,
            "conflict_distinguishable": joint.conflict_distinguishable,
        },
        "contributions": contribution_records(result.contributions),
        "contribution_cells": cell_records(pack),
        "midterm": None,
        "error_budget": None,
        "warnings": [w.zh for w in warnings],
        "warnings_en": [w.en for w in warnings],
    }
