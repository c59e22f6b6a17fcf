"""Errors that a planner can act on: where they are, what is wrong, and what was probably meant.

A module that reads input collects every `Problem` it finds and raises them together in one `InputError`, so
that a file is corrected once rather than once a mistake.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from sim.language import Text

SHORTEST_WORD = 3
SIMILARITY_NEEDED = 0.6  # difflib ratio; below it a suggestion confuses more than it helps
NAMES_LISTED = 40  # longer lists are cut, the message must stay readable in a terminal


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in the input. `line` and `column` are 1-based; `key` is a dotted path or empty."""

    file: str | None
    line: int | None
    column: int | None
    key: str
    text: Text

    def show(self, lang: str) -> str:
        """`file:line:column: key: message`; parts that are not known are left out."""
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        whole = ": ".join(part for part in (place, self.key, self.text.pick(lang)) if part)
        return " ".join(whole.splitlines())  # a quoted value may hold a line break; one problem is one line

    def order(self) -> tuple[str, int, int, str]:
        """Sorting key: file, line, column, then key; an unknown place comes first."""
        return (self.file or "", self.line or 0, self.column or 0, self.key)


class SimError(Exception):
    """Base class of the errors this project raises on purpose."""


class InputError(SimError):
    """Wrong input. `problems` holds every mistake found, sorted by place, each once."""

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        given = (problems,) if isinstance(problems, Problem) else tuple(problems)
        self.problems: tuple[Problem, ...] = tuple(sorted(dict.fromkeys(given), key=Problem.order))
        super().__init__(self.problems)

    def show(self, lang: str) -> str:
        """One line a problem, sorted by file, line and column."""
        return "\n".join(problem.show(lang) for problem in self.problems)

    def __str__(self) -> str:
        return self.show("zh")


def nearest(name: str, allowed: Iterable[str]) -> str | None:
    """The allowed name most like `name`, whatever the case, or None when nothing is near.

    A word of a name stands for it (`fdi` for `fdi_growth`); of several the one with least beside it.
    """
    originals = {candidate.casefold(): candidate for candidate in allowed}
    folded = name.casefold()
    found = difflib.get_close_matches(folded, list(originals), n=1, cutoff=SIMILARITY_NEEDED)
    if not found and len(folded) >= SHORTEST_WORD:
        found = sorted((one for one in originals if folded in one.split("_")), key=lambda one: (len(one), one))
    return originals[found[0]] if found else None


def unknown_name(name: str, allowed: Iterable[str]) -> Text:
    """Message for a name that does not exist, with the nearest valid one and the list of valid ones."""
    names = sorted(allowed)
    suggestion = nearest(name, names)
    zh, en = f"未知的名称“{name}”", f'unknown name "{name}"'
    if suggestion is not None:
        zh, en = zh + f"，您是否想写“{suggestion}”？", en + f', did you mean "{suggestion}"? '
    else:
        zh, en = zh + "。", en + ". "
    listed = names[:NAMES_LISTED]
    more_zh, more_en = ("……", ", …") if len(names) > NAMES_LISTED else ("", "")
    zh += f"可用：{'、'.join(listed) or '（无）'}{more_zh}"
    en += f"Available: {', '.join(listed) or '(none)'}{more_en}"
    return Text(zh, en)
