"""What a chart of a calibration shows: intervals before and after the facts; no drawing here."""

from __future__ import annotations

from dataclasses import dataclass

from sim.language import Text


@dataclass(frozen=True, slots=True)
class PriorPosteriorRow:
    """One number that the facts moved.

    name : what it is, in one line; meaning : a second, smaller line; before, after : its interval in its own unit, as
    printed; scores : p5, p50, p95 after the facts where the prior's are −1.64, 0 and 1.64.
    """

    name: Text
    meaning: Text
    before: Text
    after: Text
    scores: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class PriorPosteriorData:
    """Rows from the furthest moved down; `source` and `notes` stand below the figure."""

    rows: tuple[PriorPosteriorRow, ...]
    source: Text
    notes: Text


def prior_posterior_caption(region: Text, as_of: int, lang: str) -> str:
    """The title that stands below the figure when it is pasted."""
    zh = f"{region.zh}：用截至{as_of}年的公布数校准前后的参数"
    return zh if lang == "zh" else f"{region.en}: parameters before and after conditioning on figures up to {as_of}"
