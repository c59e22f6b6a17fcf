"""The map of a finished sweep as a figure in its folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sim.language import Text
from sim.sweep.cells import PointMap, Scale, cell_note
from sim.sweep.parts import Sweep
from sim.sweep.slices import target_words

FIGURES_FOLDER = "figures"


def map_stem(lang: str) -> str:
    """File name of the map, without its ending."""
    return "map" + ("" if lang == "zh" else f"_{lang}")


def write_map(folder: Path, sweep: Sweep, found: PointMap, lang: str) -> list[str]:
    """Draw the map into `figures/` of the folder, as PNG and SVG, with its caption beside it; names of the files."""
    from sim.charts.save import save
    from sim.charts.sweep_map import sweep_map_chart
    from sim.charts.sweep_map_data import SweepMapData, sweep_map_caption

    data = SweepMapData(
        target=_target(sweep, found),
        across=_scale(found.across),
        up=_scale(found.up),
        probability=tuple(
            tuple(None if count == 0 else value for value, count in zip(row, counts, strict=True))
            for row, counts in zip(found.probability.tolist(), found.counts.tolist(), strict=True)
        ),
        notes=cell_note(sweep, found),
        source=_source(sweep),
        standard_error=found.standard_error,
    )
    place, stem = folder / FIGURES_FOLDER, map_stem(lang)
    caption = sweep_map_caption(data, lang)
    written = save(sweep_map_chart(data, lang), place, stem, description=caption)
    (place / f"{stem}.txt").write_bytes(f"{caption}\n".encode())
    return [f"{FIGURES_FOLDER}/{path.name}" for path in written]


def _target(sweep: Sweep, found: PointMap) -> Text:
    if found.target is not None:
        return Text(target_words(found.target, "zh"), target_words(found.target, "en"))
    count = len(sweep.together)
    return Text(f"{count}项目标同时达成", f"all {count} targets together")


def _scale(scale: Scale) -> Any:
    from sim.charts.sweep_map_data import MapScale

    axis = scale.axis
    label = Text(f"{axis.label.zh}（{axis.unit.zh}）", f"{axis.label.en} ({axis.unit.en})")
    return MapScale(label, scale.marks, scale.binned)


def _source(sweep: Sweep) -> Text:
    region, plan = sweep.plan.pack.label, sweep.plan
    return Text(
        f"{region.zh}批量测算“{sweep.label.zh}”，{sweep.size:,}点，每点模拟{plan.draws:,}次",
        f'sweep "{sweep.label.en}" of {region.en}, {sweep.size:,} points of {plan.draws:,} draws',
    )
