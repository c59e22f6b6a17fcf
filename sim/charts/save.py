"""Figures to files that come out equal byte by byte on every rerun."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure

from sim.charts.fonts import ChartError, require_glyphs
from sim.charts.style import drawing_style, overflowing
from sim.errors import unknown_name
from sim.language import Text

DOTS_PER_INCH = 300
# None removes the stamp: a date or a version would change the file without any change in the figure.
STAMPS_REMOVED: dict[str, dict[str, str | None]] = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "ModDate": None, "Creator": None, "Producer": None},
}
FORMATS = tuple(STAMPS_REMOVED)
DESCRIPTION_KEY = {"png": "Description", "svg": "Description", "pdf": "Subject"}


def save(
    figure: Figure,
    folder: str | Path,
    stem: str,
    formats: Iterable[str] = ("png", "svg"),
    *,
    description: str = "",
) -> tuple[Path, ...]:
    """Write `figure` to `folder/stem.<format>` for each of `formats` (png at 300 dpi, svg, pdf).

    `description` goes into the file's properties, e.g. the caption and the run's id. A file appears whole or
    not at all. Raises ChartError for an unknown format, a stem that is no plain name, a missing glyph or text
    that leaves the figure; OSError when the folder cannot be written.
    """
    wanted = tuple(dict.fromkeys(formats))
    for name in wanted:
        if name not in FORMATS:
            raise ChartError(unknown_name(name, FORMATS), key="formats")
    if not stem or stem in {".", ".."} or any(mark in stem for mark in "/\\:\0"):
        raise ChartError(Text(f"“{stem}”不能作文件名。", f'"{stem}" cannot be a file name.'), key="stem")
    require_glyphs(figure)
    _require_inside(figure)
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    return tuple(_replace(target / f"{stem}.{name}", _render(figure, name, description)) for name in wanted)


def rendered(figure: Figure, name: str, *, description: str = "") -> bytes:
    """The bytes of `figure` as png, svg or pdf, for a file that holds it. Raises ChartError as `save` does."""
    require_glyphs(figure)
    _require_inside(figure)
    return _render(figure, name, description)


def _require_inside(figure: Figure) -> None:
    outside = overflowing(figure)
    if outside:
        listed = "；".join(text.replace("\n", "") for text in outside)
        raise ChartError(Text(f"文字超出图幅：{listed}", f"text leaves the figure: {listed}"))


def _render(figure: Figure, name: str, description: str) -> bytes:
    metadata: dict[str, Any] = dict(STAMPS_REMOVED[name])
    if description:
        metadata[DESCRIPTION_KEY[name]] = description
    memory = io.BytesIO()
    with drawing_style():
        figure.savefig(memory, format=name, dpi=DOTS_PER_INCH, metadata=metadata, facecolor="white")
    return memory.getvalue()


def _replace(path: Path, content: bytes) -> Path:
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(content)
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
    return path
