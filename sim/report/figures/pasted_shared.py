"""What the pasted figures have in common: values by year with their facts, who published them, and reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sim.charts.yearly import NOTHING, Point
from sim.facts.definitions import Definitions, read_definitions
from sim.facts.ledger import Fact
from sim.facts.rounding import EXACT
from sim.facts.sources import Source
from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.language import clean as cleaned
from sim.material import Material, View
from sim.output.further import plan_rows
from sim.output.midterm_table import AFTER
from sim.output.tables import decimals, figure_text, number_text, unit_text
from sim.report.editions import MODEL_VALUES, Edition
from sim.resources import data_path

Record = Mapping[str, Any]

NO_RUN = Text(
    "材料中没有情景结果；请先用 run 或 compare 测算，再把结果文件夹交给 report",
    "no scenario among the results; compute one with `run` or `compare` and give its folder to `report`",
)
CURRENT_AND_CONSTANT = Text(
    "绝对额按现价计算，增长速度按不变价计算",
    "levels are at current prices, growth rates at constant prices",
)
ROUNDED = Text(
    "部分数据合计数与分项之和不等系四舍五入，未作机械调整",
    "parts may not sum to totals because of rounding; they were not adjusted",
)
PLAN_YEARS = 5


@lru_cache(maxsize=1)
def definitions() -> Definitions:
    """The definitions of the calibration folder."""
    return read_definitions(data_path("calibration") / "definitions.yaml")


def clean(text: Text) -> Text:
    """A user's words without control characters and marks of direction, on one line."""
    return Text(cleaned(text.zh), cleaned(text.en))


def plan_end(view: View) -> int:
    """Year of the targets of the plan's own table, or five years after the base year."""
    rows = plan_rows(view.targets)
    return int(rows[0]["year"]) if rows else int(view.document["base_year"]) + PLAN_YEARS


class YearPoints:
    """Values of one indicator of a scenario by year, and the facts behind those that are published."""

    def __init__(self, material: Material, view: View, name: str, years: Iterable[int], lang: str) -> None:
        self.name, self.years, self._lang = name, tuple(years), lang
        self.facts: dict[str, Fact] = {}
        self._known = {fact.id: fact for fact in reversed(material.pack.ledger.facts)}
        self._records = {r["year"]: r for r in view.document["indicators"] if r["indicator"] == name}
        base = view.document["base_year"]
        printed = [record["reported"] for record in self._records.values() if record["fact"]]
        self._texts = [figure_text(value) for value in printed]
        self._base = base_fact(material, name, base)
        self.points = tuple(self._point(year, base) for year in self.years)
        self.beside = tuple(self._beside(year) for year in self.years)

    @property
    def known(self) -> bool:
        """Whether there is any value."""
        return any(point.known for point in self.points)

    def _point(self, year: int, base: int) -> Point:
        record = self._records.get(year)
        if year == base and self._base is not None:
            self.facts[self._base.id] = self._base
            unit = record["unit"] if record is not None else self._base.unit
            value = self._base.number_in(unit)
            return Point(value, worded(figure_text(value), self._base, self._lang), True)
        if record is None:
            return NOTHING
        if record["reported"] is not None and not record["other_basis"]:
            self._cite(record)
            return Point(record["reported"], self._printed(record), True)
        return NOTHING if record["p50"] is None else Point(record["p50"], self._rounded(record, record["p50"]), False)

    def _beside(self, year: int) -> Point:
        """A published value on another basis than the projection."""
        record = self._records.get(year)
        if record is None or record["reported"] is None or not record["other_basis"]:
            return NOTHING
        self._cite(record)
        return Point(record["reported"], self._printed(record) + "*", True)

    def _printed(self, record: Record) -> str:
        """A published figure with its rounding word; one made from several with the digits of the row."""
        if not record["fact"]:
            return self._rounded(record, record["reported"])
        return worded(figure_text(record["reported"]), self._known.get(record["fact"]), self._lang)

    def _cite(self, record: Record) -> None:
        for id in (record["fact"], *record["derived_from"]):
            if id in self._known:
                self.facts[id] = self._known[id]

    def _rounded(self, record: Record, value: float) -> str:
        spread = None if record["p90"] is None else record["p90"] - record["p10"]
        return number_text(value, decimals(spread, self._texts))


def worded(text: str, fact: Fact | None, lang: str) -> str:
    """A figure with its rounding word: 40左右, 超1400."""
    if fact is None or fact.rounding == EXACT:
        return text
    if lang == "en":
        return f"c. {text}"
    return f"{text}{fact.rounding}" if fact.rounding in AFTER else f"{fact.rounding}{text}"


def base_fact(material: Material, name: str, base: int) -> Fact | None:
    """The published figure of the base year that the model starts from, or the ledger's first of that name."""
    pack = material.pack
    used = [fact for fact in pack.base_facts.values() if fact is not None]
    own = [fact for fact in pack.ledger.facts if fact.region == pack.id and fact.id == f"{name}.{base}"]
    for fact in (*used, *own):
        if fact.indicator == name and fact.period == str(base) and fact.value is not None and fact.nature != "target":
            return fact
    return None


def sources(facts: Iterable[Fact], known: Mapping[str, Source], edition: Edition, lang: str) -> str:
    """Documents of facts, each once: title and year, in the internal edition the lines too."""
    lines: dict[str, list[int]] = {}
    for fact in facts:
        lines.setdefault(fact.document, [])
        if fact.line is not None and fact.line not in lines[fact.document]:
            lines[fact.document].append(fact.line)
    cited = [_document(id, sorted(found), known, edition, lang) for id, found in lines.items()]
    return ("、" if lang == "zh" else "; ").join(cited)


def _document(id: str, lines: Sequence[int], known: Mapping[str, Source], edition: Edition, lang: str) -> str:
    source = known.get(id)
    title = id if source is None else source.name
    year = "" if source is None else source.date[:4]
    place = f"{id}:{','.join(map(str, lines))}" if edition.ids and lines else ""
    if lang == "zh":
        said = "，".join(part for part in (f"{year}年" if year else "", place) if part)
        marked = title if title.startswith("《") else f"《{title}》"
        return marked + (f"（{said}）" if said else "")
    said = ", ".join(part for part in (year, place) if part)
    return title + (f" ({said})" if said else "")


def source_text(facts: Iterable[Fact], material: Material, edition: Edition, model: str, lang: str) -> Text:
    """The source line in the language asked for: documents, then what the model adds."""
    cited = sources(facts, material.pack.sources, edition, lang)
    said = ("；" if lang == "zh" else "; ").join(part for part in (cited, model) if part)
    return Text(said, said)


def model_words(points: Iterable[Sequence[Point]], scenario: Text | None, lang: str) -> str:
    """推算值为本模型测算（基准情景）, where any point is projected."""
    if not any(point.known and not point.reported for row in points for point in row):
        return ""
    if lang == "zh":
        return "推算值为本模型测算" + (f"（{scenario.zh}）" if scenario else "")
    return "projected values: this model" + (f" ({scenario.en})" if scenario else "")


def model_note(points: Iterable[Sequence[Point]]) -> tuple[Text, ...]:
    """推算值为各次模拟的中位数，是模型推算值，非统计数据, where any point is projected."""
    if not any(point.known and not point.reported for row in points for point in row):
        return ()
    zh, en = f"推算值为中位数，系{MODEL_VALUES.zh}", f"projected values are medians: {MODEL_VALUES.en}"
    return (Text(zh, en),)


def years_to(view: View, last: int) -> range:
    """Years from the base year to `last`, or to the horizon."""
    return range(view.document["base_year"], min(last, view.document["horizon"]) + 1)


def unit_of(name: str) -> Text:
    """The unit of an indicator."""
    unit = INDICATORS[name].unit
    return Text(unit, unit_text(unit, "en"))


def kind(point: Point, lang: str) -> str:
    """（已公布） or （推算）."""
    if not point.known:
        return ""
    if lang == "zh":
        return "（已公布）" if point.reported else "（推算）"
    return " (published)" if point.reported else " (projected)"


def points_alt(title: Text, years: tuple[int, ...], points: tuple[Point, ...], unit: Text, lang: str) -> str:
    """A figure read aloud: each value with its year."""
    said = [
        f"{year}年{point.text}{kind(point, lang)}" if lang == "zh" else f"{year} {point.text}{kind(point, lang)}"
        for year, point in zip(years, points, strict=True)
    ]
    return sentence(title, [unit.pick(lang), *said], lang)


def sentence(title: Text, parts: list[str], lang: str) -> str:
    """A title and what follows it as sentences."""
    if lang == "zh":
        return f"{title.zh}。" + "；".join(parts) + "。"
    return f"{title.en}. " + "; ".join(parts) + "."
