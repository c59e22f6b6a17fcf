"""What `hindcast` prints, and its JSON."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from sim.cli.hindcast.aims import OUT_OF_REACH, aims_table, out_of_reach
from sim.cli.hindcast.tables import (
    Table,
    best_rival_table,
    how_many,
    region_counts,
    region_figures,
    rivals_ahead,
    score_tables,
    stages,
    target_tables,
)
from sim.cli.terminal import page
from sim.hindcast.board import lines
from sim.hindcast.forecast import ModelForecast
from sim.hindcast.outcomes import VARIABLES
from sim.hindcast.record import REGIONS, SCORES, TARGETS, TargetYear, YearScore, committed, read_rows
from sim.hindcast.region import Fallen, counts, label_of
from sim.hindcast.target_board import target_lines
from sim.language import Text
from sim.output.layout import fitted, grid, wrap_cells

Record = dict[str, Any]

#: Why the record of one region is no score.
NO_SCORE = Text(
    "以下是记录，不是评分：同一地区几年的数彼此高度相关，写先验的人也看过其中一部分后来的数。",
    "This is a record, not a score: the figures of one region in a few years hang together, and priors were written "
    "by people who had seen some of the later ones.",
)


# — Printing —


def print_table(table: Table, lang: str) -> None:
    """A table under its title, as wide as its cells ask for."""
    heads = [head.pick(lang) for head in table.header]
    rows = [[cell.pick(lang).replace("**", "") for cell in row] for row in table.rows]
    widths = fitted(list(zip(heads, *rows, strict=True)), [4] * len(heads), [24] * len(heads))
    over = sum(widths) + 2 * (len(widths) - 1) - page()
    while over > 0 and max(widths) > 8:
        widths[widths.index(max(widths))] -= 1
        over -= 1
    click.echo(table.title.pick(lang))
    click.echo(grid(heads, rows, widths, [i >= table.left for i in range(len(widths))], ruled=False))
    click.echo()


def _say(text: Text, lang: str) -> None:
    for line in wrap_cells(text.pick(lang).replace("**", ""), max(40, page())):
        click.echo(line)


def print_forecast(
    found: ModelForecast, horizon: int, out: Path, scores: Path | None, rows: Sequence[YearScore], lang: str
) -> None:
    """What was written, and how it did."""
    for note in found.notes:
        _say(note, lang)
    zh = f"已写出 {out}：{len(found.regions)} 个地区，{found.origin + 1}—{found.origin + horizon} 年，"
    zh += f"{len(VARIABLES)} 个变量"
    years = f"{found.origin + 1}-{found.origin + horizon}"
    _say(Text(zh, f"written {out}: {len(found.regions)} regions, {years}, {len(VARIABLES)} variables"), lang)
    if scores is None:
        return
    _say(Text(f"计分写在 {scores}", f"scores in {scores}"), lang)
    board = lines(rows)
    click.echo()
    print_table(best_rival_table(board), lang)
    _say(Text("只有一个起点：比值没有区间，不能据此断定高下。", "One origin only: ratios have no interval."), lang)


def print_board(scores: Sequence[YearScore], targets: Sequence[TargetYear], lang: str) -> None:
    """The scoreboard, by stage: under a lock first."""
    for title, own in stages(scores):
        click.echo(f"■ {title.pick(lang)}\n")
        locks = {row.locked for row in own}
        of_targets = [row for row in targets if row.locked in locks]
        print_table(aims_table(lines(own), target_lines(of_targets)), lang)
        unmet = out_of_reach(own)
        for sentence in (OUT_OF_REACH, *unmet) if unmet else ():
            _say(sentence, lang)
        click.echo("\n" if unmet else "", nl=False)
        for sentence in rivals_ahead(lines(own)):
            _say(sentence, lang)
        click.echo()
        for table in (*score_tables(own), *target_tables(of_targets)):
            print_table(table, lang)


def print_regions(found: Sequence[Fallen], lang: str) -> None:
    """The record of regions: how many figures in which interval, and each figure."""
    _say(NO_SCORE, lang)
    for region in dict.fromkeys(figure.region for figure in found):
        own = [figure for figure in found if figure.region == region]
        _print_counts(region, own, lang)
        print_table(region_figures(own), lang)


def _print_counts(region: str, own: Sequence[Fallen], lang: str) -> None:
    click.echo(f"\n■ {label_of(region).pick(lang)}  {how_many(own).pick(lang)}\n")
    print_table(region_counts(own), lang)


def print_record(lang: str) -> None:
    """The record that comes with the program: scoreboard, then regions by count."""
    print_board(read_rows(committed(SCORES), YearScore), _targets(), lang)
    found = _regions()
    if not found:
        return
    _say(NO_SCORE, lang)
    names = list(dict.fromkeys(figure.region for figure in found))
    for region in names:
        _print_counts(region, [figure for figure in found if figure.region == region], lang)
    zh, en = "每个数落在哪里：hindcast --region 地区", "where each figure fell: hindcast --region NAME"
    hint = Text(f"{zh}（{'、'.join(names)}）", f"{en} ({', '.join(names)})")
    _say(hint, lang)


def _targets() -> tuple[TargetYear, ...]:
    path = committed(TARGETS)
    return read_rows(path, TargetYear) if path.is_file() else ()


def _regions() -> tuple[Fallen, ...]:
    path = committed(REGIONS)
    return read_rows(path, Fallen) if path.is_file() else ()


# — JSON —


def forecast_document(
    found: ModelForecast, horizon: int, out: Path, scores: Path | None, rows: Sequence[YearScore]
) -> Record:
    """What was forecast and where it lies; scores with `--score`."""
    return {
        "origin": found.origin,
        "horizon": horizon,
        "years": [found.origin + step for step in range(1, horizon + 1)],
        "regions": list(found.regions),
        "variables": list(VARIABLES),
        "forecasts": str(out),
        "notes": [note.zh for note in found.notes],
        "notes_en": [note.en for note in found.notes],
        "scores_file": None if scores is None else str(scores),
        "scores": [_plain(asdict(line)) for line in lines(rows)],
    }


def board_document(scores: Sequence[YearScore], targets: Sequence[TargetYear]) -> Record:
    """The scoreboard by stage."""
    stage_list = []
    for title, own in stages(scores):
        locks = {row.locked for row in own}
        of_targets = [row for row in targets if row.locked in locks]
        stage_list.append(
            {
                "stage": title.zh,
                "stage_en": title.en,
                "locked": own[0].locked or None,
                "origins": sorted({row.origin for row in own}),
                "scores": [_plain(asdict(line)) for line in lines(own)],
                "targets": [_plain(asdict(line)) for line in target_lines(of_targets)],
                "out_of_reach": [sentence.zh for sentence in out_of_reach(own)],
                "rivals_ahead": [sentence.zh for sentence in rivals_ahead(lines(own))],
            }
        )
    return {"stages": stage_list}


def regions_document(found: Sequence[Fallen]) -> Record:
    """Where each figure fell, and how many lie in which interval."""
    regions = {}
    for region in dict.fromkeys(figure.region for figure in found):
        own = [figure for figure in found if figure.region == region]
        regions[region] = {
            "figures": [_plain({**asdict(figure), "horizon": figure.horizon}) for figure in own],
            "counts": [_plain(asdict(count)) for count in counts(own)],
        }
    return {"note": NO_SCORE.zh, "note_en": NO_SCORE.en, "regions": regions}


def record_document() -> Record:
    """The record that comes with the program."""
    scores = read_rows(committed(SCORES), YearScore)
    return {**board_document(scores, _targets()), **regions_document(_regions())}


def _plain(value: Any) -> Any:
    """The same with None for what is not known, which JSON has no other word for."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
