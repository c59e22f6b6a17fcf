"""What the name of an indicator and the text of a period say: suffixes, spans, parts of a year.

The suffixes are the convention of every ledger (`marine_share_of_city`, `gdp_growth_average`), so that links
between figures follow from names alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

# Longest first, so that share_of_city is not read as share.
SUFFIXES = (
    *("share_of_province", "share_of_nation", "growth_cumulative", "growth_average", "share_of_city"),
    *("cumulative", "multiple", "average", "change", "growth", "share"),
)
MONTHS = {"": 12, "Q1": 3, "H1": 6, **{f"{month}M": month for month in range(1, 13)}}
_PERIOD = re.compile(r"(\d{4})(?:-(\d{4})|-(\d{1,2}M|H[12]|Q[1-4]))?")


@dataclass(frozen=True, slots=True)
class Period:
    """A year, a part of a year (`part` such as 9M) or a span of years; `first == last` unless a span."""

    first: int
    last: int
    part: str

    @property
    def years(self) -> int:
        """Number of years of the span."""
        return self.last - self.first + 1

    @property
    def is_span(self) -> bool:
        """Several years."""
        return self.last > self.first

    @property
    def months(self) -> int | None:
        """Months since the beginning of the year, None for a part that does not begin with January."""
        return MONTHS.get(self.part)

    def at(self, year: int) -> str:
        """The same part of another year, as printed in a ledger."""
        return f"{year}-{self.part}" if self.part else str(year)


@lru_cache(maxsize=4096)
def split_indicator(indicator: str) -> tuple[str, str]:
    """Base name and suffix, the suffix empty for a level: gdp_growth → (gdp, growth)."""
    for suffix in SUFFIXES:
        if indicator.endswith(f"_{suffix}") and len(indicator) > len(suffix) + 1:
            return indicator[: -len(suffix) - 1], suffix
    return indicator, ""


@lru_cache(maxsize=4096)
def names_within(indicator: str) -> tuple[str, ...]:
    """The indicator and what it is derived from: primary_share_change → itself, primary_share, primary."""
    names = [indicator]
    while (split := split_indicator(names[-1]))[1]:
        names.append(split[0])
    return tuple(names)


@lru_cache(maxsize=4096)
def read_period(period: str) -> Period:
    """The period of a checked ledger row; raises ValueError for anything else."""
    match = _PERIOD.fullmatch(period)
    if match is None:
        raise ValueError(f"not a period: {period!r}")
    first = int(match[1])
    return Period(first, int(match[2] or first), match[3] or "")
