"""The three editions of one result: what each may show, and how a status is worded where no probability may stand.

internal 内部测算稿   everything, marked, with the cut-off and the ids of the results
review   审议稿       every approved row, the unreached with reason and 口径; no probability, no fan chart, no id
public   公开稿       rows, values, words
An edition may be silent, never untrue: no rule turns a missed target into 完成.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim.language import Text


@dataclass(frozen=True, slots=True)
class Edition:
    """What an edition shows. `chances`: probabilities, intervals, fan charts, sensitivity; `ids`: of results, on the
    page; `reasons`: why a row is unreached or not evaluated, and its 口径; `sources`: document and line."""

    id: str
    label: Text
    chances: bool
    ids: bool
    reasons: bool
    sources: bool


EDITIONS = {
    edition.id: edition
    for edition in (
        Edition("internal", Text("内部测算稿", "internal working draft"), True, True, True, True),
        Edition("review", Text("审议稿", "draft for deliberation"), False, False, True, True),
        Edition("public", Text("公开稿", "public edition"), False, False, False, False),
    )
}
INTERNAL = EDITIONS["internal"]

#: Marks every number that the model made.
MODEL_VALUES = Text("模型推算值，非统计数据", "model values, not official statistics")
#: The same as a sentence of its own below a table.
MODEL_VALUES_NOTE = Text(f"{MODEL_VALUES.zh}。", f"{MODEL_VALUES.en.capitalize()}.")
