"""How `list peers` prints shares, ranks, growth, regions side by side and catching up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

import click

from sim.cli.peer_words import MISSING, gap, label, moved, span
from sim.cli.terminal import page
from sim.language import Text
from sim.output.layout import fitted, grid

Record = dict[str, Any]

_VERDICTS = {
    "ahead": Text("已高于对方", "already larger"),
    "widening": Text("不追赶（差距在扩大）", "not catching up"),
    "within_rounding": Text("变动在修约误差之内，不作判断", "change within rounding"),
    "missing": MISSING,
}
MOST_YEARS = 100  # beyond it a pace of a few years says nothing more


def print_peers(records: Sequence[Record], lang: str) -> None:
    """The five tables, each with its title; what is missing is said, never filled."""
    printers: dict[str, Callable[[Sequence[Record], str], None]] = {
        "shares": _print_shares,
        "ranks": _print_ranks,
        "growth": _print_growth,
        "beside": _print_beside,
        "catch_up": _print_catch_up,
    }
    zh = "只列已公布的数字，不作推算；口径不同的数不相除、不相减。编号查出处：facts 编号；编号以对比地区开头的见"
    en = "Published figures only. Ids: `facts ID`; those of other regions are in"
    click.echo(Text(f"{zh} calibration/peers.csv。", f"{en} calibration/peers.csv.").pick(lang))
    for table, print_table in printers.items():
        rows = [record for record in records if record["table"] == table]
        if rows:
            click.echo()
            print_table(rows, lang)


def _table(title: Text, header: Sequence[Text], rows: Sequence[Sequence[str]], most: Sequence[int], lang: str) -> None:
    """A titled table; the last column gets what is left of the page."""
    click.echo(title.pick(lang))
    heads = [text.pick(lang) for text in header]
    widths = fitted(list(zip(heads, *rows, strict=True)), [4] * len(most), most)
    left = page() - sum(widths[:-1]) - 2 * (len(widths) - 1)
    widths[-1] = min(widths[-1], max(24, left))
    click.echo(grid(heads, rows, widths, [False] * len(widths), ruled=False))


def _print_shares(records: Sequence[Record], lang: str) -> None:
    """Shares known or computed; what can be neither read nor computed stands in one sentence below."""
    for whole, group in groupby(records, key=lambda r: str(_of(r, "whole_label", lang))):
        lines = list(group)
        known = [r for r in lines if r["printed"] is not None or r["computed"] is not None or r["remark"]]
        rows = [
            [
                label(r["indicator"], lang),
                span(r["period"]),
                MISSING.pick(lang) if r["printed"] is None else f"{r['printed']:g}%{_word(r['printed_word'])}",
                _computed(r, lang),
                _level(r, "own", lang),
                _level(r, "other", lang),
                _remark(r, lang),
            ]
            for r in known
        ]
        title = Text(f"占{whole}比重（公布值与计算值并列）", f"Share of {whole}: printed beside computed")
        header = (
            Text("指标", "Indicator"), Text("年份", "Year"), Text("公布", "Printed"), Text("计算", "Computed"),
            Text("本区", "Own"), Text(whole, whole), Text("说明与编号", "Remark and ids"),
        )  # fmt: skip
        _table(title, header, rows, (20, 10, 14, 11, 16, 16, 60), lang)
        _print_unknown([r for r in lines if r not in known], lang)


def _print_unknown(records: Sequence[Record], lang: str) -> None:
    parts = [
        label(name, lang) + " " + "、".join(span(r["period"]) for r in group)
        for name, group in groupby(records, key=lambda r: str(r["indicator"]))
    ]
    if parts:
        zh, en = "暂缺（只有本区数，没有全市数或公布比重）：", "Missing (neither the whole nor a printed share): "
        click.echo(Text(zh, en).pick(lang) + "；".join(parts))


def _print_ranks(records: Sequence[Record], lang: str) -> None:
    rows = [
        [
            label(r["indicator"], lang),
            r["period"],
            Text(f"第{r['rank']}位", f"no. {r['rank']}").pick(lang),
            _of(r, "among", lang) or Text("原文未写范围", "set not named").pick(lang),
            f"“{r['quote']}”\n{_remark(r, lang)}",
        ]
        for r in records
    ]
    header = (
        Text("指标", "Indicator"), Text("年份", "Year"), Text("位次", "Rank"), Text("范围", "Among"),
        Text("原文、说明与编号", "Quote, remark and ids"),
    )  # fmt: skip
    _table(Text("位次（只列公布的位次）", "Published ranks"), header, rows, (24, 6, 8, 16, 90), lang)


def _print_growth(records: Sequence[Record], lang: str) -> None:
    """One row for each indicator and year, one column for each region compared with."""
    others = list(dict.fromkeys(str(_of(r, "other_label", lang)) for r in records))
    rows = []
    for (indicator, _), group in groupby(records, key=lambda r: (r["indicator"], _first_year(r))):
        lines = list(group)
        own = next((r for r in lines if r["own"] is not None), lines[0])
        ids = "、".join(dict.fromkeys(id for r in lines for id in r["facts"]))
        said = _said(lines, lang)
        rows.append([
            label(indicator, lang), span(own["period"]), moved(own["own"], lang),
            *(f"{moved(r['growth'], lang)}\n{gap(r['points'], lang)}" for r in lines), f"{said}\n{ids}".strip(),
        ])  # fmt: skip
    header = (
        Text("指标", "Indicator"), Text("年份", "Year"), Text("本区", "Own"), *(Text(name, name) for name in others),
        Text("说明与编号", "Remark and ids"),
    )  # fmt: skip
    title = Text("增速比较（快为正，按百分点）", "Growth: percentage points faster or slower")
    _table(title, header, rows, (20, 10, 12, *(16 for _ in others), 60), lang)


def _said(lines: Sequence[Record], lang: str) -> str:
    """Remarks of a row, each once, behind the regions it is about."""
    by_remark: dict[str, list[str]] = {}
    for r in lines:
        if r["remark"]:
            by_remark.setdefault(str(_of(r, "remark", lang)), []).append(str(_of(r, "other_label", lang)))
    return "；".join(f"{'、'.join(names)}：{remark}" for remark, names in by_remark.items())


def _first_year(record: Record) -> str:
    """Averages of one plan may end in different years; they still stand in one row."""
    return str(record["period"])[:4]


def _print_beside(records: Sequence[Record], lang: str) -> None:
    for year, group in groupby(records, key=lambda r: str(r["period"])):
        rows = [
            [
                _of(r, "region_label", lang) or "",
                MISSING.pick(lang) if r["gdp"] is None else f"{r['gdp']:.2f}".rstrip("0").rstrip("."),
                moved(r["gdp_growth"], lang),
                MISSING.pick(lang) if r["gdp_per_head"] is None else f"{r['gdp_per_head']:.1f}",
                _remark(r, lang),
            ]
            for r in group
        ]
        header = (
            Text("地区", "Region"), Text("总量（亿元）", "GDP, 亿元"), Text("增速", "Growth"),
            Text("人均（万元）", "Per head, 万元"), Text("说明与编号", "Remark and ids"),
        )  # fmt: skip
        _table(
            Text(f"地区生产总值并列：{year}年", f"GDP side by side: {year}"), header, rows, (26, 14, 12, 14, 80), lang
        )


def _print_catch_up(records: Sequence[Record], lang: str) -> None:
    rows = []
    for r in records:
        years = Text("暂缺", "missing") if r["last"] is None else Text(f"{r['first_year']}—{r['last_year']}", "")
        shown = years.pick(lang) or years.zh
        ratios = "" if r["last"] is None else f"{r['first']:.1f}% → {r['last']:.1f}%"
        rows.append(
            [_of(r, "region_label", lang) or "", shown, ratios, _pace(r, lang), _outlook(r, lang), _remark(r, lang)]
        )
    header = (
        Text("对方", "Region"), Text("年份", "Years"), Text("本区为对方的", "Own in % of it"),
        Text("每年变动", "A year"), Text("追平", "Parity"), Text("说明与编号", "Remark and ids"),
    )  # fmt: skip
    title = Text("追赶（地区生产总值之比，现价，两端同一口径）", "Catching up: ratio of GDP, current prices, one basis")
    _table(title, header, rows, (26, 11, 18, 20, 24, 60), lang)


def _pace(record: Record, lang: str) -> str:
    change = record["change"]
    if change is None:
        return ""
    size = f"{abs(change):.2f}"
    up, down = Text(f"提高{size}个百分点", f"up {size} points"), Text(f"下降{size}个百分点", f"down {size} points")
    return (up if change >= 0 else down).pick(lang)


def _outlook(record: Record, lang: str) -> str:
    years = record["years_to_parity"]
    if years is None:
        return _VERDICTS[record["verdict"]].pick(lang)
    if years > MOST_YEARS:
        return Text(f"按此速度超过{MOST_YEARS}年", f"over {MOST_YEARS} years at this pace").pick(lang)
    return Text(f"按此速度约{years:.0f}年", f"about {years:.0f} years at this pace").pick(lang)


def _level(record: Record, key: str, lang: str) -> str:
    """A level with its unit and the word that rounds it."""
    number = record[key]
    if number is None:
        return MISSING.pick(lang)
    return f"{number:.2f}".rstrip("0").rstrip(".") + str(record[f"{key}_unit"]) + _word(record[f"{key}_word"])


def _computed(record: Record, lang: str) -> str:
    """A computed share; its range where a word such as 近 or 突破 rounds one of the levels."""
    if record["computed"] is None:
        return MISSING.pick(lang)
    if {record["own_word"], record["other_word"]} == {"exact"}:
        return f"{record['computed']:.2f}%"
    return f"{record['low']:.1f}—{record['high']:.1f}%"


def _word(word: str | None) -> str:
    return "" if word in (None, "exact") else f"（{word}）"


def _remark(record: Record, lang: str) -> str:
    """Scope and remark, then the ids on a line of their own."""
    said = "；".join(part for part in (record.get("scope"), _of(record, "remark", lang)) if part)
    return "\n".join(part for part in (said, "、".join(record["facts"])) if part)


def _of(record: Record, key: str, lang: str) -> str | None:
    """A text of a record in the language asked for."""
    text = record[key if lang == "zh" else f"{key}_en"]
    return None if text is None else str(text)
