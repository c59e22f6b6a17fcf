"""The generated parts of docs/hindcast.md, from the record in calibration/hindcast alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sim.cli.hindcast.aims import OUT_OF_REACH, aims_table, out_of_reach
from sim.cli.hindcast.tables import Table, how_many, region_counts, region_figures, rivals_ahead, score_tables, stages
from sim.cli.hindcast.tables import target_tables as tables_of_targets
from sim.hindcast.board import lines
from sim.hindcast.record import REGIONS, SCORES, TARGETS, TargetYear, YearScore, committed, read_rows
from sim.hindcast.region import Fallen, label_of
from sim.hindcast.target_board import target_lines


def scoreboard() -> str:
    """Aims, rivals that are ahead, and every table: origins scored under a lock first."""
    path = committed(TARGETS)
    targets = read_rows(path, TargetYear) if path.is_file() else ()
    parts: list[str] = []
    for title, own in stages(read_rows(committed(SCORES), YearScore)):
        locks = {row.locked for row in own}
        of_targets = [row for row in targets if row.locked in locks]
        parts.append(f"### {title.zh}")
        parts.append(markdown(aims_table(lines(own), target_lines(of_targets))))
        unmet = [f"- {sentence.zh}" for sentence in out_of_reach(own)]
        if unmet:
            parts += [f"**{OUT_OF_REACH.zh}**", "\n".join(unmet)]
        parts.append("\n".join(f"- {sentence.zh}" for sentence in rivals_ahead(lines(own))))
        parts += [markdown(table) for table in (*score_tables(own), *tables_of_targets(of_targets))]
    return "\n\n".join(parts)


def regions() -> str:
    """How many figures of each region lay in which interval, and where each fell."""
    parts: list[str] = []
    for name, own in _by_region(read_rows(committed(REGIONS), Fallen)):
        parts.append(f"### {label_of(name).zh}（{how_many(own).zh}）")
        parts += [markdown(region_counts(own)), _outside(own)]
        first = min(figure.as_of for figure in own)
        parts.append(f"以 {first} 年数据预测的各数如下；其余见 `calibration/hindcast/regions.csv`。")
        parts.append(markdown(region_figures(own, first)))
    return "\n\n".join(parts)


def _by_region(found: Iterable[Fallen]) -> list[tuple[str, list[Fallen]]]:
    figures = list(found)
    names = dict.fromkeys(figure.region for figure in figures)
    return [(name, [figure for figure in figures if figure.region == name]) for name in names]


def _outside(own: Sequence[Fallen]) -> str:
    """The figures outside their 90 % interval, in words."""
    out = [figure for figure in own if not figure.inside(90)]
    table = region_figures(out)
    named = (
        f"{figure.year}年{row[0].zh}（以{figure.as_of}年预测，公布 {row[4].zh}，第{row[8].zh}百分位）"
        for figure, row in zip(out, table.rows, strict=True)
    )
    return f"落在90%区间以外的：{'、'.join(named) or '无'}。"


def markdown(table: Table) -> str:
    """A table with its title in bold above it."""
    heads = [head.zh for head in table.header]
    rule = ["---" if place < table.left else "---:" for place in range(len(heads))]
    rows = [heads, rule, *([cell.zh for cell in row] for row in table.rows)]
    return f"**{table.title.zh}**\n\n" + "\n".join("| " + " | ".join(row) + " |" for row in rows)


PARTS = {"hindcast-scoreboard": scoreboard, "hindcast-regions": regions}
