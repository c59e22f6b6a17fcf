"""Figures of a result: which chart of which numbers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any


def write_run_figures(folder: Path, document: Mapping[str, Any]) -> None:
    """Draw the figures of one run into `folder`."""


def write_comparison_figure(folder: Path, document: Mapping[str, Any]) -> None:
    """Draw the attainment heat map of several scenarios into `folder`."""
