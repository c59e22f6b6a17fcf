"""Which reading of a target the mid-term table judges: that of its progress, and its probability as well."""

from __future__ import annotations

from collections.abc import Sequence

from sim.midterm.rows import MidtermRow
from sim.targets import Target
from sim.targets.known import SINCE_BASE, average_growth


def judged_reading(row: MidtermRow, targets: Sequence[Target]) -> Target:
    """The reading that progress and conclusion of a row are about: the target itself, or its reading as an average.

    `targets` are all of the pack with their readings. A target for growth is judged by the average of the years so
    far; where one of its readings asks for just that average, a probability of the last year alone would answer
    another question than the one beside it.
    """
    if row.standing.average is None:
        return row.target
    return next((other for other in targets if _averages(other, row.target)), row.target)


def _averages(other: Target, first: Target) -> bool:
    """Whether a target reads another one as the average growth of the years since the base year."""
    return (
        other.reading_of == first.id
        and other.year == first.year
        and SINCE_BASE.get(other.indicator) == (first.indicator, average_growth)
    )
