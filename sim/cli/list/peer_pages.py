"""How `list peers` prints shares, ranks, growth, regions side by side and catching up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

import click

from sim.cli.list.peer_words import MISSING, doubt, figure, gap, label, moved, span
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
        if any(_says_something(record) for record in rows):
            click.echo()
            print_table(rows, lang)


def _says_something(record: Record) -> bool:
    """Whether there is any figure in a record."""
    return bool(record["facts"])


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
                figure(r, "printed", lang),
                _computed(r, lang),
                figure(r, "own", lang),
                figure(r, "other", lang),
                _remark(r, lang),
            ]
            for r in known
        ]
        title = Text(f"占{whole}比重（公布值与计算值并列）", f"Share of {whole}: printed beside computed")
        header = (
            Text("指标", "Indicator"), Text("年份", "Year"), Text("公布", "Printed"), Text("计算", "Computed"),
            Text("本区", "Own"), Text(whole, whole), Text("说明与编号", "Remark and ids"),
        )  # fmt: skip
        if rows:
            _table(title, header, rows, (20, 10, 14, 20, 24, 24, 60), lang)
        _print_unknown([r for r in lines if r not in known], whole, lang)


def _print_unknown(records: Sequence[Record], whole: str, lang: str) -> None:
    parts = [
        label(name, lang) + " " + _comma(lang).join(span(r["period"]) for r in group)
        for name, group in groupby(records, key=lambda r: str(r["indicator"]))
    ]
    if parts:
        zh = f"占{whole}比重暂缺（只有本地数，没有{whole}的数或公布比重）："
        en = f"Share of {whole} missing (neither its figure nor a printed share): "
        click.echo(Text(zh, en).pick(lang) + _semicolon(lang).join(parts))


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
    """One row for each indicator and year with any figure, one column for each region compared with."""
    others = list(dict.fromkeys(str(_of(r, "other_label", lang)) for r in records))
    rows = []
    for (indicator, _), group in groupby(records, key=lambda r: (r["indicator"], _first_year(r))):
        lines = list(group)
        if not any(_says_something(r) for r in lines):
            continue
        own = next((r for r in lines if r["own"] is not None), lines[0])
        ids = _comma(lang).join(dict.fromkeys(id for r in lines for id in r["facts"]))
        said = _said(lines, lang)
        rows.append([
            label(indicator, lang), span(own["period"]), moved(own, "own", lang),
            *(f"{moved(r, 'growth', lang)}\n{gap(r, lang)}".strip() for r in lines), f"{said}\n{ids}".strip(),
        ])  # fmt: skip
    header = (
        Text("指标", "Indicator"), Text("年份", "Year"), Text("本区", "Own"), *(Text(name, name) for name in others),
        Text("说明与编号", "Remark and ids"),
    )  # fmt: skip
    title = Text("增速比较（快为正，按百分点）", "Growth: percentage points faster or slower")
    _table(title, header, rows, (20, 10, 12, *(22 for _ in others), 60), lang)


def _said(lines: Sequence[Record], lang: str) -> str:
    """Remarks of a row, each once, behind the regions it is about."""
    by_remark: dict[str, list[str]] = {}
    for r in lines:
        if r["remark"]:
            by_remark.setdefault(str(_of(r, "remark", lang)), []).append(str(_of(r, "other_label", lang)))
    colon = Text("：", ": ").pick(lang)
    said = (f"{_comma(lang).join(names)}{colon}{remark}" for remark, names in by_remark.items())
    return _semicolon(lang).join(said)


def _first_year(record: Record) -> str:
    """Averages of one plan may end in different years; they still stand in one row."""
    return str(record["period"])[:4]


def _print_beside(records: Sequence[Record], lang: str) -> None:
    """One table a year of the regions that report anything; the others are named below it."""
    for year, all_of_it in groupby(records, key=lambda r: str(r["period"])):
        lines = list(all_of_it)
        group, silent = [r for r in lines if r["facts"]], [r for r in lines if not r["facts"]]
        rows = [
            [
                _of(r, "region_label", lang) or "",
                figure(r, "gdp", lang, unit=False),
                moved(r, "gdp_growth", lang),
                _per_head(r, lang),
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
        _print_silent(silent, Text("未见公布数：", "No figures found: "), lang)


def _per_head(record: Record, lang: str) -> str:
    """As printed, or computed to one digit, or a range where a word rounds what it is computed from."""
    if record["gdp_per_head"] is None or not record["computed"]:
        return figure(record, "gdp_per_head", lang, unit=False)
    low, high = record["gdp_per_head_low"], record["gdp_per_head_high"]
    return f"{record['gdp_per_head']:.1f}" if low is None else f"{low:.1f}—{high:.1f}"


def _print_silent(records: Sequence[Record], why: Text, lang: str) -> None:
    """Regions without a figure to print, in one sentence."""
    if records:
        names = _comma(lang).join(str(_of(r, "region_label", lang)) for r in records)
        click.echo(why.pick(lang) + names)


def _print_catch_up(records: Sequence[Record], lang: str) -> None:
    known = [r for r in records if r["last"] is not None]
    rows = [
        [
            _of(r, "region_label", lang) or "",
            f"{r['first_year']}—{r['last_year']}",
            f"{_ratio(r, 'first')} → {_ratio(r, 'last')}",
            _pace(r, lang),
            _outlook(r, lang),
            _remark(r, lang),
        ]
        for r in known
    ]
    header = (
        Text("对方", "Region"), Text("年份", "Years"), Text("本区为对方的", "Own in % of it"),
        Text("每年变动", "A year"), Text("追平", "Parity"), Text("说明与编号", "Remark and ids"),
    )  # fmt: skip
    title = Text("追赶（地区生产总值之比，现价，两端同一口径）", "Catching up: ratio of GDP, current prices, one basis")
    if rows:
        _table(title, header, rows, (26, 11, 24, 24, 24, 60), lang)
    else:
        click.echo(title.pick(lang))
    few = Text("同一口径的共同年份不足两年，不比：", "Fewer than two common years on one basis: ")
    _print_silent([r for r in records if r["last"] is None], few, lang)


def _ratio(record: Record, end: str) -> str:
    """A ratio, or its range where a word rounds one of the two figures."""
    if record[f"{end}_low"] is None:
        return f"{record[end]:.1f}%"
    return f"{record[f'{end}_low']:.1f}—{record[f'{end}_high']:.1f}%"


def _pace(record: Record, lang: str) -> str:
    """Points a year; the range where a word rounds a figure, nothing where it may be either way."""
    change = record["change"]
    if record["verdict"] == "within_rounding":
        return ""
    size = f"{abs(change):.2f}"
    if record["first_low"] is not None or record["last_low"] is not None:
        ends = sorted((abs(record["low"]), abs(record["high"])))
        size = f"{ends[0]:.2f}—{ends[1]:.2f}"
    up, down = Text(f"提高{size}个百分点", f"up {size} points"), Text(f"下降{size}个百分点", f"down {size} points")
    return (up if change >= 0 else down).pick(lang)


def _outlook(record: Record, lang: str) -> str:
    years = record["years_to_parity"]
    if years is None:
        return _VERDICTS[record["verdict"]].pick(lang)
    if years > MOST_YEARS:
        return Text(f"按此速度超过{MOST_YEARS}年", f"over {MOST_YEARS} years at this pace").pick(lang)
    shown = f"{years:.0f}"
    low, high = record["years_to_parity_low"], record["years_to_parity_high"]
    if low is not None and (high is None or high > MOST_YEARS):
        return Text(f"按此速度至少{low:.0f}年", f"at least {low:.0f} years at this pace").pick(lang)
    if low is not None:
        shown = f"{low:.0f}—{high:.0f}"
    return Text(f"按此速度约{shown}年", f"about {shown} years at this pace").pick(lang)


def _computed(record: Record, lang: str) -> str:
    """A computed share; its range where a word such as 近 or 突破 rounds one of the levels."""
    if record["computed"] is None:
        return MISSING.pick(lang)
    weak = doubt({"computed_doubtful": record["own_doubtful"] or record["other_doubtful"]}, "computed", lang)
    if {record["own_word"], record["other_word"]} == {"exact"}:
        return f"{record['computed']:.2f}%{weak}"
    return f"{record['low']:.1f}—{record['high']:.1f}%{weak}"


def _remark(record: Record, lang: str) -> str:
    """Scope and remark, then the ids on a line of their own."""
    said = _semicolon(lang).join(part for part in (record.get("scope"), _of(record, "remark", lang)) if part)
    return "\n".join(part for part in (said, _comma(lang).join(record["facts"])) if part)


def _comma(lang: str) -> str:
    return Text("、", ", ").pick(lang)


def _semicolon(lang: str) -> str:
    return Text("；", "; ").pick(lang)


def _of(record: Record, key: str, lang: str) -> str | None:
    """A text of a record in the language asked for."""
    text = record[key if lang == "zh" else f"{key}_en"]
    return None if text is None else str(text)
