"""The document of `solve`: the packages, what they do, and what is not known of them, as plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from sim.cli.scenario.doubts import doubts
from sim.cli.scenario.warnings import extrapolations
from sim.experiment.plan import Plan
from sim.experiment.results import ScenarioResult, independent_draws, standard_error
from sim.language import Text
from sim.levers.catalogue import LEVERS
from sim.output.findings import Table
from sim.randomness import Array
from sim.scenario.parts import Scenario
from sim.solve.answer import Answer
from sim.solve.levers import held_years, measure_of
from sim.solve.refine import Refined

Record = dict[str, Any]

#: A difference of another target counts beyond this many of its standard errors: some sixty are looked at at once.
BEYOND_NOISE = 3.5


def solve_document(answer: Answer, plan: Plan, lacking: Sequence[str], warnings: Sequence[Text]) -> Record:
    """The whole answer. Probabilities are in 0-1, unrounded, those of fresh draws unless they say otherwise."""
    base, found, question = plan.scenarios[0], answer.found, answer.question
    packages = [] if found.best is not None else [
        _package(answer, plan, refined, i) for i, refined in enumerate(found.packages, start=1)
    ]  # fmt: skip
    best = _best(answer, plan)
    highest = max((package["probability"] for package in packages), default=best["probability"] if best else None)
    return {
        "region": plan.pack.id, "region_label": plan.pack.label.zh, "region_label_en": plan.pack.label.en,
        "scenario": base.name, "scenario_label": base.label.zh, "scenario_label_en": base.label.en,
        "seed": plan.seed, "fresh_seed": answer.fresh_seed, "draws": plan.draws, "base_year": plan.pack.base_year,
        "as_of": plan.known_until, "horizon": plan.horizon,
        "wanted": question.probability, "cost_kind": question.cost, "most": question.most,
        "packages_asked": question.packages, "any_direction": question.any_way,
        "years": [answer.span.first, answer.span.last],
        "targets": _targets(answer, 0), "start": _chance(answer, plan, found.start_fresh, found.start),
        "reachable": found.best is None, "already": found.already,
        "packages": packages, "best_probability": highest, "best": best, "binding": _binding(answer),
        "needs": found.needs, "idle": list(found.idle), "fixed": list(answer.fixed), "without_cost": list(lacking),
        "without_record": [name for name in answer.space.names if not measure_of(LEVERS[name]).on_record],
        "warnings": [text.zh for text in warnings], "warnings_en": [text.en for text in warnings],
    }  # fmt: skip


def _chance(answer: Answer, plan: Plan, fresh: float, seen: float) -> Record:
    """A joint probability on fresh draws, whether it is as high as was asked for, and what the search itself saw."""
    independent = independent_draws(plan.draws, plan.posterior)
    return {
        "probability": fresh, "standard_error": standard_error(fresh, independent),
        "meets": fresh >= answer.question.probability, "search_probability": seen,
    }  # fmt: skip


def _targets(answer: Answer, scenario: int) -> list[Record]:
    """Each target asked for alone, in the run of one scenario; `low` and `high` over priors and model error."""
    results = {result.target.id: result for result in answer.results[scenario].targets}
    out = []
    for target in answer.question.targets:
        result = results[target.id]
        out.append(
            {
                "id": target.id, "indicator": target.indicator, "label": target.label.zh, "label_en": target.label.en,
                "target_text": target.target_text, "year": target.year, "unit": target.unit,
                "probability": result.probability, "standard_error": result.standard_error,
                "probability_low": result.probability_low, "probability_high": result.probability_high,
                "grade": result.grade,
            }
        )  # fmt: skip
    return out


def _package(answer: Answer, plan: Plan, refined: Refined, number: int) -> Record:
    """One package: levers, cost, probability, and what else moves. `number` is its place in the answer's run."""
    run_at = 0 if answer.found.already else number
    chance = _chance(answer, plan, refined.fresh, refined.probability)
    low, high = _range(answer.results[run_at], answer)
    return {
        **_described(answer, plan, refined.change), **chance,
        "probability_low": low, "probability_high": high, "margin": refined.margin, "raises": refined.raises,
        "targets": _targets(answer, run_at),
        "side_effects": [] if answer.found.already else _side_effects(answer, run_at),
        "warnings": [text.zh for text in _doubts(plan, answer, run_at)],
        "warnings_en": [text.en for text in _doubts(plan, answer, run_at)],
    }  # fmt: skip


def _range(result: ScenarioResult, answer: Answer) -> tuple[float | None, float | None]:
    """Range of the probability; None for several targets together, of which no range is computed."""
    if len(answer.question.targets) > 1:
        return None, None
    wanted = answer.question.targets[0].id
    one = next(target for target in result.targets if target.target.id == wanted)
    return one.probability_low, one.probability_high


def _described(answer: Answer, plan: Plan, change: Array) -> Record:
    """The levers of a package, the dearest first."""
    shares = answer.space.shares(change)
    order = [int(i) for i in np.argsort(-shares, kind="stable") if change[i]]
    return {
        "levers": {answer.space.names[i]: float(change[i]) for i in order},
        "cost": answer.space.cost(change),
        "details": [_detail(answer, plan, change, shares, i) for i in order],
    }


def _detail(answer: Answer, plan: Plan, change: Array, shares: Array, i: int) -> Record:
    name = answer.space.names[i]
    lever, amount = LEVERS[name], float(change[i])
    measure, seen = measure_of(lever), lever.history
    before = _set(plan.scenarios[0], name, answer)
    after = [end + amount for end in before]
    return {
        "lever": name, "label": lever.label.zh, "label_en": lever.label.en, "unit": lever.unit.zh,
        "unit_en": lever.unit.en, "change": amount, "from": before, "to": [round(end, 10) for end in after],
        "deviations": amount / measure.deviation, "deviation": measure.deviation, "on_record": measure.on_record,
        "cost": abs(amount) / float(answer.space.unit[i]), "share": float(shares[i]),
        "low": lever.low, "high": lever.high, "at_bound": bool(answer.space.bound(change)[i]),
        "seen": None if seen is None else [seen.low, seen.high],
        "outside": seen is not None and not (seen.low <= min(after) and max(after) <= seen.high),
        "grade": lever.grade,
    }  # fmt: skip


def _set(scenario: Scenario, lever: str, answer: Answer) -> list[float]:
    """The least and the greatest value that the scenario itself gives a lever in the years of the package."""
    path = scenario.levers.get(lever)
    if path is None:
        return [0.0, 0.0]
    years = held_years(lever, answer.span, scenario.horizon)
    rows = [(low or 0.0, high or 0.0) for year, low, high in zip(path.years, path.low, path.high, strict=True)
            if year in years]  # fmt: skip
    return [min(low for low, _ in rows), max(high for _, high in rows)]


def _side_effects(answer: Answer, number: int) -> list[Record]:
    """Other targets whose probability differs by more than noise in the same draws, the greatest change first."""
    asked = {target.id for target in answer.question.targets}
    labels = {result.target.id: result.target for result in answer.results[0].targets}
    out = [
        {
            "id": one.id, "label": labels[one.id].label.zh, "label_en": labels[one.id].label.en, "year": one.year,
            "reading_of": labels[one.id].reading_of, "from": one.first, "to": one.second,
            "difference": one.difference, "standard_error": one.standard_error,
        }
        for one in answer.differences
        if one.kind == "target" and one.scenario == answer.scenarios[number].name and one.id not in asked
        and abs(one.difference) > BEYOND_NOISE * one.standard_error
    ]  # fmt: skip
    return sorted(out, key=lambda record: (-abs(record["difference"]), record["id"]))


def _doubts(plan: Plan, answer: Answer, number: int) -> list[Text]:
    """What a run would say of the package and does not say of the scenario alone."""
    pack, year = plan.pack, plan.known_until

    def said(scenario: Scenario) -> list[Text]:
        return [*doubts(pack, scenario), *extrapolations(pack, scenario, year)]

    known = said(plan.scenarios[0])
    return [text for text in said(answer.scenarios[number]) if text not in known]


def _best(answer: Answer, plan: Plan) -> Record | None:
    best = answer.found.best
    if best is None:
        return None
    low, high = _range(answer.results[1], answer)
    return {
        **_described(answer, plan, best.change), **_chance(answer, plan, best.fresh, best.probability),
        "probability_low": low, "probability_high": high, "targets": _targets(answer, 1),
        "side_effects": _side_effects(answer, 1),
        "warnings": [text.zh for text in _doubts(plan, answer, 1)],
        "warnings_en": [text.en for text in _doubts(plan, answer, 1)],
    }  # fmt: skip


def _binding(answer: Answer) -> list[Record]:
    """Bounds at which the most likely package stands, the most important first."""
    best = answer.found.best
    return [] if best is None else [
        {
            "lever": held.name, "label": LEVERS[held.name].label.zh, "label_en": LEVERS[held.name].label.en,
            "bound": "high" if held.change > 0.0 else "low",
            "value": LEVERS[held.name].high if held.change > 0.0 else LEVERS[held.name].low,
            "probability_without": held.without,
        }
        for held in best.held
    ]  # fmt: skip


def package_table(document: Mapping[str, Any]) -> Table:
    """Long form: a row for each lever of each package; package 0 is the most likely one where none suffices."""
    header = ("package", "probability", "standard_error", "cost", "lever", "change", "from_low", "from_high",
              "to_low", "to_high", "unit", "deviations", "on_record", "at_bound", "outside_record",
              "grade")  # fmt: skip
    listed = list(enumerate(document["packages"], start=1))
    listed = listed or [(0, document["best"])]
    rows = tuple(
        (number, package["probability"], package["standard_error"], package["cost"], one["lever"], one["change"],
         *one["from"], *one["to"], one["unit"], one["deviations"], one["on_record"], one["at_bound"], one["outside"],
         one["grade"])
        for number, package in listed for one in package["details"]
    )  # fmt: skip
    return Table("packages", header, rows)
