"""What indicators mean and how they are computed, in plain words: general statistics, nothing of any region.

Each entry is (meaning, formula). What a plan prints beside an indicator, and how this program reads it, is said by the
notes of its targets.
"""

from __future__ import annotations

from collections.abc import Mapping

from sim.facts.naming import names_within
from sim.report.indicator_notes.economy import ECONOMY
from sim.report.indicator_notes.entry import GROWTH, Entry, entry
from sim.report.indicator_notes.society import SOCIETY
from sim.targets.comparable import LEDGER_NAMES

MEANINGS: Mapping[str, Entry] = {**ECONOMY, **SOCIETY}


def meaning_of(indicator: str) -> Entry | None:
    """Meaning and formula of an indicator; of a rate of growth whose level is known, put together; else None."""
    known = MEANINGS.get(indicator) or MEANINGS.get(LEDGER_NAMES.get(indicator, indicator))
    if known is not None:
        return known
    names = [name for name in names_within(indicator) if name in MEANINGS]
    if not names or not indicator.endswith("_growth"):
        return None
    about = MEANINGS[names[0]][0]
    return entry(f"比上年的增长，指：{about.zh}", GROWTH, f"Growth of: {about.en}", "(year ÷ year before − 1) × 100 %")
