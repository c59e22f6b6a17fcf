"""The document of `solve --target-values`: its records are the list that `--json` prints, with what stands beside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.experiment.model_error import GRADES
from sim.experiment.plan import Plan
from sim.experiment.results import confidence_word
from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.output.document import finite
from sim.output.findings import Table
from sim.output.probability import printed_share
from sim.region.pack import Pack
from sim.target_setting import PROBABILITIES, Offer, SetResult, Setting, Suggestion, ValueRow
from sim.target_setting.chances import Chance
from sim.target_setting.goals import Goal
from sim.target_setting.pace import pace
from sim.target_setting.superior import Superior, level_word
from sim.target_setting.words import place

Record = Mapping[str, Any]
#: Fields of the four values: p90 is reached with 90 %, in the indicator's better direction.
NAMES = tuple(f"p{100 * probability:.0f}" for probability in PROBABILITIES)


def values_document(
    plan: Plan, setting: Setting, years: Sequence[int], independent: int, warnings: Sequence[Text]
) -> dict[str, Any]:
    """Everything that pages and files are made from; `values` is the list of the contract."""
    pack = plan.pack
    return {
        "region": pack.id,
        "region_label": pack.label.zh,
        "region_label_en": pack.label.en,
        "base_year": pack.base_year,
        "plan_base": setting.base,
        "as_of": plan.known_until,
        "horizon": plan.horizon,
        "years": list(years),
        "seed": plan.seed,
        "draws": plan.draws,
        "independent_draws": independent,
        "scenarios": [scenario.name for scenario in plan.scenarios],
        "scenario_labels": [scenario.label.zh for scenario in plan.scenarios],
        "scenario_labels_en": [scenario.label.en for scenario in plan.scenarios],
        "values": [_row_record(row, pack) for row in setting.rows],
        "skipped": [
            {"indicator": one.indicator, "row": one.row, **_both("label", one.label), **_both("reason", one.reason),
             "above": [{"year": year, **_above_record(found, pack)} for year, found in one.above]}
            for one in setting.skipped
        ],
        "proposed": [{"scenario": name, **_set_record(found)} for name, found in setting.proposed],
        "unjudged": [
            {"id": one.target.id, "year": one.target.year, "status": one.status, **_both("label", one.target.label),
             "target_text": one.target.target_text, **_both("reason", one.reason)}
            for one in setting.unjudged
        ],
        "suggested": [{"year": year, **_set_record(found)} for year, found in setting.suggested],
        "warnings": [w.zh for w in warnings],
        "warnings_en": [w.en for w in warnings],
        "result": None,
    }  # fmt: skip


def _both(name: str, text: Text | None) -> dict[str, str | None]:
    """A text in both languages."""
    return {name: None if text is None else text.zh, f"{name}_en": None if text is None else text.en}


def _row_record(row: ValueRow, pack: Pack) -> dict[str, Any]:
    item = INDICATORS[row.chosen.indicator]
    counted = row.plan.period
    span = {"kind": counted.kind, "first_year": counted.first, "base_year": counted.base}
    return {
        "indicator": row.chosen.indicator,
        "year": row.year,
        "unit": item.unit,
        "scenario": row.scenario,
        **_offer_record(row.level),
        "plan": None if counted.kind == "level" else {**span, **_offer_record(row.plan)},
        **_both("label", row.chosen.label),
        **_both("indicator_label", item.label),
        "row": row.chosen.row,
        "group": row.chosen.group,
        "repeats": row.chosen.repeats,
        "direction": item.direction,
        "binding": row.chosen.binding,
        "grade": row.grade,
        **_both("grade_text", GRADES[row.grade]),
        "base": _base_record(row),
        "last": _last_record(row, pack),
        "above": [_above_record(one, pack) for one in row.above],
        "suggestion": _suggestion_record(row.suggestion),
        "chance": _chance_record(row.chance),
        "last_plan": None if row.old is None else {"text": row.old.text, "chance": _chance_record(row.old.chance)},
        **_both("pace", pace(row)),
        "path": [{"year": year, "value": finite(value)} for year, value in row.path],
    }


def _offer_record(offer: Offer) -> dict[str, Any]:
    """Values with their errors, ranges and cautious ends."""
    chances = dict(zip(NAMES, offer.chances, strict=True))
    return {
        **dict(zip(NAMES, map(finite, offer.values), strict=True)),
        "standard_errors": dict(zip(NAMES, map(finite, offer.errors), strict=True)),
        "probability_low": {name: finite(chance.low) for name, chance in chances.items()},
        "probability_high": {name: finite(chance.high) for name, chance in chances.items()},
        "cautious": dict(zip(NAMES, map(finite, offer.cautious), strict=True)),
        "low": finite(offer.low),
        "high": finite(offer.high),
    }


def _base_record(row: ValueRow) -> dict[str, Any] | None:
    base = row.base
    if base is None:
        return None
    return {"first_year": base.first, "year": base.year, "value": finite(base.value), "reported": base.reported}


def _last_record(row: ValueRow, pack: Pack) -> dict[str, Any] | None:
    if row.last is None:
        return None
    year, found = row.last
    documents = dict.fromkeys(fact.document for fact in found.facts)
    titles = [pack.sources[name].short or pack.sources[name].title for name in documents]
    facts = [fact.id for fact in found.facts]
    return {"year": year, "value": finite(found.value), "facts": facts, "source": "；".join(titles)}


def _above_record(one: Superior, pack: Pack) -> dict[str, Any]:
    fact = one.fact
    return {
        **_both("level", level_word(pack, one.region)),
        "region": one.region,
        "value": finite(one.value),
        "printed": fact.printed,
        "unit": fact.unit,
        "rounding": "" if fact.rounding == "exact" else fact.rounding,
        "total": one.share,
        "quote": fact.quote,
        "fact": fact.id,
        "source": pack.sources[fact.document].title,
        "note": fact.note,
    }


def _suggestion_record(found: Suggestion) -> dict[str, Any]:
    return {
        "rule": found.rule,
        **_both("words", found.words),
        "value": finite(found.value),
        "threshold": finite(found.threshold),
        "step": found.step,
        "shown_unit": found.shown,
        **_both("remark", found.remark),
    }


def _chance_record(chance: Chance | None) -> dict[str, Any] | None:
    """A probability as in a run's targets."""
    if chance is None:
        return None
    word = confidence_word(printed_share(chance.probability))
    return {
        "probability": chance.probability,
        "standard_error": chance.standard_error,
        "probability_low": finite(chance.low),
        "probability_high": finite(chance.high),
        **_both("confidence_word", word),
    }


def _set_record(found: SetResult) -> dict[str, Any]:
    joint = found.joint
    return {
        "targets": [_goal_record(goal) for goal in found.goals],
        "all": finite(joint.all_met),
        "standard_error": finite(found.error),
        "all_low": finite(joint.all_low),
        "all_high": finite(joint.all_high),
        "expected_count": finite(joint.expected_count),
        "counted": len(joint.ids),
        "conflict": None if joint.conflict is None else list(joint.conflict),
        "correlation": finite(joint.correlation),
        "conflict_distinguishable": joint.conflict_distinguishable,
        "relaxed": [
            {"id": one.id, "step": one.step, "all": one.all_met, "gain": one.gain,
             "standard_error": one.standard_error, "distinguishable": one.distinguishable}
            for one in found.relaxed
        ],
    }  # fmt: skip


def _goal_record(goal: Goal) -> dict[str, Any]:
    chance = _chance_record(goal.chance) or {}
    return {
        "id": goal.id,
        "indicator": goal.indicator,
        "year": goal.year,
        **_both("label", goal.label),
        "target_text": goal.target_text,
        "unit": goal.unit,
        **chance,
        "percentile": 100.0 * goal.ambition,
        **_both("ambition", place(1.0 - goal.ambition)),
        "step": goal.step,
        "counted": goal.counted,
    }


def values_tables(document: Record) -> list[Table]:
    """target_values.csv and proposed.csv."""
    return [_values_csv(document), _proposed_csv(document)]


_OF_VALUES = ("scenario", "indicator", "label", "row", "group", "unit", "year", "kind", "first_year", *NAMES,
              *(f"error_{n}" for n in NAMES), *(f"low_{n}" for n in NAMES), *(f"high_{n}" for n in NAMES),
              *(f"cautious_{n}" for n in NAMES), "interval_low", "interval_high", "base_year", "base",
              "base_reported", "last_year", "last", "last_source", "above", "wording", "value", "step",
              "probability", "standard_error", "probability_low", "probability_high", "last_plan",
              "last_plan_probability", "pace", "path", "grade", "note")  # fmt: skip


def _values_csv(document: Record) -> Table:
    """One row for each value of a year, and one for each average, reduction or sum."""
    rows: list[tuple[object, ...]] = []
    for record in document["values"]:
        if record["plan"] is not None:
            rows.append(_values_row(record, record["plan"], True))
        own = {"kind": "level", "first_year": record["year"], **record}
        rows.append(_values_row(record, own, record["plan"] is None))
    return Table("target_values", _OF_VALUES, tuple(rows))


def _values_row(record: Record, offer: Record, written: bool) -> tuple[object, ...]:
    """A line of the file; what a plan would write stands only beside what it counts."""
    groups = (offer["standard_errors"], offer["probability_low"], offer["probability_high"], offer["cautious"])
    base, last, chance = record["base"] or {}, record["last"] or {}, record["chance"] or {}
    old, said = record["last_plan"] or {}, record["suggestion"]
    above = "；".join(f"{one['level']}{one['printed'] or one['quote']}" for one in record["above"])
    path = "；".join(f"{one['year']}:{one['value']:.6g}" for one in record["path"])
    wording = (
        above, said["words"], said["value"], said["step"], chance.get("probability"), chance.get("standard_error"),
        chance.get("probability_low"), chance.get("probability_high"), old.get("text"),
        (old.get("chance") or {}).get("probability"), record["pace"], path,
    )  # fmt: skip
    return (
        *(record[name] for name in ("scenario", "indicator", "label", "row", "group", "unit", "year")),
        offer["kind"], offer["first_year"], *(offer[name] for name in NAMES),
        *(group[name] for group in groups for name in NAMES), offer["low"], offer["high"],
        *((base.get("year"), base.get("value"), base.get("reported")) if written else (None, None, None)),
        last.get("year"), last.get("value"), last.get("source"),
        *(wording if written else (None,) * len(wording)), record["grade_text"], said["remark"] if written else None,
    )  # fmt: skip


_OF_PROPOSED = ("set", "scenario", "year", "id", "label", "target_text", "unit", "probability", "standard_error",
                "probability_low", "probability_high", "percentile", "ambition", "counted", "step", "all_if_relaxed",
                "gain", "gain_error", "status", "reason")  # fmt: skip


def _proposed_csv(document: Record) -> Table:
    """Every target of the proposed and of the suggested sets, what relaxing it brings, and those not judged."""
    rows: list[tuple[object, ...]] = []
    for name, group in (("proposed", document["proposed"]), ("suggested", document["suggested"])):
        for found in group:
            relaxed = {one["id"]: one for one in found["relaxed"]}
            for goal in found["targets"]:
                eased = relaxed.get(goal["id"], {})
                fields = ("id", "label", "target_text", "unit", "probability", "standard_error", "probability_low",
                          "probability_high", "percentile", "ambition", "counted", "step")  # fmt: skip
                scenario = found.get("scenario", document["scenarios"][0])
                rows.append((name, scenario, goal["year"], *(goal.get(field) for field in fields), eased.get("all"),
                             eased.get("gain"), eased.get("standard_error"), "evaluated", None))  # fmt: skip
    for one in document["unjudged"]:
        empty = (None,) * 12
        rows.append(("proposed", None, one["year"], one["id"], one["label"], one["target_text"], *empty,
                     one["status"], one["reason"]))  # fmt: skip
    return Table("proposed", _OF_PROPOSED, tuple(rows))
