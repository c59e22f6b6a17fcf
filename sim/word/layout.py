"""Which blocks stand on a turned page, and how wide the columns of each table are."""

from __future__ import annotations

from dataclasses import dataclass

from sim.report.blocks import Block, Heading, Table
from sim.word.pages import text_width
from sim.word.widths import Widths, fitted, reads_well, squeezed


@dataclass(frozen=True, slots=True)
class Placed:
    """A block, whether it stands on a turned page, and the columns of a table."""

    block: Block
    turned: bool = False
    widths: Widths | None = None


def placed_blocks(blocks: tuple[Block, ...]) -> list[Placed]:
    """Every block with its place. A heading goes with the turned table that it heads."""
    widths = [_table(block) if isinstance(block, Table) else None for block in blocks]
    turned = [found is not None and found[1] for found in widths]
    _pull_headings(blocks, turned)
    return [
        Placed(block, turn, _rewidened(block, found, turn))
        for block, turn, found in zip(blocks, turned, widths, strict=True)
    ]


def _table(table: Table) -> tuple[Widths, bool]:
    """Columns of a table, and whether it needs a turned page: it asks for one, or no size of text fits upright."""
    upright = fitted(table, text_width(turned=False))
    if upright is not None and (not table.wide or reads_well(table, upright)):
        return upright, False
    total = text_width(turned=True)
    return fitted(table, total) or squeezed(table, total), True


def _rewidened(block: Block, found: tuple[Widths, bool] | None, turned: bool) -> Widths | None:
    if found is None or not isinstance(block, Table):
        return None
    total = text_width(turned)
    return found[0] if found[1] == turned else fitted(block, total) or squeezed(block, total)


def _pull_headings(blocks: tuple[Block, ...], turned: list[bool]) -> None:
    for index in range(len(blocks) - 1, 0, -1):
        if turned[index] and isinstance(blocks[index - 1], Heading):
            turned[index - 1] = True
