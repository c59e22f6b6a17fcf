"""What a calibration moved: parameters in their own units, figures of the base year, and shocks of past years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.base_year import draw_fact
from sim.facts.ledger import Fact
from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.output.calibration_family import QUANTILES, Causes, Family, Record, causes_of, family_of, moved
from sim.output.calibration_shocks import members_of, shock_records
from sim.parameters.priors import Z95, Prior
from sim.posterior.posterior import Posterior
from sim.provenance.inputs import THE_WORLD, WORLD_PREFIX, rest_of
from sim.randomness import Array
from sim.region.pack import Pack


def moved_records(pack: Pack, posterior: Posterior, words: Mapping[str, Text]) -> tuple[list[Record], list[Record]]:
    """Parameters and base-year figures that moved, and shocks of past years, each the furthest moved first.

    words : names of facts by id. Intervals are p5, p50, p95 in the unit of the prior's line; shocks are in units of
    their usual size. The facts of a number with two unknowns (the rest of a city) are those of both.
    """
    if not posterior.components:
        return [], []
    family, causes = family_of(pack, posterior), causes_of(posterior, words)
    telling = _Telling(family, causes, frozenset((s.source, s.stream) for s in posterior.scores))
    numbers = [*_parameters(pack, telling), *_base_figures(telling)]
    return _ordered(numbers), _ordered(shock_records(pack.base_year, posterior.scores, family, causes))


def _ordered(records: Sequence[Record]) -> list[Record]:
    return sorted(records, key=lambda r: (-(abs(r["mean"]) + 1.0 - min(r["sd"], 1.0)), r["stream"], r["year"] or 0))


@dataclass(frozen=True, slots=True)
class _Telling:
    """What every record is made from; `known` are the streams behind the simulation, (source, name)."""

    family: Family
    causes: Causes
    known: frozenset[tuple[str, str]]


def _parameters(pack: Pack, telling: _Telling) -> Iterator[Record]:
    for part in telling.family.parts:
        members = members_of(part)
        for prior in part.priors.all():
            yield from _parameter(prior, _Of(part, part.id, rest_of(part), members), telling)
        for prior in part.base_assumptions.values():
            yield from _parameter(prior, _Of(None, part.id, part.label, members), telling)
    for prior in pack.world.all():
        yield from _parameter(prior, _Of(None, WORLD_PREFIX, THE_WORLD, {}), telling)


@dataclass(frozen=True, slots=True)
class _Of:
    """Whose a prior is: the pack whose own draws it takes (None: no other region has a share), and its words."""

    part: Pack | None
    prefix: str
    scope: Text
    members: Mapping[str, Text]


def _parameter(prior: Prior, of: _Of, telling: _Telling) -> Iterator[Record]:
    stream = f"{of.prefix}.{prior.name}"
    if (prior.part, stream) not in telling.known or prior.low == prior.high:
        return
    scores = telling.family.scores(of.part, prior.part, stream, 0)
    found = moved(scores)
    if found is None:
        return
    name, _, member = prior.name.partition(".")
    of_member = of.members.get(member, Text(member, member))
    yield {
        "stream": stream,
        "kind": "prior",
        "name": name,
        "scope": of.scope.zh,
        "scope_en": of.scope.en,
        "member": of_member.zh or None,
        "member_en": of_member.en or None,
        "label": prior.source,
        "label_en": name.replace("_", " "),
        "unit": prior.unit,
        "year": None,
        "before": in_own_unit(prior, np.array([-Z95, 0.0, Z95])),
        "after": in_own_unit(prior, np.quantile(scores, QUANTILES)),
        "after_score": [float(x) for x in np.quantile(scores, QUANTILES)],
        "mean": found[0],
        "sd": found[1],
        "place": prior.origin,
        "facts": telling.causes.of(of.part, prior.part, stream, 0),
    }


def in_own_unit(prior: Prior, scores: Array) -> list[float]:
    """Values for rising scores in the unit that the line of a prior is written in."""
    values = prior.value(scores)
    if prior.unit in ("%", "pp"):
        values = 100.0 * values
    elif prior.unit == "growth %":
        values = 100.0 * np.expm1(values)
    return [float(x) for x in values]


def _base_figures(telling: _Telling) -> Iterator[Record]:
    """Figures of the base year: what was rounded off, as far as later figures tell."""
    for part in telling.family.parts:
        facts = (*part.base_facts.values(), *(bounded.fact for bounded in part.bounded))
        for fact in dict.fromkeys(fact for fact in facts if fact is not None):
            stream = f"{part.id}.{fact.id}"
            if ("facts", stream) in telling.known:
                scores = telling.family.scores(None, "facts", stream, 0)
                found = moved(scores)
                if found is not None:
                    yield _base_figure(fact, part, stream, scores, found, telling)


def _base_figure(
    fact: Fact, part: Pack, stream: str, scores: Array, found: tuple[float, float], telling: _Telling
) -> Record:
    before, after = (
        np.quantile(np.concatenate([draw_fact(fact, part, draws) for draws in group]), QUANTILES)
        for group in (telling.family.before, telling.family.after)
    )
    name = INDICATORS[fact.indicator].label if fact.indicator in INDICATORS else Text(fact.indicator, fact.indicator)
    said = Text(
        f"{fact.period}年{name.zh}，公布数{fact.printed}背后的实际数",
        f"{name.en}, {fact.period}, behind the reported {fact.printed}",
    )
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
        "before": [float(x) for x in before],
        "after": [float(x) for x in after],
        "after_score": [float(x) for x in np.quantile(scores, QUANTILES)],
        "mean": found[0],
        "sd": found[1],
        "place": f"{fact.shown}:{fact.row}",
        "facts": telling.causes.of(None, "facts", stream, 0),
    }
