"""The error budget of a run: two tables on the terminal, one file of rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from sim.cli.terminal import page_width, wrap_cells, write_table
from sim.experiment.budget import INTERACTION, Budget, Share, Shift
from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.output.probability import probability_text
from sim.output.store import write_csv
from sim.posterior.posterior import Posterior
from sim.randomness import SOURCES
from sim.targets import Target

#: File of the budget in the folder of a run.
BUDGET_FILE = "error_budget.csv"
HEADER = ("kind", "id", "year", "source", "value", "standard_error", "probability", "probability_without")

NAMES: Mapping[str, Text] = {
    "facts": Text("公布数", "Facts"),
    "parameters": Text("参数", "Parameters"),
    "shocks": Text("冲击", "Shocks"),
    "discrepancy": Text("模型偏差", "Discrepancy"),
    "scenario": Text("情景", "Scenario"),
    "reporting": Text("统计", "Reporting"),
    INTERACTION: Text("共同作用", "Together"),
}


#: Sources whose streams are drawn together with the parameters under a posterior (sim.experiment.mixing.SETTLED): no
#: variance is theirs alone, and an estimate of it is noise around nothing.
JOINED = ("facts", "discrepancy")
JOINED_NOTE = Text(
    "以公布数条件化以后，公布数、模型偏差和已过各年的冲击与参数连在一起，方差合计在“参数”一列，前两项不单列（“—”）。",
    "Once conditioned on the figures, facts, discrepancy and the shocks of past years go with the parameters: their "
    "variance is under Parameters, and the first two stand as a dash.",
)
#: What it means under a posterior to switch off one of several sources that depend on each other.
FROZEN_NOTE = Text(
    "以公布数条件化以后，中心值是条件化后的均值；公布数、模型偏差和已过各年的冲击与参数连在一起，"
    "只关闭其中一项的变化不是该项单独的贡献。",
    "Once conditioned on the figures the centre is the mean they leave; facts, discrepancy and the shocks of past "
    "years go with the parameters, so a change with one of them off is not what it alone contributes.",
)


def is_joined(posterior: Posterior | None) -> bool:
    """Whether the figures of later years tie the sources in JOINED to the parameters."""
    return posterior is not None and bool(posterior.components)


def told_record(record: Mapping[str, Any], joined: bool) -> dict[str, Any]:
    """The record of a budget with its `note`; where `joined`, shares that no source has alone are null."""
    nothing = {"share": None, "standard_error": None}
    shares = [{**row, **nothing} if joined and row["source"] in JOINED else row for row in record["shares"]]
    note = {"note": JOINED_NOTE.zh, "note_en": JOINED_NOTE.en} if joined else {"note": None, "note_en": None}
    return {**record, "shares": shares, **note}


def budget_rows(budget: Budget, joined: bool = False) -> list[list[object]]:
    """Rows under HEADER: shares of variance (0-1) and shifts of probabilities (0-1), unrounded; empty where joined."""
    none = JOINED if joined else ()
    rows: list[list[object]] = [
        ["variance_share", s.indicator, s.year, s.source,
         *(("", "") if s.source in none else (repr(s.share), repr(s.standard_error))), "", ""]
        for s in budget.shares
    ]  # fmt: skip
    rows += [
        ["probability_shift", s.target, "", s.source, repr(s.shift), repr(s.standard_error), repr(s.probability),
         repr(s.without)]
        for s in budget.shifts
    ]  # fmt: skip
    return rows


def write_budget(folder: Path, budget: Budget, joined: bool = False) -> None:
    """Write `error_budget.csv` into the folder of a run."""
    write_csv(folder / BUDGET_FILE, HEADER, budget_rows(budget, joined))


def print_budget(budget: Budget, targets: Iterable[Target], lang: str, joined: bool = False) -> None:
    """Print which source makes how much of each indicator's variance, and what each does to the probabilities.

    `joined` under a posterior of figures, which ties some sources to the parameters.
    """
    if not budget.sources:
        click.echo(Text("各项不确定性来源均已关闭，没有误差分解。", "Every source is off: no budget.").pick(lang))
        return
    click.echo(
        Text("误差来自哪里：各来源单独解释的方差（%）", "Variance explained by each source alone (%)").pick(lang)
    )
    columns = (*SOURCES, INTERACTION)
    header = (Text("指标", "Indicator"), Text("年份", "Year"), *(NAMES[name] for name in columns))
    write_table(header, _share_rows(budget, lang, joined), (34, 6, *[12] * len(columns)), lang, ruled=False)
    _note(
        Text(
            f"共 {budget.draws:,} 次模拟。“共同作用”是几项来源合起来才有、不归于任何一项的部分；每行取整前相加为100。"
            "“—”为已关闭的来源。公布数指修约与用语的余地，统计指核算修订与向目标靠拢。",
            f"{budget.draws:,} draws. Together: what several sources do only in combination. "
            "Before rounding a row adds up to 100. A dash marks a source that is off.",
        ),
        lang,
    )
    if joined:
        _note(JOINED_NOTE, lang)
    click.echo()
    click.echo(
        Text("关闭一项来源时达成概率的变化（百分点）", "Change of probability with one source off (points)").pick(lang)
    )
    header = (Text("目标", "Target"), Text("年份", "Year"), Text("概率", "P"), *(NAMES[name] for name in SOURCES))
    write_table(header, _shift_rows(budget, targets, lang), (40, 6, 6, *[12] * len(SOURCES)), lang, ruled=False)
    _note(
        Text(
            f"关闭即取该来源的中心值。绝对值不到两倍抽样误差的写作 0。同一目标的其他读法见 {BUDGET_FILE}。",
            "Off means frozen at its centre. Changes within two Monte Carlo errors are printed as 0. "
            f"Other readings of a target are in {BUDGET_FILE}.",
        ),
        lang,
    )
    if joined:
        _note(FROZEN_NOTE, lang)


def _note(text: Text, lang: str) -> None:
    for line in wrap_cells(text.pick(lang), page_width()):
        click.echo(line)


def _share_rows(budget: Budget, lang: str, joined: bool) -> list[list[str]]:
    by_row: dict[tuple[str, int], list[Share]] = {}
    for share in budget.shares:
        by_row.setdefault((share.indicator, share.year), []).append(share)
    shown = {*budget.sources, INTERACTION} - set(JOINED if joined else ())
    return [
        [INDICATORS[name].label.pick(lang), str(year), *(_percent(s) if s.source in shown else "—" for s in shares)]
        for (name, year), shares in by_row.items()
    ]


def _percent(share: Share) -> str:
    rounded = round(100.0 * share.share)
    return str(rounded).replace("-", "−")


def _shift_rows(budget: Budget, targets: Iterable[Target], lang: str) -> list[list[str]]:
    by_target: dict[str, list[Shift]] = {}
    for shift in budget.shifts:
        by_target.setdefault(shift.target, []).append(shift)
    known = {target.id: target for target in targets if target.reading_of is None}
    return [
        [
            known[name].label.pick(lang),
            str(known[name].year),
            probability_text(shifts[0].probability),
            *_points(shifts, budget.sources),
        ]
        for name, shifts in by_target.items()
        if name in known
    ]


def _points(shifts: Sequence[Shift], sources: Sequence[str]) -> list[str]:
    out = []
    for shift in shifts:
        points = round(100.0 * shift.shift)
        clear = abs(shift.shift) > 2.0 * shift.standard_error and points != 0
        text = f"{points:+d}".replace("-", "−") if clear else "0"
        out.append(text if shift.source in sources else "—")
    return out
