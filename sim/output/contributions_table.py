"""Contributions to growth as printed: 拉动百分点 and 贡献率 by industry and cell, by channel, and in one sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.growth_accounting.channels import CHANNELS, INDUSTRIES, NOMINAL, REAL, TOTAL
from sim.growth_accounting.contributions import LEAST_GROWTH
from sim.language import Text
from sim.output.contributions import channel_label, member_label
from sim.output.layout import fitted, grid
from sim.output.outlook import outlook_years
from sim.output.paged import paged
from sim.output.tables import number_text

#: How many years are printed where none of the milestones lies ahead.
YEARS = 3

Record = Mapping[str, Any]
Found = dict[tuple[str, int, str, str], Record]


def contribution_years(document: Record) -> list[int]:
    """Years that are printed: the milestones ahead, else the first years after the cut-off."""
    first = max(document["base_year"], document["as_of"]) + 1
    return outlook_years(document)[1] or list(range(first, min(first + YEARS, document["horizon"] + 1)))


def contribution_table(document: Record, lang: str) -> str:
    """The tables by industry and cell and by channel with a sentence for every year; empty without contributions."""
    years = contribution_years(document)
    if not document["contributions"] or not years:
        return ""
    found = _by_key(document["contributions"])
    cells = document["contribution_cells"]
    title = Text(
        "增长从哪里来：拉动百分点与贡献率（不变价，各次模拟的平均）",
        "Where growth comes from: points and shares of growth (constant prices, mean over draws)",
    )
    parts = [title.pick(lang), _of_members(found, cells, years, lang), _of_channels(found, years, lang)]
    parts += [_sentence(found, year, lang) for year in years]
    if any(found[REAL, year, TOTAL, TOTAL]["share"] is None for year in years):
        zh = f"增速绝对值不足{LEAST_GROWTH:g}%的年份不列贡献率：分母接近零，比重没有意义。"
        en = f"No shares for years in which GDP changes by less than {LEAST_GROWTH:g} %: parts of nearly nothing."
        parts.append(Text(zh, en).pick(lang))
    zh = "各项由四舍五入前的数计算。逐年、逐部门、逐来源和现价的拉动点见 contributions.csv。"
    en = "Computed before rounding. All years, cells and channels, and current prices, are in contributions.csv."
    return "\n".join([*parts, Text(zh, en).pick(lang)])


def _by_key(records: Sequence[Record]) -> Found:
    return {(r["account"], r["year"], r["member"], r["channel"]): r for r in records}


def _header(first: Text, years: Sequence[int], lang: str) -> list[str]:
    columns = [first.pick(lang)]
    for year in years:
        columns.append(Text(f"{year}年拉动\n（百分点）", f"{year}\npoints").pick(lang))
        columns.append(Text("贡献率\n（%）", "share of\ngrowth (%)").pick(lang))
    return columns


def _pair(record: Record) -> list[str]:
    share = None if record["share"] is None else 100.0 * record["share"]
    return [number_text(record["points"], 1), number_text(share, 0)]


def _laid_out(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    columns = list(zip(header, *rows, strict=True))
    widths = fitted(columns, [8] * len(columns), [60, *[14] * (len(columns) - 1)])
    return grid(header, rows, widths, [False, *[True] * (len(columns) - 1)], ruled=False)


def _of_members(found: Found, cells: Sequence[Record], years: Sequence[int], lang: str) -> str:
    members = [(TOTAL, "")]
    for industry in INDUSTRIES:
        own = [cell["id"] for cell in cells if cell["industry"] == industry]
        # Full-width blanks: layout drops plain ones at the start of a line.
        members += [(industry, ""), *((cell, "\u3000") for cell in own)] if own else []
    rows = []
    for member, indent in members:
        records = [found[REAL, year, member, TOTAL] for year in years]
        name = indent + member_label(records[0], cells).pick(lang)
        rows.append([name, *(text for record in records for text in _pair(record))])
    return _laid_out(_header(Text("产业和部门", "Industry and cell"), years, lang), rows)


def _of_channels(found: Found, years: Sequence[int], lang: str) -> str:
    rows = []
    for channel in CHANNELS:
        if (REAL, years[0], TOTAL, channel) in found:
            records = [found[REAL, year, TOTAL, channel] for year in years]
            rows.append([channel_label(channel).pick(lang), *(text for record in records for text in _pair(record))])
    return _laid_out(_header(Text("来源", "Channel"), years, lang), rows)


def _sentence(found: Found, year: int, lang: str) -> str:
    """One year in the bureau's words: “第二产业拉动2.1个百分点，贡献率32%”."""
    growth, nominal = found[REAL, year, TOTAL, TOTAL], found[NOMINAL, year, TOTAL, TOTAL]
    moved = found.get((NOMINAL, year, TOTAL, "prices"))  # none where prices never move
    prices = 0.0 if moved is None else moved["points"]
    parts = []
    for industry, label in INDUSTRIES.items():
        record = found.get((REAL, year, industry, TOTAL))
        if record is None:
            continue
        points, share = _pair(record)
        zh = f"{label.zh}拉动{points}个百分点" + ("" if share == "—" else f"，贡献率{share}%")
        en = f"{label.en.lower()} {points} points" + ("" if share == "—" else f" ({share} % of growth)")
        parts.append(Text(zh, en))
    real, current, price = (number_text(x, 1) for x in (growth["points"], nominal["points"], prices))
    if lang == "zh":
        told = "；".join(part.zh for part in parts)
        return f"{year}年地区生产总值增长{real}%：{told}。现价增长{current}%，其中价格拉动{price}个百分点。"
    told = "; ".join(part.en for part in parts)
    return f"GDP grows by {real} % in {year}: {told}. At current prices by {current} %, of which prices {price} points."


def difference_table(
    records: Sequence[Record], cells: Sequence[Record], year: int, label: str, lang: str, width: int | None = None
) -> str:
    """By how many points of growth a scenario exceeds the first in one year: cells and industries by channel.

    `records` are those of `difference_records`, `label` the name of the scenario. They sum to the difference of mean
    growth; nothing where no channel differs. Wider than `width` cells, the table is cut between columns.
    """
    found = _by_key([record for record in records if record["account"] == REAL and record["year"] == year])
    channels = [c for c in (*CHANNELS, TOTAL) if (REAL, year, TOTAL, c) in found]
    title = Text(
        f"{label}：{year}年增速之差的来源（百分点，不变价）",
        f"{label}: where the difference of growth in {year} comes from (points, constant prices)",
    ).pick(lang)
    if len(channels) < 2:
        return title + Text("：没有差别", ": none").pick(lang)
    members = dict.fromkeys(member for _, _, member, _ in found)
    rows = []
    for member in members:
        of_member = [found[REAL, year, member, channel] for channel in channels]
        values = [number_text(record["difference"], 2) for record in of_member]
        rows.append([member_label(of_member[0], cells).pick(lang), *values])
    header = [Text("产业和部门", "Industry and cell"), *(channel_label(channel) for channel in channels)]
    others = len(channels)
    names = [text.pick(lang) for text in header]
    table = paged(names, rows, [False, *[True] * others], [60, *[14] * others], [1] * (others + 1), width)
    return f"{title}\n{table}"
