"""The estimates as committed, `estimates.csv`: one row per cut-off, quantity and industry, and their reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from sim.errors import InputError, Problem, unknown_name
from sim.language import Text
from sim.reading.files import shown_path
from sim.reference_class.literature import INDUSTRIES
from sim.reference_class.tables import Cells, read_table, repeated

#: Years whose information is committed; a later origin uses the last, an earlier one is refused.
CUT_OFFS = range(2004, 2015)

UNITS = ("1", "pp", "pp per log point", "year", "regions")


@dataclass(frozen=True, slots=True)
class Estimate:
    """What was known of one quantity in December of `cut_off`.

    estimate, standard_error : mean and s.d. of what is believed, prior included; in `unit`, pp = log points;
    between_regions_sd : how much the quantity itself differs between regions, None where it is national;
    plain_estimate : the simple pooled statistic, without hierarchy or prior, None where it does not exist;
    n_years, effective_years : years used, and how many independent ones they are worth;
    prior_mean, prior_sd, prior_date : the literature prior it was drawn to, None and "" where there is none (of a
    log-normal prior the centre and the s.d. of the log);
    date : month of the last figure or prior used, 2014-12.
    """

    cut_off: int
    quantity: str
    industry: str
    estimate: float
    standard_error: float
    between_regions_sd: float | None
    plain_estimate: float | None
    n_regions: int
    n_years: int
    effective_years: float
    prior_mean: float | None
    prior_sd: float | None
    prior_date: str
    date: str
    unit: str
    note: str


COLUMNS = tuple(field.name for field in fields(Estimate))


@dataclass(frozen=True, slots=True)
class EstimatesAt:
    """The estimates of one cut-off."""

    cut_off: int
    rows: Mapping[tuple[str, str], Estimate]
    shown: str

    def get(self, quantity: str, industry: str = "") -> Estimate:
        """One estimate; raises InputError naming the nearest quantity, or the industries there are."""
        found = self.rows.get((quantity, industry))
        if found is not None:
            return found
        industries = [cell for name, cell in self.rows if name == quantity]
        if industries:
            text = unknown_name(industry, [cell or '""' for cell in industries])
        else:
            text = unknown_name(quantity, {name for name, _ in self.rows})
        raise InputError(Problem(self.shown, None, None, f"{quantity}[{industry}]", text))

    def value(self, quantity: str, industry: str = "") -> float:
        """The estimate itself."""
        return self.get(quantity, industry).estimate


@dataclass(frozen=True, slots=True)
class Estimates:
    """The estimates of every cut-off of a file."""

    by_cut_off: Mapping[int, EstimatesAt]
    shown: str

    def at(self, cut_off: int) -> EstimatesAt:
        """What may be used at an origin: its own cut-off, or the last one for later origins.

        Raises InputError for an origin before the first cut-off.
        """
        first, last = min(self.by_cut_off), max(self.by_cut_off)
        if cut_off < first:
            zh = f"{cut_off} 年早于参照类估计的最早截止年 {first}：此前面板不足五年，无从估计"
            en = f"{cut_off} is before {first}, the first cut-off of the estimates: the panel is too short"
            raise InputError(Problem(self.shown, None, None, "cut_off", Text(zh, en)))
        return self.by_cut_off[min(cut_off, last)]


def read_estimates(path: str | Path) -> Estimates:
    """The estimates in `path`; raises InputError with every problem of the file."""
    rows = read_table(path, COLUMNS, _estimate)
    shown = shown_path(path)
    problems = repeated([(line, (e.cut_off, e.quantity, e.industry)) for line, e in rows], shown, "quantity")
    estimates = [estimate for _, estimate in rows]
    every = sorted({estimate.cut_off for estimate in estimates})
    problems += [
        Problem(shown, None, None, "cut_off", Text(f"缺少截止年 {year}", f"cut-off {year} is missing"))
        for year in range(every[0], every[-1])
        if year not in every
    ]
    if problems:
        raise InputError(problems)
    tables = {
        year: EstimatesAt(year, {(e.quantity, e.industry): e for e in estimates if e.cut_off == year}, shown)
        for year in every
    }
    return Estimates(tables, shown)


def _estimate(cells: Cells) -> Estimate:
    made = Estimate(
        cells.whole("cut_off", 1950),
        cells.text("quantity"),
        cells.text("industry", INDUSTRIES),
        cells.number("estimate"),
        cells.number("standard_error", lowest=0.0),
        cells.optional_number("between_regions_sd", lowest=0.0),
        cells.optional_number("plain_estimate"),
        cells.whole("n_regions", 1),
        cells.whole("n_years", 1),
        cells.number("effective_years", above=0.0),
        cells.optional_number("prior_mean"),
        cells.optional_number("prior_sd", lowest=0.0),
        cells.date("prior_date") if cells.record["prior_date"] else "",
        cells.date("date"),
        cells.text("unit", UNITS),
        cells.record["note"],
    )
    if made.date and made.date > f"{made.cut_off}-12":
        zh, en = f"{made.date} 晚于截止年 {made.cut_off}", f"{made.date} is after the cut-off {made.cut_off}"
        cells.found.append(("date", Text(zh, en)))
    return made
