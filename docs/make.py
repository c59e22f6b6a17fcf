"""Rewrite the generated parts of docs/model.md, docs/hindcast.md and docs/proof.md.

`python docs/make.py`, or `--check` to see whether they are stale. A generated part stands between
`<!-- generated:NAME -->` and `<!-- /generated -->`. Those of hindcast.md and proof.md come from the records in
calibration/hindcast and calibration/proof, without the panel. Those of model.md are computed with every source of
uncertainty off.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from pathlib import Path

DOCS = Path(__file__).resolve().parent
sys.path[:0] = [str(DOCS.parent), str(DOCS)]

from hindcast_record import PARTS as HINDCAST_PARTS  # noqa: E402
from lever_record import PARTS as LEVER_PARTS  # noqa: E402
from library_record import PARTS as LIBRARY_PARTS  # noqa: E402
from model_tables import actual_drifters, indicator_table, other_indicators, parameter_tables  # noqa: E402
from proof_record import PARTS as PROOF_PARTS  # noqa: E402
from response_tables import response_table  # noqa: E402
from worked_year import worked_base, worked_cells, worked_district  # noqa: E402

PAGE = DOCS / "model.md"
PARTS: dict[str, Callable[[], str]] = {
    "indicators": indicator_table,
    "other-indicators": other_indicators,
    "drifters": actual_drifters,
    "worked-base": worked_base,
    "worked-cells": worked_cells,
    "worked-district": worked_district,
    "response": response_table,
    "parameters": parameter_tables,
}
#: Page -> its parts. Each page holds all of them, and no other.
PAGES: dict[Path, dict[str, Callable[[], str]]] = {
    PAGE: PARTS,
    DOCS / "hindcast.md": HINDCAST_PARTS,
    DOCS / "proof.md": PROOF_PARTS,
    DOCS / "levers.md": LEVER_PARTS,
    DOCS / "library.md": LIBRARY_PARTS,
}
EVERY_PART = PARTS | HINDCAST_PARTS | PROOF_PARTS | LEVER_PARTS | LIBRARY_PARTS
PART = re.compile(r"(<!-- generated:([\w-]+) -->\n).*?(<!-- /generated -->)", re.DOTALL)


def renewed(text: str) -> str:
    """The page with every generated part made anew. Raises KeyError for a part that nothing makes."""

    def replace(match: re.Match[str]) -> str:
        return f"{match[1]}{EVERY_PART[match[2]]()}\n{match[3]}"

    return PART.sub(replace, text)


def missing_parts(text: str, page: Path = PAGE) -> list[str]:
    """Parts that should stand in the page and do not."""
    found = {match[2] for match in PART.finditer(text)}
    return [name for name in PAGES[page] if name not in found]


def stale(text: str, fresh: str) -> list[str]:
    """Names of the parts that differ between the page and its renewal."""
    pairs = zip(PART.finditer(text), PART.finditer(fresh), strict=True)
    return [old[2] for old, new in pairs if old[0] != new[0]]


def main() -> int:
    """Write the pages, or with --check return 1 and say what is stale."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 when a part is stale")
    check = parser.parse_args().check
    return max(_page(page, check) for page in PAGES)


def _page(page: Path, check: bool) -> int:
    """1 where a part of the page is missing or, when only checked, stale."""
    text = page.read_text(encoding="utf-8")
    fresh = renewed(text)
    lacking = missing_parts(text, page)
    if check:
        old = stale(text, fresh)
        for name in (*old, *lacking):
            print(f"docs/{page.name}: {name} {'is stale' if name in old else 'is missing'}", file=sys.stderr)
        return 1 if old or lacking else 0
    page.write_text(fresh, encoding="utf-8", newline="\n")
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
