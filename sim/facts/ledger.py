"""The ledger of reported figures: every number with its unit, scope, rounding word, document, line and quote.

`read_ledger` reads `calibration/<region>/facts.csv` and reports every mistake at once, with its row and
column. What a row may hold is said in `sim.facts.checks`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from sim.errors import InputError, Problem, SimError, unknown_name
from sim.facts.checks import COLUMNS, EMPTY, PERIOD, plain, row_problems
from sim.facts.rounding import Interval, Rounding, interval, widened
from sim.facts.units import factor
from sim.language import Text
from sim.reading.columns import header_problems, wrong_width
from sim.reading.files import decode, read_bytes, shown_path

#: Between the parts of a scope column.
SEPARATOR = "；"

#: What other programs put between cells when they save a table as text.
_DELIMITERS = {
    ";": Text("分号", "semicolons"),
    "；": Text("全角分号", "full-width semicolons"),
    "\t": Text("制表符", "tabs"),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One row of the ledger. `row` is its row in the file and `shown` the file as shown to people.

    `value` is None only for a target in words (高于全市). `printed` holds the number digit by digit. `grade` is that
    of the publication: official, press, dataset, mirror, memory.
    """

    id: str
    region: str
    indicator: str
    period: str
    value: float | None
    unit: str
    price_basis: str
    scope: str
    rounding: str
    nature: str
    attribute: str
    document: str
    line: int | None
    quote: str
    note: str
    printed: str
    row: int
    shown: str
    grade: str = "official"

    @property
    def number(self) -> float:
        """The value of a fact that must have one; raises SimError for a target in words."""
        if self.value is None:
            raise SimError(f"{self.shown}:{self.row}: {self.id}: no number, only “{self.quote}”")
        return self.value

    @property
    def decimals(self) -> int:
        """Digits printed after the point: 30 stands for ±0.5 and 3721.68 for ±0.005."""
        return len(self.printed.partition(".")[2])

    @property
    def first_year(self) -> int:
        """First year of the period."""
        return int(self.period[:4])

    @property
    def last_year(self) -> int:
        """Last year of the period, which decides whether a run as of some year may use the fact."""
        match = PERIOD.fullmatch(self.period)
        return int((match and match["last"]) or self.period[:4])

    def in_unit(self, unit: str) -> float:
        """The number in another unit of the same kind; raises SimError when the kinds differ."""
        return self.number * self._factor(unit)

    def number_in(self, unit: str) -> float:
        """The number in another unit of the same kind, as printed where the kinds differ or are not known."""
        scale = factor(self.unit, unit)
        return self.number if scale is None else self.number * scale

    @property
    def scopes(self) -> tuple[str, ...]:
        """Parts of the scope column, one by one."""
        return tuple(part.strip() for part in self.scope.split(SEPARATOR) if part.strip())

    def interval(self, words: Mapping[str, Rounding], unit: str | None = None) -> Interval:
        """Where the true value lies, given the rounding word and the printed digits, in `unit`.

        A publication whose grade has a line in the table (mirror, memory) makes it wider.
        """
        own = interval(self.number, self.decimals, words[self.rounding])
        if self.grade in words:
            own = widened(own, self.number, words[self.grade])
        scale = 1.0 if unit is None else self._factor(unit)
        return Interval(own.centre * scale, own.sd * scale, own.low * scale, own.high * scale, own.shape)

    def _factor(self, unit: str) -> float:
        scale = factor(self.unit, unit)
        if scale is None:
            raise SimError(f"{self.shown}:{self.row}: {self.id}: {self.unit} is not a multiple of {unit}")
        return scale


@dataclass(frozen=True, slots=True)
class Ledger:
    """The facts of one region pack, in the order of the file."""

    facts: tuple[Fact, ...]
    shown: str

    def get(self, id: str) -> Fact:
        """The fact with this id; raises InputError naming the nearest id."""
        for fact in self.facts:
            if fact.id == id:
                return fact
        text = unknown_name(id, [fact.id for fact in self.facts])
        raise InputError(Problem(self.shown, None, None, "", text))

    def find(self, indicator: str, period: str, region: str | None = None) -> tuple[Fact, ...]:
        """All reports of one indicator and period, contradictory ones included, in the order of the file."""
        return tuple(
            fact
            for fact in self.facts
            if (fact.indicator, fact.period) == (indicator, period) and region in (None, fact.region)
        )


def read_ledger(path: str | Path, words: Collection[str]) -> Ledger:
    """The ledger in `path`, whose rounding words must be among `words`.

    Raises InputError with every problem of the file: `line` is the row, `column` counts from 1, `key` is the
    name of the column.
    """
    shown = shown_path(path)
    header, rows = _records(_text(read_bytes(path), shown), shown)
    facts: list[Fact] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for row, cells in rows:
        if len(cells) != len(header):
            problems.append(Problem(shown, row, None, "", wrong_width(len(cells), len(header))))
            continue
        record = {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
        found = list(row_problems(record, words, seen))
        problems += [Problem(shown, row, header.index(n) + 1, n, _named(text, record)) for n, text in found]
        seen.setdefault(record["id"], row)
        if not found:
            facts.append(_fact(record, row, shown))
    if problems:
        raise InputError(problems)
    return Ledger(tuple(facts), shown)


def _text(content: bytes, shown: str) -> str:
    """The text of a ledger: UTF-8, or GB18030 as Excel in China saves a CSV file.

    GB18030 is taken only where nothing else can be meant: every byte decodes, the first line holds the columns,
    and read as UTF-8 more is broken than whole, so that a damaged UTF-8 file is not mistaken for one.
    """
    try:
        return decode(content, shown)
    except InputError:
        try:
            text = content.decode("gb18030")
        except UnicodeDecodeError:
            text = ""
        as_utf8 = content.decode("utf-8", errors="replace")
        broken = as_utf8.count("\ufffd")
        whole = sum(character > "\x7f" for character in as_utf8) - broken
        header = next(csv.reader(text.splitlines()[:1]), [])
        named = sorted(name.strip() for name in header) == sorted(COLUMNS) or _other_delimiter(text) is not None
        if broken <= whole or not named:
            raise
        return text


def _records(text: str, shown: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Header and numbered rows; rows without content, which Excel leaves behind, are skipped."""
    delimiter = _other_delimiter(text)
    if delimiter is not None:
        message = Text(f"分隔符应为逗号，似为{delimiter.zh}", f"cells must be separated by commas, not {delimiter.en}")
        raise InputError(Problem(shown, 1, None, "", message))
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        records = list(enumerate(reader, 1))
    except csv.Error as error:
        message = Text(f"无法按 CSV 读取（{error}）", f"not readable as CSV ({error})")
        raise InputError(Problem(shown, reader.line_num, None, "", message)) from error
    if not records:
        raise InputError(Problem(shown, None, None, "", Text("文件是空的", "the file is empty")))
    header = [name.strip() for name in records[0][1]]
    problems = [Problem(shown, 1, column, name, text) for column, name, text in header_problems(header, COLUMNS)]
    if problems:
        raise InputError(problems)
    return header, [(row, cells) for row, cells in records[1:] if any(cell.strip() for cell in cells)]


def _other_delimiter(text: str) -> Text | None:
    """What separates the cells where it is no comma: with it the first line names most columns, without it none."""
    first = (text.splitlines() or [""])[0]
    for character, name in _DELIMITERS.items():
        names = {cell.strip().strip('"') for cell in first.split(character)}
        if len(names & set(COLUMNS)) > len(COLUMNS) // 2:
            return name
    return None


def _named(text: Text, record: Mapping[str, str]) -> Text:
    """The message with the id of the row where a cell is empty: there is nothing else to know the row by."""
    id = record["id"]
    return Text(f"{text.zh}（{id}）", f"{text.en} ({id})") if text is EMPTY and id else text


def _fact(record: Mapping[str, str], row: int, shown: str) -> Fact:
    """The fact of a row without problems."""
    printed = plain(record["value"]).replace(",", "")
    texts = {name: record[name] for name in COLUMNS if name not in ("period", "value", "line")}
    return Fact(
        **texts,
        period=plain(record["period"]),
        value=float(printed) if printed else None,
        line=int(plain(record["line"])) if record["line"] else None,
        printed=printed,
        row=row,
        shown=shown,
    )
