"""What the reconciliation finds: one record a finding, in the neutral wording of a checking letter."""

from __future__ import annotations

from dataclasses import dataclass

from sim.language import Text

# In the order of a report: arithmetic first, then differing reports, then differences of definition.
KINDS = ("identity", "plausibility", "reports", "definition_break", "scope", "concept", "price_basis")
CAUSES = (
    *("unit_slip", "factor_ten", "population_concept", "scope", "price_basis", "neighbouring_year"),
    *("definition_break", "misnamed_indicator", "revision", "unexplained"),
)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Reported figures that do not go together as they stand.

    `kind` is one of KINDS, `cause` one of CAUSES. `gap` says by how many times their rounding would have to be
    wider for the figures to agree, which for `plausibility` is how many rounding widths beyond the bound they lie
    (three digits; None where no arithmetic is involved or nothing makes them agree).
    `suspects` are the smallest sets of facts whose removal leaves the rest consistent, all ties together; it is
    empty where every figure is right in its own definition. `used` is the figure used until one is confirmed; of
    figures on two sides of a break, the one that a recorded choice or the base year uses, None when neither does.
    """

    kind: str
    facts: tuple[str, ...]
    gap: float | None
    suspects: tuple[str, ...]
    message: Text
    used: str | None
    cause: str
