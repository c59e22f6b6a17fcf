"""Which targets `sensitivity` speaks of, and what its document says before its parts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sim.cli.inputs import refused
from sim.cli.sensitivity.parts import target_record
from sim.errors import InputError, Problem, unknown_name
from sim.experiment.plan import Plan, evaluated
from sim.experiment.tallies import of_plan
from sim.language import Text
from sim.targets import Target, status_of


def chosen_targets(plan: Plan, ids: Sequence[str]) -> tuple[Target, ...]:
    """The targets of these ids, or all of the plan's own that can be evaluated, each in its first reading.

    Raises InputError with every id that is unknown or cannot be evaluated, and where there is nothing to speak of.
    """
    if not ids:
        return _of_plan(plan)
    known = {target.id: target for target in plan.targets[0]}
    problems = []
    for id in ids:
        if id not in known:
            problems.append(Problem(None, None, None, "--target", unknown_name(id, known)))
            continue
        status, reason = status_of(known[id], plan.horizon, plan.pack, plan.known_until)
        if status != "evaluated":
            problems.append(Problem(None, None, None, f"--target {id}", _why(known[id], status, reason, plan.horizon)))
    if problems:
        raise InputError(problems)
    return tuple(known[id] for id in dict.fromkeys(ids))


def _of_plan(plan: Plan) -> tuple[Target, ...]:
    found = evaluated(plan, 0)
    chosen = tuple(found[place] for place in of_plan(found))
    if not of_plan(plan.targets[0]):  # a region without a plan's table
        chosen = tuple(target for target in found if target.reading_of is None)
    if chosen:
        return chosen
    listed = [plan.targets[0][place] for place in of_plan(plan.targets[0])] or plan.targets[0]
    years = sorted({target.year for target in listed})
    when = "、".join(map(str, years)) or "—"
    zh = f"到{plan.horizon}年没有可评估的规划目标（目标年：{when}）；请改 --horizon，或用 --target 指定目标"
    en = f"no target of the plan can be evaluated up to {plan.horizon} (they are of {when}); change it, or use --target"
    raise refused("--horizon", zh, en)


def _why(target: Target, status: str, reason: Text | None, horizon: int) -> Text:
    """Why a target is not evaluated."""
    if target.year > horizon:
        return Text(
            f"目标年{target.year}晚于测算期末{horizon}，请改 --horizon",
            f"is of {target.year}, after the horizon {horizon}: change --horizon",
        )
    why = reason or Text(status, status)
    return Text(f"不能评估：{why.zh}", f"cannot be evaluated: {why.en}")


def heading(plan: Plan, warnings: Sequence[Text]) -> dict[str, Any]:
    """What the document says of itself before its parts."""
    scenario = plan.scenarios[0]
    return {
        "region": plan.pack.id,
        "region_label": plan.pack.label.zh,
        "region_label_en": plan.pack.label.en,
        "base_year": plan.pack.base_year,
        "as_of": plan.known_until,
        "horizon": plan.horizon,
        "seed": plan.seed,
        "draws": plan.draws,
        "scenario": scenario.name,
        "scenario_label": scenario.label.zh,
        "scenario_label_en": scenario.label.en,
        "targets": [target_record(target) for target in plan.targets[0]],
        "warnings": [text.zh for text in warnings],
        "warnings_en": [text.en for text in warnings],
        "result": None,
    }
