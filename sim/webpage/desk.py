"""What all parts of a page share: the material, edition and language, the scenarios' names, and the list of sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sim.facts.ledger import Fact
from sim.indicators.catalogue import INDICATORS
from sim.language import Text, clean
from sim.material import Material, View
from sim.output.tables import decimals, unit_text
from sim.report.editions import Edition
from sim.report.sources import fact_of, model_source, origin
from sim.report.wording import allowed, name_allowed, quoted
from sim.targets import Target

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the list of sources: what, which value, where it stands, and the words there."""

    what: str
    value: str
    where: str
    quote: str = ""


@dataclass(slots=True)
class Register:
    """Sources in the order in which the page first cites them, numbered from 1."""

    entries: dict[str, Entry] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)

    def number(self, key: str, entry: Entry) -> int:
        """The number of the source `key`."""
        self.entries.setdefault(key, entry)
        return self.numbers.setdefault(key, len(self.numbers) + 1)


@dataclass(frozen=True, slots=True)
class Desk:
    """The material as one edition in one language shows it."""

    material: Material
    edition: Edition
    lang: str
    register: Register = field(default_factory=Register)
    goals: Mapping[str, Target] = field(default_factory=dict)  # targets on file by id

    def say(self, text: Text) -> str:
        """A text in the page's language."""
        return text.pick(self.lang)

    def may(self, text: str) -> str:
        """What of a text the edition may show."""
        return allowed(text, self.edition)

    @property
    def views(self) -> Sequence[View]:
        """The scenarios."""
        return self.material.views

    @property
    def lead(self) -> View:
        """The first scenario."""
        return self.material.views[0]

    def names(self) -> list[str]:
        """Names of the scenarios, cleaned, no two alike."""
        found: list[str] = []
        for place, view in enumerate(self.views, start=1):
            other = self.say(Text(f"方案{place}", f"Scenario {place}"))
            bare = clean(view.label.pick(self.lang)).strip() or other
            name = name_allowed(bare, other, self.edition)
            found.append(name if name not in found else f"{name} ({place})")
        return found

    def of_model(self, place: int) -> int:
        """Number of the source of a scenario's values: the model."""
        view, name = self.views[place], quoted(self.names()[place], self.lang)
        value = model_source(view, self.edition, self.lang)
        where = ""
        if self.edition.ids:
            draws, seed = view.document["draws"], view.document["seed"]
            where = self.say(Text(f"{draws}次模拟，种子{seed}", f"{draws} draws, seed {seed}"))
        what = self.say(Text(f"情景{name}", f"Scenario {name}"))
        return self.register.number(f"model:{view.id}", Entry(what, value, where))

    def of_fact(self, id: str | None) -> int | None:
        """Number of the source of a published figure; None where the ledger does not hold it."""
        fact = fact_of(self.material, id)
        return None if fact is None else self.register.number(f"fact:{fact.id}", self._entry(fact))

    def of_target(self, record: Record) -> int | None:
        """Number of the source of a target."""
        if not record["source_title"]:
            return None
        label = record["label"] if self.lang == "zh" else record["label_en"]
        target = self.say(Text("目标", "target"))
        title = record["source_title"]
        where = f"《{title}》" if self.lang == "zh" else title
        if self.edition.sources and record["source"]:
            where += self._line(record["source"].rpartition(":")[2], record["source"])
        what = f"{label}（{record['year']}年{target}）" if self.lang == "zh" else f"{label}, {target} {record['year']}"
        value = record["target_text"] or ""
        # another reading of a target may rest on another document, and then has a line of its own
        key = f"target:{record['reading_of'] or record['id']}:{record['source']}"
        return self.register.number(key, Entry(what, value, where, self._quote(record)))

    def _quote(self, record: Record) -> str:
        """The words of the document at the target's line, from the ledger."""
        if not self.edition.sources:
            return ""
        document, _, line = (record["source"] or "").rpartition(":")
        found = (
            fact.quote for fact in self.material.pack.ledger.facts
            if fact.nature == "target" and fact.document == document and str(fact.line) == line
        )  # fmt: skip
        return next(found, "")

    def _entry(self, fact: Fact) -> Entry:
        told = origin(self.material, fact, self.lang)
        what = f"{told.subject}（{told.period}）" if self.lang == "zh" else f"{told.subject}, {told.period}"
        if not self.edition.sources:
            return Entry(what, told.value, told.title)
        where = told.title + self._line("" if told.line is None else str(told.line), told.place)
        where += self.say(Text(f"；{told.remark}", f"; {told.remark}")) if told.remark else ""
        where += f" [{told.fact}]" if self.edition.ids else ""
        return Entry(what, told.value, where, told.quote)

    def _line(self, line: str, place: str) -> str:
        """Line of a document, with the document's id where the edition shows ids."""
        text = self.say(Text(f"第{line}行", f", line {line}")) if line.isdigit() else ""
        return f"{text} ({place})" if self.edition.ids and place else text

    def digits(self, indicator: str) -> int:
        """Digits after the point of an indicator's values, the same all over the page."""
        base = int(self.lead.document["base_year"])
        spreads = [
            record["p90"] - record["p10"]
            for record in self.lead.document["indicators"]
            if record["indicator"] == indicator and record["year"] > max(base, self.material.as_of)
            and record["p90"] is not None
        ]  # fmt: skip
        return decimals(min(spreads, default=0.0), ())

    def unit(self, indicator: str) -> str:
        """Unit of an indicator as printed."""
        return unit_text(INDICATORS[indicator].unit, self.lang)
