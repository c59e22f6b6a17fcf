"""The rows of a letter: two sides of figures, what is to be settled between them, and the question that is put."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from sim.facts.ledger import Fact
from sim.language import Text
from sim.preflight import Finding
from sim.preflight.finding import place
from sim.reconcile import Labels
from sim.targets import Target

NO_LABELS = Labels()
_WHICH = "请确认：以哪一个数为准，各数的口径分别是什么？"
#: What is asked, by the kind of a conflict or of a finding.
_QUESTIONS = {
    "definition_break": "请确认：有没有口径变动前后可比的数，两者如何衔接？",
    "scope": "请确认：各数的统计范围分别是什么，以哪一个为准？",
    "concept": "请确认：指标的含义、单位和统计范围是什么，目标按哪一个考核？",
    "price_basis": "请确认：是名义增速还是实际增速？",
    "vacuous": "请确认：目标值与以往数是否为同一口径，目标值是否需要调整？",
    "already_met": "请确认：已公布数与目标是否为同一口径，目标值是否需要调整？",
    "duplicate": "请确认：是否为同一目标，以哪一处的表述为准？",
}
#: The sentence of a finding that says who confirms it: the letter itself is to them.
_CONFIRMS = re.compile(r"(?:待[^。，]*核实|责任单位原文未列，待明确后核实)。$")
_MORE = re.compile(r"；另有\d+个数")


class Disagreement(Protocol):
    """What a letter needs of a conflict between figures."""

    @property
    def kind(self) -> str:
        """What the figures disagree by: identity, reports, scope, …"""

    @property
    def facts(self) -> tuple[str, ...]:
        """Ids of the figures."""

    @property
    def message(self) -> Text:
        """What is to be confirmed."""


@dataclass(frozen=True, slots=True)
class Question:
    """One row of a letter: the name of what is asked about, the figures held against each other, the question."""

    subject: str
    first: tuple[Fact, ...]
    second: tuple[Fact, ...]
    text: str

    @property
    def figures(self) -> tuple[Fact, ...]:
        """The figures of both sides."""
        return (*self.first, *self.second)


def of_conflict(conflict: Disagreement, facts: Mapping[str, Fact], labels: Labels) -> Question:
    """The figures in the order in which the message cites them, and the message without the citations."""
    figures = [facts[id] for id in conflict.facts if id in facts]
    text = conflict.message.zh
    cited = {fact.id: text.find(labels.cite(fact).zh) for fact in figures}
    ordered = sorted(figures, key=lambda fact: cited[fact.id] if cited[fact.id] >= 0 else len(text))
    first = _before_the_stop(ordered, cited, text, labels)
    for fact in figures:
        text = text.replace(labels.cite(fact).zh, "")
    left = _MORE.sub("", text).lstrip("；。")
    subject = "、".join(dict.fromkeys(_name(fact, labels) for fact in ordered))
    asked = _QUESTIONS.get(conflict.kind, _WHICH)
    return Question(subject, tuple(ordered[:first]), tuple(ordered[first:]), f"{left}{asked}")


def _before_the_stop(ordered: Sequence[Fact], cited: Mapping[str, int], text: str, labels: Labels) -> int:
    """How many figures the first sentence cites; one where none is cited."""
    for i, fact in enumerate(ordered, 1):
        end = cited[fact.id] + len(labels.cite(fact).zh)
        if cited[fact.id] < 0 or text[end : end + 1] == "。":
            return i
    return 1


def _name(fact: Fact, labels: Labels) -> str:
    return labels.indicators.get(fact.indicator, Text(fact.indicator, fact.indicator)).zh


def of_finding(finding: Finding, target: Target, facts: Mapping[str, Fact], targets: Mapping[str, Target]) -> Question:
    """The target's own row against its base and the others, and the message without their places."""
    others = (targets[id].fact if id in targets else id for id in finding.others)
    ids = dict.fromkeys(id for id in (target.fact, target.base_fact, *others) if id in facts)
    figures = [facts[id] for id in ids if id is not None]
    text = _CONFIRMS.sub("", finding.message.zh)
    for fact in figures:
        text = text.replace(f"（{place(fact)}）", "")
    asked = _QUESTIONS.get(finding.finding, _WHICH)
    return Question(target.label.zh, tuple(figures[:1]), tuple(figures[1:]), f"{text}{asked}")
