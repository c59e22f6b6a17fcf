"""One input of a simulated number, and all of them together."""

from __future__ import annotations

from dataclasses import dataclass

from sim.language import Text

#: Kinds of inputs. A `target` is what the number is judged by: its row in the plan, its base, its tolerance.
KINDS = ("fact", "prior", "assumption", "chance", "reporting", "scenario", "target")


@dataclass(frozen=True, slots=True)
class Contribution:
    """One input that a number rests on.

    kind : one of KINDS. id : what `facts` or the data files call it. scope : the region it is about, or the world.
    value : the number, or the range p5—p95 in `unit`. grade and date : of the publication of a fact, or of the line
    of a prior. place : file and line where it is defined. source : document and line of a fact; the reason that the
    line of a prior gives. share : part of the number's variance that it explains by itself, 0 to 1, with its sampling
    `error`; None for what cannot vary.
    """

    kind: str
    id: str
    scope: Text
    label: Text
    value: str
    unit: str
    grade: str
    date: str
    place: str
    source: str
    quote: str = ""
    share: float | None = None
    error: float | None = None


@dataclass(frozen=True, slots=True)
class Provenance:
    """What the quantity that a target judges rests on.

    contributions : those with a share first, the largest first, then what is used but cannot vary. remainder : part
    of the variance that no input explains by itself (interactions, effects that bend), with its sampling error.
    mean and sd : of the quantity, in the unit of the target.
    """

    target: str
    scenario: str
    unit: str
    mean: float
    sd: float
    contributions: tuple[Contribution, ...]
    remainder: float
    remainder_error: float
    draws: int
    seed: int
