"""Tables wider than the page: cut between columns, the parts below each other with their first columns again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.output.layout import fitted, grid

#: Columns are made no narrower than this to fit a page.
NARROWEST = 14


def paged(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    right: Sequence[bool],
    most: Sequence[int],
    bundles: Sequence[int],
    width: int | None,
) -> str:
    """A table whose parts are at most `width` cells across; one part where it fits, or without a `width`.

    right, most : of each column whether it stands at the right, and its greatest width in cells; bundles : how many
    columns stay together, in their order. The first bundle is repeated in every part; a part holds one other at least.
    """
    columns = list(zip(header, *rows, strict=True))
    least = [4] * len(header)
    widths = fitted(columns, least, most)
    parts = [list(range(len(header)))]
    if width is not None and _across(widths, parts[0]) > width:
        widths = fitted(columns, least, [min(cells, max(NARROWEST, 2 * width // 9)) for cells in most])
        parts = list(_parts(widths, bundles, width))
    return "\n\n".join(
        grid(
            [header[i] for i in part],
            [[row[i] for i in part] for row in rows],
            [widths[i] for i in part],
            [right[i] for i in part],
            ruled=False,
        )
        for part in parts
    )


def _across(widths: Sequence[int], part: Sequence[int]) -> int:
    """Cells across a table of these columns, two between them."""
    return sum(widths[i] for i in part) + 2 * (len(part) - 1)


def _parts(widths: Sequence[int], bundles: Sequence[int], width: int) -> Iterator[list[int]]:
    """Columns of each part."""
    first = list(range(bundles[0]))
    part, start = first, bundles[0]
    for size in bundles[1:]:
        bundle = list(range(start, start + size))
        if len(part) > len(first) and _across(widths, part + bundle) > width:
            yield part
            part = first
        part, start = part + bundle, start + size
    yield part
