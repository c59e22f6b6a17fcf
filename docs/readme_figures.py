"""The images of the README and of the pages in docs/: what they show, and whether they show it still."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.language import Text

Image = tuple[Any, str]  # what it shows (FanData or HeatmapData), language


def data_hash(data: Any) -> str:
    """Hash of what a figure shows, numbers to two decimals: it stands in the image's description."""
    text = re.sub(r"-?\d+\.\d+(e-?\d+)?", lambda m: f"{float(m[0]):.2f}".replace("-0.00", "0.00"), repr(data))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def write(images: Mapping[str, Image], folder: Path) -> None:
    """Draws images into `folder`."""
    from sim.charts import FanData, attainment_heatmap, fan_chart, save

    for name, (data, lang) in images.items():
        figure = fan_chart(data, lang) if isinstance(data, FanData) else attainment_heatmap(data, lang)
        save(figure, folder, name.removesuffix(".png"), ("png",), description=f"data {data_hash(data)}")


def stale(images: Mapping[str, Image], folder: Path) -> list[str]:
    """Images that are missing or show other data than they would now."""
    found = []
    for name, (data, _) in images.items():
        path = folder / name
        if not path.is_file() or f"data {data_hash(data)}".encode() not in path.read_bytes():
            found.append(path.name)
    return found


def linked(images: Mapping[str, Image], name: str, folder: str) -> str:
    """An image with what is read to those who do not see it, and the caption below."""
    from sim.charts import FanData, fan_caption, heatmap_caption

    data, lang = images[name]
    fan = isinstance(data, FanData)
    instead = data.indicator if fan else Text("达成概率热力图", "heat map of probabilities")
    caption = fan_caption(data, lang) if fan else heatmap_caption(data, lang)
    return f"![{instead.pick(lang)}]({folder}/{name})\n\n{caption}"
