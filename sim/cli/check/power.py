"""How much the reconciliation can see, as a record and as `check --power` prints it."""

from __future__ import annotations

from typing import Any

import click

from sim.cli.terminal import page_width, wrap_cells, write_table
from sim.language import Text
from sim.reconcile.power import MOST_SUSPECTS, PowerTable

Record = dict[str, Any]

KINDS = {
    "times_ten": Text("扩大到10倍", "ten times too large"),
    "a_fifth_more": Text("扩大到1.2倍", "a fifth too large"),
    "swapped_unit": Text("单位写错", "unit swapped"),
    "neighbouring_year": Text("误用邻年的数", "figure of a neighbouring year"),
}
HEADER = (
    Text("放进去的偏差", "Error put in"), Text("试验的数", "Facts"), Text("在余地之内", "Within room"),
    Text("查出", "Found"), Text("占可查出的", "Of detectable"), Text("占全部", "Of all"),
    Text("其中指对", "Localised"),
)  # fmt: skip


def power_record(table: PowerTable) -> Record:
    """Counts by kind of error; shares are left to the reader."""
    rows = [
        {"kind": row.kind, "facts": row.injected, "within_room": row.within_room, "detectable": row.detectable,
         "detected": row.detected, "localised": row.localised}
        for row in table.rows
    ]  # fmt: skip
    return {
        "rows": rows, "linked": table.linked, "unlinked": table.unlinked, "set_aside": table.set_aside,
        "alarms": table.alarms, "missed": [list(pair) for pair in table.missed],
    }  # fmt: skip


def print_power(record: Record, lang: str) -> None:
    """The table with what its columns mean."""
    rows = [
        [
            KINDS.get(row["kind"], Text(row["kind"], row["kind"])).pick(lang),
            str(row["facts"]),
            str(row["within_room"]),
            str(row["detected"]),
            _percent(row["detected"], row["detectable"]),
            _percent(row["detected"], row["facts"]),
            _percent(row["localised"], row["detected"]),
        ]
        for row in record["rows"]
    ]
    write_table(HEADER, rows, (26, 9, 12, 6, 13, 8, 11), lang, ruled=False)
    zh = (
        f"与别的数有联系的事实 {record['linked']} 条，逐条放进一个偏差再核对；另有 {record['unlinked']} 条没有别的数"
        f"可以对照，{record['set_aside']} 条本来就待衔接，不参加试验。没有放偏差时的提示：{record['alarms']} 处。"
        f"“在余地之内”：改动仍在修约、平减指数等允许的范围里，任何一条关系单独都看不出来。“指对”：放了偏差的数"
        f"在先核实的不多于{MOST_SUSPECTS}个数之中。"
    )
    en = (
        f"{record['linked']} facts are linked with others, one error each; {record['unlinked']} have nothing to be "
        f"held against, {record['set_aside']} were to be aligned anyway. Alarms without any error: {record['alarms']}. "
        "Within room: every link alone permits the changed figure. Localised: among at most "
        f"{MOST_SUSPECTS} suspects."
    )
    for line in wrap_cells(Text(zh, en).pick(lang), page_width()):
        click.echo(line)


def _percent(part: int, whole: int) -> str:
    return "—" if whole == 0 else f"{100 * part / whole:.0f}%"
