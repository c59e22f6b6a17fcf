"""What `hindcast` may be asked for: its options as one value, and which go together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from sim.cli.bilingual import Refused
from sim.cli.inputs import refused
from sim.errors import InputError, Problem
from sim.language import Text
from sim.panel.table import YEARS

MOST_YEARS = 30


def year_read(value: str) -> int:
    """A year of a panel."""
    if not (re.fullmatch(r"\d{4}", value, re.ASCII) and int(value) in YEARS):
        span = f"{YEARS[0]}—{YEARS[-1]}"
        raise Refused(Text(f"“{value}”应为 {span} 之间的年份", f"'{value}' is not a year of {span}"))
    return int(value)


def origins_read(value: str) -> tuple[int, ...]:
    """`2004-2009`, `2004—2009` or `2007`: the years, both ends included."""
    match = re.fullmatch(r"(\d{4})(?:\s*[-–—]\s*(\d{4}))?", value.strip(), re.ASCII)
    if match is None or int(match[2] or match[1]) < int(match[1]):
        raise Refused(Text(f"“{value}”应写作 2004-2009", f"'{value}' should be written like 2004-2009"))
    return tuple(range(int(match[1]), int(match[2] or match[1]) + 1))


def commit_read(value: str) -> str:
    """The name of a commit."""
    if not re.fullmatch(r"[0-9a-f]{7,40}", value):
        raise Refused(Text(f"“{value}”不是提交号", f"'{value}' is not the name of a commit"))
    return value


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command line asks for."""

    panel: Path | None
    origin: int | None
    horizon: int | None
    out: Path | None
    score: bool
    scoreboard: bool
    origins: tuple[int, ...] | None
    targets: Path | None
    locked: str | None
    estimate: bool
    write_model_error: bool
    region: str | None
    without: str | None
    quick: bool
    workers: int
    seed: int
    as_json: bool
    lang: str


#: What each kind of work may be given besides the language, --json, seed and workers.
ALLOWED = {
    "origin": ("panel", "origin", "horizon", "out", "score", "without", "quick", "targets"),
    "scoreboard": ("panel", "scoreboard", "origins", "targets", "out", "locked", "quick"),
    "estimate": ("panel", "estimate", "out"),
    "write_model_error": ("write_model_error", "origins"),
    "region": ("region", "out"),
    "record": (),
}


def mode_of(wanted: Wanted) -> str:
    """Which work is asked for; raises InputError for options that do not go with it."""
    names = ("panel", "origin", "horizon", "out", "score", "without", "quick", "targets", "scoreboard", "origins",
             "locked", "estimate", "write_model_error", "region")  # fmt: skip
    asked = [name for name in names if getattr(wanted, name) not in (None, False)]
    kinds = [name for name in ALLOWED if name in asked]
    mode = kinds[0] if kinds else ("record" if not asked else "origin")
    strange = [f"--{name.replace('_', '-')}" for name in asked if name not in ALLOWED[mode]]
    if strange:
        raise InputError(
            [
                Problem(None, None, None, name, Text("与其余选项不能同用", "does not go with the others"))
                for name in strange
            ]
        )
    return mode


def needed(value: Path | None, option: str) -> Path:
    """The value of an option that must be given."""
    if value is None:
        raise refused(option, "需要写明", "is needed")
    return value
