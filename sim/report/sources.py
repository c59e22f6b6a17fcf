"""Where a number comes from: the fact behind it, its document by title, the line and the words quoted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from sim.facts.ledger import Fact
from sim.facts.names import name_of, read_names
from sim.language import Text
from sim.material import Material, View
from sim.output.tables import NATURES_OF_FACTS, unit_text
from sim.preflight.finding import place
from sim.preflight.statements import region_names
from sim.reconcile.wording import period_text
from sim.region.pack import Pack
from sim.report.editions import MODEL_VALUES, Edition
from sim.resources import data_path
from sim.targets import known

Record = Mapping[str, Any]

#: Instead of the number of a target in words.
WORDED = Text("文字目标", "in words")
#: Publications whose figures are to be checked against the original before they are used in public.
TO_CHECK = {
    "mirror": Text("转载页面，待核对原件", "reprint, original to be checked"),
    "memory": Text("未核对原件", "original not checked"),
}


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a figure comes from, in words of one language.

    subject : region, where it is another one, and indicator; value : as printed, with its rounding word and unit.
    """

    fact: str
    subject: str
    period: str
    value: str
    number: float | None
    title: str
    place: str
    line: int | None
    quote: str
    remark: str


def fact_of(material: Material, id: str | None) -> Fact | None:
    """The fact of that id, None where the ledger does not hold it any more."""
    return next((fact for fact in material.pack.ledger.facts if fact.id == id), None)


@lru_cache(maxsize=4)
def _names(path: Path) -> Mapping[str, Text]:
    return read_names(path)


def indicator_name(indicator: str) -> Text:
    """What an indicator of the ledger is called."""
    return name_of(indicator, _names(data_path("calibration") / "indicators.yaml"))


def title_of(pack: Pack, document: str, lang: str) -> str:
    """The title of a document in book-title marks; titles stay in the language of the document."""
    source = pack.sources.get(document)
    title = document if source is None else source.title
    return in_marks(title) if lang == "zh" else title


def short_title(pack: Pack, document: str, lang: str) -> str:
    """What people call a document, in book-title marks."""
    source = pack.sources.get(document)
    name = document if source is None else source.name
    return in_marks(name) if lang == "zh" else name


def in_marks(title: str) -> str:
    """A title in book-title marks; single ones inside."""
    return f"《{title.replace('《', '〈').replace('》', '〉')}》"


def cited(pack: Pack, fact: Fact, lang: str) -> str:
    """A document and its line in a sentence: 《区“十四五”规划纲要》第57行."""
    line = "" if fact.line is None else Text(f"第{fact.line}行", f", line {fact.line}").pick(lang)
    return short_title(pack, fact.document, lang) + line


def fact_source(material: Material, id: str | None, edition: Edition) -> str:
    """Where a cell's figure comes from: the fact and its document:line; nothing where the edition shows no sources."""
    fact = fact_of(material, id)
    if fact is None or not edition.sources:
        return ""
    return f"{fact.id} · {place(fact)}" if edition.ids else place(fact)


def model_source(view: View, edition: Edition, lang: str) -> str:
    """Where a number of the model comes from: the result's id, in the edition that shows ids."""
    said = MODEL_VALUES.pick(lang)
    if not edition.ids:
        return said
    return Text(f"{said}；结果 {view.run_id}", f"{said}; result {view.run_id}").pick(lang)


def base_known(material: Material, view: View, indicator: str) -> Fact | None:
    """The reported figure of the base year that an indicator starts from; None where the model puts it together."""
    found = known(material.pack, indicator, int(view.document["base_year"]))
    return None if found is None else found.fact


def _above(pack: Pack, region: str) -> Text:
    """What a region without a pack is called: the province above the city, else its id."""
    city = pack.id if pack.whole is None else pack.whole.id
    return Text("全省", "the province") if pack.parents.get(city) == region else Text(region, region)


def origin(material: Material, fact: Fact, lang: str) -> Origin:
    """The words about one fact."""
    pack = material.pack
    names = region_names(pack)
    region = "" if fact.region == pack.id else names.get(fact.region, _above(pack, fact.region)).pick(lang)
    name = indicator_name(fact.indicator).pick(lang)
    joined = f"{region}{name}" if lang == "zh" else f"{region}, {name}" if region else name
    word = "" if fact.rounding in ("exact", "") else f"（{fact.rounding}）" if lang == "zh" else f" ({fact.rounding})"
    unit = unit_text(fact.unit, lang)
    space = "" if lang == "zh" or unit == "%" else " "
    value = f"{fact.printed.replace('-', '−')}{space}{unit}{word}" if fact.printed else WORDED.pick(lang)
    source = pack.sources.get(fact.document)
    check = None if source is None else TO_CHECK.get(source.grade)
    remarks = [NATURES_OF_FACTS[fact.nature].pick(lang)] if fact.nature in NATURES_OF_FACTS else []
    remarks += [check.pick(lang)] if check is not None else []
    return Origin(
        fact=fact.id,
        subject=joined,
        period=period_text(fact.period) if lang == "zh" else fact.period,
        value=value,
        number=fact.value,
        title=title_of(pack, fact.document, lang),
        place=place(fact),
        line=fact.line,
        quote=" ".join(fact.quote.split()),
        remark=("；" if lang == "zh" else "; ").join(remarks),
    )


def facts_in(material: Material, ids: Iterable[str | None]) -> tuple[Fact, ...]:
    """The facts of these ids that the ledger holds, each once."""
    by_id = {fact.id: fact for fact in material.pack.ledger.facts}
    return tuple(by_id[id] for id in dict.fromkeys(ids) if id is not None and id in by_id)
