"""Published ranks, each with the set of regions it is a rank in. None is computed: the sets are never complete."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from sim.facts.ledger import Fact
from sim.language import Text

_ENDING = "_rank"
_SETS = {
    "world": Text("世界位次", "in the world"),
    "national": Text("全国位次", "in the nation"),
    "city": Text("全市位次", "in the city"),
}
#: Sets that a quote may name, and what they are called; the one named last, next to the rank, is the set.
_QUOTED = {
    "百强区": Text("全国百强区位次", "hundred best districts"),
    "国家级新区": Text("国家级新区位次", "national new areas"),
    "全市": _SETS["city"],
    "全省": Text("全省位次", "in the province"),
    "全国": _SETS["national"],
    "世界": _SETS["world"],
}
_SCOPES = {text.zh: text for text in _QUOTED.values()}


@dataclass(frozen=True, slots=True)
class Rank:
    """A published rank of an indicator. `among` is the set, None where the text does not name it."""

    region: str
    indicator: str
    period: str
    rank: int
    among: Text | None
    fact: Fact


def ranks(own: Sequence[Fact], peers: Sequence[Fact], region: str) -> tuple[Rank, ...]:
    """Ranks of `region` by indicator and year; a rank typed in both files of the project is listed once."""
    ours = [fact for fact in own if _is_rank(fact) and fact.region == region]
    theirs = [fact for fact in peers if _is_rank(fact) and fact.region == region]
    here = {_sentence(fact) for fact in ours}
    lines = [_rank(fact, _twin(fact, theirs)) for fact in ours]
    lines += [_rank(fact, fact) for fact in theirs if _sentence(fact) not in here]
    return tuple(sorted(lines, key=lambda line: (line.indicator, line.period, line.fact.id)))


def _is_rank(fact: Fact) -> bool:
    return fact.indicator.endswith(_ENDING) and fact.value is not None and fact.nature != "target"


def _sentence(fact: Fact) -> tuple[str, str, float]:
    """What makes two rows the same rank: the document, the year and the number."""
    return fact.document, fact.period, fact.number


def _twin(fact: Fact, theirs: Sequence[Fact]) -> Fact | None:
    """The same rank in the other file: of those with its document, year and number the one most alike in words."""
    alike = [other for other in theirs if _sentence(other) == _sentence(fact)]
    return max(alike, key=lambda other: SequenceMatcher(None, fact.quote, other.quote).ratio(), default=None)


def _rank(fact: Fact, twin: Fact | None) -> Rank:
    name = fact.indicator.removesuffix(_ENDING)
    among = None
    for word, text in _SETS.items():
        if name.endswith(f"_{word}"):
            name, among = name.removesuffix(f"_{word}"), text
    if among is None and twin is not None and twin.scopes:
        among = _SCOPES.get(twin.scopes[0], Text(twin.scopes[0], twin.scopes[0]))
    if among is None:
        named = max(_QUOTED, key=fact.quote.rfind)
        among = _QUOTED[named] if named in fact.quote else None
    return Rank(fact.region, name, fact.period, round(fact.number), among, fact)
