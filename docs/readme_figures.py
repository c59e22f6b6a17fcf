"""The images of the README and of the pages in docs/: what they show, and whether they show it still."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.language import Text

Document = Mapping[str, Any]
Image = tuple[Any, str]  # what it shows (FanData or HeatmapData), language


def growth_fan(document: Document) -> Any:
    """What the fan chart of GDP growth shows: a `FanData`, made of the baseline's document."""
    from sim.charts import FanData, FanTarget

    rows = [r for r in document["indicators"] if r["indicator"] == "gdp_growth"]
    target = next(t for t in document["targets"] if t["id"] == "plan14.gdp_growth.2025")
    later = [r for r in rows if r["year"] > document["base_year"] and r["p50"] is not None]
    bands = {name: tuple(r[name] for r in later) for name in ("p05", "p10", "p25", "p50", "p75", "p90", "p95")}
    words = FanTarget(
        Text(target["target_text"], "about 8"), target["value"], target["year"],
        probability=target["probability"], standard_error=target["standard_error"],
    )  # fmt: skip
    place = Text(document["region_label"], document["region_label_en"])
    return FanData(
        indicator=Text(f"{place.zh}地区生产总值增速（不变价）", f"{place.en}: growth of GDP at constant prices"),
        unit=Text("%", "%"), scenario=Text(document["scenario_label"], document["scenario_label_en"]),
        base_year=document["base_year"], reported=((document["base_year"], target["base"]),),
        years=tuple(r["year"] for r in later), **bands, targets=(words,),
        source=Text(
            f"“十四五”规划纲要，仅使用{document['as_of']}年及以前数据",
            f"the 14th five-year plan; figures up to {document['as_of']} only",
        ),
    )  # fmt: skip


def attainment(document: Document) -> Any:
    """What the heat map of the three scenarios shows: a `HeatmapData`."""
    from sim.charts import HeatmapCell, HeatmapData, HeatmapTarget

    columns = [document["targets"][name] for name in document["scenarios"]]
    kept = [i for i, t in enumerate(columns[0]) if t["probability"] is not None and t["reading_of"] is None]
    labels = zip(document["scenario_labels"], document["scenario_labels_en"], strict=True)
    targets = [columns[0][i] for i in kept]
    return HeatmapData(
        scenarios=tuple(Text(zh, en) for zh, en in labels),
        targets=tuple(
            HeatmapTarget(
                Text(t["label"], t["label_en"]), Text(t["target_text"], t["target_text"]), t["year"],
                Text(t["category"], t["category"]),
            )
            for t in targets
        ),
        cells=tuple(tuple(HeatmapCell(column[i]["probability"]) for column in columns) for i in kept),
        source=Text("“十四五”规划纲要", "the 14th five-year plan"),
        standard_error=max(column[i]["standard_error"] for column in columns for i in kept),
    )  # fmt: skip


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
