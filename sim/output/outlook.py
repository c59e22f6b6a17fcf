"""The years after the base year: reported figures up to the cut-off, then medians and intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.output.document import MILESTONES
from sim.output.layout import fitted, grid
from sim.output.tables import decimals, figure_text, number_text, unit_text

#: Indicators of the outlook beside those of the plan's table.
HEADLINES = ("gdp", "gdp_growth", "gdp_growth_average", "gdp_per_capita_usd", "gdp_share_of_city", "secondary_share",
             "services_share", "marine_gop", "budget_revenue", "population", "household_income", "energy_use",
             "co2_emissions")  # fmt: skip
#: After a published figure that is not on the basis of the base year's.
OTHER_BASIS = "*"

Record = Mapping[str, Any]


def outlook_years(document: Record) -> tuple[list[int], list[int]]:
    """Years shown as published, and those shown as projected."""
    base, as_of = document["base_year"], document["as_of"]
    return list(range(base + 1, as_of + 1)), [y for y in MILESTONES if max(base, as_of) < y <= document["horizon"]]


def outlook_table(document: Record, lang: str) -> str:
    """Headline and plan indicators: what was published of each year, then medians and 80 % intervals."""
    wanted = dict.fromkeys([*HEADLINES, *(t["indicator"] for t in document["targets"] if t["status"] == "evaluated")])
    by_key = {(r["indicator"], r["year"]): r for r in document["indicators"]}
    past, later = outlook_years(document)
    base = document["base_year"]
    header = [Text("指标", "Indicator").pick(lang), Text("单位", "Unit").pick(lang), str(base)]
    header += [Text(f"{year}年\n已公布", f"{year}\nreported").pick(lang) for year in past]
    header += [Text(f"{year}年中位数（80%区间）", f"{year} median (80 %)").pick(lang) for year in later]
    rows = []
    for name in wanted:
        if (name, base) not in by_key:
            continue
        records = [by_key[(name, year)] for year in later if (name, year) in by_key]
        if all(record["p50"] is None for record in records):
            continue  # no baseline
        spread = min((r["p90"] - r["p10"] for r in records if r["p90"] is not None), default=0.0)
        digits = decimals(spread, ())
        item = INDICATORS[name]
        start = number_text(by_key[(name, base)]["p50"], digits)
        told = [_published(by_key[(name, year)], digits) for year in past]
        row = [item.label.pick(lang), unit_text(item.unit, lang), start, *told]
        rows.append([*row, *(_projected(record, digits, lang) for record in records)])
    columns = list(zip(header, *rows, strict=True))
    widths = fitted(columns, [12, 4, 6, *[6] * len(past), *[12] * len(later)], _widest(past, later))
    right = [False, False, *[True] * (len(header) - 2)]
    table = grid(header, rows, widths, right, ruled=False)
    if not any(cell.endswith(OTHER_BASIS) for row in rows for cell in row[3 : 3 + len(past)]):
        return table
    zh = f"* 口径与{base}年的数不同，不能与{base}年的数和推算值直接相比。"
    note = Text(zh, f"* On another basis than the figure of {base} and the projections: not to be compared with them.")
    return f"{table}\n{note.pick(lang)}"


def _widest(past: Sequence[int], later: Sequence[int]) -> list[int]:
    """Narrower columns where reported years stand between base year and projection."""
    return [36 if past else 50, 10, 9, *[10] * len(past), *[26 if past else 32] * len(later)]


def _published(record: Record, digits: int) -> str:
    """A published figure as published; a sum or average of such figures with the digits of the row."""
    if record["reported"] is None:
        return "—"
    text = figure_text(record["reported"]) if record["fact"] else number_text(record["reported"], digits)
    return text + OTHER_BASIS if record.get("other_basis") else text


def _projected(record: Record, digits: int, lang: str) -> str:
    middle, low, high = (number_text(record[name], digits) for name in ("p50", "p10", "p90"))
    return f"{middle}（{low}—{high}）" if lang == "zh" else f"{middle} ({low} to {high})"
