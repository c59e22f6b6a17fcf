"""The Sobol indices of `sensitivity`: their records, their table, and what is printed of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.cli.sensitivity.parts import Options, Part, Progress
from sim.cli.sensitivity.words import grid_lines, wrapped
from sim.experiment.plan import Plan
from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.output.findings import Table
from sim.output.outlook import HEADLINES
from sim.sensitivity.sobol import RESAMPLES, Decomposed, Index, Sobol, sobol
from sim.sensitivity.streams import GROUPS, SETTLED
from sim.targets import Target

Record = Mapping[str, Any]
#: With more indicators than this one line is printed of each; those of the targets come first.
IN_FULL = 3
HEADER = (
    "indicator", "year", "group", "first", "first_low", "first_high", "first_distinguishable", "total", "total_low",
    "total_high",
)  # fmt: skip
#: What the rows of a file call what no group explains alone.
INTERACTION = "interaction"


def asked_of(targets: Sequence[Target], plan: Plan) -> tuple[tuple[str, int], ...]:
    """Indicators and years: those of the targets first, then the main ones in the same years."""
    years = dict.fromkeys(target.year for target in targets)
    own = [(target.indicator, target.year) for target in targets]
    return tuple(dict.fromkeys([*own, *((name, year) for name in HEADLINES for year in years)]))


def sobol_part(plan: Plan, targets: Sequence[Target], options: Options, progress: Progress) -> Part:
    """First and total indices of the indicators behind the targets and of the main ones."""
    asked = asked_of(targets, plan)
    found = sobol(plan, asked, options.workers, progress)
    own = {(target.indicator, target.year) for target in targets}
    rows = [_row(row, found, (row.indicator, row.year) in own) for row in found.rows]
    document = {
        "draws": found.draws,
        "resamples": RESAMPLES,
        "settled": SETTLED in found.groups,
        "groups": [{"id": g, "label": GROUPS[g].zh, "label_en": GROUPS[g].en} for g in found.groups],
        "rows": rows,
        "left_out": [
            {"indicator": name, "year": year, **_labels(name), "reason": why.zh, "reason_en": why.en}
            for (name, year), why in found.left_out
        ],
    }
    return Part(document, (Table("sobol", HEADER, tuple(_table(rows))),))


def _labels(indicator: str) -> dict[str, str]:
    label = INDICATORS[indicator].label
    return {"label": label.zh, "label_en": label.en}


def _row(row: Decomposed, found: Sobol, own: bool) -> dict[str, Any]:
    shares = [
        {
            "group": group,
            **_index("first", first),
            **_index("total", total),
            "first_distinguishable": first.distinguishable,
            "nothing": total.nothing,
        }
        for group, first, total in zip(found.groups, row.first, row.total, strict=True)
    ]
    return {
        "indicator": row.indicator,
        "year": row.year,
        **_labels(row.indicator),
        "of_target": own,
        "groups": sorted(shares, key=lambda share: -share["total"]),
        **_index(INTERACTION, row.together),
        "first_sum": 1.0 - row.together.value,
        "interaction_distinguishable": row.together.distinguishable,
    }


def _index(name: str, index: Index) -> dict[str, float]:
    return {name: index.value, f"{name}_low": index.low, f"{name}_high": index.high}


def _table(rows: Sequence[Record]) -> list[tuple[object, ...]]:
    out: list[tuple[object, ...]] = []
    for row in rows:
        for share in row["groups"]:
            out.append((row["indicator"], row["year"], *(share[key] for key in HEADER[2:])))
        together = (row[INTERACTION], row[f"{INTERACTION}_low"], row[f"{INTERACTION}_high"])
        out.append(
            (
                row["indicator"],
                row["year"],
                INTERACTION,
                *together,
                row["interaction_distinguishable"],
                None,
                None,
                None,
            )
        )
    return out


def sobol_lines(part: Record, options: Options, lang: str) -> list[str]:
    """What is printed: every group of a few indicators, or the leading groups of each of many."""
    head = Text("二、指标的波动由哪几类输入造成（方差分解）", "2. What makes the indicators vary (Sobol indices)")
    labels = {g["id"]: Text(g["label"], g["label_en"]) for g in part["groups"]}
    own = [row for row in part["rows"] if row["of_target"]]
    out = [head.pick(lang)]
    if len(own) <= IN_FULL:
        for row in own:
            out += ["", *_in_full(row, labels, options.top, lang)]
    else:
        out += _overview(own, labels, lang)
    return [*out, *_notes(part, len(part["rows"]) - len(own), lang)]


def percent(share: float) -> str:
    """A share in percent as printed; chance may put an estimate below nothing or above all, which no share is."""
    if share <= 0.0:
        return "0%"
    return "<1%" if share < 0.01 else f"{min(100.0, 100.0 * share):.0f}%"


def index_text(low: float, value: float, high: float, lang: str) -> str:
    """An index with its limits, in words where they include zero."""
    if value == low == high == 0.0:
        return Text("没有作用", "none at all").pick(lang)
    if low <= 0.0:
        most = percent(max(high, 0.01))
        below = Text("不足" if high < 0.01 else "不超过", "below" if high < 0.01 else "up to")
        return Text(f"与零不可区分（{below.zh}{most}）", f"not distinguishable from zero ({below.en} {most})").pick(
            lang
        )
    limits = Text(f"（{percent(low)}—{percent(high)}）", f" ({percent(low)} to {percent(high)})").pick(lang)
    return f"{percent(value)}{limits}"


def _share(share: Record, name: str, lang: str) -> str:
    return index_text(share[f"{name}_low"], share[name], share[f"{name}_high"], lang)


def _in_full(row: Record, labels: Mapping[str, Text], top: int, lang: str) -> list[str]:
    header = [
        Text("输入", "Inputs").pick(lang), Text("单独造成", "alone").pick(lang),
        Text("连同共同作用", "with interactions").pick(lang),
    ]  # fmt: skip
    shown = [share for share in row["groups"] if not share["nothing"]]
    rows = [
        [labels[share["group"]].pick(lang), _share(share, "first", lang), _share(share, "total", lang)]
        for share in shown[:top]
    ]
    head = Text(f"{row['label']}（{row['year']}年）", f"{row['label_en']} ({row['year']})").pick(lang)
    together = _share(row, INTERACTION, lang)
    left = len(shown) - len(rows)
    out = [head, *grid_lines(header, rows, (44, 34, 34), lang)]
    said = Text(f"几类输入共同作用才有的部分：{together}。", f"What groups do only together: {together}.")
    out += wrapped(said, lang)
    if left > 0:
        out += wrapped(Text(f"另有{left}类作用较小，见 sobol.csv。", f"{left} smaller groups are in sobol.csv."), lang)
    return out


def _overview(rows: Sequence[Record], labels: Mapping[str, Text], lang: str) -> list[str]:
    """One line for each indicator: the groups that explain most alone, with their limits."""
    header = [
        Text("指标", "Indicator"), Text("年份", "Year"), Text("单独造成最多的几类输入", "Largest alone"),
        Text("共同作用", "Together"),
    ]  # fmt: skip
    end = "" if lang == "zh" else "_en"
    told = []
    for row in rows:
        clear = sorted((s for s in row["groups"] if s["first_distinguishable"]), key=lambda s: -s["first"])[:3]
        between = Text("；", "; ").pick(lang)
        leading = between.join(f"{labels[s['group']].pick(lang)} {_share(s, 'first', lang)}" for s in clear)
        told.append([row[f"label{end}"], str(row["year"]), leading, _share(row, INTERACTION, lang)])
    return grid_lines([text.pick(lang) for text in header], told, (28, 4, 100, 26), lang)


def _notes(part: Record, others: int, lang: str) -> list[str]:
    said = Text(
        f"方差的份额，括号内为95%区间（{part['draws']:,}次模拟、{part['resamples']}次重抽样）；区间含零的写“与零不可区分”。"
        f"“单独造成”为一阶指数，“连同共同作用”为全指数；另有{others}行主要指标见 sobol.csv。",
        f"Shares of variance with 95 % limits ({part['draws']:,} draws, {part['resamples']} resamples). Alone: first "
        f"index; with interactions: total index. {others} further rows are in sobol.csv.",
    )
    out = wrapped(said, lang)
    if part["settled"]:
        out += wrapped(
            Text(
                "以公布数校准以后，被公布数牵动的未知量互相关联，不能逐类分开，合为一类整体计算；其余仍按类。",
                "Once conditioned on the figures, the unknowns they move depend on each other and count as one group.",
            ),
            lang,
        )
    for row in part["left_out"]:
        told = Text(
            f"{row['label']}（{row['year']}年）不作分解：{row['reason']}。",
            f"{row['label_en']} ({row['year']}) is left out: {row['reason_en']}.",
        )
        out += wrapped(told, lang)
    return out
