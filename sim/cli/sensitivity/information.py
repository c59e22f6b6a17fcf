"""The value of information of `sensitivity`: which number, known better, would move which probability most."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sim.cli.check.letters import merged, statistics_office
from sim.cli.sensitivity.information_lines import information_lines as information_lines
from sim.cli.sensitivity.parts import Options, Part, Progress, target_record
from sim.cli.sensitivity.words import input_words
from sim.experiment.model_error import MODEL_ERROR, read_model_error
from sim.experiment.plan import Plan
from sim.experiment.ranges import Range
from sim.experiment.results import standard_error
from sim.indicators.holders import HOLDERS
from sim.language import Text
from sim.output.findings import Table
from sim.sensitivity.information import enough
from sim.sensitivity.information_candidates import KINDS, STATUSES, Candidate
from sim.sensitivity.information_draws import Information, Known, information_of
from sim.targets import Target, read_targets

Record = Mapping[str, Any]
#: Smaller moves of a probability are not told.
LEAST_MOVE = 0.01
PROJECTS = Text("项目主管部门", "who runs the project")
HEADER = (
    "target", "indicator", "year", "number", "kind", "label", "unit", "holder", "status", "number_p10", "number_p90",
    "probability", "moved", "moved_error", "probability_low", "probability_high", "narrowed", "chance", "clear",
)  # fmt: skip


def information_part(plan: Plan, targets: Sequence[Target], options: Options, progress: Progress) -> Part:
    """What every number that somebody could find out would do to the probability of every target."""
    errors = read_model_error(plan.pack.folder.parent / MODEL_ERROR)
    words = input_words(plan.pack)
    done = 0

    def told(more: int) -> None:
        nonlocal done
        done += more
        progress(done, plan.blocks + 1)

    found = information_of(plan, targets, errors, lambda name: input_label(words, name), options.workers, told)
    told(1)
    holder = holders_of(plan)
    numbers = [_number(one, found, holder(one.candidate)) for one in found.known]
    numbers.sort(key=lambda number: (-number["score"], number["id"]))
    by_id = {number["id"]: number for number in numbers}
    records = [_target(found, i, by_id, words) for i in range(len(targets))]
    document = {
        "level": found.level,
        "candidates": len(found.known),
        "independent_draws": found.judged.independent,
        "kinds": {name: {"label": text.zh, "label_en": text.en} for name, text in KINDS.items()},
        "first_after": plan.known_until + 1,
        "numbers": [number for number in numbers if number["targets"]],
        "targets": records,
    }
    rows = tuple(row for i in range(len(targets)) for row in _rows(found, i, by_id))
    return Part(document, (Table("information", HEADER, rows),))


def input_label(words: Mapping[str, Record], name: str) -> Text:
    """A parameter with whose it is where that is another region."""
    known = words.get(name)
    if known is None:
        return Text(name, name)
    return Text(
        "·".join(part for part in (known["of"], known["label"]) if part),
        ", ".join(part for part in (known["of_en"], known["label_en"]) if part),
    )


def holders_of(plan: Plan) -> Callable[[Candidate], Text]:
    """Who would have a number: the bureau behind targets of the indicator, else the usual keeper of such figures."""
    every = read_targets(plan.pack)  # whose figure it is does not depend on the targets that are asked about
    names = merged(owner for target in every for owner in target.owners)
    owners: dict[str, str] = {}
    for target in every:
        if target.owners and target.indicator not in owners:
            owners[target.indicator] = "、".join(dict.fromkeys(names[owner] for owner in target.owners))
    office = statistics_office(plan.pack)

    def holder(candidate: Candidate) -> Text:
        if candidate.kind == "research":
            return Text("", "")
        if candidate.holder == "project":
            return PROJECTS
        owner = owners.get(candidate.indicator)
        if owner is not None:
            return Text(owner, owner)
        return HOLDERS.get(candidate.holder) or Text(office, office)

    return holder


def _number(one: Known, found: Information, holder: Text) -> dict[str, Any]:
    """One number over all targets: which it clearly moves by something, and which most."""
    moved = one.worth.moved
    clear = [i for i in range(len(found.targets)) if one.clear[i] and moved[i] >= LEAST_MOVE]
    most = max(clear, key=lambda i: float(moved[i])) if clear else None
    status = STATUSES[one.candidate.status]
    return {
        "id": one.candidate.id,
        "kind": one.candidate.kind,
        "label": one.candidate.label.zh,
        "label_en": one.candidate.label.en,
        "unit": one.candidate.unit,
        "year": one.candidate.year,
        "holder": holder.zh,
        "holder_en": holder.en,
        "status": status.zh,
        "status_en": status.en,
        "p10": one.values[0],
        "p90": one.values[1],
        "score": one.score,
        "targets": [found.targets[i].id for i in clear],
        "most": None if most is None else found.targets[most].id,
        "most_moved": None if most is None else float(moved[most]),
        "most_moved_error": None if most is None else float(one.worth.moved_error[most]),
    }


def _target(found: Information, place: int, numbers: Mapping[str, Record], words: Mapping[str, Record]) -> Record:
    share, judged = float(found.judged.share[place]), found.judged
    return {
        **target_record(found.targets[place]),
        "probability": share,
        "standard_error": standard_error(share, judged.independent),
        "enough": bool(enough(judged)[place]),
        "numbers": [_effect(one, place, numbers[one.candidate.id]) for one in found.order(place)],
        **_range(found.ranges[place], words),
    }


def _range(found: Range | None, words: Mapping[str, Record]) -> dict[str, Any]:
    """Range of the probability, and the priors that make it wide."""
    if found is None:
        return {"probability_low": None, "probability_high": None, "range_from": []}
    parts = []
    for part in found.parts:
        name = input_label(words, part.name)
        parts.append({"name": part.name, "label": name.zh, "label_en": name.en, "share": part.share})
    return {"probability_low": found.low, "probability_high": found.high, "range_from": parts}


def _effect(one: Known, place: int, number: Record) -> dict[str, Any]:
    worth = one.worth
    same = ("id", "kind", "label", "label_en", "unit", "holder", "holder_en", "status", "status_en", "p10", "p90")
    return {
        **{name: number[name] for name in same},
        "moved": float(worth.moved[place]),
        "moved_error": float(worth.moved_error[place]),
        "probability_at_p10": float(worth.low[place]),
        "probability_at_p90": float(worth.high[place]),
        "narrowed": float(worth.narrowed[place]),
        "chance": float(worth.chance[place]),
    }


def _rows(found: Information, place: int, numbers: Mapping[str, Record]) -> list[tuple[object, ...]]:
    """Every number that clearly moves a target, the furthest first, then all others."""
    target, share = found.targets[place], float(found.judged.share[place])
    telling = found.order(place)
    seen = {one.candidate.id for one in telling}
    out: list[tuple[object, ...]] = []
    for one in (*telling, *(one for one in found.known if one.candidate.id not in seen)):
        effect = _effect(one, place, numbers[one.candidate.id])
        out.append((
            target.id, target.indicator, target.year, effect["id"], effect["kind"], effect["label"], effect["unit"],
            effect["holder"], effect["status"], effect["p10"], effect["p90"], share, effect["moved"],
            effect["moved_error"], effect["probability_at_p10"], effect["probability_at_p90"], effect["narrowed"],
            effect["chance"], bool(one.clear[place]),
        ))  # fmt: skip
    return out
