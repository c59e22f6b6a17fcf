"""Growth accounting of one scenario in one block of draws, year by year as the years come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from sim.aggregation import Accounts
from sim.growth_accounting.channels import NOMINAL, OF_ACCOUNT, REAL, TOTAL
from sim.growth_accounting.factors import Change, Grown, Inputs, changes, productive_capital
from sim.growth_accounting.sums import PointSums, empty_sums, industries_of
from sim.randomness import Array


class GrowthAccounting:
    """Adds up contributions to growth over draws; the arrays of a year are dropped with it.

    sums : of the years seen so far.
    """

    def __init__(self, parts: Sequence[Inputs], industries: Sequence[str], years: int, size: int) -> None:
        """`parts` in the order their states will come in, `industries` of all their cells in the same order.

        years : from the base year to the horizon, both included; size : how many draws count, from the first.
        """
        self.parts, self.size = tuple(parts), size
        names = industries_of(industries)
        self.place = [len(industries) + names.index(name) for name in industries]
        members = len(industries) + len(names) + 1
        self.sums: PointSums = replace(empty_sums(years - 1, members), draws=size)
        draws = self.parts[0].capital_share.shape[-1] if self.parts else size
        self.members: Array = np.empty((members, draws))
        self.before: tuple[tuple[Grown, Array], ...] = ()

    def year(self, t: int, states: Sequence[Accounts]) -> None:
        """Account for the growth from year t - 1 to t. `states` are those of the parts in year t.

        Raises TypeError for accounts that do not say how output came about.
        """
        grown = [_grown(state) for state in states]
        if not self.before:
            self.before = tuple((state, state.capital.capital_before) for state in grown)
            return
        now = tuple((state, productive_capital(before)) for state, (before, _) in zip(grown, self.before, strict=True))
        found = [
            changes(part, t, (before[0], after[0]), (before[1], after[1]))
            for part, before, after in zip(self.parts, self.before, now, strict=True)
        ]
        for account in (REAL, NOMINAL):
            self._add(t, account, [change[account] for change in found])
        self.before = now

    def _add(self, t: int, account: str, parts: Sequence[Change]) -> None:
        for channel, points in channel_points(parts, account, self.members[: len(self.place)]):
            counted = self._members(points)[:, : self.size]
            place = (t - 1, slice(None), channel)
            np.add.reduce(counted, axis=1, out=self.sums.total[account][place])
            self.sums.squares[account][place] = np.einsum("ij,ij->i", counted, counted)

    def _members(self, points: Array) -> Array:
        """Points of cells, industries and the total, below each other; `points` are the first rows already."""
        first, members = len(self.place), self.members
        members[first:] = 0.0
        for cell, industry in enumerate(self.place):
            members[industry] += points[cell]
        np.add.reduce(members[first:-1], axis=0, out=members[-1])
        return members


def channel_points(parts: Sequence[Change], account: str, out: Array) -> Iterator[tuple[int, Array]]:
    """Yield contributions in percentage points by channel: its place in the account, and `out` filled (cell, draw).

    Channels that did not move are left out; the last is their sum, from value added itself.
    """
    gdp = parts[0].gdp_before
    for part in parts[1:]:
        gdp = gdp + part.gdp_before
    scale = 100.0 / gdp
    for name in (*dict.fromkeys(name for part in parts for name in part.parts), TOTAL):
        first = 0
        for part in parts:
            rows = out[first : first + len(part.total)]
            if name == TOTAL:
                np.multiply(part.total, scale, out=rows)
            elif name in part.parts:
                np.multiply(*part.parts[name], out=rows)
                rows *= scale
            else:
                rows[:] = 0.0
            first += len(part.total)
        yield OF_ACCOUNT[account].index(name), out


def _grown(state: Accounts) -> Grown:
    if not isinstance(state, Grown):
        raise TypeError(f"{type(state).__name__} does not say how output came about: it has no supply and demand")
    return state
