"""The range of a lever or world assumption seen in history."""

from __future__ import annotations

from collections.abc import Sequence

from sim.language import Text
from sim.levers.catalogue import Lever, Seen, WorldAssumption
from sim.region.pack import Pack

#: Fewer years than this are no range.
FEWEST = 4


def seen_of(entry: Lever | WorldAssumption, pack: Pack) -> Seen | None:
    """What is on record: of a lever the catalogue's own range, of the world the figures of the ledger.

    None where there is no comparable record.
    """
    if isinstance(entry, Lever):
        return entry.history
    facts = pack.world_history.get(entry.id, {})
    if len(facts) < FEWEST:
        return None
    numbers = [fact.number for fact in facts.values()]
    years = sorted(facts)
    return Seen(
        min(numbers),
        max(numbers),
        Text(f"数据账本中{spans(years)}年的公布数", f"figures of {spans(years, ', ', '-')} in the ledger"),
    )


def spans(years: Sequence[int], between: str = "、", to: str = "—") -> str:
    """Years in words, runs of them joined: 2016、2020—2024."""
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return between.join(f"{run[0]}{to}{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
