"""What a calibration moved: parameters in their own units, figures of the base year, and shocks of past years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.base_year import draw_fact
from sim.conditioning.problem import EVERY
from sim.experiment.drawing import own_draws
from sim.facts.ledger import Fact
from sim.language import Text
from sim.parameters.priors import Z95, Prior
from sim.posterior.posterior import ConditionedDraws, Posterior
from sim.posterior.scores import Score
from sim.provenance.chance import CHANCES, OF_WORLD
from sim.provenance.effects import parts_of
from sim.provenance.inputs import THE_WORLD, WORLD_PREFIX, rest_of
from sim.randomness import BLOCK, Array, Draws
from sim.region.pack import Pack

#: A number has moved when its mean is so far from the prior's, or its spread so much smaller, in the prior's s.d.
MEAN_MOVED, SPREAD_LEFT = 0.3, 0.9
#: Facts named for each number.
NAMED = 3
QUANTILES = (0.05, 0.5, 0.95)
INDUSTRIES = {
    "primary": Text("第一产业", "primary industry"),
    "secondary": Text("第二产业", "secondary industry"),
    "tertiary": Text("第三产业", "tertiary industry"),
}
Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Family:
    """The packs and draws of a posterior: draws of its members, and of each part as the simulation takes them."""

    parts: tuple[Pack, ...]
    after: tuple[Draws, ...]
    before: tuple[Draws, ...]
    related: Mapping[str, tuple[str, Pack]]  # part -> its twin, and the pack that says how they are related

    def scores(self, part: Pack | None, source: str, name: str, row: int) -> Array:
        """Normal scores of a number after the facts, (member,)."""
        return np.concatenate(
            [(draws if part is None else own_draws(part, draws)).normal(source, name, row + 1)[row]
             for draws in self.after]
        )  # fmt: skip


def moved_records(pack: Pack, posterior: Posterior, words: Mapping[str, Text]) -> tuple[list[Record], list[Record]]:
    """Parameters and base-year figures that moved, and shocks of past years, each the furthest moved first.

    words : names of facts by id. Intervals are p5, p50, p95 in the unit of the prior's line; shocks are in units of
    their usual size. The facts of a number with two unknowns (the rest of a city) are those of both.
    """
    if not posterior.components:
        return [], []
    parts = parts_of(pack.whole or pack)
    blocks = range(posterior.blocks)
    family = _Family(
        parts,
        tuple(ConditionedDraws(posterior.seed, b, EVERY, BLOCK, posterior) for b in blocks),
        tuple(Draws(posterior.seed, b, EVERY) for b in blocks),
        {part.id: (part.districts[0].id, part) for part in parts if part.districts},
    )
    causes = _Causes(posterior, family, words)
    known = {(s.source, s.stream) for s in posterior.scores}
    numbers = [*_parameters(pack, family, known, causes), *_base_figures(family, known, causes)]
    return _ordered(numbers), _ordered(_shocks(pack, posterior, family, causes))


def _ordered(records: Sequence[Record]) -> list[Record]:
    return sorted(records, key=lambda r: (-(abs(r["mean"]) + 1.0 - min(r["sd"], 1.0)), r["stream"], r["year"] or 0))


@dataclass(frozen=True, slots=True)
class _Causes:
    """Facts behind a move, from the movements of single unknowns that the record keeps."""

    posterior: Posterior
    family: _Family
    words: Mapping[str, Text]

    def of(self, part: Pack | None, source: str, name: str, row: int) -> list[Record]:
        """The facts with the largest parts, in s.d. of the prior: [{id, label, label_en, part}]."""
        sums: dict[str, float] = {}
        for weight, stream in self._streams(part, source, name):
            for id, value in self._kept().get((source, stream, row), ()):
                sums[id] = sums.get(id, 0.0) + weight * value
        order = sorted(sums, key=lambda id: (-abs(sums[id]), id))[:NAMED]
        named = {id: self.words.get(id, Text(id, id)) for id in order}
        return [{"id": id, "label": named[id].zh, "label_en": named[id].en, "part": sums[id]} for id in order]

    def _kept(self) -> Mapping[tuple[str, str, int], Sequence[Any]]:
        return {(m["source"], m["stream"], m["row"]): m["facts"] for m in self.posterior.record.get("movements", ())}

    def _streams(self, part: Pack | None, source: str, name: str) -> list[tuple[float, str]]:
        """The unknowns that a number is made of, with their weights, as RelatedDraws mixes them."""
        twin = None if part is None else self.family.related.get(part.id)
        if twin is None or part is None:
            return [(1.0, name)]
        rest = name.removeprefix(f"{part.id}.")
        kind = source if source == "parameters" else rest.partition(".")[0]
        shared = part.related.get(kind, 0.0)
        return [(float(np.sqrt(1.0 - shared**2)), name), (shared, f"{twin[0]}.{rest}")]


def _moved(scores: Array) -> tuple[float, float] | None:
    """Mean and s.d. of scores that moved; None of those that did not."""
    mean, spread = float(scores.mean()), float(scores.std())
    return (mean, spread) if abs(mean) >= MEAN_MOVED or spread <= SPREAD_LEFT else None


# --- Parameters and figures of the base year ------------------------------------------------------------------


def _parameters(pack: Pack, family: _Family, known: set[tuple[str, str]], causes: _Causes) -> Iterator[Record]:
    for part in family.parts:
        members = _members(part)
        for prior in part.priors.all():
            yield from _parameter(prior, part, part.id, rest_of(part), members, family, known, causes)
        for prior in part.base_assumptions.values():
            yield from _parameter(prior, None, part.id, part.label, members, family, known, causes)
    for prior in pack.world.all():
        yield from _parameter(prior, None, WORLD_PREFIX, THE_WORLD, {}, family, known, causes)


def _parameter(
    prior: Prior,
    part: Pack | None,
    prefix: str,
    scope: Text,
    members: Mapping[str, Text],
    family: _Family,
    known: set[tuple[str, str]],
    causes: _Causes,
) -> Iterator[Record]:
    stream = f"{prefix}.{prior.name}"
    if (prior.part, stream) not in known:
        return
    scores = family.scores(part, prior.part, stream, 0)
    found = _moved(scores)
    if found is None or prior.low == prior.high:
        return
    name, _, member = prior.name.partition(".")
    of_member = members.get(member, Text(member, member))
    before = in_own_unit(prior, np.array([-Z95, 0.0, Z95]))
    after = in_own_unit(prior, np.quantile(scores, QUANTILES))
    yield {
        "stream": stream,
        "kind": "prior",
        "name": name,
        "scope": scope.zh,
        "scope_en": scope.en,
        "member": of_member.zh or None,
        "member_en": of_member.en or None,
        "label": prior.source,
        "label_en": name.replace("_", " "),
        "unit": prior.unit,
        "year": None,
        "before": before,
        "after": after,
        "mean": found[0],
        "sd": found[1],
        "place": prior.origin,
        "facts": causes.of(part, prior.part, stream, 0),
    }


def in_own_unit(prior: Prior, scores: Array) -> list[float]:
    """Values for rising scores in the unit that the line of a prior is written in."""
    values = prior.value(scores)
    if prior.unit in ("%", "pp"):
        values = 100.0 * values
    elif prior.unit == "growth %":
        values = 100.0 * np.expm1(values)
    return [float(x) for x in values]


def _base_figures(family: _Family, known: set[tuple[str, str]], causes: _Causes) -> Iterator[Record]:
    """Figures of the base year: what was rounded off, as far as later figures tell."""
    for part in family.parts:
        facts = (*part.base_facts.values(), *(bounded.fact for bounded in part.bounded))
        for fact in dict.fromkeys(fact for fact in facts if fact is not None):
            stream = f"{part.id}.{fact.id}"
            found = _moved(family.scores(None, "facts", stream, 0)) if ("facts", stream) in known else None
            if found is not None:
                yield _base_figure(fact, part, stream, found, family, causes)


def _base_figure(
    fact: Fact, part: Pack, stream: str, found: tuple[float, float], family: _Family, causes: _Causes
) -> Record:
    prior, after = (
        np.concatenate([draw_fact(fact, part, draws) for draws in group]) for group in (family.before, family.after)
    )
    said = Text(f"{fact.period}年公布数{fact.printed}，修约以前的数", f"reported {fact.printed}, before rounding")
    return {
        "stream": stream,
        "kind": "fact",
        "name": fact.id,
        "scope": part.label.zh,
        "scope_en": part.label.en,
        "member": None,
        "member_en": None,
        "label": said.zh,
        "label_en": said.en,
        "unit": fact.unit,
        "year": None,
        "before": [float(x) for x in np.quantile(prior, QUANTILES)],
        "after": [float(x) for x in np.quantile(after, QUANTILES)],
        "mean": found[0],
        "sd": found[1],
        "place": f"{fact.shown}:{fact.row}",
        "facts": causes.of(None, "facts", stream, 0),
    }


def _members(part: Pack) -> dict[str, Text]:
    """Cells, industries and bounded indicators by id; of the whole region without a member."""
    from sim.indicators.catalogue import INDICATORS

    bounded = {one.indicator: INDICATORS[one.indicator].label for one in part.bounded}
    return {"": Text("", ""), **INDUSTRIES, **{cell.id: cell.label for cell in part.cells}, **bounded}


# --- Shocks of past years -------------------------------------------------------------------------------------


def _shocks(pack: Pack, posterior: Posterior, family: _Family, causes: _Causes) -> list[Record]:
    """Shocks of the known years that moved, in units of their usual size."""
    parts = {part.id: part for part in family.parts}
    out = []
    for score in posterior.scores:
        if score.row == 0 or score.source not in ("shocks", "reporting"):
            continue
        words = _shock_words(score, parts)
        if words is None:  # what the rest of a city has in common with a district is told under the city
            continue
        part = parts.get(score.stream.partition(".")[0])
        scores = family.scores(part, score.source, score.stream, score.row)
        found = _moved(scores)
        if found is not None:
            out.append(_shock(score, words, pack.base_year + score.row, found, scores, causes, part))
    return out


def _shock_words(score: Score, parts: Mapping[str, Pack]) -> tuple[Text, Text, Text] | None:
    """Region, kind and member of a shock; None where the region has no such member."""
    region, kind, member = [*score.stream.split(".", 2), ""][:3]
    if region == WORLD_PREFIX:
        return THE_WORLD, OF_WORLD[kind][0], Text("", "")
    part = parts.get(region)
    if part is None or kind not in CHANCES:
        return None
    own = _members(part)
    if member not in own or (part.districts == () and member in INDUSTRIES and member in _cells_of_city(parts, kind)):
        return None
    return rest_of(part), CHANCES[kind][0], own[member]


def _cells_of_city(parts: Mapping[str, Pack], kind: str) -> frozenset[str]:
    """Cells of cities that share their names with industries, for the kinds that go by cell."""
    if kind == "price_industry":
        return frozenset()
    return frozenset(cell.id for part in parts.values() if part.districts for cell in part.cells)


def _shock(
    score: Score,
    words: tuple[Text, Text, Text],
    year: int,
    found: tuple[float, float],
    scores: Array,
    causes: _Causes,
    part: Pack | None,
) -> Record:
    scope, kind, member = words
    return {
        "stream": score.stream,
        "kind": "shock",
        "name": score.stream.split(".")[1],
        "scope": scope.zh,
        "scope_en": scope.en,
        "member": member.zh or None,
        "member_en": member.en or None,
        "label": kind.zh,
        "label_en": kind.en,
        "unit": "1",
        "year": year,
        "before": [-Z95, 0.0, Z95],
        "after": [float(x) for x in np.quantile(scores, QUANTILES)],
        "mean": found[0],
        "sd": found[1],
        "place": "",
        "facts": causes.of(part, score.source, score.stream, score.row),
    }
