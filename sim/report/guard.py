"""The last check of an edition: nothing it must not show stands anywhere in its text, properties included.

The templates decide what an edition shows; this finds where one of them, or a file format, got it wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from sim.report.blocks import Block, Figure, Heading, Items, Paragraph, Report, Table
from sim.report.editions import Edition

_CHANCES = re.compile(
    r"概率|达标率|把握较大|有一定把握|需要努力|难度较大|难度很大|分位数|预测区间|置信|[0-9]0%区间|扇形图|蒙特卡"
    r"|probabilit|likely|difficult|quantile|percentile|confidence|monte carlo|fan chart|\b[0-9]0 ?% interval",
    re.IGNORECASE,
)
_HASH = re.compile(r"\b(?=[0-9a-f]*[a-f])(?=[0-9a-f]*[0-9])[0-9a-f]{10,64}\b")
_PATH = re.compile(r"(?:^|[\s\"'(（“])(?:/[\w.-]+){2,}|[A-Za-z]:\\|(?:^|[\s/])results/|file://")


def violations(texts: Iterable[str], edition: Edition, run_ids: Iterable[str] = ()) -> list[str]:
    """What stands in `texts` though the edition must not show it, with a little of the text around it.

    Absolute paths are nowhere allowed. Sources are cited as `003_7526d0927c5bbb45:582`: a document's name is no hash.
    """
    found = []
    for text in texts:
        rules = [_PATH] if edition.ids else [_PATH, _HASH]
        rules += [] if edition.chances else [_CHANCES]
        bare = re.sub(r"\b\d{3}_[0-9a-f]{16}\b", "", text)
        for rule in rules:
            found += [_around(bare, match) for match in rule.finditer(bare)]
        found += [f"{run_id} in {text[:60]}" for run_id in run_ids if not edition.ids and run_id in text]
    return found


def _around(text: str, match: re.Match[str]) -> str:
    return f"{match[0]!r} in {text[max(match.start() - 20, 0) : match.end() + 20]!r}"


def texts_of(report: Report) -> list[str]:
    """Every text of a report that a reader or a program can find, alternative texts and properties included."""
    found = [report.title, report.subtitle, report.cut_off, *report.properties.values(), *report.warnings]
    for block in report.blocks:
        found += _of_block(block)
    return found


def _of_block(block: Block) -> list[str]:
    if isinstance(block, Heading):
        return [block.text]
    if isinstance(block, Paragraph):
        return [block.text]
    if isinstance(block, Items):
        return ["".join(span for span in item if isinstance(span, str)) for item in block.items]
    if isinstance(block, Table):
        cells = [text for row in block.rows for cell in row for text in (cell.text, cell.source)]
        return [block.title, block.unit, block.source, *block.notes, *(c.title for c in block.columns), *cells]
    if isinstance(block, Figure):
        return [block.title, block.alt, *(() if block.native is None else _of_chart(block))]
    return []


def _of_chart(block: Figure) -> list[str]:
    chart = block.native
    assert chart is not None
    return [chart.title, chart.unit, chart.second_unit, *chart.categories, *(series.name for series in chart.series)]
