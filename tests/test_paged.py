"""Tables cut between columns: every part fits, starts with the same columns, and nothing is lost."""

from __future__ import annotations

from sim.output.paged import paged

HEADER = ("name", "year", "aaaaaaaa", "bbbbbbbb", "cccccccc", "dddddddd")
ROWS = (("x", "2025", "1", "2", "3", "4"), ("y", "2030", "5", "6", "7", "8"))


def table(width: int | None, bundles: tuple[int, ...]) -> list[list[list[str]]]:
    """Cells of each part, rows without rules."""
    text = paged(HEADER, ROWS, [False] * 2 + [True] * 4, [20] * 6, bundles, width)
    return [[row.split() for row in part.split("\n") if not row.startswith("━")] for part in text.split("\n\n")]


def test_a_table_that_fits_is_one() -> None:
    whole = [[list(HEADER), *map(list, ROWS)]]
    assert table(None, (2, 1, 1, 1, 1)) == whole
    assert table(50, (2, 1, 1, 1, 1)) == whole  # 4 + 4 + 4 * 8 cells and five gaps of two


def test_a_wide_table_is_cut_and_its_first_columns_repeated() -> None:
    parts = table(40, (2, 1, 1, 1, 1))  # 10 cells of the first two, 10 for each other
    assert [part[0] for part in parts] == [
        ["name", "year", "aaaaaaaa", "bbbbbbbb", "cccccccc"],
        ["name", "year", "dddddddd"],
    ]
    assert parts[1][1:] == [["x", "2025", "4"], ["y", "2030", "8"]]


def test_columns_that_belong_together_stay_together() -> None:
    headers = [part[0][2:] for part in table(40, (2, 2, 2))]
    assert headers == [["aaaaaaaa", "bbbbbbbb"], ["cccccccc", "dddddddd"]]


def test_a_part_holds_one_bundle_however_narrow_the_page() -> None:
    assert [part[0][2:] for part in table(5, (2, 1, 1, 1, 1))] == [[name] for name in HEADER[2:]]
