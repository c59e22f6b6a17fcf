"""Attainment of all targets: heat map, and bars with the ranges that the probabilities may lie in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sim.charts.native import NativeChart, Series
from sim.charts.palette import SCENARIOS
from sim.language import Text
from sim.material import Material, View
from sim.output.figures import heatmap_data
from sim.output.probability import probability_text, ranged_text
from sim.output.tables import OUTCOMES, figure_text, status_text
from sim.report.blocks import Figure, Missing
from sim.report.editions import Edition
from sim.report.figures.working_parts import BY_RUN, Record, clean, drawn, first_readings, missing, scenario_of, with_id

if TYPE_CHECKING:
    from sim.charts.chances import Chance, ChancesData
    from sim.charts.heatmap_data import HeatmapData

WHAT = Text("达成概率图", "attainment map")
BARS = Text("概率与区间", "probabilities with ranges")
NO_TARGETS = Text("该地区没有规划目标", "the region has no targets")
#: Scenarios beside each other in the bars; the heat map holds ten.
MOST_BARS, MOST_MAP = 3, 10


def attainment(material: Material, edition: Edition, lang: str) -> Figure | Missing:
    """Heat map of the plan's targets in every scenario."""
    from sim.charts.heatmap_data import heatmap_caption

    if not material.views:
        return missing(WHAT, BY_RUN)
    views = material.views[:MOST_MAP]
    if not first_readings(views[0].targets):
        return missing(WHAT, NO_TARGETS)
    data = _map(views, len(material.views))

    title = heatmap_caption(data, lang)
    alt = with_id(f"{title}。" if lang == "zh" else f"{title}.", views[0].run_id, edition, lang) + _counts(views, lang)
    return Figure("attainment", title, drawn("heatmap:attainment_heatmap", data, lang), alt, None, "attainment")


def _map(views: Sequence[View], of: int) -> HeatmapData:
    data: HeatmapData = heatmap_data([scenario_of(v.document) for v in views], [v.targets for v in views])
    if len(views) == of:
        return data
    said = Text(f"共{of}个情景，列出前{len(views)}个", f"the first {len(views)} of {of} scenarios")
    return replace(data, notes=said)


def _counts(views: Sequence[View], lang: str) -> str:
    """How many targets of each scenario stand at 50 % or more."""
    parts = []
    for view in views:
        known = [t["probability"] for t in first_readings(view.targets) if t["probability"] is not None]
        high = sum(chance >= 0.5 for chance in known)
        name = scenario_of(view.document).pick(lang)
        zh = f"{name}：{len(known)}项有概率，其中{high}项在50%以上"
        parts.append(zh if lang == "zh" else f"{name}: {high} of {len(known)} at 50% or more")
    return ("；" if lang == "zh" else "; ").join(parts) + ("。" if lang == "zh" else ".")


def chances(material: Material, edition: Edition, lang: str) -> Figure | Missing:
    """Bars of the plan's targets with their ranges, up to three scenarios beside each other."""
    from sim.charts.chances import chances_caption

    if not material.views:
        return missing(BARS, BY_RUN)
    views = material.views[:MOST_BARS]
    rows = first_readings(views[0].targets)
    if not rows:
        return missing(BARS, NO_TARGETS)
    data = _bars(views, rows, len(material.views), material.as_of)

    title = chances_caption(data, lang)
    return Figure(
        "chances",
        title,
        drawn("chances:chances_chart", data, lang),
        _spoken(views[0], rows, title, edition, lang),
        _native(data, lang),
        "chances",
    )


def _bars(views: Sequence[View], rows: Sequence[Record], of: int, as_of: int) -> ChancesData:
    from sim.charts.chances import ChanceRow, ChancesData

    kept = [row for row in rows if all(view.target(row["id"]) is not None for view in views)]
    drawn = []
    for row in kept:
        found = [view.target(row["id"]) for view in views]
        wording = clean(row["target_text"] or "—")
        label = Text(clean(row["label"]), clean(row["label_en"]))
        drawn.append(
            ChanceRow(label, Text(wording, wording), tuple(_chance(record, as_of) for record in found if record))
        )
    title = clean(next((t["source_title"] for t in kept if t["source_title"]), ""))
    notes = Text("", "")
    if of > len(views):
        notes = Text(f"共{of}个情景，列出前{len(views)}个", f"the first {len(views)} of {of} scenarios")
    source = Text(f"{title}；概率为模型推算", f"{title}; probabilities are model estimates")
    return ChancesData(tuple(scenario_of(view.document) for view in views), tuple(drawn), source, notes)


def _chance(record: Record, as_of: int) -> Chance:
    from sim.charts.chances import Chance

    if record["probability"] is not None:
        return Chance(record["probability"], record["probability_low"], record["probability_high"])
    if record["outcome"] is not None:
        word, actual = OUTCOMES[record["outcome"]], figure_text(record["actual"])
        return Chance(None, reason=Text(f"{word.zh}（实际{actual}）", f"{word.en} (actual {actual})"))
    return Chance(None, reason=Text(*(status_text(record, as_of, lang) for lang in ("zh", "en"))))


def _spoken(view: View, rows: Sequence[Record], title: str, edition: Edition, lang: str) -> str:
    """The title, then every probability of the first scenario."""
    name = "label" if lang == "zh" else "label_en"
    told = [f"{clean(row[name])} {ranged_text(row, lang)}" for row in rows if row["probability"] is not None]
    said = ("；" if lang == "zh" else "; ").join(told)
    text = f"{title}。{said}。" if lang == "zh" else f"{title}. {said}."
    return with_id(text, view.run_id, edition, lang)


def _native(data: ChancesData, lang: str) -> NativeChart | None:
    """Bars of the printed numbers, which stand behind the names too: `<5%` has no number of its own."""
    from sim.charts.chances import drawn_probability

    rows = [row for row in data.rows if any(chance.probability is not None for chance in row.chances)]
    if not rows:
        return None
    categories = tuple(
        f"{row.label.pick(lang)} {' / '.join(probability_text(chance.probability) for chance in row.chances)}"
        for row in rows
    )
    series = tuple(
        Series(
            name.pick(lang),
            tuple(
                None if chance is None else 100.0 * drawn_probability(chance)
                for chance in (row.chances[place].probability for row in rows)
            ),
            SCENARIOS[place],
            kind="bar",
        )
        for place, name in enumerate(data.scenarios)
    )
    return NativeChart(_title(lang), categories, series, "%", low=0.0, high=100.0)


def _title(lang: str) -> str:
    return "规划目标的达成概率" if lang == "zh" else "Probability of each target"
