"""How the evaluation, the indicator notes and the brief cite figures: value, kind of figure, document, line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sim.errors import InputError
from sim.facts.ledger import Fact
from sim.facts.sources import Source
from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.output.tables import NATURES_OF_FACTS, unit_text
from sim.peers import Peers, read_peers
from sim.preflight.statements import region_names
from sim.reconcile.wording import period_text
from sim.region.pack import Pack
from sim.report.editions import Edition
from sim.report.sources import indicator_name
from sim.targets import Target

#: Rounding words that stand after the number; all others stand before it.
_AFTER = ("左右", "以上", "以内")
_WORDS_EN = {
    "左右": "about",
    "约": "about",
    "近": "nearly",
    "接近": "nearly",
    "以上": "at least",
    "以内": "at most",
    "超过": "over",
    "突破": "over",
    "预计": "expected",
}
#: How far a publication can be relied on, in words, by its grade.
GRADES: Mapping[str, Text] = {
    "official": Text("正式公布", "officially published"),
    "press": Text("见于报道", "from the press"),
    "dataset": Text("见于公开数据集", "from a public data set"),
    "mirror": Text("见于转载，待核对原件", "from a reprint, original to be checked"),
    "memory": Text("未核对原件", "original not checked"),
}


@dataclass(frozen=True, slots=True)
class Page:
    """Whose figures are cited, in which edition and language, up to which year."""

    pack: Pack
    edition: Edition
    lang: str
    as_of: int
    peers: Peers | None
    regions: Mapping[str, Text]

    @property
    def zh(self) -> bool:
        """Whether the page is in Chinese."""
        return self.lang == "zh"

    def pick(self, zh: str, en: str) -> str:
        """The words of the page's language."""
        return zh if self.zh else en

    def joined(self, parts: Iterable[str]) -> str:
        """Parts of one sentence."""
        return ("；" if self.zh else "; ").join(part for part in parts if part)

    def listed(self, names: Iterable[str]) -> str:
        """Names one after the other, each once."""
        return ("、" if self.zh else ", ").join(dict.fromkeys(names))

    def source(self, document: str) -> Source | None:
        """The document of that id, of the region or of those beside it."""
        around = self.pack.surroundings
        books = [self.pack.sources, {} if around is None else around.sources]
        books.append({} if self.peers is None else self.peers.sources)
        return next((book[document] for book in books if document in book), None)

    def title(self, document: str) -> str:
        """What people call a document, in its brackets."""
        source = self.source(document)
        name = document if source is None else source.name
        return name if name.startswith("《") else f"《{name}》"

    def cite(self, fact: Fact) -> str:
        """Document and line; the document alone where the edition gives no lines."""
        title = self.title(fact.document)
        if fact.line is None or not self.edition.sources:
            return title
        return f"{title}第{fact.line}行" if self.zh else f"{title}, line {fact.line}"

    def target_place(self, target: Target) -> str:
        """Where a target is printed; the scenario that sets it where no document does."""
        fact = fact_of(self.pack, target.fact)
        return self.pick("情景设定的目标", "set by the scenario") if fact is None else self.cite(fact)

    def value(self, fact: Fact) -> str:
        """A figure as printed, with its word and unit; the wording of a target without a number."""
        if fact.value is None:
            return f"“{clean(fact.quote)}”"
        text = f"{fact.printed.replace('-', '−')}{self.unit(fact.unit)}"
        if fact.rounding in ("exact", ""):
            return text
        if not self.zh:
            return f"{_WORDS_EN.get(fact.rounding, 'about')} {text}"
        return f"{text}{fact.rounding}" if fact.rounding in _AFTER else f"{fact.rounding}{text}"

    def unit(self, unit: str) -> str:
        """A unit as it follows a number."""
        shown = unit_text(unit, self.lang)
        if self.zh or shown in ("%", ""):
            return shown
        return f" × {shown}" if shown[:1].isdigit() else f" {shown}"

    def kind(self, fact: Fact) -> str:
        """Preliminary, final, a department's own …"""
        return NATURES_OF_FACTS.get(fact.nature, Text(fact.nature, fact.nature)).pick(self.lang)

    def period(self, period: str) -> str:
        """A period in words."""
        return period_text(period) if self.zh else period.replace("-", "–")

    def region(self, id: str) -> Text:
        """Name of a region."""
        known = None if self.peers is None else self.peers.regions.get(id)
        return self.regions.get(id) or (Text(id, id) if known is None else known.label)

    @property
    def above(self) -> str:
        """The region next above, which sets targets for this one."""
        parent = self.pack.parents.get(self.pack.id)
        return self.pick("上级", "the level above") if parent is None else self.region(parent).pick(self.lang)


def page_of(pack: Pack, edition: Edition, lang: str, as_of: int) -> Page:
    """The page of a region, with the regions to compare with where there are any."""
    try:
        peers = read_peers(pack.folder.parent, pack.words)
    except InputError:  # a pack of its own, without peers beside it
        peers = None
    return Page(pack, edition, lang, as_of, peers, region_names(pack))


def clean(text: str) -> str:
    """A quotation on one line."""
    return " ".join(text.split())


def fact_of(pack: Pack, id: str | None) -> Fact | None:
    """The fact of that id, None where there is none."""
    return next((fact for fact in pack.ledger.facts if fact.id == id), None) if id else None


def every_fact(pack: Pack) -> Iterable[Fact]:
    """Facts of the region, of what it belongs to, and of the city around it with the targets that it has."""
    seen = set()
    around = () if pack.surroundings is None else pack.surroundings.ledger.facts
    for fact in (*pack.ledger.facts, *around):
        key = (fact.region, fact.indicator, fact.period, fact.document, fact.line, fact.printed, fact.nature)
        if key not in seen:
            seen.add(key)
            yield fact


def indicator_label(indicator: str) -> Text:
    """Name of an indicator: of the model, else of the table of names."""
    known = INDICATORS.get(indicator)
    return indicator_name(indicator) if known is None else known.label
