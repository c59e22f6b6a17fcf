"""How tests run the program from outside: one command line at a time, at few draws."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from sim.cli.main import main

DRAWS = 240
FEW = ("--draws", str(DRAWS), "--no-figures")
YEARS = list(range(2020, 2036))
CELLS = (
    "agriculture", "fishery", "manufacturing_marine", "manufacturing_other", "construction_utilities",
    "services_marine", "services_other",
)  # fmt: skip
#: Fields of one record of `indicators` in the contract.
INDICATOR_FIELDS = ("indicator", "unit", "year", "p05", "p10", "p25", "p50", "p75", "p90", "p95", "mean")


@dataclass(frozen=True, slots=True)
class Finished:
    """A finished run: its folder, document, and kept draws by name."""

    folder: Path
    document: dict[str, Any]
    draws: dict[str, Any]


def call(*arguments: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of one command line."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    with redirect_stdout(out), redirect_stderr(err):
        code = main(arguments, program="python run.py")
    out.flush(), err.flush()
    return code, out.buffer.getvalue().decode("utf-8"), err.buffer.getvalue().decode("utf-8")


def project(folder: Path, *arguments: str) -> Finished:
    code, out, err = call("run", *arguments, *FEW, "--keep-draws", "--json", "--out", str(folder))
    assert (code, err) == (0, "")
    with np.load(folder / "draws.npz") as archive:
        return Finished(folder, json.loads(out), {name: archive[name] for name in archive.files})


def refused(*arguments: str) -> str:
    """The message of a command line that must be refused."""
    code, out, err = call("run", *arguments)
    assert (code, out) == (2, "")
    return err


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
