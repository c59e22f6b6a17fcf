"""Text shown to people, in Chinese (the default) and in English.

Nothing here depends on the rest of the project, so every module may import it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

LANGUAGES = ("zh", "en")

# What XML 1.0 forbids (it has no escape for it), and the marks that turn the direction of what follows: a name that
# holds one would show the rest of its line reversed.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
    "\ud800-\udfff\ufffe\uffff]"
)
_BREAKS = re.compile("[\t\r\n\x85\u2028\u2029]+")


def printable(text: str) -> str:
    """`text` on one line, without control characters and marks of direction: what any file and any page may hold.

    Escaping for the file's own language is left to its writer.
    """
    return _BREAKS.sub(" ", _FORBIDDEN.sub("", text))


def clean(text: str) -> str:
    """`text` as `printable` has it, without blanks at its ends: a name or a sentence, not a part of one."""
    return printable(text).strip()


@dataclass(frozen=True, slots=True)
class Text:
    """One piece of text in both languages."""

    zh: str
    en: str

    def pick(self, lang: str) -> str:
        """The text in `lang`, one of `LANGUAGES`; raises ValueError for any other language."""
        if lang not in LANGUAGES:
            raise ValueError(f"unknown language {lang!r}; one of {', '.join(LANGUAGES)}")
        return self.zh if lang == "zh" else self.en
