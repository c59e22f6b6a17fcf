"""What a run tells of growth: points by cell, industry and channel, and how two scenarios differ in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.growth_accounting.channels import OF_ACCOUNT, REAL, TOTAL
from sim.growth_accounting.sums import PointSums, industries_of
from sim.randomness import Array

#: Below this growth [percentage points] a share of it says nothing: small parts come out as many times the whole,
#: and of falling GDP the part that fell most has the largest share.
LEAST_GROWTH = 0.5


@dataclass(frozen=True, slots=True)
class Contributions:
    """Contributions to growth in percentage points, mean and standard deviation over draws.

    years : without the base year; points, deviation : by account, (year, member, channel) in the order of `members`
    and of `OF_ACCOUNT`. The points of an account sum to its growth over cells and channels.
    """

    years: tuple[int, ...]
    cells: tuple[str, ...]
    industries: tuple[str, ...]
    points: Mapping[str, Array]
    deviation: Mapping[str, Array]

    @property
    def members(self) -> tuple[str, ...]:
        """Cells, industries and the total."""
        return (*self.cells, *self.industries, TOTAL)

    def growth(self, account: str = REAL) -> Array:
        """Mean growth by year, (year,) [%]."""
        return self.points[account][:, -1, -1]

    def share(self, account: str) -> Array:
        """贡献率: points over growth, (year, member, channel); NaN where growth is below LEAST_GROWTH."""
        growth = self.growth(account)
        told = np.abs(growth) >= LEAST_GROWTH
        out: Array = np.full_like(self.points[account], np.nan)
        out[told] = self.points[account][told] / growth[told, None, None]
        return out

    def of(self, account: str, year: int, member: str, channel: str = TOTAL) -> float:
        """Mean points of one member and channel in one year."""
        place = (self.years.index(year), self.members.index(member), OF_ACCOUNT[account].index(channel))
        return float(self.points[account][place])


def contributions_of(
    sums: PointSums, years: Sequence[int], cells: Sequence[str], industries: Sequence[str]
) -> Contributions:
    """Contributions from their sums. `years` leave the base year out; `industries` are those of the cells."""
    return Contributions(
        tuple(years),
        tuple(cells),
        industries_of(industries),
        {account: sums.mean(account) for account in OF_ACCOUNT},
        {account: sums.deviation(account) for account in OF_ACCOUNT},
    )


@dataclass(frozen=True, slots=True)
class ContributionDifferences:
    """By how many points a scenario's contributions exceed those of the first, by account, as in Contributions."""

    years: tuple[int, ...]
    cells: tuple[str, ...]
    industries: tuple[str, ...]
    points: Mapping[str, Array]

    @property
    def members(self) -> tuple[str, ...]:
        """Cells, industries and the total."""
        return (*self.cells, *self.industries, TOTAL)


def difference_of(first: Contributions, second: Contributions) -> ContributionDifferences:
    """Points of the second scenario less those of the first.

    Over cells and channels they sum to the difference of mean growth in every year.

    Raises ValueError when the two are of different cells or years: their points cannot be set against each other.
    """
    if (first.years, first.cells, first.industries) != (second.years, second.cells, second.industries):
        raise ValueError("contributions of different cells or years")
    points = {account: second.points[account] - first.points[account] for account in OF_ACCOUNT}
    return ContributionDifferences(first.years, first.cells, first.industries, points)
