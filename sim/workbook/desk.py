"""What every sheet needs to know: the material, the edition, the language, and how numbers are shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.charts.style import shown_probability
from sim.language import Text
from sim.material import Material, View
from sim.output.layout import wrap_cells
from sim.output.tables import cut_off_text, decimals
from sim.report.editions import MODEL_VALUES, Edition
from sim.report.figures.pasted_shared import worded
from sim.report.sources import fact_of
from sim.report.tables.scenarios import scenario_name
from sim.report.wording import allowed
from sim.workbook.grid import BLANK, Entry, Line

Record = Mapping[str, Any]

#: Shares of 0-1 that were rounded to 5 points before: printed as the tables print them.
CHANCE = '[<0.05]"<5%";[>0.95]">95%";0%'
PERCENT, WHOLE = "0.0%", "0"
_NOTE_WIDTH = 120  # cells of a line above a table: no wider than the page is printed
#: Digits that a published number may have; more are of a computed one.
_MOST_DIGITS = 4
#: The same rounding as a formula of the cell that holds the probability itself.
ROUNDED = "=IF({0}<0.05,0,IF({0}>0.95,1,INT({0}*20+0.5+1E-9)/20))"


@dataclass(frozen=True, slots=True)
class Desk:
    """The material and how it is to be shown. `names` : names of the sheets by key."""

    material: Material
    edition: Edition
    lang: str
    names: Mapping[str, str]

    def say(self, zh: str, en: str) -> str:
        """A text in the language of the workbook."""
        return zh if self.lang == "zh" else en

    def of(self, record: Record, key: str = "label") -> str:
        """A text of a record, which holds it in both languages."""
        found = record[key if self.lang == "zh" else f"{key}_en"]
        return "" if found is None else str(found)

    def scenario(self, view: View) -> str:
        """A scenario's label, or its number where the edition must not show the label."""
        ids = [other.id for other in self.material.views]
        return scenario_name(view, ids.index(view.id), self.edition, self.lang)

    def allowed(self, words: str) -> str:
        """What of a note this edition may show."""
        return allowed(words, self.edition)

    @property
    def cut_off(self) -> str:
        """Up to which year figures were used; of the leading result."""
        base_year = self.material.pack.base_year
        return cut_off_text({"as_of": self.material.as_of, "base_year": base_year}, self.lang)

    def lines(self, title: str, *notes: str) -> tuple[Line, ...]:
        """What stands above a table: its title, the cut-off, notes, and the way back to the first sheet."""
        back = Line(self.say("返回说明", "Back to the list of sheets"), "link", self.names["about"])
        cut_off = Line(f"{self.material.pack.label.pick(self.lang)} · {self.cut_off}")
        grave = (
            Line(part, "warning")
            for doubt in self.material.grave
            for part in wrap_cells(self.allowed(doubt.text.pick(self.lang)), _NOTE_WIDTH)
        )
        wrapped = (Line(part) for note in notes if note for part in wrap_cells(note, _NOTE_WIDTH))
        return (Line(title, "title"), cut_off, *grave, *wrapped, back)

    def digits(self, count: int, sign: bool = False) -> str:
        """Number format with a true minus sign; English groups thousands, Chinese statistics do not."""
        bare = ("#,##0" if self.lang == "en" else "0") + (f".{'0' * count}" if count else "")
        return f"+{bare};−{bare};{bare}" if sign else f"{bare};−{bare};{bare}"

    def published(self, count: int, fact: str | None, starred: bool = False) -> str:
        """Number format of a published figure with its rounding word (近1400), starred where it does not count."""
        before, _, after = worded("|", fact_of(self.material, fact), self.lang).partition("|")
        after += "*" if starred else ""
        first, last = (f'"{words}"' if words else "" for words in (before, after))
        return ";".join(f"{first}{part}{last}" for part in self.digits(count).split(";"))

    def number(self, value: float | None, count: int, style: str = "", **more: Any) -> Entry:
        """A number shown with `count` decimals, or nothing."""
        return BLANK if value is None else Entry(value, self.digits(count), style, **more)

    def difference(self, formula: str, value: float | None, count: int) -> Entry:
        """A computed difference, with its sign; nothing where a number is missing."""
        return BLANK if value is None else Entry(value, self.digits(count, True), "computed", formula)


def chance(probability: float | None, style: str = "model") -> Entry:
    """A probability as people may read it: rounded to 5 points, never finer."""
    return BLANK if probability is None else Entry(shown_probability(probability), CHANCE, style)


def text(value: object) -> Entry:
    """A text, or nothing."""
    return Entry(str(value)) if value not in (None, "") else BLANK


def printed(value: float | None) -> int:
    """Digits after the point that a published number was published with."""
    return 0 if value is None else min(len(f"{value:.10g}".partition(".")[2]), _MOST_DIGITS)


def spread_digits(records: Sequence[Record], texts: Sequence[str | None] = ()) -> int:
    """Decimals of medians: what the spread of the draws supports."""
    spread = min((r["p90"] - r["p10"] for r in records if r["p90"] is not None), default=0.0)
    return decimals(spread, texts)


MODEL_NOTE = Text(
    f"斜体蓝字为{MODEL_VALUES.zh}；带下划线的数点开即到“来源”。",
    f"Italic blue: {MODEL_VALUES.en}. Underlined numbers lead to their source.",
)
