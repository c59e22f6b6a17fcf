"""Text shown to people, in Chinese (the default) and in English.

Nothing here depends on the rest of the project, so every module may import it.
"""

from __future__ import annotations

from dataclasses import dataclass

LANGUAGES = ("zh", "en")


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
