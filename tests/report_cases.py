"""Material for tests of reports: one run with few draws, read back, and what is changed in it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from sim.facts.ledger import Fact, Ledger
from sim.material import Material, View, gather
from sim.report.blocks import Items, Paragraph, Report, Table
from tests.result_cases import result


def material_of(folder: Path, *arguments: str) -> Material:
    """Material of one run as of 2023."""
    return gather([result(folder, "--as-of", "2023", *arguments)])


def table(report: Report, key: str) -> Table:
    """The table of that key."""
    return next(block for block in report.blocks if isinstance(block, Table) and block.key == key)


def column(found: Table, key: str) -> list[str]:
    """The texts of one column."""
    place = [one.key for one in found.columns].index(key)
    return [row[place].text for row in found.rows]


def words(report: Report) -> str:
    """All sentences of a report: paragraphs and items."""
    said = [block.text for block in report.blocks if isinstance(block, Paragraph)]
    said += [
        "".join(span for span in item if isinstance(span, str))
        for block in report.blocks if isinstance(block, Items) for item in block.items
    ]  # fmt: skip
    return "\n".join(said)


def with_document(material: Material, **changes: Any) -> Material:
    """The material with keys of its leading scenario's document replaced."""
    view = material.views[0]
    made = View(view.id, view.label, {**view.document, **changes}, view.resolved, view.run_id)
    return replace(material, views=(made, *material.views[1:]))


def with_facts(material: Material, *facts: Fact) -> Material:
    """The material with more figures in the ledger of its region."""
    ledger = material.pack.ledger
    pack = replace(material.pack, ledger=Ledger((*ledger.facts, *facts), ledger.shown))
    return replace(material, pack=pack)


def fact_like(material: Material, like: str, **changes: Any) -> Fact:
    """A figure of the ledger with some of its fields replaced."""
    return replace(material.pack.ledger.get(like), **changes)
